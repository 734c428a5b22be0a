//! hukka
