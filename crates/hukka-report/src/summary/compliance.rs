//! What the law asks, for machines.

use hukka_model::{Compliance, IndicatorSheet};
use serde_json::{Value, json};

/// The legal part of the run: as the model holds it, energies in megawatt-hours by their keys.
pub fn compliance(compliance: &Compliance) -> Value {
    json!({
        "indicators": compliance.indicators.iter().map(indicators).collect::<Vec<_>>(),
        "fields": compliance.fields,
        "rules": compliance.rules,
    })
}

fn indicators(sheet: &IndicatorSheet) -> Value {
    json!({
        "boundary": sheet.boundary,
        "facility_energy_mwh": sheet.facility_energy.mwh(),
        "reused_heat_mwh": sheet.reused_heat.mwh(),
        "pue": sheet.pue,
        "pue_enefg": sheet.pue_enefg,
        "erf": sheet.erf,
        "ere": sheet.ere,
    })
}
