//! Hours that do not depend on each other: the cheapest units first.

use crate::programme::{Layout, Point};
use crate::study_park::Park;

/// The optimum of a park without stores and shared limits, hour by hour.
///
/// Units run in order of cost until the demand is met; units that earn money run in full. The
/// worth of heat is the cost of the next unit of heat, zero when heat is thrown away.
///
/// # Source  fractional knapsack, Dantzig 1957
pub(crate) fn solve(park: &Park) -> Point {
    let layout = Layout::of(park);
    let mut point = Point {
        columns: vec![0.0; park.hours() * layout.columns()],
        duals: vec![0.0; park.hours() * layout.rows()],
    };
    let mut order: Vec<usize> = (0..park.units.len()).collect();
    for t in 0..park.hours() {
        order.sort_by(|&a, &b| park.units[a].cost[t].total_cmp(&park.units[b].cost[t]));
        let columns = &mut point.columns[t * layout.columns()..][..layout.columns()];
        let mut missing = park.demand[t];
        let mut worth = None;
        for &i in &order {
            let (cost, limit) = (park.units[i].cost[t], park.units[i].limit[t]);
            if cost < 0.0 {
                columns[i] = limit;
                missing -= limit;
                continue;
            }
            columns[i] = limit.min(missing.max(0.0));
            if missing < limit && worth.is_none() {
                worth = Some(if missing < 0.0 { 0.0 } else { cost });
            }
            missing -= columns[i];
        }
        columns[layout.unserved()] = missing.max(0.0);
        let last_resort = if missing < 0.0 {
            0.0
        } else {
            park.unserved_price
        };
        point.duals[t * layout.rows()] = worth.unwrap_or(last_resort).min(park.unserved_price);
    }
    point
}
