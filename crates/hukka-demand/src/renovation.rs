//! What is renovated until the year that is asked for.

use crate::amount::Amount;
use crate::findings;
use hukka_model::{Diagnostic, Renovation, RenovationOrder, StockPlan};

/// Shares this close to one are one.
const ROUNDING: f64 = 1e-9;

/// Renovates consumers: scales their heat and lowers their temperatures.
///
/// Each consumer belongs to the first renovation that fits its use and year of construction. After
/// `n` years the share `min(1, r n)` of the floor area of its consumers is renovated: spread, all of
/// them save that share of the saving, `Q' = Q (1 − s · share)`; oldest first, whole buildings save
/// all of it. Lumped demands stand for many buildings and are always spread. The heat of the design
/// day falls as space heat does.
///
/// # Assumptions  the hours of space heat keep their shape; heat is scaled after the calibration to a
///   known total, which is that of the stock year
/// # Source       arithmetic of shares; rates and savings are the study's
pub(crate) fn renovate(amounts: &mut [Amount], plan: &StockPlan) -> Option<Diagnostic> {
    let years = plan.years();
    if years <= 0.0 || plan.renovations.is_empty() {
        return None;
    }
    let before: f64 = amounts.iter().map(Amount::annual).sum();
    let area_of = |amounts: &[Amount]| amounts.iter().map(|a| a.heated_area).sum::<f64>();
    let mut renovated = 0.0;
    for (index, renovation) in plan.renovations.iter().enumerate() {
        let mine: Vec<usize> = (0..amounts.len())
            .filter(|at| {
                let amount = &amounts[*at];
                let fits = |r: &Renovation| r.fits(amount.usage, amount.year);
                plan.renovations.iter().position(fits) == Some(index)
            })
            .collect();
        let share = renovation.share_after(years);
        let whole = whole_buildings(amounts, &mine, renovation, share);
        for at in mine {
            let amount = &mut amounts[at];
            let own = match whole.binary_search(&at) {
                Ok(_) => 1.0,
                Err(_) if is_whole(amount, renovation) => 0.0,
                Err(_) => share,
            };
            renovated += own * amount.heated_area;
            apply(amount, renovation, own);
        }
    }
    let after: f64 = amounts.iter().map(Amount::annual).sum();
    let area = area_of(amounts);
    Some(findings::renovated(
        plan,
        if area > 0.0 { renovated / area } else { 0.0 },
        (before, after),
    ))
}

fn is_whole(amount: &Amount, renovation: &Renovation) -> bool {
    renovation.order == RenovationOrder::OldestFirst && amount.building.is_some()
}

/// The buildings renovated as a whole, by index: the oldest first, of equal years in the study's
/// order, until half of the next one would be too much.
fn whole_buildings(
    amounts: &[Amount],
    mine: &[usize],
    renovation: &Renovation,
    share: f64,
) -> Vec<usize> {
    let mut order: Vec<usize> = mine
        .iter()
        .copied()
        .filter(|at| is_whole(&amounts[*at], renovation))
        .collect();
    order.sort_by_key(|at| (amounts[*at].year, *at));
    let total: f64 = order.iter().map(|at| amounts[*at].heated_area).sum();
    let mut left = share * total;
    let mut whole = Vec::new();
    for at in order {
        let area = amounts[at].heated_area;
        if left + ROUNDING * total < area / 2.0 {
            break;
        }
        left -= area;
        whole.push(at);
    }
    whole.sort_unstable();
    whole
}

fn apply(amount: &mut Amount, renovation: &Renovation, share: f64) {
    let space = 1.0 - share * renovation.saving.fraction();
    let water = 1.0 - share * renovation.hot_water_saving.fraction();
    amount.space_heat *= space;
    amount.design_space_heat *= space;
    amount.hot_water *= water;
    if share >= 1.0 - ROUNDING && renovation.secondary_supply.is_some() {
        amount.secondary_supply = renovation.secondary_supply;
    }
}
