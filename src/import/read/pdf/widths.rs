//! The widths of a composite font's signs, in the one of their two forms that pdf-extract reads rightly.
//!
//! `3 [500 510]` gives each its own; `3 9 500` gives one to a range, and is taken for something else (0.12), so that words
//! fall apart.

use pdf_extract::{Document, Object, ObjectId};

/// No font has more signs.
const MOST: i64 = 65_536;

/// Spells out every range.
pub(super) fn spell_out(document: &mut Document) {
    let shared: Vec<ObjectId> = document.objects.values().filter_map(reference).collect();
    for object in document.objects.values_mut() {
        if let Ok(widths) = object.as_dict_mut().and_then(|font| font.get_mut(b"W")) {
            spelt_out(widths);
        }
    }
    for id in shared {
        if let Some(widths) = document.objects.get_mut(&id) {
            spelt_out(widths);
        }
    }
}

/// Where the widths of a font stand in an object of their own.
fn reference(object: &Object) -> Option<ObjectId> {
    object.as_dict().ok()?.get(b"W").ok()?.as_reference().ok()
}

fn spelt_out(widths: &mut Object) {
    let Ok(entries) = widths.as_array_mut() else { return };
    let (mut out, mut at, mut room) = (Vec::new(), 0, MOST);
    while let Some(first) = entries.get(at) {
        match (first.as_i64(), entries.get(at + 1), entries.get(at + 2)) {
            (Ok(_), Some(listed @ Object::Array(_)), _) => {
                out.extend([first.clone(), listed.clone()]);
                at += 2;
            }
            (Ok(from), Some(Object::Integer(to)), Some(width @ (Object::Integer(_) | Object::Real(_)))) => {
                let count = to.saturating_sub(from).saturating_add(1).clamp(0, room);
                room -= count;
                out.extend([first.clone(), Object::Array(vec![width.clone(); count as usize])]);
                at += 3;
            }
            // What follows means nothing.
            _ => break,
        }
    }
    *entries = out;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(numbers: &[i64]) -> Object {
        Object::Array(numbers.iter().map(|number| Object::Integer(*number)).collect())
    }

    #[test]
    fn a_range_becomes_a_list() {
        let list = |first: i64, widths: &[i64]| [Object::Integer(first), numbers(widths)];
        let mut widths = Object::Array([list(0, &[600, 0]).to_vec(), vec![3.into(), 5.into(), 700.into()]].concat());
        spelt_out(&mut widths);
        assert_eq!(widths, Object::Array([list(0, &[600, 0]), list(3, &[700, 700, 700])].concat()));
    }

    #[test]
    fn a_range_without_end_is_bounded() {
        let mut widths = numbers(&[0, i64::MAX, 500, 0, i64::MAX, 500, 9, 3, 500, 7]);
        spelt_out(&mut widths);
        let spelt: usize =
            widths.as_array().into_iter().flatten().filter_map(|entry| entry.as_array().ok()).map(Vec::len).sum();
        assert_eq!(spelt as i64, MOST);
    }
}
