//! Pseudo-random numbers: the same seed gives the same numbers on every machine.

/// The generator xoshiro256++, seeded by SplitMix64.
///
/// # Source
/// Blackman & Vigna 2021, Scrambled linear pseudorandom number generators, ACM TOMS 47(4);
/// Steele, Lea & Flood 2014, Fast splittable pseudorandom number generators.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: [u64; 4],
    spare_normal: Option<f64>,
}

impl Random {
    /// A generator for one purpose under a seed; streams of different names are independent.
    pub(crate) fn new(seed: u64, stream: &str) -> Self {
        const FNV_OFFSET: u64 = 0xCBF2_9CE4_8422_2325;
        const FNV_PRIME: u64 = 0x0000_0100_0000_01B3;
        let name = stream.bytes().fold(FNV_OFFSET, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
        });
        let mut mixer = seed ^ name;
        Self {
            state: core::array::from_fn(|_| split_mix(&mut mixer)),
            spare_normal: None,
        }
    }

    fn next_u64(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let shifted = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= shifted;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// Uniform in (0, 1].
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.next_u64() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// Standard normal, Box–Muller.
    pub(crate) fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare_normal.take() {
            return spare;
        }
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        let (sine, cosine) = (core::f64::consts::TAU * self.uniform()).sin_cos();
        self.spare_normal = Some(radius * sine);
        radius * cosine
    }

    /// A stationary first-order autoregressive series of unit variance.
    ///
    /// `x[t] = φ x[t−1] + √(1 − φ²) e[t]`, `φ = exp(−1/τ)`, `τ` the time constant in steps.
    pub(crate) fn autoregressive(&mut self, count: usize, time_constant: f64) -> Vec<f64> {
        let keep = (-1.0 / time_constant).exp();
        let fresh = (1.0 - keep * keep).sqrt();
        let mut value = self.normal();
        (0..count)
            .map(|_| {
                let now = value;
                value = keep * value + fresh * self.normal();
                now
            })
            .collect()
    }

    /// An autoregressive series of unit variance whose hours follow each other smoothly.
    ///
    /// `y[t] = ψ y[t−1] + (1 − ψ) x[t]`, `x` of time constant `τ`, `ψ = exp(−1/short)`, scaled by
    /// its stationary variance `(1 − ψ)² (1 + φψ) / ((1 − ψ²)(1 − φψ))`.
    pub(crate) fn smooth(&mut self, count: usize, time_constant: f64, short: f64) -> Vec<f64> {
        let (slow, fast) = ((-1.0 / time_constant).exp(), (-1.0 / short).exp());
        let variance = (1.0 - fast).powi(2) * (1.0 + slow * fast)
            / ((1.0 - fast * fast) * (1.0 - slow * fast));
        let deviation = variance.sqrt();
        let series = self.autoregressive(count, time_constant);
        let mut value = series.first().map_or(0.0, |first| first * deviation);
        series
            .into_iter()
            .map(|fresh| {
                value = fast * value + (1.0 - fast) * fresh;
                value / deviation
            })
            .collect()
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_mix_gives_its_published_numbers() {
        let mut state = 1_234_567;
        assert_eq!(split_mix(&mut state), 6_457_827_717_110_365_317);
        assert_eq!(split_mix(&mut state), 3_203_168_211_198_807_973);
    }

    #[test]
    fn normals_have_mean_zero_and_unit_variance() {
        let mut random = Random::new(7, "test");
        let values: Vec<f64> = (0..100_000).map(|_| random.normal()).collect();
        let mean = values.iter().sum::<f64>() / 1e5;
        let variance = values.iter().map(|v| v * v).sum::<f64>() / 1e5;
        assert!(mean.abs() < 0.02 && (variance - 1.0).abs() < 0.02);
    }

    #[test]
    fn an_autoregressive_series_forgets_at_its_time_constant() {
        let series = Random::new(3, "test").autoregressive(200_000, 72.0);
        let pairs = series.iter().zip(&series[72..]);
        let covariance = pairs.map(|(a, b)| a * b).sum::<f64>() / 2e5;
        let variance = series.iter().map(|v| v * v).sum::<f64>() / 2e5;
        assert!((variance - 1.0).abs() < 0.1);
        assert!((covariance / variance - (-1.0_f64).exp()).abs() < 0.06);
        let smooth = Random::new(3, "test").smooth(200_000, 72.0, 2.0);
        let variance = smooth.iter().map(|v| v * v).sum::<f64>() / 2e5;
        assert!((variance - 1.0).abs() < 0.1);
    }
}
