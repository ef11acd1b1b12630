//! The OpenAPI document: routes from their annotations, records from their JSON Schema.

use std::borrow::Cow;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{Ref, RefOr};
use utoipa::{OpenApi, PartialSchema, ToSchema};

use crate::routes;

/// Names types whose schema stands elsewhere: those of the record are described by `schemars`,
/// those of the store below.
macro_rules! described_elsewhere {
    ($($name:ident),+ $(,)?) => {$(
        #[doc = concat!("Stands for `", stringify!($name), "` in the document.")]
        #[derive(Debug)]
        pub(crate) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                Ref::from_schema_name(stringify!($name)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}

described_elsewhere!(
    LinkedIncident,
    Coding,
    ReportRef,
    IncidentRow,
    Decision,
    Doubt,
    Change,
    Release
);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "tarikh",
        description = "Incidents of armed violence, each value tied to its words."
    ),
    paths(
        routes::list_incidents,
        routes::show_incident,
        routes::compare_incidents,
        routes::list_points,
        routes::count_facets,
        routes::list_changes,
        routes::list_releases,
        routes::follow_changes,
        routes::export,
        routes::search_reports,
        routes::show_report,
        routes::add_report,
        routes::add_file,
        routes::list_decisions,
        routes::decide,
        routes::show_queue,
        routes::show_agreement,
        routes::show_session,
        routes::begin_session,
        routes::end_session,
        routes::list_users,
        routes::add_user,
        routes::remove_user,
        routes::set_password,
        routes::list_tokens,
        routes::make_token,
        routes::revoke_token,
        routes::show_audit_log,
        routes::health,
        routes::show_metrics,
        routes::openapi,
    )
)]
struct Routes;

/// The document, as `GET /api/v1/openapi.json` gives it.
#[must_use]
pub fn document() -> Value {
    let mut document = serde_json::to_value(Routes::openapi())
        .expect("a document made of strings and lists can be written as JSON");
    let schemas = document.pointer_mut("/components/schemas");
    if let Some(Value::Object(schemas)) = schemas {
        describe::<tarikh_record::LinkedIncident>("LinkedIncident", schemas);
        describe::<tarikh_record::Coding>("Coding", schemas);
        for (name, schema) in of_the_store() {
            schemas.insert(name.to_owned(), schema);
        }
        schemas.sort_keys();
    }
    document
}

/// Adds a record's JSON Schema and those that it names.
fn describe<T: JsonSchema>(name: &str, schemas: &mut Map<String, Value>) {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut generator = settings.into_generator();
    let mut schema = generator.root_schema_for::<T>().to_value();
    let components = schema
        .as_object_mut()
        .and_then(|schema| schema.remove("components"));
    let named = components
        .as_ref()
        .and_then(|components| components.pointer("/schemas"))
        .and_then(Value::as_object);
    for (name, schema) in named.into_iter().flatten() {
        schemas.insert(name.clone(), schema.clone());
    }
    schemas.insert(name.to_owned(), schema);
}

/// What the store's structs look like.
fn of_the_store() -> [(&'static str, Value); 5] {
    let text = || json!({"type": "string"});
    let maybe = || json!({"type": ["string", "null"]});
    let record = json!({"$ref": "#/components/schemas/Incident"});
    [
        (
            "IncidentRow",
            json!({"type": "object",
            "required": ["id", "incident", "review", "is_stale", "priority", "n_reports", "n_sources"],
            "properties": {"id": text(), "incident": record,
                "review": {"$ref": "#/components/schemas/ReviewState"},
                "is_stale": {"type": "boolean", "description": "Accepted, but more is known now."},
                "priority": {"type": "number", "description": "Place in the queue, the highest first."},
                "n_reports": {"type": "integer"},
                "n_sources": {"type": "integer", "description": "Reports, reprints counted once."}}}),
        ),
        (
            "Doubt",
            json!({"type": "object", "required": ["a", "b", "score"],
            "properties": {"a": text(), "b": text(), "score": {"type": "number"}}}),
        ),
        (
            "Change",
            json!({"type": "object",
            "required": ["change", "at", "kind", "incident", "other"],
            "properties": {"change": {"type": "integer"}, "at": text(),
                "kind": {"enum": ["new", "revised", "merged", "split", "withdrawn"]},
                "incident": text(), "other": maybe()}}),
        ),
        (
            "Release",
            json!({"type": "object",
            "required": ["version", "at", "change", "profile", "sha256"],
            "properties": {"version": text(), "at": text(),
                "change": {"type": "integer", "description": "The last change that it holds."},
                "profile": {"enum": ["full", "public"]},
                "sha256": {"type": "string", "description": "Of its manifest."}}}),
        ),
        (
            "Decision",
            json!({"type": "object",
            "required": ["decision", "at", "who", "why", "incident", "action", "mentions", "undone"],
            "properties": {"decision": {"type": "integer"}, "at": text(), "who": text(), "why": maybe(),
                "incident": text(),
                "action": {"type": "object", "required": ["do"], "properties": {"do": {"enum": [
                    "accept", "change", "split", "merge", "background", "reject", "undo", "judge",
                    "keep_apart"]}}},
                "mentions": {"type": "array", "items": text()},
                "undone": {"type": "boolean"}}}),
        ),
    ]
}
