//! Two coders blind to each other, then compared and settled.

use serde_json::{Value, json};

use crate::support::{As, Server, Users, text};

/// Three incidents, and ben and eve as blind coders.
async fn study() -> (Server, Users, As, As, Vec<String>) {
    let server = Server::new();
    let mut ids = Vec::new();
    for (title, line) in [
        ("Corva", "Corva ML 14.5 -4.1 2026-03-01 9"),
        ("Arbel", "Arbel NE 13.1 3.2 2026-03-10 4"),
        ("Elsk", "Elsk NE 15.7 6.3 2026-03-15 6"),
    ] {
        ids.extend(server.add(title, "2026-03-20", &[line]).await.1);
    }
    let users = server.users().await;
    let mut blind = Vec::new();
    for name in ["eve", "fay"] {
        let user = json!({"name": name, "password": format!("{name} likes rain"), "role": "coder",
            "blind": true});
        server
            .ask(&users.ada, "POST", "/api/v1/users", Some(user))
            .await
            .is(201);
        blind.push(server.sign_in(name).await);
    }
    let fay = blind.pop().expect("two were made");
    let eve = blind.pop().expect("two were made");
    (server, users, eve, fay, ids)
}

async fn decide(server: &Server, who: &As, decision: Value) {
    server
        .ask(who, "POST", "/api/v1/decisions", Some(decision))
        .await
        .is(201);
}

async fn get(server: &Server, who: &As, path: &str) -> Value {
    server
        .ask(who, "GET", &format!("/api/v1{path}"), None)
        .await
        .is(200)
        .json()
}

#[tokio::test]
async fn a_blind_coder_sees_nothing_of_others_before_he_is_done() {
    let (server, users, eve, fay, ids) = study().await;
    let corva = &ids[0];
    let change = json!({"kind": "change", "incident": corva, "field": "killed.best", "value": 11});
    decide(&server, &eve, change).await;
    decide(&server, &eve, json!({"kind": "accept", "incident": corva})).await;
    let settled = json!({"kind": "change", "incident": corva, "field": "killed.best", "value": 12});
    decide(&server, &users.ben, settled).await;

    let path = format!("/incidents/{corva}");
    let before = get(&server, &fay, &path).await;
    assert_eq!(
        before["incident"]["killed"]["best"], 9,
        "the machine's value"
    );
    assert_eq!(before["decisions"], json!([]));
    assert_eq!(before["decided"], json!([]));
    assert_eq!(before["review"], "unreviewed");
    let list = get(&server, &fay, "/incidents?country=ML").await;
    assert_eq!(list["items"][0]["incident"]["killed"]["best"], 9);
    let all = get(&server, &fay, "/decisions").await;
    assert_eq!(all["items"], json!([]));
    let export = server
        .ask(&fay, "GET", "/api/v1/export/jsonl", None)
        .await
        .is(403);
    assert_eq!(export.code(), "E051");

    decide(&server, &fay, json!({"kind": "accept", "incident": corva})).await;
    let after = get(&server, &fay, &path).await;
    assert_eq!(after["incident"]["killed"]["best"], 12);
    assert!(after["decisions"].as_array().is_some_and(|d| 3 < d.len()));
}

#[tokio::test]
async fn a_blind_coders_values_leave_the_incident_as_it_is() {
    let (server, users, eve, _, ids) = study().await;
    let change = json!({"kind": "change", "incident": ids[0], "field": "killed.best", "value": 11});
    decide(&server, &eve, change).await;
    decide(&server, &eve, json!({"kind": "reject", "incident": ids[1]})).await;
    let list = get(&server, &users.dan, "/incidents?sort=killed").await;
    assert_eq!(list["total"], 3);
    assert_eq!(list["items"][0]["incident"]["killed"]["best"], 9);
    let merge = json!({"kind": "merge", "incident": ids[0], "other": ids[1]});
    server
        .ask(&eve, "POST", "/api/v1/decisions", Some(merge))
        .await
        .is(403);
}

#[tokio::test]
async fn a_blind_coders_queue_holds_what_is_not_yet_his() {
    let (server, users, eve, fay, ids) = study().await;
    decide(
        &server,
        &users.ben,
        json!({"kind": "reject", "incident": ids[2]}),
    )
    .await;
    decide(&server, &eve, json!({"kind": "accept", "incident": ids[0]})).await;
    assert_eq!(
        get(&server, &eve, "/queue").await["total"],
        2,
        "also what others rejected"
    );
    assert_eq!(get(&server, &fay, "/queue").await["total"], 3);
    assert_eq!(get(&server, &users.ben, "/queue").await["total"], 2);
}

#[tokio::test]
async fn lists_of_a_blind_coder_do_not_follow_what_others_decided() {
    let (server, users, eve, _, ids) = study().await;
    let asked = [
        "/incidents?sort=killed",
        "/incidents?country=ML",
        "/incidents?min_killed=7",
        "/incidents?bbox=-10,10,0,20",
        "/points",
        "/facets",
        "/queue",
    ];
    let mut before = Vec::new();
    for path in asked {
        before.push(get(&server, &eve, path).await);
    }
    for (field, value) in [
        ("killed.best", json!(1)),
        ("place.country", json!("NE")),
        ("place.lon", json!(3.5)),
        ("side_a", json!(["Northern Front"])),
    ] {
        let change = json!({"kind": "change", "incident": ids[0], "field": field, "value": value});
        decide(&server, &users.ben, change).await;
    }
    let reject = json!({"kind": "reject", "incident": ids[1]});
    decide(&server, &users.ben, reject).await;
    for (path, before) in asked.into_iter().zip(&before) {
        assert_eq!(get(&server, &eve, path).await, *before, "{path}");
    }
    let seeing = get(&server, &users.ben, "/incidents?country=ML").await;
    assert_eq!(seeing["total"], 0, "others see what was decided");

    decide(&server, &eve, json!({"kind": "accept", "incident": ids[0]})).await;
    let after = get(&server, &eve, "/incidents?country=ML").await;
    assert_eq!(after["total"], 0, "once she is done she sees it too");
}

#[tokio::test]
async fn what_others_group_shows_only_once_the_coder_is_done_with_all_of_it() {
    let (server, users, eve, fay, ids) = study().await;
    let (arbel, elsk) = (&ids[1], &ids[2]);
    let before = get(&server, &eve, "/incidents").await;
    let merge = json!({"kind": "merge", "incident": arbel, "other": elsk});
    decide(&server, &users.ben, merge).await;
    assert_eq!(get(&server, &users.ben, "/incidents").await["total"], 2);
    assert_eq!(get(&server, &eve, "/incidents").await, before);
    assert_eq!(get(&server, &eve, "/queue").await["total"], 3);

    for (who, toll) in [(&eve, 6), (&fay, 7)] {
        for id in [arbel, elsk] {
            let page = get(&server, who, &format!("/incidents/{id}")).await;
            assert_eq!(text(&page["id"]), *id, "each is seen alone");
            assert_eq!(page["decisions"], json!([]));
        }
        let toll =
            json!({"kind": "judge", "incident": elsk, "field": "killed.best", "value": toll});
        decide(&server, who, toll).await;
        decide(&server, who, json!({"kind": "accept", "incident": elsk})).await;
        assert_eq!(get(&server, who, "/queue").await["total"], 2);
        decide(&server, who, json!({"kind": "accept", "incident": arbel})).await;
        assert_eq!(get(&server, who, "/queue").await["total"], 1);
        assert_eq!(
            get(&server, who, "/incidents").await["total"],
            2,
            "now it shows"
        );
    }
    let found = get(&server, &users.ada, "/agreement?a=eve&b=fay").await;
    assert_eq!(found["n_incidents"], 2, "they coded two, merged or not");
    let open =
        json!([{"incident": elsk, "field": "killed.best", "a": 6, "b": 7, "settled": false}]);
    assert_eq!(found["disagreements"], open);
}

#[tokio::test]
async fn a_split_by_others_does_not_show_either() {
    let server = Server::new();
    let one = "Corva ML 14.5 -4.1 2026-03-01 9";
    let two = "Corva ML 14.5 -4.1 2026-03-01 10";
    let (first, ids) = server.add("Corva", "2026-03-02", &[one]).await;
    let (_, again) = server.add("Corva again", "2026-03-03", &[two]).await;
    assert_eq!(ids, again, "one incident");
    let users = server.users().await;
    let user = json!({"name": "eve", "password": "eve likes rain", "role": "coder", "blind": true});
    server
        .ask(&users.ada, "POST", "/api/v1/users", Some(user))
        .await
        .is(201);
    let eve = server.sign_in("eve").await;
    let split = json!({"kind": "split", "incident": ids[0], "reports": [first]});
    decide(&server, &users.ben, split).await;
    assert_eq!(get(&server, &users.ben, "/incidents").await["total"], 2);
    let seen = get(&server, &eve, "/incidents").await;
    assert_eq!(
        (&seen["total"], &seen["items"][0]["n_reports"]),
        (&json!(1), &json!(2))
    );
    let refused = server
        .ask(&eve, "GET", "/api/v1/changes", None)
        .await
        .is(403);
    assert_eq!(refused.code(), "E051");
}

#[tokio::test]
async fn a_coder_who_is_done_does_not_see_what_one_who_is_not_has_judged() {
    let (server, users, eve, fay, ids) = study().await;
    let toll = json!({"kind": "judge", "incident": ids[0], "field": "killed.best", "value": 8});
    decide(&server, &fay, toll).await;
    decide(&server, &eve, json!({"kind": "accept", "incident": ids[0]})).await;
    let path = format!("/incidents/{}", ids[0]);
    let of_fay = |page: &Value| {
        let decisions = page["decisions"].as_array().cloned().unwrap_or_default();
        decisions.iter().filter(|d| d["who"] == "fay").count()
    };
    assert_eq!(of_fay(&get(&server, &eve, &path).await), 0);
    let compared = get(&server, &eve, "/agreement?a=eve&b=fay").await;
    assert_eq!(compared["n_incidents"], 0);
    let by_admin = get(&server, &users.ada, "/agreement?a=eve&b=fay").await;
    assert_eq!(by_admin["n_incidents"], 1);
    decide(&server, &fay, json!({"kind": "accept", "incident": ids[0]})).await;
    assert!(
        0 < of_fay(&get(&server, &eve, &path).await),
        "both are done"
    );
    let compared = get(&server, &eve, "/agreement?a=eve&b=fay").await;
    assert_eq!(compared["n_incidents"], 1);
}

#[tokio::test]
async fn two_coders_are_compared_and_their_differences_settled() {
    let (server, users, eve, fay, ids) = study().await;
    for (who, values) in [(&eve, [9, 4, 6]), (&fay, [9, 4, 8])] {
        for (id, value) in ids.iter().zip(values) {
            let judge =
                json!({"kind": "judge", "incident": id, "field": "killed.best", "value": value});
            decide(&server, who, judge).await;
            decide(&server, who, json!({"kind": "accept", "incident": id})).await;
        }
    }
    let found = get(&server, &users.ada, "/agreement?a=eve&b=fay").await;
    assert_eq!(found["n_incidents"], 3);
    assert_eq!(found["coders"], json!(["eve", "fay"]));
    let of = |name: &str| {
        let fields = found["fields"].as_array().cloned().unwrap_or_default();
        fields
            .into_iter()
            .find(|f| text(&f["field"]) == name)
            .unwrap_or_default()
    };
    let killed = of("killed.best");
    assert_eq!(
        (&killed["level"], &killed["n"], &killed["n_same"]),
        (&json!("interval"), &json!(3), &json!(2))
    );
    // Values 9 9, 4 4, 6 8: what is observed within pairs, over what all values give.
    let values = [9.0, 9.0, 4.0, 4.0, 6.0, 8.0_f64];
    let all: f64 = values
        .iter()
        .flat_map(|a| values.iter().map(move |b| (a - b).powi(2)))
        .sum();
    let expected = 1.0 - (8.0 / 6.0) / (all / 30.0);
    let alpha = killed["alpha"].as_f64().expect("the values vary");
    assert!(
        (alpha - expected).abs() < 1e-9,
        "expected {expected}, found {alpha}"
    );
    assert_eq!(of("place.country")["alpha"], 1.0);
    assert_eq!(of("status")["alpha"], Value::Null, "nothing varies");

    let open =
        json!([{"incident": ids[2], "field": "killed.best", "a": 6, "b": 8, "settled": false}]);
    assert_eq!(found["disagreements"], open);
    let settle = json!({"kind": "change", "incident": ids[2], "field": "killed.best", "value": 7});
    decide(&server, &users.ben, settle).await;
    let after = get(&server, &users.ada, "/agreement?a=eve&b=fay").await;
    assert_eq!(after["disagreements"][0]["settled"], true);
}
