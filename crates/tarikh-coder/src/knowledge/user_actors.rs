//! A user's own file of actors: read with errors that name the file and the line.

use toml::Spanned;

use super::actors::{ActorBook, Entry, File, is_kind};

/// A file of actors in the form of `data/actors`, as `docs/actors.md` describes it.
#[derive(Clone, Debug)]
pub struct ActorsFile {
    /// What messages call it, as a rule its path.
    pub name: String,
    /// Its text: TOML.
    pub text: String,
}

/// What is wrong with a user's file of actors.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{file}:{line}: {problem}")]
pub struct ActorsError {
    /// Name of the file.
    pub file: String,
    /// Line, one-based.
    pub line: usize,
    /// What was expected and what was found.
    pub problem: String,
}

/// Tables of a user's file, each entry with its place.
#[derive(Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct UserFile {
    group: Vec<Spanned<Entry>>,
    named: Vec<Spanned<Entry>>,
    mission: Vec<Spanned<Entry>>,
    generic: Vec<Spanned<Entry>>,
}

/// Reads and checks a user's file against the countries that the book knows.
///
/// # Errors
/// If it is no TOML, or an entry lacks what it needs.
pub(crate) fn read(file: &ActorsFile, book: &ActorBook) -> Result<File, ActorsError> {
    let at = |offset: usize, problem: String| ActorsError {
        file: file.name.clone(),
        line: 1 + file.text[..offset.min(file.text.len())]
            .matches('\n')
            .count(),
        problem,
    };
    let user: UserFile = toml::from_str(&file.text).map_err(|error| {
        at(
            error.span().map_or(0, |s| s.start),
            error.message().to_owned(),
        )
    })?;
    let names = [&user.group, &user.named, &user.mission];
    for (table, list) in ["group", "named", "mission"].into_iter().zip(names) {
        for entry in list {
            named(entry.as_ref(), table, book).map_err(|p| at(entry.span().start, p))?;
        }
    }
    for entry in &user.generic {
        if entry.as_ref().nouns.is_empty() {
            let problem = format!("generic {:?} has no nouns", entry.as_ref().id);
            return Err(at(entry.span().start, problem));
        }
        kind(entry.as_ref()).map_err(|p| at(entry.span().start, p))?;
    }
    let bare = |list: Vec<Spanned<Entry>>| list.into_iter().map(Spanned::into_inner).collect();
    Ok(File {
        group: bare(user.group),
        named: bare(user.named),
        mission: bare(user.mission),
        generic: bare(user.generic),
        ..File::default()
    })
}

fn named(e: &Entry, table: &str, book: &ActorBook) -> Result<(), String> {
    if e.name.as_deref().unwrap_or_default().is_empty() {
        return Err(format!("{table} {:?} has no name", e.id));
    }
    if table == "group" {
        kind(e)?;
    }
    let unknown = e
        .country
        .iter()
        .chain(&e.countries)
        .find(|c| book.country(c).is_none());
    if let Some(c) = unknown {
        return Err(format!(
            "{c:?} is no country code; expected ISO 3166-1 alpha-2, as \"ML\""
        ));
    }
    for d in &e.dated {
        if let Some(problem) = d.validity.problem() {
            return Err(problem);
        }
        if let Some(k) = d.kind.as_deref().filter(|k| !is_kind(k)) {
            return Err(format!("{:?} has kind {k:?}; see docs/actors.md", e.id));
        }
    }
    match e.active {
        Some([first, last]) if last < first => Err(format!(
            "active = [{first}, {last}]: the first year is after the last"
        )),
        _ => Ok(()),
    }
}

fn kind(e: &Entry) -> Result<(), String> {
    let kind = e.kind.as_deref().unwrap_or_default();
    if is_kind(kind) {
        return Ok(());
    }
    Err(format!("{:?} has kind {kind:?}; see docs/actors.md", e.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<ActorBook, ActorsError> {
        let file = ActorsFile {
            name: "mine.toml".into(),
            text: text.into(),
        };
        ActorBook::with(&[file])
    }

    fn problem(text: &str) -> String {
        match check(text) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn adds_a_group_under_its_names() {
        let book = check(
            "[[group]]\nid = \"clf\"\nname = \"Corva Liberation Front\"\nkind = \"rebel_group\"\ncountries = [\"ML\"]\naliases = [\"CLFX\"]\n",
        )
        .expect("the file is well-formed");
        for words in ["Corva Liberation Front", "CLFX"] {
            let form = book.phrases.get(words).map(|f| book.forms[f as usize]);
            let id = form.map(|f| book.actors[f.entry as usize].id.clone());
            assert_eq!(id.as_deref(), Some("clf"), "{words}");
        }
    }

    #[test]
    fn overrides_an_entry_of_the_same_id() {
        let book = check(
            "[[group]]\nid = \"jad\"\nname = \"Dunmar Daulah\"\nkind = \"rebel_group\"\ncountries = [\"ID\"]\n",
        )
        .expect("the file is well-formed");
        let with_id = book.actors.iter().filter(|a| a.id == "jad");
        assert_eq!(with_id.count(), 1);
        assert!(book.phrases.get("Jamaah Ansharut Daulah").is_none());
    }

    #[test]
    fn names_the_line_of_a_mistake() {
        assert_eq!(
            problem("# mine\n\n[[group]]\nid = \"x\"\nname = \"Elsk Front\"\nkind = \"rebels\"\n"),
            "mine.toml:3: \"x\" has kind \"rebels\"; see docs/actors.md"
        );
        assert!(problem("[[group]]\nid = \"x\"\nname = \"Elsk Front\"\nkind = \"rebel_group\"\ncountries = [\"Mali\"]\n").starts_with("mine.toml:1: \"Mali\" is no country code"));
        assert!(problem("[[group]]\nid = \n").starts_with("mine.toml:2: "));
        assert!(problem("[[gruop]]\nid = \"x\"\n").starts_with("mine.toml:1: "));
    }
}
