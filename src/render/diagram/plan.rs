//! What a figure holds before it has any measure: boxes in rows, and lines between them.

#[derive(Debug, Default)]
pub struct Plan {
    /// Top row first.
    pub rows: Vec<Row>,
    pub nodes: Vec<Node>,
    pub lines: Vec<Line>,
    /// The width in pixels that the figure should not exceed.
    pub width: i32,
    pub title: String,
    /// The figure's content in words.
    pub description: String,
    /// Prefix of the figure's ids, unique on its page.
    pub id: &'static str,
}

/// A tier of the structure.
#[derive(Debug)]
pub struct Row {
    pub label: String,
    pub spread: Spread,
    /// Indices of nodes; what stands in a later level stands below an earlier one.
    pub levels: Vec<Vec<usize>>,
}

/// How a row's boxes share its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// Each in its principal's column.
    Columns,
    /// Evenly over the whole width.
    Even,
}

/// The columns of the source figure: the region to the left, the municipalities to the right, what is joint between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Region,
    Joint,
    Rest,
    Municipality,
}

impl Column {
    pub const ALL: [Self; 4] = [Self::Region, Self::Joint, Self::Rest, Self::Municipality];
}

/// A box.
#[derive(Debug)]
pub struct Node {
    /// Class names beside `nod`: the principal's key.
    pub class: String,
    /// Small words over the name: mark and word of the principal.
    pub caption: String,
    pub name: String,
    /// The name as it is read out.
    pub spoken: String,
    /// `None` for the page's own body and for a group.
    pub url: Option<String>,
    pub column: Column,
    /// The bodies of a group, each a link of its own.
    pub chips: Vec<Chip>,
}

#[derive(Debug)]
pub struct Chip {
    pub name: String,
    pub url: String,
}

/// A line between two nodes, with an arrowhead at `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    pub from: usize,
    pub to: usize,
    pub kind: LineKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineKind {
    /// From the steering body to the steered one.
    Steers,
    /// From the giver of an assignment to its receiver.
    Assigns,
    /// From the body that prepares to the one that it prepares for.
    Prepares,
    /// From the body that reports to the receiver.
    Reports,
    /// Both of the above: one line.
    PreparesAndReports,
    /// From the whole to its member; no arrowhead.
    Holds,
}

impl LineKind {
    /// The theme's classes.
    pub fn class(self) -> &'static str {
        match self {
            Self::Steers => "styr",
            Self::Assigns => "uppdrag",
            Self::Prepares => "bereder",
            Self::Reports => "rapporterar",
            Self::PreparesAndReports => "bereder rapporterar",
            Self::Holds => "ingar",
        }
    }

    /// What the legend calls it. Kinds that are drawn alike share an entry.
    pub fn label(self) -> &'static str {
        match self {
            Self::Steers => "styr eller är överordnat",
            Self::Assigns => "ger uppdrag",
            Self::Prepares | Self::Reports | Self::PreparesAndReports => "bereder för eller rapporterar till",
            Self::Holds => "ingår",
        }
    }

    /// Whether `from` stands above `to` by its meaning.
    pub fn leads(self) -> Leads {
        match self {
            Self::Steers | Self::Assigns | Self::Holds => Leads::Down,
            Self::Prepares | Self::Reports | Self::PreparesAndReports => Leads::Up,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    Down,
    Up,
}

impl Line {
    /// The node that stands above by the line's meaning, and the one below.
    pub fn over_under(&self) -> (usize, usize) {
        match self.kind.leads() {
            Leads::Down => (self.from, self.to),
            Leads::Up => (self.to, self.from),
        }
    }
}
