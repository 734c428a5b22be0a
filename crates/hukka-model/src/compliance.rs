//! What the law asks of a data centre's waste heat, beside what the study found. Made by
//! `hukka-assess`. No legal advice: every rule names the text it was read from.

use crate::time::CalendarDate;
use hukka_units::{ElectricEnergy, HeatEnergy, Ratio};
use serde::{Deserialize, Serialize};

/// Who owns the heat pump decides what the data centre's meter counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeteringBoundary {
    /// The heat company's: source heat crosses the boundary.
    HeatPumpOutside,
    /// The data centre's: lifted heat crosses it, and its electricity is the data centre's.
    HeatPumpInside,
}

/// The indicators on one choice of boundary; `None` where there is nothing to divide by.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct IndicatorSheet {
    /// Where the meter stands.
    pub boundary: MeteringBoundary,
    /// Energy of the data centre.
    pub facility_energy: ElectricEnergy,
    /// Heat handed over for use outside.
    pub reused_heat: HeatEnergy,
    /// Power usage effectiveness, facility over IT energy.
    pub pue: Option<Ratio>,
    /// The same as the German act counts it: electricity that only lifts waste heat left out.
    pub pue_enefg: Option<Ratio>,
    /// Energy reuse factor, reused heat over facility energy.
    pub erf: Option<Ratio>,
    /// Energy reuse effectiveness, `PUE · (1 − ERF)`; 0 means all is reused.
    pub ere: Option<Ratio>,
}

/// Text a field or rule belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regulation {
    /// Delegated Regulation (EU) 2024/1364, yearly report of data centres.
    DelegatedRegulation2024,
    /// Energy Efficiency Directive (EU) 2023/1791.
    EnergyEfficiencyDirective,
    /// German Energieeffizienzgesetz.
    EnEfG,
    /// Finnish excise duty on electricity.
    FinnishElectricityTax,
}

/// What goes into a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldValue {
    /// A figure of this study.
    Number(f64),
    /// A text of this study.
    Text(String),
    /// Only the operator knows it.
    NotInStudy,
}

/// One field of a report an authority asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportField {
    /// Text that asks.
    pub regulation: Regulation,
    /// Where in the text: "Annex II.1".
    pub place: String,
    /// Symbol in the text, or a short name of ours where it has none.
    pub symbol: String,
    /// Meaning.
    pub meaning: String,
    /// Value.
    pub value: FieldValue,
    /// Unit of a number.
    pub unit: String,
    /// How the value came about, or why it is missing.
    pub note: String,
}

/// Whether a rule is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Does not concern this data centre.
    NotApplicable,
    /// The study's figure is inside the limit.
    Met,
    /// The study's figure is outside the limit.
    NotMet,
    /// The study lacks a fact: which one is in the note.
    Open,
}

/// How sure we are of the wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    /// Read in the published text.
    Read,
    /// Known second hand: an assumption until read.
    Recalled,
}

/// A rule beside the study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleFinding {
    /// Text.
    pub regulation: Regulation,
    /// Where in it: "§ 11(2)".
    pub place: String,
    /// What it asks, in our words.
    pub asks: String,
    /// First day it holds for this data centre; `None` where the text gives none.
    pub valid_from: Option<CalendarDate>,
    /// Last day; `None` if open.
    pub valid_to: Option<CalendarDate>,
    /// Limit in words and figures.
    pub limit: Option<String>,
    /// Figure of the study beside it.
    pub seen: Option<String>,
    /// Outcome.
    pub finding: Finding,
    /// Why, and which exceptions may help.
    pub note: String,
    /// How sure the wording is.
    pub wording: Wording,
}

/// Indicators, report fields and rules of one study.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Compliance {
    /// Indicators by boundary.
    pub indicators: Vec<IndicatorSheet>,
    /// Fields of reports.
    pub fields: Vec<ReportField>,
    /// Rules.
    pub rules: Vec<RuleFinding>,
}
