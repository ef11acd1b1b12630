//! Lists, filters, pages, points, counts, single incidents and reports.

use serde_json::{Value, json};

use crate::support::{Server, text};

/// Four attacks in two countries and a report without any.
async fn filled() -> Server {
    let server = Server::new();
    server
        .add("Corva", "2026-03-02", &["Corva ML 14.5 -4.1 2026-03-01 9"])
        .await;
    server
        .add(
            "Bessan",
            "2026-03-06",
            &["Bessan ML 16.2 -0.4 2026-03-05 2"],
        )
        .await;
    server
        .add("Arbel", "2026-03-11", &["Arbel NE 13.1 3.2 2026-03-10 0"])
        .await;
    server
        .add(
            "Dunmar",
            "2026-03-21",
            &["Dunmar NE 17.9 8.8 2026-03-20 31"],
        )
        .await;
    server
        .add(
            "Weather",
            "2026-03-22",
            &["It rained on the fields of Elsk."],
        )
        .await;
    server
}

fn names(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().cloned().unwrap_or_default();
    items
        .iter()
        .map(|row| text(&row["incident"]["place"]["name"]))
        .collect()
}

#[tokio::test]
async fn each_filter_lets_through_what_it_names() {
    let server = filled().await;
    for (query, expected) in [
        ("", vec!["Dunmar", "Arbel", "Bessan", "Corva"]),
        ("from=2026-03-05&to=2026-03-10", vec!["Arbel", "Bessan"]),
        ("country=NE", vec!["Dunmar", "Arbel"]),
        ("country=ml,ne&min_killed=3", vec!["Dunmar", "Corva"]),
        ("bbox=-5,14,0,17", vec!["Bessan", "Corva"]),
        ("bbox=8,17,-4,18", vec!["Dunmar"]),
        (
            "admin=North&sort=earliest",
            vec!["Corva", "Bessan", "Arbel", "Dunmar"],
        ),
        ("admin=South", vec![]),
        (
            "actor=unidentified",
            vec!["Dunmar", "Arbel", "Bessan", "Corva"],
        ),
        ("actor=100%25", vec![]),
        (
            "event_type=Violence%20against%20civilians&sort=killed",
            vec!["Dunmar", "Corva", "Bessan", "Arbel"],
        ),
        ("event_type=Battles", vec![]),
        ("harm=killed", vec!["Dunmar", "Bessan", "Corva"]),
        ("harm=abducted,injured", vec![]),
        ("state=accepted", vec![]),
        ("state=unreviewed&country=ML", vec!["Bessan", "Corva"]),
        ("q=dunmar", vec!["Dunmar"]),
        ("q=%22%20OR%20*", vec![]),
    ] {
        let page = server
            .get(&format!("/incidents?{query}"))
            .await
            .is(200)
            .json();
        assert_eq!(names(&page), expected, "{query}");
        assert_eq!(page["total"], expected.len(), "{query}");
        assert_eq!(page["next"], Value::Null, "{query}");
    }
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_repeat() {
    let server = filled().await;
    for sort in ["latest", "earliest", "priority", "killed"] {
        let whole = server.get(&format!("/incidents?sort={sort}")).await.ids();
        let mut paged = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/incidents?sort={sort}&limit=1&cursor={cursor}");
            let path = path.trim_end_matches("&cursor=").to_owned();
            let page = server.get(&path).await.is(200);
            paged.extend(page.ids());
            assert_eq!(page.json()["total"], 4);
            match page.json()["next"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(paged, whole, "{sort}");
    }
    let wrong = server.get("/incidents?cursor=nonsense").await.is(422);
    assert_eq!(wrong.code(), "E039");
}

#[tokio::test]
async fn what_cannot_be_understood_is_refused_by_name() {
    let server = Server::new();
    for (path, word) in [
        ("/incidents?contry=ML", "contry"),
        ("/incidents?from=yesterday", "from"),
        ("/points?bbox=1,2,3", "bbox"),
        ("/facets?state=done", "state"),
        ("/incidents?sort=best", "sort"),
        ("/incidents?limit=many", "invalid digit"),
        ("/changes?since=x", "since"),
    ] {
        let refused = server.get(path).await.is(400);
        assert_eq!(refused.code(), "E055", "{path}");
        assert!(refused.text.contains(word), "{path}: {}", refused.text);
    }
}

#[tokio::test]
async fn points_are_columns_of_one_length() {
    let server = filled().await;
    let points = server.get("/points?country=ML").await.is(200).json();
    assert_eq!(points["date"], json!(["2026-03-01", "2026-03-05"]));
    assert_eq!(points["lat"], json!([14.5, 16.2]));
    assert_eq!(points["lon"], json!([-4.1, -0.4]));
    assert_eq!(points["radius_km"], json!([5.0, 5.0]));
    assert_eq!(points["killed"], json!([9, 2]));
    assert_eq!(points["id"].as_array().map(Vec::len), Some(2));
    assert_eq!(points["event_type"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_facet_counts_what_else_could_be_chosen() {
    let server = filled().await;
    let facets = server
        .get("/facets?country=ML&from=2026-03-04")
        .await
        .is(200)
        .json();
    let expected = json!([{"value": "NE", "count": 2}, {"value": "ML", "count": 1}]);
    assert_eq!(
        facets["country"], expected,
        "other countries, in the same days"
    );
    let days = json!([{"value": "2026-03-01", "count": 1}, {"value": "2026-03-05", "count": 1}]);
    assert_eq!(facets["day"], days, "other days, in the same country");
    assert_eq!(
        facets["state"],
        json!([{"value": "unreviewed", "count": 1}])
    );
}

#[tokio::test]
async fn an_incident_shows_its_reports_and_what_was_known_on_a_day() {
    let server = Server::new();
    server
        .add("First", "2026-03-02", &["Corva ML 14.5 -4.1 2026-03-01 9"])
        .await;
    let (_, ids) = server
        .add(
            "Second",
            "2026-03-03",
            &["Corva ML 14.5 -4.1 2026-03-01 12"],
        )
        .await;
    let [id] = ids.as_slice() else {
        panic!("one incident, found {ids:?}")
    };
    let shown = server.get(&format!("/incidents/{id}")).await.is(200).json();
    assert_eq!(shown["members"].as_array().map(Vec::len), Some(2));
    assert_eq!(shown["incident"]["killed"]["best"], 12);
    assert_eq!(shown["doubts"], json!([]));
    let then = server
        .get(&format!("/incidents/{id}?as_of=2026-03-02"))
        .await
        .is(200)
        .json();
    assert_eq!(then["incident"]["killed"]["best"], 9);
    let before = server
        .get(&format!("/incidents/{id}?as_of=2026-02-01"))
        .await
        .is(404);
    assert_eq!(before.code(), "E037");
    let cautious = server
        .get(&format!("/incidents/{id}?policy=cautious"))
        .await
        .is(200)
        .json();
    assert_eq!(cautious["incident"]["killed"]["low"], 9);
    assert_eq!(
        server
            .get("/incidents/inc-0000000000000000")
            .await
            .is(404)
            .code(),
        "E037"
    );
    assert_eq!(
        server
            .get(&format!("/incidents/{id}?policy=kind"))
            .await
            .is(400)
            .code(),
        "E055"
    );
}

#[tokio::test]
async fn two_incidents_are_compared_feature_by_feature() {
    let server = filled().await;
    let ids = server.get("/incidents?country=ML").await.ids();
    let path = format!("/incidents/{}/compare/{}", ids[0], ids[1]);
    let compared = server.get(&path).await.is(200).json();
    assert_eq!(compared["verdict"], "different");
    assert!(
        compared["features"]
            .as_array()
            .is_some_and(|f| !f.is_empty())
    );
}

#[tokio::test]
async fn a_report_is_shown_with_its_coding_and_found_by_its_words() {
    let server = filled().await;
    let found = server
        .get("/reports?q=rained%20fields")
        .await
        .is(200)
        .json();
    let key = text(&found["items"][0]["key"]);
    let shown = server.get(&format!("/reports/{key}")).await.is(200).json();
    assert_eq!(shown["body"], "It rained on the fields of Elsk.");
    assert_eq!(shown["metadata"]["title"], "Weather");
    assert_eq!(shown["coding"]["incidents"], json!([]));
    assert_eq!(shown["codings"][0]["coder_version"], "tarikh test 1");
    assert_eq!(server.get("/reports/r-0").await.is(404).code(), "E037");
}

#[tokio::test]
async fn a_report_is_added_once_and_its_reprint_is_marked() {
    let server = Server::new();
    let words = "Nine people were killed when gunmen on motorcycles rode into the village of Corva \
        at dawn and opened fire on the market, residents and a local official said on Monday. \
        Houses and grain stores were set alight before soldiers came from the town of Bessan.";
    let report = |outlet: &str, day: &str| {
        json!({"title": "Raid", "outlet": outlet, "published": day,
        "text": format!("{words}\nCorva ML 14.5 -4.1 2026-03-01 9")})
    };
    let added = server
        .post("/reports", report("Elsk Post", "2026-03-02"))
        .await
        .is(201)
        .json();
    assert_eq!(added["status"], "added");
    assert_eq!(added["incidents"].as_array().map(Vec::len), Some(1));
    let again = server
        .post("/reports", report("Elsk Post", "2026-03-02"))
        .await
        .is(201)
        .json();
    assert_eq!(again["status"], "known");
    assert_eq!(again["incidents"], added["incidents"]);
    let copy = server
        .post("/reports", report("Dunmar Daily", "2026-03-03"))
        .await
        .is(201)
        .json();
    assert_eq!(copy["status"], "reprint");
}

#[tokio::test]
async fn a_report_without_words_or_on_which_the_coder_fails_is_not_added() {
    let server = Server::new();
    let empty = server.post("/reports", json!({"text": "  "})).await.is(422);
    assert_eq!(empty.code(), "E011");
    let failed = server
        .post("/reports", json!({"text": "FAIL"}))
        .await
        .is(422);
    assert_eq!(failed.code(), "E020");
    assert!(
        !failed.text.contains("told to fail"),
        "details are for the log"
    );
    let log = server.log.lock().expect("the log").join("\n");
    assert!(log.contains("told to fail"), "{log}");
    let undated = json!({"text": "x", "published": "2026-02-30"});
    assert_eq!(
        server.post("/reports", undated).await.is(400).code(),
        "E055"
    );
    let metrics = server
        .ask(&crate::support::As::Nobody, "GET", "/metrics", None)
        .await
        .is(200);
    assert!(
        metrics.text.contains("\ntarikh_reports 0\n"),
        "{}",
        metrics.text
    );
}

#[tokio::test]
async fn changes_are_told_after_the_one_that_is_known() {
    let server = filled().await;
    let all = server.get("/changes").await.is(200).json();
    assert_eq!(all["items"].as_array().map(Vec::len), Some(4));
    assert_eq!(all["items"][0]["kind"], "new");
    let last = &all["last"];
    let rest = server
        .get(&format!("/changes?since={last}"))
        .await
        .is(200)
        .json();
    assert_eq!(rest["items"], json!([]));
    assert_eq!(rest["last"], *last);
}

#[tokio::test]
async fn changes_are_told_since_a_release() {
    let server = filled().await;
    let released = tarikh_store::Release {
        version: "2026.1".to_owned(),
        at: "2026-04-01T08:00:00Z".to_owned(),
        change: server.store().last_change().expect("read"),
        profile: "public".to_owned(),
        sha256: "0".repeat(64),
    };
    server.store().note_release(&released).expect("noted");
    let releases = server.get("/releases").await.is(200).json();
    assert_eq!(releases["items"][0]["version"], "2026.1");
    assert_eq!(
        server.get("/changes?release=2026.1").await.is(200).json()["items"],
        json!([])
    );
    server
        .add("Elsk", "2026-03-25", &["Elsk NE 15.7 6.3 2026-03-24 6"])
        .await;
    let rest = server.get("/changes?release=2026.1").await.is(200).json();
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(rest["items"][0]["kind"], "new");
    server.get("/changes?release=2025.9").await.is(404);
    server.get("/changes?release=2026.1&since=3").await.is(400);
}

#[tokio::test]
async fn a_long_list_is_kept_packed_for_those_who_read_it_so() {
    let server = Server::new();
    let names: Vec<String> = (0..200)
        .map(|i| format!("Place{i} ML 14.5 -4.1 2026-03-01 9"))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    server.add("Corva", "2026-03-02", &names).await;
    let plain = server.get("/points").await.is(200);
    assert!(!plain.headers.contains_key("content-encoding"));
    for _ in 0..2 {
        let request = axum::http::Request::get("/api/v1/points")
            .header("host", "localhost")
            .header("accept-encoding", "gzip, br");
        let empty = axum::body::Body::empty();
        let packed = server
            .send(request.body(empty).expect("a request"))
            .await
            .is(200);
        assert_eq!(packed.headers["content-encoding"], "gzip");
        assert_eq!(packed.headers["vary"], "accept-encoding");
        let mut text = String::new();
        let mut reader = flate2::read::GzDecoder::new(&packed.bytes[..]);
        std::io::Read::read_to_string(&mut reader, &mut text).expect("gzip");
        assert_eq!(text, plain.text);
    }
}

#[tokio::test]
async fn a_list_is_sent_again_only_after_a_change() {
    let server = filled().await;
    let first = server.get("/points").await.is(200);
    let tag = first.headers["etag"].to_str().expect("ASCII").to_owned();
    let ask = |tag: &str| {
        let request = axum::http::Request::get("/api/v1/points")
            .header("host", "localhost")
            .header("if-none-match", tag);
        let empty = axum::body::Body::empty();
        server.send(request.body(empty).expect("a request"))
    };
    let same = ask(&tag).await.is(304);
    assert_eq!(same.text, "");
    server
        .add("Elsk", "2026-03-25", &["Elsk NE 15.7 6.3 2026-03-24 6"])
        .await;
    let changed = ask(&tag).await.is(200).json();
    assert_eq!(changed["id"].as_array().map(Vec::len), Some(5));
}
