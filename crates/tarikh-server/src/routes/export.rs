//! Exports, as streams: an incident is written when the client takes it.

use std::io::{self, BufWriter, Write};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tarikh_io::write::{Places, Publication, RowFormat, RowWriter};
use tarikh_link::Policy;
use tarikh_store::Filter;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::desk::Desk;
use crate::error::{ApiError, ErrorBody};
use crate::guard::Viewer;
use crate::params::{Named, Params};
use crate::publish::Publisher;
use crate::query::{ExportSelection, policy};
use crate::stores::Stores;

/// Bytes of a piece of the stream, and pieces that wait for the client.
const PIECE: usize = 64 << 10;
const PIECES: usize = 4;

/// A file that is offered.
struct Export {
    file: &'static str,
    media_type: &'static str,
    format: RowFormat,
    policy: Policy,
}

impl Export {
    /// The export of this name. Only these names exist: none leads to a file.
    fn named(name: &str) -> Option<Self> {
        let (csv, jsonl) = ("text/csv; charset=utf-8", "application/jsonl");
        let (file, media_type, format, policy) = match name {
            "ged.csv" => ("ged.csv", csv, RowFormat::Ucdp, Policy::Ucdp),
            "acled.csv" => ("acled.csv", csv, RowFormat::Acled, Policy::Acled),
            "hxl.csv" => ("hxl.csv", csv, RowFormat::Hxl, Policy::Ucdp),
            "plover.jsonl" => ("plover.jsonl", jsonl, RowFormat::Plover, Policy::Ucdp),
            "jsonl" => ("incidents.jsonl", jsonl, RowFormat::Jsonl, Policy::Ucdp),
            "geojson" => (
                "incidents.geojson",
                "application/geo+json",
                RowFormat::Geojson,
                Policy::Ucdp,
            ),
            "records.csv" => ("records.csv", csv, RowFormat::Records, Policy::Ucdp),
            "parquet" => (
                "incidents.parquet",
                "application/vnd.apache.parquet",
                RowFormat::Parquet,
                Policy::Ucdp,
            ),
            _ => return None,
        };
        Some(Self {
            file,
            media_type,
            format,
            policy,
        })
    }
}

/// Writes a set of incidents: ged.csv, acled.csv, hxl.csv, records.csv, plover.jsonl, geojson, parquet or jsonl.
#[utoipa::path(get, path = "/api/v1/export/{name}", tag = "incidents",
    params(("name" = String, Path, description = "ged.csv, acled.csv, hxl.csv, records.csv, plover.jsonl, geojson, parquet or jsonl"),
           ExportSelection),
    responses((status = 200, description = "The file, as a stream"), (status = 400, body = ErrorBody),
              (status = 404, body = ErrorBody)))]
pub(crate) async fn export(
    State(desk): State<Desk>,
    Viewer(asker): Viewer,
    Named(name): Named<String>,
    Params(asked): Params<ExportSelection>,
) -> Result<Response, ApiError> {
    if asker.blind().is_some() {
        let message = "an export holds decisions of others; ask an admin for one";
        return Err(ApiError::not_allowed(message));
    }
    let export = Export::named(&name).ok_or_else(ApiError::no_such_page)?;
    let (file, media_type) = (export.file, export.media_type);
    let policy = policy(asked.policy.as_deref())?.unwrap_or(export.policy);
    let publication = publication(&asked)?;
    let filter = asked.filter()?;
    let slot = desk.exports.clone().acquire_owned().await;
    let (sender, receiver) = mpsc::channel(PIECES);
    let stream = Stream {
        sender: sender.clone(),
        patience: desk.limits.stream,
        runtime: Handle::current(),
    };
    tokio::task::spawn_blocking(move || {
        let written = write(&desk.stores, filter, publication, &export, policy, stream);
        if let Err(error) = written {
            (desk.log)(&format!("an export broke off: {}", error.message));
            // The client must not take the part for the whole.
            let _ = sender.blocking_send(Err(io::Error::other("the export broke off")));
        }
        drop(slot);
    });
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{file}\""),
        ),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(receiver))).into_response())
}

fn publication(asked: &ExportSelection) -> Result<Option<Publication>, ApiError> {
    let places = match asked.places.as_deref().unwrap_or_default() {
        "" | "exact" => Places::Exact,
        "admin2" => Places::Admin2,
        "admin1" => Places::Admin1,
        _ => {
            return Err(ApiError::unreadable(
                "places: expected exact, admin2 or admin1",
            ));
        }
    };
    match asked.profile.as_deref().unwrap_or_default() {
        "" | "full" if places != Places::Exact => Err(ApiError::unreadable(
            "places: coarser ones need profile=public",
        )),
        "" | "full" => Ok(None),
        "public" => Ok(Some(Publication { places })),
        _ => Err(ApiError::unreadable("profile: expected full or public")),
    }
}

fn write(
    stores: &Stores,
    filter: Filter,
    publication: Option<Publication>,
    export: &Export,
    policy: Policy,
    stream: Stream,
) -> Result<(), ApiError> {
    let broken = |error: io::Error| ApiError::internal(format!("an export: {error}"));
    let store = stores.open_reader()?;
    // One state of the database, whatever is added meanwhile.
    store.connection().execute_batch("BEGIN")?;
    let publisher = Publisher::new(&store, filter, publication)?;
    let mut writer = RowWriter::new(BufWriter::with_capacity(PIECE, stream), export.format);
    publisher.each(policy, |linked| writer.write(&linked).map_err(broken))?;
    let mut rest = writer.finish().map_err(broken)?;
    rest.flush().map_err(broken)
}

/// Writes pieces to a client; one who takes none for too long gets no more.
struct Stream {
    sender: mpsc::Sender<io::Result<Bytes>>,
    patience: Duration,
    runtime: Handle,
}

impl Write for Stream {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let send = self.sender.send(Ok(Bytes::copy_from_slice(piece)));
        let sent = self
            .runtime
            .block_on(tokio::time::timeout(self.patience, send));
        match sent {
            Ok(Ok(())) => Ok(piece.len()),
            Ok(Err(_)) => Err(io::Error::other("the client is gone")),
            Err(_) => Err(io::Error::other("the client takes nothing")),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
