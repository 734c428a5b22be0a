//! Tables of rules: network, design, money, emissions, counterfactual.

use crate::defaults as d;
use crate::spec::{FileKind, Key, Kind, Range, Table, above, column, number, text, zone};

const SUPPLY: Range = Range::new(40.0, 160.0).because("a hot-water network allows");
const RETURN: Range = Range::new(10.0, 90.0).because("water comes back at");

pub(crate) static NETWORK: Table = Table {
    name: "network",
    is_many: false,
    doc: "How the network is run and laid.",
    keys: &[
        Key::new(
            "supply_temperature",
            Kind::Curve(SUPPLY),
            "Supply temperature at the plant, sliding with the outdoor temperature.",
        )
        .or(&d::SUPPLY_TEMPERATURE),
        Key::new(
            "supply_temperature_c",
            Kind::Number(SUPPLY),
            "Supply temperature at the plant, the same all year.",
        ),
        Key::new(
            "return_temperature",
            Kind::Curve(RETURN),
            "Temperature of the water leaving the substations, sliding with the outdoor temperature.",
        ),
        Key::new(
            "return_temperature_c",
            Kind::Number(RETURN),
            "Temperature of the water leaving the substations, the same all year.",
        )
        .or(&d::RETURN_TEMPERATURE),
        Key::new(
            "supply_temperature_levels_k",
            Kind::Numbers(Range::new(-30.0, 40.0).because("offsets from the curve lie within")),
            "Offsets from the supply temperature to choose from hour by hour, one to five; 0 is always among them.",
        ),
        number(
            "supply_temperature_ramp_k_per_h",
            0.5,
            60.0,
            "Largest change of the chosen offset from one hour to the next.",
        )
        .or(&d::SUPPLY_RAMP)
        .beside(&["supply_temperature_levels_k"]),
        number(
            "min_differential_pressure_kpa",
            1.0,
            1000.0,
            "Smallest pressure difference at any substation.",
        )
        .or(&d::MIN_DIFFERENTIAL_PRESSURE),
        number(
            "static_pressure_bar",
            0.5,
            25.0,
            "Pressure kept at the return side of the plant.",
        )
        .or(&d::STATIC_PRESSURE),
        number(
            "max_pressure_gradient_pa_per_m",
            10.0,
            1000.0,
            "Pressure gradient not to exceed at peak.",
        )
        .or(&d::MAX_GRADIENT),
        number(
            "max_velocity_m_per_s",
            0.3,
            5.0,
            "Velocity not to exceed at peak.",
        )
        .or(&d::MAX_VELOCITY),
        number("roughness_mm", 0.0, 3.0, "Roughness of the steel.").or(&d::ROUGHNESS),
        Key::new(
            "insulation_series",
            Kind::Integer(1, 3),
            "Insulation class of new pipes, 1 to 3.",
        )
        .or(&d::INSULATION_SERIES),
        number(
            "depth_m",
            0.3,
            10.0,
            "Depth of the pipes, surface to pipe centre.",
        )
        .or(&d::DEPTH),
        number(
            "soil_conductivity_w_per_mk",
            0.2,
            5.0,
            "Thermal conductivity of the soil.",
        )
        .or(&d::SOIL_CONDUCTIVITY),
        above("pump_efficiency", 0.05, 1.0, "Efficiency of the pump sets.").or(&d::PUMP_EFFICIENCY),
        number(
            "fitting_share",
            0.0,
            2.0,
            "Bends and fittings, share added to straight pipe friction.",
        )
        .or(&d::FITTING_SHARE),
        number(
            "lumped_loss_share",
            0.0,
            0.6,
            "Loss of distribution pipes behind a lumped demand, share of its heat.",
        )
        .or(&d::LUMPED_LOSS_SHARE),
        above(
            "distance_km",
            0.0,
            100.0,
            "Pipe from data centre to town in a study without a map.",
        )
        .depends("1.2 times the straight distance of the positions, else 1 km"),
    ],
    either: &[
        &["supply_temperature", "supply_temperature_c"],
        &["return_temperature", "return_temperature_c"],
    ],
};

pub(crate) static DESIGN: Table = Table {
    name: "design",
    is_many: false,
    doc: "How the design chooses.",
    keys: &[
        Key::new(
            "connect",
            Kind::Word(&[
                ("economic", "only buildings that pay for their pipe"),
                ("all", "every building worth heating"),
            ]),
            "Whom the network connects.",
        )
        .or(&d::CONNECT),
        number(
            "max_service_m",
            1.0,
            2000.0,
            "Longest service pipe from street to building.",
        )
        .or(&d::MAX_SERVICE),
        number(
            "min_building_mwh",
            0.0,
            10_000.0,
            "Buildings needing less heat in a year stay out.",
        )
        .or(&d::MIN_BUILDING),
        above(
            "connection_share",
            0.0,
            1.0,
            "Share of buildings willing to connect; the largest first.",
        )
        .or(&d::CONNECTION_SHARE),
        number(
            "substation_eur",
            0.0,
            1e6,
            "Cost of one substation: fixed part.",
        )
        .or(&d::SUBSTATION),
        number(
            "substation_eur_per_kw",
            0.0,
            10_000.0,
            "Cost of one substation: by power.",
        )
        .or(&d::SUBSTATION_PER_KW),
        above(
            "pipe_cost_factor",
            0.0,
            20.0,
            "Factor on all catalogue pipe costs.",
        )
        .or(&d::PIPE_COST_FACTOR),
        number(
            "peak_reserve",
            0.0,
            2.0,
            "Reserve of the peak boiler above the highest hour, share.",
        )
        .or(&d::PEAK_RESERVE),
    ],
    either: &[],
};

const fn growth(name: &'static str, doc: &'static str) -> Key {
    number(name, -0.2, 0.2, doc).or(&d::GROWTH)
}

pub(crate) static MONEY: Table = Table {
    name: "money",
    is_many: false,
    doc: "How money is counted.",
    keys: &[
        number(
            "discount_rate",
            0.0,
            0.5,
            "Real interest a year, as a share; or state what capital costs with `debt_share`.",
        )
        .or(&d::DISCOUNT_RATE),
        number(
            "inflation_share",
            -0.05,
            0.5,
            "Yearly rise of all prices: what tells nominal from real money.",
        )
        .or(&d::INFLATION),
        number(
            "debt_share",
            0.0,
            1.0,
            "Share of the capital that is borrowed; the real interest is then the weighted cost of capital less inflation.",
        ),
        number(
            "debt_interest_share",
            0.0,
            0.5,
            "Nominal interest on debt a year.",
        )
        .or(&d::DEBT_INTEREST)
        .beside(&["debt_share"]),
        number(
            "equity_return_share",
            0.0,
            0.5,
            "Nominal return the owners ask for a year.",
        )
        .or(&d::EQUITY_RETURN)
        .beside(&["debt_share"]),
        growth(
            "electricity_growth_share",
            "Real change of day-ahead electricity prices a year; grid fee and tax stay.",
        ),
        growth("gas_growth_share", "Real change of the gas price a year."),
        growth("oil_growth_share", "Real change of the oil price a year."),
        growth(
            "wood_chip_growth_share",
            "Real change of the wood chip price a year.",
        ),
        growth("peat_growth_share", "Real change of the peat price a year."),
        growth(
            "carbon_growth_share",
            "Real change of the carbon price a year.",
        ),
        growth(
            "heat_growth_share",
            "Real change a year of what customers pay for heat.",
        ),
        growth(
            "source_heat_growth_share",
            "Real change a year of what the data centre is paid for its heat.",
        ),
        Key::new("horizon_a", Kind::Integer(1, 60), "Years counted.").or(&d::HORIZON),
        number("pipe_life_a", 1.0, 100.0, "Technical life of pipes.").or(&d::PIPE_LIFE),
        number(
            "substation_life_a",
            1.0,
            100.0,
            "Technical life of substations.",
        )
        .or(&d::SUBSTATION_LIFE),
        number(
            "network_upkeep_share",
            0.0,
            0.2,
            "Upkeep of pipes and substations a year, share of investment.",
        )
        .or(&d::NETWORK_UPKEEP),
        number(
            "contingency_share",
            0.0,
            1.0,
            "Planning and contingency on top of all investments.",
        )
        .or(&d::CONTINGENCY),
        number("grant_share", 0.0, 1.0, "Grants, share of the investment.").or(&d::GRANT),
        Key::new(
            "grant_giver",
            Kind::Word(&[
                (
                    "state",
                    "a state or the European Union, outside the parties of the study",
                ),
                (
                    "municipality",
                    "the town, which then bears it in its own account",
                ),
            ]),
            "Who gives the grants.",
        )
        .depends("state"),
    ],
    either: &[&["discount_rate", "debt_share"]],
};

const FACTOR: Range = Range::new(0.0, 2000.0);

pub(crate) static EMISSIONS: Table = Table {
    name: "emissions",
    is_many: false,
    doc: "CO2 factors.",
    keys: &[
        Key::new(
            "electricity_kg_per_mwh",
            Kind::Number(FACTOR),
            "CO2 of electricity bought, the same in every hour.",
        )
        .or(&d::ELECTRICITY_EMISSION),
        Key::new(
            "electricity",
            Kind::File(FileKind::Series),
            "CSV of hourly CO2 of electricity, kg/MWh.",
        ),
        column("electricity_column", &["electricity"]),
        zone("electricity_time_zone", &["electricity"]),
        Key::new("gas_kg_per_mwh", Kind::Number(FACTOR), "CO2 of gas burnt.").or(&d::GAS_EMISSION),
        Key::new("oil_kg_per_mwh", Kind::Number(FACTOR), "CO2 of oil burnt.").or(&d::OIL_EMISSION),
        Key::new(
            "wood_chip_kg_per_mwh",
            Kind::Number(FACTOR),
            "CO2 of wood burnt.",
        )
        .or(&d::WOOD_CHIP_EMISSION),
        Key::new(
            "peat_kg_per_mwh",
            Kind::Number(FACTOR),
            "CO2 of peat burnt.",
        )
        .or(&d::PEAT_EMISSION),
    ],
    either: &[&["electricity", "electricity_kg_per_mwh"]],
};

pub(crate) static COUNTERFACTUAL: Table = Table {
    name: "counterfactual",
    is_many: false,
    doc: "What heats the place without the data centre.",
    keys: &[
        Key::new(
            "kind",
            Kind::Word(&[
                ("individual", "each building on its own"),
                (
                    "existing_plant",
                    "the same network fed by the existing boilers alone",
                ),
            ]),
            "What heats the place without the data centre.",
        )
        .depends("existing_plant when a boiler is existing, else individual"),
        text("name", "Name for the report.").or(&d::COUNTERFACTUAL_NAME),
        Key::new(
            "heat_cost_eur_per_mwh",
            Kind::Number(Range::new(0.0, 1000.0)),
            "Full cost of heat of the individual heating.",
        )
        .depends("prices.heat_eur_per_mwh"),
        Key::new(
            "emission_kg_per_mwh",
            Kind::Number(FACTOR),
            "CO2 of heat of the individual heating.",
        )
        .depends("gas burnt with an efficiency of 0.98"),
    ],
    either: &[],
};
