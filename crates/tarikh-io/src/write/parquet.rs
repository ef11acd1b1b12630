//! One Parquet file with the flat columns of an incident and its geometry: a GeoParquet 1.1 file,
//! which programs that know nothing of geometries read as plain Parquet. It is not compressed: the zip of a
//! release and the server's answers are.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};
use serde_json::json;
use tarikh_codebook::Entry;

use super::flat::{COLUMNS, Read};
use super::wkb;

/// Incidents of a row group: what is held in memory at once.
const ROWS: usize = 10_000;

/// Name of the column with the geometry.
const GEOMETRY: &str = "geometry";

/// Values of one column, in the order of the incidents.
enum Values {
    Text(Vec<Option<ByteArray>>),
    Day(Vec<Option<i32>>),
    Whole(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
    Truth(Vec<Option<bool>>),
}

/// Writes incidents, a row group at a time.
pub(super) struct ParquetWriter {
    /// Takes what is written until it is passed on.
    file: SerializedFileWriter<Vec<u8>>,
    columns: Vec<Values>,
    geometries: Vec<Option<ByteArray>>,
    kinds: BTreeSet<&'static str>,
    bounds: Option<[f64; 4]>,
}

impl ParquetWriter {
    pub(super) fn new() -> io::Result<Self> {
        let properties = WriterProperties::builder().set_compression(Compression::UNCOMPRESSED);
        let file = SerializedFileWriter::new(
            Vec::new(),
            schema().map_err(broken)?,
            Arc::new(properties.build()),
        );
        Ok(Self {
            file: file.map_err(broken)?,
            columns: empty_columns(),
            geometries: Vec::new(),
            kinds: BTreeSet::new(),
            bounds: None,
        })
    }

    pub(super) fn write(&mut self, entry: &Entry<'_>, out: &mut impl Write) -> io::Result<()> {
        for (column, values) in COLUMNS.iter().zip(&mut self.columns) {
            values.push(column.read, entry);
        }
        let shape = wkb::shape(&entry.incident.place);
        if let Some(shape) = &shape {
            self.kinds.insert(shape.kind);
            let b = self.bounds.unwrap_or(shape.bounds);
            let s = shape.bounds;
            self.bounds = Some([
                b[0].min(s[0]),
                b[1].min(s[1]),
                b[2].max(s[2]),
                b[3].max(s[3]),
            ]);
        }
        self.geometries
            .push(shape.map(|shape| ByteArray::from(shape.bytes)));
        if self.geometries.len() < ROWS {
            return Ok(());
        }
        self.end_group().map_err(broken)?;
        out.write_all(&std::mem::take(self.file.inner_mut()))
    }

    /// Writes what is left and the footer, without which the file cannot be read.
    pub(super) fn finish(mut self, out: &mut impl Write) -> io::Result<()> {
        if !self.geometries.is_empty() {
            self.end_group().map_err(broken)?;
        }
        let about = KeyValue::new("geo".to_owned(), self.about_geometry().to_string());
        self.file.append_key_value_metadata(about);
        out.write_all(&self.file.into_inner().map_err(broken)?)
    }

    fn end_group(&mut self) -> Result<(), ParquetError> {
        let columns = std::mem::replace(&mut self.columns, empty_columns());
        let geometries = std::mem::take(&mut self.geometries);
        let mut group = self.file.next_row_group()?;
        for values in columns {
            match values {
                Values::Text(values) => write_column::<ByteArrayType>(&mut group, values)?,
                Values::Day(values) => write_column::<Int32Type>(&mut group, values)?,
                Values::Whole(values) => write_column::<Int64Type>(&mut group, values)?,
                Values::Real(values) => write_column::<DoubleType>(&mut group, values)?,
                Values::Truth(values) => write_column::<BoolType>(&mut group, values)?,
            }
        }
        write_column::<ByteArrayType>(&mut group, geometries)?;
        group.close()?;
        Ok(())
    }

    /// The metadata that GeoParquet 1.1 asks for; without a reference system it is OGC:CRS84.
    fn about_geometry(&self) -> serde_json::Value {
        let mut column = json!({"encoding": "WKB", "geometry_types": self.kinds});
        if let Some(bounds) = self.bounds {
            column["bbox"] = json!(bounds);
        }
        json!({"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}})
    }
}

impl std::fmt::Debug for ParquetWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("ParquetWriter");
        shown
            .field("n_held", &self.geometries.len())
            .finish_non_exhaustive()
    }
}

impl Values {
    fn push(&mut self, read: Read, entry: &Entry<'_>) {
        match (self, read) {
            (Self::Text(values), Read::Text(read)) => {
                values.push(read(entry).map(|text| ByteArray::from(text.into_bytes())));
            }
            (Self::Day(values), Read::Day(read)) => {
                values.push(read(entry).and_then(|day| day_number(&day)));
            }
            (Self::Whole(values), Read::Whole(read)) => values.push(read(entry).map(i64::from)),
            (Self::Real(values), Read::Real(read)) => values.push(read(entry)),
            (Self::Truth(values), Read::Truth(read)) => values.push(read(entry)),
            _ => unreachable!("the columns are made from their readers"),
        }
    }
}

fn empty_columns() -> Vec<Values> {
    let columns = COLUMNS.iter().map(|column| match column.read {
        Read::Text(_) => Values::Text(Vec::new()),
        Read::Day(_) => Values::Day(Vec::new()),
        Read::Whole(_) => Values::Whole(Vec::new()),
        Read::Real(_) => Values::Real(Vec::new()),
        Read::Truth(_) => Values::Truth(Vec::new()),
    });
    columns.collect()
}

fn schema() -> Result<TypePtr, ParquetError> {
    let field = |name: &str, physical: Physical, logical: Option<LogicalType>| {
        let field = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        field.build().map(Arc::new)
    };
    let mut fields = Vec::with_capacity(COLUMNS.len() + 1);
    for column in COLUMNS {
        let (physical, logical) = match column.read {
            Read::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Read::Day(_) => (Physical::INT32, Some(LogicalType::Date)),
            Read::Whole(_) => (Physical::INT64, None),
            Read::Real(_) => (Physical::DOUBLE, None),
            Read::Truth(_) => (Physical::BOOLEAN, None),
        };
        fields.push(field(column.name, physical, logical)?);
    }
    fields.push(field(GEOMETRY, Physical::BYTE_ARRAY, None)?);
    let table = Type::group_type_builder("incidents").with_fields(fields);
    table.build().map(Arc::new)
}

/// Writes the next column of a row group; level 1 says that a value is there.
fn write_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    values: Vec<Option<T::T>>,
) -> Result<(), ParquetError> {
    let levels: Vec<i16> = values
        .iter()
        .map(|value| i16::from(value.is_some()))
        .collect();
    let known: Vec<T::T> = values.into_iter().flatten().collect();
    let missing = || ParquetError::General("more columns than the schema has".to_owned());
    let mut column = group.next_column()?.ok_or_else(missing)?;
    column
        .typed::<T>()
        .write_batch(&known, Some(&levels), None)?;
    column.close()
}

/// Days since 1 January 1970.
fn day_number(day: &str) -> Option<i32> {
    const EPOCH: Date = jiff::civil::date(1970, 1, 1);
    let day: Date = day.parse().ok()?;
    EPOCH.until(day).ok().map(|span| span.get_days())
}

fn broken(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    use super::super::sample::attack;
    use super::*;

    fn position(name: &str) -> usize {
        let at = COLUMNS.iter().position(|column| column.name == name);
        at.expect("there is such a column")
    }

    fn written(n: usize) -> SerializedFileReader<std::fs::File> {
        let mut out = Vec::new();
        let mut writer = ParquetWriter::new().expect("the schema is sound");
        let incident = attack();
        for _ in 0..n {
            let entry = Entry::bare(&incident);
            writer.write(&entry, &mut out).expect("written");
        }
        writer.finish(&mut out).expect("written");
        let mut file = tempfile::tempfile().expect("a file of our own");
        file.write_all(&out).expect("written");
        SerializedFileReader::new(file).expect("it is a Parquet file")
    }

    #[test]
    fn what_is_written_is_read_back() {
        let file = written(ROWS + 1);
        assert_eq!(file.num_row_groups(), 2);
        let rows = file.get_row_iter(None).expect("rows");
        let rows: Result<Vec<_>, _> = rows.collect();
        let rows = rows.expect("all rows are read");
        assert_eq!(rows.len(), ROWS + 1);
        let last = rows.last().expect("there are some");
        let incident = attack();
        assert_eq!(
            last.get_string(position("place")).ok(),
            incident.place.name.as_ref()
        );
        assert_eq!(last.get_double(position("lat")).ok(), incident.place.lat,);
        let day = incident.date_start.as_deref().and_then(day_number);
        assert_eq!(last.get_int(position("date_start")).ok().or(day), day);
        assert_eq!(
            last.get_bytes(COLUMNS.len()).map(|wkb| wkb.len()).ok(),
            Some(21)
        );
    }

    #[test]
    fn the_file_says_where_its_geometry_is() {
        let file = written(1);
        let about = file.metadata().file_metadata().key_value_metadata();
        let geo = about.into_iter().flatten().find(|pair| pair.key == "geo");
        let geo = geo
            .and_then(|pair| pair.value.as_deref())
            .expect("GeoParquet");
        let geo: serde_json::Value = serde_json::from_str(geo).expect("JSON");
        assert_eq!(geo["columns"][GEOMETRY]["geometry_types"], json!(["Point"]));
        assert_eq!(
            geo["columns"][GEOMETRY]["bbox"].as_array().map(Vec::len),
            Some(4)
        );
    }

    #[test]
    fn without_incidents_the_columns_stand_alone() {
        let file = written(0);
        let schema = file.metadata().file_metadata().schema_descr();
        assert_eq!(schema.num_columns(), COLUMNS.len() + 1);
    }
}
