//! Section 1: the answer.

use crate::document::Block;
use crate::inputs::Inputs;
use crate::label;
use crate::measured::{Measured, shown, shown_share};
use crate::number::{count, distance, energy, money, money_signed, percent_prose, whole};
use crate::series::{largest, megawatts};
use crate::texts::{fill, say};
use hukka_model::{Driver, VerdictKind};
use hukka_units::grouped;
use serde::Serialize;

/// Less carbon than this in a year, tonnes, is shown as none.
const HARDLY_ANY_T: f64 = 0.5;

/// One large number.
#[derive(Debug, Serialize)]
pub(crate) struct Tile {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) unit: String,
    pub(crate) note: String,
}

/// The first page.
#[derive(Debug, Serialize)]
pub(crate) struct Verdict {
    pub(crate) kind: &'static str,
    pub(crate) word: &'static str,
    pub(crate) says_word: bool,
    pub(crate) headline: String,
    pub(crate) reasons: Vec<String>,
    pub(crate) cautions: Vec<String>,
    pub(crate) watch: Vec<String>,
    pub(crate) tiles: Vec<Tile>,
    pub(crate) synthetic: Vec<String>,
    pub(crate) facts: Vec<(String, String)>,
}

impl Verdict {
    /// The warning of generated inputs, when there are any.
    pub(crate) fn flag(&self) -> Option<Block> {
        let named = self.synthetic.join("; ");
        (!named.is_empty()).then(|| Block::Flag {
            lead: say("verdict.synthetic-inputs").to_owned(),
            text: fill("verdict.typical-values-made-by-a", &[&named]),
        })
    }
}

/// Collects the first page.
pub(crate) fn verdict(inputs: &Inputs<'_>) -> Verdict {
    let verdict = &inputs.assessment.verdict;
    let texts = |pairs: &[(Driver, String)]| pairs.iter().map(|pair| pair.1.clone()).collect();
    let word = match verdict.kind {
        VerdictKind::Go => "GO",
        VerdictKind::NoGo => "NO-GO",
    };
    let head = verdict.headline.to_uppercase().replace(' ', "-");
    Verdict {
        kind: label::verdict_key(verdict.kind),
        word,
        says_word: head.starts_with(word),
        headline: verdict.headline.clone(),
        reasons: texts(&verdict.reasons),
        cautions: texts(&verdict.cautions),
        watch: texts(&verdict.watch),
        tiles: tiles(inputs),
        synthetic: synthetic(inputs),
        facts: facts(inputs),
    }
}

/// Inputs made by a generator, named.
pub(crate) fn synthetic(inputs: &Inputs<'_>) -> Vec<String> {
    let study = inputs.study;
    let mut out = Vec::new();
    if study.weather.is_synthetic {
        out.push(fill("verdict.weather", &[&study.weather.provenance]));
    }
    if study.prices.is_synthetic {
        out.push(fill(
            "verdict.electricity-prices",
            &[&study.prices.provenance],
        ));
    }
    out
}

fn tiles(inputs: &Inputs<'_>) -> Vec<Tile> {
    let kpis = &inputs.assessment.kpis;
    let tile = |name: &str, value: String, unit: &str, note: String| Tile {
        name: name.to_owned(),
        value,
        unit: unit.to_owned(),
        note,
    };
    let decimals = |percent: f64| usize::from(percent.abs() < 9.95);
    let measured = Measured::new(inputs);
    let share = measured.share_covered.map(|share| 100.0 * share);
    vec![
        tile(
            say("verdict.heat-from-the-data-centre"),
            shown(share, share.map_or(0, decimals)),
            "%",
            fill(
                "verdict.of-fed-into-the-network",
                &[&energy(kpis.heat_fed.mwh())],
            ),
        ),
        tile(
            say("verdict.levelised-cost-of-heat"),
            shown(measured.lcoh, 0),
            "€/MWh",
            fill(
                "verdict.against-mwh-today",
                &[&shown(measured.heat_cost_counterfactual, 0)],
            ),
        ),
        npv_tile(inputs),
        tile(
            say("verdict.co2-saved"),
            whole(kpis.carbon_saved.t()),
            "t",
            saved_note(inputs),
        ),
    ]
}

/// What the carbon saved is set against; a share only where there is something to share.
fn saved_note(inputs: &Inputs<'_>) -> String {
    let kpis = &inputs.assessment.kpis;
    let before = kpis.carbon_counterfactual.t();
    if before < HARDLY_ANY_T {
        say("verdict.a-year-the-comparison-emits").to_owned()
    } else if kpis.carbon_saved.t() < 0.0 {
        fill("verdict.a-year-more-than", &[&whole(before)])
    } else {
        let share = kpis.carbon_saved / kpis.carbon_counterfactual;
        fill(
            "verdict.a-year-of-t-in",
            &[&percent_prose(share), &whole(before)],
        )
    }
}

/// Net present value with the range one input 20 % off would give.
fn npv_tile(inputs: &Inputs<'_>) -> Tile {
    let text = money_signed(inputs.assessment.kpis.npv.eur());
    let (value, unit) = text.rsplit_once(' ').unwrap_or((&text, ""));
    let ends = inputs.assessment.break_evens.iter().flat_map(|point| {
        let (low, high) = point.npv_low_high;
        [low.eur(), high.eur()]
    });
    let range = ends.fold(None, |range: Option<(f64, f64)>, eur| {
        Some(range.map_or((eur, eur), |(low, high)| (low.min(eur), high.max(eur))))
    });
    let years = inputs.study.money.horizon_years;
    let note = match range {
        Some((low, high)) => fill(
            "verdict.over-years-to-when-any",
            &[&years, &money_signed(low), &money_signed(high)],
        ),
        None => fill("verdict.over-years", &[&years]),
    };
    Tile {
        name: say("verdict.net-present-value").to_owned(),
        value: value.to_owned(),
        unit: unit.to_owned(),
        note,
    }
}

/// A dozen figures in one line each.
fn facts(inputs: &Inputs<'_>) -> Vec<(String, String)> {
    let kpis = &inputs.assessment.kpis;
    let measured = Measured::new(inputs);
    let design = inputs.design;
    let mut facts: Vec<(&str, String)> = Vec::new();
    let it: f64 = inputs
        .study
        .data_centres
        .iter()
        .map(|centre| centre.it_load.mw())
        .sum();
    facts.push((
        say("verdict.it-load-installed"),
        fill("verdict.mw", &[&(crate::number::short(it))]),
    ));
    facts.push((
        say("verdict.waste-heat"),
        fill(
            "verdict.a-year-at-c",
            &[
                &energy(kpis.heat_available.mwh()),
                &whole(kpis.waste_heat_temperature.c()),
            ],
        ),
    ));
    facts.push((
        say("verdict.waste-heat-used"),
        shown_share(measured.use_share),
    ));
    facts.push((
        say("verdict.distance-to-the-town"),
        distance(kpis.distance_to_town.m()),
    ));
    facts.push((
        say("verdict.heat-delivered"),
        fill("verdict.a-year", &[&energy(kpis.heat_delivered.mwh())]),
    ));
    if let Some((_, peak)) = largest(&megawatts(&inputs.plan.heat_demand)) {
        facts.push((
            say("verdict.peak-into-the-network"),
            fill("verdict.mw", &[&(crate::number::short(peak))]),
        ));
    }
    let trenches = design.trenches.iter();
    if let (Some(min), Some(max)) = (
        trenches.clone().map(|t| t.dn).min(),
        trenches.map(|t| t.dn).max(),
    ) {
        let sizes = if min == max {
            fill("verdict.dn", &[&min])
        } else {
            fill("verdict.dn-to-dn", &[&min, &max])
        };
        facts.push((
            say("verdict.trench"),
            format!("{}, {sizes}", distance(kpis.trench_length.m())),
        ));
    }
    facts.push((
        say("verdict.network-loss"),
        shown_share(measured.loss_share),
    ));
    facts.push((say("verdict.investment"), money(kpis.investment.eur())));
    facts.push((
        say("verdict.payback"),
        kpis.payback_years.map_or_else(
            || "never".to_owned(),
            |years| fill("verdict.years", &[&grouped(years, 1)]),
        ),
    ));
    facts.push((
        say("verdict.boilers-needed"),
        fill(
            "verdict.up-to-mw",
            &[
                &count(kpis.boiler_hours as usize, "hour", "hours"),
                &(crate::number::short(kpis.boiler_peak.mw())),
            ],
        ),
    ));
    facts.push((
        say("verdict.heat-pump-cop-mean"),
        shown(measured.mean_cop, 2),
    ));
    facts
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
