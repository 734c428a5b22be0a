//! Numbers for people: grouped thousands and a sensible SI prefix.

/// A number with a fixed count of decimals and thin thousands grouping: `12,345.6`.
pub fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{:.*}", decimals, value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + 6);
    let is_zero = text.bytes().all(|b| b == b'0' || b == b'.');
    if value < 0.0 && !is_zero {
        out.push('−');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A value with three significant digits and the prefix that keeps it short: `4.35 MW`.
///
/// # Valid for  any finite value; prefixes from none to giga
pub fn format_si(value: f64, unit: &str) -> String {
    let (scaled, prefix) = match value.abs() {
        a if a >= 1e9 => (value / 1e9, "G"),
        a if a >= 1e6 => (value / 1e6, "M"),
        a if a >= 1e3 => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let decimals = match scaled.abs() {
        a if a >= 100.0 => 0,
        a if a >= 10.0 => 1,
        _ => 2,
    };
    format!("{} {prefix}{unit}", grouped(scaled, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(1_234_567.891, 1), "1,234,567.9");
        assert_eq!(grouped(-0.04, 1), "0.0");
        assert_eq!(grouped(-999.0, 0), "−999");
    }

    #[test]
    fn prefixes_keep_three_digits() {
        assert_eq!(format_si(4_350_000.0, "W"), "4.35 MW");
        assert_eq!(format_si(999.0, "W"), "999 W");
    }
}
