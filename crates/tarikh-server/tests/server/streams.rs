//! Exports and events.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::support::{As, Server};

#[tokio::test]
async fn each_export_holds_what_the_filter_lets_through() {
    let server = Server::new();
    server
        .add("Corva", "2026-03-02", &["Corva ML 14.5 -4.1 2026-03-01 9"])
        .await;
    server
        .add("Arbel", "2026-03-11", &["Arbel NE 13.1 3.2 2026-03-10 4"])
        .await;
    for (name, media_type) in [
        ("ged.csv", "text/csv; charset=utf-8"),
        ("acled.csv", "text/csv; charset=utf-8"),
        ("hxl.csv", "text/csv; charset=utf-8"),
        ("records.csv", "text/csv; charset=utf-8"),
        ("parquet", "application/vnd.apache.parquet"),
        ("plover.jsonl", "application/jsonl"),
        ("geojson", "application/geo+json"),
        ("jsonl", "application/jsonl"),
    ] {
        let all = server.get(&format!("/export/{name}")).await.is(200);
        assert_eq!(all.headers["content-type"], media_type, "{name}");
        assert!(
            all.text.contains("Corva") && all.text.contains("Arbel"),
            "{name}: {}",
            all.text
        );
        let some = server
            .get(&format!("/export/{name}?country=NE"))
            .await
            .is(200);
        assert!(
            !some.text.contains("Corva") && some.text.contains("Arbel"),
            "{name}"
        );
    }
    let wrong = server.get("/export/ged.csv?profile=secret").await.is(400);
    assert_eq!(wrong.code(), "E055");
}

#[tokio::test]
async fn a_public_export_has_no_words_of_the_reports() {
    let server = Server::new();
    server
        .add("Corva", "2026-03-02", &["Corva ML 14.5 -4.1 2026-03-01 9"])
        .await;
    let full = server.get("/export/jsonl").await.is(200).text;
    let public = server
        .get("/export/jsonl?profile=public&places=admin1")
        .await
        .is(200)
        .text;
    assert!(
        full.contains("\"quote\":\"Corva\"") && full.contains("14.5"),
        "{full}"
    );
    assert!(
        !public.contains("\"quote\":\"Corva\"") && !public.contains("14.5"),
        "{public}"
    );
}

#[tokio::test]
async fn new_incidents_are_told_as_they_come() {
    let server = Server::new();
    server
        .add("Corva", "2026-03-02", &["Corva ML 14.5 -4.1 2026-03-01 9"])
        .await;
    let request = Request::get("/api/v1/events")
        .header("host", "localhost")
        .body(Body::empty())
        .expect("a request");
    let response = server
        .desk
        .router()
        .oneshot(request)
        .await
        .expect("routes do not fail");
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut events = response.into_body();
    let (_, ids) = server
        .add("Arbel", "2026-03-11", &["Arbel NE 13.1 3.2 2026-03-10 4"])
        .await;
    let frame = tokio::time::timeout(Duration::from_secs(5), events.frame()).await;
    let frame = frame
        .expect("it is told soon")
        .expect("the stream goes on")
        .expect("and is sound");
    let bytes = frame.into_data().expect("an event is data");
    let event = String::from_utf8_lossy(&bytes).into_owned();
    assert!(
        event.contains("event: new\n") && event.contains(&ids[0]),
        "{event}"
    );
    assert!(event.contains("id: 2\n"), "{event}");
    server.desk.stop();
    let end = tokio::time::timeout(Duration::from_secs(5), events.frame()).await;
    assert!(end.expect("a stopping server ends its streams").is_none());
}

#[tokio::test]
async fn events_are_taken_up_where_they_broke_off() {
    let server = Server::new();
    server
        .add("Corva", "2026-03-02", &["Corva ML 14.5 -4.1 2026-03-01 9"])
        .await;
    server
        .add("Arbel", "2026-03-11", &["Arbel NE 13.1 3.2 2026-03-10 4"])
        .await;
    let request = Request::get("/api/v1/events")
        .header("host", "localhost")
        .header("last-event-id", "1")
        .body(Body::empty())
        .expect("a request");
    let response = server
        .desk
        .router()
        .oneshot(request)
        .await
        .expect("routes do not fail");
    let frame = response
        .into_body()
        .frame()
        .await
        .expect("an event")
        .expect("is sent");
    let bytes = frame.into_data().expect("an event is data");
    assert!(String::from_utf8_lossy(&bytes).contains("id: 2\n"));
}

#[tokio::test]
async fn metrics_count_requests_by_route() {
    let server = Server::new();
    server.get("/incidents/inc-0").await.is(404);
    let metrics = server
        .ask(&As::Nobody, "GET", "/metrics", None)
        .await
        .is(200);
    let labels = "method=\"GET\",route=\"/api/v1/incidents/{id}\",status=\"404\"";
    assert!(
        metrics
            .text
            .contains(&format!("tarikh_requests_total{{{labels}}} 1")),
        "{}",
        metrics.text
    );
}
