//! `[[data_centre]]`.

use super::place::PlaceInputs;
use super::series::{self, SeriesKeys};
use crate::codes;
use crate::context::{Context, list_words};
use crate::defaults::{self, CAPTURES, Capture};
use crate::keys;
use crate::node::{Entries, Value};
use crate::reader::Reader;
use hukka_model::{CapturePoint, CoolingKind, DataCentre, Diagnostic, TimeAxis, Utilisation};
use hukka_units::{ElectricPower, EnergyPrice, Ratio, Temperature, TemperatureDifference, from_si};

const TRACE: SeriesKeys = SeriesKeys {
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
    tables
        .iter()
        .map(|table| one(table, place, has_map, axis, context))
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
            &way.temperature_c,
            context,
        )),
        source_cooling: TemperatureDifference::ZERO,
        power_loss_share: share("power_loss_share", context),
        fan_share: Ratio::from_fraction(table.number_or(
            "fan_share",
            &defaults::fan_share(cooling),
            context,
        )),
        cooling_supply_temperature: Temperature::from_c(table.number_or(
            "cooling_supply_temperature_c",
            &defaults::cooling_supply_temperature(cooling),
            context,
        )),
        chiller_cop: share("chiller_cop", context),
        free_cooling_share: share("free_cooling_share", context),
        heat_price: EnergyPrice::from_eur_mwh(table.number("heat_price_eur_per_mwh", context)),
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
        (CapturePoint::ReturnAir, CoolingKind::AirEconomiser) => {
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

fn utilisation(table: &Reader<'_>, axis: Option<&TimeAxis>, context: &mut Context) -> Utilisation {
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
