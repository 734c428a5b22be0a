//! The parts of protocol buffers that OpenStreetMap's binary format uses.

/// Bytes that are no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a message ends too early or is garbled")]
pub(super) struct Broken;

/// A value with its field number.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'b> {
    Number(u64),
    Bytes(&'b [u8]),
    /// Four or eight bytes, of no use here.
    Fixed,
}

/// Fields of a message, in the order of the bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Message<'b>(pub(super) &'b [u8]);

impl<'b> Message<'b> {
    /// The next field; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<(u64, Value<'b>)>, Broken> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let key = varint(&mut self.0)?;
        let value = match key & 7 {
            0 => Value::Number(varint(&mut self.0)?),
            1 => self.take(8).map(|_| Value::Fixed)?,
            2 => {
                let length = usize::try_from(varint(&mut self.0)?).map_err(|_| Broken)?;
                Value::Bytes(self.take(length)?)
            }
            5 => self.take(4).map(|_| Value::Fixed)?,
            _ => return Err(Broken),
        };
        Ok(Some((key >> 3, value)))
    }

    fn take(&mut self, count: usize) -> Result<&'b [u8], Broken> {
        let (head, tail) = self.0.split_at_checked(count).ok_or(Broken)?;
        self.0 = tail;
        Ok(head)
    }
}

/// A number in groups of seven bits, low ones first.
fn varint(bytes: &mut &[u8]) -> Result<u64, Broken> {
    let mut number = 0_u64;
    for (n, byte) in bytes.iter().enumerate().take(10) {
        number |= u64::from(byte & 0x7f) << (7 * n);
        if byte & 0x80 == 0 {
            *bytes = &bytes[n + 1..];
            return Ok(number);
        }
    }
    Err(Broken)
}

/// Numbers written one after another.
pub(super) fn packed(mut bytes: &[u8]) -> Result<Vec<u64>, Broken> {
    let mut numbers = Vec::with_capacity(bytes.len());
    while !bytes.is_empty() {
        numbers.push(varint(&mut bytes)?);
    }
    Ok(numbers)
}

/// Signed number of its zigzag form.
pub(super) const fn signed(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// Running sums of signed steps.
pub(super) fn deltas(bytes: &[u8]) -> Result<Vec<i64>, Broken> {
    let mut sum = 0_i64;
    let steps = packed(bytes)?;
    Ok(steps
        .into_iter()
        .map(|step| {
            sum = sum.wrapping_add(signed(step));
            sum
        })
        .collect())
}
