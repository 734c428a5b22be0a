//! What a pipe must carry: loads that add up, and the power that remains after diversity.

use core::ops::{Add, AddAssign, Sub, SubAssign};

/// Loads behind a point of the network, watts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Load {
    /// Number of consumers.
    pub(crate) count: i64,
    /// Number of places that must be reached whatever it costs.
    pub(crate) forced: i64,
    /// Sum of the design powers of buildings; diversity applies.
    pub(crate) diversified: f64,
    /// Sum of the design powers of whole quarters; already diverse in themselves.
    pub(crate) firm: f64,
    /// Sum of what each needs in the common highest hour, at design weather.
    pub(crate) coincident: f64,
    /// Heat fed in by sources.
    pub(crate) fed: f64,
    /// The heat that their largest water flow would carry in the design hour.
    pub(crate) fed_flow: f64,
}

/// What a data centre's heat pumps feed in, watts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Feed {
    /// Most heat.
    pub(crate) heat: f64,
    /// The heat that the largest water flow would carry at the design hour's temperatures: heat
    /// pumps are at full load on mild days too, when water is cooled less.
    pub(crate) flow: f64,
}

impl Feed {
    /// As the load of a place that must be reached.
    pub(crate) fn load(self) -> Load {
        Load {
            forced: 1,
            fed: self.heat,
            fed_flow: self.flow,
            ..Load::default()
        }
    }
}

impl Load {
    /// Whether nobody is behind.
    pub(crate) const fn is_empty(&self) -> bool {
        self.count <= 0 && self.forced <= 0
    }

    /// Heat flow: `max(f(n) Σ design + firm, Σ coincident, fed in)`.
    pub(crate) fn heat(&self, diversity: &Diversity) -> f64 {
        (diversity.factor(self.count) * self.diversified + self.firm)
            .max(self.coincident)
            .max(self.fed)
    }

    /// Heat flow to size for, at the design hour's temperatures.
    pub(crate) fn power(&self, diversity: &Diversity) -> f64 {
        self.heat(diversity).max(self.fed_flow)
    }
}

impl Add for Load {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self {
            count: self.count + o.count,
            forced: self.forced + o.forced,
            diversified: self.diversified + o.diversified,
            firm: self.firm + o.firm,
            coincident: self.coincident + o.coincident,
            fed: self.fed + o.fed,
            fed_flow: self.fed_flow + o.fed_flow,
        }
    }
}

impl Sub for Load {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        Self {
            count: self.count - o.count,
            forced: self.forced - o.forced,
            diversified: self.diversified - o.diversified,
            firm: self.firm - o.firm,
            coincident: self.coincident - o.coincident,
            fed: self.fed - o.fed,
            fed_flow: self.fed_flow - o.fed_flow,
        }
    }
}

impl AddAssign for Load {
    fn add_assign(&mut self, o: Self) {
        *self = *self + o;
    }
}

impl SubAssign for Load {
    fn sub_assign(&mut self, o: Self) {
        *self = *self - o;
    }
}

/// Share of the summed design powers that `n` consumers need at the same time.
///
/// `f(n) = 0.449677646 + 0.551234688 / (1 + (n / 53.84382392)^1.762743268)`, at most 1
///
/// # Valid for     n up to about 300; beyond it tends to 0.45
/// # Source        Winter et al. 2001, "Untersuchungen der Gleichzeitigkeit in kleinen und
///   mittleren Nahwärmenetzen", constants as used in Sophena
pub(crate) fn winter(consumers: f64) -> f64 {
    let spread = (consumers / 53.843_823_92).powf(1.762_743_268);
    (0.449_677_646_267_461 + 0.551_234_688 / (1.0 + spread)).min(1.0)
}

/// The factor for every count up to the study's size.
#[derive(Debug, Clone)]
pub(crate) struct Diversity {
    factors: Vec<f64>,
}

impl Diversity {
    /// Factors for up to `most` consumers.
    pub(crate) fn up_to(most: usize) -> Self {
        Self {
            factors: (0..=most).map(|n| winter(n as f64)).collect(),
        }
    }

    pub(crate) fn factor(&self, count: i64) -> f64 {
        let last = self.factors.len() - 1;
        self.factors[(count.max(0) as usize).min(last)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diversity_matches_the_published_values() {
        for (n, expected) in [(1.0, 1.0), (10.0, 0.974), (50.0, 0.743), (100.0, 0.588)] {
            assert!((winter(n) - expected).abs() < 1e-3, "f({n})");
        }
        assert!((winter(300.0) - 0.475).abs() < 1e-3);
    }

    #[test]
    fn more_consumers_never_need_a_smaller_pipe_when_alike() {
        let diversity = Diversity::up_to(1000);
        let mut before = 0.0;
        for n in 1..1000_i64 {
            let load = Load {
                count: n,
                diversified: n as f64 * 10e3,
                ..Load::default()
            };
            let power = load.power(&diversity);
            assert!(power >= before * 0.9999, "{n}: {power} < {before}");
            before = power;
        }
    }
}
