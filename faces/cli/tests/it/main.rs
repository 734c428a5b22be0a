//! The `hukka` command as its users meet it: examples, bad input, run folders, the report.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set up its scene has failed"
)]

mod bad_input;
mod command;
mod examples;
mod no_go;
mod real_series;
mod report;
mod support;
