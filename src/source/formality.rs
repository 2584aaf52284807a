//! Which decisions are formalities.

use crate::model::Formality;

/// Formalities: opening and closing, the agenda, adjusters, what is laid to the documents.
pub fn formality(clause: &str) -> Formality {
    let clause = clause.to_lowercase();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| clause.starts_with(prefix));
    let formal =
        starts(&["att öppna mötet", "att öppna sammanträdet", "att avsluta mötet", "att avsluta sammanträdet"])
            || starts(&[
                "att godkänna dagordning",
                "att fastställa dagordning",
                "att fastställa föredragningslist",
                "att godkänna föredragningslist",
            ])
            || starts(&["att godkänna föregående", "att utse justerare", "att välja justerare"])
            || (starts(&["att utse"]) && clause.contains(" att justera"))
            || (starts(&["att lägga"]) && clause.contains("till handlingarna"));
    if formal { Formality::Formal } else { Formality::Substantive }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formalities_are_told_apart() {
        for (clause, want) in [
            ("att öppna mötet.", Formality::Formal),
            ("att godkänna dagordningen med tillägg av punkt 9 b.", Formality::Formal),
            ("att lägga all skriftlig information till handlingarna", Formality::Formal),
            ("att godkänna avtalet.", Formality::Substantive),
            ("att lägga ned verksamheten.", Formality::Substantive),
        ] {
            assert_eq!(formality(clause), want, "{clause}");
        }
    }
}
