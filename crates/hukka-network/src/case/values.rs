//! The numbers of a case that may change from row to row of its series. SI.

use hukka_model::network_case::{NetworkCase, SeriesTarget, SourceKind};
use hukka_units::{HeatPower, MassFlow, Temperature};

/// Everything a series can change, as it stands in one row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Values {
    pub(super) ambient: f64,
    /// Warmest water that comes into the network.
    pub(super) warmest: f64,
    pub(super) sources: Vec<SourceValues>,
    pub(super) consumers: Vec<ConsumerValues>,
}

/// Of a source.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct SourceValues {
    pub(super) temperature: f64,
    pub(super) flow: f64,
    pub(super) heat: f64,
    pub(super) pressure: f64,
    /// Difference held, or the least one of the worst-placed consumer.
    pub(super) difference: f64,
}

/// Of a consumer; what its mode does not use is 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct ConsumerValues {
    pub(super) heat: f64,
    pub(super) flow: f64,
    pub(super) return_temperature: f64,
    pub(super) cooling: f64,
}

impl Values {
    /// The case's own numbers.
    pub(super) fn of(case: &NetworkCase) -> Self {
        let mut values = Self {
            ambient: case.ambient_temperature.si(),
            warmest: 0.0,
            sources: case
                .sources
                .iter()
                .map(|source| {
                    let mut values = SourceValues {
                        temperature: source.supply_temperature.si(),
                        ..SourceValues::default()
                    };
                    match source.kind {
                        SourceKind::Pressure { supply, difference } => {
                            (values.pressure, values.difference) = (supply.si(), difference.si());
                        }
                        SourceKind::WorstPoint { supply, least } => {
                            (values.pressure, values.difference) = (supply.si(), least.si());
                        }
                        SourceKind::MassFlow(flow) => values.flow = flow.si(),
                        SourceKind::Heat(heat) | SourceKind::ReturnLift(heat) => {
                            values.heat = heat.si();
                        }
                        SourceKind::HeatAndFlow(heat, flow) => {
                            (values.heat, values.flow) = (heat.si(), flow.si());
                        }
                    }
                    values
                })
                .collect(),
            consumers: case
                .consumers
                .iter()
                .map(|consumer| ConsumerValues {
                    heat: consumer.heat.map_or(0.0, HeatPower::si),
                    flow: consumer.mass_flow.map_or(0.0, MassFlow::si),
                    return_temperature: consumer.return_temperature.map_or(0.0, Temperature::si),
                    cooling: consumer.cooling_k.unwrap_or(0.0),
                })
                .collect(),
        };
        values.find_warmest(case);
        values
    }

    fn find_warmest(&mut self, case: &NetworkCase) {
        let fixed = case.pressures.iter().filter_map(|p| p.temperature);
        let taken = case.takings.iter().filter_map(|t| t.temperature);
        self.warmest = self
            .sources
            .iter()
            .map(|s| s.temperature)
            .chain(fixed.chain(taken).map(Temperature::si))
            .fold(self.ambient, f64::max);
    }

    /// The case's numbers with those of one row in their place; empty fields keep the case's.
    pub(super) fn at_row(case: &NetworkCase, row: usize) -> Self {
        let mut values = Self::of(case);
        for series in &case.series {
            let Some(Some(value)) = series.values.get(row).copied() else {
                continue;
            };
            if let Some(place) = values.place(series.target) {
                *place = value;
            }
        }
        values.find_warmest(case);
        values
    }

    fn place(&mut self, target: SeriesTarget) -> Option<&mut f64> {
        use SeriesTarget as T;
        match target {
            T::Ambient => Some(&mut self.ambient),
            T::SourceTemperature(i) => self.sources.get_mut(i).map(|s| &mut s.temperature),
            T::SourceFlow(i) => self.sources.get_mut(i).map(|s| &mut s.flow),
            T::SourceHeat(i) => self.sources.get_mut(i).map(|s| &mut s.heat),
            T::SourcePressure(i) => self.sources.get_mut(i).map(|s| &mut s.pressure),
            T::SourceDifference(i) => self.sources.get_mut(i).map(|s| &mut s.difference),
            T::ConsumerHeat(i) => self.consumers.get_mut(i).map(|c| &mut c.heat),
            T::ConsumerFlow(i) => self.consumers.get_mut(i).map(|c| &mut c.flow),
            T::ConsumerReturn(i) => self.consumers.get_mut(i).map(|c| &mut c.return_temperature),
            T::ConsumerCooling(i) => self.consumers.get_mut(i).map(|c| &mut c.cooling),
        }
    }
}
