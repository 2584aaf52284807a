//! The meeting's own body, by the names that stand in its text.

use crate::model::{BodyId, Registers, is_short_for};

/// The names under which the meeting's own body may stand in the text; empty when the body is not known.
pub struct OwnBody {
    pub names: Vec<String>,
}

/// The names under which a meeting's own body may stand in its text.
pub fn own_body(id: Option<&BodyId>, registers: &Registers) -> OwnBody {
    let Some(body) = id.and_then(|id| registers.bodies.get(id.as_str())) else { return OwnBody { names: Vec::new() } };
    let former = body.former_names.iter().map(|former| &former.name);
    let names = std::iter::once(&body.name).chain(&body.abbreviation).chain(&body.aliases).chain(former);
    OwnBody { names: names.cloned().collect() }
}

impl OwnBody {
    /// Whether `who` means the meeting's own body; any does where that is not known.
    pub fn is(&self, who: &str) -> bool {
        // "Nämnden, som tagit del av underlaget, beslutade".
        let begins = who.split(',').next().unwrap_or(who);
        self.names.is_empty()
            || who == "Vi"
            || self.names.iter().any(|name| same_body(name, who) || same_body(name, begins))
    }
}

fn same_body(name: &str, subject: &str) -> bool {
    let (name, subject) = (name.to_lowercase(), subject.to_lowercase());
    let is = |subject: &str| subject == name || is_short_for(subject, &name);
    is(&subject) || subject.strip_suffix('s').is_some_and(is)
}
