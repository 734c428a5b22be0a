//! A made-up Nordic park from a seed: for tests, benches and trying out.

use hukka_model::{
    CarbonRule, CaseElectricity, CaseFuel, CaseHeatSource, CaseStore, CaseUnit, CaseUnitKind,
    Commitment, DispatchCase, DispatchMode,
};

/// Which park to make up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Synthetic {
    /// The same seed gives the same park.
    pub seed: u64,
    /// Steps.
    pub steps: usize,
    /// Length of a step, h.
    pub step_h: f64,
    /// Hour of the year of the first step.
    pub start_hour: f64,
    /// Whether on/off rules count.
    pub mode: DispatchMode,
}

/// A data-centre source, two heat pumps, gas, biomass and electric boilers, a back-pressure plant
/// and a tank, with weather, prices and demand that look like the Nordics.
pub fn synthetic_case(recipe: &Synthetic) -> DispatchCase {
    let weather = Weather::new(recipe);
    let hours = vec![recipe.step_h; recipe.steps];
    let cop = |best: f64, slope: f64| {
        let at = |t: &f64| (best - slope * (8.0 - t).max(0.0)).max(2.4);
        weather.ambient.iter().map(at).collect::<Vec<f64>>()
    };
    DispatchCase {
        name: format!("synthetic park, seed {}", recipe.seed),
        mode: recipe.mode,
        step_hours: hours,
        heat_demand_mw: weather.demand.clone(),
        unserved_eur_per_mwh: 1000.0,
        dump: None,
        carbon: CarbonRule {
            price_eur_per_t: 75.0,
            cap_t: None,
            average_grid_t_per_mwh: None,
            marginal_grid_t_per_mwh: None,
        },
        electricity: CaseElectricity {
            price_eur_per_mwh: weather.price.clone(),
            buy_fee_eur_per_mwh: vec![18.0; recipe.steps],
            sell_fee_eur_per_mwh: vec![2.0; recipe.steps],
            max_buy_mw: 60.0,
            max_sell_mw: 60.0,
            reserve: None,
        },
        sources: vec![CaseHeatSource {
            id: "dc_heat_available_mw".into(),
            available_mw: weather.source.clone(),
            price_eur_per_mwh: None,
            cooling: None,
        }],
        units: units(cop(4.24, 0.05), cop(4.07, 0.085)),
        stores: vec![CaseStore {
            id: "tank".into(),
            capacity_mwh: 600.0,
            capacity_factor: None,
            max_charge_mw: 40.0,
            max_discharge_mw: 40.0,
            loss_fraction_per_h: 0.0006,
            charge_efficiency: 0.99,
            discharge_efficiency: 0.99,
            cyclic: true,
            initial_fraction: 0.5,
        }],
        rolling: None,
        forecast: None,
        owners: None,
    }
}

fn units(cop_1: Vec<f64>, cop_2: Vec<f64>) -> Vec<CaseUnit> {
    let pump = |cop| CaseUnitKind::HeatPump { cop, source: 0 };
    let gas = CaseFuel {
        price_eur_per_mwh: 38.0,
        co2_t_per_mwh: 0.202,
        tax_eur_per_mwh: 0.0,
    };
    let chips = CaseFuel {
        price_eur_per_mwh: 27.0,
        co2_t_per_mwh: 0.0,
        tax_eur_per_mwh: 0.0,
    };
    let boiler = |efficiency, fuel| CaseUnitKind::Boiler { efficiency, fuel };
    let rules = |load, cost, up, down, on| Commitment {
        min_load_fraction: load,
        start_cost_eur: cost,
        min_up_h: up,
        min_down_h: down,
        initial_on: on,
    };
    let chp = CaseUnitKind::BackPressureChp {
        power_to_heat: 0.85,
        electric_efficiency: 0.42,
        fuel: gas,
    };
    let unit = |id: &str, kind, max_heat_mw, vom, commitment| CaseUnit {
        id: id.into(),
        kind,
        max_heat_mw,
        vom_eur_per_mwh: vom,
        availability: None,
        ramp_mw_per_h: None,
        max_heat_mwh: None,
        min_heat_mwh: None,
        commitment,
    };
    vec![
        unit(
            "hp1",
            pump(cop_1),
            14.0,
            1.5,
            Some(rules(0.3, 120.0, 4.0, 3.0, true)),
        ),
        unit(
            "hp2",
            pump(cop_2),
            18.0,
            1.8,
            Some(rules(0.4, 180.0, 4.0, 4.0, false)),
        ),
        unit("gas", boiler(0.93, gas), 90.0, 0.8, None),
        unit(
            "bio",
            boiler(0.9, chips),
            30.0,
            2.5,
            Some(rules(0.35, 900.0, 12.0, 8.0, false)),
        ),
        unit(
            "eb",
            CaseUnitKind::ElectricBoiler { efficiency: 0.98 },
            25.0,
            0.5,
            None,
        ),
        unit(
            "chp",
            chp,
            36.0,
            3.0,
            Some(rules(0.45, 1500.0, 8.0, 6.0, false)),
        ),
    ]
}

/// Hourly conditions.
struct Weather {
    ambient: Vec<f64>,
    demand: Vec<f64>,
    source: Vec<f64>,
    price: Vec<f64>,
}

impl Weather {
    fn new(recipe: &Synthetic) -> Self {
        let mut noise = Noise(recipe.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let (mut cold, mut wind, mut load) = (0.0, 0.0, 0.0);
        let mut weather = Self {
            ambient: Vec::with_capacity(recipe.steps),
            demand: Vec::with_capacity(recipe.steps),
            source: Vec::with_capacity(recipe.steps),
            price: Vec::with_capacity(recipe.steps),
        };
        let persist = |per_hour: f64| f64::powf(per_hour, recipe.step_h);
        for step in 0..recipe.steps {
            let hour = recipe.start_hour + recipe.step_h * step as f64;
            let drive = |keep: f64, drawn: f64| (1.0 - keep * keep).sqrt() * drawn;
            cold = persist(0.985) * cold + drive(persist(0.985), noise.normal());
            wind = persist(0.97) * wind + drive(persist(0.97), noise.normal());
            load = persist(0.9) * load + drive(persist(0.9), noise.normal());
            weather.push(hour, (cold, wind, load), noise.normal());
        }
        weather
    }

    fn push(&mut self, hour: f64, drivers: (f64, f64, f64), jitter: f64) {
        let (cold, wind, load) = drivers;
        let turn = core::f64::consts::TAU;
        let season = (turn * (hour - 24.0 * 20.0) / 8760.0).cos();
        let of_day = hour.rem_euclid(24.0);
        let weekday = hour.rem_euclid(168.0) < 120.0;
        let sun = (turn * (of_day - 15.0) / 24.0).cos();
        let ambient = 6.0 - 11.0 * season + 2.5 * sun * (1.2 - season) + 5.0 * cold;
        let peaks = bump(of_day, 8.0) + 0.8 * bump(of_day, 18.5);
        let demand = 4.0 + 3.0 * peaks + 3.1 * (17.0 - ambient).max(0.0) * (0.92 + 0.16 * peaks);
        let source = 18.5 + 1.5 * sun + 0.12 * ambient + 1.2 * load;
        let busy = if weekday { 1.0 } else { 0.75 };
        let calm = 42.0 + 14.0 * season + 24.0 * busy * peaks - 6.0 * sun * (1.0 - season);
        let price = calm - 22.0 * wind + 4.0 * jitter + 6.0 * (wind - 1.4).min(0.0).powi(2);
        self.ambient.push(ambient);
        self.demand.push((demand + 0.8 * jitter).max(2.0));
        self.source.push(source.max(0.0));
        self.price.push(price.clamp(-60.0, 400.0));
    }
}

/// A morning or evening peak.
fn bump(of_day: f64, centre: f64) -> f64 {
    (-((of_day - centre) / 2.2).powi(2)).exp()
}

/// Xorshift numbers: the same on every machine.
struct Noise(u64);

impl Noise {
    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Nearly normal: the sum of twelve uniform numbers.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}
