//! How postings and positions are written down. `client.js` reads the same bytes.
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

pub fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// The number at `at`, and `at` moved past it; 0 where the bytes end.
pub fn number(bytes: &[u8], at: &mut usize) -> u64 {
    let (mut value, mut shift) = (0, 0);
    while let Some(byte) = bytes.get(*at) {
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 || shift > 56 {
            break;
        }
    }
    value
}

/// Whether a posting's words lead to its document's other units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Own,
    /// And how many there are.
    Document(u32),
}

pub fn put_posting(out: &mut Vec<u8>, step: u32, impact: u8, reach: Reach) {
    match reach {
        Reach::Own => put_number(out, u64::from(step) << 4 | u64::from(impact.max(1))),
        Reach::Document(parts) => {
            put_number(out, u64::from(step) << 4);
            put_number(out, u64::from(parts) << 4 | u64::from(impact));
        }
    }
}

/// The postings of a list, in order of unit.
pub struct Postings<'a> {
    bytes: &'a [u8],
    at: usize,
    /// One more than the last unit.
    after: u64,
    base: u32,
}

impl<'a> Postings<'a> {
    /// Units are counted from `base`.
    pub fn new(bytes: &'a [u8], base: u32) -> Self {
        Self { bytes, at: 0, after: 0, base }
    }
}

impl Iterator for Postings<'_> {
    type Item = Posting;

    fn next(&mut self) -> Option<Posting> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let word = number(self.bytes, &mut self.at);
        self.after += word >> 4;
        let unit = self.base + u32::try_from(self.after).ok()?.checked_sub(1)?;
        match (word & 15) as u8 {
            0 => {
                let reach = number(self.bytes, &mut self.at);
                Some(Posting { unit, impact: (reach & 15) as u8, parts: (reach >> 4) as u32 })
            }
            impact => Some(Posting { unit, impact, parts: 0 }),
        }
    }
}

/// The positions of each posting of a list, in the list's order.
pub fn positions(bytes: &[u8]) -> Vec<Vec<u32>> {
    let (mut out, mut at, mut last): (Vec<Vec<u32>>, _, _) = (Vec::new(), 0, 0);
    while at < bytes.len() {
        let word = number(bytes, &mut at);
        if word & 1 == 1 {
            out.push(Vec::new());
            last = 0;
        }
        last += (word >> 1) as u32;
        if let Some(positions) = out.last_mut() {
            positions.push(last);
        }
    }
    out
}

/// Writes postings that come in order of unit.
#[derive(Default)]
pub struct PostingWriter {
    pub bytes: Vec<u8>,
    pub count: u32,
    after: u32,
}

impl PostingWriter {
    pub fn put(&mut self, posting: Posting) {
        let reach = if posting.parts > 0 { Reach::Document(posting.parts) } else { Reach::Own };
        put_posting(&mut self.bytes, posting.unit + 1 - self.after, posting.impact, reach);
        self.after = posting.unit + 1;
        self.count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let want = [
            Posting { unit: 0, impact: 1, parts: 0 },
            Posting { unit: 7, impact: 0, parts: 12 },
            Posting { unit: 100_000, impact: 15, parts: 3 },
        ];
        let mut writer = PostingWriter::default();
        want.iter().for_each(|posting| writer.put(*posting));
        assert_eq!(Postings::new(&writer.bytes, 0).collect::<Vec<_>>(), want);
        assert_eq!(Postings::new(&writer.bytes, 5).next().map(|posting| posting.unit), Some(5));
    }

    #[test]
    fn bytes_that_end_early_end_the_list() {
        assert_eq!(Postings::new(&[0xff], 0).count(), 1);
        assert_eq!(Postings::new(&[], 0).count(), 0);
    }
}
