//! `[contract]`: what the heat company pays for the data centres' heat.

use crate::defaults as d;
use crate::spec::{FileKind, Key, Kind, Range, Table, column, number, zone};

const PRICE: Range = Range::new(-100.0, 200.0);
const OUTDOOR: Range = Range::new(-50.0, 40.0);

pub(crate) static CONTRACT: Table = Table {
    name: "contract",
    is_many: false,
    doc: "What the heat company pays for the heat of all data centres. Without this table: \
          `heat_price_eur_per_mwh` of each data centre.",
    keys: &[
        Key::new(
            "kind",
            Kind::Word(&[
                ("free", "the heat is free"),
                ("fixed", "one price"),
                (
                    "temperature_indexed",
                    "a price on a straight line by outdoor temperature, level beyond its ends",
                ),
                (
                    "take_or_pay",
                    "one price; a volume is paid for whether it is drawn or not",
                ),
                ("day_ahead", "a price for each hour, published a day ahead"),
            ]),
            "Kind of the contract; needed in this table.",
        ),
        Key::new(
            "price_eur_per_mwh",
            Kind::Number(PRICE),
            "Price of heat drawn; of a fixed price and of take-or-pay.",
        ),
        number(
            "minimum_mwh",
            0.0,
            1e8,
            "Heat of a year that is paid for in any case; of take-or-pay.",
        ),
        Key::new(
            "cold_outdoor_c",
            Kind::Number(OUTDOOR),
            "Outdoor temperature of the cold end of an indexed price.",
        )
        .or(&d::CONTRACT_COLD),
        Key::new(
            "cold_price_eur_per_mwh",
            Kind::Number(PRICE),
            "Indexed price at the cold end and below.",
        ),
        Key::new(
            "mild_outdoor_c",
            Kind::Number(OUTDOOR),
            "Outdoor temperature of the mild end of an indexed price.",
        )
        .or(&d::CONTRACT_MILD),
        Key::new(
            "mild_price_eur_per_mwh",
            Kind::Number(PRICE),
            "Indexed price at the mild end and above.",
        ),
        Key::new(
            "published",
            Kind::File(FileKind::Series),
            "CSV of hourly heat prices published a day ahead, €/MWh.",
        ),
        column("published_column", &["published"]),
        zone("published_time_zone", &["published"]),
        number(
            "supply_cost_eur_per_mwh",
            0.0,
            200.0,
            "What handing over heat costs the data centre; saved cooling is counted apart.",
        )
        .or(&d::CONTRACT_SUPPLY),
    ],
    either: &[],
};
