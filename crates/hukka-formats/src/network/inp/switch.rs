//! Controls that act when the pressure of a junction is found.

use super::{WaterLinkKind, WaterView};
use hukka_model::network_case::{NetworkCase, ValveKind};

/// Nearness at which a pressure counts as reached, m: EPANET's 0.0005 feet.
const NEAR_M: f64 = 0.0005 * 0.3048;

/// A control by the pressure of a junction.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterSwitch {
    /// Node of the case.
    pub node: usize,
    /// Acts when the pressure is above the limit; else below.
    pub is_above: bool,
    /// The limit, Pa.
    pub pressure_pa: f64,
    /// Link of the view.
    pub link: usize,
    /// What it does to the link.
    pub order: WaterOrder,
}

/// What a control does to a link.
#[derive(Debug, Clone, PartialEq)]
pub enum WaterOrder {
    /// Opens it.
    Open,
    /// Shuts it.
    Closed,
    /// Sets a pump's speed; opens a pipe.
    Speed(f64),
    /// Sets a valve.
    Valve(ValveKind),
}

impl WaterView {
    /// Lets the controls act on the pressures found; true if one changed a link, so that the
    /// network must be solved again.
    ///
    /// # Shapes  `pressure_pa[node]`; `None` where there is none
    pub fn switch(&mut self, case: &mut NetworkCase, pressure_pa: &[Option<f64>]) -> bool {
        let near = NEAR_M * self.density_kg_m3 * super::GRAVITY;
        let mut has_changed = false;
        for switch in &self.switches {
            let Some(pressure) = pressure_pa.get(switch.node).copied().flatten() else {
                continue;
            };
            let acts = if switch.is_above {
                pressure >= switch.pressure_pa - near
            } else {
                pressure <= switch.pressure_pa + near
            };
            if acts && obey(case, self.links[switch.link].kind, &switch.order) {
                self.links[switch.link].is_closed = switch.order.shuts();
                has_changed = true;
            }
        }
        has_changed
    }
}

impl WaterOrder {
    fn shuts(&self) -> bool {
        matches!(self, Self::Closed | Self::Valve(ValveKind::Closed))
    }
}

/// Does what an order says; true if that is something new.
fn obey(case: &mut NetworkCase, link: WaterLinkKind, order: &WaterOrder) -> bool {
    let shuts = order.shuts();
    match link {
        WaterLinkKind::Pipe(index) => {
            core::mem::replace(&mut case.pipes[index].is_closed, shuts) != shuts
        }
        WaterLinkKind::Pump(index) => {
            let pump = &mut case.pumps[index];
            let speed = match order {
                WaterOrder::Speed(speed) => *speed,
                WaterOrder::Closed => pump.speed,
                _ => 1.0,
            };
            let is_new = pump.is_off != shuts || pump.speed.to_bits() != speed.to_bits();
            pump.is_off = shuts;
            pump.speed = speed;
            is_new
        }
        WaterLinkKind::QuadraticPipe(index) | WaterLinkKind::Valve(index) => {
            let kind = match order {
                WaterOrder::Valve(kind) => kind.clone(),
                _ if shuts => ValveKind::Closed,
                _ => ValveKind::Open,
            };
            let valve = &mut case.valves[index];
            let is_new = valve.kind != kind;
            valve.kind = kind;
            is_new
        }
    }
}
