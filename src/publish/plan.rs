//! What a publication changes, and in which order.

use crate::output::Manifest;

/// The difference between what a host holds and what it is to hold. Paths are below the site's root, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub removed: Vec<String>,
    /// How many files stay as they are.
    pub unchanged: usize,
}

impl Plan {
    /// From the files of `old` to those of `new`.
    pub fn between(old: &Manifest, new: &Manifest) -> Self {
        let mut plan = Self::default();
        for (path, entry) in &new.files {
            match old.files.get(path) {
                None => plan.added.push(path.clone()),
                Some(held) if held != entry => plan.changed.push(path.clone()),
                Some(_) => plan.unchanged += 1,
            }
        }
        plan.removed.extend(old.files.keys().filter(|path| !new.files.contains_key(*path)).cloned());
        plan
    }

    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// The files to write.
    pub fn writes(&self) -> impl Iterator<Item = &str> {
        self.added.iter().chain(&self.changed).map(String::as_str)
    }

    /// The files to write, in stages of which each needs the ones before: what pages ask for, pages, lists of pages.
    pub fn stages(&self) -> [Vec<&str>; 3] {
        let mut stages: [Vec<&str>; 3] = Default::default();
        for path in self.writes() {
            let stage = match path.rsplit('.').next() {
                Some("html") => 1,
                Some("xml" | "txt") => 2,
                _ => 0,
            };
            stages[stage].push(path);
        }
        stages
    }
}
