//! Tests of the stage on hand-made studies.

mod sources;
mod support;
