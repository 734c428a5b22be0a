//! The cost of a change of content in one step, and what charge and discharge make it.
//!
//! With net heat `n = charge − discharge` into the store, a change `Δ` of the content can be made
//! at any `n` between two curves: plainly (charge or discharge alone) or by charging and
//! discharging at once, which burns heat. Plain lies on a convex curve, the most burning on a
//! concave one. The step pays `C(demand + n)`, so heat is burnt only where that falls (or where no
//! less heat can be made):
//!
//! ```text
//! K(Δ) = h · C(clamp(x°, demand + n_plain(Δ), demand + n_burning(Δ))),   x° = least-cost heat
//! ```

use super::curve::Curve;

/// Relative slack when a step's heat just fits.
const FITS: f64 = 1e-12;

/// A step as the store sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    pub(super) hours: f64,
    pub(super) demand: f64,
    pub(super) max_charge: f64,
    pub(super) max_discharge: f64,
    pub(super) charge_efficiency: f64,
    pub(super) discharge_efficiency: f64,
    /// Share of the content left after the step.
    pub(super) keep: f64,
    /// Largest content after the step.
    pub(super) capacity: f64,
}

impl Step {
    fn burns(&self) -> bool {
        self.charge_efficiency * self.discharge_efficiency < 1.0
    }

    /// Change of content when heat goes in (or out) plainly.
    fn plain(&self, net: f64) -> f64 {
        if net < 0.0 {
            self.hours * net / self.discharge_efficiency
        } else {
            self.hours * net * self.charge_efficiency
        }
    }

    /// Change of content when as much heat as possible is burnt.
    fn burning(&self, net: f64) -> f64 {
        if !self.burns() {
            return self.plain(net);
        }
        let (charge, discharge) = self.burning_flows(net);
        self.change(charge, discharge)
    }

    fn burning_flows(&self, net: f64) -> (f64, f64) {
        if net <= self.max_charge - self.max_discharge {
            (net + self.max_discharge, self.max_discharge)
        } else {
            (self.max_charge, self.max_charge - net)
        }
    }

    /// Change of content by charge and discharge.
    pub(super) fn change(&self, charge: f64, discharge: f64) -> f64 {
        self.hours * (self.charge_efficiency * charge - discharge / self.discharge_efficiency)
    }
}

/// `K` of one step without its pieces: where it starts, ends, and where it is flat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ChangeCost {
    /// Smallest change, MWh, and its cost, EUR.
    pub(super) from: f64,
    pub(super) cost: f64,
    /// Largest change and its cost.
    pub(super) to: f64,
    pub(super) cost_to: f64,
    flat_from: f64,
    flat_to: f64,
    flat_net: f64,
}

/// Heat that cannot be balanced in a step even with the store, MW: negative when there is too much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unbalanced(pub(super) f64);

/// Pieces of `K` by rising slope: width in MWh, slope in EUR/MWh.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Pieces {
    pub(super) width: Vec<f64>,
    pub(super) slope: Vec<f64>,
}

impl Pieces {
    fn push(&mut self, width: f64, slope: f64) {
        if width > 0.0 {
            self.width.push(width);
            self.slope.push(slope);
        }
    }
}

/// Appends the pieces of `K` of a step.
pub(super) fn change_cost(
    curve: &Curve<'_>,
    step: &Step,
    pieces: &mut Pieces,
) -> Result<ChangeCost, Unbalanced> {
    let least = curve.head.heat - step.demand;
    let most: f64 = least + curve.pieces.iter().map(|p| p.width).sum::<f64>();
    let from = least.max(-step.max_discharge);
    let mut to = most.min(step.max_charge);
    if to < from {
        let size = 1.0 + step.demand.abs() + curve.head.heat.abs();
        if to < from - FITS * size {
            return Err(Unbalanced(if most < from {
                from - most
            } else {
                to - from
            }));
        }
        to = from;
    }
    let first = pieces.width.len();
    let mut cost = curve.head.cost;
    let mut at = least;
    let mut flat_net = None;
    for piece in curve.pieces {
        let next = at + piece.width;
        if at >= to {
            break;
        }
        let (start, end) = (at.max(from), next.min(to));
        if at < from {
            cost += piece.slope * (from.min(next) - at);
        }
        at = next;
        if end <= start {
            continue;
        }
        if piece.slope < 0.0 {
            burning_pieces(step, start, end, piece.slope, pieces);
        } else {
            if flat_net.is_none() {
                flat_net = Some(start);
                pieces.push(step.plain(start) - step.burning(start), 0.0);
            }
            plain_pieces(step, start, end, piece.slope, pieces);
        }
    }
    let flat_net = flat_net.unwrap_or_else(|| {
        pieces.push(step.plain(to) - step.burning(to), 0.0);
        to
    });
    let (from, cost) = (step.burning(from), cost * step.hours);
    let costs = pieces.width[first..].iter().zip(&pieces.slope[first..]);
    let cost_to = cost + costs.map(|(width, slope)| width * slope).sum::<f64>();
    Ok(ChangeCost {
        from,
        cost,
        to: step.plain(to),
        cost_to,
        flat_from: step.burning(flat_net),
        flat_to: step.plain(flat_net),
        flat_net,
    })
}

fn burning_pieces(step: &Step, start: f64, end: f64, slope: f64, pieces: &mut Pieces) {
    if !step.burns() {
        return plain_pieces(step, start, end, slope, pieces);
    }
    let (hours, charge, discharge) = (
        step.hours,
        step.charge_efficiency,
        step.discharge_efficiency,
    );
    let bend = (step.max_charge - step.max_discharge).clamp(start, end);
    pieces.push((bend - start) * hours * charge, slope / charge);
    pieces.push((end - bend) * hours / discharge, slope * discharge);
}

fn plain_pieces(step: &Step, start: f64, end: f64, slope: f64, pieces: &mut Pieces) {
    let (hours, charge, discharge) = (
        step.hours,
        step.charge_efficiency,
        step.discharge_efficiency,
    );
    let bend = 0.0_f64.clamp(start, end);
    if charge >= 1.0 && discharge >= 1.0 {
        return pieces.push((end - start) * hours, slope);
    }
    pieces.push((bend - start) * hours / discharge, slope * discharge);
    pieces.push((end - bend) * hours * charge, slope / charge);
}

impl ChangeCost {
    /// Charge and discharge, MW, that make a change of content at least cost.
    pub(super) fn flows(&self, step: &Step, change: f64) -> (f64, f64) {
        let change = change.clamp(self.from, self.to);
        if !step.burns() || change >= self.flat_to {
            return plain_flows(step, change);
        }
        let rate = change / step.hours;
        if change <= self.flat_from {
            let bend = step.change(step.max_charge, step.max_discharge);
            if change <= bend {
                let charge = rate + step.max_discharge / step.discharge_efficiency;
                let charge = charge / step.charge_efficiency;
                return (charge.clamp(0.0, step.max_charge), step.max_discharge);
            }
            let discharge = step.charge_efficiency * step.max_charge - rate;
            let discharge = discharge * step.discharge_efficiency;
            return (step.max_charge, discharge.clamp(0.0, step.max_discharge));
        }
        // At one net heat: between the plain and the most burning way to have it.
        let share = (self.flat_to - change) / (self.flat_to - self.flat_from);
        let (most_in, most_out) = step.burning_flows(self.flat_net);
        let (plain_in, plain_out) = plain_flows(step, self.flat_to);
        (
            plain_in + share * (most_in - plain_in),
            plain_out + share * (most_out - plain_out),
        )
    }
}

fn plain_flows(step: &Step, change: f64) -> (f64, f64) {
    let rate = change / step.hours;
    if rate >= 0.0 {
        ((rate / step.charge_efficiency).min(step.max_charge), 0.0)
    } else {
        (
            0.0,
            (-rate * step.discharge_efficiency).min(step.max_discharge),
        )
    }
}
