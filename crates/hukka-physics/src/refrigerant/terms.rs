//! The forms of terms that published equations of state are made of.

use super::jet::Jet;

/// Closer to the critical density the terms made for it have no second derivative.
const CRITICAL_GAP: f64 = 1e-9;

/// Term of the ideal-gas part; `ln δ` is counted once for every fluid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Ideal {
    /// `a ln τ`
    LogTau(f64),
    /// `n τ^t`
    Power(f64, f64),
    /// `n ln(1 − exp(−t τ))`, Planck and Einstein
    Einstein(f64, f64),
}

/// Term of the residual part, coefficients in the order of the equation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Residual {
    /// `[n, d, t, l]`: `n δ^d τ^t exp(−δ^l)`, without the exponential for `l = 0`
    Power([f64; 4]),
    /// `[n, d, t, η, ε, β, γ]`: `n δ^d τ^t exp(−η (δ − ε)² − β (τ − γ)²)`
    Gaussian([f64; 7]),
    /// `[n, d, t, η, ε, β, γ, b]`: `n δ^d τ^t exp(η (δ − ε)² + 1 / (β (τ − γ)² + b))`, Gao 2023
    Association([f64; 8]),
    /// `[n, a, b, β, A, B, C, D]`: `n Δ^b δ exp(−C (δ − 1)² − D (τ − 1)²)` with
    /// `Δ = [1 − τ + A (δ − 1)^(1/β)]² + B (δ − 1)^(2a)`, Span and Wagner 1996
    Critical([f64; 8]),
}

/// Sum of the ideal-gas terms.
pub(super) fn ideal(terms: &[Ideal], delta: f64, tau: f64) -> Jet {
    let (delta, tau) = (Jet::density(delta), Jet::inverse_temperature(tau));
    terms.iter().fold(delta.ln(), |sum, term| {
        sum + match *term {
            Ideal::LogTau(a) => tau.ln().scale(a),
            Ideal::Power(n, t) => tau.pow(t).scale(n),
            Ideal::Einstein(n, t) => (Jet::constant(1.0) - tau.scale(-t).exp()).ln().scale(n),
        }
    })
}

/// Sum of the residual terms.
pub(super) fn residual(terms: &[Residual], delta: f64, tau: f64) -> Jet {
    let (delta, tau) = (Jet::density(delta), Jet::inverse_temperature(tau));
    terms.iter().fold(Jet::default(), |sum, term| {
        sum + match *term {
            Residual::Power([n, d, t, l]) => {
                let plain = delta.pow(d) * tau.pow(t).scale(n);
                if l > 0.0 {
                    plain * (-delta.pow(l)).exp()
                } else {
                    plain
                }
            }
            Residual::Gaussian([n, d, t, eta, eps, beta, gamma]) => {
                let bell =
                    delta.plus(-eps).square().scale(-eta) - tau.plus(-gamma).square().scale(beta);
                delta.pow(d) * tau.pow(t).scale(n) * bell.exp()
            }
            Residual::Association([n, d, t, eta, eps, beta, gamma, b]) => {
                let bell = delta.plus(-eps).square().scale(eta)
                    + tau.plus(-gamma).square().scale(beta).plus(b).recip();
                delta.pow(d) * tau.pow(t).scale(n) * bell.exp()
            }
            Residual::Critical(coefficients) => critical(coefficients, delta, tau),
        }
    })
}

fn critical([n, a, b, beta, big_a, big_b, big_c, big_d]: [f64; 8], delta: Jet, tau: Jet) -> Jet {
    let delta = if (delta.v - 1.0).abs() < CRITICAL_GAP {
        Jet::density(1.0 + CRITICAL_GAP)
    } else {
        delta
    };
    let from_critical = delta.plus(-1.0).square();
    let theta = from_critical.pow(0.5 / beta).scale(big_a) - tau.plus(-1.0);
    let distance = theta.square() + from_critical.pow(a).scale(big_b);
    let bell = from_critical.scale(-big_c) - tau.plus(-1.0).square().scale(big_d);
    distance.pow(b) * delta * bell.exp().scale(n)
}
