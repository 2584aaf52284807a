//! A front matter that is changed key by key: lines that are not meant stay as they are, comments too.

use serde::de::DeserializeOwned;
use serde_yaml::{Mapping, Value};

/// What some editors on Windows begin a file with.
const MARK: &str = "\u{feff}";

/// Keys in the order an editor reads them; a new one is put after those before it.
const ORDER: &[&str] = &[
    "frågor",
    "typ",
    "form",
    "titel",
    "datum",
    "organ",
    "plats",
    "dnr",
    "län",
    "version",
    "versioner",
    "synlighet",
    "utkast",
    "källkvalitet",
    "närvarande",
    "roller",
    "period",
    "parter",
    "uppsägning",
    "giltighet",
];

/// A document's text, parted into its front matter's lines and the rest. A byte order mark before it stays, and so do
/// the ends of its lines.
pub(super) struct FrontMatter {
    mark: &'static str,
    end: &'static str,
    lines: Vec<String>,
    values: Mapping,
    rest: String,
}

impl FrontMatter {
    pub(super) fn of(text: &str) -> Option<Self> {
        let (mark, text) = text.strip_prefix(MARK).map_or(("", text), |text| (MARK, text));
        let inner = text.strip_prefix("---")?;
        let end_of_line = if inner.starts_with("\r\n") { "\r\n" } else { "\n" };
        let inner = inner.strip_prefix(end_of_line)?;
        let end = inner.match_indices("---").find(|(at, _)| {
            let alone = inner[at + 3..].lines().next().unwrap_or_default().trim().is_empty();
            alone && (*at == 0 || inner[..*at].ends_with('\n'))
        })?;
        let (yaml, rest) = inner.split_at(end.0);
        let values = match serde_yaml::from_str(yaml).ok()? {
            Value::Mapping(values) => values,
            Value::Null => Mapping::new(),
            _ => return None,
        };
        Some(Self {
            mark,
            end: end_of_line,
            lines: yaml.lines().map(str::to_owned).collect(),
            values,
            rest: rest.to_owned(),
        })
    }

    pub(super) fn value(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    /// A key's list; empty where it is no such list.
    pub(super) fn list<T: DeserializeOwned>(&self, key: &str) -> Vec<T> {
        self.value(key).cloned().and_then(|value| serde_yaml::from_value(value).ok()).unwrap_or_default()
    }

    /// Puts a value in the place of the key's old one, or where the key belongs.
    pub(super) fn set(&mut self, key: &str, value: &Value) {
        let mut single = Mapping::new();
        single.insert(Value::from(key), value.clone());
        let yaml = serde_yaml::to_string(&single).expect("plain values are YAML");
        let (from, to) = self.span(key).unwrap_or_else(|| {
            let at = self.place(key);
            (at, at)
        });
        self.lines.splice(from..to, yaml.lines().map(str::to_owned));
        self.values.insert(Value::from(key), value.clone());
    }

    pub(super) fn remove(&mut self, key: &str) {
        if let Some((from, to)) = self.span(key) {
            self.lines.drain(from..to);
        }
        self.values.remove(key);
    }

    pub(super) fn text(&self) -> String {
        let Self { mark, end, lines, values: _, rest } = self;
        let yaml: String = lines.iter().flat_map(|line| [line.as_str(), end]).collect();
        format!("{mark}---{end}{yaml}{rest}")
    }

    /// The lines of a key and its value: up to the next key or comment at the margin.
    fn span(&self, key: &str) -> Option<(usize, usize)> {
        let from = self.lines.iter().position(|line| key_of(line) == Some(key))?;
        let length =
            self.lines[from + 1..].iter().take_while(|line| line.starts_with([' ', '-']) && *line != "---").count();
        Some((from, from + 1 + length))
    }

    /// Where a new key goes: after the last key that comes before it, else above all.
    fn place(&self, key: &str) -> usize {
        let rank = |key: &str| ORDER.iter().position(|known| *known == key);
        let own = rank(key).unwrap_or(ORDER.len());
        let before = |line: &String| key_of(line).is_some_and(|other| rank(other).is_some_and(|rank| rank < own));
        let last = self.lines.iter().rev().find(|line| before(line)).and_then(|line| key_of(line));
        last.and_then(|key| self.span(key)).map_or(0, |(_, to)| to)
    }
}

/// The key that a line at the margin opens.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let bare = !key.is_empty() && !key.starts_with([' ', '-', '#', '"', '\'']);
    bare.then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_from_windows_stays_one() {
        let text = "\u{feff}---\r\n# ett\r\ntyp: möte\r\nfrågor:\r\n- gäller: datum\r\n---\r\nText\r\n";
        let mut front = FrontMatter::of(text).expect("a front matter");
        assert_eq!(front.text(), text);
        assert_eq!(front.value("typ"), Some(&Value::from("möte")));
        front.set("datum", &Value::from("x"));
        front.remove("frågor");
        assert_eq!(front.text(), "\u{feff}---\r\n# ett\r\ntyp: möte\r\ndatum: x\r\n---\r\nText\r\n");
    }

    #[test]
    fn only_the_key_that_is_meant_changes() {
        let text = "---\n# ett\ntyp: möte\nnärvarande:\n- namn: Bo\n  roll: chef\nsynlighet: intern # aldrig ut\n---\nText --- här\n";
        let mut front = FrontMatter::of(text).expect("a front matter");
        assert_eq!(front.text(), text);
        front.set("titel", &Value::from("Ett: möte"));
        front.set("närvarande", &Value::from(vec!["x"]));
        assert_eq!(
            front.text(),
            "---\n# ett\ntyp: möte\ntitel: 'Ett: möte'\nnärvarande:\n- x\nsynlighet: intern # aldrig ut\n---\nText --- här\n"
        );
        front.remove("närvarande");
        front.remove("titel");
        assert_eq!(front.text(), "---\n# ett\ntyp: möte\nsynlighet: intern # aldrig ut\n---\nText --- här\n");
    }
}
