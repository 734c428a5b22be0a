//! Integration tests of the series crate.
#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    clippy::integer_division,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests read shared files, time themselves, compare bits, and say what they skip"
)]

mod axis;
mod bad_files;
mod epw;
mod gaps;
mod good_files;
mod shared_data;
mod support;
mod synthetic;
