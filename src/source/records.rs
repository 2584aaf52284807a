//! Front matter as it is written: one concrete struct a document type, with the Swedish keys.

use super::front_matter::{OneOrMany, Scalar};
use crate::model::Visibility;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Declares a record with the keys that every document may have, and its own.
///
/// `serde(flatten)` would do the same and lose the places of faults.
macro_rules! document_record {
    ($(#[$doc:meta])* $name:ident { $($own:ident : $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            #[allow(dead_code, reason = "read before the record is chosen by it")]
            typ: Option<String>,
            titel: Option<Scalar>,
            datum: Option<Scalar>,
            organ: Option<String>,
            ämnen: Option<Vec<String>>,
            synlighet: Option<VisibilityWord>,
            sammanfattning: Option<String>,
            dnr: Option<Scalar>,
            version: Option<Scalar>,
            #[serde(default)]
            versioner: Vec<RevisionRecord>,
            #[serde(default)]
            bilagor: Vec<AttachmentRecord>,
            #[serde(default)]
            ersätter: OneOrMany<String>,
            #[serde(default)]
            grundas_på: OneOrMany<String>,
            #[serde(default)]
            relaterar: OneOrMany<String>,
            original: Option<OriginalRecord>,
            källkvalitet: Option<QualityWord>,
            korrekturläst: Option<Scalar>,
            #[serde(default)]
            alias: OneOrMany<String>,
            #[serde(default)]
            utkast: bool,
            län: Option<String>,
            #[serde(default)]
            frågor: Vec<QuestionRecord>,
            $($own: $kind,)*
        }

        impl $name {
            /// The common keys apart from the own ones.
            pub fn split(self) -> (CommonRecord, ($($kind,)*)) {
                let Self {
                    typ: _, titel, datum, organ, ämnen, synlighet, sammanfattning, dnr, version, versioner, bilagor,
                    ersätter, grundas_på, relaterar, original, källkvalitet, korrekturläst, alias, utkast, län, frågor, $($own,)*
                } = self;
                let common = CommonRecord {
                    titel, datum, organ, ämnen, synlighet, sammanfattning, dnr, version, versioner, bilagor,
                    ersätter, grundas_på, relaterar, original, källkvalitet, korrekturläst, alias, utkast, län, frågor,
                };
                (common, ($($own,)*))
            }
        }
    };
}

/// The keys that every document may have.
#[derive(Debug)]
pub struct CommonRecord {
    pub titel: Option<Scalar>,
    pub datum: Option<Scalar>,
    pub organ: Option<String>,
    pub ämnen: Option<Vec<String>>,
    pub synlighet: Option<VisibilityWord>,
    pub sammanfattning: Option<String>,
    pub dnr: Option<Scalar>,
    pub version: Option<Scalar>,
    pub versioner: Vec<RevisionRecord>,
    pub bilagor: Vec<AttachmentRecord>,
    pub ersätter: OneOrMany<String>,
    pub grundas_på: OneOrMany<String>,
    pub relaterar: OneOrMany<String>,
    pub original: Option<OriginalRecord>,
    pub källkvalitet: Option<QualityWord>,
    pub korrekturläst: Option<Scalar>,
    pub alias: OneOrMany<String>,
    pub utkast: bool,
    pub län: Option<String>,
    pub frågor: Vec<QuestionRecord>,
}

document_record! {
    /// `typ: möte`
    MeetingRecord {
        form: Option<MeetingWord>,
        plats: Option<String>,
        datum_källa: Option<String>,
        närvarande: Option<Vec<PresenceRecord>>,
        beslut: Option<BTreeMap<String, FactsRecord>>,
        återgivna_beslut: Option<Vec<ReportedRecord>>,
    }
}

document_record! {
    /// `typ: uppdrag`
    AssignmentRecord {
        form: Option<AssignmentWord>,
        roller: Option<Vec<RoleRecord>>,
        period: Option<PeriodRecord>,
        faser: Option<Vec<PhaseRecord>>,
        beslutspunkter: Option<Vec<GateRecord>>,
        leveranser: Option<Vec<DeliverableRecord>>,
        uppföljning: Option<Vec<FollowUpRecord>>,
        finansiering: Option<Vec<FundingRecord>>,
        ändringsmandat: Option<Vec<MandateRecord>>,
        antaget: Option<String>,
        status: Option<StatusWord>,
        målgrupp: Option<String>,
        motsägelser: Option<Vec<String>>,
    }
}

document_record! {
    /// `typ: överenskommelse`
    AgreementRecord {
        form: Option<AgreementWord>,
        parter: Option<Vec<String>>,
        målgrupp: Option<String>,
        giltighet: Option<Vec<EventRecord>>,
        antagen_av: Option<Vec<AdoptionRecord>>,
        bygger_på: Option<String>,
        uppsägning: Option<String>,
        motsägelser: Option<Vec<String>>,
    }
}

document_record! {
    /// `typ: sida`
    PageRecord {
        mall: Option<String>,
        vikt: Option<i64>,
        meny: Option<bool>,
    }
}

/// What an import could not read, until somebody answers it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionRecord {
    pub gäller: String,
    #[allow(dead_code, reason = "shown where it is answered")]
    fråga: String,
    #[serde(default)]
    #[allow(dead_code, reason = "lines of the original, shown where it is answered")]
    rader: Vec<usize>,
}

/// A folder's `_index.md`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionRecord {
    pub titel: Option<Scalar>,
    pub beskrivning: Option<String>,
    pub mall: Option<String>,
    pub per_sida: Option<usize>,
    pub vikt: Option<i64>,
    pub sortering: Option<SortWord>,
    #[serde(default)]
    pub förval: DefaultsRecord,
}

/// What the documents below a folder inherit.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefaultsRecord {
    pub typ: Option<String>,
    pub organ: Option<String>,
    pub ämnen: Option<Vec<String>>,
    pub synlighet: Option<VisibilityWord>,
    pub källkvalitet: Option<QualityWord>,
    pub län: Option<String>,
}

/// Declares an enum of the words an editor may choose among.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
        pub enum $name { $(#[serde(rename = $word)] $variant),* }
    };
}

words!(VisibilityWord { Public = "publik", Internal = "intern" });
words!(QualityWord { Digital = "digital", Ocr = "ocr" });
words!(MeetingWord { Notes = "minnesanteckningar", Minutes = "protokoll", Notice = "kallelse" });
words!(AssignmentWord { Description = "uppdragsbeskrivning", Directive = "uppdragsdirektiv", ProjectDirective = "projektdirektiv" });
words!(AgreementWord { Regional = "RÖK", Local = "LÖK", State = "statlig" });
words!(StatusWord { Draft = "utkast", Ongoing = "pågående", Ended = "avslutat", Replaced = "ersatt", Unknown = "okänd" });
words!(SortWord { Date = "datum", Title = "titel", Weight = "vikt" });
words!(CadenceWord { Continuous = "löpande", Monthly = "månadsvis", Quarterly = "kvartalsvis", HalfYearly = "halvårsvis", Yearly = "årligen" });
words!(EventWord {
    Adopted = "antagen",
    Prolonged = "förlängd",
    Conditional = "villkorad",
    Revised = "reviderad",
    Replaced = "ersatt",
    Terminated = "uppsagd",
    Repealed = "upphävd",
});

impl VisibilityWord {
    pub fn visibility(self) -> Visibility {
        match self {
            Self::Public => Visibility::Public,
            Self::Internal => Visibility::Internal,
        }
    }
}

/// Declares a plain nested record.
macro_rules! record {
    ($name:ident { $($(#[$attribute:meta])* $field:ident : $kind:ty),* $(,)? }) => {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$attribute])* pub $field: $kind),* }
    };
}

record!(RevisionRecord { version: Scalar, datum: Option<Scalar>, kommentar: Option<String> });
record!(AttachmentRecord {
    beteckning: String,
    punkt: Option<Scalar>,
    titel: Option<String>,
    fil: Option<String>,
    synlighet: Option<VisibilityWord>,
});
record!(OriginalRecord {
    fil: Option<String>,
    sha256: Option<String>,
    finns_hos: Option<String>,
    #[serde(default)]
    sidor: BTreeMap<String, u32>,
    synlighet: Option<VisibilityWord>,
});
record!(PresenceRecord { namn: String, roll: Option<String>, organisation: Option<String> });
record!(FactsRecord {
    #[serde(default)]
    antar: OneOrMany<String>,
    #[serde(default)]
    förlänger: OneOrMany<String>,
    #[serde(default)]
    upphäver: OneOrMany<String>,
    #[serde(default)]
    ger_uppdrag: OneOrMany<GivenRecord>,
    #[serde(default)]
    fullgör: OneOrMany<String>,
    #[serde(default)]
    beredd_av: OneOrMany<String>,
    #[serde(default)]
    noterar: OneOrMany<String>,
    #[serde(default)]
    ämnen: Vec<String>,
    belopp: Option<u64>,
    källsida: Option<u32>,
    formalia: Option<bool>,
});
record!(GivenRecord { till: String, vad: String, senast: Option<Scalar> });
record!(ReportedRecord {
    punkt: Scalar,
    organ: Option<String>,
    datum: Option<Scalar>,
    vad: String,
    till: Option<Scalar>,
    #[serde(default)]
    antar: OneOrMany<String>,
    #[serde(default)]
    förlänger: OneOrMany<String>,
    #[serde(default)]
    upphäver: OneOrMany<String>,
    #[serde(default)]
    ger_uppdrag: OneOrMany<GivenRecord>,
    #[serde(default)]
    fullgör: OneOrMany<String>,
    #[serde(default)]
    ämnen: Vec<String>,
    källsida: Option<u32>,
});
record!(RoleRecord { roll: String, #[serde(default)] innehavare: OneOrMany<String>, genom: Option<String> });
record!(PeriodRecord {
    från: Option<Scalar>,
    till: Option<Scalar>,
    #[serde(default)]
    tills_vidare: bool,
    #[serde(default)]
    preliminär: bool,
});
record!(PhaseRecord { namn: String, från: Option<Scalar>, till: Option<Scalar>, beskrivning: Option<String> });
record!(GateRecord { bp: String, datum: Option<Scalar>, vad: Option<String>, #[serde(default)] av: OneOrMany<String> });
record!(DeliverableRecord { vad: String, #[serde(default)] till: OneOrMany<String>, senast: Option<Scalar> });
record!(FollowUpRecord {
    kadens: CadenceWord,
    vem: Option<String>,
    till: Option<String>,
    första: Option<Scalar>,
    vad: Option<String>,
});
record!(FundingRecord { källa: String, belopp: Option<u64>, kod: Option<Scalar> });
record!(MandateRecord { gäller: String, #[serde(default)] beslutas_av: OneOrMany<String> });
record!(EventRecord {
    händelse: EventWord,
    från: Option<Scalar>,
    till: Option<Scalar>,
    datum: Option<Scalar>,
    tills: Option<String>,
    av: Option<String>,
    beslut: Option<String>,
    organ: Option<String>,
    källa: Option<String>,
});
record!(AdoptionRecord { part: String, datum: Option<Scalar>, beslut: Option<String> });
