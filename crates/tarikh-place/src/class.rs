//! What kind of place an entry is.

/// Kind of a gazetteer entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum PlaceClass {
    /// A state or dependent territory of ISO 3166-1.
    Country,
    /// A first-order unit: region, province, state, governorate.
    Admin1,
    /// A second-order unit: district, county, cercle.
    Admin2,
    /// A city, town or village.
    City,
    /// A part of a town.
    Quarter,
    /// A camp of displaced people.
    Camp,
    /// A base, building, square, crossing or other single spot.
    Site,
    /// A region, range, desert, valley or other stretch of land without an office of its own.
    Area,
    /// A sea, strait, lake or river.
    Water,
    /// A part of the world.
    Continent,
    /// Not a place: a word for the people of a country.
    Demonym,
}

impl PlaceClass {
    /// All classes, in the order of their discriminants.
    pub const ALL: [Self; 11] = [
        Self::Country,
        Self::Admin1,
        Self::Admin2,
        Self::City,
        Self::Quarter,
        Self::Camp,
        Self::Site,
        Self::Area,
        Self::Water,
        Self::Continent,
        Self::Demonym,
    ];

    pub(crate) fn from_u8(n: u8) -> Self {
        Self::ALL.get(n as usize).copied().unwrap_or(Self::City)
    }

    /// Whether it is a settlement or a spot, so that one point says where it is.
    #[must_use]
    pub const fn is_point(self) -> bool {
        matches!(self, Self::City | Self::Quarter | Self::Camp | Self::Site)
    }

    /// UCDP `where_prec` of an event of which only this name is known.
    #[must_use]
    pub const fn precision(self) -> u8 {
        match self {
            Self::City | Self::Quarter | Self::Camp | Self::Site => 1,
            Self::Admin2 => 3,
            Self::Admin1 => 4,
            Self::Area => 5,
            Self::Country | Self::Demonym | Self::Continent => 6,
            Self::Water => 7,
        }
    }
}

/// Rank of a settlement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Seat {
    /// No office known.
    None,
    /// Seat of a second-order unit.
    Admin2,
    /// Seat of a first-order unit.
    Admin1,
    /// Capital of the country.
    Capital,
}

impl Seat {
    pub(crate) fn from_u8(n: u8) -> Self {
        match n {
            1 => Self::Admin2,
            2 => Self::Admin1,
            3 => Self::Capital,
            _ => Self::None,
        }
    }
}
