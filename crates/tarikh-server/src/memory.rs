//! Answers that are kept until an incident changes: lists, points and counts of a large database
//! are asked for again and again.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde::Serialize;
use tarikh_store::Store;

use crate::desk::Desk;
use crate::error::ApiError;

/// Bytes of answers kept; then all are forgotten.
const MAX_BYTES: usize = 64 << 20;

/// Bytes from which an answer is kept compressed too, rather than compressed for each who asks.
const WORTH_PACKING: usize = 16 << 10;

/// Answers by address, all of one state of the incidents.
#[derive(Debug)]
pub(crate) struct Memory {
    /// Tells this run of the server from others, whose answers may be shaped otherwise.
    run: i64,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    change: i64,
    n_bytes: usize,
    answers: HashMap<String, Bytes>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            run: Timestamp::now().as_millisecond(),
            kept: Mutex::default(),
        }
    }
}

impl Memory {
    fn get(&self, address: &str, change: i64) -> Option<Bytes> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = kept.answers.get(address)?;
        (kept.change == change).then(|| answer.clone())
    }

    fn put(&self, address: String, change: i64, answer: &Bytes) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.change != change || MAX_BYTES < kept.n_bytes + answer.len() {
            *kept = Kept {
                change,
                ..Kept::default()
            };
        }
        kept.n_bytes += answer.len();
        kept.answers.insert(address, answer.clone());
    }
}

/// Where an answer that follows from the incidents alone was asked for, and what the client has.
#[derive(Debug)]
pub(crate) struct Asked {
    /// Path and parameters.
    pub(crate) address: String,
    /// `If-None-Match`.
    known: Option<HeaderValue>,
    /// Whether the client reads gzip.
    reads_gzip: bool,
}

impl Asked {
    /// As a client asks who has no answer yet.
    pub(crate) fn at(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            known: None,
            reads_gzip: true,
        }
    }
}

impl<S: Sync> axum::extract::FromRequestParts<S> for Asked {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _: &S,
    ) -> Result<Self, ApiError> {
        let headers: &HeaderMap = &parts.headers;
        Ok(Self {
            address: parts.uri.to_string(),
            known: headers.get(header::IF_NONE_MATCH).cloned(),
            reads_gzip: reads_gzip(headers),
        })
    }
}

/// Whether a client says that it reads gzip; one that says how gladly is not asked further.
fn reads_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter();
    let mut accepted = accepted.filter_map(|value| value.to_str().ok());
    accepted.any(|list| list.split(',').any(|one| one.trim() == "gzip"))
}

/// An answer as it goes out.
struct Found {
    status: StatusCode,
    tag: HeaderValue,
    body: Bytes,
    is_packed: bool,
}

/// Answers with what `work` reads, from memory if no incident changed since it was read.
pub(crate) async fn answer<T: Serialize>(
    desk: &Desk,
    asked: Asked,
    work: impl FnOnce(&Store) -> Result<T, ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    let memory = desk.memory.clone();
    let read = move |store: &Store| {
        let change = store.last_change()?;
        let tag = HeaderValue::from_str(&format!("W/\"{}-{change}\"", memory.run));
        let tag = tag.unwrap_or(HeaderValue::from_static(""));
        let found = |status, body, is_packed| Found {
            status,
            tag: tag.clone(),
            body,
            is_packed,
        };
        if asked.known.as_ref() == Some(&tag) {
            return Ok(found(StatusCode::NOT_MODIFIED, Bytes::new(), false));
        }
        // No address has a space in it.
        let packed_at = format!("gzip {}", asked.address);
        if let Some(body) = memory.get(&packed_at, change).filter(|_| asked.reads_gzip) {
            return Ok(found(StatusCode::OK, body, true));
        }
        let body = match memory.get(&asked.address, change) {
            Some(body) => body,
            None => {
                let body = Bytes::from(serde_json::to_vec(&work(store)?)?);
                memory.put(asked.address, change, &body);
                body
            }
        };
        if body.len() < WORTH_PACKING || !asked.reads_gzip {
            return Ok(found(StatusCode::OK, body, false));
        }
        let body = packed(&body)?;
        memory.put(packed_at, change, &body);
        Ok(found(StatusCode::OK, body, true))
    };
    Ok(respond(desk.stores.read(read).await?))
}

fn packed(body: &[u8]) -> Result<Bytes, ApiError> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::fast());
    let written = writer.write_all(body).and_then(|()| writer.finish());
    let packed =
        written.map_err(|error| ApiError::internal(format!("packing an answer: {error}")))?;
    Ok(Bytes::from(packed))
}

fn respond(found: Found) -> Response {
    let mut response = Response::new(Body::from(found.body));
    *response.status_mut() = found.status;
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/json");
    headers.insert(header::CONTENT_TYPE, json);
    headers.insert(header::ETAG, found.tag);
    if found.is_packed {
        let gzip = HeaderValue::from_static("gzip");
        headers.insert(header::CONTENT_ENCODING, gzip);
    }
    let by_encoding = HeaderValue::from_static("accept-encoding");
    headers.insert(header::VARY, by_encoding);
    // Kept by the browser, but asked about each time.
    let again = HeaderValue::from_static("private, no-cache");
    headers.insert(header::CACHE_CONTROL, again);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_lasts_until_the_next_change() {
        let memory = Memory::default();
        let body = Bytes::from_static(b"[]");
        memory.put("/points".to_owned(), 7, &body);
        assert_eq!(memory.get("/points", 7), Some(body.clone()));
        assert_eq!(memory.get("/points?country=ML", 7), None);
        assert_eq!(memory.get("/points", 8), None);
        memory.put("/facets".to_owned(), 8, &body);
        assert_eq!(memory.get("/points", 8), None, "it was of an earlier state");
    }

    #[test]
    fn what_is_kept_has_a_limit() {
        let memory = Memory::default();
        let body = Bytes::from(vec![b' '; MAX_BYTES / 2]);
        for i in 0..3 {
            memory.put(format!("/points?min_killed={i}"), 1, &body);
        }
        assert_eq!(memory.get("/points?min_killed=0", 1), None);
        assert!(memory.get("/points?min_killed=2", 1).is_some());
    }
}
