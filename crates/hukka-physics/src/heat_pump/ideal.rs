//! Fixed shares of ideal cycles.

use super::{MIN_LIFT_K, OperatingPoint, log_mean};

/// A share of the Lorenz COP, which sees the glide of both streams.
///
/// `COP = η · T̄_h / (T̄_h − T̄_c)` with log-mean temperatures of sink and source. The mean lift is
/// counted as at least [`MIN_LIFT_K`], by raising the sink, as an ideal cycle has a pole at zero.
///
/// # Valid for  any lift; documented district-heating plants lie at η 0.44–0.59, median 0.50
/// # Source     Lorenz 1894; seven plants with published temperatures
pub fn lorenz_cop(point: &OperatingPoint, share: f64) -> f64 {
    lorenz_cop_above(point, share, MIN_LIFT_K)
}

/// [`lorenz_cop`] with another smallest mean lift, kelvin.
pub fn lorenz_cop_above(point: &OperatingPoint, share: f64, min_lift: f64) -> f64 {
    let sink = log_mean(point.sink_out, point.sink_in);
    let source = log_mean(point.source_in, point.source_out);
    let lift = (sink - source).max(min_lift);
    share * (source + lift) / lift
}

/// A share of the Carnot COP between sink outlet and source inlet.
///
/// `COP = η · T_h,out / (T_h,out − T_c,in)`, the lift counted as at least [`MIN_LIFT_K`].
///
/// # Valid for  small glides; common shares 0.40–0.55, 0.53–0.74 in documented large plants
/// # Source     Carnot 1824
pub fn carnot_cop(point: &OperatingPoint, share: f64) -> f64 {
    carnot_cop_above(point, share, MIN_LIFT_K)
}

/// [`carnot_cop`] with another smallest lift, kelvin.
pub fn carnot_cop_above(point: &OperatingPoint, share: f64, min_lift: f64) -> f64 {
    share * point.sink_out / point.lift().max(min_lift)
}
