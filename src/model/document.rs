//! What every document has, whatever its type.

use super::{
    Agreement, Assignment, BodyId, Date, Decision, DocumentId, Meeting, Page, PartialDate, PeriodStart,
    ReportedDecision, Text, TopicId, UrlPath,
};
use crate::diagnostic::Place;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A document: common facts, facts of its kind, and its text.
#[derive(Clone, Debug)]
pub struct Document {
    pub id: DocumentId,
    pub title: String,
    pub date: Option<Date>,
    pub body: Option<BodyId>,
    pub topics: Vec<TopicId>,
    pub visibility: Visibility,
    /// At most 300 characters.
    pub summary: Option<String>,
    /// Diarienummer as written; not unique.
    pub dnr: Option<String>,
    pub version: Option<String>,
    pub versions: Vec<Revision>,
    pub attachments: Vec<Attachment>,
    pub replaces: Vec<DocumentId>,
    pub founded_on: Vec<Reference>,
    pub relates: Vec<Reference>,
    pub original: Option<Original>,
    pub quality: Quality,
    /// When somebody last read the text against its original.
    pub proofread: Option<Date>,
    /// Old paths, without `.html`, that lead here.
    pub aliases: Vec<String>,
    pub draft: Draft,
    /// The county's full name; `None` for the site's own.
    pub county: Option<String>,
    pub kind: Kind,
    pub text: Text,
    /// The same document without its internal blocks; `None` when it has none.
    pub cut: Option<Arc<Document>>,
    /// The file and its front matter.
    pub place: Place,
}

impl Document {
    /// The document's page: `moten/x.html`.
    pub fn url(&self) -> UrlPath {
        UrlPath::new(format!("{}.html", self.id))
    }

    /// The decision clauses taken at it, when it is a meeting.
    pub fn decisions(&self) -> &[Decision] {
        if let Kind::Meeting(meeting) = &self.kind { &meeting.decisions } else { &[] }
    }

    /// The decisions it only tells of, when it is a meeting.
    pub fn reported(&self) -> &[ReportedDecision] {
        if let Kind::Meeting(meeting) = &self.kind { &meeting.reported } else { &[] }
    }

    /// The topics of one of its decisions: its own where the editor gave some, else the document's.
    pub fn topics_of<'a>(&'a self, decision: &'a Decision) -> &'a [TopicId] {
        if decision.facts.topics.is_empty() { &self.topics } else { &decision.facts.topics }
    }

    /// The day whose words it speaks: its own date, or the first day that an assignment or agreement tells of.
    pub fn written(&self) -> Option<Date> {
        self.date.or_else(|| match &self.kind {
            Kind::Assignment(assignment) => match assignment.period.as_ref()?.from.as_ref()? {
                PeriodStart::Date(from) => Some(from.first_day()),
                PeriodStart::Words(_) => None,
            },
            Kind::Agreement(agreement) => {
                let first = agreement.events.first()?;
                first.decided.or(first.from).map(PartialDate::first_day)
            }
            Kind::Meeting(_) | Kind::Page(_) => None,
        })
    }

    /// The section it lies in: `moten`, or an empty text for the root.
    pub fn section(&self) -> &str {
        self.id.as_str().rsplit_once('/').map_or("", |(section, _)| section)
    }
}

#[derive(Clone, Debug)]
pub enum Kind {
    Meeting(Meeting),
    Assignment(Assignment),
    Agreement(Agreement),
    Page(Page),
}

impl Kind {
    /// The value of `typ` that editors write.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Meeting(_) => "möte",
            Self::Assignment(_) => "uppdrag",
            Self::Agreement(_) => "överenskommelse",
            Self::Page(_) => "sida",
        }
    }
}

/// Who may read it. Absent in the front matter means [`Visibility::Internal`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Visibility {
    Public,
    Internal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draft {
    Draft,
    Finished,
}

/// How the text came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    Digital,
    Ocr,
}

#[derive(Clone, Debug)]
pub struct Revision {
    pub version: String,
    pub date: Option<Date>,
    pub comment: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Attachment {
    /// As the document names it: `Bilaga 2 A–B`.
    pub label: String,
    /// Number of the agenda item it belongs to: `6a`.
    pub item: Option<String>,
    pub title: Option<String>,
    /// Path below the portal's root, checked to exist; `None` when the portal does not hold it.
    pub file: Option<String>,
    pub visibility: Visibility,
}

/// The document this is a rendering of.
#[derive(Clone, Debug)]
pub struct Original {
    /// Path below the portal's root, checked to exist.
    pub file: Option<String>,
    pub sha256: Option<String>,
    /// Who keeps it.
    pub held_by: Option<String>,
    /// On which of its pages an agenda item is decided, by the item's number.
    pub pages: BTreeMap<String, u32>,
    /// Whether the public edition holds the file. It is whole, whatever the document leaves out.
    pub visibility: Visibility,
}

/// Another document of the portal, or something outside it named in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    Document(DocumentId),
    Text(String),
}

/// A body of the register, or a party named in words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    Body(BodyId),
    Text(String),
}
