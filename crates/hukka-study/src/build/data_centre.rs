//! `[[data_centre]]`.

use super::hall;
use super::place::PlaceInputs;
use super::series::{self, SeriesKeys};
use crate::codes;
use crate::context::{Context, list_words};
use crate::defaults::{self, CAPTURES, Capture};
use crate::keys;
use crate::node::{Entries, Value};
use crate::reader::Reader;
use crate::spec::Default;
use hukka_model::{
    CapturePoint, CoolingKind, CoolingModel, CoolingUnits, DataCentre, Diagnostic, HeatRejection,
    ModeRules, TimeAxis, Utilisation,
};
use hukka_units::{
    ElectricPower, EnergyPrice, HeatPower, Ratio, Temperature, TemperatureDifference, TimeSpan,
    from_si,
};

pub(super) const TRACE: SeriesKeys = SeriesKeys {
    file: "utilisation",
    column: "utilisation_column",
    zone: "utilisation_time_zone",
};

/// Reads every data centre.
pub(crate) fn read(
    root: &Entries,
    place: &PlaceInputs,
    has_map: bool,
    axis: Option<&TimeAxis>,
    context: &mut Context,
) -> Vec<DataCentre> {
    let tables = Reader::many(root, &keys::DATA_CENTRE);
    super::machine::unique_ids(&tables, context);
    let mut halls = hall::read(root, &tables, axis, context);
    tables
        .iter()
        .enumerate()
        .map(|(index, table)| {
            let mut data_centre = one(table, place, has_map, axis, context);
            let own = halls
                .iter_mut()
                .filter(|hall| hall.data_centre == index)
                .filter_map(|hall| hall.hall.take())
                .collect();
            hall::join(&mut data_centre, own, table, context);
            data_centre
        })
        .collect()
}

fn one(
    table: &Reader<'_>,
    place: &PlaceInputs,
    has_map: bool,
    axis: Option<&TimeAxis>,
    context: &mut Context,
) -> DataCentre {
    let id = table.optional_text("id", context).unwrap_or("?").to_owned();
    let position = place.position_of(table, has_map, "data_centre", context);
    let it_load = ElectricPower::from_mw(table.required("it_load_mw", context));
    let utilisation = utilisation(table, axis, context);
    let fill = table.numbers("fill", context);
    if fill.last().is_some_and(|last| *last <= 0.0) {
        let at = table.place("fill", context);
        let (message, seen) = if fill.iter().all(|share| *share <= 0.0) {
            ("the data centre never fills", "every share is 0")
        } else {
            (
                "the data centre stays empty",
                "the last share is 0 and stays",
            )
        };
        context.push(
            Diagnostic::error(codes::OUT_OF_RANGE, message)
                .at(at)
                .about(table.full("fill"))
                .seen(seen)
                .allowed("a last share above 0, up to 1")
                .help("`fill` is the share of the installed load present, year by year"),
        );
    }
    let idle_share = Ratio::from_fraction(table.number("idle_share", context));
    let way = capture(table, context);
    let cooling = way.cooling;
    let share =
        |name: &str, context: &mut Context| Ratio::from_fraction(table.number(name, context));
    let (class_supply, class_source) = water_class(table, cooling, context);
    let mut data_centre = DataCentre {
        id,
        position,
        it_load,
        fill: fill.into_iter().map(Ratio::from_fraction).collect(),
        utilisation,
        idle_share,
        cooling,
        capture: way.point,
        capture_share: Ratio::from_fraction(table.number_or("capture_share", &way.share, context)),
        source_temperature: Temperature::from_c(table.number_or(
            "source_temperature_c",
            class_source.as_ref().unwrap_or(&way.temperature_c),
            context,
        )),
        source_cooling: TemperatureDifference::ZERO,
        power_loss_share: if table.has("power_loss_curve") {
            Ratio::from_fraction(0.0)
        } else {
            share("power_loss_share", context)
        },
        fan_share: Ratio::from_fraction(table.number_or(
            "fan_share",
            &defaults::fan_share(cooling),
            context,
        )),
        cooling_supply_temperature: Temperature::from_c(table.number_or(
            "cooling_supply_temperature_c",
            &class_supply.unwrap_or(defaults::cooling_supply_temperature(cooling)),
            context,
        )),
        chiller_cop: share("chiller_cop", context),
        free_cooling_share: share("free_cooling_share", context),
        heat_price: EnergyPrice::from_eur_mwh(table.number("heat_price_eur_per_mwh", context)),
        halls: Vec::new(),
        power_loss_curve: loss_curve(table, context),
        cooling_model: cooling_model(table, cooling, way.point, context),
        heat_rejection: match table.optional_text("heat_rejection", context) {
            Some("wet_tower") => HeatRejection::WetTower,
            _ => HeatRejection::Dry,
        },
        cooling_units: cooling_units(table, context),
        rejection_capacity: table
            .optional("rejection_capacity_mw", context)
            .map(HeatPower::from_mw),
        legal: super::legal::read(table, context),
    };
    data_centre.source_cooling = source_cooling(table, way, &data_centre, context);
    not_frozen(table, &data_centre, context);
    data_centre
}

/// How far the heat pump cools the source water: given, else as far as takes all its heat, else
/// what is usual.
fn source_cooling(
    table: &Reader<'_>,
    way: &Capture,
    data_centre: &DataCentre,
    context: &mut Context,
) -> TemperatureDifference {
    const KEY: &str = "source_cooling_k";
    const LEAST_K: f64 = 2.0;
    const MOST_K: f64 = 40.0;
    let rise = data_centre
        .coldest_source()
        .map(|coldest| (data_centre.source_temperature - coldest).kelvin())
        .filter(|rise| (LEAST_K..=MOST_K).contains(rise) && !table.has(KEY));
    let Some(rise) = rise else {
        return TemperatureDifference::from_kelvin(table.number_or(KEY, &way.cooled_k, context));
    };
    let rise = crate::unit::tidy(rise);
    let source = match (way.point, way.cooling) {
        (
            CapturePoint::ReturnAir,
            CoolingKind::AirEconomiser | CoolingKind::DirectAirEconomiser,
        ) => {
            "source_temperature_c less cooling_supply_temperature_c, which is air, and a coil \
             approach of 5 K: takes all heat of the air"
        }
        _ => "source_temperature_c less cooling_supply_temperature_c: takes all heat of the loop",
    };
    table.derived(KEY, rise, source, context);
    TemperatureDifference::from_kelvin(rise)
}

/// The source stream is not cooled below freezing.
fn not_frozen(table: &Reader<'_>, data_centre: &DataCentre, context: &mut Context) {
    let cold = data_centre.source_temperature - data_centre.source_cooling;
    if cold.c() >= 0.0 {
        return;
    }
    let at = table.place("source_cooling_k", context);
    context.push(
        Diagnostic::error(codes::OUT_OF_RANGE, "the source stream would freeze")
            .at(at)
            .about(table.full("source_cooling_k"))
            .seen(format!(
                "{} °C cooled by {} K is {} °C",
                crate::spec::plain(crate::unit::tidy(data_centre.source_temperature.c())),
                crate::spec::plain(data_centre.source_cooling.kelvin()),
                crate::spec::plain(crate::unit::tidy(cold.c()))
            ))
            .allowed("at least 0 °C after cooling"),
    );
}

/// What the servers do, a measured trace, or a constant.
pub(super) fn utilisation(
    table: &Reader<'_>,
    axis: Option<&TimeAxis>,
    context: &mut Context,
) -> Utilisation {
    if let Some(word) = table.optional_text("workload", context) {
        return hall::by_workload(word, axis);
    }
    let is_file = table
        .node("utilisation")
        .is_some_and(|node| matches!(node.value, Value::Text(_)));
    if !is_file {
        for companion in [TRACE.column, TRACE.zone] {
            if table.has("utilisation") && table.has(companion) {
                let at = table.place(companion, context);
                context.push(
                    Diagnostic::warning(codes::NO_EFFECT, format!("`{companion}` has no effect"))
                        .at(at)
                        .about(table.full(companion))
                        .help("`utilisation` is a number, not a file"),
                );
            }
        }
        return Utilisation::Constant(Ratio::from_fraction(table.number("utilisation", context)));
    }
    series::values(table, TRACE, &hukka_series::UTILISATION, axis, context)
        .map_or(Utilisation::Constant(Ratio::from_fraction(0.5)), |values| {
            Utilisation::Hourly(from_si(values))
        })
}

/// Defaults that a class of facility water sets: supply and return.
fn water_class(
    table: &Reader<'_>,
    cooling: CoolingKind,
    context: &mut Context,
) -> (Option<Default>, Option<Default>) {
    let Some(word) = table.optional_text("water_class", context) else {
        return (None, None);
    };
    if !matches!(cooling, CoolingKind::DirectToChip | CoolingKind::Immersion) {
        let at = table.place("water_class", context);
        context.push(
            Diagnostic::warning(codes::NO_EFFECT, "`water_class` has no effect")
                .at(at)
                .about(table.full("water_class"))
                .help("only direct_to_chip and immersion have facility water of a class"),
        );
        return (None, None);
    }
    defaults::water_class(word).unzip()
}

fn loss_curve(table: &Reader<'_>, context: &mut Context) -> Option<[Ratio; 3]> {
    const KEY: &str = "power_loss_curve";
    if !table.has(KEY) {
        return None;
    }
    let values = table.numbers(KEY, context);
    let at = table.place(KEY, context);
    let wrong = |seen: String| {
        Diagnostic::error(
            codes::OUT_OF_RANGE,
            "`power_loss_curve` is no curve of losses",
        )
        .at(at.clone())
        .about(table.full(KEY))
        .seen(seen)
        .allowed("[a, b, c], with a + b x + c x² within 0 and 1 for any load x of 0 to 1")
    };
    let Ok([a, b, c]) = <[f64; 3]>::try_from(values.clone()) else {
        context.push(wrong(format!("{} numbers", values.len())));
        return None;
    };
    let turn = if c.abs() > 0.0 {
        (-b / (2.0 * c)).clamp(0.0, 1.0)
    } else {
        0.0
    };
    for x in [0.0, turn, 1.0] {
        let loss = a + x * (b + c * x);
        if !(0.0..=1.0).contains(&loss) {
            context.push(wrong(format!("{loss:.4} at load {x:.2}")));
            return None;
        }
    }
    Some([a, b, c].map(Ratio::from_fraction))
}

/// How cooling is followed; the published model is one of an economiser's exhaust air.
fn cooling_model(
    table: &Reader<'_>,
    cooling: CoolingKind,
    point: CapturePoint,
    context: &mut Context,
) -> CoolingModel {
    let word = table.optional_text("cooling_model", context);
    match word {
        Some("modes") => CoolingModel::Modes(ModeRules {
            dwell: TimeSpan::from_h(table.number("mode_dwell_h", context)),
            dead_band: TemperatureDifference::from_kelvin(
                table.number("mode_dead_band_k", context),
            ),
        }),
        Some("dc_eh") => {
            let fits = cooling == CoolingKind::AirEconomiser && point == CapturePoint::ExhaustAir;
            if !fits {
                let at = table.place("cooling_model", context);
                context.push(
                    Diagnostic::error(
                        codes::CONTRADICTION,
                        "the published model dc_eh does not fit this cooling and capture point",
                    )
                    .at(at)
                    .about(table.full("cooling_model"))
                    .seen(format!(
                        "{} with {}",
                        capture_word(point),
                        cooling_word(cooling)
                    ))
                    .allowed("cooling = \"air_economiser\" with capture = \"exhaust_air\""),
                );
            }
            CoolingModel::DcEh
        }
        _ => CoolingModel::Proportional,
    }
}

fn cooling_units(table: &Reader<'_>, context: &mut Context) -> Option<CoolingUnits> {
    let installed = table.optional_whole("cooling_units", context)? as u32;
    let spare = table
        .optional_whole("spare_cooling_units", context)
        .map_or(1.min(installed - 1), |spare| spare as u32);
    if spare >= installed {
        let at = table.place("spare_cooling_units", context);
        context.push(
            Diagnostic::error(codes::CONTRADICTION, "every cooling unit would be spare")
                .at(at)
                .about(table.full("spare_cooling_units"))
                .seen(format!("{spare} spare of {installed}"))
                .allowed(format!("up to {}", installed.saturating_sub(1))),
        );
        return None;
    }
    Some(CoolingUnits { installed, spare })
}

/// Cooling and capture point, which must fit together.
fn capture(table: &Reader<'_>, context: &mut Context) -> &'static Capture {
    let cooling = cooling_kind(table.text("cooling", context));
    let ways = || CAPTURES.iter().filter(|way| way.cooling == cooling);
    let usual = ways().next().unwrap_or(&CAPTURES[0]);
    let Some(word) = table.optional_text("capture", context) else {
        if !table.has("capture") {
            context.assume(
                table.full("capture"),
                capture_word(usual.point),
                "",
                "usual capture point of this cooling",
                hukka_model::Confidence::Default,
            );
        }
        return usual;
    };
    if let Some(way) = ways().find(|way| capture_word(way.point) == word) {
        return way;
    }
    let at = table.place("capture", context);
    context.push(
        Diagnostic::error(
            codes::CONTRADICTION,
            "cooling and capture point do not fit together",
        )
        .at(at)
        .about(table.full("capture"))
        .seen(format!("{word} with {}", cooling_word(cooling)))
        .allowed(list_words(ways().map(|way| capture_word(way.point))))
        .help(format!(
            "the usual capture point of this cooling is \"{}\"",
            capture_word(usual.point)
        )),
    );
    usual
}

fn cooling_kind(word: &str) -> CoolingKind {
    match word {
        "in_row" => CoolingKind::InRow,
        "direct_air_economiser" => CoolingKind::DirectAirEconomiser,
        "rear_door" => CoolingKind::RearDoor,
        "air_economiser" => CoolingKind::AirEconomiser,
        "direct_to_chip" => CoolingKind::DirectToChip,
        "immersion" => CoolingKind::Immersion,
        _ => CoolingKind::CrahChilledWater,
    }
}

const fn cooling_word(cooling: CoolingKind) -> &'static str {
    match cooling {
        CoolingKind::CrahChilledWater => "crah_chilled_water",
        CoolingKind::InRow => "in_row",
        CoolingKind::DirectAirEconomiser => "direct_air_economiser",
        CoolingKind::RearDoor => "rear_door",
        CoolingKind::AirEconomiser => "air_economiser",
        CoolingKind::DirectToChip => "direct_to_chip",
        CoolingKind::Immersion => "immersion",
    }
}

const fn capture_word(point: CapturePoint) -> &'static str {
    match point {
        CapturePoint::ExhaustAir => "exhaust_air",
        CapturePoint::ReturnAir => "return_air",
        CapturePoint::ChilledWaterReturn => "chilled_water_return",
        CapturePoint::CondenserWater => "condenser_water",
        CapturePoint::FacilityWater => "facility_water",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::DATA_CENTRE;
    use crate::spec::Kind;

    fn words(key: &str) -> Vec<&'static str> {
        match DATA_CENTRE.key(key).map(|key| key.kind) {
            Some(Kind::Word(words)) => words.iter().map(|word| word.0).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn every_word_of_cooling_and_capture_has_a_way() {
        for word in words("cooling") {
            assert_eq!(cooling_word(cooling_kind(word)), word);
            assert!(CAPTURES.iter().any(|way| cooling_word(way.cooling) == word));
        }
        for word in words("capture") {
            assert!(
                CAPTURES.iter().any(|way| capture_word(way.point) == word),
                "{word}"
            );
        }
    }
}
