//! What is left of a design without the data centres: the counterfactual's network.

use crate::capex;
use hukka_model::{Design, NetworkNode, NodeKind, Trench};
use hukka_units::Ratio;

/// The same network without what was built only for the data centres.
///
/// Nodes of data centres go, with every new trench that leads to nobody else; so do heat pumps,
/// and investments shrink to what stays. Pipes keep the sizes they have. Boilers and stores stay,
/// new ones too. A design whose data centres all stand at the plant is returned as it is.
pub fn without_data_centres(design: &Design) -> Design {
    if design.sources.iter().all(|source| source.node == 0) {
        return design.clone();
    }
    let (is_node_gone, is_trench_gone) = only_for_sources(design);
    let mut left = design.clone();
    left.sources.clear();
    left.heat_pumps.clear();
    let mut new_of = vec![0; design.nodes.len()];
    left.nodes.clear();
    for (node, is_gone) in is_node_gone.iter().enumerate() {
        if !is_gone {
            new_of[node] = left.nodes.len();
            left.nodes.push(plain(&design.nodes[node], node));
        }
    }
    left.trenches = kept(&design.trenches, &is_trench_gone)
        .map(|trench| Trench {
            from: new_of[trench.from],
            to: new_of[trench.to],
            ..trench.clone()
        })
        .collect();
    for connected in &mut left.connected {
        connected.node = new_of[connected.node];
    }
    for loss in &mut left.distribution_losses {
        loss.node = new_of[loss.node];
    }
    left.capex = capex::remaining(&design.capex, (&design.trenches, &left.trenches));
    let metres = left.trench_length().m();
    left.linear_heat_density_mwh_m = if metres > 0.0 {
        left.connected_heat.mwh() / metres
    } else {
        0.0
    };
    left.estimated_loss_share = loss_share(design, &left);
    left
}

/// Nodes and trenches that serve nobody but data centres: cut from their nodes inwards, as long as
/// a new trench ends at nobody.
fn only_for_sources(design: &Design) -> (Vec<bool>, Vec<bool>) {
    let mut is_used = vec![false; design.nodes.len()];
    is_used[0] = true;
    for connected in &design.connected {
        is_used[connected.node] = true;
    }
    for loss in &design.distribution_losses {
        is_used[loss.node] = true;
    }
    let mut around = vec![Vec::new(); design.nodes.len()];
    for (t, trench) in design.trenches.iter().enumerate() {
        around[trench.from].push(t);
        around[trench.to].push(t);
    }
    let mut is_node_gone = vec![false; design.nodes.len()];
    let mut is_trench_gone = vec![false; design.trenches.len()];
    for source in &design.sources {
        let mut node = source.node;
        while !is_used[node] && !is_node_gone[node] {
            let mut ways = around[node].iter().filter(|t| !is_trench_gone[**t]);
            let (Some(&t), None) = (ways.next(), ways.next()) else {
                break;
            };
            let trench = &design.trenches[t];
            if trench.is_existing {
                break;
            }
            is_trench_gone[t] = true;
            is_node_gone[node] = true;
            node = trench.from + trench.to - node;
        }
    }
    (is_node_gone, is_trench_gone)
}

/// A node on which no data centre hangs any more.
fn plain(node: &NetworkNode, index: usize) -> NetworkNode {
    if node.kind == NodeKind::Source {
        return NetworkNode {
            id: format!("junction-without-{index}"),
            kind: NodeKind::Junction,
            ..node.clone()
        };
    }
    node.clone()
}

fn kept<'a>(trenches: &'a [Trench], is_gone: &'a [bool]) -> impl Iterator<Item = &'a Trench> {
    trenches
        .iter()
        .zip(is_gone)
        .filter(|(_, is_gone)| !**is_gone)
        .map(|(trench, _)| trench)
}

/// Loss share with the conductance that is left.
fn loss_share(design: &Design, left: &Design) -> Ratio {
    let conductance = |design: &Design| -> f64 {
        let undrawn: f64 = design
            .distribution_losses
            .iter()
            .map(|loss| loss.conductance_w_k)
            .sum();
        let drawn: f64 = design
            .trenches
            .iter()
            .map(|trench| 2.0 * trench.loss.si() * trench.length.si())
            .sum();
        drawn + undrawn
    };
    let share = design.estimated_loss_share.si();
    let whole = conductance(design);
    if whole <= 0.0 || share >= 1.0 {
        return design.estimated_loss_share;
    }
    let lost = share / (1.0 - share) * conductance(left) / whole;
    Ratio::from_fraction(lost / (1.0 + lost))
}
