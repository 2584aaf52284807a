//! The table of rules and the rules themselves cannot part: a code that is given out stands in the table, one that stands
//! there is given out, and each has a case that shows it.

use crate::support::{files, project};
use regex::Regex;
use samverk::diagnostic::RULES;
use std::collections::{BTreeMap, BTreeSet};

/// Codes that no case can bring about, with the reason.
const WITHOUT_CASE: [(&str, &str); 3] = [
    ("läsfel", "needs a file that the machine refuses to read"),
    ("länk-ut", "needs a symbolic link, which not every system's checkout keeps"),
    ("yaml", "every fault that the cases make is told more exactly"),
];

#[test]
fn every_code_has_its_rule_and_its_case() {
    let given = given_out();
    let listed: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
    let unlisted: Vec<_> = given.iter().filter(|(code, _)| !listed.contains(code.as_str())).collect();
    assert!(unlisted.is_empty(), "given out, and not in the table: {unlisted:?}");
    let unused: Vec<_> = listed.iter().filter(|code| !given.contains_key(**code)).collect();
    assert!(unused.is_empty(), "in the table, and never given out: {unused:?}");
    let shown = shown_in_cases();
    let excused = |code: &str| WITHOUT_CASE.iter().any(|(known, _)| *known == code);
    let untried: Vec<_> = listed.iter().filter(|code| !shown.contains(**code) && !excused(code)).collect();
    assert!(untried.is_empty(), "no case shows: {untried:?}");
}

#[test]
fn the_table_is_in_order_and_speaks_to_editors() {
    for pair in RULES.windows(2) {
        let in_order = samverk::model::collation_key(pair[0].code) < samverk::model::collation_key(pair[1].code);
        assert!(in_order, "`{}` stands before `{}`", pair[0].code, pair[1].code);
    }
    for rule in RULES {
        assert!(rule.finds.ends_with('.') && rule.mend.ends_with(['.', '?']), "{}: whole sentences", rule.code);
    }
}

/// Every code that the source gives a diagnostic, with the file.
fn given_out() -> BTreeMap<String, String> {
    let pattern = Regex::new(r#"Diagnostic::(?:error|warning)\(\s*"([^"]+)""#).expect("a fixed pattern");
    let mut found = BTreeMap::new();
    for (path, bytes) in files(&project().join("src")) {
        let text = String::from_utf8(bytes).expect("source is UTF-8");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        found.extend(pattern.captures_iter(code).map(|captures| (captures[1].to_owned(), path.clone())));
    }
    found
}

fn shown_in_cases() -> BTreeSet<String> {
    let pattern = Regex::new(r"(?:fel|varning)\[([^\]]+)\]").expect("a fixed pattern");
    let said = files(&project().join("tests/cases")).into_iter().filter(|(path, _)| path.ends_with("expected.stderr"));
    let mut shown = BTreeSet::new();
    for (_, bytes) in said {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        shown.extend(pattern.captures_iter(&text).map(|captures| captures[1].to_owned()));
    }
    shown
}
