//! `tillgänglighet`: the statement that the DOS act (2018:1937) asks for is there and at most a year old.

use crate::diagnostic::Diagnostic;
use crate::model::Portal;

pub fn check(portal: &Portal, problems: &mut Vec<Diagnostic>) {
    let place = &portal.site.place;
    let Some(statement) = &portal.site.accessibility else {
        problems.push(
            Diagnostic::warning("tillgänglighet", place.of("tillgänglighet", ""), "tillgänglighetsredogörelsen saknas")
                .hint("fyll i `tillgänglighet` i `site.yaml`: lagen kräver den av offentliga aktörer"),
        );
        return;
    };
    let days = statement.assessed.until(portal.today).map_or(0, |span| span.get_days());
    if days > 365 {
        problems.push(
            Diagnostic::warning(
                "tillgänglighet",
                place.of("bedömd", &statement.assessed.to_string()),
                "tillgängligheten bedömdes för mer än ett år sedan",
            )
            .hint("gör en ny bedömning och ändra `bedömd` och `uppdaterad`"),
        );
    }
}
