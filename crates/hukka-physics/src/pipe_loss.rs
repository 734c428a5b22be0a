//! Heat lost by buried pipes.
