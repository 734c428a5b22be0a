//! Loading studies as a user would: good ones, and every way of going wrong.

mod folder;
mod good;
