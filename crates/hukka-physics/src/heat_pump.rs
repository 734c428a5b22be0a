//! Coefficient of performance of a heat pump between a source stream and a sink stream.
//!
//! SI: temperatures in kelvin. An answer is always one of three outcomes, never a zero that means
//! "no". Laws: [`jensen`] (ammonia, isobutane), [`ideal`] (shares of Lorenz and Carnot), [`jesper`]
//! (regression over data sheets), [`map`] (a maker's table) and [`cycle`] (real refrigerants).
//! Around them: [`direct`] exchange, units in [`series`], [`part_load`], [`defrost`]; a whole
//! [`machine`] is all of it.

pub mod cycle;
pub mod defrost;
pub mod direct;
pub mod ideal;
pub mod jensen;
pub mod jesper;
pub mod machine;
pub mod map;
pub mod part_load;
pub mod plants;
pub mod series;

#[cfg(test)]
mod cycle_tests;
#[cfg(test)]
mod tests;

/// Smallest lift from source inlet to sink outlet that is evaluated, kelvin.
///
/// Below it the regression of Jensen is not valid and ideal cycles diverge; a smaller lift is
/// counted as this one.
pub const MIN_LIFT_K: f64 = 10.0;

/// Law that gives the coefficient of performance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// Jensen 2018 / Pieper 2020, ammonia; efficiency is the compressor's isentropic one.
    JensenAmmonia,
    /// Jensen 2018 / Pieper 2020, isobutane; efficiency is the compressor's isentropic one.
    JensenIsobutane,
    /// A fixed share of the Lorenz COP; efficiency is the share.
    Lorenz,
    /// A fixed share of the Carnot COP between sink outlet and source inlet.
    Carnot,
}

/// Temperatures of both streams at the heat pump, kelvin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OperatingPoint {
    /// Source stream entering the evaporator.
    pub source_in: f64,
    /// Source stream leaving the evaporator, cooled.
    pub source_out: f64,
    /// Sink stream entering the condenser.
    pub sink_in: f64,
    /// Sink stream leaving the condenser, heated.
    pub sink_out: f64,
}

impl OperatingPoint {
    /// Lift from source inlet to sink outlet, kelvin; negative when the source is warmer.
    pub fn lift(&self) -> f64 {
        self.sink_out - self.source_in
    }

    /// Whether the source alone can heat the sink to its outlet temperature.
    ///
    /// `sink_out ≤ source_in − pinch`. The source is then cooled no further than
    /// `sink_in + pinch`, which the caller has to observe.
    pub fn allows_direct_exchange(&self, pinch: f64) -> bool {
        self.sink_out <= self.source_in - pinch
    }

    /// Whether [`cop`] counts a larger lift than the point has: too hot for direct exchange by
    /// less than [`MIN_LIFT_K`]. The COP is then a floor, good for a warning.
    pub fn is_lift_raised(&self, pinch: f64) -> bool {
        !self.allows_direct_exchange(pinch) && self.lift() < MIN_LIFT_K
    }

    /// The same point with a lift of at least [`MIN_LIFT_K`].
    fn with_min_lift(self) -> Self {
        Self {
            sink_out: self.sink_out.max(self.source_in + MIN_LIFT_K),
            ..self
        }
    }

    /// Both streams flow the right way round at positive absolute temperatures.
    fn is_sound(&self) -> bool {
        let all = [self.source_in, self.source_out, self.sink_in, self.sink_out];
        all.iter().all(|t| t.is_finite() && *t > 0.0)
            && self.source_out <= self.source_in
            && self.sink_in <= self.sink_out
    }
}

/// What becomes of heat at an operating point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CopOutcome {
    /// A heat pump runs with this COP (heat out per electricity in), above 1.
    HeatPump(f64),
    /// The source is hot enough: a heat exchanger does it without electricity.
    DirectExchange,
    /// No meaningful COP: streams the wrong way round, efficiency or pinch outside its range, or
    /// a COP of 1 or less.
    OutOfRange,
}

/// The COP of a heat pump at an operating point, or why there is none.
///
/// `sink_out ≤ source_in − pinch` is direct exchange. Otherwise a lift below [`MIN_LIFT_K`] is
/// counted as [`MIN_LIFT_K`] by raising the sink outlet, so the COP there is a floor and the answer
/// changes without a jump; [`OperatingPoint::is_lift_raised`] tells when. All temperatures in
/// kelvin; `efficiency` is isentropic (Jensen) or the share of the ideal COP; `pinch` in kelvin.
///
/// # Valid for  0 < efficiency ≤ 1, pinch ≥ 0, source_out ≤ source_in, sink_in ≤ sink_out;
///   outside: `OutOfRange`
/// # Source  each law's own page; rule of the 10 K lift after Pieper et al. 2020
pub fn cop(model: Model, point: &OperatingPoint, efficiency: f64, pinch: f64) -> CopOutcome {
    let is_valid = point.is_sound()
        && efficiency > 0.0
        && efficiency <= 1.0
        && pinch >= 0.0
        && pinch.is_finite();
    if !is_valid {
        return CopOutcome::OutOfRange;
    }
    if point.allows_direct_exchange(pinch) {
        return CopOutcome::DirectExchange;
    }
    let point = point.with_min_lift();
    let value = match model {
        Model::JensenAmmonia => jensen::cop(&jensen::AMMONIA, &point, efficiency, pinch),
        Model::JensenIsobutane => jensen::cop(&jensen::ISOBUTANE, &point, efficiency, pinch),
        Model::Lorenz => ideal::lorenz_cop(&point, efficiency),
        Model::Carnot => ideal::carnot_cop(&point, efficiency),
    };
    if value.is_finite() && value > 1.0 {
        CopOutcome::HeatPump(value)
    } else {
        CopOutcome::OutOfRange
    }
}

/// Mean temperature at which a stream takes or gives heat between two temperatures, kelvin.
///
/// `T̄ = (a − b) / ln(a / b)`, and `T̄ = a` for `a = b`.
///
/// # Valid for  positive absolute temperatures
pub fn log_mean(a: f64, b: f64) -> f64 {
    let relative = (a - b) / b;
    if relative.abs() < 1e-12 {
        f64::midpoint(a, b)
    } else {
        (a - b) / relative.ln_1p()
    }
}
