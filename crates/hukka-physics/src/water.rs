//! Properties of liquid water.
