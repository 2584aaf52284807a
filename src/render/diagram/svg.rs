//! Writes a placed figure as SVG: classes only, every colour and dash is the theme's.

use super::layout::{Drawing, NAME, Placed, Rect, SMALL, Words};
use super::plan::{Line, LineKind, Node, Plan};
use super::text::{escape, width};
use crate::model::Principal;
use std::fmt::Write as _;

const LEGEND_LINE: i32 = 22;
const SAMPLE: i32 = 34;
/// A figure that is narrower need not be kept from shrinking, and is not to be blown up.
const NARROW: i32 = 700;

/// `plan` as it was placed. The figure is a group and not an image: its links are to be reached.
pub fn write(plan: &Plan, drawing: &Drawing, class: &str) -> String {
    let legend = legend(plan, drawing);
    let Drawing { width, .. } = drawing;
    let (height, id) = (drawing.height + legend.height, plan.id);
    let narrow = if *width < NARROW { " smal" } else { "" };
    let mut out = format!(
        "<svg class=\"{class}{narrow}\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"group\" aria-label=\"{}\" aria-describedby=\"{id}-text\">\n\
         <desc id=\"{id}-text\">{}</desc>\n",
        escape(&plan.title),
        escape(&plan.description)
    );
    bands(&mut out, drawing);
    for (line, corners) in plan.lines.iter().zip(&drawing.lines) {
        edge(&mut out, plan, *line, corners);
    }
    for (node, placed) in plan.nodes.iter().zip(&drawing.nodes) {
        boxed(&mut out, node, placed);
    }
    out += &legend.svg;
    out += "</svg>";
    out
}

fn bands(out: &mut String, drawing: &Drawing) {
    for (number, band) in drawing.bands.iter().enumerate().filter(|(_, band)| !band.label.is_empty()) {
        if number % 2 == 0 {
            rect(out, "niva", band.rect, 0);
        }
        for words in &band.label {
            text(out, "niva-namn", "start", words);
        }
    }
}

fn edge(out: &mut String, plan: &Plan, line: Line, corners: &[(i32, i32)]) {
    let names = (&plan.nodes[line.from].name, &plan.nodes[line.to].name);
    let _ = writeln!(
        out,
        "<g class=\"kant {}\"><desc>{}</desc><path d=\"{}\"/>{}</g>",
        line.kind.class(),
        escape(&sentence(line.kind, names.0, names.1)),
        path(corners),
        if line.kind == LineKind::Holds { String::new() } else { arrowhead(corners) }
    );
}

fn sentence(kind: LineKind, from: &str, to: &str) -> String {
    match kind {
        LineKind::Steers => format!("{from} styr eller är överordnat {to}"),
        LineKind::Assigns => format!("{from} ger uppdrag till {to}"),
        LineKind::Prepares => format!("{from} bereder för {to}"),
        LineKind::Reports => format!("{from} rapporterar till {to}"),
        LineKind::PreparesAndReports => format!("{from} bereder för och rapporterar till {to}"),
        LineKind::Holds => format!("{to} ingår i {from}"),
    }
}

fn path(corners: &[(i32, i32)]) -> String {
    let mut d = String::new();
    let mut last = None;
    for &(x, y) in corners {
        let _ = match last {
            None => write!(d, "M{x} {y}"),
            Some((was, _)) if was == x => write!(d, "V{y}"),
            Some(_) => write!(d, "H{x}"),
        };
        last = Some((x, y));
    }
    d
}

/// At the last corner, pointing the way of the last stretch, which is upright.
fn arrowhead(corners: &[(i32, i32)]) -> String {
    let [.., (_, before), (x, y)] = *corners else { return String::new() };
    let back = if before < y { y - 8 } else { y + 8 };
    format!("<path class=\"pil\" d=\"M{x} {y}L{} {back}H{}Z\"/>", x - 4, x + 4)
}

fn boxed(out: &mut String, node: &Node, placed: &Placed) {
    let class = format!("nod {}", node.class);
    let class = class.trim();
    match &node.url {
        Some(url) => {
            let _ = writeln!(out, "<a class=\"{class}\" href=\"{}\">", escape(url));
        }
        None => {
            let _ = writeln!(out, "<g class=\"{class}\">");
        }
    }
    rect(out, "", placed.rect, 3);
    for words in &placed.words {
        text(out, if words.size == SMALL { "ord" } else { "" }, "middle", words);
    }
    for (chip, (area, words)) in node.chips.iter().zip(&placed.chips) {
        let _ = writeln!(out, "<a href=\"{}\">", escape(&chip.url));
        rect(out, "", *area, 3);
        text(out, "", "middle", words);
        *out += "</a>\n";
    }
    *out += if node.url.is_some() { "</a>\n" } else { "</g>\n" };
}

fn rect(out: &mut String, class: &str, rect: Rect, round: i32) {
    let Rect { x, y, width, height } = rect;
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let round = if round > 0 { format!(" rx=\"{round}\"") } else { String::new() };
    let _ = writeln!(out, "<rect{class} x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{round}/>");
}

fn text(out: &mut String, class: &str, anchor: &str, words: &Words) {
    let Words { x, baseline, size, text } = words;
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let _ = writeln!(
        out,
        "<text{class} x=\"{x}\" y=\"{baseline}\" font-size=\"{size}\" text-anchor=\"{anchor}\">{}</text>",
        escape(text)
    );
}

struct Legend {
    svg: String,
    height: i32,
}

/// What the figure's colours, marks and lines mean: only those that it has.
fn legend(plan: &Plan, drawing: &Drawing) -> Legend {
    let mut svg = String::from("<g class=\"forklaring\">\n");
    let (mut x, mut y) = (6, drawing.height + 8);
    let mut place = |words: &str| {
        let needed = SAMPLE + 8 + width(words, NAME - 1) + 18;
        if x + needed > drawing.width && x > 6 {
            (x, y) = (6, y + LEGEND_LINE);
        }
        let at = (x, y);
        x += needed;
        (at, Words { x: at.0 + SAMPLE + 8, baseline: at.1 + 14, size: NAME - 1, text: words.to_owned() })
    };
    for (_, key, label) in Principal::ALL {
        let Some(principal) = principal(key).filter(|_| plan.nodes.iter().any(|node| has_class(node, key))) else {
            continue;
        };
        let ((x, y), words) = place(&format!("{} {label}", principal.mark()));
        let _ = write!(svg, "<g class=\"nod {key}\">");
        rect(&mut svg, "", Rect { x, y: y + 2, width: SAMPLE, height: 15 }, 3);
        svg += "</g>";
        text(&mut svg, "", "start", &words);
    }
    for (kind, label) in kinds(plan) {
        let ((x, y), words) = place(label);
        let (x, end, y) = (x, x + SAMPLE, y + 10);
        let head = format!("<path class=\"pil\" d=\"M{end} {y}L{} {}V{}Z\"/>", end - 8, y - 4, y + 4);
        let head = if kind == LineKind::Holds { "" } else { &head };
        let _ = writeln!(svg, "<g class=\"kant {}\"><path d=\"M{x} {y}H{end}\"/>{head}</g>", kind.class());
        text(&mut svg, "", "start", &words);
    }
    svg += "</g>\n";
    Legend { svg, height: y + LEGEND_LINE + 4 - drawing.height }
}

fn principal(key: &str) -> Option<Principal> {
    Principal::ALL.into_iter().find(|(_, other, _)| *other == key).map(|(principal, ..)| principal)
}

fn has_class(node: &Node, class: &str) -> bool {
    node.class.split(' ').any(|held| held == class)
}

/// The line kinds of the figure, one of each look.
fn kinds(plan: &Plan) -> Vec<(LineKind, &'static str)> {
    let mut out: Vec<(LineKind, &'static str)> = Vec::new();
    let mut kinds: Vec<_> = plan.lines.iter().map(|line| line.kind).collect();
    kinds.sort_unstable();
    for kind in kinds {
        if !out.iter().any(|(_, label)| *label == kind.label()) {
            out.push((kind, kind.label()));
        }
    }
    out
}
