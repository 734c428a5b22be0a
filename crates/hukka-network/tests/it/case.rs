//! Tests of the general solver of network cases.

mod balance;
mod elements;
mod files;
mod properties;
mod random_net;
mod reference;
mod robust;
