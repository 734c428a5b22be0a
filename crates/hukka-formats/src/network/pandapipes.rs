//! pandapipes networks, old (0.2) and new (0.14) encodings.
//!
//! Every table is a `DataFrame` whose content is JSON inside a JSON string.

mod fluid;
mod frame;
mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;
