//! hukka-report
