//! What templates are given: the theme contract. A list gets what a list shows.
//!
//! URLs are paths from the site's root; a template makes them relative with `get_url`.

mod agreement;
mod agreement_notes;
mod assignment;
mod body;
mod decision;
mod decision_context;
mod document;
mod follow_up;
mod glossary;
mod matter;
mod meeting;
mod obligation;
mod open_data;
mod register;
mod relations;
mod report;
mod siblings;
mod site;
mod start;
mod statement;
mod structure;
mod topic;

pub use crate::model::capitalised;
pub use agreement::status_view;
pub use body::{body_context, body_counts};
pub use decision::{DecisionView, taken};
pub use document::DocumentObject;
pub use matter::{matter_context, matter_title};
pub use obligation::{ObligationView, next_day, obligation, obligation_parties, state};
pub use register::{context as register_context, section_context};
pub use report::report_context;
pub use site::{PortalObject, site_value, theme_value};
pub use start::start_context;
pub use statement::statement_context;
pub use structure::{context as structure_context, epoch_path, epochs};
pub use topic::{topic_context, topic_counts};

use crate::model::{
    AgreementForm, BodyId, Date, Document, Draft, Kind, Party, Portal, Reference, Visibility, swedish_date,
};
use crate::render::typography::no_break;
use minijinja::value::{Serde, Value};
use serde::Serialize;

/// A link, or words where there is nothing to link to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ref {
    pub title: String,
    pub url: Option<String>,
}

/// A body or a party.
#[derive(Clone, Debug, Serialize)]
pub struct PartyView {
    pub name: String,
    pub url: Option<String>,
}

/// A document as a list shows it.
#[derive(Clone, Debug, Serialize)]
pub struct PageRef {
    pub id: String,
    pub title: String,
    pub url: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub form: &'static str,
    pub date: Option<String>,
    pub date_words: Option<String>,
    pub body: Option<Ref>,
    pub summary: Option<String>,
    pub county: Option<String>,
    pub status: Option<agreement::StatusView>,
    pub state: Option<&'static str>,
    pub dnr: Option<String>,
    pub internal: bool,
    pub draft: bool,
    /// How many of its decisions are more than formalities.
    pub decided: usize,
}

/// A page with the number of entries on it.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    pub title: String,
    pub url: String,
    pub count: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct Pagination {
    pub page: usize,
    pub pages: usize,
    pub total: usize,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub urls: Vec<PageNumber>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PageNumber {
    pub number: usize,
    pub url: String,
    pub current: bool,
}

/// A value for templates.
pub fn value<T: Serialize>(view: T) -> Value {
    Value::from(Serde(view))
}

/// What lists show of `document`.
pub fn page_ref(portal: &Portal, document: &Document) -> PageRef {
    PageRef {
        id: document.id.to_string(),
        title: document.title.clone(),
        url: document.url().to_string(),
        kind: document.kind.key(),
        form: form(document),
        date: document.date.map(|date| date.to_string()),
        date_words: document.date.map(swedish_date),
        body: document.body.as_ref().map(|id| body_ref(portal, id)),
        summary: document.summary.as_deref().map(|summary| no_break(summary).into_owned()),
        county: document.county.clone(),
        status: match &document.kind {
            Kind::Agreement(agreement) => Some(status_view(portal, agreement)),
            _ => None,
        },
        state: match &document.kind {
            Kind::Assignment(assignment) => Some(assignment.status.label()),
            _ => None,
        },
        dnr: document.dnr.clone(),
        internal: document.visibility == Visibility::Internal,
        draft: document.draft == Draft::Draft,
        decided: decided(document),
    }
}

/// The Swedish name of the document's form.
pub fn form(document: &Document) -> &'static str {
    match &document.kind {
        Kind::Meeting(meeting) => meeting.form.label(),
        Kind::Assignment(assignment) => assignment.form.label(),
        Kind::Agreement(agreement) => agreement.form.map_or("Överenskommelse", AgreementForm::label),
        Kind::Page(_) => "Sida",
    }
}

fn decided(document: &Document) -> usize {
    use crate::model::Formality;
    document.decisions().iter().filter(|decision| decision.formality == Formality::Substantive).count()
}

pub fn body_ref(portal: &Portal, id: &BodyId) -> Ref {
    Ref { title: portal.registers.body_name(id).to_owned(), url: portal.body_url(id).map(|url| url.to_string()) }
}

pub fn document_ref(document: &Document) -> Ref {
    Ref { title: document.title.clone(), url: Some(document.url().to_string()) }
}

pub fn party(portal: &Portal, party: &Party) -> PartyView {
    match party {
        Party::Body(id) => {
            let Ref { title, url } = body_ref(portal, id);
            PartyView { name: title, url }
        }
        Party::Text(name) => PartyView { name: name.clone(), url: None },
    }
}

pub fn parties(portal: &Portal, held: &[Party]) -> Vec<PartyView> {
    held.iter().map(|held| party(portal, held)).collect()
}

/// A document of the portal as a link; words as words. A document that this edition lacks is nothing.
pub fn reference(portal: &Portal, reference: &Reference) -> Option<Ref> {
    match reference {
        Reference::Document(id) => portal.document(id.as_str()).map(|document| document_ref(document)),
        Reference::Text(text) => {
            let is_address = text.starts_with("https://") || text.starts_with("http://");
            Some(Ref { title: text.clone(), url: is_address.then(|| text.clone()) })
        }
    }
}

/// Page `number` of a list of `total` entries at `path`.
pub fn pagination(path: &str, number: usize, total: usize, per_page: usize) -> Pagination {
    let pages = super::routes::pages(total, per_page);
    let url = |number| super::routes::paged(path, number);
    // Near neighbours, first and last: a long register has no row of hundreds of links.
    let shown = (1..=pages).filter(|&other| other == 1 || other == pages || other.abs_diff(number) <= 3);
    Pagination {
        page: number,
        pages,
        total,
        previous: (number > 1).then(|| url(number - 1)),
        next: (number < pages).then(|| url(number + 1)),
        urls: shown.map(|other| PageNumber { number: other, url: url(other), current: other == number }).collect(),
    }
}

pub fn iso(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}
