//! Degree-hours for any balance point, exactly and fast.

/// Sum of `max(0, base − T)` over the hours of a year, for any base.
///
/// Temperatures are sorted once and summed from the coldest on, so that each question costs one
/// binary search. Closed hours have a base lower by the setback.
#[derive(Debug, Clone, PartialEq)]
pub struct DegreeHours {
    open: Sorted,
    closed: Sorted,
    setback: f64,
}

#[derive(Debug, Clone, PartialEq)]
struct Sorted {
    temperature: Vec<f64>,
    /// Sum of the coldest `i` temperatures at position `i`.
    sum: Vec<f64>,
}

impl Sorted {
    fn new(mut temperature: Vec<f64>) -> Self {
        temperature.sort_by(f64::total_cmp);
        let mut sum = Vec::with_capacity(temperature.len() + 1);
        let mut running = 0.0;
        sum.push(running);
        for t in &temperature {
            running += t;
            sum.push(running);
        }
        Self { temperature, sum }
    }

    fn below(&self, base: f64) -> f64 {
        let count = self.temperature.partition_point(|t| *t < base);
        (base * count as f64 - self.sum[count]).max(0.0)
    }
}

impl DegreeHours {
    /// From hourly temperatures and whether each hour is open.
    ///
    /// # Shapes  `temperature_c[step]`, `is_open[step]`
    pub fn new(temperature_c: &[f64], is_open: &[bool], setback: f64) -> Self {
        let pick = |wanted: bool| {
            let kept = temperature_c.iter().zip(is_open);
            Sorted::new(
                kept.filter(|(_, o)| **o == wanted)
                    .map(|(t, _)| *t)
                    .collect(),
            )
        };
        Self {
            open: pick(true),
            closed: pick(false),
            setback,
        }
    }

    /// Degree-hours below a balance point, K h.
    pub fn below(&self, balance_c: f64) -> f64 {
        self.open.below(balance_c) + self.closed.below(balance_c - self.setback)
    }
}

/// The temperature difference a building heats against in every hour, kelvin.
pub(crate) fn kernel(
    temperature_c: &[f64],
    is_open: &[bool],
    setback: f64,
    balance_c: f64,
) -> Vec<f64> {
    temperature_c
        .iter()
        .zip(is_open)
        .map(|(t, open)| {
            let base = if *open {
                balance_c
            } else {
                balance_c - setback
            };
            (base - t).max(0.0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_fast_sum_is_the_sum_of_the_hours(
            hours in prop::collection::vec((-35.0..30.0_f64, any::<bool>()), 1..200),
            base in -40.0..35.0_f64, setback in 0.0..5.0_f64,
        ) {
            let (t, open): (Vec<f64>, Vec<bool>) = hours.into_iter().unzip();
            let fast = DegreeHours::new(&t, &open, setback).below(base);
            let slow: f64 = kernel(&t, &open, setback, base).iter().sum();
            prop_assert!((fast - slow).abs() < 1e-9 * (1.0 + slow));
        }
    }
}
