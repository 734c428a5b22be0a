//! From a solver's point to a plan that is exact: tiny values gone, every balance closed.

use crate::programme::{Layout, Point};
use crate::study_park::Park;

/// Heat below this counts as none, MW.
const TINY_MW: f64 = 1e-7;
/// Passes around the year until the store levels close.
const MAX_PASSES: usize = 4;

/// Operation of every hour, MW and MWh.
///
/// # Shapes  `heat[unit][hour]`, `charge[tank][hour]`, `level[tank][hour]`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Operation {
    pub(crate) heat: Vec<Vec<f64>>,
    /// Positive into the store.
    pub(crate) charge: Vec<Vec<f64>>,
    /// At the end of the hour.
    pub(crate) level: Vec<Vec<f64>>,
    pub(crate) unserved: Vec<f64>,
    pub(crate) dumped: Vec<f64>,
}

impl Operation {
    /// Operating cost, unserved heat included, EUR.
    pub(crate) fn cost(&self, park: &Park) -> f64 {
        let of_units: f64 = park
            .units
            .iter()
            .zip(&self.heat)
            .map(|(unit, heat)| unit.cost.iter().zip(heat).map(|(c, q)| c * q).sum::<f64>())
            .sum();
        of_units + park.unserved_price * self.unserved.iter().sum::<f64>()
    }
}

/// Makes a solver's point exact.
///
/// Levels follow the store equation to the last bit, heat keeps to its limits, and one unit per
/// hour takes what the balance lacks: the marginal one if there is one. What no unit can give is
/// unserved; what no unit can spare is dumped.
pub(crate) fn polish(park: &Park, point: &Point) -> Operation {
    let layout = Layout::of(park);
    let hours = park.hours();
    let mut operation = Operation {
        heat: vec![vec![0.0; hours]; park.units.len()],
        charge: Vec::with_capacity(park.tanks.len()),
        level: Vec::with_capacity(park.tanks.len()),
        unserved: vec![0.0; hours],
        dumped: vec![0.0; hours],
    };
    for s in 0..park.tanks.len() {
        let target: Vec<f64> = (0..hours).map(|t| point.level(layout, s, t)).collect();
        let (charge, level) = walk_store(park, s, &target);
        operation.charge.push(charge);
        operation.level.push(level);
    }
    let mut hour = Hour {
        park,
        step: 0,
        heat: vec![0.0; park.units.len()],
    };
    for t in 0..hours {
        hour.step = t;
        for i in 0..park.units.len() {
            hour.heat[i] = snap(
                point.columns[t * layout.columns() + i],
                park.units[i].limit[t],
            );
        }
        hour.respect_shared_limits();
        let charged: f64 = operation.charge.iter().map(|charge| charge[t]).sum();
        let missing = hour.balance(park.demand[t] + charged);
        operation.unserved[t] = missing.max(0.0);
        operation.dumped[t] = (-missing).max(0.0);
        for (heat, &value) in operation.heat.iter_mut().zip(&hour.heat) {
            heat[t] = value;
        }
    }
    operation
}

/// A value between nothing and its limit, on either when as good as there.
fn snap(value: f64, limit: f64) -> f64 {
    if value < TINY_MW {
        0.0
    } else if value > limit - TINY_MW {
        limit
    } else {
        value
    }
}

/// Charges and levels that follow the wanted levels and the store equation exactly.
///
/// A store left alone only loses; a charge is made only where the wanted level differs. The walk
/// is repeated from its own end until it closes, which it does as soon as it touches full or empty.
fn walk_store(park: &Park, s: usize, target: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let tank = &park.tanks[s];
    let hours = target.len();
    let mut charge = vec![0.0; hours];
    let mut level = vec![0.0; hours];
    let mut start = snap(target[hours - 1], tank.capacity);
    for _ in 0..MAX_PASSES {
        let mut content = start;
        for t in 0..hours {
            let kept = tank.keep * content;
            let wanted = snap(target[t], tank.capacity);
            let step = (wanted - kept).clamp(-tank.power, tank.power);
            let is_rest = step.abs() < TINY_MW && t + 1 < hours;
            charge[t] = if is_rest { 0.0 } else { step };
            content = (kept + charge[t]).clamp(0.0, tank.capacity);
            level[t] = content;
        }
        let is_closed = content.total_cmp(&start).is_eq();
        start = content;
        if is_closed {
            break;
        }
    }
    (charge, level)
}

/// One hour being closed.
struct Hour<'a> {
    park: &'a Park,
    step: usize,
    heat: Vec<f64>,
}

impl Hour<'_> {
    fn cost(&self, unit: usize) -> f64 {
        self.park.units[unit].cost[self.step]
    }

    /// Takes back what exceeds a shared limit, dearest unit first.
    fn respect_shared_limits(&mut self) {
        for limit in &self.park.shared {
            let used: f64 = limit
                .members
                .iter()
                .map(|(i, factor)| factor[self.step] * self.heat[*i])
                .sum();
            let mut excess = used - limit.limit[self.step];
            if excess <= 0.0 {
                continue;
            }
            let mut order: Vec<&(usize, Vec<f64>)> = limit.members.iter().collect();
            order.sort_by(|a, b| self.cost(b.0).total_cmp(&self.cost(a.0)));
            for (i, factor) in order {
                if excess > 0.0 && factor[self.step] > 0.0 {
                    let less = (excess / factor[self.step]).min(self.heat[*i]);
                    self.heat[*i] -= less;
                    excess -= less * factor[self.step];
                }
            }
        }
    }

    /// Heat a unit could still give, its own and the shared limits considered.
    fn headroom(&self, unit: usize) -> f64 {
        let own = self.park.units[unit].limit[self.step] - self.heat[unit];
        let of_shared = |limit: &crate::study_park::SharedLimit| {
            let factor = limit.members.iter().find(|(i, _)| *i == unit)?.1[self.step];
            let used: f64 = limit
                .members
                .iter()
                .map(|(i, f)| f[self.step] * self.heat[*i])
                .sum();
            (factor > 0.0).then(|| (limit.limit[self.step] - used).max(0.0) / factor)
        };
        self.park
            .shared
            .iter()
            .filter_map(of_shared)
            .fold(own, f64::min)
    }

    /// Closes the hour's balance; returns what is missing, negative when there is too much.
    fn balance(&mut self, needed: f64) -> f64 {
        let missing = needed - self.heat.iter().sum::<f64>();
        if missing.abs() <= f64::EPSILON * needed.abs() {
            return 0.0;
        }
        if missing > 0.0 {
            self.raise(missing)
        } else {
            -self.lower(-missing)
        }
    }

    /// Raises units that run in part, then the others, cheapest first; returns what is left.
    fn raise(&mut self, mut missing: f64) -> f64 {
        let is_marginal = |hour: &Self, i: usize| hour.heat[i] > 0.0;
        let mut order: Vec<usize> = (0..self.heat.len()).collect();
        order.sort_by(|&a, &b| {
            let idle = |i: usize| !is_marginal(self, i) && missing < 10.0 * TINY_MW;
            idle(a)
                .cmp(&idle(b))
                .then(self.cost(a).total_cmp(&self.cost(b)))
        });
        for i in order {
            if missing <= 0.0 {
                break;
            }
            let more = missing.min(self.headroom(i).max(0.0));
            self.heat[i] += more;
            missing -= more;
        }
        missing.max(0.0)
    }

    /// Lowers units that do not earn money, dearest first; returns what is left.
    fn lower(&mut self, mut surplus: f64) -> f64 {
        let mut order: Vec<usize> = (0..self.heat.len())
            .filter(|&i| self.cost(i) >= 0.0)
            .collect();
        order.sort_by(|&a, &b| self.cost(b).total_cmp(&self.cost(a)));
        for i in order {
            if surplus <= 0.0 {
                break;
            }
            let less = surplus.min(self.heat[i]);
            self.heat[i] -= less;
            surplus -= less;
        }
        surplus.max(0.0)
    }
}
