//! Minimum up and down times in steps, whatever the lengths of the steps.

/// Tolerance on sums of step lengths, h.
const SAME_HOURS: f64 = 1e-9;

/// For every step of a window the last step that a state begun there must last.
///
/// State begun in `t` lasts through the smallest `j` with `Σ_{t..=j} h ≥ hours`; for steps of equal
/// length that is `⌈hours/h⌉` steps. The index may lie past the window: the time is cut there.
pub(crate) fn last_steps(step_hours: &[f64], hours: f64) -> Vec<usize> {
    let mut ends = Vec::with_capacity(step_hours.len());
    let (mut end, mut sum) = (0, 0.0);
    for (start, length) in step_hours.iter().enumerate() {
        if end <= start {
            (end, sum) = (start + 1, *length);
        }
        while sum < hours - SAME_HOURS && end < step_hours.len() {
            sum += step_hours[end];
            end += 1;
        }
        let is_cut = sum < hours - SAME_HOURS;
        ends.push(if is_cut { usize::MAX } else { end - 1 });
        sum -= length;
    }
    ends
}

/// Steps at the start of a window that a state held for `held` hours must still last.
pub(crate) fn steps_to_go(step_hours: &[f64], held: f64, least: f64) -> usize {
    let mut passed = held;
    let mut steps = 0;
    for hours in step_hours {
        if passed >= least - SAME_HOURS {
            break;
        }
        passed += hours;
        steps += 1;
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_steps_last_the_rounded_up_number_of_steps() {
        assert_eq!(
            last_steps(&[1.0; 5], 2.5),
            [2, 3, 4, usize::MAX, usize::MAX]
        );
        assert_eq!(last_steps(&[0.25; 4], 0.5), [1, 2, 3, usize::MAX]);
        assert_eq!(last_steps(&[1.0; 3], 0.0), [0, 1, 2]);
    }

    #[test]
    fn mixed_steps_count_hours_not_steps() {
        assert_eq!(
            last_steps(&[0.25, 0.25, 0.5, 1.0, 1.0], 1.0),
            [2, 3, 3, 3, 4]
        );
    }

    #[test]
    fn a_state_held_long_enough_is_free() {
        assert_eq!(steps_to_go(&[1.0; 5], 4.0, 4.0), 0);
        assert_eq!(steps_to_go(&[1.0; 5], 1.0, 4.0), 3);
        assert_eq!(steps_to_go(&[0.5; 3], 0.0, 4.0), 3);
        assert_eq!(steps_to_go(&[1.0; 5], f64::INFINITY, 4.0), 0);
    }
}
