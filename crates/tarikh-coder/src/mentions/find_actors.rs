//! Finds mentions of actors.

use jiff::civil::Date;
use tarikh_syntax::{Deprel, Doc, Tok, TokRange, Upos};

use super::actors::{ActorClass, ActorMention, Actors};
use super::described;
use super::fighters;
use super::units;
use super::unlisted::{armed_people, claimants, communities, new_groups};
use crate::knowledge::Knowledge;
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

/// Finds the actors of a whole report, published on a day that may be unknown; `is_time` tells the words of
/// expressions of time.
pub(crate) fn find(
    doc: &Doc,
    knowledge: &Knowledge,
    (atoms, offices): (&Atoms, &[Match]),
    published: Option<Date>,
    is_time: &dyn Fn(Tok) -> bool,
) -> Actors {
    let book = &knowledge.actors;
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
    for claimant in claimants(doc, book, &matches) {
        out.retain(|o| !o.name.overlaps(claimant.name));
        out.push(claimant);
    }
    out.extend(communities(doc, book, &matches));
    let mut fighters = fighters::find(doc, knowledge, offices, &matches, is_time);
    fighters.retain(|f| {
        !out.iter()
            .any(|o| o.name.overlaps(f.name) && o.rule != "actor:generic")
    });
    out.retain(|o| !fighters.iter().any(|f| o.name.overlaps(f.name)));
    out.extend(fighters);
    units::name(doc, book, &mut out);
    described::absorb(doc, knowledge, &mut out);
    let mut actors = Actors::new(out, doc.len());
    resolve(doc, &mut actors);
    actors
}

/// Sentences between a definite noun phrase and the named group that it stands for.
const REACH: u32 = 4;

/// "the group", "the rebels": the named armed group told of shortly before.
fn resolve(doc: &Doc, actors: &mut Actors) {
    // "the rebels", "its fighters"
    let points_back = |t: Tok| doc.lower(t) == "the" || matches!(doc.lower(t), "its" | "their");
    let definite = |m: &ActorMention| {
        let before = m.name.start.0.checked_sub(1).map(Tok);
        m.id.is_none()
            && m.country.is_none()
            && m.class.is_nonstate()
            && !m.generic
            && (before.is_some_and(points_back) || is_modifier(doc, m.head))
    };
    let reach = |a: &ActorMention, m: &ActorMention| {
        doc.sentence_of(m.head).0 - doc.sentence_of(a.head).0 <= REACH
    };
    let together =
        |a: &ActorMention, b: &ActorMention| doc.sentence_of(a.head) == doc.sentence_of(b.head);
    actors.resolve(definite, reach, together);
}

/// "rebel missile", "militant attack": a word of the group told of before another noun.
fn is_modifier(doc: &Doc, t: Tok) -> bool {
    doc.deprel(t) == Deprel::Compound
        && doc.xpos(t) == "NN"
        && doc.head(t).is_some_and(|h| h.0 == t.0 + 1)
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
    let is_only = |f: &Form| {
        let mut others = book.readings(*f).skip(1);
        others.all(|o| o.kind != FormKind::Named)
    };
    let mut out: Vec<u32> = forms
        .filter(|f| f.kind == FormKind::Named && !f.ambiguous && is_only(f))
        .map(|f| f.entry)
        .collect();
    out.sort_unstable();
    out.dedup();
    out
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
            // "Indian and Pakistani troops": the force is that of both.
            if let Some(mention) = force_of_both(doc, book, matches, form) {
                return (Some(mention), 1);
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
    // "jets of the Elsk Air Force": that force's.
    let of_force = matches.get(2).is_some_and(|third| {
        let force = book.forms[third.payload as usize].kind == FormKind::Force;
        force && third.tokens.start == second.tokens.end
    });
    if of_force {
        return None;
    }
    // "forces of Elsk's president": his.
    let next = second.tokens.end;
    if next.idx() < doc.len() && doc.xpos(next) == "POS" {
        return None;
    }
    let mut mention = noun(doc, book, first, force, Some(country.entry as u16))?;
    mention.name.end = second.tokens.end;
    Some(mention)
}

/// "Indian and Pakistani troops": the first of two countries whose forces one noun names.
fn force_of_both(
    doc: &Doc,
    book: &ActorBook,
    matches: &[Match],
    form: Form,
) -> Option<ActorMention> {
    let [first, second, third] = matches.get(..3)? else {
        return None;
    };
    let kind = |m: &Match| book.forms[m.payload as usize];
    let and = first.tokens.end;
    let joined = doc.lower(and) == "and"
        && second.tokens.start.0 == and.0 + 1
        && third.tokens.start == second.tokens.end;
    let adjective = |f: Form| f.kind == FormKind::Adjective;
    let fits = adjective(form) && adjective(kind(second)) && kind(third).kind == FormKind::Force;
    if !(joined && fits) {
        return None;
    }
    let noun = noun(doc, book, *third, kind(third), Some(form.entry as u16))?;
    Some(ActorMention {
        head: last(first.tokens),
        name: first.tokens,
        ..noun
    })
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
    let named = book.readings(form).filter(|f| f.kind == FormKind::Named);
    named.min_by_key(fit).unwrap_or(form)
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
        // "Maoists" are rebels everywhere, whichever party they are of.
        let plain = book.readings(form).find(|f| f.kind == FormKind::Generic);
        if let Some(mention) = plain.and_then(|f| noun(doc, book, m, f, None)) {
            return (Some(mention), 1);
        }
        // "Christians" are people everywhere.
        let bare = (actor.is_ethnic && !form.ambiguous).then(|| people(m, None));
        return (armed_people(doc, book, m).or(bare), 1);
    }
    if actor.is_ethnic && !is_armed_people(doc, book, m) {
        // "Karda farmers" are called so.
        if let Some((n, f)) = next
            && f.kind == FormKind::Generic
            && let Some(mut mention) = noun(doc, book, n, f, None)
        {
            mention.name.start = m.tokens.start;
            return (Some(mention), 2);
        }
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
    let modifies = matches!(doc.deprel(head), Deprel::Compound | Deprel::Amod)
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
    // "tried by military courts"
    let next = Tok(head.0 + 1);
    if form.kind == FormKind::Force
        && next.idx() < doc.len()
        && has(&book.words.no_forces, doc.lemma(next))
    {
        return None;
    }
    if is_disguise(doc, book, m.tokens.start) || is_half_word(doc, book, head) {
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
    } else if class.is_unarmed()
        && book.actors[form.entry as usize].bears_arms
        && is_at_prison(doc, book, m.tokens)
    {
        ActorClass::Police
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

/// "Gunmen disguised as policemen": who they were not.
fn is_disguise(doc: &Doc, book: &ActorBook, start: Tok) -> bool {
    let before = |n: u32| start.0.checked_sub(n).map_or("", |i| doc.lower(Tok(i)));
    before(1) == "as" && has(&book.words.disguised, before(2))
}

/// "pro-government": part of a word that says where somebody stands.
fn is_half_word(doc: &Doc, book: &ActorBook, head: Tok) -> bool {
    let word = doc.lower(head);
    let first = word.split_once('-').map(|(first, _)| first);
    first.is_some_and(|w| has(&book.words.prefixes, w))
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

/// "Attacked a jail and killed three guards": those who guard prisoners are the state's.
fn is_at_prison(doc: &Doc, book: &ActorBook, m: TokRange) -> bool {
    let mut words = doc.sentence(doc.sentence_of(m.start)).tokens.iter();
    words.any(|t| has(&book.words.prisons, doc.lemma(t)))
}

fn book_has_head(book: &ActorBook, doc: &Doc, t: Tok) -> bool {
    book.phrases.get(doc.lower(t)).is_some()
}

/// The match with the words before it that belong to the name: "suspected", "Shiite", "Arab".
fn with_modifiers(doc: &Doc, book: &ActorBook, m: TokRange) -> TokRange {
    let first_of_sentence = doc.sentence(doc.sentence_of(m.start)).tokens.start;
    let mut start = linked_to(doc, book, m.start).unwrap_or(m.start);
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

/// "al-Qaida-linked extremists": where the words begin that tell whose friends they are.
fn linked_to(doc: &Doc, book: &ActorBook, start: Tok) -> Option<Tok> {
    let first = doc.sentence(doc.sentence_of(start)).tokens.start.0;
    let linked = start.0.checked_sub(1).filter(|&t| t >= first).map(Tok)?;
    if !has(&book.words.linking, doc.lower(linked)) {
        return None;
    }
    let hyphen = linked.0.checked_sub(1).filter(|&t| t > first).map(Tok)?;
    let mut at = hyphen;
    let part = |t: Tok| doc.word(t) == "-" || doc.upos(t) == Upos::Propn || doc.lower(t) == "al";
    while at.0 > first && part(Tok(at.0 - 1)) {
        at = Tok(at.0 - 1);
    }
    (doc.word(hyphen) == "-" && at < hyphen).then_some(at)
}

pub(super) fn hedged(doc: &Doc, book: &ActorBook, start: Tok) -> bool {
    let first = doc.sentence(doc.sentence_of(start)).tokens.start;
    (1..=2)
        .filter_map(|n| start.0.checked_sub(n))
        .map(Tok)
        .filter(|&t| t >= first)
        .any(|t| has(&book.words.hedges, doc.lower(t)))
}

pub(super) fn last(range: TokRange) -> Tok {
    Tok(range.end.0.saturating_sub(1).max(range.start.0))
}
