//! The codes of this crate's diagnostics.

/// Every code of this crate with its meaning in one line.
pub const CODES: &[(&str, &str)] = &[
    (FILE_TOO_LARGE, "the series file is larger than hukka reads"),
    (NOT_TEXT, "the series file is not UTF-8 text"),
    (NO_ROWS, "the series file has no data rows"),
    (COLUMN, "the value column is not there or not unique"),
    (NO_TIME_COLUMN, "no column holds time stamps"),
    (NOT_A_NUMBER, "a value is not a finite number"),
    (MISSING_VALUE, "a value is missing"),
    (BAD_STAMP, "a time stamp cannot be read"),
    (
        FIELD_COUNT,
        "a row has more or fewer fields than the header",
    ),
    (GAP, "the series has a hole"),
    (OVERLAP, "a time stamp comes twice"),
    (NO_ZONE, "time stamps have neither offset nor stated zone"),
    (NOT_INCREASING, "time stamps go backwards"),
    (
        STEP,
        "the step of the series is not uniform, or does not make whole hours",
    ),
    (COUNT, "the hours given are not one whole year"),
    (COVERAGE, "the series does not cover the study year"),
    (
        COMPLETED,
        "a whole year that begins a few hours off is turned round",
    ),
    (
        NO_STAMPS_NOTE,
        "rows without time stamps are read as hours of the local year",
    ),
    (ZONE, "the time zone is not known or does not fit"),
    (RANGE, "a value is outside its range"),
    (LOOKALIKE, "the values look like another unit"),
    (
        NO_SUCH_HOUR,
        "a local time stamp falls into the hour skipped in spring",
    ),
    (
        OFFSETS_WIN,
        "stamps carry offsets that contradict the stated zone",
    ),
    (COLUMN_BY_UNIT, "the value column is chosen by its unit"),
    (
        CONVERTED,
        "values are converted from the unit in the header",
    ),
    (EPW_HEADER, "the weather file's header cannot be read"),
    (EPW_RECORD, "a record of the weather file cannot be read"),
    (
        LEAP_DAY,
        "29 February is taken from 28 February, or left out",
    ),
    (
        HOLIDAYS_UNKNOWN,
        "public holidays of the country are not known",
    ),
    (START, "the study year cannot begin at this instant"),
    (
        FILLED,
        "hours the file lacks are filled by the rule of the study",
    ),
];

pub(crate) const FILE_TOO_LARGE: &str = "HK0201";
pub(crate) const NOT_TEXT: &str = "HK0202";
pub(crate) const NO_ROWS: &str = "HK0203";
pub(crate) const COLUMN: &str = "HK0204";
pub(crate) const NO_TIME_COLUMN: &str = "HK0205";
pub(crate) const NOT_A_NUMBER: &str = "HK0206";
pub(crate) const MISSING_VALUE: &str = "HK0207";
pub(crate) const BAD_STAMP: &str = "HK0208";
pub(crate) const FIELD_COUNT: &str = "HK0209";
pub(crate) const GAP: &str = "HK0210";
pub(crate) const OVERLAP: &str = "HK0211";
pub(crate) const NO_ZONE: &str = "HK0212";
pub(crate) const NOT_INCREASING: &str = "HK0213";
pub(crate) const STEP: &str = "HK0214";
pub(crate) const COUNT: &str = "HK0215";
pub(crate) const COVERAGE: &str = "HK0216";
pub(crate) const COMPLETED: &str = "HK0217";
pub(crate) const NO_STAMPS_NOTE: &str = "HK0218";
pub(crate) const ZONE: &str = "HK0219";
pub(crate) const RANGE: &str = "HK0220";
pub(crate) const LOOKALIKE: &str = "HK0221";
pub(crate) const NO_SUCH_HOUR: &str = "HK0222";
pub(crate) const OFFSETS_WIN: &str = "HK0223";
pub(crate) const COLUMN_BY_UNIT: &str = "HK0224";
pub(crate) const CONVERTED: &str = "HK0225";
pub(crate) const EPW_HEADER: &str = "HK0226";
pub(crate) const EPW_RECORD: &str = "HK0227";
pub(crate) const LEAP_DAY: &str = "HK0228";
pub(crate) const HOLIDAYS_UNKNOWN: &str = "HK0229";
pub(crate) const START: &str = "HK0230";
pub(crate) const FILLED: &str = "HK0231";
