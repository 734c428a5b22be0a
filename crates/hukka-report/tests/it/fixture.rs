//! A complete, consistent, made-up set of nouns: a small town on a grid beside a data centre.

mod law;
mod money;
mod place;
mod year;

use hukka_model::{
    Assessment, Assumption, Balance, BreakEven, CapexItem, CashFlowYear, Confidence, Design,
    Diagnostic, DispatchPlan, Driver, HeatDemand, HeatSource, InputFile, Kilometre, Kpis,
    NetworkState, Party, Payment, Place, Study, Verdict, VerdictKind,
};
use hukka_report::{Inputs, RunInfo};
use hukka_units::{
    CarbonMass, ElectricEnergy, EnergyPrice, HeatEnergy, HeatPower, Length, Money, Ratio,
    Temperature, TimeSpan,
};

/// Every noun of a run, owned.
pub(crate) struct Fixture {
    pub(crate) study: Study,
    pub(crate) demand: HeatDemand,
    pub(crate) design: Design,
    pub(crate) network: NetworkState,
    pub(crate) sources: Vec<HeatSource>,
    pub(crate) plan: DispatchPlan,
    pub(crate) assessment: Assessment,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) run: RunInfo,
}

impl Fixture {
    /// A town of so many consumers, about one in six of them left out.
    pub(crate) fn town(consumers: usize) -> Self {
        let mut study = place::study();
        let (demand_shape, outdoor) = year::shapes(&study);
        study.weather.outdoor_temperature = outdoor;
        let (demand, mut design) = place::town(&mut study, consumers, &demand_shape);
        let total = demand.annual().mwh();
        let sources = year::sources(&study, total);
        let (plan, network) =
            year::operation(&study, &mut design, &demand, &sources, &demand_shape);
        design.capex = capex(total);
        let assessment = assessment(&design, &sources, &plan, &network, &study);
        register(&mut study);
        Self {
            study,
            demand,
            design,
            network,
            sources,
            plan,
            assessment,
            diagnostics: diagnostics(),
            run: RunInfo {
                version: "0.1.0".to_owned(),
                run_id: "3f9c27a1".to_owned(),
                command: "hukka run town --set data_centre.north.it_load_mw=10".to_owned(),
            },
        }
    }

    /// The same town without a map: one lumped demand, every drawing taken away.
    pub(crate) fn lumped() -> Self {
        let mut fixture = Self::town(3);
        fixture.study.buildings.clear();
        fixture.study.streets.clear();
        for centre in &mut fixture.study.data_centres {
            centre.position = None;
        }
        for consumer in &mut fixture.demand.consumers {
            consumer.position = None;
            consumer.building = None;
        }
        fixture
    }

    pub(crate) fn inputs(&self) -> Inputs<'_> {
        Inputs {
            study: &self.study,
            demand: &self.demand,
            design: &self.design,
            network: &self.network,
            sources: &self.sources,
            plan: &self.plan,
            counterfactual: None,
            owners: None,
            uncertainty: None,
            assessment: &self.assessment,
            diagnostics: &self.diagnostics,
            run: &self.run,
        }
    }
}

fn capex(annual_mwh: f64) -> Vec<CapexItem> {
    let item = |name: &str, group: &str, eur_per_mwh: f64, life: f64, upkeep: f64| CapexItem {
        name: name.to_owned(),
        group: group.to_owned(),
        amount: Money::from_eur(eur_per_mwh * annual_mwh),
        life: TimeSpan::from_a(life),
        upkeep_per_year: Money::from_eur(eur_per_mwh * annual_mwh * upkeep),
    };
    vec![
        item("trenches DN20–DN80", "network", 130.0, 40.0, 0.01),
        item("trenches DN100–DN250", "network", 75.0, 40.0, 0.01),
        item("substations", "substations", 44.0, 25.0, 0.01),
        item("heat pump north", "heat pump", 92.0, 25.0, 0.02),
        item("gas boiler peak", "boiler", 21.0, 25.0, 0.03),
        item("tank", "store", 9.0, 30.0, 0.01),
        item("planning and contingency", "planning", 37.0, 40.0, 0.0),
    ]
}

fn sum(values: &[HeatPower]) -> HeatEnergy {
    values.iter().sum::<HeatPower>() * TimeSpan::from_h(1.0)
}

fn assessment(
    design: &Design,
    sources: &[HeatSource],
    plan: &DispatchPlan,
    network: &NetworkState,
    study: &Study,
) -> Assessment {
    let kpis = kpis(design, sources, plan, network);
    let fed = kpis.heat_fed.mwh();
    Assessment {
        money: money::account(&kpis),
        terms: money::terms(),
        risks: money::risks(),
        verdict: verdict(),
        payments: payments(&kpis, study),
        cash_flow: cash_flow(&kpis),
        break_evens: break_evens(&kpis),
        balances: vec![
            Balance {
                name: "heat".to_owned(),
                law: "heat made + store discharge = delivered + losses + store charge".to_owned(),
                inflow: fed,
                outflow: fed + 2e-9,
                unit: "MWh".to_owned(),
                relative_residual: 3.1e-14,
            },
            Balance {
                name: "it_heat".to_owned(),
                law: "IT and auxiliary electricity = used + rejected + not captured".to_owned(),
                inflow: kpis.it_energy.mwh(),
                outflow: kpis.it_energy.mwh(),
                unit: "MWh".to_owned(),
                relative_residual: 0.0,
            },
            Balance {
                name: "money".to_owned(),
                law: "money paid = money received".to_owned(),
                inflow: 8.3e6,
                outflow: 8.3e6,
                unit: "EUR".to_owned(),
                relative_residual: 1.2e-16,
            },
        ],
        distance_curve: (0..=40)
            .map(|i| {
                let km = f64::from(i) * 0.5;
                let lcoh = kpis.lcoh.eur_mwh() + 2.4 * (km - 0.9) + 0.02 * km * km;
                (Length::from_km(km), EnergyPrice::from_eur_mwh(lcoh))
            })
            .collect(),
        distance_heat: (0..=40)
            .map(|i| HeatEnergy::from_mwh(40_000.0 - 300.0 * f64::from(i)))
            .collect(),
        kilometre: Kilometre {
            dn: 200,
            investment: Money::from_eur(640_000.0),
            heat_loss: HeatEnergy::from_mwh(600.0),
            pumping: ElectricEnergy::from_mwh(40.0),
            running_cost: Money::from_eur(31_000.0),
        },
        compliance: law::compliance(&kpis),
        kpis,
    }
}

fn verdict() -> Verdict {
    Verdict {
        kind: VerdictKind::Go,
        headline: "GO, if the data centre fills to at least 46 % by year 4.".to_owned(),
        reasons: vec![
            (
                Driver::Distance,
                "33 °C heat 0.9 km from the town centre".to_owned(),
            ),
            (
                Driver::Heat,
                "69 % of the heat demand is covered".to_owned(),
            ),
            (
                Driver::Cost,
                "heat costs 58 €/MWh against 84 €/MWh today".to_owned(),
            ),
        ],
        cautions: vec![(
            Driver::Peak,
            "the coldest 310 hours need 17 MW of other heat".to_owned(),
        )],
        watch: vec![(
            Driver::Ramp,
            "load ramp: each year of delay costs 0.9 M€".to_owned(),
        )],
    }
}

fn kpis(
    design: &Design,
    sources: &[HeatSource],
    plan: &DispatchPlan,
    network: &NetworkState,
) -> Kpis {
    let it = ElectricEnergy::from_mwh(sources[0].it_power.iter().map(|p| p.mw()).sum::<f64>());
    let auxiliary = sources[0]
        .auxiliary_power
        .iter()
        .map(|p| p.mw())
        .sum::<f64>();
    let cooling = sources[0].cooling_power.iter().map(|p| p.mw()).sum::<f64>();
    let used = sum(&plan.units[0].source_heat);
    let facility = it.mwh() + auxiliary + 0.6 * cooling;
    let fed = sum(&plan.heat_demand);
    let loss = sum(&network.hourly.heat_loss);
    let pump: f64 = plan.pump_power.iter().map(|p| p.mw()).sum();
    let electricity: f64 = plan.units[0].electricity.iter().map(|p| p.mw()).sum();
    let made = plan.heat_pump_heat();
    Kpis {
        heat_delivered: sum(&network.hourly.heat_delivered),
        heat_fed: fed,
        heat_loss: loss,
        loss_share: Ratio::from_fraction(loss / fed),
        pumping_share: Ratio::from_fraction(pump / fed.mwh()),
        heat_pump_heat: made,
        share_covered: Ratio::from_fraction(made / fed),
        heat_available: sum(&sources[0].recoverable),
        heat_used: used,
        use_share: Ratio::from_fraction(used / sum(&sources[0].recoverable)),
        it_energy: it,
        facility_energy: ElectricEnergy::from_mwh(facility),
        pue: Ratio::from_fraction(facility / it.mwh()),
        pue_without_reuse: Ratio::from_fraction((it.mwh() + auxiliary + cooling) / it.mwh()),
        erf: Ratio::from_fraction(used.mwh() / facility),
        pue_heat_pump_inside: Ratio::from_fraction((facility + electricity) / it.mwh()),
        erf_heat_pump_inside: Ratio::from_fraction(made.mwh() / (facility + electricity)),
        waste_heat_temperature: Temperature::from_c(33.2),
        mean_cop: Ratio::from_fraction(made.mwh() / electricity),
        heat_pump_energy: ElectricEnergy::from_mwh(electricity),
        carbon: CarbonMass::from_t(0.05 * fed.mwh()),
        carbon_counterfactual: CarbonMass::from_t(0.21 * fed.mwh()),
        carbon_saved: CarbonMass::from_t(0.16 * fed.mwh()),
        investment: design.investment(),
        lcoh: EnergyPrice::from_eur_mwh(58.3),
        heat_cost_counterfactual: EnergyPrice::from_eur_mwh(84.0),
        npv: Money::from_meur(7.9),
        value_left: Money::from_meur(5.8),
        npv_residual: Money::from_meur(2.2),
        payback_years: Some(9.4),
        irr: Some(Ratio::from_percent(8.3)),
        boiler_hours: plan.units[1].heat.iter().filter(|p| p.mw() > 0.001).count() as u32,
        boiler_peak: plan.units[1]
            .heat
            .iter()
            .fold(HeatPower::ZERO, |a, b| a.max(*b)),
        trench_length: design.trench_length(),
        distance_to_town: Length::from_km(0.9),
        consumers: design.connected.len() as u32,
    }
}

fn payments(kpis: &Kpis, study: &Study) -> Vec<Payment> {
    let pay = |from, to, what: &str, eur: f64| Payment {
        from,
        to,
        what: what.to_owned(),
        amount: Money::from_eur(eur),
    };
    let electricity = kpis.heat_pump_energy.mwh();
    vec![
        pay(
            Party::Customers,
            Party::HeatCompany,
            "heat",
            kpis.heat_delivered.mwh() * study.prices.heat.eur_mwh(),
        ),
        pay(
            Party::HeatCompany,
            Party::DataCentre,
            "heat from the data centre",
            kpis.heat_used.mwh() * 6.0,
        ),
        pay(
            Party::HeatCompany,
            Party::ElectricityMarket,
            "day-ahead electricity of heat pumps",
            electricity * 47.0,
        ),
        pay(
            Party::HeatCompany,
            Party::ElectricityGrid,
            "network fee",
            electricity * 18.0,
        ),
        pay(
            Party::HeatCompany,
            Party::State,
            "electricity tax and carbon",
            electricity * 9.0,
        ),
        pay(Party::HeatCompany, Party::FuelSuppliers, "gas", 620_000.0),
        pay(Party::HeatCompany, Party::Contractors, "upkeep", 340_000.0),
    ]
}

fn cash_flow(kpis: &Kpis) -> Vec<CashFlowYear> {
    let mut cumulative = 0.0;
    (0..=20_u32)
        .map(|year| {
            let fill = if year == 0 {
                0.0
            } else {
                (0.3 + 0.2 * f64::from(year)).min(1.0)
            };
            let investment = match year {
                0 => kpis.investment.eur(),
                15 => 0.05 * kpis.investment.eur(),
                20 => -kpis.value_left.eur(),
                _ => 0.0,
            };
            let revenue = if year == 0 {
                0.0
            } else {
                kpis.heat_delivered.mwh() * 82.0
            };
            let cost = if year == 0 {
                0.0
            } else {
                revenue * (0.78 - 0.3 * fill)
            };
            let net = revenue - cost - investment;
            cumulative += net / 1.05_f64.powi(year as i32);
            CashFlowYear {
                year,
                fill: Ratio::from_fraction(fill),
                investment: Money::from_eur(investment),
                revenue: Money::from_eur(revenue),
                operating_cost: Money::from_eur(cost),
                net: Money::from_eur(net),
                cumulative_discounted: Money::from_eur(cumulative),
            }
        })
        .collect()
}

fn break_evens(kpis: &Kpis) -> Vec<BreakEven> {
    let npv = kpis.npv.meur();
    let one = |name: &str, base: f64, at: Option<f64>, unit: &str, low: f64, high: f64| BreakEven {
        name: name.to_owned(),
        base,
        at_zero_npv: at,
        unit: unit.to_owned(),
        npv_low_high: (Money::from_meur(npv + low), Money::from_meur(npv + high)),
    };
    vec![
        one("electricity price", 62.0, Some(97.0), "EUR/MWh", 2.9, -2.9),
        one("heat price", 82.0, Some(71.0), "EUR/MWh", -12.3, 12.3),
        one(
            "investment",
            kpis.investment.meur(),
            Some(kpis.investment.meur() * 1.33),
            "M€",
            4.8,
            -4.8,
        ),
        one(
            "final fill of the data centre",
            1.0,
            Some(0.46),
            "1",
            -3.1,
            1.4,
        ),
        one(
            "heat demand",
            kpis.heat_delivered.gwh(),
            Some(0.7 * kpis.heat_delivered.gwh()),
            "GWh/a",
            -5.2,
            4.9,
        ),
        one("COP", 3.6, None, "1", -1.1, 0.8),
    ]
}

fn register(study: &mut Study) {
    let line = |key: &str, value: &str, unit: &str, source: &str, confidence| Assumption {
        key: key.to_owned(),
        value: value.to_owned(),
        unit: unit.to_owned(),
        source: source.to_owned(),
        confidence,
    };
    study.assumptions = vec![
        line(
            "place.latitude",
            "60.53",
            "°",
            "study.toml:6",
            Confidence::Given,
        ),
        line(
            "data_centre.north.it_load_mw",
            "10",
            "MW",
            "study.toml:24",
            Confidence::Given,
        ),
        line(
            "data_centre.north.capture_share",
            "0.9",
            "1",
            "default: return air, blanking panels in place",
            Confidence::Default,
        ),
        line(
            "network.return_temperature_c",
            "45",
            "°C",
            "default: radiators, new substations",
            Confidence::Default,
        ),
        line(
            "network.depth_m",
            "0.8",
            "m",
            "default",
            Confidence::Default,
        ),
        line(
            "demand.annual_mwh",
            "61,400",
            "MWh",
            "sum over buildings",
            Confidence::Derived,
        ),
        line(
            "money.discount_rate",
            "0.05",
            "1",
            "default: real, municipal utility",
            Confidence::Default,
        ),
    ];
    study.input_files = vec![
        InputFile {
            path: "study.toml".to_owned(),
            bytes: 912,
            blake3: "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262".to_owned(),
        },
        InputFile {
            path: "buildings.geojson".to_owned(),
            bytes: 1_203_441,
            blake3: "6a953581d60dbebc9749b56d2383277fb02b58d260b4ccf6f119108fa0f1d4fe".to_owned(),
        },
    ];
}

fn diagnostics() -> Vec<Diagnostic> {
    vec![
        Diagnostic::warning(
            "HK0304",
            "2 streets end 0.3 m short of each other and were joined",
        )
        .at(Place::line("streets.geojson", 118))
        .help("close the gap in the map"),
        Diagnostic::note("HK0402", "the source of the load ramp is an announcement"),
    ]
}
