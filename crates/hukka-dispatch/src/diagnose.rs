//! What the operation tells the user.

use crate::polish::Operation;
use crate::terms::Terms;
use crate::{Case, Inputs, UNSERVED_TOLERANCE_MW};
use hukka_model::{Diagnostic, UnitKind};
use hukka_units::grouped;

/// Hours named in the message about heat that cannot be supplied.
const WORST_HOURS: usize = 10;

/// Whether some heat could not be supplied.
pub(crate) fn is_infeasible(operation: &Operation) -> bool {
    operation
        .unserved
        .iter()
        .any(|&mw| mw > UNSERVED_TOLERANCE_MW)
}

/// Everything worth a word, errors first.
pub(crate) fn diagnose(
    inputs: &Inputs<'_>,
    case: Case,
    terms: &Terms,
    operation: &Operation,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if is_infeasible(operation) {
        found.push(unserved(inputs, case, terms, operation));
    }
    found.extend(of_pumps(inputs, terms));
    if terms.lacks_existing_boiler {
        found.push(
            Diagnostic::note(
                "HK0705",
                "no boiler is marked as existing: all stand for today's plant",
            )
            .about("boiler")
            .help("set `existing = true` on the boilers that stand today"),
        );
    }
    if let Some(raised) = terms.raised_unserved_price {
        let given = inputs.study.prices.unserved.eur_mwh();
        let message = "unserved heat is priced below the dearest heat of the plant";
        found.push(
            Diagnostic::note("HK0708", message)
                .about("prices.unserved_eur_per_mwh")
                .seen(format!("{given:.0} EUR/MWh"))
                .help(format!("counted as {raised:.0} EUR/MWh, so that heat is left out only where it cannot be made")),
        );
    }
    found.extend(dumped(inputs, operation));
    found
}

/// A warning that the cost is not proven least.
pub(crate) fn unproven(gap: f64, tolerance: f64) -> Diagnostic {
    let message = format!(
        "the operating cost may lie up to {:.4} % above the least possible",
        100.0 * gap
    );
    Diagnostic::warning("HK0702", message)
        .about("dispatch")
        .seen(format!("{gap:.3e}"))
        .allowed(format!("at most {tolerance:.1e}"))
        .help("compare the bound and the objective in `summary.json` before relying on the cost")
}

fn unserved(inputs: &Inputs<'_>, case: Case, terms: &Terms, operation: &Operation) -> Diagnostic {
    let missing = &operation.unserved;
    let mut hours: Vec<usize> = (0..missing.len())
        .filter(|&t| missing[t] > UNSERVED_TOLERANCE_MW)
        .collect();
    let total: f64 = hours.iter().map(|&t| missing[t]).sum();
    let count = hours.len();
    hours.sort_by(|&a, &b| missing[b].total_cmp(&missing[a]).then(a.cmp(&b)));
    let worst = missing[hours[0]];
    let list: Vec<String> = hours
        .iter()
        .take(WORST_HOURS)
        .map(|&t| format!("{} lacks {:.3} MW", inputs.study.axis.stamp(t), missing[t]))
        .collect();
    let plant = match case {
        Case::WithDataCentre => "the plant",
        Case::ExistingPlantOnly => "today's plant alone",
    };
    let message = format!(
        "{plant} cannot supply all the heat: {count} {} lack {} MWh in total, at worst {worst:.3} MW",
        if count == 1 { "hour" } else { "hours" },
        grouped(total, 1),
    );
    let highest = terms.park.demand.iter().copied().fold(0.0, f64::max);
    Diagnostic::error("HK0701", message)
        .about("heat capacity")
        .seen(list.join("; "))
        .allowed(format!(
            "no hour lacks heat; the highest hour asks for {highest:.3} MW"
        ))
        .help(remedy(inputs, terms, worst))
}

/// The capacity that surely mends it: as much as the worst hour lacks.
fn remedy(inputs: &Inputs<'_>, terms: &Terms, worst: f64) -> String {
    // Rounded up, so that the figure typed in is enough.
    let more = (worst * 100.0).ceil() / 100.0;
    let largest = terms
        .park
        .units
        .iter()
        .filter_map(|unit| match unit.kind {
            UnitKind::Boiler(index) => inputs.design.boilers.get(index),
            UnitKind::HeatPump(_) => None,
        })
        .filter_map(|boiler| boiler.heat_capacity.map(|capacity| (boiler, capacity.mw())))
        .max_by(|a, b| a.1.total_cmp(&b.1));
    match largest {
        Some((boiler, now)) => format!(
            "add {more:.2} MW of boilers, for example `heat_capacity_mw` of boiler {} from {now:.2} to {:.2}, or leave it out to have it sized",
            boiler.id,
            now + more,
        ),
        None => format!("add a boiler of {more:.2} MW"),
    }
}

fn of_pumps(inputs: &Inputs<'_>, terms: &Terms) -> Vec<Diagnostic> {
    let year = inputs.study.axis.len();
    let mut found = Vec::new();
    for pump in &terms.pumps {
        let subject = format!("heat_pump {}", pump.id);
        let still: usize = pump.out_of_range.iter().map(|(_, hours)| hours).sum();
        if still > 0 {
            let message = format!(
                "heat pump {} stands still in {still} of {year} hours: no coefficient of performance at those temperatures",
                pump.id,
            );
            let why: Vec<String> = pump
                .out_of_range
                .iter()
                .map(|(reason, hours)| format!("{hours} h: {}", reason.words()))
                .collect();
            found.push(Diagnostic::warning("HK0703", message).about(&subject).seen(why.join("; ")).help(
                "raise `max_outlet_temperature_c` above the return temperature or choose another `model`",
            ));
        }
        if pump.in_series > 0 {
            let message = format!(
                "heat pump {} cannot reach the supply temperature in {} of {year} hours: it preheats, others top up",
                pump.id, pump.in_series,
            );
            found.push(Diagnostic::note("HK0704", message).about(&subject).help(
                "a lower `network.supply_temperature` or a higher `max_outlet_temperature_c` lets it make more",
            ));
        }
        if pump.direct > 0 {
            let message = format!(
                "heat pump {} is bypassed in {} of {year} hours: the source is hot enough for direct exchange",
                pump.id, pump.direct,
            );
            found.push(Diagnostic::note("HK0707", message).about(&subject));
        }
    }
    found
}

/// A note that the part-load COP still moved when the rounds were over.
pub(crate) fn unsettled(rounds: usize, change: f64) -> Diagnostic {
    let message = format!("the part load of the heat pumps has not settled in {rounds} rounds");
    Diagnostic::warning("HK0709", message)
        .about("heat_pump.part_load")
        .seen(format!("the cost still moves by {:.3} %", 100.0 * change))
        .allowed(format!("{:.3} %", 100.0 * crate::part_load::SETTLED))
        .help("more `units_in_parallel` make the loss at part load smaller")
}

fn dumped(inputs: &Inputs<'_>, operation: &Operation) -> Option<Diagnostic> {
    let hours = operation
        .dumped
        .iter()
        .filter(|&&mw| mw > UNSERVED_TOLERANCE_MW)
        .count();
    let total: f64 = operation.dumped.iter().sum();
    (hours > 0).then(|| {
        let message = format!(
            "{} MWh of heat are thrown away in {hours} of {} hours: making heat earns money there",
            grouped(total, 1),
            inputs.study.axis.len(),
        );
        Diagnostic::note("HK0706", message).about("dispatch")
    })
}
