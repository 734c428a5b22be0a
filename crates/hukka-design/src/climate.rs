//! Water and ground temperatures through the year and on the design day. SI.

use crate::pipes::DesignWater;
use hukka_model::Study;
use hukka_units::{SECONDS_PER_HOUR, as_si};

/// Temperatures of every hour, K.
#[derive(Debug, Clone)]
pub(crate) struct Climate {
    pub(crate) supply: Vec<f64>,
    pub(crate) back: Vec<f64>,
    /// Kelvin between the mean of supply and return and the ground.
    pub(crate) above_ground: Vec<f64>,
    pub(crate) design: DesignWater,
}

impl Climate {
    /// Temperatures the study's curves give; `load` is the hourly heat demand, watts.
    ///
    /// `flow_excess` is the highest hourly `load / (T_s − T_r)` over that of the design hour with
    /// the same highest load: warm water on mild days can need the larger flow.
    pub(crate) fn new(study: &Study, load: &[f64]) -> Self {
        let rules = &study.network;
        let outdoor = &study.weather.outdoor_temperature;
        let supply: Vec<f64> = outdoor
            .iter()
            .map(|&t| rules.supply_temperature.at(t).si())
            .collect();
        let back: Vec<f64> = outdoor
            .iter()
            .map(|&t| rules.return_temperature.at(t).si())
            .collect();
        let ground = as_si(&study.weather.ground_temperature);
        let above_ground = supply
            .iter()
            .zip(&back)
            .zip(ground)
            .map(|((s, r), g)| f64::midpoint(*s, *r) - g)
            .collect();
        let cold = study.weather.design_outdoor_temperature;
        let design = DesignWater {
            supply: rules.supply_temperature.at(cold).si(),
            back: rules.return_temperature.at(cold).si(),
            ground: ground.iter().copied().fold(f64::INFINITY, f64::min),
            flow_excess: 1.0,
        };
        let peak = load.iter().copied().fold(0.0, f64::max);
        let design_flow = peak / (design.supply - design.back).max(1.0);
        let highest = load
            .iter()
            .zip(supply.iter().zip(&back))
            .map(|(q, (s, r))| q / (s - r).max(1.0))
            .fold(0.0, f64::max);
        let flow_excess = if design_flow > 0.0 {
            (highest / design_flow).max(1.0)
        } else {
            1.0
        };
        Self {
            supply,
            back,
            above_ground,
            design: DesignWater {
                flow_excess,
                ..design
            },
        }
    }

    /// Kelvin-seconds between water and ground over the year.
    pub(crate) fn degree_seconds(&self) -> f64 {
        self.above_ground.iter().sum::<f64>() * SECONDS_PER_HOUR
    }
}
