//! hukka-network
