//! hukka-assess
