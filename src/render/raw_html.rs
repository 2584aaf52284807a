//! HTML that editors write themselves: what of it may stand.

use ammonia::Builder;

/// Raw HTML nested deeper than this is shown as text: no document means it, and sanitising it takes quadratic time.
const DEEPEST_RAW_HTML: usize = 64;

/// Whether the text held HTML of its own, which is then sanitised together with everything around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawHtml {
    None,
    Some { deepest: usize },
}

impl RawHtml {
    /// `html`, the text's own HTML in it made harmless.
    pub fn cleaned(self, html: String) -> String {
        match self {
            Self::None => html,
            Self::Some { deepest } if deepest <= DEEPEST_RAW_HTML => sanitised(&html),
            Self::Some { .. } => ammonia::clean_text(&html),
        }
    }
}

/// `html` without scripts, styles and foreign resources.
pub fn sanitised(html: &str) -> String {
    sanitiser().clean(html).to_string()
}

fn sanitiser() -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .add_generic_attributes([
            "id",
            "class",
            "role",
            "aria-label",
            "aria-labelledby",
            "tabindex",
            "lang",
            "title",
            "hidden",
        ])
        .add_tag_attributes("th", ["scope"])
        .add_tags(["section", "aside", "details", "summary", "figure", "figcaption"])
        .url_relative(ammonia::UrlRelative::PassThrough)
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .link_rel(None);
    builder
}
