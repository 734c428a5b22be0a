//! The stage: nouns in, [`Assessment`] out.

use crate::balance::{balances, dispatch_cost, residual};
use crate::book::keep;
use crate::cash_flow::Ventures;
use crate::check::check;
use crate::distance::{Metre, arriving, curve, kilometre};
use crate::energy::heat;
use crate::error::Error;
use crate::inputs::{Inputs, Options};
use crate::kpis::{DataCentreYear, kpis};
use crate::law::{Facts, compliance};
use crate::ledger::payments;
use crate::levels::{Levels, fill_in_year, ramp_years};
use crate::sensitivity::break_evens;
use crate::text::hours;
use crate::verdict::{Evidence, verdict};
use crate::{money, risks, terms};
use hukka_model::{Assessment, Balance, Counterfactual, Diagnostic, Kpis};
use hukka_numerics::Observer;
use hukka_units::{HeatEnergy, Ratio, grouped};

/// Steps the observer hears of.
const STEPS: usize = 5;

/// Weighs a simulated study: energies, payments, balances, cash flow, sensitivities, verdict.
///
/// Energies and payments are those of the full-fill year; money runs over the study's horizon
/// with the fill of each operating year.
///
/// # Assumptions
/// every year has the weather and prices of the study year · customers connect at once ·
/// operation does not react to changed prices in the sensitivities
///
/// # Errors
/// inputs that do not fit together, see [`Error`]
pub fn run(
    inputs: &Inputs<'_>,
    options: &Options,
    observer: &mut impl Observer,
) -> Result<(Assessment, Vec<Diagnostic>), Error> {
    options.validate()?;
    check(inputs)?;
    let levels = Levels::new(inputs);
    step(observer, 1)?;
    let ventures = ventures(inputs, &levels);
    let cash_flow = ventures.cash_flow(&ventures.base());
    let payments = payments(inputs.study, inputs.design, levels.full());
    let balances = balances(inputs, &levels, &payments);
    step(observer, 2)?;
    let data_centre = DataCentreYear::new(inputs, &levels);
    let kpis = kpis(&ventures, &data_centre, &cash_flow);
    check_finite(&kpis)?;
    let break_evens = break_evens(&ventures);
    step(observer, 3)?;
    let distance_curve = curve(&ventures, kpis.distance_to_town);
    step(observer, 4)?;
    let evidence = Evidence::new(&ventures, &kpis, &data_centre, &break_evens);
    let verdict = verdict(&evidence, options);
    let diagnostics = diagnose(&ventures, options, &balances);
    let money = money::account(&ventures, &cash_flow);
    let together_npv = money.together_npv;
    step(observer, STEPS)?;
    let assessment = Assessment {
        verdict,
        terms: terms::sheet(&ventures, &data_centre, (&kpis, &money)),
        risks: risks::register(&ventures),
        money,
        payments,
        cash_flow,
        break_evens,
        balances,
        distance_heat: arriving(&ventures, &distance_curve, kpis.distance_to_town),
        kilometre: kilometre(&ventures),
        distance_curve,
        compliance: compliance(&Facts::new(inputs, &data_centre, (&kpis, together_npv))),
        kpis,
    };
    Ok((assessment, diagnostics))
}

/// The figures alone, to the bit those of [`run`]: for samples, which ask for nothing else.
///
/// # Errors
/// inputs that do not fit together, see [`Error`]
pub fn figures(inputs: &Inputs<'_>) -> Result<Kpis, Error> {
    check(inputs)?;
    let levels = Levels::of_years(inputs);
    let ventures = ventures(inputs, &levels);
    let cash_flow = ventures.cash_flow(&ventures.base());
    let kpis = kpis(&ventures, &DataCentreYear::new(inputs, &levels), &cash_flow);
    check_finite(&kpis)?;
    Ok(kpis)
}

fn step(observer: &mut impl Observer, done: usize) -> Result<(), Error> {
    observer.progress(done, STEPS);
    if observer.should_stop() {
        Err(Error::Stopped)
    } else {
        Ok(())
    }
}

pub(crate) fn ventures<'a>(inputs: &'a Inputs<'a>, levels: &'a Levels) -> Ventures<'a> {
    let delivered = heat(&inputs.network.hourly.heat_delivered);
    let is_plant = matches!(inputs.study.counterfactual, Counterfactual::ExistingPlant);
    Ventures {
        inputs,
        levels,
        counterfactual: inputs
            .counterfactual
            .filter(|_| is_plant)
            .map(|plan| keep(inputs.study, inputs.design, plan, (Ratio::ZERO, delivered))),
        metre: Metre::new(inputs),
    }
}

/// No figure leaves as NaN or infinite.
fn check_finite(kpis: &Kpis) -> Result<(), Error> {
    for (what, value) in [
        ("heat delivered", kpis.heat_delivered.si()),
        ("heat fed", kpis.heat_fed.si()),
        ("heat loss", kpis.heat_loss.si()),
        ("pumping share", kpis.pumping_share.fraction()),
        ("heat available", kpis.heat_available.si()),
        ("heat used", kpis.heat_used.si()),
        ("facility energy", kpis.facility_energy.si()),
        ("energy reuse factor", kpis.erf_heat_pump_inside.fraction()),
        ("waste-heat temperature", kpis.waste_heat_temperature.si()),
        ("mean COP", kpis.mean_cop.fraction()),
        ("carbon saved", kpis.carbon_saved.si()),
        ("investment", kpis.investment.eur()),
        ("levelised cost of heat", kpis.lcoh.si()),
        (
            "cost of heat in the counterfactual",
            kpis.heat_cost_counterfactual.si(),
        ),
        ("net present value", kpis.npv.eur()),
    ] {
        if !value.is_finite() {
            return Err(Error::NotFinite { what });
        }
    }
    Ok(())
}

/// What a reader of the run should know about its quality.
fn diagnose(ventures: &Ventures<'_>, options: &Options, balances: &[Balance]) -> Vec<Diagnostic> {
    let inputs = ventures.inputs;
    let plan = inputs.full().plan;
    let mut out = Vec::new();
    if ventures.levels.full().heat_sold.si() <= 0.0 {
        out.push(
            Diagnostic::warning(
                "HK0801",
                "no heat is delivered, so costs per MWh are shown as zero",
            )
            .about("demand")
            .help("connect consumers: see `design.connect` and `design.max_service_m`"),
        );
    }
    let unserved = heat(&plan.unserved);
    if unserved.mwh() > 1e-3 {
        let hours = hours(plan.unserved.iter().filter(|q| q.w() > 1.0).count() as f64);
        out.push(
            Diagnostic::warning("HK0802", "some heat could not be supplied")
                .about("boiler")
                .seen(format!("{} MWh in {hours}", grouped(unserved.mwh(), 1)))
                .help("give the boilers more `heat_capacity_mw`, or leave it out"),
        );
    }
    for balance in balances
        .iter()
        .filter(|b| b.relative_residual > options.balance_tolerance)
    {
        out.push(
            Diagnostic::warning(
                "HK0803",
                format!("the {} balance does not close", balance.name),
            )
            .about(balance.name.clone())
            .seen(format!("{:.1e} relative", balance.relative_residual))
            .allowed(format!("{:.0e}", options.balance_tolerance)),
        );
    }
    out.extend(delivery(inputs));
    out.extend(fill_limits(ventures));
    let (ours, theirs) = dispatch_cost(inputs, plan, ventures.levels.full());
    if residual(ours.eur(), theirs.eur()) > options.balance_tolerance {
        out.push(
            Diagnostic::warning(
                "HK0807",
                "the running cost differs from the cost the dispatch found",
            )
            .seen(format!("{} €", grouped(ours.eur(), 0)))
            .allowed(format!("{} €", grouped(theirs.eur(), 0))),
        );
    }
    out
}

/// Whether the network delivers what the connected consumers need.
fn delivery(inputs: &Inputs<'_>) -> Option<Diagnostic> {
    let needed: HeatEnergy = inputs
        .design
        .connected
        .iter()
        .map(|connected| inputs.demand.consumers[connected.consumer].annual())
        .sum();
    let delivered = heat(&inputs.network.hourly.heat_delivered);
    (residual(needed.mwh(), delivered.mwh()) > 1e-6).then(|| {
        Diagnostic::warning(
            "HK0804",
            "the network delivers other heat than the connected consumers need",
        )
        .about("network")
        .seen(format!("{} MWh", grouped(delivered.mwh(), 1)))
        .allowed(format!("{} MWh", grouped(needed.mwh(), 1)))
    })
}

/// Where the levels of fill do not reach.
fn fill_limits(ventures: &Ventures<'_>) -> Vec<Diagnostic> {
    let study = ventures.inputs.study;
    let mut out = Vec::new();
    let short = ventures.levels.short_when_empty;
    if short.mwh() > 1e-3 && ventures.counterfactual.is_none() {
        out.push(
            Diagnostic::note(
                "HK0805",
                "with an empty data centre the boilers could not make all the heat",
            )
            .about("boiler")
            .seen(format!("{} MWh short", grouped(short.mwh(), 0)))
            .help("the missing heat costs `prices.unserved_eur_per_mwh` in low-fill sensitivities"),
        );
    }
    let top = ventures.levels.full().fill;
    let last = ramp_years(study).min(study.money.horizon_years);
    if let Some(year) = (1..=last).find(|year| fill_in_year(study, *year) > top + 1e-9) {
        out.push(
            Diagnostic::warning(
                "HK0806",
                format!("year {year} is fuller than any simulated level"),
            )
            .about("data_centre.fill")
            .seen(format!("{:.0} %", 100.0 * fill_in_year(study, year)))
            .allowed(format!("at most {:.0} %", 100.0 * top))
            .help("let `fill` rise or stay; the highest level simulated is used"),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Bench;
    use hukka_units::HeatPower;

    #[test]
    fn a_consistent_run_has_no_diagnostic() {
        let bench = Bench::new();
        let (_, diagnostics) = bench.run();
        assert_eq!(diagnostics, []);
    }

    #[test]
    fn the_figures_alone_are_those_of_the_whole_stage() {
        let full = Bench::against_existing_plant();
        let mut ramp = Bench::new();
        ramp.study.data_centres[0].fill = [0.0, 0.3, 1.0].map(Ratio::from_fraction).to_vec();
        for bench in [Bench::new(), full, ramp, Bench::dead()] {
            let years = [bench.year()];
            let inputs = bench.inputs(&years);
            assert_eq!(figures(&inputs).unwrap(), bench.assess().kpis);
        }
    }

    #[test]
    fn the_same_inputs_give_the_same_bits() {
        let bench = Bench::new();
        assert_eq!(bench.assess(), bench.assess());
    }

    #[test]
    fn a_dead_place_is_a_no_go_with_finite_numbers() {
        let bench = Bench::dead();
        let (assessment, diagnostics) = bench.run();
        assert_eq!(assessment.verdict.kind, hukka_model::VerdictKind::NoGo);
        assert!(diagnostics.iter().any(|d| d.code == "HK0801"));
        assert!(assessment.distance_curve.is_empty());
        for point in &assessment.break_evens {
            assert!(point.base.is_finite() && point.npv_low_high.0.is_finite());
        }
    }

    #[test]
    fn an_open_balance_and_unserved_heat_are_reported() {
        let mut bench = Bench::new();
        bench.plan.unserved[1] = HeatPower::from_mw(1.0);
        let (_, diagnostics) = bench.run();
        let codes: Vec<&str> = diagnostics.iter().map(|d| d.code.as_str()).collect();
        assert!(
            codes.contains(&"HK0802") && codes.contains(&"HK0803"),
            "{codes:?}"
        );
    }

    #[test]
    fn consumers_that_are_not_served_are_reported() {
        let mut bench = Bench::new();
        bench.demand.consumers[0].space_heat = HeatEnergy::from_mwh(1.0);
        let (_, diagnostics) = bench.run();
        assert!(diagnostics.iter().any(|d| d.code == "HK0804"));
    }

    #[test]
    fn small_boilers_are_reported_when_the_data_centre_could_be_empty() {
        let mut bench = Bench::new();
        let boiler = &mut bench.plan.units[1];
        boiler.available = boiler.heat.clone();
        let (_, diagnostics) = bench.run();
        assert!(diagnostics.iter().any(|d| d.code == "HK0805"));
    }

    #[test]
    fn a_fill_beyond_the_levels_is_reported() {
        let mut bench = Bench::new();
        bench.full_fill = 0.5;
        let (_, diagnostics) = bench.run();
        assert!(diagnostics.iter().any(|d| d.code == "HK0806"));
    }

    #[test]
    fn inputs_that_do_not_fit_are_refused() {
        let mut bench = Bench::new();
        bench.plan.units[0].heat.pop();
        assert!(matches!(bench.try_run(), Err(Error::WrongLength { .. })));
        let mut bench = Bench::new();
        bench.plan.units[0].kind = hukka_model::UnitKind::HeatPump(7);
        assert!(matches!(
            bench.try_run(),
            Err(Error::UnknownIndex { index: 7, .. })
        ));
        let mut bench = Bench::new();
        bench.study.money.horizon_years = 0;
        assert_eq!(bench.try_run().unwrap_err(), Error::EmptyHorizon);
        let mut bench = Bench::against_existing_plant();
        bench.counterfactual = None;
        assert_eq!(bench.try_run().unwrap_err(), Error::NoCounterfactualPlan);
        let mut bench = Bench::new();
        bench.study.prices.electricity[0] = hukka_units::EnergyPrice::from_si(f64::NAN);
        assert!(matches!(bench.try_run(), Err(Error::NotFinite { .. })));
    }

    #[test]
    fn options_outside_their_range_are_refused() {
        let options = Options {
            balance_tolerance: 0.0,
            ..Options::default()
        };
        assert!(options.validate().is_err());
    }

    #[test]
    fn each_operating_year_has_the_cost_of_its_fill() {
        let mut full = Bench::new();
        full.study.data_centres[0].fill = [0.5, 0.75, 1.0].map(Ratio::from_fraction).to_vec();
        let half = Bench::with_heat_pump(1.5);
        let years = [
            crate::inputs::OperatingYear {
                fill: Ratio::from_fraction(0.5),
                ..half.year()
            },
            full.year(),
        ];
        let (assessment, diagnostics) =
            run(&full.inputs(&years), &Options::default(), &mut ()).unwrap();
        assert_eq!(diagnostics, []);
        let fills: Vec<f64> = assessment
            .cash_flow
            .iter()
            .take(5)
            .map(|row| row.fill.fraction())
            .collect();
        assert_eq!(fills, [0.0, 0.5, 0.75, 1.0, 1.0]);
        let cost = |year: usize| assessment.cash_flow[year].operating_cost.eur();
        let fixed = crate::ledger::fixed_upkeep(&full.design).eur();
        let (low, high) = (
            half.book().variable_cost().eur(),
            full.book().variable_cost().eur(),
        );
        assert!((cost(1) - low - fixed).abs() < 1e-6);
        assert!((cost(2) - 0.5 * (low + high) - fixed).abs() < 1e-6);
        assert!((cost(3) - high - fixed).abs() < 1e-6);
        assert!(assessment.verdict.headline.starts_with("GO"));
    }

    #[test]
    fn an_observer_can_stop_the_stage() {
        struct Impatient;
        impl Observer for Impatient {
            fn should_stop(&mut self) -> bool {
                true
            }
        }
        let bench = Bench::new();
        let years = [bench.year()];
        let outcome = run(&bench.inputs(&years), &Options::default(), &mut Impatient);
        assert_eq!(outcome.unwrap_err(), Error::Stopped);
    }
}
