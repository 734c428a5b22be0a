//! Operation at every fill level of the data centre, and without it: side by side.

use crate::supply;
use hukka_model::{
    Counterfactual, Design, Diagnostic, DispatchPlan, HeatDemand, HeatSource, NetworkState,
    OwnersAccount, SolveStatus, Study, UnitKind,
};
use hukka_network::Injection;
use hukka_units::Ratio;
use rayon::prelude::*;

/// Fill levels dispatched in every study, so that break-evens rest on real operation; the levels
/// of the study's own years come on top, and results between levels are interpolated.
const FILL_GRID: [f64; 2] = [0.2, 0.5];
/// Fill levels of the study's years that are dispatched; further ones are interpolated.
const MAX_OWN_LEVELS: usize = 4;

/// Operation with the data centre filled to one level.
#[derive(Debug)]
pub struct FillYear {
    /// Share of the installed load present.
    pub fill: Ratio,
    /// Heat offered then.
    pub sources: Vec<HeatSource>,
    /// Least-cost operation then.
    pub plan: DispatchPlan,
}

impl FillYear {
    /// What the assessment looks at of each level.
    pub(crate) fn assessed(years: &[Self]) -> Vec<hukka_assess::OperatingYear<'_>> {
        years
            .iter()
            .map(|year| hukka_assess::OperatingYear {
                fill: year.fill,
                plan: &year.plan,
                sources: &year.sources,
            })
            .collect()
    }
}

/// Operation at every fill level and in the counterfactual.
pub(crate) struct Operation {
    /// Ascending; the last one is full fill.
    pub(crate) years: Vec<FillYear>,
    /// Without the data centres, where today's plant is the alternative.
    pub(crate) counterfactual: Option<DispatchPlan>,
    /// Both owners' money at full fill; `None` where heat could not be supplied, or none is drawn,
    /// or nobody asked.
    pub(crate) owners: Option<OwnersAccount>,
}

/// Operation of the study's own years, with the accounts of both owners.
pub(crate) fn dispatch(
    study: &Study,
    demand: &HeatDemand,
    design: &Design,
    network: &NetworkState,
) -> Result<(Operation, Vec<Diagnostic>), Failure> {
    let levels = fill_levels(study);
    let (mut operation, findings) = operate(study, demand, design, network, &levels)?;
    operation.owners = owners(study, design, network, &operation.years)?;
    Ok((operation, findings))
}

/// Dispatches given fill levels and the counterfactual, without accounts of the owners; each is
/// independent of the others, so they share the threads, and their order never changes a result.
pub(crate) fn operate(
    study: &Study,
    demand: &HeatDemand,
    design: &Design,
    network: &NetworkState,
    levels: &[Ratio],
) -> Result<(Operation, Vec<Diagnostic>), Failure> {
    let (years, today) = rayon::join(
        || {
            levels
                .par_iter()
                .map(|fill| fill_year(study, design, network, *fill))
                .collect::<Result<Vec<_>, _>>()
        },
        || match study.counterfactual {
            Counterfactual::Individual { .. } => Ok(None),
            Counterfactual::ExistingPlant => {
                existing_plant(study, demand, design, network).map(Some)
            }
        },
    );
    let (years, found): (Vec<FillYear>, Vec<Vec<Diagnostic>>) = years?.into_iter().unzip();
    let mut findings = telling(&years, found);
    let counterfactual = today?.map(|(plan, found)| {
        merge(&mut findings, found);
        plan
    });
    Ok((
        Operation {
            years,
            counterfactual,
            owners: None,
        },
        findings,
    ))
}

/// Both owners' money at full fill.
fn owners(
    study: &Study,
    design: &Design,
    network: &NetworkState,
    years: &[FillYear],
) -> Result<Option<OwnersAccount>, Failure> {
    let full = years
        .last()
        .filter(|year| year.plan.status != SolveStatus::Infeasible);
    let Some(full) = full else {
        return Ok(None);
    };
    let inputs = hukka_dispatch::Inputs {
        study,
        design,
        network,
        sources: &full.sources,
    };
    hukka_dispatch::owners::study_account(&inputs, &full.plan).map_err(Failure::Dispatch)
}

/// Operation with the data centres filled to one level.
fn fill_year(
    study: &Study,
    design: &Design,
    network: &NetworkState,
    fill: Ratio,
) -> Result<(FillYear, Vec<Diagnostic>), Failure> {
    let options = hukka_source::Options { fill: Some(fill) };
    let (sources, _) = hukka_source::run(&hukka_source::Inputs { study }, &options, &mut ())
        .map_err(Failure::Source)?;
    let inputs = hukka_dispatch::Inputs {
        study,
        design,
        network,
        sources: &sources,
    };
    let (plan, found) = hukka_dispatch::run(&inputs, &hukka_dispatch::Options::default(), &mut ())
        .map_err(Failure::Dispatch)?;
    Ok((
        FillYear {
            fill,
            sources,
            plan,
        },
        found,
    ))
}

/// The findings worth telling: those of full fill, and of the emptiest level that lacks heat.
fn telling(years: &[FillYear], found: Vec<Vec<Diagnostic>>) -> Vec<Diagnostic> {
    let lacking = years
        .iter()
        .position(|year| year.plan.status == SolveStatus::Infeasible);
    let last = years.len().saturating_sub(1);
    let mut findings = Vec::new();
    for (index, found) in found.into_iter().enumerate() {
        if lacking.map_or(index == last, |lacking| index == lacking) {
            merge(&mut findings, found);
        }
    }
    findings
}

/// What may go wrong while the fill levels are dispatched.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Source(hukka_source::Error),
    #[error(transparent)]
    Network(hukka_network::Error),
    #[error(transparent)]
    Dispatch(hukka_dispatch::Error),
}

/// Operation without the data centres: today's boilers on the network as it would be without the
/// pipes that only the data centres need, at the supply temperatures that suit the boilers.
fn existing_plant(
    study: &Study,
    demand: &HeatDemand,
    design: &Design,
    network: &NetworkState,
) -> Result<(DispatchPlan, Vec<Diagnostic>), Failure> {
    let today = hukka_design::without_data_centres(design);
    let has_levels = study.network.supply_levels.is_some();
    let simulated = if today.trenches.len() == design.trenches.len() && !has_levels {
        None
    } else {
        let setting = supply::Setting {
            study,
            demand,
            design: &today,
            sources: &[],
            case: hukka_dispatch::Case::ExistingPlantOnly,
        };
        Some(supply::simulate(&setting, &mut ())?.0)
    };
    let inputs = hukka_dispatch::Inputs {
        study,
        design: &today,
        network: simulated.as_ref().unwrap_or(network),
        sources: &[],
    };
    let options = hukka_dispatch::Options {
        case: hukka_dispatch::Case::ExistingPlantOnly,
        ..Default::default()
    };
    hukka_dispatch::run(&inputs, &options, &mut ()).map_err(Failure::Dispatch)
}

/// Adds findings that are not there yet: the fill levels share most of theirs.
fn merge(findings: &mut Vec<Diagnostic>, found: Vec<Diagnostic>) {
    for finding in found {
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
}

/// Heat given to the network by heat pumps that do not stand at the energy centre.
pub(crate) fn injections(design: &Design, plan: &DispatchPlan) -> Vec<Injection> {
    plan.units
        .iter()
        .filter_map(|unit| {
            let UnitKind::HeatPump(index) = unit.kind else {
                return None;
            };
            let data_centre = design.heat_pumps.get(index)?.data_centre;
            let source = design
                .sources
                .iter()
                .find(|s| s.data_centre == data_centre)?;
            (source.node != 0).then(|| Injection {
                node: source.node,
                heat: unit.heat.clone(),
            })
        })
        .collect()
}

/// The fill levels to dispatch, ascending, full fill last: those of the operating years, thinned
/// to a handful, and the grid below them. The level of a year is the load-weighted mean over the
/// data centres.
pub(crate) fn fill_levels(study: &Study) -> Vec<Ratio> {
    let mut own = own_levels(study);
    let Some(last) = own.len().checked_sub(1) else {
        return vec![Ratio::ZERO];
    };
    let full = own[last];
    if own.len() > MAX_OWN_LEVELS {
        let step = last as f64 / (MAX_OWN_LEVELS - 1) as f64;
        own = (0..MAX_OWN_LEVELS)
            .map(|i| own[(i as f64 * step).round() as usize])
            .collect();
    }
    own.extend(FILL_GRID.into_iter().filter(|level| *level < full));
    own.sort_by(f64::total_cmp);
    own.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    own.into_iter().map(Ratio::from_fraction).collect()
}

/// The distinct fill levels of the operating years that are not empty, ascending.
pub(crate) fn own_levels(study: &Study) -> Vec<f64> {
    let mut own: Vec<f64> = (0..study.money.horizon_years as usize)
        .map(|year| fill_of_year(study, year))
        .filter(|fill| *fill > 0.0)
        .collect();
    own.sort_by(f64::total_cmp);
    own.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    own
}

/// Whether the study's years have more levels than are dispatched.
pub(crate) fn is_thinned(study: &Study) -> bool {
    own_levels(study).len() > MAX_OWN_LEVELS
}

/// Share of the installed load of all data centres present in an operating year, counted from 0.
pub(crate) fn fill_of_year(study: &Study, year: usize) -> f64 {
    let (present, full) = study
        .data_centres
        .iter()
        .fold((0.0, 0.0), |(present, full), centre| {
            let fill = centre.fill.get(year).or(centre.fill.last());
            let load = centre.it_load.w();
            (
                present + load * fill.map_or(1.0, |fill| fill.fraction()),
                full + load,
            )
        });
    if full > 0.0 { present / full } else { 0.0 }
}
