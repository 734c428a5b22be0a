//! Pipe sizes: the smallest of the catalogue for the load behind, losses included.

use super::{Existing, Layout, Ways};
use crate::climate::Climate;
use crate::findings::Findings;
use crate::load::{Diversity, Feed, Load};
use crate::pipes::{Capacities, SERVICE_GRADIENT, index_of, loss_of};
use hukka_model::{CATALOGUE, Study, TrenchKind};
use hukka_units::format_si;

impl Layout {
    /// Gives pipes in the ground their size, series and loss.
    pub(crate) fn describe_existing(&mut self, study: &Study) {
        for link in &mut self.links {
            if let Some(Existing::Pipe(pipe)) = link.existing {
                let pipe = &study.existing_pipes[pipe];
                link.size = index_of(pipe.dn);
                link.series = pipe.series;
                link.loss = loss_of(&CATALOGUE[link.size], link.series, &study.network);
            }
        }
    }

    /// Sizes every new link for its load, losses behind it included, never thinner than what
    /// hangs on it.
    pub(crate) fn size(
        &mut self,
        study: &Study,
        loads: &[Load],
        climate: &Climate,
        feeds: &[Feed],
    ) {
        let rules = &study.network;
        let design = &climate.design;
        let street = Capacities::new(rules, design, rules.max_pressure_gradient.si());
        let service_gradient = SERVICE_GRADIENT.max(rules.max_pressure_gradient.si());
        let service = Capacities::new(rules, design, service_gradient);
        let diversity = Diversity::up_to(self.taps.len() + 1);
        let ways = self.ways_from(0);
        let behind = self.loads_behind(&ways, loads, feeds);
        let warm = 2.0 * design.above_ground().max(0.0);
        let mut lost = vec![0.0; self.links.len()];
        for _pass in 0..2 {
            let mut thickest = vec![0; self.nodes.len()];
            let mut lost_behind = vec![0.0; self.nodes.len()];
            for &node in ways.order.iter().rev() {
                let Some(l) = ways.before[node] else {
                    continue;
                };
                let link = &mut self.links[l];
                let up = link.from + link.to - node;
                let power = behind[node].power(&diversity) + lost[l];
                link.power = behind[node].heat(&diversity) + lost[l];
                link.flow_power = power;
                link.consumers = behind[node].count.max(0) as usize;
                if !matches!(link.existing, Some(Existing::Pipe(_))) {
                    let is_service = link.kind == TrenchKind::Service;
                    let table = if is_service { &service } else { &street };
                    let (size, _) = table.size(power);
                    link.size = size.max(thickest[node]);
                    link.series = rules.series;
                    link.loss = loss_of(&CATALOGUE[link.size], link.series, rules);
                    thickest[up] = thickest[up].max(link.size);
                }
                lost[l] = lost_behind[node] + warm * link.loss * link.length;
                lost_behind[up] += lost[l];
            }
        }
    }

    /// Sizes of all links.
    pub(crate) fn sizes(&self) -> Vec<usize> {
        self.links.iter().map(|link| link.size).collect()
    }

    /// Whether a data centre stands away from the plant.
    pub(crate) fn has_source_away(&self) -> bool {
        self.sources.iter().any(|&node| node != 0)
    }

    /// Tells of pipes that cannot carry their heat.
    pub(crate) fn report(&self, study: &Study, climate: &Climate, findings: &mut Findings) {
        let rules = &study.network;
        let gradient = rules.max_pressure_gradient.si();
        let table = |gradient: f64| Capacities::new(rules, &climate.design, gradient);
        let (street, service) = (table(gradient), table(SERVICE_GRADIENT.max(gradient)));
        let too_much = self
            .links
            .iter()
            .filter(|link| !matches!(link.existing, Some(Existing::Pipe(_))))
            .filter(|link| {
                let is_service = link.kind == TrenchKind::Service;
                let table = if is_service { &service } else { &street };
                !table.size(link.flow_power).1
            })
            .map(|link| link.flow_power)
            .fold(0.0, f64::max);
        if too_much > 0.0 {
            findings.beyond_catalogue(&format_si(too_much, "W"));
        }
        self.report_thin(study, &street, findings);
    }

    fn loads_behind(&self, ways: &Ways, loads: &[Load], feeds: &[Feed]) -> Vec<Load> {
        let mut behind = vec![Load::default(); self.nodes.len()];
        for tap in &self.taps {
            behind[tap.node] += loads[tap.consumer];
        }
        for (&node, feed) in self.sources.iter().zip(feeds) {
            if node != 0 {
                behind[node] += feed.load();
            }
        }
        for &node in ways.order.iter().rev() {
            if let Some(l) = ways.before[node] {
                let up = self.links[l].from + self.links[l].to - node;
                let load = behind[node];
                behind[up] += load;
            }
        }
        behind
    }

    /// Existing pipes that carry more than they can by the shortest ways.
    fn report_thin(&self, study: &Study, street: &Capacities, findings: &mut Findings) {
        let worst = self
            .links
            .iter()
            .filter_map(|link| {
                let over = link.flow_power / street.of(link.size).max(1.0);
                match link.existing {
                    Some(Existing::Pipe(pipe)) => Some((over, pipe)),
                    _ => None,
                }
            })
            .filter(|(over, _)| *over > 1.0)
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        if let Some((over, pipe)) = worst {
            findings.thin_pipe(&study.existing_pipes[pipe].id, over);
        }
    }
}
