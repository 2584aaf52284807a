//! How long the stages take over a small portal held in memory: parse, link, cut, render, index.
//!
//! `cargo bench` prints the figures. The shared corpus and the peers are measured by `peers.py` beside this file.

use divan::{Bencher, black_box, counter::ItemsCount};
use samverk::diagnostic::SourceText;
use samverk::edition::edition;
use samverk::link;
use samverk::model::{Date, Edition, Portal};
use samverk::render::{Renderer, Route, Theme, Viewing};
use samverk::search::{Index, Shards};
use samverk::source::{self, Parsed, Sources};
use std::path::PathBuf;
use std::sync::Arc;

const SIZES: [usize; 2] = [100, 1000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn parse(bencher: Bencher<'_, '_>, documents: usize) {
    let sources = sources(documents);
    bencher.counter(ItemsCount::new(documents)).bench_local(|| source::parse(black_box(&sources)));
}

#[divan::bench(args = SIZES)]
fn link(bencher: Bencher<'_, '_>, documents: usize) {
    let parsed = parsed(documents);
    bencher
        .counter(ItemsCount::new(documents))
        .bench_local(|| link::links(&parsed.site, &parsed.sections, black_box(&parsed.documents), today()));
}

#[divan::bench(args = SIZES)]
fn cut(bencher: Bencher<'_, '_>, documents: usize) {
    let portal = portal(documents);
    bencher.counter(ItemsCount::new(documents)).bench_local(|| edition(black_box(portal.clone()), Edition::Public));
}

/// Every page of the site with the default theme, by one thread.
#[divan::bench(args = SIZES)]
fn render(bencher: Bencher<'_, '_>, documents: usize) {
    let renderer = renderer(documents);
    let routes = renderer.routes();
    bencher.counter(ItemsCount::new(documents)).bench_local(|| {
        let bytes = |route: &Route| renderer.render(route).expect("the default theme is sound").len();
        routes.iter().map(bytes).sum::<usize>()
    });
}

/// One page, as the preview renders it: its cost must not grow with the site.
#[divan::bench(args = SIZES)]
fn render_one_page(bencher: Bencher<'_, '_>, documents: usize) {
    let renderer = renderer(documents);
    let route = renderer.find("moten/mote-00050.html").expect("a meeting");
    bencher.bench_local(|| renderer.render(black_box(&route)).expect("the default theme is sound").len());
}

#[divan::bench(args = SIZES)]
fn index(bencher: Bencher<'_, '_>, documents: usize) {
    let portal = edition(portal(documents), Edition::Public);
    bencher.counter(ItemsCount::new(documents)).bench_local(|| Shards::new(&Index::build(black_box(&portal))).count());
}

fn renderer(documents: usize) -> Renderer {
    let (theme, problems) = Theme::new("portal", &[], PathBuf::new());
    assert!(problems.is_empty(), "{problems:?}");
    let portal = edition(portal(documents), Edition::Public);
    Renderer::new(Arc::new(portal), Arc::new(theme), Viewing::Published)
}

fn today() -> Date {
    "2026-11-22".parse().expect("a date")
}

fn portal(documents: usize) -> Portal {
    let parsed = parsed(documents);
    let links = link::links(&parsed.site, &parsed.sections, &parsed.documents, today());
    Portal {
        files: Arc::clone(&parsed.files),
        site: parsed.site,
        registers: parsed.registers,
        sections: parsed.sections,
        documents: parsed.documents,
        links: Arc::new(links),
        edition: Edition::Internal,
        today: today(),
    }
}

fn parsed(documents: usize) -> Parsed {
    let (parsed, problems) = source::parse(&sources(documents));
    assert!(problems.is_empty(), "{problems:?}");
    parsed.expect("site.yaml is sound")
}

/// A portal of minutes: ten bodies, ten topics, ten items and eight decisions a meeting.
fn sources(documents: usize) -> Sources {
    let mut sources = Sources::default();
    let mut add = |path: String, text: String| sources.texts.insert(path.clone(), SourceText::new(path, text));
    add("site/site.yaml".to_owned(), "titel: Mätportal\nägare: Provkommun\n".to_owned());
    let entry = |kind: &str, at: usize, more: &str| format!("- id: {kind}-{at}\n  namn: {kind} nummer {at}\n{more}");
    add("site/organ.yaml".to_owned(), (0..10).map(|at| entry("namnd", at, "  nivå: politisk\n")).collect());
    add("site/ämnen.yaml".to_owned(), (0..10).map(|at| entry("amne", at, "")).collect());
    add("content/_index.md".to_owned(), "---\ntitel: Mätportal\n---\n".to_owned());
    add("content/moten/_index.md".to_owned(), "---\ntitel: Möten\nförval:\n  typ: möte\n---\n".to_owned());
    for at in 0..documents {
        add(format!("content/moten/mote-{at:05}.md"), meeting(at));
    }
    sources
}

fn meeting(at: usize) -> String {
    let (body, topic, day) = (at % 10, at * 7 % 10, at % 28 + 1);
    let mut text = format!(
        "---\ntitel: namnd nummer {body}, möte {at}\ndatum: 20{:02}-{:02}-{day:02}\nform: protokoll\norgan: namnd-{body}\n\
         ämnen: [amne-{topic}]\nsynlighet: publik\nsammanfattning: Mötet behandlade budget och uppföljning.\n---\n",
        at % 14 + 12,
        at % 12 + 1,
    );
    for item in 1..=10 {
        text += &format!("\n## § {item} Ärende om skolskjuts och hemtjänst {item}\n\n{}\n", WORDS.repeat(6));
        if item < 9 {
            text +=
                &format!("\n### Beslut\n\n**namnd nummer {body} beslutade**\n\n- att anta förslaget om sak {item}.\n");
        }
        if item == 10 && at > 0 {
            text += &format!("\nSe [förra mötet](@/moten/mote-{:05}.md).\n", at - 1);
        }
    }
    text
}

const WORDS: &str = "Förvaltningen redogör för ärendet och för de **åtgärder** som har vidtagits under året. ";
