//! Geometries as Well-Known Binary (OGC 06-103r4), little endian, longitude before latitude.

use serde_json::Value;
use tarikh_record::Place;

/// Codes of the kinds of geometry.
const POINT: u32 = 1;
const LINE: u32 = 2;
const POLYGON: u32 = 3;

/// Where something happened, ready to be written.
#[derive(Debug, PartialEq)]
pub(super) struct Shape {
    /// Name of the kind, as GeoJSON has it.
    pub(super) kind: &'static str,
    /// The bytes.
    pub(super) bytes: Vec<u8>,
    /// West, south, east and north, in degrees.
    pub(super) bounds: [f64; 4],
}

/// The line or area of a place, or its point; `None` where it is not known.
pub(super) fn shape(place: &Place) -> Option<Shape> {
    let drawn = place.geometry.as_ref().and_then(of_geojson);
    let at = || place.lon.zip(place.lat).map(|(lon, lat)| point([lon, lat]));
    drawn.or_else(at)
}

fn of_geojson(geometry: &Value) -> Option<Shape> {
    let coordinates = &geometry["coordinates"];
    match geometry["type"].as_str()? {
        "Point" => Some(point(vertex(coordinates)?)),
        "LineString" => {
            let line = vertices(coordinates)?;
            let mut bytes = head(LINE);
            push_vertices(&mut bytes, &line);
            Some(Shape {
                kind: "LineString",
                bytes,
                bounds: bounds(&line)?,
            })
        }
        "Polygon" => {
            let rings = coordinates.as_array()?.iter().map(vertices);
            let rings: Vec<_> = rings.collect::<Option<_>>()?;
            let mut bytes = head(POLYGON);
            push_count(&mut bytes, rings.len());
            for ring in &rings {
                push_vertices(&mut bytes, ring);
            }
            Some(Shape {
                kind: "Polygon",
                bytes,
                bounds: bounds(rings.first()?)?,
            })
        }
        _ => None,
    }
}

fn point([lon, lat]: [f64; 2]) -> Shape {
    let mut bytes = head(POINT);
    push_vertex(&mut bytes, [lon, lat]);
    Shape {
        kind: "Point",
        bytes,
        bounds: [lon, lat, lon, lat],
    }
}

fn vertex(pair: &Value) -> Option<[f64; 2]> {
    Some([pair.get(0)?.as_f64()?, pair.get(1)?.as_f64()?])
}

fn vertices(list: &Value) -> Option<Vec<[f64; 2]>> {
    list.as_array()?.iter().map(vertex).collect()
}

fn bounds(line: &[[f64; 2]]) -> Option<[f64; 4]> {
    let first = line.first()?;
    let start = [first[0], first[1], first[0], first[1]];
    Some(line.iter().fold(start, |b, v| {
        [
            b[0].min(v[0]),
            b[1].min(v[1]),
            b[2].max(v[0]),
            b[3].max(v[1]),
        ]
    }))
}

/// The order of bytes (1 is little endian) and the kind.
fn head(kind: u32) -> Vec<u8> {
    let mut bytes = vec![1];
    bytes.extend(kind.to_le_bytes());
    bytes
}

fn push_count(bytes: &mut Vec<u8>, n: usize) {
    bytes.extend((n as u32).to_le_bytes());
}

fn push_vertices(bytes: &mut Vec<u8>, line: &[[f64; 2]]) {
    push_count(bytes, line.len());
    for vertex in line {
        push_vertex(bytes, *vertex);
    }
}

fn push_vertex(bytes: &mut Vec<u8>, [lon, lat]: [f64; 2]) {
    bytes.extend(lon.to_le_bytes());
    bytes.extend(lat.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_point_is_21_bytes_with_longitude_first() {
        let place = Place {
            lat: Some(14.5),
            lon: Some(-4.0),
            ..Place::default()
        };
        let shape = shape(&place).expect("a point");
        assert_eq!(shape.bytes.len(), 21);
        assert_eq!(shape.bytes[5..13], (-4.0_f64).to_le_bytes());
        assert_eq!(shape.bounds, [-4.0, 14.5, -4.0, 14.5]);
    }

    #[test]
    fn an_area_comes_before_the_point_that_stands_for_it() {
        let ring = json!([[[0.0, 1.0], [2.0, 1.0], [2.0, 3.0], [0.0, 1.0]]]);
        let place = Place {
            lat: Some(2.0),
            lon: Some(1.0),
            geometry: Some(json!({"type": "Polygon", "coordinates": ring})),
            ..Place::default()
        };
        let shape = shape(&place).expect("an area");
        assert_eq!((shape.kind, shape.bytes.len()), ("Polygon", 13 + 4 * 16));
        assert_eq!(shape.bounds, [0.0, 1.0, 2.0, 3.0]);
    }

    #[test]
    fn an_unknown_place_has_no_shape() {
        assert_eq!(shape(&Place::default()), None);
    }
}
