//! The fluid of a case, with enthalpy as what is carried.

use super::error::Error;
use crate::fluid::{Fluid, Water};
use hukka_model::network_case::CaseFluid;

/// Properties of what flows.
#[derive(Debug, Clone)]
pub(crate) enum Medium {
    Water,
    Constant {
        density: f64,
        viscosity: f64,
        specific_heat: f64,
    },
    Table(Box<Table>),
}

/// Straight between points and beyond them.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    density: Vec<(f64, f64)>,
    specific_heat: Vec<(f64, f64)>,
    viscosity: Vec<(f64, f64)>,
    /// Integral of the specific heat up to each of its points.
    enthalpy: Vec<f64>,
}

impl Medium {
    pub(crate) fn of(fluid: &CaseFluid) -> Result<Self, Error> {
        match fluid {
            CaseFluid::Water => Ok(Self::Water),
            CaseFluid::Constant {
                density_kg_m3,
                viscosity_pa_s,
                specific_heat_j_kgk,
            } => Ok(Self::Constant {
                density: *density_kg_m3,
                viscosity: *viscosity_pa_s,
                specific_heat: *specific_heat_j_kgk,
            }),
            CaseFluid::Table(table) => {
                let lists = [&table.density, &table.specific_heat, &table.viscosity];
                for list in lists {
                    let rises = list.windows(2).all(|w| w[1].0 > w[0].0);
                    let is_positive = list.iter().all(|p| p.0.is_finite() && p.1 > 0.0);
                    if list.len() < 2 || !rises || !is_positive {
                        return Err(Error::BadNumber {
                            element: "the fluid table".to_owned(),
                            what: "the number of ascending, positive points",
                            value: list.len() as f64,
                        });
                    }
                }
                let mut enthalpy = vec![0.0];
                let mut sum = 0.0;
                for w in table.specific_heat.windows(2) {
                    sum += 0.5 * (w[0].1 + w[1].1) * (w[1].0 - w[0].0);
                    enthalpy.push(sum);
                }
                Ok(Self::Table(Box::new(Table {
                    density: table.density.clone(),
                    specific_heat: table.specific_heat.clone(),
                    viscosity: table.viscosity.clone(),
                    enthalpy,
                })))
            }
            CaseFluid::Glycol { .. } => Err(Error::Unsupported {
                element: "the fluid".to_owned(),
                what: "a glycol mixture",
            }),
        }
    }
}

fn piece(points: &[(f64, f64)], x: f64) -> usize {
    let after = points.partition_point(|p| p.0 <= x);
    after.saturating_sub(1).min(points.len() - 2)
}

fn linear(points: &[(f64, f64)], x: f64) -> f64 {
    let i = piece(points, x);
    let (a, b) = (points[i], points[i + 1]);
    a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0)
}

impl Table {
    fn enthalpy(&self, t_k: f64) -> f64 {
        let i = piece(&self.specific_heat, t_k);
        let from = self.specific_heat[i];
        self.enthalpy[i] + 0.5 * (from.1 + linear(&self.specific_heat, t_k)) * (t_k - from.0)
    }

    fn temperature(&self, enthalpy: f64) -> f64 {
        let after = self.enthalpy.partition_point(|h| *h <= enthalpy);
        let i = after.saturating_sub(1).min(self.enthalpy.len() - 2);
        let mut t =
            self.specific_heat[i].0 + (enthalpy - self.enthalpy[i]) / self.specific_heat[i].1;
        for _ in 0..4 {
            t -= (self.enthalpy(t) - enthalpy) / linear(&self.specific_heat, t);
        }
        t
    }
}

impl Fluid for Medium {
    fn density(&self, t_k: f64) -> f64 {
        match self {
            Self::Water => Water.density(t_k),
            Self::Constant { density, .. } => *density,
            Self::Table(table) => linear(&table.density, t_k),
        }
    }

    fn specific_heat(&self, t_k: f64) -> f64 {
        match self {
            Self::Water => Water.specific_heat(t_k),
            Self::Constant { specific_heat, .. } => *specific_heat,
            Self::Table(table) => linear(&table.specific_heat, t_k),
        }
    }

    fn viscosity(&self, t_k: f64) -> f64 {
        match self {
            Self::Water => Water.viscosity(t_k),
            Self::Constant { viscosity, .. } => *viscosity,
            Self::Table(table) => linear(&table.viscosity, t_k).max(1e-6),
        }
    }

    fn enthalpy(&self, t_k: f64) -> f64 {
        match self {
            Self::Water => Water.enthalpy(t_k),
            Self::Constant { specific_heat, .. } => specific_heat * (t_k - 273.15),
            Self::Table(table) => table.enthalpy(t_k),
        }
    }

    fn temperature(&self, enthalpy: f64) -> f64 {
        match self {
            Self::Water => Water.temperature(enthalpy),
            Self::Constant { specific_heat, .. } => 273.15 + enthalpy / specific_heat,
            Self::Table(table) => table.temperature(enthalpy),
        }
    }
}
