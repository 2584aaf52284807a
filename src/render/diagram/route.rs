//! Leads lines between boxes, so that none runs through a box and as few as possible run along each other.
//!
//! Boxes stand on levels; between two levels is a channel, channel `n` being the one above level `n`. A line goes
//! horizontally in channels only, in a lane of its own, and passes a level only where no box stands. How high a level
//! or a channel is does not matter here: heights follow from how many lanes are needed.

/// A box on its level, from `left` to `right` in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub left: i32,
    pub right: i32,
    pub level: usize,
}

/// A height that is known first when all lines are led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Height {
    Top(usize),
    Bottom(usize),
    Lane { channel: usize, lane: usize },
}

/// Corners from the first end to the second.
pub type Route = Vec<(i32, Height)>;

/// Least distance between lines that run side by side.
const APART: i32 = 10;
/// Least distance between a line and a box that it passes.
const CLEAR: i32 = 7;
/// Ports keep from a box's corners.
const CORNER: i32 = 12;
/// What two bends cost, in pixels of detour.
const BENDS: i32 = 40;
const STEP: usize = 3;

/// The routes of `lines` (indices of two places each), and how many lanes each channel needs. Lines keep within `span`,
/// where the space outside of all boxes at both ends is free.
pub fn routes(places: &[Place], lines: &[(usize, usize)], span: (i32, i32)) -> (Vec<Route>, Vec<usize>) {
    let levels = places.iter().map(|place| place.level + 1).max().unwrap_or(0);
    let mut taken = Taken { places, span, verticals: Vec::new() };
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&at| {
        let (a, b) = (places[lines[at].0], places[lines[at].1]);
        (a.level.abs_diff(b.level), (a.middle() - b.middle()).abs(), at)
    });
    let mut courses = vec![None; lines.len()];
    for at in order {
        courses[at] = Some(taken.lead(places[lines[at].0], places[lines[at].1]));
    }
    let courses: Vec<Course> = courses.into_iter().map(|course| course.expect("every line was led")).collect();
    lanes(&courses, levels + 1)
}

impl Place {
    fn middle(self) -> i32 {
        (self.left + self.right) / 2
    }

    /// Where lines may end.
    fn ports(self) -> (i32, i32) {
        let corner = CORNER.min((self.right - self.left) / 2);
        (self.left + corner, self.right - corner)
    }
}

/// Where a line goes, from its first end to its second.
#[derive(Clone, Copy, Debug)]
struct Course {
    first: Height,
    second: Height,
    /// Channel below the upper end and channel above the lower end; the same when nothing lies between.
    channels: (usize, usize),
    /// At the upper end, through the levels between, at the lower end.
    xs: [i32; 3],
    /// Whether the first end is the lower one.
    turned: bool,
}

#[derive(Clone, Copy, Debug)]
struct Vertical {
    x: i32,
    /// Channels from and to, both held.
    channels: (usize, usize),
}

struct Taken<'a> {
    places: &'a [Place],
    span: (i32, i32),
    verticals: Vec<Vertical>,
}

impl Taken<'_> {
    fn lead(&mut self, first: Place, second: Place) -> Course {
        let turned = second.level < first.level;
        let (upper, lower) = if turned { (second, first) } else { (first, second) };
        let level = upper.level == lower.level;
        let channels = if level { (upper.level + 1, upper.level + 1) } else { (upper.level + 1, lower.level) };
        let xs = match self.straight(upper, lower, channels).filter(|_| !level) {
            Some(x) => [x; 3],
            None => self.bent(upper, lower, channels),
        };
        for (x, from, to) in
            [(xs[0], channels.0, channels.0), (xs[1], channels.0, channels.1), (xs[2], channels.1, channels.1)]
        {
            self.verticals.push(Vertical { x, channels: (from, to) });
        }
        let under = if level { Height::Bottom(lower.level) } else { Height::Top(lower.level) };
        let over = Height::Bottom(upper.level);
        let (first, second) = if turned { (under, over) } else { (over, under) };
        Course { first, second, channels, xs, turned }
    }

    fn straight(&self, upper: Place, lower: Place, channels: (usize, usize)) -> Option<i32> {
        let (a, b) = (upper.ports(), lower.ports());
        let shared = (a.0.max(b.0), a.1.min(b.1));
        near((shared.0 + shared.1) / 2, shared).find(|&x| self.passes(x, channels) && self.clear(x, channels))
    }

    fn bent(&self, upper: Place, lower: Place, channels: (usize, usize)) -> [i32; 3] {
        let above = self.port(upper, lower, channels.0, None);
        let other = (channels.0 == channels.1).then_some(above);
        let below = self.port(lower, upper, channels.1, other);
        if channels.0 == channels.1 {
            return [above, below, below];
        }
        let distant = |x: i32, port: i32| x == port || (x - port).abs() >= APART;
        let cost = |x: i32| {
            let bends = i32::from(x != above) + i32::from(x != below);
            (x - above).abs() + (x - below).abs() + bends * BENDS
        };
        let ways = || near(above, self.span).chain([below]).filter(|&x| self.passes(x, channels));
        let free = ways().filter(|&x| distant(x, above) && distant(x, below) && self.clear(x, channels));
        let way = free.min_by_key(|&x| (cost(x), x)).or_else(|| ways().min_by_key(|&x| (cost(x), x)));
        [above, way.unwrap_or(self.span.1), below]
    }

    /// A free port of `place`, on the side towards `goal`.
    fn port(&self, place: Place, goal: Place, channel: usize, other: Option<i32>) -> i32 {
        let reach = (place.right - place.left) * 3 / 10;
        let wanted = place.middle() + (goal.middle() - place.middle()).clamp(-reach, reach);
        let clear = |&x: &i32| self.clear(x, (channel, channel)) && other.is_none_or(|o| (o - x).abs() >= APART);
        near(wanted, place.ports()).find(clear).unwrap_or(wanted)
    }

    /// Whether no box stands in the way at `x` on the levels between the channels.
    fn passes(&self, x: i32, channels: (usize, usize)) -> bool {
        let between = self.places.iter().filter(|place| (channels.0..channels.1).contains(&place.level));
        let mut between = between.filter(|place| place.left - CLEAR < x && x < place.right + CLEAR);
        between.next().is_none()
    }

    /// Whether no other line runs close to `x` in the channels.
    fn clear(&self, x: i32, channels: (usize, usize)) -> bool {
        !self
            .verticals
            .iter()
            .any(|held| (held.x - x).abs() < APART && held.channels.0 <= channels.1 && channels.0 <= held.channels.1)
    }
}

/// Every place within `range`, those next to `wanted` first.
fn near(wanted: i32, range: (i32, i32)) -> impl Iterator<Item = i32> {
    let wanted = if range.0 <= range.1 { wanted.clamp(range.0, range.1) } else { wanted };
    let out = (0..=(range.1 - range.0).max(-1)).step_by(STEP).flat_map(move |d| [wanted + d, wanted - d]);
    out.filter(move |&x| range.0 <= x && x <= range.1)
}

/// A horizontal stretch of a line: it comes from above at `from` and goes on below at `to`.
struct Stretch {
    line: usize,
    channel: usize,
    from: i32,
    to: i32,
}

/// Gives every horizontal stretch a lane of its own in its channel.
fn lanes(courses: &[Course], channels: usize) -> (Vec<Route>, Vec<usize>) {
    let mut stretches = Vec::new();
    for (line, Course { channels, xs, .. }) in courses.iter().enumerate() {
        for (channel, from, to) in [(channels.0, xs[0], xs[1]), (channels.1, xs[1], xs[2])] {
            if from != to {
                stretches.push(Stretch { line, channel, from, to });
            }
        }
    }
    // Of lines that go the same way the one that starts farthest ahead goes highest: then they do not cross.
    stretches
        .sort_by_key(|s| if s.to > s.from { (s.channel, 0, -s.from, s.line) } else { (s.channel, 1, s.from, s.line) });
    let mut held: Vec<Vec<Vec<(i32, i32)>>> = vec![Vec::new(); channels];
    let mut given = std::collections::BTreeMap::new();
    for stretch in &stretches {
        let reach = (stretch.from.min(stretch.to) - APART, stretch.from.max(stretch.to) + APART);
        let channel = &mut held[stretch.channel];
        let free = |lane: &Vec<(i32, i32)>| lane.iter().all(|other| other.1 <= reach.0 || reach.1 <= other.0);
        let lane = channel.iter().position(free).unwrap_or_else(|| {
            channel.push(Vec::new());
            channel.len() - 1
        });
        channel[lane].push(reach);
        given.insert((stretch.line, stretch.channel, stretch.from), lane);
    }
    let lane = |line, channel, from| given.get(&(line, channel, from)).map(|&lane| Height::Lane { channel, lane });
    let routes =
        courses.iter().enumerate().map(|(line, course)| corners(course, |channel, from| lane(line, channel, from)));
    (routes.collect(), held.iter().map(Vec::len).collect())
}

fn corners(course: &Course, lane: impl Fn(usize, i32) -> Option<Height>) -> Route {
    let Course { first, second, channels, xs, turned } = *course;
    let (over, under) = if turned { (second, first) } else { (first, second) };
    let mut route = vec![(xs[0], over)];
    for (channel, from, to) in [(channels.0, xs[0], xs[1]), (channels.1, xs[1], xs[2])] {
        if let Some(height) = lane(channel, from).filter(|_| from != to) {
            route.extend([(from, height), (to, height)]);
        }
    }
    route.push((xs[2], under));
    if turned {
        route.reverse();
    }
    route
}
