//! Coefficients: integers of any size that count and move in decimal digits. Up to 128 bits stand in the value itself.

use crate::BigInt;
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};
use std::cmp::Ordering;

/// More digits than this are not made: the caller reports that memory is short.
pub const MAX_SHIFT: u64 = 1 << 31;

/// See the module.
#[derive(Clone, Debug)]
pub enum Coef {
    /// Low and high half of what fits 128 bits. Two words, since object payloads have the alignment of one.
    Small(u64, u64),
    /// What does not fit.
    Big(Box<BigUint>),
}

/// What was cut off below the last digit, compared with half of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rest {
    Zero,
    Below,
    Half,
    Above,
}

const POWERS: [u128; 39] = {
    let mut p = [1u128; 39];
    let mut i = 1;
    while i < 39 {
        p[i] = p[i - 1] * 10;
        i += 1;
    }
    p
};

fn big_power(n: u64) -> BigUint {
    match POWERS.get(n as usize) {
        Some(p) => BigUint::from(*p),
        // 10**n is 5**n shifted: half of the work is a shift.
        None => BigUint::from(5u32).pow(n as u32) << n,
    }
}

fn small_digits(n: u128) -> u64 {
    n.checked_ilog10().map_or(1, |d| u64::from(d) + 1)
}

impl Coef {
    pub const ZERO: Coef = Coef::Small(0, 0);
    pub const ONE: Coef = Coef::Small(1, 0);

    #[inline]
    pub fn from_u128(n: u128) -> Coef {
        Coef::Small(n as u64, (n >> 64) as u64)
    }
    pub fn from_big(n: BigUint) -> Coef {
        match n.to_u128() {
            Some(n) => Coef::from_u128(n),
            None => Coef::Big(Box::new(n)),
        }
    }
    /// The magnitude of an integer.
    pub fn from_bigint(n: &BigInt) -> Coef {
        Coef::from_big(n.0.magnitude().clone())
    }
    pub fn to_bigint(&self) -> BigInt {
        BigInt(self.to_big().into())
    }
    #[inline]
    pub fn small(&self) -> Option<u128> {
        match self {
            Coef::Small(low, high) => Some(u128::from(*high) << 64 | u128::from(*low)),
            Coef::Big(_) => None,
        }
    }
    pub fn to_big(&self) -> BigUint {
        match self {
            Coef::Big(b) => (**b).clone(),
            Coef::Small(low, high) => BigUint::from(u128::from(*high) << 64 | u128::from(*low)),
        }
    }
    #[inline]
    pub fn is_zero(&self) -> bool {
        matches!(self, Coef::Small(0, 0))
    }
    pub fn is_odd(&self) -> bool {
        match self {
            Coef::Small(low, _) => low & 1 == 1,
            Coef::Big(b) => b.is_odd(),
        }
    }
    /// The last digit.
    pub fn last_digit(&self) -> u8 {
        match (self.small(), self) {
            (Some(n), _) => (n % 10) as u8,
            (None, Coef::Big(b)) => (&**b % 10u32).to_u8().unwrap_or(0),
            _ => 0,
        }
    }
    /// How many digits it has; zero has one.
    pub fn digits(&self) -> u64 {
        match self {
            Coef::Small(low, 0) => low.checked_ilog10().map_or(1, |d| u64::from(d) + 1),
            Coef::Small(..) => small_digits(self.small().unwrap_or(0)),
            Coef::Big(b) => {
                // The logarithm of the first 64 bits is exact enough, except next to a power of ten.
                let bits = b.bits();
                let shift = bits.saturating_sub(64);
                let head = (&**b >> shift).to_f64().unwrap_or(1.0);
                let log = head.log10() + shift as f64 * std::f64::consts::LOG10_2;
                let guess = log.floor();
                let near = log - guess < 1e-6 || log - guess > 1.0 - 1e-6;
                let guess = guess as u64;
                if !near {
                    return guess + 1;
                }
                let nearest = log.round() as u64;
                nearest + u64::from(**b >= big_power(nearest))
            }
        }
    }
    pub fn cmp(&self, other: &Coef) -> Ordering {
        match (self.small(), other.small()) {
            (Some(a), Some(b)) => a.cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => self.to_big().cmp(&other.to_big()),
        }
    }
    pub fn add(&self, other: &Coef) -> Coef {
        if let (Some(a), Some(b)) = (self.small(), other.small())
            && let Some(n) = a.checked_add(b)
        {
            return Coef::from_u128(n);
        }
        Coef::from_big(self.to_big() + other.to_big())
    }
    /// The difference; `other` is not larger.
    pub fn sub(&self, other: &Coef) -> Coef {
        match (self.small(), other.small()) {
            (Some(a), Some(b)) => Coef::from_u128(a.saturating_sub(b)),
            _ => Coef::from_big(self.to_big() - other.to_big()),
        }
    }
    pub fn mul(&self, other: &Coef) -> Coef {
        match (self, other) {
            (Coef::Small(a, 0), Coef::Small(b, 0)) => {
                return Coef::from_u128(u128::from(*a) * u128::from(*b));
            }
            (Coef::Big(a), Coef::Big(b)) => return Coef::from_big(&**a * &**b),
            _ => {}
        }
        if let (Some(a), Some(b)) = (self.small(), other.small())
            && let Some(n) = a.checked_mul(b)
        {
            return Coef::from_u128(n);
        }
        Coef::from_big(self.to_big() * other.to_big())
    }
    /// Quotient and remainder; `other` is not zero.
    pub fn div_rem(&self, other: &Coef) -> (Coef, Coef) {
        match (self.small(), other.small()) {
            (Some(a), Some(b)) if b != 0 => {
                if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
                    return (Coef::Small(a / b, 0), Coef::Small(a % b, 0));
                }
                let q = a / b;
                (Coef::from_u128(q), Coef::from_u128(a - q * b))
            }
            (Some(_), None) => (Coef::ZERO, self.clone()),
            _ => {
                let (q, r) = self.to_big().div_rem(&other.to_big());
                (Coef::from_big(q), Coef::from_big(r))
            }
        }
    }
    /// Times 10**n. `None` if that is too long.
    pub fn shifted_up(&self, n: u64) -> Option<Coef> {
        if n == 0 || self.is_zero() {
            return Some(self.clone());
        }
        if let Some(a) = self.small()
            && let Some(p) = POWERS.get(n as usize)
            && let Some(r) = a.checked_mul(*p)
        {
            return Some(Coef::from_u128(r));
        }
        if n > MAX_SHIFT {
            return None;
        }
        Some(Coef::from_big(self.to_big() * big_power(n)))
    }
    /// Divided by 10**n, and what was cut off.
    pub fn shifted_down(&self, n: u64) -> (Coef, Rest) {
        if n == 0 {
            return (self.clone(), Rest::Zero);
        }
        if let Some(a) = self.small() {
            let Some(p) = POWERS.get(n as usize) else {
                let rest = if a == 0 { Rest::Zero } else { Rest::Below };
                return (Coef::ZERO, rest);
            };
            let (q, r) = match (u64::try_from(a), u64::try_from(*p)) {
                (Ok(a), Ok(p)) => (u128::from(a / p), u128::from(a % p)),
                _ => {
                    let q = a / p;
                    (q, a - q * p)
                }
            };
            let rest = match (r, r.cmp(&(p / 2))) {
                (0, _) => Rest::Zero,
                (_, Ordering::Less) => Rest::Below,
                (_, Ordering::Equal) => Rest::Half,
                (_, Ordering::Greater) => Rest::Above,
            };
            return (Coef::from_u128(q), rest);
        }
        if n > self.digits() {
            return (Coef::ZERO, Rest::Below);
        }
        let p = big_power(n);
        let (q, r) = self.to_big().div_rem(&p);
        let rest = if r.is_zero() {
            Rest::Zero
        } else {
            match (r * 2u32).cmp(&p) {
                Ordering::Less => Rest::Below,
                Ordering::Equal => Rest::Half,
                Ordering::Greater => Rest::Above,
            }
        };
        (Coef::from_big(q), rest)
    }
    /// The integer square root.
    pub fn sqrt(&self) -> Coef {
        match self.small() {
            Some(n) => Coef::from_u128(n.isqrt()),
            None => Coef::from_big(self.to_big().sqrt()),
        }
    }
    /// How many of the last digits are zeros, at most `limit`; and the number without them.
    pub fn without_zeros(&self, limit: u64) -> (Coef, u64) {
        if self.is_zero() {
            return (self.clone(), 0);
        }
        let mut at = self.clone();
        let mut gone = 0;
        // Big numbers lose zeros in large steps first.
        let mut step = 1u64 << 16;
        while step > 0 {
            if matches!(at, Coef::Small(..)) {
                step = step.min(16);
            }
            if gone + step <= limit {
                let (q, rest) = at.shifted_down(step);
                if rest == Rest::Zero && !q.is_zero() {
                    at = q;
                    gone += step;
                    continue;
                }
            }
            step /= 2;
        }
        (at, gone)
    }
    pub fn to_text(&self) -> String {
        match self.small() {
            Some(n) => n.to_string(),
            None => self.to_big().to_string(),
        }
    }
    /// Reads ASCII digits.
    pub fn of_digits(digits: &[u8]) -> Coef {
        if digits.len() <= 38 {
            let n = digits
                .iter()
                .fold(0u128, |n, d| n * 10 + u128::from(d.wrapping_sub(b'0')));
            return Coef::from_u128(n);
        }
        Coef::from_big(BigUint::parse_bytes(digits, 10).unwrap_or_default())
    }
    /// Modulo the prime of Python's hashes, times 10**exp.
    pub fn hash_residue(&self, exp: i64) -> u64 {
        const PRIME: u64 = (1 << 61) - 1;
        let big = self.to_big() % PRIME;
        let power = |base: u64, n: i64| {
            let (mut result, mut base, mut n) = (1u128, u128::from(base), n);
            let p = u128::from(PRIME);
            while n > 0 {
                if n & 1 == 1 {
                    result = result * base % p;
                }
                base = base * base % p;
                n >>= 1;
            }
            result
        };
        // The inverse of ten modulo the prime.
        let inverse = power(10, PRIME as i64 - 2) as u64;
        let scale = if exp >= 0 {
            power(10, exp)
        } else {
            power(inverse, -exp)
        };
        (u128::from(big.to_u64().unwrap_or(0)) * scale % u128::from(PRIME)) as u64
    }
}
