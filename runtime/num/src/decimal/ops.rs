//! Operations on one number, and those that choose or move digits.

use super::arith::{magnitude_order, nan_of, order};
use super::round::cut;
use super::{Coef, Dec, Kind, Rounding, Rules, status};
use std::cmp::Ordering;

impl Dec {
    /// The number with another exponent, rounded if digits are lost; no check of the result. `None`: too long.
    pub fn rescaled(&self, exp: i64, how: Rounding, st: &mut u32) -> Option<Dec> {
        if !self.is_finite() {
            return Some(self.clone());
        }
        if self.coef.is_zero() {
            return Some(Dec::zero(self.neg, exp));
        }
        if self.exp >= exp {
            let coef = self.coef.shifted_up(self.exp.abs_diff(exp))?;
            return Some(Dec::finite(self.neg, coef, exp));
        }
        let (coef, inexact) = cut(&self.coef, exp.abs_diff(self.exp), self.neg, how);
        *st |= status::ROUNDED;
        if inexact {
            *st |= status::INEXACT;
        }
        Some(Dec::finite(self.neg, coef, exp))
    }
    pub fn plus(&self, r: &Rules, st: &mut u32) -> Dec {
        if let Some(n) = nan_of(self, None, r, st) {
            return n;
        }
        let neg = self.neg && (!self.is_zero() || r.rounding == Rounding::Floor);
        self.negated(neg).fit(r, st)
    }
    pub fn minus(&self, r: &Rules, st: &mut u32) -> Dec {
        if let Some(n) = nan_of(self, None, r, st) {
            return n;
        }
        let neg = if self.is_zero() {
            r.rounding == Rounding::Floor
        } else {
            !self.neg
        };
        self.negated(neg).fit(r, st)
    }
    pub fn abs(&self, r: &Rules, st: &mut u32) -> Dec {
        if self.neg && !self.is_nan() {
            self.minus(r, st)
        } else {
            self.plus(r, st)
        }
    }
    pub fn quantize(&self, e: &Dec, r: &Rules, st: &mut u32) -> Dec {
        if let Some(n) = nan_of(self, Some(e), r, st) {
            return n;
        }
        match (self.is_infinite(), e.is_infinite()) {
            (true, true) => return self.clone(),
            (false, false) => {}
            _ => return Dec::invalid(status::INVALID_OPERATION, st),
        }
        if e.exp < r.etiny() || e.exp > r.emax {
            return Dec::invalid(status::INVALID_OPERATION, st);
        }
        if self.coef.is_zero() {
            return Dec::zero(self.neg, e.exp).fit(r, st);
        }
        let adjusted = self.adjusted();
        if adjusted > r.emax || adjusted - e.exp + 1 > r.prec {
            return Dec::invalid(status::INVALID_OPERATION, st);
        }
        let mut met = 0;
        let Some(d) = self.rescaled(e.exp, r.rounding, &mut met) else {
            return Dec::invalid(status::MEMORY, st);
        };
        if d.adjusted() > r.emax || d.coef.digits() as i64 > r.prec {
            return Dec::invalid(status::INVALID_OPERATION, st);
        }
        if !d.coef.is_zero() && d.adjusted() < r.emin {
            met |= status::SUBNORMAL;
        }
        *st |= met;
        d.fit(r, st)
    }
    /// Rounded to an integer, if it has digits behind the point. `exact` tells of lost digits.
    pub fn to_integral(&self, how: Rounding, exact: bool, r: &Rules, st: &mut u32) -> Dec {
        if let Some(n) = nan_of(self, None, r, st) {
            return n;
        }
        if !self.is_finite() || self.exp >= 0 {
            return self.clone();
        }
        if self.coef.is_zero() {
            return Dec::zero(self.neg, 0);
        }
        let mut met = 0;
        let d = self.rescaled(0, how, &mut met);
        if exact {
            *st |= met;
        }
        d.unwrap_or_else(|| self.clone())
    }
    pub fn normalize(&self, r: &Rules, st: &mut u32) -> Dec {
        if let Some(n) = nan_of(self, None, r, st) {
            return n;
        }
        let d = self.clone().fit(r, st);
        if !d.is_finite() {
            return d;
        }
        if d.coef.is_zero() {
            return Dec::zero(d.neg, 0);
        }
        let top = if r.clamp { r.etop() } else { r.emax };
        let (coef, gone) = d
            .coef
            .without_zeros(top.saturating_sub(d.exp).max(0) as u64);
        Dec::finite(d.neg, coef, d.exp + gone as i64)
    }
    pub fn fma(&self, b: &Dec, c: &Dec, r: &Rules, st: &mut u32) -> Dec {
        let product = if self.kind == Kind::Signaling || b.kind == Kind::Signaling {
            return nan_of(self, Some(b), r, st).unwrap_or_else(Dec::nan);
        } else if self.is_nan() || b.is_nan() || self.is_infinite() || b.is_infinite() {
            let mut met = 0;
            let p = self.mul(b, r, &mut met);
            // Nothing is added to infinity times zero.
            if met & status::INVALID_OPERATION != 0 {
                *st |= met;
                return p;
            }
            p
        } else {
            self.mul_exact(b)
        };
        product.add(c, r, st)
    }
    pub fn sqrt(&self, r: &Rules, st: &mut u32) -> Dec {
        if let Some(n) = nan_of(self, None, r, st) {
            return n;
        }
        if self.is_infinite() && !self.neg {
            return self.clone();
        }
        if self.is_zero() {
            return Dec::zero(self.neg, self.exp.div_euclid(2)).fit(r, st);
        }
        if self.neg {
            return Dec::invalid(status::INVALID_OPERATION, st);
        }
        let prec = r.prec + 1;
        let mut exp = self.exp.div_euclid(2);
        let digits = self.coef.digits() as i64;
        let odd = self.exp.rem_euclid(2) == 1;
        let (c, length) = if odd {
            (self.coef.shifted_up(1), digits / 2 + 1)
        } else {
            (Some(self.coef.clone()), (digits + 1) / 2)
        };
        let shift = prec - length;
        let wide = c.and_then(|c| {
            if shift >= 0 {
                c.shifted_up(shift as u64 * 2).map(|c| (c, true))
            } else {
                let (q, rest) = c.shifted_down(shift.unsigned_abs() * 2);
                Some((q, rest == super::coef::Rest::Zero))
            }
        });
        let Some((c, mut exact)) = wide else {
            return Dec::invalid(status::MEMORY, st);
        };
        exp -= shift;
        let mut n = c.sqrt();
        exact = exact && n.mul(&n).cmp(&c) == Ordering::Equal;
        if exact {
            // The ideal exponent is half of the number's.
            n = if shift >= 0 {
                n.shifted_down(shift as u64).0
            } else {
                n.shifted_up(shift.unsigned_abs()).unwrap_or(n)
            };
            exp += shift;
        } else if matches!(n.last_digit(), 0 | 5) {
            n = n.add(&Coef::ONE);
        }
        let even = Rules {
            rounding: Rounding::HalfEven,
            ..*r
        };
        Dec::finite(false, n, exp).fit(&even, st)
    }
    /// -1, 0 or 1, or a NaN.
    pub fn compare(&self, b: &Dec, signal: bool, r: &Rules, st: &mut u32) -> Dec {
        if let Some(n) = nan_of(self, Some(b), r, st) {
            if signal {
                *st |= status::INVALID_OPERATION;
            }
            return n;
        }
        Dec::from_int(order(self, b) as i64)
    }
    /// The larger or smaller of two, by value or by magnitude.
    pub fn choose(&self, b: &Dec, larger: bool, magnitude: bool, r: &Rules, st: &mut u32) -> Dec {
        // A quiet NaN gives way to a number.
        match (self.kind, b.kind) {
            (Kind::Quiet, Kind::Finite | Kind::Infinite) => return b.clone().fit(r, st),
            (Kind::Finite | Kind::Infinite, Kind::Quiet) => return self.clone().fit(r, st),
            _ => {}
        }
        if let Some(n) = nan_of(self, Some(b), r, st) {
            return n;
        }
        let mut o = if magnitude {
            magnitude_order(self, b)
        } else {
            order(self, b)
        };
        if o == Ordering::Equal {
            o = total_order(self, b);
        }
        let pick = if (o == Ordering::Less) == larger {
            b
        } else {
            self
        };
        pick.clone().fit(r, st)
    }
    pub fn rem_near(&self, b: &Dec, r: &Rules, st: &mut u32) -> Dec {
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
        if b.is_infinite() {
            return self.clone().fit(r, st);
        }
        let ideal = self.exp.min(b.exp);
        if self.coef.is_zero() {
            return Dec::zero(self.neg, ideal).fit(r, st);
        }
        let gap = self.adjusted() - b.adjusted();
        if gap > r.prec {
            return Dec::invalid(status::DIVISION_IMPOSSIBLE, st);
        }
        if gap <= -2 {
            let mut ignored = 0;
            return match self.rescaled(ideal, r.rounding, &mut ignored) {
                Some(d) => d.fit(r, st),
                None => Dec::invalid(status::MEMORY, st),
            };
        }
        let up = |d: &Dec| d.coef.shifted_up(d.exp.abs_diff(ideal));
        let (Some(ca), Some(cb)) = (up(self), up(b)) else {
            return Dec::invalid(status::MEMORY, st);
        };
        let (mut q, mut rest) = ca.div_rem(&cb);
        let mut neg = self.neg;
        let twice = rest.add(&rest);
        let beyond = match twice.cmp(&cb) {
            Ordering::Greater => true,
            Ordering::Equal => q.is_odd(),
            Ordering::Less => false,
        };
        if beyond {
            rest = cb.sub(&rest);
            neg = !neg;
            q = q.add(&Coef::ONE);
        }
        if q.digits() as i64 > r.prec {
            return Dec::invalid(status::DIVISION_IMPOSSIBLE, st);
        }
        Dec::finite(neg, rest, ideal).fit(r, st)
    }
    /// The next number below (or above) that the rules can represent.
    pub fn next(&self, up: bool, r: &Rules, st: &mut u32) -> Dec {
        if let Some(n) = nan_of(self, None, r, st) {
            return n;
        }
        if self.is_infinite() {
            if self.neg != up {
                return self.clone();
            }
            return match Coef::ONE.shifted_up(r.prec as u64) {
                Some(p) => Dec::finite(self.neg, p.sub(&Coef::ONE), r.etop()),
                None => Dec::invalid(status::MEMORY, st),
            };
        }
        let rounding = if up {
            Rounding::Ceiling
        } else {
            Rounding::Floor
        };
        let toward = Rules { rounding, ..*r };
        let mut ignored = 0;
        let fitted = self.clone().fit(&toward, &mut ignored);
        if order(&fitted, self) != Ordering::Equal {
            return fitted;
        }
        let tiny = Dec::finite(!up, Coef::ONE, r.etiny() - 1);
        self.add(&tiny, &toward, &mut ignored)
    }
    /// The value of an integer, cut off at the point. `None` if it is no number or too long.
    pub fn truncated(&self) -> Option<crate::BigInt> {
        let c = if self.exp >= 0 {
            self.coef.shifted_up(self.exp as u64)?
        } else {
            self.coef.shifted_down(self.exp.unsigned_abs()).0
        };
        let n = c.to_bigint();
        Some(if self.neg { n.neg() } else { n })
    }
    pub fn scaleb(&self, b: &Dec, r: &Rules, st: &mut u32) -> Dec {
        if let Some(n) = nan_of(self, Some(b), r, st) {
            return n;
        }
        let limit = 2i64.saturating_mul(r.emax.saturating_add(r.prec));
        let by = if b.is_finite() && b.exp == 0 {
            b.coef.small()
        } else {
            None
        };
        let Some(by) = by
            .and_then(|n| i64::try_from(n).ok())
            .filter(|n| *n <= limit)
        else {
            return Dec::invalid(status::INVALID_OPERATION, st);
        };
        if self.is_infinite() {
            return self.clone();
        }
        let by = if b.neg { -by } else { by };
        Dec {
            exp: self.exp.saturating_add(by),
            ..self.clone()
        }
        .fit(r, st)
    }
    pub fn logb(&self, r: &Rules, st: &mut u32) -> Dec {
        if let Some(n) = nan_of(self, None, r, st) {
            return n;
        }
        if self.is_infinite() {
            return Dec::infinity(false);
        }
        if self.is_zero() {
            *st |= status::DIVISION_BY_ZERO;
            return Dec::infinity(true);
        }
        Dec::from_int(self.adjusted()).fit(r, st)
    }
}

/// The order of `compare_total`.
pub fn total_order(a: &Dec, b: &Dec) -> Ordering {
    if a.neg != b.neg {
        return if a.neg {
            Ordering::Less
        } else {
            Ordering::Greater
        };
    }
    let rank = |d: &Dec| match d.kind {
        Kind::Finite | Kind::Infinite => 0,
        Kind::Signaling => 1,
        Kind::Quiet => 2,
    };
    let positive = match rank(a).cmp(&rank(b)) {
        Ordering::Equal if a.is_nan() => a.coef.cmp(&b.coef),
        Ordering::Equal => match magnitude_order(a, b) {
            Ordering::Equal if a.is_finite() => a.exp.cmp(&b.exp),
            o => o,
        },
        o => o,
    };
    if a.neg { positive.reverse() } else { positive }
}
