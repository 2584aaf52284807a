//! YAML into concrete structs, with every fault placed and told in Swedish.

use super::directives::misplaced;
use super::yaml_fault::{offset, syntax, wrong_kind};
use crate::diagnostic::{Diagnostic, Place, SourceText, nearest};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde_yaml::Value;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A text that YAML may take for a number or a truth value: `1.1`, `2026`, `ja`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scalar(pub String);

/// One value, or a list of them.
#[derive(Clone, Debug)]
pub struct OneOrMany<T>(pub Vec<T>);

/// Splits a file at its front matter: the YAML's range and the Markdown's.
///
/// The YAML stands between a first line `---` and the next line `---`. Without a first `---` there is none.
pub fn split(source: &Arc<SourceText>) -> Result<(Range<usize>, Range<usize>), Diagnostic> {
    let text = &source.text;
    let Some(rest) = text.strip_prefix("---\n") else {
        let message = if text.trim().is_empty() { "filen är tom" } else { "filen börjar inte med `---`" };
        return Err(Diagnostic::error("front-matter", Place::file(source), message)
            .hint("börja med en rad `---`, sedan typ, titel och övriga uppgifter, sedan en rad `---`"));
    };
    let start = text.len() - rest.len();
    let mut at = start;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok((start..at, at + line.len()..text.len()));
        }
        at += line.len();
    }
    Err(Diagnostic::error("front-matter", Place::at(source, 0..3), "uppgifterna överst avslutas inte med en rad `---`"))
}

/// Reads `span` of the file as a `T`. Each fault is reported; what has no fault is read all the same.
///
/// A key that is unknown, double or of the wrong kind is left out and reading starts over, so that one fault does not
/// hide the next.
pub fn decode<T: DeserializeOwned>(source: &Arc<SourceText>, span: Range<usize>) -> (Option<T>, Vec<Diagnostic>) {
    let (record, mut problems) = read(source, span.clone());
    problems.extend(misplaced(source, span));
    (record, problems)
}

fn read<T: DeserializeOwned>(source: &Arc<SourceText>, span: Range<usize>) -> (Option<T>, Vec<Diagnostic>) {
    let yaml = &source.text[span.clone()];
    let first = match serde_yaml::from_str::<T>(if yaml.trim().is_empty() { "{}" } else { yaml }) {
        Ok(value) => return (Some(value), Vec::new()),
        Err(error) => error,
    };
    let whole = Place::at(source, span.clone());
    let mut value = match serde_yaml::from_str::<Value>(yaml) {
        Ok(value) => value,
        Err(error) => {
            let message = error.to_string();
            let problem = match message.contains("duplicate entry") {
                true => translate(&first.to_string(), location(source, &span, &first), &whole),
                false => syntax(source, &span, &message),
            };
            return (None, vec![problem]);
        }
    };
    let mut problems = vec![translate(&first.to_string(), location(source, &span, &first), &whole)];
    let mut message = first.to_string();
    while let Some(key) = fault_key(&message, &value).or_else(|| tried_key::<T>(&message, &value)) {
        // A message without a place of its own is about the value of this key.
        if let Some(last) = problems.last_mut().filter(|last| last.place.span == whole.span) {
            last.place = whole.of(&key, "");
        }
        remove(&mut value, &key);
        match serde_yaml::from_value::<T>(value.clone()) {
            Ok(read) => return (Some(read), problems),
            Err(error) => {
                message = error.to_string();
                let place = named(&message).map_or_else(|| whole.clone(), |name| whole.of(name, ""));
                problems.push(translate(&message, place, &whole));
            }
        }
    }
    (None, problems)
}

fn location(source: &Arc<SourceText>, span: &Range<usize>, error: &serde_yaml::Error) -> Place {
    let Some(location) = error.location() else { return Place::at(source, span.clone()) };
    let at = offset(source, span, location.line(), location.column());
    let end = source.text[at..span.end].find(['\n', ',', '}', ']']).map_or(span.end, |length| at + length);
    Place::at(source, at..end.max(at))
}

/// The name that an error message of serde quotes first: the key or value at fault.
fn named(message: &str) -> Option<&str> {
    let start = message.find('`')? + 1;
    let length = message[start..].find('`')?;
    Some(&message[start..start + length])
}

/// The key to leave out so that reading can go on: the first step of the error's path, or the unknown key itself.
fn fault_key(message: &str, value: &Value) -> Option<String> {
    let mapping = value.as_mapping()?;
    let has = |key: &str| mapping.contains_key(key);
    let path = message.split([':', '.', '[']).next().unwrap_or_default().trim();
    if has(path) {
        return Some(path.to_owned());
    }
    named(message).filter(|name| has(name) && !message.contains("missing field")).map(str::to_owned)
}

/// The key whose absence changes the error, for messages that name none.
fn tried_key<T: DeserializeOwned>(message: &str, value: &Value) -> Option<String> {
    let keys = value.as_mapping()?.keys().filter_map(Value::as_str);
    keys.map(str::to_owned).find(|key| {
        let mut without = value.clone();
        remove(&mut without, key);
        serde_yaml::from_value::<T>(without).err().is_none_or(|error| {
            let other = error.to_string();
            other != message && !other.contains(&format!("`{key}`"))
        })
    })
}

fn remove(value: &mut Value, key: &str) {
    if let Some(mapping) = value.as_mapping_mut() {
        mapping.remove(key);
    }
}

fn translate(message: &str, place: Place, whole: &Place) -> Diagnostic {
    let name = named(message).unwrap_or_default().to_owned();
    if message.contains("unknown field") {
        let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        let place = if place.source.text[place.span.clone()].starts_with(&name) { place } else { whole.of(&name, "") };
        let problem = Diagnostic::error("okänd-nyckel", place, format!("okänd nyckel `{name}`"));
        return match nearest(&name, known.iter().copied()) {
            Some(near) => problem.hint(format!("menade du `{near}`?")),
            None => problem.hint(format!("här får stå: {}", known.join(", "))),
        };
    }
    if message.contains("duplicate field") || message.contains("duplicate entry") {
        return Diagnostic::error("dubbel-nyckel", place, format!("nyckeln `{}` står två gånger", duplicate(message)))
            .hint("behåll en av dem");
    }
    if message.contains("missing field") {
        return Diagnostic::error("nyckel-saknas", place, format!("nyckeln `{name}` saknas"))
            .hint(format!("lägg till en rad `{name}: …`"));
    }
    if message.contains("unknown variant") {
        let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        return Diagnostic::error("okänt-värde", place, format!("okänt värde `{name}`"))
            .hint(format!("välj ett av: {}", known.join(", ")));
    }
    if message.contains("invalid type") || message.contains("invalid value") {
        return Diagnostic::error("fel-slags-värde", place, wrong_kind(message))
            .hint("jämför med exemplen i redigeringshjälpen");
    }
    Diagnostic::error("yaml", place, format!("kan inte läsas som YAML ({message})"))
        .hint("kontrollera indrag, kolon och citattecken på raden och raden före")
}

fn duplicate(message: &str) -> &str {
    named(message).or_else(|| message.split('"').nth(1)).unwrap_or_default()
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("en text")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar(text.trim().to_owned()))
            }

            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }

            fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Scalar, E> {
                Ok(Scalar(format!("{number:?}")))
            }

            fn visit_bool<E: serde::de::Error>(self, truth: bool) -> Result<Scalar, E> {
                Ok(Scalar(truth.to_string()))
            }
        }
        deserializer.deserialize_any(Read)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either<T> {
            Many(Vec<T>),
            One(T),
        }
        Ok(Self(match Either::deserialize(deserializer)? {
            Either::Many(values) => values,
            Either::One(value) => vec![value],
        }))
    }
}

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only read through Debug")]
    struct Sample {
        titel: String,
        datum: Option<Scalar>,
        vikt: Option<i64>,
    }

    fn faults(yaml: &str) -> Vec<String> {
        let source = SourceText::new("x.md", yaml);
        let (_, problems) = decode::<Sample>(&source, 0..yaml.len());
        problems
            .iter()
            .map(|problem| format!("{}:{} {}", problem.place.line_column().0, problem.code, problem.message))
            .collect()
    }

    #[test]
    fn one_fault_does_not_hide_the_next() {
        let found = faults("titel: A\ntitl: B\nvikt: tung\ndato: 2026\n");
        assert_eq!(found.len(), 3, "{found:#?}");
        for start in ["2:okänd-nyckel", "4:okänd-nyckel", "3:fel-slags-värde"] {
            assert!(found.iter().any(|fault| fault.starts_with(start)), "{start}: {found:#?}");
        }
    }

    #[test]
    fn double_and_missing_keys_are_told_apart() {
        assert!(faults("titel: A\ntitel: B\n")[0].contains("står två gånger"));
        assert!(faults("datum: 2026-01-29\n")[0].contains("`titel` saknas"));
        assert_eq!(faults("titel: \"A\ndatum: x\n").len(), 1);
    }

    #[test]
    fn front_matter_ends_at_its_fence() {
        let source = SourceText::new("x.md", "---\ntitel: A\n---\nText\n");
        let (yaml, body) = split(&source).expect("well-formed");
        assert_eq!((&source.text[yaml], &source.text[body]), ("titel: A\n", "Text\n"));
        assert!(split(&SourceText::new("x.md", "Text")).is_err());
        assert!(split(&SourceText::new("x.md", "---\ntitel: A\n")).is_err());
    }
}
