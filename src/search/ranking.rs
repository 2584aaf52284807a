//! From what each word matches to the order of the hits.
//!
//! Units with all words come before units with fewer; then the sum of what the words give, each weighed by how rare it
//! is; then what is in force and newer. All sums are whole numbers, so that every reader gets the same ones.

use super::matched::Matched;
use super::spec::SPEC;

/// A unit and why it stands where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    pub unit: u32,
    /// Wanted words that it lacks.
    pub missing: u32,
    /// Thousandths.
    pub score: u64,
}

/// What the question leads to, beyond the words that it contains.
#[derive(Default)]
pub struct Leads {
    /// Units called just what is asked for.
    pub named: Vec<u32>,
    /// Units that a question word leads to.
    pub asked: Vec<u32>,
}

/// All units that match enough, best first: the first `most` in order, and how many there are.
pub fn rank(
    wanted: &[Matched],
    leads: &Leads,
    admits: impl Fn(u32) -> bool,
    is_aside: impl Fn(u32) -> bool,
    order: impl Fn(u32) -> u64,
    most: usize,
) -> (Vec<Ranked>, Vec<u32>) {
    let Some(units) = wanted.first().map(|matched| matched.own.len()) else {
        return only_leads(leads, admits);
    };
    let rarity: Vec<u64> = wanted.iter().map(|matched| rarity(matched, units)).collect();
    let all: u64 = rarity.iter().sum();
    let leads_to = |unit: u32| leads.named.contains(&unit) || leads.asked.contains(&unit);
    let unknown: Vec<u64> =
        wanted.iter().zip(&rarity).filter(|(word, _)| word.is_empty()).map(|(_, rarity)| *rarity).collect();
    // A register that the question leads to need not have all that is asked of what it lists.
    let leads_on = |unit: usize| unknown.is_empty() && leads.asked.contains(&(unit as u32));
    let found = |least: u64| -> Vec<Ranked> {
        let scored = (0..units).filter_map(|unit| score(wanted, &rarity, if leads_on(unit) { 0 } else { least }, unit));
        scored.filter(|ranked| admits(ranked.unit)).collect()
    };
    let mut out = found(match unknown[..] {
        [] => all * SPEC.enough,
        [one] if wanted.len() >= SPEC.doubtful.words => (all * SPEC.doubtful.enough).min((all - one) * 100),
        _ => all * SPEC.doubtful.enough,
    });
    if unknown.is_empty() && out.iter().all(|ranked| leads.asked.contains(&ranked.unit)) {
        out = found(all * SPEC.few);
    }
    let total = out.iter().map(|ranked| ranked.unit).collect();
    for ranked in &mut out {
        if leads_to(ranked.unit) {
            ranked.score += all * 1000;
        } else if is_aside(ranked.unit) {
            ranked.score = ranked.score * SPEC.aside / 100;
        }
    }
    let key = |ranked: &Ranked| (ranked.missing, u64::MAX - ranked.score, order(ranked.unit));
    if out.len() > most {
        out.select_nth_unstable_by_key(most, key);
        out.truncate(most);
    }
    out.sort_unstable_by_key(key);
    (out, total)
}

fn only_leads(leads: &Leads, admits: impl Fn(u32) -> bool) -> (Vec<Ranked>, Vec<u32>) {
    let units: Vec<u32> = leads.asked.iter().copied().filter(|unit| admits(*unit)).collect();
    (units.iter().map(|&unit| Ranked { unit, missing: 0, score: 1000 }).collect(), units)
}

/// How much a word tells: BM25's weight for the share of units that have it in their own text, in thousandths.
fn rarity(matched: &Matched, units: usize) -> u64 {
    let having = f64::from(matched.having);
    (1000.0 * (1.0 + (units as f64 - having + 0.5) / (having + 0.5)).ln()).round() as u64
}

/// What the unit's words give together; `None` when they weigh less than `least`, in hundredths.
fn score(wanted: &[Matched], rarity: &[u64], least: u64, unit: usize) -> Option<Ranked> {
    if wanted.iter().all(|word| word.own[unit] == 0) {
        return None;
    }
    let (mut missing, mut matched, mut score) = (0, 0, 0);
    for (word, rarity) in wanted.iter().zip(rarity) {
        let (own, far) = (word.own[unit], word.far[unit]);
        // What stands in the text and in the heading above it counts a little more.
        let value = own.max(far) + own.min(far) / 8;
        if value == 0 {
            missing += 1;
        } else {
            matched += rarity;
            score += rarity * u64::from(value);
        }
    }
    (matched * 100 >= least).then_some(Ranked { unit: unit as u32, missing, score })
}
