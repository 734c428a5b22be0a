//! A dispatch case as files; read again it is the same case.

use super::FORMAT;
use hukka_model::{
    CaseContract, CaseForecast, CaseFuel, CaseOwners, CaseStore, CaseUnit, CaseUnitKind,
    DispatchCase, DispatchMode, WindowEnds,
};
use serde_json::{Map, Value, json};

/// The files of a case as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseText {
    /// `case.json`.
    pub case: String,
    /// `series.csv`.
    pub series: String,
    /// `rolling.json`.
    pub rolling: Option<String>,
}

/// Columns gathered while the park is written.
struct Columns<'a> {
    columns: Vec<(String, &'a [f64])>,
}

impl<'a> Columns<'a> {
    fn add(&mut self, name: String, values: &'a [f64]) -> String {
        if !self.columns.iter().any(|(known, _)| *known == name) {
            self.columns.push((name.clone(), values));
        }
        name
    }

    /// A series as a number when it is constant, else as a column.
    fn put(&mut self, object: &mut Map<String, Value>, key: &str, name: &str, values: &'a [f64]) {
        let first = values.first().copied().unwrap_or(0.0);
        if values
            .iter()
            .all(|value| value.to_bits() == first.to_bits())
        {
            object.insert(key.to_owned(), json!(first));
        } else {
            let name = self.add(name.to_owned(), values);
            object.insert(format!("{key}_column"), json!(name));
        }
    }
}

/// Writes a dispatch case.
pub fn write_dispatch_case(case: &DispatchCase) -> CaseText {
    let mut columns = Columns {
        columns: Vec::new(),
    };
    columns.add("heat_demand_mw".into(), &case.heat_demand_mw);
    columns.add(
        "electricity_price_eur_per_mwh".into(),
        &case.electricity.price_eur_per_mwh,
    );
    let mut park = Map::new();
    park.insert("format".into(), json!(FORMAT));
    park.insert("name".into(), json!(case.name));
    let mode = match case.mode {
        DispatchMode::Lp => "lp",
        DispatchMode::Milp => "milp",
    };
    park.insert("mode".into(), json!(mode));
    let first = case.step_hours.first().copied().unwrap_or(1.0);
    if case
        .step_hours
        .iter()
        .all(|h| h.to_bits() == first.to_bits())
    {
        park.insert("step_h".into(), json!(first));
    } else {
        columns.add("step_h".into(), &case.step_hours);
    }
    let penalty = json!(case.unserved_eur_per_mwh);
    park.insert("unserved_heat_penalty_eur_per_mwh".into(), penalty);
    put_supply(&mut park, case, &mut columns);
    let units = case
        .units
        .iter()
        .map(|unit| unit_json(case, unit, &mut columns));
    park.insert("units".into(), units.collect());
    let stores: Vec<Value> = case
        .stores
        .iter()
        .map(|s| store_json(s, &mut columns))
        .collect();
    match stores.as_slice() {
        [] => {}
        [one] => {
            park.insert("storage".into(), one.clone());
        }
        _ => {
            park.insert("stores".into(), Value::Array(stores));
        }
    }
    if let Some(owners) = &case.owners {
        park.insert("owners".into(), owners_json(case, owners, &mut columns));
    }
    if let Some(forecast) = &case.forecast {
        park.insert(
            "forecast".into(),
            forecast_json(case, forecast, &mut columns),
        );
    }
    CaseText {
        case: format!("{:#}\n", Value::Object(park)),
        series: csv_text(case.steps(), &columns.columns),
        rolling: case.rolling.map(|rule| {
            let ends = match rule.ends {
                WindowEnds::InitialFraction => "initial_fraction",
                WindowEnds::WaterValue => "water_value",
            };
            let (window, step) = (rule.window_h, rule.step_h);
            let rule = json!({"window_h": window, "step_h": step, "store_end": ends});
            format!("{rule:#}\n")
        }),
    }
}

fn put_supply<'a>(
    park: &mut Map<String, Value>,
    case: &'a DispatchCase,
    columns: &mut Columns<'a>,
) {
    let carbon = &case.carbon;
    park.insert("co2_price_eur_per_t".into(), json!(carbon.price_eur_per_t));
    if let Some(cap) = carbon.cap_t {
        park.insert("co2_cap_t".into(), json!(cap));
    }
    for (key, name, factor) in [
        (
            "grid_co2_average_column",
            "grid_co2_average_t_per_mwh",
            &carbon.average_grid_t_per_mwh,
        ),
        (
            "grid_co2_marginal_column",
            "grid_co2_marginal_t_per_mwh",
            &carbon.marginal_grid_t_per_mwh,
        ),
    ] {
        if let Some(factor) = factor {
            park.insert(key.into(), json!(columns.add(name.into(), factor)));
        }
    }
    let power = &case.electricity;
    let mut grid = Map::new();
    let fee = "buy_fee_eur_per_mwh";
    columns.put(&mut grid, fee, fee, &power.buy_fee_eur_per_mwh);
    let fee = "sell_fee_eur_per_mwh";
    columns.put(&mut grid, fee, fee, &power.sell_fee_eur_per_mwh);
    grid.insert("max_buy_mw".into(), json!(power.max_buy_mw));
    grid.insert("max_sell_mw".into(), json!(power.max_sell_mw));
    park.insert("grid".into(), Value::Object(grid));
    if let Some(dump) = case.dump {
        let dump = json!({"max_mw": dump.max_mw, "cost_eur_per_mwh": dump.cost_eur_per_mwh});
        park.insert("heat_dump".into(), dump);
    }
    if let Some(market) = &power.reserve {
        let mut reserve = Map::new();
        let names = market.units.iter().map(|unit| &case.units[*unit].id);
        reserve.insert("units".into(), json!(names.collect::<Vec<_>>()));
        reserve.insert("max_mw".into(), json!(market.max_mw));
        let name = "reserve_price_eur_per_mw_h";
        columns.put(
            &mut reserve,
            "price_eur_per_mw_h",
            name,
            &market.price_eur_per_mw_h,
        );
        park.insert("reserve".into(), Value::Object(reserve));
    }
    let sources = case.sources.iter().map(|source| {
        columns.add(source.id.clone(), &source.available_mw);
        let mut object = Map::new();
        object.insert("id".into(), json!(source.id));
        if let Some(price) = &source.price_eur_per_mwh {
            let name = format!("{}_price_eur_per_mwh", source.id);
            columns.put(&mut object, "price_eur_per_mwh", &name, price);
        }
        if let Some(plant) = &source.cooling {
            let mut cooling = Map::new();
            let name = format!("{}_free_max_mw", source.id);
            columns.put(&mut cooling, "free_max_mw", &name, &plant.free_max_mw);
            let key = "free_electricity_per_heat";
            cooling.insert(key.into(), json!(plant.free_electricity_per_heat));
            cooling.insert("chiller_max_mw".into(), json!(plant.chiller_max_mw));
            let key = "chiller_electricity_per_heat";
            let name = format!("{}_{key}", source.id);
            columns.put(
                &mut cooling,
                key,
                &name,
                &plant.chiller_electricity_per_heat,
            );
            object.insert("cooling".into(), Value::Object(cooling));
        }
        Value::Object(object)
    });
    park.insert("sources".into(), sources.collect());
}

fn unit_json<'a>(case: &'a DispatchCase, unit: &'a CaseUnit, columns: &mut Columns<'a>) -> Value {
    let mut object = Map::new();
    object.insert("id".into(), json!(unit.id));
    put_kind(&mut object, case, unit, columns);
    object.insert("max_heat_mw".into(), json!(unit.max_heat_mw));
    object.insert("vom_eur_per_mwh_heat".into(), json!(unit.vom_eur_per_mwh));
    if let Some(share) = &unit.availability {
        let name = columns.add(format!("availability_{}", unit.id), share);
        object.insert("availability_column".into(), json!(name));
    }
    for (key, value) in [
        ("ramp_mw_per_h", unit.ramp_mw_per_h),
        ("max_heat_mwh", unit.max_heat_mwh),
        ("min_heat_mwh", unit.min_heat_mwh),
    ] {
        if let Some(value) = value {
            object.insert(key.into(), json!(value));
        }
    }
    if let Some(rules) = unit.commitment {
        object.insert("min_load_fraction".into(), json!(rules.min_load_fraction));
        object.insert("start_cost_eur".into(), json!(rules.start_cost_eur));
        object.insert("min_up_h".into(), json!(rules.min_up_h));
        object.insert("min_down_h".into(), json!(rules.min_down_h));
        object.insert("initial_on".into(), json!(rules.initial_on));
    }
    Value::Object(object)
}

fn put_kind<'a>(
    object: &mut Map<String, Value>,
    case: &'a DispatchCase,
    unit: &'a CaseUnit,
    columns: &mut Columns<'a>,
) {
    let mut put = |key: &str, value: Value| {
        object.insert(key.to_owned(), value);
    };
    match &unit.kind {
        CaseUnitKind::HeatPump { cop, source } => {
            put("kind", json!("heat_pump"));
            put(
                "cop_column",
                json!(columns.add(format!("cop_{}", unit.id), cop)),
            );
            put("source", json!(case.sources[*source].id));
        }
        CaseUnitKind::ElectricBoiler { efficiency } => {
            put("kind", json!("electric_boiler"));
            put("efficiency", json!(efficiency));
        }
        CaseUnitKind::Boiler { efficiency, fuel } => {
            put("kind", json!("boiler"));
            put("efficiency", json!(efficiency));
            put_fuel(&mut put, fuel);
        }
        CaseUnitKind::BackPressureChp {
            power_to_heat,
            electric_efficiency,
            fuel,
        } => {
            put("kind", json!("chp_back_pressure"));
            put("power_to_heat", json!(power_to_heat));
            put("electric_efficiency", json!(electric_efficiency));
            put_fuel(&mut put, fuel);
        }
        CaseUnitKind::ExtractionChp {
            power_to_heat,
            power_loss_per_heat,
            condensing_efficiency,
            max_power_mw,
            fuel,
        } => {
            put("kind", json!("chp_extraction"));
            put("power_to_heat", json!(power_to_heat));
            put("power_loss_per_heat", json!(power_loss_per_heat));
            put("condensing_efficiency", json!(condensing_efficiency));
            put("max_power_mw", json!(max_power_mw));
            put_fuel(&mut put, fuel);
        }
        CaseUnitKind::SolarThermal { available_mw } => {
            put("kind", json!("solar_thermal"));
            let name = columns.add(format!("available_{}_mw", unit.id), available_mw);
            put("available_column", json!(name));
        }
        CaseUnitKind::HeatPurchase { price_eur_per_mwh } => {
            put("kind", json!("heat_purchase"));
            let name = format!("heat_price_{}_eur_per_mwh", unit.id);
            columns.put(object, "heat_price_eur_per_mwh", &name, price_eur_per_mwh);
        }
        CaseUnitKind::HeatSale { price_eur_per_mwh } => {
            put("kind", json!("heat_sale"));
            let name = format!("heat_price_{}_eur_per_mwh", unit.id);
            columns.put(object, "heat_price_eur_per_mwh", &name, price_eur_per_mwh);
        }
    }
}

fn put_fuel(put: &mut impl FnMut(&str, Value), fuel: &CaseFuel) {
    put("fuel_price_eur_per_mwh", json!(fuel.price_eur_per_mwh));
    put("fuel_co2_t_per_mwh", json!(fuel.co2_t_per_mwh));
    if fuel.tax_eur_per_mwh > 0.0 {
        put("fuel_tax_eur_per_mwh", json!(fuel.tax_eur_per_mwh));
    }
}

fn store_json<'a>(store: &'a CaseStore, columns: &mut Columns<'a>) -> Value {
    let mut object = Map::new();
    object.insert("id".into(), json!(store.id));
    object.insert("capacity_mwh".into(), json!(store.capacity_mwh));
    if let Some(factor) = &store.capacity_factor {
        let name = columns.add(format!("capacity_factor_{}", store.id), factor);
        object.insert("capacity_factor_column".into(), json!(name));
    }
    object.insert("max_charge_mw".into(), json!(store.max_charge_mw));
    object.insert("max_discharge_mw".into(), json!(store.max_discharge_mw));
    object.insert(
        "loss_fraction_per_h".into(),
        json!(store.loss_fraction_per_h),
    );
    object.insert("charge_efficiency".into(), json!(store.charge_efficiency));
    object.insert(
        "discharge_efficiency".into(),
        json!(store.discharge_efficiency),
    );
    object.insert("cyclic".into(), json!(store.cyclic));
    object.insert("initial_fraction".into(), json!(store.initial_fraction));
    Value::Object(object)
}

fn owners_json<'a>(
    case: &'a DispatchCase,
    owners: &'a CaseOwners,
    columns: &mut Columns<'a>,
) -> Value {
    let mut object = Map::new();
    let source = &case.sources[owners.source].id;
    object.insert("source".into(), json!(source));
    for (key, values) in [
        ("supply_eur_per_mwh", &owners.supply_eur_per_mwh),
        (
            "saved_cooling_eur_per_mwh",
            &owners.saved_cooling_eur_per_mwh,
        ),
    ] {
        columns.put(&mut object, key, &format!("{source}_{key}"), values);
    }
    let contracts = owners.contracts.iter().enumerate();
    let contracts = contracts.map(|(index, contract)| contract_json(index, contract, columns));
    let contracts = Value::Array(contracts.collect());
    object.insert("contracts".into(), contracts);
    Value::Object(object)
}

fn contract_json<'a>(index: usize, contract: &'a CaseContract, columns: &mut Columns<'a>) -> Value {
    match contract {
        CaseContract::Free => json!({"kind": "free"}),
        CaseContract::Fixed { price_eur_per_mwh } => {
            json!({"kind": "fixed", "price_eur_per_mwh": price_eur_per_mwh})
        }
        CaseContract::TemperatureIndexed {
            ambient_c,
            cold,
            warm,
        } => json!({
            "kind": "temperature_indexed",
            "outdoor_column": columns.add(format!("contract_{index}_outdoor_c"), ambient_c),
            "cold_c": cold.0, "cold_price_eur_per_mwh": cold.1,
            "warm_c": warm.0, "warm_price_eur_per_mwh": warm.1,
        }),
        CaseContract::TakeOrPay {
            price_eur_per_mwh,
            volume_mwh,
        } => json!({
            "kind": "take_or_pay",
            "price_eur_per_mwh": price_eur_per_mwh, "volume_mwh": volume_mwh,
        }),
        CaseContract::Published { price_eur_per_mwh } => {
            let name = format!("contract_{index}_price_eur_per_mwh");
            json!({"kind": "published", "price_column": columns.add(name, price_eur_per_mwh)})
        }
    }
}

fn forecast_json<'a>(
    case: &'a DispatchCase,
    forecast: &'a CaseForecast,
    columns: &mut Columns<'a>,
) -> Value {
    let mut object = Map::new();
    for (key, name, values) in [
        (
            "heat_demand_column",
            "forecast_heat_demand_mw",
            &forecast.heat_demand_mw,
        ),
        (
            "electricity_price_column",
            "forecast_electricity_price_eur_per_mwh",
            &forecast.electricity_price_eur_per_mwh,
        ),
    ] {
        if let Some(values) = values {
            object.insert(key.into(), json!(columns.add(name.into(), values)));
        }
    }
    let sources = case.sources.iter().zip(&forecast.source_mw);
    let sources = sources.filter_map(|(source, values)| {
        let name = columns.add(format!("forecast_{}", source.id), values.as_ref()?);
        Some(json!({"id": source.id, "column": name}))
    });
    object.insert("sources".into(), Value::Array(sources.collect()));
    Value::Object(object)
}

fn csv_text(steps: usize, columns: &[(String, &[f64])]) -> String {
    let mut text = String::from("step");
    for (name, _) in columns {
        text.push(',');
        text.push_str(name);
    }
    text.push('\n');
    for step in 0..steps {
        text.push_str(&step.to_string());
        for (_, values) in columns {
            text.push_str(&format!(",{}", values[step]));
        }
        text.push('\n');
    }
    text
}
