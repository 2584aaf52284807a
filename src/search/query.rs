//! What somebody asks, read: words, phrases in quotes, `-ord`, `organ:`, `år:`, `typ:` and their like.

use super::spec::SPEC;
use super::token::{Place, Reading, normalised, tokens};
use std::collections::BTreeMap;

/// A question, ready to be answered. Reading one never fails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// As it was written.
    pub text: String,
    pub clauses: Vec<Clause>,
    /// Words and phrases that no hit may have.
    pub without: Vec<Vec<Word>>,
    /// Facet to the values asked for; any one of them will do.
    pub filters: BTreeMap<&'static str, Vec<String>>,
    pub ending: Ending,
    /// What was left out of the question, for the reader.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    Word(Word),
    Phrase(Vec<Word>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub term: String,
    /// The digits as written, where the term is the date that they may mean.
    pub literal: Option<String>,
    pub role: Role,
    /// Which run of plain words it stands in: neighbours of one run may belong together.
    pub run: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Wanted,
    /// Counts in phrases only.
    Stop,
    /// Asks; leads to registers.
    Question,
}

/// Whether the last word may be unfinished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    #[default]
    Finished,
    Unfinished,
}

/// A filter key that nothing is filed under.
#[derive(Debug, thiserror::Error)]
#[error("unknown filter `{0}`: use typ, organ, år, ämne, status or län")]
pub struct UnknownFilter(pub String);

impl Query {
    pub fn parse(text: &str) -> Self {
        let mut query = Self { text: text.to_owned(), ..Self::default() };
        let text: String = normalised(text).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let short: String = text.chars().take(SPEC.limits.signs).collect();
        query.read(&short);
        let cut = query.clauses.len() > SPEC.limits.words || short.len() < text.len();
        query.clauses.truncate(SPEC.limits.words);
        query.without.truncate(SPEC.limits.words);
        if cut {
            query.notes.push(SPEC.limits.note.clone());
        }
        query
    }

    /// Adds a filter, as `organ:…` in the text would.
    pub fn filter(&mut self, key: &str, value: &str) -> Result<(), UnknownFilter> {
        let facet = facet(key).ok_or_else(|| UnknownFilter(key.to_owned()))?;
        self.filters.entry(facet).or_default().push(value.to_owned());
        Ok(())
    }

    /// The last word may be unfinished, as it is while somebody types.
    pub fn complete(&mut self) {
        self.ending = Ending::Unfinished;
    }

    /// The words outside phrases.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.clauses.iter().filter_map(|clause| match clause {
            Clause::Word(word) => Some(word),
            Clause::Phrase(_) => None,
        })
    }

    fn read(&mut self, text: &str) {
        let (mut rest, mut plain, mut run) = (text, String::new(), 0);
        loop {
            rest = rest.trim_start();
            let Some(first) = rest.chars().next() else { break };
            let (piece, after) = next_piece(rest);
            rest = after;
            match piece {
                Piece::Plain(chunk) => {
                    plain.push_str(chunk);
                    plain.push(' ');
                    continue;
                }
                Piece::Phrase(phrase) if phrase.trim().is_empty() => continue,
                _ => {}
            }
            debug_assert!(!first.is_whitespace());
            self.plain(&std::mem::take(&mut plain), &mut run);
            match piece {
                Piece::Plain(_) => {}
                Piece::Phrase(phrase) => self.phrase(phrase, &mut run),
                Piece::Without(words) => self.without.extend(Some(read_words(words, run)).filter(|w| !w.is_empty())),
                Piece::Filter(facet, value) => self.filters.entry(facet).or_default().push(value.to_owned()),
            }
        }
        self.plain(&plain, &mut run);
    }

    fn plain(&mut self, plain: &str, run: &mut usize) {
        self.clauses.extend(read_words(plain, *run).into_iter().map(Clause::Word));
        *run += 1;
    }

    fn phrase(&mut self, phrase: &str, run: &mut usize) {
        let words = read_words(phrase, *run);
        if !words.is_empty() {
            self.clauses.push(Clause::Phrase(words));
        }
        *run += 1;
    }
}

enum Piece<'a> {
    Plain(&'a str),
    Phrase(&'a str),
    Without(&'a str),
    Filter(&'static str, &'a str),
}

/// The piece that `text` begins with, and what follows it. A quote that is never closed is no quote.
fn next_piece(text: &str) -> (Piece<'_>, &str) {
    if let Some((phrase, rest)) = quoted(text) {
        return (Piece::Phrase(phrase), rest);
    }
    if let Some(excluded) = text.strip_prefix('-').filter(|rest| excludes(rest)) {
        if let Some((phrase, rest)) = quoted(excluded) {
            return (Piece::Without(phrase), rest);
        }
        let (chunk, rest) = chunk(excluded);
        return (Piece::Without(chunk), rest);
    }
    let (piece, rest) = chunk(text);
    if let Some((facet, value)) = piece.split_once(':').and_then(|(key, value)| Some((facet(key)?, value))) {
        let after = &text[piece.len() - value.len()..];
        match quoted(after) {
            Some((value, rest)) => return (Piece::Filter(facet, value), rest),
            None if !value.is_empty() => return (Piece::Filter(facet, value), rest),
            None => {}
        }
    }
    (Piece::Plain(piece), rest)
}

/// Whether what follows a hyphen is to be left out. Two digits are a short year: `11 dec -25`.
fn excludes(text: &str) -> bool {
    let (word, _) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    let is_year = word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    !word.is_empty() && !is_year
}

/// Up to the next blank or quote; a quote in first place is taken along, since it opens nothing.
fn chunk(text: &str) -> (&str, &str) {
    let ends = |(at, c): (usize, char)| (at > 0 && (c.is_whitespace() || is_quote(c))).then_some(at);
    text.split_at(text.char_indices().find_map(ends).unwrap_or(text.len()))
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next().filter(|c| is_quote(*c))?;
    let inner = &text[open.len_utf8()..];
    let end = inner.find(is_quote)?;
    let close = inner[end..].chars().next()?;
    Some((&inner[..end], &inner[end + close.len_utf8()..]))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '„' | '»' | '«')
}

fn facet(key: &str) -> Option<&'static str> {
    let key = key.to_lowercase();
    SPEC.facets.get(&key).map(String::as_str)
}

fn read_words(text: &str, run: usize) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    tokens(text, Reading::Question, |token| match token.place {
        Place::Next => out.push(Word { term: token.term.to_owned(), literal: None, role: role(token.term), run }),
        Place::Same => {
            if let Some(word) = out.last_mut() {
                word.literal = Some(token.term.to_owned());
            }
        }
    });
    out
}

fn role(term: &str) -> Role {
    if SPEC.questions.contains(term) {
        Role::Question
    } else if SPEC.stop.contains(term) {
        Role::Stop
    } else {
        Role::Wanted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let query = Query::parse(text);
        let words = |words: &[Word]| words.iter().map(|word| word.term.as_str()).collect::<Vec<_>>().join(" ");
        let mut out: Vec<String> = query
            .clauses
            .iter()
            .map(|clause| match clause {
                Clause::Word(word) if word.role == Role::Wanted => word.term.clone(),
                Clause::Word(word) => format!("({})", word.term),
                Clause::Phrase(phrase) => format!("[{}]", words(phrase)),
            })
            .collect();
        out.extend(query.without.iter().map(|without| format!("-{}", words(without))));
        out.extend(query.filters.iter().map(|(facet, values)| format!("{facet}={}", values.join("|"))));
        out.join(" ")
    }

    #[test]
    fn questions_are_read() {
        for (text, want) in [
            ("beslut om SIP", "beslut (om) sip"),
            ("\"samordnad individuell plan\" barn", "[samordnad individuell plan] barn"),
            ("missbruk -alkohol -\"hem för vård\"", "missbruk -alkohol -hem för vård"),
            ("organ:LCHNV år:2026 medel typ:beslut", "medel organ=LCHNV typ=beslut år=2026"),
            ("organ:\"region dalarna\" medel", "medel organ=region dalarna"),
            ("medel \"obalanserad fras", "medel obalanserad fras"),
            ("vilka beslut gäller", "(vilka) beslut (gäller)"),
            ("16 961 335 kr", "16961335 (kr)"),
            ("<script>alert(1)</script>", "script alert 1 script"),
            ("-", ""),
            ("enkät 14 mars -25", "enkät 2025-03-14"),
            ("\"\" () !", ""),
            ("kl 10:30 2021:93", "kl 10:30 2021:93"),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn long_questions_are_cut_with_a_word() {
        let query = Query::parse(&"ärende ".repeat(2_000));
        assert_eq!(query.clauses.len(), SPEC.limits.words);
        assert_eq!(query.notes.len(), 1);
    }
}
