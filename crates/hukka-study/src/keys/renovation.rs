//! Renovation of the buildings until the year that is asked for.

use crate::spec::{Key, Kind, Range, Table, above, id, number};

pub(crate) static RENOVATION: Table = Table {
    name: "renovation",
    is_many: true,
    doc: "Renovation of buildings between `demand.stock_year` and `demand.target_year`; of several the first that fits a building counts.",
    keys: &[
        id("Name of the renovation, unique among renovations."),
        Key::new(
            "uses",
            Kind::Texts,
            "Uses of the buildings it comes to, such as [\"house\", \"apartment\"].",
        )
        .depends("all uses"),
        Key::new(
            "built_from",
            Kind::Integer(1000, 2100),
            "First year of construction it comes to.",
        ),
        Key::new(
            "built_until",
            Kind::Integer(1000, 2100),
            "Last year of construction it comes to.",
        ),
        Key::new(
            "stock_share_per_year",
            Kind::Number(Range::above(0.0, 1.0)),
            "Share of these buildings' floor area renovated in a year.",
        )
        .required(),
        Key::new(
            "saving_share",
            Kind::Number(Range::new(0.0, 0.95)),
            "Space heat saved in a renovated building.",
        )
        .required(),
        number(
            "hot_water_saving_share",
            0.0,
            0.95,
            "Hot-water heat saved in a renovated building.",
        )
        .depends("0"),
        above(
            "secondary_supply_c",
            20.0,
            95.0,
            "Supply temperature of a renovated building's own heating on the design day.",
        )
        .depends("as before the renovation"),
        Key::new(
            "order",
            Kind::Word(&[
                ("spread", "every building is renovated to the same share: the mean of many"),
                ("oldest_first", "whole buildings, the oldest first, until their share of the floor area is reached"),
            ]),
            "Which buildings come first.",
        )
        .depends("spread"),
    ],
    either: &[],
};
