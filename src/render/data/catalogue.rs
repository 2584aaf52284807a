//! The catalogue of the open data as DCAT-AP-SE, in RDF/XML: what Sveriges dataportal harvests.

use super::{DATA_SETS, DataFile, DataSet};
use crate::model::{Portal, Site};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

const NAMESPACES: [(&str, &str); 5] = [
    ("xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("xmlns:dcat", "http://www.w3.org/ns/dcat#"),
    ("xmlns:dcterms", "http://purl.org/dc/terms/"),
    ("xmlns:foaf", "http://xmlns.com/foaf/0.1/"),
    ("xmlns:vcard", "http://www.w3.org/2006/vcard/ns#"),
];
const SWEDISH: &str = "http://publications.europa.eu/resource/authority/language/SWE";
/// "Regeringen och den offentliga sektorn" of the EU's themes.
const THEME: &str = "http://publications.europa.eu/resource/authority/data-theme/GOVE";
const PUBLIC: &str = "http://publications.europa.eu/resource/authority/access-right/PUBLIC";

type Xml = Writer<Vec<u8>>;

/// Addresses are absolute where the site has one; else they are relative to the file itself.
pub fn rdf(portal: &Portal) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let written = writer
        .write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))
        .and_then(|()| element(&mut writer, "rdf:RDF", &NAMESPACES, |writer| whole(writer, portal)));
    written.expect("writing to a vector cannot fail");
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

fn whole(writer: &mut Xml, portal: &Portal) -> io::Result<()> {
    let site = &portal.site;
    let catalogue = address(site, DataFile::Catalogue.url());
    element(writer, "dcat:Catalog", &[("rdf:about", &format!("{catalogue}#katalog"))], |writer| {
        swedish(writer, "dcterms:title", &format!("Öppna data från {}", site.title))?;
        let about = site.description.as_deref().unwrap_or(&site.title);
        swedish(writer, "dcterms:description", about)?;
        resource(writer, "dcterms:publisher", &format!("{catalogue}#utgivare"))?;
        resource(writer, "dcterms:language", SWEDISH)?;
        day(writer, "dcterms:modified", portal)?;
        license(writer, site)?;
        resource(writer, "foaf:homepage", &address(site, "index.html"))?;
        DATA_SETS.iter().try_for_each(|set| resource(writer, "dcat:dataset", &format!("{catalogue}#{}", set.id)))
    })?;
    element(writer, "foaf:Agent", &[("rdf:about", &format!("{catalogue}#utgivare"))], |writer| {
        swedish(writer, "foaf:name", site.owner.as_deref().unwrap_or(&site.title))
    })?;
    contact(writer, site, &catalogue)?;
    DATA_SETS.iter().try_for_each(|set| data_set(writer, portal, set, &catalogue))
}

fn contact(writer: &mut Xml, site: &Site, catalogue: &str) -> io::Result<()> {
    element(writer, "vcard:Organization", &[("rdf:about", &format!("{catalogue}#kontakt"))], |writer| {
        let name = site.contact.name.as_deref().or(site.owner.as_deref()).unwrap_or(&site.title);
        text(writer, "vcard:fn", name)?;
        site.contact
            .email
            .iter()
            .try_for_each(|email| resource(writer, "vcard:hasEmail", &format!("mailto:{email}")))?;
        site.contact.link.iter().try_for_each(|link| resource(writer, "vcard:hasURL", link))
    })
}

fn data_set(writer: &mut Xml, portal: &Portal, set: &DataSet, catalogue: &str) -> io::Result<()> {
    let site = &portal.site;
    let about = |part: &str| format!("{catalogue}#{}{part}", set.id);
    element(writer, "dcat:Dataset", &[("rdf:about", &about(""))], |writer| {
        swedish(writer, "dcterms:title", &format!("{}: {}", site.title, set.title))?;
        swedish(writer, "dcterms:description", set.description)?;
        resource(writer, "dcterms:publisher", &format!("{catalogue}#utgivare"))?;
        resource(writer, "dcat:contactPoint", &format!("{catalogue}#kontakt"))?;
        set.keywords.iter().try_for_each(|keyword| swedish(writer, "dcat:keyword", keyword))?;
        resource(writer, "dcat:theme", THEME)?;
        resource(writer, "dcterms:accessRights", PUBLIC)?;
        resource(writer, "dcterms:language", SWEDISH)?;
        day(writer, "dcterms:modified", portal)?;
        resource(writer, "dcat:landingPage", &address(site, "oppna-data.html"))?;
        (0..set.files.len()).try_for_each(|at| resource(writer, "dcat:distribution", &about(&format!("-{}", at + 1))))
    })?;
    for (at, (file, name)) in set.files.iter().enumerate() {
        element(writer, "dcat:Distribution", &[("rdf:about", &about(&format!("-{}", at + 1)))], |writer| {
            swedish(writer, "dcterms:title", &format!("{} som {name}", set.title))?;
            resource(writer, "dcat:accessURL", &address(site, file.url()))?;
            resource(writer, "dcat:downloadURL", &address(site, file.url()))?;
            text(writer, "dcterms:format", file.media_type())?;
            license(writer, site)
        })?;
    }
    Ok(())
}

/// From the site's root to an address: absolute, or relative to the catalogue's folder.
fn address(site: &Site, url: &str) -> String {
    match &site.base_url {
        Some(base) => format!("{base}{url}"),
        None => url.strip_prefix("data/").map_or_else(|| format!("../{url}"), str::to_owned),
    }
}

fn license(writer: &mut Xml, site: &Site) -> io::Result<()> {
    site.license.iter().try_for_each(|license| resource(writer, "dcterms:license", license))
}

fn day(writer: &mut Xml, name: &str, portal: &Portal) -> io::Result<()> {
    let date = [("rdf:datatype", "http://www.w3.org/2001/XMLSchema#date")];
    let element = writer.create_element(name).with_attributes(date);
    element.write_text_content(BytesText::new(&portal.today.to_string())).map(drop)
}

fn element(
    writer: &mut Xml,
    name: &str,
    attributes: &[(&str, &str)],
    content: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    let element = writer.create_element(name).with_attributes(attributes.iter().copied());
    element.write_inner_content(content).map(drop)
}

fn resource(writer: &mut Xml, name: &str, address: &str) -> io::Result<()> {
    writer.create_element(name).with_attribute(("rdf:resource", address)).write_empty().map(drop)
}

fn text(writer: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(text)).map(drop)
}

fn swedish(writer: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).with_attribute(("xml:lang", "sv")).write_text_content(BytesText::new(text)).map(drop)
}
