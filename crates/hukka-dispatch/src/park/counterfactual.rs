//! The same park without the data centre.

use hukka_model::{CaseUnitKind, DispatchCase};

/// A case whose heat pumps on the data centre stand still: on the source of its owners, or on all
/// sources. The data centre cools itself; contracts are left out.
pub fn without_data_centre(case: &DispatchCase) -> DispatchCase {
    let mut alone = case.clone();
    let only = alone.owners.take().map(|owners| owners.source);
    for unit in &mut alone.units {
        if let CaseUnitKind::HeatPump { source, .. } = unit.kind
            && only.is_none_or(|only| only == source)
        {
            unit.max_heat_mw = 0.0;
            unit.commitment = None;
            unit.min_heat_mwh = None;
        }
    }
    alone
}
