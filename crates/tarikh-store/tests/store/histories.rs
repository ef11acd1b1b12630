//! Whatever is added, recoded, decided and undone, in whatever order: rebuilding changes nothing,
//! and no mention is in two incidents or in none.

use std::collections::BTreeSet;

use tarikh_store::{Action, Filter, NewDecision, Page};

use crate::support::{Attack, Desk, change, coding, now, report};

/// A linear congruential generator (Knuth's constants).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }
}

const DAYS: [&str; 3] = ["2023-05-01", "2023-05-02", "2023-05-03"];
const VILLAGES: [(&str, f64); 4] = [
    ("Corva", 14.5),
    ("Corva Hill", 14.55),
    ("Elsk", 14.9),
    ("Dunmar", 17.0),
];

fn attacks(random: &mut Random) -> Vec<Attack<'static>> {
    let n = random.below(4);
    (0..n)
        .map(|_| {
            let (village, lat) = VILLAGES[random.below(VILLAGES.len())];
            Attack {
                day: DAYS[random.below(DAYS.len())],
                village,
                lat,
                killed: random.below(6) as u32,
            }
        })
        .collect()
}

fn action(random: &mut Random, desk: &Desk, id: &str, ids: &[String]) -> Action {
    let members = desk
        .store
        .incident(id)
        .map(|linked| linked.members)
        .unwrap_or_default();
    let mentions: Vec<String> = members.into_iter().map(|member| member.mention).collect();
    let other = random.pick(ids).cloned().unwrap_or_default();
    match random.below(8) {
        0 => Action::Accept,
        1 => change("killed.best", random.below(30) as u32),
        2 => Action::Split {
            mentions: random.pick(&mentions).cloned().into_iter().collect(),
        },
        3 => Action::Merge {
            other,
            mentions: Vec::new(),
        },
        4 => Action::Reject,
        5 => Action::Background {
            is_background: random.below(2) == 0,
        },
        6 => Action::KeepApart {
            other,
            mentions: Vec::new(),
        },
        _ => Action::Undo {
            decision: random.below(12) as i64 + 1,
        },
    }
}

fn live(seed: u64) {
    let mut random = Random(seed);
    let mut desk = Desk::new();
    for step in 0..40 {
        let keys = desk.store.report_keys(None, 1000).expect("read");
        let filter = Filter {
            background: true,
            ..Filter::default()
        };
        let page = Page {
            limit: 1000,
            ..Page::default()
        };
        let rows = desk.store.incidents(&filter, &page).expect("listed").rows;
        let ids: Vec<String> = rows.into_iter().map(|row| row.id).collect();
        match (random.below(4), random.pick(&keys), random.pick(&ids)) {
            (0, Some(key), _) => {
                let id = desk.store.report(key).expect("found").report.id;
                let newer = coding(&id, &format!("tarikh test {step}"), &attacks(&mut random));
                desk.store
                    .recode(&[(key.clone(), newer)], now())
                    .expect("recoded");
            }
            (1 | 2, _, Some(id)) => {
                let action = action(&mut random, &desk, id, &ids);
                let decision = NewDecision {
                    incident: id.clone(),
                    action,
                    who: "ada".to_owned(),
                    why: None,
                };
                // What cannot be done is refused, and that changes nothing either.
                let _ = desk.store.decide(&decision, now());
            }
            _ => {
                let day = DAYS[random.below(DAYS.len())];
                let told = attacks(&mut random);
                desk.add(&[report(&format!("s{step}"), day, &told)]);
            }
        }
        if step % 5 == 4 {
            desk.assert_rebuilds();
            assert_partition(&desk);
        }
    }
}

/// Each mention that lives is in one incident.
fn assert_partition(desk: &Desk) {
    let db = desk.store.connection();
    let read = |sql: &str| -> BTreeSet<String> {
        let mut select = db.prepare(sql).expect("SQL");
        let rows = select.query_map([], |row| row.get(0)).expect("read");
        rows.collect::<Result<_, _>>().expect("read")
    };
    let living = read("SELECT key FROM mentions WHERE live");
    let placed = read("SELECT mention FROM incident_mentions");
    assert_eq!(living, placed);
}

#[test]
fn rebuilding_changes_nothing_after_any_history() {
    for seed in 0..25 {
        live(seed);
    }
}
