//! The last section: how the figures came about, and what the words mean.

use crate::document::Block;
use crate::figure::Table;

/// Stage, what it does, what it leaves out.
const STAGES: [[&str; 3]; 7] = [
    [
        "Demand",
        "Hourly heat of every building or of the town from weather, area, age and use; hot water apart.",
        "The habits of single households.",
    ],
    [
        "Source",
        "Hourly heat and temperature at the capture point from IT load, cooling mode and weather; what is not captured or not taken is rejected.",
        "The inside of racks and rooms.",
    ],
    [
        "Design",
        "Streets and consumers whose heat pays for its pipe; pipe sizes of EN 253; heat pump, boilers and store sized on the year.",
        "Ground rents, crossings, traffic.",
    ],
    [
        "Network",
        "Flow, pressure and temperature in every pipe and hour; heat loss by pipe and soil; delay of the water.",
        "Pressure surges.",
    ],
    [
        "Dispatch",
        "Least-cost operation of heat pumps, boilers and store over all hours, proven or with its bound.",
        "What is not known in advance: prices and weather of the year are.",
    ],
    [
        "Assessment",
        "Levelised cost, present value, everyone's money, CO₂ and indicators by boundary; each risk alone.",
        "Profit tax, and risks that strike together.",
    ],
    [
        "Report",
        "Shows what the stages found. Nothing physical or economic is worked out here.",
        "",
    ],
];

/// Words a reader may not know.
const WORDS: [[&str; 2]; 22] = [
    [
        "Capture point",
        "where heat is taken from the data centre: exhaust air, return air, chilled or facility water",
    ],
    [
        "Carpet",
        "a picture of a year: a column is a day, a row an hour",
    ],
    [
        "COP",
        "coefficient of performance: heat out of a heat pump over electricity in",
    ],
    [
        "Comparison (counterfactual)",
        "how the same heat would be made without the data centre",
    ],
    [
        "DN",
        "nominal diameter of a pipe, about its bore in millimetres",
    ],
    [
        "E_REUSE",
        "heat handed over at the data centre's boundary in a year",
    ],
    ["ERE", "energy reuse effectiveness: PUE × (1 − ERF)"],
    [
        "ERF",
        "energy reuse factor: E_REUSE over the data centre's energy",
    ],
    ["Fill", "share of the planned IT load that runs"],
    [
        "Index consumer",
        "the consumer worst placed for pressure; the pump's head is set by it",
    ],
    [
        "IRR",
        "internal rate of return: interest at which the net present value is zero",
    ],
    [
        "LCOH",
        "levelised cost of heat: all cost over all heat, both discounted",
    ],
    ["Load duration", "hours of the year by falling load"],
    [
        "Marginal heat price",
        "what one more megawatt-hour of heat would cost in an hour",
    ],
    [
        "NPV",
        "net present value: all flows discounted to the year of building",
    ],
    [
        "P10, P50, P90",
        "values that 10, 50 and 90 of 100 cases stay below",
    ],
    [
        "PUE",
        "power usage effectiveness: energy of the data centre over that of its servers",
    ],
    ["Substation", "exchanger between network and building"],
    [
        "Supply, return",
        "warm water to the consumers, cooled water back",
    ],
    ["T_WH", "temperature of the waste heat before any heat pump"],
    [
        "Take-or-pay",
        "a yearly amount paid for whether taken or not",
    ],
    [
        "Trench",
        "the route of a supply and a return pipe side by side",
    ],
];

/// Collects the section.
pub(crate) fn blocks() -> Vec<Block> {
    let mut stages = Table::new("How the figures came about")
        .text("Step")
        .text("What it does")
        .text("What it leaves out");
    for row in STAGES {
        stages.push(row.map(str::to_owned));
    }
    let mut words = Table::new("Words").text("Word").text("Meaning");
    for row in WORDS {
        words.push(row.map(str::to_owned));
    }
    vec![
        Block::table(stages.noted(
            "Equations, valid ranges and sources of every law stand in the methods pages of hukka's documentation.",
        )),
        Block::table(words),
    ]
}
