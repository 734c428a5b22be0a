//! The descriptions of paths this crate writes, read back.

use super::drawing::Lie;
use super::sheet::Step;

/// Splits a description into letters and numbers.
fn tokens(description: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let bytes = description.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let byte = bytes[i];
        if byte.is_ascii_alphabetic() {
            out.push(Token::Command(byte));
            i += 1;
        } else if byte == b'-' || byte == b'.' || byte.is_ascii_digit() {
            let start = i;
            i += 1;
            while i < bytes.len() && (bytes[i] == b'.' || bytes[i].is_ascii_digit()) {
                i += 1;
            }
            let number = description[start..i].parse().unwrap_or(0.0);
            out.push(Token::Number(number));
        } else {
            i += 1;
        }
    }
    out
}

#[derive(Debug, Clone, Copy)]
enum Token {
    Command(u8),
    Number(f32),
}

/// Steps of a path on paper; pieces wholly outside an area are left out.
pub(super) fn steps(description: &str, lie: Lie, area: [f32; 4]) -> Vec<Step> {
    let mut reader = Reader {
        lie,
        area,
        at: (0.0, 0.0),
        piece: Vec::new(),
        reach: [
            f32::INFINITY,
            f32::INFINITY,
            f32::NEG_INFINITY,
            f32::NEG_INFINITY,
        ],
        steps: Vec::new(),
    };
    let mut numbers: Vec<f32> = Vec::new();
    let mut command = b'M';
    for token in tokens(description) {
        match token {
            Token::Command(letter) => {
                numbers.clear();
                command = letter;
                if letter.eq_ignore_ascii_case(&b'z') {
                    reader.piece.push(Step::Close);
                }
            }
            Token::Number(number) => {
                numbers.push(number);
                if numbers.len() == needs(command) {
                    reader.step(command, &numbers);
                    numbers.clear();
                    // Further pairs after a start are lines.
                    command = match command {
                        b'M' => b'L',
                        b'm' => b'l',
                        other => other,
                    };
                }
            }
        }
    }
    reader.end();
    reader.steps
}

/// Numbers a command takes.
const fn needs(command: u8) -> usize {
    match command {
        b'H' | b'h' | b'V' | b'v' => 1,
        b'C' | b'c' => 6,
        _ => 2,
    }
}

struct Reader {
    lie: Lie,
    area: [f32; 4],
    at: (f32, f32),
    piece: Vec<Step>,
    reach: [f32; 4],
    steps: Vec<Step>,
}

impl Reader {
    fn step(&mut self, command: u8, numbers: &[f32]) {
        let is_relative = command.is_ascii_lowercase();
        let (dx, dy) = if is_relative { self.at } else { (0.0, 0.0) };
        match command.to_ascii_uppercase() {
            b'M' => {
                self.end();
                self.at = (numbers[0] + dx, numbers[1] + dy);
                let (x, y) = self.put(self.at);
                self.piece.push(Step::Move(x, y));
            }
            b'C' => {
                let a = self.put((numbers[0] + dx, numbers[1] + dy));
                let b = self.put((numbers[2] + dx, numbers[3] + dy));
                self.at = (numbers[4] + dx, numbers[5] + dy);
                let end = self.put(self.at);
                self.piece
                    .push(Step::Curve([a.0, a.1, b.0, b.1, end.0, end.1]));
            }
            letter => {
                self.at = match letter {
                    b'H' => (numbers[0] + dx, self.at.1),
                    b'V' => (self.at.0, numbers[0] + dy),
                    _ => (numbers[0] + dx, numbers[1] + dy),
                };
                let (x, y) = self.put(self.at);
                self.piece.push(Step::Line(x, y));
            }
        }
    }

    /// A point on paper, remembered in the reach of the piece.
    fn put(&mut self, point: (f32, f32)) -> (f32, f32) {
        let (x, y) = self.lie.at(point.0, point.1);
        self.reach[0] = self.reach[0].min(x);
        self.reach[1] = self.reach[1].min(y);
        self.reach[2] = self.reach[2].max(x);
        self.reach[3] = self.reach[3].max(y);
        (x, y)
    }

    /// Keeps the piece when any of it may be seen.
    fn end(&mut self) {
        let [left, top, right, bottom] = self.area;
        let is_seen = self.reach[0] <= right
            && self.reach[2] >= left
            && self.reach[1] <= bottom
            && self.reach[3] >= top;
        if is_seen {
            self.steps.append(&mut self.piece);
        }
        self.piece.clear();
        self.reach = [
            f32::INFINITY,
            f32::INFINITY,
            f32::NEG_INFINITY,
            f32::NEG_INFINITY,
        ];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Lie = Lie {
        scale: 1.0,
        x: 0.0,
        y: 0.0,
    };

    fn ends(description: &str) -> Vec<(f32, f32)> {
        steps(description, PLAIN, [-100.0, -100.0, 100.0, 100.0])
            .into_iter()
            .filter_map(|step| match step {
                Step::Move(x, y) | Step::Line(x, y) | Step::Curve([_, _, _, _, x, y]) => {
                    Some((x, y))
                }
                Step::Close => None,
            })
            .collect()
    }

    #[test]
    fn relative_and_absolute_steps_lead_to_the_same_place() {
        let expected = vec![(1.0, 2.0), (4.0, 6.0), (2.0, 5.5), (2.0, 7.0), (9.0, 7.0)];
        assert_eq!(ends("M1 2L4 6L2 5.5V7H9"), expected);
        assert_eq!(ends("M1 2l3 4 -2 -.5v1.5h7"), expected);
    }

    #[test]
    fn pieces_out_of_sight_are_left_out() {
        assert_eq!(
            ends("M1 2L4 6zM500 500L600 600"),
            vec![(1.0, 2.0), (4.0, 6.0)]
        );
    }
}
