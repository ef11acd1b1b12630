//! Finds mentions of actors.

use jiff::civil::Date;
use tarikh_syntax::{Deprel, Doc, Tok, TokRange, Upos};

use super::actors::{ActorClass, ActorMention, Actors};
use crate::knowledge::actors::{ActorBook, Form, FormKind};
use crate::knowledge::lexicon::has;
use crate::knowledge::phrases::{Atoms, Match};

/// What a report tells that helps to choose among actors of one name.
struct Context<'b> {
    /// ISO codes of the countries that it names in any form.
    countries: Vec<&'b str>,
    /// Entries that it names by words that mean nothing else.
    sure: Vec<u32>,
    /// Day of publication.
    published: Option<Date>,
}

/// Finds the actors of a whole report, published on a day that may be unknown.
pub(crate) fn find(doc: &Doc, book: &ActorBook, atoms: &Atoms, published: Option<Date>) -> Actors {
    let mut matches = Vec::new();
    book.phrases.find(doc, atoms, &mut matches);
    let present = Context {
        countries: countries_present(book, &matches),
        sure: surely_named(book, &matches),
        published,
    };
    let mut out: Vec<ActorMention> = Vec::new();
    let mut i = 0;
    while i < matches.len() {
        // "GAO, Mali - Fighters": a name takes in nothing of the next sentence.
        let sentence = doc.sentence_of(matches[i].tokens.start);
        let together = matches[i..]
            .iter()
            .take_while(|m| doc.sentence_of(m.tokens.start) == sentence)
            .count();
        let (mention, used) = read(doc, book, &matches[i..i + together], &present);
        out.extend(mention);
        i += used;
    }
    out.extend(new_groups(doc, book, &matches));
    let mut actors = Actors::new(out, doc.len());
    resolve(doc, &mut actors);
    actors
}

/// Sentences between a definite noun phrase and the named group that it stands for.
const REACH: u32 = 4;

/// "the group", "the rebels": the named armed group told of shortly before.
fn resolve(doc: &Doc, actors: &mut Actors) {
    let definite = |m: &ActorMention| {
        let before = m.name.start.0.checked_sub(1).map(Tok);
        m.id.is_none()
            && m.country.is_none()
            && m.class.is_nonstate()
            && !m.generic
            && before.is_some_and(|t| doc.lower(t) == "the")
    };
    actors.resolve(definite, |a, m| {
        doc.sentence_of(m.head).0 - doc.sentence_of(a.head).0 <= REACH
    });
}

/// ISO codes of the countries that the report names in any form.
fn countries_present<'b>(book: &'b ActorBook, matches: &[Match]) -> Vec<&'b str> {
    let forms = matches.iter().map(|m| book.forms[m.payload as usize]);
    let mut out: Vec<&str> = forms
        .filter(|f| {
            matches!(
                f.kind,
                FormKind::Country | FormKind::Adjective | FormKind::People
            )
        })
        .map(|f| book.countries[f.entry as usize].iso2.as_str())
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Entries that the report names by words that mean nothing else.
fn surely_named(book: &ActorBook, matches: &[Match]) -> Vec<u32> {
    let forms = matches.iter().map(|m| book.forms[m.payload as usize]);
    forms
        .filter(|f| f.kind == FormKind::Named && !f.ambiguous && f.homonym.is_none())
        .map(|f| f.entry)
        .collect()
}

/// Reads the mention at the first match; it may take in the ones right behind it. Returns the
/// mention, if there is one, and the number of matches used.
fn read(
    doc: &Doc,
    book: &ActorBook,
    matches: &[Match],
    context: &Context<'_>,
) -> (Option<ActorMention>, usize) {
    let first = matches[0];
    let form = book.forms[first.payload as usize];
    let next = matches
        .get(1)
        .filter(|m| m.tokens.start == first.tokens.end)
        .map(|m| (*m, book.forms[m.payload as usize]));
    match form.kind {
        FormKind::Adjective | FormKind::Country => {
            // "Malian soldiers", "Mali army": the force takes the country; so does "Somali pirates".
            if let Some((m, f)) = next
                && matches!(f.kind, FormKind::Force | FormKind::Generic)
                && let Some(mut mention) = noun(doc, book, m, f, Some(form.entry as u16))
            {
                if form.kind == FormKind::Adjective || f.kind == FormKind::Force {
                    mention.name.start = mention.name.start.min(first.tokens.start);
                }
                // "Malian army soldiers"
                return (Some(mention), 2);
            }
            let near = gap_noun(doc, book, matches, form);
            if let Some((mention, used)) = near {
                return (Some(mention), used);
            }
            (Some(country(doc, first, form)), 1)
        }
        FormKind::People => (Some(people(first, Some(form.entry as u16))), 1),
        FormKind::Named => named(doc, book, first, form, next, context),
        FormKind::Force => match of_country(doc, book, matches) {
            Some(mention) => (Some(mention), 2),
            None => (noun(doc, book, first, form, None), 1),
        },
        FormKind::Generic => (noun(doc, book, first, form, None), 1),
    }
}

/// "the government of Chad", "the army of the Republic of Corva": the country behind the force.
fn of_country(doc: &Doc, book: &ActorBook, matches: &[Match]) -> Option<ActorMention> {
    let (first, second) = (matches[0], matches.get(1)?);
    let (force, country) = (
        book.forms[first.payload as usize],
        book.forms[second.payload as usize],
    );
    let gap = TokRange::new(first.tokens.end, second.tokens.start.max(first.tokens.end));
    let fits = country.kind == FormKind::Country
        && matches!(gap.len(), 1 | 2)
        && doc.lower(gap.start) == "of"
        && gap.iter().skip(1).all(|t| doc.lower(t) == "the");
    if !fits {
        return None;
    }
    let mut mention = noun(doc, book, first, force, Some(country.entry as u16))?;
    mention.name.end = second.tokens.end;
    Some(mention)
}

/// "Nigerian special police", "Malian government-allied troops": one or two words between.
fn gap_noun(
    doc: &Doc,
    book: &ActorBook,
    matches: &[Match],
    form: Form,
) -> Option<(ActorMention, usize)> {
    let (first, second) = (matches[0], matches.get(1)?);
    let gap = TokRange::new(first.tokens.end, second.tokens.start);
    let f = book.forms[second.payload as usize];
    let fits = gap.len() <= 2
        && !gap.is_empty()
        && form.kind == FormKind::Adjective
        && f.kind == FormKind::Force
        && doc.sentence_of(first.tokens.start) == doc.sentence_of(second.tokens.start);
    if !fits
        || !gap.iter().all(|t| {
            matches!(doc.upos(t), Upos::Adj | Upos::Noun | Upos::Propn) || doc.lower(t) == "-"
        })
    {
        return None;
    }
    let mut mention = noun(doc, book, *second, f, Some(form.entry as u16))?;
    mention.name.start = first.tokens.start;
    Some((mention, 2))
}

fn country(doc: &Doc, m: Match, form: Form) -> ActorMention {
    ActorMention {
        head: last(m.tokens),
        name: m.tokens,
        class: ActorClass::Government,
        id: None,
        entry: None,
        country: Some(form.entry as u16),
        suspected: false,
        generic: false,
        stands_for: None,
        rule: if form.kind == FormKind::Adjective && doc.upos(last(m.tokens)) == Upos::Adj {
            "actor:country-adjective"
        } else {
            "actor:country"
        },
    }
}

/// Whether the report speaks of a country of the actor, or names it by other words as well.
fn is_at_home(book: &ActorBook, form: Form, context: &Context<'_>) -> bool {
    let home = &book.actors[form.entry as usize].countries;
    home.iter().any(|c| context.countries.contains(&c.as_str()))
        || context.sure.contains(&form.entry)
}

/// Of several actors of one name the one at home in the report's countries, active in its year and
/// so called on its day.
fn likeliest(book: &ActorBook, form: Form, context: &Context<'_>) -> Form {
    let year = context.published.and_then(|d| u16::try_from(d.year()).ok());
    let fit = |f: &Form| {
        let active = year.is_none_or(|y| book.actors[f.entry as usize].is_active(y));
        let so_called = f.validity.holds(context.published);
        (!is_at_home(book, *f, context), !(active && so_called))
    };
    book.readings(form).min_by_key(fit).unwrap_or(form)
}

/// Armed groups that no file knows, by a word of their name: "the Corva Liberation Front", "the Front
/// for the Desert". Words that parties bear as well count beside a word for armed people.
fn new_groups(doc: &Doc, book: &ActorBook, matches: &[Match]) -> Vec<ActorMention> {
    let known = |t: Tok| matches.iter().any(|m| m.tokens.contains(t));
    let capital = |t: Tok| doc.word(t).starts_with(char::is_uppercase);
    let mut out = Vec::new();
    for t in doc.tokens().filter(|&t| !known(t)) {
        let armed_word = has(&book.words.new_groups, doc.word(t));
        let open_word = has(&book.words.new_movements, doc.word(t));
        if !(armed_word || open_word) {
            continue;
        }
        let sentence = doc.sentence(doc.sentence_of(t)).tokens;
        let mut start = t;
        while start > sentence.start {
            let before = Tok(start.0 - 1);
            let in_name = doc.upos(before) == Upos::Propn || capital(before) && !known(before);
            if !in_name || matches!(doc.upos(before), Upos::Det | Upos::Adp) {
                break;
            }
            start = before;
        }
        let mut end = Tok(t.0 + 1);
        if t == start {
            // "Front for the Desert"
            let behind = (end.0..sentence.end.0).map(Tok);
            let small = |x: Tok| matches!(doc.lower(x), "for" | "of" | "the" | "and");
            let name = behind.take_while(|&x| small(x) || capital(x) && !known(x));
            let last = name.filter(|&x| capital(x)).last();
            let Some(last) = last.filter(|_| start == t && doc.upos(end) == Upos::Adp) else {
                continue;
            };
            end = Tok(last.0 + 1);
        }
        let name = TokRange::new(start, end);
        let short = name.len() < 3 && end == Tok(t.0 + 1);
        let told_armed = match (short, armed_word) {
            (true, _) => is_of_armed(doc, book, matches, name),
            (false, false) => is_beside_arms(doc, book, matches, name),
            (false, true) => true,
        };
        if !told_armed {
            continue;
        }
        out.push(ActorMention {
            head: t,
            name,
            class: ActorClass::Rebel,
            id: None,
            entry: None,
            country: None,
            suspected: hedged(doc, book, start),
            generic: false,
            stands_for: None,
            rule: "actor:new-group",
        });
    }
    out
}

/// Words on each side of a name that can tell that it is that of armed people.
const BESIDE: u32 = 5;

/// "fighters of the Karda Front", "militants from the Lakes Army".
fn is_of_armed(doc: &Doc, book: &ActorBook, matches: &[Match], name: TokRange) -> bool {
    matches.iter().any(|m| {
        let form = book.forms[m.payload as usize];
        let next = m.tokens.end;
        form.kind == FormKind::Generic
            && book.actors[form.entry as usize]
                .class_on(None)
                .is_nonstate()
            && next < name.start
            && name.start.0 <= next.0 + 2
            && has(&book.words.of, doc.lower(next))
    })
}

/// "fighters of the Lakes Alliance", "the Lakes Movement, a rebel group".
fn is_beside_arms(doc: &Doc, book: &ActorBook, matches: &[Match], name: TokRange) -> bool {
    matches.iter().any(|m| {
        let form = book.forms[m.payload as usize];
        let near = m.tokens.end.0 + BESIDE > name.start.0 && m.tokens.start.0 < name.end.0 + BESIDE;
        form.kind == FormKind::Generic
            && near
            && doc.sentence_of(m.tokens.start) == doc.sentence_of(name.start)
            && book.actors[form.entry as usize]
                .class_on(None)
                .is_nonstate()
    })
}

/// Whether a word behind the name of a people makes it an armed actor ("Lou Nuer gunmen").
fn is_armed_people(doc: &Doc, book: &ActorBook, m: Match) -> bool {
    // The name itself may hold it.
    (last(m.tokens).0..doc.len() as u32)
        .map(Tok)
        .take(4)
        .any(|t| has(&book.words.armed, doc.lemma(t)) || has(&book.words.armed, doc.lower(t)))
}

fn people(m: Match, country: Option<u16>) -> ActorMention {
    ActorMention {
        head: last(m.tokens),
        name: m.tokens,
        class: ActorClass::People,
        id: None,
        entry: None,
        country,
        suspected: false,
        generic: false,
        stands_for: None,
        rule: "actor:people",
    }
}

fn named(
    doc: &Doc,
    book: &ActorBook,
    m: Match,
    form: Form,
    next: Option<(Match, Form)>,
    context: &Context<'_>,
) -> (Option<ActorMention>, usize) {
    let form = likeliest(book, form, context);
    let actor = &book.actors[form.entry as usize];
    let at_home = is_at_home(book, form, context);
    if (form.ambiguous || actor.is_ethnic) && !at_home {
        return (None, 1);
    }
    if actor.is_ethnic && !is_armed_people(doc, book, m) {
        return (
            Some(people(
                m,
                actor.countries.first().and_then(|c| book.country(c)),
            )),
            1,
        );
    }
    let hyphen = |t: Tok| t.idx() < doc.len() && doc.lower(t) == "-";
    // "al-Qaida-linked extremists", "Taliban-controlled town": the name only describes another.
    let follower = if hyphen(m.tokens.end) {
        Tok(m.tokens.end.0 + 1)
    } else {
        m.tokens.end
    };
    let describes = follower.idx() < doc.len()
        && has(&book.words.describing, doc.lower(follower))
        && doc.upos(follower) != Upos::Aux
        && (hyphen(m.tokens.end) || doc.word(last(m.tokens)).contains('-'));
    if describes {
        return (None, 1);
    }
    let mut mention = ActorMention {
        head: last(m.tokens),
        name: m.tokens,
        class: actor.class_on(context.published),
        id: Some(form.entry),
        entry: Some(form.entry),
        country: actor.countries.first().and_then(|c| book.country(c)),
        suspected: hedged(doc, book, m.tokens.start),
        generic: false,
        stands_for: None,
        rule: "actor:named",
    };
    // "Taliban fighters", "RSF troops": the noun heads the phrase, the name names it.
    if let Some((n, f)) = next
        && matches!(f.kind, FormKind::Generic | FormKind::Force)
    {
        let class = book.actors[f.entry as usize].class_on(None);
        if class.is_armed() {
            mention.head = last(n.tokens);
            return (Some(mention), 2);
        }
    }
    (Some(mention), 1)
}

fn noun(
    doc: &Doc,
    book: &ActorBook,
    m: Match,
    form: Form,
    country: Option<u16>,
) -> Option<ActorMention> {
    let class = book.actors[form.entry as usize].class_on(None);
    // "passers-by" has its noun in front.
    let head = match last(m.tokens) {
        t if doc.upos(t) == Upos::Adp => m.tokens.start,
        t => t,
    };
    let lemma = doc.lemma(head);
    if !matches!(
        doc.upos(head),
        Upos::Noun | Upos::Propn | Upos::X | Upos::Adj
    ) {
        return None;
    }
    // A modifier is no actor: "police station", "army camp", "rebel attack" (the last is read by the frame).
    let modifies = doc.deprel(head) == Deprel::Compound
        && doc
            .head(head)
            .is_some_and(|h| h > head && !book_has_head(book, doc, h));
    if form.kind == FormKind::Force
        && country.is_none()
        && has(&book.words.machines, &lemma.to_lowercase())
        // "a military jet" is the military's.
        && !(m.tokens.len() > 1 && has(&book.words.army_sites, doc.lower(m.tokens.start)))
    {
        return None;
    }
    let strikes = doc
        .head(head)
        .is_some_and(|h| has(&book.words.strikes, doc.lemma(h)));
    if form.ambiguous && modifies && !(strikes && class == ActorClass::External) {
        return None;
    }
    let class = if class.is_armed() && is_defenceless(doc, book, m.tokens) {
        ActorClass::Civilians
    } else {
        class
    };
    Some(ActorMention {
        head,
        name: with_modifiers(doc, book, m.tokens),
        class,
        id: None,
        entry: Some(form.entry),
        country,
        suspected: hedged(doc, book, m.tokens.start),
        generic: has(&book.words.roles, lemma),
        stands_for: None,
        rule: if form.kind == FormKind::Force {
            "actor:state-force"
        } else {
            "actor:generic"
        },
    })
}

/// "Captured soldiers", "an off-duty policeman": who cannot fight counts as unarmed.
fn is_defenceless(doc: &Doc, book: &ActorBook, m: TokRange) -> bool {
    let first = doc.sentence(doc.sentence_of(m.start)).tokens.start;
    (first.0..m.start.0)
        .rev()
        .map(Tok)
        .take(3)
        .take_while(|&t| {
            matches!(doc.upos(t), Upos::Adj | Upos::Propn | Upos::Noun)
                || doc.word(t) == "-"
                || doc.deprel(t) == Deprel::Amod
        })
        .any(|t| has(&book.words.defenceless, doc.lower(t)))
}

fn book_has_head(book: &ActorBook, doc: &Doc, t: Tok) -> bool {
    book.phrases.get(doc.lower(t)).is_some()
}

/// The match with the words before it that belong to the name: "suspected", "Shiite", "Arab".
fn with_modifiers(doc: &Doc, book: &ActorBook, m: TokRange) -> TokRange {
    let mut start = m.start;
    let first_of_sentence = doc.sentence(doc.sentence_of(start)).tokens.start;
    while start > first_of_sentence {
        let before = Tok(start.0 - 1);
        let capital = doc.upos(before) == Upos::Adj
            && doc.word(before).starts_with(char::is_uppercase)
            && before > first_of_sentence;
        if !(capital || has(&book.words.hedges, doc.lower(before))) {
            break;
        }
        start = before;
    }
    TokRange::new(start, m.end)
}

fn hedged(doc: &Doc, book: &ActorBook, start: Tok) -> bool {
    let first = doc.sentence(doc.sentence_of(start)).tokens.start;
    (1..=2)
        .filter_map(|n| start.0.checked_sub(n))
        .map(Tok)
        .filter(|&t| t >= first)
        .any(|t| has(&book.words.hedges, doc.lower(t)))
}

fn last(range: TokRange) -> Tok {
    Tok(range.end.0.saturating_sub(1).max(range.start.0))
}
