//! Drawing primitives: shapes, escaped text, plots with axes.

mod axis;
mod canvas;
mod plot;

pub(crate) use axis::{Axis, ticks};
pub(crate) use canvas::{Anchor, Canvas, escape};
pub(crate) use plot::{Frame, Plot};
