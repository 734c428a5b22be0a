//! Percentiles and rank correlations of samples.

/// What many values have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Samples that have the figure.
    pub count: usize,
    /// Mean.
    pub mean: f64,
    /// One in ten lies below.
    pub p10: f64,
    /// Half lie below.
    pub p50: f64,
    /// Nine in ten lie below.
    pub p90: f64,
    /// Smallest.
    pub min: f64,
    /// Largest.
    pub max: f64,
}

/// The spread of values; `None` when there are none.
///
/// Percentiles by linear interpolation between order statistics: `x[(n − 1) p]`.
///
/// # Source  Hyndman and Fan 1996, definition 7
pub(crate) fn spread(values: &[f64]) -> Option<Spread> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (first, last) = (*sorted.first()?, *sorted.last()?);
    let at = |share: f64| {
        let position = share * (sorted.len() - 1) as f64;
        let below = position.floor() as usize;
        let above = (below + 1).min(sorted.len() - 1);
        let rest = position - below as f64;
        if rest > 0.0 {
            sorted[below] + (sorted[above] - sorted[below]) * rest
        } else {
            sorted[below]
        }
    };
    let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
    Some(Spread {
        count: sorted.len(),
        mean: mean.clamp(first, last),
        p10: at(0.1),
        p50: at(0.5),
        p90: at(0.9),
        min: first,
        max: last,
    })
}

/// Rank correlation of two series; `None` when one of them does not vary.
///
/// `ρ = cov(R_x, R_y) / (σ(R_x) σ(R_y))` of the ranks, ties at their mean rank.
///
/// # Source  Spearman 1904
pub(crate) fn rank_correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    let (x, y) = (ranks(x), ranks(y));
    let middle = (x.len() as f64 - 1.0) / 2.0;
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (a, b) in x.iter().zip(&y) {
        let (a, b) = (a - middle, b - middle);
        xy += a * b;
        xx += a * a;
        yy += b * b;
    }
    (xx > 0.0 && yy > 0.0).then(|| (xy / (xx * yy).sqrt()).clamp(-1.0, 1.0))
}

/// Ranks from 0, ties at their mean.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    while first < order.len() {
        let tied = order[first..]
            .iter()
            .take_while(|n| values[**n].total_cmp(&values[order[first]]).is_eq())
            .count();
        for n in &order[first..first + tied] {
            ranks[*n] = first as f64 + (tied as f64 - 1.0) / 2.0;
        }
        first += tied;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_lie_between_order_statistics() {
        let values: Vec<f64> = (0..=10).rev().map(f64::from).collect();
        let spread = spread(&values).unwrap();
        assert!((spread.p10 - 1.0).abs() < 1e-12);
        assert!((spread.p50 - 5.0).abs() < 1e-12);
        assert!((spread.p90 - 9.0).abs() < 1e-12);
        let even = super::spread(&[1.0, 2.0]).unwrap();
        assert!((even.p50 - 1.5).abs() < 1e-12 && (even.p10 - 1.1).abs() < 1e-12);
        assert_eq!(super::spread(&[]), None);
    }

    #[test]
    fn one_value_is_every_percentile_of_itself_to_the_bit() {
        let spread = spread(&[0.1 + 0.2; 7]).unwrap();
        for value in [spread.p10, spread.p50, spread.p90, spread.mean] {
            assert_eq!(value.to_bits(), (0.1_f64 + 0.2).to_bits());
        }
    }

    #[test]
    fn ranks_see_order_only_and_share_ties() {
        let x = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(rank_correlation(&x, &[1.0, 10.0, 100.0, 1000.0]), Some(1.0));
        assert_eq!(rank_correlation(&x, &[4.0, 3.0, 2.0, 1.0]), Some(-1.0));
        assert_eq!(rank_correlation(&x, &[5.0; 4]), None);
        assert_eq!(ranks(&[2.0, 1.0, 2.0]), [1.5, 0.0, 1.5]);
        // By hand: Σd² = 2 of four ranks, ρ = 1 − 6·2/(4·15) = 0.8.
        let rho = rank_correlation(&x, &[1.0, 3.0, 2.0, 4.0]).unwrap();
        assert!((rho - 0.8).abs() < 1e-12);
    }
}
