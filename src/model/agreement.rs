//! Agreements (RÖK, LÖK, state agreements) and their parties. Their validity is in `validity.rs`.

use super::{Date, DecisionRef, DocumentId, Party, ValidityEvent};

#[derive(Clone, Debug)]
pub struct Agreement {
    /// `None` for an agreement that is only planned.
    pub form: Option<AgreementForm>,
    pub parties: Vec<Party>,
    pub target_group: Option<String>,
    /// Oldest first.
    pub events: Vec<ValidityEvent>,
    pub adoptions: Vec<Adoption>,
    /// The RÖK that a LÖK rests on.
    pub builds_on: Option<DocumentId>,
    pub notice: Option<String>,
    /// What the source says in two ways; shown, not settled.
    pub contradictions: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgreementForm {
    Regional,
    Local,
    State,
}

/// One party's own decision to adopt.
#[derive(Clone, Debug)]
pub struct Adoption {
    pub party: Party,
    pub date: Option<Date>,
    pub decision: Option<DecisionRef>,
}

impl AgreementForm {
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Regional, "RÖK", "Regional samverkansöverenskommelse (RÖK)"),
        (Self::Local, "LÖK", "Lokal samverkansöverenskommelse (LÖK)"),
        (Self::State, "statlig", "Statlig överenskommelse"),
    ];

    pub fn label(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}
