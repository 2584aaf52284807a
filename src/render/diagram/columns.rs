//! Places the boxes of a plan beside each other: in columns by principal, or evenly. How high they are is not known here.

use super::layout::{NAME, PAD, SMALL};
use super::plan::{Column, Plan, Row, Spread};
use super::route::Place;
use super::text::longest;
use std::cmp::Reverse;

/// Between two boxes beside each other, and between two columns: room for lines.
const GAP: i32 = 18;
const COLUMN_GAP: i32 = 34;
/// Outside of all boxes, at both ends: room for lines.
pub const MARGIN: i32 = 24;
/// To the left of all: the rows' names.
pub const LABELS: i32 = 104;
const BOX: (i32, i32) = (128, 230);

/// A node, its left edge and its width.
type Spot = (usize, i32, i32);

/// Every node's level, and its place on it.
pub fn across(plan: &Plan) -> Shelf {
    let frame = Frame::new(plan);
    let mut shelf = Shelf { left: frame.left, right: frame.right, levels: Vec::new() };
    for (at, row) in plan.rows.iter().enumerate() {
        frame.place(row, at, &mut shelf);
    }
    shelf
}

/// The columns' places.
struct Frame<'a> {
    plan: &'a Plan,
    left: i32,
    right: i32,
    /// Slots (x, width) of each column.
    columns: [Vec<(i32, i32)>; 4],
}

impl<'a> Frame<'a> {
    fn new(plan: &'a Plan) -> Self {
        let labels = if plan.rows.iter().any(|row| !row.label.is_empty()) { LABELS } else { 0 };
        let left = labels + MARGIN;
        let room = plan.width - left - MARGIN;
        let slots = slots(plan, room);
        let mut columns = [const { Vec::new() }; 4];
        let mut x = left;
        for (column, (count, width)) in columns.iter_mut().zip(slots) {
            for _ in 0..count {
                column.push((x, width));
                x += width + GAP;
            }
            x += if count > 0 { COLUMN_GAP - GAP } else { 0 };
        }
        let columned = columns.iter().flatten().map(|(x, width)| x + width).max().unwrap_or(left);
        let even = plan.rows.iter().filter(|row| row.spread == Spread::Even);
        let needed = even.map(|row| even_width(plan, row)).max().unwrap_or(0).min(room);
        Self { plan, left, right: columned.max(left + needed), columns }
    }

    fn place(&self, row: &Row, at: usize, shelf: &mut Shelf) {
        for level in &row.levels {
            match row.spread {
                Spread::Columns => self.in_columns(level, at, shelf),
                Spread::Even => self.evenly(level, at, shelf),
            }
        }
    }

    fn in_columns(&self, level: &[usize], row: usize, shelf: &mut Shelf) {
        let mut parts: Vec<Vec<Spot>> = Vec::new();
        for (column, slots) in Column::ALL.iter().zip(&self.columns) {
            let mut held: Vec<_> = level.iter().copied().filter(|&at| self.plan.nodes[at].column == *column).collect();
            let middle = slots.first().zip(slots.last()).map(|(first, last)| (first.0 + last.0 + last.1) / 2);
            held.sort_by_key(|&at| shelf.wanted(self.plan, at).or(middle));
            for (number, chunk) in held.chunks(slots.len().max(1)).enumerate() {
                if parts.len() <= number {
                    parts.push(Vec::new());
                }
                parts[number].extend(in_slots(chunk, slots));
            }
        }
        parts.into_iter().for_each(|part| shelf.push(row, part));
    }

    fn evenly(&self, level: &[usize], row: usize, shelf: &mut Shelf) {
        let (groups, plain): (Vec<_>, Vec<_>) = level.iter().copied().partition(|&at| self.is_group(at));
        let wide = plain.iter().map(|&at| natural(self.plan, at)).max().unwrap_or(BOX.0);
        let beside = groups.len() == 1 && plain.len() == 1;
        if beside {
            let x = self.left + wide + COLUMN_GAP;
            return shelf.push(row, vec![(plain[0], self.left, wide), (groups[0], x, self.right - x)]);
        }
        let room = self.right - self.left;
        let most = usize::try_from((room + GAP) / (wide + GAP)).unwrap_or(1).max(1);
        let count = plain.len().div_ceil(most).max(1);
        for chunk in plain.chunks(plain.len().div_ceil(count).max(1)) {
            let cell = room / i32::try_from(chunk.len()).expect("a row is short");
            let wide = (cell - GAP).clamp(wide.min(cell), BOX.1.max(wide));
            let middle = |number: i32| self.left + number * cell + cell / 2;
            let wanted = |at| match chunk.len() {
                1 => shelf.wanted(self.plan, at),
                _ => None,
            };
            let lone = |at, x: i32| wanted(at).unwrap_or(x).clamp(self.left + wide / 2, self.right - wide / 2);
            let held = (0..).zip(chunk).map(|(number, &at)| (at, lone(at, middle(number)) - wide / 2, wide));
            let held = held.collect();
            shelf.push(row, held);
        }
        groups.into_iter().for_each(|at| shelf.push(row, vec![(at, self.left, room)]));
    }

    fn is_group(&self, at: usize) -> bool {
        !self.plan.nodes[at].chips.is_empty()
    }
}

/// How many slots each column has, and how wide they are: as many as make the figure lower and `room` allows.
fn slots(plan: &Plan, room: i32) -> [(usize, i32); 4] {
    let levels: Vec<[usize; 4]> =
        columned(plan).map(|level| Column::ALL.map(|c| in_column(plan, level, c).count())).collect();
    let mut slots = Column::ALL.map(|column| {
        let held = columned(plan).flat_map(|level| in_column(plan, level, column));
        let width = held.map(|at| natural(plan, at)).max().unwrap_or(0);
        (usize::from(width > 0), width)
    });
    loop {
        let before = rows_needed(&levels, &slots);
        let wider = (0..4).filter(|&at| slots[at].0 > 0).map(|at| {
            let mut more = slots;
            more[at].0 += 1;
            (at, more)
        });
        let fitting = wider.filter(|(_, more)| columns_width(more) <= room && rows_needed(&levels, more) < before);
        let best = fitting.min_by_key(|(at, more)| (rows_needed(&levels, more), Reverse(ends(plan, Column::ALL[*at]))));
        let Some((_, best)) = best else { return slots };
        slots = best;
    }
}

/// How many lines end in a column: side by side its boxes are reached with fewer detours.
fn ends(plan: &Plan, column: Column) -> usize {
    let ends = plan.lines.iter().flat_map(|line| [line.from, line.to]);
    ends.filter(|&at| plan.nodes[at].column == column).count()
}

/// The levels whose boxes stand in columns.
fn columned(plan: &Plan) -> impl Iterator<Item = &Vec<usize>> {
    plan.rows.iter().filter(|row| row.spread == Spread::Columns).flat_map(|row| &row.levels)
}

fn in_column<'a>(plan: &'a Plan, level: &'a [usize], column: Column) -> impl Iterator<Item = usize> + 'a {
    level.iter().copied().filter(move |&at| plan.nodes[at].column == column)
}

fn columns_width(slots: &[(usize, i32); 4]) -> i32 {
    let wide =
        |&(count, width): &(usize, i32)| i32::try_from(count).expect("few slots") * (width + GAP) - GAP + COLUMN_GAP;
    slots.iter().filter(|(count, _)| *count > 0).map(wide).sum::<i32>() - COLUMN_GAP
}

/// How many boxes stand over each other, by the fullest column of each level, and then by all columns.
fn rows_needed(levels: &[[usize; 4]], slots: &[(usize, i32); 4]) -> (usize, usize) {
    let needed = |level: &[usize; 4]| [0, 1, 2, 3].map(|at| level[at].div_ceil(slots[at].0.max(1)));
    let rows = || levels.iter().map(needed);
    let highest = rows().map(|needed| needed.into_iter().max().unwrap_or(0)).sum();
    (highest, rows().map(|needed| needed.into_iter().sum::<usize>()).sum())
}

/// The width that a box wants: its longest word, within bounds.
fn natural(plan: &Plan, at: usize) -> i32 {
    let node = &plan.nodes[at];
    let words = longest(&node.name, NAME).max(longest(&node.caption, SMALL));
    (words + 2 * PAD).clamp(BOX.0, BOX.1)
}

/// The width at which all of a row's boxes stand beside each other.
fn even_width(plan: &Plan, row: &Row) -> i32 {
    let level = |level: &Vec<usize>| -> i32 {
        let groups = level.iter().any(|&at| !plan.nodes[at].chips.is_empty());
        let widest = level.iter().map(|&at| natural(plan, at)).max().unwrap_or(0);
        if groups { plan.width } else { i32::try_from(level.len()).expect("a row is short") * (widest + GAP) }
    };
    row.levels.iter().map(level).max().unwrap_or(0)
}

/// `chunk` in its column's slots; fewer than the slots stand in the middle, and one alone may be wider.
fn in_slots(chunk: &[usize], slots: &[(i32, i32)]) -> Vec<Spot> {
    let (Some(first), Some(last)) = (slots.first(), slots.last()) else { return Vec::new() };
    let room = last.0 + last.1 - first.0;
    let count = i32::try_from(chunk.len()).expect("a chunk fits its slots");
    let width = if count == 1 { room.min(BOX.1.max(first.1)) } else { first.1 };
    let used = count * width + (count - 1) * GAP;
    let start = first.0 + (room - used) / 2;
    (0..).zip(chunk).map(|(number, &at)| (at, start + number * (width + GAP), width)).collect()
}

/// Levels filled so far: which row each belongs to, and its boxes, all between `left` and `right`.
pub struct Shelf {
    pub left: i32,
    pub right: i32,
    pub levels: Vec<(usize, Vec<Spot>)>,
}

impl Shelf {
    fn push(&mut self, row: usize, level: Vec<Spot>) {
        if !level.is_empty() {
            self.levels.push((row, level));
        }
    }

    /// Below the middle of what the node is already tied to.
    fn wanted(&self, plan: &Plan, node: usize) -> Option<i32> {
        let tied = plan.lines.iter().filter_map(|line| match (line.from == node, line.to == node) {
            (true, _) => Some(line.to),
            (_, true) => Some(line.from),
            _ => None,
        });
        let middles: Vec<i32> = tied.filter_map(|other| self.middle(other)).collect();
        let count = i32::try_from(middles.len()).expect("few lines meet in a box");
        (count > 0).then(|| middles.iter().sum::<i32>() / count)
    }

    fn middle(&self, node: usize) -> Option<i32> {
        let held = self.levels.iter().flat_map(|(_, level)| level);
        held.filter(|held| held.0 == node).map(|(_, x, width)| x + width / 2).next()
    }

    pub fn places(&self, count: usize) -> Vec<Place> {
        let mut places = vec![Place { left: 0, right: 0, level: 0 }; count];
        for (level, (_, held)) in self.levels.iter().enumerate() {
            for &(node, x, width) in held {
                places[node] = Place { left: x, right: x + width, level };
            }
        }
        places
    }
}
