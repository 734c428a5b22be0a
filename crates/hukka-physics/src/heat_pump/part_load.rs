//! What a compressor loses below full load, and below what load it stops.

/// How a compressor follows the load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compressor {
    /// Screw with slide valve and speed control.
    Screw,
    /// Reciprocating, cylinders switched in steps.
    Reciprocating,
    /// Centrifugal with guide vanes and speed control.
    Turbo,
}

impl Compressor {
    /// Lowest load at which it runs, share of full load.
    ///
    /// # Source  usual ranges of makers, no single read source: screw 25–100 %, turbo 40–100 %,
    ///   reciprocating one cylinder bank of four
    pub fn min_load(self) -> f64 {
        match self {
            Self::Screw | Self::Reciprocating => 0.25,
            Self::Turbo => 0.4,
        }
    }

    /// Share of the COP lost at half load.
    ///
    /// # Source  usual −5 to −15 %, no single read source
    fn loss_at_half(self) -> f64 {
        match self {
            Self::Screw => 0.15,
            Self::Reciprocating => 0.05,
            Self::Turbo => 0.10,
        }
    }
}

/// COP at part load over COP at full load, `None` below the lowest load or above full load.
///
/// `φ(y) = 1 − 4 c (1 − y)²`, with `c` the share lost at half load: flat near full load, where
/// machines are built to run.
///
/// # Valid for  lowest load to full load
/// # Source     form of a polynomial in the load as in the Carnot machines of the Modelica Buildings
///   library; values as stated at [`Compressor`]
pub fn factor(compressor: Compressor, load: f64) -> Option<f64> {
    (compressor.min_load()..=1.0)
        .contains(&load)
        .then(|| 1.0 - 4.0 * compressor.loss_at_half() * (1.0 - load).powi(2))
}

/// COP over COP at full load when a bank of equal units in parallel shares a load.
///
/// As few units run as carry the load, all equally: `n = ⌈y N⌉`, each at `y N / n`. `None` when even
/// one unit would run below its lowest load.
///
/// # Valid for  0 < load ≤ 1
pub fn bank_factor(compressor: Compressor, units: u32, load: f64) -> Option<f64> {
    if units == 0 || load.is_nan() || load <= 0.0 || load > 1.0 {
        return None;
    }
    let carried = load * f64::from(units);
    // A load that is a whole number of units but for rounding needs no further unit.
    let running = (carried - 1e-9).ceil().max(1.0);
    factor(compressor, (carried / running).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn full_load_loses_nothing_and_half_load_what_is_stated() {
        for compressor in [
            Compressor::Screw,
            Compressor::Reciprocating,
            Compressor::Turbo,
        ] {
            assert!((factor(compressor, 1.0).unwrap() - 1.0).abs() < 1e-12);
            let half = factor(compressor, 0.5).unwrap();
            assert!((0.85 - 1e-12..=0.95 + 1e-12).contains(&half), "{half}");
            assert_eq!(factor(compressor, compressor.min_load() - 0.01), None);
        }
    }

    #[test]
    fn many_units_reach_lower_and_lose_less() {
        let one = bank_factor(Compressor::Screw, 1, 0.5).unwrap();
        let two = bank_factor(Compressor::Screw, 2, 0.5).unwrap();
        assert!(two > one && (two - 1.0).abs() < 1e-9);
        assert_eq!(bank_factor(Compressor::Turbo, 1, 0.1), None);
        assert!(bank_factor(Compressor::Turbo, 8, 0.1).is_some());
        assert_eq!(bank_factor(Compressor::Turbo, 0, 0.5), None);
        assert_eq!(bank_factor(Compressor::Turbo, 2, 0.0), None);
    }

    proptest! {
        #[test]
        fn one_unit_never_gains_by_running_slower(low in 0.4..1.0_f64, more in 0.0..1.0_f64) {
            let high = low + (1.0 - low) * more;
            prop_assert!(
                factor(Compressor::Turbo, high).unwrap() >= factor(Compressor::Turbo, low).unwrap()
            );
        }
    }
}
