//! Names of files that are not what their author takes them for.

use crate::diagnostic::{Diagnostic, Place};

/// A file that is left unread because its name ends otherwise than those that are read: `x.MD`, `site/organ.yml`.
pub fn passed_over(path: &str) -> Option<Diagnostic> {
    let (stem, ending) = path.rsplit_once('.')?;
    let right = match ending.to_ascii_lowercase().as_str() {
        "md" if path.starts_with("content/") => "md",
        "yaml" | "yml" if path.starts_with("site/") && path.matches('/').count() == 1 => "yaml",
        _ => return None,
    };
    (ending != right).then(|| {
        Diagnostic::error("filnamn", Place::path(path), format!("filen läses inte: dess namn slutar på `.{ending}`"))
            .hint(format!("byt namn på filen till `{stem}.{right}`"))
    })
}

/// A file or folder whose name Windows keeps for itself: the portal could not be opened there, nor the site copied.
pub fn reserved(path: &str) -> Option<Diagnostic> {
    let name = path.split('/').find(|part| is_reserved(part))?;
    Some(
        Diagnostic::error("filnamn", Place::path(path), format!("namnet `{name}` kan inte användas i Windows"))
            .hint("byt namn på filen eller mappen; con, prn, aux, nul, com1–com9 och lpt1–lpt9 är upptagna"),
    )
}

/// Whether Windows takes `name` for a device, whatever its ending.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered =
        |device: &str| stem.strip_prefix(device).is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_told() {
        for (path, told) in [
            ("content/moten/a.md", false),
            ("content/moten/a.MD", true),
            ("content/moten/a.Md", true),
            ("content/moten/bilaga.pdf", false),
            ("content/moten/data.yml", false),
            ("site/organ.yaml", false),
            ("site/organ.yml", true),
            ("site/ORGAN.YAML", true),
            ("site/static/x.yml", false),
        ] {
            assert_eq!(passed_over(path).is_some(), told, "{path}");
        }
        for (path, told) in [
            ("content/con.md", true),
            ("content/AUX.md", true),
            ("content/con/a.md", true),
            ("content/nul.bilaga.pdf", true),
            ("content/lpt9.md", true),
            ("content/com0.md", false),
            ("content/com10.md", false),
            ("content/konto.md", false),
            ("content/console.md", false),
        ] {
            assert_eq!(reserved(path).is_some(), told, "{path}");
        }
    }
}
