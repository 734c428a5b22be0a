//! Against saved results of other programs: pandapipes 0.16.0 and EPANET 2.2.

use super::files::{epanet, neutral, table, with_series};
use hukka_model::network_case::{CaseSeries, CaseState, ConsumerMode, NetworkCase, SeriesTarget};
use hukka_network::case::{CaseOptions, GRAVITY, series, steady};

/// Largest deviations from a reference.
#[derive(Debug, Default)]
struct Deviation {
    pressure_bar: f64,
    temperature_k: f64,
    flow_share: f64,
    friction_pa: f64,
    factor_share: f64,
}

fn solved(case: &NetworkCase) -> CaseState {
    let (state, found) = steady(case, &CaseOptions::default(), &mut ()).unwrap();
    assert!(state.is_converged, "{found:?}");
    state
}

fn deviation(name: &str) -> Option<Deviation> {
    let case = neutral(name)?;
    let state = solved(&case);
    let mut worst = Deviation::default();
    for (id, row) in table(&format!("{name}/expected_nodes.csv"))? {
        let i = case.nodes.iter().position(|n| n.id == id).unwrap();
        let p = state.pressure_pa[i].unwrap() / 1e5 - row["p_bar"];
        worst.pressure_bar = worst.pressure_bar.max(p.abs());
        let t = state.temperature_k[i] - row["t_k"];
        worst.temperature_k = worst.temperature_k.max(t.abs());
    }
    for (id, row) in table(&format!("{name}/expected_pipes.csv"))? {
        let i = case.pipes.iter().position(|p| p.id == id).unwrap();
        let pipe = state.pipes[i];
        let share = (pipe.mass_flow_kg_s - row["mdot_kg_s"]) / row["mdot_kg_s"];
        worst.flow_share = worst.flow_share.max(share.abs());
        let t = pipe.outlet_temperature_k - row["t_out_k"];
        worst.temperature_k = worst.temperature_k.max(t.abs());
        let friction = pipe.friction_pa - row["dp_friction_pa"].abs();
        worst.friction_pa = worst.friction_pa.max(friction.abs());
        let factor = pipe.friction_factor / row["lambda"] - 1.0;
        worst.factor_share = worst.factor_share.max(factor.abs());
    }
    for (id, row) in table(&format!("{name}/expected_consumers.csv"))? {
        let i = case.consumers.iter().position(|c| c.id == id).unwrap();
        let consumer = state.consumers[i];
        let share = consumer.mass_flow_kg_s / row["mdot_kg_s"] - 1.0;
        worst.flow_share = worst.flow_share.max(share.abs());
        for (found, key) in [
            (consumer.inlet_temperature_k, "t_in_k"),
            (consumer.outlet_temperature_k, "t_out_k"),
        ] {
            worst.temperature_k = worst.temperature_k.max((found - row[key]).abs());
        }
    }
    eprintln!("{name}: {worst:?}, {} rounds", state.iterations);
    Some(worst)
}

#[test]
fn heat_networks_agree_with_pandapipes() {
    for name in [
        "tree20",
        "loop60_colebrook",
        "loop60_nikuradse",
        "series12_24h",
    ] {
        let Some(worst) = deviation(name) else { return };
        assert!(worst.pressure_bar < 1e-4, "{name}: {worst:?}");
        assert!(worst.temperature_k < 0.01, "{name}: {worst:?}");
        assert!(worst.flow_share < 5e-4, "{name}: {worst:?}");
    }
}

/// The series as the reference run took it, which is not what the file says: the heat columns, in
/// the order of the file, went to the consumers in the order of that program's table, where those of
/// given flow come last; and a given flow was scaled like the column it got.
///
/// Found from the reference itself: the drop of temperature along the pipe to consumer c6 gives the
/// heat of column c5 in all 24 rows, and c5's flow is its own times the share of column c11.
fn as_the_reference_run_read_it(mut case: NetworkCase) -> NetworkCase {
    let is_last = |i: &usize| case.consumers[*i].mode == ConsumerMode::HeatFlow;
    let all = 0..case.consumers.len();
    let mut order: Vec<usize> = all.clone().filter(|i| !is_last(i)).collect();
    order.extend(all.filter(is_last));
    let mut flows = Vec::new();
    for column in &mut case.series {
        let SeriesTarget::ConsumerHeat(i) = column.target else {
            continue;
        };
        column.target = SeriesTarget::ConsumerHeat(order[i]);
        if let Some(flow) = case.consumers[order[i]].mass_flow {
            let usual = case.consumers[i].heat.unwrap().si();
            let scaled = |heat: &Option<f64>| heat.map(|heat| flow.si() * heat / usual);
            flows.push(CaseSeries {
                target: SeriesTarget::ConsumerFlow(order[i]),
                values: column.values.iter().map(scaled).collect(),
            });
        }
    }
    case.series.extend(flows);
    case
}

#[test]
fn a_day_of_hours_agrees_with_pandapipes() {
    let name = "series12_24h";
    let Some(case) = neutral(name).and_then(|case| with_series(case, name)) else {
        return;
    };
    let case = as_the_reference_run_read_it(case);
    let mut states = Vec::new();
    let mut sink = |_: usize, state: CaseState| states.push(state);
    series(&case, &CaseOptions::default(), &mut sink, &mut ()).unwrap();
    let summary = table(&format!("{name}/expected_series_summary.csv")).unwrap();
    let pressures = table(&format!("{name}/expected_series_p_bar.csv")).unwrap();
    let temperatures = table(&format!("{name}/expected_series_t_k.csv")).unwrap();
    assert_eq!(states.len(), summary.len());
    let mut worst = (0.0_f64, 0.0_f64, 0.0_f64);
    for (row, state) in states.iter().enumerate() {
        assert!(state.is_converged);
        let (source, expected) = (state.sources[0], &summary[row].1);
        let share = source.mass_flow_kg_s / expected["source_mdot_kg_s"] - 1.0;
        worst.0 = worst.0.max(share.abs());
        let returned = source.return_temperature_k - expected["source_t_return_k"];
        worst.1 = worst.1.max(returned.abs());
        let place = |id: &str| case.nodes.iter().position(|n| n.id == id).unwrap();
        for (id, p) in &pressures[row].1 {
            let found = state.pressure_pa[place(id)].unwrap() / 1e5;
            worst.2 = worst.2.max((found - p).abs());
        }
        for (id, t) in &temperatures[row].1 {
            worst.1 = worst.1.max((state.temperature_k[place(id)] - t).abs());
        }
    }
    eprintln!(
        "{name}: flow {:e}, {:e} K, {:e} bar",
        worst.0, worst.1, worst.2
    );
    assert!(
        worst.0 < 5e-4 && worst.1 < 0.01 && worst.2 < 1e-4,
        "{worst:?}"
    );
}

#[test]
fn water_networks_agree_with_epanet() {
    for name in ["epanet_net2_hw", "epanet_net2_dw"] {
        let Some(case) = epanet(name) else { return };
        let state = solved(&case);
        let (mut worst_head, mut worst_flow) = (0.0_f64, 0.0_f64);
        for (id, row) in table(&format!("{name}/expected_nodes.csv")).unwrap() {
            let i = case.nodes.iter().position(|n| n.id == id).unwrap();
            let head =
                state.pressure_pa[i].unwrap() / (1000.0 * GRAVITY) + case.nodes[i].height.si();
            worst_head = worst_head.max((head - row["head_m"]).abs());
        }
        for (id, row) in table(&format!("{name}/expected_links.csv")).unwrap() {
            let i = case.pipes.iter().position(|p| p.id == id).unwrap();
            let share = state.pipes[i].mass_flow_kg_s / row["flow_l_s"] - 1.0;
            worst_flow = worst_flow.max(share.abs());
        }
        eprintln!("{name}: head {worst_head} m, flow {worst_flow}");
        assert!(
            worst_head < 0.01 && worst_flow < 1e-3,
            "{worst_head} {worst_flow}"
        );
    }
}
