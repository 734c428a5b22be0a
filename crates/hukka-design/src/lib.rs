//! hukka-design
