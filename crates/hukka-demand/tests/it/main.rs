//! Tests of the stage on hand-made studies.

mod aalborg;
mod buildings;
mod calibration;
mod kotka;
mod lumps;
mod meters;
mod shapes;
mod standard;
mod stock;
mod support;
