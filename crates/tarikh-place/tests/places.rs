//! Sentences and the places that they name.

use std::io::Write;

use proptest::prelude::*;
use tarikh_place::{Gazetteer, GeoPlace, Geometry, Hints, PlaceClass, PlaceMention, Resolver};
use tarikh_syntax::{Analyzer, Doc, Sent, Workspace};
use tarikh_text::{Metadata, Report};

fn read(text: &str) -> Doc {
    let analyzer = Analyzer::new();
    let report = Report::new(Metadata::default(), text);
    let mut doc = analyzer.tokenize_all(&report);
    let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
    analyzer.analyse(&mut doc, &sentences, &mut Workspace::default());
    doc
}

fn mentions(gazetteer: &Gazetteer, text: &str) -> (Doc, Vec<PlaceMention>) {
    let doc = read(text);
    let found = Resolver::new(gazetteer).find(&doc, &Hints::default());
    (doc, found)
}

/// The place whose name in the text begins with these words.
fn place(gazetteer: &Gazetteer, text: &str, words: &str) -> GeoPlace {
    let (doc, found) = mentions(gazetteer, text);
    let mention = found
        .iter()
        .find(|m| doc.range_span(m.tokens).of(doc.text()).starts_with(words))
        .unwrap_or_else(|| panic!("{words} is not found in {text}"));
    mention.place.clone().expect("a place")
}

#[test]
fn a_distance_on_a_road_is_a_point_on_the_line() {
    let text = "Gunmen killed a man 10 km from Mourdiah on the road to Nara, in Mali, on Monday.";
    let found = place(&Gazetteer::embedded(), text, "Mourdiah");
    // Nara lies north of Mourdiah, and so does the point, by about a tenth of a degree.
    let lat = found.lat.expect("a point");
    assert_eq!(found.precision, 2);
    assert!(lat > 14.5 && lat < 14.6, "{lat}");
}

#[test]
fn far_offsets_keep_the_named_point_and_give_the_other_as_geometry() {
    let text = "A mine killed a man 40 km north of Gao in Mali on Monday.";
    let found = place(&Gazetteer::embedded(), text, "Gao");
    let Some(Geometry::Point((lat, _))) = found.geometry else {
        panic!("no geometry: {found:?}");
    };
    assert!((lat - 16.63).abs() < 0.05, "{lat}");
}

#[test]
fn a_triangle_has_three_corners() {
    let text = "Soldiers died in the triangle of Menaka, Ansongo and Gao in Mali on Monday.";
    let found = place(&Gazetteer::embedded(), text, "M");
    assert_eq!(found.precision, 5);
    assert!(matches!(&found.geometry, Some(Geometry::Area(corners)) if corners.len() == 3));
}

#[test]
fn a_border_of_two_countries_is_a_line_between_them() {
    let world = Gazetteer::embedded();
    for (text, name) in [
        ("Men died on the Mali-Niger border on Monday.", "Mali"),
        (
            "Men died on the Malian-Nigerien border on Monday.",
            "Malian",
        ),
        (
            "Men died on the border between Mali and Niger on Monday.",
            "Mali",
        ),
        (
            "Men died in Mali near the border with Niger on Monday.",
            "Niger",
        ),
    ] {
        let found = place(&world, text, name);
        let Some(Geometry::Line(points)) = &found.geometry else {
            panic!("no line: {text} {found:?}");
        };
        assert!(points.iter().all(|p| (14.0..20.0).contains(&p.0)), "{text}");
        assert_eq!((found.precision, found.lat), (5, None), "{text}");
    }
}

#[test]
fn a_short_border_has_a_middle() {
    let text = "Men died on the border between Israel and Lebanon on Monday.";
    let found = place(&Gazetteer::embedded(), text, "Israel");
    assert!(
        found.lat.is_some_and(|lat| (33.0..33.5).contains(&lat)),
        "{found:?}"
    );
    assert!(found.radius_km.is_some_and(|km| km < 60.0));
}

#[test]
fn an_unknown_village_outside_a_town_is_near_it() {
    let text = "Men died in Dunmarra, a farming settlement outside Baga in Borno State, Nigeria, on Monday.";
    let found = place(&Gazetteer::embedded(), text, "Dunmarra");
    assert_eq!((found.name.as_str(), found.precision), ("Dunmarra", 1));
    assert!(
        found.lat.is_some_and(|lat| (lat - 13.1).abs() < 0.1),
        "{found:?}"
    );
}

#[test]
fn a_namesake_far_from_what_the_words_say_is_another_place() {
    let world = Gazetteer::embedded();
    // The town of that name lies 600 km to the south.
    let text =
        "Men died in Sabongida village in Bungudu area of Zamfara state in Nigeria on Monday.";
    let found = place(&world, text, "Sabongida");
    assert_eq!(found.admin1.as_deref(), Some("Zamfara"), "{found:?}");
}

#[test]
fn districts_of_a_town_are_the_town_and_a_district_of_its_name_is_one() {
    let world = Gazetteer::embedded();
    let precision = |text: &str, name: &str| place(&world, text, name).precision;
    let parts = "Bombs went off in several districts of Baghdad, Iraq, on Monday.";
    assert_eq!(precision(parts, "Baghdad"), 1);
    let two = "Men died in the districts of Rajouri and Kupwara in India on Monday.";
    assert_eq!(precision(two, "Rajouri"), 3);
}

#[test]
fn a_unit_noun_in_the_name_makes_an_unknown_name_a_place() {
    let text =
        "A bomb struck Dunmarra Payam on Friday and killed 12 people in Jonglei, South Sudan.";
    let found = place(&Gazetteer::embedded(), text, "Dunmarra");
    assert_eq!(found.class, PlaceClass::Admin2, "{found:?}");
}

#[test]
fn a_hamlet_that_was_attacked_is_named() {
    let world = Gazetteer::embedded();
    for text in [
        "The army repelled an attack on Barsalogho in Burkina Faso.",
        "Rebels shelled Barsalogho and fled from Burkina Faso.",
    ] {
        assert_eq!(
            place(&world, text, "Barsalogho").country.as_deref(),
            Some("BF")
        );
    }
}

#[test]
fn every_answer_keeps_its_candidates_and_reasons() {
    let gazetteer = Gazetteer::embedded();
    let (_, found) = mentions(&gazetteer, "A man died in Tripoli, Lebanon, on Monday.");
    let candidates = &found[0].candidates;
    assert!(candidates.len() > 1);
    assert_eq!(candidates[0].reason, "container");
    assert_eq!(gazetteer.entry(candidates[0].id).country, "LB");
}

#[test]
fn one_unknown_name_costs_the_others_nothing() {
    let gazetteer = Gazetteer::embedded();
    let text = "Men died in the village of Dunmarra in Mali on Monday. Others died in Gao.";
    assert_eq!(place(&gazetteer, text, "Dunmarra").name, "Dunmarra");
    assert_eq!(
        place(&gazetteer, text, "Gao").country.as_deref(),
        Some("ML")
    );
}

#[test]
fn an_unknown_village_in_a_district_takes_its_point_and_precision() {
    let text = "Men died in the village of Dunmarra in Maru district, Nigeria, on Monday.";
    let found = place(&Gazetteer::embedded(), text, "Dunmarra");
    assert_eq!((found.name.as_str(), found.precision), ("Dunmarra", 3));
    assert!(found.lat.is_some());
}

#[test]
fn a_name_of_five_thousand_letters_is_no_place() {
    let gazetteer = Gazetteer::embedded();
    let name = format!("B{}", "amako".repeat(1000));
    let (_, found) = mentions(&gazetteer, &format!("Men died in {name}, Mali, on Monday."));
    assert!(found.iter().all(|m| m.tokens.len() < 5));
    assert!(gazetteer.lookup(&name).is_empty());
    assert!(gazetteer.similar(&name, 2).is_empty());
}

fn file(bytes: impl AsRef<[u8]>) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes.as_ref()).expect("written");
    file
}

const LINE: &str =
    "1\tElskara\tElskara\t\t14.5\t-4.1\tP\tPPL\tML\t\t04\t\t\t\t0\t\t\tAfrica/Bamako\t2014-01-01";

#[test]
fn broken_lines_are_named_and_the_rest_is_loaded() {
    let nan = LINE.replace("14.5", "NaN");
    let dump = file(format!("{LINE}\n{nan}\nshort\n"));
    let mut gazetteer = Gazetteer::embedded();
    let report = gazetteer.add_dump(dump.path()).expect("one good line");
    assert_eq!((report.loaded, report.n_broken), (1, 2));
    let told: Vec<String> = report.broken.iter().map(ToString::to_string).collect();
    assert!(told[0].contains(":2: latitude is no number"), "{told:?}");
    assert!(told[1].contains(":3: expected 19 columns"), "{told:?}");
    assert_eq!(gazetteer.lookup("Elskara").len(), 1);
}

#[test]
fn a_dump_replaces_what_is_kept_by_hand() {
    let mourdiah = LINE
        .replace("Elskara", "Mourdiah")
        .replace("14.5\t-4.1", "14.47\t-7.47");
    let dump = file(mourdiah);
    let mut gazetteer = Gazetteer::embedded();
    let text = "Men died in Mourdiah, Mali, on Monday.";
    assert_eq!(place(&gazetteer, text, "Mourdiah").geonameid, None);
    gazetteer.add_dump(dump.path()).expect("one good line");
    assert_eq!(gazetteer.lookup("Mourdiah").len(), 1);
    assert_eq!(place(&gazetteer, text, "Mourdiah").geonameid, Some(1));
}

#[test]
fn a_long_report_of_many_names_takes_its_length() {
    let names = ["Gao", "Mopti", "Kidal", "Menaka", "Ansongo", "Dunmarra"];
    let text: String = (0..5_000)
        .map(|i| format!("Men died in {} in Mali on Monday. ", names[i % names.len()]))
        .collect();
    // A square of its tokens would take many times as long.
    let (_, found) = mentions(&Gazetteer::embedded(), &text);
    assert!(found.len() >= 10_000, "{}", found.len());
}

#[test]
fn a_compiled_file_opens_like_its_dump_and_is_refused_when_cut_short() {
    let dump = file(LINE);
    let mut gazetteer = Gazetteer::embedded();
    let (bytes, _) = gazetteer.compile(&[dump.path()]).expect("compiled");
    let packed = file(&bytes);
    assert_eq!(gazetteer.add_dump(packed.path()).expect("opened").loaded, 1);
    let entry = gazetteer.entry(gazetteer.lookup("Elskara")[0]);
    assert_eq!((entry.country, entry.lat), ("ML", 14.5));
    let cut = file(&bytes[..bytes.len() / 2]);
    assert!(gazetteer.add_dump(cut.path()).is_err());
}

#[test]
fn corrections_win_over_every_gazetteer() {
    let corrections = file(
        "[[place]]\nname = \"Gao\"\ncountry = \"NE\"\npoint = [13.0, 2.0]\n\n\
         [[place]]\nname = \"Kidal\"\nnever = true\n",
    );
    let mut gazetteer = Gazetteer::embedded();
    assert_eq!(
        gazetteer.add_corrections(corrections.path()).expect("read"),
        2
    );
    let text = "Men died in Gao on Monday, and others in Kidal on Tuesday.";
    assert_eq!(
        place(&gazetteer, text, "Gao").country.as_deref(),
        Some("NE")
    );
    let (_, found) = mentions(&gazetteer, text);
    assert_eq!(found.iter().filter(|m| m.entry.is_some()).count(), 1);
}

#[test]
fn a_wrong_correction_is_named_by_its_line() {
    for (text, told) in [
        (
            "[[place]]\nname = \"Gao\"\npoint = [99.0, 2.0]\n",
            ":1: Gao: no such point",
        ),
        (
            "[[place]]\nname = \"Gao\"\npoint = [nan, 2.0]\n",
            ":1: Gao: no such point",
        ),
        ("\n\n[[place]]\nname = \"Gao\"\n", ":3: Gao: expected point"),
        (
            "[[place]]\nname = \"Gao\"\ncolour = 1\n",
            "unknown field `colour`",
        ),
        (
            "[[place]]\nname = \"Gao\"\ncountry = \"XQ\"\npoint = [1.0, 2.0]\n",
            ":1: Gao: no country",
        ),
    ] {
        let read = Gazetteer::embedded().add_corrections(file(text).path());
        let error = read.expect_err(text).to_string();
        assert!(error.contains(told), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever the text: mentions do not overlap, links lead to mentions, points are on the globe.
    #[test]
    fn any_text_has_sound_places(text in "(in |near |Gao|Paris|the capital|\\PC{0,6}|, |[A-Z][a-z]{2,8} | border|between |and |10 km north of |'s | District |\n){0,40}") {
        let (doc, found) = mentions(&Gazetteer::embedded(), &text);
        for pair in found.windows(2) {
            prop_assert!(pair[0].tokens.end <= pair[1].tokens.start);
        }
        for m in &found {
            let _ = doc.range_span(m.phrase).of(doc.text());
            prop_assert!(m.contained_in.iter().all(|&o| o < found.len()));
            if let Some(p) = &m.place {
                prop_assert!(p.lat.is_none_or(|x| x.abs() <= 90.0));
                prop_assert!(p.lon.is_none_or(|x| x.abs() <= 180.0));
                prop_assert!((1..=7).contains(&p.precision));
                prop_assert_eq!(p.lat.is_some(), p.lon.is_some());
            }
        }
    }
}

#[test]
fn a_small_town_of_another_continent_is_not_meant_unless_the_words_say_so() {
    let gazetteer = Gazetteer::embedded();
    let here = "Nine herders were killed in Bani in northern Burkina Faso on Saturday, police in Burkina said.";
    assert_eq!(
        place(&gazetteer, here, "Bani").country.as_deref(),
        Some("BF")
    );
    let there = "Police in Burkina Faso said a man died in Bani, Dominican Republic, on Saturday.";
    assert_eq!(
        place(&gazetteer, there, "Bani").country.as_deref(),
        Some("DO")
    );
}

#[test]
fn a_near_spelling_far_from_the_district_is_another_place() {
    let gazetteer = Gazetteer::embedded();
    let far = "Gunmen killed six men in Dumba, a settlement outside Baga in Borno State, Nigeria.";
    assert_eq!(place(&gazetteer, far, "Dumba").name, "Dumba");
    let near = "Fighters killed four soldiers in Buulo-Marer, Somalia, on Friday.";
    assert_eq!(place(&gazetteer, near, "Buulo").name, "Bulo Marer");
}

#[test]
fn the_town_is_the_one_named_before() {
    let text = "A bomb hurt nine people in Gwoza, Nigeria, on Sunday. Gunmen shot a teacher in the town on Monday.";
    let found = place(&Gazetteer::embedded(), text, "town");
    assert_eq!(found.name, "Gwoza");
    assert_eq!(found.precision, 1);
}

#[test]
fn the_town_hall_and_the_town_of_another_name_are_not_the_town_before() {
    let text = "A bomb hurt nine people in Gwoza, Nigeria. The town hall burned, and so did the town of Bama.";
    let (doc, found) = mentions(&Gazetteer::embedded(), text);
    let names: Vec<&str> = found
        .iter()
        .map(|m| doc.range_span(m.tokens).of(doc.text()))
        .collect();
    assert_eq!(names, ["Gwoza", "Nigeria", "Bama"]);
}

#[test]
fn the_noun_of_a_camp_ends_its_name() {
    let text =
        "Soldiers killed nine people in the Jenin refugee camp in the West Bank on Thursday.";
    let found = place(&Gazetteer::embedded(), text, "Jenin");
    assert_eq!(found.name, "Jenin camp");
}
