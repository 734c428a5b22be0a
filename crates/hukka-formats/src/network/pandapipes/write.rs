//! A case as a pandapipes network in the encoding of 0.14, as far as it has words for it.

use crate::findings::Findings;
use crate::network::water_table;
use hukka_model::network_case::{
    CaseConsumer, CaseFluid, CaseSource, ConsumerMode, FluidTable, FrictionLaw, NetworkCase,
    PumpKind, SourceKind, ValveKind,
};
use serde_json::{Map, Value, json};
use std::f64::consts::PI;

/// A table to write: columns with their types, and rows.
struct Table {
    name: &'static str,
    columns: &'static [(&'static str, &'static str)],
    rows: Vec<Value>,
}

type Columns = &'static [(&'static str, &'static str)];

const JUNCTION: Columns = &[
    ("name", "object"),
    ("pn_bar", "float64"),
    ("tfluid_k", "float64"),
    ("height_m", "float64"),
    ("in_service", "bool"),
    ("type", "object"),
];
const GEODATA: Columns = &[("x", "float64"), ("y", "float64")];
const PIPE_GEODATA: Columns = &[("coords", "object")];
const PIPE: Columns = &[
    ("name", "object"),
    ("from_junction", "uint32"),
    ("to_junction", "uint32"),
    ("std_type", "object"),
    ("length_km", "float64"),
    ("inner_diameter_mm", "float64"),
    ("outer_diameter_mm", "float64"),
    ("k_mm", "float64"),
    ("loss_coefficient", "float64"),
    ("u_w_per_m2k", "float64"),
    ("text_k", "float64"),
    ("sections", "uint32"),
    ("in_service", "bool"),
    ("type", "object"),
];
const VALVE: Columns = &[
    ("name", "object"),
    ("junction", "uint32"),
    ("element", "uint32"),
    ("et", "object"),
    ("inner_diameter_mm", "float64"),
    ("opened", "bool"),
    ("loss_coefficient", "float64"),
    ("type", "object"),
];
const PUMP: Columns = &[
    ("name", "object"),
    ("from_junction", "uint32"),
    ("to_junction", "uint32"),
    ("std_type", "object"),
    ("in_service", "bool"),
    ("type", "object"),
];
const SINK: Columns = &[
    ("name", "object"),
    ("junction", "uint32"),
    ("mdot_kg_per_s", "float64"),
    ("scaling", "float64"),
    ("in_service", "bool"),
    ("type", "object"),
];
const FLOW_CONTROL: Columns = &[
    ("name", "object"),
    ("from_junction", "uint32"),
    ("to_junction", "uint32"),
    ("controlled_mdot_kg_per_s", "float64"),
    ("control_active", "bool"),
    ("in_service", "bool"),
    ("type", "object"),
];
const PRESS_CONTROL: Columns = &[
    ("name", "object"),
    ("from_junction", "uint32"),
    ("to_junction", "uint32"),
    ("controlled_junction", "uint32"),
    ("controlled_p_bar", "float64"),
    ("control_active", "bool"),
    ("loss_coefficient", "float64"),
    ("in_service", "bool"),
    ("type", "object"),
];
const HEAT_CONSUMER: Columns = &[
    ("name", "object"),
    ("from_junction", "uint32"),
    ("to_junction", "uint32"),
    ("qext_w", "float64"),
    ("controlled_mdot_kg_per_s", "float64"),
    ("deltat_k", "float64"),
    ("treturn_k", "float64"),
    ("in_service", "bool"),
    ("type", "object"),
];
const HEAT_EXCHANGER: Columns = &[
    ("name", "object"),
    ("from_junction", "uint32"),
    ("to_junction", "uint32"),
    ("inner_diameter_mm", "float64"),
    ("qext_w", "float64"),
    ("loss_coefficient", "float64"),
    ("in_service", "bool"),
    ("type", "object"),
];
const CIRC_PUMP: Columns = &[
    ("name", "object"),
    ("return_junction", "uint32"),
    ("flow_junction", "uint32"),
    ("p_flow_bar", "float64"),
    ("t_flow_k", "float64"),
    ("plift_bar", "float64"),
    ("in_service", "bool"),
    ("type", "object"),
];
const EXT_GRID: Columns = &[
    ("name", "object"),
    ("junction", "uint32"),
    ("p_bar", "float64"),
    ("t_k", "float64"),
    ("in_service", "bool"),
    ("type", "object"),
];

/// Components by module and class.
const COMPONENTS: [(&str, &str); 14] = [
    ("junction_component", "Junction"),
    ("pipe_component", "Pipe"),
    ("valve_component", "Valve"),
    ("pump_component", "Pump"),
    ("sink_component", "Sink"),
    ("source_component", "Source"),
    ("flow_control_component", "FlowControlComponent"),
    ("pressure_control_component", "PressureControlComponent"),
    ("mass_storage_component", "MassStorage"),
    ("heat_consumer_component", "HeatConsumer"),
    ("heat_exchanger_component", "HeatExchanger"),
    ("circulation_pump_mass_component", "CirculationPumpMass"),
    (
        "circulation_pump_pressure_component",
        "CirculationPumpPressure",
    ),
    ("ext_grid_component", "ExtGrid"),
];

/// The network as text.
pub(in crate::network) fn write(case: &NetworkCase, found: &mut Findings) -> String {
    let mut net = Map::new();
    let module = |name: &str| format!("pandapipes.component_models.{name}");
    net.insert("fluid".into(), fluid(&case.fluid, found));
    net.insert("converged".into(), json!(false));
    net.insert("name".into(), json!(case.name));
    net.insert("version".into(), json!("0.14.0"));
    net.insert("format_version".into(), json!("0.14.0"));
    let list = COMPONENTS
        .map(|(name, class)| json!({ "_module": module(name), "_class": class, "_object": "{}" }));
    net.insert("component_list".into(), json!(list));
    net.insert("sector".into(), json!("all"));
    let mut pump_types = Map::new();
    let mut tables = nodes_and_pipes(case, found);
    tables.extend(valves(case, found));
    tables.push(pumps(case, &mut pump_types, found));
    tables.extend(takings(case, found));
    tables.extend(consumers(case, found));
    tables.extend(sources(case, found));
    for table in tables {
        net.insert(table.name.into(), table.encoded());
    }
    net.insert("std_types".into(), json!({ "pump": pump_types }));
    let options = json!({
        "friction_model": friction(case.friction, found),
        "ambient_temperature": case.ambient_temperature.k(),
    });
    net.insert("user_pf_options".into(), options);
    let top = json!({
        "_module": "pandapipes.pandapipes_net",
        "_class": "pandapipesNet",
        "_object": net,
    });
    format!("{top:#}\n")
}

impl Table {
    fn new(name: &'static str, columns: Columns, rows: Vec<Value>) -> Self {
        Self {
            name,
            columns,
            rows,
        }
    }

    /// The table as a `DataFrame`: JSON in a string, in orient `split`.
    fn encoded(&self) -> Value {
        let columns: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let index: Vec<usize> = (0..self.rows.len()).collect();
        let content = json!({ "columns": columns, "index": index, "data": self.rows });
        let types: Map<String, Value> = self
            .columns
            .iter()
            .map(|(name, kind)| ((*name).to_owned(), json!(kind)))
            .collect();
        json!({
            "_module": "pandas.core.frame",
            "_class": "DataFrame",
            "_object": content.to_string(),
            "orient": "split",
            "dtype": types,
            "is_multiindex": false,
            "is_multicolumn": false,
        })
    }
}

fn friction(law: FrictionLaw, found: &mut Findings) -> &'static str {
    match law {
        FrictionLaw::Colebrook => "colebrook",
        FrictionLaw::SwameeJain => "swamee-jain",
        FrictionLaw::Nikuradse => "nikuradse",
        FrictionLaw::HazenWilliams | FrictionLaw::EpanetDarcyWeisbach => {
            found.unsayable("the friction law is written as Colebrook's", "");
            "colebrook"
        }
    }
}

fn property(class: &str, content: &Value) -> Value {
    json!({
        "_module": "pandapipes.properties.fluids",
        "_class": class,
        "_object": content.to_string(),
    })
}

fn constant(value: f64) -> Value {
    property(
        "FluidPropertyConstant",
        &json!({ "value": value, "warn_dependent_variables": false }),
    )
}

fn by_temperature(points: &[(f64, f64)]) -> Value {
    let array = |values: Vec<f64>| json!({ "_module": "numpy", "_class": "array", "_object": values, "dtype": "float64" });
    let (x, y) = points.iter().copied().unzip();
    property(
        "FluidPropertyInterExtra",
        &json!({ "x": array(x), "y": array(y), "_fill_value_orig": "extrapolate" }),
    )
}

fn fluid(fluid: &CaseFluid, found: &mut Findings) -> Value {
    let table = |table: &FluidTable| {
        (
            by_temperature(&table.density),
            by_temperature(&table.specific_heat),
            by_temperature(&table.viscosity),
        )
    };
    let (density, heat_capacity, viscosity) = match fluid {
        CaseFluid::Constant {
            density_kg_m3,
            viscosity_pa_s,
            specific_heat_j_kgk,
        } => (
            constant(*density_kg_m3),
            constant(*specific_heat_j_kgk),
            constant(*viscosity_pa_s),
        ),
        CaseFluid::Table(own) => table(own),
        CaseFluid::Water | CaseFluid::Glycol { .. } => {
            found.unsayable("the fluid is written as the water table of pandapipes", "");
            table(&water_table::reference())
        }
    };
    let object = json!({
        "name": "water",
        "fluid_type": "liquid",
        "is_gas": false,
        "all_properties": {
            "density": density,
            "heat_capacity": heat_capacity,
            "viscosity": viscosity,
            "molar_mass": constant(18.015),
            "der_compressibility": constant(0.0),
            "compressibility": constant(1.0),
        },
    });
    json!({
        "_module": "pandapipes.properties.fluids",
        "_class": "Fluid",
        "_object": object.to_string(),
    })
}

fn nodes_and_pipes(case: &NetworkCase, found: &mut Findings) -> Vec<Table> {
    let start_bar = case
        .sources
        .iter()
        .find_map(|source| match source.kind {
            SourceKind::Pressure { supply, .. } | SourceKind::WorstPoint { supply, .. } => {
                Some(supply.bar())
            }
            _ => None,
        })
        .or_else(|| case.pressures.iter().find_map(|p| Some(p.pressure?.bar())))
        .unwrap_or(5.0);
    let start_k = case
        .sources
        .first()
        .map_or(293.15, |source| source.supply_temperature.k());
    let junctions = case
        .nodes
        .iter()
        .map(|node| {
            let kelvin = node
                .initial_temperature
                .map_or(start_k, hukka_units::Temperature::k);
            json!([
                node.id,
                start_bar,
                kelvin,
                node.height.m(),
                true,
                "junction"
            ])
        })
        .collect();
    let has_places = case.nodes.iter().all(|node| node.place.is_some());
    let places = case
        .nodes
        .iter()
        .filter(|_| has_places)
        .filter_map(|node| node.place)
        .map(|(x, y)| json!([x, y]))
        .collect();
    let pipes = case
        .pipes
        .iter()
        .map(|pipe| {
            if pipe.is_non_return || pipe.neighbour.is_some() || pipe.wall_heat_j_m3k.is_some() {
                found.unsayable(
                    "one-way pipes, heat of walls and neighbours in a trench are left out",
                    &pipe.id,
                );
            }
            let outer = pipe.outer_diameter.unwrap_or(pipe.inner_diameter);
            json!([
                pipe.id,
                pipe.from,
                pipe.to,
                null,
                pipe.length.km(),
                pipe.inner_diameter.mm(),
                outer.mm(),
                pipe.roughness.mm(),
                pipe.minor_loss,
                pipe.loss.w_mk() / (PI * outer.m()),
                pipe.ground_temperature
                    .unwrap_or(case.ambient_temperature)
                    .k(),
                1,
                !pipe.is_closed,
                "pipe",
            ])
        })
        .collect();
    vec![
        Table::new("junction", JUNCTION, junctions),
        Table::new("junction_geodata", GEODATA, places),
        Table::new("pipe", PIPE, pipes),
        Table::new("pipe_geodata", PIPE_GEODATA, Vec::new()),
    ]
}

fn valves(case: &NetworkCase, found: &mut Findings) -> Vec<Table> {
    let (mut plain, mut flow, mut pressure) = (Vec::new(), Vec::new(), Vec::new());
    for valve in &case.valves {
        let (from, to, id) = (valve.from, valve.to, &valve.id);
        let mut open = |zeta: f64, is_open: bool| {
            plain.push(json!([
                id,
                from,
                to,
                "ju",
                valve.diameter.mm(),
                is_open,
                zeta,
                "valve"
            ]));
        };
        let mut hold = |node: usize, bar: f64| {
            pressure.push(json!([
                id,
                from,
                to,
                node,
                bar,
                true,
                valve.minor_loss,
                true,
                "pc"
            ]));
        };
        match &valve.kind {
            ValveKind::Open => open(valve.minor_loss, true),
            ValveKind::Closed => open(valve.minor_loss, false),
            ValveKind::Throttle(zeta) => open(zeta + valve.minor_loss, true),
            ValveKind::NonReturn | ValveKind::Curve(_) | ValveKind::PressureBreaker(_) => {
                found.unsayable(
                    "one-way, curve and pressure-breaking valves are written as open",
                    id,
                );
                open(valve.minor_loss, true);
            }
            ValveKind::FlowControl(kg_s) => {
                flow.push(json!([id, from, to, kg_s.kg_s(), true, true, "fc"]));
            }
            ValveKind::FlowLimit(kg_s) => {
                found.unsayable("a limit of flow is written as a given flow", id);
                flow.push(json!([id, from, to, kg_s.kg_s(), true, true, "fc"]));
            }
            ValveKind::PressureControl { node, pressure } => hold(*node, pressure.bar()),
            ValveKind::PressureReducing(level) => {
                found.unsayable(
                    "reducing and sustaining valves are written as pressure control",
                    id,
                );
                hold(to, level.bar());
            }
            ValveKind::PressureSustaining(level) => {
                found.unsayable(
                    "reducing and sustaining valves are written as pressure control",
                    id,
                );
                hold(from, level.bar());
            }
        }
    }
    vec![
        Table::new("valve", VALVE, plain),
        Table::new("flow_control", FLOW_CONTROL, flow),
        Table::new("press_control", PRESS_CONTROL, pressure),
    ]
}

/// bar as a polynomial of m³/h, highest power first.
fn pump_terms(kind: &PumpKind, speed: f64) -> Option<Vec<f64>> {
    let per_hour = |terms: &[f64]| -> Vec<f64> {
        let scaled = terms.iter().enumerate().map(|(power, term)| {
            // Affinity laws: rise with the square of the speed, flow with the speed.
            term * 1e-5 / 3600.0_f64.powi(power as i32) * speed.powi(2 - power as i32)
        });
        scaled.collect::<Vec<_>>().into_iter().rev().collect()
    };
    match kind {
        PumpKind::Polynomial(terms) => Some(per_hour(terms)),
        PumpKind::Lift(lift) => Some(vec![lift.bar()]),
        PumpKind::Power {
            shut_off_pa,
            coefficient,
            exponent,
        } if (exponent - 2.0).abs() < 1e-3 => Some(per_hour(&[*shut_off_pa, 0.0, -coefficient])),
        PumpKind::Power { .. } | PumpKind::Curve(_) | PumpKind::HydraulicPower(_) => None,
    }
}

fn pumps(case: &NetworkCase, types: &mut Map<String, Value>, found: &mut Findings) -> Table {
    let mut rows = Vec::new();
    for pump in &case.pumps {
        let Some(terms) = pump_terms(&pump.kind, pump.speed) else {
            found.unsayable("pumps whose curve is no polynomial are left out", &pump.id);
            continue;
        };
        let degree = terms.len() - 1;
        let object = json!({
            "name": pump.id,
            "component": "pump",
            "sector": "all",
            "reg_par": { "_module": "numpy", "_class": "array", "_object": terms, "dtype": "float64" },
            "_x_values": null,
            "_y_values": null,
            "_reg_polynomial_degree": degree,
        });
        types.insert(
            pump.id.clone(),
            json!({
                "_module": "pandapipes.std_types.std_type_class",
                "_class": "PumpStdType",
                "_object": object.to_string(),
            }),
        );
        rows.push(json!([
            pump.id,
            pump.from,
            pump.to,
            pump.id,
            !pump.is_off,
            "pump"
        ]));
    }
    Table::new("pump", PUMP, rows)
}

fn takings(case: &NetworkCase, found: &mut Findings) -> Vec<Table> {
    let (mut sinks, mut sources) = (Vec::new(), Vec::new());
    for taking in &case.takings {
        let flow = taking.mass_flow.kg_s();
        if taking.temperature.is_some() {
            found.unsayable(
                "the temperature of water given at a node is left out",
                &taking.id,
            );
        }
        if flow >= 0.0 {
            sinks.push(json!([taking.id, taking.node, flow, 1.0, true, "sink"]));
        } else {
            sources.push(json!([taking.id, taking.node, -flow, 1.0, true, "source"]));
        }
    }
    vec![
        Table::new("sink", SINK, sinks),
        Table::new("source", SINK, sources),
    ]
}

fn consumers(case: &NetworkCase, found: &mut Findings) -> Vec<Table> {
    let (mut free, mut exchangers) = (Vec::new(), Vec::new());
    for consumer in &case.consumers {
        match consumer.resistance {
            Some((bore, zeta)) if consumer.mass_flow.is_none() => exchangers.push(json!([
                consumer.id,
                consumer.supply_node,
                consumer.return_node,
                bore.mm(),
                consumer.heat.map(hukka_units::HeatPower::w),
                zeta,
                true,
                "heat_exchanger",
            ])),
            _ => free.push(heat_consumer(consumer, found)),
        }
    }
    for source in &case.sources {
        free.extend(reversed_consumer(source));
    }
    vec![
        Table::new("heat_consumer", HEAT_CONSUMER, free),
        Table::new("heat_exchanger", HEAT_EXCHANGER, exchangers),
    ]
}

fn heat_consumer(consumer: &CaseConsumer, found: &mut Findings) -> Value {
    let heat = consumer.heat.map(hukka_units::HeatPower::w);
    let flow = consumer.mass_flow.map(hukka_units::MassFlow::kg_s);
    let back = consumer.return_temperature.map(hukka_units::Temperature::k);
    let cooling = consumer.cooling_k;
    let (heat, flow, cooling, back) = match consumer.mode {
        ConsumerMode::HeatReturn => (heat, None, None, back),
        ConsumerMode::HeatCooling => (heat, None, cooling, None),
        ConsumerMode::HeatFlow => (heat, flow, None, None),
        ConsumerMode::FlowCooling => (None, flow, cooling, None),
        ConsumerMode::ReturnFlow => (None, flow, None, back),
        ConsumerMode::Substation {
            secondary_return, ..
        } => {
            found.unsayable(
                "substations are written with a return temperature 3 K above the building's",
                &consumer.id,
            );
            (heat, None, None, Some(secondary_return.k() + 3.0))
        }
    };
    if consumer.min_mass_flow.kg_s() > 0.0 {
        found.unsayable("least flows are left out", &consumer.id);
    }
    json!([
        consumer.id,
        consumer.supply_node,
        consumer.return_node,
        heat,
        flow,
        cooling,
        back,
        true,
        "heat_consumer",
    ])
}

/// A plant that does not hold the pressure is a consumer of negative heat from return to supply.
fn reversed_consumer(source: &CaseSource) -> Option<Value> {
    let outlet = source.supply_temperature.k();
    let (heat, flow, outlet) = match source.kind {
        SourceKind::MassFlow(flow) => (None, Some(flow.kg_s()), Some(outlet)),
        SourceKind::Heat(heat) => (Some(-heat.w()), None, Some(outlet)),
        SourceKind::HeatAndFlow(heat, flow) => (Some(-heat.w()), Some(flow.kg_s()), None),
        SourceKind::Pressure { .. } | SourceKind::WorstPoint { .. } | SourceKind::ReturnLift(_) => {
            return None;
        }
    };
    Some(json!([
        source.id,
        source.return_node,
        source.supply_node,
        heat,
        flow,
        null,
        outlet,
        true,
        "heat_consumer",
    ]))
}

fn sources(case: &NetworkCase, found: &mut Findings) -> Vec<Table> {
    let (mut pumps, mut lifts) = (Vec::new(), Vec::new());
    for source in &case.sources {
        let mut pump = |supply: f64, lift: f64| {
            pumps.push(json!([
                source.id,
                source.return_node,
                source.supply_node,
                supply,
                source.supply_temperature.k(),
                lift,
                true,
                "pt",
            ]));
        };
        match source.kind {
            SourceKind::Pressure { supply, difference } => pump(supply.bar(), difference.bar()),
            SourceKind::WorstPoint { supply, least } => {
                found.unsayable(
                    "control by the worst point is written as its least difference",
                    &source.id,
                );
                pump(supply.bar(), least.bar());
            }
            SourceKind::ReturnLift(heat) => lifts.push((source, heat)),
            SourceKind::MassFlow(_) | SourceKind::Heat(_) | SourceKind::HeatAndFlow(..) => {
                found.unsayable("plants that do not hold the pressure are written as heat consumers of negative heat", &source.id);
            }
        }
    }
    for (source, _) in lifts {
        found.unsayable("heat pumps that lift return water are left out", &source.id);
    }
    let grids = case
        .pressures
        .iter()
        .map(|grid| {
            let kind = match (grid.pressure, grid.temperature) {
                (Some(_), None) => "p",
                (None, Some(_)) => "t",
                _ => "pt",
            };
            json!([
                grid.id,
                grid.node,
                grid.pressure.map(hukka_units::Pressure::bar),
                grid.temperature.map(hukka_units::Temperature::k),
                true,
                kind,
            ])
        })
        .collect();
    vec![
        Table::new("circ_pump_pressure", CIRC_PUMP, pumps),
        Table::new("ext_grid", EXT_GRID, grids),
    ]
}
