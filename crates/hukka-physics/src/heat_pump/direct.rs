//! What a plain heat exchanger does before a heat pump has to.

use super::OperatingPoint;

/// A sink heated first by an exchanger, then by a heat pump.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DirectFirst {
    /// Share of the sink's heat that the exchanger gives.
    pub direct_share: f64,
    /// Sink temperature between the two, kelvin.
    pub sink_between: f64,
}

/// How much of the sink's heating the source can do by itself.
///
/// The exchanger heats the sink to `min(T_h,o, T_c,i − ΔT_pp)`; with a constant specific heat its
/// share is `(T_between − T_h,i) / (T_h,o − T_h,i)`, 0 where the source is too cold.
///
/// # Assumptions  the source stream is large enough; the heat pump draws from what the exchanger
///   leaves
/// # Source       energy balance of a counterflow exchanger with pinch `ΔT_pp` at its hot end
pub fn direct_first(point: &OperatingPoint, pinch: f64) -> DirectFirst {
    let sink_between = (point.source_in - pinch).clamp(point.sink_in, point.sink_out);
    let glide = point.sink_out - point.sink_in;
    let direct_share = if glide > 0.0 {
        (sink_between - point.sink_in) / glide
    } else if point.allows_direct_exchange(pinch) {
        1.0
    } else {
        0.0
    };
    DirectFirst {
        direct_share,
        sink_between,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(source_in: f64, sink_in: f64, sink_out: f64) -> f64 {
        let point = OperatingPoint {
            source_in: source_in + 273.15,
            source_out: source_in + 263.15,
            sink_in: sink_in + 273.15,
            sink_out: sink_out + 273.15,
        };
        direct_first(&point, 5.0).direct_share
    }

    #[test]
    fn a_hot_source_needs_no_heat_pump_a_cold_one_gets_no_exchanger() {
        assert!((share(60.0, 30.0, 50.0) - 1.0).abs() < 1e-12);
        assert!(share(30.0, 50.0, 85.0).abs() < 1e-12);
        assert!((share(50.0, 35.0, 55.0) - 0.5).abs() < 1e-12);
        assert!((share(60.0, 50.0, 50.0) - 1.0).abs() < 1e-12);
        assert!(share(54.0, 50.0, 50.0).abs() < 1e-12);
    }
}
