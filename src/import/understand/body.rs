//! Which body a document is of, by the registers' names and by how bodies are called; and which words mean it.

use crate::model::{Body, Registers, Tier, is_short_for};

pattern! {
    BODY_LIKE = r"(?i)^(?:\S+\s){0,5}?\S*(?:nämnd(?:en)?|styrelse[n]?|fullmäktige|utskott(?:et)?|nätverk(?:et)?|styrgrupp(?:en)?|ledningsgrupp(?:en)?|processgrupp(?:en)?|beredningsgrupp(?:en)?|beredning(?:en)?|råd(?:et)?|kommitté(?:n)?|forum|delegation(?:en)?|direktion(?:en)?|länsgrupp(?:en)?|chefsgrupp(?:en)?|samverkansgrupp(?:en)?|samrådsgrupp(?:en)?|(?:tjänstemanna|samverkans|läns|region|förvaltnings)ledning(?:en)?)(?:\s+(?:för|i|inom|psykiatri|hälsa)\b[^.:]{2,60})?$";
    /// A group's name often goes on after the word for it.
    GROUP_NAMED = r"^(?:\p{L}+\s){0,2}?\p{L}*(?i:styrgrupp|ledningsgrupp|processgrupp|beredningsgrupp|arbetsgrupp|chefsgrupp|samrådsgrupp|samverkansgrupp|länsgrupp|nätverk|forum)(?:en|et)?\s(?:för\s|i\s|inom\s)?\p{L}[\p{L}, -]{2,60}$";
    /// A sentence about a body is not its name.
    SAYS = r"(?i)\s(?:beslut\S*|beslöt|har|ska|är|den|att)(?:\s|$)";
    /// A name's own abbreviation after it.
    SHORT = r"(?:,\s|\s\()\p{Lu}{2,8}\)?$";
    TYPE = r"(?i)^(?:minnesanteckningar|sammanträdesprotokoll|mötesprotokoll|protokoll|protokollsutdrag|kallelse)\s+(?:från\s|för\s|till\s|fört vid\s)?";
    THROUGH = r"(?i)\s+(?:genom|via)\s.*$|,.*$|\s*\([^)]*\)\s*$|\.$";
    SEAT = r"\s+i\s+\p{Lu}\p{L}+(?:s\s+(?:län|kommun))?$";
}

/// The names of the register, and the document's own body.
pub(super) struct Bodies {
    pub(super) known: Vec<Known>,
    pub own: Option<String>,
}

/// A name of a registered body.
pub(super) struct Known {
    name: String,
    id: String,
    current: String,
    former: Former,
    tier: Tier,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Former {
    Yes,
    No,
}

/// A body as the draft names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub name: String,
    pub id: Option<String>,
    /// The current name, where the text has a former one.
    pub now: Option<String>,
}

impl Bodies {
    pub(super) fn of(registers: &Registers) -> Self {
        let mut known: Vec<Known> = registers.bodies.iter().flat_map(names).collect();
        known.sort_by_key(|known| std::cmp::Reverse(known.name.chars().count()));
        Self { known, own: None }
    }

    /// `text` when the whole of it names a body, by register or by form.
    pub(super) fn whole(&self, text: &str) -> Option<Named> {
        let text = without_type(text);
        let text = text.as_str();
        self.known(text).or_else(|| {
            let text = &*SHORT.replace(text, "");
            let named = (BODY_LIKE.is_match(text) || GROUP_NAMED.is_match(text) && !SAYS.is_match(text))
                && text.starts_with(|c: char| c.is_uppercase())
                && text.len() < 90;
            let capitals = text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            let name = if capitals { sentence_case(text) } else { text.to_owned() };
            named.then_some(Named { name, id: None, now: None })
        })
    }

    /// The longest registered name within `text`, on word boundaries.
    pub(super) fn within(&self, text: &str) -> Option<Named> {
        self.known.iter().find(|known| contains_words(text, &known.name)).map(Known::named)
    }

    fn known(&self, text: &str) -> Option<Named> {
        self.known.iter().find(|known| fold(&known.name) == fold(text)).map(Known::named)
    }

    /// A holder of a role as a body: "Länsstyrgruppen i X, genom …" is Länsstyrgruppen.
    pub(super) fn holder(&self, holder: &str) -> Named {
        if let Some(named) = self.known(holder.trim_end_matches('.')) {
            return named;
        }
        let cut = THROUGH.replace(holder.trim(), "").trim().to_owned();
        let cut = SEAT.replace(&cut, "").into_owned();
        self.known(&cut).unwrap_or(Named { name: cut, id: None, now: None })
    }

    /// A principal or a function is party to much and holds no meetings.
    pub(super) fn can_meet(&self, named: &Named) -> bool {
        let held = self.known.iter().find(|known| Some(&known.id) == named.id.as_ref());
        held.is_none_or(|known| !matches!(known.tier, Tier::Principal | Tier::Function))
    }

    /// Whether `who` means the document's own body: its name, another of its names, or its last word.
    pub(super) fn is_own(&self, who: &str) -> bool {
        self.own.as_deref().is_none_or(|own| self.same(own, who))
    }

    pub(super) fn same(&self, own: &str, who: &str) -> bool {
        let (a, b) = (fold(own), fold(who));
        let short = |short: &str, long: &str| is_short_for(short, long);
        let id = |text: &str| self.known(text).and_then(|named| named.id);
        a == b
            || short(&b, &a)
            || initials(own).is_some_and(|initials| initials == b)
            || initials(who).is_some_and(|initials| initials == a)
            || definite(&b, &a)
            || definite(&a, &b)
            || SEAT.replace(own, "").to_lowercase() == b
            || a.starts_with(&format!("{b} "))
            || b.starts_with(&format!("{a} "))
            || id(own).is_some_and(|own| id(who).is_some_and(|who| own == who))
    }

    /// How the draft names a decider: the own body by its full name, others as written.
    pub(super) fn own_name(&self, who: &str) -> String {
        match &self.own {
            Some(own) if self.same(own, who) => own.clone(),
            _ => self.known(who).map_or_else(|| expanded(who).unwrap_or(who).to_owned(), |named| named.name),
        }
    }
}

impl Known {
    fn named(&self) -> Named {
        let (name, now) = match self.former {
            Former::Yes => (self.name.clone(), Some(self.current.clone())),
            Former::No => (self.current.clone(), None),
        };
        Named { name, id: Some(self.id.clone()), now }
    }
}

fn names(body: &Body) -> Vec<Known> {
    let known = |name: &str, former| Known {
        name: name.to_owned(),
        id: body.id.as_str().to_owned(),
        current: body.name.clone(),
        former,
        tier: body.tier,
    };
    let current =
        [&body.name].into_iter().chain(&body.abbreviation).chain(&body.aliases).map(|name| known(name, Former::No));
    current.chain(body.former_names.iter().map(|former| known(&former.name, Former::Yes))).collect()
}

/// "Beredningsgruppen" is how a text calls its own "Länsgemensam beredningsgrupp för …".
fn definite(word: &str, name: &str) -> bool {
    let stem = word.strip_suffix("en").or_else(|| word.strip_suffix("et")).filter(|stem| stem.len() > 4);
    !word.contains(' ') && stem.is_some_and(|stem| name.split_whitespace().any(|part| part == stem || part == word))
}

/// Abbreviations that every municipality uses.
const COMMON: [(&str, &str); 12] = [
    ("kf", "Kommunfullmäktige"),
    ("ks", "Kommunstyrelsen"),
    ("ksau", "Kommunstyrelsens arbetsutskott"),
    ("au", "Arbetsutskottet"),
    ("rf", "Regionfullmäktige"),
    ("rs", "Regionstyrelsen"),
    ("sn", "Socialnämnden"),
    ("son", "Socialnämnden"),
    ("von", "Vård- och omsorgsnämnden"),
    ("on", "Omsorgsnämnden"),
    ("hsn", "Hälso- och sjukvårdsnämnden"),
    ("bun", "Barn- och utbildningsnämnden"),
];

fn expanded(short: &str) -> Option<&'static str> {
    COMMON.iter().find(|(abbreviation, _)| *abbreviation == short.to_lowercase()).map(|(_, name)| *name)
}

fn initials(name: &str) -> Option<String> {
    let name = fold(name);
    COMMON.iter().find(|(_, long)| long.to_lowercase() == name).map(|(short, _)| (*short).to_owned())
}

/// "Protokoll Kommunstyrelsen 2026-02-03" names Kommunstyrelsen.
fn without_type(text: &str) -> String {
    let mut text = TYPE.replace(text.trim(), "").into_owned();
    for date in crate::model::written_dates(&text).into_iter().rev() {
        text.truncate(date.span.start);
    }
    text.trim().trim_end_matches([':', '.', ',', '–', '-']).trim().to_owned()
}

fn fold(text: &str) -> String {
    text.trim().trim_end_matches(['.', ':', ',']).to_lowercase()
}

fn sentence_case(text: &str) -> String {
    let mut signs = text.chars();
    signs
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(signs.as_str().to_lowercase().chars()).collect())
}

fn contains_words(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    text.match_indices(&name).any(|(at, _)| {
        let edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        edge(text[..at].chars().next_back()) && edge(text[at + name.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(own: &str) -> Bodies {
        Bodies { own: Some(own.to_owned()), ..Bodies::of(&Registers::default()) }
    }

    #[test]
    fn a_body_is_known_by_its_form() {
        let bodies = bodies("x");
        for text in [
            "Socialnämnden",
            "Kommunstyrelsens arbetsutskott",
            "Länsstyrgruppen",
            "KOMMUNSTYRELSEN",
            "Styrgruppen för psykisk hälsa",
        ] {
            assert!(bodies.whole(text).is_some(), "{text}");
        }
        for text in ["Minnesanteckningar", "Anna Råd är här idag", "2026-01-29"] {
            assert!(bodies.whole(text).is_none(), "{text}");
        }
        assert_eq!(bodies.whole("KOMMUNSTYRELSEN").map(|named| named.name).as_deref(), Some("Kommunstyrelsen"));
    }

    #[test]
    fn short_forms_mean_the_own_body() {
        assert!(bodies("Socialnämnden").is_own("Nämnden"));
        assert!(bodies("Kommunfullmäktige").is_own("KF"));
        assert!(bodies("Länsstyrgruppen i Norrort").is_own("Länsstyrgruppen"));
        assert!(bodies("Länsgemensam beredningsgrupp för unga").is_own("Beredningsgruppen"));
        assert!(bodies("Kommunstyrelsens arbetsutskott").is_own("Arbetsutskottet"));
        assert!(!bodies("Kommunstyrelsens arbetsutskott").is_own("Kommunstyrelsen"));
        assert!(!bodies("Länschefsnätverket").is_own("Styrgruppen"));
        assert!(!bodies("Kommunfullmäktige").is_own("Kommunstyrelsen"));
    }

    #[test]
    fn a_holder_is_cut_to_its_body() {
        let bodies = bodies("x");
        for (holder, name) in [
            ("Länsstyrgruppen i Norrort", "Länsstyrgruppen"),
            ("Rådet genom dess styrgrupp.", "Rådet"),
            ("Nätverket för chefer via Styrgrupp.", "Nätverket för chefer"),
            ("Länsstyrgruppen för vård, VKL", "Länsstyrgruppen för vård"),
        ] {
            assert_eq!(bodies.holder(holder).name, name);
        }
    }
}
