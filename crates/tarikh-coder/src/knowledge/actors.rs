//! Actors, forces, missions, generic actors and countries (`data/actors`, `data/countries.toml`).

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use tarikh_record::SourceKind;

use super::actor_words::Words;
use super::phrases::Phrases;
use super::user_actors::{self, ActorsError, ActorsFile};
use super::validity::{Dated, Validity};
use crate::mentions::actors::ActorClass;

/// What kind of entry a form of words belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormKind {
    /// A group, force or mission with a name of its own.
    Named,
    /// A body of a state ("army") or its members ("soldiers").
    Force,
    /// A common noun ("gunmen").
    Generic,
    /// A country's name ("Mali").
    Country,
    /// Its adjective ("Malian").
    Adjective,
    /// Its people ("Malians").
    People,
}

/// A form of words and what it stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) kind: FormKind,
    /// Index into [`ActorBook::actors`], or into [`ActorBook::countries`] for the country kinds.
    pub(crate) entry: u32,
    /// The words also mean other things.
    pub(crate) ambiguous: bool,
    /// When the actor bore that name.
    pub(crate) validity: Validity,
    /// Index of the next form of the same words: another actor of that name.
    pub(crate) homonym: Option<u32>,
}

/// An actor of the files.
#[derive(Debug)]
pub(crate) struct Actor {
    pub(crate) id: String,
    /// What it is but for the days of [`Actor::dated`].
    class: ActorClass,
    /// What it is for a time only.
    dated: Vec<DatedClass>,
    /// Ids of the groups that it belongs to, for how long.
    parents: Vec<(Validity, String)>,
    /// ISO 3166-1 alpha-2 of the countries where it is at home.
    pub(crate) countries: Vec<String>,
    /// First and last year of activity, where the files give them.
    pub(crate) active: Option<[u16; 2]>,
    /// Generic actors: how the record names them, where not by the report's words.
    pub(crate) coded_as: Option<String>,
    /// The words do not tell whether those that they name were armed ("people").
    pub(crate) is_of_unknown_status: bool,
    /// They carry arms in their work, though they count as civilians ("guards").
    pub(crate) bears_arms: bool,
    /// Unnamed armed people whom the word tells to be of an organised group ("rebels").
    pub(crate) is_organised: bool,
    /// The name is also that of a people, a clan or a village.
    pub(crate) is_ethnic: bool,
    /// Source kind of its word, in the coding manual's terms, while it is of its own class.
    source_kind: Option<SourceKind>,
}

/// A type of an actor for a time, with the kind of source that it makes then.
#[derive(Debug)]
struct DatedClass {
    validity: Validity,
    class: ActorClass,
    source_kind: Option<SourceKind>,
}

/// A country of the files.
#[derive(Debug, Deserialize)]
pub(crate) struct Country {
    pub(crate) iso2: String,
    pub(crate) name: String,
    #[serde(default)]
    capital: Vec<String>,
    #[serde(default)]
    pub(crate) adjectives: Vec<String>,
    #[serde(default)]
    pub(crate) people: Vec<String>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    #[serde(default)]
    pub(crate) ambiguous: Vec<String>,
}

#[derive(Deserialize)]
struct CountryFile {
    country: Vec<Country>,
}

/// One entry of any of the actor files; each file uses the fields that it needs.
#[derive(Deserialize)]
pub(crate) struct Entry {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) name: Option<String>,
    #[serde(default)]
    pub(crate) kind: Option<String>,
    #[serde(default)]
    force: Option<String>,
    #[serde(default)]
    source_kind: Option<SourceKind>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    official: bool,
    #[serde(default)]
    armed: bool,
    #[serde(default)]
    organised: bool,
    #[serde(default)]
    ethnic: bool,
    #[serde(default)]
    coded_as: Option<String>,
    #[serde(default)]
    pub(crate) country: Option<String>,
    #[serde(default)]
    pub(crate) countries: Vec<String>,
    #[serde(default)]
    pub(crate) active: Option<[u16; 2]>,
    #[serde(default)]
    ucdp: Option<toml::Value>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    bodies: Vec<[String; 2]>,
    #[serde(default)]
    members: Vec<[String; 2]>,
    #[serde(default)]
    pub(crate) nouns: Vec<[String; 2]>,
    #[serde(default)]
    ambiguous: Vec<String>,
    #[serde(default)]
    parent: Option<String>,
    #[serde(default)]
    pub(crate) dated: Vec<Dated>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct File {
    pub(crate) group: Vec<Entry>,
    pub(crate) force: Vec<Entry>,
    pub(crate) named: Vec<Entry>,
    pub(crate) mission: Vec<Entry>,
    pub(crate) generic: Vec<Entry>,
}

const WORDS: &str = include_str!("../../../../data/actors/words.toml");
const COUNTRIES: &str = include_str!("../../../../data/countries.toml");

macro_rules! actor_files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../data/actors/", $name)))),+]
    };
}

/// The embedded actor files; generic words come last, so that names win where both fit.
const FILES: &[(&str, &str)] = actor_files![
    "state-forces.toml",
    "state-forces-named.toml",
    "multinational.toml",
    "groups-africa-central-south.toml",
    "groups-africa-east.toml",
    "groups-africa-north.toml",
    "groups-africa-west.toml",
    "groups-americas.toml",
    "groups-europe-central-asia.toml",
    "groups-middle-east.toml",
    "groups-south-asia.toml",
    "groups-southeast-asia.toml",
    "groups-transnational.toml",
    "generic.toml",
    "people.toml",
];

/// Class and source kind of each force, by its id.
type Forces = FxHashMap<String, (ActorClass, Option<SourceKind>)>;

/// All actors and countries, with the forms of words that name them.
#[derive(Debug, Default)]
pub(crate) struct ActorBook {
    pub(crate) actors: Vec<Actor>,
    pub(crate) countries: Vec<Country>,
    pub(crate) forms: Vec<Form>,
    /// Payloads are indices into `forms`.
    pub(crate) phrases: Phrases,
    pub(crate) words: Words,
    country_by_iso: FxHashMap<String, u16>,
    /// Number of entries that are a user's; they stand first.
    n_own: usize,
}

impl ActorBook {
    /// Whether a form of words also means other things.
    pub(crate) fn is_ambiguous(&self, words: &str) -> bool {
        self.phrases
            .get(words)
            .is_some_and(|p| self.forms[p as usize].ambiguous)
    }

    /// The embedded files.
    pub(crate) fn embedded() -> Self {
        let mut book = Self::of_countries();
        book.fill(Vec::new());
        book
    }

    /// The embedded files with a user's: his entries come first, and an entry of the same id
    /// replaces the embedded one.
    ///
    /// # Errors
    /// If a user's file is malformed.
    pub(crate) fn with(files: &[ActorsFile]) -> Result<Self, ActorsError> {
        let mut book = Self::of_countries();
        let own = files
            .iter()
            .map(|f| user_actors::read(f, &book))
            .collect::<Result<Vec<File>, _>>()?;
        book.fill(own);
        Ok(book)
    }

    fn of_countries() -> Self {
        let mut book = Self {
            words: super::parse("actors/words.toml", WORDS),
            ..Self::default()
        };
        let file: CountryFile = super::parse("countries.toml", COUNTRIES);
        for (i, c) in file.country.iter().enumerate() {
            book.country_by_iso.insert(c.iso2.clone(), i as u16);
        }
        book.countries = file.country;
        book
    }

    fn fill(&mut self, own: Vec<File>) {
        let files: Vec<File> = FILES
            .iter()
            .map(|(name, text)| super::parse(&format!("actors/{name}"), text))
            .collect();
        // Classes and source kinds of forces, for the named forces that refer to them.
        let forces: Forces = files
            .iter()
            .flat_map(|f| &f.force)
            .map(|e| (e.id.clone(), (class_of(e), e.source_kind)))
            .collect();
        for file in own {
            self.add_file(file, &forces);
        }
        self.n_own = self.actors.len();
        self.add_countries();
        for file in files {
            self.add_file(file, &forces);
        }
    }

    fn add_countries(&mut self) {
        let countries = std::mem::take(&mut self.countries);
        for (i, c) in countries.iter().enumerate() {
            let ambiguous = |w: &String| c.ambiguous.contains(w);
            for (kind, words) in [
                (FormKind::Adjective, &c.adjectives),
                (FormKind::People, &c.people),
                (FormKind::Country, &c.aliases),
            ] {
                for w in words {
                    self.add(w, kind, i as u32, ambiguous(w), Validity::default());
                }
            }
            let own = ambiguous(&c.name);
            self.add(
                &c.name,
                FormKind::Country,
                i as u32,
                own,
                Validity::default(),
            );
        }
        self.countries = countries;
    }

    fn add_file(&mut self, file: File, forces: &Forces) {
        let n_own = self.n_own;
        let replaced: Vec<String> = self.actors[..n_own].iter().map(|a| a.id.clone()).collect();
        let stays = |e: &Entry| !replaced.contains(&e.id);
        for e in file.group.into_iter().chain(file.mission).filter(stays) {
            self.add_named(e, forces);
        }
        for e in file.named.into_iter().filter(stays) {
            self.add_named(e, forces);
        }
        for e in file.force {
            self.add_nouns(e, FormKind::Force);
        }
        for e in file.generic.into_iter().filter(stays) {
            self.add_nouns(e, FormKind::Generic);
        }
    }

    fn add(
        &mut self,
        words: &str,
        kind: FormKind,
        entry: u32,
        ambiguous: bool,
        validity: Validity,
    ) {
        if words.is_empty() {
            return;
        }
        let new = self.forms.len() as u32;
        match self.phrases.get(words) {
            // A second group of that name waits behind the first, and so does a noun ("Maoists").
            Some(first) if matches!(kind, FormKind::Named | FormKind::Generic) => {
                let mut at = first as usize;
                if self.forms[at].kind != FormKind::Named || self.forms[at].entry == entry {
                    return;
                }
                while let Some(next) = self.forms[at].homonym {
                    at = next as usize;
                    if self.forms[at].entry == entry {
                        return;
                    }
                }
                self.forms[at].homonym = Some(new);
            }
            Some(_) => return,
            None => self.phrases.insert(words, new),
        }
        self.forms.push(Form {
            kind,
            entry,
            ambiguous,
            validity,
            homonym: None,
        });
    }

    /// All actors that a form can name, the first one first, and the noun that it is besides last.
    pub(crate) fn readings(&self, form: Form) -> impl Iterator<Item = Form> + '_ {
        std::iter::successors(Some(form), |f| {
            f.homonym.map(|next| self.forms[next as usize])
        })
    }

    fn add_named(&mut self, e: Entry, forces: &Forces) {
        let index = self.actors.len() as u32;
        let of_force = |force: &Option<String>| forces.get(force.as_deref()?).copied();
        let (class, source_kind) = of_force(&e.force).unwrap_or((class_of(&e), e.source_kind));
        let dated = e.dated.iter().filter_map(|d| {
            let of_kind = || d.kind.as_deref().map(|k| (class_of_kind(k), None));
            let (class, source_kind) = of_force(&d.force).or_else(of_kind)?;
            Some(DatedClass {
                validity: d.validity,
                class,
                source_kind,
            })
        });
        let dated: Vec<DatedClass> = dated.collect();
        let parents = e
            .parent
            .iter()
            .map(|p| (Validity::default(), p.clone()))
            .chain(
                e.dated
                    .iter()
                    .filter_map(|d| Some((d.validity, d.parent.clone()?))),
            )
            .collect();
        let ucdp: Vec<String> = match &e.ucdp {
            Some(toml::Value::String(s)) => vec![s.clone()],
            Some(toml::Value::Array(list)) => list
                .iter()
                .filter_map(|v| v.as_str().map(str::to_owned))
                .collect(),
            _ => Vec::new(),
        };
        // UCDP's shortest names are words of English in capitals ("IS"): the aliases spell them out.
        let ucdp = ucdp.iter().filter(|u| u.len() > 2);
        for words in e.name.iter().chain(&e.aliases).chain(ucdp) {
            let ambiguous = e.ambiguous.contains(words);
            self.add(
                words,
                FormKind::Named,
                index,
                ambiguous,
                Validity::default(),
            );
        }
        for d in &e.dated {
            let Some(words) = &d.alias else { continue };
            let ambiguous = e.ambiguous.contains(words);
            self.add(words, FormKind::Named, index, ambiguous, d.validity);
        }
        let countries = e.country.into_iter().chain(e.countries).collect();
        self.actors.push(Actor {
            id: e.id,
            class,
            dated,
            parents,
            countries,
            active: e.active,
            is_of_unknown_status: false,
            bears_arms: class.is_armed(),
            is_organised: class.is_nonstate(),
            is_ethnic: e.ethnic,
            coded_as: None,
            source_kind,
        });
    }

    fn add_nouns(&mut self, e: Entry, kind: FormKind) {
        let index = self.actors.len() as u32;
        for pair in e.bodies.iter().chain(&e.members).chain(&e.nouns) {
            for words in pair {
                let ambiguous = e.ambiguous.contains(words);
                self.add(words, kind, index, ambiguous, Validity::default());
            }
        }
        self.actors.push(Actor {
            class: class_of(&e),
            dated: Vec::new(),
            parents: Vec::new(),
            id: e.id,
            countries: Vec::new(),
            active: None,
            is_of_unknown_status: e.status.as_deref() == Some("unknown"),
            bears_arms: e.armed,
            is_organised: e.organised,
            is_ethnic: false,
            coded_as: e.coded_as.filter(|c| c != "text" && c != "context"),
            source_kind: e.source_kind,
        });
    }

    /// Index of the country whose capital the words name: it speaks for the government.
    pub(crate) fn of_capital(&self, words: &str) -> Option<u16> {
        let mut countries = self.countries.iter();
        let found = countries.position(|c| c.capital.first().is_some_and(|n| n == words))?;
        u16::try_from(found).ok()
    }

    /// Index of a country by its ISO 3166-1 alpha-2 code.
    pub(crate) fn country(&self, iso2: &str) -> Option<u16> {
        self.country_by_iso.get(iso2).copied()
    }
}

impl Actor {
    /// What it was on a day; without a day, what it is.
    pub(crate) fn class_on(&self, day: Option<Date>) -> ActorClass {
        self.dated_on(day).map_or(self.class, |d| d.class)
    }

    /// The kind of source that its word makes while it is of a class.
    pub(crate) fn source_kind_as(&self, class: ActorClass) -> Option<SourceKind> {
        let dated = self.dated.iter().find(|d| d.class == class);
        match dated.filter(|_| class != self.class) {
            Some(d) => d.source_kind,
            None => self.source_kind,
        }
    }

    /// Whether it belonged on a day to the group of that id.
    pub(crate) fn belongs_to(&self, id: &str, day: Option<Date>) -> bool {
        self.parents.iter().any(|(v, p)| p == id && v.holds(day))
    }

    fn dated_on(&self, day: Option<Date>) -> Option<&DatedClass> {
        self.dated.iter().find(|d| d.validity.holds(day))
    }

    /// Whether the actor was active in a year; an open or unknown bound holds any.
    pub(crate) fn is_active(&self, year: u16) -> bool {
        self.active
            .is_none_or(|[first, last]| first <= year && year <= last)
    }
}

/// Whether a word is a kind of the files.
pub(crate) fn is_kind(kind: &str) -> bool {
    matches!(
        kind,
        "state_forces"
            | "external_forces"
            | "rebel_group"
            | "political_militia"
            | "identity_militia"
            | "unidentified_armed_group"
            | "protesters"
            | "rioters"
            | "civilians"
            | "other"
    )
}

/// The class of an entry, from ACLED's category and the coding manual's casualty status.
fn class_of(e: &Entry) -> ActorClass {
    let kind = e.kind.as_deref().unwrap_or_default();
    match kind {
        "state_forces" if e.id == "police" => ActorClass::Police,
        "rioters" if e.status.as_deref() == Some("unknown") => ActorClass::People,
        "civilians" if e.official => ActorClass::Officials,
        _ if e.id == "government" => ActorClass::Government,
        _ => class_of_kind(kind),
    }
}

fn class_of_kind(kind: &str) -> ActorClass {
    match kind {
        "state_forces" => ActorClass::Military,
        // Missions carry no kind: all are external forces.
        "external_forces" | "" => ActorClass::External,
        "rebel_group" => ActorClass::Rebel,
        "political_militia" => ActorClass::PoliticalMilitia,
        "identity_militia" => ActorClass::IdentityMilitia,
        "unidentified_armed_group" => ActorClass::Gunmen,
        "protesters" => ActorClass::Protesters,
        "rioters" => ActorClass::Rioters,
        "civilians" => ActorClass::Civilians,
        _ => ActorClass::People,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_file() {
        let book = ActorBook::embedded();
        assert!(book.countries.len() > 200);
        for (words, id) in [
            ("FARDC", "cod-army"),
            ("gunmen", "gunmen"),
            ("MINUSMA", "minusma"),
            ("soldiers", "army"),
        ] {
            let form = book
                .phrases
                .get(words)
                .map(|f| book.forms[f as usize])
                .unwrap_or_else(|| panic!("{words} is not known"));
            assert_eq!(book.actors[form.entry as usize].id, id, "{words}");
        }
        assert_eq!(
            book.country("ML")
                .map(|i| book.countries[i as usize].name.as_str()),
            Some("Mali")
        );
    }
}
