//! Pipe sizes: the smallest of the catalogue for the load behind, losses included.

use super::{Layout, Ways};
use crate::climate::Climate;
use crate::findings::Findings;
use crate::load::{Diversity, Load};
use crate::pipes::{Capacities, SERVICE_GRADIENT, index_of, loss_of};
use hukka_model::{CATALOGUE, Study, TrenchKind};
use hukka_units::format_si;

impl Layout {
    /// Gives pipes in the ground their size, series and loss.
    pub(crate) fn describe_existing(&mut self, study: &Study) {
        for link in &mut self.links {
            if let Some(pipe) = link.existing {
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
        (climate, source_power): (&Climate, &[f64]),
        findings: &mut Findings,
    ) {
        let rules = &study.network;
        let design = &climate.design;
        let street = Capacities::new(rules, design, rules.max_pressure_gradient.si());
        let service_gradient = SERVICE_GRADIENT.max(rules.max_pressure_gradient.si());
        let service = Capacities::new(rules, design, service_gradient);
        let diversity = Diversity::up_to(self.taps.len() + 1);
        let ways = self.ways_from(0);
        let behind = self.loads_behind(&ways, loads, source_power);
        let warm = 2.0 * design.above_ground().max(0.0);
        let mut lost = vec![0.0; self.links.len()];
        let mut too_much: Option<f64> = None;
        for _pass in 0..2 {
            let mut thickest = vec![0; self.nodes.len()];
            let mut lost_behind = vec![0.0; self.nodes.len()];
            for &node in ways.order.iter().rev() {
                let Some(l) = ways.before[node] else {
                    continue;
                };
                let link = &mut self.links[l];
                let up = link.from + link.to - node;
                link.power = behind[node].power(&diversity) + lost[l];
                link.consumers = behind[node].count.max(0) as usize;
                if link.existing.is_none() {
                    let is_service = link.kind == TrenchKind::Service;
                    let table = if is_service { &service } else { &street };
                    let (size, fits) = table.size(link.power);
                    if !fits {
                        too_much = Some(too_much.unwrap_or(0.0).max(link.power));
                    }
                    link.size = size.max(thickest[node]);
                    link.series = rules.series;
                    link.loss = loss_of(&CATALOGUE[link.size], link.series, rules);
                    thickest[up] = thickest[up].max(link.size);
                }
                lost[l] = lost_behind[node] + warm * link.loss * link.length;
                lost_behind[up] += lost[l];
            }
        }
        if let Some(power) = too_much {
            findings.beyond_catalogue(&format_si(power, "W"));
        }
        self.report_thin(study, &street, findings);
    }

    fn loads_behind(&self, ways: &Ways, loads: &[Load], source_power: &[f64]) -> Vec<Load> {
        let mut behind = vec![Load::default(); self.nodes.len()];
        for tap in &self.taps {
            behind[tap.node] += loads[tap.consumer];
        }
        for (&node, &source) in self.sources.iter().zip(source_power) {
            if node != 0 {
                behind[node] += Load {
                    forced: 1,
                    source,
                    ..Load::default()
                };
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
                let over = link.power / street.of(link.size).max(1.0);
                link.existing.map(|pipe| (over, pipe))
            })
            .filter(|(over, _)| *over > 1.0)
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        if let Some((over, pipe)) = worst {
            findings.thin_pipe(&study.existing_pipes[pipe].id, over);
        }
    }
}
