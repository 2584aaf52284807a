//! How postings and positions are written down. `client/dictionary.js` reads the same bytes.
//!
//! A posting list is a row of numbers of seven bits a byte, least first: the step from the last unit (the first one from
//! -1) times 16, plus the impact, 1 to 15. Impact 0 announces a unit whose words lead to all parts of its document; a
//! second number follows: how many units after it are those parts, times 16, plus its own impact, perhaps 0.
//! Positions are steps times two, plus one where a new posting's positions begin.

/// One unit in which a term stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    pub unit: u32,
    /// 0 to 15: BM25's share of the weight, in fifteenths.
    pub impact: u8,
    /// How many units after this one belong to it and are found by it too.
    pub parts: u32,
}

#[inline]
pub fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// A list of postings that come in order of unit, written down.
pub fn put_postings(out: &mut Vec<u8>, postings: &[Posting]) {
    let mut after = 0;
    for Posting { unit, impact, parts } in postings {
        let step = u64::from(unit + 1 - after) << 4;
        if *impact == 0 || *parts > 0 {
            put_number(out, step);
            put_number(out, u64::from(*parts) << 4 | u64::from(*impact));
        } else {
            put_number(out, step | u64::from(*impact));
        }
        after = unit + 1;
    }
}

/// Units and places that come in order, written down.
pub fn put_places(out: &mut Vec<u8>, places: &[(u32, u32)]) {
    let mut last = None;
    for (unit, place) in places {
        match last {
            Some((same, before)) if same == *unit => put_number(out, u64::from(place - before) << 1),
            _ => put_number(out, u64::from(*place) << 1 | 1),
        }
        last = Some((*unit, *place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_and_places_take_few_bytes() {
        let mut out = Vec::new();
        let posting = |unit, impact, parts| Posting { unit, impact, parts };
        put_postings(&mut out, &[posting(0, 1, 0), posting(7, 0, 12), posting(200, 15, 3)]);
        assert_eq!(out, [0x11, 0x70, 0xc0, 0x01, 0x90, 0x18, 0x3f]);
        out.clear();
        put_places(&mut out, &[(0, 3), (0, 5), (4, 0)]);
        assert_eq!(out, [7, 4, 1]);
    }
}
