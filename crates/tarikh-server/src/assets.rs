//! The screen: the files of `web/dist`, which lie in the program.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::error::ApiError;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Screen;

/// Shown where the screen was not built.
const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
    <title>tarikh</title>\n<h1>The screen is not built</h1>\n\
    <p>This program was built without the files of the screen. Run <code>cargo xtask web</code>, \
    then build it again.</p>\n<p>The API is there all the same: \
    <a href=\"/api/v1/openapi.json\">openapi.json</a>.</p>\n</html>\n";

/// A file of the screen; the page itself for every other address, which the page then reads.
pub(crate) async fn serve(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || !(path.is_empty() || is_plain(path)) {
        return ApiError::no_such_page().into_response();
    }
    if let Some(file) = Screen::get(path) {
        // The bundler puts a hash of the content into the names below assets/.
        let age = if path.starts_with("assets/") {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        return answer(path, file.data.into_owned(), age);
    }
    if path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'))
    {
        return ApiError::no_such_page().into_response();
    }
    match Screen::get("index.html") {
        Some(page) => answer("index.html", page.data.into_owned(), "no-cache"),
        None => answer("index.html", NOT_BUILT.as_bytes().to_vec(), "no-cache"),
    }
}

/// Letters, digits and `-_./`, and no step upwards: what a bundler writes.
fn is_plain(path: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./".contains(&b);
    !path.is_empty()
        && path.bytes().all(plain)
        && !path.split('/').any(|part| part.starts_with('.'))
}

fn answer(path: &str, data: Vec<u8>, age: &'static str) -> Response {
    let mut response = Response::new(Body::from(data));
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(media_type(path)),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(age));
    response
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map" | "webmanifest") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn only_what_a_bundler_writes_is_looked_for() {
        assert!(is_plain("assets/index-4f0c9e1b.js"));
        for path in [
            "",
            "../Cargo.toml",
            "assets/../../x",
            ".git/config",
            "a%2e%2e/b",
            "a\\b",
        ] {
            assert!(!is_plain(path), "{path:?}");
        }
    }
}
