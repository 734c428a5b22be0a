//! Coefficient of performance of heat pumps.
