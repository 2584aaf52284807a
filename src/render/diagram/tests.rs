//! What must hold for every figure: nothing overlaps, lines end at their boxes and pass through none, nothing is missing.

use super::layout::{Drawing, Rect, drawing};
use super::plan::Plan;
use super::{select, text};
use crate::model::{Body, Date, Portal};
use crate::workspace::Workspace;
use std::fs;
use std::sync::Arc;

const TODAY: Date = Date::constant(2026, 11, 22);

/// Two counties and the national level, every kind of relation, a circle, a group, and more boxes than a row has room
/// for.
fn crowded() -> String {
    let mut yaml = String::from(
        "- {id: namnd, namn: Hälso- och sjukvårdsnämnden, nivå: politisk, huvudman: region}\n\
         - {id: rad, namn: Välfärdsrådet, nivå: politisk, huvudman: gemensam}\n\
         - {id: natverk, namn: Länschefsnätverket, förkortning: LCHNV, nivå: tjänsteledning, huvudman: gemensam, rapporterar_till: [rad]}\n\
         - {id: styrgrupp, namn: Länschefsnätverkets styrgrupp, nivå: styrgrupp, huvudman: gemensam, överordnat: [natverk], bereder_för: [natverk]}\n\
         - {id: ring-a, namn: Ring A, nivå: styrgrupp, styrs_av: [ring-b]}\n\
         - {id: ring-b, namn: Ring B, nivå: styrgrupp, styrs_av: [ring-a]}\n\
         - {id: regeringen, namn: Regeringen, nivå: nationell, huvudman: stat, län: Hela landet}\n\
         - {id: fjarran, namn: Fjärran beredningsgrupp, nivå: styrgrupp, huvudman: gemensam, län: Annat län, rapporterar_till: [fjarran-over]}\n\
         - {id: fjarran-over, namn: Fjärran styrgrupp, nivå: tjänsteledning, huvudman: gemensam, län: Annat län}\n\
         - {id: ensam, namn: Ensam i annat län, nivå: stöd, län: Annat län}\n\
         - {id: over, namn: Upphörd grupp, nivå: stöd, upphört: 2020-01-01}\n\
         - {id: regionen, namn: Regionen, nivå: huvudman, huvudman: region}\n",
    );
    let mut members = Vec::from(["regionen".to_owned()]);
    for number in 0..15 {
        yaml += &format!("- {{id: kommun-{number}, namn: Kommun nummer {number}, nivå: huvudman, huvudman: kommun}}\n");
        members.push(format!("kommun-{number}"));
    }
    for number in 0..9 {
        yaml += &format!(
            "- {{id: grupp-{number}, namn: Suicidpreventionssamordnargruppen nummer {number}, nivå: process, huvudman: \
             gemensam, under_bildande: true, styrs_av: [styrgrupp], uppdrag_från: [natverk], bereder_för: [styrgrupp], \
             rapporterar_till: [styrgrupp, rad]}}\n- {{id: lag-{number}, namn: Arbetslag {number}, nivå: operativ, \
             huvudman: region, uppdrag_från: [grupp-{number}, grupp-0]}}\n"
        );
    }
    let members: Vec<_> = members.iter().map(|id| format!("{{organ: {id}}}")).collect();
    yaml + &format!("- {{id: stod, namn: RSS, nivå: stöd, huvudman: gemensam, ingår: [{}]}}\n", members.join(", "))
}

fn portal(bodies: &str) -> Portal {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("site")).expect("a folder");
    fs::create_dir_all(folder.path().join("content")).expect("a folder");
    fs::write(folder.path().join("site/site.yaml"), "titel: Prov\nlän: Eget län\n").expect("a file");
    fs::write(folder.path().join("site/organ.yaml"), bodies).expect("a file");
    let workspace = Workspace::open(folder.path(), TODAY).expect("a portal");
    let problems = workspace.problems();
    Arc::unwrap_or_clone(workspace.portal.unwrap_or_else(|| panic!("{problems:?}")))
}

/// The figures of a portal, each with a name for messages.
fn figures(portal: &Portal) -> Vec<(String, Plan)> {
    let mut out = vec![
        ("structure".to_owned(), select::structure(portal, TODAY, "")),
        ("overview".to_owned(), select::overview(portal, "")),
    ];
    let bodies = portal.registers.bodies.iter();
    out.extend(bodies.filter_map(|body| Some((body.id.to_string(), select::around(portal, body, "")?))));
    out
}

fn portals() -> Vec<Portal> {
    let own = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/site/organ.yaml"));
    let own = own.map(|text| text.replace("Dalarnas län", "Eget län"));
    std::iter::once(crowded()).chain(own).map(|text| portal(&text)).collect()
}

fn each(check: impl Fn(&str, &Plan, &Drawing)) {
    for portal in portals() {
        for (name, plan) in figures(&portal) {
            check(&name, &plan, &drawing(&plan));
        }
    }
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

fn holds(outer: Rect, inner: Rect) -> bool {
    outer.x <= inner.x
        && outer.y <= inner.y
        && inner.x + inner.width <= outer.x + outer.width
        && inner.y + inner.height <= outer.y + outer.height
}

#[test]
fn no_boxes_overlap_and_all_lie_within_the_figure() {
    each(|name, plan, drawing| {
        let all = Rect { x: 0, y: 0, width: drawing.width, height: drawing.height };
        for (at, placed) in drawing.nodes.iter().enumerate() {
            assert!(holds(all, placed.rect), "{name}: {} in {all:?}", plan.nodes[at].name);
            for (other, beside) in drawing.nodes.iter().enumerate().skip(at + 1) {
                let names = (&plan.nodes[at].name, &plan.nodes[other].name);
                assert!(!overlap(placed.rect, beside.rect), "{name}: {names:?}");
            }
            for (at, (chip, _)) in placed.chips.iter().enumerate() {
                assert!(holds(placed.rect, *chip), "{name}: a link outside its group");
                assert!(!placed.chips[..at].iter().any(|(other, _)| overlap(*chip, *other)), "{name}: links overlap");
            }
        }
    });
}

#[test]
fn all_words_lie_within_their_boxes() {
    each(|name, plan, drawing| {
        for placed in &drawing.nodes {
            let own = placed.words.iter().map(|words| (placed.rect, words));
            let chips = placed.chips.iter().map(|(rect, words)| (*rect, words));
            for (rect, words) in own.chain(chips) {
                let wide = text::width(&words.text, words.size);
                let area = Rect {
                    x: words.x - wide / 2,
                    y: words.baseline - words.size,
                    width: wide,
                    height: words.size + words.size / 4,
                };
                assert!(holds(rect, area), "{name}: {words:?} in {rect:?}");
            }
            let lines: Vec<_> = placed.words.iter().map(|words| (words.baseline, words.size)).collect();
            assert!(lines.windows(2).all(|pair| pair[1].0 - pair[0].0 >= pair[1].1), "{name}: {lines:?}");
        }
        let left = drawing.nodes.iter().map(|placed| placed.rect.x).min().unwrap_or(0);
        let labels = drawing.bands.iter().flat_map(|band| &band.label);
        labels.for_each(|words| assert!(words.x + text::width(&words.text, words.size) < left, "{name}: {words:?}"));
        assert!(plan.width >= drawing.width - 60, "{name}: {} is wide", drawing.width);
    });
}

#[test]
fn lines_end_at_their_boxes_and_pass_through_none() {
    each(|name, plan, drawing| {
        for (line, corners) in plan.lines.iter().zip(&drawing.lines) {
            let told = (&plan.nodes[line.from].name, &plan.nodes[line.to].name, corners);
            for (node, end) in [(line.from, corners[0]), (line.to, corners[corners.len() - 1])] {
                let Rect { x, y, width, height } = drawing.nodes[node].rect;
                let touches = (end.1 == y || end.1 == y + height) && x <= end.0 && end.0 <= x + width;
                assert!(touches, "{name}: {told:?}");
            }
            for pair in corners.windows(2) {
                assert!(pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1, "{name}: aslant {told:?}");
                let (x, y) = (pair[0].0.min(pair[1].0), pair[0].1.min(pair[1].1));
                let (width, height) = ((pair[0].0 - pair[1].0).abs(), (pair[0].1 - pair[1].1).abs());
                assert!(x >= 0 && x + width <= drawing.width, "{name}: outside {told:?}");
                let stretch = Rect { x, y, width: width.max(1), height: height.max(1) };
                let through = drawing.nodes.iter().position(|placed| {
                    let Rect { x, y, width, height } = placed.rect;
                    overlap(stretch, Rect { x: x + 1, y: y + 1, width: width - 2, height: height - 2 })
                });
                assert_eq!(through.map(|at| &plan.nodes[at].name), None, "{name}: {told:?}");
            }
        }
    });
}

/// Stretches of two lines on the same pixels would read as one line.
#[test]
fn no_line_runs_along_another() {
    let mut along = Vec::new();
    let portal = portals().pop().expect("a portal");
    let plan = select::structure(&portal, TODAY, "");
    let drawing = drawing(&plan);
    for (at, line) in drawing.lines.iter().enumerate() {
        for other in &drawing.lines[at + 1..] {
            for (a, b) in line.windows(2).flat_map(|a| other.windows(2).map(move |b| (a, b))) {
                let upright = a[0].0 == a[1].0 && b[0].0 == b[1].0 && a[0].0 == b[0].0;
                let flat = a[0].1 == a[1].1 && b[0].1 == b[1].1 && a[0].1 == b[0].1;
                let span = |p: &[(i32, i32)]| {
                    let (from, to) = if upright { (p[0].1, p[1].1) } else { (p[0].0, p[1].0) };
                    (from.min(to), from.max(to))
                };
                let (a, b) = (span(a), span(b));
                if (upright || flat) && a.0 < b.1 && b.0 < a.1 {
                    along.push((line.clone(), other.clone()));
                }
            }
        }
    }
    assert!(along.is_empty(), "{along:?}");
}

#[test]
fn the_structure_holds_every_body_of_the_county_and_every_relation() {
    for portal in portals() {
        let plan = select::structure(&portal, TODAY, "");
        let links =
            || plan.nodes.iter().flat_map(|node| node.url.iter().chain(node.chips.iter().map(|chip| &chip.url)));
        let shown = |body: &&Body| links().any(|url| *url == format!("organ/{}.html", body.id));
        let missing: Vec<_> = portal.registers.bodies.iter().filter(|body| !shown(body)).collect();
        let reason = |body: &Body| body.dissolved.is_some() || body.county.is_some();
        assert!(missing.iter().all(|body| reason(body)), "{missing:?}");
        assert_eq!(links().count() + missing.len(), portal.registers.bodies.iter().count(), "each once");
        let wanted = |body: &Body| body.steered_by.len() + body.assignment_from.len();
        let wanted: usize = portal.registers.bodies.iter().map(wanted).sum();
        let drawn = plan.lines.iter().filter(|line| matches!(line.kind.class(), "styr" | "uppdrag")).count();
        assert!(drawn >= wanted, "{drawn} of {wanted}");
    }
}

#[test]
fn a_body_stands_between_those_above_and_those_below() {
    let portal = portal(&crowded());
    let styrgrupp = portal.registers.bodies.get("styrgrupp").expect("a body");
    let plan = select::around(&portal, styrgrupp, "../").expect("relations");
    let drawing = drawing(&plan);
    let y = |name: &str| {
        let at = plan.nodes.iter().position(|node| node.name == name).unwrap_or_else(|| panic!("{name}"));
        drawing.nodes[at].rect.y
    };
    assert!(y("Länschefsnätverket") < y("Länschefsnätverkets styrgrupp"));
    assert!(y("Länschefsnätverkets styrgrupp") < y("Suicidpreventionssamordnargruppen nummer 0"));
    let ensam = portal.registers.bodies.get("ensam").expect("a body");
    assert!(select::around(&portal, ensam, "../").is_none());
}

#[test]
fn the_same_register_gives_the_same_figure() {
    let text = crowded();
    let svg = || super::structure(&portal(&text), TODAY, "../").expect("a figure");
    let first = svg();
    assert_eq!(first, svg());
    assert!(!first.contains("style="), "classes only");
    assert!(first.contains("href=\"../organ/styrgrupp.html\""));
    assert_eq!(super::structure(&portal("[]"), TODAY, ""), None);
}

#[test]
fn a_figure_of_another_day_has_the_bodies_and_names_of_that_day() {
    let portal = portal(
        "- {id: a, namn: Nytt namn, nivå: styrgrupp, tidigare_namn: [{namn: Äldst, till: 2015}, {namn: Äldre, till: 2019-12-31}, {namn: Okänt slut}]}\n\
         - {id: b, namn: Bildad, nivå: process, bildat: 2021-03-01, styrs_av: [a]}\n\
         - {id: c, namn: Upphörd, nivå: process, upphört: 2020, styrs_av: [a]}\n",
    );
    for (day, names, lines) in [
        ("2015-06-01", "Äldst, Upphörd", 1),
        ("2016-01-01", "Äldre, Upphörd", 1),
        ("2020-01-01", "Nytt namn, Upphörd", 1),
        ("2021-01-01", "Nytt namn", 0),
        ("2021-03-01", "Nytt namn, Bildad", 1),
    ] {
        let plan = select::structure(&portal, day.parse().expect("a date"), "");
        let held: Vec<_> = plan.nodes.iter().map(|node| node.name.as_str()).collect();
        assert_eq!((held.join(", ").as_str(), plan.lines.len()), (names, lines), "{day}");
    }
}
