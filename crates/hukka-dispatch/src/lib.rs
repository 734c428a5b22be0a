//! hukka-dispatch
