//! `[[hall]]`: parts of a data centre that fill up and work by themselves.

use super::data_centre::utilisation;
use crate::codes;
use crate::context::{Context, closest, list_words};
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use hukka_model::{DataCentre, Diagnostic, Hall, TimeAxis, Utilisation};
use hukka_physics::it_load::Workload;
use hukka_units::{ElectricPower, Ratio};

/// Halls may differ from the whole by this much, share.
const ROUNDING: f64 = 1e-6;
/// Saturday, with Monday 0.
const SATURDAY: u8 = 5;

/// A hall and the data centre it belongs to.
pub(super) struct Placed {
    pub(super) data_centre: usize,
    pub(super) hall: Option<Hall>,
}

/// Reads every hall.
pub(super) fn read(
    root: &Entries,
    data_centres: &[Reader<'_>],
    axis: Option<&TimeAxis>,
    context: &mut Context,
) -> Vec<Placed> {
    let tables = Reader::many(root, &keys::HALL);
    super::machine::unique_ids(&tables, context);
    tables
        .iter()
        .map(|table| Placed {
            data_centre: belongs_to(table, data_centres, context),
            hall: Some(one(table, axis, context)),
        })
        .collect()
}

fn one(table: &Reader<'_>, axis: Option<&TimeAxis>, context: &mut Context) -> Hall {
    Hall {
        id: table.optional_text("id", context).unwrap_or("?").to_owned(),
        it_load: ElectricPower::from_mw(table.required("it_load_mw", context)),
        fill: table
            .numbers("fill", context)
            .into_iter()
            .map(Ratio::from_fraction)
            .collect(),
        utilisation: utilisation(table, axis, context),
        idle_share: Ratio::from_fraction(table.number("idle_share", context)),
    }
}

fn belongs_to(table: &Reader<'_>, data_centres: &[Reader<'_>], context: &mut Context) -> usize {
    let ids: Vec<&str> = data_centres
        .iter()
        .map(|centre| {
            centre
                .node("id")
                .and_then(|node| node.text())
                .unwrap_or("?")
        })
        .collect();
    let Some(id) = table.optional_text("data_centre", context) else {
        if ids.len() > 1 {
            let at = table.place("data_centre", context);
            context.push(
                Diagnostic::error(codes::MISSING_KEY, "`data_centre` is missing")
                    .at(at)
                    .about(table.full("data_centre"))
                    .allowed(list_words(ids.iter().copied()))
                    .help("say which data centre the hall belongs to"),
            );
        }
        return 0;
    };
    if let Some(found) = ids.iter().position(|other| *other == id) {
        return found;
    }
    let at = table.place("data_centre", context);
    let mut problem =
        Diagnostic::error(codes::NO_SUCH_ID, format!("there is no data centre `{id}`"))
            .at(at)
            .about(table.full("data_centre"))
            .seen(id)
            .allowed(list_words(ids.iter().copied()));
    if let Some(near) = closest(id, ids.iter().copied()) {
        problem = problem.help(format!("did you mean \"{near}\"?"));
    }
    context.push(problem);
    0
}

/// Puts the halls into their data centre: they make up its load, and its fill is theirs.
pub(super) fn join(
    data_centre: &mut DataCentre,
    halls: Vec<Hall>,
    table: &Reader<'_>,
    context: &mut Context,
) {
    if halls.is_empty() {
        return;
    }
    for key in ["utilisation", "workload", "idle_share", "fill"] {
        if table.has(key) {
            let at = table.place(key, context);
            context.push(
                Diagnostic::warning(codes::NO_EFFECT, format!("`{key}` has no effect"))
                    .at(at)
                    .about(table.full(key))
                    .help("the data centre has halls; every hall states its own"),
            );
        }
    }
    let whole: f64 = halls.iter().map(|hall| hall.it_load.w()).sum();
    if (whole - data_centre.it_load.w()).abs() > ROUNDING * data_centre.it_load.w() {
        let at = table.place("it_load_mw", context);
        context.push(
            Diagnostic::error(
                codes::CONTRADICTION,
                "the halls do not make up the data centre",
            )
            .at(at)
            .about(table.full("it_load_mw"))
            .seen(format!(
                "{} MW, the halls {} MW",
                data_centre.it_load.mw(),
                whole / 1e6
            ))
            .help("let `it_load_mw` be the sum of the halls"),
        );
    }
    let years = halls.iter().map(|hall| hall.fill.len()).max().unwrap_or(1);
    data_centre.fill = (0..years)
        .map(|year| {
            let present: f64 = halls
                .iter()
                .map(|hall| {
                    let share = hall.fill.get(year).or(hall.fill.last());
                    hall.it_load.w() * share.map_or(0.0, |share| share.fraction())
                })
                .sum();
            Ratio::from_fraction((present / whole).min(1.0))
        })
        .collect();
    data_centre.halls = halls;
}

/// The hourly shape of a workload in local time; holidays are like Sundays.
pub(super) fn by_workload(word: &str, axis: Option<&TimeAxis>) -> Utilisation {
    let workload = match word {
        "ai_training" => Workload::AiTraining,
        "ai_inference" => Workload::AiInference,
        "storage" => Workload::Storage,
        "streaming" => Workload::Streaming,
        "hpc" => Workload::Hpc,
        _ => Workload::Cloud,
    };
    let of = |hour: u8, is_free: bool| Ratio::from_fraction(workload.utilisation(hour, is_free));
    axis.map_or(Utilisation::Constant(of(0, false)), |axis| {
        Utilisation::Hourly(
            axis.calendar
                .iter()
                .map(|local| of(local.hour, local.weekday >= SATURDAY || local.is_holiday))
                .collect(),
        )
    })
}
