//! Tests of the stage on hand-made studies.

mod plant;
mod sources;
mod support;
