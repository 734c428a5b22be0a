//! hukka-study
