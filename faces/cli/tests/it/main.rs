//! The `hukka` command as its users meet it: examples, bad input, run folders, the report.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "these tests play the user: they make files, look at results and say what they skip"
)]

mod backtest;
mod bad_input;
mod command;
mod compare;
mod design_case;
mod examples;
mod frontier;
mod heat_pump;
mod import;
mod network_case;
mod network_over_time;
mod no_go;
mod real_series;
mod report;
mod screen;
mod source;
mod support;
