//! `int.to_bytes` and `int.from_bytes` for [`BigInt`].

use crate::BigInt;
use num_bigint::{BigInt as Repr, Sign};

/// Why an integer has no form in the wanted bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ToBytesError {
    /// "can't convert negative int to unsigned"
    Negative,
    /// "int too big to convert"
    TooBig,
}

impl BigInt {
    /// Reads an integer from its bytes.
    pub fn from_bytes(bytes: &[u8], little_endian: bool, signed: bool) -> BigInt {
        BigInt(match (little_endian, signed) {
            (true, true) => Repr::from_signed_bytes_le(bytes),
            (false, true) => Repr::from_signed_bytes_be(bytes),
            (true, false) => Repr::from_bytes_le(Sign::Plus, bytes),
            (false, false) => Repr::from_bytes_be(Sign::Plus, bytes),
        })
    }

    /// The integer in exactly `length` bytes.
    pub fn to_bytes(
        &self,
        length: usize,
        little_endian: bool,
        signed: bool,
    ) -> Result<Vec<u8>, ToBytesError> {
        if self.is_negative() && !signed {
            return Err(ToBytesError::Negative);
        }
        let mut bytes = match (self.is_zero(), signed) {
            (true, _) => Vec::new(),
            (false, true) => self.0.to_signed_bytes_le(),
            (false, false) => self.0.magnitude().to_bytes_le(),
        };
        if bytes.len() > length {
            return Err(ToBytesError::TooBig);
        }
        bytes.resize(length, if self.is_negative() { 0xff } else { 0 });
        if !little_endian {
            bytes.reverse();
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_go_both_ways() {
        let n = BigInt::from_i64(-1024);
        assert_eq!(n.to_bytes(4, false, true), Ok(vec![0xff, 0xff, 0xfc, 0x00]));
        assert_eq!(n.to_bytes(2, true, true), Ok(vec![0x00, 0xfc]));
        assert_eq!(n.to_bytes(1, true, true), Err(ToBytesError::TooBig));
        assert_eq!(n.to_bytes(4, true, false), Err(ToBytesError::Negative));
        assert_eq!(
            BigInt::from_i64(128).to_bytes(1, true, true),
            Err(ToBytesError::TooBig)
        );
        assert_eq!(
            BigInt::from_i64(-128).to_bytes(1, true, true),
            Ok(vec![0x80])
        );
        assert_eq!(BigInt::zero().to_bytes(0, true, true), Ok(vec![]));
        assert_eq!(
            BigInt::from_i64(255).to_bytes(1, true, false),
            Ok(vec![255])
        );
        assert_eq!(BigInt::from_bytes(&[0xfc, 0], false, true), n);
        assert_eq!(
            BigInt::from_bytes(&[0xfc, 0], true, false),
            BigInt::from_i64(252)
        );
        assert_eq!(BigInt::from_bytes(&[], true, true), BigInt::zero());
    }
}
