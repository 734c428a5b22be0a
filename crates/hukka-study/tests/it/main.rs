//! Loading studies as a user would: good ones, and every way of going wrong.

#![expect(
    clippy::disallowed_methods,
    clippy::format_push_string,
    clippy::print_stderr,
    clippy::redundant_closure_for_method_calls,
    reason = "tests write their own study folders and say when they skip"
)]

mod bad_files;
mod bad_keys;
mod bad_maps;
mod choices;
mod contract;
mod examples;
mod folder;
mod fuzz;
mod good;
mod patches;
mod schema;
mod slips;
