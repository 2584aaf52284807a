//! The portal as a value: registers, documents and how they hang together.
//!
//! Nothing here reads a file, asks the clock or knows HTML. Entities follow Popolo (bodies, people), OParl
//! (meetings, agenda items), SKOS (topics) and schema.org `Legislation` (validity); the Swedish keys that editors
//! write are mapped to these names in `source/`.

mod address;
mod agreement;
mod assignment;
mod body;
mod collation;
mod contacts;
mod date;
mod decision_kind;
mod document;
mod id;
pub mod label;
mod meeting;
mod obligation;
mod personal_number;
mod phrases;
mod portal;
mod site;
mod text;
mod topic;
mod validity;
mod written_date;

pub use address::{Claim, REPORT_URL, SEARCH_CLIENT, SEARCH_FOLDER, SEARCH_URL, Unresolved, file_url};
pub use agreement::{Adoption, Agreement, AgreementForm};
pub use assignment::{
    Assignment, AssignmentForm, AssignmentStatus, Cadence, Certainty, ChangeMandate, Deliverable, Ending, FollowUp,
    Funding, Gate, Period, PeriodStart, Phase, Role,
};
pub use body::{Body, FormerName, Forming, Member, Principal, Tier, is_short_for};
pub use collation::{CollationKey, collation_key};
pub use contacts::AllowedContacts;
pub use date::{Date, PartialDate, swedish_date, swedish_month};
pub use decision_kind::DecisionKind;
pub use document::{Attachment, Document, Draft, Kind, Original, Party, Quality, Reference, Revision, Visibility};
pub use id::{BodyId, DecisionId, DecisionRef, DocumentId, TopicId, UrlPath, slug};
pub use meeting::{
    AgendaItem, AssignmentGiven, Decision, DecisionFacts, Formality, ItemKind, Meeting, MeetingForm, Presence,
    ReportedDecision, Ruling, by_number,
};
pub use obligation::{Due, Obligation, ObligationKind};
pub use personal_number::personal_numbers;
pub use phrases::{Found, Meaning, Phrases, cited_act};
pub use portal::{Backlink, Choice, Clause, Links, Portal, Relation};
pub use site::{
    Accessibility, Contact, Deficiency, Edition, InMenu, Page, Register, RegisterPage, Registers, Section, Settings,
    Site, SortBy, Target, ThemeLayer,
};
pub use text::{Directive, DirectiveKind, Heading, Image, InternalLink, LinkTarget, MARKDOWN, Text};
pub use topic::{Act, OlderTerm, Term, Topic};
pub use validity::{Applies, Ends, EventKind, Over, Status, StatusKind, ValidityEvent, status};
pub use written_date::{WrittenDate, first_day, written_dates};

/// `text` with a capital first letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
