//! Names of houses that read like names of places: "the Corva Star restaurant", "the al-Salam mosque".

use tarikh_place::PlaceMention;
use tarikh_syntax::Doc;

use crate::knowledge::lexicon::Lexicon;

/// Whether a name is that of a house: the noun for one stands right behind it, and either no gazetteer has the name, or
/// what it has lies in a country of which the report names nothing else, while it names places of another.
pub(crate) fn names_one(
    doc: &Doc,
    lexicon: &Lexicon,
    places: &[PlaceMention],
    place: &PlaceMention,
) -> bool {
    let next = place.tokens.end;
    let house = next.idx() < doc.len() && lexicon.is(doc, next, "named-house");
    house && (place.entry.is_none() || is_stray(places, place))
}

fn is_stray(places: &[PlaceMention], place: &PlaceMention) -> bool {
    let country = |p: &PlaceMention| p.place.as_ref().and_then(|g| g.country.clone());
    let name = |p: &PlaceMention| p.place.as_ref().map(|g| g.name.clone());
    let own = country(place);
    let mut others = places
        .iter()
        .filter(|p| p.entry.is_some() && name(p) != name(place))
        .filter_map(country)
        .peekable();
    own.is_some() && others.peek().is_some() && others.all(|c| Some(c) != own)
}
