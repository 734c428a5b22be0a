//! hukka-series
