//! What holds for any text, and a few reports that the embedded models read.

use std::sync::LazyLock;

use proptest::prelude::*;
use tarikh_roles::candidates::{candidates, key, normal};
use tarikh_roles::spans::{SCHEMES, Spans};
use tarikh_roles::topics::{TOPICS, Topics};
use tarikh_roles::{Reading, Role, Roles};
use tarikh_syntax::{Analyzer, Doc, Sent, Workspace};
use tarikh_text::{Metadata, Report};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);
static ROLES: LazyLock<Roles> = LazyLock::new(Roles::embedded);
static SPANS: LazyLock<Spans> = LazyLock::new(Spans::embedded);
static TOPICS_MODEL: LazyLock<Topics> = LazyLock::new(Topics::embedded);

fn analyse(text: &str) -> Doc {
    let mut doc = ANALYZER.tokenize(&Report::new(Metadata::default(), text));
    let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
    ANALYZER.analyse(&mut doc, &sentences, &mut Workspace::default());
    doc
}

/// The words of the parties in a role, lower-cased and without articles.
fn words(doc: &Doc, reading: &Reading, role: Role) -> Vec<String> {
    let parties = reading.parties.iter().filter(|p| p.role == role);
    parties.map(|p| key(doc, p.mentions[0])).collect()
}

const KIDNAPPING: &str = "   CORVA, 3 MAR 90 -- [TEXT] GUERRILLAS OF THE ARBEL LIBERATION \
    FRONT [ALF] YESTERDAY KIDNAPPED BUSINESSMAN PEDRO GALVIS DURAN IN BESSAN, POLICE REPORTED.\n\n   \
    THE GUERRILLAS INTERCEPTED THE BUSINESSMAN'S CAR NEAR HIS HOME.  THE KIDNAPPERS HAVE DEMANDED \
    A RANSOM FOR HIS RELEASE.\n";

const FARMING: &str = "   CORVA, 3 MAR 90 -- [TEXT] THE MINISTER OF AGRICULTURE SAID TODAY THAT THE \
    COFFEE HARVEST WILL BE BETTER THAN LAST YEAR'S.  EXPORTS TO ELSK ARE EXPECTED TO RISE.\n";

#[test]
fn finds_who_was_kidnapped_and_by_whom() {
    let doc = analyse(KIDNAPPING);
    let reading = ROLES.read(&doc);
    assert_eq!(
        words(&doc, &reading, Role::VictimName),
        ["pedro galvis duran"]
    );
    assert_eq!(
        words(&doc, &reading, Role::PerpetratorIndividual),
        ["guerrillas"]
    );
    assert!(reading.relevance > ROLES.read(&analyse(FARMING)).relevance);
}

#[test]
fn finds_no_party_to_a_harvest() {
    assert!(ROLES.read(&analyse(FARMING)).parties.is_empty());
}

#[test]
fn finds_the_source_and_the_target_of_an_act() {
    let doc = analyse("Dunmar accused Elsk of spying on Tuesday.");
    let found = SPANS.find(0, &doc, &[]);
    let source = found.iter().find(|s| SCHEMES[0].kinds[s.kind] == "S");
    assert_eq!(source.map(|s| key(&doc, s.tokens)), Some("dunmar".into()));
}

#[test]
fn tells_a_bombing_from_an_abduction() {
    let satp = TOPICS.iter().position(|t| t.name == "satp").expect("a set");
    let likeliest = |text: &str| {
        let scores = TOPICS_MODEL.score(satp, text);
        let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        best.map(|i| TOPICS[satp].labels[i])
    };
    assert_eq!(
        likeliest("A bomb planted by militants exploded in Bessan and injured four persons."),
        Some("bombing_explosion")
    );
    assert_eq!(
        likeliest("Unidentified persons abducted two traders from Corva for ransom."),
        Some("kidnapping")
    );
}

#[test]
fn a_key_has_no_articles_and_no_marks() {
    assert_eq!(
        normal("THE \"SANTA ROSA\"\n FARM'S  A GATE"),
        "santa rosa farms gate"
    );
    assert_eq!(normal(" -- the"), "");
}

fn check(text: &str) {
    let doc = analyse(text);
    for candidate in candidates(&doc) {
        for mention in &candidate.mentions {
            assert!(mention.tokens.contains(mention.head));
            assert_eq!(key(&doc, mention.tokens), candidate.key);
        }
    }
    for party in ROLES.read(&doc).parties {
        assert!(party.score >= 0.0 && !party.mentions.is_empty());
    }
    for scheme in 0..SCHEMES.len() {
        let found = SPANS.find(scheme, &doc, &[]);
        assert!(
            found
                .windows(2)
                .all(|w| w[0].tokens.end <= w[1].tokens.start)
        );
    }
    for (topic, set) in TOPICS.iter().enumerate() {
        let scores = TOPICS_MODEL.score(topic, text);
        assert_eq!(scores.len(), set.labels.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,300}") {
        check(&text);
    }

    #[test]
    fn any_row_of_words_is_read(
        words in proptest::collection::vec("[A-Z]{1,9}|[a-z]{1,9}|[0-9]{1,4}|[.,\"\\[\\]()-]", 0..120)
    ) {
        check(&words.join(" "));
    }
}
