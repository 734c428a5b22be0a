//! What every catalogue size can carry, costs and loses. SI.

use hukka_model::{CATALOGUE, NetworkRules, PipeType};
use hukka_physics::{friction, pipe_loss, water};

/// Pressure gradient allowed in service pipes, Pa/m: usual design figure 200 to 300.
pub(crate) const SERVICE_GRADIENT: f64 = 250.0;

/// Water of the design hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DesignWater {
    /// Supply temperature, K.
    pub(crate) supply: f64,
    /// Return temperature, K.
    pub(crate) back: f64,
    /// Ground temperature, K.
    pub(crate) ground: f64,
    /// Highest flow of the year over the flow of the design hour, at least 1.
    pub(crate) flow_excess: f64,
}

impl DesignWater {
    /// Kelvin between the water's mean and the ground.
    pub(crate) fn above_ground(&self) -> f64 {
        f64::midpoint(self.supply, self.back) - self.ground
    }
}

/// Largest heat flow of every size, watts, in catalogue order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Capacities(Vec<f64>);

impl Capacities {
    /// Largest flow within gradient and velocity, turned into heat at the design hour.
    ///
    /// `P = m cp (T_s − T_r)` with the largest `m` such that `dp/dx ≤ gradient` in the supply
    /// pipe and `v ≤ v_max`.
    pub(crate) fn new(rules: &NetworkRules, water: &DesignWater, gradient: f64) -> Self {
        let limits = (rules.max_velocity.si(), rules.roughness.si());
        let cooling = (water.supply - water.back).max(1.0);
        let heat = water::specific_heat(f64::midpoint(water.supply, water.back)) * cooling
            / water.flow_excess;
        Self(
            CATALOGUE
                .iter()
                .map(|pipe| heat * largest_flow(pipe, limits, water.back, gradient))
                .collect(),
        )
    }

    /// Capacities as given, watts.
    #[cfg(test)]
    pub(crate) fn given(capacities: Vec<f64>) -> Self {
        Self(capacities)
    }

    /// Index of the smallest size that carries a heat flow, and whether any does.
    pub(crate) fn size(&self, power: f64) -> (usize, bool) {
        let k = self.0.partition_point(|capacity| *capacity < power);
        if k < self.0.len() {
            (k, true)
        } else {
            (self.0.len() - 1, false)
        }
    }

    /// Largest heat flow of one size.
    pub(crate) fn of(&self, size: usize) -> f64 {
        self.0[size]
    }
}

/// Largest mass flow of one pipe, kg/s; the colder, thicker return water decides.
pub(crate) fn largest_flow(
    pipe: &PipeType,
    (velocity, roughness): (f64, f64),
    temperature: f64,
    gradient: f64,
) -> f64 {
    let diameter = pipe.inner_diameter.si();
    let (density, viscosity) = (water::density(temperature), water::viscosity(temperature));
    let area = core::f64::consts::FRAC_PI_4 * diameter * diameter;
    let by_velocity = velocity * density * area;
    let drop =
        |flow: f64| friction::pressure_gradient(flow, diameter, roughness, density, viscosity);
    if drop(by_velocity) <= gradient {
        return by_velocity;
    }
    let (mut low, mut high) = (0.0, by_velocity);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if drop(middle) <= gradient {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// Heat loss of one pipe of every size to the ground, soil included, W/(m K).
pub(crate) fn losses(rules: &NetworkRules) -> Vec<f64> {
    CATALOGUE
        .iter()
        .map(|pipe| loss_of(pipe, rules.series, rules))
        .collect()
}

/// Heat loss of one pipe of one size in one series, soil included, W/(m K).
pub(crate) fn loss_of(
    pipe: &PipeType,
    series: hukka_model::InsulationSeries,
    rules: &NetworkRules,
) -> f64 {
    pipe_loss::linear_loss_with_soil(
        pipe.loss_in(series).si(),
        pipe.casing_in(series).si(),
        rules.depth.si(),
        rules.soil_conductivity_w_mk,
    )
}

/// Index of a nominal diameter in the catalogue; the next larger one when not made.
pub(crate) fn index_of(dn: u16) -> usize {
    CATALOGUE
        .partition_point(|pipe| pipe.dn < dn)
        .min(CATALOGUE.len() - 1)
}

/// Yearly cost of a metre of street pipe by size.
#[derive(Debug, Clone)]
pub(crate) struct YearlyCost {
    /// What each size carries.
    pub(crate) capacities: Capacities,
    /// Annuity and upkeep at cost factor 1, €/(m a).
    pub(crate) capital: Vec<f64>,
    /// Worth of the heat lost by both pipes, €/(m a).
    pub(crate) loss: Vec<f64>,
}
