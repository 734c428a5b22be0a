//! The last section: how the figures came about, and what the words mean.

use crate::document::Block;
use crate::figure::Table;
use crate::texts::say;

/// Stage, what it does, what it leaves out.
const STAGES: [[&str; 3]; 7] = [
    [
        "method.demand",
        "method.hourly-heat-of-every-building",
        "method.the-habits-of-single-households",
    ],
    [
        "method.source",
        "method.hourly-heat-and-temperature-at",
        "method.the-inside-of-racks-and",
    ],
    [
        "method.design",
        "method.streets-and-consumers-whose-heat",
        "method.ground-rents-crossings-traffic",
    ],
    [
        "method.network",
        "method.flow-pressure-and-temperature-in",
        "method.pressure-surges",
    ],
    [
        "method.dispatch",
        "method.least-cost-operation-of-heat",
        "method.what-is-not-known-in",
    ],
    [
        "method.assessment",
        "method.levelised-cost-present-value-everyone",
        "method.profit-tax-and-risks-that",
    ],
    ["method.report", "method.shows-what-the-stages-found", ""],
];

/// Words a reader may not know.
const WORDS: [[&str; 2]; 22] = [
    ["method.capture-point", "method.where-heat-is-taken-from"],
    ["method.carpet", "method.a-picture-of-a-year"],
    ["method.cop", "method.coefficient-of-performance-heat-out"],
    [
        "method.comparison-counterfactual",
        "method.how-the-same-heat-would",
    ],
    ["method.dn", "method.nominal-diameter-of-a-pipe"],
    ["method.e-reuse", "method.heat-handed-over-at-the"],
    ["method.ere", "method.energy-reuse-effectiveness-pue-1"],
    ["method.erf", "method.energy-reuse-factor-e-reuse"],
    ["method.fill", "method.share-of-the-planned-it"],
    [
        "method.index-consumer",
        "method.the-consumer-worst-placed-for",
    ],
    ["method.irr", "method.internal-rate-of-return-interest"],
    ["method.lcoh", "method.levelised-cost-of-heat-all"],
    ["method.load-duration", "method.hours-of-the-year-by"],
    [
        "method.marginal-heat-price",
        "method.what-one-more-megawatt-hour",
    ],
    ["method.npv", "method.net-present-value-all-flows"],
    ["method.p10-p50-p90", "method.values-that-10-50-and"],
    ["method.pue", "method.power-usage-effectiveness-energy-of"],
    [
        "method.substation",
        "method.exchanger-between-network-and-building",
    ],
    ["method.supply-return", "method.warm-water-to-the-consumers"],
    ["method.t-wh", "method.temperature-of-the-waste-heat"],
    ["method.take-or-pay", "method.a-yearly-amount-paid-for"],
    ["method.trench", "method.the-route-of-a-supply"],
];

/// Collects the section.
pub(crate) fn blocks() -> Vec<Block> {
    let mut stages = Table::new(say("method.how-the-figures-came-about"))
        .text(say("method.step"))
        .text(say("method.what-it-does"))
        .text(say("method.what-it-leaves-out"));
    for row in STAGES {
        stages.push(row.map(|key| say(key).to_owned()));
    }
    let mut words = Table::new(say("method.words"))
        .text(say("method.word"))
        .text(say("method.meaning"));
    for row in WORDS {
        words.push(row.map(|key| say(key).to_owned()));
    }
    vec![
        Block::table(stages.noted(say("method.equations-valid-ranges-and-sources"))),
        Block::table(words),
    ]
}
