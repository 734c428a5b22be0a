//! Who needs heat and where pipes may lie: maps, `[demand]`, `[[lumped_demand]]`, `[[existing_pipe]]`.

use super::network::insulation;
use super::normalise::StudyWeather;
use super::place::PlaceInputs;
use super::series::{self, SeriesKeys};
use crate::codes;
use crate::context::Context;
use crate::defaults;
use crate::keys;
use crate::map;
use crate::node::Entries;
use crate::reader::Reader;
use hukka_model::{
    Building, BuildingUse, Confidence, Diagnostic, ExistingPipe, LumpedDemand, Position, Process,
    ProfileCustomer, ProfileLaw, StandardProfile, Street, TimeAxis, Weather,
};
use hukka_units::{HeatEnergy, HeatPower, Length, Ratio, Temperature};

const LOAD: SeriesKeys = SeriesKeys {
    file: "load",
    column: "load_column",
    zone: "load_time_zone",
};

/// Share of hot water in a metered total, as in a lumped demand.
const USUAL_HOT_WATER: f64 = 0.25;

/// Who needs heat and where pipes may lie.
pub(crate) struct Demand {
    pub(crate) buildings: Vec<Building>,
    pub(crate) lumped_demands: Vec<LumpedDemand>,
    pub(crate) known_annual: Option<HeatEnergy>,
    pub(crate) streets: Vec<Street>,
    pub(crate) existing_pipes: Vec<ExistingPipe>,
    pub(crate) plant_position: Option<Position>,
    /// Buildings, streets or pipes have places.
    pub(crate) has_map: bool,
}

/// Reads the maps and the demand tables.
pub(crate) fn read(
    root: &Entries,
    place: &PlaceInputs,
    (axis, weather): (Option<&TimeAxis>, Option<&Weather>),
    context: &mut Context,
) -> Demand {
    let table = Reader::one(root, &keys::PLACE);
    let demand = Reader::one(root, &keys::DEMAND);
    let study = StudyWeather::new(&demand, place, axis, weather, context);
    let annual = demand.optional("annual_mwh", context);
    let given = demand.optional("metered_hot_water_share", context);
    let water = given.unwrap_or(USUAL_HOT_WATER);
    let known_annual = study
        .carried(&demand, annual, (water, given.is_none()), context)
        .map(HeatEnergy::from_mwh);
    let year = demand.whole("default_construction_year", context);
    let buildings = map::buildings(&table, place, i32::try_from(year).unwrap_or(1975), context);
    let streets = map::streets(&table, place, context);
    let mut existing_pipes = map::existing_pipes(&table, place, context);
    let plant_position = map::plants(&table, place, context);
    existing_pipes.extend(pipes(root, place, &existing_pipes, context));
    let has_map = ["buildings", "streets", "existing_pipes"]
        .iter()
        .any(|key| table.has(key))
        || root.get(keys::EXISTING_PIPE.name).is_some();
    let lumped_demands = lumped(root, (place, &study), has_map, axis, context);
    if known_annual.is_some() && !table.has("buildings") {
        let at = demand.place("annual_mwh", context);
        context.push(
            Diagnostic::warning(codes::NO_EFFECT, "`annual_mwh` has no effect")
                .at(at)
                .about("demand.annual_mwh")
                .help("it is the known total of buildings on a map; the study has none"),
        );
    }
    Demand {
        buildings,
        lumped_demands,
        known_annual,
        streets,
        existing_pipes,
        plant_position,
        has_map,
    }
}

fn pipes(
    root: &Entries,
    place: &PlaceInputs,
    on_map: &[ExistingPipe],
    context: &mut Context,
) -> Vec<ExistingPipe> {
    let tables = Reader::many(root, &keys::EXISTING_PIPE);
    super::machine::unique_ids(&tables, context);
    let mut pipes = Vec::new();
    for table in &tables {
        let id = table.optional_text("id", context).unwrap_or("?").to_owned();
        if on_map.iter().any(|pipe| pipe.id == id) {
            let at = table.place("id", context);
            context.push(
                Diagnostic::error(codes::DUPLICATE_ID, format!("the id `{id}` is used twice"))
                    .at(at)
                    .about(table.full("id"))
                    .help("a pipe of `place.existing_pipes` has the same id"),
            );
        }
        let path = located(table, place, context);
        let dn = table
            .optional_whole("dn", context)
            .and_then(|dn| u16::try_from(dn).ok());
        let length = table.optional("length_m", context).map(Length::from_m);
        let series = insulation(table.whole("series", context));
        let is_point = path.len() >= 2
            && path
                .windows(2)
                .all(|pair| pair[0].distance(pair[1]).m() < 0.01);
        if is_point {
            let at = table.place("path", context);
            context.push(
                Diagnostic::error(codes::MAP_LINE, "the pipe has no length")
                    .at(at)
                    .about(table.full("path")),
            );
        }
        pipes.push(ExistingPipe {
            id,
            path,
            dn: dn.unwrap_or(100),
            length,
            series,
        });
    }
    pipes
}

/// The path of a pipe; says so when it leads too far from the place.
fn located(table: &Reader<'_>, place: &PlaceInputs, context: &mut Context) -> Vec<Position> {
    let points = table.path_points("path").unwrap_or_default();
    let farthest = points
        .iter()
        .copied()
        .max_by(|a, b| place.distance_km(*a).total_cmp(&place.distance_km(*b)));
    if let Some(pair) = farthest {
        let at = table.place("path", context);
        place.locate(pair, &table.full("path"), at, context);
    }
    points
        .iter()
        .map(|pair| place.rules.projection.to_plane(pair.0, pair.1))
        .collect()
}

fn lumped(
    root: &Entries,
    (place, study): (&PlaceInputs, &StudyWeather<'_>),
    has_map: bool,
    axis: Option<&TimeAxis>,
    context: &mut Context,
) -> Vec<LumpedDemand> {
    let tables = Reader::many(root, &keys::LUMPED_DEMAND);
    super::machine::unique_ids(&tables, context);
    tables
        .iter()
        .map(|table| {
            let id = table.optional_text("id", context).unwrap_or("?").to_owned();
            let annual = table.required("annual_mwh", context);
            let hot_water = table.number("hot_water_share", context);
            let annual = study
                .carried(table, Some(annual), (hot_water, false), context)
                .unwrap_or(annual);
            let annual = HeatEnergy::from_mwh(annual);
            let hot_water = Ratio::from_fraction(hot_water);
            let usage = use_of(table.text("use", context)).unwrap_or(BuildingUse::Apartment);
            let position = place.position_of(table, has_map, "lumped_demand", context);
            let built = &defaults::LUMPED_CONSTRUCTION_YEAR;
            context.assume(
                format!("{}.construction_year", table.path),
                built.value.show(),
                "",
                built.source,
                Confidence::Default,
            );
            let load = series::values(table, LOAD, &hukka_series::HEAT_LOAD, axis, context);
            let load = load.map(|load| load.into_iter().map(HeatPower::from_mw).collect());
            let standard = standard_profile(table, context);
            let meter = super::meter::read(table, place, context);
            LumpedDemand {
                id,
                position,
                annual_heat: annual,
                hot_water_share: hot_water,
                usage,
                load,
                standard,
                meter,
                process: process(table, context),
                secondary_supply: table
                    .optional("secondary_supply_c", context)
                    .map(Temperature::from_c),
            }
        })
        .collect()
}

/// Heat that follows shifts, if the table gives any.
fn process(table: &Reader<'_>, context: &mut Context) -> Option<Process> {
    let share = table.optional("process_share", context);
    let shifts = table.optional_whole("process_shifts", context);
    let days = table.optional_whole("process_days", context);
    let standby = table.optional("process_standby_share", context);
    let small =
        |given: Option<i64>, usual: u8| given.and_then(|n| u8::try_from(n).ok()).unwrap_or(usual);
    Some(Process {
        share: Ratio::from_fraction(share?),
        shifts: small(shifts, 2),
        days: small(days, 5),
        standby: Ratio::from_fraction(standby.unwrap_or(0.1)),
    })
}

/// The standard load profile a demand follows, if it names one.
fn standard_profile(table: &Reader<'_>, context: &mut Context) -> Option<StandardProfile> {
    let word = table.optional_text("profile", context)?;
    let customer = ProfileCustomer::ALL
        .iter()
        .find(|(_, known, _)| *known == word)
        .map(|(customer, _, _)| *customer)?;
    let given = table.optional_whole("profile_class", context);
    let law = match table.text("profile_law", context) {
        "sigmoid_linear" => ProfileLaw::SigmoidLinear,
        _ => ProfileLaw::Sigmoid,
    };
    let is_windy = table.flag("profile_windy", context);
    let allowed = if customer.is_home() { 1..=11 } else { 0..=0 };
    if let Some(class) = given
        && !allowed.contains(&class)
    {
        let (allowed, help) = if customer.is_home() {
            ("1–11", "11 is the mean of the German housing stock")
        } else {
            ("0", "only homes have building classes: leave the key out")
        };
        context.push(
            Diagnostic::error(
                codes::OUT_OF_RANGE,
                "the profile has no such building class",
            )
            .at(table.place("profile_class", context))
            .about(table.full("profile_class"))
            .seen(class.to_string())
            .allowed(allowed)
            .help(help),
        );
    }
    let has_lines = customer.is_home() || customer == ProfileCustomer::Ghd;
    if law == ProfileLaw::SigmoidLinear && !has_lines {
        context.push(
            Diagnostic::error(
                codes::OUT_OF_RANGE,
                "the profile has no straight lines for the cold",
            )
            .at(table.place("profile_law", context))
            .about(table.full("profile_law"))
            .seen(format!("sigmoid_linear with profile = \"{word}\""))
            .allowed("sigmoid_linear for efh, mfh and ghd")
            .help("use profile_law = \"sigmoid\""),
        );
    }
    let building_class = match (customer.is_home(), given) {
        (false, _) => 0,
        (true, Some(class)) => u8::try_from(class).unwrap_or(11),
        (true, None) => {
            let mean = &defaults::PROFILE_CLASS_HOME;
            table.defaulted("profile_class", mean, context);
            11
        }
    };
    Some(StandardProfile {
        customer,
        building_class,
        is_windy,
        law,
    })
}

/// The use behind a word of the study format.
pub(crate) fn use_of(word: &str) -> Option<BuildingUse> {
    Some(match word {
        "house" => BuildingUse::House,
        "apartment" => BuildingUse::Apartment,
        "office" => BuildingUse::Office,
        "retail" => BuildingUse::Retail,
        "school" => BuildingUse::School,
        "health" => BuildingUse::Health,
        "sport" => BuildingUse::Sport,
        "swimming_hall" => BuildingUse::SwimmingHall,
        "industrial" => BuildingUse::Industrial,
        "other" => BuildingUse::Other,
        "unheated" => BuildingUse::Unheated,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_use_of_the_format_is_read() {
        for (word, _) in crate::keys::USES {
            assert!(use_of(word).is_some(), "{word}");
        }
    }
}
