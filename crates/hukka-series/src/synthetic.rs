//! Seeded typical years of weather and prices from stated normals and statistics.

mod climate;
mod monthly;
mod prices;
mod profile;
mod random;
mod temperature;

pub use climate::{CLIMATES, Climate};
pub use prices::synthetic_prices;
pub use profile::{PROFILES, PriceProfile};
pub use temperature::synthetic_temperature;
