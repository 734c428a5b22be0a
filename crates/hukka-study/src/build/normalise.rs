//! Metered totals carried from the weather of their year to that of the study.

use super::climate::metered_degree_days;
use super::place::PlaceInputs;
use crate::codes;
use crate::context::Context;
use crate::reader::Reader;
use crate::spec::plain;
use hukka_model::{Confidence, Diagnostic, TimeAxis, Weather};
use hukka_series::{DegreeDayRule, degree_days};

/// Fewest degree days from which anything is carried.
const FEWEST: f64 = 1.0;

/// The weather a total is carried to.
pub(super) struct StudyWeather<'a> {
    place: &'a PlaceInputs,
    rule: DegreeDayRule,
    /// Degree days of the study year; `None` where the weather could not be read.
    degree_days: Option<f64>,
    /// The weather was shifted by a change of climate.
    is_changed: bool,
}

impl<'a> StudyWeather<'a> {
    pub(super) fn new(
        demand: &Reader<'_>,
        place: &'a PlaceInputs,
        axis: Option<&TimeAxis>,
        weather: Option<&Weather>,
        context: &mut Context,
    ) -> Self {
        let word = demand.optional_text("degree_day_rule", context);
        let rule = word.and_then(DegreeDayRule::named).unwrap_or_default();
        let degree_days = axis
            .zip(weather)
            .map(|(axis, weather)| degree_days(rule, &weather.outdoor_temperature, &axis.calendar));
        Self {
            place,
            rule,
            degree_days,
            is_changed: weather.is_some_and(|w| w.provenance.ends_with("with climate change")),
        }
    }

    /// The yearly heat at the weather of the study, MWh: as given where nothing says of which weather
    /// it is.
    ///
    /// `Q = w E + (1 − w) E · S_study / S_metered`, with `w` the share of hot water and `S` degree days.
    ///
    /// # Source  normalisation of heat use after Motiva: only space heat follows the degree days
    pub(super) fn carried(
        &self,
        table: &Reader<'_>,
        annual: Option<f64>,
        (hot_water, is_assumed): (f64, bool),
        context: &mut Context,
    ) -> Option<f64> {
        let given = table.optional("metered_degree_days", context);
        let of_file = metered_degree_days(table, self.rule, self.place, context);
        let annual = annual?;
        let Some(metered) = given.or(of_file) else {
            let is_named = table.has("metered_degree_days") || table.has("metered_weather");
            if self.is_changed && !is_named {
                kept(table, context);
            }
            return Some(annual);
        };
        let study = self.degree_days?;
        if metered < FEWEST || study < FEWEST {
            let at = table.place("annual_mwh", context);
            context.push(
                Diagnostic::error(
                    codes::OUT_OF_RANGE,
                    "a year without heating carries nothing over",
                )
                .at(at)
                .about(table.full("annual_mwh"))
                .seen(format!(
                    "{metered:.0} K d metered, {study:.0} K d in the study"
                ))
                .allowed("years with heating"),
            );
            return Some(annual);
        }
        let carried = annual * (hot_water + (1.0 - hot_water) * study / metered);
        let rule = self.rule.word();
        if is_assumed {
            context.assume(
                table.full("metered_hot_water_share"),
                plain(hot_water),
                "",
                "as in a lumped demand",
                Confidence::Default,
            );
        }
        context.derive(
            &format!("{} (normalised)", table.full("annual_mwh")),
            &plain((carried * 10.0).round() / 10.0),
            "MWh",
            &format!(
                "{} MWh, of which {} % hot water; space heat × {study:.0} K d / {metered:.0} K d ({rule})",
                plain(annual),
                plain((hot_water * 1000.0).round() / 10.0),
            ),
        );
        Some(carried)
    }
}

/// A total that the changed climate does not reach.
fn kept(table: &Reader<'_>, context: &mut Context) {
    let at = table.place("annual_mwh", context);
    context.push(
        Diagnostic::warning(
            codes::KEPT_TOTAL,
            "the yearly heat is kept although the climate changes",
        )
        .at(at)
        .about(table.full("annual_mwh"))
        .help(
            "say of which weather it is, with `metered_degree_days` or `metered_weather`, and \
                 it follows the change",
        ),
    );
}
