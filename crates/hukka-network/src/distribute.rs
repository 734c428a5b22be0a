//! Flows and pressures of one side alone, for given outflows: hydraulics without heat.

use crate::error::Error;
use crate::fluid::Fluid;
use crate::side::{PressureLaws, Side};
use crate::topology::Network;

/// What one side does with given outflows. SI.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    /// Flow by trench, positive from `from` to `to`, kg/s.
    pub mass_flow: Vec<f64>,
    /// Pressure by node above the plant's, Pa.
    pub pressure: Vec<f64>,
    /// Largest pressure left around a loop before the last Newton step, relative to the
    /// differences along it.
    pub residual: f64,
}

impl Network {
    /// Flows and pressures for given outflows of the nodes, from rest, at one temperature; the
    /// plant gives the sum.
    ///
    /// # Shapes  `outflow[node]`, kg/s
    /// # Errors  `SeriesLength`
    pub fn distribute(
        &self,
        fluid: &impl Fluid,
        laws: PressureLaws,
        temperature_k: f64,
        outflow: &[f64],
    ) -> Result<Distribution, Error> {
        if outflow.len() != self.nodes() {
            return Err(Error::SeriesLength {
                name: "outflows of the nodes".to_owned(),
                found: outflow.len(),
                steps: self.nodes(),
            });
        }
        let mut side: Side<1> = Side::new(self);
        side.reset(&[temperature_k], fluid);
        let by_flow = vec![[0.0]; self.tail.len()];
        side.begin(self, fluid, laws, &by_flow);
        for (&place, flow) in self.place.iter().zip(outflow) {
            side.mass_flow[place][0] += flow;
        }
        let (_, outcome) = side.solve_flows(self, laws);
        side.solve_pressures(self, fluid, laws);
        let flow = |&(pipe, sign): &(usize, f64)| sign * side.mass_flow[pipe][0];
        Ok(Distribution {
            mass_flow: self.trench_pipe.iter().map(flow).collect(),
            pressure: self.place.iter().map(|&p| side.pressure[p][0]).collect(),
            residual: outcome.residual[0],
        })
    }
}
