//! Decisions: each kind, undo, and the queue.

use serde_json::{Value, json};

use crate::support::{As, Server, text};

async fn one_incident(server: &Server) -> String {
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
    ids[0].clone()
}

async fn shown(server: &Server, id: &str) -> Value {
    server.get(&format!("/incidents/{id}")).await.is(200).json()
}

async fn decide(server: &Server, decision: Value) -> Value {
    server.post("/decisions", decision).await.is(201).json()
}

#[tokio::test]
async fn a_value_is_changed_and_the_change_undone() {
    let server = Server::new();
    let id = one_incident(&server).await;
    let change = json!({"kind": "change", "incident": id, "field": "killed.best", "value": 11,
        "reason": "hospital list", "who": "ada"});
    let made = decide(&server, change).await;
    assert_eq!(made["incident"], json!(id));
    let after = shown(&server, &id).await;
    assert_eq!(after["incident"]["killed"]["best"], 11);
    assert_eq!(after["review"], "changed");
    assert_eq!(after["decided"][0]["who"], "ada");
    assert_eq!(after["decided"][0]["why"], "hospital list");

    decide(&server, json!({"kind": "undo", "decision": made["id"]})).await;
    let undone = shown(&server, &id).await;
    assert_eq!(undone["incident"]["killed"]["best"], 12);
    assert_eq!(undone["review"], "unreviewed");
    assert_eq!(undone["decisions"][0]["undone"], true);
    let twice = server
        .post(
            "/decisions",
            json!({"kind": "undo", "decision": made["id"]}),
        )
        .await
        .is(422);
    assert_eq!(twice.code(), "E039");
}

#[tokio::test]
async fn a_report_is_split_off_and_joined_again() {
    let server = Server::new();
    let id = one_incident(&server).await;
    let report = text(&shown(&server, &id).await["members"][1]["report"]["key"]);
    let split = decide(
        &server,
        json!({"kind": "split", "incident": id, "reports": [report]}),
    )
    .await;
    let parts = split["incidents"].as_array().cloned().unwrap_or_default();
    assert_eq!(parts.len(), 2, "{split}");
    assert_eq!(server.get("/incidents").await.ids().len(), 2);
    let merge = json!({"kind": "merge", "incident": parts[0], "other": parts[1]});
    let merged = decide(&server, merge).await;
    assert_eq!(merged["incidents"].as_array().map(Vec::len), Some(1));
    let whole = shown(&server, &text(&parts[1])).await;
    assert_eq!(
        whole["members"].as_array().map(Vec::len),
        Some(2),
        "an old id still leads there"
    );
    let changes = server.get("/changes").await.json();
    let kinds: Vec<String> = changes["items"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|c| text(&c["kind"]))
        .collect();
    assert!(
        kinds.contains(&"split".to_owned()) && kinds.contains(&"merged".to_owned()),
        "{kinds:?}"
    );
}

#[tokio::test]
async fn background_and_rejected_incidents_leave_the_list() {
    let server = Server::new();
    let id = one_incident(&server).await;
    let background = decide(&server, json!({"kind": "background", "incident": id})).await;
    assert!(server.get("/incidents").await.ids().is_empty());
    assert_eq!(
        server.get("/incidents?background=true").await.ids(),
        std::slice::from_ref(&id)
    );
    decide(
        &server,
        json!({"kind": "undo", "decision": background["id"]}),
    )
    .await;
    decide(&server, json!({"kind": "reject", "incident": id})).await;
    assert!(server.get("/incidents").await.ids().is_empty());
    assert_eq!(server.get("/incidents?state=rejected").await.ids(), [id]);
}

#[tokio::test]
async fn a_decision_that_cannot_be_made_says_why() {
    let server = Server::new();
    let id = one_incident(&server).await;
    for (decision, status, code) in [
        (
            json!({"kind": "accept", "incident": "inc-0000000000000000"}),
            404,
            "E037",
        ),
        (
            json!({"kind": "change", "incident": id, "field": "killed.worst", "value": 1}),
            422,
            "E039",
        ),
        (
            json!({"kind": "change", "incident": id, "field": "killed.best", "value": "some"}),
            422,
            "E039",
        ),
        (json!({"kind": "change", "incident": id}), 400, "E055"),
        (json!({"kind": "praise", "incident": id}), 400, "E055"),
        (
            json!({"kind": "accept", "incident": id, "urgent": true}),
            400,
            "E055",
        ),
        (
            json!({"kind": "merge", "incident": id, "other": id}),
            422,
            "E039",
        ),
        (
            json!({"kind": "split", "incident": id, "reports": ["r-0"]}),
            422,
            "E039",
        ),
        (json!({"kind": "undo", "decision": 99}), 404, "E037"),
    ] {
        let refused = server.post("/decisions", decision.clone()).await.is(status);
        assert_eq!(refused.code(), code, "{decision}");
    }
    let list = server.get("/decisions").await.json();
    assert_eq!(list["items"], json!([]), "nothing of it is stored");
}

#[tokio::test]
async fn the_queue_begins_with_the_deadly_and_ends_with_what_was_accepted() {
    let server = Server::new();
    server
        .add("Small", "2026-03-02", &["Arbel NE 13.1 3.2 2026-03-01 1"])
        .await;
    server
        .add("Large", "2026-03-02", &["Corva ML 14.5 -4.1 2026-03-01 40"])
        .await;
    let queue = server.get("/queue").await.is(200).json();
    let row = &queue["items"][0];
    assert_eq!(row["incident"]["incident"]["place"]["name"], "Corva");
    assert_eq!(row["why"][0], "40 killed");
    let id = text(&row["incident"]["id"]);
    decide(
        &server,
        json!({"kind": "accept", "incident": id, "who": "ada"}),
    )
    .await;
    assert_eq!(server.get("/queue").await.json()["total"], 1);

    server
        .add("Later", "2026-03-04", &["Corva ML 14.5 -4.1 2026-03-01 43"])
        .await;
    let stale = server.get("/queue").await.json();
    let why = &stale["items"][0]["why"];
    assert_eq!(text(&stale["items"][0]["incident"]["id"]), id);
    let told = json!("more is known since it was accepted");
    assert!(
        why.as_array().is_some_and(|why| why.contains(&told)),
        "{why}"
    );
    let others = server.get("/queue?coder=ada").await.json();
    assert_eq!(
        others["total"], 1,
        "what ada decided on does not come back to her"
    );
}

#[tokio::test]
async fn decisions_are_signed_by_the_session_and_not_by_the_body() {
    let server = Server::new();
    let id = one_incident(&server).await;
    let users = server.users().await;
    let accept = json!({"kind": "accept", "incident": id, "who": "ada"});
    server
        .ask(&users.ben, "POST", "/api/v1/decisions", Some(accept))
        .await
        .is(201);
    let path = format!("/api/v1/decisions?incident={id}");
    let list = server
        .ask(&users.dan, "GET", &path, None)
        .await
        .is(200)
        .json();
    assert_eq!(list["items"][0]["who"], "ben");
    assert!(matches!(users.cleo, As::Session(_)));
}
