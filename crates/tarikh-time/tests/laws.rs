//! Laws that hold for any text and any day.

use std::sync::LazyLock;

use jiff::civil::Date;
use proptest::prelude::*;
use tarikh_syntax::Analyzer;
use tarikh_text::{Metadata, Report};
use tarikh_time::{Context, Recognizer, Timex, TimexKind, days_of, resolve_from};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);
static RECOGNIZER: LazyLock<Recognizer> = LazyLock::new(Recognizer::new);

fn find(text: &str, published: Option<Date>) -> (String, Vec<Timex>) {
    let report = Report::new(Metadata::default(), text);
    let doc = ANALYZER.tokenize(&report);
    let context = Context {
        published,
        ..Context::default()
    };
    (doc.text().to_owned(), RECOGNIZER.find(&doc, &context))
}

/// Spans lie in the text, in order and apart; intervals run forwards; resolving never fails hard.
fn check(text: &str, published: Option<Date>) {
    let (text, found) = find(text, published);
    let mut end = 0;
    for timex in &found {
        assert!(timex.span.start() >= end, "expressions overlap in {text:?}");
        end = timex.span.end();
        assert!(!timex.span.of(&text).trim().is_empty());
        assert!(!timex.value.is_empty());
        assert!(!timex.rule.is_empty());
        let days = [Date::MIN, Date::MAX, Date::ZERO].map(|day| resolve_from(timex, day));
        for interval in days.into_iter().chain([timex.interval]).flatten() {
            assert!(interval.start <= interval.end, "{interval:?} of {text:?}");
            assert!((1..=5).contains(&interval.precision));
        }
        // A date's value and its interval speak of the same days, but for a day at either end
        // (nights, months of the moon), parts, ranges and stretches up to now.
        if let (Some((first, last)), Some(interval)) = (days_of(&timex.value), timex.interval)
            && timex.kind == TimexKind::Date
        {
            let one = jiff::Span::new().days(1);
            let meet = interval.start <= last.saturating_add(one)
                && first <= interval.end.saturating_add(one);
            let spread = interval.end > last.saturating_add(one);
            assert!(
                meet || spread,
                "{} and {interval:?} of {text:?}",
                timex.value
            );
        }
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (1i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).expect("it exists"))
}

/// Words of which time expressions are made, and what breaks them.
fn any_words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "Monday",
            "last",
            "next",
            "week",
            "May",
            "March",
            "3",
            "31",
            "February",
            "2014",
            "99999",
            "the",
            "of",
            "ago",
            "days",
            "years",
            "two",
            "hundred",
            "thousand",
            "century",
            "quarter",
            "first",
            "29",
            "to",
            "-",
            ",",
            "from",
            "between",
            "and",
            "10",
            "am",
            ":",
            ".",
            "early",
            "morning",
            "overnight",
            "later",
            "earlier",
            "decade",
            "millennium",
            "past",
            "'s",
            "half",
            "0",
            "1/2",
            "12:60",
            "9/11",
            "2014-02-31",
            "13/13/13",
            "99999999999999",
            "Easter",
            "night",
            "previous",
            "following",
            "season",
            "winter",
            "Ramadan",
            "Eid",
            "Muharram",
            "AH",
            "Old Style",
            "after",
            "before",
            "every",
            "twice a",
            "overnight",
            "last",
            "half",
            "or",
            "14h30",
            "T",
            "the 1990s",
            "24:00",
            "\n",
        ])
        .prop_map(str::to_owned),
        "[0-9]{1,12}",
        "\\PC{0,6}",
    ];
    prop::collection::vec(word, 0..24).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn any_text_is_read_without_harm(text in any_words(), day in prop::option::of(any_day())) {
        check(&text, day);
    }

    #[test]
    fn written_dates_are_read_back(day in any_day().prop_filter("four digits", |d| (1000..3000).contains(&d.year()))) {
        let months = ["January", "February", "March", "April", "May", "June", "July", "August",
            "September", "October", "November", "December"];
        let month = months[usize::from(day.month().unsigned_abs()) - 1];
        for words in [
            day.to_string(),
            format!("{} {month} {}", day.day(), day.year()),
            format!("{month} {}, {}", day.day(), day.year()),
        ] {
            let read = RECOGNIZER.parse_date(&words, &Context::default());
            prop_assert_eq!(read.map(|i| (i.start, i.end, i.precision)), Some((day, day, 1)), "{}", words);
        }
    }

    #[test]
    fn lengths_and_times_are_read_back(n in 2i32..1000, minutes in 0i32..1440) {
        for (unit, value) in [("days", format!("P{n}D")), ("hours", format!("PT{n}H")), ("weeks", format!("P{n}W"))] {
            let (_, found) = find(&format!("They fought for {n} {unit}."), None);
            prop_assert_eq!(&found[0].value, &value);
        }
        let clock = format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let day = Date::new(2020, 11, 18).ok();
        let (_, found) = find(&format!("It fell at {clock} on 3 May 2020."), day);
        prop_assert_eq!(&found[0].value, &format!("2020-05-03T{clock}"));
    }

    #[test]
    fn days_of_any_text_are_none_or_run_forwards(value in "[0-9XTWQHSPU/-]{0,12}") {
        if let Some((first, last)) = days_of(&value) {
            prop_assert!(first <= last, "{}", value);
        }
    }

    #[test]
    fn a_past_weekday_is_within_the_week_before(day in any_day().prop_filter("a week before", |d| d.year() > 1)) {
        let (_, found) = find("Nine were killed on Thursday.", Some(day));
        let interval = found[0].interval.expect("the day of publication is known");
        prop_assert!(interval.start <= day);
        prop_assert!(interval.start.until(day).expect("both in range").get_days() < 7);
        prop_assert_eq!(interval.start.weekday(), jiff::civil::Weekday::Thursday);
    }
}

#[test]
fn hostile_texts_are_read_in_bounded_time() {
    let day = Date::new(2020, 11, 18).ok();
    check(&"1234567890 ".repeat(1_000_000), day);
    check(&"1".repeat(100_000), day);
    check(&"twenty ".repeat(100_000), day);
    check(&"1,".repeat(100_000), day);
    check(&"Monday to ".repeat(50_000), day);
    check(&"early ".repeat(50_000), day);
    check(&"9".repeat(10_000_000), day);
    check(&"two days after ".repeat(50_000), day);
    check(&"a year and a month and ".repeat(50_000), day);
    check(&"1 Ramadan 9999 AH, Eid 1, ".repeat(20_000), day);
    check(
        "31 February, year 99999, the 99999th century, in 99999 years, 99999 years ago",
        day,
    );
    check(
        "two hundred thousand thousand thousand thousand years ago",
        day,
    );
}

#[test]
fn the_same_text_gives_the_same_answer() {
    let text = "From Monday to Wednesday, at dawn on 3 May and in the past week, nine died.";
    let (_, a) = find(text, Date::new(2020, 11, 18).ok());
    let (_, b) = find(text, Date::new(2020, 11, 18).ok());
    assert_eq!(format!("{a:?}"), format!("{b:?}"));
}
