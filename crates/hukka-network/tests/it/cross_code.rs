//! Against the reference results of another program.
