//! Design problems (`hukka-design-problem/1`): reading, checking, and the solution file.

mod check;
mod fields;
mod read;
mod write;

pub use check::pipes_for;
pub use read::read;
pub use write::solution_json;

/// Codes of findings about design problems.
pub const CODES: &[(&str, &str)] = &[
    ("HK1201", "the file is not a design problem"),
    (
        "HK1202",
        "a field of a design problem is missing or of the wrong kind",
    ),
    ("HK1203", "a value of a design problem is out of range"),
    ("HK1204", "an id of a design problem is used twice"),
    ("HK1205", "an id of a design problem refers to nothing"),
    ("HK1206", "a consumer cannot be reached from any source"),
    (
        "HK1207",
        "the sources together give less than the consumers need",
    ),
    ("HK1208", "a field of a design problem has no effect"),
    (
        "HK1209",
        "a design problem lacks the pipes its objective needs",
    ),
    (
        "HK1210",
        "a consumer needs more than the largest pipe carries",
    ),
    ("HK1211", "no network can serve every consumer"),
];

#[cfg(test)]
mod tests;
