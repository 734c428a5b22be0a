//! `[contract]`: what the heat company pays for the data centres' heat.

use super::series::{self, SeriesKeys};
use crate::codes;
use crate::context::Context;
use crate::keys;
use crate::node::Entries;
use crate::reader::Reader;
use crate::spec::plain;
use hukka_model::{ContractTerms, Diagnostic, HeatContract, TimeAxis};
use hukka_units::{EnergyPrice, HeatEnergy, Temperature};

const PUBLISHED: SeriesKeys = SeriesKeys {
    file: "published",
    column: "published_column",
    zone: "published_time_zone",
};

const PRICE: &str = "price_eur_per_mwh";
const MINIMUM: &str = "minimum_mwh";
const COLD: &str = "cold_price_eur_per_mwh";
const MILD: &str = "mild_price_eur_per_mwh";

/// Keys that belong to one kind or another: each with its kinds.
const OWN_KEYS: [(&str, &[&str]); 9] = [
    (PRICE, &["fixed", "take_or_pay"]),
    (MINIMUM, &["take_or_pay"]),
    ("cold_outdoor_c", &["temperature_indexed"]),
    (COLD, &["temperature_indexed"]),
    ("mild_outdoor_c", &["temperature_indexed"]),
    (MILD, &["temperature_indexed"]),
    ("published", &["day_ahead"]),
    ("published_column", &["day_ahead"]),
    ("published_time_zone", &["day_ahead"]),
];

/// Reads `[contract]`; `None` without the table, or after a complaint.
pub(crate) fn read(
    root: &Entries,
    axis: Option<&TimeAxis>,
    context: &mut Context,
) -> Option<HeatContract> {
    root.get(keys::CONTRACT.name)?.table()?;
    let table = Reader::one(root, &keys::CONTRACT);
    let supply_cost = EnergyPrice::from_eur_mwh(table.number("supply_cost_eur_per_mwh", context));
    own_prices(root, context);
    let Some(kind) = table.optional_text("kind", context) else {
        if !table.has("kind") && !table.is_attempted("kind") {
            let at = table.place("kind", context);
            context.push(
                Diagnostic::error(codes::MISSING_KEY, "`kind` is missing")
                    .at(at)
                    .about(table.full("kind"))
                    .allowed("free, fixed, temperature_indexed, take_or_pay or day_ahead")
                    .help("add `kind = \"fixed\"` and its price to [contract]"),
            );
        }
        return None;
    };
    idle(&table, kind, context);
    let price = |name: &'static str, context: &mut Context| {
        needed(&table, name, kind, context).map(EnergyPrice::from_eur_mwh)
    };
    let terms = match kind {
        "fixed" => ContractTerms::Fixed {
            price: price(PRICE, context)?,
        },
        "take_or_pay" => {
            let price = price(PRICE, context);
            let minimum = needed(&table, MINIMUM, kind, context);
            ContractTerms::TakeOrPay {
                price: price?,
                minimum: HeatEnergy::from_mwh(minimum?),
            }
        }
        "temperature_indexed" => {
            let (cold, mild) = ends(&table, context);
            let (at_cold, at_mild) = (price(COLD, context), price(MILD, context));
            ContractTerms::TemperatureIndexed {
                cold_outdoor: Temperature::from_c(cold),
                at_cold: at_cold?,
                mild_outdoor: Temperature::from_c(mild),
                at_mild: at_mild?,
            }
        }
        "day_ahead" => {
            if !table.is_attempted("published") && !table.has("published") {
                missing(&table, "published", kind, context);
            }
            let quantity = &hukka_series::ELECTRICITY_PRICE;
            let values = series::values(&table, PUBLISHED, quantity, axis, context)?;
            ContractTerms::DayAhead {
                price: values.into_iter().map(EnergyPrice::from_eur_mwh).collect(),
            }
        }
        _ => ContractTerms::Free,
    };
    // The contract takes the place of the data centres' own default price.
    context.assumptions.retain(|assumption| {
        !(assumption.key.starts_with("data_centre.")
            && assumption.key.ends_with(".heat_price_eur_per_mwh"))
    });
    Some(HeatContract { terms, supply_cost })
}

/// A number this kind of contract cannot do without.
fn needed(
    table: &Reader<'_>,
    name: &'static str,
    kind: &str,
    context: &mut Context,
) -> Option<f64> {
    let value = table.optional(name, context);
    if value.is_none() && !table.has(name) && !table.is_attempted(name) {
        missing(table, name, kind, context);
    }
    value
}

fn missing(table: &Reader<'_>, name: &str, kind: &str, context: &mut Context) {
    let at = table.place("kind", context);
    context.push(
        Diagnostic::error(
            codes::MISSING_KEY,
            format!("a contract of kind `{kind}` needs `{name}`"),
        )
        .at(at)
        .about(table.full(name))
        .help(format!(
            "write `{name}` in [contract], or choose another `kind`"
        )),
    );
}

/// Both ends of an indexed price; the cold end is the colder one.
fn ends(table: &Reader<'_>, context: &mut Context) -> (f64, f64) {
    let cold = table.number("cold_outdoor_c", context);
    let mild = table.number("mild_outdoor_c", context);
    let is_sound = !table.is_unsound("cold_outdoor_c") && !table.is_unsound("mild_outdoor_c");
    if is_sound && cold >= mild {
        let key = if table.has("cold_outdoor_c") {
            "cold_outdoor_c"
        } else {
            "mild_outdoor_c"
        };
        let at = table.place(key, context);
        context.push(
            Diagnostic::error(
                codes::CURVE,
                "the cold end of the price is not colder than its mild end",
            )
            .at(at)
            .about(table.full(key))
            .seen(format!("{} °C and {} °C", plain(cold), plain(mild)))
            .allowed("`cold_outdoor_c` below `mild_outdoor_c`")
            .help("are the two values swapped?"),
        );
    }
    (cold, mild)
}

/// Keys of other kinds have no effect.
fn idle(table: &Reader<'_>, kind: &str, context: &mut Context) {
    for (key, kinds) in OWN_KEYS {
        if !table.has(key) || kinds.contains(&kind) {
            continue;
        }
        let at = table.place(key, context);
        context.push(
            Diagnostic::warning(codes::NO_EFFECT, format!("`{key}` has no effect"))
                .at(at)
                .about(table.full(key))
                .seen(format!("kind = \"{kind}\""))
                .help(format!(
                    "it belongs to `kind = \"{}\"`",
                    kinds.join("\"` or `\"")
                )),
        );
    }
}

/// A contract and a data centre's own price say the same thing twice.
fn own_prices(root: &Entries, context: &mut Context) {
    for centre in Reader::many(root, &keys::DATA_CENTRE) {
        let key = "heat_price_eur_per_mwh";
        if !centre.has(key) {
            continue;
        }
        let at = centre.place(key, context);
        context.push(
            Diagnostic::error(
                codes::CONTRADICTION,
                "a data centre has a heat price of its own beside the contract",
            )
            .at(at)
            .about(centre.full(key))
            .allowed("[contract], or `heat_price_eur_per_mwh` of the data centres")
            .help("remove the key, or the table [contract]"),
        );
    }
}
