//! Numbers for people.

use hukka_units::grouped;

/// Three significant digits, thousands grouped: `0.123`, `12.3`, `12,300`.
pub(crate) fn short(value: f64) -> String {
    let decimals = match value.abs() {
        a if a < 5e-4 => 0,
        a if a < 0.995 => 3,
        a if a < 9.995 => 2,
        a if a < 99.95 => 1,
        _ => 0,
    };
    grouped(value, decimals)
}

/// A whole number, thousands grouped.
pub(crate) fn whole(value: f64) -> String {
    grouped(value, 0)
}

/// A share as percent with one decimal and no sign: `11.8`.
pub(crate) fn percent(fraction: f64) -> String {
    grouped(100.0 * fraction, 1)
}

/// A share as percent for prose, with its sign: `69 %`, `1.3 %`; all only when it is all.
pub(crate) fn percent_prose(fraction: f64) -> String {
    if (0.995..1.0).contains(&fraction) {
        return "more than 99 %".to_owned();
    }
    let decimals = usize::from(fraction.abs() < 0.0995);
    format!("{} %", grouped(100.0 * fraction, decimals))
}

/// Money for prose: `7.9 M€`, `340 k€`, `95 €`.
pub(crate) fn money(eur: f64) -> String {
    match eur.abs() {
        a if a >= 999_500.0 => {
            let decimals = usize::from(a < 99_950_000.0);
            format!("{} M€", grouped(eur / 1e6, decimals))
        }
        a if a >= 9_995.0 => format!("{} k€", grouped(eur / 1e3, 0)),
        _ => format!("{} €", grouped(eur, 0)),
    }
}

/// The same with a plus sign in front of gains.
pub(crate) fn money_signed(eur: f64) -> String {
    let text = money(eur);
    if eur > 0.0 { format!("+{text}") } else { text }
}

/// Energy for prose from megawatt-hours: `61.4 GWh`, `940 MWh`.
pub(crate) fn energy(mwh: f64) -> String {
    if mwh.abs() >= 9_995.0 {
        format!("{} GWh", short(mwh / 1e3))
    } else {
        format!("{} MWh", short(mwh))
    }
}

/// Divisor and unit that suit a largest value in megawatt-hours.
pub(crate) fn energy_scale(largest_mwh: f64) -> (f64, &'static str) {
    if largest_mwh >= 2e3 {
        (1e3, "GWh")
    } else {
        (1.0, "MWh")
    }
}

/// Length for prose from metres: `23.6 km`, `640 m`.
pub(crate) fn distance(metres: f64) -> String {
    if metres.abs() >= 1e3 {
        format!("{} km", short(metres / 1e3))
    } else {
        format!("{} m", whole(metres))
    }
}

/// A residual in a form that shows its order of magnitude: `3.1e-14`, `0`.
pub(crate) fn residual(value: f64) -> String {
    if value == 0.0 {
        "0".to_owned()
    } else {
        format!("{value:.1e}")
    }
}

/// A count with its noun: `1 hour`, `310 hours`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{} {noun}", whole(number as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_keep_three_digits() {
        assert_eq!(short(0.1234), "0.123");
        assert_eq!(short(9.999), "10.0");
        assert_eq!(short(12_345.6), "12,346");
        assert_eq!(short(0.0), "0");
    }

    #[test]
    fn a_share_is_all_only_when_it_is() {
        assert_eq!(percent_prose(0.9993), "more than 99 %");
        assert_eq!(percent_prose(1.0), "100 %");
        assert_eq!(percent_prose(0.69), "69 %");
    }

    #[test]
    fn money_changes_its_unit_with_its_size() {
        assert_eq!(money_signed(7_900_000.0), "+7.9 M€");
        assert_eq!(money(-340_000.0), "−340 k€");
        assert_eq!(money(95.2), "95 €");
    }
}
