//! Fixed regular expressions, compiled when first asked.

/// Declares them: `pattern! { NAME = r"…"; }`.
macro_rules! pattern {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)+) => {$(
        $(#[$doc])*
        static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new($text).expect("a fixed pattern"));
    )+};
}
