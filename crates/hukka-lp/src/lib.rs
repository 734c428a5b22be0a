//! hukka-lp
