//! Gives every box, word and line of a plan its place in pixels. What stands beside what is in `columns.rs`.

use super::columns::{LABELS, MARGIN, Shelf, across};
use super::plan::Plan;
use super::route::{self, Height, Place};
use super::text::{width, wrap};

/// Sizes of type in pixels: names, small words.
pub const NAME: i32 = 13;
pub const SMALL: i32 = 11;
const NAME_LINE: i32 = 17;
const SMALL_LINE: i32 = 15;
const CHIP_HEIGHT: i32 = 26;

/// Between a box and its words.
pub const PAD: i32 = 10;

/// Between levels: before the first lane and after the last, between lanes, and more between rows.
const CHANNEL: i32 = 12;
const LANE: i32 = 8;
const BETWEEN_ROWS: i32 = 14;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

/// A line of words; `x` is its middle in a box, its start in a band.
#[derive(Debug)]
pub struct Words {
    pub x: i32,
    pub baseline: i32,
    pub size: i32,
    pub text: String,
}

/// A node of the plan, by the same index.
#[derive(Debug)]
pub struct Placed {
    pub rect: Rect,
    pub words: Vec<Words>,
    /// Of a group: each body's own box.
    pub chips: Vec<(Rect, Words)>,
}

#[derive(Debug)]
pub struct Band {
    pub rect: Rect,
    pub label: Vec<Words>,
}

/// A figure without its legend.
#[derive(Debug)]
pub struct Drawing {
    pub width: i32,
    pub height: i32,
    pub bands: Vec<Band>,
    pub nodes: Vec<Placed>,
    /// Corners of each line, from its `from` to its `to`.
    pub lines: Vec<Vec<(i32, i32)>>,
}

/// Places everything that `plan` holds.
pub fn drawing(plan: &Plan) -> Drawing {
    let shelf = across(plan);
    let places: Vec<Place> = shelf.places(plan.nodes.len());
    let ends: Vec<_> = plan.lines.iter().map(|line| (line.from, line.to)).collect();
    let (left, right) = (shelf.left - MARGIN, shelf.right + MARGIN);
    let (routes, lanes) = route::routes(&places, &ends, (left + 4, right - 4));
    let heights = Heights::new(plan, &shelf, &lanes);
    let nodes = places.iter().enumerate().map(|(at, place)| placed(plan, at, *place, &heights)).collect();
    let line = |route: &route::Route| route.iter().map(|&(x, height)| (x, heights.of(height))).collect();
    Drawing {
        width: right,
        height: heights.bottom,
        bands: bands(plan, &shelf, &heights, right),
        lines: routes.iter().map(line).collect(),
        nodes,
    }
}

/// Where levels and channels begin.
struct Heights {
    levels: Vec<(i32, i32)>,
    channels: Vec<i32>,
    bottom: i32,
}

impl Heights {
    fn new(plan: &Plan, shelf: &Shelf, lanes: &[usize]) -> Self {
        let mut y = 4;
        let (mut levels, mut channels) = (Vec::new(), Vec::new());
        let mut last = None;
        for (level, (row, held)) in shelf.levels.iter().enumerate() {
            let lanes = lanes.get(level).copied().unwrap_or(0);
            y += if last == Some(*row) { 0 } else { BETWEEN_ROWS / 2 };
            channels.push(y);
            y += channel(lanes, level == 0);
            y += if last.is_some() && last != Some(*row) { BETWEEN_ROWS / 2 } else { 0 };
            let height = held.iter().map(|&(at, _, width)| needed(plan, at, width)).max().unwrap_or(0);
            levels.push((y, y + height));
            y += height;
            last = Some(*row);
        }
        channels.push(y);
        let below = lanes.get(levels.len()).copied().unwrap_or(0);
        Self { levels, channels, bottom: y + channel(below, below == 0) + 4 }
    }

    fn of(&self, height: Height) -> i32 {
        match height {
            Height::Top(level) => self.levels[level].0,
            Height::Bottom(level) => self.levels[level].1,
            Height::Lane { channel, lane } => {
                self.channels[channel] + CHANNEL + LANE * i32::try_from(lane).expect("few lanes")
            }
        }
    }
}

/// How high a channel is; `outer` ones have nothing on their other side.
fn channel(lanes: usize, outer: bool) -> i32 {
    let lanes = i32::try_from(lanes).expect("few lanes");
    match (lanes, outer) {
        (0, true) => 0,
        (0, false) => 2 * CHANNEL,
        _ => 2 * CHANNEL + (lanes - 1) * LANE,
    }
}

/// The height that a box of this width needs for its words.
fn needed(plan: &Plan, at: usize, width: i32) -> i32 {
    let node = &plan.nodes[at];
    let count = |lines: usize| i32::try_from(lines).expect("few lines");
    let words = count(wrap(&node.caption, SMALL, width - 2 * PAD).len()) * SMALL_LINE
        + count(wrap(&node.name, NAME, width - 2 * PAD).len()) * NAME_LINE;
    let (per_row, _) = chip_grid(plan, at, width);
    words + 16 + count(node.chips.len().div_ceil(per_row)) * (CHIP_HEIGHT + 6)
}

/// How many chips stand beside each other, and how wide they are.
fn chip_grid(plan: &Plan, at: usize, room: i32) -> (usize, i32) {
    let widest = plan.nodes[at].chips.iter().map(|chip| width(&chip.name, SMALL + 1) + 12).max().unwrap_or(1);
    let inner = room - 2 * PAD;
    let per_row = usize::try_from((inner + 6) / (widest + 6)).unwrap_or(1).clamp(1, plan.nodes[at].chips.len().max(1));
    // Rows of the same length look calmer than a full one and a rest.
    let rows = plan.nodes[at].chips.len().div_ceil(per_row).max(1);
    let per_row = plan.nodes[at].chips.len().div_ceil(rows).max(1);
    let count = i32::try_from(per_row).expect("few chips");
    (per_row, (inner - (count - 1) * 6) / count)
}

fn placed(plan: &Plan, at: usize, place: Place, heights: &Heights) -> Placed {
    let node = &plan.nodes[at];
    let (top, bottom) = heights.levels[place.level];
    let rect = Rect { x: place.left, y: top, width: place.right - place.left, height: bottom - top };
    let room = rect.width - 2 * PAD;
    let mut y = top + (rect.height - needed(plan, at, rect.width)) / 2 + 8;
    let mut words = Vec::new();
    for (text, size, line) in [(&node.caption, SMALL, SMALL_LINE), (&node.name, NAME, NAME_LINE)] {
        for text in wrap(text, size, room) {
            words.push(Words { x: rect.x + rect.width / 2, baseline: y + line - 4, size, text });
            y += line;
        }
    }
    let (per_row, wide) = chip_grid(plan, at, rect.width);
    let chips = (0..).zip(&node.chips).map(|(number, chip)| {
        let (column, row) =
            (number % i32::try_from(per_row).expect("few"), number / i32::try_from(per_row).expect("few"));
        let (x, y) = (rect.x + PAD + column * (wide + 6), y + 4 + row * (CHIP_HEIGHT + 6));
        let words = Words { x: x + wide / 2, baseline: y + 17, size: SMALL + 1, text: chip.name.clone() };
        (Rect { x, y, width: wide, height: CHIP_HEIGHT }, words)
    });
    Placed { rect, words, chips: chips.collect() }
}

/// A band for every row, from the middle of the space above it to the middle of the space below.
fn bands(plan: &Plan, shelf: &Shelf, heights: &Heights, width: i32) -> Vec<Band> {
    let of =
        |row: usize| shelf.levels.iter().enumerate().filter(move |(_, held)| held.0 == row).map(|(level, _)| level);
    let rows: Vec<(usize, i32, i32)> = (0..plan.rows.len())
        .filter_map(|row| Some((row, heights.levels[of(row).min()?].0, heights.levels[of(row).max()?].1)))
        .collect();
    let mut out = Vec::new();
    let mut top = 0;
    for (number, &(row, first, last)) in rows.iter().enumerate() {
        let bottom = rows.get(number + 1).map_or(heights.bottom, |next| (last + next.1) / 2);
        let lines = wrap(&plan.rows[row].label, SMALL + 1, LABELS - 4);
        let label =
            (0..).zip(lines).map(|(at, text)| Words { x: 6, baseline: first + 14 + at * 15, size: SMALL + 1, text });
        out.push(Band { rect: Rect { x: 0, y: top, width, height: bottom - top }, label: label.collect() });
        top = bottom;
    }
    out
}
