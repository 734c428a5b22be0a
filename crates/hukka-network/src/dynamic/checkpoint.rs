//! The bytes of a checkpoint: numbers as they are, so that a run goes on bit for bit.

use super::error::Error;

/// First bytes of every checkpoint; the digit is the version.
const MARK: &[u8; 8] = b"hukka-d1";

/// Collects numbers.
#[derive(Debug)]
pub(crate) struct Writer(Vec<u8>);

impl Default for Writer {
    fn default() -> Self {
        Self(MARK.to_vec())
    }
}

impl Writer {
    pub(crate) fn number(&mut self, value: f64) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn count(&mut self, value: usize) {
        self.0.extend_from_slice(&(value as u64).to_le_bytes());
    }

    pub(crate) fn numbers(&mut self, values: &[f64]) {
        self.count(values.len());
        for value in values {
            self.number(*value);
        }
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Gives the numbers back in the same order.
#[derive(Debug)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, Error> {
        bytes.strip_prefix(MARK).map(Self).ok_or(Error::Checkpoint {
            why: "it does not begin as one of this version does",
        })
    }

    fn eight(&mut self) -> Result<[u8; 8], Error> {
        let (first, rest) = self.0.split_first_chunk::<8>().ok_or(Error::Checkpoint {
            why: "it ends too early",
        })?;
        self.0 = rest;
        Ok(*first)
    }

    pub(crate) fn number(&mut self) -> Result<f64, Error> {
        self.eight().map(f64::from_le_bytes)
    }

    /// A count of things of at least eight bytes each that follow.
    pub(crate) fn count(&mut self) -> Result<usize, Error> {
        self.eight().map(|bytes| u64::from_le_bytes(bytes) as usize)
    }

    pub(crate) fn numbers_into(&mut self, values: &mut [f64]) -> Result<(), Error> {
        if self.count()? != values.len() {
            return Err(Error::Checkpoint {
                why: "a list has another length",
            });
        }
        for value in values {
            *value = self.number()?;
        }
        Ok(())
    }

    pub(crate) fn end(&self) -> Result<(), Error> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(Error::Checkpoint {
            why: "it goes on after its end",
        })
    }
}
