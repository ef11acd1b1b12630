//! What the policies make of tolls that move and of voices that disagree.

use tarikh_link::{Policy, consolidate, ledger, tolls};
use tarikh_record::{Member, ReportRef};

use super::Mention;

/// A report's total: the day it came out, its outlet, and the number, with a `+` for "at least".
fn member(told: &str) -> Member {
    let mut words = told.split(' ');
    let mut word = || words.next().expect("a day, an outlet and a number");
    let (day, outlet, number) = (word(), word(), word());
    let mention = Mention {
        killed: number.parse().ok(),
        at_least: number.strip_suffix('+').and_then(|n| n.parse().ok()),
        ..toml::from_str(&format!(
            "name = \"a\"\npublished = \"{day}\"\nkind = \"Attack\""
        ))
        .expect("a mention")
    };
    Member {
        mention: format!("m-{day}-{outlet}"),
        report: ReportRef {
            key: format!("r-{day}-{outlet}"),
            id: String::new(),
            title: None,
            outlet: Some(outlet.to_owned()),
            published: Some(day.to_owned()),
            url: None,
            reprint_of: None,
        },
        incident: mention.incident(),
    }
}

/// Low, best and high by each policy.
fn check(told: &[&str], ucdp: &str, acled: &str, cautious: &str) {
    let members: Vec<Member> = told.iter().map(|told| member(told)).collect();
    let number = |n: Option<u32>| n.map_or_else(|| "-".to_owned(), |n| n.to_string());
    for (policy, expected) in Policy::ALL.into_iter().zip([ucdp, acled, cautious]) {
        let (killed, _) = tolls(&ledger(&members), policy);
        let found = [killed.low, killed.best, killed.high].map(number).join(" ");
        assert_eq!(found, expected, "{told:?} by {policy}");
    }
}

#[test]
fn one_report_stands_as_it_is() {
    check(&["2031-01-02 Post 9"], "9 9 9", "9 9 9", "9 9 9");
    check(&["2031-01-02 Post 9+"], "9 9 -", "9 9 -", "9 9 -");
}

#[test]
fn an_outlet_corrects_itself() {
    let told = ["2031-01-02 Post 9", "2031-01-03 Post 14"];
    check(&told, "14 14 14", "14 14 14", "9 14 14");
}

#[test]
fn a_lower_bound_is_gone_beyond() {
    let told = ["2031-01-02 Post 9+", "2031-01-03 Times 14"];
    check(&told, "14 14 14", "14 14 14", "9 14 14");
}

#[test]
fn two_voices_disagree() {
    let told = ["2031-01-02 Post 20", "2031-01-03 Times 14"];
    check(&told, "14 14 20", "14 14 20", "14 14 20");
    let told = ["2031-01-02 Post 14", "2031-01-03 Times 20"];
    check(&told, "14 20 20", "14 14 20", "14 14 20");
}

#[test]
fn the_order_of_the_members_does_not_matter() {
    let told = [
        "2031-01-02 Post 9+",
        "2031-01-03 Times 14",
        "2031-01-03 Post 12",
    ];
    let forth: Vec<Member> = told.iter().map(|told| member(told)).collect();
    let back: Vec<Member> = told.iter().rev().map(|told| member(told)).collect();
    assert_eq!(ledger(&forth), ledger(&back));
    let made = |members: &[Member]| consolidate("inc-1", members, Policy::Ucdp);
    assert_eq!(made(&forth), made(&back));
    let replaced: Vec<Option<u32>> = ledger(&forth).iter().map(|entry| entry.replaces).collect();
    assert_eq!(replaced, [None, Some(0), Some(0)]);
}
