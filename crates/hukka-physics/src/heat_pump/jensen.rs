//! The estimate of Jensen et al. for one-stage compression heat pumps.

use super::{OperatingPoint, log_mean};

/// Coefficients of one refrigerant: `a·(T_h,o − T_c,o + 2ΔT_pp) + b·(T_h,o − T_h,i) + c`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Refrigerant {
    /// `[a, b, c]` of the mean temperature difference lost in the condenser, kelvin.
    pub sink_loss: [f64; 3],
    /// `[a, b, c]` of the ratio of expansion work to compression work.
    pub work_ratio: [f64; 3],
}

/// Ammonia (R717).
pub const AMMONIA: Refrigerant = Refrigerant {
    sink_loss: [0.2, 0.2, 0.016],
    work_ratio: [0.0014, -0.0015, 0.039],
};

/// Isobutane (R600a).
pub const ISOBUTANE: Refrigerant = Refrigerant {
    sink_loss: [-0.0011, 0.3, 2.4],
    work_ratio: [0.0035, -0.0033, 0.053],
};

/// COP after Jensen et al., as used by Pieper et al. for district heating.
///
/// With log-mean temperatures `T̄` of sink (h) and source (c):
/// `COP = COP_L · [1 + (ΔT_r,h + ΔT_pp)/T̄_h] / [1 + (ΔT_r,h + ΔT_r,c + 2ΔT_pp)/ΔT̄]
///        · η_is (1 − w) + 1 − η_is`, where `ΔT̄ = T̄_h − T̄_c`, `COP_L = T̄_h/ΔT̄`,
/// `ΔT_r,c = (T_c,i − T_c,o)/2`, `ΔT_r,h` and `w` linear in the temperatures. Written here as
/// `(T̄_h + ΔT_r,h + ΔT_pp) / (ΔT̄ + ΔT_r,h + ΔT_r,c + 2ΔT_pp)`, which is the same and has no pole
/// at `ΔT̄ = 0`. A negative mean lift (large glides) is counted as zero: a floor for the COP.
///
/// # Assumptions   no heat lost by the machine (`f_Q = 0`); one stage
/// # Valid for     sink outlet at least 10 K above source inlet; within ±6 % of computed cycles for
///   sources 20–58 °C and sinks to 95 °C; outside it extrapolates
/// # Source        Jensen et al. 2018, Pieper et al. 2020; coefficients as in PyPSA-Eur
pub fn cop(
    refrigerant: &Refrigerant,
    point: &OperatingPoint,
    isentropic_efficiency: f64,
    pinch: f64,
) -> f64 {
    let sink_mean = log_mean(point.sink_out, point.sink_in);
    let source_mean = log_mean(point.source_in, point.source_out);
    let mean_lift = (sink_mean - source_mean).max(0.0);

    let span = point.sink_out - point.source_out + 2.0 * pinch;
    let glide = point.sink_out - point.sink_in;
    let linear = |[a, b, c]: [f64; 3]| a * span + b * glide + c;
    let sink_loss = linear(refrigerant.sink_loss);
    let source_loss = (point.source_in - point.source_out) / 2.0;
    let work_ratio = linear(refrigerant.work_ratio);

    let refrigerant_cop =
        (sink_mean + sink_loss + pinch) / (mean_lift + sink_loss + source_loss + 2.0 * pinch);
    refrigerant_cop * isentropic_efficiency * (1.0 - work_ratio) + 1.0 - isentropic_efficiency
}
