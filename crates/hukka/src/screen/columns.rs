//! Columns of a screening table: names, units, ranges and defaults.

/// A column of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScreenColumn {
    /// Name in the first line of the table; the unit is part of it.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Value of an absent column or empty cell; `None` when one has to be given.
    pub default: Option<f64>,
    /// Least and most that are taken.
    pub range: (f64, f64),
}

const fn column(
    name: &'static str,
    default: Option<f64>,
    range: (f64, f64),
    about: &'static str,
) -> ScreenColumn {
    ScreenColumn {
        name,
        about,
        default,
        range,
    }
}

/// Every column of numbers, the required ones first.
pub const SCREEN_COLUMNS: &[ScreenColumn] = &[
    column(
        "heat_mw",
        None,
        (0.001, 5000.0),
        "heat the data centre gives off, all year",
    ),
    column(
        "source_temperature_c",
        None,
        (0.0, 110.0),
        "temperature of that heat",
    ),
    column(
        "distance_km",
        None,
        (0.0, 200.0),
        "trench from the data centre to the district",
    ),
    column(
        "demand_gwh_a",
        None,
        (0.01, 100_000.0),
        "heat the district's customers draw in a year",
    ),
    column(
        "source_cooling_k",
        Some(8.0),
        (0.5, 60.0),
        "how far the source is cooled",
    ),
    column(
        "hot_water_share",
        Some(0.2),
        (0.0, 1.0),
        "share of the demand that is the same all year",
    ),
    column(
        "linear_heat_density_mwh_m",
        Some(0.0),
        (0.0, 100.0),
        "heat sold a year per metre of trench in a new network; 0 where a network exists",
    ),
    column(
        "supply_design_c",
        Some(90.0),
        (40.0, 150.0),
        "supply temperature on the design day",
    ),
    column(
        "supply_mild_c",
        Some(70.0),
        (35.0, 150.0),
        "supply temperature above 8 °C outdoors",
    ),
    column("return_c", Some(45.0), (10.0, 90.0), "return temperature"),
    column(
        "network_loss_share",
        Some(0.1),
        (0.0, 0.6),
        "share of heat fed in that the district's pipes lose",
    ),
    column(
        "boiler_heat_eur_mwh",
        Some(55.0),
        (0.0, 1000.0),
        "cost of heat from the boiler, fuel and carbon included",
    ),
    column(
        "heat_price_eur_mwh",
        Some(90.0),
        (0.0, 1000.0),
        "what customers pay; counts where the network is new",
    ),
    column(
        "source_price_eur_mwh",
        Some(0.0),
        (-200.0, 1000.0),
        "what the data centre is paid",
    ),
    column(
        "power_extra_eur_mwh",
        Some(30.0),
        (-200.0, 1000.0),
        "grid fee and tax on top of the market's price of power",
    ),
    column(
        "heat_pump_eur_kw",
        Some(763.0),
        (0.0, 10_000.0),
        "heat pump, installed, per kW of heat",
    ),
    column(
        "boiler_eur_kw",
        Some(67.0),
        (0.0, 5000.0),
        "boilers, installed; count where the network is new",
    ),
    column(
        "substation_eur_kw",
        Some(90.0),
        (0.0, 5000.0),
        "substations per kW of peak; count where the network is new",
    ),
    column(
        "pipe_cost_factor",
        Some(1.0),
        (0.0, 20.0),
        "factor on the catalogue's cost of pipes",
    ),
    column(
        "interest",
        Some(0.05),
        (0.0, 0.5),
        "real interest, a fraction",
    ),
    column("horizon_a", Some(20.0), (1.0, 60.0), "years counted"),
];

/// Columns of words with their defaults.
pub(super) const WORDS: [(&str, &str); 2] = [
    ("climate", "southern-finland"),
    ("price_profile", "nordic-2023"),
];

/// Position of a column of numbers.
pub(super) fn index(name: &str) -> usize {
    SCREEN_COLUMNS
        .iter()
        .position(|column| column.name == name)
        .unwrap_or_else(|| unreachable!("invariant: {name} is a column"))
}
