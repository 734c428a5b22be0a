//! `[[heat_pump]]`, `[[boiler]]`, `[[store]]`.

use super::heat_pump::{self, Surroundings};
use crate::codes;
use crate::context::{Context, closest, list_words};
use crate::defaults;
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use hukka_model::{
    Boiler, Confidence, DataCentre, Diagnostic, Fuel, HeatPump, NetworkRules, Store, StoreKind,
};
use hukka_units::{
    ContentCost, EnergyPrice, HeatEnergy, HeatPower, PowerCost, Ratio, Temperature,
    TemperatureDifference, TimeSpan,
};

/// Complains about ids used twice within one kind of table.
pub(crate) fn unique_ids(tables: &[Reader<'_>], context: &mut Context) {
    for (n, table) in tables.iter().enumerate() {
        let Some(id) = table.node("id").and_then(|node| node.text()) else {
            continue;
        };
        let first = tables[..n]
            .iter()
            .find(|other| other.node("id").and_then(|node| node.text()) == Some(id));
        if let Some(first) = first {
            let line = first.place("id", context).line;
            let at = table.place("id", context);
            let mut problem =
                Diagnostic::error(codes::DUPLICATE_ID, format!("the id `{id}` is used twice"))
                    .at(at)
                    .about(table.full("id"))
                    .seen(id)
                    .allowed("an id of its own");
            if let Some(line) = line {
                problem = problem.help(format!("it is first used in line {line}"));
            }
            context.push(problem);
        }
    }
}

/// Every table of a machine: heat pumps, boilers, stores.
pub(super) fn machine_tables(root: &Entries) -> Vec<Reader<'_>> {
    [&keys::HEAT_PUMP, &keys::BOILER, &keys::STORE]
        .into_iter()
        .flat_map(|table| Reader::many(root, table))
        .collect()
}

/// Whether a machine of the study file has an id.
fn is_given_id(root: &Entries, id: &str) -> bool {
    machine_tables(root)
        .iter()
        .any(|table| table.node("id").and_then(|node| node.text()) == Some(id))
}

/// Reads the heat pumps; a data centre without one gets one.
pub(crate) fn heat_pumps(
    root: &Entries,
    data_centres: &[DataCentre],
    context: &mut Context,
) -> Vec<HeatPump> {
    let tables = Reader::many(root, &keys::HEAT_PUMP);
    unique_ids(&tables, context);
    let mut pumps: Vec<HeatPump> = tables
        .iter()
        .map(|table| {
            let id = table.optional_text("id", context).unwrap_or("?").to_owned();
            let data_centre = drawn_from(table, data_centres, context);
            let drawn = (data_centres.get(data_centre), data_centre);
            heat_pump(table, id, drawn, context)
        })
        .collect();
    for (n, data_centre) in data_centres.iter().enumerate() {
        if pumps.iter().any(|pump| pump.data_centre == n) {
            continue;
        }
        let id = unused(&format!("heat-pump-{}", data_centre.id), |id| {
            pumps.iter().any(|pump| pump.id == id) || is_given_id(root, id)
        });
        context.assume(
            format!("heat_pump.{id}"),
            "one, sized by the design",
            "",
            format!(
                "the study gives no heat pump for data centre {}",
                data_centre.id
            ),
            Confidence::Default,
        );
        let table = Reader::absent(&keys::HEAT_PUMP, &id);
        pumps.push(heat_pump(&table, id, (Some(data_centre), n), context));
    }
    pumps
}

/// The data centre a heat pump draws from.
fn drawn_from(table: &Reader<'_>, data_centres: &[DataCentre], context: &mut Context) -> usize {
    let known = || {
        data_centres
            .iter()
            .map(|data_centre| data_centre.id.as_str())
    };
    let Some(id) = table.optional_text("data_centre", context) else {
        if data_centres.len() > 1 && !table.has("data_centre") {
            let at = table.place("data_centre", context);
            context.push(
                Diagnostic::error(codes::MISSING_KEY, "`data_centre` is missing")
                    .at(at)
                    .about(table.full("data_centre"))
                    .allowed(list_words(known()))
                    .help("say which data centre the heat pump draws from"),
            );
        }
        return 0;
    };
    if let Some(found) = known().position(|other| other == id) {
        return found;
    }
    let at = table.place("data_centre", context);
    let mut problem =
        Diagnostic::error(codes::NO_SUCH_ID, format!("there is no data centre `{id}`"))
            .at(at)
            .about(table.full("data_centre"))
            .seen(id)
            .allowed(list_words(known()));
    if let Some(near) = closest(id, known()) {
        problem = problem.help(format!("did you mean \"{near}\"?"));
    }
    context.push(problem);
    0
}

fn heat_pump(
    table: &Reader<'_>,
    id: String,
    data_centre: (Option<&DataCentre>, usize),
    context: &mut Context,
) -> HeatPump {
    let heat_capacity = table
        .optional("heat_capacity_mw", context)
        .map(HeatPower::from_mw);
    let (source, index) = data_centre;
    let around = Surroundings {
        data_centre: source,
        pinch: TemperatureDifference::from_kelvin(table.peek("pinch_k")),
        max_outlet: Temperature::from_c(table.peek("max_outlet_temperature_c")),
    };
    let (model, efficiency) = heat_pump::law(table, &around, context);
    let pinch = TemperatureDifference::from_kelvin(table.number("pinch_k", context));
    let max_outlet_temperature =
        Temperature::from_c(table.number("max_outlet_temperature_c", context));
    let arrangement = heat_pump::arrangement(table, source, context);
    HeatPump {
        id,
        data_centre: index,
        heat_capacity,
        model,
        efficiency,
        pinch,
        max_outlet_temperature,
        arrangement,
        investment: PowerCost::from_eur_kw(table.number("investment_eur_per_kw", context)),
        fixed_upkeep: Ratio::from_fraction(table.number("fixed_upkeep_share", context)),
        variable_upkeep: EnergyPrice::from_eur_mwh(
            table.number("variable_upkeep_eur_per_mwh", context),
        ),
        life: TimeSpan::from_a(table.number("life_a", context)),
    }
}

/// Reads the boilers; without any, there is one new gas boiler.
pub(crate) fn boilers(root: &Entries, context: &mut Context) -> Vec<Boiler> {
    let tables = Reader::many(root, &keys::BOILER);
    unique_ids(&tables, context);
    if tables.is_empty() {
        let id = unused("gas-boiler", |id| is_given_id(root, id));
        context.assume(
            format!("boiler.{id}"),
            "one new gas boiler, sized by the design",
            "",
            "the study gives no boiler",
            Confidence::Default,
        );
        let table = Reader::absent(&keys::BOILER, &id);
        return vec![boiler(&table, id, Fuel::Gas, context)];
    }
    tables
        .iter()
        .map(|table| {
            let id = table.optional_text("id", context).unwrap_or("?").to_owned();
            let fuel = match table.optional_text("fuel", context) {
                Some("oil") => Fuel::Oil,
                Some("wood_chip") => Fuel::WoodChip,
                Some("peat") => Fuel::Peat,
                Some("electricity") => Fuel::Electricity,
                _ => Fuel::Gas,
            };
            boiler(table, id, fuel, context)
        })
        .collect()
}

fn boiler(table: &Reader<'_>, id: String, fuel: Fuel, context: &mut Context) -> Boiler {
    let by_fuel = defaults::boiler(fuel);
    let heat_capacity = table
        .optional("heat_capacity_mw", context)
        .map(HeatPower::from_mw);
    let efficiency = table.number_or("efficiency", &by_fuel.efficiency, context);
    let is_existing = table.flag("existing", context);
    if is_existing && !table.has("heat_capacity_mw") {
        unsized_machine(table, "heat_capacity_mw", "boiler", context);
    }
    Boiler {
        id,
        fuel,
        heat_capacity,
        efficiency: Ratio::from_fraction(efficiency),
        is_existing,
        investment: PowerCost::from_eur_kw(table.number_or(
            "investment_eur_per_kw",
            &by_fuel.investment,
            context,
        )),
        fixed_upkeep: Ratio::from_fraction(table.number_or(
            "fixed_upkeep_share",
            &by_fuel.fixed,
            context,
        )),
        variable_upkeep: EnergyPrice::from_eur_mwh(table.number_or(
            "variable_upkeep_eur_per_mwh",
            &by_fuel.variable,
            context,
        )),
        life: TimeSpan::from_a(table.number_or("life_a", &by_fuel.life, context)),
    }
}

/// Reads the stores; without any, there is one tank.
pub(crate) fn stores(root: &Entries, network: &NetworkRules, context: &mut Context) -> Vec<Store> {
    let tables = Reader::many(root, &keys::STORE);
    unique_ids(&tables, context);
    if tables.is_empty() {
        let id = unused("tank", |id| is_given_id(root, id));
        context.assume(
            format!("store.{id}"),
            "one tank, sized by the design",
            "",
            "the study gives no store",
            Confidence::Default,
        );
        return vec![store(
            &Reader::absent(&keys::STORE, &id),
            id,
            network,
            context,
        )];
    }
    tables
        .iter()
        .map(|table| {
            let id = table.optional_text("id", context).unwrap_or("?").to_owned();
            store(table, id, network, context)
        })
        .collect()
}

fn store(table: &Reader<'_>, id: String, network: &NetworkRules, context: &mut Context) -> Store {
    let kind = match table.text("kind", context) {
        "pit" => StoreKind::Pit,
        _ => StoreKind::Tank,
    };
    let by_kind = defaults::store(kind);
    let capacity = content(table, kind, network, context);
    let max_power = table
        .optional("max_power_mw", context)
        .map(HeatPower::from_mw);
    let is_existing = table.flag("existing", context);
    if is_existing && !table.has("capacity_mwh") && !table.has("volume_m3") {
        unsized_machine(table, "capacity_mwh", "store", context);
    }
    Store {
        id,
        kind,
        capacity,
        max_power,
        loss_per_hour: Ratio::from_fraction(table.number_or(
            "loss_share_per_h",
            &by_kind.loss,
            context,
        )),
        investment: ContentCost::from_eur_kwh(table.number_or(
            "investment_eur_per_kwh",
            &by_kind.investment,
            context,
        )),
        fixed_upkeep: Ratio::from_fraction(table.number_or(
            "fixed_upkeep_share",
            &by_kind.fixed,
            context,
        )),
        life: TimeSpan::from_a(table.number_or("life_a", &by_kind.life, context)),
        is_existing,
    }
}

/// Heat a store holds, given or from its volume.
///
/// `E = V · ρ · c · (T_full − T_empty)` with ρ 972 kg/m³ and c 4.19 kJ/(kg K) at about 80 °C; full
/// is the supply on the coldest day, at most 98 °C in a tank and 90 °C in a pit, empty the return.
fn content(
    table: &Reader<'_>,
    kind: StoreKind,
    network: &NetworkRules,
    context: &mut Context,
) -> Option<HeatEnergy> {
    const HEAT_PER_VOLUME_J_M3K: f64 = 972.0 * 4190.0;
    if let Some(capacity) = table.optional("capacity_mwh", context) {
        if capacity <= 0.0 {
            let source = table.origin_words("capacity_mwh", context);
            let key = table.path.clone();
            context.assume(key, "no store", "", source, Confidence::Given);
        }
        return Some(HeatEnergy::from_mwh(capacity));
    }
    let volume = table.optional("volume_m3", context)?;
    let hottest = match kind {
        StoreKind::Tank => 98.0,
        StoreKind::Pit => 90.0,
    };
    let full_c = network.supply_temperature.at_cold.c().min(hottest);
    let spread = (full_c - network.return_temperature.at_cold.c()).max(1.0);
    let energy = HeatEnergy::from_si(volume * HEAT_PER_VOLUME_J_M3K * spread);
    table.derived(
        "capacity_mwh",
        (energy.mwh() * 100.0).round() / 100.0,
        &format!("volume × 972 kg/m³ × 4.19 kJ/(kg K) × {spread:.0} K between full and empty"),
        context,
    );
    Some(energy)
}

fn unsized_machine(table: &Reader<'_>, key: &str, what: &str, context: &mut Context) {
    let at = table.place("existing", context);
    context.push(
        Diagnostic::error(codes::UNSIZED, format!("an existing {what} needs its size"))
            .at(at)
            .about(table.full(key))
            .allowed(format!("`{key}` beside `existing = true`"))
            .help("the design sizes only what is new"),
    );
}

/// A name nobody has yet.
fn unused(wish: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut name = wish.to_owned();
    while is_taken(&name) {
        name.push('-');
    }
    name
}
