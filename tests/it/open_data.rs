//! The open data says what the pages say, in forms that other programs read: JSON after its schema, CSV as a spreadsheet
//! opens it, a catalogue that parses as RDF.

use crate::support::{self, build, files, project};
use oxrdf::{NamedNodeRef, NamedOrBlankNode, Term};
use oxrdfxml::RdfXmlParser;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::fs;

const BASE: &str = "https://example.se/portal/";

/// What the portal of RSS Dalarna publishes.
fn site(edition: &str, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("portal");
    support::copy_portal(&project(), &root);
    let output = folder.path().join("out");
    build(&root, &output, &[&["--edition", edition], more].concat());
    files(&output)
}

fn json(site: &BTreeMap<String, Vec<u8>>, path: &str) -> Value {
    serde_json::from_slice(&site[path]).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn json_follows_its_schema() {
    for more in [&[][..], &["--base-url", BASE]] {
        let site = site("publik", more);
        for name in ["beslut", "overenskommelser", "organisation"] {
            let schema = fs::read(project().join(format!("tests/schemas/{name}.json"))).expect("a schema");
            let schema: Value = serde_json::from_slice(&schema).expect("a schema is JSON");
            let validator = jsonschema::validator_for(&schema).expect("a sound schema");
            let data = json(&site, &format!("data/{name}.json"));
            let faults: Vec<_> =
                validator.iter_errors(&data).map(|fault| format!("{}: {fault}", fault.instance_path)).collect();
            assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
        }
    }
}

#[test]
fn a_decision_is_told_word_for_word_with_its_context() {
    let site = site("publik", &[]);
    let data = json(&site, "data/beslut.json");
    let records = data["records"].as_array().expect("records");
    let find = |id: &str| {
        let id = format!("moten/2026-01-29-lanschefsnatverket#{id}");
        records.iter().find(|record| record["id"] == *id).unwrap_or_else(|| panic!("{id} is there"))
    };
    assert_eq!(find("b-5a-1")["amount"], 16_961_335);
    assert_eq!(find("b-6b-1")["relations"][0]["relation"], "adopts");
    assert_eq!(find("r-4c-1")["kind"], "reported");
    assert_eq!(find("r-4c-1")["organization"]["id"], "lanschefsnatverkets-styrgrupp");
    let page = String::from_utf8_lossy(&site["moten/2026-01-29-lanschefsnatverket.html"]);
    for record in records.iter().filter(|record| record["kind"] == "taken") {
        let url = record["url"].as_str().expect("an address");
        let anchor = url.rsplit_once('#').expect("an anchor").1;
        assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor} is on the page");
    }
}

#[test]
fn sheets_open_in_a_spreadsheet() {
    let site = site("publik", &["--base-url", BASE]);
    for (name, columns) in [("beslut", 13), ("overenskommelser", 10)] {
        let bytes = &site[&format!("data/{name}.csv")];
        let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text);
        assert_eq!(reader.headers().expect("a first row").len(), columns);
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows of one length");
        let records = json(&site, &format!("data/{name}.json"))["records"].as_array().map_or(0, Vec::len);
        assert_eq!(rows.len(), records, "{name}: as many rows as records");
        assert!(rows.iter().all(|row| row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@']))));
        assert!(rows.iter().all(|row| row[columns - 1].starts_with(BASE)));
        assert!(text.windows(2).any(|pair| pair == "å".as_bytes()), "{name}: Swedish letters are UTF-8");
    }
}

#[test]
fn the_catalogue_is_rdf_and_says_what_dcat_ap_se_asks() {
    const DCAT: &str = "http://www.w3.org/ns/dcat#";
    const TERMS: &str = "http://purl.org/dc/terms/";
    let site = site("publik", &["--base-url", BASE]);
    let parser = RdfXmlParser::new().with_base_iri(format!("{BASE}data/dcat.xml")).expect("an address");
    let triples: Vec<_> =
        parser.for_slice(&site["data/dcat.xml"]).collect::<Result<_, _>>().expect("the catalogue is RDF");
    let of_type = |name: &str| -> HashSet<NamedOrBlankNode> {
        let class = Term::NamedNode(NamedNodeRef::new_unchecked(name).into_owned());
        triples.iter().filter(|triple| triple.object == class).map(|triple| triple.subject.clone()).collect()
    };
    let values = |subject: &NamedOrBlankNode, predicate: &str| -> Vec<&Term> {
        let told = triples.iter().filter(|triple| triple.subject == *subject);
        told.filter(|triple| triple.predicate.as_str() == predicate).map(|triple| &triple.object).collect()
    };
    let needs = [
        ("Catalog", 1, &["title", "description", "publisher"][..], &["dataset"][..]),
        ("Dataset", 3, &["title", "description", "publisher"], &["contactPoint", "theme", "distribution"]),
        ("Distribution", 5, &["format"], &["accessURL", "downloadURL"]),
    ];
    for (class, number, terms, own) in needs {
        let found = of_type(&format!("{DCAT}{class}"));
        assert_eq!(found.len(), number, "{class}");
        for subject in &found {
            let terms = terms.iter().map(|name| format!("{TERMS}{name}"));
            for predicate in terms.chain(own.iter().map(|name| format!("{DCAT}{name}"))) {
                assert!(!values(subject, &predicate).is_empty(), "{subject} has no {predicate}");
            }
        }
    }
    for distribution in of_type(&format!("{DCAT}Distribution")) {
        let addresses = values(&distribution, &format!("{DCAT}downloadURL"));
        let Some(Term::NamedNode(address)) = addresses.first() else { panic!("{distribution} has an address") };
        let path = address.as_str().strip_prefix(BASE).expect("an address of this site");
        assert!(site.contains_key(path), "{path} is published");
    }
}

#[test]
fn pages_say_what_they_are_to_search_engines() {
    let site = site("publik", &[]);
    let block = |path: &str| -> Value {
        let page = String::from_utf8_lossy(&site[path]).into_owned();
        let start = page.split(r#"<script type="application/ld+json">"#).nth(1).expect("a data block");
        serde_json::from_str(start.split("</script>").next().unwrap_or_default()).expect("JSON")
    };
    let agreement = block("overenskommelser/rok-missbruk-och-beroende.html");
    assert_eq!((&agreement["@type"], &agreement["legislationLegalForce"]), (&"Legislation".into(), &"InForce".into()));
    assert_eq!(block("moten/2026-01-29-lanschefsnatverket.html")["startDate"], "2026-01-29");
    let body = block("organ/lanschefsnatverket.html");
    assert_eq!((&body["@type"], &body["alternateName"][0]), (&"Organization".into(), &"LCHNV".into()));
    assert_eq!(body["subOrganization"][0]["name"], "Länschefsnätverkets styrgrupp");
    for (path, kind) in [
        ("index.html", "WebSite"),
        ("om.html", "WebPage"),
        ("beslut.html", "WebPage"),
        ("amnen/samsjuklighet.html", "DefinedTerm"),
        ("organ/falun.html", "GovernmentOrganization"),
    ] {
        assert_eq!(block(path)["@type"], kind, "{path}");
    }
}

#[test]
fn only_the_public_edition_has_open_data() {
    let internal = site("intern", &[]);
    assert!(!internal.keys().any(|path| path.starts_with("data/")));
    let public = site("publik", &[]);
    let page = String::from_utf8_lossy(&public["oppna-data.html"]).into_owned();
    let offered = public.keys().filter(|path| path.starts_with("data/")).filter(|path| page.contains(path.as_str()));
    assert_eq!(offered.count(), 6, "the page leads to every file");
    assert!(!public.contains_key("kontrollrapport.html") && internal.contains_key("kontrollrapport.html"));
}
