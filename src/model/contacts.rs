//! E-mail addresses and telephone numbers that may be published.

use std::collections::BTreeSet;

/// The site's allow list: whole addresses, domains that begin with `@`, and telephone numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedContacts {
    /// Lower case.
    addresses: BTreeSet<String>,
    /// Lower case, without `@`.
    domains: BTreeSet<String>,
    /// National numbers as digits alone: `023490000`.
    numbers: BTreeSet<String>,
}

impl AllowedContacts {
    /// Reads the entries as editors write them; an entry of another kind is given back.
    pub fn read<'a>(entries: impl IntoIterator<Item = &'a str>) -> (Self, Vec<&'a str>) {
        let (mut out, mut strange) = (Self::default(), Vec::new());
        for entry in entries {
            let text = entry.trim().to_lowercase();
            let number = national(&text);
            match text.split_once('@') {
                Some(("", domain)) => drop(out.domains.insert(domain.to_owned())),
                Some(_) => drop(out.addresses.insert(text)),
                None if number.len() >= 6 => drop(out.numbers.insert(number)),
                None => strange.push(entry),
            }
        }
        (out, strange)
    }

    /// Whether the address, its domain or a domain above that is allowed.
    pub fn allows_address(&self, address: &str) -> bool {
        let address = address.to_lowercase();
        let domain = address.split_once('@').map_or("", |(_, domain)| domain);
        let mut above = std::iter::successors(Some(domain), |domain| domain.split_once('.').map(|(_, above)| above));
        self.addresses.contains(&address) || above.any(|domain| self.domains.contains(domain))
    }

    pub fn allows_number(&self, number: &str) -> bool {
        self.numbers.contains(&national(number))
    }
}

/// The digits of a telephone number as dialled within Sweden: `+46 (0)23-490 00` and `023-490 00` are one.
fn national(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let abroad =
        if text.trim_start().starts_with('+') { digits.strip_prefix("46") } else { digits.strip_prefix("0046") };
    match abroad {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_entry_allows_every_way_of_writing_it() {
        let (allowed, strange) = AllowedContacts::read(["@Kommun.se", "rss@region.se", "+46 23-49 00 00", "växeln"]);
        assert_eq!(strange, ["växeln"]);
        assert!(allowed.allows_address("Anna.Berg@vard.kommun.se") && allowed.allows_address("rss@region.se"));
        assert!(!allowed.allows_address("anna@region.se") && !allowed.allows_address("a@falskkommun.se"));
        assert!(allowed.allows_number("023-49 00 00") && allowed.allows_number("0046 (0)23 490000"));
        assert!(!allowed.allows_number("023-49 00 01"));
    }
}
