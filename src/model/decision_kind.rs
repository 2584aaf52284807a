//! What sort of decision a clause is: by what the editor noted that it does, and else by its own opening words.

use super::{Decision, DecisionFacts, Formality, ReportedDecision};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecisionKind {
    Adopts,
    Prolongs,
    Terminates,
    GivesAssignment,
    Refuses,
    Postpones,
    Formal,
    /// Taken elsewhere and only told of.
    Reported,
}

/// The verbs that open a clause of the kind, after "att".
const OPENINGS: [(DecisionKind, &[&str]); 5] = [
    (DecisionKind::Adopts, &["anta ", "godkänna ", "fastställa "]),
    (DecisionKind::Prolongs, &["förlänga "]),
    (DecisionKind::Terminates, &["upphäva ", "säga upp "]),
    (DecisionKind::Refuses, &["avslå ", "avstyrka "]),
    (DecisionKind::Postpones, &["bordlägga ", "återremittera "]),
];

impl DecisionKind {
    /// With the part of the address and the words that readers see.
    pub const ALL: [(Self, &'static str, &'static str); 8] = [
        (Self::Adopts, "antar", "Antar eller godkänner"),
        (Self::Prolongs, "forlanger", "Förlänger"),
        (Self::Terminates, "upphaver", "Upphäver eller säger upp"),
        (Self::GivesAssignment, "ger-uppdrag", "Ger uppdrag"),
        (Self::Refuses, "avslar", "Avslår"),
        (Self::Postpones, "skjuter-upp", "Bordlägger eller återremitterar"),
        (Self::Formal, "formella", "Formella beslut"),
        (Self::Reported, "atergivna", "Återgivna beslut"),
    ];

    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    pub fn label(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}

impl Decision {
    /// None, one or several: a formality is that alone.
    pub fn kinds(&self) -> Vec<DecisionKind> {
        match self.formality {
            Formality::Formal => vec![DecisionKind::Formal],
            Formality::Substantive => kinds(&self.facts, &self.text),
        }
    }
}

impl ReportedDecision {
    pub fn kinds(&self) -> Vec<DecisionKind> {
        let mut kinds = kinds(&self.facts, "");
        kinds.push(DecisionKind::Reported);
        kinds
    }
}

fn kinds(facts: &DecisionFacts, text: &str) -> Vec<DecisionKind> {
    let clause = text.strip_prefix("att ").unwrap_or(text).to_lowercase();
    let opens = |kind| {
        let opening = OPENINGS.iter().find(|(other, _)| *other == kind);
        opening.is_some_and(|(_, verbs)| verbs.iter().any(|verb| clause.starts_with(verb)))
    };
    let noted = |kind| match kind {
        DecisionKind::Adopts => !facts.adopts.is_empty(),
        DecisionKind::Prolongs => !facts.prolongs.is_empty(),
        DecisionKind::Terminates => !facts.terminates.is_empty(),
        DecisionKind::GivesAssignment => !facts.gives.is_empty() || clause.contains(" i uppdrag"),
        _ => false,
    };
    DecisionKind::ALL.into_iter().map(|(kind, ..)| kind).filter(|kind| noted(*kind) || opens(*kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_what_its_verb_says() {
        for (text, want) in [
            ("att anta uppdragsbeskrivningen.", "antar"),
            ("att ge RSS i uppdrag att följa upp den.", "ger-uppdrag"),
            ("att Region Dalarna får i uppdrag att rekvirera medlen.", "ger-uppdrag"),
            ("att återremittera ärendet.", "skjuter-upp"),
            ("att avslå budgeten.", "avslar"),
            ("att låta styrgruppen företräda nätverket.", ""),
            ("att godkänna planen och ge chefen i uppdrag att verkställa den.", "antar ger-uppdrag"),
        ] {
            let found: Vec<_> = kinds(&DecisionFacts::default(), text).into_iter().map(DecisionKind::key).collect();
            assert_eq!(found.join(" "), want, "{text}");
        }
    }
}
