//! Networks, plant parks and design problems as other programs write them, and back.
//!
//! In: files of reference cases, EPANET, pandapipes, ESDL. Out: `NetworkCase` and its siblings, with
//! diagnostics that name every element left out and every value assumed.
//!
//! Invariants: nothing is dropped in silence; a file written and read again gives the same noun.
