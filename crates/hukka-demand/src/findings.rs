//! Everything the stage finds odd, in words.

use crate::signature::Fit;
use hukka_model::{Diagnostic, StockPlan};
use hukka_units::{HeatEnergy, grouped};

/// Ids listed in one message.
const LISTED: usize = 5;

fn mwh(joules: f64) -> String {
    format!("{} MWh", grouped(HeatEnergy::from_si(joules).mwh(), 0))
}

fn listed(ids: &[&str]) -> String {
    let shown = ids[..ids.len().min(LISTED)].join(", ");
    match ids.len().saturating_sub(LISTED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{} {what}s", grouped(count as f64, 0))
    }
}

pub(crate) fn nothing_needs_heat() -> Diagnostic {
    Diagnostic::error("HK0401", "nothing in the study needs heat")
        .about("demand")
        .help("give heated buildings with a footprint, or a [[lumped_demand]] with annual_mwh")
}

pub(crate) fn unheated(count: usize, total: usize) -> Diagnostic {
    let verb = if count == 1 { "was" } else { "were" };
    Diagnostic::note(
        "HK0402",
        format!("{} {verb} left out", counted(count, "unheated building")),
    )
    .about("buildings")
    .seen(format!(
        "{} of {}",
        grouped(count as f64, 0),
        grouped(total as f64, 0)
    ))
}

pub(crate) fn unusable(ids: &[&str]) -> Diagnostic {
    let verb = if ids.len() == 1 { "has" } else { "have" };
    Diagnostic::warning(
        "HK0403",
        format!(
            "{} {verb} neither a floor area nor a yearly heat and {} left out",
            counted(ids.len(), "heated building"),
            if ids.len() == 1 { "was" } else { "were" },
        ),
    )
    .about("buildings")
    .seen(listed(ids))
    .allowed("a footprint and storeys above 0, or annual_mwh")
}

pub(crate) fn nothing_left(known: f64, stated: f64) -> Diagnostic {
    Diagnostic::warning(
        "HK0404",
        format!(
            "the buildings' stated heat of {} leaves nothing of the known total of {} for the \
             others; all were scaled alike",
            mwh(stated),
            mwh(known)
        ),
    )
    .about("demand.annual_mwh")
    .seen(mwh(known))
    .help("correct the total or the buildings' annual_mwh")
}

pub(crate) fn far_from_known(known: f64, estimate: f64, factor: f64) -> Diagnostic {
    let way = if factor > 1.0 { "above" } else { "below" };
    Diagnostic::warning(
        "HK0405",
        format!(
            "the known total of {} is far {way} the estimate of {}; the estimate was multiplied by \
             {factor:.2}",
            mwh(known),
            mwh(estimate)
        ),
    )
    .about("demand.annual_mwh")
    .seen(format!("factor {factor:.2}"))
    .allowed("0.5 to 2")
    .help("check that the buildings and the total cover the same area, storeys and uses")
}

pub(crate) fn load_rescaled(id: &str, load: f64, annual: f64) -> Diagnostic {
    Diagnostic::warning(
        "HK0406",
        format!(
            "the measured load adds up to {}, the stated yearly heat is {}; the load was scaled to \
             the stated heat",
            mwh(load),
            mwh(annual)
        ),
    )
    .about(format!("lumped_demand {id}: load"))
    .seen(mwh(load))
    .allowed(mwh(annual))
    .help("set annual_mwh to the sum of the load if the load is right")
}

pub(crate) fn bad_load(id: &str, step: Option<usize>) -> Diagnostic {
    let message = step.map_or_else(
        || "the measured load is zero in every hour".to_owned(),
        |step| {
            format!(
                "hour {} of the measured load is negative or missing",
                step + 1
            )
        },
    );
    Diagnostic::error("HK0407", message)
        .about(format!("lumped_demand {id}: load"))
        .allowed("0 or more in every hour, above 0 in some")
}

pub(crate) fn nobody_to_calibrate(known: f64) -> Diagnostic {
    Diagnostic::warning(
        "HK0408",
        format!(
            "a known total of {} is given but there is no heated building to share it",
            mwh(known)
        ),
    )
    .about("demand.annual_mwh")
    .help("give the amount as a [[lumped_demand]] instead")
}

pub(crate) fn spread_evenly(profile: &str) -> Diagnostic {
    Diagnostic::warning(
        "HK0409",
        format!("no hour is cold enough for space heat in {profile}; it was spread evenly"),
    )
    .about("weather")
    .help("check the outdoor temperature and the stated heat")
}

pub(crate) fn unheated_lump(id: &str) -> Diagnostic {
    Diagnostic::warning(
        "HK0410",
        "a lumped demand is said to stand for unheated buildings; it got the shape of other \
         buildings",
    )
    .about(format!("lumped_demand {id}: use"))
    .seen("unheated")
    .allowed("house, apartment, office, retail, school, health, sport, industrial, other")
}

/// Above this an hourly signature does not count as calibrated (ASHRAE Guideline 14).
const CALIBRATED: f64 = 0.30;

pub(crate) fn learnt(id: &str, fit: &Fit, change_c: f64) -> Diagnostic {
    let text = format!(
        "CV(RMSE) {:.1} % by hour, bias {:+.1} %, peak {:+.1} %, change point {change_c:.0} °C",
        100.0 * fit.cv_rmse,
        100.0 * fit.bias,
        100.0 * (fit.peak_ratio - 1.0),
    );
    let finding = if fit.cv_rmse <= CALIBRATED {
        Diagnostic::note("HK0411", "a demand follows the signature of its meter")
    } else {
        Diagnostic::warning("HK0412", "the signature of a meter follows it poorly")
            .allowed("CV(RMSE) up to 30 %")
            .help("check the meter's columns and time zone; process heat does not follow the weather: give it as `load`")
    };
    finding
        .about(format!("lumped_demand.{id}.meter"))
        .seen(text)
}

pub(crate) fn unlearnt(id: &str) -> Diagnostic {
    Diagnostic::warning(
        "HK0413",
        "a meter teaches nothing, so the demand is estimated",
    )
    .about(format!("lumped_demand.{id}.meter"))
    .help("a year of hourly heat, none below zero and not all zero, with its outdoor temperature")
}

pub(crate) fn renovated(plan: &StockPlan, share: f64, (before, after): (f64, f64)) -> Diagnostic {
    let saved = if before > 0.0 {
        1.0 - after / before
    } else {
        0.0
    };
    Diagnostic::note(
        "HK0414",
        format!(
            "the demand is that of {}: {:.1} % of the floor area of {} is renovated, which saves {:.1} % of the heat",
            plan.asked_year,
            100.0 * share,
            plan.described_year,
            100.0 * saved,
        ),
    )
    .about("renovation")
    .seen(format!("{} instead of {}", mwh(after), mwh(before)))
}

pub(crate) fn extreme(name: &str, more: f64, (peak, typical): (f64, f64)) -> Diagnostic {
    Diagnostic::note(
        "HK0415",
        format!(
            "sizes are those of an extreme year, in which the estimated consumers need {:+.1} % heat; money is counted in the typical year",
            100.0 * more
        ),
    )
    .about("weather.extreme_files")
    .seen(format!(
        "{name}: highest hour {:.2} MW, {:.2} MW in the typical year",
        peak / 1e6,
        typical / 1e6
    ))
}
