//! The county a document speaks of most.

/// Full name, and the stem by which it is named in regions, counties and landscapes.
const COUNTIES: [(&str, &[&str]); 21] = [
    ("Stockholms län", &["stockholm"]),
    ("Uppsala län", &["uppsala", "uppland"]),
    ("Södermanlands län", &["sörmland", "södermanland"]),
    ("Östergötlands län", &["östergötland"]),
    ("Jönköpings län", &["jönköping"]),
    ("Kronobergs län", &["kronoberg"]),
    ("Kalmar län", &["kalmar"]),
    ("Gotlands län", &["gotland"]),
    ("Blekinge län", &["blekinge"]),
    ("Skåne län", &["skåne"]),
    ("Hallands län", &["halland"]),
    ("Västra Götalands län", &["västra götaland"]),
    ("Värmlands län", &["värmland"]),
    ("Örebro län", &["örebro"]),
    ("Västmanlands län", &["västmanland"]),
    ("Dalarnas län", &["dalarna"]),
    ("Gävleborgs län", &["gävleborg"]),
    ("Västernorrlands län", &["västernorrland"]),
    ("Jämtlands län", &["jämtland"]),
    ("Västerbottens län", &["västerbotten"]),
    ("Norrbottens län", &["norrbotten"]),
];

/// The county named most often; `None` where none is named, or two as often.
pub(super) fn county<'a>(texts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts = [0usize; COUNTIES.len()];
    for text in texts {
        let text = text.to_lowercase();
        for (count, (_, stems)) in counts.iter_mut().zip(COUNTIES) {
            *count += stems.iter().map(|stem| text.matches(stem).count()).sum::<usize>();
        }
    }
    let most = *counts.iter().max().filter(|&&most| most > 0)?;
    let mut named = counts.iter().zip(COUNTIES).filter(|(count, _)| **count == most);
    let (_, (name, _)) = named.next()?;
    named.next().is_none().then(|| name.to_owned())
}
