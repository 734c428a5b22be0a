//! Free, partial and full mechanical cooling: when a plant changes between them.

/// What cools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Outdoor air alone.
    Free,
    /// Outdoor air first, the chiller the rest.
    Partial,
    /// The chiller alone.
    Full,
}

/// Which changes the temperatures ask for.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent conditions, as published"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Conditions {
    /// Outdoor air no longer does it alone.
    pub free_to_partial: bool,
    /// Outdoor air would warm the loop.
    pub partial_to_full: bool,
    /// Outdoor air cools the loop again.
    pub full_to_partial: bool,
    /// Outdoor air does it alone again.
    pub partial_to_free: bool,
}

/// Temperatures that decide, kelvin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Temperatures {
    /// Loop water or air once outdoor air has cooled it as far as it can.
    pub after_outdoor: f64,
    /// The supply that is wanted.
    pub set_point: f64,
    /// What comes back from the servers.
    pub back: f64,
}

impl Conditions {
    /// A chilled-water plant with a water-side economiser.
    ///
    /// Free → partial `T_e > T_set + db`; partial → full `T_ret < T_e + db`; full → partial
    /// `T_ret > T_e + db`; partial → free `T_e ≤ T_set + db`, with `T_e` the temperature after the
    /// economiser.
    ///
    /// # Source  mode control of chiller-cooled rooms in the Modelica Buildings library
    pub fn water_side(t: &Temperatures, dead_band: f64) -> Self {
        Self {
            free_to_partial: t.after_outdoor > t.set_point + dead_band,
            partial_to_full: t.back < t.after_outdoor + dead_band,
            full_to_partial: t.back > t.after_outdoor + dead_band,
            partial_to_free: t.after_outdoor <= t.set_point + dead_band,
        }
    }

    /// A room cooled by air with an air-side economiser.
    ///
    /// Free → partial `T_e > T_set + db`; partial → full `T_e > T_ret + db`; full → partial
    /// `T_e < T_ret − db`; partial → free `T_e < T_set − db`.
    ///
    /// # Source  mode control of direct-expansion rooms in the Modelica Buildings library, db 1.1 K
    pub fn air_side(t: &Temperatures, dead_band: f64) -> Self {
        Self {
            free_to_partial: t.after_outdoor > t.set_point + dead_band,
            partial_to_full: t.after_outdoor > t.back + dead_band,
            full_to_partial: t.after_outdoor < t.back - dead_band,
            partial_to_free: t.after_outdoor < t.set_point - dead_band,
        }
    }
}

/// The mode of a plant over time: a condition has to hold for the dwell time before it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModeControl {
    mode: Mode,
    dwell: f64,
    /// Seconds for which the change to a warmer mode, and to a colder one, has been asked for.
    asked: [f64; 2],
}

/// Time spent in each mode, seconds.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ModeTimes {
    /// Free cooling.
    pub free: f64,
    /// Partial mechanical cooling.
    pub partial: f64,
    /// Full mechanical cooling.
    pub full: f64,
}

impl ModeControl {
    /// A plant in a mode, with a dwell time in seconds; less than one second counts as one.
    pub fn new(mode: Mode, dwell: f64) -> Self {
        Self {
            mode,
            dwell: dwell.max(1.0),
            asked: [0.0; 2],
        }
    }

    /// The mode now.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Lets time pass under constant conditions; every change is told with its time from the start.
    pub fn advance(
        &mut self,
        seconds: f64,
        conditions: Conditions,
        mut changed: impl FnMut(f64, Mode),
    ) -> ModeTimes {
        let mut times = ModeTimes::default();
        let mut now = 0.0;
        loop {
            let wanted = self.wanted(conditions);
            let waits = [0, 1].map(|i| {
                wanted[i].map_or(f64::INFINITY, |_| (self.dwell - self.asked[i]).max(0.0))
            });
            // A warmer mode comes first: cooling must not fail.
            let first = usize::from(waits[1] < waits[0]);
            let left = seconds - now;
            if waits[first] > left {
                self.spend(left, wanted, &mut times);
                return times;
            }
            self.spend(waits[first], wanted, &mut times);
            now += waits[first];
            if let Some(next) = wanted[first] {
                self.mode = next;
                self.asked = [0.0; 2];
                changed(now, next);
            }
        }
    }

    /// Mode asked for towards the warmer and the colder side.
    fn wanted(&self, conditions: Conditions) -> [Option<Mode>; 2] {
        match self.mode {
            Mode::Free => [conditions.free_to_partial.then_some(Mode::Partial), None],
            Mode::Partial => [
                conditions.partial_to_full.then_some(Mode::Full),
                conditions.partial_to_free.then_some(Mode::Free),
            ],
            Mode::Full => [None, conditions.full_to_partial.then_some(Mode::Partial)],
        }
    }

    fn spend(&mut self, seconds: f64, wanted: [Option<Mode>; 2], times: &mut ModeTimes) {
        for (asked, wanted) in self.asked.iter_mut().zip(wanted) {
            *asked = if wanted.is_some() {
                *asked + seconds
            } else {
                0.0
            };
        }
        match self.mode {
            Mode::Free => times.free += seconds,
            Mode::Partial => times.partial += seconds,
            Mode::Full => times.full += seconds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::Path;

    /// Changes of the published validation case over two pulses of the economiser's temperature.
    fn published_case() -> Vec<(f64, Mode)> {
        let mut control = ModeControl::new(Mode::Free, 30.0);
        let mut changes = Vec::new();
        for (start, after_outdoor) in [(0.0, 20.0), (150.0, 5.0), (300.0, 20.0), (450.0, 5.0)] {
            let conditions = Conditions {
                // Tower at 5 °C wet bulb with 5 K approach; loop back at 12 °C, set point 10 °C.
                full_to_partial: 12.0 > 5.0 + 5.0 + 1.0,
                ..Conditions::water_side(
                    &Temperatures {
                        after_outdoor,
                        set_point: 10.0,
                        back: 12.0,
                    },
                    1.0,
                )
            };
            control.advance(150.0, conditions, |t, mode| changes.push((start + t, mode)));
        }
        changes
    }

    #[test]
    fn modes_change_when_the_published_case_says() {
        use Mode::{Free, Full, Partial};
        let expected = [
            (30.0, Partial),
            (60.0, Full),
            (90.0, Partial),
            (120.0, Full),
            (150.0, Partial),
            (180.0, Free),
            (330.0, Partial),
            (360.0, Full),
            (390.0, Partial),
            (420.0, Full),
            (450.0, Partial),
            (480.0, Free),
        ];
        let found = published_case();
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for ((t, mode), (t0, mode0)) in found.iter().zip(expected) {
            assert!((t - t0).abs() < 1e-9 && *mode == mode0, "{found:?}");
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a test may read a reference case"
    )]
    #[test]
    fn every_sample_of_the_published_result_is_met() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/cases/dc/modelica_chillercooled_coolingmode.txt");
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: {} is absent", path.display());
            return;
        };
        let line = text
            .lines()
            .find(|l| l.starts_with("cooModCon.y="))
            .unwrap();
        let samples: Vec<f64> = line["cooModCon.y=".len()..]
            .trim_matches(['[', ']'])
            .split(',')
            .map(|cell| cell.trim().parse().unwrap())
            .collect();
        let changes = published_case();
        for (index, sample) in samples.iter().enumerate() {
            let t = 600.0 * index as f64 / (samples.len() - 1) as f64;
            let mode = changes
                .iter()
                .rfind(|(at, _)| *at < t - 1e-6)
                .map_or(Mode::Free, |(_, mode)| *mode);
            let number = match mode {
                Mode::Free => 1.0,
                Mode::Partial => 2.0,
                Mode::Full => 3.0,
            };
            assert!(
                (sample - number).abs() < 1e-9,
                "at {t} s: {number} for {sample}"
            );
        }
        assert_eq!(samples.len(), 101);
    }

    proptest! {
        #[test]
        fn a_mode_is_kept_for_its_dwell_time(
            flags in proptest::collection::vec(any::<[bool; 4]>(), 1..40), dwell in 1.0..4000.0_f64,
        ) {
            let mut control = ModeControl::new(Mode::Free, dwell);
            let (mut last, mut total) = (0.0, 0.0);
            for (hour, [a, b, c, d]) in flags.iter().enumerate() {
                let conditions = Conditions {
                    free_to_partial: *a, partial_to_full: *b, full_to_partial: *c,
                    partial_to_free: *d,
                };
                let mut changes = Vec::new();
                let times = control.advance(3600.0, conditions, |t, _| changes.push(t));
                for t in changes {
                    let at = 3600.0 * hour as f64 + t;
                    prop_assert!(at - last >= dwell - 1e-6);
                    last = at;
                }
                total += times.free + times.partial + times.full;
            }
            prop_assert!((total - 3600.0 * flags.len() as f64).abs() < 1e-6);
        }
    }
}
