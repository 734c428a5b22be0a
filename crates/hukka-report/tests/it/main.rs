//! The report on a made-up town.

mod fixture;
mod machine_readable;
mod page;
