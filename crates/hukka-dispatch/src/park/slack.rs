//! Limits that may be broken at a high price, so that a park that cannot keep them still has a plan.

use hukka_model::DispatchCase;

/// What a slack column of a step breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slack {
    /// Heat that nothing takes.
    HeatOver,
    /// Electricity beyond what may be bought.
    PowerShort,
    /// Electricity beyond what may be sold.
    PowerOver,
    /// Heat of a source that nothing cools.
    NotCooled(usize),
    /// Source heat that units on must draw beyond what there is.
    SourceShort(usize),
    /// Content that a store must let go.
    StoreOver(usize),
    /// Content that a store lacks.
    StoreShort(usize),
    /// Change of heat beyond the ramp of a unit.
    Ramp(usize),
}

/// The slack columns of a step, in their order.
pub(crate) fn kinds(case: &DispatchCase) -> Vec<Slack> {
    let mut kinds = vec![Slack::HeatOver, Slack::PowerShort, Slack::PowerOver];
    for (index, source) in case.sources.iter().enumerate() {
        if source.cooling.is_some() {
            kinds.push(Slack::NotCooled(index));
        }
        kinds.push(Slack::SourceShort(index));
    }
    for index in 0..case.stores.len() {
        kinds.extend([Slack::StoreOver(index), Slack::StoreShort(index)]);
    }
    let ramped = case.units.iter().enumerate();
    let ramped = ramped.filter(|(_, unit)| unit.ramp_mw_per_h.is_some());
    kinds.extend(ramped.map(|(index, _)| Slack::Ramp(index)));
    kinds
}

impl Slack {
    /// What is broken, and what would mend it.
    pub(crate) fn words(self, case: &DispatchCase) -> (String, &'static str) {
        match self {
            Self::HeatOver => (
                "heat is made that nothing takes".into(),
                "allow a heat dump, lower minimum loads",
            ),
            Self::PowerShort => ("electricity is short".into(), "raise grid.max_buy_mw"),
            Self::PowerOver => (
                "electricity is made that nothing takes".into(),
                "raise grid.max_sell_mw",
            ),
            Self::NotCooled(index) => (
                format!("heat of {} cannot be cooled", case.sources[index].id),
                "add chiller or free-cooling power",
            ),
            Self::SourceShort(index) => (
                format!(
                    "units that are on must draw more of {} than there is",
                    case.sources[index].id
                ),
                "lower minimum loads or minimum times of the heat pumps on it",
            ),
            Self::StoreOver(index) => (
                format!("store {} must let heat go", case.stores[index].id),
                "raise its capacity factor or discharge power",
            ),
            Self::StoreShort(index) => (
                format!(
                    "store {} cannot be as full as it must be",
                    case.stores[index].id
                ),
                "raise its charging power, lower its initial fraction or its loss",
            ),
            Self::Ramp(index) => (
                format!(
                    "unit {} must change faster than its ramp",
                    case.units[index].id
                ),
                "raise its ramp, or let its availability fall more slowly",
            ),
        }
    }
}
