//! Tables about the place, its weather, prices and heat demand.

use crate::defaults as d;
use crate::spec::{FileKind, Key, Kind, Range, Table, above, column, id, number, text, zone};

const MAP: Kind = Kind::File(FileKind::Map);
const SERIES: Kind = Kind::File(FileKind::Series);

pub(crate) static PLACE: Table = Table {
    name: "place",
    is_many: false,
    doc: "Where the study is, and its maps.",
    keys: &[
        number(
            "latitude",
            -90.0,
            90.0,
            "Latitude of the place, degrees north.",
        )
        .required(),
        number(
            "longitude",
            -180.0,
            180.0,
            "Longitude of the place, degrees east.",
        )
        .required(),
        Key::new(
            "time_zone",
            Kind::TimeZone,
            "Time zone people there live by, such as Europe/Helsinki.",
        )
        .required(),
        Key::new(
            "country",
            Kind::Country,
            "Country code of two letters; decides public holidays.",
        )
        .or(&d::COUNTRY),
        Key::new(
            "buildings",
            MAP,
            "GeoJSON of buildings: polygons, or points with footprint_m2 or annual_mwh.",
        ),
        Key::new(
            "streets",
            MAP,
            "GeoJSON of streets along which pipes may be laid.",
        ),
        Key::new(
            "plants",
            MAP,
            "GeoJSON whose first point is where boilers and stores stand.",
        ),
        Key::new(
            "existing_pipes",
            MAP,
            "GeoJSON of pipes in the ground: lines with id, dn, length_m, series.",
        ),
        Key::new(
            "attribution",
            Kind::Texts,
            "Credits the licences of the inputs ask for.",
        ),
    ],
    either: &[],
};

pub(crate) static TIME: Table = Table {
    name: "time",
    is_many: false,
    doc: "The year of the study.",
    keys: &[Key::new(
        "year",
        Kind::Integer(1950, 2100),
        "Calendar year, local time of the place.",
    )
    .depends("the weather file's first year, else 2025")],
    either: &[],
};

pub(crate) static WEATHER: Table = Table {
    name: "weather",
    is_many: false,
    doc: "Outdoor temperature: a file, or a synthetic typical year.",
    keys: &[
        Key::new(
            "file",
            SERIES,
            "CSV of hourly outdoor temperature in °C, or an EPW file.",
        ),
        column("column", &["file"]),
        zone("time_zone", &["file"]),
        Key::new(
            "climate",
            Kind::Word(&[
                ("southern-finland", "Helsinki-Vantaa normals 1991–2020"),
                ("helsinki", "Helsinki centre"),
                ("stockholm", "Stockholm, Sweden"),
                ("odense", "Funen, Denmark"),
                ("frankfurt", "Frankfurt am Main, Germany"),
                ("utrecht", "Utrecht, the Netherlands"),
                ("dublin", "Dublin, Ireland"),
            ]),
            "Climate of the synthetic year.",
        )
        .or(&d::CLIMATE),
        Key::new(
            "seed",
            Kind::Integer(0, 1_000_000_000),
            "Seed of the synthetic year.",
        )
        .or(&d::SEED),
        number(
            "design_outdoor_temperature_c",
            -60.0,
            25.0,
            "Outdoor temperature the plant must be able to serve.",
        )
        .depends("the coldest hour of an extreme year, else the climate's design temperature, else the coldest hour less 5 K"),
        column("humidity_column", &["file"]),
        Key::new(
            "change_k",
            Kind::Numbers(Range::new(-15.0, 15.0)),
            "Climate change: kelvin added to the outdoor temperature, one number or twelve from January.",
        ),
        text(
            "change_source",
            "Where `change_k` comes from: scenario, period and publication.",
        )
        .beside(&["change_k"]),
        Key::new(
            "extreme_files",
            Kind::Texts,
            "Weather files of other years, CSV or EPW: the coldest of all their whole years is designed for, money is counted in the year of `file`.",
        ),
        column("extreme_column", &["extreme_files"]),
        zone("extreme_time_zone", &["extreme_files"]),
        Key::new(
            "extreme",
            Kind::Word(&[
                ("coldest_year", "the year with the most degree days"),
                ("coldest_months", "for each calendar month the coldest of all years"),
            ]),
            "How the extreme year is made of those files.",
        )
        .depends("coldest_year")
        .beside(&["extreme_files"]),
    ],
    either: &[&["file", "climate"]],
};

const PRICE: Range = Range::new(0.0, 1000.0);

pub(crate) static PRICES: Table = Table {
    name: "prices",
    is_many: false,
    doc: "Prices of the study year, without value-added tax.",
    keys: &[
        Key::new(
            "electricity",
            SERIES,
            "CSV of day-ahead electricity prices, €/MWh.",
        ),
        column("electricity_column", &["electricity"]),
        zone("electricity_time_zone", &["electricity"]),
        Key::new(
            "profile",
            Kind::Word(&[
                ("nordic-2023", "Nordic prices of 2023"),
                ("nordic-2024", "Nordic prices of 2024"),
                ("german-2023", "German prices of 2023"),
            ]),
            "Statistics of the synthetic electricity prices.",
        )
        .or(&d::PRICE_PROFILE),
        Key::new(
            "seed",
            Kind::Integer(0, 1_000_000_000),
            "Seed of the synthetic prices.",
        )
        .or(&d::SEED),
        number(
            "electricity_eur_per_mwh",
            -500.0,
            4000.0,
            "Day-ahead price of electricity, the same in every hour.",
        ),
        Key::new(
            "electricity_grid_fee_eur_per_mwh",
            Kind::Number(PRICE),
            "Network fee on electricity bought.",
        )
        .or(&d::GRID_FEE),
        Key::new(
            "electricity_tax_eur_per_mwh",
            Kind::Number(PRICE),
            "Tax on electricity bought by heat pumps and electric boilers.",
        )
        .or(&d::ELECTRICITY_TAX),
        Key::new(
            "gas_eur_per_mwh",
            Kind::Number(PRICE),
            "Natural gas at the plant, before CO2.",
        )
        .or(&d::GAS),
        Key::new(
            "oil_eur_per_mwh",
            Kind::Number(PRICE),
            "Light fuel oil at the plant, before CO2.",
        )
        .or(&d::OIL),
        Key::new(
            "wood_chip_eur_per_mwh",
            Kind::Number(PRICE),
            "Wood chips at the plant.",
        )
        .or(&d::WOOD_CHIP),
        Key::new(
            "peat_eur_per_mwh",
            Kind::Number(PRICE),
            "Peat at the plant, before CO2.",
        )
        .or(&d::PEAT),
        Key::new(
            "carbon_eur_per_t",
            Kind::Number(PRICE),
            "Price of emitting CO2 from fuels.",
        )
        .or(&d::CARBON),
        Key::new(
            "heat_eur_per_mwh",
            Kind::Number(PRICE),
            "What customers pay for heat.",
        )
        .or(&d::HEAT),
        above(
            "unserved_eur_per_mwh",
            0.0,
            1e6,
            "Cost of heat that nobody can make; keeps the dispatch solvable.",
        )
        .or(&d::UNSERVED),
    ],
    either: &[&["electricity", "profile", "electricity_eur_per_mwh"]],
};

pub(crate) static DEMAND: Table = Table {
    name: "demand",
    is_many: false,
    doc: "Heat demand of the buildings.",
    keys: &[
        above(
            "annual_mwh",
            0.0,
            2e7,
            "Known heat of all buildings together in a year; the estimate is scaled to it.",
        ),
        Key::new(
            "default_construction_year",
            Kind::Integer(1000, 2100),
            "Year built of buildings whose year is unknown. Lumped demands are taken as buildings of 1975 whatever is written here.",
        )
        .or(&d::CONSTRUCTION_YEAR),
        above(
            "metered_degree_days",
            0.0,
            15_000.0,
            "Degree days of the year in which `annual_mwh` was metered, K d by `demand.degree_day_rule`: its space heat is carried to the study's weather.",
        ),
        Key::new(
            "metered_weather",
            SERIES,
            "CSV of outdoor temperature in °C of the year in which `annual_mwh` was metered, in place of its degree days.",
        ),
        column("metered_weather_column", &["metered_weather"]),
        zone("metered_weather_time_zone", &["metered_weather"]),
        Key::new(
            "metered_year",
            Kind::Integer(1950, 2100),
            "Year of the metered weather.",
        )
        .depends("the first whole year in the file")
        .beside(&["metered_weather"]),
        Key::new(
            "metered_hot_water_share",
            Kind::Number(Range::new(0.0, 1.0)),
            "Share of hot water in `annual_mwh`, which the weather does not change.",
        )
        .depends("0.25"),
        Key::new(
            "degree_day_rule",
            Kind::Word(&[
                ("s17", "Finland: base 17 °C, days up to 10 °C until June and up to 12 °C from July"),
                ("plain17", "base 17 °C, every colder day"),
                ("eurostat", "base 18 °C, days up to 15 °C"),
                ("g20_15", "Germany: base 20 °C, days below 15 °C"),
            ]),
            "How degree days are counted.",
        )
        .depends("s17"),
        Key::new(
            "stock_year",
            Kind::Integer(1950, 2100),
            "Year the buildings and their known heat are of.",
        )
        .depends("the study year"),
        Key::new(
            "target_year",
            Kind::Integer(1950, 2100),
            "Year whose demand is asked for: `[[renovation]]` is counted until then.",
        )
        .depends("the stock year: no renovation"),
    ],
    either: &[&["metered_degree_days", "metered_weather"]],
};

/// Uses of buildings, as studies write them.
pub(crate) const USES: &[(&str, &str)] = &[
    ("house", "one or two dwellings"),
    ("apartment", "flats"),
    ("office", "offices"),
    ("retail", "shops and services"),
    ("school", "schools and kindergartens"),
    ("health", "hospitals and care homes"),
    ("sport", "sport halls"),
    (
        "swimming_hall",
        "swimming halls: warm water and air all year",
    ),
    ("industrial", "factories and stores"),
    ("other", "other heated buildings"),
    ("unheated", "sheds, garages"),
];

const PROFILES: &[(&str, &str)] = &[
    ("efh", "detached and semi-detached houses"),
    ("mfh", "apartment houses"),
    ("gmk", "metal and motor trades"),
    ("gpd", "paper and print"),
    ("gha", "retail and wholesale"),
    ("gbd", "other services"),
    ("gko", "authorities, banks, insurers, associations"),
    ("gbh", "hotels and other lodging"),
    ("gga", "restaurants"),
    ("gba", "bakeries"),
    ("gwa", "laundries"),
    ("ggb", "market gardens"),
    ("gmf", "small trades that live like households"),
    ("ghd", "all trade, commerce and services"),
];

pub(crate) static LUMPED_DEMAND: Table = Table {
    name: "lumped_demand",
    is_many: true,
    doc: "Heat demand of a quarter or a town given as one number or one series.",
    keys: &[
        id("Name of the demand, unique among demands."),
        above("annual_mwh", 0.0, 2e7, "Heat over the year.").required(),
        number("hot_water_share", 0.0, 1.0, "Share of hot water in it.").or(&d::HOT_WATER_SHARE),
        Key::new(
            "use",
            Kind::Word(USES),
            "Kind of building it stands for, taken as built in 1975.",
        )
        .or(&d::LUMPED_USE),
        Key::new(
            "position",
            Kind::Position,
            "Where it hangs on the network: [longitude, latitude].",
        ),
        Key::new(
            "load",
            SERIES,
            "CSV of measured heat load in MW; gives the shape of the year.",
        ),
        column("load_column", &["load"]),
        zone("load_time_zone", &["load"]),
        Key::new(
            "meter",
            SERIES,
            "CSV of a metered year, heat load in MW and outdoor temperature in °C by hour; its signature is carried to the study's weather.",
        ),
        column("meter_column", &["meter"]),
        column("meter_temperature_column", &["meter"]),
        zone("meter_time_zone", &["meter"]),
        Key::new(
            "meter_year",
            Kind::Integer(1950, 2100),
            "Year of the meter file to learn from.",
        )
        .depends("the first whole year in the file"),
        Key::new(
            "profile",
            Kind::Word(PROFILES),
            "German standard load profile (gas, BDEW) it follows instead of hukka's own buildings; hot water is in it.",
        ),
        Key::new(
            "profile_class",
            Kind::Integer(0, 11),
            "Building class of a home profile: 1 (few old buildings) to 10 (most), 11 the German mean.",
        )
        .depends("11 for homes; others have none, 0"),
        Key::new(
            "profile_windy",
            Kind::Flag,
            "Windy place: mean wind above 4.4 m/s.",
        )
        .or(&d::PROFILE_WINDY),
        Key::new(
            "profile_law",
            Kind::Word(&[
                ("sigmoid", "as published; flattens in Nordic cold"),
                (
                    "sigmoid_linear",
                    "with straight lines that go on rising in the cold; efh, mfh and ghd",
                ),
            ]),
            "Law of the day's heat.",
        )
        .or(&d::PROFILE_LAW),
        above(
            "metered_degree_days",
            0.0,
            15_000.0,
            "Degree days of the year in which `annual_mwh` was metered, K d by `demand.degree_day_rule`: its space heat is carried to the study's weather.",
        ),
        Key::new(
            "metered_weather",
            SERIES,
            "CSV of outdoor temperature in °C of the year in which `annual_mwh` was metered, in place of its degree days.",
        ),
        column("metered_weather_column", &["metered_weather"]),
        zone("metered_weather_time_zone", &["metered_weather"]),
        Key::new(
            "metered_year",
            Kind::Integer(1950, 2100),
            "Year of the metered weather.",
        )
        .depends("the first whole year in the file")
        .beside(&["metered_weather"]),
        above(
            "secondary_supply_c",
            20.0,
            95.0,
            "Supply temperature of the buildings' own heating on the design day: 80 for old radiators, 35 for floor heating.",
        )
        .depends("80 °C, of buildings of 1975"),
        above(
            "process_share",
            0.0,
            1.0,
            "Share of the heat that goes into a process, which follows shifts in place of the weather.",
        ),
        Key::new(
            "process_shifts",
            Kind::Integer(1, 3),
            "Shifts of eight hours a day, from six in the morning.",
        )
        .depends("2")
        .beside(&["process_share"]),
        Key::new(
            "process_days",
            Kind::Integer(5, 7),
            "Working days of a week from Monday; with 7 public holidays are worked too.",
        )
        .depends("5")
        .beside(&["process_share"]),
        number(
            "process_standby_share",
            0.0,
            1.0,
            "Power of the process outside its shifts over that within them.",
        )
        .depends("0.1")
        .beside(&["process_share"]),
    ],
    either: &[&["load", "profile", "meter"]],
};
