//! What a series is a series of: unit, range, and units it is often mistaken for.

/// A quantity that comes as an hourly series in a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesQuantity {
    /// Name in messages: "outdoor temperature".
    pub name: &'static str,
    /// Unit of the values handed out, as shown.
    pub unit: &'static str,
    /// Endings of a header that mean this unit: `_c`, `[°C]`.
    pub suffixes: &'static [&'static str],
    /// Smallest and largest value allowed, in `unit`.
    pub range: Option<(f64, f64)>,
    /// Other units the file may state in its header, or be in by mistake.
    pub other_units: &'static [UnitForm],
}

/// Another unit of the same quantity: `value in unit = scale · seen + offset`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitForm {
    /// Unit as shown.
    pub unit: &'static str,
    /// Endings of a header that mean this unit.
    pub suffixes: &'static [&'static str],
    /// Factor to the quantity's own unit.
    pub scale: f64,
    /// Added after scaling.
    pub offset: f64,
    /// Median of a year that suggests this unit where none is stated; `None` never suggests it.
    pub median: Option<(f64, f64)>,
    /// 99th percentile that must hold as well.
    pub high: (f64, f64),
}

/// Outdoor air temperature in °C.
pub const OUTDOOR_TEMPERATURE: SeriesQuantity = SeriesQuantity {
    name: "outdoor temperature",
    unit: "°C",
    suffixes: &[
        "_c", "_degc", "_celsius", "[°c]", "(°c)", "[c]", "(c)", "[degc]", "(degc)",
    ],
    range: Some((-60.0, 60.0)),
    other_units: &[
        UnitForm {
            unit: "K",
            suffixes: &["_k", "_kelvin", "[k]", "(k)"],
            scale: 1.0,
            offset: -273.15,
            median: Some((240.0, 315.0)),
            high: (255.0, 335.0),
        },
        UnitForm {
            unit: "°F",
            suffixes: &["_f", "_degf", "_fahrenheit", "[°f]", "(°f)", "[f]", "(f)"],
            scale: 5.0 / 9.0,
            offset: -160.0 / 9.0,
            median: Some((32.5, 95.0)),
            high: (55.0, 125.0),
        },
    ],
};

/// Relative humidity of outdoor air in per cent.
pub const RELATIVE_HUMIDITY: SeriesQuantity = SeriesQuantity {
    name: "relative humidity",
    unit: "%",
    suffixes: &["_pct", "_percent", "[%]", "(%)"],
    range: Some((0.0, 110.0)),
    other_units: &[UnitForm {
        unit: "share from 0 to 1",
        suffixes: &["_share", "_fraction", "[1]", "[-]"],
        scale: 100.0,
        offset: 0.0,
        median: Some((0.2, 1.0)),
        high: (0.5, 1.1),
    }],
};

/// Day-ahead price of electricity in EUR/MWh.
pub const ELECTRICITY_PRICE: SeriesQuantity = SeriesQuantity {
    name: "electricity price",
    unit: "EUR/MWh",
    suffixes: &[
        "_eur_per_mwh",
        "_eur_mwh",
        "[eur/mwh]",
        "(eur/mwh)",
        "[€/mwh]",
        "(€/mwh)",
    ],
    range: Some((-1000.0, 5000.0)),
    other_units: &[
        UnitForm {
            unit: "EUR/kWh",
            suffixes: &[
                "_eur_per_kwh",
                "_eur_kwh",
                "[eur/kwh]",
                "(eur/kwh)",
                "[€/kwh]",
                "(€/kwh)",
            ],
            scale: 1000.0,
            offset: 0.0,
            median: Some((-0.5, 0.6)),
            high: (0.001, 2.0),
        },
        UnitForm {
            unit: "c/kWh",
            suffixes: &[
                "_c_per_kwh",
                "_ct_per_kwh",
                "_cent_per_kwh",
                "_snt_per_kwh",
                "[c/kwh]",
                "(c/kwh)",
                "[ct/kwh]",
                "(ct/kwh)",
                "[snt/kwh]",
                "(snt/kwh)",
            ],
            scale: 10.0,
            offset: 0.0,
            median: Some((0.6, 15.0)),
            high: (2.0, 40.0),
        },
    ],
};

/// Share of the installed IT load in use.
pub const UTILISATION: SeriesQuantity = SeriesQuantity {
    name: "utilisation",
    unit: "share from 0 to 1",
    suffixes: &["_share", "_fraction", "[1]", "[-]"],
    range: Some((0.0, 1.0)),
    other_units: &[UnitForm {
        unit: "%",
        suffixes: &["_pct", "_percent", "[%]", "(%)"],
        scale: 0.01,
        offset: 0.0,
        median: Some((1.0, 100.0)),
        high: (1.5, 105.0),
    }],
};

/// Heat load in MW.
pub const HEAT_LOAD: SeriesQuantity = SeriesQuantity {
    name: "heat load",
    unit: "MW",
    suffixes: &["_mw", "[mw]", "(mw)"],
    range: Some((0.0, 10_000.0)),
    other_units: &[
        UnitForm {
            unit: "kW",
            suffixes: &["_kw", "[kw]", "(kw)"],
            scale: 1e-3,
            offset: 0.0,
            median: Some((3_000.0, 1e7)),
            high: (10_000.0, 1e8),
        },
        UnitForm {
            unit: "W",
            suffixes: &["_w", "[w]", "(w)"],
            scale: 1e-6,
            offset: 0.0,
            median: None,
            high: (0.0, 0.0),
        },
    ],
};

/// CO2 of the electricity bought in kg/MWh, which is g/kWh.
pub const CARBON_INTENSITY: SeriesQuantity = SeriesQuantity {
    name: "carbon intensity of electricity",
    unit: "kg/MWh",
    suffixes: &[
        "_kg_per_mwh",
        "_g_per_kwh",
        "_kg_mwh",
        "_g_kwh",
        "_gco2eq_per_kwh",
        "_gco2_per_kwh",
        "_kgco2_per_mwh",
        "[kg/mwh]",
        "(kg/mwh)",
        "[g/kwh]",
        "(g/kwh)",
    ],
    range: Some((0.0, 3000.0)),
    other_units: &[UnitForm {
        unit: "kg/kWh",
        suffixes: &[
            "_kg_per_kwh",
            "_t_per_mwh",
            "_kg_kwh",
            "[kg/kwh]",
            "[t/mwh]",
        ],
        scale: 1000.0,
        offset: 0.0,
        median: Some((0.0, 1.5)),
        high: (0.01, 3.0),
    }],
};
