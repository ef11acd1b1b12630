//! Answers that are kept until an incident changes: lists, points and counts of a large database
//! are asked for again and again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;
use tarikh_store::Store;

use crate::desk::Desk;
use crate::error::ApiError;

/// Bytes of answers kept; then all are forgotten.
const MAX_BYTES: usize = 64 << 20;

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
}

impl Asked {
    /// As a client asks who has no answer yet.
    pub(crate) fn at(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            known: None,
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
        })
    }
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
        if asked.known.as_ref() == Some(&tag) {
            return Ok((StatusCode::NOT_MODIFIED, tag, Bytes::new()));
        }
        if let Some(body) = memory.get(&asked.address, change) {
            return Ok((StatusCode::OK, tag, body));
        }
        let body = Bytes::from(serde_json::to_vec(&work(store)?)?);
        memory.put(asked.address, change, &body);
        Ok((StatusCode::OK, tag, body))
    };
    let (status, tag, body) = desk.stores.read(read).await?;
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/json");
    headers.insert(header::CONTENT_TYPE, json);
    headers.insert(header::ETAG, tag);
    // Kept by the browser, but asked about each time.
    let again = HeaderValue::from_static("private, no-cache");
    headers.insert(header::CACHE_CONTROL, again);
    Ok(response)
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
