//! Which bodies and lines of the register a figure shows, and on which row each stands.

use super::plan::{Chip, Column, Leads, Line, LineKind, Node, Plan, Row, Spread};
use crate::model::{Body, BodyId, Date, Forming, Member, Portal, Principal, Tier};
use std::collections::{BTreeMap, BTreeSet};

/// Principals of one kind are drawn as one box with a link for each from this number on.
const GROUP: usize = 4;

/// The tiers of the start page's figure.
const OVERVIEW: [Tier; 4] = [Tier::Political, Tier::Management, Tier::Steering, Tier::Process];

/// The tiers from the top of the figure. The principals stand at its foot: they carry the whole.
const ROWS: [Tier; 9] = [
    Tier::National,
    Tier::Political,
    Tier::Management,
    Tier::Steering,
    Tier::Process,
    Tier::Operative,
    Tier::Support,
    Tier::Function,
    Tier::Principal,
];

/// The own county's bodies and the national ones; below them those of other counties that have a relation.
pub fn structure(portal: &Portal, day: Date, root: &str) -> Plan {
    let relations = relations(portal);
    let (own, foreign): (Vec<_>, Vec<_>) = existing(portal, day).partition(|body| !is_foreign(portal, body));
    let related = foreign.into_iter().filter(|body| relations.iter().any(|relation| relation.touches(&body.id)));
    let mut counties: BTreeMap<&str, Vec<&Body>> = BTreeMap::new();
    for body in related {
        counties.entry(body.county.as_deref().unwrap_or_default()).or_default().push(body);
    }
    let mut drawing = Drawing::new(root, Words::Full, day);
    drawing.tiers(&own, |tier| tier.label().to_owned());
    for (county, bodies) in counties {
        drawing.tiers(&bodies, |tier| format!("{county}: {}", tier.label().to_lowercase()));
    }
    drawing.finish(&relations, 1210, "struktur", "Samverkansstrukturen i bild")
}

/// The upper tiers of the own county in short names, without what belongs to another body of the same tier.
pub fn overview(portal: &Portal, root: &str) -> Plan {
    let tier = |id: &BodyId| portal.registers.bodies.get(id.as_str()).map(|body| body.tier);
    let leads = |body: &Body| !body.above.iter().any(|over| tier(over) == Some(body.tier));
    let shown = |body: &&Body| OVERVIEW.contains(&body.tier) && leads(body) && !is_foreign(portal, body);
    let bodies: Vec<_> = existing(portal, portal.today).filter(shown).collect();
    let mut drawing = Drawing::new(root, Words::Short, portal.today);
    drawing.tiers(&bodies, |tier| tier.label().to_owned());
    let mut relations = relations(portal);
    relations.retain(|relation| relation.kind != LineKind::Holds);
    drawing.finish(&relations, 1100, "oversikt", "Samverkansstrukturen i korthet")
}

/// `body` in the middle, over it those it answers to, under it those that answer to it; `None` when it stands alone.
pub fn around(portal: &Portal, body: &Body, root: &str) -> Option<Plan> {
    let held: Vec<_> = relations(portal).into_iter().filter(|relation| relation.touches(&body.id)).collect();
    let over: BTreeSet<&BodyId> = held.iter().map(Relation::over).filter(|id| **id != body.id).collect();
    let under: BTreeSet<&BodyId> = held.iter().map(Relation::under).filter(|id| **id != body.id).collect();
    let side = |ids: &BTreeSet<&BodyId>| {
        existing(portal, portal.today).filter(|body| ids.contains(&body.id)).collect::<Vec<_>>()
    };
    let above = side(&over);
    let below: Vec<_> = side(&under).into_iter().filter(|body| !over.contains(&body.id)).collect();
    if above.is_empty() && below.is_empty() {
        return None;
    }
    let mut drawing = Drawing::new(root, Words::Full, portal.today);
    for row in [&above[..], &[body], &below[..]] {
        drawing.row(row, String::new(), Spread::Even);
    }
    let own = drawing.nodes[&body.id];
    drawing.plan.nodes[own].url = None;
    drawing.plan.nodes[own].class += " har";
    let mut plan = drawing.finish(&held, 700, "kring", &format!("{} i strukturen", body.name));
    plan.lines.retain(|line| line.from == own || line.to == own);
    Some(plan)
}

fn existing(portal: &Portal, day: Date) -> impl Iterator<Item = &Body> {
    portal.registers.bodies.iter().filter(move |body| body.exists_on(day))
}

fn is_foreign(portal: &Portal, body: &Body) -> bool {
    body.tier != Tier::National && body.county.is_some() && body.county != portal.site.county
}

/// A relation between two bodies, in the direction of its line.
struct Relation {
    from: BodyId,
    to: BodyId,
    kind: LineKind,
}

impl Relation {
    fn touches(&self, id: &BodyId) -> bool {
        self.from == *id || self.to == *id
    }

    fn over(&self) -> &BodyId {
        match self.kind.leads() {
            Leads::Down => &self.from,
            Leads::Up => &self.to,
        }
    }

    fn under(&self) -> &BodyId {
        match self.kind.leads() {
            Leads::Down => &self.to,
            Leads::Up => &self.from,
        }
    }
}

/// Every relation in the register, one for each line.
fn relations(portal: &Portal) -> Vec<Relation> {
    let mut out = Vec::new();
    for body in portal.registers.bodies.iter() {
        let mut add =
            |from: &BodyId, to: &BodyId, kind| out.push(Relation { from: from.clone(), to: to.clone(), kind });
        let steering: BTreeSet<_> = body.steered_by.iter().chain(&body.above).collect();
        steering.into_iter().for_each(|over| add(over, &body.id, LineKind::Steers));
        body.assignment_from.iter().for_each(|giver| add(giver, &body.id, LineKind::Assigns));
        for to in &body.prepares_for {
            let both = body.reports_to.contains(to);
            add(&body.id, to, if both { LineKind::PreparesAndReports } else { LineKind::Prepares });
        }
        let reports = body.reports_to.iter().filter(|to| !body.prepares_for.contains(to));
        reports.for_each(|to| add(&body.id, to, LineKind::Reports));
        for member in &body.members {
            if let Member::Body(id) = member {
                add(&body.id, id, LineKind::Holds);
            }
        }
    }
    out
}

/// How much a box says.
#[derive(Clone, Copy)]
enum Words {
    Full,
    Short,
}

/// A plan in the making.
struct Drawing<'a> {
    plan: Plan,
    nodes: BTreeMap<BodyId, usize>,
    bodies: Vec<Vec<&'a Body>>,
    root: &'a str,
    words: Words,
    day: Date,
}

impl<'a> Drawing<'a> {
    fn new(root: &'a str, words: Words, day: Date) -> Self {
        Self { plan: Plan::default(), nodes: BTreeMap::new(), bodies: Vec::new(), root, words, day }
    }

    fn tiers(&mut self, bodies: &[&'a Body], label: impl Fn(Tier) -> String) {
        for tier in ROWS {
            let held: Vec<_> = bodies.iter().copied().filter(|body| body.tier == tier).collect();
            let even = matches!(tier, Tier::National | Tier::Function | Tier::Principal);
            self.row(&held, label(tier), if even { Spread::Even } else { Spread::Columns });
        }
    }

    fn row(&mut self, bodies: &[&'a Body], label: String, spread: Spread) {
        if bodies.is_empty() {
            return;
        }
        let mut level = Vec::new();
        for &body in bodies {
            if self.nodes.contains_key(&body.id) {
                continue;
            }
            let alike = |other: &&&Body| other.tier == Tier::Principal && other.principal == body.principal;
            let group: Vec<_> = bodies.iter().filter(alike).copied().collect();
            let grouped = body.tier == Tier::Principal && group.len() >= GROUP;
            level.push(self.add(if grouped { group } else { vec![body] }));
        }
        self.plan.rows.push(Row { label, spread, levels: vec![level] });
    }

    fn add(&mut self, bodies: Vec<&'a Body>) -> usize {
        let at = self.plan.nodes.len();
        self.plan.nodes.push(match bodies[..] {
            [body] => self.node(body),
            _ => self.group(&bodies),
        });
        self.nodes.extend(bodies.iter().map(|body| (body.id.clone(), at)));
        self.bodies.push(bodies);
        at
    }

    fn node(&self, body: &Body) -> Node {
        let forming = (body.forming == Forming::Forming).then_some("under bildande");
        let mark = body.principal.map_or("", Principal::mark);
        let word = body.principal.map(Principal::label);
        let short = body.abbreviation.as_ref().filter(|_| matches!(self.words, Words::Short));
        let caption = caption(mark, &[word, forming]);
        let name = short.map_or(body.name_on(self.day), String::as_str).to_owned();
        let spoken = [Some(body.name_on(self.day)), word, forming].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let url = Some(self.url(body));
        let class = class(body.principal, body.forming);
        Node { class, caption, name, spoken, url, column: column(body.principal), chips: Vec::new() }
    }

    fn group(&self, bodies: &[&Body]) -> Node {
        let principal = bodies[0].principal;
        let chips =
            bodies.iter().map(|body| Chip { name: body.name_on(self.day).to_owned(), url: self.url(body) }).collect();
        let name = match principal {
            Some(Principal::Municipality) => format!("{} kommuner", bodies.len()),
            Some(Principal::Region) => format!("{} regioner", bodies.len()),
            _ => format!("{} huvudmän", bodies.len()),
        };
        let caption = caption(principal.map_or("", Principal::mark), &[principal.map(Principal::label)]);
        let class = class(principal, Forming::Formed) + " grupp";
        Node { class, caption, spoken: name.clone(), name, url: None, column: column(principal), chips }
    }

    fn url(&self, body: &Body) -> String {
        format!("{}organ/{}.html", self.root, body.id)
    }

    fn finish(mut self, relations: &[Relation], width: i32, id: &'static str, title: &str) -> Plan {
        self.plan.lines = self.lines(relations);
        for row in &mut self.plan.rows {
            row.levels = levels(&row.levels.concat(), &self.plan.lines);
        }
        self.plan.description = self.description();
        Plan { width, id, title: title.to_owned(), ..self.plan }
    }

    fn lines(&self, relations: &[Relation]) -> Vec<Line> {
        let mut lines = BTreeSet::new();
        for Relation { from, to, kind } in relations {
            if let (Some(&from), Some(&to)) = (self.nodes.get(from), self.nodes.get(to))
                && from != to
            {
                lines.insert(Line { from, to, kind: *kind });
            }
        }
        // That a body is a part of what it stands under goes without a line of its own.
        let told = |line: &Line| {
            lines.iter().any(|other| other.kind != LineKind::Holds && other.over_under() == (line.from, line.to))
        };
        lines.iter().filter(|line| line.kind != LineKind::Holds || !told(line)).copied().collect()
    }

    /// What each row holds, in words.
    fn description(&self) -> String {
        let names = |row: &Row| {
            let held = row.levels.iter().flatten().map(|&at| self.plan.nodes[at].spoken.as_str());
            held.collect::<Vec<_>>().join("; ")
        };
        let rows = self.plan.rows.iter().map(|row| match row.label.as_str() {
            "" => format!("{}.", names(row)),
            label => format!("{label}: {}.", names(row)),
        });
        rows.collect::<Vec<_>>().join(" ")
    }
}

fn caption(mark: &str, words: &[Option<&str>]) -> String {
    let words: Vec<_> = words.iter().copied().flatten().collect();
    format!("{mark} {}", words.join(" · ")).trim().to_owned()
}

fn class(principal: Option<Principal>, forming: Forming) -> String {
    let forming = (forming == Forming::Forming).then_some("bildas");
    principal.map(Principal::key).into_iter().chain(forming).collect::<Vec<_>>().join(" ")
}

fn column(principal: Option<Principal>) -> Column {
    match principal {
        Some(Principal::Region) => Column::Region,
        Some(Principal::Joint) => Column::Joint,
        Some(Principal::Municipality) => Column::Municipality,
        Some(Principal::State | Principal::Other) | None => Column::Rest,
    }
}

/// The nodes of one row in levels: what answers to another node of the row stands below it.
fn levels(nodes: &[usize], lines: &[Line]) -> Vec<Vec<usize>> {
    let mut depth: BTreeMap<usize, usize> = nodes.iter().map(|&node| (node, 0)).collect();
    // As many rounds as nodes are enough; a circle of relations would go on for ever.
    for _ in nodes {
        for line in lines {
            let (over, under) = line.over_under();
            if let (Some(&above), Some(&below)) = (depth.get(&over), depth.get(&under))
                && below <= above
                && above + 1 < nodes.len()
            {
                depth.insert(under, above + 1);
            }
        }
    }
    let mut levels = vec![Vec::new(); nodes.len()];
    nodes.iter().for_each(|node| levels[depth[node]].push(*node));
    levels.retain(|level| !level.is_empty());
    levels
}
