//! The OpenAPI document, against the one that is committed.

use std::path::Path;

use serde_json::Value;

#[test]
fn the_description_is_the_one_that_is_committed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let written = serde_json::to_string_pretty(&tarikh_server::document()).expect("JSON") + "\n";
    if std::env::var_os("TARIKH_WRITE").is_some() {
        std::fs::write(&path, &written).expect("the document can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = written
        .lines()
        .zip(committed.lines())
        .find(|(new, old)| new != old);
    assert!(
        written == committed,
        "openapi.json is out of date, first at {differs:?}; look at the difference, then run this \
         test with TARIKH_WRITE=1"
    );
}

#[test]
fn every_name_in_the_description_is_explained() {
    let document = tarikh_server::document();
    let mut names = Vec::new();
    collect(&document, &mut names);
    assert!(10 < names.len());
    for name in names {
        let pointer = name.trim_start_matches('#');
        let found = document.pointer(pointer);
        assert!(
            found.is_some_and(|schema| schema["$ref"].as_str() != Some(&name)),
            "{name}"
        );
    }
}

fn collect(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value.as_str() {
                    Some(name) if key == "$ref" => names.push(name.to_owned()),
                    _ => collect(value, names),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

#[test]
fn every_route_is_described() {
    let document = tarikh_server::document();
    let paths = document["paths"].as_object().expect("an object");
    // As `route("/x", …)` stands in the source, in one line or several.
    let source = include_str!("../../src/routes/mod.rs");
    let routes = source.split(".route(").skip(1).map(|rest| {
        let mut quoted = rest.split('"');
        quoted.nth(1).expect("a path")
    });
    let mut n_routes = 0;
    for route in routes {
        n_routes += 1;
        let known = paths.contains_key(&format!("/api/v1{route}")) || paths.contains_key(route);
        assert!(known, "{route} is not in the description");
    }
    assert!(20 < n_routes);
}

#[test]
fn every_route_says_what_it_does() {
    let document = tarikh_server::document();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let summary = operation["summary"].as_str().unwrap_or_default();
            assert!(!summary.is_empty(), "{method} {path} has no summary");
        }
    }
}
