//! Textbook finance on yearly flows. Flow 0 falls at the start, flow `n` at the end of year `n`.

/// Present value of yearly flows.
///
/// `Σ flow[n] / (1 + r)^n`
///
/// # Valid for  `r > −1`
pub fn net_present_value(rate: f64, flows: &[f64]) -> f64 {
    let factor = 1.0 / (1.0 + rate);
    flows
        .iter()
        .rev()
        .fold(0.0, |sum, flow| sum * factor + flow)
}

/// Present value of one unit paid at the end of each of `years` years is `1 / annuity`.
///
/// `a = r / (1 − (1 + r)^−n)`, and `1 / n` at `r = 0`.
///
/// # Valid for  `n > 0`, `r ≥ 0`
pub fn annuity(rate: f64, years: f64) -> f64 {
    if rate.abs() < 1e-12 {
        return 1.0 / years;
    }
    rate / (1.0 - (1.0 + rate).powf(-years))
}

/// Lowest and highest rate searched.
const RATES: (f64, f64) = (-0.95, 10.0);

/// Rate at which the present value of the flows is zero; `None` if there is none between −95 %
/// and 1,000 %.
///
/// Scans for changes of sign and halves the interval; of several roots the one nearest to
/// `near` is returned.
///
/// # Valid for  any finite flows
pub fn internal_rate_of_return(flows: &[f64], near: f64) -> Option<f64> {
    let has_both_signs = flows.iter().any(|f| *f > 0.0) && flows.iter().any(|f| *f < 0.0);
    if !has_both_signs {
        return None;
    }
    nearest_root(|rate| net_present_value(rate, flows), RATES, near)
}

/// Years until the running sum of the flows is no longer negative, linear within a year; `None`
/// if that does not happen.
///
/// # Valid for  flow 0 is the building year
pub fn payback(flows: &[f64]) -> Option<f64> {
    let mut sum = 0.0;
    for (year, flow) in flows.iter().enumerate() {
        let before = sum;
        sum += flow;
        if sum >= 0.0 {
            let share = if *flow > 0.0 && year > 0 {
                -before / flow
            } else {
                1.0
            };
            return Some((year as f64 - 1.0 + share).max(0.0));
        }
    }
    None
}

/// Intervals of the scan: unequal, dense around the start.
const SCAN: usize = 400;

/// The root of `f` in a range that is nearest to a point, found by scan and bisection.
///
/// # Valid for  roots further apart than 1/400 of the range, denser near the point
pub(crate) fn nearest_root(
    f: impl Fn(f64) -> f64,
    (low, high): (f64, f64),
    near: f64,
) -> Option<f64> {
    let near = near.clamp(low, high);
    let at = |i: usize| {
        let x = 2.0 * i as f64 / SCAN as f64 - 1.0;
        let reach = if x < 0.0 { near - low } else { high - near };
        near + reach * x * x.abs()
    };
    let mut best: Option<f64> = None;
    let (mut a, mut fa) = (at(0), f(at(0)));
    for i in 1..=SCAN {
        let (b, fb) = (at(i), f(at(i)));
        let root = if fa.abs() <= 0.0 {
            Some(a)
        } else if fa * fb < 0.0 || (i == SCAN && fb.abs() <= 0.0) {
            Some(bisect(&f, (a, fa), b))
        } else {
            None
        };
        if let Some(root) = root
            && best.is_none_or(|known| (root - near).abs() < (known - near).abs())
        {
            best = Some(root);
        }
        (a, fa) = (b, fb);
    }
    best
}

fn bisect(f: &impl Fn(f64) -> f64, (mut a, fa): (f64, f64), mut b: f64) -> f64 {
    for _ in 0..100 {
        let middle = 0.5 * (a + b);
        if f(middle) * fa > 0.0 {
            a = middle;
        } else {
            b = middle;
        }
    }
    0.5 * (a + b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn level_flows_are_worth_the_annuity() {
        let mut flows = vec![100.0; 21];
        flows[0] = -1000.0;
        let expected = -1000.0 + 100.0 / annuity(0.05, 20.0);
        assert!((net_present_value(0.05, &flows) - expected).abs() < 1e-9);
        assert!((annuity(0.05, 20.0) - 0.080_242_587).abs() < 1e-8);
        assert!((annuity(0.0, 20.0) - 0.05).abs() < 1e-12);
    }

    /// Figures of a spreadsheet's functions, from numpy-financial 1.0: `irr`, `npv`, `pmt`, `pv`.
    #[test]
    fn figures_are_those_of_a_spreadsheet() {
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9 * b.abs().max(1.0), "{a} {b}");
        let textbook = [-39_000.0, 9_700.0, 9_700.0, 5_706.0, 48_709.0];
        near(
            internal_rate_of_return(&textbook, 0.05).unwrap(),
            0.226_228_696_911_445_32,
        );
        near(net_present_value(0.05, &textbook), 24_038.353_360_996_694);
        // A heat pump of 1.5 M EUR, bought again in part in year 15, rest credited in year 20.
        let mut plant = vec![138_250.0; 21];
        (plant[0], plant[15], plant[20]) = (-1_500_000.0, -310_400.0, 402_000.0);
        plant[19] = 138_250.0;
        near(
            internal_rate_of_return(&plant, 0.05).unwrap(),
            0.058_382_136_558_304_154,
        );
        near(net_present_value(0.05, &plant), 106_496.859_905_392_6);
        near(net_present_value(0.08, &plant), -227_487.222_150_262_9);
        near(annuity(0.05, 20.0), 0.080_242_587_190_691_3);
        near(annuity(0.035, 15.0), 0.086_825_069_366_033_11);
        near(annuity(0.0, 20.0), 0.05);
        near(1.0 / annuity(0.05, 20.0), 12.462_210_342_539_99);
        // Levelised cost by hand: (1 M + 60,000 pv) / (2,000 pv), pv = 12.4622….
        let pv = 1.0 / annuity(0.05, 20.0);
        near(
            (1e6 + 60_000.0 * pv) / (2_000.0 * pv),
            70.121_293_595_345_66,
        );
    }

    #[test]
    fn one_flow_back_earns_its_growth() {
        let rate = internal_rate_of_return(&[-100.0, 0.0, 121.0], 0.05).unwrap();
        assert!((rate - 0.10).abs() < 1e-12);
        let loss = internal_rate_of_return(&[-100.0, 50.0], 0.05).unwrap();
        assert!((loss + 0.5).abs() < 1e-12);
    }

    #[test]
    fn there_is_no_rate_when_nothing_comes_back() {
        assert_eq!(internal_rate_of_return(&[-100.0, -1.0, -1.0], 0.05), None);
        assert_eq!(internal_rate_of_return(&[0.0, 5.0], 0.05), None);
        assert_eq!(internal_rate_of_return(&[], 0.05), None);
        assert_eq!(internal_rate_of_return(&[-1.0, 3.0, -2.5], 0.05), None);
    }

    #[test]
    fn of_two_rates_the_nearer_is_returned() {
        let flows = [-100.0, 230.0, -132.0];
        let low = internal_rate_of_return(&flows, 0.05).unwrap();
        let high = internal_rate_of_return(&flows, 0.5).unwrap();
        assert!((low - 0.1).abs() < 1e-9, "{low}");
        assert!((high - 0.2).abs() < 1e-9, "{high}");
    }

    #[test]
    fn payback_is_linear_within_the_year() {
        assert_eq!(payback(&[-100.0, 40.0, 40.0, 40.0]), Some(2.5));
        assert_eq!(payback(&[-100.0, 40.0]), None);
        assert_eq!(payback(&[0.0, 40.0]), Some(0.0));
        assert_eq!(payback(&[-100.0, 100.0]), Some(1.0));
    }

    proptest! {
        #[test]
        fn the_rate_found_makes_the_present_value_vanish(
            invest in 1.0..1e6_f64, back in 0.01..0.9_f64, years in 2_usize..40,
        ) {
            let mut flows = vec![invest * back; years + 1];
            flows[0] = -invest;
            let rate = internal_rate_of_return(&flows, 0.05).unwrap();
            prop_assert!(net_present_value(rate, &flows).abs() < 1e-6 * invest);
        }

        #[test]
        fn present_value_falls_as_the_rate_rises(rate in 0.0..0.5_f64, step in 0.001..0.1_f64) {
            let flows = [-10.0, 3.0, 3.0, 3.0, 3.0, 3.0];
            prop_assert!(net_present_value(rate + step, &flows) < net_present_value(rate, &flows));
        }
    }
}
