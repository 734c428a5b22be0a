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

/// Every quantity of the estimate on its way to the COP.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// `T̄_h`, log-mean temperature of the sink, kelvin.
    pub sink_mean: f64,
    /// `T̄_c`, log-mean temperature of the source, kelvin.
    pub source_mean: f64,
    /// `COP_L = T̄_h / (T̄_h − T̄_c)`; negative where the source is warmer in the mean.
    pub cop_lorenz: f64,
    /// `ΔT_r,h`, mean temperature difference lost in the condenser, kelvin.
    pub sink_loss: f64,
    /// `ΔT_r,c = (T_c,i − T_c,o) / 2`, the same in the evaporator, kelvin.
    pub source_loss: f64,
    /// `w`, ratio of expansion work to compression work.
    pub work_ratio: f64,
    /// The COP, whatever the lift.
    pub cop: f64,
}

/// What the estimate is told about a machine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Machine {
    /// `η_is`, isentropic efficiency of the compressor.
    pub isentropic_efficiency: f64,
    /// `ΔT_pp`, smallest temperature difference in both exchangers, kelvin.
    pub pinch: f64,
    /// `f_Q`, share of the compressor's work lost as heat.
    pub heat_loss: f64,
}

/// COP after Jensen et al., as used by Pieper et al. for district heating, with every term.
///
/// With log-mean temperatures `T̄` of sink (h) and source (c):
/// `COP = COP_L · [1 + (ΔT_r,h + ΔT_pp)/T̄_h] / [1 + (ΔT_r,h + ΔT_r,c + 2ΔT_pp)/ΔT̄]
///        · η_is (1 − w) + 1 − η_is − f_Q`, where `ΔT̄ = T̄_h − T̄_c`, `COP_L = T̄_h/ΔT̄`,
/// `ΔT_r,c = (T_c,i − T_c,o)/2`, `ΔT_r,h` and `w` linear in the temperatures. Written here as
/// `(T̄_h + ΔT_r,h + ΔT_pp) / (ΔT̄ + ΔT_r,h + ΔT_r,c + 2ΔT_pp)`, which is the same and has no pole
/// at `ΔT̄ = 0`.
///
/// # Assumptions   one stage
/// # Valid for     sink outlet at least 10 K above source inlet; within ±6 % of computed cycles for
///   sources 20–58 °C and sinks to 95 °C; outside it extrapolates
/// # Source        Jensen et al. 2018, Pieper et al. 2020; coefficients as in PyPSA-Eur
#[inline]
pub fn terms(refrigerant: &Refrigerant, point: &OperatingPoint, machine: &Machine) -> Terms {
    let sink_mean = log_mean(point.sink_out, point.sink_in);
    let source_mean = log_mean(point.source_in, point.source_out);
    let mut terms = Terms {
        sink_mean,
        source_mean,
        cop_lorenz: sink_mean / (sink_mean - source_mean),
        sink_loss: 0.0,
        source_loss: (point.source_in - point.source_out) / 2.0,
        work_ratio: 0.0,
        cop: 0.0,
    };
    let span = point.sink_out - point.source_out + 2.0 * machine.pinch;
    let glide = point.sink_out - point.sink_in;
    let linear = |[a, b, c]: [f64; 3]| a * span + b * glide + c;
    terms.sink_loss = linear(refrigerant.sink_loss);
    terms.work_ratio = linear(refrigerant.work_ratio);
    terms.cop = closed(&terms, machine, sink_mean - source_mean);
    terms
}

/// The COP of [`terms`], where a negative mean lift (large glides) is counted as zero: a floor.
pub fn cop(
    refrigerant: &Refrigerant,
    point: &OperatingPoint,
    isentropic_efficiency: f64,
    pinch: f64,
) -> f64 {
    let machine = Machine {
        isentropic_efficiency,
        pinch,
        heat_loss: 0.0,
    };
    let terms = terms(refrigerant, point, &machine);
    let lift = (terms.sink_mean - terms.source_mean).max(0.0);
    closed(&terms, &machine, lift)
}

fn closed(terms: &Terms, machine: &Machine, mean_lift: f64) -> f64 {
    let (eta, pinch) = (machine.isentropic_efficiency, machine.pinch);
    let refrigerant_cop = (terms.sink_mean + terms.sink_loss + pinch)
        / (mean_lift + terms.sink_loss + terms.source_loss + 2.0 * pinch);
    refrigerant_cop * eta * (1.0 - terms.work_ratio) + 1.0 - eta - machine.heat_loss
}
