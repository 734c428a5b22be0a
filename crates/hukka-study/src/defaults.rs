//! Every default value, once, with its source. A default that is used is listed in the report.

use crate::spec::{Default, DefaultValue};
use hukka_model::{CapturePoint, CoolingKind, Fuel, HeatPumpModel, StoreKind};

/// Danish Energy Agency figures for 2030 as published in PyPSA technology-data, money of 2025.
const DEA: &str = "Danish Energy Agency catalogue, 2030, as in PyPSA technology-data 634cdc1";
const ROUND: &str = "round figure of this project, no source: replace";

pub(crate) static COUNTRY: Default = Default::text("FI", "hukka is made for Nordic studies first");
pub(crate) static YEAR: Default = Default::integer(2025, "latest whole year");
pub(crate) static SEED: Default = Default::integer(1, "any number gives one typical year");
pub(crate) static CLIMATE: Default = Default::text(
    "southern-finland",
    "synthetic typical year; no weather file was given",
);
pub(crate) static PRICE_PROFILE: Default = Default::text(
    "nordic-2023",
    "synthetic typical year; no price file was given",
);

// Prices, without value-added tax.
pub(crate) static GRID_FEE: Default = Default::number(
    10.0,
    "round figure of this project, no source: replace; a megawatt-scale customer at medium voltage",
);
pub(crate) static ELECTRICITY_TAX: Default = Default::number(
    0.5,
    "Finland, tax class II, which holds large heat pumps for district heating: 0.05 c/kWh",
);
pub(crate) static GAS: Default = Default::number(45.0, ROUND);
pub(crate) static OIL: Default = Default::number(85.0, ROUND);
pub(crate) static WOOD_CHIP: Default = Default::number(
    39.6,
    "Finland, wood chip at the plant, January 2025 (Statistics quoted by Pyhäntä municipality)",
);
pub(crate) static PEAT: Default = Default::number(25.0, ROUND);
pub(crate) static CARBON: Default =
    Default::number(84.0, "EU emission allowance, early 2026, about 84 €/t");
pub(crate) static HEAT: Default = Default::number(
    84.0,
    "between energy-only prices (Espoo 65, Turku 74 €/MWh) and the Finnish average with fixed \
     fees, 113.36 €/MWh with tax, about 90 without (2025)",
);
pub(crate) static UNSERVED: Default = Default::number(
    1000.0,
    "dearer than any machine, so that heat is left out only when nothing can make it",
);

// Demand.
pub(crate) static CONSTRUCTION_YEAR: Default = Default::integer(
    1975,
    "middle of the Finnish building stock of the 1960s to 1980s",
);
pub(crate) static LUMPED_CONSTRUCTION_YEAR: Default = Default::integer(
    1975,
    "fixed: a lumped demand stands for buildings of 1975, middle of the Finnish stock; \
     demand.default_construction_year is about mapped buildings only",
);
pub(crate) static HOT_WATER_SHARE: Default = Default::number(
    0.25,
    "0.2 drawn (Helen: 2,000 of 10,000 kWh a year for one dweller of a flat) and circulation; \
     July and August of 3,021 metered Danish homes are 0.23 to 0.28 of the mean month",
);
pub(crate) static LUMPED_USE: Default =
    Default::text("apartment", "most district heat goes to blocks of flats");
pub(crate) static PROFILE_WINDY: Default =
    Default::flag(false, "the calmer of the two published curves");
pub(crate) static PROFILE_LAW: Default = Default::text("sigmoid", "the law of the published guide");
pub(crate) static PROFILE_CLASS_HOME: Default =
    Default::integer(11, "mean of the German housing stock");

// Data centre.
pub(crate) static UTILISATION: Default = Default::number(
    0.62,
    "mean of a day in dc-eh 0.613 and of a Google cluster trace 0.679; flat by day and night",
);
pub(crate) static FILL: Default = Default {
    value: DefaultValue::Numbers(&[1.0]),
    source: "the installed load is there from the first year",
};
pub(crate) static IDLE_SHARE: Default = Default::number(
    0.0,
    "`utilisation` is the share of installed power drawn, idle power included",
);
pub(crate) static COOLING: Default = Default::text(
    "crah_chilled_water",
    "the usual cooling of an air-cooled data centre",
);
pub(crate) static POWER_LOSS_SHARE: Default = Default::number(
    0.06,
    "two conversions of 0.96 and 0.98 (ExaDigiT RAPS, Frontier)",
);
pub(crate) static CHILLER_COP: Default = Default::number(
    4.3,
    "chiller curve of dc-eh (Depoorter and Oró) at 20 °C outdoors",
);
pub(crate) static FREE_COOLING_SHARE: Default = Default::number(
    0.03,
    "dry coolers and pumps; total cooling is 0.07–0.08 of IT energy in dc-eh with fans",
);
pub(crate) static DATA_CENTRE_HEAT_PRICE: Default = Default::number(
    0.0,
    "heat is given free of charge in Hamina, Odense, Tallaght, Frankfurt and Paris",
);

/// Fans and pumps by cooling, share of IT power at full load.
pub(crate) const fn fan_share(cooling: CoolingKind) -> Default {
    match cooling {
        CoolingKind::CrahChilledWater
        | CoolingKind::AirEconomiser
        | CoolingKind::DirectAirEconomiser => Default::number(
            0.05,
            "room fans of dc-eh: 400–700 Pa at 15 K air temperature rise, fan efficiency 0.75",
        ),
        CoolingKind::InRow => {
            Default::number(0.04, "short air paths: between room coils and rear doors")
        }
        CoolingKind::RearDoor => Default::number(0.03, "passive doors, server fans and pumps"),
        CoolingKind::DirectToChip | CoolingKind::Immersion => {
            Default::number(0.02, "coolant pumps and little air")
        }
    }
}

/// Supply temperature the room or the water loop needs, by cooling.
pub(crate) const fn cooling_supply_temperature(cooling: CoolingKind) -> Default {
    match cooling {
        CoolingKind::CrahChilledWater => {
            Default::number(18.0, "chilled water 18–24 °C in modern rooms")
        }
        CoolingKind::AirEconomiser | CoolingKind::DirectAirEconomiser => {
            Default::number(20.0, "supply air of dc-eh")
        }
        CoolingKind::InRow => Default::number(18.0, "chilled water 18–24 °C in modern rooms"),
        CoolingKind::RearDoor => Default::number(20.0, "water to the doors 18–24 °C"),
        CoolingKind::DirectToChip | CoolingKind::Immersion => {
            Default::number(35.0, "between the classes W32 and W40 of ASHRAE")
        }
    }
}

/// What one way of taking heat gives.
pub(crate) struct Capture {
    pub(crate) cooling: CoolingKind,
    pub(crate) point: CapturePoint,
    pub(crate) share: Default,
    pub(crate) temperature_c: Default,
    pub(crate) cooled_k: Default,
}

const fn capture(
    cooling: CoolingKind,
    point: CapturePoint,
    share: (f64, &'static str),
    temperature_c: (f64, &'static str),
    cooled_k: (f64, &'static str),
) -> Capture {
    Capture {
        cooling,
        point,
        share: Default::number(share.0, share.1),
        temperature_c: Default::number(temperature_c.0, temperature_c.1),
        cooled_k: Default::number(cooled_k.0, cooled_k.1),
    }
}

const TEN_KELVIN: (f64, &str) = (
    10.0,
    "Kajaani, Fenagy plant: source cooled from 30 to 20 °C",
);

const RETURN_AIR_WATER: (f64, &str) = (
    28.0,
    "return air at about 33 °C less a coil approach of 5 K: water to the heat pump; documented \
     plants 27–30 °C (Odense 27, Paris 28, Telehouse and Kajaani 30)",
);

/// Every way of taking heat that fits together; the first of a cooling is its default.
pub(crate) static CAPTURES: &[Capture] = &[
    capture(
        CoolingKind::CrahChilledWater,
        CapturePoint::ReturnAir,
        (0.95, "modern room coils catch 90–100 % of IT heat"),
        RETURN_AIR_WATER,
        TEN_KELVIN,
    ),
    capture(
        CoolingKind::CrahChilledWater,
        CapturePoint::ChilledWaterReturn,
        (0.95, "chilled water carries 90–100 % of IT heat"),
        (
            24.0,
            "chilled water return 24–32 °C in modern rooms, supplied with 18 °C; 14–20 °C in older ones",
        ),
        (6.0, "usual spread of a chilled-water loop"),
    ),
    capture(
        CoolingKind::CrahChilledWater,
        CapturePoint::CondenserWater,
        (0.95, "chilled water carries 90–100 % of IT heat"),
        (35.0, "condenser water of chillers, 32–40 °C"),
        (5.0, "usual spread of a condenser loop"),
    ),
    capture(
        CoolingKind::InRow,
        CapturePoint::ChilledWaterReturn,
        (0.95, "coils between the racks catch 90–100 % of IT heat"),
        (
            26.0,
            "aisles are closed: water returns warmer than from room coils, 24–32 °C",
        ),
        (8.0, "usual spread of a chilled-water loop"),
    ),
    capture(
        CoolingKind::InRow,
        CapturePoint::CondenserWater,
        (0.95, "coils between the racks catch 90–100 % of IT heat"),
        (35.0, "condenser water of chillers, 32–40 °C"),
        (5.0, "usual spread of a condenser loop"),
    ),
    capture(
        CoolingKind::DirectAirEconomiser,
        CapturePoint::ReturnAir,
        (0.95, "coils in the return air catch 90–100 % of IT heat"),
        RETURN_AIR_WATER,
        TEN_KELVIN,
    ),
    capture(
        CoolingKind::DirectAirEconomiser,
        CapturePoint::ExhaustAir,
        (
            0.6,
            "as the indirect economiser of dc-eh: 0.52 to 0.63, cooled to 20 °C",
        ),
        (
            28.0,
            "air at about 33 °C leaves without an exchanger between, less a coil approach of 5 K",
        ),
        TEN_KELVIN,
    ),
    capture(
        CoolingKind::RearDoor,
        CapturePoint::ChilledWaterReturn,
        (0.9, "rear doors catch 80–100 % of IT heat"),
        (27.0, "rear doors give 20–35 °C"),
        (7.0, "usual spread of rear-door loops"),
    ),
    capture(
        CoolingKind::AirEconomiser,
        CapturePoint::ExhaustAir,
        (
            0.6,
            "dc-eh: 0.52 in a Nordic and 0.63 in a mild year, cooled to 20 °C",
        ),
        (
            25.0,
            "exhaust air at about 30 °C (dc-eh: return air 33.6 °C less 3 K over the exchanger) \
             less a coil approach of 5 K: water to the heat pump",
        ),
        (
            10.0,
            "Kajaani, Fenagy plant: 30 to 20 °C; exhaust air then leaves at the 20 °C of dc-eh",
        ),
    ),
    capture(
        CoolingKind::AirEconomiser,
        CapturePoint::ReturnAir,
        (0.95, "coils in the return air catch 90–100 % of IT heat"),
        RETURN_AIR_WATER,
        TEN_KELVIN,
    ),
    capture(
        CoolingKind::DirectToChip,
        CapturePoint::FacilityWater,
        (
            0.75,
            "cold plates catch 60–90 % of IT heat, the rest stays in air",
        ),
        (
            45.0,
            "Paderborn 45 °C; facility water is behind the exchanger of the racks' own coolant \
             (40–60 °C), which costs 2–3 K",
        ),
        (10.0, "classes W40 and W45: 10 K between supply and return"),
    ),
    capture(
        CoolingKind::Immersion,
        CapturePoint::FacilityWater,
        (0.97, "immersion catches 95–100 % of IT heat"),
        (
            45.0,
            "water behind the exchanger of single-phase baths of 40–55 °C, which costs 2–3 K",
        ),
        (10.0, "usual spread of the water side"),
    ),
];

pub(crate) static MODE_DWELL: Default = Default::number(
    1.0 / 3.0,
    "20 minutes, as the Modelica Buildings library documents its mode control",
);
pub(crate) static MODE_DEAD_BAND: Default = Default::number(
    1.0,
    "1 K, as in the validation case of the Modelica Buildings library",
);

/// Supply and return of the facility water by class.
pub(crate) const fn water_class(word: &str) -> Option<(Default, Default)> {
    const SOURCE: &str = "facility water of the class: W32 32/40 °C, W40 40/50 °C, W45 45/55 °C";
    let pair = match word.as_bytes() {
        b"w32" => (32.0, 40.0),
        b"w40" => (40.0, 50.0),
        b"w45" => (45.0, 55.0),
        _ => return None,
    };
    Some((
        Default::number(pair.0, SOURCE),
        Default::number(pair.1, SOURCE),
    ))
}

// Heat pump.
pub(crate) static HEAT_PUMP_MODEL: Default = Default::text(
    "jensen_ammonia",
    "Jensen 2018 and Pieper 2020, within 6 % of cycle calculations",
);
pub(crate) static PINCH: Default = Default::number(
    5.0,
    "Pieper 2020 as in PyPSA-Eur: 5 K in evaporator and condenser",
);
pub(crate) static MAX_OUTLET: Default =
    Default::number(90.0, "Helsinki and Tampere plants deliver 85–95 °C");
pub(crate) static EXCHANGER_FIRST: Default =
    Default::flag(false, "the heat pump does all the heating");
pub(crate) static HEAT_PUMP_INVESTMENT: Default = Default::number(763.0, DEA);
pub(crate) static HEAT_PUMP_FIXED: Default = Default::number(0.0035, DEA);
pub(crate) static HEAT_PUMP_VARIABLE: Default = Default::number(2.69, DEA);
pub(crate) static HEAT_PUMP_LIFE: Default = Default::number(25.0, DEA);

/// Efficiency by law.
pub(crate) const fn heat_pump_efficiency(model: &HeatPumpModel) -> Default {
    match model {
        HeatPumpModel::JensenAmmonia | HeatPumpModel::JensenIsobutane => {
            Default::number(0.8, "isentropic efficiency of Jensen 2018")
        }
        HeatPumpModel::Lorenz => Default::number(
            0.5,
            "median of seven documented plants, 0.44–0.59 (Kajaani 0.54)",
        ),
        HeatPumpModel::Carnot => {
            Default::number(0.5, "0.47–0.54 over data-centre cases of the Jensen law")
        }
        HeatPumpModel::Jesper => Default::number(1.0, "the regression as published"),
        HeatPumpModel::Map(_) => Default::number(1.0, "the map as the maker gives it"),
        HeatPumpModel::Cycle(_) => CYCLE_EFFICIENCY,
    }
}

/// Isentropic efficiency of a cycle's compressors.
pub(crate) const CYCLE_EFFICIENCY: Default =
    Default::number(0.8, "as in Jensen 2018 and Pieper 2020");

/// Defaults of a boiler by fuel.
pub(crate) struct BoilerDefaults {
    pub(crate) efficiency: Default,
    pub(crate) investment: Default,
    pub(crate) fixed: Default,
    pub(crate) variable: Default,
    pub(crate) life: Default,
}

/// Defaults of a boiler by fuel.
pub(crate) const fn boiler(fuel: Fuel) -> BoilerDefaults {
    let (efficiency, investment, fixed, variable, life, source) = match fuel {
        Fuel::Gas => (1.04, 67.0, 0.038, 1.34, 25.0, DEA),
        Fuel::Oil => (
            0.92,
            67.0,
            0.038,
            1.34,
            25.0,
            "costs of the gas boiler of the Danish catalogue; efficiency is a round figure",
        ),
        Fuel::WoodChip | Fuel::Peat => (
            0.86,
            867.0,
            0.058,
            3.27,
            25.0,
            "biomass boiler of PyPSA technology-data, 2030; upkeep of the Danish straw boiler",
        ),
        Fuel::Electricity => (0.99, 80.0, 0.017, 1.34, 20.0, DEA),
    };
    BoilerDefaults {
        efficiency: Default::number(efficiency, source),
        investment: Default::number(investment, source),
        fixed: Default::number(fixed, source),
        variable: Default::number(variable, source),
        life: Default::number(life, source),
    }
}

/// Defaults of a store by kind.
pub(crate) struct StoreDefaults {
    pub(crate) loss: Default,
    pub(crate) investment: Default,
    pub(crate) fixed: Default,
    pub(crate) life: Default,
}

/// Defaults of a store by kind.
pub(crate) const fn store(kind: StoreKind) -> StoreDefaults {
    let (loss, investment, fixed, life) = match kind {
        StoreKind::Tank => (7.7e-5, 3.82, 0.01, 40.0),
        StoreKind::Pit => (7.8e-5, 1.34, 0.0024, 30.0),
    };
    StoreDefaults {
        loss: Default::number(loss, DEA),
        investment: Default::number(investment, DEA),
        fixed: Default::number(fixed, DEA),
        life: Default::number(life, DEA),
    }
}

pub(crate) static STORE_KIND: Default = Default::text("tank", "the usual store beside a plant");
pub(crate) static IS_EXISTING: Default =
    Default::flag(false, "new unless the study says otherwise");

// Network.
pub(crate) static SUPPLY_TEMPERATURE: Default = Default {
    value: DefaultValue::Curve([(-26.0, 95.0), (8.0, 70.0)]),
    source: "third-generation network, 80–110 °C in the cold, 70 °C for hot water in summer",
};
pub(crate) static RETURN_TEMPERATURE: Default = Default::number(45.0, "Finnish practice 40–50 °C");
pub(crate) static SUPPLY_RAMP: Default = Default::number(
    5.0,
    "gentle on pipes and substations, and slow beside the controllers; study assumption",
);
pub(crate) static MIN_DIFFERENTIAL_PRESSURE: Default = Default::number(
    60.0,
    "0.6 bar at the worst-placed substation, usual contract value",
);
pub(crate) static STATIC_PRESSURE: Default =
    Default::number(3.0, "keeps hot water from boiling in flat ground");
pub(crate) static MAX_GRADIENT: Default =
    Default::number(150.0, "100–150 Pa/m is the usual design of mains");
pub(crate) static MAX_VELOCITY: Default = Default::number(2.5, "1–2.5 m/s is the usual design");
pub(crate) static ROUGHNESS: Default = Default::number(0.1, "steel pipe after some years of use");
pub(crate) static INSULATION_SERIES: Default =
    Default::integer(2, "the usual class of new networks");
pub(crate) static DEPTH: Default =
    Default::number(0.8, "usual depth of street pipes, surface to pipe centre");
pub(crate) static SOIL_CONDUCTIVITY: Default = Default::number(1.5, "moist mineral soil, EN 13941");
pub(crate) static PUMP_EFFICIENCY: Default =
    Default::number(0.7, "pump, motor and converter together");
pub(crate) static FITTING_SHARE: Default = Default::number(
    0.2,
    "bends and fittings add a fifth to straight pipe friction",
);
pub(crate) static LUMPED_LOSS_SHARE: Default =
    Default::number(0.1, "a well designed network loses 10–20 % of its heat");
pub(crate) static LUMPED_DISTANCE: Default = Default::number(
    1.0,
    "no map and no positions: real cases lie between 0.1 and 10 km, most near 1 km",
);
/// Way along streets over straight distance.
pub(crate) const DETOUR: f64 = 1.2;

// Design.
pub(crate) static CONNECT: Default =
    Default::text("economic", "only buildings that pay for their pipe");
pub(crate) static MAX_SERVICE: Default =
    Default::number(80.0, "longer service pipes are rare in towns");
pub(crate) static MIN_BUILDING: Default = Default::number(
    10.0,
    "about one flat; smaller buildings do not pay for a substation",
);
pub(crate) static CONNECTION_SHARE: Default =
    Default::number(1.0, "everyone who pays for the pipe agrees");
pub(crate) static SUBSTATION: Default = Default::number(
    5000.0,
    "house stations cost 2,000–4,000 € and their fitting about as much",
);
pub(crate) static SUBSTATION_PER_KW: Default =
    Default::number(60.0, "large substations 50–130 €/kW");
pub(crate) static PIPE_COST_FACTOR: Default =
    Default::number(1.0, "catalogue costs of a Dutch town as they are");
pub(crate) static PEAK_RESERVE: Default = Default::number(0.1, "a tenth above the highest hour");

// Money.
pub(crate) static DISCOUNT_RATE: Default = Default::number(
    0.05,
    "real interest of a municipal heat company; study assumption",
);
pub(crate) static HORIZON: Default =
    Default::integer(20, "usual for heat contracts of 10–15 years");
pub(crate) static PIPE_LIFE: Default = Default::number(40.0, "bonded pipes last 30–50 years");
pub(crate) static SUBSTATION_LIFE: Default = Default::number(25.0, "usual life of substations");
pub(crate) static NETWORK_UPKEEP: Default = Default::number(
    0.01,
    "one per cent of the investment a year; study assumption",
);
pub(crate) static CONTINGENCY: Default =
    Default::number(0.1, "planning and the unforeseen; study assumption");
pub(crate) static INFLATION: Default =
    Default::number(0.0, "real money alone; state it to see nominal money too");
pub(crate) static DEBT_INTEREST: Default =
    Default::number(0.04, "loan of a municipal energy company; study assumption");
pub(crate) static EQUITY_RETURN: Default = Default::number(
    0.08,
    "return asked of regulated energy networks; study assumption",
);
pub(crate) static GROWTH: Default =
    Default::number(0.0, "keeps its worth; state a price path to see another");
pub(crate) static GRANT: Default = Default::number(0.0, "no grant unless the study says so");

// Uncertainty.
pub(crate) static SAMPLES: Default =
    Default::integer(0, "no samples in a run unless the study asks for them");
pub(crate) static SAMPLES_SEED: Default = Default::integer(1, "any seed will do");
pub(crate) static TEMPERATURE_SD: Default = Default::number(
    1.0,
    "yearly means in southern Finland scatter by about 1 K; study assumption",
);
pub(crate) static WEATHER_WEEKS: Default = Default::integer(
    4,
    "a cold spell comes a month earlier or later; study assumption",
);
pub(crate) static HEAT_DEMAND_SD: Default = Default::number(
    0.05,
    "error of an estimated yearly demand, weather apart; study assumption",
);
pub(crate) static ELECTRICITY_PRICE_SD: Default = Default::number(0.25, ROUND);
pub(crate) static ELECTRICITY_SWING_SD: Default = Default::number(0.25, ROUND);
pub(crate) static FOSSIL_FUEL_SD: Default = Default::number(0.2, ROUND);
pub(crate) static SOLID_FUEL_SD: Default = Default::number(0.1, ROUND);
pub(crate) static CARBON_SD: Default = Default::number(0.25, ROUND);
pub(crate) static INVESTMENT_SD: Default = Default::number(
    0.15,
    "accuracy of a feasibility study, about −15 to +30 %; study assumption",
);
pub(crate) static EFFICIENCY_SD: Default = Default::number(0.05, ROUND);
pub(crate) static DELAY_CHANCE: Default = Default::number(0.3, ROUND);
pub(crate) static DELAY_YEARS: Default = Default::integer(2, ROUND);
pub(crate) static LEAVE_CHANCE: Default = Default::number(
    0.01,
    "one data centre in a hundred a year; round figure of this project, no source: replace",
);

// Emissions.
pub(crate) static ELECTRICITY_EMISSION: Default = Default::number(
    35.0,
    "Finland, yearly mean of 2024 and 2025 about 25–35 kg/MWh",
);
pub(crate) static GAS_EMISSION: Default =
    Default::number(198.0, "natural gas, as in PyPSA technology-data");
pub(crate) static OIL_EMISSION: Default =
    Default::number(257.0, "oil, as in PyPSA technology-data");
pub(crate) static WOOD_CHIP_EMISSION: Default = Default::number(
    0.0,
    "counted as zero in the EU emissions trade; biogenic CO2 is 367 kg/MWh",
);
pub(crate) static PEAT_EMISSION: Default = Default::number(380.0, "peat, general knowledge");

// Counterfactual.
pub(crate) static COUNTERFACTUAL_NAME: Default = Default::text(
    "gas boilers in the buildings",
    "nothing was said about today's heating",
);
/// Efficiency of a gas boiler in a house, lower heating value.
pub(crate) const HOUSE_BOILER_EFFICIENCY: f64 = 0.98;

// Maps.
pub(crate) static COST_FACTOR: Default =
    Default::number(1.0, "an ordinary street at catalogue cost");
/// Buildings of unknown use below this footprint are taken as sheds.
pub(crate) const SHED_M2: f64 = 60.0;
/// Buildings of unknown use below this footprint are taken as houses.
pub(crate) const HOUSE_M2: f64 = 250.0;
/// Thermal diffusivity of moist mineral soil.
pub(crate) const SOIL_DIFFUSIVITY_M2_S: f64 = 6e-7;

// Contract.
pub(crate) static CONTRACT_COLD: Default =
    Default::number(-10.0, "cold end of an indexed heat price; study assumption");
pub(crate) static CONTRACT_MILD: Default = Default::number(
    15.0,
    "heating ends at about 15 °C outdoors; study assumption",
);
pub(crate) static CONTRACT_SUPPLY: Default = Default::number(
    0.0,
    "the heat company's heat pump takes the heat at the capture point; study assumption",
);
