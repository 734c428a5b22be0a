//! Files of other programs: read, written, spoilt.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "these tests read files of the test set and say what they skip"
)]

mod epanet;
mod esdl;
mod hostile;
mod neutral;
mod pandapipes;
mod support;
