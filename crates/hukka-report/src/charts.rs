//! Drawings that several sections share.

mod bars;
mod lines;

pub(crate) use bars::{Bar, Span, columns, spans};
pub(crate) use lines::{Line, days, lines};
