//! The nine sections: what each shows, taken from the nouns.

pub(crate) mod carpet;
pub(crate) mod climate;
pub(crate) mod data;
pub(crate) mod distance;
pub(crate) mod flat;
pub(crate) mod keys;
pub(crate) mod law;
pub(crate) mod machine;
pub(crate) mod map;
pub(crate) mod method;
pub(crate) mod money;
pub(crate) mod months;
pub(crate) mod network;
pub(crate) mod owners;
pub(crate) mod place;
pub(crate) mod price;
pub(crate) mod register;
pub(crate) mod risk;
pub(crate) mod sankey;
pub(crate) mod source;
pub(crate) mod supply;
pub(crate) mod uncertainty;
pub(crate) mod verdict;
pub(crate) mod worth;
pub(crate) mod year;
