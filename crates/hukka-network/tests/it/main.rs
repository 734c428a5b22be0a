//! Integration tests of the network stage.

mod analytic;
mod conservation;
mod cross_code;
mod study;
mod year;
