//! Signing in, users, tokens, limits.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use tarikh_server::accounts::{NewUser, Role, add_user};
use tarikh_server::{Limits, Rate};

use crate::support::{As, Server, text};

#[tokio::test]
async fn the_session_tells_who_one_is() {
    let server = Server::new();
    let open = server.get("/session").await.is(200).json();
    let expected = json!({"user": null, "role": "admin", "blind": false, "needs_login": false});
    assert_eq!(open, expected);
    let users = server.users().await;
    let stranger = server.get("/session").await.is(200).json();
    let expected = json!({"user": null, "role": null, "blind": false, "needs_login": true});
    assert_eq!(stranger, expected);
    let ben = server
        .ask(&users.ben, "GET", "/api/v1/session", None)
        .await
        .is(200)
        .json();
    assert_eq!(ben["user"], "ben");
    assert_eq!(ben["role"], "coder");
    server
        .ask(&users.ben, "DELETE", "/api/v1/session", None)
        .await
        .is(204);
    server
        .ask(&users.ben, "GET", "/api/v1/incidents", None)
        .await
        .is(401);
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_other_sites() {
    let server = Server::new();
    server.users().await;
    let credentials = json!({"name": "ada", "password": "ada likes rain"});
    let answer = server.post("/session", credentials).await.is(200);
    let cookie = answer.headers["set-cookie"]
        .to_str()
        .expect("ASCII")
        .to_owned();
    assert!(
        cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict"),
        "{cookie}"
    );
    assert!(!answer.text.contains("rain"), "{}", answer.text);
    let secret = cookie.split(['=', ';']).nth(1).unwrap_or_default();
    let stored: String = server
        .store()
        .connection()
        .query_row("SELECT group_concat(hash) FROM desk_sessions", [], |row| {
            row.get(0)
        })
        .expect("sessions are stored");
    assert!(!stored.contains(secret), "only its hash is stored");
}

#[tokio::test]
async fn a_wrong_password_and_a_wrong_name_are_answered_alike() {
    let server = Server::new();
    server.users().await;
    let try_in = |name: &str| json!({"name": name, "password": "ada likes snow"});
    let wrong = server.post("/session", try_in("ada")).await.is(401);
    let nobody = server.post("/session", try_in("zoe")).await.is(401);
    assert_eq!(wrong.text, nobody.text);
    assert_eq!(wrong.code(), "E057");
}

#[tokio::test]
async fn guessing_passwords_is_slowed_down() {
    let limits = Limits {
        sign_ins: Rate {
            burst: 3.0,
            per_second: 0.001,
        },
        ..Limits::default()
    };
    let server = Server::with(limits);
    server.users().await;
    for _ in 0..3 {
        let wrong = json!({"name": "ada", "password": "ada likes snow"});
        server.post("/session", wrong).await.is(401);
    }
    let right = json!({"name": "ada", "password": "ada likes rain"});
    let refused = server.post("/session", right).await.is(429);
    assert_eq!(refused.code(), "E053");
    assert_eq!(refused.headers["retry-after"], "2");
}

#[tokio::test]
async fn behind_a_proxy_one_guesser_does_not_lock_out_others() {
    let sign_ins = Rate {
        burst: 2.0,
        per_second: 0.001,
    };
    let limits = Limits {
        sign_ins,
        ..Limits::default()
    };
    let server = Server::open(limits, false);
    for (name, role) in [("ada", Role::Admin), ("ben", Role::Coder)] {
        let new = NewUser {
            name: name.to_owned(),
            password: format!("{name} likes rain"),
            role,
            blind: false,
        };
        let at = "2026-03-01T08:00:00Z".parse().expect("a time stamp");
        add_user(&server.store(), &new, at).expect("the user is fit");
    }
    let sign_in = |name: &str, password: &str, from: &str| {
        let body = json!({"name": name, "password": password}).to_string();
        let request = Request::post("/api/v1/session")
            .header("host", "desk.example")
            .header("x-tarikh", "1")
            .header("x-forwarded-for", from)
            .header("content-type", "application/json");
        server.send(request.body(Body::from(body)).expect("a request"))
    };
    for _ in 0..2 {
        // What the guesser says of himself stands first; the proxy's word stands last.
        sign_in("ben", "ben likes snow", "192.0.2.1, 203.0.113.7")
            .await
            .is(401);
    }
    sign_in("ada", "ada likes rain", "192.0.2.2, 203.0.113.7")
        .await
        .is(429);
    let other = sign_in("ada", "ada likes rain", "198.51.100.4")
        .await
        .is(200);
    let cookie = other.headers["set-cookie"].to_str().expect("ASCII");
    assert!(cookie.contains("; Secure"), "{cookie}");
}

#[tokio::test]
async fn a_client_that_asks_too_often_waits() {
    let limits = Limits {
        requests: Rate {
            burst: 20.0,
            per_second: 0.001,
        },
        ..Limits::default()
    };
    let server = Server::with(limits);
    let users = server.users().await;
    let mut refused = 0;
    for _ in 0..30 {
        let answer = server
            .ask(&users.dan, "GET", "/api/v1/incidents", None)
            .await;
        refused += u32::from(answer.status == 429);
    }
    assert_eq!(refused, 10);
    let other = server
        .ask(&users.ben, "GET", "/api/v1/incidents", None)
        .await;
    assert_eq!(other.status, 200, "others are not held up");
}

#[tokio::test]
async fn users_are_kept_by_admins_and_the_last_admin_stays() {
    let server = Server::new();
    let coder = json!({"name": "ben", "password": "ben likes rain", "role": "coder"});
    let refused = server.post("/users", coder).await.is(422);
    assert!(
        refused.text.contains("admin"),
        "the first must be an admin: {}",
        refused.text
    );
    let users = server.users().await;
    let ada = |method, path, body| server.ask(&users.ada, method, path, body);
    let list = ada("GET", "/api/v1/users", None).await.is(200);
    assert!(!list.text.contains("argon2"), "{}", list.text);
    let names: Vec<String> = list.json()["items"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|u| text(&u["name"]))
        .collect();
    assert_eq!(names, ["ada", "ben", "cleo", "dan"]);
    for (name, password) in [
        ("ben", "ben likes rain"),
        ("eve", "short"),
        ("e ve", "eve likes rain"),
        ("", "eve likes rain"),
    ] {
        let user = json!({"name": name, "password": password, "role": "coder"});
        ada("POST", "/api/v1/users", Some(user)).await.is(422);
    }
    ada("DELETE", "/api/v1/users/zoe", None).await.is(404);
    ada("DELETE", "/api/v1/users/ada", None).await.is(422);
    ada("DELETE", "/api/v1/users/ben", None).await.is(204);
    server
        .ask(&users.ben, "GET", "/api/v1/incidents", None)
        .await
        .is(401);
}

#[tokio::test]
async fn a_token_does_what_its_maker_said_and_no_more() {
    let server = Server::new();
    let (_, ids) = server
        .add("Corva", "2026-03-02", &["Corva ML 14.5 -4.1 2026-03-01 9"])
        .await;
    let users = server.users().await;
    let make = |who, body: Value| server.ask(who, "POST", "/api/v1/tokens", Some(body));
    let reading = make(&users.ben, json!({"label": "notebook"}))
        .await
        .is(201)
        .json();
    let coding = make(&users.ben, json!({"label": "import", "role": "coder"}))
        .await
        .is(201)
        .json();
    make(&users.ben, json!({"label": "more", "role": "admin"}))
        .await
        .is(422);
    let read = As::Token(text(&reading["secret"]));
    let code = As::Token(text(&coding["secret"]));
    let accept = json!({"kind": "accept", "incident": ids[0]});
    server
        .ask(&read, "GET", "/api/v1/incidents", None)
        .await
        .is(200);
    server
        .ask(&read, "POST", "/api/v1/decisions", Some(accept.clone()))
        .await
        .is(403);
    server
        .ask(&code, "POST", "/api/v1/decisions", Some(accept))
        .await
        .is(201);
    make(&code, json!({"label": "child"})).await.is(403);

    let list = server
        .ask(&users.ben, "GET", "/api/v1/tokens", None)
        .await
        .is(200);
    assert!(
        !list.text.contains("secret") && !list.text.contains("tarikh_"),
        "{}",
        list.text
    );
    let path = format!("/api/v1/tokens/{}", reading["token"]);
    server.ask(&users.cleo, "DELETE", &path, None).await.is(404);
    server.ask(&users.ben, "DELETE", &path, None).await.is(204);
    server
        .ask(&read, "GET", "/api/v1/incidents", None)
        .await
        .is(401);
}

#[tokio::test]
async fn a_user_changes_his_own_password_and_needs_the_old_one() {
    let server = Server::new();
    let users = server.users().await;
    let path = "/api/v1/users/ben/password";
    let new = json!({"password": "ben likes snow", "current": "ben likes fog"});
    server.ask(&users.ben, "PUT", path, Some(new)).await.is(403);
    let new = json!({"password": "short", "current": "ben likes rain"});
    server.ask(&users.ben, "PUT", path, Some(new)).await.is(422);
    let new = json!({"password": "ben likes snow", "current": "ben likes rain"});
    let changed = server.ask(&users.ben, "PUT", path, Some(new)).await.is(204);
    assert!(
        changed.headers.contains_key("set-cookie"),
        "he stays signed in"
    );
    server
        .ask(&users.ben, "GET", "/api/v1/incidents", None)
        .await
        .is(401);
    let old = json!({"name": "ben", "password": "ben likes rain"});
    server.post("/session", old).await.is(401);
    let new = json!({"name": "ben", "password": "ben likes snow"});
    server.post("/session", new).await.is(200);
}

#[tokio::test]
async fn an_admin_resets_a_password_and_nobody_else_does() {
    let server = Server::new();
    let users = server.users().await;
    let path = "/api/v1/users/ben/password";
    let new = json!({"password": "ben likes snow"});
    server
        .ask(&users.dan, "PUT", path, Some(new.clone()))
        .await
        .is(403);
    server.ask(&users.ada, "PUT", path, Some(new)).await.is(204);
    server
        .ask(&users.ben, "GET", "/api/v1/incidents", None)
        .await
        .is(401);
    let new = json!({"name": "ben", "password": "ben likes snow"});
    server.post("/session", new).await.is(200);
    let nobody = json!({"password": "zoe likes snow"});
    let path = "/api/v1/users/zoe/password";
    server
        .ask(&users.ada, "PUT", path, Some(nobody))
        .await
        .is(404);
    server
        .ask(&users.ada, "GET", "/api/v1/incidents", None)
        .await
        .is(200);
}
