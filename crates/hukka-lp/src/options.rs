//! How a programme is to be solved.

/// Algorithm for the continuous part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// Let the solver choose: dual simplex for linear programmes.
    #[default]
    Choose,
    /// Dual simplex.
    Simplex,
    /// Interior point with crossover to a vertex.
    InteriorPoint,
}

/// Options of one solve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Threads inside one solve; 1 keeps results independent of the machine.
    pub threads: u16,
    /// Reduce the programme before solving.
    pub presolve: bool,
    /// Algorithm.
    pub method: Method,
    /// Wall-clock limit in seconds; `None` never stops. A limit makes results depend on the machine.
    pub time_limit_s: Option<f64>,
    /// Largest violation of a row or bound, and of a dual.
    pub feasibility_tolerance: f64,
    /// Relative gap at which a mixed-integer search stops.
    pub integer_gap: f64,
    /// Absolute gap at which a mixed-integer search stops, in units of the objective.
    pub absolute_gap: f64,
    /// Most nodes of a mixed-integer search; `None` never stops.
    pub node_limit: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: 1,
            presolve: true,
            method: Method::Choose,
            time_limit_s: None,
            feasibility_tolerance: 1e-7,
            integer_gap: 1e-4,
            absolute_gap: 1e-6,
            node_limit: None,
        }
    }
}
