//! Networks, plant parks, design problems and maps as other programs write them, and back.
//!
//! In: files of reference cases, EPANET, pandapipes, ESDL. Out: `NetworkCase` and its siblings, with
//! diagnostics that name every element left out and every value assumed.
//!
//! Invariants: nothing is dropped in silence; a file written and read again gives the same noun.

pub mod design_case;
mod dispatch_case;
mod fields;
mod findings;
mod json;
pub mod network;
pub mod osm;
mod text;

/// Diagnostic codes of the files of other programs.
pub const CODES: &[(&str, &str)] = &[
    ("HK1001", "a file of another program cannot be read"),
    ("HK1002", "the format of a file is not known"),
    (
        "HK1003",
        "an element of another program's file lacks a value",
    ),
    (
        "HK1004",
        "a value in another program's file is of the wrong kind or out of range",
    ),
    ("HK1005", "two elements of one kind share a name"),
    (
        "HK1006",
        "an element names a node, curve or pattern that does not exist",
    ),
    (
        "HK1007",
        "something in another program's file is not known and was left out",
    ),
    (
        "HK1008",
        "a value not stated in another program's file was assumed",
    ),
    (
        "HK1009",
        "part of another program's file is known and not used",
    ),
    (
        "HK1010",
        "an element of another program's file was taken for something simpler",
    ),
    (
        "HK1011",
        "a network cannot be simulated as the file describes it",
    ),
    (
        "HK1012",
        "the format written has no words for part of the network",
    ),
    ("HK1013", "a series beside a network case cannot be used"),
    ("HK1015", "no building of a map lies where it was asked for"),
];
pub use dispatch_case::{
    CASE_FILE, CODES as DISPATCH_CASE_CODES, CaseFiles, CaseText, FORMAT as DISPATCH_CASE_FORMAT,
    ROLLING_FILE, SERIES_FILE, read_dispatch_case, write_dispatch_case,
};
