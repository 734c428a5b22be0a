//! Tests of the general solver of network cases.

mod files;
mod reference;
