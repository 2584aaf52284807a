//! The preview's index: what is kept of the last run, or built in the background; brought up to date with each edit.

use super::request::decode;
use crate::model::{DocumentId, Portal};
use crate::search::{Index, Keeping, Purpose, Query, Texts, kept_folder};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard};

/// The index of the portal that is shown, from when it is first asked; more than changed documents need a new one.
pub struct LiveIndex {
    root: PathBuf,
    /// As they were read when everything was.
    texts: Texts,
    held: Mutex<Option<(Index, Keeping)>>,
}

impl LiveIndex {
    pub fn new(root: PathBuf, texts: Texts) -> Self {
        Self { root, texts, held: Mutex::default() }
    }

    /// Makes the index if there is none, and says whether what was kept could be used for it.
    pub fn warm(&self, portal: &Portal) -> Keeping {
        let mut held = self.held();
        self.made(portal, &mut held).1
    }

    /// Takes in documents that changed.
    pub fn update(&self, portal: &Portal, changed: &[DocumentId]) {
        if let Some((index, _)) = self.held().as_mut().filter(|_| !changed.is_empty()) {
            index.update(portal, changed);
        }
    }

    /// Answers `/api/search` and `/api/facets`; `None` for another path.
    pub fn answer(&self, portal: &Portal, path: &str, query: &str) -> Option<Vec<u8>> {
        let question = Question::parse(query);
        let mut held = self.held();
        let json = match path {
            "api/search" => {
                let index = &self.made(portal, &mut held).0;
                serde_json::to_vec(&index.search_from(&question.query, question.offset, question.limit))
            }
            "api/facets" => serde_json::to_vec(&self.made(portal, &mut held).0.facets(&question.query)),
            _ => return None,
        };
        Some(json.expect("answers are plain data"))
    }

    fn held(&self) -> MutexGuard<'_, Option<(Index, Keeping)>> {
        self.held.lock().expect("no thread panics while it indexes")
    }

    fn made<'a>(&self, portal: &Portal, held: &'a mut Option<(Index, Keeping)>) -> &'a (Index, Keeping) {
        let folder = kept_folder(&self.root, portal.edition);
        held.get_or_insert_with(|| Index::kept(portal, &self.texts, &folder, Purpose::Answers))
    }
}

/// A query string: `q`, `limit`, `offset`, `complete` and filters.
struct Question {
    query: Query,
    offset: usize,
    limit: usize,
}

impl Question {
    /// Reads what it knows; an unknown filter is passed over.
    fn parse(text: &str) -> Self {
        let pairs: Vec<(String, String)> = text
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .filter_map(|(key, value)| Some((decode(key)?, decode(value)?)))
            .collect();
        let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let number = |name: &str, otherwise: usize| value(name).and_then(|text| text.parse().ok()).unwrap_or(otherwise);
        let mut query = Query::parse(value("q").unwrap_or_default());
        if value("complete").is_some() {
            query.complete();
        }
        for (key, value) in &pairs {
            if !["q", "limit", "offset", "complete"].contains(&key.as_str()) {
                // The page's own script sends known filters only.
                drop(query.filter(key, value));
            }
        }
        Self { query, offset: number("offset", 0), limit: number("limit", 10).min(100) }
    }
}
