//! Numbers in sentences: short, British, without false precision.

use hukka_units::{HeatEnergy, Money, grouped};

/// A price in €/MWh: `61`, or `4.2` below ten.
pub(crate) fn price(eur_mwh: f64) -> String {
    grouped(eur_mwh, usize::from(eur_mwh.abs() < 9.95))
}

/// An amount: `7.9 M€`, `85 k€`, `120 €`.
pub(crate) fn money(amount: Money) -> String {
    let eur = amount.eur().abs();
    let sign = if amount.eur() < 0.0 { "−" } else { "" };
    if eur >= 9.95e6 {
        format!("{sign}{} M€", grouped(eur / 1e6, 0))
    } else if eur >= 9.95e4 {
        format!("{sign}{} M€", grouped(eur / 1e6, 1))
    } else if eur >= 950.0 {
        format!("{sign}{} k€", grouped(eur / 1e3, 0))
    } else {
        format!("{sign}{} €", grouped(eur, 0))
    }
}

/// A share: `69 %`, or `3.4 %` below ten.
pub(crate) fn percent(share: f64) -> String {
    let value = 100.0 * share;
    format!("{} %", grouped(value, usize::from(value.abs() < 9.95)))
}

/// A length: `0.9 km`, `28 km`.
pub(crate) fn kilometres(km: f64) -> String {
    format!("{} km", grouped(km, usize::from(km < 9.95)))
}

/// An amount of heat: `34 GWh`, `1.2 GWh`, `85 MWh`.
pub(crate) fn energy(heat: HeatEnergy) -> String {
    let mwh = heat.mwh();
    if mwh >= 9.95e3 {
        format!("{} GWh", grouped(mwh / 1e3, 0))
    } else if mwh >= 995.0 {
        format!("{} GWh", grouped(mwh / 1e3, 1))
    } else {
        format!("{} MWh", grouped(mwh, 0))
    }
}

/// A power in MW: `17 MW`, `0.4 MW`.
pub(crate) fn megawatts(mw: f64) -> String {
    format!("{} MW", grouped(mw, usize::from(mw < 9.95)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_long_as_they_are_sure() {
        assert_eq!(money(Money::from_eur(7_912_000.0)), "7.9 M€");
        assert_eq!(money(Money::from_eur(-24_100_000.0)), "−24 M€");
        assert_eq!(money(Money::from_eur(84_600.0)), "85 k€");
        assert_eq!(price(61.4), "61");
        assert_eq!(price(4.24), "4.2");
        assert_eq!(percent(0.034), "3.4 %");
        assert_eq!(percent(0.69), "69 %");
        assert_eq!(kilometres(28.2), "28 km");
        assert_eq!(energy(HeatEnergy::from_mwh(1234.0)), "1.2 GWh");
        assert_eq!(megawatts(17.2), "17 MW");
    }
}
