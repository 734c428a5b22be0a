//! Options and times of an input file.

use super::GRAVITY;
use super::sections::{Line, Sections, number, wrong_word};
use super::units::{FlowUnit, KW_PER_HORSEPOWER, M_PER_FT, PressureUnit, W_PER_HORSEPOWER};
use crate::findings::Findings;
use hukka_model::network_case::{CaseFluid, FrictionLaw};

/// EPANET's viscosity of water at 20 °C, ft²/s.
const VISCOSITY_FT2_S: f64 = 1.1e-5;
/// Of water, for a case that carries no heat; J/(kg K).
const SPECIFIC_HEAT: f64 = 4182.0;

/// Law of head loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Headloss {
    HazenWilliams,
    DarcyWeisbach,
    ChezyManning,
}

impl Headloss {
    pub(super) const fn law(self) -> FrictionLaw {
        match self {
            Self::HazenWilliams => FrictionLaw::HazenWilliams,
            // Chezy–Manning pipes become quadratic valves, so the law does not matter.
            Self::DarcyWeisbach | Self::ChezyManning => FrictionLaw::EpanetDarcyWeisbach,
        }
    }
}

/// What holds for the whole file.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) flow: FlowUnit,
    pub(super) headloss: Headloss,
    pub(super) pressure: PressureUnit,
    pub(super) specific_gravity: f64,
    viscosity: Option<f64>,
    pub(super) demand_multiplier: f64,
    pub(super) emitter_exponent: f64,
    pub(super) default_pattern: String,
    /// Pattern step at the start of the run.
    pub(super) pattern_at: usize,
    /// Time of day at the start, s.
    pub(super) clock_start_s: f64,
}

impl Options {
    pub(super) fn read(sections: &Sections<'_>, found: &mut Findings) -> Self {
        let mut this = Self {
            flow: FlowUnit::Gpm,
            headloss: Headloss::HazenWilliams,
            pressure: PressureUnit::Psi,
            specific_gravity: 1.0,
            viscosity: None,
            demand_multiplier: 1.0,
            emitter_exponent: 0.5,
            default_pattern: "1".to_owned(),
            pattern_at: 0,
            clock_start_s: 0.0,
        };
        let mut pressure = None;
        let (mut has_unit, mut has_headloss) = (false, false);
        for line in sections.of("OPTIONS") {
            has_unit |= line.is(0, "UNITS");
            has_headloss |= line.is(0, "HEADLOSS");
            this.option(line, &mut pressure, sections, found);
        }
        if !has_unit {
            found.assume("the file", "UNITS", "GPM, as EPANET does", "");
        }
        if !has_headloss {
            found.assume("the file", "HEADLOSS", "H-W, as EPANET does", "");
        }
        // EPANET 2.2 takes psi with US flows whatever PRESSURE says, and never with metric ones.
        this.pressure = match pressure {
            _ if this.flow.is_us() => PressureUnit::Psi,
            None | Some(PressureUnit::Psi) => PressureUnit::Metre,
            Some(unit) => unit,
        };
        if pressure.is_some_and(|stated| stated != this.pressure) {
            found.unused(
                "option PRESSURE",
                "EPANET takes psi with US flows, and metres or kPa with metric ones",
                "",
            );
        }
        this.times(sections, found);
        this
    }

    fn option(
        &mut self,
        line: &Line<'_>,
        pressure: &mut Option<PressureUnit>,
        sections: &Sections<'_>,
        found: &mut Findings,
    ) {
        let key = line.word(0).unwrap_or_default().to_ascii_uppercase();
        let second = line.word(1).unwrap_or_default();
        let wrong = |seen: &str, allowed: &str, found: &mut Findings| {
            found.push(wrong_word(
                sections.place(line.number),
                "[OPTIONS]",
                &key,
                seen,
                allowed,
            ));
        };
        let value = |at: usize| line.word(at).and_then(number);
        match (key.as_str(), second.to_ascii_uppercase().as_str()) {
            ("UNITS", _) => match FlowUnit::by_keyword(second) {
                Some(unit) => self.flow = unit,
                None if second.eq_ignore_ascii_case("SI") => self.flow = FlowUnit::Lps,
                None => wrong(
                    second,
                    "CFS GPM MGD IMGD AFD LPS LPM MLD CMH CMD CMS",
                    found,
                ),
            },
            ("HEADLOSS", "H-W") => self.headloss = Headloss::HazenWilliams,
            ("HEADLOSS", "D-W") => self.headloss = Headloss::DarcyWeisbach,
            ("HEADLOSS", "C-M") => self.headloss = Headloss::ChezyManning,
            ("HEADLOSS", _) => wrong(second, "H-W, D-W or C-M", found),
            ("PRESSURE", "EXPONENT") => {}
            ("PRESSURE", _) => match PressureUnit::by_keyword(second) {
                Some(unit) => *pressure = Some(unit),
                None => wrong(second, "PSI, KPA, METERS, BAR or FEET", found),
            },
            ("SPECIFIC", _) => match value(2).filter(|v| (0.01..100.0).contains(v)) {
                Some(value) => self.specific_gravity = value,
                None => wrong(line.word(2).unwrap_or("nothing"), "0.01 to 100", found),
            },
            ("VISCOSITY", _) => match value(1).filter(|v| *v > 0.0) {
                Some(value) => self.viscosity = Some(value),
                None => wrong(second, "more than 0", found),
            },
            ("DEMAND", "MULTIPLIER") => match value(2) {
                Some(value) => self.demand_multiplier = value,
                None => wrong(line.word(2).unwrap_or("nothing"), "a number", found),
            },
            ("DEMAND", "MODEL") if line.is(2, "PDA") => found.simplified(
                "demands that follow the pressure (PDA) are taken whole, as with DDA",
                "[OPTIONS]",
            ),
            ("EMITTER", "EXPONENT") => match value(2).filter(|v| (0.01..20.0).contains(v)) {
                Some(value) => self.emitter_exponent = value,
                None => wrong(line.word(2).unwrap_or("nothing"), "0.01 to 20", found),
            },
            ("PATTERN", _) => second.clone_into(&mut self.default_pattern),
            (key, _) if IRRELEVANT.contains(&key) => {}
            _ => found.unknown(&format!("option {}", crate::findings::short(&key)), ""),
        }
    }

    fn times(&mut self, sections: &Sections<'_>, found: &mut Findings) {
        let (mut step, mut start) = (3600.0, 0.0);
        for line in sections.of("TIMES") {
            let (key, more) = if line.is(0, "PATTERN") || line.is(0, "START") {
                (
                    format!(
                        "{} {}",
                        line.word(0).unwrap_or_default(),
                        line.word(1).unwrap_or_default()
                    ),
                    2,
                )
            } else {
                continue;
            };
            let Some(seconds) = time_s(line.words.get(more..).unwrap_or_default()) else {
                let seen = line.words.get(more..).unwrap_or_default().join(" ");
                let place = sections.place(line.number);
                found.push(wrong_word(
                    place,
                    "[TIMES]",
                    &key,
                    &seen,
                    "a time such as 1:30 or 90 MIN",
                ));
                continue;
            };
            match key.to_ascii_uppercase().as_str() {
                "PATTERN TIMESTEP" if seconds > 0.0 => step = seconds,
                "PATTERN START" => start = seconds,
                "START CLOCKTIME" => self.clock_start_s = seconds % 86_400.0,
                _ => {}
            }
        }
        self.pattern_at = (start / step).floor().clamp(0.0, 1e9) as usize;
    }

    /// kg/m³.
    pub(super) fn density(&self) -> f64 {
        1000.0 * self.specific_gravity
    }

    pub(super) fn fluid(&self) -> CaseFluid {
        let feet = M_PER_FT * M_PER_FT;
        // A number above 0.001 multiplies the usual viscosity, a smaller one is a viscosity.
        let kinematic = match self.viscosity {
            None => VISCOSITY_FT2_S * feet,
            Some(value) if value > 1e-3 => value * VISCOSITY_FT2_S * feet,
            Some(value) if self.flow.is_us() => value * feet,
            Some(value) => value,
        };
        CaseFluid::Constant {
            density_kg_m3: self.density(),
            viscosity_pa_s: kinematic * self.density(),
            specific_heat_j_kgk: SPECIFIC_HEAT,
        }
    }

    /// m of one unit of length.
    pub(super) const fn length_m(&self) -> f64 {
        if self.flow.is_us() { M_PER_FT } else { 1.0 }
    }

    /// m of one unit of pipe diameter.
    pub(super) const fn diameter_m(&self) -> f64 {
        if self.flow.is_us() {
            M_PER_FT / 12.0
        } else {
            1e-3
        }
    }

    /// m of one unit of Darcy–Weisbach roughness.
    pub(super) const fn roughness_m(&self) -> f64 {
        if self.flow.is_us() {
            M_PER_FT * 1e-3
        } else {
            1e-3
        }
    }

    /// Pa of one metre of head.
    pub(super) fn pa_per_m(&self) -> f64 {
        self.density() * GRAVITY
    }

    /// Watts of head and flow in one unit of a pump's power: horsepower or kilowatt.
    ///
    /// EPANET's head does not depend on the specific gravity; the pressure does.
    pub(super) fn pump_power_w(&self) -> f64 {
        let horsepower = if self.flow.is_us() {
            1.0
        } else {
            KW_PER_HORSEPOWER.recip()
        };
        horsepower * W_PER_HORSEPOWER * self.specific_gravity
    }

    /// m of head in one unit of pressure.
    pub(super) fn pressure_head_m(&self) -> f64 {
        self.pressure.head_m(self.specific_gravity)
    }
}

/// Options that steer EPANET's solver or its quality run, not the answer.
const IRRELEVANT: [&str; 26] = [
    "TRIALS",
    "ACCURACY",
    "UNBALANCED",
    "QUALITY",
    "DIFFUSIVITY",
    "TOLERANCE",
    "MAP",
    "HYDRAULICS",
    "CHECKFREQ",
    "MAXCHECK",
    "DAMPLIMIT",
    "HEADERROR",
    "FLOWCHANGE",
    "DEMAND",
    "MINIMUM",
    "REQUIRED",
    "EMITTER",
    "HTOL",
    "QTOL",
    "RQTOL",
    "SEGMENTS",
    "STATUS",
    "VERIFY",
    "BACKFLOW",
    "BACKUPS",
    "MESSAGES",
];

/// Seconds of a time: `1:30`, `1:30:00 PM`, `2` (hours), `90 MIN`.
pub(super) fn time_s(words: &[&str]) -> Option<f64> {
    let first = *words.first()?;
    let parts: Option<Vec<f64>> = first.split(':').map(number).collect();
    let seconds = match parts?.as_slice() {
        [value] => value * unit_s(words.get(1).copied()),
        [h, m] => h * 3600.0 + m * 60.0,
        [h, m, s] => h * 3600.0 + m * 60.0 + s,
        _ => return None,
    };
    let half_day = words
        .iter()
        .skip(1)
        .find_map(|word| match word.to_ascii_uppercase().as_str() {
            "AM" => Some(0.0),
            "PM" => Some(43_200.0),
            _ => None,
        });
    let is_twelve = (43_200.0..46_800.0).contains(&seconds);
    let seconds = match half_day {
        Some(offset) if is_twelve => seconds - 43_200.0 + offset,
        Some(offset) => seconds + offset,
        None => seconds,
    };
    (0.0..1e10).contains(&seconds).then_some(seconds)
}

fn unit_s(word: Option<&str>) -> f64 {
    let word = word.unwrap_or_default().to_ascii_uppercase();
    match word.get(..1) {
        Some("S") => 1.0,
        Some("M") => 60.0,
        Some("D") => 86_400.0,
        _ => 3600.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_epanet_does() {
        assert_eq!(time_s(&["1:30"]), Some(5400.0));
        assert_eq!(time_s(&["2"]), Some(7200.0));
        assert_eq!(time_s(&["90", "MIN"]), Some(5400.0));
        assert_eq!(time_s(&["12", "AM"]), Some(0.0));
        assert_eq!(time_s(&["12:30", "PM"]), Some(45_000.0));
        assert_eq!(time_s(&["6", "PM"]), Some(64_800.0));
        assert_eq!(time_s(&["noon"]), None);
        assert_eq!(time_s(&[]), None);
    }
}
