//! Rounding, and the fitting of results to the rules.

use super::coef::Rest;
use super::{Coef, Dec, Kind, Rounding, Rules, status};

/// Whether what was cut off makes the number before it one larger.
pub(super) fn rounds_up(how: Rounding, neg: bool, coef: &Coef, rest: Rest) -> bool {
    if rest == Rest::Zero {
        return false;
    }
    match how {
        Rounding::Up => true,
        Rounding::Down => false,
        Rounding::Ceiling => !neg,
        Rounding::Floor => neg,
        Rounding::HalfUp => rest != Rest::Below,
        Rounding::HalfDown => rest == Rest::Above,
        Rounding::HalfEven => rest == Rest::Above || (rest == Rest::Half && coef.is_odd()),
        Rounding::ZeroFiveUp => matches!(coef.last_digit(), 0 | 5),
    }
}

/// The coefficient without its last `n` digits, rounded; and whether that changed the value.
pub(super) fn cut(coef: &Coef, n: u64, neg: bool, how: Rounding) -> (Coef, bool) {
    let (q, rest) = coef.shifted_down(n);
    if rounds_up(how, neg, &q, rest) {
        (q.add(&Coef::ONE), true)
    } else {
        (q, rest != Rest::Zero)
    }
}

impl Dec {
    /// The number as the rules allow it, with the conditions that this meets.
    pub fn fit(self, r: &Rules, st: &mut u32) -> Dec {
        match self.kind {
            Kind::Finite => self.fit_finite(r, st),
            Kind::Infinite => self,
            _ => self.fit_nan(r),
        }
    }
    /// A NaN whose payload is not too long.
    pub fn fit_nan(mut self, r: &Rules) -> Dec {
        let room = (r.prec - i64::from(r.clamp)).max(0) as u64;
        let digits = self.coef.digits();
        if !self.coef.is_zero() && digits > room {
            let (high, _) = self.coef.shifted_down(room);
            if let Some(high) = high.shifted_up(room) {
                self.coef = self.coef.sub(&high);
            }
        }
        self
    }
    fn fit_finite(self, r: &Rules, st: &mut u32) -> Dec {
        let (etiny, etop) = (r.etiny(), r.etop());
        if self.coef.is_zero() {
            let top = if r.clamp { etop } else { r.emax };
            let exp = self.exp.clamp(etiny, top.max(etiny));
            if exp != self.exp {
                *st |= status::CLAMPED;
            }
            return Dec { exp, ..self };
        }
        let digits = self.coef.digits() as i64;
        let mut exp_min = digits.saturating_add(self.exp).saturating_sub(r.prec);
        if exp_min > etop {
            *st |= status::OVERFLOW | status::INEXACT | status::ROUNDED;
            return overflowed(self.neg, r);
        }
        let subnormal = exp_min < etiny;
        if subnormal {
            exp_min = etiny;
        }
        if self.exp < exp_min {
            let (mut coef, inexact) =
                cut(&self.coef, exp_min.abs_diff(self.exp), self.neg, r.rounding);
            if coef.digits() as i64 > r.prec {
                coef = coef.shifted_down(1).0;
                exp_min += 1;
            }
            if exp_min > etop && !coef.is_zero() {
                *st |= status::OVERFLOW | status::INEXACT | status::ROUNDED;
                return overflowed(self.neg, r);
            }
            if inexact {
                *st |= status::INEXACT;
                if subnormal {
                    *st |= status::UNDERFLOW;
                }
            }
            if subnormal {
                *st |= status::SUBNORMAL;
            }
            *st |= status::ROUNDED;
            if coef.is_zero() {
                *st |= status::CLAMPED;
            }
            return Dec::finite(self.neg, coef, exp_min);
        }
        if subnormal {
            *st |= status::SUBNORMAL;
        }
        if r.clamp && self.exp > etop {
            *st |= status::CLAMPED;
            return match self.coef.shifted_up(self.exp.abs_diff(etop)) {
                Some(coef) => Dec::finite(self.neg, coef, etop),
                None => Dec::invalid(status::MEMORY, st),
            };
        }
        self
    }
}

/// What stands for a number that is too large.
fn overflowed(neg: bool, r: &Rules) -> Dec {
    let largest = match r.rounding {
        Rounding::Down | Rounding::ZeroFiveUp => true,
        Rounding::Ceiling => neg,
        Rounding::Floor => !neg,
        _ => false,
    };
    if !largest {
        return Dec::infinity(neg);
    }
    match Coef::ONE.shifted_up(r.prec as u64) {
        Some(p) => Dec::finite(neg, p.sub(&Coef::ONE), r.etop()),
        None => Dec::infinity(neg),
    }
}
