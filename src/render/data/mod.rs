//! Open data of the public edition: decisions and agreements, bodies, and the catalogue that tells of them.
//!
//! Names follow OParl (decisions), schema.org `Legislation` (agreements) and Popolo (bodies); what those do not name is
//! called as plainly as they would. The page `oppna-data.html` tells what every field means from the same tables.

mod agreements;
mod catalogue;
mod decisions;
pub mod linked;
mod organisation;
mod sheet;

use crate::model::{Edition, Portal, RegisterPage};
use serde::Serialize;

/// A file of open data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DataFile {
    DecisionsJson,
    DecisionsCsv,
    AgreementsJson,
    AgreementsCsv,
    Organisation,
    Catalogue,
}

/// A field of a data set: its name and what it holds.
pub type Field = (&'static str, &'static str);

/// A set of data, as the catalogue and the page tell of it.
pub struct DataSet {
    pub id: &'static str,
    pub title: &'static str,
    pub description: &'static str,
    pub keywords: &'static [&'static str],
    pub files: &'static [(DataFile, &'static str)],
    /// What a record of the JSON file holds.
    pub fields: &'static [Field],
    /// The columns of the CSV file; none where there is no such file.
    pub columns: &'static [Field],
}

pub const DATA_SETS: [DataSet; 3] = [
    DataSet {
        id: "beslut",
        title: "Beslut",
        description: "Alla beslut i portalens möten, ordagrant: vem som beslutade, när, under vilket ärende och vad beslutet gör.",
        keywords: &["beslut", "protokoll", "minnesanteckningar", "samverkan"],
        files: &[(DataFile::DecisionsJson, "JSON"), (DataFile::DecisionsCsv, "CSV")],
        fields: &decisions::FIELDS,
        columns: &decisions::COLUMNS,
    },
    DataSet {
        id: "overenskommelser",
        title: "Överenskommelser",
        description: "Överenskommelser mellan parterna: om de gäller, till när, och vad som har hänt med giltigheten.",
        keywords: &["överenskommelser", "avtal", "giltighet", "samverkan"],
        files: &[(DataFile::AgreementsJson, "JSON"), (DataFile::AgreementsCsv, "CSV")],
        fields: &agreements::FIELDS,
        columns: &agreements::COLUMNS,
    },
    DataSet {
        id: "organisation",
        title: "Organ",
        description: "Nämnder, nätverk och grupper i samverkan, och hur de hänger ihop, i formatet Popolo.",
        keywords: &["organisation", "nämnder", "samverkan"],
        files: &[(DataFile::Organisation, "JSON (Popolo)")],
        fields: &organisation::FIELDS,
        columns: &[],
    },
];

impl DataFile {
    pub const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::DecisionsJson, "data/beslut.json", "application/json"),
        (Self::DecisionsCsv, "data/beslut.csv", "text/csv"),
        (Self::AgreementsJson, "data/overenskommelser.json", "application/json"),
        (Self::AgreementsCsv, "data/overenskommelser.csv", "text/csv"),
        (Self::Organisation, "data/organisation.json", "application/json"),
        // Not .rdf: a host that does not know an ending answers 404.
        (Self::Catalogue, "data/dcat.xml", "application/rdf+xml"),
    ];

    pub fn url(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    pub fn media_type(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}

/// Whether the portal publishes open data: the public edition does, where the site has not left the register out.
pub fn is_open(portal: &Portal) -> bool {
    portal.edition == Edition::Public && portal.has(RegisterPage::OpenData)
}

/// The file's bytes.
pub fn bytes(portal: &Portal, file: DataFile) -> Vec<u8> {
    match file {
        DataFile::DecisionsJson => json(portal, &decisions::records(portal)),
        DataFile::DecisionsCsv => decisions::csv(portal),
        DataFile::AgreementsJson => json(portal, &agreements::records(portal)),
        DataFile::AgreementsCsv => agreements::csv(portal),
        DataFile::Organisation => pretty(&organisation::popolo(portal)),
        DataFile::Catalogue => catalogue::rdf(portal),
    }
}

/// How many records the set holds.
pub fn count(portal: &Portal, set: &DataSet) -> usize {
    match set.files[0].0 {
        DataFile::DecisionsJson => decisions::count(portal),
        DataFile::AgreementsJson => agreements::held(portal).count(),
        _ => portal.registers.bodies.iter().count(),
    }
}

#[derive(Serialize)]
struct Envelope<'a, T> {
    title: &'a str,
    publisher: Option<&'a str>,
    license: Option<&'a str>,
    /// Where relative addresses are counted from.
    base: Option<&'a str>,
    date: String,
    records: &'a [T],
}

fn json<T: Serialize>(portal: &Portal, records: &[T]) -> Vec<u8> {
    let site = &portal.site;
    pretty(&Envelope {
        title: &site.title,
        publisher: site.owner.as_deref(),
        license: site.license.as_deref(),
        base: site.base_url.as_deref(),
        date: portal.today.to_string(),
        records,
    })
}

fn pretty<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("plain records are always JSON");
    bytes.push(b'\n');
    bytes
}

/// A body by its id, with its name.
#[derive(Clone, Debug, Serialize)]
pub struct Organization {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub name: String,
}

fn organization(portal: &Portal, party: &crate::model::Party) -> Organization {
    match party {
        crate::model::Party::Body(id) => {
            Organization { id: Some(id.to_string()), name: portal.registers.body_name(id).to_owned() }
        }
        crate::model::Party::Text(name) => Organization { id: None, name: name.clone() },
    }
}

/// Another document by its id, with its title.
#[derive(Clone, Debug, Serialize)]
pub struct Target {
    pub relation: &'static str,
    pub id: String,
    pub name: String,
}
