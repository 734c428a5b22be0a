//! What a case asks for at a moment: its own values, and its series between their rows.

use super::error::Error;
use hukka_model::network_case::{NetworkCase, SeriesTarget, SourceKind};
use hukka_units::{HeatPower, Length, MassFlow, Temperature};

/// Values of everything a series can change. SI.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Asked {
    pub(crate) source_k: Vec<f64>,
    pub(crate) source_flow: Vec<Option<f64>>,
    pub(crate) source_heat: Vec<Option<f64>>,
    pub(crate) source_pressure: Vec<Option<f64>>,
    pub(crate) source_difference: Vec<Option<f64>>,
    pub(crate) heat: Vec<Option<f64>>,
    pub(crate) mass_flow: Vec<Option<f64>>,
    pub(crate) return_k: Vec<Option<f64>>,
    pub(crate) cooling_k: Vec<Option<f64>>,
    pub(crate) ambient_k: f64,
}

impl Asked {
    /// The case's own values.
    pub(crate) fn of(case: &NetworkCase) -> Self {
        let consumers = &case.consumers;
        let by_kind =
            |of: fn(&SourceKind) -> Option<f64>| case.sources.iter().map(|s| of(&s.kind)).collect();
        Self {
            source_k: case
                .sources
                .iter()
                .map(|s| s.supply_temperature.k())
                .collect(),
            source_flow: by_kind(|kind| match kind {
                SourceKind::MassFlow(m) | SourceKind::HeatAndFlow(_, m) => Some(m.kg_s()),
                _ => None,
            }),
            source_heat: by_kind(|kind| match kind {
                SourceKind::Heat(q) | SourceKind::HeatAndFlow(q, _) | SourceKind::ReturnLift(q) => {
                    Some(q.w())
                }
                _ => None,
            }),
            source_pressure: by_kind(|kind| match kind {
                SourceKind::Pressure { supply, .. } | SourceKind::WorstPoint { supply, .. } => {
                    Some(supply.pa())
                }
                _ => None,
            }),
            source_difference: by_kind(|kind| match kind {
                SourceKind::Pressure { difference, .. } => Some(difference.pa()),
                SourceKind::WorstPoint { least, .. } => Some(least.pa()),
                _ => None,
            }),
            heat: consumers.iter().map(|c| c.heat.map(HeatPower::w)).collect(),
            mass_flow: consumers
                .iter()
                .map(|c| c.mass_flow.map(MassFlow::kg_s))
                .collect(),
            return_k: consumers
                .iter()
                .map(|c| c.return_temperature.map(Temperature::k))
                .collect(),
            cooling_k: consumers.iter().map(|c| c.cooling_k).collect(),
            ambient_k: case.ambient_temperature.k(),
        }
    }

    /// Sets the values a share of the way from a row to the next; series are linear between rows.
    pub(crate) fn at(&mut self, case: &NetworkCase, own: &Self, row: usize, share: f64) {
        for series in &case.series {
            let value = |row: usize| {
                let given = series.values.get(row).copied().flatten();
                given.or_else(|| own.get(series.target))
            };
            let now = match (value(row), value(row + 1)) {
                (Some(a), Some(b)) if share > 0.0 => Some(a + (b - a) * share),
                (a, _) => a,
            };
            self.set(series.target, now);
        }
    }

    fn get(&self, target: SeriesTarget) -> Option<f64> {
        match target {
            SeriesTarget::SourceTemperature(i) => Some(self.source_k[i]),
            SeriesTarget::SourceFlow(i) => self.source_flow[i],
            SeriesTarget::SourceHeat(i) => self.source_heat[i],
            SeriesTarget::SourcePressure(i) => self.source_pressure[i],
            SeriesTarget::SourceDifference(i) => self.source_difference[i],
            SeriesTarget::ConsumerHeat(i) => self.heat[i],
            SeriesTarget::ConsumerFlow(i) => self.mass_flow[i],
            SeriesTarget::ConsumerReturn(i) => self.return_k[i],
            SeriesTarget::ConsumerCooling(i) => self.cooling_k[i],
            SeriesTarget::Ambient => Some(self.ambient_k),
        }
    }

    fn set(&mut self, target: SeriesTarget, value: Option<f64>) {
        match target {
            SeriesTarget::SourceTemperature(i) => {
                if let Some(k) = value {
                    self.source_k[i] = k;
                }
            }
            SeriesTarget::SourceFlow(i) => self.source_flow[i] = value,
            SeriesTarget::SourceHeat(i) => self.source_heat[i] = value,
            SeriesTarget::SourcePressure(i) => self.source_pressure[i] = value,
            SeriesTarget::SourceDifference(i) => self.source_difference[i] = value,
            SeriesTarget::ConsumerHeat(i) => self.heat[i] = value,
            SeriesTarget::ConsumerFlow(i) => self.mass_flow[i] = value,
            SeriesTarget::ConsumerReturn(i) => self.return_k[i] = value,
            SeriesTarget::ConsumerCooling(i) => self.cooling_k[i] = value,
            SeriesTarget::Ambient => {
                if let Some(k) = value {
                    self.ambient_k = k;
                }
            }
        }
    }
}

/// Indices, lengths and times of a case.
pub(crate) fn check(case: &NetworkCase) -> Result<(), Error> {
    let nodes = case.nodes.len();
    let mut ends: Vec<(&str, usize)> = Vec::new();
    ends.extend(
        case.pipes
            .iter()
            .flat_map(|p| [(p.id.as_str(), p.from), (&p.id, p.to)]),
    );
    ends.extend(
        case.valves
            .iter()
            .flat_map(|v| [(v.id.as_str(), v.from), (&v.id, v.to)]),
    );
    ends.extend(
        case.pumps
            .iter()
            .flat_map(|p| [(p.id.as_str(), p.from), (&p.id, p.to)]),
    );
    ends.extend(case.pressures.iter().map(|p| (p.id.as_str(), p.node)));
    ends.extend(case.takings.iter().map(|t| (t.id.as_str(), t.node)));
    for s in &case.sources {
        ends.extend([(s.id.as_str(), s.supply_node), (&s.id, s.return_node)]);
    }
    for c in &case.consumers {
        ends.extend([(c.id.as_str(), c.supply_node), (&c.id, c.return_node)]);
    }
    if let Some((id, index)) = ends.into_iter().find(|(_, node)| *node >= nodes) {
        return Err(Error::UnknownElement {
            what: id.to_owned(),
            index,
            count: nodes,
        });
    }
    if let Some(fixed) = case
        .pressures
        .iter()
        .find(|f| f.pressure.is_none() && f.temperature.is_some())
    {
        return Err(Error::Unsupported {
            element: fixed.id.clone(),
            what: "a node held at a temperature",
        });
    }
    check_series(case)?;
    check_times(case)?;
    check_pipes(case)
}

fn check_series(case: &NetworkCase) -> Result<(), Error> {
    let (sources, consumers) = (case.sources.len(), case.consumers.len());
    for (index, series) in case.series.iter().enumerate() {
        if series.values.len() != case.times.len() {
            return Err(Error::SeriesLength {
                series: index,
                found: series.values.len(),
                times: case.times.len(),
            });
        }
        let (at, count) = match series.target {
            SeriesTarget::SourceTemperature(i)
            | SeriesTarget::SourceFlow(i)
            | SeriesTarget::SourceHeat(i)
            | SeriesTarget::SourcePressure(i)
            | SeriesTarget::SourceDifference(i) => (i, sources),
            SeriesTarget::ConsumerHeat(i)
            | SeriesTarget::ConsumerFlow(i)
            | SeriesTarget::ConsumerReturn(i)
            | SeriesTarget::ConsumerCooling(i) => (i, consumers),
            SeriesTarget::Ambient => (0, 1),
        };
        if at >= count {
            return Err(Error::UnknownElement {
                what: format!("series {index}"),
                index: at,
                count,
            });
        }
    }
    Ok(())
}

fn check_times(case: &NetworkCase) -> Result<(), Error> {
    if case.times.is_empty() {
        return Err(Error::NoTimes);
    }
    let seconds: Vec<f64> = case.times.iter().map(|t| t.s()).collect();
    match (1..seconds.len()).find(|&i| seconds[i] <= seconds[i - 1] || seconds[i].is_nan()) {
        Some(row) => Err(Error::TimesNotAscending {
            row,
            at_s: seconds[row],
        }),
        None => Ok(()),
    }
}

fn check_pipes(case: &NetworkCase) -> Result<(), Error> {
    for pipe in &case.pipes {
        let bad = |what, value| {
            Err(Error::BadNumber {
                element: pipe.id.clone(),
                what,
                value,
            })
        };
        let (length, inner) = (pipe.length.m(), pipe.inner_diameter.m());
        if !(length >= 0.0 && length.is_finite()) {
            return bad("the length", length);
        }
        if !(inner > 0.0 && inner.is_finite()) {
            return bad("the inner diameter", inner);
        }
        if let Some(outer) = pipe.outer_diameter.map(Length::m)
            && (outer < inner || outer.is_nan())
        {
            return bad("the outer diameter", outer);
        }
        let loss = pipe.loss.w_mk();
        if !(loss >= 0.0 && loss.is_finite()) {
            return bad("the heat loss", loss);
        }
        if let Some(heat) = pipe.wall_heat_j_m3k
            && !(heat >= 0.0 && heat.is_finite())
        {
            return bad("the heat held by the wall", heat);
        }
    }
    Ok(())
}
