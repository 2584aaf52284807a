//! `dubbel-adress`: no two pages at one address, not even on a host that does not tell capitals apart.

use crate::diagnostic::Diagnostic;
use crate::model::Portal;
use std::collections::BTreeMap;

pub fn check(portal: &Portal, problems: &mut Vec<Diagnostic>) {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for claim in portal.claims() {
        match taken.get(&claim.url.to_lowercase()) {
            Some(first) => problems.push(
                Diagnostic::error(
                    "dubbel-adress",
                    claim.place,
                    format!("{} får adressen `{}`, som redan tillhör {first}", claim.by, claim.url),
                )
                .hint("byt namn på filen, ta bort ett `alias`, eller stryk registret ur `register` i `site.yaml`"),
            ),
            None => drop(taken.insert(claim.url.to_lowercase(), claim.by)),
        }
    }
}
