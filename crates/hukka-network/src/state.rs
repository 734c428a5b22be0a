//! The hour solved last, read by node, trench, consumer and source.

use crate::fluid::Fluid;
use crate::solver::Solver;

/// One node in the hour solved last. SI, kelvin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NodeState {
    /// Supply-side temperature.
    pub supply_temperature_k: f64,
    /// Return-side temperature.
    pub return_temperature_k: f64,
    /// Supply-side pressure above the plant's supply side.
    pub supply_pressure_pa: f64,
    /// Return-side pressure above the plant's return side.
    pub return_pressure_pa: f64,
}

/// One pipe pair in the hour solved last. SI; flows positive from `from` to `to` of the supply
/// pipe on both sides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PipeState {
    /// Flow in the supply pipe.
    pub supply_mass_flow: f64,
    /// Flow in the return pipe.
    pub return_mass_flow: f64,
    /// Temperature at the end to which the supply pipe flows.
    pub supply_outlet_k: f64,
    /// Temperature at the end to which the return pipe flows.
    pub return_outlet_k: f64,
    /// Heat lost by both.
    pub loss_w: f64,
}

impl<F: Fluid> Solver<'_, F> {
    /// State of a node of the caller; pressures after [`Solver::solve_pressures`].
    pub fn node(&self, node: usize) -> NodeState {
        let place = self.network.place[node];
        NodeState {
            supply_temperature_k: self.supply.temperature[place][0],
            return_temperature_k: self.back.temperature[place][0],
            supply_pressure_pa: self.supply.pressure[place][0],
            return_pressure_pa: self.back.pressure[place][0],
        }
    }

    /// State of a trench of the caller.
    pub fn pipe(&self, trench: usize) -> PipeState {
        let (k, sign) = self.network.trench_pipe[trench];
        PipeState {
            supply_mass_flow: sign * self.supply.mass_flow[k][0],
            return_mass_flow: sign * self.back.mass_flow[k][0],
            supply_outlet_k: self.supply.outlet[k][0],
            return_outlet_k: self.back.outlet[k][0],
            loss_w: self.pipe_loss_w(k)[0],
        }
    }

    /// Flow through a draw, kg/s, and the heat it got, W.
    pub fn draw(&self, draw: usize) -> (f64, f64) {
        (self.draws.flow[draw][0], self.draws.given_w[draw][0])
    }

    /// Flow of a source, kg/s.
    pub fn inflow(&self, inflow: usize) -> f64 {
        self.inflow_flow[inflow][0]
    }
}
