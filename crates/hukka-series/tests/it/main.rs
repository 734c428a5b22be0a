//! Integration tests of the series crate.
#![expect(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod axis;
mod bad_files;
mod epw;
mod good_files;
mod shared_data;
mod support;
mod synthetic;
