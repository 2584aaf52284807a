//! What machines read: the Atom feed, the sitemap, robots.txt, and pages that only lead on.

use super::routes::Route;
use crate::model::{Document, Edition, Kind, Portal};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// How many documents the feed tells of.
const ENTRIES: usize = 50;

/// The Atom feed (RFC 4287) of the latest documents. Without a base URL its links are relative to the feed itself.
pub fn atom(portal: &Portal) -> Vec<u8> {
    write(|writer| {
        let site = &portal.site;
        let base = site.base_url.as_deref().unwrap_or_default();
        let dated = portal.links.by_date.iter().map(|&at| portal.at(at));
        let entries: Vec<_> = dated
            .filter(|document| document.date.is_some() && !matches!(document.kind, Kind::Page(_)))
            .take(ENTRIES)
            .collect();
        let updated = entries.first().and_then(|document| document.date).unwrap_or(portal.today);
        let feed = writer.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
        feed.with_attribute(("xml:lang", site.language.as_str())).write_inner_content(|writer| {
            text(writer, "title", &site.title)?;
            text(writer, "id", &feed_id(portal))?;
            text(writer, "updated", &format!("{updated}T00:00:00Z"))?;
            link(writer, &format!("{base}index.html"), "alternate")?;
            link(writer, &format!("{base}atom.xml"), "self")?;
            let author = site.owner.as_deref().unwrap_or(&site.title);
            writer.create_element("author").write_inner_content(|writer| text(writer, "name", author))?;
            entries.iter().try_for_each(|document| entry(writer, portal, document, base))
        })?;
        Ok(())
    })
}

fn entry(writer: &mut Writer<Vec<u8>>, portal: &Portal, document: &Document, base: &str) -> io::Result<()> {
    let date = document.date.unwrap_or(portal.today);
    let url = format!("{base}{}", document.url());
    writer
        .create_element("entry")
        .write_inner_content(|writer| {
            text(writer, "title", &document.title)?;
            text(writer, "id", &format!("{}/{}", feed_id(portal), document.id))?;
            text(writer, "updated", &format!("{date}T00:00:00Z"))?;
            link(writer, &url, "alternate")?;
            document.summary.iter().try_for_each(|summary| text(writer, "summary", summary))
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
        Route::Register(..) | Route::Body(..) | Route::Topic(..) => true,
        Route::Search | Route::NotFound | Route::Redirect(..) | Route::Feed | Route::Sitemap => false,
        Route::Report | Route::Data(_) => false,
        Route::Robots | Route::File(_) | Route::Asset(_) => false,
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
