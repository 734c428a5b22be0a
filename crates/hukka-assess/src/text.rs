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

/// A share: `69 %`, or `3.4 %` below ten; never all or nothing when it is not.
pub(crate) fn percent(share: f64) -> String {
    let value = 100.0 * share;
    if share < 1.0 && value >= 99.5 {
        return "more than 99 %".to_owned();
    }
    if share > 0.0 && value < 0.05 {
        return "less than 0.1 %".to_owned();
    }
    format!("{} %", grouped(value, usize::from(value.abs() < 9.95)))
}

/// A length: `0.9 km`, `28 km`, `40 m`.
pub(crate) fn kilometres(km: f64) -> String {
    if km < 0.095 {
        format!("{} m", grouped(1e3 * km, 0))
    } else {
        format!("{} km", grouped(km, usize::from(km < 9.95)))
    }
}

/// A mass of CO₂: `6,382 t`, `6 t`, `less than 1 t`.
pub(crate) fn tonnes(t: f64) -> String {
    if t < 0.5 {
        "less than 1 t".to_owned()
    } else {
        format!("{} t", grouped(t, 0))
    }
}

/// A time: `1 hour`, `310 hours`.
pub(crate) fn hours(number: f64) -> String {
    plural(number, "hour")
}

/// A number with its noun: `1 year`, `9 years`.
pub(crate) fn plural(number: f64, noun: &str) -> String {
    let number = grouped(number, 0);
    let ending = if number == "1" { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// Prices rounded alike, with the fewest decimals, at most two, at which what is said of them
/// still holds.
pub(crate) fn alike<const N: usize>(
    values: [f64; N],
    holds: impl Fn([f64; N]) -> bool,
) -> [String; N] {
    let rounded = |tens: f64| values.map(|value| (value * tens).round() / tens);
    let decimals = if holds(rounded(1.0)) {
        0
    } else if holds(rounded(10.0)) {
        1
    } else {
        2
    };
    values.map(|value| grouped(value, decimals))
}

/// Two prices that look different, with as few decimals as that takes; `None` when two decimals
/// do not tell them apart.
pub(crate) fn apart(a: f64, b: f64) -> Option<[String; 2]> {
    let short = [price(a), price(b)];
    if short[0] != short[1] {
        return Some(short);
    }
    [1, 2]
        .into_iter()
        .map(|decimals| [grouped(a, decimals), grouped(b, decimals)])
        .find(|texts| texts[0] != texts[1])
}

/// A distance in km rounded down with the fewest decimals at which it is still at least another:
/// `17 km`; `None` when two decimals do not do.
pub(crate) fn at_most(km: f64, least: f64) -> Option<String> {
    if km < 0.095 {
        let metres = (1e3 * km + 1e-6).floor();
        return (metres >= 10.0 && metres >= 1e3 * least)
            .then(|| format!("{} m", grouped(metres, 0)));
    }
    let start = usize::from(km < 9.95);
    (start..=2).find_map(|decimals| {
        let tens = [1.0, 10.0, 100.0][decimals];
        let floor = (km * tens + 1e-9).floor() / tens;
        (floor > 0.0 && floor >= least).then(|| format!("{} km", grouped(floor, decimals)))
    })
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
        assert_eq!(percent(0.9993), "more than 99 %");
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(percent(0.0002), "less than 0.1 %");
        assert_eq!(percent(0.0), "0.0 %");
        assert_eq!(kilometres(28.2), "28 km");
        assert_eq!(kilometres(0.04), "40 m");
        assert_eq!(tonnes(6.04), "6 t");
        assert_eq!(tonnes(0.2), "less than 1 t");
        assert_eq!(hours(1.0), "1 hour");
        assert_eq!(hours(310.0), "310 hours");
        let above = |[a, b]: [f64; 2]| a > b;
        assert_eq!(alike([14.3, 9.1], above), ["14", "9"]);
        assert_eq!(alike([14.3, 13.8], above), ["14.3", "13.8"]);
        assert_eq!(apart(84.0, 105.0).unwrap(), ["84", "105"]);
        assert_eq!(apart(84.1, 84.3).unwrap(), ["84.1", "84.3"]);
        assert_eq!(apart(84.01, 83.97).unwrap(), ["84.01", "83.97"]);
        assert_eq!(apart(84.0, 84.001), None);
        assert_eq!(at_most(10.6, 0.3).unwrap(), "10 km");
        assert_eq!(at_most(10.6, 10.3).unwrap(), "10.6 km");
        assert_eq!(at_most(10.599, 10.595), None);
        assert_eq!(at_most(3.19, 0.3).unwrap(), "3.1 km");
        assert_eq!(at_most(17.0, 0.0).unwrap(), "17 km");
        assert_eq!(energy(HeatEnergy::from_mwh(1234.0)), "1.2 GWh");
        assert_eq!(megawatts(17.2), "17 MW");
    }
}
