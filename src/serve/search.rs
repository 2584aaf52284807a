//! The preview's index: built in the background, brought up to date with each edit.

use super::request::decode;
use crate::model::{DocumentId, Portal};
use crate::search::{Index, Query};
use std::sync::Mutex;

/// The index of the portal that is shown; none while it is being made or after more than documents changed.
#[derive(Default)]
pub struct LiveIndex(Mutex<Option<Index>>);

impl LiveIndex {
    /// Makes the index if there is none.
    pub fn warm(&self, portal: &Portal) {
        self.with(portal, |_| ());
    }

    /// Takes in documents that changed.
    pub fn update(&self, portal: &Portal, changed: &[DocumentId]) {
        if let Some(index) = self.0.lock().expect("no thread panics while it indexes").as_mut() {
            index.update(portal, changed);
        }
    }

    /// Answers `/api/search` and `/api/facets`; `None` for another path.
    pub fn answer(&self, portal: &Portal, path: &str, query: &str) -> Option<Vec<u8>> {
        let question = Question::parse(query);
        self.with(portal, |index| {
            let json = match path {
                "api/search" => {
                    serde_json::to_vec(&index.search_from(&question.query, question.offset, question.limit))
                }
                "api/facets" => serde_json::to_vec(&index.facets(&question.query)),
                _ => return None,
            };
            Some(json.expect("answers are plain data"))
        })
    }

    fn with<T>(&self, portal: &Portal, ask: impl FnOnce(&Index) -> T) -> T {
        let mut held = self.0.lock().expect("no thread panics while it indexes");
        ask(held.get_or_insert_with(|| Index::build(portal)))
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
