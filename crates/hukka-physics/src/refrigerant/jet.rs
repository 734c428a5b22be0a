//! A function of two variables with its first and second derivatives.
//!
//! Terms of an equation of state are written once, as in the paper; their derivatives follow by
//! the chain rule, exactly.

use std::ops::{Add, Mul, Neg, Sub};

/// Value and derivatives with respect to reduced density (`d`) and inverse temperature (`t`).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Jet {
    pub(super) v: f64,
    pub(super) d: f64,
    pub(super) t: f64,
    pub(super) dd: f64,
    pub(super) dt: f64,
    pub(super) tt: f64,
}

impl Jet {
    pub(super) fn constant(v: f64) -> Self {
        Self {
            v,
            ..Self::default()
        }
    }

    /// The first variable itself.
    pub(super) fn density(v: f64) -> Self {
        Self {
            v,
            d: 1.0,
            ..Self::default()
        }
    }

    /// The second variable itself.
    pub(super) fn inverse_temperature(v: f64) -> Self {
        Self {
            v,
            t: 1.0,
            ..Self::default()
        }
    }

    /// `f(self)` for a function whose value and two derivatives at `self.v` are given.
    fn chain(self, value: f64, first: f64, second: f64) -> Self {
        Self {
            v: value,
            d: first * self.d,
            t: first * self.t,
            dd: first * self.dd + second * self.d * self.d,
            dt: first * self.dt + second * self.d * self.t,
            tt: first * self.tt + second * self.t * self.t,
        }
    }

    pub(super) fn exp(self) -> Self {
        let e = self.v.exp();
        self.chain(e, e, e)
    }

    pub(super) fn ln(self) -> Self {
        self.chain(self.v.ln(), 1.0 / self.v, -1.0 / (self.v * self.v))
    }

    pub(super) fn recip(self) -> Self {
        let r = 1.0 / self.v;
        self.chain(r, -r * r, 2.0 * r * r * r)
    }

    /// A power; `self` must be positive.
    pub(super) fn pow(self, exponent: f64) -> Self {
        let value = self.v.powf(exponent);
        let first = exponent * value / self.v;
        self.chain(value, first, (exponent - 1.0) * first / self.v)
    }

    pub(super) fn square(self) -> Self {
        self * self
    }

    pub(super) fn scale(self, factor: f64) -> Self {
        Self {
            v: factor * self.v,
            d: factor * self.d,
            t: factor * self.t,
            dd: factor * self.dd,
            dt: factor * self.dt,
            tt: factor * self.tt,
        }
    }

    pub(super) fn plus(self, number: f64) -> Self {
        Self {
            v: self.v + number,
            ..self
        }
    }
}

impl Add for Jet {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self {
            v: self.v + o.v,
            d: self.d + o.d,
            t: self.t + o.t,
            dd: self.dd + o.dd,
            dt: self.dt + o.dt,
            tt: self.tt + o.tt,
        }
    }
}

impl Neg for Jet {
    type Output = Self;
    fn neg(self) -> Self {
        self.scale(-1.0)
    }
}

impl Sub for Jet {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        self + -o
    }
}

impl Mul for Jet {
    type Output = Self;
    fn mul(self, o: Self) -> Self {
        Self {
            v: self.v * o.v,
            d: self.d * o.v + self.v * o.d,
            t: self.t * o.v + self.v * o.t,
            dd: self.dd * o.v + 2.0 * self.d * o.d + self.v * o.dd,
            dt: self.dt * o.v + self.d * o.t + self.t * o.d + self.v * o.dt,
            tt: self.tt * o.v + 2.0 * self.t * o.t + self.v * o.tt,
        }
    }
}
