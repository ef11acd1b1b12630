//! Reports, codings, links and lists.

use tarikh_store::{Added, ChangeKind, Filter, Order, Page};

use crate::support::{Attack, CORVA, Desk, coding, now, report};

/// Three reports on one attack, and one on another elsewhere.
fn four() -> Vec<tarikh_store::NewReport> {
    vec![
        report("a", "2023-05-01", &[CORVA]),
        report(
            "b",
            "2023-05-02",
            &[Attack {
                killed: 14,
                ..CORVA
            }],
        ),
        report("c", "2023-05-02", &[Attack { killed: 9, ..CORVA }]),
        report(
            "d",
            "2023-05-02",
            &[Attack {
                village: "Dunmar",
                lat: 17.0,
                ..CORVA
            }],
        ),
    ]
}

#[test]
fn what_is_known_is_skipped() {
    let mut desk = Desk::new();
    let reports = four();
    let first = desk.store.add(&reports, now()).expect("added");
    assert!(matches!(first[0], Added::New { .. }));
    let second = desk.store.add(&reports, now()).expect("added");
    assert!(
        second
            .iter()
            .all(|added| matches!(added, Added::Known { .. }))
    );
    assert_eq!(desk.store.n_reports().expect("counted"), 4);
    let sha = tarikh_store::report_hash(&reports[0].metadata, &reports[0].body);
    assert!(desk.store.has(&sha).expect("read"));
}

#[test]
fn reports_of_one_attack_are_one_incident() {
    let mut desk = Desk::new();
    desk.add(&four());
    assert_eq!(desk.groups(), [vec!["a", "b", "c"], vec!["d"]]);
    desk.assert_rebuilds();
}

#[test]
fn neither_order_nor_batches_change_the_groups() {
    let mut together = Desk::new();
    together.add(&four());
    for order in [[3, 2, 1, 0], [1, 3, 0, 2]] {
        let mut apart = Desk::new();
        for i in order {
            apart.add(&four()[i..=i]);
        }
        assert_eq!(apart.groups(), together.groups());
        apart.assert_rebuilds();
    }
}

#[test]
fn batches_do_not_change_the_bytes() {
    let mut together = Desk::new();
    together.add(&four());
    let mut apart = Desk::new();
    for one in four() {
        apart.add(&[one]);
    }
    let hash = |desk: &Desk| desk.store.derived_hash().expect("hashed");
    assert_eq!(hash(&together), hash(&apart));
}

#[test]
fn a_bridge_merges_and_the_older_id_stays() {
    let mut desk = Desk::new();
    let west = Attack {
        village: "Corva West",
        lat: 14.41,
        ..CORVA
    };
    let east = Attack {
        village: "Corva East",
        lat: 14.59,
        day: "2023-05-01",
        killed: 9,
    };
    desk.add(&[report("a", "2023-05-01", &[west])]);
    let first = desk.ids();
    desk.add(&[report("b", "2023-05-01", &[Attack { killed: 2, ..east }])]);
    let before = desk.store.last_change().expect("read");
    assert_eq!(desk.groups().len(), 2);
    let second: Vec<String> = desk
        .ids()
        .into_iter()
        .filter(|id| !first.contains(id))
        .collect();
    desk.decide(
        &second[0],
        tarikh_store::Action::Merge {
            other: first[0].clone(),
            mentions: vec![],
        },
    );
    assert_eq!(
        desk.ids(),
        first,
        "the incident that was there first keeps its id"
    );
    let changes = desk.store.changes(before, 100).expect("read");
    assert!(changes.iter().any(|change| {
        change.kind == ChangeKind::Merged
            && change.incident == second[0]
            && change.other.as_ref() == Some(&first[0])
    }));
    assert_eq!(desk.store.resolve(&second[0]).expect("found"), first[0]);
    let beginning = &second[0][..12];
    assert_eq!(desk.store.resolve(beginning).expect("found"), first[0]);
    assert_eq!(desk.store.incident(&first[0]).expect("found").also, second);
    desk.assert_rebuilds();
}

#[test]
fn recoding_keeps_the_mention_and_changes_its_values() {
    let mut desk = Desk::new();
    desk.add(&four()[..1]);
    let ids = desk.ids();
    let key = desk.store.report("a").expect("found").report.key;
    let newer = coding(
        "a",
        "tarikh test 2",
        &[Attack {
            killed: 11,
            ..CORVA
        }],
    );
    assert_eq!(
        desk.store
            .recode(&[(key.clone(), newer.clone())], now())
            .expect("recoded"),
        1
    );
    assert_eq!(
        desk.store
            .recode(&[(key.clone(), newer)], now())
            .expect("recoded"),
        0
    );
    assert_eq!(desk.ids(), ids);
    let linked = desk.store.incident(&ids[0]).expect("found");
    assert_eq!(linked.incident.killed.best, Some(11));
    assert_eq!(desk.store.codings(&key).expect("read").len(), 2);
    desk.assert_rebuilds();

    let none = coding("a", "tarikh test 3", &[]);
    desk.store.recode(&[(key, none)], now()).expect("recoded");
    assert!(desk.ids().is_empty());
    let last = desk
        .store
        .changes(0, 100)
        .expect("read")
        .pop()
        .expect("there is a change");
    assert_eq!(last.kind, ChangeKind::Withdrawn);
    desk.assert_rebuilds();
}

#[test]
fn agency_copy_is_one_source() {
    let mut desk = Desk::new();
    let mut reports = four();
    let copy = "Gunmen on motorcycles came at dawn, and shot at the traders who were setting up \
        their stalls, before they fled to the hills with stolen cattle and several sacks of grain.";
    for (i, outlet) in [(0, "Elsk Post"), (1, "Arbel Times"), (2, "Bessan Daily")] {
        reports[i].body = copy.to_owned();
        reports[i].metadata.outlet = Some(outlet.to_owned());
    }
    let added = desk.store.add(&reports, now()).expect("added");
    let of_first = |added: &Added| matches!(added, Added::Reprint { of, .. } if of == &desk.store.report("a").expect("found").report.key);
    assert!(of_first(&added[1]) && of_first(&added[2]));
    let page = desk
        .store
        .incidents(&Filter::default(), &Page::default())
        .expect("listed");
    let counts: Vec<(u32, u32)> = page
        .rows
        .iter()
        .map(|r| (r.n_reports, r.n_sources))
        .collect();
    assert!(counts.contains(&(3, 1)), "{counts:?}");
    desk.assert_rebuilds();

    // An earlier print turns up later: it is the original now.
    let mut earlier = report("z", "2023-04-30", &[]);
    earlier.body = copy.to_owned();
    desk.add(&[earlier]);
    let original = desk.store.report("a").expect("found").report.reprint_of;
    assert_eq!(
        original,
        Some(desk.store.report("z").expect("found").report.key)
    );
    desk.assert_rebuilds();
}

#[test]
fn pages_lose_no_row() {
    let mut desk = Desk::new();
    let attacks: Vec<_> = (0..23)
        .map(|i| {
            let day = format!("2023-05-{:02}", i % 7 + 1);
            let attack = Attack {
                day: &day,
                village: "Corva",
                lat: -40.0 + 3.0 * f64::from(i),
                killed: i as u32 % 5,
            };
            report(&format!("r{i}"), "2023-06-01", &[attack])
        })
        .collect();
    desk.add(&attacks);
    for order in [
        Order::Latest,
        Order::Earliest,
        Order::Priority,
        Order::Killed,
    ] {
        let mut page = Page {
            order,
            limit: 4,
            after: None,
        };
        let mut ids = Vec::new();
        loop {
            let found = desk
                .store
                .incidents(&Filter::default(), &page)
                .expect("listed");
            ids.extend(found.rows.into_iter().map(|row| row.id));
            match found.next {
                Some(next) => page.after = Some(next),
                None => break,
            }
        }
        let n = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!((n, ids.len()), (23, 23), "{order:?}");
    }
}

#[test]
fn filters_hold_together() {
    let mut desk = Desk::new();
    desk.add(&four());
    let count = |filter: Filter| desk.store.count(&filter).expect("counted");
    assert_eq!(count(Filter::default()), 2);
    assert_eq!(
        count(Filter {
            text: Some("Dunmar".into()),
            ..Filter::default()
        }),
        1
    );
    assert_eq!(
        count(Filter {
            text: Some("\" OR (".into()),
            ..Filter::default()
        }),
        0
    );
    assert_eq!(
        count(Filter {
            countries: vec!["ML".into()],
            ..Filter::default()
        }),
        2
    );
    assert_eq!(
        count(Filter {
            countries: vec!["NE".into()],
            ..Filter::default()
        }),
        0
    );
    assert_eq!(
        count(Filter {
            min_killed: Some(9),
            ..Filter::default()
        }),
        2
    );
    assert_eq!(
        count(Filter {
            since: Some("2023-05-02".into()),
            ..Filter::default()
        }),
        0
    );
    assert_eq!(
        count(Filter {
            actor: Some("civilians".into()),
            ..Filter::default()
        }),
        2
    );
    let bounds = tarikh_store::Bounds {
        west: -5.0,
        south: 16.5,
        east: -4.0,
        north: 17.5,
    };
    assert_eq!(
        count(Filter {
            bounds: Some(bounds),
            ..Filter::default()
        }),
        1
    );
}

#[test]
fn what_was_known_on_a_day() {
    let mut desk = Desk::new();
    desk.add(&four());
    let id = desk
        .store
        .resolve(&desk.store.incident(&desk.ids()[0]).expect("found").id)
        .expect("found");
    let three = desk
        .ids()
        .into_iter()
        .find(|id| desk.store.incident(id).expect("found").members.len() == 3);
    let id = three.unwrap_or(id);
    let best = |day: &str| {
        let known = desk
            .store
            .incident_as_of(&id, day.parse().expect("a day"))
            .expect("read");
        known.map(|linked| (linked.members.len(), linked.incident.killed.best))
    };
    assert_eq!(best("2023-04-30"), None);
    assert_eq!(best("2023-05-01"), Some((1, Some(9))));
    assert_eq!(best("2023-05-02").map(|known| known.0), Some(3));
}
