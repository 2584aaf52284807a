//! A document's page. Values are made when a template asks for them.

use super::site::PortalObject;
use super::{Ref, document_ref, iso, page_ref, relations, value};
use crate::model::file_url;
use crate::model::{Document, Kind, Portal, Quality, swedish_date};
use crate::render::html::Markup;
use crate::render::matters::Part;
use minijinja::value::{Object, Value};
use serde::Serialize;
use std::sync::{Arc, OnceLock};

/// The value `page` of a document's template.
#[derive(Debug)]
pub struct DocumentObject {
    pub site: Arc<PortalObject>,
    pub document: Arc<Document>,
    /// From the page to the site's root.
    pub root: String,
    /// What a list would show of it, made once.
    pub shown: OnceLock<Value>,
}

impl Object for DocumentObject {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.field(key.as_str()?)
    }
}

#[derive(Serialize)]
struct TocEntry<'a> {
    level: u8,
    number: Option<&'a str>,
    title: &'a str,
    anchor: &'a str,
    decided: bool,
}

#[derive(Serialize)]
struct RevisionView<'a> {
    version: &'a str,
    date: Option<String>,
    date_words: Option<String>,
    comment: Option<&'a str>,
}

#[derive(Serialize)]
struct AttachmentView<'a> {
    label: &'a str,
    item: Option<&'a str>,
    title: Option<&'a str>,
    url: Option<String>,
    published: bool,
}

#[derive(Serialize)]
struct OriginalView<'a> {
    url: Option<String>,
    sha256: Option<&'a str>,
    held_by: Option<&'a str>,
}

impl DocumentObject {
    pub fn new(site: &Arc<PortalObject>, document: &Arc<Document>, root: &str) -> Self {
        Self { site: Arc::clone(site), document: Arc::clone(document), root: root.to_owned(), shown: OnceLock::new() }
    }

    /// Where the whole matter of the document is told.
    fn matter(&self) -> Option<Ref> {
        let at = *self.site.portal.links.by_id.get(&self.document.id)?;
        let matter = self.site.matters().with(&Part::Document(at))?;
        Some(Ref { title: "Följ frågan".to_owned(), url: Some(matter.url()) })
    }

    fn field(&self, key: &str) -> Option<Value> {
        let (portal, document) = (&*self.site.portal, &*self.document);
        Some(match key {
            "matter" => value(self.matter()),
            "topics" => value(topics(portal, document)),
            "version" => Value::from(document.version.clone()),
            "versions" => value(versions(document)),
            "attachments" => value(attachments(document)),
            "original" => value(original(document)),
            "quality" => Value::from(if document.quality == Quality::Ocr { "ocr" } else { "digital" }),
            "toc" => value(toc(document)),
            "content" => Value::from_safe_string(Markup::of(document, portal, &self.root).html()),
            "older_terms" => value(older_terms(portal, document)),
            "proofread" => value(iso(document.proofread)),
            "relations" => value(relations::groups(portal, document)),
            "previous" => value(self.neighbour(1)),
            "next" => value(self.neighbour(-1)),
            key => return self.own(key).or_else(|| self.shown(key)),
        })
    }

    /// Values of the document's type.
    fn own(&self, key: &str) -> Option<Value> {
        match &self.document.kind {
            Kind::Meeting(meeting) => super::meeting::field(&self.site, &self.document, meeting, &self.root, key),
            Kind::Assignment(assignment) => super::assignment::field(&self.site, &self.document, assignment, key),
            Kind::Agreement(agreement) => super::agreement::field(&self.site, &self.document, agreement, key),
            Kind::Page(_) => None,
        }
    }

    fn shown(&self, key: &str) -> Option<Value> {
        let shown = self.shown.get_or_init(|| value(page_ref(&self.site.portal, &self.document)));
        shown.get_attr(key).ok().filter(|value| !value.is_undefined())
    }

    fn neighbour(&self, step: isize) -> Option<Ref> {
        let own = *self.site.portal.links.by_id.get(&self.document.id)?;
        self.site.neighbour(own, step).map(document_ref)
    }
}

fn topics(portal: &Portal, document: &Document) -> Vec<Ref> {
    let topics = document.topics.iter();
    topics
        .map(|id| Ref {
            title: portal.registers.topic_name(id).to_owned(),
            url: portal.topic_url(id).map(|url| url.to_string()),
        })
        .collect()
}

#[derive(Serialize)]
struct OlderView<'a> {
    term: &'a str,
    topic: Ref,
}

fn older_terms<'a>(portal: &'a Portal, document: &Document) -> Vec<OlderView<'a>> {
    let topics: Vec<_> = portal.registers.topics.iter().collect();
    let found = crate::render::notes::older_terms(portal, document);
    let views = found.into_iter().map(|older| {
        let topic = topics[older.topic];
        OlderView { term: &topic.older_terms[older.term].term, topic: super::topic::topic_ref(portal, &topic.id) }
    });
    views.collect()
}

fn versions(document: &Document) -> Vec<RevisionView<'_>> {
    let versions = document.versions.iter();
    versions
        .map(|revision| RevisionView {
            version: &revision.version,
            date: iso(revision.date),
            date_words: revision.date.map(swedish_date),
            comment: revision.comment.as_deref(),
        })
        .collect()
}

fn attachments(document: &Document) -> Vec<AttachmentView<'_>> {
    let attachments = document.attachments.iter();
    attachments
        .map(|attachment| AttachmentView {
            label: &attachment.label,
            item: attachment.item.as_deref(),
            title: attachment.title.as_deref(),
            url: attachment.file.as_deref().map(file_url),
            published: attachment.file.is_some(),
        })
        .collect()
}

fn original(document: &Document) -> Option<OriginalView<'_>> {
    document.original.as_ref().map(|original| OriginalView {
        url: original.file.as_deref().map(file_url),
        sha256: original.sha256.as_deref(),
        held_by: original.held_by.as_deref(),
    })
}

fn toc(document: &Document) -> Vec<TocEntry<'_>> {
    use crate::model::Formality;
    let decided = |heading: usize| match &document.kind {
        Kind::Meeting(meeting) => meeting.decisions.iter().any(|decision| {
            decision.formality == Formality::Substantive
                && decision.item.is_some_and(|item| meeting.agenda[item].heading == heading)
        }),
        _ => false,
    };
    let headings = document.text.headings.iter().enumerate().filter(|(_, heading)| heading.level <= 3);
    headings
        .map(|(at, heading)| TocEntry {
            level: heading.level.max(2),
            number: heading.number.as_deref(),
            title: item_title(document, at).unwrap_or(&heading.title),
            anchor: &heading.anchor,
            decided: decided(at),
        })
        .collect()
}

/// An agenda item's title without its kind and attachments.
fn item_title(document: &Document, heading: usize) -> Option<&str> {
    let Kind::Meeting(meeting) = &document.kind else { return None };
    meeting.agenda.iter().find(|item| item.heading == heading).map(|item| item.title.as_str())
}
