//! What stops a network calculation before it starts.

/// Why a network cannot be calculated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The design has no node.
    #[error("the design has no node")]
    NoNodes,
    /// A node cannot be reached from the plant.
    #[error("node {node} cannot be reached from the plant")]
    Disconnected {
        /// Index of the node.
        node: usize,
    },
    /// Something points to a node that does not exist.
    #[error("{what} points to node {node}, but there are {nodes}")]
    UnknownNode {
        /// What points there.
        what: String,
        /// The index.
        node: usize,
        /// Number of nodes.
        nodes: usize,
    },
    /// A connected consumer is not in the demand.
    #[error("connected consumer {connected} is demand {consumer}, but there are {consumers}")]
    UnknownConsumer {
        /// Index into `Design::connected`.
        connected: usize,
        /// Index into `HeatDemand::consumers`.
        consumer: usize,
        /// Number of demands.
        consumers: usize,
    },
    /// A trench has a size outside the catalogue.
    #[error("trench {trench} has size DN {dn}, which the catalogue lacks")]
    UnknownPipeSize {
        /// Index of the trench.
        trench: usize,
        /// Nominal diameter.
        dn: u16,
    },
    /// A trench has an impossible number.
    #[error("trench {trench}: {what} is {value}")]
    BadTrench {
        /// Index of the trench.
        trench: usize,
        /// Which number.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A rule of the network has an impossible number.
    #[error("{what} is {value}")]
    BadRule {
        /// Which number.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A series does not have one value per step.
    #[error("series {name} has {found} values, the year has {steps} hours")]
    SeriesLength {
        /// Which series.
        name: String,
        /// Values found.
        found: usize,
        /// Hours of the axis.
        steps: usize,
    },
    /// A network case holds elements that cannot be simulated; `case::check` lists them all.
    #[error("{first}{}", if *.count > 1 { format!(" (and {} more)", .count - 1) } else { String::new() })]
    BadCase {
        /// The first of them, in words.
        first: String,
        /// How many there are.
        count: usize,
    },
    /// The observer asked to stop.
    #[error("stopped after {done} of {total} hours")]
    Stopped {
        /// Hours finished.
        done: usize,
        /// Hours of the axis.
        total: usize,
    },
}
