//! Units with their values: what a word, or a clause of a question, matches.

use super::codec::Posting;
use super::spec::SPEC;

/// The values of a layer, from the least to the most a unit can have in it.
pub type Band = (u64, u64);

/// What one clause of a question matches.
#[derive(Clone, Default)]
pub struct Matched {
    /// Per unit, what its own words give (0 to 1000).
    pub own: Vec<u16>,
    /// Per unit, what the heading of its document gives.
    pub far: Vec<u16>,
    /// Units whose own words match.
    pub having: u32,
}

impl Matched {
    pub fn new(units: u32) -> Self {
        Self { own: vec![0; units as usize], far: vec![0; units as usize], having: 0 }
    }

    pub fn is_empty(&self) -> bool {
        self.having == 0
    }

    pub fn add(&mut self, postings: &[Posting], band: Band) {
        let (low, high) = band;
        let far = (high * SPEC.context / 100) as u16;
        for posting in postings {
            let unit = posting.unit as usize;
            let Some(own) = self.own.get_mut(unit) else { continue };
            self.having += u32::from(*own == 0);
            let value = (low + (high - low) * u64::from(posting.impact) / 15) as u16;
            *own = (*own).max(if posting.impact > 0 { value } else { far });
            if posting.parts > 0 {
                let end = (unit + posting.parts as usize + 1).min(self.far.len());
                self.far[unit..end].iter_mut().for_each(|value| *value = (*value).max(far));
            }
        }
    }

    /// Keeps the better of each unit.
    pub fn join(&mut self, other: &Self) {
        if other.is_empty() {
            return;
        }
        let better = |values: &mut Vec<u16>, others: &[u16]| {
            values.iter_mut().zip(others).for_each(|(value, other)| *value = (*value).max(*other));
        };
        better(&mut self.own, &other.own);
        better(&mut self.far, &other.far);
        self.having = count(&self.own);
    }

    /// Units that match both, at the worse value brought into `band`.
    pub fn both(one: &Self, other: &Self, band: Band) -> Self {
        let scaled = |one: u16, other: u16| match u64::from(one.min(other)) {
            0 => 0,
            value => (band.0 + (band.1 - band.0) * value / 1000) as u16,
        };
        let own: Vec<u16> = one.own.iter().zip(&other.own).map(|(one, other)| scaled(*one, *other)).collect();
        Self { having: count(&own), own, far: vec![0; one.far.len()] }
    }
}

fn count(values: &[u16]) -> u32 {
    values.iter().map(|value| u32::from(*value > 0)).sum()
}
