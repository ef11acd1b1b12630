//! Who speaks as what: offices, bodies, outlets (`data/actors/offices.toml`).

use rustc_hash::FxHashSet;
use serde::Deserialize;
use tarikh_record::SourceKind;

use super::phrases::Phrases;

/// A kind, or `inherit` for words that take the kind of the body they speak for ("spokesman").
#[derive(Deserialize)]
#[serde(untagged)]
enum Kind {
    Own(SourceKind),
    Inherit(Inherit),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Inherit {
    Inherit,
}

#[derive(Deserialize)]
struct Entry {
    kind: Kind,
    #[serde(default)]
    nouns: Vec<[String; 2]>,
    #[serde(default)]
    bodies: Vec<String>,
    #[serde(default)]
    titles: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    markers: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    #[serde(default)]
    starts: Vec<String>,
    #[serde(default)]
    domains: Vec<String>,
}

/// How a word of a speaker stands in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A proper name ("Reuters").
    Name,
    /// A common noun for a body ("ministry").
    Body,
    /// Before a person's name ("Col.").
    Title,
    /// A common noun for a person ("mayor").
    Noun,
}

#[derive(Deserialize)]
struct File {
    speaker: Vec<Entry>,
}

/// Words of speakers and the kind of source that each makes.
#[derive(Debug)]
pub(crate) struct Speakers {
    /// `None` where the kind is that of the body spoken for.
    forms: Vec<(Option<SourceKind>, Part)>,
    /// Payloads are indices into `forms`.
    pub(crate) phrases: Phrases,
    /// Words that make a speaker anonymous.
    pub(crate) markers: Phrases,
    pub(crate) outlets: Outlets,
}

/// Words by which the name of an outlet is known.
#[derive(Debug, Default)]
pub(crate) struct Outlets {
    /// Last words ("Times").
    pub(crate) ends: FxHashSet<String>,
    /// First words ("Radio").
    pub(crate) starts: FxHashSet<String>,
    /// Ends of web addresses ("com").
    pub(crate) domains: FxHashSet<String>,
    /// Index of their form in the speakers.
    pub(crate) payload: u32,
}

impl Speakers {
    pub(crate) fn embedded() -> Self {
        let file: File = super::parse(
            "actors/offices.toml",
            include_str!("../../../../data/actors/offices.toml"),
        );
        let mut out = Self {
            forms: Vec::new(),
            phrases: Phrases::default(),
            markers: Phrases::default(),
            outlets: Outlets::default(),
        };
        for e in file.speaker {
            let kind = match e.kind {
                Kind::Own(kind) => Some(kind),
                Kind::Inherit(Inherit::Inherit) => None,
            };
            out.add(&e.names, kind, Part::Name);
            out.add(&e.bodies, kind, Part::Body);
            // Nouns first: a title is the same words with a capital.
            out.add(e.nouns.iter().flatten(), kind, Part::Noun);
            out.add(&e.titles, kind, Part::Title);
            e.markers.iter().for_each(|m| out.markers.insert(m, 0));
            if !e.ends.is_empty() {
                out.outlets = Outlets {
                    ends: e.ends.into_iter().collect(),
                    starts: e.starts.into_iter().collect(),
                    domains: e.domains.into_iter().collect(),
                    payload: out.forms.len() as u32,
                };
                out.forms.push((kind, Part::Name));
            }
        }
        out
    }

    fn add<'w>(
        &mut self,
        words: impl IntoIterator<Item = &'w String>,
        kind: Option<SourceKind>,
        part: Part,
    ) {
        let payload = self.forms.len() as u32;
        self.forms.push((kind, part));
        for w in words {
            if !w.is_empty() && self.phrases.get(w).is_none() {
                self.phrases.insert(w, payload);
            }
        }
    }

    /// The kind of an entry; `None` where it is that of the body spoken for.
    pub(crate) fn kind(&self, payload: u32) -> Option<SourceKind> {
        self.forms.get(payload as usize).and_then(|f| f.0)
    }

    /// Whether the words of an entry are a proper name.
    pub(crate) fn is_name(&self, payload: u32) -> bool {
        self.part(payload) == Part::Name
    }

    /// How the words of an entry stand in a phrase.
    pub(crate) fn part(&self, payload: u32) -> Part {
        self.forms.get(payload as usize).map_or(Part::Noun, |f| f.1)
    }
}
