//! What happens to hours that series files lack.

use crate::spec::{Key, Kind, Table, above};

pub(crate) static SERIES: Table = Table {
    name: "series",
    is_many: false,
    doc: "What happens to hours that series files lack.",
    keys: &[
        Key::new(
            "gaps",
            Kind::Word(&[
                ("error", "a missing hour is an error"),
                (
                    "linear",
                    "a straight line from the hour before to the hour after",
                ),
                (
                    "same_hour_of_neighbouring_days",
                    "the mean of the same hour on the nearest day before and after that has it",
                ),
            ]),
            "Rule by which missing hours of any series file are filled; each filled hour is told.",
        )
        .depends("error"),
        above(
            "max_gap_h",
            0.0,
            336.0,
            "Longest hole that is filled; a longer one is an error.",
        )
        .depends("6 h")
        .beside(&["gaps"]),
    ],
    either: &[],
};
