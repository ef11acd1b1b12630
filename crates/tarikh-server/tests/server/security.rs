//! What must not get through.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use tarikh_server::Limits;

use crate::support::{As, Server, text};

/// What may be asked without signing in, on a desk that has users.
const OPEN: &[(&str, &str)] = &[
    ("get", "/healthz"),
    ("get", "/api/v1/openapi.json"),
    ("get", "/api/v1/session"),
    ("post", "/api/v1/session"),
    ("delete", "/api/v1/session"),
];

/// Every route of the description, with a made-up value for what its path names.
fn routes() -> Vec<(String, String)> {
    let document = tarikh_server::document();
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        let path = path
            .replace("{name}", "jsonl")
            .replace("{token}", "1")
            .replace("{id}", "inc-0")
            .replace("{a}", "inc-0")
            .replace("{b}", "inc-1");
        for method in methods.as_object().into_iter().flatten() {
            routes.push((method.0.clone(), path.clone()));
        }
    }
    routes
}

#[tokio::test]
async fn no_route_answers_a_stranger_once_there_are_users() {
    let server = Server::new();
    server.users().await;
    let routes = routes();
    assert!(25 <= routes.len(), "{routes:?}");
    for (method, path) in routes {
        if OPEN.contains(&(method.as_str(), path.as_str())) {
            continue;
        }
        for who in [
            As::Nobody,
            As::Session("0".repeat(64)),
            As::Token("tarikh_0".to_owned()),
        ] {
            let answer = server
                .ask(&who, &method.to_uppercase(), &path, Some(json!({})))
                .await;
            assert_eq!(answer.status, 401, "{method} {path} as {who:?}");
            assert_eq!(answer.code(), "E050", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_role_does_no_more_than_it_may() {
    let server = Server::new();
    let (_, ids) = server
        .add("Corva", "2026-03-02", &["Corva ML 14.5 -4.1 2026-03-01 9"])
        .await;
    let users = server.users().await;
    let accept = json!({"kind": "accept", "incident": ids[0]});
    let report = json!({"text": "Nothing happened."});
    let user = json!({"name": "eve", "password": "eve likes rain", "role": "admin"});
    for (who, method, path, body, status) in [
        (&users.dan, "GET", "/api/v1/incidents", None, 200),
        (
            &users.dan,
            "POST",
            "/api/v1/decisions",
            Some(accept.clone()),
            403,
        ),
        (
            &users.dan,
            "POST",
            "/api/v1/reports",
            Some(report.clone()),
            403,
        ),
        (&users.dan, "GET", "/api/v1/audit", None, 403),
        (&users.ben, "POST", "/api/v1/decisions", Some(accept), 201),
        (&users.ben, "POST", "/api/v1/reports", Some(report), 201),
        (&users.ben, "GET", "/api/v1/users", None, 403),
        (&users.ben, "POST", "/api/v1/users", Some(user.clone()), 403),
        (&users.ben, "DELETE", "/api/v1/users/ada", None, 403),
        (&users.ada, "GET", "/api/v1/audit", None, 200),
        (&users.ada, "POST", "/api/v1/users", Some(user), 201),
    ] {
        let answer = server.ask(who, method, path, body).await.is(status);
        if status == 403 {
            assert_eq!(answer.code(), "E051", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let server = Server::new();
    let (_, ids) = server
        .add("Corva", "2026-03-02", &["Corva ML 14.5 -4.1 2026-03-01 9"])
        .await;
    let users = server.users().await;
    let As::Session(secret) = &users.ben else {
        panic!("ben has a session")
    };
    let request = |headers: &[(&str, &str)]| {
        let mut request = Request::post("/api/v1/decisions")
            .header("host", "desk.example:7878")
            .header("cookie", format!("tarikh_session={secret}"))
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = json!({"kind": "accept", "incident": ids[0]}).to_string();
        request.body(Body::from(body)).expect("a request")
    };
    for headers in [
        &[][..],
        &[("x-tarikh", "yes")],
        &[("x-tarikh", "1"), ("origin", "https://evil.example")],
        &[("x-tarikh", "1"), ("origin", "null")],
        &[("x-tarikh", "1"), ("sec-fetch-site", "cross-site")],
        &[("x-tarikh", "1"), ("sec-fetch-site", "same-site")],
    ] {
        let refused = server.send(request(headers)).await.is(403);
        assert_eq!(refused.code(), "E052", "{headers:?}");
    }
    let ours = [
        ("x-tarikh", "1"),
        ("origin", "http://desk.example:7878"),
        ("sec-fetch-site", "same-origin"),
    ];
    server.send(request(&ours)).await.is(201);
}

#[tokio::test]
async fn a_desk_without_users_answers_to_its_own_machine_alone() {
    let server = Server::new();
    for host in [
        "rebound.example",
        "rebound.example:7878",
        "192.168.1.7:7878",
        "localhost.example",
    ] {
        let request = Request::get("/api/v1/incidents").header("host", host);
        let refused = server
            .send(request.body(Body::empty()).expect("a request"))
            .await
            .is(403);
        assert_eq!(refused.code(), "E052", "{host}");
    }
    let nameless = Request::get("/api/v1/incidents")
        .body(Body::empty())
        .expect("a request");
    server.send(nameless).await.is(403);
}

#[tokio::test]
async fn a_desk_that_others_reach_is_never_open() {
    let server = Server::open(Limits::default(), false);
    server.get("/incidents").await.is(401);
    let first = json!({"name": "eve", "password": "eve likes rain", "role": "admin"});
    server.post("/users", first).await.is(401);
}

#[tokio::test]
async fn a_desk_without_users_answers_no_proxy() {
    let server = Server::new();
    for mark in ["forwarded", "x-forwarded-for", "x-real-ip", "via"] {
        let request = Request::get("/api/v1/incidents")
            .header("host", "127.0.0.1:7878")
            .header(mark, "203.0.113.7");
        let request = request.body(Body::empty()).expect("a request");
        assert_eq!(server.send(request).await.is(403).code(), "E052", "{mark}");
    }
}

#[tokio::test]
async fn a_script_in_a_title_stays_words() {
    let server = Server::new();
    let title = "</script><script>alert(1)</script><img src=x onerror=alert(1)>";
    let (key, ids) = server
        .add(title, "2026-03-02", &["Corva ML 14.5 -4.1 2026-03-01 9"])
        .await;
    for path in [
        format!("/reports/{key}"),
        format!("/incidents/{}", ids[0]),
        "/reports?q=alert".to_owned(),
    ] {
        let answer = server.get(&path).await.is(200);
        assert_eq!(answer.headers["content-type"], "application/json", "{path}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        let policy = answer.headers["content-security-policy"]
            .to_str()
            .expect("ASCII");
        assert!(
            policy.starts_with("default-src 'self'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert!(
            answer.text.contains("<script>"),
            "it is told as it stands, as JSON"
        );
    }
    let page = server.ask(&As::Nobody, "GET", "/", None).await.is(200);
    assert!(
        !page.text.contains("alert(1)"),
        "the page itself holds no report"
    );
    let geojson = server.get("/export/geojson").await.is(200);
    assert_eq!(geojson.headers["content-type"], "application/geo+json");
    let disposition = &geojson.headers["content-disposition"];
    assert_eq!(disposition, "attachment; filename=\"incidents.geojson\"");
}

#[tokio::test]
async fn no_name_of_an_export_or_a_file_leads_out() {
    let server = Server::new();
    for name in [
        "..%2f..%2fincidents.db",
        "..%2F..%2F..%2Fetc%2Fpasswd",
        "%2e%2e",
        "incidents.db",
        "ged.csv%00.db",
        "ged.csv%2f..",
    ] {
        let refused = server.get(&format!("/export/{name}")).await.is(404);
        assert_eq!(refused.code(), "E056", "{name}");
    }
    for path in [
        "/../Cargo.toml",
        "/assets/../../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/.git/config",
        "/a\\..\\b.js",
    ] {
        let Ok(request) = Request::get(path)
            .header("host", "localhost")
            .body(Body::empty())
        else {
            continue;
        };
        server.send(request).await.is(404);
    }
    let named = "/api/v1/reports/file?name=..%2f..%2fetc%2fcron.txt&published=2026-03-02";
    let request = Request::post(named)
        .header("host", "localhost")
        .header("x-tarikh", "1")
        .body(Body::from("Corva ML 14.5 -4.1 2026-03-01 9"))
        .expect("a request");
    let added = server.send(request).await.is(201).json();
    assert_eq!(added["reports"][0]["status"], "added");
    let wrong = Request::post("/api/v1/reports/file?name=x.exe")
        .header("host", "localhost")
        .header("x-tarikh", "1")
        .body(Body::from("MZ"))
        .expect("a request");
    server.send(wrong).await.is(422);
}

#[tokio::test]
async fn an_oversized_body_is_refused() {
    let server = Server::new();
    let long = "x".repeat(2 << 20);
    let decision = json!({"kind": "accept", "incident": "inc-0", "reason": long});
    let refused = server.post("/decisions", decision).await.is(413);
    assert_eq!(refused.code(), "E054");
    server.post("/reports", json!({"text": long})).await.is(201);
    let report = json!({"text": "x".repeat(9 << 20)});
    assert_eq!(server.post("/reports", report).await.is(413).code(), "E054");
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_refused_as_json() {
    let server = Server::new();
    assert_eq!(server.get("/nothing").await.is(404).code(), "E056");
    let wrong = server
        .ask(&As::Nobody, "DELETE", "/api/v1/incidents", None)
        .await
        .is(405);
    assert_eq!(wrong.code(), "E056");
    let page = server
        .ask(&As::Nobody, "GET", "/incident/inc-0", None)
        .await
        .is(200);
    assert!(
        page.headers["content-type"]
            .to_str()
            .is_ok_and(|t| t.starts_with("text/html"))
    );
}

#[tokio::test]
async fn what_was_done_is_in_the_audit_log() {
    let server = Server::new();
    let (_, ids) = server
        .add("Corva", "2026-03-02", &["Corva ML 14.5 -4.1 2026-03-01 9"])
        .await;
    let users = server.users().await;
    let accept = json!({"kind": "accept", "incident": ids[0]});
    server
        .ask(
            &users.dan,
            "POST",
            "/api/v1/decisions",
            Some(accept.clone()),
        )
        .await
        .is(403);
    server
        .ask(&users.ben, "POST", "/api/v1/decisions", Some(accept))
        .await
        .is(201);
    let wrong = json!({"name": "ada", "password": "a wrong password"});
    server.post("/session", wrong).await.is(401);
    let log = server
        .ask(&users.ada, "GET", "/api/v1/audit", None)
        .await
        .is(200)
        .json();
    let entries: Vec<(Value, String, u64)> = log["items"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|e| {
            (
                e["who"].clone(),
                text(&e["what"]),
                e["status"].as_u64().unwrap_or(0),
            )
        })
        .collect();
    let session = "POST /api/v1/session".to_owned();
    let decisions = "POST /api/v1/decisions".to_owned();
    assert_eq!(entries[0], (Value::Null, session, 401));
    assert_eq!(entries[1], (json!("ben"), decisions.clone(), 201));
    assert_eq!(entries[2], (json!("dan"), decisions, 403));
    assert!(!log.to_string().contains("password"), "no secrets: {log}");
    let store = server.store();
    let erased = store.connection().execute("DELETE FROM desk_audit", []);
    assert!(erased.is_err(), "the log is only added to");
}
