//! The names of a report, each with all its spots and what the words say of them: one name means one place in one
//! report, so that most is looked at once a name and not once a spot.

use rustc_hash::FxHashMap;

use super::Containment;
use crate::gazetteer::EntryId;
use crate::spot::Spots;
use crate::tokens::Tokens;
use crate::unit::{unit_before, unit_noun};
use crate::words::Kind;

/// Spots of one name.
pub(super) struct Groups {
    pub(super) list: Vec<Vec<usize>>,
    /// The group of each spot.
    pub(super) of: Vec<usize>,
    /// By group, the kinds of the nouns beside the name ("X province").
    pub(super) called: Vec<Kind>,
    /// By group, which names the words put it in and which in it.
    pub(super) links: Vec<Vec<Link>>,
    /// The kinds of nouns beside a name, by its first reading: "X province" and "X" are two groups.
    called_by_name: FxHashMap<EntryId, Kind>,
}

/// That the words put one name in another.
#[derive(Clone, Copy)]
pub(super) struct Link {
    /// The first pair of spots that says so.
    pub(super) said: Containment,
    /// Whether the group is the inner of the two.
    pub(super) is_inner: bool,
    /// How often they say so.
    pub(super) times: u32,
}

impl Link {
    /// A spot of the other name.
    pub(super) fn other(&self) -> usize {
        match self.is_inner {
            true => self.said.outer,
            false => self.said.inner,
        }
    }
}

impl Groups {
    pub(super) fn new(tokens: &Tokens<'_>, spots: &Spots, containments: &[Containment]) -> Self {
        let mut groups = Self {
            list: Vec::new(),
            of: Vec::with_capacity(spots.list.len()),
            called: Vec::new(),
            links: Vec::new(),
            called_by_name: FxHashMap::default(),
        };
        let mut by_name: FxHashMap<(EntryId, u32), usize> = FxHashMap::default();
        for (i, spot) in spots.list.iter().enumerate() {
            let kind = unit_noun(tokens, spot.tokens.end)
                .or_else(|| unit_before(tokens, spot.tokens.start));
            // The postings are a function of the name: the first and their number tell names apart.
            let postings = spots.postings(spot);
            let g = match postings.first() {
                // A name that the gazetteer lacks is a group of its own, without readings.
                None => groups.add(),
                Some(first) => {
                    let key = (
                        first.id,
                        (postings.len() as u32) << 1 | u32::from(kind.is_some()),
                    );
                    *by_name.entry(key).or_insert_with(|| groups.add())
                }
            };
            let kind = kind.unwrap_or_default();
            groups.list[g].push(i);
            groups.of.push(g);
            groups.called[g] = groups.called[g].with(kind);
            if let Some(first) = postings.first() {
                let all = groups.called_by_name.entry(first.id).or_default();
                *all = all.with(kind);
            }
        }
        groups.link(containments);
        groups
    }

    fn add(&mut self) -> usize {
        self.list.push(Vec::new());
        self.called.push(Kind::default());
        self.links.push(Vec::new());
        self.list.len() - 1
    }

    fn link(&mut self, containments: &[Containment]) {
        let mut seen: FxHashMap<(usize, usize, bool, bool), usize> = FxHashMap::default();
        for &said in containments {
            let (inner, outer) = (self.of[said.inner], self.of[said.outer]);
            let mut note = |g: usize, other: usize, is_inner: bool| {
                let links = &mut self.links[g];
                let at = *seen
                    .entry((g, other, is_inner, said.by_comma))
                    .or_insert(links.len());
                match links.get_mut(at) {
                    Some(link) => link.times += 1,
                    None => links.push(Link {
                        said,
                        is_inner,
                        times: 1,
                    }),
                }
            };
            note(inner, outer, true);
            if inner != outer {
                note(outer, inner, false);
            }
        }
    }

    /// The kinds of the nouns beside this name, wherever it stands.
    pub(super) fn called_anywhere(&self, name: EntryId) -> Kind {
        self.called_by_name.get(&name).copied().unwrap_or_default()
    }
}
