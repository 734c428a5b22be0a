//! Integration tests of the network stage.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may fail loudly and says what it skips"
)]

mod analytic;
mod case;
mod conservation;
mod cross_code;
mod dynamic;
mod dynamic_year;
mod levels;
mod robust;
mod study;
mod year;
