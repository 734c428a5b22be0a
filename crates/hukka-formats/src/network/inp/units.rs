//! Units of EPANET, with its own rounded constants.

/// Metres in a foot.
pub(super) const M_PER_FT: f64 = 0.3048;
/// EPANET's pounds per square inch in a foot of water.
const PSI_PER_FT: f64 = 0.4333;
/// EPANET's kilopascals in a pound per square inch.
const KPA_PER_PSI: f64 = 6.895;
/// Cubic metres in a cubic foot.
pub(super) const M3_PER_FT3: f64 = M_PER_FT * M_PER_FT * M_PER_FT;

/// Watts of head and flow that EPANET gets out of a horsepower: `8.814 ft⁴/s` of water.
pub(super) const W_PER_HORSEPOWER: f64 = 8.814 * M_PER_FT * M3_PER_FT3 * super::GRAVITY * 1000.0;
/// EPANET's kilowatts in a horsepower.
pub(super) const KW_PER_HORSEPOWER: f64 = 0.7457;
/// Velocity heads EPANET takes for a loss coefficient of one: `0.02517 Q²/d⁴` in feet.
pub(super) const FITTING: f64 =
    0.025_17 * std::f64::consts::PI * std::f64::consts::PI * super::GRAVITY / (8.0 * M_PER_FT);

/// Unit of flows in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlowUnit {
    /// Cubic feet per second.
    Cfs,
    /// US gallons per minute.
    Gpm,
    /// Million US gallons per day.
    Mgd,
    /// Million imperial gallons per day.
    Imgd,
    /// Acre-feet per day.
    Afd,
    /// Litres per second.
    Lps,
    /// Litres per minute.
    Lpm,
    /// Million litres per day.
    Mld,
    /// Cubic metres per hour.
    Cmh,
    /// Cubic metres per day.
    Cmd,
    /// Cubic metres per second.
    Cms,
}

/// Keyword, column suffix, flow units in one cubic foot per second as EPANET has it.
const UNITS: [(FlowUnit, &str, &str, f64); 11] = [
    (FlowUnit::Cfs, "CFS", "cfs", 1.0),
    (FlowUnit::Gpm, "GPM", "gpm", 448.831),
    (FlowUnit::Mgd, "MGD", "mgd", 0.64632),
    (FlowUnit::Imgd, "IMGD", "imgd", 0.5382),
    (FlowUnit::Afd, "AFD", "afd", 1.9837),
    (FlowUnit::Lps, "LPS", "l_s", 28.317),
    (FlowUnit::Lpm, "LPM", "l_min", 1699.0),
    (FlowUnit::Mld, "MLD", "ml_d", 2.4466),
    (FlowUnit::Cmh, "CMH", "m3_h", 101.94),
    (FlowUnit::Cmd, "CMD", "m3_d", 2446.6),
    (FlowUnit::Cms, "CMS", "m3_s", M3_PER_FT3),
];

impl FlowUnit {
    pub(super) fn by_keyword(word: &str) -> Option<Self> {
        UNITS
            .iter()
            .find(|unit| unit.1.eq_ignore_ascii_case(word))
            .map(|unit| unit.0)
    }

    fn row(self) -> &'static (Self, &'static str, &'static str, f64) {
        UNITS
            .iter()
            .find(|unit| unit.0 == self)
            .unwrap_or(&UNITS[0])
    }

    /// Keyword in the file.
    pub fn keyword(self) -> &'static str {
        self.row().1
    }

    /// Suffix of a column: `l_s`, `gpm`.
    pub fn suffix(self) -> &'static str {
        self.row().2
    }

    /// m³/s of one unit.
    pub fn m3_s(self) -> f64 {
        M3_PER_FT3 / self.row().3
    }

    /// Whether lengths are feet and diameters inches.
    pub const fn is_us(self) -> bool {
        matches!(
            self,
            Self::Cfs | Self::Gpm | Self::Mgd | Self::Imgd | Self::Afd
        )
    }
}

/// Unit of pressures in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PressureUnit {
    Psi,
    Kpa,
    Metre,
    Bar,
    Foot,
}

impl PressureUnit {
    pub(super) fn by_keyword(word: &str) -> Option<Self> {
        match word.to_ascii_uppercase().as_str() {
            "PSI" => Some(Self::Psi),
            "KPA" => Some(Self::Kpa),
            "METERS" | "M" => Some(Self::Metre),
            "BAR" => Some(Self::Bar),
            "FEET" | "FT" => Some(Self::Foot),
            _ => None,
        }
    }

    /// Metres of head in one unit, for water of a specific gravity.
    pub(super) fn head_m(self, specific_gravity: f64) -> f64 {
        let per_foot = match self {
            Self::Psi => PSI_PER_FT,
            Self::Kpa => KPA_PER_PSI * PSI_PER_FT,
            Self::Metre => M_PER_FT,
            Self::Bar => KPA_PER_PSI * PSI_PER_FT / 100.0,
            Self::Foot => 1.0,
        };
        M_PER_FT / (per_foot * specific_gravity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flow_units_are_what_they_say() {
        let litre = FlowUnit::Lps.m3_s();
        assert!((litre / 1e-3 - 1.0).abs() < 1e-5, "{litre}");
        assert!((FlowUnit::Cmh.m3_s() * 3600.0 - 1.0).abs() < 1e-4);
        assert!((FlowUnit::Gpm.m3_s() / 6.309_02e-5 - 1.0).abs() < 1e-5);
        assert!((FlowUnit::Cms.m3_s() - 1.0).abs() < 1e-12);
        assert!(FlowUnit::by_keyword("gpm").unwrap().is_us());
    }

    #[test]
    fn pressures_are_heads() {
        assert!((PressureUnit::Psi.head_m(1.0) - 0.7034).abs() < 1e-3);
        assert!((PressureUnit::Kpa.head_m(1.0) - 0.10202).abs() < 1e-4);
        assert!((PressureUnit::Metre.head_m(1.0) - 1.0).abs() < 1e-12);
    }
}
