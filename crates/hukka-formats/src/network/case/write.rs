//! A case as its file: only what differs from what the reader assumes, in the order of the format.

use super::elements::mode_name;
use super::read::FRICTION;
use super::{SCHEMA, fluid};
use crate::network::build::in_unit;
use hukka_model::network_case::{
    AirPressure, CaseConsumer, CaseNode, CasePipe, CasePump, CaseSource, CaseValve, ConsumerMode,
    FixedPressure, NetworkCase, NetworkSide, PumpKind, SourceKind, Taking, ValveKind,
};
use serde_json::{Map, Value, json};

/// The case as text.
pub(in crate::network) fn write(case: &NetworkCase) -> String {
    let mut top = Map::new();
    let mut put = |key: &str, value: Value| {
        top.insert(key.to_owned(), value);
    };
    put("schema", json!(SCHEMA));
    put("name", json!(case.name));
    put(
        "units",
        json!(
            "SI; pressures bar gauge; temperatures K; heights m; u_w_per_mk = W per metre pipe length and K"
        ),
    );
    put("ambient_temperature_k", json!(case.ambient_temperature.k()));
    let friction = FRICTION.iter().find(|(_, law)| *law == case.friction);
    put("friction_model", json!(friction.map(|(name, _)| *name)));
    let air = if case.air == AirPressure::Same {
        "same"
    } else {
        "by_height"
    };
    put("air_pressure", json!(air));
    put("fluid", fluid::write(&case.fluid));
    let initial: Map<String, Value> = case
        .nodes
        .iter()
        .filter_map(|node| Some((node.id.clone(), json!(node.initial_temperature?.k()))))
        .collect();
    if !initial.is_empty() {
        put("initial_temperature_k", Value::Object(initial));
    }
    put("nodes", case.nodes.iter().map(node).collect());
    put("pipes", case.pipes.iter().map(|p| pipe(case, p)).collect());
    let lists = [
        (
            "valves",
            case.valves
                .iter()
                .map(|v| valve(case, v))
                .collect::<Vec<_>>(),
        ),
        ("pumps", case.pumps.iter().map(|p| pump(case, p)).collect()),
        (
            "pressures",
            case.pressures.iter().map(|p| pressure(case, p)).collect(),
        ),
        (
            "takings",
            case.takings.iter().map(|t| taking(case, t)).collect(),
        ),
    ];
    for (key, list) in lists {
        if !list.is_empty() {
            put(key, Value::Array(list));
        }
    }
    put(
        "sources",
        case.sources.iter().map(|s| source(case, s)).collect(),
    );
    put(
        "consumers",
        case.consumers.iter().map(|c| consumer(case, c)).collect(),
    );
    one_element_a_line(&top)
}

/// Lists of elements get a line each; everything else is short.
fn one_element_a_line(top: &Map<String, Value>) -> String {
    let mut text = "{\n".to_owned();
    for (index, (key, value)) in top.iter().enumerate() {
        let comma = if index + 1 < top.len() { "," } else { "" };
        match value {
            Value::Array(list) if !list.is_empty() => {
                let lines: Vec<String> = list.iter().map(Value::to_string).collect();
                text.push_str(&format!(
                    "{}: [\n{}\n]{comma}\n",
                    json!(key),
                    lines.join(",\n")
                ));
            }
            other => text.push_str(&format!("{}: {other}{comma}\n", json!(key))),
        }
    }
    text.push_str("}\n");
    text
}

/// An object without the members that are null.
fn stated(value: Value) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .collect(),
        other => other,
    }
}

fn node(node: &CaseNode) -> Value {
    stated(json!({
        "id": node.id,
        "side": match node.side {
            NetworkSide::Supply => Some("supply"),
            NetworkSide::Return => Some("return"),
            NetworkSide::Neither => None,
        },
        "x": node.place.map(|place| place.0),
        "y": node.place.map(|place| place.1),
        "z": node.height.m(),
    }))
}

fn name_of(case: &NetworkCase, node: usize) -> &str {
    case.nodes.get(node).map_or("", |node| node.id.as_str())
}

fn pipe(case: &NetworkCase, pipe: &CasePipe) -> Value {
    stated(json!({
        "id": pipe.id,
        "from": name_of(case, pipe.from),
        "to": name_of(case, pipe.to),
        "length_m": pipe.length.m(),
        "inner_diameter_m": pipe.inner_diameter.m(),
        "outer_diameter_m": pipe.outer_diameter.map(hukka_units::Length::m),
        "roughness_mm": in_unit(pipe.roughness.m(), 1e-3),
        "hazen_williams_c": pipe.hazen_williams,
        "zeta": pipe.minor_loss,
        "u_w_per_mk": pipe.loss.w_mk(),
        "t_ground_k": pipe.ground_temperature.map(hukka_units::Temperature::k),
        "wall_heat_j_m3k": pipe.wall_heat_j_m3k,
        "neighbour": pipe.neighbour.and_then(|(other, coupling)| {
            let id = &case.pipes.get(other)?.id;
            Some(json!({ "pipe": id, "u_w_per_mk": coupling.w_mk() }))
        }),
        "closed": pipe.is_closed.then_some(true),
        "non_return": pipe.is_non_return.then_some(true),
    }))
}

fn valve(case: &NetworkCase, valve: &CaseValve) -> Value {
    let bar = |pressure: &hukka_units::Pressure| in_unit(pressure.pa(), 1e5);
    let (kind, more) = match &valve.kind {
        ValveKind::Open => ("open", json!({})),
        ValveKind::Closed => ("closed", json!({})),
        ValveKind::NonReturn => ("non_return", json!({})),
        ValveKind::Throttle(zeta) => ("throttle", json!({ "throttle_zeta": zeta })),
        ValveKind::PressureReducing(p) => ("pressure_reducing", json!({ "p_bar": bar(p) })),
        ValveKind::PressureSustaining(p) => ("pressure_sustaining", json!({ "p_bar": bar(p) })),
        ValveKind::PressureControl { node, pressure } => (
            "pressure_control",
            json!({ "node": name_of(case, *node), "p_bar": bar(pressure) }),
        ),
        ValveKind::PressureBreaker(p) => ("pressure_breaker", json!({ "dp_bar": bar(p) })),
        ValveKind::FlowLimit(flow) => ("flow_limit", json!({ "mdot_kg_s": flow.kg_s() })),
        ValveKind::FlowControl(flow) => ("flow_control", json!({ "mdot_kg_s": flow.kg_s() })),
        ValveKind::Curve(points) => ("curve", json!({ "curve_m3_s_pa": points })),
    };
    merged(
        json!({
            "id": valve.id,
            "from": name_of(case, valve.from),
            "to": name_of(case, valve.to),
            "diameter_m": valve.diameter.m(),
            "zeta": valve.minor_loss,
            "type": kind,
        }),
        more,
    )
}

fn pump(case: &NetworkCase, pump: &CasePump) -> Value {
    let (kind, more) = match &pump.kind {
        PumpKind::Lift(lift) => ("lift", json!({ "lift_bar": in_unit(lift.pa(), 1e5) })),
        PumpKind::Curve(points) => ("curve", json!({ "curve_m3_s_pa": points })),
        PumpKind::Power {
            shut_off_pa,
            coefficient,
            exponent,
        } => (
            "power_law",
            json!({ "shut_off_pa": shut_off_pa, "coefficient": coefficient, "exponent": exponent }),
        ),
        PumpKind::Polynomial(terms) => ("polynomial", json!({ "coefficients_pa": terms })),
        PumpKind::HydraulicPower(power) => ("hydraulic_power", json!({ "power_w": power })),
    };
    merged(
        stated(json!({
            "id": pump.id,
            "from": name_of(case, pump.from),
            "to": name_of(case, pump.to),
            "speed": pump.speed,
            "curve_density_kg_m3": pump.curve_density,
            "efficiency": pump.efficiency,
            "off": pump.is_off.then_some(true),
            "type": kind,
        })),
        more,
    )
}

fn merged(mut value: Value, more: Value) -> Value {
    if let (Value::Object(map), Value::Object(more)) = (&mut value, more) {
        map.extend(more);
    }
    value
}

fn pressure(case: &NetworkCase, pressure: &FixedPressure) -> Value {
    stated(json!({
        "id": pressure.id,
        "node": name_of(case, pressure.node),
        "p_bar": pressure.pressure.map(|p| in_unit(p.pa(), 1e5)),
        "t_k": pressure.temperature.map(hukka_units::Temperature::k),
    }))
}

fn taking(case: &NetworkCase, taking: &Taking) -> Value {
    stated(json!({
        "id": taking.id,
        "node": name_of(case, taking.node),
        "mdot_kg_s": taking.mass_flow.kg_s(),
        "t_k": taking.temperature.map(hukka_units::Temperature::k),
    }))
}

fn source(case: &NetworkCase, source: &CaseSource) -> Value {
    let bar = |pressure: hukka_units::Pressure| in_unit(pressure.pa(), 1e5);
    let (kind, more) = match source.kind {
        SourceKind::Pressure { supply, difference } => (
            "pressure_slack",
            json!({ "p_supply_bar": bar(supply), "dp_bar": bar(difference) }),
        ),
        SourceKind::WorstPoint { supply, least } => (
            "worst_point",
            json!({ "p_supply_bar": bar(supply), "dp_least_bar": bar(least) }),
        ),
        SourceKind::MassFlow(flow) => ("fixed_mass_flow", json!({ "mdot_kg_s": flow.kg_s() })),
        SourceKind::Heat(heat) => ("fixed_heat", json!({ "q_w": heat.w() })),
        SourceKind::HeatAndFlow(heat, flow) => (
            "heat_and_flow",
            json!({ "q_w": heat.w(), "mdot_kg_s": flow.kg_s() }),
        ),
        SourceKind::ReturnLift(heat) => ("return_lift", json!({ "q_w": heat.w() })),
    };
    merged(
        json!({
            "id": source.id,
            "type": kind,
            "supply_node": name_of(case, source.supply_node),
            "return_node": name_of(case, source.return_node),
            "t_supply_k": source.supply_temperature.k(),
        }),
        more,
    )
}

fn consumer(case: &NetworkCase, consumer: &CaseConsumer) -> Value {
    let more = match consumer.mode {
        ConsumerMode::Substation {
            secondary_supply,
            secondary_return,
            conductance_w_k,
        } => json!({
            "t_secondary_supply_k": secondary_supply.k(),
            "t_secondary_return_k": secondary_return.k(),
            "conductance_w_k": conductance_w_k,
        }),
        _ => json!({}),
    };
    let least = consumer.min_mass_flow.kg_s();
    let base = stated(json!({
        "id": consumer.id,
        "supply_node": name_of(case, consumer.supply_node),
        "return_node": name_of(case, consumer.return_node),
        "q_w": consumer.heat.map(hukka_units::HeatPower::w),
        "mdot_kg_s": consumer.mass_flow.map(hukka_units::MassFlow::kg_s),
        "t_return_k": consumer.return_temperature.map(hukka_units::Temperature::k),
        "dt_k": consumer.cooling_k,
        "min_mdot_kg_s": (least > 0.0).then_some(least),
        "diameter_m": consumer.resistance.map(|(bore, _)| bore.m()),
        "zeta": consumer.resistance.map(|(_, zeta)| zeta),
        "mode": mode_name(consumer.mode),
    }));
    merged(base, more)
}
