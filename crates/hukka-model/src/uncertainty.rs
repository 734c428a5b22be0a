//! How sure the answer is: spreads of the figures, what moves them, single questions. Made by the
//! facade from runs of the full chain.

use hukka_units::{Money, Ratio};
use serde::{Deserialize, Serialize};

/// One figure over all samples.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureSpread {
    /// Name for machines: `npv_eur`.
    pub name: String,
    /// What it is, with its unit.
    pub label: String,
    /// The study's own; `None` where it does not exist.
    pub base: Option<f64>,
    /// Samples that have the figure.
    pub samples: usize,
    /// One in ten, half, nine in ten lie below; `None` without samples.
    pub p10_p50_p90: Option<(f64, f64, f64)>,
}

/// What one uncertain input does to the net present value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TornadoBar {
    /// Input, a column of `samples.csv`.
    pub input: String,
    /// Rank correlation with the net present value.
    pub correlation: f64,
    /// Mean net present value of the fifth of the samples with the lowest, and the highest input;
    /// samples of one value of the input stand together. `None` below 20 samples.
    pub npv_low_high: Option<(Money, Money)>,
}

/// Net present value when two things happen at once.
///
/// # Shapes  `npv[row][column]`
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ScenarioMatrix {
    /// What the data centre does.
    pub rows: Vec<String>,
    /// What prices do.
    pub columns: Vec<String>,
    /// Net present value.
    pub npv: Vec<Vec<Money>>,
}

/// One question and its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WhatIfAnswer {
    /// Name for machines: `leaves`.
    pub id: String,
    /// The question.
    pub question: String,
    /// What is assumed to answer it.
    pub assumes: String,
    /// Change of the net present value.
    pub npv_change: Option<Money>,
    /// Running cost of the year above the study's.
    pub extra_cost: Option<Money>,
    /// Heat not supplied on the coldest day, MWh.
    pub unserved_on_coldest_day_mwh: Option<f64>,
    /// Heat not supplied in the year, MWh.
    pub unserved_mwh: Option<f64>,
}

/// How sure the answer is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UncertaintyResult {
    /// Samples of the full chain.
    pub samples: usize,
    /// Seed.
    pub seed: u64,
    /// Every headline figure.
    pub figures: Vec<FigureSpread>,
    /// Share of samples with a negative net present value.
    pub loss_probability: Ratio,
    /// Inputs, the strongest first.
    pub tornado: Vec<TornadoBar>,
    /// Data centre against prices.
    pub matrix: ScenarioMatrix,
    /// Single questions.
    pub what_ifs: Vec<WhatIfAnswer>,
}
