//! Energy System Description Language: heat networks of assets joined port to port.
//!
//! # Source  ESDL model documentation (energytransition.github.io/ESDL), versions 2111 to 2401

mod assets;
mod document;
mod graph;
mod pipe;
mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;

/// Ports closer in meaning than in name: which direction water goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    In,
    Out,
}

/// Names of the two namespaces.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const ESDL: &str = "http://www.tno.nl/esdl";
