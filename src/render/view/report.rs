//! The report for editors: what is at fault, rule by rule.

use super::register::Values;
use super::{Ref, value};
use crate::diagnostic::{Diagnostic, RULES, Severity, rule};
use crate::model::{Portal, collation_key};
use minijinja::Value;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// A rule with more problems than this tells how many more there are.
const SHOWN: usize = 200;

#[derive(Serialize)]
struct RuleView<'a> {
    code: &'a str,
    finds: &'a str,
    mend: &'a str,
    error: bool,
    count: usize,
    problems: Vec<ProblemView<'a>>,
    more: usize,
}

#[derive(Serialize)]
struct ProblemView<'a> {
    message: String,
    file: &'a str,
    line: usize,
    /// The page of the document at fault, where it is one.
    page: Option<Ref>,
}

/// Rules with errors first, then in the order of a dictionary.
pub fn report_context(problems: &[Diagnostic], portal: &Portal) -> Values {
    let pages: HashMap<&str, Ref> = portal
        .documents
        .iter()
        .map(|document| (document.place.source.path.as_str(), super::document_ref(document)))
        .collect();
    let mut by_code: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    problems.iter().for_each(|problem| by_code.entry(problem.code).or_default().push(problem));
    let mut rules: Vec<RuleView<'_>> =
        by_code.iter().map(|(code, problems)| rule_view(code, problems, &pages)).collect();
    rules.sort_by_cached_key(|rule| (!rule.error, collation_key(rule.code)));
    let every = RULES.iter().map(|rule| {
        Value::from_pairs([
            ("code", Value::from(rule.code)),
            ("finds", Value::from(rule.finds)),
            ("mend", Value::from(rule.mend)),
        ])
    });
    let every = Value::from(every.collect::<Vec<_>>());
    BTreeMap::from([("total", Value::from(problems.len())), ("rules", value(rules)), ("every", every)])
}

fn rule_view<'a>(code: &'a str, problems: &[&'a Diagnostic], pages: &HashMap<&str, Ref>) -> RuleView<'a> {
    let known = rule(code);
    RuleView {
        code,
        finds: known.map_or("", |rule| rule.finds),
        mend: known.map_or("", |rule| rule.mend),
        error: problems.iter().any(|problem| problem.severity == Severity::Error),
        count: problems.len(),
        problems: problems.iter().take(SHOWN).map(|problem| problem_view(problem, pages)).collect(),
        more: problems.len().saturating_sub(SHOWN),
    }
}

fn problem_view<'a>(problem: &'a Diagnostic, pages: &HashMap<&str, Ref>) -> ProblemView<'a> {
    let file = problem.place.source.path.as_str();
    let message = super::capitalised(&problem.message).replace('`', "”");
    ProblemView { message, file, line: problem.place.line_column().0, page: pages.get(file).cloned() }
}
