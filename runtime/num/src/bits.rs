//! Bit operations of [`BigInt`], on the two's complement form of unlimited width.

use crate::BigInt;
use crate::arith::MAX_BITS;

impl BigInt {
    /// `self << count`; `None` when the result would not fit in memory.
    pub fn shl(&self, count: u64) -> Option<BigInt> {
        if self.is_zero() {
            return Some(BigInt::zero());
        }
        (self.bit_length().checked_add(count)? <= MAX_BITS).then(|| BigInt(&self.0 << count))
    }

    /// `self >> count`, rounding down.
    pub fn shr(&self, count: u64) -> BigInt {
        if count >= self.bit_length() {
            return BigInt::from_i64(if self.is_negative() { -1 } else { 0 });
        }
        BigInt(&self.0 >> count)
    }

    /// `self & other`
    pub fn and(&self, other: &BigInt) -> BigInt {
        BigInt(&self.0 & &other.0)
    }

    /// `self | other`
    pub fn or(&self, other: &BigInt) -> BigInt {
        BigInt(&self.0 | &other.0)
    }

    /// `self ^ other`
    pub fn xor(&self, other: &BigInt) -> BigInt {
        BigInt(&self.0 ^ &other.0)
    }

    /// `~self`
    pub fn not(&self) -> BigInt {
        BigInt(!&self.0)
    }

    /// `self.bit_length()`: bits of the magnitude.
    pub fn bit_length(&self) -> u64 {
        self.0.bits()
    }

    /// `self.bit_count()`: ones of the magnitude.
    pub fn bit_count(&self) -> u64 {
        self.0.magnitude().count_ones()
    }

    /// How many low bits are 0; `None` for 0.
    pub fn trailing_zeros(&self) -> Option<u64> {
        self.0.trailing_zeros()
    }
}

#[cfg(test)]
mod tests {
    use crate::BigInt;

    fn big(text: &str) -> BigInt {
        BigInt::parse(text, 0, 0).unwrap()
    }

    #[test]
    fn shifts_round_down() {
        assert_eq!(big("-5").shr(1), big("-3"));
        assert_eq!(big("-0x10000000000000001").shr(64), big("-2"));
        assert_eq!(big("-1").shr(1 << 50), big("-1"));
        assert_eq!(big("1").shr(1 << 50), big("0"));
        assert_eq!(big("1").shl(1 << 50), None);
        assert_eq!(big("0").shl(1 << 50), Some(big("0")));
        assert_eq!(big("-3").shl(70), Some(big("-3541774862152233910272")));
    }

    #[test]
    fn negative_operands_are_twos_complement() {
        let (a, b) = (
            big("-0x123456789abcdef0123456789"),
            big("0xfedcba9876543210f"),
        );
        assert_eq!(a.and(&b), big("0x64402008644020007"));
        assert_eq!(a.or(&b), big("-0x1234567800204460002044681"));
        assert_eq!(a.xor(&b), big("-0x1234567864606468646064688"));
        assert_eq!(a.not(), big("0x123456789abcdef0123456788"));
        assert_eq!((a.bit_length(), a.bit_count()), (97, 47));
    }
}
