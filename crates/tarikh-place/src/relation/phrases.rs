//! The phrases that open a relation, word by word.

/// Words before a name that put something near it.
pub(super) const NEAR: &[&[&str]] = &[
    &["near"],
    &["nearby"],
    &["close", "to"],
    &["not", "far", "from"],
    &["far", "from"],
    &["in", "the", "vicinity", "of"],
    &["in", "the", "area", "of"],
    &["around"],
    &["outside"],
    &["outside", "of"],
    &["next", "to"],
    &["adjacent", "to"],
    &["beside"],
    &["on", "the", "road", "to"],
    &["on", "the", "road", "towards"],
    &["on", "the", "way", "to"],
    &["on", "its", "way", "to"],
    &["on", "their", "way", "to"],
    &["on", "his", "way", "to"],
    &["on", "her", "way", "to"],
    &["en", "route", "to"],
    &["en", "route", "for"],
    &["bound", "for"],
    &["heading", "to"],
    &["heading", "for"],
    &["headed", "to"],
    &["headed", "for"],
    &["travelling", "to"],
    &["traveling", "to"],
];

/// Words before the first of three names.
pub(super) const TRIANGLE: &[&[&str]] = &[
    &["triangle", "of"],
    &["triangle", "between"],
    &["triangle", "formed", "by"],
    &["tri", "-", "border", "area", "of"],
    &["tri", "-", "border", "area", "between"],
    &["tri", "-", "border", "region", "of"],
    &["three", "-", "border", "area", "of"],
    &["three", "-", "border", "area", "between"],
    &["tri-border", "area", "of"],
    &["tri-border", "area", "between"],
    &["tri-border", "region", "of"],
    &["three-border", "area", "of"],
    &["three-border", "area", "between"],
    &["border", "area", "between"],
    &["border", "region", "between"],
    &["border", "zone", "between"],
];

/// Words before a name that put something on its edge.
pub(super) const OUTSKIRTS: &[&[&str]] = &[
    &["on", "the", "outskirts", "of"],
    &["at", "the", "outskirts", "of"],
    &["in", "the", "outskirts", "of"],
    &["the", "outskirts", "of"],
    &["outskirts", "of"],
    &["on", "the", "edge", "of"],
    &["on", "the", "outer", "edge", "of"],
    &["suburb", "of"],
    &["suburbs", "of"],
    &["at", "the", "entrance", "to"],
    &["at", "the", "gates", "of"],
];

/// Words before a name that put something at sea.
pub(super) const COAST: &[&[&str]] = &[
    &["off", "the", "coast", "of"],
    &["off"],
    &["off", "the", "coasts", "of"],
    &["in", "waters", "off"],
];

/// Words before one of the two sides of a border.
pub(super) const BORDER: &[&[&str]] = &[
    &["border", "with"],
    &["borders", "with"],
    &["frontier", "with"],
    &["border", "between"],
    &["borders", "between"],
    &["frontier", "between"],
    &["border", "of"],
    &["bordering"],
];
