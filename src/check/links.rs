//! `död-länk`: every link `@/…` leads to a page, and its anchor to a place on it.

use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Document, InternalLink, Portal, Text, Unresolved};

pub fn check(portal: &Portal, document: &Document, problems: &mut Vec<Diagnostic>) {
    check_text(portal, &document.text, problems);
}

pub fn check_sections(portal: &Portal, problems: &mut Vec<Diagnostic>) {
    let texts = portal.sections.values().filter_map(|section| section.text.as_ref());
    texts.for_each(|text| check_text(portal, text, problems));
}

fn check_text(portal: &Portal, text: &Text, problems: &mut Vec<Diagnostic>) {
    for link in &text.links {
        check_link(portal, text, link, problems);
    }
    for image in text.images.iter().filter(|image| !portal.files.contains_key(&image.file)) {
        let place = Place::at(&text.source, image.span.clone());
        problems.push(
            Diagnostic::error("fil-saknas", place, format!("bilden `{}` finns inte", image.written))
                .hint("lägg bilden bredvid dokumentet; sökvägen räknas därifrån"),
        );
    }
}

fn check_link(portal: &Portal, text: &Text, link: &InternalLink, problems: &mut Vec<Diagnostic>) {
    let Err(why) = portal.resolve(&link.target) else { return };
    let place = Place::at(&text.source, link.span.clone());
    let path = &link.target.path;
    let anchor = link.target.anchor.as_deref().unwrap_or_default();
    let (message, near) = match why {
        Unresolved::Page { near } => {
            (format!("länken `@/{path}` leder ingenstans"), near.map(|near| format!("@/{near}")))
        }
        Unresolved::Anchor { near } => {
            (format!("`@/{path}` har inget ställe `#{anchor}`"), near.map(|near| format!("@/{path}#{near}")))
        }
    };
    let problem = Diagnostic::error("död-länk", place, message);
    problems.push(match near {
        Some(near) => problem.hint(format!("menade du `{near}`?")),
        None => problem.hint("länka till ett dokument (`@/moten/….md`), ett register (`@/beslut`), ett organ (`@/organ/…`) eller ett ämne (`@/amnen/…`)"),
    });
}
