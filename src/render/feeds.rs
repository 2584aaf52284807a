//! What machines read: the Atom feed, the sitemap, robots.txt, and pages that only lead on.

use super::changes::{Change, Changes};
use super::routes::{Feed, Route};
use super::view::capitalised;
use crate::model::{Choice, Clause, Date, Document, Edition, Formality, Kind, PartialDate, Portal, RegisterPage};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// How many entries a feed tells of.
const ENTRIES: usize = 50;

/// An Atom feed (RFC 4287): what came or changed last, newest first. Without a base URL its links are relative to the
/// feed itself.
///
/// A change is what the content itself dates (the document's day, a version, an event of its validity, a decision that
/// acts on it), or what `found` tells that a build found changed since the one before. No clock is asked: equal content,
/// equal day and equal earlier build give equal feeds.
pub fn atom(portal: &Portal, found: &Changes, feed: &Feed) -> Vec<u8> {
    let documents = |held: &mut dyn Iterator<Item = &usize>| documents(portal, found, held);
    let mut entries = match feed {
        Feed::All => documents(&mut portal.links.by_date.iter()),
        Feed::Topic(id) => documents(&mut portal.links.by_topic.get(id).into_iter().flatten()),
        Feed::Body(id) => documents(&mut portal.links.by_body.get(id).into_iter().flatten()),
        Feed::Kind(RegisterPage::Decisions) => decisions(portal, found),
        Feed::Kind(page) => {
            let is_wanted = |at: &&usize| register(&portal.at(**at).kind) == Some(*page);
            documents(&mut portal.links.by_date.iter().filter(is_wanted))
        }
    };
    entries.sort_by(|a, b| b.updated.cmp(&a.updated).then_with(|| a.id.cmp(&b.id)));
    entries.truncate(ENTRIES);
    write(|writer| {
        let site = &portal.site;
        let root = "../".repeat(feed.url().matches('/').count());
        let base = site.base_url.as_deref().unwrap_or(&root);
        let updated = entries.first().map_or(portal.today, |entry| entry.updated);
        let element = writer.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
        element.with_attribute(("xml:lang", site.language.as_str())).write_inner_content(|writer| {
            let (title, page) = named(portal, feed);
            text(writer, "title", &title)?;
            text(
                writer,
                "id",
                &if *feed == Feed::All { feed_id(portal) } else { format!("{}/{}", feed_id(portal), feed.url()) },
            )?;
            text(writer, "updated", &format!("{updated}T00:00:00Z"))?;
            link(writer, &format!("{base}{page}"), "alternate")?;
            link(writer, &format!("{base}{}", feed.url()), "self")?;
            let author = site.owner.as_deref().unwrap_or(&site.title);
            writer.create_element("author").write_inner_content(|writer| text(writer, "name", author))?;
            entries.iter().try_for_each(|told| entry(writer, portal, told, base))
        })?;
        Ok(())
    })
}

/// The feed's title, and the page it belongs to.
fn named(portal: &Portal, feed: &Feed) -> (String, String) {
    let site = &portal.site.title;
    match feed {
        Feed::All => (site.clone(), "index.html".to_owned()),
        Feed::Kind(page) => {
            let title = portal.sections.get(page.path()).map_or(page.title(), |section| section.title.as_str());
            (format!("{title} – {site}"), page.url().to_string())
        }
        Feed::Topic(id) => {
            let url = portal.topic_url(id).map(|url| url.to_string()).unwrap_or_default();
            (format!("{} – {site}", portal.registers.topic_name(id)), url)
        }
        Feed::Body(id) => {
            let url = portal.body_url(id).map(|url| url.to_string()).unwrap_or_default();
            (format!("{} – {site}", portal.registers.body_name(id)), url)
        }
    }
}

/// An entry of a feed.
struct Entry {
    /// Permanent, below the feed's own id.
    id: String,
    title: String,
    url: String,
    published: Option<Date>,
    updated: Date,
    summary: Option<String>,
}

fn documents(portal: &Portal, found: &Changes, held: &mut dyn Iterator<Item = &usize>) -> Vec<Entry> {
    held.filter_map(|&at| of_document(portal, found, portal.at(at))).collect()
}

fn register(kind: &Kind) -> Option<RegisterPage> {
    match kind {
        Kind::Meeting(_) => Some(RegisterPage::Meetings),
        Kind::Assignment(_) => Some(RegisterPage::Assignments),
        Kind::Agreement(_) => Some(RegisterPage::Agreements),
        Kind::Page(_) => None,
    }
}

/// The document with what happened to it last; nothing when neither the content nor a build dates anything of it.
fn of_document(portal: &Portal, found: &Changes, document: &Document) -> Option<Entry> {
    register(&document.kind)?;
    let (updated, what) = last(portal, found.of(document), dated(portal, document))?;
    let summary = [what, document.summary.clone()].into_iter().flatten().collect::<Vec<_>>().join(". ");
    Some(Entry {
        id: document.id.to_string(),
        title: document.title.clone(),
        url: document.url().to_string(),
        published: document.date,
        updated,
        summary: Some(summary).filter(|summary| !summary.is_empty()),
    })
}

/// What happened last, of what the content dates and what a build found; of the same day's, the latter.
fn last(
    portal: &Portal,
    found: Option<&Change>,
    dated: impl Iterator<Item = (Date, Option<String>)>,
) -> Option<(Date, Option<String>)> {
    let Some(Change { day, parts }) = found else { return dated.max_by_key(|(day, _)| *day) };
    let words = match parts.join(", ") {
        new if new.is_empty() => "Nytt i portalen".to_owned(),
        parts => format!("Ändrat i portalen: {parts}"),
    };
    // What is still to come did not happen last.
    let past = dated.filter(|(day, _)| *day <= portal.today);
    past.chain([(*day, Some(words))]).max_by_key(|(day, _)| *day)
}

/// The days that the content tells of, each with what happened.
pub fn dated<'a>(portal: &'a Portal, document: &'a Document) -> impl Iterator<Item = (Date, Option<String>)> + 'a {
    let own = document.date.map(|date| (date, None));
    let versions =
        document.versions.iter().filter_map(|held| Some((held.date?, Some(format!("Version {}", held.version)))));
    let acts = portal.backlinks(&document.id).iter().filter(|backlink| backlink.relation.acts()).filter_map(|act| {
        let from = portal.at(act.from);
        from.date.map(|date| (date, Some(format!("{}: {}", act.relation.inverse_label(), from.title))))
    });
    let events = match &document.kind {
        Kind::Agreement(agreement) => &agreement.events[..],
        _ => &[],
    };
    let events = events.iter().filter_map(|event| match event.decided? {
        PartialDate::Day(day) if day <= portal.today => Some((day, Some(capitalised(event.kind.key())))),
        _ => None,
    });
    own.into_iter().chain(versions).chain(acts).chain(events)
}

/// Decisions that are more than formalities, each by its own address.
fn decisions(portal: &Portal, found: &Changes) -> Vec<Entry> {
    let all = portal.links.decisions.get(&Choice::All).into_iter().flat_map(|held| held.iter());
    let held = all.filter_map(|&(at, clause)| match clause {
        Clause::Taken(clause) => Some((portal.at(at), &portal.at(at).decisions()[clause])),
        Clause::Reported(_) => None,
    });
    let substantive = held.filter(|(_, decision)| decision.formality == Formality::Substantive);
    let entries = substantive.filter_map(|(document, decision)| {
        let anchor = decision.id.anchor();
        let id = format!("{}/{anchor}", document.id);
        let taken = document.date.map(|day| (day, None));
        let (updated, summary) = last(portal, found.of_decision(document, decision), taken.into_iter())?;
        Some(Entry {
            id,
            title: format!("{}: {}", document.title, decision.text),
            url: format!("{}#{anchor}", document.url()),
            published: document.date,
            updated,
            summary,
        })
    });
    entries.collect()
}

fn entry(writer: &mut Writer<Vec<u8>>, portal: &Portal, told: &Entry, base: &str) -> io::Result<()> {
    writer
        .create_element("entry")
        .write_inner_content(|writer| {
            text(writer, "title", &told.title)?;
            text(writer, "id", &format!("{}/{}", feed_id(portal), told.id))?;
            text(writer, "updated", &format!("{}T00:00:00Z", told.updated))?;
            told.published.iter().try_for_each(|day| text(writer, "published", &format!("{day}T00:00:00Z")))?;
            link(writer, &format!("{base}{}", told.url), "alternate")?;
            told.summary.iter().try_for_each(|summary| text(writer, "summary", summary))
        })
        .map(drop)
}

/// A permanent id: the base URL, or a tag made of the site's title (RFC 4151 without an authority of its own).
fn feed_id(portal: &Portal) -> String {
    match &portal.site.base_url {
        Some(base) => base.trim_end_matches('/').to_owned(),
        None => format!("urn:samverk:{}", crate::model::slug(&portal.site.title)),
    }
}

/// Every page of the site; paths alone when the site has no base URL.
pub fn sitemap(portal: &Portal, routes: &[Route]) -> Vec<u8> {
    write(|writer| {
        let base = portal.site.base_url.as_deref().unwrap_or_default();
        let set =
            writer.create_element("urlset").with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
        set.write_inner_content(|writer| {
            for route in routes.iter().filter(|route| is_page(route)) {
                let url = format!("{base}{}", route.url(portal));
                let date = if let Route::Document(at) = route { portal.at(*at).date } else { None };
                writer.create_element("url").write_inner_content(|writer| {
                    text(writer, "loc", &url)?;
                    date.iter().try_for_each(|date| text(writer, "lastmod", &date.to_string()))
                })?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

fn is_page(route: &Route) -> bool {
    match route {
        Route::Start | Route::Accessibility | Route::Document(_) | Route::Section(..) => true,
        Route::Register(..) | Route::Body(..) | Route::Topic(..) | Route::Matter(_) | Route::Structure(_) => true,
        Route::Search | Route::NotFound | Route::Redirect(..) | Route::Feed(_) | Route::Calendar(_) => false,
        Route::Report | Route::Data(_) => false,
        Route::Sitemap | Route::Robots | Route::File(_) | Route::Asset(_) => false,
    }
}

/// Crawlers are welcome to the public edition, and to no other.
pub fn robots(portal: &Portal) -> Vec<u8> {
    let rule = if portal.edition == Edition::Public { "Allow: /" } else { "Disallow: /" };
    let sitemap = portal.site.base_url.as_ref().map(|base| format!("Sitemap: {base}sitemap.xml\n")).unwrap_or_default();
    format!("User-agent: *\n{rule}\n{sitemap}").into_bytes()
}

/// Writes a small XML document; writing to memory cannot fail.
fn write(content: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    let written =
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None))).and_then(|()| content(&mut writer));
    written.expect("writing to a vector cannot fail");
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(text)).map(drop)
}

fn link(writer: &mut Writer<Vec<u8>>, url: &str, relation: &str) -> io::Result<()> {
    writer
        .create_element("link")
        .with_attribute(("href", url))
        .with_attribute(("rel", relation))
        .write_empty()
        .map(drop)
}
