//! COP maps of makers: a grid over source inlet and sink outlet with holes outside the envelope.

/// A grid of COP values; `None` where the machine does not run.
#[derive(Debug, Clone, PartialEq)]
pub struct CopMap {
    source: Vec<f64>,
    sink: Vec<f64>,
    cop: Vec<Option<f64>>,
}

/// Why a map has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutsideMap {
    /// Colder or hotter than every row or column.
    Grid,
    /// Inside the grid, but next to a point where the machine does not run.
    Envelope,
}

/// Why a grid is no map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapError {
    /// Fewer than one row and one column, or not one value for every pair.
    Shape,
    /// Temperatures that do not rise from entry to entry.
    Order,
    /// A COP of 1 or less that is not the mark of a hole.
    Value {
        /// Row from 0.
        row: usize,
        /// Column from 0.
        column: usize,
    },
}

impl CopMap {
    /// A map from rows of sources and columns of sinks; a value of 0 marks a hole, as makers write.
    ///
    /// # Shapes  `cop[source][sink]`, row by row
    /// # Errors  see [`MapError`]
    pub fn new(source: Vec<f64>, sink: Vec<f64>, cop: &[f64]) -> Result<Self, MapError> {
        if source.is_empty() || sink.is_empty() || cop.len() != source.len() * sink.len() {
            return Err(MapError::Shape);
        }
        let rises = |axis: &[f64]| {
            axis.iter().all(|t| t.is_finite()) && axis.windows(2).all(|pair| pair[0] < pair[1])
        };
        if !(rises(&source) && rises(&sink)) {
            return Err(MapError::Order);
        }
        let mut masked = Vec::with_capacity(cop.len());
        for (row, values) in cop.chunks(sink.len()).enumerate() {
            for (column, value) in values.iter().enumerate() {
                masked.push(if *value > 1.0 && value.is_finite() {
                    Some(*value)
                } else if value.abs() < f64::MIN_POSITIVE {
                    None
                } else {
                    return Err(MapError::Value { row, column });
                });
            }
        }
        Ok(Self {
            source,
            sink,
            cop: masked,
        })
    }

    /// Coldest and hottest source of the grid.
    pub fn source_range(&self) -> (f64, f64) {
        (self.source[0], self.source[self.source.len() - 1])
    }

    /// Coldest and hottest sink of the grid.
    pub fn sink_range(&self) -> (f64, f64) {
        (self.sink[0], self.sink[self.sink.len() - 1])
    }

    /// The COP between grid points, linear in both temperatures.
    ///
    /// Holes are masked before anything is interpolated: if one of the points that would count is
    /// a hole there is no answer, so no value is ever blended with the zeros of a maker's table,
    /// and nothing is extrapolated.
    pub fn cop(&self, source: f64, sink: f64) -> Result<f64, OutsideMap> {
        self.mean(source, sink, |cop| cop)
    }

    /// The COP between grid points, its inverse linear in both temperatures: nearer to the truth
    /// where the grid comes from a cycle, whose `1/COP` is almost a plane.
    pub fn cop_by_inverse(&self, source: f64, sink: f64) -> Result<f64, OutsideMap> {
        self.mean(source, sink, f64::recip).map(f64::recip)
    }

    fn mean(&self, source: f64, sink: f64, of: fn(f64) -> f64) -> Result<f64, OutsideMap> {
        let rows = between(&self.source, source).ok_or(OutsideMap::Grid)?;
        let columns = between(&self.sink, sink).ok_or(OutsideMap::Grid)?;
        let mut sum = 0.0;
        for (row, row_weight) in rows {
            for (column, column_weight) in columns {
                let weight = row_weight * column_weight;
                if weight > 0.0 {
                    let value = self.cop[row * self.sink.len() + column];
                    sum += weight * of(value.ok_or(OutsideMap::Envelope)?);
                }
            }
        }
        Ok(sum)
    }
}

/// The two entries a value lies between, with their weights; `None` outside.
fn between(axis: &[f64], value: f64) -> Option<[(usize, f64); 2]> {
    let last = axis.len() - 1;
    if value.is_nan() || value < axis[0] || value > axis[last] {
        return None;
    }
    let upper = axis.partition_point(|t| *t <= value).min(last);
    let lower = upper.saturating_sub(1);
    if upper == lower {
        return Some([(upper, 1.0), (upper, 0.0)]);
    }
    let share = (value - axis[lower]) / (axis[upper] - axis[lower]);
    Some([(lower, 1.0 - share), (upper, share)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn map() -> CopMap {
        CopMap::new(
            vec![0.0, 10.0, 20.0],
            vec![35.0, 45.0, 55.0],
            &[4.2, 3.5, 3.0, 5.3, 4.3, 3.6, 0.0, 5.5, 4.4],
        )
        .unwrap()
    }

    #[test]
    fn grid_points_keep_their_values_beside_a_hole() {
        let map = map();
        assert!((map.cop(20.0, 45.0).unwrap() - 5.5).abs() < 1e-12);
        assert!((map.cop(10.0, 35.0).unwrap() - 5.3).abs() < 1e-12);
        assert!((map.cop(5.0, 40.0).unwrap() - 4.325).abs() < 1e-12);
    }

    #[test]
    fn a_hole_is_never_blended_and_nothing_is_extrapolated() {
        let map = map();
        assert_eq!(map.cop(20.0, 35.0), Err(OutsideMap::Envelope));
        assert_eq!(map.cop(19.0, 44.0), Err(OutsideMap::Envelope));
        assert_eq!(map.cop(-0.1, 45.0), Err(OutsideMap::Grid));
        assert_eq!(map.cop(5.0, 55.1), Err(OutsideMap::Grid));
        assert_eq!(map.cop(f64::NAN, 45.0), Err(OutsideMap::Grid));
    }

    #[test]
    fn a_grid_that_is_none_is_refused() {
        let one = |source, sink, cop: &[f64]| CopMap::new(source, sink, cop).unwrap_err();
        assert_eq!(one(vec![], vec![1.0], &[]), MapError::Shape);
        assert_eq!(one(vec![2.0, 1.0], vec![1.0], &[3.0, 3.0]), MapError::Order);
        assert_eq!(
            one(vec![1.0], vec![1.0, 2.0], &[3.0, 0.7]),
            MapError::Value { row: 0, column: 1 }
        );
    }

    proptest! {
        #[test]
        fn an_answer_lies_between_its_neighbours(source in 0.0..20.0_f64, sink in 35.0..55.0_f64) {
            if let Ok(cop) = map().cop(source, sink) {
                prop_assert!((3.0..=5.5).contains(&cop), "{cop}");
            }
        }
    }
}
