//! Building a finding.

use hukka_model::{CalendarDate, Finding, Regulation, RuleFinding, Wording};

/// A day written in a legal text.
pub(crate) const fn day(year: i16, month: u8, day: u8) -> CalendarDate {
    match CalendarDate::new(year, month, day) {
        Some(date) => date,
        None => panic!("invariant: a legal text names a day that exists"),
    }
}

/// A rule read in its text, not yet looked at.
pub(crate) fn read(regulation: Regulation, place: &str, asks: &str) -> RuleFinding {
    RuleFinding {
        regulation,
        place: place.to_owned(),
        asks: asks.to_owned(),
        valid_from: None,
        valid_to: None,
        limit: None,
        seen: None,
        finding: Finding::Open,
        note: String::new(),
        wording: Wording::Read,
    }
}

/// The same, known second hand.
pub(crate) fn recalled(regulation: Regulation, place: &str, asks: &str) -> RuleFinding {
    RuleFinding {
        wording: Wording::Recalled,
        ..read(regulation, place, asks)
    }
}

/// Met or not met.
pub(crate) const fn met(is_met: bool) -> Finding {
    if is_met {
        Finding::Met
    } else {
        Finding::NotMet
    }
}
