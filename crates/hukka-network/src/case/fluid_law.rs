//! Properties of whatever flows, by temperature. SI, kelvin.

use hukka_model::network_case::{CaseFluid, FluidTable, GlycolKind};
use hukka_physics::{glycol::Mixture, water};

/// How the heat of cooling water from one temperature to another is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HeatCounting {
    /// Mean of the specific heats at both ends times the difference, as pandapipes counts.
    #[default]
    MeanCapacity,
    /// Difference of enthalpies: heat adds up exactly along any way.
    Enthalpy,
}

/// Properties of a fluid.
#[derive(Debug, Clone)]
pub struct FluidLaw {
    kind: Kind,
    counting: HeatCounting,
}

#[derive(Debug, Clone)]
enum Kind {
    Water,
    /// Density, viscosity, specific heat.
    Table(Box<[Curve; 3]>),
    Constant([f64; 3]),
    Glycol(Mixture),
}

impl FluidLaw {
    /// Laws of the case's fluid; `None` if a table has no points or is not ascending.
    pub fn new(fluid: &CaseFluid, counting: HeatCounting) -> Option<Self> {
        let kind = match fluid {
            CaseFluid::Water => Kind::Water,
            CaseFluid::Table(FluidTable {
                density,
                specific_heat,
                viscosity,
            }) => Kind::Table(Box::new([
                Curve::new(density)?,
                Curve::new(viscosity)?,
                Curve::new(specific_heat)?,
            ])),
            CaseFluid::Constant {
                density_kg_m3,
                viscosity_pa_s,
                specific_heat_j_kgk,
            } => Kind::Constant([*density_kg_m3, *viscosity_pa_s, *specific_heat_j_kgk]),
            CaseFluid::Glycol { kind, mass_share } => Kind::Glycol(match kind {
                GlycolKind::Ethylene => Mixture::ethylene(*mass_share),
                GlycolKind::Propylene => Mixture::propylene(*mass_share),
            }),
        };
        Some(Self { kind, counting })
    }

    /// Density, kg/m³.
    #[inline]
    pub fn density(&self, t_k: f64) -> f64 {
        match &self.kind {
            Kind::Water => water::density(t_k),
            Kind::Table(curves) => curves[0].at(t_k),
            Kind::Constant([density, ..]) => *density,
            Kind::Glycol(mixture) => mixture.density(t_k),
        }
    }

    /// Dynamic viscosity, Pa s.
    #[inline]
    pub fn viscosity(&self, t_k: f64) -> f64 {
        match &self.kind {
            Kind::Water => water::viscosity(t_k),
            Kind::Table(curves) => curves[1].at(t_k).max(1e-6),
            Kind::Constant([_, viscosity, _]) => *viscosity,
            Kind::Glycol(mixture) => mixture.viscosity(t_k),
        }
    }

    /// Specific heat, J/(kg K).
    #[inline]
    pub fn specific_heat(&self, t_k: f64) -> f64 {
        match &self.kind {
            Kind::Water => water::specific_heat(t_k),
            Kind::Table(curves) => curves[2].at(t_k),
            Kind::Constant([.., specific_heat]) => *specific_heat,
            Kind::Glycol(mixture) => mixture.specific_heat(t_k),
        }
    }

    /// Heat given by a kilogram cooling from one temperature to another, J/kg.
    #[inline]
    pub fn heat_between(&self, from_k: f64, to_k: f64) -> f64 {
        match self.counting {
            HeatCounting::MeanCapacity => self.mean_capacity(from_k, to_k) * (from_k - to_k),
            HeatCounting::Enthalpy => self.enthalpy(from_k) - self.enthalpy(to_k),
        }
    }

    /// Heat per kilogram and kelvin between two temperatures, as heat is counted.
    #[inline]
    pub fn capacity_between(&self, a_k: f64, b_k: f64) -> f64 {
        let difference = a_k - b_k;
        if self.counting == HeatCounting::Enthalpy && difference.abs() > 1e-3 {
            return (self.enthalpy(a_k) - self.enthalpy(b_k)) / difference;
        }
        self.mean_capacity(a_k, b_k)
    }

    #[inline]
    fn mean_capacity(&self, a_k: f64, b_k: f64) -> f64 {
        0.5 * (self.specific_heat(a_k) + self.specific_heat(b_k))
    }

    /// Enthalpy above an arbitrary state, J/kg.
    fn enthalpy(&self, t_k: f64) -> f64 {
        match &self.kind {
            Kind::Water => water::enthalpy(t_k),
            Kind::Table(curves) => curves[2].integral(t_k),
            Kind::Constant([.., specific_heat]) => specific_heat * (t_k - 273.15),
            Kind::Glycol(mixture) => mixture.enthalpy(t_k),
        }
    }

    /// Temperature at which a kilogram has given this heat, starting from `t_k`.
    pub fn cooled_by(&self, t_k: f64, heat_j_kg: f64) -> f64 {
        let mut to = t_k - heat_j_kg / self.specific_heat(t_k);
        for _ in 0..8 {
            let step = (self.heat_between(t_k, to) - heat_j_kg) / self.capacity_between(t_k, to);
            to += step;
            if step.abs() < 1e-11 {
                break;
            }
        }
        to
    }

    /// Whether the temperature lies where the properties are known.
    pub fn covers(&self, t_k: f64) -> bool {
        match &self.kind {
            Kind::Water => (273.15..=453.15).contains(&t_k),
            Kind::Table(curves) => {
                let density = &curves[0];
                t_k >= density.from() - 15.0 && t_k <= density.to() + 60.0
            }
            Kind::Constant(_) => true,
            Kind::Glycol(_) => (228.15..=373.15).contains(&t_k),
        }
    }
}

/// A curve, straight between its points and beyond them, found by bins of equal width.
#[derive(Debug, Clone)]
struct Curve {
    x: Vec<f64>,
    y: Vec<f64>,
    slope: Vec<f64>,
    area: Vec<f64>,
    bins: Vec<u32>,
    bins_per_unit: f64,
}

impl Curve {
    fn new(points: &[(f64, f64)]) -> Option<Self> {
        let is_good = points.windows(2).all(|w| w[1].0 > w[0].0)
            && points.iter().all(|(x, y)| x.is_finite() && y.is_finite());
        if points.is_empty() || !is_good {
            return None;
        }
        let x: Vec<f64> = points.iter().map(|p| p.0).collect();
        let y: Vec<f64> = points.iter().map(|p| p.1).collect();
        let mut slope: Vec<f64> = points
            .windows(2)
            .map(|w| (w[1].1 - w[0].1) / (w[1].0 - w[0].0))
            .collect();
        if slope.is_empty() {
            slope.push(0.0);
        }
        let mut area = vec![0.0];
        for w in points.windows(2) {
            area.push(area[area.len() - 1] + 0.5 * (w[0].1 + w[1].1) * (w[1].0 - w[0].0));
        }
        let span = x[x.len() - 1] - x[0];
        let count = 4 * x.len();
        let bins_per_unit = if span > 0.0 { count as f64 / span } else { 0.0 };
        let bins = (0..=count)
            .map(|bin| {
                let start = x[0] + bin as f64 * span / count as f64;
                let after = x.partition_point(|v| *v <= start).max(1);
                (after - 1).min(slope.len() - 1) as u32
            })
            .collect();
        Some(Self {
            x,
            y,
            slope,
            area,
            bins,
            bins_per_unit,
        })
    }

    fn from(&self) -> f64 {
        self.x[0]
    }

    fn to(&self) -> f64 {
        self.x[self.x.len() - 1]
    }

    #[inline]
    fn piece(&self, x: f64) -> usize {
        let bin = ((x - self.x[0]) * self.bins_per_unit).max(0.0) as usize;
        let mut at = self.bins[bin.min(self.bins.len() - 1)] as usize;
        while at + 1 < self.slope.len() && x >= self.x[at + 1] {
            at += 1;
        }
        while at > 0 && x < self.x[at] {
            at -= 1;
        }
        at
    }

    #[inline]
    fn at(&self, x: f64) -> f64 {
        let i = self.piece(x);
        self.y[i] + self.slope[i] * (x - self.x[i])
    }

    fn integral(&self, x: f64) -> f64 {
        let i = self.piece(x);
        let by = x - self.x[i];
        self.area[i] + by * (self.y[i] + 0.5 * self.slope[i] * by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table() -> FluidLaw {
        let points = vec![(280.0, 4200.0), (300.0, 4180.0), (330.0, 4190.0)];
        let table = FluidTable {
            density: vec![(280.0, 1000.0), (330.0, 980.0)],
            specific_heat: points,
            viscosity: vec![(300.0, 5e-4)],
        };
        FluidLaw::new(&CaseFluid::Table(table), HeatCounting::Enthalpy).expect("a good table")
    }

    #[test]
    fn a_table_is_straight_between_and_beyond_its_points() {
        let law = table();
        for (t, cp) in [
            (270.0, 4210.0),
            (290.0, 4190.0),
            (315.0, 4185.0),
            (360.0, 4200.0),
        ] {
            assert!((law.specific_heat(t) - cp).abs() < 1e-9, "{t}");
        }
        assert!((law.viscosity(250.0) - 5e-4).abs() < 1e-15);
        assert!((law.density(340.0) - 976.0).abs() < 1e-9);
    }

    #[test]
    fn a_table_that_does_not_ascend_is_refused() {
        let bad = FluidTable {
            density: vec![(300.0, 1.0), (290.0, 1.0)],
            ..FluidTable::default()
        };
        assert!(FluidLaw::new(&CaseFluid::Table(bad), HeatCounting::Enthalpy).is_none());
    }

    proptest! {
        #[test]
        fn cooling_gives_the_heat_counted(t in 275.0..380.0_f64, heat in -1e5..2e5_f64) {
            let laws = [
                table(),
                FluidLaw::new(&CaseFluid::Water, HeatCounting::Enthalpy).expect("water"),
                FluidLaw::new(&CaseFluid::Water, HeatCounting::MeanCapacity).expect("water"),
            ];
            for law in laws {
                let to = law.cooled_by(t, heat);
                prop_assert!((law.heat_between(t, to) - heat).abs() < 1e-6, "{to}");
            }
        }
    }
}
