//! Tests of the general solver of network cases.

mod balance;
mod elements;
mod files;
mod random_net;
mod reference;
mod robust;
