//! What a consumer asks of the network, and the flow that gives it.

use crate::fluid::Fluid;

/// Smallest cooling on which a flow is worked out, K: nearer to the return temperature a consumer
/// gets less heat instead of ever more water.
pub const MIN_COOLING_K: f64 = 5.0;

/// What one consumer asks for. SI.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Draw {
    /// Heat, W.
    pub heat_w: f64,
    /// Further heat per kelvin between the mean of supply and return and the ground, W/K.
    pub loss_w_k: f64,
    /// Temperature of the water leaving, K, unless more flows than the heat needs.
    pub return_temperature_k: f64,
    /// Water that flows in any case, kg/s; what the heat does not need goes back uncooled.
    pub min_mass_flow: f64,
}

/// What a draw wants.
pub(crate) struct Want {
    /// Flow that would give its heat at the present temperature.
    pub(crate) flow: f64,
    /// Change of that flow with temperature, kg/(s K).
    pub(crate) slope: f64,
}

/// Flow a draw wants at a supply temperature `t`, and its sensitivity at the flow `now`.
///
/// Newton on `m Δh(T) = q(T)`: `Δm = (q/Δh − m) + (q' − m c_p)/Δh · ΔT`. Heat is a convex function
/// of the flow through a cooling line, so steps from above the solution come down to it without
/// passing it.
#[inline]
pub(crate) fn wanted_flow(
    fluid: &impl Fluid,
    draw: &Draw,
    ground_k: f64,
    (t, now): (f64, f64),
) -> Want {
    let heat = draw.heat_w + conductance_loss(draw, ground_k, t);
    let is_held = t - draw.return_temperature_k < MIN_COOLING_K;
    let t_used = if is_held {
        draw.return_temperature_k + MIN_COOLING_K
    } else {
        t
    };
    let drop = fluid.enthalpy(t_used) - fluid.enthalpy(draw.return_temperature_k);
    let less = if is_held {
        0.0
    } else {
        now * fluid.specific_heat(t)
    };
    Want {
        flow: heat / drop,
        slope: ((0.5 * draw.loss_w_k - less) / drop).min(0.0),
    }
}

/// Heat a draw gets from its flow: what it asks for, or what the water can give.
pub(crate) fn given_heat(
    fluid: &impl Fluid,
    draw: &Draw,
    ground_k: f64,
    (t, h): (f64, f64),
    flow: f64,
) -> f64 {
    let asked = draw.heat_w + conductance_loss(draw, ground_k, t);
    let most = flow * (h - fluid.enthalpy(draw.return_temperature_k)).max(0.0);
    asked.min(most)
}

/// Keeps a draw's flow within reach of the last one and above its minimum.
pub(crate) fn bounded(goal: f64, flow: f64, more: f64, draw: &Draw) -> f64 {
    goal.clamp(0.2 * flow, 5.0 * flow + more.max(0.0))
        .max(draw.min_mass_flow)
}

/// Heat lost by the undrawn pipes behind a draw, W.
pub(crate) fn conductance_loss(draw: &Draw, ground_k: f64, t: f64) -> f64 {
    (draw.loss_w_k * (0.5 * (t + draw.return_temperature_k) - ground_k)).max(0.0)
}
