//! The stage: from demand and sources to a network and plant with sizes.

use crate::built::Built;
use crate::candidates::{Search, rough_load};
use crate::choose;
use crate::climate::Climate;
use crate::consumers::loads;
use crate::findings::Findings;
use crate::ground;
use hukka_model::{Design, Diagnostic, HeatDemand, HeatSource, Study};
use hukka_numerics::Observer;

/// What the design starts from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The checked study.
    pub study: &'a Study,
    /// Heat the place needs.
    pub demand: &'a HeatDemand,
    /// Heat the data centres offer, one entry per data centre.
    pub sources: &'a [HeatSource],
}

/// How hard the design searches. More rounds never give a worse network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Rounds of cutting what does not pay, adding what does and exchanging streets.
    pub rounds: usize,
    /// Sweeps over all exchanges in each round.
    pub sweeps: usize,
    /// Times the best network is shaken and improved again.
    pub kicks: usize,
    /// Prove how far the choice of streets and consumers is from the best one at most, and say it
    /// in a finding.
    pub bounds: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            rounds: 12,
            sweeps: 20,
            kicks: 60,
            bounds: false,
        }
    }
}

/// Why no design could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The observer asked to stop.
    #[error("the design was stopped")]
    Stopped,
    /// A series has not one value per hour of the study.
    #[error("{what} has {seen} values; the study has {expected} hours")]
    Shape {
        /// Which series.
        what: String,
        /// Values found.
        seen: usize,
        /// Hours of the axis.
        expected: usize,
    },
    /// A heat source or heat pump names a data centre the study has not.
    #[error("{what} draws on data centre {data_centre}; the study has {known}")]
    UnknownDataCentre {
        /// Which source or heat pump.
        what: String,
        /// Index it names.
        data_centre: usize,
        /// Number of data centres.
        known: usize,
    },
    /// The study has no data centre.
    #[error("the study has no data centre")]
    NoDataCentre,
}

/// Routes and sizes the network, and sizes heat pumps, boilers and stores.
///
/// Streets become a graph, consumers and sites hang on it, a prize-collecting tree search chooses
/// who is connected (or everyone, or the pipes that lie there), pipes take the smallest catalogue
/// size for their load, and machines of open size are screened over the hours of the year. Several
/// networks are chosen so, at different costs of heat, and the one with the best yearly result is
/// kept, at the fill of the sources given: give full fill. A town without a map that has boilers
/// today has the plant in its midst, and the data centres stand outside.
///
/// # Assumptions   flat ground · straight service pipes · sites off the streets join by 1.2 times
///   the straight distance · boilers alone cover the design day
/// # Errors        `Stopped`, `Shape`, `UnknownDataCentre`, `NoDataCentre`; what is wrong with the place comes as
///   diagnostics, errors among them, with a design that shows them
pub fn run(
    inputs: &Inputs<'_>,
    options: &Options,
    observer: &mut impl Observer,
) -> Result<(Design, Vec<Diagnostic>), Error> {
    const STEPS: usize = 4;
    check(inputs)?;
    let Inputs { study, demand, .. } = *inputs;
    let mut findings = Findings::default();
    let wishes = ground::wishes(study, demand);
    let ground = ground::lay(study, demand, &wishes, &mut findings);
    let candidates = choose::eligible(study, demand, &wishes, &ground.hooks);
    observer.progress(1, STEPS);
    let all_load = rough_load(inputs, &candidates.0);
    let climate = Climate::new(study, &all_load);
    if climate.design.supply - climate.design.back < 1.0 {
        findings.flat_curve();
    }
    let loads = loads(demand);
    let search = Search {
        inputs,
        ground: &ground,
        loads: &loads,
        climate: &climate,
        candidates: &candidates,
        wishes: &wishes,
    };
    let choice = search.best(options, observer);
    if observer.should_stop() {
        return Err(Error::Stopped);
    }
    choice.report(&mut findings);
    if options.bounds
        && let Some(bound) = search.bound(&choice)
    {
        findings.routes(&bound, choice.heat_cost);
    }
    observer.progress(2, STEPS);
    let mut layout = search.layout(&choice);
    layout.report(study, &climate, &mut findings);
    layout.simplify();
    observer.progress(3, STEPS);
    let built = Built {
        inputs,
        climate: &climate,
        loads: &loads,
        layout: &layout,
    };
    let (mut design, _) = built.design(&mut findings);
    design.unconnected = choice.unconnected;
    built.assume(&mut findings);
    observer.progress(STEPS, STEPS);
    Ok((design, findings.into_list()))
}

fn check(inputs: &Inputs<'_>) -> Result<(), Error> {
    let expected = inputs.study.axis.len();
    if inputs.study.data_centres.is_empty() {
        return Err(Error::NoDataCentre);
    }
    let known = inputs.study.data_centres.len();
    let named = inputs.sources.iter().map(|s| (&s.id, s.data_centre));
    let pumps = inputs
        .study
        .heat_pumps
        .iter()
        .map(|p| (&p.id, p.data_centre));
    if let Some((id, data_centre)) = named.chain(pumps).find(|(_, dc)| *dc >= known) {
        return Err(Error::UnknownDataCentre {
            what: id.clone(),
            data_centre,
            known,
        });
    }
    let shape = |what: String, seen: usize| {
        if seen == expected {
            Ok(())
        } else {
            Err(Error::Shape {
                what,
                seen,
                expected,
            })
        }
    };
    let weather = &inputs.study.weather;
    shape(
        "outdoor temperature".to_owned(),
        weather.outdoor_temperature.len(),
    )?;
    shape(
        "ground temperature".to_owned(),
        weather.ground_temperature.len(),
    )?;
    shape(
        "electricity price".to_owned(),
        inputs.study.prices.electricity.len(),
    )?;
    shape("heat demand".to_owned(), inputs.demand.total.len())?;
    for source in inputs.sources {
        shape(
            format!("heat source {}", source.id),
            source.recoverable.len(),
        )?;
    }
    for profile in &inputs.demand.profiles {
        shape(
            format!("profile {}", profile.name),
            profile.space_heat.len(),
        )?;
        shape(format!("profile {}", profile.name), profile.hot_water.len())?;
    }
    Ok(())
}
