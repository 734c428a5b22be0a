//! What speaks for a no-go, and what speaks against it.

use super::Finding;
use super::evidence::Evidence;
use super::go::{carbon, heat_and_place, lift, pipe_share};
use crate::energy::quotient;
use crate::inputs::Options;
use crate::text::{alike, apart, energy, hours, kilometres, money, percent, price, tonnes};
use hukka_model::Driver;
use hukka_units::grouped;

/// Weights of conditions of the go that are broken, above any share of a loss (at most 3).
const BROKEN_SHARE: f64 = 5.0;
const BROKEN_CARBON: f64 = 4.0;
/// Weight of a demand so small that nothing else matters.
const TINY: f64 = 6.0;
/// Weight of CO₂ when more, or nearer, heat of the same kind would save it.
const FOLLOWS: f64 = 0.9;
/// A pipe that costs so many times what is left for it is too long, whatever else is wrong.
const HOPELESS: f64 = 10.0;
/// Costs of heat beyond which, €/MWh and in prices paid for heat, demand is what is missing.
const ABSURD: f64 = 10_000.0;
const ABSURD_PRICES: f64 = 10.0;
/// Share of the data centre's heat below which the demand is small beside it.
const SMALL_USE: f64 = 0.1;
/// Distance up to which demand is missing rather than the place too far, km.
const USUAL_KM: f64 = 10.0;
/// Weight of the driver that made the loss when a nearer one could mend it too.
const LEADS: f64 = 3.5;
/// Heat offered over heat fed below which a data centre is small for its town.
const SMALL: f64 = 0.4;
/// Share of the heat that a large data centre covers.
const ENOUGH: f64 = 0.8;
/// COP from which the electricity's price, not the lift, is what makes heat dear.
const GOOD_ENOUGH_COP: f64 = 3.0;
/// Drivers that explain less of the loss than this are not named.
const NAMED: f64 = 0.15;
/// Largest strength a share of the loss can have.
const MOST: f64 = 3.0;
/// Share of the year from which hot hours are the reason that heat stays unused.
const HOT_YEAR: f64 = 0.5;

/// `NO-GO: too far — the heat is worth 40 €/MWh less 11 for the heat pump, and 28 km of pipe costs 61`
pub(super) fn headline(evidence: &Evidence, reasons: &[(Driver, String)]) -> String {
    let Some((driver, text)) = reasons.first() else {
        return "NO-GO".to_owned();
    };
    let label = if *driver == Driver::Heat && tiny_demand(evidence).is_some() {
        "too little demand"
    } else {
        label(*driver)
    };
    format!("NO-GO: {label} — {text}")
}

const fn label(driver: Driver) -> &'static str {
    match driver {
        Driver::Heat => "too little heat",
        Driver::Distance => "too far",
        Driver::Temperature => "too cold",
        Driver::Cost => "too dear",
        Driver::Carbon => "not cleaner",
        Driver::Ramp => "too empty",
        Driver::Peak => "too much other heat",
    }
}

pub(super) fn reasons(evidence: &Evidence, options: &Options) -> Vec<Finding> {
    let mut out = Vec::new();
    out.extend(share(evidence, options));
    out.extend(tiny_demand(evidence));
    if evidence.carbon_saved.kg() <= 0.0 {
        out.extend(not_cleaner(evidence));
    }
    if evidence.lacking().eur() > 0.0 {
        out.extend(distance(evidence));
        out.extend(temperature(evidence));
        if evidence.npv.eur() < 0.0 && evidence.heat_fed.si() > 0.0 {
            out.push(Finding::new(1.0, Driver::Cost, dear(evidence)));
        }
        out.extend(boilers_earn_more(evidence));
        out.extend(running(evidence));
        out.extend(electricity(evidence));
        out.extend(small(evidence, options));
    }
    // One sentence per driver: the strongest.
    out.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    let mut seen: Vec<Driver> = Vec::new();
    out.retain(|finding| {
        let is_new = !seen.contains(&finding.driver);
        seen.push(finding.driver);
        is_new
    });
    let second = out.first().map_or(0.0, |lead| lead.strength - 1e-3);
    out.extend(own_worth(evidence).map(|text| Finding::new(second, Driver::Cost, text)));
    out
}

/// The network earns, and would earn more with boilers alone.
fn boilers_earn_more(evidence: &Evidence) -> Option<Finding> {
    let lost = evidence.lost_to_boilers()?;
    (evidence.npv_without.eur() >= 0.0).then(|| {
        let text = format!(
            "the network would earn {} more with boilers alone",
            money(lost)
        );
        // Of a loss the cost of heat is said; the network's own worth follows it.
        let strength = if evidence.npv.eur() < 0.0 { 0.95 } else { 1.2 };
        Finding::new(strength, Driver::Cost, text)
    })
}

/// `the network itself is worth 19 M€ with boilers alone, 15 M€ with the data centre`
fn own_worth(evidence: &Evidence) -> Option<String> {
    let lost = evidence.lost_to_boilers()?;
    if evidence.npv_without.eur() < 0.0 {
        return None;
    }
    let [without, with] = [evidence.npv_without, evidence.npv].map(money);
    Some(if without == with {
        format!(
            "the network itself is worth {without} with boilers alone, {} less with the data centre",
            money(lost)
        )
    } else {
        format!(
            "the network itself is worth {without} with boilers alone, {with} with the data centre"
        )
    })
}

/// So little heat is sold that its cost per MWh says nothing.
fn tiny_demand(evidence: &Evidence) -> Option<Finding> {
    let paid = evidence.heat_price.max(evidence.heat_cost_counterfactual);
    let is_small = evidence.use_share < SMALL_USE && evidence.distance <= USUAL_KM;
    let is_absurd = evidence.lcoh > ABSURD || (is_small && evidence.lcoh > ABSURD_PRICES * paid);
    let is_tiny = evidence.npv.eur() < 0.0 && evidence.heat_delivered.si() > 0.0 && is_absurd;
    is_tiny.then(|| {
        let text = format!(
            "customers take {} of heat a year, and {} is built for it",
            energy(evidence.heat_delivered),
            money(evidence.investment)
        );
        Finding::new(TINY, Driver::Heat, text)
    })
}

/// No CO₂ is saved. That decides when the heat pumps' own heat is no cleaner than what it
/// replaces; otherwise money, the pipe's losses or the size of the data centre do.
fn not_cleaner(evidence: &Evidence) -> Vec<Finding> {
    let finding = |strength: f64| Finding::new(strength, Driver::Carbon, more_carbon(evidence));
    if evidence.heat_pump_carbon >= evidence.replaced_carbon {
        return vec![finding(BROKEN_CARBON)];
    }
    let mut out = vec![finding(FOLLOWS)];
    if evidence.lacking().eur() > 0.0 {
        return out;
    }
    let more = -evidence.carbon_saved.t();
    if evidence.pipe_carbon.t() > more && evidence.pipe_length >= 1.0 {
        let text = format!(
            "{} of pipe loses {} of heat a year",
            kilometres(evidence.pipe_length),
            energy(evidence.pipe_loss)
        );
        out.push(Finding::new(LEADS, Driver::Distance, text));
    } else if evidence.heat_fed.si() > 0.0 && evidence.available_over_fed < SMALL {
        out.push(Finding {
            strength: LEADS,
            ..too_little(evidence)
        });
    }
    out
}

/// The data centre covers less than the asked share: too little heat, or heat that is not used.
fn share(evidence: &Evidence, options: &Options) -> Option<Finding> {
    let asked = options.min_share_covered.fraction();
    if evidence.share_covered >= asked && evidence.share_covered > 0.0 {
        return None;
    }
    if evidence.heat_fed.si() <= 0.0 {
        let text = "no consumer is connected, so there is nobody to heat";
        return Some(Finding::new(BROKEN_SHARE, Driver::Heat, text));
    }
    let is_offered = evidence.available_over_fed > 2.0 * asked.max(0.01);
    let hot = quotient(f64::from(evidence.hot_hours), f64::from(evidence.hours));
    let finding = match evidence.boiler_cost {
        _ if !is_offered => too_little(evidence),
        _ if hot >= HOT_YEAR => {
            let text = format!(
                "in {} the network is hotter than the {} °C the heat pump makes; {} of heat \
                 demand covered",
                hours(f64::from(evidence.hot_hours)),
                grouped(evidence.max_outlet, 0),
                percent(evidence.share_covered)
            );
            Finding::new(BROKEN_SHARE, Driver::Temperature, text)
        }
        Some(boiler) if evidence.heat_pump_cost > boiler => Finding::new(
            BROKEN_SHARE,
            Driver::Cost,
            dearer_than_boilers(evidence, boiler),
        ),
        _ => {
            let text = format!(
                "only {} of the data centre's heat is worth taking; {} of heat demand covered",
                percent(evidence.use_share),
                percent(evidence.share_covered)
            );
            Finding::new(BROKEN_SHARE, Driver::Cost, text)
        }
    };
    Some(finding)
}

fn too_little(evidence: &Evidence) -> Finding {
    let text = format!(
        "the data centre covers {} of heat demand: {} of {} a year",
        percent(evidence.share_covered),
        energy(evidence.heat_pump_heat),
        energy(evidence.heat_fed)
    );
    Finding::new(BROKEN_SHARE, Driver::Heat, text)
}

/// Little heat, though above the asked share; it leads when a data centre large enough for the
/// same pipe would pay.
fn small(evidence: &Evidence, options: &Options) -> Option<Finding> {
    let is_small = evidence.share_covered >= options.min_share_covered.fraction()
        && evidence.available_over_fed < SMALL;
    if !is_small {
        return None;
    }
    let left = evidence.worth - evidence.machines;
    let more = quotient(ENOUGH, evidence.share_covered) - 1.0;
    let per_mwh = quotient(evidence.transmission.eur(), evidence.transmission_per_mwh);
    let would_pay = left * per_mwh * more >= evidence.lacking().eur();
    let strength = if would_pay && is_pipe_too_dear(evidence) {
        LEADS
    } else if evidence.share_covered < 0.2 {
        0.5
    } else {
        return None;
    };
    Some(Finding {
        strength,
        ..too_little(evidence)
    })
}

fn more_carbon(evidence: &Evidence) -> String {
    let more = -evidence.carbon_saved.t();
    if more > 0.0 {
        format!(
            "it emits {} of CO₂ a year more than it replaces",
            tonnes(more)
        )
    } else {
        "it saves no CO₂".to_owned()
    }
}

/// Part of the loss that a cost explains.
fn part(cost: f64, evidence: &Evidence) -> f64 {
    quotient(cost, evidence.lacking().eur()).clamp(0.0, MOST)
}

/// The heat is worth more than its machines, but not the pipe too.
fn is_pipe_too_dear(evidence: &Evidence) -> bool {
    let left = evidence.worth - evidence.machines;
    left > 0.0 && evidence.transmission_per_mwh > left
}

/// The pipe costs many times what the heat is worth.
fn is_pipe_hopeless(evidence: &Evidence) -> bool {
    let pipe = evidence.transmission_per_mwh;
    let left = evidence.worth - evidence.machines;
    pipe > HOPELESS * evidence.machines && pipe > HOPELESS * left
}

/// The pipe is blamed when it costs more than is left for it and the study would pay without it,
/// or when it costs many times that; it is named when it is a good part of the loss.
fn distance(evidence: &Evidence) -> Option<Finding> {
    let strength = part(evidence.transmission.eur(), evidence);
    if is_pipe_hopeless(evidence) {
        let text = if is_pipe_too_dear(evidence) {
            comparison(evidence)
        } else {
            pipe_alone(evidence)
        };
        return Some(Finding::new(LEADS + 0.2, Driver::Distance, text));
    }
    if strength < NAMED {
        return None;
    }
    let (is_dear, would_pay) = (is_pipe_too_dear(evidence), strength >= 1.0);
    let text = if is_dear {
        comparison(evidence)
    } else if evidence.transmission_per_mwh < evidence.worth {
        pipe_share(evidence)
    } else {
        return None;
    };
    let strength = match (is_dear, would_pay) {
        (true, true) => strength.max(2.0),
        (true, false) => 0.9 * strength,
        (false, _) => 0.9 * strength.min(1.0),
    };
    Some(Finding::new(strength, Driver::Distance, text))
}

/// `the heat is worth 22 €/MWh less 13 for the heat pump, and 2.0 km of pipe costs 14`
fn comparison(evidence: &Evidence) -> String {
    let values = [
        evidence.worth,
        evidence.machines,
        evidence.transmission_per_mwh,
    ];
    let [worth, machines, pipe] = alike(values, |[worth, machines, pipe]| worth - machines < pipe);
    let length = kilometres(evidence.pipe_length);
    if evidence.machines < 0.05 {
        return format!("the heat is worth {worth} €/MWh, and {length} of pipe costs {pipe}");
    }
    format!(
        "the heat is worth {worth} €/MWh less {machines} for {}, and {length} of pipe costs {pipe}",
        evidence.machines_name
    )
}

/// `the heat is worth 9 €/MWh, and 60 km of pipe costs 1,087`
fn pipe_alone(evidence: &Evidence) -> String {
    format!(
        "the heat is worth {} €/MWh, and {} of pipe costs {}",
        price(evidence.worth),
        kilometres(evidence.pipe_length),
        price(evidence.transmission_per_mwh)
    )
}

/// Electricity is blamed when it alone would flip the verdict, is the largest cost of the heat,
/// and the heat pump makes good use of it.
fn electricity(evidence: &Evidence) -> Option<Finding> {
    let day_ahead = evidence.electricity_too_dear()?;
    let built = evidence.machines + evidence.transmission_per_mwh;
    let largest = evidence.machines.max(evidence.transmission_per_mwh);
    let is_driver = evidence.worth < built
        && evidence.electricity_per_mwh > largest
        && evidence.mean_cop >= GOOD_ENOUGH_COP;
    is_driver.then(|| {
        let [worth, built] = alike([evidence.worth, built], |[worth, built]| worth < built);
        let pipe = if evidence.transmission_per_mwh > 0.05 {
            " and the pipe"
        } else {
            ""
        };
        let name = evidence.machines_name;
        let name = if pipe.is_empty() {
            name.to_owned()
        } else {
            name.replace(" and other", ", other") + pipe
        };
        let text = format!(
            "with day-ahead electricity at {} €/MWh{} the heat is worth {worth} €/MWh, less than \
             the {built} for {name}",
            price(day_ahead),
            path(evidence.electricity_growth)
        );
        Finding::new(LEADS, Driver::Cost, text)
    })
}

/// How a price moves over the years, when that would be seen in its figure.
fn path(growth: f64) -> String {
    if growth.abs() < 0.0005 {
        return String::new();
    }
    let way = if growth > 0.0 { "rising" } else { "falling" };
    format!(" {way} by {} a year", percent(growth.abs()))
}

fn temperature(evidence: &Evidence) -> Option<Finding> {
    let is_cold = evidence.mean_cop > 0.0 && (evidence.mean_cop < 3.5 || evidence.lift > 50.0);
    let strength = part(evidence.gain_at_good_cop.eur(), evidence);
    // A better machine that only pays part of the loss explains it less than the price does.
    (is_cold && strength >= NAMED).then(|| {
        let strength = if strength >= 1.0 {
            strength
        } else {
            0.9 * strength
        };
        Finding::new(strength, Driver::Temperature, lift(evidence))
    })
}

fn dear(evidence: &Evidence) -> String {
    let other = if evidence.is_incremental {
        evidence.heat_cost_counterfactual
    } else {
        evidence.heat_price
    };
    let Some([cost, other]) = apart(evidence.lcoh, other) else {
        return format!("the net present value is {}", money(evidence.npv));
    };
    if evidence.is_incremental {
        return format!("heat costs {cost} €/MWh with the new investment, {other} without");
    }
    let own = if evidence.heat_cost_counterfactual < evidence.heat_price {
        format!(
            " and heat of their own costs {}",
            price(evidence.heat_cost_counterfactual)
        )
    } else {
        String::new()
    };
    format!("heat costs {cost} €/MWh, customers pay {other}{own}")
}

/// The heat pump's running cost alone is above that of the boilers.
fn running(evidence: &Evidence) -> Option<Finding> {
    let boiler = evidence.boiler_cost?;
    (evidence.heat_pump_cost > boiler)
        .then(|| Finding::new(2.5, Driver::Cost, dearer_than_boilers(evidence, boiler)))
}

fn dearer_than_boilers(evidence: &Evidence, boiler: f64) -> String {
    match apart(evidence.heat_pump_cost, boiler) {
        Some([own, boiler]) => {
            format!("the heat pump's heat costs {own} €/MWh to make, boilers make it for {boiler}")
        }
        None => "boilers make the heat as cheaply as the heat pump".to_owned(),
    }
}

/// What speaks against the no-go.
pub(super) fn cautions(evidence: &Evidence) -> Vec<Finding> {
    let mut out = Vec::new();
    if evidence.share_covered >= 0.1 {
        out.push(Finding::new(
            evidence.share_covered,
            Driver::Heat,
            heat_and_place(evidence),
        ));
    }
    if evidence.carbon_saved.kg() > 0.0 {
        let share = quotient(
            evidence.carbon_saved.kg(),
            evidence.carbon_counterfactual.kg(),
        );
        out.extend(
            carbon(evidence).map(|text| Finding::new(share.clamp(0.0, 1.0), Driver::Carbon, text)),
        );
    }
    if evidence.saving >= 1.0 && evidence.heat_pump_heat.mwh() >= 10.0 {
        let text = format!(
            "once built, each MWh of the data centre's heat saves {} € of running cost",
            price(evidence.saving)
        );
        out.push(Finding::new(0.1, Driver::Cost, text));
    }
    out
}
