//! The algebra table: one line per relation that makes physical sense.

use crate::types::{
    Area, CarbonMass, CarbonPrice, ContentCost, ElectricEnergy, ElectricPower, EmissionFactor,
    EnergyPrice, FuelEnergy, FuelPower, HeatEnergy, HeatPower, Length, LengthCost,
    LinearLossCoefficient, Money, PowerCost, Pressure, PressureGradient, Temperature,
    TemperatureDifference, TimeSpan,
};
use core::ops::{Add, Div, Mul, Sub};

/// `a × b = c`, both ways round, and `c ÷ a = b`, `c ÷ b = a`.
macro_rules! product {
    ($($a:ident * $b:ident = $c:ident);* $(;)?) => { $(
        impl Mul<$b> for $a { type Output = $c; #[inline] fn mul(self, b: $b) -> $c { $c::from_si(self.si() * b.si()) } }
        impl Mul<$a> for $b { type Output = $c; #[inline] fn mul(self, a: $a) -> $c { $c::from_si(self.si() * a.si()) } }
        impl Div<$a> for $c { type Output = $b; #[inline] fn div(self, a: $a) -> $b { $b::from_si(self.si() / a.si()) } }
        impl Div<$b> for $c { type Output = $a; #[inline] fn div(self, b: $b) -> $a { $a::from_si(self.si() / b.si()) } }
    )* };
}

/// `a × b = c`, both ways round, where the divisions would be ambiguous.
macro_rules! product_only {
    ($($a:ident * $b:ident = $c:ident);* $(;)?) => { $(
        impl Mul<$b> for $a { type Output = $c; #[inline] fn mul(self, b: $b) -> $c { $c::from_si(self.si() * b.si()) } }
        impl Mul<$a> for $b { type Output = $c; #[inline] fn mul(self, a: $a) -> $c { $c::from_si(self.si() * a.si()) } }
    )* };
}

product! {
    HeatPower * TimeSpan = HeatEnergy;
    ElectricPower * TimeSpan = ElectricEnergy;
    FuelPower * TimeSpan = FuelEnergy;
    PressureGradient * Length = Pressure;
    LengthCost * Length = Money;
    CarbonMass * CarbonPrice = Money;
}

product_only! {
    HeatEnergy * EnergyPrice = Money;
    ElectricEnergy * EnergyPrice = Money;
    FuelEnergy * EnergyPrice = Money;
    HeatPower * PowerCost = Money;
    HeatEnergy * ContentCost = Money;
    HeatEnergy * EmissionFactor = CarbonMass;
    ElectricEnergy * EmissionFactor = CarbonMass;
    FuelEnergy * EmissionFactor = CarbonMass;
}

impl Mul for Length {
    type Output = Area;
    #[inline]
    fn mul(self, other: Self) -> Area {
        Area::from_si(self.si() * other.si())
    }
}

impl Div<HeatEnergy> for Money {
    type Output = EnergyPrice;
    #[inline]
    fn div(self, energy: HeatEnergy) -> EnergyPrice {
        EnergyPrice::from_si(self.si() / energy.si())
    }
}

impl Div<HeatEnergy> for CarbonMass {
    type Output = EmissionFactor;
    #[inline]
    fn div(self, energy: HeatEnergy) -> EmissionFactor {
        EmissionFactor::from_si(self.si() / energy.si())
    }
}

impl LinearLossCoefficient {
    /// Heat lost by a pipe: `Q = u · L · ΔT`.
    #[inline]
    pub fn loss(self, length: Length, difference: TemperatureDifference) -> HeatPower {
        HeatPower::from_si(self.si() * length.si() * difference.si())
    }
}

impl Sub for Temperature {
    type Output = TemperatureDifference;
    #[inline]
    fn sub(self, other: Self) -> TemperatureDifference {
        TemperatureDifference::from_si(self.si() - other.si())
    }
}

impl Add<TemperatureDifference> for Temperature {
    type Output = Self;
    #[inline]
    fn add(self, difference: TemperatureDifference) -> Self {
        Self::from_si(self.si() + difference.si())
    }
}

impl Sub<TemperatureDifference> for Temperature {
    type Output = Self;
    #[inline]
    fn sub(self, difference: TemperatureDifference) -> Self {
        Self::from_si(self.si() - difference.si())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn power_over_time_is_energy_and_back(mw in 0.001..1e3_f64, h in 0.1..9e3_f64) {
            let energy = HeatPower::from_mw(mw) * TimeSpan::from_h(h);
            prop_assert!((energy.mwh() - mw * h).abs() <= 1e-9 * mw * h);
            prop_assert!(((energy / TimeSpan::from_h(h)).mw() - mw).abs() <= 1e-9 * mw);
        }

        #[test]
        fn celsius_round_trips(c in -60.0..200.0_f64) {
            prop_assert!((Temperature::from_c(c).c() - c).abs() < 1e-10);
        }

        #[test]
        fn prices_times_energy_is_money(eur_mwh in -500.0..2500.0_f64, mwh in 0.0..1e6_f64) {
            let money = ElectricEnergy::from_mwh(mwh) * EnergyPrice::from_eur_mwh(eur_mwh);
            prop_assert!((money.eur() - eur_mwh * mwh).abs() <= 1e-9 * (1.0 + (eur_mwh * mwh).abs()));
        }
    }
}
