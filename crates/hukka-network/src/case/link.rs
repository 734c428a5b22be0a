//! How much pressure a pipe, valve or pump takes at a flow. SI.
//!
//! Every law is a rising function of the mass flow, `loss(m)` in Pa: pumps lose a negative pressure.

use hukka_model::network_case::{FrictionLaw, PumpKind};
use hukka_physics::reference_friction as laws;

/// Smallest resistance of anything open, Pa per kg/s: keeps open valves from being no resistance.
pub const LEAST_SLOPE: f64 = 1e-3;
/// Resistance of anything shut, Pa per kg/s: 10 bar press 1e-7 kg/s through.
pub const SHUT_SLOPE: f64 = 1e13;
/// Acceleration of gravity, m/s².
pub const GRAVITY: f64 = 9.81;

/// An element with a pressure law between two nodes; flow is positive from `from` to `to`.
#[derive(Debug, Clone)]
pub struct Link {
    /// Node where positive flow enters.
    pub from: usize,
    /// Node where positive flow leaves.
    pub to: usize,
    /// Its law.
    pub law: LinkLaw,
    /// Shuts against flow from `to` to `from`.
    pub is_non_return: bool,
}

/// Law of pressure loss by mass flow.
#[derive(Debug, Clone)]
pub enum LinkLaw {
    /// Friction along a wall, and fittings.
    Pipe(PipeLaw),
    /// `Δp = coefficient · m|m|/ρ`.
    Fitting(f64),
    /// A fixed drop in the direction of positive flow, or the fitting's if that is larger.
    Breaker {
        /// The drop, Pa.
        drop: f64,
        /// Coefficient when wide open.
        fitting: f64,
    },
    /// A fitting that lets at most a flow through.
    FlowLimit {
        /// Largest flow, kg/s.
        limit: f64,
        /// Coefficient when wide open.
        fitting: f64,
    },
    /// Pressure loss by volume flow, straight between points.
    Curve(Vec<(f64, f64)>),
    /// A pump at a relative speed.
    Pump {
        /// What it does.
        kind: PumpKind,
        /// Speed relative to the curve's.
        speed: f64,
        /// Density by which the curve's volume flow is counted, if not the water's, kg/m³.
        curve_density: Option<f64>,
    },
}

/// A pipe's geometry, prepared for its law.
#[derive(Debug, Clone)]
pub struct PipeLaw {
    friction: FrictionLaw,
    length_over_diameter: f64,
    diameter: f64,
    area: f64,
    relative_roughness: f64,
    /// Rough factor of Nikuradse, or resistance of Hazen and Williams for the whole length.
    special: f64,
    minor_loss: f64,
}

/// What a loss coefficient counts in EPANET, whose head is `0.02517 K Q²/d⁴` in feet and cubic feet
/// per second, beside `K v²/(2 g)` with 9.81 m/s².
pub(super) const EPANET_FITTING: f64 =
    0.025_17 * core::f64::consts::PI * core::f64::consts::PI * GRAVITY / (8.0 * 0.3048);

/// Loss coefficient of fittings on a bore, for [`LinkLaw::Fitting`]: `ζ / (2 A²)`.
pub fn fitting(minor_loss: f64, diameter: f64) -> f64 {
    if minor_loss <= 0.0 || diameter <= 0.0 {
        return 0.0;
    }
    let area = core::f64::consts::FRAC_PI_4 * diameter * diameter;
    minor_loss / (2.0 * area * area)
}

/// What a loss coefficient counts under a friction law.
pub(super) fn fitting_scale(friction: FrictionLaw) -> f64 {
    match friction {
        FrictionLaw::EpanetDarcyWeisbach | FrictionLaw::HazenWilliams => EPANET_FITTING,
        _ => 1.0,
    }
}

impl PipeLaw {
    /// A pipe of these dimensions, metres.
    pub fn new(
        friction: FrictionLaw,
        (length, diameter, roughness): (f64, f64, f64),
        minor_loss: f64,
        hazen_williams: Option<f64>,
    ) -> Self {
        let relative_roughness = roughness / diameter;
        let special = match friction {
            FrictionLaw::Nikuradse => laws::nikuradse_rough_factor(relative_roughness),
            FrictionLaw::HazenWilliams => {
                let coefficient = hazen_williams.unwrap_or(130.0);
                length * laws::hazen_williams_resistance(coefficient, diameter)
            }
            _ => 0.0,
        };
        let minor_loss = minor_loss * fitting_scale(friction);
        Self {
            friction,
            length_over_diameter: length / diameter,
            diameter,
            area: core::f64::consts::FRAC_PI_4 * diameter * diameter,
            relative_roughness,
            special,
            minor_loss,
        }
    }

    /// Inner cross-section, m².
    pub fn area(&self) -> f64 {
        self.area
    }

    /// Reynolds number of a flow.
    #[inline]
    pub fn reynolds(&self, mass_flow: f64, viscosity: f64) -> f64 {
        mass_flow.abs() * self.diameter / (viscosity * self.area)
    }

    #[inline]
    fn factor(&self, reynolds: f64, root: &mut f64) -> laws::Factor {
        match self.friction {
            FrictionLaw::Colebrook => {
                let (factor, x) = laws::colebrook(reynolds, self.relative_roughness, *root);
                *root = x;
                factor
            }
            FrictionLaw::SwameeJain => laws::swamee_jain(reynolds, self.relative_roughness),
            FrictionLaw::Nikuradse => laws::nikuradse(reynolds, self.special),
            FrictionLaw::EpanetDarcyWeisbach => laws::epanet(reynolds, self.relative_roughness),
            FrictionLaw::HazenWilliams => laws::Factor::default(),
        }
    }

    /// Darcy factor; for Hazen–Williams the one that would give the same loss.
    pub fn friction_factor(&self, mass_flow: f64, density: f64, viscosity: f64) -> f64 {
        let reynolds = self.reynolds(mass_flow, viscosity);
        if self.friction != FrictionLaw::HazenWilliams {
            return self.factor(reynolds.max(1e-9), &mut 0.0).value;
        }
        let size = mass_flow.abs().max(1e-12);
        let head = self.special * (size / density).powf(laws::HAZEN_WILLIAMS_POWER);
        let velocity = size / (density * self.area);
        head * 2.0 * GRAVITY / (velocity * velocity * self.length_over_diameter).max(1e-300)
    }

    /// Loss and slope by mass flow; `root` remembers the Colebrook root from call to call.
    #[inline]
    fn loss(&self, mass_flow: f64, density: f64, viscosity: f64, root: &mut f64) -> (f64, f64) {
        let per_reynolds = viscosity * self.area / self.diameter;
        let size = mass_flow.abs().max(1e-6 * per_reynolds);
        // EPANET's g of 32.2 ft/s² turns velocity into head; our heads are counted with 9.81 m/s²
        let scale = match self.friction {
            FrictionLaw::EpanetDarcyWeisbach | FrictionLaw::HazenWilliams => {
                GRAVITY / laws::EPANET_GRAVITY
            }
            _ => 1.0,
        };
        let dynamic = size / (2.0 * density * self.area * self.area);
        let factor = self.factor(size / per_reynolds, root);
        let along = scale * self.length_over_diameter;
        let mut secant = dynamic * (factor.value * along + self.minor_loss);
        let mut slope =
            dynamic * ((2.0 * factor.value + factor.slope) * along + 2.0 * self.minor_loss);
        if self.friction == FrictionLaw::HazenWilliams {
            let power = laws::HAZEN_WILLIAMS_POWER;
            let by_flow = self.special * GRAVITY * (size / density).powf(power - 1.0);
            secant += by_flow;
            slope += power * by_flow;
        }
        (secant * mass_flow, slope)
    }
}

impl Link {
    /// Pressure lost from `from` to `to` at a flow, Pa, and its derivative, Pa per kg/s.
    ///
    /// `root` is the link's memory between calls; start with 0.
    #[inline]
    pub fn loss(&self, m: f64, density: f64, viscosity: f64, root: &mut f64) -> (f64, f64) {
        if self.is_non_return && m < 0.0 {
            let at_rest = self.open_loss(0.0, density, viscosity, root).0;
            return (at_rest + SHUT_SLOPE * m, SHUT_SLOPE);
        }
        let (loss, slope) = self.open_loss(m, density, viscosity, root);
        (loss, slope.max(LEAST_SLOPE))
    }

    #[inline]
    fn open_loss(&self, m: f64, density: f64, viscosity: f64, root: &mut f64) -> (f64, f64) {
        match &self.law {
            LinkLaw::Pipe(pipe) => pipe.loss(m, density, viscosity, root),
            LinkLaw::Fitting(coefficient) => fitting_loss(*coefficient, m, density),
            LinkLaw::Breaker { drop, fitting } => {
                let (open, slope) = fitting_loss(*fitting, m, density);
                if open > *drop {
                    return (open, slope);
                }
                (drop + LEAST_SLOPE * m, LEAST_SLOPE)
            }
            LinkLaw::FlowLimit { limit, fitting } => {
                if m <= *limit {
                    return fitting_loss(*fitting, m, density);
                }
                let at_limit = fitting_loss(*fitting, *limit, density).0;
                (at_limit + SHUT_SLOPE * (m - limit), SHUT_SLOPE)
            }
            LinkLaw::Curve(points) => {
                let (loss, slope) = on_curve(points, m.abs() / density);
                (loss.copysign(m), slope / density)
            }
            LinkLaw::Pump {
                kind,
                speed,
                curve_density,
            } => pump_loss(kind, *speed, m, curve_density.unwrap_or(density)),
        }
    }

    /// A flow to begin a solve with: 0.3 m/s of water in pipes, what suits the others, kg/s.
    pub fn usual_flow(&self) -> f64 {
        match &self.law {
            LinkLaw::Pipe(pipe) => 300.0 * pipe.area(),
            LinkLaw::FlowLimit { limit, .. } => limit.min(1.0),
            LinkLaw::Pump { kind, .. } => match kind {
                PumpKind::Curve(points) => 500.0 * points.last().map_or(0.002, |p| p.0),
                PumpKind::Power {
                    shut_off_pa,
                    coefficient,
                    exponent,
                } => 500.0 * (shut_off_pa / coefficient.max(1e-9)).powf(1.0 / exponent.max(0.1)),
                PumpKind::HydraulicPower(power) => 1e3 * power / 2e5,
                PumpKind::Polynomial(_) | PumpKind::Lift(_) => 1.0,
            },
            _ => 1.0,
        }
    }

    /// Whether the law has a corner where it turns from open to shut.
    pub fn has_corner(&self) -> bool {
        self.is_non_return
            || matches!(
                self.law,
                LinkLaw::FlowLimit { .. } | LinkLaw::Breaker { .. }
            )
            || matches!(&self.law, LinkLaw::Pump { kind, .. } if !matches!(kind, PumpKind::Lift(_)))
    }

    /// Flow range within which the link is open.
    pub fn open_range(&self) -> (f64, f64) {
        let blocks = self.is_non_return
            || matches!(&self.law, LinkLaw::Pump { kind, .. } if !matches!(kind, PumpKind::Lift(_)));
        let high = match &self.law {
            LinkLaw::FlowLimit { limit, .. } => *limit,
            _ => f64::INFINITY,
        };
        (if blocks { 0.0 } else { f64::NEG_INFINITY }, high)
    }
}

#[inline]
fn fitting_loss(coefficient: f64, m: f64, density: f64) -> (f64, f64) {
    let secant = coefficient * m.abs() / density;
    if secant < LEAST_SLOPE {
        return (LEAST_SLOPE * m, LEAST_SLOPE);
    }
    (secant * m, 2.0 * secant)
}

/// Value and slope of a curve straight between its points and beyond them.
fn on_curve(points: &[(f64, f64)], x: f64) -> (f64, f64) {
    match points {
        [] => (0.0, 0.0),
        [only] => (only.1, 0.0),
        _ => {
            let after = points
                .partition_point(|p| p.0 <= x)
                .clamp(1, points.len() - 1);
            let (a, b) = (points[after - 1], points[after]);
            let slope = (b.1 - a.1) / (b.0 - a.0);
            (a.1 + slope * (x - a.0), slope)
        }
    }
}

/// Pressure rise of a pump at its speed, Pa, and the slope by volume flow.
///
/// Affinity: `rise(Q) = s² rise₁(Q/s)`.
pub fn pump_rise(kind: &PumpKind, speed: f64, volume_flow: f64) -> (f64, f64) {
    if speed <= 0.0 {
        return (0.0, 0.0);
    }
    let q = volume_flow / speed;
    let (rise, slope) = match kind {
        PumpKind::Lift(lift) => return (lift.si() * speed * speed, 0.0),
        PumpKind::Curve(points) => on_curve(points, q),
        PumpKind::Power {
            shut_off_pa,
            coefficient,
            exponent,
        } => {
            let power = coefficient * q.max(0.0).powf(*exponent);
            let slope = if q > 0.0 { exponent * power / q } else { 0.0 };
            (shut_off_pa - power, -slope)
        }
        PumpKind::Polynomial(coefficients) => {
            let horner = |(value, slope): (f64, f64), c: &f64| (value * q + c, slope * q + value);
            coefficients.iter().rev().fold((0.0, 0.0), horner)
        }
        PumpKind::HydraulicPower(power) => {
            // below the flow at which the rise would pass 100 bar the curve goes on straight
            let least = power / 1e7;
            let at = q.max(least).max(1e-12);
            let slope = -power / (at * at);
            (power / at + slope * (q - at), slope)
        }
    };
    (rise * speed * speed, slope * speed)
}

fn pump_loss(kind: &PumpKind, speed: f64, m: f64, density: f64) -> (f64, f64) {
    if let PumpKind::Lift(_) = kind {
        return (LEAST_SLOPE * m - pump_rise(kind, speed, 0.0).0, LEAST_SLOPE);
    }
    if m < 0.0 {
        return (SHUT_SLOPE * m - pump_rise(kind, speed, 0.0).0, SHUT_SLOPE);
    }
    let (rise, slope) = pump_rise(kind, speed, m / density);
    (-rise, -slope / density)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hukka_units::Pressure;
    use proptest::prelude::*;

    fn link(law: LinkLaw) -> Link {
        Link {
            from: 0,
            to: 1,
            law,
            is_non_return: false,
        }
    }

    fn all() -> Vec<Link> {
        let power = PumpKind::Power {
            shut_off_pa: 3e5,
            coefficient: 1e9,
            exponent: 1.9,
        };
        let mut links = vec![
            link(LinkLaw::Fitting(fitting(3.0, 0.1))),
            link(LinkLaw::FlowLimit {
                limit: 2.0,
                fitting: 1e4,
            }),
            link(LinkLaw::Breaker {
                drop: 1e4,
                fitting: 1e6,
            }),
            link(LinkLaw::Pump {
                kind: power,
                speed: 0.9,
                curve_density: None,
            }),
            link(LinkLaw::Pump {
                kind: PumpKind::HydraulicPower(5e3),
                speed: 1.0,
                curve_density: None,
            }),
            link(LinkLaw::Pump {
                kind: PumpKind::Lift(Pressure::from_bar(1.0)),
                speed: 1.0,
                curve_density: None,
            }),
            link(LinkLaw::Pump {
                kind: PumpKind::Polynomial(vec![2e5, -1e6, -1e8]),
                speed: 1.1,
                curve_density: None,
            }),
        ];
        for law in [
            FrictionLaw::Colebrook,
            FrictionLaw::SwameeJain,
            FrictionLaw::Nikuradse,
            FrictionLaw::HazenWilliams,
            FrictionLaw::EpanetDarcyWeisbach,
        ] {
            let pipe = PipeLaw::new(law, (100.0, 0.1, 1e-4), 2.0, Some(120.0));
            links.push(link(LinkLaw::Pipe(pipe)));
        }
        links
    }

    #[test]
    fn speed_shifts_a_pump_by_the_affinity_laws() {
        let kind = PumpKind::Polynomial(vec![2e5, 0.0, -1e8]);
        let (full, half) = (pump_rise(&kind, 1.0, 0.02).0, pump_rise(&kind, 0.5, 0.01).0);
        assert!((half / full - 0.25).abs() < 1e-12);
    }

    #[test]
    fn a_non_return_valve_lets_nothing_back() {
        let valve = Link {
            is_non_return: true,
            ..link(LinkLaw::Fitting(1e3))
        };
        assert!(valve.loss(-1e-7, 1000.0, 1e-3, &mut 0.0).0 < -9e5);
    }

    proptest! {
        #[test]
        fn losses_rise_with_the_flow(m in -5.0..5.0_f64, by in 1e-4..1.0_f64) {
            for link in all() {
                let mut root = 0.0;
                let a = link.loss(m, 980.0, 4e-4, &mut root).0;
                let b = link.loss(m + by, 980.0, 4e-4, &mut root).0;
                prop_assert!(b > a, "{link:?} {a} {b}");
            }
        }

        #[test]
        fn slopes_are_derivatives_of_losses(m in 0.05..1.9_f64) {
            for link in all() {
                let mut root = 0.0;
                let h = 1e-6 * m;
                let at = |m: f64, root: &mut f64| link.loss(m, 980.0, 4e-4, root);
                let numeric = (at(m + h, &mut root).0 - at(m - h, &mut root).0) / (2.0 * h);
                let slope = at(m, &mut root).1;
                let is_kink = (at(m + h, &mut root).1 / at(m - h, &mut root).1 - 1.0).abs() > 0.1;
                prop_assert!(is_kink || (slope - numeric).abs() < 1e-3 * slope.abs() + 1e-2,
                    "{link:?} {slope} {numeric}");
            }
        }
    }
}
