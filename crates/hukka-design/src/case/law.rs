//! What a trench costs and loses when heat is drawn at its end.

use hukka_model::{DesignCase, Objective};

/// Hours of a year.
pub(crate) const YEAR_H: f64 = 8760.0;

/// Capital recovery factor `i (1 + i)^n / ((1 + i)^n − 1)`, `1/n` without interest.
///
/// # Valid for  i ≥ 0, n > 0
pub(crate) fn recovery(interest: f64, years: f64) -> f64 {
    if interest.abs() < 1e-12 {
        return 1.0 / years;
    }
    interest / (1.0 - (1.0 + interest).powf(-years))
}

/// One pipe per metre of trench: cost `fixed + slope f`, loss `loss_b + loss_a f` with the inflow
/// `f ≤ capacity` in kW; EUR/(m a) and kW/m.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pipe {
    pub(crate) fixed: f64,
    pub(crate) slope: f64,
    pub(crate) loss_a: f64,
    pub(crate) loss_b: f64,
    pub(crate) capacity: f64,
    /// Index in the case's catalogue; `None` for the linear pipe.
    pub(crate) size: Option<usize>,
}

/// Heat at the upstream end of a trench and what the trench costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Carried {
    /// kW at the upstream end.
    pub(crate) inflow: f64,
    /// EUR/a.
    pub(crate) cost: f64,
    /// Index of the pipe.
    pub(crate) pipe: usize,
}

/// All pipes, rising in capacity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Law {
    pub(crate) pipes: Vec<Pipe>,
    /// Pipes worth considering at a usual price of heat, rising in capacity and in cost.
    efficient: Vec<usize>,
}

impl Law {
    /// The pipes of an objective; `heat_cost` prices losses when sizes are compared.
    ///
    /// `cat`: fixed = crf · cost + loss (8760 − h)/1000 · loss price; the loss in full-load hours
    /// is paid at the source. `lin`: both linear in the inflow.
    pub(crate) fn new(case: &DesignCase, objective: Objective, heat_cost: f64) -> Self {
        let economics = &case.economics;
        let share = recovery(economics.interest.si(), economics.pipe_life.a());
        let idle = (YEAR_H - economics.full_load.h()).max(0.0) / 1000.0;
        let pipes: Vec<Pipe> = match objective {
            Objective::Catalogue => case
                .catalogue
                .iter()
                .enumerate()
                .map(|(size, pipe)| {
                    let loss = pipe.loss_w_per_m / 1000.0;
                    Pipe {
                        fixed: share * pipe.cost.eur_m()
                            + loss * idle * economics.loss_price.eur_mwh(),
                        slope: 0.0,
                        loss_a: 0.0,
                        loss_b: loss,
                        capacity: pipe.capacity.kw(),
                        size: Some(size),
                    }
                })
                .collect(),
            Objective::Linear => case
                .linear
                .iter()
                .map(|pipe| Pipe {
                    fixed: share * pipe.cost_b_eur_per_m,
                    slope: share * pipe.cost_a_eur_per_m_kw,
                    loss_a: pipe.loss_a_kw_per_m_kw,
                    loss_b: pipe.loss_b_kw_per_m,
                    capacity: pipe.capacity.kw(),
                    size: None,
                })
                .collect(),
        };
        let weight = |k: usize| pipes[k].fixed + heat_cost.max(0.0) * pipes[k].loss_b;
        let efficient = (0..pipes.len())
            .filter(|&k| (k + 1..pipes.len()).all(|other| weight(other) > weight(k)))
            .collect();
        Self { pipes, efficient }
    }

    /// Cheapest pipe that delivers `outflow` kW at the end of `length` metres; `None` when no pipe
    /// is large enough.
    ///
    /// Inflow `f = (outflow + L loss_b) / (1 − L loss_a) ≤ capacity`.
    pub(crate) fn carry(&self, length: f64, outflow: f64) -> Option<Carried> {
        self.efficient.iter().find_map(|&k| {
            let inflow = self.inflow(k, length, outflow)?;
            Some(Carried {
                inflow,
                cost: length * (self.pipes[k].fixed + self.pipes[k].slope * inflow),
                pipe: k,
            })
        })
    }

    /// Inflow of one pipe; `None` when it is too small.
    pub(crate) fn inflow(&self, pipe: usize, length: f64, outflow: f64) -> Option<f64> {
        let pipe = &self.pipes[pipe];
        let kept = 1.0 - length * pipe.loss_a;
        let inflow = (outflow + length * pipe.loss_b) / kept;
        (kept > 0.0 && inflow <= pipe.capacity).then_some(inflow)
    }

    /// Heat that arrives when `inflow` kW enter, with its cost: the same law read downstream.
    pub(crate) fn deliver(&self, length: f64, inflow: f64) -> Option<(f64, Carried)> {
        let k = (self.efficient.iter().copied()).find(|&k| inflow <= self.pipes[k].capacity)?;
        let pipe = &self.pipes[k];
        let outflow = inflow - length * (pipe.loss_b + pipe.loss_a * inflow);
        let cost = length * (pipe.fixed + pipe.slope * inflow);
        (outflow >= 0.0).then_some((
            outflow,
            Carried {
                inflow,
                cost,
                pipe: k,
            },
        ))
    }

    /// The cheapest pipe that carries an outflow, when it is best whatever heat costs: none of the
    /// other large enough pipes is cheaper or loses less.
    pub(crate) fn undisputed(&self, length: f64, outflow: f64) -> Option<Carried> {
        let best = self.carry(length, outflow)?;
        let chosen = &self.pipes[best.pipe];
        let is_best = (0..self.pipes.len()).all(|k| {
            self.inflow(k, length, outflow).is_none()
                || (self.pipes[k].fixed >= chosen.fixed && self.pipes[k].loss_b >= chosen.loss_b)
        });
        is_best.then_some(best)
    }
}
