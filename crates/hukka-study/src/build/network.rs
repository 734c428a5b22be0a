//! `[network]`, `[design]`, `[money]`.

use crate::build::supply_levels;
use crate::codes;
use crate::context::Context;
use crate::defaults;
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use crate::spec::plain;
use hukka_model::{
    DesignRules, Diagnostic, InsulationSeries, NetworkRules, Position, TemperatureCurve,
};
use hukka_units::{
    HeatEnergy, Length, Money, PowerCost, Pressure, PressureGradient, Ratio, Temperature, Velocity,
};

const CURVE_KEYS: [&str; 4] = [
    "supply_temperature",
    "supply_temperature_c",
    "return_temperature",
    "return_temperature_c",
];

/// Where the heat comes from and goes to in a study without a map.
pub(crate) struct Lone {
    pub(crate) has_map: bool,
    pub(crate) data_centre: Option<Position>,
    pub(crate) town: Option<Position>,
}

/// Supply and return of the network.
struct Curves {
    supply: TemperatureCurve,
    back: TemperatureCurve,
}

fn sliding(points: [(f64, f64); 2]) -> TemperatureCurve {
    let [(cold, at_cold), (mild, at_mild)] = points;
    TemperatureCurve {
        cold_outdoor: Temperature::from_c(cold),
        at_cold: Temperature::from_c(at_cold),
        mild_outdoor: Temperature::from_c(mild),
        at_mild: Temperature::from_c(at_mild),
    }
}

fn level(value_c: f64) -> TemperatureCurve {
    sliding([(-26.0, value_c), (8.0, value_c)])
}

fn read_curves(table: &Reader<'_>, context: &mut Context) -> Curves {
    let supply = table
        .curve("supply_temperature", context)
        .map(sliding)
        .or_else(|| table.optional("supply_temperature_c", context).map(level))
        .unwrap_or_else(|| sliding(table.default_curve("supply_temperature", context)));
    let back = match table.curve("return_temperature", context) {
        Some(points) => sliding(points),
        None => level(table.number("return_temperature_c", context)),
    };
    Curves { supply, back }
}

/// Reads `[network]`, but for the distance.
pub(crate) fn read(root: &Entries, context: &mut Context) -> NetworkRules {
    let table = Reader::one(root, &keys::NETWORK);
    let curves = read_curves(&table, context);
    reversed(&table, &curves, context);
    warmer(&table, &curves, context);
    let supply_levels = supply_levels::read(&table, [&curves.supply, &curves.back], context);
    NetworkRules {
        supply_temperature: curves.supply,
        return_temperature: curves.back,
        min_differential_pressure: Pressure::from_kpa(
            table.number("min_differential_pressure_kpa", context),
        ),
        static_pressure: Pressure::from_bar(table.number("static_pressure_bar", context)),
        max_pressure_gradient: PressureGradient::from_pa_m(
            table.number("max_pressure_gradient_pa_per_m", context),
        ),
        max_velocity: Velocity::from_m_s(table.number("max_velocity_m_per_s", context)),
        roughness: Length::from_mm(table.number("roughness_mm", context)),
        series: insulation(table.whole("insulation_series", context)),
        depth: Length::from_m(table.number("depth_m", context)),
        soil_conductivity_w_mk: table.number("soil_conductivity_w_per_mk", context),
        pump_efficiency: Ratio::from_fraction(table.number("pump_efficiency", context)),
        fitting_share: Ratio::from_fraction(table.number("fitting_share", context)),
        lumped_loss_share: Ratio::from_fraction(table.number("lumped_loss_share", context)),
        lumped_distance: None,
        supply_levels,
    }
}

/// Insulation class by its number.
pub(crate) const fn insulation(series: i64) -> InsulationSeries {
    match series {
        1 => InsulationSeries::Series1,
        3 => InsulationSeries::Series3,
        _ => InsulationSeries::Series2,
    }
}

/// Length of the pipe from data centre to town in a study without a map.
pub(crate) fn distance(root: &Entries, lone: &Lone, context: &mut Context) -> Option<Length> {
    let table = Reader::one(root, &keys::NETWORK);
    if lone.has_map {
        if table.has("distance_km") {
            let at = table.place("distance_km", context);
            context.push(
                Diagnostic::warning(codes::NO_EFFECT, "`distance_km` has no effect")
                    .at(at)
                    .about("network.distance_km")
                    .help(
                        "the study has a map: distances are measured along its streets and pipes",
                    ),
            );
        }
        return None;
    }
    if let Some(given) = table.optional("distance_km", context) {
        return Some(Length::from_km(given));
    }
    if table.has("distance_km") {
        return None;
    }
    if let (Some(from), Some(to)) = (lone.data_centre, lone.town) {
        let km = (from.distance(to).km() * defaults::DETOUR * 1000.0).round() / 1000.0;
        let km = km.max(0.001);
        table.derived(
            "distance_km",
            km,
            &format!("{} × straight distance of the positions", defaults::DETOUR),
            context,
        );
        return Some(Length::from_km(km));
    }
    Some(Length::from_km(table.number_or(
        "distance_km",
        &defaults::LUMPED_DISTANCE,
        context,
    )))
}

/// A network is hotter in the cold than in mild weather, not the other way round.
fn reversed(table: &Reader<'_>, curves: &Curves, context: &mut Context) {
    let sides = [
        ("supply_temperature", &curves.supply),
        ("return_temperature", &curves.back),
    ];
    for (key, curve) in sides {
        if !table.has(key) || table.is_unsound(key) || curve.at_cold >= curve.at_mild {
            continue;
        }
        let is_supply = key == "supply_temperature";
        let new: fn(&str, &'static str) -> Diagnostic = if is_supply {
            Diagnostic::error
        } else {
            Diagnostic::warning
        };
        let message = if is_supply {
            "the supply is hotter in mild weather than in the cold"
        } else {
            "the return is hotter in mild weather than in the cold"
        };
        let at = table.place(key, context);
        context.push(
            new(codes::CURVE, message)
                .at(at)
                .about(table.full(key))
                .seen(format!(
                    "{} °C at {} °C outdoors, {} °C at {} °C",
                    shown(curve.at_cold),
                    shown(curve.cold_outdoor),
                    shown(curve.at_mild),
                    shown(curve.mild_outdoor)
                ))
                .allowed("in the cold at least as hot as in mild weather")
                .help("are the two values swapped?"),
        );
    }
}

/// The supply is warmer than the return, whatever the weather.
fn warmer(table: &Reader<'_>, curves: &Curves, context: &mut Context) {
    if CURVE_KEYS.iter().any(|key| table.is_unsound(key)) {
        return;
    }
    let outdoors = [
        curves.supply.cold_outdoor,
        curves.supply.mild_outdoor,
        curves.back.cold_outdoor,
        curves.back.mild_outdoor,
    ];
    let difference =
        |outdoor: Temperature| (curves.supply.at(outdoor) - curves.back.at(outdoor)).kelvin();
    let worst = outdoors
        .into_iter()
        .min_by(|a, b| difference(*a).total_cmp(&difference(*b)));
    let Some(outdoor) = worst.filter(|outdoor| difference(*outdoor) < 5.0) else {
        return;
    };
    let key = CURVE_KEYS
        .into_iter()
        .find(|key| table.has(key))
        .unwrap_or("supply_temperature");
    let at = table.place(key, context);
    context.push(
        Diagnostic::error(
            codes::NOT_WARMER,
            "the supply is not warmer than the return",
        )
        .at(at)
        .about(table.full(key))
        .seen(format!(
            "supply {} °C, return {} °C at {} °C outdoors",
            shown(curves.supply.at(outdoor)),
            shown(curves.back.at(outdoor)),
            shown(outdoor)
        ))
        .allowed("a supply at least 5 K warmer than the return at every outdoor temperature")
        .help("raise the supply temperature or lower the return temperature"),
    );
}

pub(crate) fn shown(temperature: Temperature) -> String {
    plain((temperature.c() * 10.0).round() / 10.0)
}

/// Reads `[design]`.
pub(crate) fn design(root: &Entries, context: &mut Context) -> DesignRules {
    let table = Reader::one(root, &keys::DESIGN);
    DesignRules {
        connect_all: table.text("connect", context) == "all",
        max_service_length: Length::from_m(table.number("max_service_m", context)),
        min_annual_heat: HeatEnergy::from_mwh(table.number("min_building_mwh", context)),
        connection_share: Ratio::from_fraction(table.number("connection_share", context)),
        substation_fixed: Money::from_eur(table.number("substation_eur", context)),
        substation_per_power: PowerCost::from_eur_kw(
            table.number("substation_eur_per_kw", context),
        ),
        pipe_cost_factor: Ratio::from_fraction(table.number("pipe_cost_factor", context)),
        peak_reserve: Ratio::from_fraction(table.number("peak_reserve", context)),
    }
}
