//! The report on a made-up town.

mod browser;
mod fixture;
mod machine_readable;
mod owners;
mod page;
mod paper;
mod reader;
