//! hukka-source
