//! The codes of this crate's diagnostics.

/// Every code of this crate with its meaning in one line.
pub const CODES: &[(&str, &str)] = &[
    (SYNTAX, "the study file is not valid TOML"),
    (UNKNOWN_KEY, "the key is not known"),
    (WRONG_TYPE, "the value is of the wrong kind"),
    (MISSING_KEY, "a key that is needed is missing"),
    (UNKNOWN_WORD, "the word is not one of those allowed"),
    (NOT_FINITE, "the number is not a number or infinite"),
    (OUT_OF_RANGE, "the value is out of range"),
    (
        WRONG_UNIT,
        "the key carries another unit than the one hukka reads",
    ),
    (DUPLICATE_ID, "an id is used twice or cannot be used"),
    (NO_SUCH_ID, "an id refers to nothing"),
    (CONTRADICTION, "keys contradict each other"),
    (NO_EFFECT, "a key has no effect"),
    (OVERRIDE, "an override does not fit the study"),
    (VARIANT, "a variant cannot be used"),
    (NOT_WARMER, "the supply is not warmer than the return"),
    (TOO_FAR, "a position is too far from the place"),
    (NO_DEMAND, "the study has no heat demand"),
    (NO_SOURCE, "the study has no data centre"),
    (FORMAT, "the study format is not known"),
    (DIAMETER, "the nominal diameter is not in the catalogue"),
    (CURVE, "the temperature curve cannot be read"),
    (
        NO_ROUTE,
        "there are buildings but nothing along which a pipe may be laid",
    ),
    (COORDINATES, "the coordinates cannot be right"),
    (
        FOREIGN_DEFAULTS,
        "Finnish default prices are used in another country",
    ),
    (UNSIZED, "an existing machine needs its size"),
    (
        MACHINE_LIMIT,
        "a compressor of this refrigerant is hardly built for the hottest outlet",
    ),
    (
        KEPT_TOTAL,
        "a yearly total is kept although the weather was changed",
    ),
    (COP_MAP, "a COP map cannot be read"),
    (MAP_SYNTAX, "the map is not valid GeoJSON"),
    (MAP_FEATURE, "a map feature cannot be read"),
    (
        MAP_GEOMETRY,
        "the geometry is not of a kind that is used here",
    ),
    (MAP_RING, "a ring is open, too short or without area"),
    (MAP_CROSSING, "a polygon crosses itself"),
    (
        MAP_COORDINATES,
        "coordinates are not degrees of longitude and latitude",
    ),
    (MAP_FAR, "a map feature is far from the place"),
    (MAP_DUPLICATE, "a map id is used twice"),
    (
        MAP_PROPERTY,
        "a map property has a value that cannot be used",
    ),
    (MAP_SKIPPED, "a map feature is left out"),
    (MAP_EMPTY, "the map holds nothing that can be used"),
    (MAP_LINE, "a line has no length"),
    (MAP_MORE, "more map problems of the same kind are not shown"),
    (FILE_MISSING, "a file is missing"),
    (FILE_OUTSIDE, "a file lies outside the study folder"),
    (FILE_IS_FOLDER, "a folder stands where a file is expected"),
    (FILE_EMPTY, "a file is empty"),
    (FILE_TOO_LARGE, "a file is larger than hukka reads"),
    (FILE_UNREADABLE, "a file cannot be read"),
    (FILE_NOT_TEXT, "a file is not UTF-8 text"),
    (FILE_KIND, "a file is of another kind than the one expected"),
];

pub(crate) const SYNTAX: &str = "HK0101";
pub(crate) const UNKNOWN_KEY: &str = "HK0102";
pub(crate) const WRONG_TYPE: &str = "HK0103";
pub(crate) const MISSING_KEY: &str = "HK0104";
pub(crate) const UNKNOWN_WORD: &str = "HK0105";
pub(crate) const NOT_FINITE: &str = "HK0106";
pub(crate) const OUT_OF_RANGE: &str = "HK0107";
pub(crate) const WRONG_UNIT: &str = "HK0108";
pub(crate) const DUPLICATE_ID: &str = "HK0109";
pub(crate) const NO_SUCH_ID: &str = "HK0110";
pub(crate) const CONTRADICTION: &str = "HK0111";
pub(crate) const NO_EFFECT: &str = "HK0112";
pub(crate) const OVERRIDE: &str = "HK0113";
pub(crate) const VARIANT: &str = "HK0114";
pub(crate) const NOT_WARMER: &str = "HK0115";
pub(crate) const TOO_FAR: &str = "HK0116";
pub(crate) const NO_DEMAND: &str = "HK0117";
pub(crate) const NO_SOURCE: &str = "HK0118";
pub(crate) const FORMAT: &str = "HK0119";
pub(crate) const DIAMETER: &str = "HK0120";
pub(crate) const CURVE: &str = "HK0121";
pub(crate) const NO_ROUTE: &str = "HK0122";
pub(crate) const COORDINATES: &str = "HK0123";
pub(crate) const FOREIGN_DEFAULTS: &str = "HK0124";
pub(crate) const UNSIZED: &str = "HK0125";
pub(crate) const MACHINE_LIMIT: &str = "HK0126";
pub(crate) const KEPT_TOTAL: &str = "HK0127";
pub(crate) const COP_MAP: &str = "HK0314";

pub(crate) const MAP_SYNTAX: &str = "HK0301";
pub(crate) const MAP_FEATURE: &str = "HK0302";
pub(crate) const MAP_GEOMETRY: &str = "HK0303";
pub(crate) const MAP_RING: &str = "HK0304";
pub(crate) const MAP_CROSSING: &str = "HK0305";
pub(crate) const MAP_COORDINATES: &str = "HK0306";
pub(crate) const MAP_FAR: &str = "HK0307";
pub(crate) const MAP_DUPLICATE: &str = "HK0308";
pub(crate) const MAP_PROPERTY: &str = "HK0309";
pub(crate) const MAP_SKIPPED: &str = "HK0310";
pub(crate) const MAP_EMPTY: &str = "HK0311";
pub(crate) const MAP_LINE: &str = "HK0312";
pub(crate) const MAP_MORE: &str = "HK0313";

pub(crate) const FILE_MISSING: &str = "HK0901";
pub(crate) const FILE_OUTSIDE: &str = "HK0902";
pub(crate) const FILE_IS_FOLDER: &str = "HK0903";
pub(crate) const FILE_EMPTY: &str = "HK0904";
pub(crate) const FILE_TOO_LARGE: &str = "HK0905";
pub(crate) const FILE_UNREADABLE: &str = "HK0906";
pub(crate) const FILE_NOT_TEXT: &str = "HK0907";
pub(crate) const FILE_KIND: &str = "HK0908";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_this_crates_ranges() {
        for (n, (code, meaning)) in CODES.iter().enumerate() {
            assert!(!CODES[..n].iter().any(|other| other.0 == *code), "{code}");
            assert!(["HK01", "HK03", "HK09"].contains(&&code[..4]), "{code}");
            assert!(!meaning.is_empty());
        }
    }
}
