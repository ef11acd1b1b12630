//! Counters of requests, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::{Method, StatusCode};

/// Requests by method, route and status, with the seconds that they took.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    requests: Mutex<BTreeMap<Request, Answered>>,
}

/// Method, route and status.
type Request = (String, String, u16);

/// How many, and the seconds that they took in all.
type Answered = (u64, f64);

impl Metrics {
    /// Counts a request. Routes are few: they are patterns, not addresses.
    pub(crate) fn count(&self, method: &Method, route: &str, status: StatusCode, took: Duration) {
        // Any word may stand as a method; those that are none share a row.
        let known = [
            Method::GET,
            Method::HEAD,
            Method::POST,
            Method::PUT,
            Method::DELETE,
        ];
        let method = if known.contains(method) {
            method.as_str()
        } else {
            "other"
        };
        let key = (method.to_owned(), route.to_owned(), status.as_u16());
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let (n, seconds) = requests.entry(key).or_default();
        *n += 1;
        *seconds += took.as_secs_f64();
    }

    /// All counters, and gauges with their explanation.
    pub(crate) fn text(&self, gauges: &[(&str, &str, u64)]) -> String {
        let mut text = String::new();
        for (name, help, value) in gauges {
            let _ = writeln!(
                text,
                "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}"
            );
        }
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        text += "# HELP tarikh_requests_total Requests answered.\n\
                 # TYPE tarikh_requests_total counter\n";
        for ((method, route, status), (n, _)) in requests.iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            let _ = writeln!(text, "tarikh_requests_total{{{labels}}} {n}");
        }
        text += "# HELP tarikh_request_seconds_total Time until the answer began.\n\
                 # TYPE tarikh_request_seconds_total counter\n";
        for ((method, route, status), (_, seconds)) in requests.iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            let _ = writeln!(
                text,
                "tarikh_request_seconds_total{{{labels}}} {seconds:.6}"
            );
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_route() {
        let metrics = Metrics::default();
        let took = Duration::from_millis(250);
        metrics.count(&Method::GET, "/api/v1/incidents/{id}", StatusCode::OK, took);
        metrics.count(&Method::GET, "/api/v1/incidents/{id}", StatusCode::OK, took);
        let text = metrics.text(&[("tarikh_reports", "Reports stored.", 7)]);
        let labels = "{method=\"GET\",route=\"/api/v1/incidents/{id}\",status=\"200\"}";
        assert!(text.contains("\ntarikh_reports 7\n"), "{text}");
        assert!(
            text.contains(&format!("\ntarikh_requests_total{labels} 2\n")),
            "{text}"
        );
        assert!(
            text.contains(&format!("seconds_total{labels} 0.500000\n")),
            "{text}"
        );
    }
}
