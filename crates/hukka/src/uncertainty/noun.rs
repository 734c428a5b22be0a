//! The result as the noun that report and summary take.

use super::headline::NPV;
use super::{HEADLINES, INPUTS, Sample, Uncertainty};
use hukka_model::{FigureSpread, TornadoBar, UncertaintyResult, WhatIfAnswer};
use hukka_units::{Money, Ratio};

/// Samples below which the ends of a tornado bar would rest on chance.
const LEAST_SAMPLES: usize = 20;

/// The noun.
pub(crate) fn noun(result: &Uncertainty) -> UncertaintyResult {
    let base = result.base[NPV];
    let figures = HEADLINES.iter().zip(&result.spreads).zip(&result.base);
    UncertaintyResult {
        samples: result.samples.len(),
        seed: result.seed,
        figures: figures
            .map(|((figure, spread), own)| FigureSpread {
                name: figure.name.to_owned(),
                label: figure.label.to_owned(),
                base: *own,
                samples: spread.map_or(0, |spread| spread.count),
                p10_p50_p90: spread.map(|spread| (spread.p10, spread.p50, spread.p90)),
            })
            .collect(),
        loss_probability: Ratio::from_fraction(result.loss_probability),
        tornado: tornado(result),
        matrix: result.matrix.clone(),
        what_ifs: result
            .what_ifs
            .iter()
            .map(|answer| WhatIfAnswer {
                id: answer.id.to_owned(),
                question: answer.question.clone(),
                assumes: answer.assumes.to_owned(),
                npv_change: answer
                    .figures
                    .and_then(|figures| Some(Money::from_eur(figures[NPV]? - base?))),
                extra_cost: answer.extra_cost_eur.map(Money::from_eur),
                unserved_on_coldest_day_mwh: answer.unserved_on_coldest_day_mwh,
                unserved_mwh: answer.unserved_mwh,
            })
            .collect(),
    }
}

/// Inputs that vary, the strongest first.
pub(crate) fn tornado(result: &Uncertainty) -> Vec<TornadoBar> {
    let mut bars: Vec<TornadoBar> = INPUTS
        .iter()
        .enumerate()
        .filter_map(|(n, input)| {
            Some(TornadoBar {
                input: input.name.to_owned(),
                correlation: result.correlations[n]?,
                npv_low_high: ends(&result.samples, n),
            })
        })
        .collect();
    bars.sort_by(|a, b| {
        let by_size = b.correlation.abs().total_cmp(&a.correlation.abs());
        by_size.then(a.input.cmp(&b.input))
    });
    bars
}

/// Mean net present value of the lowest and of the highest fifth of an input.
///
/// Where the border of the fifth falls among samples of one value, all of that value count, so
/// that the order of samples has no say.
fn ends(samples: &[Sample], input: usize) -> Option<(Money, Money)> {
    let mut pairs: Vec<(f64, f64)> = samples
        .iter()
        .filter_map(|sample| Some((sample.inputs[input], sample.figures[NPV]?)))
        .collect();
    if pairs.len() < LEAST_SAMPLES {
        return None;
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let fifth = pairs.len().div_ceil(5);
    let (low, high) = (pairs[fifth - 1].0, pairs[pairs.len() - fifth].0);
    let mean = |accept: &dyn Fn(f64) -> bool| {
        let chosen: Vec<f64> = pairs
            .iter()
            .filter(|(x, _)| accept(*x))
            .map(|(_, npv)| *npv)
            .collect();
        Money::from_eur(chosen.iter().sum::<f64>() / chosen.len().max(1) as f64)
    };
    Some((mean(&|x| x <= low), mean(&|x| x >= high)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(input: f64, npv: f64) -> Sample {
        let mut sample = Sample {
            inputs: [0.0; INPUTS.len()],
            figures: [None; HEADLINES.len()],
        };
        sample.inputs[3] = input;
        sample.figures[NPV] = Some(npv);
        sample
    }

    #[test]
    fn the_ends_are_means_of_the_outer_fifths() {
        let samples: Vec<Sample> = (0..25)
            .map(|n| sample(f64::from(n), -2.0 * f64::from(n)))
            .collect();
        let (low, high) = ends(&samples, 3).unwrap();
        assert!((low.eur() + 4.0).abs() < 1e-12 && (high.eur() + 44.0).abs() < 1e-12);
        assert_eq!(ends(&samples[..10], 3), None);
    }

    #[test]
    fn samples_of_one_value_stand_together_whatever_their_order() {
        let mut samples: Vec<Sample> = (0..40)
            .map(|n| sample(f64::from(n % 2), f64::from(n)))
            .collect();
        let forward = ends(&samples, 3);
        samples.reverse();
        assert_eq!(ends(&samples, 3), forward);
        let (low, high) = forward.unwrap();
        assert!((low.eur() - 19.0).abs() < 1e-12 && (high.eur() - 20.0).abs() < 1e-12);
    }
}
