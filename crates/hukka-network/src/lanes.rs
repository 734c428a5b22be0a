//! Several hours side by side: every value is an array with one number per hour ("lane").
//!
//! The loops over lanes have no branches inside, so that the compiler turns them into vector
//! instructions. What cannot go side by side runs lane by lane.

/// Values of `L` hours.
pub(crate) type Lanes<const L: usize> = [f64; L];

/// Hours that the year solves side by side.
pub const WIDTH: usize = 8;

/// A list of lanes, all the same.
pub(crate) fn filled<const L: usize>(count: usize, value: f64) -> Vec<Lanes<L>> {
    vec![[value; L]; count]
}

/// Adds lane by lane.
#[inline]
pub(crate) fn add<const L: usize>(to: &mut Lanes<L>, more: &Lanes<L>) {
    for l in 0..L {
        to[l] += more[l];
    }
}

/// The larger of two, or the one that is not a number.
#[inline]
pub(crate) fn larger(a: f64, b: f64) -> f64 {
    if b > a || b.is_nan() { b } else { a }
}

/// `W` lanes of a row from the given one on: all of them, or one.
#[inline]
pub(crate) fn part<const W: usize>(row: &[f64], from: usize) -> &[f64; W] {
    row[from..]
        .first_chunk()
        .expect("invariant: a row holds the lanes asked for")
}

/// As [`part`], to write to.
#[inline]
pub(crate) fn part_mut<const W: usize>(row: &mut [f64], from: usize) -> &mut [f64; W] {
    row[from..]
        .first_chunk_mut()
        .expect("invariant: a row holds the lanes asked for")
}
