//! One pipe of a circuit: plugs with the wall at the water's temperature, or with a film between.

use super::checkpoint::{Reader, Writer};
use super::error::Error;
use super::film::{Exchange, FilmPipe};
use super::plug::{Around, Plugs};
use super::signal::Signal;
use crate::fluid::Fluid;
use core::f64::consts::PI;
use hukka_physics::convection;

/// What does not change about a pipe. SI.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shape {
    pub(crate) length_m: f64,
    pub(crate) inner_diameter_m: f64,
    /// Heat lost per kelvin, W/K.
    pub(crate) conductance_w_k: f64,
    /// Heat the wall holds per kelvin, J/K.
    pub(crate) wall_j_k: f64,
}

impl Shape {
    fn area(&self) -> f64 {
        0.25 * PI * self.inner_diameter_m * self.inner_diameter_m
    }
}

/// Water, and how the wall beside it is treated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    /// Wall at the temperature of the water.
    Even(Plugs),
    /// Heat passes a film.
    Film(FilmPipe),
}

/// A pipe with what is in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Body {
    pub(crate) shape: Shape,
    pub(crate) content: Content,
    /// Water held, kg.
    water_kg: f64,
    /// Specific heat the wall's and the loss's shares were worked out with.
    specific_heat: f64,
}

/// How a pipe is started.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    /// Temperatures at its two ends, K.
    pub(crate) ends_k: (f64, f64),
    pub(crate) has_film: bool,
    pub(crate) most_plugs: usize,
}

impl Body {
    /// The mass held stays what it is at the start.
    pub(crate) fn new(shape: Shape, fluid: &impl Fluid, start: &Start) -> Self {
        let mean_k = 0.5 * (start.ends_k.0 + start.ends_k.1);
        let water_kg = shape.area() * shape.length_m * fluid.density(mean_k);
        let specific_heat = fluid.specific_heat(mean_k);
        let wall_kg = shape.wall_j_k / specific_heat;
        let ends = (
            fluid.enthalpy(start.ends_k.0),
            fluid.enthalpy(start.ends_k.1),
        );
        let content = if start.has_film && wall_kg > 0.0 && water_kg > 0.0 {
            let ratio = wall_kg / water_kg;
            Content::Film(FilmPipe::new(water_kg, ratio, shape.length_m, ends))
        } else {
            Content::Even(Plugs::new(water_kg + wall_kg, ends, start.most_plugs))
        };
        Self {
            shape,
            content,
            water_kg,
            specific_heat,
        }
    }

    /// Lets a mass flow through for a step; `inlet_k` is near the temperature of what enters.
    pub(crate) fn advance(
        &mut self,
        mass_flow: f64,
        inflow: &Signal,
        (seconds, ground_k, inlet_k): (f64, f64, f64),
        fluid: &impl Fluid,
    ) -> Signal {
        let around = self.around(fluid, (seconds, ground_k, inlet_k));
        let exchange = self.exchange(mass_flow, inlet_k, fluid);
        let mass = mass_flow * seconds;
        match &mut self.content {
            Content::Even(plugs) => plugs.advance(mass, inflow, &around),
            Content::Film(pipe) => pipe.advance(mass, inflow, &around, &exchange),
        }
    }

    /// Cooling `u L / (M c)` with the `c` between inlet and ground.
    fn around(&self, fluid: &impl Fluid, (seconds, ground_k, inlet_k): (f64, f64, f64)) -> Around {
        let ground = fluid.enthalpy(ground_k);
        let excess = inlet_k - ground_k;
        let c = if excess.abs() > 0.1 {
            (fluid.enthalpy(inlet_k) - ground) / excess
        } else {
            fluid.specific_heat(ground_k)
        };
        let held = match &self.content {
            Content::Even(plugs) => plugs.content(),
            Content::Film(_) => self.water_kg,
        };
        let cooling = if held > 0.0 {
            self.shape.conductance_w_k / (held * c)
        } else {
            0.0
        };
        Around {
            seconds,
            cooling,
            ground,
        }
    }

    /// Film and dispersion at a flow. At rest heat crosses the film by conduction.
    fn exchange(&self, mass_flow: f64, t_k: f64, fluid: &impl Fluid) -> Exchange {
        if matches!(self.content, Content::Even(_)) {
            return Exchange::default();
        }
        let (d, length) = (self.shape.inner_diameter_m, self.shape.length_m);
        let viscosity = fluid.viscosity(t_k);
        let conductivity = convection::water_conductivity(t_k);
        let reynolds = convection::reynolds(mass_flow, d, viscosity);
        let prandtl = fluid.specific_heat(t_k) * viscosity / conductivity;
        let film_w_k = convection::nusselt(reynolds, prandtl) * conductivity * PI * length;
        let velocity = mass_flow / (fluid.density(t_k) * self.shape.area());
        let dispersion = convection::turbulent_dispersion(reynolds, velocity, d);
        Exchange {
            film: film_w_k / (self.water_kg * self.specific_heat),
            spread: dispersion / (length * length),
        }
    }

    /// Enthalpy right at an end.
    pub(crate) fn at_end(&self, is_end: bool, ground_k: f64, fluid: &impl Fluid) -> f64 {
        match &self.content {
            Content::Even(plugs) => {
                let around = self.around(fluid, (0.0, ground_k, ground_k));
                plugs.at_end(is_end, &around)
            }
            Content::Film(pipe) => pipe
                .at_end(is_end)
                .unwrap_or_else(|| fluid.enthalpy(ground_k)),
        }
    }

    /// Mass that has to enter until new water comes out, kg.
    pub(crate) const fn held(&self) -> f64 {
        match &self.content {
            Content::Even(plugs) => plugs.content(),
            Content::Film(_) => self.water_kg,
        }
    }

    /// Whether heat passes a film between water and wall.
    pub(crate) const fn has_film(&self) -> bool {
        matches!(self.content, Content::Film(_))
    }

    /// Mean enthalpy of what is held; the ground's if there is nothing.
    pub(crate) fn mean(&self, ground_k: f64, fluid: &impl Fluid) -> f64 {
        let wall_kg = self.shape.wall_j_k / self.specific_heat;
        let held = self.water_kg + wall_kg;
        if held > 0.0 {
            self.stored() / held
        } else {
            fluid.enthalpy(ground_k)
        }
    }

    /// Starts the count of losses again.
    pub(crate) const fn forget_losses(&mut self) {
        match &mut self.content {
            Content::Even(plugs) => plugs.lost = 0.0,
            Content::Film(pipe) => pipe.lost = 0.0,
        }
    }

    /// Heat held, J above the fluid's zero.
    pub(crate) fn stored(&self) -> f64 {
        match &self.content {
            Content::Even(plugs) => plugs.stored(),
            Content::Film(pipe) => pipe.stored(),
        }
    }

    /// Writes what is in the pipe.
    pub(crate) fn write(&self, out: &mut Writer) {
        match &self.content {
            Content::Even(plugs) => plugs.write(out),
            Content::Film(pipe) => pipe.write(out),
        }
    }

    /// Reads what [`Body::write`] wrote.
    pub(crate) fn read(&mut self, from: &mut Reader<'_>) -> Result<(), Error> {
        match &mut self.content {
            Content::Even(plugs) => plugs.read(from),
            Content::Film(pipe) => pipe.read(from),
        }
    }

    /// Heat lost since the start, J.
    pub(crate) const fn lost(&self) -> f64 {
        match &self.content {
            Content::Even(plugs) => plugs.lost,
            Content::Film(pipe) => pipe.lost,
        }
    }

    /// Gives heat to the water that entered last: makes good a guess about it.
    pub(crate) fn correct(&mut self, forward: bool, mass: f64, heat: f64) {
        match &mut self.content {
            Content::Even(plugs) => plugs.correct(forward, mass, heat),
            Content::Film(pipe) => pipe.correct(forward, mass, heat),
        }
    }
}
