//! What an editor writes, as the value that the front matter wants. A date, a body or a type that cannot be told for
//! certain is refused with what would do.

use super::About;
use super::yaml::FrontMatter;
use crate::diagnostic::nearest;
use crate::model::{Body, PartialDate, Registers, written_dates};
use serde_yaml::{Mapping, Value};

/// The keys to set, with their values.
pub(super) fn values(
    about: About,
    said: &str,
    front: &FrontMatter,
    registers: &Registers,
) -> Result<Vec<(&'static str, Value)>, String> {
    if said.is_empty() {
        return Err("svaret är tomt".to_owned());
    }
    let one = |key: &'static str, value: Value| Ok(vec![(key, value)]);
    match about {
        About::Typ => kind(said),
        About::Titel => one("titel", folded(said)),
        About::Plats => one("plats", folded(said)),
        About::Datum => one("datum", Value::from(day(said)?)),
        About::Organ => one("organ", Value::from(body(said, registers)?)),
        About::Närvarande => one("närvarande", entries(said, person)?),
        About::Roller => one("roller", entries(said, role)?),
        About::Parter => one("parter", entries(said, |line| Ok(folded(line)))?),
        About::Period => one("period", Value::from(span(said)?)),
        About::Giltighet => one("giltighet", validity(said, front)?),
        About::Förlängning => one("giltighet", prolonged(said, front)?),
        About::Punkter | About::Beslut => Err("rätta i dokumentets text, och markera sedan frågan som klar".to_owned()),
    }
}

fn folded(text: &str) -> Value {
    Value::from(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn kind(said: &str) -> Result<Vec<(&'static str, Value)>, String> {
    const KINDS: [(&str, &str); 10] = [
        ("minnesanteckningar", "möte"),
        ("protokoll", "möte"),
        ("kallelse", "möte"),
        ("uppdragsbeskrivning", "uppdrag"),
        ("uppdragsdirektiv", "uppdrag"),
        ("projektdirektiv", "uppdrag"),
        ("RÖK", "överenskommelse"),
        ("LÖK", "överenskommelse"),
        ("statlig", "överenskommelse"),
        ("sida", "sida"),
    ];
    let found = KINDS.iter().find(|(form, _)| form.to_lowercase() == said.to_lowercase());
    let (form, typ) = found.ok_or_else(|| format!("välj en av: {}", KINDS.map(|(form, _)| form).join(", ")))?;
    let mut keys = vec![("typ", Value::from(*typ))];
    if *typ != "sida" {
        keys.push(("form", Value::from(*form)));
    }
    Ok(keys)
}

/// Exactly one day, and nothing else.
fn day(said: &str) -> Result<String, String> {
    let dates = written_dates(said);
    match dates.as_slice() {
        [date] if matches!(date.date, PartialDate::Day(_)) => Ok(date.date.to_string()),
        _ => Err("skriv dagen som 2026-01-29 eller 29 januari 2026".to_owned()),
    }
}

/// A body by its id or any of its names.
fn body(said: &str, registers: &Registers) -> Result<String, String> {
    let names = |body: &Body| -> Vec<String> {
        let former = body.former_names.iter().map(|former| former.name.clone());
        let own = [body.id.as_str().to_owned(), body.name.clone()];
        own.into_iter().chain(body.abbreviation.clone()).chain(body.aliases.clone()).chain(former).collect()
    };
    let is = |body: &&Body| names(body).iter().any(|name| name.to_lowercase() == said.to_lowercase());
    if let Some(found) = registers.bodies.iter().find(is) {
        return Ok(found.id.as_str().to_owned());
    }
    let all: Vec<String> = registers.bodies.iter().flat_map(names).collect();
    let near = nearest(said, all.iter().map(String::as_str)).map(|near| format!(": menade du {near}?"));
    Err(format!(
        "organ.yaml har inget organ ”{said}”{}",
        near.unwrap_or_else(|| ". Lägg till det där först".to_owned())
    ))
}

fn entries(said: &str, read: fn(&str) -> Result<Value, String>) -> Result<Value, String> {
    let lines = said.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty());
    lines.map(read).collect::<Result<Vec<_>, _>>().map(Value::from)
}

fn person(line: &str) -> Result<Value, String> {
    let mut parts = line.splitn(3, ',').map(str::trim).filter(|part| !part.is_empty());
    let name = parts.next().ok_or("en rad saknar namn")?;
    Ok(record(&[("namn", Some(name)), ("roll", parts.next()), ("organisation", parts.next())]))
}

fn role(line: &str) -> Result<Value, String> {
    let (role, holder) = line.split_once(':').ok_or_else(|| format!("skriv ”{line}” som roll: innehavare"))?;
    Ok(record(&[("roll", Some(role.trim())), ("innehavare", Some(holder.trim()))]))
}

fn record(pairs: &[(&str, Option<&str>)]) -> Value {
    let known = pairs.iter().filter_map(|(key, value)| Some((Value::from(*key), Value::from((*value)?))));
    Value::from(known.collect::<Mapping>())
}

/// "2026-03-01 – 2029-02-28", "från 2026-03-01", "beslutsdatum – tills vidare".
fn span(said: &str) -> Result<Mapping, String> {
    let lower = said.to_lowercase();
    let mut dates = written_dates(said).into_iter().map(|date| date.date.to_string());
    let open = lower.contains("tills vidare");
    let only_end = lower.starts_with("till ") || lower.starts_with("t.o.m") || lower.starts_with(['–', '-']);
    let from = if lower.contains("beslutsdatum") {
        Some("beslutsdatum".to_owned())
    } else if only_end {
        None
    } else {
        dates.next()
    };
    let to = dates.next();
    if from.is_none() && to.is_none() || open && to.is_some() || dates.next().is_some() {
        return Err("skriv som 2026-03-01 – 2029-02-28 eller 2026-03-01 – tills vidare".to_owned());
    }
    let mut span = Mapping::new();
    from.map(|from| span.insert(Value::from("från"), Value::from(from)));
    to.map(|to| span.insert(Value::from("till"), Value::from(to)));
    if open {
        span.insert(Value::from("tills_vidare"), Value::from(true));
    }
    Ok(span)
}

/// The adoption, with what was known of it and what is known now.
fn validity(said: &str, front: &FrontMatter) -> Result<Value, String> {
    let mut span = span(said)?;
    // An agreement without an end has none to write.
    span.remove("tills_vidare");
    let mut events: Vec<Value> = front.list("giltighet");
    match events.first_mut().and_then(Value::as_mapping_mut) {
        Some(first) => first.extend(span),
        None => {
            let mut event = Mapping::new();
            event.insert(Value::from("händelse"), Value::from("antagen"));
            event.extend(span);
            event.insert(Value::from("källa"), Value::from("Uppgift vid granskningen"));
            events.push(Value::from(event));
        }
    }
    Ok(Value::from(events))
}

/// A prolongation needs its end and where it is said.
fn prolonged(said: &str, front: &FrontMatter) -> Result<Value, String> {
    let wanted = || "skriv slutdatum och var det står: 2027-06-30, länsrådet 2026-04-01 § 12".to_owned();
    let date = written_dates(said).into_iter().next().filter(|date| date.span.start == 0).ok_or_else(wanted)?;
    let source = said[date.span.end..].trim_matches([' ', ',', ':', ';']);
    if source.is_empty() {
        return Err(wanted());
    }
    let mut events: Vec<Value> = front.list("giltighet");
    let end = date.date.to_string();
    events.push(record(&[("händelse", Some("förlängd")), ("till", Some(&end)), ("källa", Some(source))]));
    Ok(Value::from(events))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(about: About, said: &str) -> Result<String, String> {
        let front =
            FrontMatter::of("---\ngiltighet:\n- händelse: antagen\n  från: 2024-01-01\n---\n").expect("a front matter");
        let keys = values(about, said, &front, &Registers::default())?;
        let yaml = |(key, value): (&str, Value)| format!("{key}={}", serde_json::to_string(&value).expect("plain"));
        Ok(keys.into_iter().map(yaml).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn answers_become_values() {
        for (about, said, value) in [
            (About::Typ, "rök", r#"typ="överenskommelse" form="RÖK""#),
            (About::Datum, "den 29 januari 2026", r#"datum="2026-01-29""#),
            (
                About::Närvarande,
                "Bo Ek, chef, Regionen\nEva Al",
                r#"närvarande=[{"namn":"Bo Ek","roll":"chef","organisation":"Regionen"},{"namn":"Eva Al"}]"#,
            ),
            (
                About::Roller,
                "Beställare: Rådet; Mottagare: Nämnden",
                r#"roller=[{"roll":"Beställare","innehavare":"Rådet"},{"roll":"Mottagare","innehavare":"Nämnden"}]"#,
            ),
            (About::Period, "2026-03-01 – tills vidare", r#"period={"från":"2026-03-01","tills_vidare":true}"#),
            (
                About::Giltighet,
                "till 2027-12-31",
                r#"giltighet=[{"händelse":"antagen","från":"2024-01-01","till":"2027-12-31"}]"#,
            ),
            (
                About::Förlängning,
                "2028-12-31, rådet § 4",
                r#"giltighet=[{"händelse":"antagen","från":"2024-01-01"},{"händelse":"förlängd","till":"2028-12-31","källa":"rådet § 4"}]"#,
            ),
        ] {
            assert_eq!(written(about, said).as_deref(), Ok(value));
        }
        for (about, said) in [
            (About::Typ, "avtal"),
            (About::Datum, "2026"),
            (About::Organ, "Nämnden"),
            (About::Roller, "Rådet"),
            (About::Period, "snart"),
            (About::Förlängning, "2028-12-31"),
            (About::Beslut, "ja"),
        ] {
            assert!(written(about, said).is_err(), "{said}");
        }
    }
}
