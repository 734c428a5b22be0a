//! Tables about machines and pipes.

use crate::defaults as d;
use crate::spec::{FileKind, Key, Kind, Range, Table, above, column, id, number, text, zone};

const SHARE: Range = Range::new(0.0, 1.0).because("a share lies in");
const COST: Range = Range::new(0.0, 100_000.0);

/// What the servers are cooled with.
pub(crate) const COOLING: &[(&str, &str)] = &[
    (
        "crah_chilled_water",
        "room air through coils fed with chilled water",
    ),
    ("in_row", "coils between the racks, fed with chilled water"),
    ("rear_door", "rear-door heat exchangers"),
    ("air_economiser", "indirect air-side economiser"),
    (
        "direct_air_economiser",
        "outdoor air blown through the room",
    ),
    (
        "direct_to_chip",
        "cold plates on the chips, the rest in air",
    ),
    ("immersion", "servers in a bath of coolant"),
];

/// Where the heat is taken.
pub(crate) const CAPTURE: &[(&str, &str)] = &[
    (
        "exhaust_air",
        "air leaving the building after the economiser",
    ),
    ("return_air", "warm air on its way back to the room coils"),
    (
        "chilled_water_return",
        "chilled water on its way back to the chiller",
    ),
    ("condenser_water", "water leaving the chiller's condenser"),
    (
        "facility_water",
        "warm water leaving the liquid-cooled servers",
    ),
];

/// What servers do.
pub(crate) const WORKLOAD: &[(&str, &str)] = &[
    ("cloud", "mixed business and web services, mean 0.62"),
    ("ai_training", "training of models, 0.85 day and night"),
    (
        "ai_inference",
        "answering with trained models, mean 0.60, follows people",
    ),
    ("storage", "disks and archives, mean 0.55"),
    ("streaming", "video, mean 0.50, evenings and weekends"),
    ("hpc", "scientific computing, mean 0.80"),
];

const WORKLOAD_DOC: &str =
    "What the servers do: an hourly shape of the power drawn, in the place of `utilisation`.";

/// Halls of a data centre.
pub(crate) static HALL: Table = Table {
    name: "hall",
    is_many: true,
    doc: "A hall of a data centre that fills up and works by itself; together they make up its \
          `it_load_mw`.",
    keys: &[
        id("Name of the hall, unique in the study."),
        text("data_centre", "Id of the data centre it belongs to.").depends("the only data centre"),
        Key::new(
            "it_load_mw",
            Kind::Number(Range::above(0.0, 5000.0).because("servers of a hall draw")),
            "Electric power of all installed servers at full use.",
        )
        .required(),
        Key::new(
            "fill",
            Kind::Numbers(SHARE),
            "Share of the installed load present, by operating year; the last value stays.",
        )
        .or(&d::FILL),
        Key::new("workload", Kind::Word(WORKLOAD), WORKLOAD_DOC),
        Key::new(
            "utilisation",
            Kind::NumberOrSeries(SHARE),
            "Share of the installed servers' power drawn: a number, or a CSV of hourly shares.",
        )
        .or(&d::UTILISATION),
        column("utilisation_column", &["utilisation"]),
        zone("utilisation_time_zone", &["utilisation"]),
        Key::new(
            "idle_share",
            Kind::Number(SHARE),
            "Share of full power drawn by idle servers.",
        )
        .or(&d::IDLE_SHARE),
    ],
    either: &[&["workload", "utilisation"]],
};

pub(crate) static DATA_CENTRE: Table = Table {
    name: "data_centre",
    is_many: true,
    doc: "A data centre whose heat is looked at.",
    keys: &[
        id("Name of the data centre, unique in the study."),
        Key::new(
            "position",
            Kind::Position,
            "Where it stands: [longitude, latitude]; needed when the study has a map.",
        ),
        Key::new(
            "it_load_mw",
            Kind::Number(Range::above(0.0, 5000.0).because("servers of a data centre draw")),
            "Electric power of all installed servers at full use.",
        )
        .required(),
        Key::new(
            "utilisation",
            Kind::NumberOrSeries(SHARE),
            "Share of the installed servers' power drawn: a number, or a CSV of hourly shares; with `idle_share`, how busy they are.",
        )
        .or(&d::UTILISATION),
        column("utilisation_column", &["utilisation"]),
        zone("utilisation_time_zone", &["utilisation"]),
        Key::new(
            "fill",
            Kind::Numbers(SHARE),
            "Share of the installed load present, by operating year; the last value stays.",
        )
        .or(&d::FILL),
        Key::new(
            "idle_share",
            Kind::Number(SHARE),
            "Share of full power drawn by idle servers; state 0.3 to 0.5 when `utilisation` is processor load.",
        )
        .or(&d::IDLE_SHARE),
        Key::new(
            "cooling",
            Kind::Word(COOLING),
            "What the servers are cooled with.",
        )
        .or(&d::COOLING),
        Key::new(
            "capture",
            Kind::Word(CAPTURE),
            "Where the heat is taken: decides how warm it is.",
        )
        .depends("the usual capture point of the cooling"),
        Key::new(
            "capture_share",
            Kind::Number(Range::above(0.0, 1.0).because("a share lies")),
            "Share of the heat that reaches the capture point.",
        )
        .depends("by cooling and capture point"),
        number(
            "source_temperature_c",
            0.0,
            90.0,
            "Temperature of the WATER that reaches the heat pump: behind the coil where air is cooled, behind the exchanger where a coolant is.",
        )
        .depends("by cooling and capture point"),
        above(
            "source_cooling_k",
            0.0,
            40.0,
            "How far the heat pump cools that water. Cooled by less than the loop is warmed, only that part of the heat can be taken; the rest stays with the data centre's own cooling.",
        )
        .depends("source_temperature_c less cooling_supply_temperature_c, which takes all heat: about 10 K for air captured by coils; exhaust air 10 K, condenser water 5 K"),
        number(
            "power_loss_share",
            0.0,
            0.5,
            "Losses of the power supply, share of IT power at full load.",
        )
        .or(&d::POWER_LOSS_SHARE),
        number(
            "fan_share",
            0.0,
            0.5,
            "Fans and pumps, share of IT power at full load.",
        )
        .depends("by cooling"),
        number(
            "cooling_supply_temperature_c",
            0.0,
            60.0,
            "Supply temperature the room or the water loop needs: decides free-cooling hours.",
        )
        .depends("by cooling"),
        above(
            "chiller_cop",
            1.0,
            30.0,
            "COP of the data centre's own chiller.",
        )
        .or(&d::CHILLER_COP),
        number(
            "free_cooling_share",
            0.0,
            0.5,
            "Electricity of free cooling per heat rejected.",
        )
        .or(&d::FREE_COOLING_SHARE),
        number(
            "heat_price_eur_per_mwh",
            -100.0,
            200.0,
            "What the heat company pays the data centre for heat taken.",
        )
        .or(&d::DATA_CENTRE_HEAT_PRICE),
        Key::new("workload", Kind::Word(WORKLOAD), WORKLOAD_DOC),
        Key::new(
            "water_class",
            Kind::Word(&[
                ("w32", "facility water 32/40 °C"),
                ("w40", "facility water 40/50 °C"),
                ("w45", "facility water 45/55 °C"),
            ]),
            "Class of the facility water of liquid-cooled servers: sets the defaults of its supply and return.",
        ),
        Key::new(
            "power_loss_curve",
            Kind::Numbers(Range::new(-1.0, 1.0)),
            "Losses of the power supply over load x as [a, b, c] of a + b x + c x², per installed power; takes the place of `power_loss_share`.",
        ),
        Key::new(
            "cooling_model",
            Kind::Word(&[
                ("proportional", "the chiller does what outdoor air cannot, hour by hour"),
                ("modes", "free, partial and full mechanical cooling with dead band and dwell time; the air that liquid leaves is cooled apart"),
                ("dc_eh", "the published hourly model of an indirect economiser; its heat is that of the exhaust air above 20 °C"),
            ]),
            "How the data centre's own cooling is followed through the year.",
        )
        .depends("proportional"),
        above(
            "mode_dwell_h",
            0.0,
            24.0,
            "How long a condition has to hold before the mode of cooling changes.",
        )
        .or(&d::MODE_DWELL)
        .beside(&["cooling_model"]),
        number(
            "mode_dead_band_k",
            0.0,
            10.0,
            "By how much a temperature has to pass its limit before the mode of cooling changes.",
        )
        .or(&d::MODE_DEAD_BAND)
        .beside(&["cooling_model"]),
        Key::new(
            "heat_rejection",
            Kind::Word(&[
                ("dry", "dry coolers: no water"),
                ("wet_tower", "cooling towers: water evaporates"),
            ]),
            "How heat leaves the site when nobody takes it.",
        )
        .depends("dry"),
        Key::new(
            "cooling_units",
            Kind::Integer(1, 1000),
            "Equal cooling units installed, spare ones included.",
        ),
        Key::new(
            "spare_cooling_units",
            Kind::Integer(0, 999),
            "How many of them are spare at full load: 1 is N+1.",
        )
        .depends("1")
        .beside(&["cooling_units"]),
        above(
            "rejection_capacity_mw",
            0.0,
            10_000.0,
            "Heat the site can reject by itself, spare units not counted.",
        )
        .depends("all of the heat at full load"),
        text(
            "start_date",
            "First day of operation, 2026-07-01: duties depend on it. For the law sheet alone.",
        ),
        number(
            "renewable_share",
            0.0,
            1.0,
            "Share of renewable electricity on the balance of a year. For the law sheet alone.",
        ),
        number(
            "water_m3",
            0.0,
            1e8,
            "Water taken in a year; worked out from the cooling towers when absent. For the law sheet alone.",
        )
        .depends("what the cooling towers evaporate; none with dry coolers"),
        Key::new(
            "reuse_exception",
            Kind::Word(&[
                ("later_events", "no. 1: later events without the operator's fault"),
                ("network_agreement", "no. 2: an agreement to build a network that reaches the share within ten years"),
                ("offer_refused", "no. 3: an offer at production cost that the network operator did not take within six months"),
            ]),
            "Exception of § 11(3) EnEfG that the operator can prove. For the law sheet alone.",
        ),
    ],
    either: &[&["workload", "utilisation"], &["power_loss_curve", "power_loss_share"]],
};

pub(crate) static HEAT_PUMP: Table = Table {
    name: "heat_pump",
    is_many: true,
    doc: "A heat pump that lifts one data centre's heat into the network; without any, the design \
          adds one for each data centre.",
    keys: &[
        id("Name of the heat pump, unique in the study."),
        text("data_centre", "Id of the data centre it draws from.").depends("the only data centre"),
        above(
            "heat_capacity_mw",
            0.0,
            2000.0,
            "Heat delivered at the design point; sized by the design when absent.",
        ),
        Key::new(
            "model",
            Kind::Word(&[
                ("jensen_ammonia", "Jensen 2018 and Pieper 2020, ammonia"),
                ("jensen_isobutane", "Jensen 2018 and Pieper 2020, isobutane"),
                ("lorenz", "a fixed share of the Lorenz COP"),
                ("carnot", "a fixed share of the Carnot COP"),
                ("jensen", "Jensen 2018 and Pieper 2020 with the `refrigerant` ammonia or isobutane"),
                ("jesper", "Jesper 2021, a regression over data sheets; none outside its data"),
                ("map", "the maker's COP map in `map`; none outside its envelope"),
                ("cycle", "a refrigerant cycle with real fluid properties, with `refrigerant` and `stages`"),
            ]),
            "Law for the COP.",
        )
        .or(&d::HEAT_PUMP_MODEL),
        above(
            "efficiency",
            0.0,
            1.5,
            "Isentropic efficiency (Jensen, cycle), share of the ideal COP (Lorenz, Carnot), or a factor on the COP (Jesper, map).",
        )
        .depends("0.8 for Jensen and cycles, 0.5 for Lorenz and Carnot, 1 for Jesper and maps"),
        Key::new(
            "map",
            Kind::File(FileKind::Series),
            "CSV of the maker's COP: sink outlets in °C across, source inlets down, 0 or empty where it does not run.",
        ),
        text("refrigerant", "Refrigerant of the laws jensen and cycle.").depends("ammonia"),
        Key::new(
            "stages",
            Kind::Integer(1, 2),
            "Compressions of the cycle: 2 with a flash intercooler between them.",
        )
        .depends("1"),
        number("superheat_k", 0.0, 50.0, "Superheat of the cycle's suction gas.").depends("0 K"),
        number("subcooling_k", 0.0, 50.0, "Subcooling of the cycle's liquid.").depends("0 K"),
        Key::new(
            "units_in_series",
            Kind::Integer(1, 20),
            "Equal units one behind the other, in counterflow.",
        )
        .depends("1"),
        Key::new(
            "units_in_parallel",
            Kind::Integer(1, 100),
            "Equal units beside each other; as few run as carry the load.",
        )
        .depends("1"),
        Key::new(
            "part_load",
            Kind::Word(&[
                ("none", "the COP of full load at any load"),
                ("screw", "loses 15 % at half load, runs down to 25 %"),
                ("reciprocating", "loses 5 % at half load, runs down to 25 %"),
                ("turbo", "loses 10 % at half load, runs down to 40 %"),
            ]),
            "Compressor whose loss at part load is counted in dispatch.",
        )
        .depends("none"),
        number(
            "min_lift_k",
            1.0,
            40.0,
            "Smallest lift from source inlet to sink outlet; a smaller one counts as this.",
        )
        .depends("10 K, after Pieper 2020"),
        number(
            "icing_limit_c",
            -30.0,
            20.0,
            "Temperature of captured air below which ice takes part of the COP.",
        ),
        above("icing_cop_share", 0.0, 1.0, "Share of the COP left with ice.")
            .depends("0.8, as in oemof-thermal")
            .beside(&["icing_limit_c"]),
        Key::new(
            "exchanger_first",
            Kind::Flag,
            "An exchanger heats the return water as far as the source reaches, then the heat pump.",
        )
        .or(&d::EXCHANGER_FIRST),
        number(
            "pinch_k",
            0.0,
            20.0,
            "Smallest temperature difference in evaporator and condenser.",
        )
        .or(&d::PINCH),
        number(
            "max_outlet_temperature_c",
            30.0,
            160.0,
            "Hottest water it can make.",
        )
        .or(&d::MAX_OUTLET),
        Key::new(
            "investment_eur_per_kw",
            Kind::Number(COST),
            "Investment per heat capacity.",
        )
        .or(&d::HEAT_PUMP_INVESTMENT),
        number(
            "fixed_upkeep_share",
            0.0,
            0.5,
            "Fixed upkeep a year, share of the investment.",
        )
        .or(&d::HEAT_PUMP_FIXED),
        number(
            "variable_upkeep_eur_per_mwh",
            0.0,
            100.0,
            "Upkeep per heat made.",
        )
        .or(&d::HEAT_PUMP_VARIABLE),
        number("life_a", 1.0, 100.0, "Technical life.").or(&d::HEAT_PUMP_LIFE),
    ],
    either: &[],
};

pub(crate) static BOILER: Table = Table {
    name: "boiler",
    is_many: true,
    doc: "A boiler, fired or electric, old or new; without any, the design adds a new gas boiler.",
    keys: &[
        id("Name of the boiler, unique in the study."),
        Key::new(
            "fuel",
            Kind::Word(&[
                ("gas", "natural gas"),
                ("oil", "light fuel oil"),
                ("wood_chip", "wood chips and forest residue"),
                ("peat", "peat"),
                ("electricity", "electrode boiler"),
            ]),
            "What it burns or draws.",
        )
        .required(),
        above(
            "heat_capacity_mw",
            0.0,
            5000.0,
            "Heat at full load; sized by the design when absent.",
        ),
        above(
            "efficiency",
            0.3,
            1.15,
            "Heat out per fuel in, lower heating value.",
        )
        .depends("by fuel"),
        Key::new(
            "existing",
            Kind::Flag,
            "Already standing: no investment, part of today's supply.",
        )
        .or(&d::IS_EXISTING),
        Key::new(
            "investment_eur_per_kw",
            Kind::Number(COST),
            "Investment per heat capacity.",
        )
        .depends("by fuel"),
        number(
            "fixed_upkeep_share",
            0.0,
            0.5,
            "Fixed upkeep a year, share of the investment.",
        )
        .depends("by fuel"),
        number(
            "variable_upkeep_eur_per_mwh",
            0.0,
            100.0,
            "Upkeep per heat made.",
        )
        .depends("by fuel"),
        number("life_a", 1.0, 100.0, "Technical life.").depends("by fuel"),
    ],
    either: &[],
};

pub(crate) static STORE: Table = Table {
    name: "store",
    is_many: true,
    doc: "A hot-water store; without any, the design adds a tank. A study without a store states one of capacity 0.",
    keys: &[
        id("Name of the store, unique in the study."),
        Key::new(
            "kind",
            Kind::Word(&[("tank", "insulated steel tank"), ("pit", "covered pit")]),
            "How it is built.",
        )
        .or(&d::STORE_KIND),
        number(
            "capacity_mwh",
            0.0,
            1e6,
            "Heat it holds; sized by the design when absent, no store when 0.",
        ),
        above(
            "volume_m3",
            0.0,
            5e6,
            "Volume of water, in place of the capacity.",
        ),
        above(
            "max_power_mw",
            0.0,
            5000.0,
            "Fastest charging and discharging; full in six hours when absent.",
        ),
        number(
            "loss_share_per_h",
            0.0,
            0.05,
            "Share of the content lost in an hour.",
        )
        .depends("by kind"),
        number(
            "investment_eur_per_kwh",
            0.0,
            1000.0,
            "Investment per content.",
        )
        .depends("by kind"),
        number(
            "fixed_upkeep_share",
            0.0,
            0.5,
            "Fixed upkeep a year, share of the investment.",
        )
        .depends("by kind"),
        number("life_a", 1.0, 100.0, "Technical life.").depends("by kind"),
        Key::new("existing", Kind::Flag, "Already standing: no investment.").or(&d::IS_EXISTING),
    ],
    either: &[&["capacity_mwh", "volume_m3"]],
};

pub(crate) static EXISTING_PIPE: Table = Table {
    name: "existing_pipe",
    is_many: true,
    doc: "A pair of pipes in the ground already.",
    keys: &[
        id("Name of the pipe, unique among pipes."),
        Key::new(
            "path",
            Kind::Path,
            "Centre line: [[longitude, latitude], …], at least two points.",
        )
        .required(),
        Key::new(
            "dn",
            Kind::Diameter,
            "Nominal diameter, a size of the catalogue.",
        )
        .required(),
        above(
            "length_m",
            0.0,
            100_000.0,
            "Length, when it differs from the path's.",
        ),
        Key::new("series", Kind::Integer(1, 3), "Insulation class, 1 to 3.")
            .or(&d::INSULATION_SERIES),
    ],
    either: &[],
};
