//! The law of a heat pump, and how its units stand together.

use crate::codes;
use crate::context::{Context, closest, list_words};
use crate::defaults;
use crate::files::SERIES_LIMIT;
use crate::reader::Reader;
use crate::spec::plain;
use hukka_model::{
    CapturePoint, CompressorKind, CopTable, DataCentre, Diagnostic, HeatPumpModel, PumpArrangement,
};
use hukka_physics::heat_pump::cycle::{Arrangement, Cycle, CycleInput, cycle};
use hukka_physics::refrigerant::{Fluid, find, fluids};
use hukka_units::{Ratio, Temperature, TemperatureDifference};

/// Distance of the points of a cycle's table, kelvin: off them `1/COP` is within 1e-4.
const STEP_K: f64 = 2.5;
/// How far evaporation may lie below and above that of the data centre's stated source, kelvin.
const BELOW_K: f64 = 20.0;
const ABOVE_K: f64 = 12.5;
/// Coldest condensation of the table, °C.
const COLDEST_SINK_C: f64 = 25.0;
/// Hottest discharge and highest pressure of industrial compressors; usual practice.
const MAX_DISCHARGE_C: f64 = 150.0;
const MAX_PRESSURE_BAR: f64 = 60.0;

/// What the law of a heat pump is made of beside its own table.
pub(super) struct Surroundings<'a> {
    pub(super) data_centre: Option<&'a DataCentre>,
    pub(super) pinch: TemperatureDifference,
    pub(super) max_outlet: Temperature,
}

/// The law and its efficiency.
pub(super) fn law(
    table: &Reader<'_>,
    around: &Surroundings<'_>,
    context: &mut Context,
) -> (HeatPumpModel, Ratio) {
    let word = table.text("model", context);
    idle_keys(table, word, context);
    let map = table.optional_text("map", context);
    let fluid = refrigerant(table, word, context);
    let stages = table.optional_whole("stages", context);
    let superheat = table.optional("superheat_k", context);
    let subcooling = table.optional("subcooling_k", context);
    let model = match word {
        "jensen_isobutane" => HeatPumpModel::JensenIsobutane,
        "jensen" if fluid.is_some_and(|fluid| fluid.name == "Isobutane") => {
            HeatPumpModel::JensenIsobutane
        }
        "lorenz" => HeatPumpModel::Lorenz,
        "carnot" => HeatPumpModel::Carnot,
        "jesper" => HeatPumpModel::Jesper,
        "map" => read_map(table, map, context).unwrap_or(HeatPumpModel::Jesper),
        _ => HeatPumpModel::JensenAmmonia,
    };
    let usual = if word == "cycle" {
        defaults::CYCLE_EFFICIENCY
    } else {
        defaults::heat_pump_efficiency(&model)
    };
    let efficiency = Ratio::from_fraction(table.number_or("efficiency", &usual, context));
    if word != "cycle" {
        return (model, efficiency);
    }
    let input = CycleInput {
        arrangement: match stages {
            Some(2) => Arrangement::TwoStageFlashIntercooler,
            _ => Arrangement::SingleStage,
        },
        fluid: fluid.or_else(|| find("ammonia")).unwrap_or(fluids::ALL[0]),
        evaporation: 0.0,
        condensation: 0.0,
        isentropic_efficiency: efficiency.fraction(),
        superheat: superheat.unwrap_or(0.0),
        subcooling: subcooling.unwrap_or(0.0),
    };
    (cycle_table(table, &input, around, context), efficiency)
}

/// Keys that mean nothing to a law.
fn idle_keys(table: &Reader<'_>, word: &str, context: &mut Context) {
    let meant: &[(&str, &[&str])] = &[
        ("map", &["map"]),
        ("refrigerant", &["cycle", "jensen"]),
        ("stages", &["cycle"]),
        ("superheat_k", &["cycle"]),
        ("subcooling_k", &["cycle"]),
    ];
    for (key, words) in meant {
        if table.has(key) && !words.contains(&word) {
            let at = table.place(key, context);
            context.push(
                Diagnostic::warning(codes::NO_EFFECT, format!("`{key}` has no effect"))
                    .at(at)
                    .about(table.full(key))
                    .help(format!(
                        "it belongs to model = {}",
                        list_words(words.iter().copied())
                    )),
            );
        }
    }
}

fn refrigerant(table: &Reader<'_>, word: &str, context: &mut Context) -> Option<&'static Fluid> {
    let name = table.optional_text("refrigerant", context)?;
    let found = find(name);
    let is_known = match word {
        "jensen" => found.is_some_and(|fluid| ["Ammonia", "Isobutane"].contains(&fluid.name)),
        _ => found.is_some(),
    };
    if is_known {
        return found;
    }
    let names: Vec<&str> = if word == "jensen" {
        vec!["Ammonia", "Isobutane"]
    } else {
        fluids::ALL.iter().map(|fluid| fluid.name).collect()
    };
    let at = table.place("refrigerant", context);
    let mut problem = Diagnostic::error(codes::UNKNOWN_WORD, "the refrigerant is not known")
        .at(at)
        .about(table.full("refrigerant"))
        .seen(name)
        .allowed(list_words(names.iter().copied()));
    if let Some(near) = closest(name, names.iter().copied()) {
        problem = problem.help(format!("did you mean \"{near}\"?"));
    }
    context.push(problem);
    None
}

fn read_map(
    table: &Reader<'_>,
    file: Option<&str>,
    context: &mut Context,
) -> Option<HeatPumpModel> {
    let Some(file) = file else {
        if !table.has("map") {
            let at = table.place("model", context);
            context.push(
                Diagnostic::error(codes::MISSING_KEY, "`map` is missing")
                    .at(at)
                    .about(table.full("map"))
                    .allowed("the maker's COP map as CSV")
                    .help("first line: sink temperatures; then a source temperature and its COP values"),
            );
        }
        return None;
    };
    let text = match context.files.read_text(file, SERIES_LIMIT) {
        Ok(text) => text,
        Err(problem) => {
            let at = table.place("map", context);
            context.push(problem.at(at).about(table.full("map")));
            return None;
        }
    };
    match crate::cop_map::read_cop_map(file, &text) {
        Ok(map) => Some(HeatPumpModel::Map(map)),
        Err(found) => {
            context.diagnostics.extend(found);
            None
        }
    }
}

/// A cycle over the temperatures the heat pump may meet.
///
/// Evaporation from 20 K below to 12.5 K above that of the stated source, condensation from 25 °C to
/// the hottest outlet. Pairs the refrigerant cannot do are holes.
fn cycle_table(
    table: &Reader<'_>,
    input: &CycleInput,
    around: &Surroundings<'_>,
    context: &mut Context,
) -> HeatPumpModel {
    let usual = around
        .data_centre
        .map_or(Temperature::from_c(10.0), |centre| {
            centre.source_temperature - centre.source_cooling - around.pinch
        });
    let steps = |from: f64, to: f64| -> Vec<f64> {
        let count = ((to - from) / STEP_K).ceil().max(1.0);
        (0..=count as usize)
            .map(|k| from + (to - from) * k as f64 / count)
            .collect()
    };
    let cold = steps(usual.k() - BELOW_K, usual.k() + ABOVE_K);
    let hottest = around.max_outlet.c().max(COLDEST_SINK_C + STEP_K);
    let hot = steps(
        Temperature::from_c(COLDEST_SINK_C).k(),
        Temperature::from_c(hottest).k(),
    );
    let at = |evaporation: f64, condensation: f64| {
        cycle(&CycleInput {
            evaporation,
            condensation,
            ..*input
        })
        .ok()
    };
    let mut cop = Vec::with_capacity(cold.len() * hot.len());
    for evaporation in &cold {
        for condensation in &hot {
            let found = at(*evaporation, *condensation).map(|cycle| cycle.cop);
            cop.push(
                found
                    .filter(|cop| *cop > 1.0 && cop.is_finite())
                    .map(Ratio::from_fraction),
            );
        }
    }
    limits(table, input, at(usual.k(), around.max_outlet.k()), context);
    HeatPumpModel::Cycle(CopTable {
        name: input.fluid.name.to_owned(),
        cold: cold.into_iter().map(Temperature::from_k).collect(),
        hot: hot.into_iter().map(Temperature::from_k).collect(),
        cop,
        efficiency: Ratio::from_fraction(input.isentropic_efficiency),
    })
}

/// What a machine of this cycle has to bear at its hottest outlet.
fn limits(table: &Reader<'_>, input: &CycleInput, hottest: Option<Cycle>, context: &mut Context) {
    let at = table.place("model", context);
    let problem = |message: String| {
        Diagnostic::warning(codes::MACHINE_LIMIT, message)
            .at(at.clone())
            .about(table.full("model"))
    };
    let name = input.fluid.name;
    let Some(found) = hottest else {
        context.push(
            problem(format!(
                "{name} cannot make the hottest outlet of the heat pump"
            ))
            .allowed("condensation below the critical temperature")
            .help("lower `max_outlet_temperature_c`, or take another `refrigerant`"),
        );
        return;
    };
    let discharge = Temperature::from_k(found.discharge_temperature).c();
    let bar = found.condensation_pressure / 1e5;
    context.derive(
        &format!("{}.discharge_c", table.path),
        &plain(discharge.round()),
        "°C",
        "of the cycle at the hottest outlet",
    );
    context.derive(
        &format!("{}.condensing_bar", table.path),
        &plain((bar * 10.0).round() / 10.0),
        "bar",
        "of the cycle at the hottest outlet",
    );
    if discharge > MAX_DISCHARGE_C || bar > MAX_PRESSURE_BAR {
        context.push(
            problem(format!(
                "a compressor for {name} is hardly built for the hottest outlet"
            ))
            .seen(format!("{discharge:.0} °C at the discharge, {bar:.1} bar"))
            .allowed(format!(
                "{MAX_DISCHARGE_C:.0} °C, {MAX_PRESSURE_BAR:.0} bar"
            ))
            .help(
                "take `stages = 2`, another `refrigerant`, or a lower `max_outlet_temperature_c`",
            ),
        );
    }
    if found.discharge_quality < 1.0 {
        context.push(
            problem(format!("compression of {name} ends wet"))
                .help("give `superheat_k`, which suction gas of this refrigerant needs"),
        );
    }
}

/// Units in series and parallel, part load, smallest lift, defrost.
pub(super) fn arrangement(
    table: &Reader<'_>,
    data_centre: Option<&DataCentre>,
    context: &mut Context,
) -> PumpArrangement {
    let usual = PumpArrangement::default();
    let count = |key: &str, context: &mut Context| {
        let given = table.optional_whole(key, context);
        given.and_then(|n| u32::try_from(n).ok()).unwrap_or(1)
    };
    let in_series = count("units_in_series", context);
    let in_parallel = count("units_in_parallel", context);
    let part_load = match table.optional_text("part_load", context) {
        Some("screw") => Some(CompressorKind::Screw),
        Some("reciprocating") => Some(CompressorKind::Reciprocating),
        Some("turbo") => Some(CompressorKind::Turbo),
        _ => None,
    };
    let min_lift = table.optional("min_lift_k", context);
    let limit = table.optional("icing_limit_c", context);
    let left = table.optional("icing_cop_share", context);
    let has_exchanger_first =
        table.has("exchanger_first") && table.flag("exchanger_first", context);
    let draws_air = data_centre.is_some_and(|dc| dc.capture == CapturePoint::ExhaustAir);
    if limit.is_some() && !draws_air {
        idle(
            table,
            "icing_limit_c",
            "only exhaust air leaves ice on the coils",
            context,
        );
    }
    if in_parallel > 1 && part_load.is_none() {
        idle(
            table,
            "units_in_parallel",
            "it shares the load; say `part_load` too",
            context,
        );
    }
    PumpArrangement {
        in_series,
        in_parallel,
        part_load,
        min_lift: min_lift.map_or(usual.min_lift, TemperatureDifference::from_kelvin),
        defrost: limit.filter(|_| draws_air).map(|limit| {
            let left = left.unwrap_or(hukka_physics::heat_pump::defrost::USUAL_ICING_FACTOR);
            (Temperature::from_c(limit), Ratio::from_fraction(left))
        }),
        has_exchanger_first,
    }
}

fn idle(table: &Reader<'_>, key: &str, why: &str, context: &mut Context) {
    let at = table.place(key, context);
    context.push(
        Diagnostic::warning(codes::NO_EFFECT, format!("`{key}` has no effect"))
            .at(at)
            .about(table.full(key))
            .help(why),
    );
}
