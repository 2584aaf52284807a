//! Amounts of money in running text.

use crate::import::{Amount, Part, Passage};
use std::collections::BTreeSet;

pattern! {
    AMOUNT = r"(?i)(?:^|[^\d:.,])(?P<all>(?P<digits>\d{1,3}(?:[\s.]\d{3})+|\d+(?:,\d+)?)\s*(?P<unit>mnkr|mkr|msek|tkr|miljarder kronor|miljoner kronor|miljoner|kronor|kr|sek)\b)";
}

/// Every amount with the item where it stands.
pub(super) fn amounts(passages: &[Passage], item_no: impl Fn(usize) -> String) -> Vec<Amount> {
    let mut item = None;
    let (mut amounts, mut known) = (Vec::new(), BTreeSet::new());
    for passage in passages {
        if let Part::Item(at) = passage.part {
            item = Some(item_no(at));
        }
        for found in AMOUNT.captures_iter(&passage.text) {
            let amount = Amount {
                item: item.clone(),
                text: found["all"].to_owned(),
                value: kronor(&found["digits"], &found["unit"]),
            };
            if known.insert((item.clone(), amount.text.clone())) {
                amounts.push(amount);
            }
        }
    }
    amounts
}

/// "2,4" and "mnkr" are 2 400 000 kronor; `None` where kronor are not whole or do not fit.
pub(super) fn kronor(digits: &str, unit: &str) -> Option<u64> {
    let factor: u64 = match unit.to_lowercase().as_str() {
        "tkr" => 1_000,
        "mnkr" | "mkr" | "msek" | "miljoner" | "miljoner kronor" => 1_000_000,
        "miljarder kronor" => 1_000_000_000,
        _ => 1,
    };
    let plain: String = digits.chars().filter(|c| c.is_ascii_digit() || *c == ',').collect();
    let (whole, decimals) = plain.split_once(',').unwrap_or((&plain, ""));
    let scale = 10u64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let units: u64 = format!("{whole}{decimals}").parse().ok()?;
    let total = units.checked_mul(factor)?;
    total.is_multiple_of(scale).then_some(total / scale)
}

#[cfg(test)]
mod tests {
    use super::kronor;

    #[test]
    fn amounts_are_kronor() {
        assert_eq!(kronor("16 961 335", "kr"), Some(16_961_335));
        assert_eq!(kronor("2,4", "mnkr"), Some(2_400_000));
        assert_eq!(kronor("3,2", "miljoner kronor"), Some(3_200_000));
        assert_eq!(kronor("0,5", "kr"), None);
    }
}
