//! Regressions of Jesper et al. over data sheets of large heat pumps.

use super::OperatingPoint;

/// Which of the two regressions an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Branch {
    /// Sinks up to 100 °C.
    Conventional,
    /// Sinks of 100 to 160 °C.
    VeryHighTemperature,
}

/// Why the regression has no answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OutsideData {
    /// Sink outlet above 160 °C.
    SinkTooHot,
    /// Source inlet outside −10 to 60 °C, conventional heat pumps only.
    Source,
    /// Lift from source inlet to sink outlet outside the data, with what is allowed in kelvin.
    Lift(f64, f64),
}

const CONVENTIONAL_SINK: f64 = 373.15;
const HOTTEST_SINK: f64 = 433.15;
const CONVENTIONAL_SOURCE: (f64, f64) = (263.15, 333.15);
const CONVENTIONAL_LIFT: (f64, f64) = (10.0, 78.0);
const HIGH_LIFT: (f64, f64) = (25.0, 95.0);

/// COP after Jesper et al. 2021 from lift and sink outlet.
///
/// Sinks to 100 °C: `COP = 1.4480e12 (ΔT + 2·88.730)^−4.9460`. Above, to 160 °C:
/// `COP = 1.9118 (ΔT + 2·0.044189)^−0.89094 (T_h,o + 0.044189)^0.67895` with `T_h,o` in kelvin.
/// `ΔT` is sink outlet less source inlet. Glides and machine play no part.
///
/// # Valid for  conventional: lift 10–78 K, source −10 to 60 °C; very high temperature: lift
///   25–95 K; outside: `Err`, nothing is extrapolated
/// # Source     Jesper et al. 2021, data sheets of 33 heat pumps of 11 makers above 50 kW; for
///   district heating it lies well below documented plants
pub fn cop(point: &OperatingPoint) -> Result<(f64, Branch), OutsideData> {
    let lift = point.lift();
    let within = |(min, max): (f64, f64)| {
        if (min..=max).contains(&lift) {
            Ok(())
        } else {
            Err(OutsideData::Lift(min, max))
        }
    };
    if point.sink_out <= CONVENTIONAL_SINK {
        within(CONVENTIONAL_LIFT)?;
        if !(CONVENTIONAL_SOURCE.0..=CONVENTIONAL_SOURCE.1).contains(&point.source_in) {
            return Err(OutsideData::Source);
        }
        let value = 1.4480e12 * (lift + 2.0 * 88.730).powf(-4.9460);
        Ok((value, Branch::Conventional))
    } else if point.sink_out <= HOTTEST_SINK {
        within(HIGH_LIFT)?;
        let value = 1.9118
            * (lift + 2.0 * 0.044_189).powf(-0.890_94)
            * (point.sink_out + 0.044_189).powf(0.678_95);
        Ok((value, Branch::VeryHighTemperature))
    } else {
        Err(OutsideData::SinkTooHot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source_c: f64, sink_c: f64) -> Result<(f64, Branch), OutsideData> {
        cop(&OperatingPoint {
            source_in: source_c + 273.15,
            source_out: source_c + 268.15,
            sink_in: sink_c + 253.15,
            sink_out: sink_c + 273.15,
        })
    }

    #[test]
    fn the_regression_gives_its_documented_values() {
        for (lift, expected) in [
            (20.0, 6.42),
            (30.0, 5.03),
            (40.0, 3.98),
            (45.0, 3.56),
            (50.0, 3.19),
            (55.0, 2.86),
            (60.0, 2.58),
            (65.0, 2.32),
            (70.0, 2.10),
        ] {
            let (value, branch) = at(25.0, 25.0 + lift).unwrap();
            assert!((value - expected).abs() < 0.006, "{lift} K: {value}");
            assert_eq!(branch, Branch::Conventional);
        }
    }

    #[test]
    fn hotter_sinks_use_their_own_regression() {
        let (value, branch) = at(70.0, 120.0).unwrap();
        assert_eq!(branch, Branch::VeryHighTemperature);
        assert!((3.0..4.5).contains(&value), "{value}");
    }

    #[test]
    fn outside_the_data_there_is_no_answer() {
        assert_eq!(at(25.0, 30.0), Err(OutsideData::Lift(10.0, 78.0)));
        assert_eq!(at(10.0, 95.0), Err(OutsideData::Lift(10.0, 78.0)));
        assert_eq!(at(70.0, 95.0), Err(OutsideData::Source));
        assert_eq!(at(100.0, 170.0), Err(OutsideData::SinkTooHot));
    }
}
