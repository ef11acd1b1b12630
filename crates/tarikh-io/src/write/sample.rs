//! Codings made by hand, and what the writers make of them.

use tarikh_codebook::Codebook;
use tarikh_record::{
    ClaimKind, Coding, ContextKind, ContextStatement, EventType, Evidence, Incident, Killed, Place,
    Provenance, Range, Source, SourceKind, Status, SubEventType, UcdpType, Warning, Zone,
};
use tarikh_text::Metadata;

use super::explain::{Style, explain};
use super::{CodebookWriter, Coded, Format, Shape, Writer};
use crate::read::{Origin, RawReport, parse_date};

const TITLE: &str = "Nine killed in Corva";
const BODY: &str = "DUNMAR (EPA) - Gunmen attacked the village of Corva on Monday and killed at least nine farmers, the governor said.\n\
    Last October a bomb wounded three soldiers near Elsk.\n\
    Thousands have died in the war since 2012.";

fn evidence(quote: &str) -> Evidence {
    let (zone, text) = if TITLE == quote {
        (Zone::Title, TITLE)
    } else {
        (Zone::Text, BODY)
    };
    let at = text.find(quote).expect("the sample holds its quotes");
    let start = text[..at].chars().count() as u32;
    Evidence {
        quote: quote.to_owned(),
        start,
        end: start + quote.chars().count() as u32,
        zone,
    }
}

fn read_by(field: &str, quote: &str, rule: &str) -> Provenance {
    let Evidence {
        quote,
        start,
        end,
        zone,
    } = evidence(quote);
    Provenance {
        field: field.to_owned(),
        quote,
        start,
        end,
        zone,
        rule: rule.to_owned(),
    }
}

fn incident(id: &str, sub_event_type: SubEventType, quote: &str) -> Incident {
    Incident {
        id: id.to_owned(),
        event_type: sub_event_type.event_type(),
        sub_event_type,
        flag: None,
        ucdp_type: None,
        plover_type: None,
        plover_mode: None,
        date_start: None,
        date_end: None,
        date_precision: None,
        date_text: None,
        timex: None,
        time_of_day: None,
        time_zone: None,
        place: Place::default(),
        side_a: Vec::new(),
        side_b: Vec::new(),
        actors: Vec::new(),
        civilians: None,
        killed: Killed::default(),
        injured: Range::default(),
        abducted: None,
        arrested: None,
        released: None,
        weapons: Vec::new(),
        sources: Vec::new(),
        claims: Vec::new(),
        status: Status::Confirmed,
        is_background: false,
        shared_toll: false,
        confidence: 0.9,
        confidence_by_field: tarikh_record::FieldConfidence::default(),
        evidence: evidence(quote),
        evidence_also: Vec::new(),
        provenance: Vec::new(),
    }
}

fn source(name: &str, kind: SourceKind) -> Source {
    Source {
        name: name.to_owned(),
        also: Vec::new(),
        kind,
        claim: ClaimKind::Confirm,
        anonymous: false,
        via: None,
    }
}

pub(super) fn attack() -> Incident {
    let mut attack = incident(
        "i-1",
        SubEventType::Attack,
        "Gunmen attacked the village of Corva on Monday and killed at least nine farmers",
    );
    attack.ucdp_type = Some(UcdpType::OneSided);
    attack.date_start = Some("2023-05-01".into());
    attack.date_end = Some("2023-05-01".into());
    attack.date_precision = Some(1);
    attack.place = Place {
        text: Some("the village of Corva".into()),
        name: Some("Corva".into()),
        admin1: Some("Bessan".into()),
        country: Some("ML".into()),
        lat: Some(14.5),
        lon: Some(-4.1),
        precision: Some(1),
        ..Place::default()
    };
    attack.side_a = vec!["Unidentified armed group".into()];
    attack.side_b = vec!["Civilians".into()];
    attack.killed = Killed {
        best: Some(9),
        low: Some(9),
        civilians: Some(9),
        ..Killed::default()
    };
    attack.sources = vec![
        source("the governor", SourceKind::LocalOfficial),
        source("Awa Keita", SourceKind::Witness),
    ];
    attack.evidence_also = vec![evidence(TITLE)];
    attack.provenance = vec![
        read_by("date_start", "on Monday", "time:weekday"),
        read_by("place.name", "Corva", "gazetteer"),
        read_by("side_a[0]", "Gunmen", "actor:generic"),
        read_by("killed.best", "at least nine", "number:at-least"),
        read_by("sources[0].name", "the governor", "speech:say"),
    ];
    attack
}

fn bomb() -> Incident {
    let mut bomb = incident(
        "i-2",
        SubEventType::RemoteExplosive,
        "Last October a bomb wounded three soldiers near Elsk",
    );
    bomb.date_start = Some("2022-10-01".into());
    bomb.date_end = Some("2022-10-31".into());
    bomb.date_precision = Some(4);
    bomb.place.text = Some("near Elsk".into());
    bomb.side_b = vec!["=cmd|'/c calc'!A1".into()];
    bomb.injured = Range {
        low: Some(3),
        high: Some(5),
    };
    bomb.status = Status::Alleged;
    bomb.is_background = true;
    bomb
}

fn coding(incidents: Vec<Incident>) -> Coding {
    Coding {
        report_id: "epa-1".into(),
        coder_version: "tarikh test".into(),
        language: Some("en".into()),
        published: Some("2023-05-02".into()),
        dateline: Some("DUNMAR (EPA)".into()),
        incidents,
        context: vec![ContextStatement {
            kind: ContextKind::RunningTotal,
            evidence: evidence("Thousands have died in the war since 2012."),
            rule: "total:since".into(),
        }],
        warnings: Vec::new(),
    }
}

fn metadata() -> Metadata {
    Metadata {
        id: "epa-1".into(),
        title: Some(TITLE.into()),
        outlet: Some("Elsk Post".into()),
        published: parse_date("2023-05-02").ok(),
        url: Some("https://example.org/1".into()),
        language: None,
    }
}

fn coded(line: u64, incidents: Vec<Incident>) -> Coded {
    Coded {
        coding: coding(incidents),
        metadata: metadata(),
        origin: Origin::file("reports.jsonl").at_line(line),
    }
}

fn french() -> Coded {
    let mut french = coded(2, Vec::new());
    french.coding.context.clear();
    french.coding.warnings.push(Warning {
        code: "W002".into(),
        message: "the report is in French (fr); only English (en) is read, so nothing was coded; \u{1b}[31m control characters are shown harmlessly".into(),
        evidence: None,
    });
    french
}

fn several() -> Vec<Coded> {
    let mut unresolved = incident("i-3", SubEventType::Shelling, "Gunmen attacked");
    unresolved.date_text = Some("Saturday".into());
    unresolved.side_a = vec![
        "Armed Forces of the Republic of Dunmar".into(),
        "Bessan Self-Defence Committee".into(),
    ];
    unresolved.place.name = Some("Sévaré-sous-les-Grands-Manguiers".into());
    unresolved.killed.high = Some(5);
    unresolved.shared_toll = true;
    vec![
        coded(1, vec![attack(), bomb()]),
        french(),
        coded(3, vec![unresolved]),
    ]
}

fn written(format: Format, batches: Vec<Vec<Coded>>, refused: bool) -> String {
    let mut writer = Writer::new(Vec::new(), format, 100);
    if refused {
        writer.note_refused();
    }
    for batch in batches {
        writer.write(batch).expect("memory can be written to");
    }
    let bytes = writer.finish().expect("memory can be written to");
    String::from_utf8(bytes).expect("all formats are UTF-8")
}

#[test]
fn table_of_several_reports() {
    let table = written(Format::Table, vec![several()], false);
    assert!(
        table.lines().all(|line| super::columns::width(line) <= 100),
        "{table}"
    );
    insta::assert_snapshot!(table);
}

#[test]
fn table_of_one_report_has_no_heading() {
    insta::assert_snapshot!(written(
        Format::Table,
        vec![vec![coded(1, vec![attack(), bomb()])]],
        false
    ));
}

#[test]
fn csv_leaves_background_and_formulas_out() {
    let mut second = attack();
    second.side_b = bomb().side_b;
    let csv = written(
        Format::Csv,
        vec![
            vec![coded(1, vec![attack(), bomb()])],
            vec![coded(2, vec![second])],
        ],
        false,
    );
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let header = rows.headers().expect("there is a header").clone();
    let rows: Vec<_> = rows
        .records()
        .map(|row| row.expect("rows are as long as the header"))
        .collect();
    assert_eq!(rows.len(), 2);
    let cell = |row: usize, name: &str| {
        let column = header
            .iter()
            .position(|h| h == name)
            .expect("a column of GED");
        rows[row].get(column).unwrap_or_default().to_owned()
    };
    assert_eq!(
        (cell(0, "best"), cell(0, "high"), cell(0, "deaths_a")),
        ("9".into(), String::new(), String::new())
    );
    assert_eq!(cell(0, "source_original"), "the governor; witness");
    assert_eq!(cell(1, "side_b"), "'=cmd|'/c calc'!A1");
    insta::assert_snapshot!(csv);
}

#[test]
fn other_tables_leave_background_and_formulas_out() {
    let mut second = attack();
    second.side_b = bomb().side_b;
    let batches = || {
        vec![
            vec![coded(1, vec![attack(), bomb()])],
            vec![coded(2, vec![second.clone()])],
        ]
    };
    let acled = written(Format::Acled, batches(), false);
    assert_eq!(acled.lines().count(), 3);
    assert!(acled.contains("'=cmd|'/c calc'!A1"), "{acled}");
    insta::assert_snapshot!(acled);
    let hxl = written(Format::Hxl, batches(), false);
    assert_eq!(
        hxl.lines()
            .nth(1)
            .map(|tags| tags.starts_with("#event+code,")),
        Some(true)
    );
    insta::assert_snapshot!(hxl);
}

#[test]
fn plover_has_what_the_format_requires_or_nothing() {
    let mut undated = attack();
    undated.date_start = None;
    let plover = written(
        Format::Plover,
        vec![vec![coded(1, vec![attack(), undated])]],
        false,
    );
    insta::assert_snapshot!(plover);
}

#[test]
fn geojson_keeps_incidents_without_a_place() {
    let geojson = written(Format::Geojson, vec![several()], false);
    let value: serde_json::Value = serde_json::from_str(&geojson).expect("GeoJSON is JSON");
    assert_eq!(
        value["features"][0]["geometry"]["coordinates"],
        serde_json::json!([-4.1, 14.5])
    );
    assert_eq!(value["features"][1]["geometry"], serde_json::Value::Null);
    insta::assert_snapshot!(geojson);
}

#[test]
fn json_is_an_object_for_one_and_a_list_otherwise() {
    let parse = |text: String| serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
    let one = || vec![coded(1, vec![attack()])];
    assert!(parse(written(Format::Json, vec![one()], false)).is_object());
    assert_eq!(
        parse(written(Format::Json, vec![one(), one()], false))
            .as_array()
            .map(Vec::len),
        Some(2)
    );
    assert_eq!(
        parse(written(Format::Json, vec![one()], true))
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert_eq!(
        parse(written(Format::Json, vec![], true))
            .as_array()
            .map(Vec::len),
        Some(0)
    );
    let empty = parse(written(Format::Geojson, vec![], true));
    assert_eq!(empty["features"].as_array().map(Vec::len), Some(0));
    let lines = written(Format::Jsonl, vec![several()], false);
    let codings: Vec<Coding> = lines
        .lines()
        .map(|l| serde_json::from_str(l).expect("a coding"))
        .collect();
    assert_eq!(
        codings,
        several().into_iter().map(|c| c.coding).collect::<Vec<_>>()
    );
}

#[test]
fn an_empty_csv_still_has_its_header() {
    assert!(written(Format::Csv, vec![], true).starts_with("id,relid,year"));
}

fn explained(colour: bool) -> String {
    let report = RawReport {
        metadata: metadata(),
        body: BODY.into(),
        origin: Origin::file("report.txt"),
        warnings: Vec::new(),
    };
    let mut coding = coding(vec![attack(), bomb()]);
    coding.warnings = french().coding.warnings;
    explain(&report, &coding, Style { colour, width: 100 })
}

#[test]
fn explanation_in_plain_text() {
    let plain = explained(false);
    assert!(!plain.contains('\u{1b}'));
    insta::assert_snapshot!(plain);
}

#[test]
fn explanation_in_colour_has_the_same_words() {
    let coloured = explained(true);
    assert!(
        coloured.contains("\u{1b}[4;34mon Monday\u{1b}[0m"),
        "{coloured}"
    );
    assert!(!coloured.contains("\u{1b}[31m control"));
}

#[test]
fn event_types_are_spelled_as_acled_does() {
    assert_eq!(
        super::cells::name_of(&EventType::ExplosionsRemoteViolence),
        "Explosions/Remote violence"
    );
}

fn events(book: &'static Codebook, shape: Shape) -> (String, Vec<(&'static str, usize)>) {
    let mut writer = CodebookWriter::new(Vec::new(), book, book.policy(), shape, 100);
    let batch = [coded(1, vec![attack(), bomb()])];
    writer.write(&batch).expect("memory can be written to");
    let refused = writer.refused().collect();
    let bytes = writer.finish().expect("memory can be written to");
    (String::from_utf8(bytes).expect("UTF-8"), refused)
}

#[test]
fn a_codebook_tells_what_it_refuses() {
    let (table, refused) = events(Codebook::ucdp_ged(), Shape::Table);
    assert_eq!(refused.iter().map(|(_, n)| n).sum::<usize>(), 2);
    insta::assert_snapshot!(table);
    let (csv, _) = events(Codebook::ucdp_ged(), Shape::Csv);
    assert_eq!(csv.lines().count(), 1, "the header alone");
    let (lines, refused) = events(Codebook::acled(), Shape::Jsonl);
    assert_eq!(refused.len(), 1);
    insta::assert_snapshot!(lines);
}
