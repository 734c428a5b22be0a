//! That not everybody draws the highest power in the same hour.

/// Consumers up to which the fit was made.
const FITTED: usize = 300;

/// Share of the sum of all connected powers that many consumers draw together.
///
/// `g(n) = a + b / (1 + (n/c)^d)`, with a 0.449677646267461, b 0.551234688, c 53.84382392,
/// d 1.762743268; `g(1) = 1`, never above 1.
///
/// # Valid for  up to about 300 consumers of a local network; beyond it flattens towards 0.45
/// # Source     Winter, Haslauer and Obernberger 2001, Untersuchungen der Gleichzeitigkeit in kleinen
///   und mittleren Nahwärmenetzen, Euroheat & Power 09/10
pub fn simultaneity(consumers: usize) -> f64 {
    const A: f64 = 0.449_677_646_267_461;
    const B: f64 = 0.551_234_688;
    const C: f64 = 53.843_823_92;
    const D: f64 = 1.762_743_268;
    if consumers <= 1 {
        return 1.0;
    }
    (A + B / (1.0 + (consumers as f64 / C).powf(D))).min(1.0)
}

/// Whether so many consumers lie beyond the fit of [`simultaneity`].
pub fn is_beyond_simultaneity_fit(consumers: usize) -> bool {
    consumers > FITTED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_gives_its_known_values() {
        for (n, expected) in [
            (1, 1.0),
            (10, 0.974),
            (50, 0.743),
            (100, 0.588),
            (300, 0.475),
        ] {
            let found = simultaneity(n);
            assert!((found - expected).abs() < 6e-4, "{n}: {found}");
        }
        assert!(is_beyond_simultaneity_fit(301) && !is_beyond_simultaneity_fit(300));
    }

    #[test]
    fn more_consumers_never_draw_a_larger_share() {
        for n in 1..1000 {
            let (fewer, more) = (simultaneity(n), simultaneity(n + 1));
            assert!(more <= fewer, "{n}");
            assert!((n + 1) as f64 * more > n as f64 * fewer, "{n}");
        }
    }
}
