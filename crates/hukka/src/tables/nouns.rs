//! Which columns each noun is written with.

use super::{Column, Table};
use hukka_model::{
    Design, DispatchPlan, HeatDemand, HeatSource, NetworkHourly, NetworkState, Study,
    UnconnectedReason,
};
use hukka_units::HeatPower;

/// The time column every hourly table starts with.
fn time(study: &Study) -> (String, Column) {
    let steps = 0..study.axis.len();
    (
        "time".to_owned(),
        Column::Time {
            stamps: steps.clone().map(|step| study.axis.stamp(step)).collect(),
            instants_ms: steps.map(|step| 1000 * study.axis.unix_s(step)).collect(),
        },
    )
}

/// A table of numbers without a time column.
pub(crate) fn numbers(name: &'static str, columns: Vec<(String, Vec<f64>)>) -> Table {
    let columns = columns
        .into_iter()
        .map(|(name, values)| (name, Column::Number(values)));
    Table {
        name,
        columns: columns.collect(),
    }
}

/// An hourly table of named series.
pub(crate) fn hourly(name: &'static str, study: &Study, series: Vec<(String, Vec<f64>)>) -> Table {
    let numbers = series
        .into_iter()
        .map(|(name, values)| (name, Column::Number(values)));
    Table {
        name,
        columns: std::iter::once(time(study)).chain(numbers).collect(),
    }
}

fn number(name: &str, values: impl Iterator<Item = f64>) -> (String, Column) {
    (name.to_owned(), Column::Number(values.collect()))
}

fn text<'a>(name: &str, values: impl Iterator<Item = &'a str>) -> (String, Column) {
    (
        name.to_owned(),
        Column::Text(values.map(str::to_owned).collect()),
    )
}

/// One row per consumer: what it needs and, once there is a design, whether it is connected.
pub(crate) fn consumers(study: &Study, demand: &HeatDemand, design: Option<&Design>) -> Table {
    let all = &demand.consumers;
    let mut columns = vec![
        text("id", all.iter().map(|c| c.id.as_str())),
        text(
            "profile",
            all.iter().map(|c| demand.profiles[c.profile].name.as_str()),
        ),
        number("heated_area_m2", all.iter().map(|c| c.heated_area.m2())),
        number("space_heat_mwh", all.iter().map(|c| c.space_heat.mwh())),
        number("hot_water_mwh", all.iter().map(|c| c.hot_water.mwh())),
        number("peak_kw", all.iter().map(|c| c.peak.kw())),
        number("design_power_kw", all.iter().map(|c| c.design_power.kw())),
        number(
            "required_supply_c",
            all.iter().map(|c| c.required_supply_temperature.c()),
        ),
    ];
    let degrees: Vec<_> = all
        .iter()
        .map(|c| c.position.map(|p| study.place.projection.to_degrees(p)))
        .collect();
    let coordinate = |pick: fn((f64, f64)) -> f64| {
        degrees
            .iter()
            .map(move |d| d.map(pick).map_or(String::new(), |v| format!("{v:.7}")))
    };
    columns.push((
        "longitude".to_owned(),
        Column::Text(coordinate(|d| d.0).collect()),
    ));
    columns.push((
        "latitude".to_owned(),
        Column::Text(coordinate(|d| d.1).collect()),
    ));
    if let Some(design) = design {
        let mut status = vec!["connected"; all.len()];
        for left_out in &design.unconnected {
            status[left_out.consumer] = reason(left_out.reason);
        }
        columns.push(text("status", status.into_iter()));
    }
    Table {
        name: "consumers",
        columns,
    }
}

fn reason(reason: UnconnectedReason) -> &'static str {
    match reason {
        UnconnectedReason::NotWorthPipe => "not worth its pipe",
        UnconnectedReason::TooSmall => "too small",
        UnconnectedReason::TooFarFromStreet => "too far from a street",
        UnconnectedReason::NoStreetToPlant => "no street to the plant",
        UnconnectedReason::NotWilling => "not willing",
    }
}

/// Hourly heat offered by the data centres, summed where there are several.
pub(crate) fn source_hourly(study: &Study, sources: &[HeatSource]) -> Table {
    let mut series = Vec::new();
    for source in sources {
        let id = &source.id;
        let mut add = |what: &str, values: Vec<f64>| series.push((format!("{id}_{what}"), values));
        add("it_mw", source.it_power.iter().map(|p| p.mw()).collect());
        add(
            "auxiliary_mw",
            source.auxiliary_power.iter().map(|p| p.mw()).collect(),
        );
        add(
            "cooling_mw",
            source.cooling_power.iter().map(|p| p.mw()).collect(),
        );
        add(
            "recoverable_mw",
            source.recoverable.iter().map(|p| p.mw()).collect(),
        );
        add(
            "unrecoverable_mw",
            source.unrecoverable.iter().map(|p| p.mw()).collect(),
        );
        add(
            "source_c",
            source.source_temperature.iter().map(|t| t.c()).collect(),
        );
        add(
            "source_return_c",
            source
                .source_return_temperature
                .iter()
                .map(|t| t.c())
                .collect(),
        );
        plant(source, &mut add);
    }
    let mut table = hourly("source", study, series);
    for source in sources {
        let id = &source.id;
        table
            .columns
            .push(pue(format!("{id}_pue"), source, |_| HeatPower::ZERO));
        table
            .columns
            .push(pue(format!("{id}_pue_taken"), source, |t| {
                source.recoverable[t]
            }));
    }
    table
}

/// PUE by hour; an empty cell where no server runs.
fn pue(name: String, source: &HeatSource, taken: impl Fn(usize) -> HeatPower) -> (String, Column) {
    let cells = (0..source.recoverable.len())
        .map(|t| {
            source
                .pue(t, taken(t))
                .map_or(String::new(), |pue| pue.to_string())
        })
        .collect();
    (name, Column::Text(cells))
}

/// The data centre's own plant: once with all recoverable heat taken, as the balance of the hour
/// goes, and its figures when nobody takes heat.
fn plant(source: &HeatSource, add: &mut impl FnMut(&str, Vec<f64>)) {
    let steps = source.recoverable.len();
    let all = |step: usize| source.recoverable[step];
    let each = |value: &dyn Fn(usize) -> f64| (0..steps).map(value).collect::<Vec<f64>>();
    let cooling = &source.cooling;
    let facility = |t: usize| {
        source.it_power[t].mw() + source.auxiliary_power[t].mw() + source.cooling_power[t].mw()
    };
    add("facility_mw", each(&facility));
    if !cooling.published_heat.is_empty() {
        add(
            "published_heat_mw",
            each(&|t| cooling.published_heat[t].mw()),
        );
    }
    add(
        "compressor_mw",
        each(&|t| source.compressor_power(t, all(t)).mw()),
    );
    add("captured_mw", each(&|t| all(t).mw()));
    add("rejected_mw", each(&|t| source.rejected(t, all(t)).mw()));
    add(
        "rejected_untaken_mw",
        each(&|t| source.rejected(t, HeatPower::ZERO).mw()),
    );
    add(
        "water_kg_s",
        each(&|t| source.water_use(t, HeatPower::ZERO).kg_s()),
    );
    add(
        "cooling_supply_c",
        each(&|t| cooling.supply_temperature[t].c()),
    );
    add(
        "cooling_return_c",
        each(&|t| cooling.return_temperature[t].c()),
    );
    add(
        "partial_mode_share",
        each(&|t| cooling.partial_time[t].fraction()),
    );
    add(
        "full_mode_share",
        each(&|t| cooling.full_time[t].fraction()),
    );
}

/// Hourly values of the network alone.
pub(crate) fn network_hourly(study: &Study, network: &NetworkState) -> Table {
    let h: &NetworkHourly = &network.hourly;
    let mut series = vec![
        (
            "supply_c".to_owned(),
            h.supply_temperature.iter().map(|t| t.c()).collect(),
        ),
        (
            "return_c".to_owned(),
            h.return_temperature.iter().map(|t| t.c()).collect(),
        ),
        (
            "heat_fed_mw".to_owned(),
            h.heat_fed.iter().map(|q| q.mw()).collect(),
        ),
        (
            "heat_delivered_mw".to_owned(),
            h.heat_delivered.iter().map(|q| q.mw()).collect(),
        ),
        (
            "heat_loss_mw".to_owned(),
            h.heat_loss.iter().map(|q| q.mw()).collect(),
        ),
        (
            "pump_kw".to_owned(),
            h.pump_power.iter().map(|p| p.kw()).collect(),
        ),
        (
            "mass_flow_kg_s".to_owned(),
            h.mass_flow.iter().map(|m| m.kg_s()).collect(),
        ),
        (
            "differential_pressure_bar".to_owned(),
            h.differential_pressure.iter().map(|p| p.bar()).collect(),
        ),
        (
            "coldest_supply_c".to_owned(),
            h.coldest_supply_temperature.iter().map(|t| t.c()).collect(),
        ),
    ];
    if let Some(choice) = &network.supply_choice {
        let offsets = choice.offsets.iter().map(|offset| offset.kelvin());
        series.push(("supply_offset_k".to_owned(), offsets.collect()));
    }
    hourly("network", study, series)
}

/// Hourly operation of every unit and store.
pub(crate) fn plan_hourly(study: &Study, plan: &DispatchPlan) -> Table {
    let mut series: Vec<(String, Vec<f64>)> = vec![(
        "heat_demand_mw".to_owned(),
        plan.heat_demand.iter().map(|q| q.mw()).collect(),
    )];
    for unit in &plan.units {
        let id = &unit.id;
        series.push((
            format!("{id}_heat_mw"),
            unit.heat.iter().map(|q| q.mw()).collect(),
        ));
        let electricity = unit.electricity.iter().map(|p| p.mw()).collect();
        series.push((format!("{id}_electricity_mw"), electricity));
        series.push((
            format!("{id}_fuel_mw"),
            unit.fuel.iter().map(|p| p.mw()).collect(),
        ));
    }
    for store in &plan.stores {
        let id = &store.id;
        series.push((
            format!("{id}_charge_mw"),
            store.charge.iter().map(|q| q.mw()).collect(),
        ));
        let discharge = store.discharge.iter().map(|q| q.mw()).collect();
        series.push((format!("{id}_discharge_mw"), discharge));
        series.push((
            format!("{id}_level_mwh"),
            store.level.iter().map(|e| e.mwh()).collect(),
        ));
    }
    series.push((
        "unserved_mw".to_owned(),
        plan.unserved.iter().map(|q| q.mw()).collect(),
    ));
    series.push((
        "dumped_mw".to_owned(),
        plan.dumped.iter().map(|q| q.mw()).collect(),
    ));
    let price = plan.heat_price.iter().map(|p| p.eur_mwh()).collect();
    series.push(("heat_price_eur_mwh".to_owned(), price));
    hourly("dispatch", study, series)
}

/// One row per trench, with its year when the network has been simulated.
pub(crate) fn trenches(design: &Design, network: Option<&NetworkState>) -> Table {
    let all = &design.trenches;
    let node = |index: usize| design.nodes[index].id.as_str();
    let mut columns = vec![
        text("id", all.iter().map(|t| t.id.as_str())),
        text("from", all.iter().map(|t| node(t.from))),
        text("to", all.iter().map(|t| node(t.to))),
        number("dn", all.iter().map(|t| f64::from(t.dn))),
        number("length_m", all.iter().map(|t| t.length.m())),
        number("design_power_kw", all.iter().map(|t| t.design_power.kw())),
        number("cost_eur", all.iter().map(|t| t.cost.eur())),
        number(
            "consumers_behind",
            all.iter().map(|t| t.consumers_behind as f64),
        ),
    ];
    if let Some(network) = network {
        let year = &network.trenches;
        columns.push(number(
            "heat_loss_mwh",
            year.iter().map(|t| t.heat_loss.mwh()),
        ));
        columns.push(number(
            "max_velocity_m_s",
            year.iter().map(|t| t.max_velocity.m_s()),
        ));
        columns.push(number(
            "max_pressure_gradient_pa_m",
            year.iter().map(|t| t.max_pressure_gradient.pa_m()),
        ));
    }
    Table {
        name: "trenches",
        columns,
    }
}

/// One row per thing to be paid for.
pub(crate) fn capex(design: &Design) -> Table {
    let all = &design.capex;
    Table {
        name: "capex",
        columns: vec![
            text("name", all.iter().map(|item| item.name.as_str())),
            text("group", all.iter().map(|item| item.group.as_str())),
            number("amount_eur", all.iter().map(|item| item.amount.eur())),
            number("life_a", all.iter().map(|item| item.life.a())),
            number(
                "upkeep_eur_a",
                all.iter().map(|item| item.upkeep_per_year.eur()),
            ),
        ],
    }
}
