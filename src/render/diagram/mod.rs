//! The collaboration structure as SVG, drawn at build time from the register of bodies.
//!
//! Four steps, each a function: [`select`] turns the register into a [`plan`], [`columns`] and
//! [`layout`] give every box its place,
//! [`route`] leads the lines between the boxes, [`svg`] writes it down. Colours and dashes are the theme's.

mod columns;
mod layout;
mod plan;
mod route;
mod select;
mod svg;
#[cfg(test)]
mod tests;
mod text;

pub use text::{escape, width};

use crate::model::{Body, Date, Portal};

/// The whole structure as it was on `day`; `None` without bodies.
pub fn structure(portal: &Portal, day: Date, root: &str) -> Option<String> {
    draw(&select::structure(portal, day, root), "struktur hel")
}

/// The structure in small, for the start page.
pub fn overview(portal: &Portal, root: &str) -> Option<String> {
    draw(&select::overview(portal, root), "struktur liten")
}

/// A body and those it has a relation to; `None` when it has none.
pub fn around(portal: &Portal, body: &Body, root: &str) -> Option<String> {
    draw(&select::around(portal, body, root)?, "struktur kring")
}

fn draw(plan: &plan::Plan, class: &str) -> Option<String> {
    (!plan.nodes.is_empty()).then(|| svg::write(plan, &layout::drawing(plan), class))
}
