//! What every quantity shares: one SI number, and free passage between slices of either.

use bytemuck::TransparentWrapper;

/// A physical quantity: a newtype over one SI `f64`.
pub trait Quantity: TransparentWrapper<f64> + Copy {
    /// Symbol of the SI unit, as shown to people.
    const SI_UNIT: &'static str;

    /// The quantity from its SI value.
    fn from_si(value: f64) -> Self;

    /// The SI value.
    fn si(self) -> f64;
}

/// The SI numbers behind a slice of quantities, without copying.
///
/// # Shapes  one number per quantity, same order
pub fn as_si<Q: Quantity>(quantities: &[Q]) -> &[f64] {
    Q::peel_slice(quantities)
}

/// Quantities around owned SI numbers, without copying.
pub fn from_si<Q: Quantity>(values: Vec<f64>) -> Vec<Q> {
    values.into_iter().map(Q::from_si).collect()
}

/// Declares a quantity with its SI unit and its named constructors and getters.
macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $unit:literal, [$( $from:ident / $to:ident = $factor:expr ),* $(,)?]) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, serde::Serialize, serde::Deserialize,
                 bytemuck::TransparentWrapper)]
        #[repr(transparent)]
        #[serde(transparent)]
        pub struct $name(f64);

        impl $crate::Quantity for $name {
            const SI_UNIT: &'static str = $unit;
            #[inline]
            fn from_si(value: f64) -> Self { Self(value) }
            #[inline]
            fn si(self) -> f64 { self.0 }
        }

        impl $name {
            /// Zero of this quantity.
            pub const ZERO: Self = Self(0.0);

            /// The quantity from its SI value.
            #[inline]
            pub const fn from_si(value: f64) -> Self { Self(value) }

            /// The SI value.
            #[inline]
            pub const fn si(self) -> f64 { self.0 }

            /// True for any value except NaN and the infinities.
            pub const fn is_finite(self) -> bool { self.0.is_finite() }

            /// The larger of two.
            #[must_use]
            pub const fn max(self, other: Self) -> Self { Self(self.0.max(other.0)) }

            /// The smaller of two.
            #[must_use]
            pub const fn min(self, other: Self) -> Self { Self(self.0.min(other.0)) }

            $(
                #[doc = concat!("From the unit in the name; SI is ", $unit, ".")]
                #[inline]
                pub const fn $from(value: f64) -> Self { Self(value * $factor) }

                #[doc = concat!("In the unit in the name; SI is ", $unit, ".")]
                #[inline]
                pub const fn $to(self) -> f64 { self.0 / $factor }
            )*
        }
    };
}

/// Gives a quantity sums, differences, scaling by a number, ratio and iterator sums.
macro_rules! linear {
    ($($name:ident),* $(,)?) => { $(
        impl core::ops::Add for $name { type Output = Self; #[inline] fn add(self, o: Self) -> Self { Self::from_si(self.si() + o.si()) } }
        impl core::ops::Sub for $name { type Output = Self; #[inline] fn sub(self, o: Self) -> Self { Self::from_si(self.si() - o.si()) } }
        impl core::ops::Neg for $name { type Output = Self; #[inline] fn neg(self) -> Self { Self::from_si(-self.si()) } }
        impl core::ops::AddAssign for $name { #[inline] fn add_assign(&mut self, o: Self) { *self = *self + o; } }
        impl core::ops::SubAssign for $name { #[inline] fn sub_assign(&mut self, o: Self) { *self = *self - o; } }
        impl core::ops::Mul<f64> for $name { type Output = Self; #[inline] fn mul(self, k: f64) -> Self { Self::from_si(self.si() * k) } }
        impl core::ops::Mul<$name> for f64 { type Output = $name; #[inline] fn mul(self, q: $name) -> $name { q * self } }
        impl core::ops::Div<f64> for $name { type Output = Self; #[inline] fn div(self, k: f64) -> Self { Self::from_si(self.si() / k) } }
        impl core::ops::Div for $name { type Output = f64; #[inline] fn div(self, o: Self) -> f64 { self.si() / o.si() } }
        impl core::iter::Sum for $name { fn sum<I: Iterator<Item = Self>>(it: I) -> Self { it.fold(Self::ZERO, |a, b| a + b) } }
        impl<'a> core::iter::Sum<&'a $name> for $name { fn sum<I: Iterator<Item = &'a $name>>(it: I) -> Self { it.fold(Self::ZERO, |a, b| a + *b) } }
    )* };
}

pub(crate) use {linear, quantity};
