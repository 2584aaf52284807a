//! The answer to a question: hits in order, each with its words and its place.

use super::analyser::{facet_key, lead_key, name_key};
use super::excerpt::excerpt;
use super::index::Index;
use super::matching::{Evaluated, evaluate, excluded, particle_verbs};
use super::query::{Clause, Query, Role, Word};
use super::ranking::{Leads, Ranked, rank};
use super::spec::SPEC;
use super::stem::stem;
use super::stored::Record;
use super::unit::UnitKind;
use crate::model::slug;
use serde::Serialize;
use std::collections::BTreeMap;

/// As the command line prints it and the client gives it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    pub query: String,
    pub total: usize,
    pub suggestions: Vec<String>,
    pub notes: Vec<String>,
    pub filters: BTreeMap<&'static str, Vec<String>>,
    pub hits: Vec<Hit>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// `moten/2026-01-29-lanschefsnatverket#b-6b-1`
    pub id: String,
    /// From the site's root.
    pub url: String,
    pub kind: UnitKind,
    pub title: String,
    /// The document's title, where the hit is a part of it.
    pub context: Option<String>,
    pub organ: Option<String>,
    pub organ_name: Option<String>,
    pub date: Option<String>,
    pub status: Option<StatusWords>,
    pub score: f64,
    pub layer: &'static str,
    /// Safe HTML.
    pub excerpt: String,
    /// Hits of the same document that were left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatusWords {
    pub key: String,
    pub label: String,
}

impl Hit {
    /// The excerpt without its marks, on one line.
    pub fn plain_excerpt(&self) -> String {
        let text = self.excerpt.replace("<mark>", "").replace("</mark>", "").replace('\n', " ");
        [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")]
            .iter()
            .fold(text, |text, (entity, sign)| text.replace(entity, sign))
    }
}

/// All that an answer is made of.
struct Search {
    evaluated: Evaluated,
    ranked: Vec<Ranked>,
    matched: Vec<u32>,
    leads: Leads,
}

impl Index {
    /// The first `limit` hits after `offset`. Hits of one document stand together where its best one stands.
    pub fn search_from(&self, query: &Query, offset: usize, limit: usize) -> Answer {
        let search = self.ask(query, offset + limit);
        let chosen = self.choose(&search, offset + limit);
        let hits: Vec<Hit> = chosen.iter().skip(offset).map(|row| self.hit(row, &search)).collect();
        let mut suggestions: Vec<String> = search.evaluated.suggestion(query).into_iter().collect();
        suggestions.retain(|words| *words != query.text);
        Answer {
            query: query.text.clone(),
            total: search.matched.len(),
            suggestions,
            notes: query.notes.clone(),
            filters: self.resolved(query).into_iter().collect(),
            hits,
        }
    }

    pub fn search(&self, query: &Query, limit: usize) -> Answer {
        self.search_from(query, 0, limit)
    }

    /// How many of the units that match have each value of each facet, the most frequent first.
    pub fn facets(&self, query: &Query) -> BTreeMap<String, Vec<FacetValue>> {
        let search = self.ask(query, 0);
        let mut matched = vec![false; self.all_units() as usize];
        search.matched.iter().for_each(|unit| matched[*unit as usize] = true);
        let mut out: BTreeMap<String, Vec<FacetValue>> = BTreeMap::new();
        for (key, label) in self.facet_names() {
            let count = self.having(key).iter().zip(&matched).filter(|(has, matched)| **has && **matched).count();
            let facet = key[1..].split(':').next().unwrap_or_default();
            if count > 0 {
                let value = FacetValue { value: label.key.clone(), label: label.name.clone(), count };
                out.entry(facet.to_owned()).or_default().push(value);
            }
        }
        out.values_mut().for_each(|values| {
            values.sort_by(|one, other| (other.count, &one.value).cmp(&(one.count, &other.value)));
        });
        out
    }

    /// Why the first hits stand where they stand, for people.
    pub fn explain(&self, query: &Query, limit: usize) -> String {
        let search = self.ask(query, limit);
        let words: Vec<String> = wanted_words(query);
        let mut out = String::new();
        for row in self.choose(&search, limit) {
            let Ranked { unit, missing, score } = row.ranked;
            out.push_str(&format!("{}  poäng {:.2}, saknar {missing}\n", row.record.id(), score as f64 / 1e6));
            for (word, matched) in words.iter().zip(&search.evaluated.wanted) {
                let (own, far) = (matched.own[unit as usize], matched.far[unit as usize]);
                out.push_str(&format!("    {word}: egen text {own} ({}), handlingens rubrik {far}\n", layer(own)));
            }
        }
        out
    }

    fn ask(&self, query: &Query, wanted: usize) -> Search {
        let evaluated = evaluate(query, self);
        let leads = self.leads(query, &evaluated);
        let admitted = self.admitted(query);
        let admits = |unit: u32| self.is_current(unit) && admitted.as_ref().is_none_or(|units| units[unit as usize]);
        let (ranked, matched) = if evaluated.wanted.is_empty() && leads.asked.is_empty() && !query.filters.is_empty() {
            self.all(admits)
        } else {
            self.rank(&evaluated, &leads, admits, wanted * SPEC.group + SPEC.limits.spare)
        };
        Search { evaluated, ranked, matched, leads }
    }

    fn rank(
        &self,
        evaluated: &Evaluated,
        leads: &Leads,
        admits: impl Fn(u32) -> bool,
        most: usize,
    ) -> (Vec<Ranked>, Vec<u32>) {
        rank(&evaluated.wanted, leads, admits, self.is_aside(), |unit| self.order(unit), most)
    }

    /// A question of filters alone.
    fn all(&self, admits: impl Fn(u32) -> bool) -> (Vec<Ranked>, Vec<u32>) {
        let mut units: Vec<u32> = (0..self.all_units()).filter(|unit| admits(*unit)).collect();
        units.sort_by_key(|unit| self.order(*unit));
        (units.iter().map(|unit| Ranked { unit: *unit, missing: 0, score: 0 }).collect(), units)
    }

    /// What is called just what is asked for, misspelt words put right, and what the words that ask lead to.
    fn leads(&self, query: &Query, evaluated: &Evaluated) -> Leads {
        let words: Vec<&Word> = query.words().collect();
        let wanted = words.iter().filter(|word| word.role == Role::Wanted);
        let wanted: Vec<&str> = wanted.map(|word| evaluated.meant(word)).collect();
        let mut leads = Leads::default();
        if words.len() == query.clauses.len() && !wanted.is_empty() {
            let stems: Vec<String> = wanted.iter().map(|word| stem(word)).collect();
            leads.named = self.units_of(&name_key(&stems));
            if leads.named.is_empty() {
                leads.named = self.units_of(&name_key(&[stem(&wanted.concat())]));
            }
        }
        if words.iter().any(|word| word.role == Role::Question) {
            let stems = words.iter().map(|word| stem(evaluated.meant(word)));
            let joined = particle_verbs(&words).map(|(_, stem)| stem);
            leads.asked = stems.chain(joined).flat_map(|stem| self.units_of(&lead_key(&stem))).collect();
        }
        leads
    }

    fn units_of(&self, key: &str) -> Vec<u32> {
        self.key_postings(key).into_iter().map(|posting| posting.unit).collect()
    }

    /// Which units the filters and excluded words leave; `None` when all are.
    fn admitted(&self, query: &Query) -> Option<Vec<bool>> {
        if query.filters.is_empty() && query.without.is_empty() {
            return None;
        }
        let mut out: Vec<bool> = excluded(query, self).into_iter().map(|excluded| !excluded).collect();
        for (facet, values) in self.resolved(query) {
            let mut any = vec![false; out.len()];
            for value in values {
                let having = self.having(&facet_key(facet, &value));
                any.iter_mut().zip(having).for_each(|(any, has)| *any |= has);
            }
            out.iter_mut().zip(any).for_each(|(out, any)| *out &= any);
        }
        Some(out)
    }

    /// The filters with their values as keys: `organ:LCHNV` means `lanschefsnatverket`.
    fn resolved(&self, query: &Query) -> Vec<(&'static str, Vec<String>)> {
        let names = self.facet_names();
        let resolve = |facet: &str, value: &str| {
            let wanted = slug(value);
            let is_of = |key: &str| key[1..].split(':').next() == Some(facet);
            let known = names.iter().filter(|(key, _)| is_of(key)).map(|(_, label)| *label);
            let all = |label: &super::unit::Label| {
                std::iter::once(&label.key)
                    .chain([&label.name])
                    .chain(&label.also)
                    .map(|name| slug(name))
                    .collect::<Vec<_>>()
            };
            let labels: Vec<_> = known.collect();
            let same = labels.iter().find(|label| all(label).contains(&wanted));
            let near = || labels.iter().find(|label| all(label).iter().any(|name| name.starts_with(&wanted)));
            same.or_else(near).map_or_else(|| value.to_owned(), |label| label.key.clone())
        };
        let filters = query.filters.iter();
        filters.map(|(facet, values)| (*facet, values.iter().map(|value| resolve(facet, value)).collect())).collect()
    }

    fn having(&self, key: &str) -> Vec<bool> {
        let mut out = vec![false; self.all_units() as usize];
        for posting in self.key_postings(key) {
            let from = posting.unit as usize;
            let end = (from + posting.parts as usize + 1).min(out.len());
            out[from..end].fill(true);
        }
        out
    }

    /// The hits to show: at most a few of each document, a document's hits together.
    fn choose(&self, search: &Search, limit: usize) -> Vec<Row> {
        let mut groups: Vec<(String, Vec<Row>, usize)> = Vec::new();
        let mut count = 0;
        for ranked in &search.ranked {
            if count == limit {
                break;
            }
            let Some(record) = self.record(ranked.unit) else { continue };
            let at = groups.iter().position(|group| group.0 == record.sheet).unwrap_or_else(|| {
                groups.push((record.sheet.clone(), Vec::new(), 0));
                groups.len() - 1
            });
            if groups[at].1.len() < SPEC.group {
                groups[at].1.push(Row { ranked: *ranked, record, more: None });
                count += 1;
            } else {
                groups[at].2 += 1;
            }
        }
        groups
            .into_iter()
            .flat_map(|(_, mut rows, more)| {
                // The heading of a meeting or assignment yields to its parts, unless it is what was asked for.
                rows.sort_by_key(|row| {
                    matches!(row.record.kind, UnitKind::Meeting | UnitKind::Assignment)
                        && !search.leads.named.contains(&row.ranked.unit)
                });
                if let Some(last) = rows.last_mut().filter(|_| more > 0) {
                    last.more = Some(more);
                }
                rows
            })
            .collect()
    }

    fn hit(&self, row: &Row, search: &Search) -> Hit {
        let Row { ranked, record, more } = row;
        let unit = ranked.unit as usize;
        let values = search.evaluated.wanted.iter().map(|matched| matched.own[unit].max(matched.far[unit]));
        let lowest = values.filter(|value| *value > 0).min().unwrap_or_default();
        Hit {
            id: record.id(),
            url: record.address(),
            kind: record.kind,
            title: record.title.clone(),
            context: record.anchor.as_ref().map(|_| record.context.clone()),
            organ: record.body.as_ref().map(|body| body.key.clone()),
            organ_name: record.body.as_ref().map(|body| body.name.clone()),
            date: record.date.clone(),
            status: record.status.as_ref().map(|s| StatusWords { key: s.key.clone(), label: s.name.clone() }),
            score: ranked.score as f64 / 1e6,
            layer: layer(lowest),
            excerpt: excerpt(&record.text, &search.evaluated.marks),
            more: *more,
        }
    }
}

struct Row {
    ranked: Ranked,
    record: Record,
    more: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    pub value: String,
    pub label: String,
    pub count: usize,
}

fn wanted_words(query: &Query) -> Vec<String> {
    let phrases = query.clauses.iter().filter_map(|clause| match clause {
        Clause::Phrase(phrase) => {
            Some(format!("”{}”", phrase.iter().map(|word| word.term.as_str()).collect::<Vec<_>>().join(" ")))
        }
        Clause::Word(_) => None,
    });
    let words = query.clauses.iter().filter_map(|clause| match clause {
        Clause::Word(word) if word.role == Role::Wanted => Some(word.term.clone()),
        _ => None,
    });
    phrases.chain(words).collect()
}

/// The layer that a value lies in.
fn layer(value: u16) -> &'static str {
    let bands = &SPEC.bands;
    let layers = [
        (bands.exact, "exact"),
        (bands.stem, "stem"),
        (bands.part, "part"),
        (bands.synonym, "synonym"),
        (bands.folded, "folded"),
        (bands.typo, "typo"),
    ];
    layers.iter().find(|(band, _)| u64::from(value) >= band.0).map_or("context", |(_, name)| name)
}
