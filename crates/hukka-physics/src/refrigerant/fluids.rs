//! The refrigerants there are, one file each: coefficients are published facts, cited there.

use super::fluid::Fluid;

pub mod ammonia;
pub mod butane;
pub mod carbon_dioxide;
pub mod cyclopentane;
pub mod dimethyl_ether;
pub mod isobutane;
pub mod isopentane;
pub mod pentane;
pub mod propane;
pub mod propylene;
pub mod r1233zd_e;
pub mod r1234yf;
pub mod r1234ze_e;
pub mod r1234ze_z;
pub mod r1336mzz_e;
pub mod r1336mzz_z;
pub mod r134a;
pub mod r152a;
pub mod r227ea;
pub mod r236ea;
pub mod r245fa;
pub mod r32;
pub mod r365mfc;
pub mod water;

/// Every refrigerant, in the order of the documentation.
pub static ALL: &[&Fluid] = &[
    &ammonia::FLUID,
    &isobutane::FLUID,
    &butane::FLUID,
    &propane::FLUID,
    &propylene::FLUID,
    &r1234ze_e::FLUID,
    &r1234ze_z::FLUID,
    &r1234yf::FLUID,
    &r1233zd_e::FLUID,
    &r134a::FLUID,
    &r152a::FLUID,
    &r32::FLUID,
    &r245fa::FLUID,
    &r236ea::FLUID,
    &r227ea::FLUID,
    &r365mfc::FLUID,
    &r1336mzz_e::FLUID,
    &r1336mzz_z::FLUID,
    &pentane::FLUID,
    &isopentane::FLUID,
    &cyclopentane::FLUID,
    &dimethyl_ether::FLUID,
    &carbon_dioxide::FLUID,
    &water::FLUID,
];
