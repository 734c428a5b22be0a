//! What only the law asks of a data centre.

use crate::codes;
use crate::context::Context;
use crate::reader::Reader;
use hukka_model::{CalendarDate, Diagnostic, LegalFacts, ReuseException};
use hukka_units::{Ratio, Volume};

/// Reads the legal keys of a data centre.
pub(crate) fn read(table: &Reader<'_>, context: &mut Context) -> LegalFacts {
    LegalFacts {
        start: start(table, context),
        renewable_share: table
            .optional("renewable_share", context)
            .map(Ratio::from_fraction),
        water: table.optional("water_m3", context).map(Volume::from_m3),
        reuse_exception: match table.optional_text("reuse_exception", context) {
            Some("later_events") => Some(ReuseException::LaterEvents),
            Some("network_agreement") => Some(ReuseException::NetworkAgreement),
            Some("offer_refused") => Some(ReuseException::OfferRefused),
            _ => None,
        },
    }
}

/// First day of operation; a day that does not exist is told.
fn start(table: &Reader<'_>, context: &mut Context) -> Option<CalendarDate> {
    let text = table.optional_text("start_date", context)?;
    let date = CalendarDate::parse(text);
    if date.is_none() {
        let at = table.place("start_date", context);
        context.push(
            Diagnostic::error(
                codes::OUT_OF_RANGE,
                "`start_date` is no day of the calendar",
            )
            .at(at)
            .about(table.full("start_date"))
            .seen(format!("\"{text}\""))
            .allowed("year-month-day, \"2026-07-01\"")
            .help("write the first day of operation as \"2026-07-01\""),
        );
    }
    date
}
