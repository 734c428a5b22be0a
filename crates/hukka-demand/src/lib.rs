//! hukka-demand
