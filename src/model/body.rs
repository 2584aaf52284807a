//! Bodies (Popolo `Organization`): who there is, on which tier, for whom, and how they relate.

use super::{BodyId, Date, PartialDate, Reference, Visibility};
use crate::diagnostic::Place;

/// An entry of `organ.yaml`.
#[derive(Clone, Debug)]
pub struct Body {
    pub id: BodyId,
    pub name: String,
    pub abbreviation: Option<String>,
    pub former_names: Vec<FormerName>,
    /// Other written forms of the current name.
    pub aliases: Vec<String>,
    pub tier: Tier,
    /// `None` where the sources do not say.
    pub principal: Option<Principal>,
    pub county: Option<String>,
    pub description: Option<String>,
    pub above: Vec<BodyId>,
    pub steered_by: Vec<BodyId>,
    pub assignment_from: Vec<BodyId>,
    pub prepares_for: Vec<BodyId>,
    pub reports_to: Vec<BodyId>,
    pub members: Vec<Member>,
    pub founded: Option<PartialDate>,
    pub dissolved: Option<PartialDate>,
    pub forming: Forming,
    pub source: Option<Reference>,
    pub visibility: Visibility,
    pub place: Place,
}

/// Whether the body exists yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forming {
    Formed,
    Forming,
}

#[derive(Clone, Debug)]
pub struct FormerName {
    pub name: String,
    pub until: Option<PartialDate>,
    pub source: Option<Reference>,
}

/// A member of a body: another body, or a function such as "utvecklingsledare från RSS".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Member {
    Body(BodyId),
    Function(String),
}

/// Level of the collaboration structure, highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    National,
    Political,
    Principal,
    Management,
    Steering,
    Process,
    Operative,
    Support,
    Function,
}

/// Whose body it is; the source figure tells them apart by colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Principal {
    Region,
    Municipality,
    Joint,
    State,
    Other,
}

impl Body {
    /// Whether it is there on `day`, as far as its beginning and end are known.
    pub fn exists_on(&self, day: Date) -> bool {
        self.founded.is_none_or(|from| from.first_day() <= day)
            && self.dissolved.map(PartialDate::last_day).is_none_or(|last| last >= day)
    }

    /// What it was called on `day`. A former name whose end nobody has told is never guessed.
    pub fn name_on(&self, day: Date) -> &str {
        let until = |former: &FormerName| former.until.map(PartialDate::last_day).filter(|until| *until >= day);
        let held = self.former_names.iter().filter_map(|former| Some((until(former)?, former)));
        held.min_by_key(|(until, _)| *until).map_or(&self.name, |(_, former)| &former.name)
    }

    /// The days on which something about it changed: it began, ended, or took a new name.
    pub fn changes(&self) -> impl Iterator<Item = Date> + '_ {
        let ends = self.dissolved.into_iter().chain(self.former_names.iter().filter_map(|former| former.until));
        let began = self.founded.map(PartialDate::first_day);
        began.into_iter().chain(ends.filter_map(|end| end.last_day().tomorrow().ok()))
    }
}

impl Tier {
    pub const ALL: [(Self, &'static str, &'static str); 9] = [
        (Self::National, "nationell", "Nationell nivå"),
        (Self::Political, "politisk", "Politisk nivå"),
        (Self::Principal, "huvudman", "Huvudmän"),
        (Self::Management, "tjänsteledning", "Tjänsteledning"),
        (Self::Steering, "styrgrupp", "Styrgrupper"),
        (Self::Process, "process", "Processgrupper"),
        (Self::Operative, "operativ", "Operativ nivå"),
        (Self::Support, "stöd", "Stöd"),
        (Self::Function, "funktion", "Funktioner"),
    ];

    /// The key that editors write.
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The heading that readers see.
    pub fn label(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}

impl Principal {
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Region, "region", "Region"),
        (Self::Municipality, "kommun", "Kommun"),
        (Self::Joint, "gemensam", "Gemensam"),
        (Self::State, "stat", "Stat"),
        (Self::Other, "annan", "Annan"),
    ];

    /// The key that editors write.
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The word that readers see.
    pub fn label(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// The mark that stands beside the colour, so that it never carries the meaning alone.
    pub fn mark(self) -> &'static str {
        ["■", "▲", "●", "◆", "○"][self as usize]
    }
}

pattern! {
    SHORT_FORM = r"(?i)^(?:nämnden|styrelsen|utskottet|nätverket|gruppen|styrgruppen|rådet|mötet|fullmäktige|beredningen|direktionen|kommittén|ledningsgruppen|processgruppen|arbetsutskottet)$";
}

/// Whether a text that is of the body `name` means it by `word`: "Nämnden" in the minutes of Socialnämnden.
pub fn is_short_for(word: &str, name: &str) -> bool {
    let (word, name) = (word.to_lowercase(), name.to_lowercase());
    SHORT_FORM.is_match(&word) && (word == "mötet" || name.contains(word.trim_end_matches("en").trim_end_matches("et")))
}
