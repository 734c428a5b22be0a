//! Every diagnostic code of the engine with its meaning: the index of the error pages.

/// Code and one-line meaning, sorted by code.
pub fn all() -> Vec<(&'static str, &'static str)> {
    let mut codes: Vec<_> = [
        hukka_series::CODES,
        hukka_study::CODES,
        hukka_demand::CODES,
        hukka_source::CODES,
        crate::heat_pump_table::CODES,
        crate::screen::CODES,
        hukka_design::CODES,
        hukka_formats::design_case::CODES,
        hukka_network::CODES,
        hukka_network::case::CODES,
        hukka_dispatch::CODES,
        hukka_formats::DISPATCH_CASE_CODES,
        hukka_assess::CODES,
        hukka_formats::CODES,
    ]
    .concat();
    codes.sort_unstable();
    codes
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_code_means_two_things() {
        let codes = super::all();
        assert!(codes.len() > 30);
        for pair in codes.windows(2) {
            assert_ne!(pair[0].0, pair[1].0, "{} is declared twice", pair[0].0);
        }
    }
}
