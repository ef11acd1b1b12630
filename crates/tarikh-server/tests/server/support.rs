//! A desk on an empty database, a coder that reads one line for one attack, and requests.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tarikh_io::RawReport;
use tarikh_record::{Coding, Incident};
use tarikh_server::{Desk, Limits, Settings};
use tarikh_store::{Access, Store};
use tower::ServiceExt;

/// A desk, its folder, and what it logs.
pub(crate) struct Server {
    folder: tempfile::TempDir,
    pub(crate) desk: Desk,
    router: Router,
    pub(crate) log: Arc<Mutex<Vec<String>>>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    /// The body as it came, packed or not.
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The code of a refusal.
    pub(crate) fn code(&self) -> String {
        self.json()["error"]["code"]
            .as_str()
            .unwrap_or("none")
            .to_owned()
    }

    /// Ids of a page's rows.
    pub(crate) fn ids(&self) -> Vec<String> {
        let items = self.json()["items"].as_array().cloned().unwrap_or_default();
        items.iter().map(|row| text(&row["id"])).collect()
    }

    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{self:?}");
        self
    }
}

pub(crate) fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("no text: {value}"))
        .to_owned()
}

/// Who asks: nobody, a session's cookie, or a token.
#[derive(Clone, Debug)]
pub(crate) enum As {
    Nobody,
    Session(String),
    Token(String),
}

impl Server {
    pub(crate) fn new() -> Self {
        Self::with(Limits::default())
    }

    pub(crate) fn with(limits: Limits) -> Self {
        Self::open(limits, true)
    }

    pub(crate) fn open(limits: Limits, is_local: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder for tests can be made");
        let db = folder.path().join("incidents.db");
        Store::open(&db, Access::create()).expect("a new store opens");
        let log = Arc::new(Mutex::new(Vec::new()));
        let lines = Arc::clone(&log);
        let desk = Desk::open(Settings {
            db,
            is_local,
            behind_https: !is_local,
            limits,
            code: Arc::new(code),
            log: Arc::new(move |line| {
                lines
                    .lock()
                    .expect("no test panics in a log")
                    .push(line.to_owned());
            }),
        });
        let desk = desk.expect("the desk opens");
        let router = desk.router();
        Self {
            folder,
            desk,
            router,
            log,
        }
    }

    pub(crate) fn store(&self) -> Store {
        let path = self.folder.path().join("incidents.db");
        Store::open(&path, Access::write()).expect("the store opens")
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await;
        let response = response.expect("routes do not fail");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the body ends well").to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.to_vec(),
        }
    }

    /// A request as the screen would make it.
    pub(crate) async fn ask(
        &self,
        who: &As,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1:7878")
            .header("x-tarikh", "1");
        request = match who {
            As::Nobody => request,
            As::Session(secret) => request.header("cookie", format!("tarikh_session={secret}")),
            As::Token(secret) => request.header("authorization", format!("Bearer {secret}")),
        };
        let body = match body {
            Some(json) => {
                request = request.header("content-type", "application/json");
                Body::from(json.to_string())
            }
            None => Body::empty(),
        };
        self.send(request.body(body).expect("a request")).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(&As::Nobody, "GET", &format!("/api/v1{path}"), None)
            .await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(&As::Nobody, "POST", &format!("/api/v1{path}"), Some(body))
            .await
    }

    /// Adds a report that tells of these attacks; returns its key and its incidents.
    pub(crate) async fn add(
        &self,
        title: &str,
        published: &str,
        attacks: &[&str],
    ) -> (String, Vec<String>) {
        let report = json!({"title": title, "published": published, "outlet": "Elsk Post",
            "text": attacks.join("\n")});
        let added = self.post("/reports", report).await.is(201).json();
        let ids = added["incidents"].as_array().cloned().unwrap_or_default();
        (text(&added["report_key"]), ids.iter().map(text).collect())
    }

    /// Makes users ada (admin), ben and cleo (coders), dan (viewer), and signs them in.
    pub(crate) async fn users(&self) -> Users {
        let mut sessions = Vec::new();
        for (name, role) in [
            ("ada", "admin"),
            ("ben", "coder"),
            ("cleo", "coder"),
            ("dan", "viewer"),
        ] {
            let user =
                json!({"name": name, "password": format!("{name} likes rain"), "role": role});
            let asker = sessions.first().cloned().unwrap_or(As::Nobody);
            self.ask(&asker, "POST", "/api/v1/users", Some(user))
                .await
                .is(201);
            sessions.push(self.sign_in(name).await);
        }
        let mut sessions = sessions.into_iter();
        let mut next = || sessions.next().expect("four users were made");
        Users {
            ada: next(),
            ben: next(),
            cleo: next(),
            dan: next(),
        }
    }

    pub(crate) async fn sign_in(&self, name: &str) -> As {
        let credentials = json!({"name": name, "password": format!("{name} likes rain")});
        let answer = self.post("/session", credentials).await.is(200);
        let cookie = answer.headers["set-cookie"]
            .to_str()
            .expect("a cookie is ASCII");
        let (_, rest) = cookie.split_once('=').expect("a cookie has a value");
        As::Session(rest.split(';').next().unwrap_or_default().to_owned())
    }
}

pub(crate) struct Users {
    pub(crate) ada: As,
    pub(crate) ben: As,
    pub(crate) cleo: As,
    pub(crate) dan: As,
}

/// Reads lines such as `Corva ML 14.5 -4.1 2026-03-01 9`: place, country, point, day, killed.
/// Fails on a report that says FAIL.
fn code(raw: &RawReport) -> Result<Coding, String> {
    if raw.body.contains("FAIL") {
        return Err("the coder was told to fail".to_owned());
    }
    let title = raw.metadata.title.clone().unwrap_or_default();
    let lines = raw.body.lines().enumerate();
    Ok(Coding {
        report_id: if raw.metadata.id.is_empty() {
            title
        } else {
            raw.metadata.id.clone()
        },
        coder_version: "tarikh test 1".to_owned(),
        language: Some("en".to_owned()),
        published: raw.metadata.published.map(|day| day.to_string()),
        dateline: None,
        incidents: lines.filter_map(|(i, line)| incident(i, line)).collect(),
        context: Vec::new(),
        warnings: Vec::new(),
    })
}

fn incident(position: usize, line: &str) -> Option<Incident> {
    let words: Vec<&str> = line.split(' ').collect();
    let [village, country, lat, lon, day, killed] = words.as_slice() else {
        return None;
    };
    let (lat, lon): (f64, f64) = (lat.parse().ok()?, lon.parse().ok()?);
    let killed: u32 = killed.parse().ok()?;
    let start = position * 100;
    let value = json!({
        "id": format!("i-{village}-{position}"),
        "event_type": "Violence against civilians", "sub_event_type": "Attack", "flag": null,
        "ucdp_type": 3, "plover_type": "ASSAULT", "plover_mode": null,
        "date_start": day, "date_end": day, "date_precision": 1,
        "date_text": "that day", "timex": day, "time_of_day": null,
        "place": {"text": village, "name": village, "geonameid": null, "admin1": "North",
            "admin2": null, "country": country, "lat": lat, "lon": lon, "radius_km": 5.0,
            "geometry": null, "precision": 1, "relation": null},
        "side_a": ["Unidentified Armed Group"], "side_b": ["Civilians"],
        "actors": [], "civilians": true,
        "killed": {"best": killed, "low": killed, "high": killed,
            "side_a": null, "side_b": null, "civilians": killed, "unknown": null},
        "injured": {"low": null, "high": null},
        "abducted": null, "arrested": null, "released": null, "weapons": [],
        "sources": [], "claims": [], "status": "confirmed", "is_background": false,
        "shared_toll": false, "confidence": 0.8,
        "evidence": {"quote": village, "start": start, "end": start + village.len(), "zone": "text"},
        "evidence_also": [], "provenance": []
    });
    Some(serde_json::from_value(value).expect("the record is complete"))
}
