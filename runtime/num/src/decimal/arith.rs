//! The four operations, remainders, and comparison.

use super::{Coef, Dec, Kind, Rounding, Rules, status};
use std::cmp::Ordering;

/// The NaN that an operation on these has, if one of them is a NaN: the first signaling one, else the first.
pub(super) fn nan_of(a: &Dec, b: Option<&Dec>, r: &Rules, st: &mut u32) -> Option<Dec> {
    let is = |d: &Dec, k: Kind| d.kind == k;
    let pick = if is(a, Kind::Signaling) {
        a
    } else if let Some(b) = b.filter(|b| is(b, Kind::Signaling)) {
        b
    } else if a.is_nan() {
        a
    } else {
        b.filter(|b| b.is_nan())?
    };
    if is(pick, Kind::Signaling) {
        *st |= status::INVALID_OPERATION;
    }
    Some(
        Dec {
            kind: Kind::Quiet,
            ..pick.clone()
        }
        .fit_nan(r),
    )
}

/// Numeric order; no NaNs.
pub fn order(a: &Dec, b: &Dec) -> Ordering {
    let sign = |d: &Dec| match (d.is_zero(), d.neg) {
        (true, _) => 0,
        (false, true) => -1,
        (false, false) => 1,
    };
    let (sa, sb) = (sign(a), sign(b));
    if sa != sb || sa == 0 {
        return sa.cmp(&sb);
    }
    let magnitude = magnitude_order(a, b);
    if sa < 0 {
        magnitude.reverse()
    } else {
        magnitude
    }
}

/// Order without regard to signs; no NaNs.
pub fn magnitude_order(a: &Dec, b: &Dec) -> Ordering {
    match (a.is_infinite(), b.is_infinite()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        _ => {}
    }
    match (a.coef.is_zero(), b.coef.is_zero()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Less,
        (false, true) => return Ordering::Greater,
        _ => {}
    }
    if a.exp == b.exp {
        return a.coef.cmp(&b.coef);
    }
    match a.adjusted().cmp(&b.adjusted()) {
        Ordering::Equal => {}
        other => return other,
    }
    // The same first digit's place: the shorter coefficient is filled up.
    if a.exp > b.exp {
        match a.coef.shifted_up(a.exp.abs_diff(b.exp)) {
            Some(c) => c.cmp(&b.coef),
            None => Ordering::Greater,
        }
    } else {
        match b.coef.shifted_up(b.exp.abs_diff(a.exp)) {
            Some(c) => a.coef.cmp(&c),
            None => Ordering::Less,
        }
    }
}

impl Dec {
    pub fn add(&self, b: &Dec, r: &Rules, st: &mut u32) -> Dec {
        self.add_signed(b, b.neg, r, st)
    }
    pub fn sub(&self, b: &Dec, r: &Rules, st: &mut u32) -> Dec {
        self.add_signed(b, !b.neg, r, st)
    }
    fn add_signed(&self, b: &Dec, b_neg: bool, r: &Rules, st: &mut u32) -> Dec {
        let a = self;
        if !a.is_finite() || !b.is_finite() {
            if let Some(n) = nan_of(a, Some(b), r, st) {
                return n;
            }
            return match (a.is_infinite(), b.is_infinite()) {
                (true, true) if a.neg != b_neg => Dec::invalid(status::INVALID_OPERATION, st),
                (true, _) => Dec::infinity(a.neg),
                _ => Dec::infinity(b_neg),
            };
        }
        let low = a.exp.min(b.exp);
        let zero_neg = r.rounding == Rounding::Floor && a.neg != b_neg;
        match (a.coef.is_zero(), b.coef.is_zero()) {
            (true, true) => {
                let neg = if a.neg == b_neg { a.neg } else { zero_neg };
                return Dec::zero(neg, low).fit(r, st);
            }
            (true, false) => return widened(b, b_neg, low, r, st),
            (false, true) => return widened(a, a.neg, low, r, st),
            _ => {}
        }
        let ((ca, cb), exp) = if a.exp == b.exp {
            ((a.coef.clone(), b.coef.clone()), a.exp)
        } else {
            let (large, small) = if a.exp > b.exp { (a, b) } else { (b, a) };
            let Some((l, s, exp)) = aligned(large, small, r.prec) else {
                return Dec::invalid(status::MEMORY, st);
            };
            (if a.exp > b.exp { (l, s) } else { (s, l) }, exp)
        };
        if a.neg == b_neg {
            return Dec::finite(a.neg, ca.add(&cb), exp).fit(r, st);
        }
        match ca.cmp(&cb) {
            Ordering::Equal => Dec::zero(zero_neg, exp).fit(r, st),
            Ordering::Greater => Dec::finite(a.neg, ca.sub(&cb), exp).fit(r, st),
            Ordering::Less => Dec::finite(b_neg, cb.sub(&ca), exp).fit(r, st),
        }
    }
    pub fn mul(&self, b: &Dec, r: &Rules, st: &mut u32) -> Dec {
        let neg = self.neg != b.neg;
        if !self.is_finite() || !b.is_finite() {
            if let Some(n) = nan_of(self, Some(b), r, st) {
                return n;
            }
            if self.is_zero() || b.is_zero() {
                return Dec::invalid(status::INVALID_OPERATION, st);
            }
            return Dec::infinity(neg);
        }
        Dec::finite(neg, self.coef.mul(&b.coef), self.exp.saturating_add(b.exp)).fit(r, st)
    }
    /// The exact product, to be added to something.
    pub fn mul_exact(&self, b: &Dec) -> Dec {
        Dec::finite(
            self.neg != b.neg,
            self.coef.mul(&b.coef),
            self.exp.saturating_add(b.exp),
        )
    }
    pub fn div(&self, b: &Dec, r: &Rules, st: &mut u32) -> Dec {
        let neg = self.neg != b.neg;
        if let Some(n) = nan_of(self, Some(b), r, st) {
            return n;
        }
        match (self.is_infinite(), b.is_infinite()) {
            (true, true) => return Dec::invalid(status::INVALID_OPERATION, st),
            (true, false) => return Dec::infinity(neg),
            (false, true) => {
                *st |= status::CLAMPED;
                return Dec::zero(neg, r.etiny());
            }
            _ => {}
        }
        if b.coef.is_zero() {
            if self.coef.is_zero() {
                return Dec::invalid(status::DIVISION_UNDEFINED, st);
            }
            *st |= status::DIVISION_BY_ZERO;
            return Dec::infinity(neg);
        }
        let ideal = self.exp.saturating_sub(b.exp);
        if self.coef.is_zero() {
            return Dec::zero(neg, ideal).fit(r, st);
        }
        let shift = b.coef.digits() as i64 - self.coef.digits() as i64 + r.prec + 1;
        let mut exp = ideal.saturating_sub(shift);
        let scaled = if shift >= 0 {
            self.coef
                .shifted_up(shift as u64)
                .map(|c| c.div_rem(&b.coef))
        } else {
            b.coef
                .shifted_up(shift.unsigned_abs())
                .map(|c| self.coef.div_rem(&c))
        };
        let Some((mut q, rest)) = scaled else {
            return Dec::invalid(status::MEMORY, st);
        };
        if !rest.is_zero() {
            // A last digit that is not 0 or 5 says that the result is inexact, whatever the rounding.
            if matches!(q.last_digit(), 0 | 5) {
                q = q.add(&Coef::ONE);
            }
        } else if exp < ideal {
            let (shorter, gone) = q.without_zeros(ideal.abs_diff(exp));
            q = shorter;
            exp += gone as i64;
        }
        Dec::finite(neg, q, exp).fit(r, st)
    }
    /// Integer quotient and remainder of finite numbers, `b` not zero.
    fn divide(&self, b: &Dec, r: &Rules) -> Result<(Dec, Dec), u32> {
        let neg = self.neg != b.neg;
        let ideal = if b.is_infinite() {
            self.exp
        } else {
            self.exp.min(b.exp)
        };
        let gap = if b.is_infinite() {
            -2
        } else {
            self.adjusted() - b.adjusted()
        };
        if self.coef.is_zero() || b.is_infinite() || gap <= -2 {
            let mut ignored = 0;
            let rest = self
                .rescaled(ideal, r.rounding, &mut ignored)
                .ok_or(status::MEMORY)?;
            return Ok((Dec::zero(neg, 0), rest));
        }
        if gap <= r.prec {
            let (ca, cb) = if self.exp >= b.exp {
                let up = self
                    .coef
                    .shifted_up(self.exp.abs_diff(b.exp))
                    .ok_or(status::MEMORY)?;
                (up, b.coef.clone())
            } else {
                let up = b
                    .coef
                    .shifted_up(b.exp.abs_diff(self.exp))
                    .ok_or(status::MEMORY)?;
                (self.coef.clone(), up)
            };
            let (q, rest) = ca.div_rem(&cb);
            if q.digits() as i64 <= r.prec {
                return Ok((Dec::finite(neg, q, 0), Dec::finite(self.neg, rest, ideal)));
            }
        }
        Err(status::DIVISION_IMPOSSIBLE)
    }
    pub fn div_int(&self, b: &Dec, r: &Rules, st: &mut u32) -> Dec {
        let neg = self.neg != b.neg;
        if let Some(n) = nan_of(self, Some(b), r, st) {
            return n;
        }
        if self.is_infinite() {
            return if b.is_infinite() {
                Dec::invalid(status::INVALID_OPERATION, st)
            } else {
                Dec::infinity(neg)
            };
        }
        if b.is_zero() {
            if self.is_zero() {
                return Dec::invalid(status::DIVISION_UNDEFINED, st);
            }
            *st |= status::DIVISION_BY_ZERO;
            return Dec::infinity(neg);
        }
        match self.divide(b, r) {
            Ok((q, _)) => q,
            Err(c) => Dec::invalid(c, st),
        }
    }
    pub fn rem(&self, b: &Dec, r: &Rules, st: &mut u32) -> Dec {
        if let Some(n) = nan_of(self, Some(b), r, st) {
            return n;
        }
        if self.is_infinite() {
            return Dec::invalid(status::INVALID_OPERATION, st);
        }
        if b.is_zero() {
            let c = if self.is_zero() {
                status::DIVISION_UNDEFINED
            } else {
                status::INVALID_OPERATION
            };
            return Dec::invalid(c, st);
        }
        match self.divide(b, r) {
            Ok((_, rest)) => rest.fit(r, st),
            Err(c) => Dec::invalid(c, st),
        }
    }
    pub fn div_mod(&self, b: &Dec, r: &Rules, st: &mut u32) -> (Dec, Dec) {
        if let Some(n) = nan_of(self, Some(b), r, st) {
            return (n.clone(), n);
        }
        let neg = self.neg != b.neg;
        if self.is_infinite() {
            let rest = Dec::invalid(status::INVALID_OPERATION, st);
            return if b.is_infinite() {
                (rest.clone(), rest)
            } else {
                (Dec::infinity(neg), rest)
            };
        }
        if b.is_zero() {
            if self.is_zero() {
                let n = Dec::invalid(status::DIVISION_UNDEFINED, st);
                return (n.clone(), n);
            }
            *st |= status::DIVISION_BY_ZERO;
            return (
                Dec::infinity(neg),
                Dec::invalid(status::INVALID_OPERATION, st),
            );
        }
        match self.divide(b, r) {
            Ok((q, rest)) => (q, rest.fit(r, st)),
            Err(c) => {
                let n = Dec::invalid(c, st);
                (n.clone(), n)
            }
        }
    }
}

/// A number plus a zero whose exponent asks for more digits.
fn widened(d: &Dec, neg: bool, low: i64, r: &Rules, st: &mut u32) -> Dec {
    let exp = low.max(d.exp.saturating_sub(r.prec + 1));
    if exp >= d.exp {
        return d.negated(neg).fit(r, st);
    }
    match d.coef.shifted_up(d.exp.abs_diff(exp)) {
        Some(c) => Dec::finite(neg, c, exp).fit(r, st),
        None => Dec::invalid(status::MEMORY, st),
    }
}

/// Coefficients with one exponent: of the number with the larger exponent first. A small one far below the last digit of the
/// result is replaced by a one that rounds the same.
fn aligned(large: &Dec, small: &Dec, prec: i64) -> Option<(Coef, Coef, i64)> {
    let (l_len, s_len) = (large.coef.digits() as i64, small.coef.digits() as i64);
    let limit = large
        .exp
        .saturating_add((-1).min(l_len.saturating_sub(prec).saturating_sub(2)));
    let (s, exp) = if s_len.saturating_add(small.exp) - 1 < limit {
        (Coef::ONE, limit)
    } else {
        (small.coef.clone(), small.exp)
    };
    let l = large.coef.shifted_up(large.exp.abs_diff(exp))?;
    Some((l, s, exp))
}
