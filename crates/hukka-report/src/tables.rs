//! Hourly and monthly tables for Parquet and CSV. Column names carry their unit.

use crate::inputs::Inputs;
use crate::series::{converted, megawatts, middle, months, taken_from};
use hukka_model::{UnitKind, UnitPlan};
use hukka_units::{
    EmissionFactor, EnergyPrice, HeatEnergy, MassFlow, Money, Pressure, Ratio, Temperature,
    TemperatureDifference,
};

/// Named columns of equal length.
type Columns = Vec<(String, Vec<f64>)>;

/// Every hourly series of the run; the facade adds the time column.
///
/// # Shapes  one value per step of the axis in every column
pub fn hourly_table(inputs: &Inputs<'_>) -> Columns {
    let mut columns = Columns::new();
    surroundings(inputs, &mut columns);
    network(inputs, &mut columns);
    units(inputs, &mut columns);
    sources(inputs, &mut columns);
    owners(inputs, &mut columns);
    columns
}

fn add(columns: &mut Columns, name: impl Into<String>, values: Vec<f64>) {
    columns.push((name.into(), values));
}

/// Start of a unit's column names; ids are unique only among machines of one kind.
fn unit_key(unit: &UnitPlan) -> String {
    match unit.kind {
        UnitKind::HeatPump(_) => format!("heat_pump_{}", unit.id),
        UnitKind::Boiler(_) => format!("boiler_{}", unit.id),
    }
}

fn surroundings(inputs: &Inputs<'_>, columns: &mut Columns) {
    let weather = &inputs.study.weather;
    let celsius = |series: &[Temperature]| converted(series, Temperature::c);
    add(
        columns,
        "outdoor_temperature_c",
        celsius(&weather.outdoor_temperature),
    );
    add(
        columns,
        "ground_temperature_c",
        celsius(&weather.ground_temperature),
    );
    add(
        columns,
        "electricity_price_eur_mwh",
        converted(&inputs.study.prices.electricity, EnergyPrice::eur_mwh),
    );
    add(
        columns,
        "electricity_carbon_kg_mwh",
        converted(&inputs.study.emissions.electricity, EmissionFactor::kg_mwh),
    );
    add(
        columns,
        "heat_demand_all_mw",
        megawatts(&inputs.demand.total),
    );
}

fn network(inputs: &Inputs<'_>, columns: &mut Columns) {
    let hourly = &inputs.network.hourly;
    let plan = inputs.plan;
    let celsius = |series: &[Temperature]| converted(series, Temperature::c);
    add(
        columns,
        "heat_delivered_mw",
        megawatts(&hourly.heat_delivered),
    );
    add(columns, "heat_loss_mw", megawatts(&hourly.heat_loss));
    add(columns, "heat_demand_mw", megawatts(&plan.heat_demand));
    add(columns, "heat_unserved_mw", megawatts(&plan.unserved));
    add(columns, "heat_dumped_mw", megawatts(&plan.dumped));
    add(
        columns,
        "heat_price_eur_mwh",
        converted(&plan.heat_price, EnergyPrice::eur_mwh),
    );
    add(columns, "pump_power_mw", megawatts(&plan.pump_power));
    add(
        columns,
        "supply_temperature_c",
        celsius(&hourly.supply_temperature),
    );
    add(
        columns,
        "return_temperature_c",
        celsius(&hourly.return_temperature),
    );
    add(
        columns,
        "coldest_supply_temperature_c",
        celsius(&hourly.coldest_supply_temperature),
    );
    add(
        columns,
        "mass_flow_kg_s",
        converted(&hourly.mass_flow, MassFlow::kg_s),
    );
    add(
        columns,
        "differential_pressure_kpa",
        converted(&hourly.differential_pressure, Pressure::kpa),
    );
    if let Some(choice) = &inputs.network.supply_choice {
        add(
            columns,
            "supply_offset_k",
            converted(&choice.offsets, TemperatureDifference::kelvin),
        );
    }
}

fn units(inputs: &Inputs<'_>, columns: &mut Columns) {
    for unit in &inputs.plan.units {
        let id = unit_key(unit);
        add(columns, format!("{id}_heat_mw"), megawatts(&unit.heat));
        add(
            columns,
            format!("{id}_available_mw"),
            megawatts(&unit.available),
        );
        add(
            columns,
            format!("{id}_electricity_mw"),
            megawatts(&unit.electricity),
        );
        match unit.kind {
            UnitKind::HeatPump(_) => {
                add(
                    columns,
                    format!("{id}_source_heat_mw"),
                    megawatts(&unit.source_heat),
                );
                add(
                    columns,
                    format!("{id}_cop"),
                    converted(&unit.cop, Ratio::fraction),
                );
            }
            UnitKind::Boiler(_) => {
                add(columns, format!("{id}_fuel_mw"), megawatts(&unit.fuel));
            }
        }
    }
    for store in &inputs.plan.stores {
        let id = format!("store_{}", store.id);
        add(columns, format!("{id}_charge_mw"), megawatts(&store.charge));
        add(
            columns,
            format!("{id}_discharge_mw"),
            megawatts(&store.discharge),
        );
        add(columns, format!("{id}_loss_mw"), megawatts(&store.loss));
        add(
            columns,
            format!("{id}_level_mwh"),
            converted(&store.level, HeatEnergy::mwh),
        );
    }
}

fn sources(inputs: &Inputs<'_>, columns: &mut Columns) {
    for source in inputs.sources {
        let id = format!("data_centre_{}", source.id);
        let used = taken_from(inputs, source.data_centre);
        let available = megawatts(&source.recoverable);
        let rejected = available.iter().zip(&used).map(|(a, u)| a - u).collect();
        add(
            columns,
            format!("{id}_it_power_mw"),
            megawatts(&source.it_power),
        );
        add(
            columns,
            format!("{id}_auxiliary_power_mw"),
            megawatts(&source.auxiliary_power),
        );
        add(
            columns,
            format!("{id}_cooling_power_without_reuse_mw"),
            megawatts(&source.cooling_power),
        );
        add(columns, format!("{id}_source_available_mw"), available);
        add(columns, format!("{id}_source_used_mw"), used);
        add(columns, format!("{id}_source_rejected_mw"), rejected);
        add(
            columns,
            format!("{id}_not_captured_mw"),
            megawatts(&source.unrecoverable),
        );
        add(
            columns,
            format!("{id}_source_temperature_c"),
            converted(&source.source_temperature, Temperature::c),
        );
    }
}

/// What both owners pay and receive, euros: one column for each item that is not zero, and the net.
fn owners(inputs: &Inputs<'_>, columns: &mut Columns) {
    for account in inputs.owners.iter().flat_map(|owners| &owners.accounts) {
        let owner = match &account.data_centre {
            Some(id) => format!("data_centre_{id}"),
            None => "heat_company".to_owned(),
        };
        for item in &account.items {
            let way = if item.is_received { "received" } else { "paid" };
            let name = format!("{owner}_{way}_{}_eur", item.kind.key());
            add(columns, name, converted(&item.hourly, Money::eur));
        }
        let net = converted(&account.net_hourly, Money::eur);
        add(columns, format!("{owner}_net_eur"), net);
    }
}

/// The heat balance by local month, megawatt-hours, with the year and month it belongs to.
///
/// The few hours a year leaves in a thirteenth month are counted to the month beside them.
///
/// `Σ units + discharge − charge + unserved − dumped = fed = delivered + loss` in every row.
pub fn monthly_table(inputs: &Inputs<'_>) -> Columns {
    let axis = &inputs.study.axis;
    let ranges = months(axis);
    let named = |value: fn(&hukka_model::LocalHour) -> f64| -> Vec<f64> {
        ranges
            .iter()
            .map(|range| value(middle(axis, range)))
            .collect()
    };
    let mut columns = Columns::new();
    add(&mut columns, "year", named(|hour| f64::from(hour.year)));
    add(&mut columns, "month", named(|hour| f64::from(hour.month)));
    let sum = |series: Vec<f64>| -> Vec<f64> {
        ranges
            .iter()
            .map(|r| series[r.clone()].iter().sum())
            .collect()
    };
    let plan = inputs.plan;
    for unit in &plan.units {
        add(
            &mut columns,
            format!("{}_heat_mwh", unit_key(unit)),
            sum(megawatts(&unit.heat)),
        );
    }
    for store in &plan.stores {
        let id = format!("store_{}", store.id);
        add(
            &mut columns,
            format!("{id}_discharge_mwh"),
            sum(megawatts(&store.discharge)),
        );
        add(
            &mut columns,
            format!("{id}_charge_mwh"),
            sum(megawatts(&store.charge)),
        );
    }
    add(
        &mut columns,
        "heat_unserved_mwh",
        sum(megawatts(&plan.unserved)),
    );
    add(
        &mut columns,
        "heat_dumped_mwh",
        sum(megawatts(&plan.dumped)),
    );
    add(
        &mut columns,
        "heat_fed_mwh",
        sum(megawatts(&plan.heat_demand)),
    );
    let hourly = &inputs.network.hourly;
    add(
        &mut columns,
        "heat_delivered_mwh",
        sum(megawatts(&hourly.heat_delivered)),
    );
    add(
        &mut columns,
        "heat_loss_mwh",
        sum(megawatts(&hourly.heat_loss)),
    );
    columns
}
