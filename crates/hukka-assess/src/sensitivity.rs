//! What flips the verdict: each input alone, 20 % lower and higher, and the value at which the net
//! present value is zero.
//!
//! The simulated years are priced again; operation is not optimised again. That is exact for heat
//! price, investment, interest and the price of the data centre's heat as far as the operation
//! does not react to it, and an upper bound on the harm (a lower bound on the gain) of dearer or
//! cheaper energy, because a real operator would react. A different COP changes electricity and
//! heat taken for the same heat made. A different fill is read from the simulated levels, and
//! below the lowest one from a cut-back of it. Distance adds or removes transmission pipe at the
//! cost of one metre.
//!
//! The value at zero is sought by scan and bisection within a range stated per input, nearest to
//! the study's own value.

use crate::cash_flow::{Scenario, Ventures};
use crate::energy::{quotient, total};
use crate::finance::nearest_root;
use crate::kpis::distance_to_town;
use crate::levels::{fill_in_year, ramp_years};
use hukka_model::{BreakEven, Counterfactual};
use hukka_units::{EnergyPrice, Length, Money};

/// Name of the break-even in the fill.
pub const FILL: &str = "fill of the data centre";
/// Name of the break-even in day-ahead electricity prices.
pub const ELECTRICITY: &str = "day-ahead electricity price";
/// Name of the break-even in the price customers pay.
pub const HEAT_PRICE: &str = "heat price";
/// Name of the break-even in the investment.
pub const INVESTMENT: &str = "investment";
/// Name of the break-even in the distance to the town.
pub const DISTANCE: &str = "distance to the town";
/// Name of the break-even in the interest.
pub const DISCOUNT_RATE: &str = "discount rate";
/// Name of the break-even in the COP.
pub const COP: &str = "mean COP of the heat pumps";
/// Name of the break-even in the price of the data centre's heat.
pub const SOURCE_PRICE: &str = "price of the data centre's heat";
/// Name of the break-even in fuel prices.
pub const FUEL: &str = "fuel price, factor";
/// Name of the break-even in the carbon price.
pub const CARBON: &str = "carbon price";

/// One input: its value, the range searched, and the scenario at another value.
struct Lever<'a> {
    name: &'static str,
    unit: &'static str,
    base: f64,
    range: (f64, f64),
    at: Box<dyn Fn(f64) -> Scenario + 'a>,
}

/// The break-evens of every input that has a value, largest swing first.
pub(crate) fn break_evens(ventures: &Ventures<'_>) -> Vec<BreakEven> {
    let mut out: Vec<BreakEven> = levers(ventures)
        .iter()
        .map(|lever| evaluate(ventures, lever))
        .collect();
    out.sort_by(|a, b| swing(b).total_cmp(&swing(a)).then(a.name.cmp(&b.name)));
    out
}

fn swing(point: &BreakEven) -> f64 {
    (point.npv_low_high.1 - point.npv_low_high.0).eur().abs()
}

fn evaluate(ventures: &Ventures<'_>, lever: &Lever<'_>) -> BreakEven {
    let npv = |value: f64| ventures.npv(&(lever.at)(value));
    let (low, high) = lever.range;
    let side = |factor: f64| -> Money { npv((lever.base * factor).clamp(low, high)) };
    BreakEven {
        name: lever.name.to_owned(),
        base: lever.base,
        at_zero_npv: nearest_root(|value| npv(value).eur(), lever.range, lever.base),
        unit: lever.unit.to_owned(),
        npv_low_high: (side(0.8), side(1.2)),
    }
}

/// The same inputs with the values at which another worth than the net present value is zero.
pub(crate) fn flips(
    ventures: &Ventures<'_>,
    break_evens: &[BreakEven],
    worth: impl Fn(&Scenario) -> Money,
) -> Vec<BreakEven> {
    let levers = levers(ventures);
    let at_zero = |point: &BreakEven| {
        let lever = levers.iter().find(|lever| lever.name == point.name)?;
        nearest_root(
            |value| worth(&(lever.at)(value)).eur(),
            lever.range,
            lever.base,
        )
    };
    break_evens
        .iter()
        .map(|point| BreakEven {
            at_zero_npv: at_zero(point),
            ..point.clone()
        })
        .collect()
}

fn levers<'a>(ventures: &'a Ventures<'a>) -> Vec<Lever<'a>> {
    let mut out = energy_levers(ventures);
    out.extend(project_levers(ventures));
    out.retain(|lever| lever.base.is_finite() && lever.range.0 <= lever.base);
    out
}

/// A lever that scales one factor: the value is `base` at factor 1, searched from 0 to five-fold.
fn scaled<'a>(
    (name, unit): (&'static str, &'static str),
    base: f64,
    apply: impl Fn(f64) -> Scenario + 'a,
) -> Option<Lever<'a>> {
    (base > 1e-9).then(|| Lever {
        name,
        unit,
        base,
        range: (0.0, 5.0 * base),
        at: Box::new(move |value| apply(value / base)),
    })
}

fn energy_levers<'a>(ventures: &'a Ventures<'a>) -> Vec<Lever<'a>> {
    let study = ventures.inputs.study;
    let base = ventures.base();
    let prices = &study.prices;
    let hours = prices.electricity.len() as f64;
    let mean = EnergyPrice::from_si(quotient(total(&prices.electricity), hours)).eur_mwh();
    let mut out = Vec::new();
    out.extend(scaled((ELECTRICITY, "€/MWh"), mean, move |factor| {
        Scenario {
            electricity: factor,
            ..base
        }
    }));
    if matches!(study.counterfactual, Counterfactual::Individual { .. }) {
        let heat = prices.heat.eur_mwh();
        out.extend(scaled((HEAT_PRICE, "€/MWh"), heat, move |factor| {
            Scenario {
                heat: factor,
                ..base
            }
        }));
    }
    let burns = |book: &crate::book::Book| book.fuel.iter().any(|fuel| fuel.si() > 0.0);
    if burns(ventures.levels.full()) || ventures.counterfactual.as_ref().is_some_and(burns) {
        out.extend(scaled((FUEL, "×"), 1.0, move |factor| Scenario {
            fuel: factor,
            ..base
        }));
        let carbon = prices.carbon.eur_t();
        out.extend(scaled((CARBON, "€/t"), carbon, move |factor| Scenario {
            carbon: factor,
            ..base
        }));
    }
    if ventures.levels.full().source_heat.si() > 0.0 {
        let book = ventures.levels.full();
        let paid = quotient(book.source_payment.eur(), book.source_heat.mwh());
        out.push(Lever {
            name: SOURCE_PRICE,
            unit: "€/MWh",
            base: paid,
            range: (paid - 200.0, paid + 200.0),
            at: Box::new(move |value| Scenario {
                source_price: EnergyPrice::from_eur_mwh(value - paid),
                ..base
            }),
        });
    }
    out
}

fn project_levers<'a>(ventures: &'a Ventures<'a>) -> Vec<Lever<'a>> {
    let inputs = ventures.inputs;
    let base = ventures.base();
    let book = ventures.levels.full();
    let mut out = Vec::new();
    let investment = inputs.design.investment().meur();
    out.extend(scaled((INVESTMENT, "M€"), investment, move |factor| {
        Scenario {
            investment: factor,
            ..base
        }
    }));
    let cop = quotient(book.heat_pump_heat.si(), book.heat_pumps.energy.si());
    if let Some(mut lever) = scaled((COP, "1"), cop, move |factor| Scenario {
        cop: factor,
        ..base
    }) {
        lever.range = (1.0_f64.min(cop), 20.0_f64.max(cop));
        out.push(lever);
    }
    let own = distance_to_town(inputs);
    out.push(Lever {
        name: DISTANCE,
        unit: "km",
        base: own.km(),
        range: (0.0, 50.0_f64.max(2.0 * own.km())),
        at: Box::new(move |km| Scenario {
            extra_pipe: Length::from_km(km) - own,
            ..base
        }),
    });
    let fill = 100.0 * fill_in_year(inputs.study, ramp_years(inputs.study));
    if let Some(mut lever) = scaled((FILL, "%"), fill, move |factor| Scenario {
        fill: factor,
        ..base
    }) {
        lever.range = (0.0, 100.0 * ventures.levels.full().fill.max(1e-9));
        lever.range.1 = lever.range.1.max(fill);
        out.push(lever);
    }
    out.push(Lever {
        name: DISCOUNT_RATE,
        unit: "%",
        base: 100.0 * base.discount_rate,
        range: (0.0, 50.0_f64.max(200.0 * base.discount_rate)),
        at: Box::new(move |percent| Scenario {
            discount_rate: percent / 100.0,
            ..base
        }),
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Bench;

    fn find(points: &[BreakEven], name: &str) -> BreakEven {
        points.iter().find(|p| p.name == name).unwrap().clone()
    }

    #[test]
    fn at_each_break_even_the_npv_is_zero() {
        let bench = Bench::new();
        bench.with_ventures(|ventures| {
            let levers = levers(ventures);
            let mut found = 0;
            for lever in &levers {
                if let Some(value) = evaluate(ventures, lever).at_zero_npv {
                    let npv = ventures.npv(&(lever.at)(value)).eur();
                    assert!(npv.abs() < 1.0, "{}: {npv}", lever.name);
                    found += 1;
                }
            }
            assert!(found >= 6, "{found}");
        });
    }

    #[test]
    fn the_largest_swing_comes_first_and_signs_make_sense() {
        let bench = Bench::new();
        let points = bench.assess().break_evens;
        assert!(
            points
                .windows(2)
                .all(|pair| swing(&pair[0]) >= swing(&pair[1]))
        );
        for (name, is_good) in [
            (HEAT_PRICE, true),
            (INVESTMENT, false),
            (ELECTRICITY, false),
            (DISTANCE, false),
            (FILL, true),
            (COP, true),
            (DISCOUNT_RATE, false),
        ] {
            let (low, high) = find(&points, name).npv_low_high;
            assert!(if is_good { low <= high } else { low >= high }, "{name}");
        }
    }

    #[test]
    fn the_discount_rate_at_zero_is_the_internal_rate() {
        let assessment = Bench::new().assess();
        let rate = find(&assessment.break_evens, DISCOUNT_RATE)
            .at_zero_npv
            .unwrap();
        assert!((rate - 100.0 * assessment.kpis.irr.unwrap().fraction()).abs() < 1e-6);
    }

    #[test]
    fn the_heat_price_does_not_move_a_case_against_the_existing_plant() {
        let points = Bench::against_existing_plant().assess().break_evens;
        assert!(points.iter().all(|p| p.name != HEAT_PRICE));
    }
}
