//! Matching exceptions against `except` clauses and linking them to the one being handled. Called by the unwinder and by
//! natives that catch.

use super::PyBaseException;
use crate::object::{MutCell, TypeObject, type_flags};
use crate::types::PyTuple;
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

const NOT_AN_EXCEPTION: &str =
    "catching classes that do not inherit from BaseException is not allowed";

/// Whether a value is a class of exceptions.
pub fn is_exception_class(v: Value) -> bool {
    v.cast::<TypeObject>()
        .is_some_and(|c| c.has_flag(type_flags::BASE_EXC_SUBCLASS))
}

fn context_of(e: Value) -> Option<&'static MutCell<Owned>> {
    // The cell is used at once, while its owner is alive.
    e.cast::<PyBaseException>().map(|p| &p.context)
}

impl Vm {
    /// Makes `handled` the `__context__` of `new`, and cuts the chain where it would lead back to `new`. For exceptions that
    /// are newly raised (the `raise` statement, errors of natives); those that merely travel on are left alone.
    pub fn set_context(&self, new: Value, handled: Value) {
        if handled.is_null() || handled.is_none() || handled.is(new) {
            return;
        }
        let (mut at, mut slow) = (handled, handled);
        let mut step_slow = false;
        while let Some(cell) = context_of(at) {
            let next = cell.value();
            if next.is_null() {
                break;
            }
            if next.is(new) {
                cell.set(Owned::NULL);
                break;
            }
            at = next;
            if at.is(slow) {
                // A cycle that was there before.
                break;
            }
            if step_slow {
                slow = context_of(slow).map_or(slow, |c| c.value());
            }
            step_slow = !step_slow;
        }
        if let Some(cell) = context_of(new) {
            cell.set(handled.own());
        }
    }
    /// Whether an exception is an instance of a class, or of one in a (nested) tuple. Other things never match.
    pub fn exception_is(&self, exc: Value, target: Value) -> bool {
        if let Some(t) = target.cast::<PyTuple>() {
            return t.as_slice().iter().any(|c| self.exception_is(exc, *c));
        }
        match target.cast::<TypeObject>() {
            Some(c) if c.has_flag(type_flags::BASE_EXC_SUBCLASS) => {
                match exc.cast::<TypeObject>() {
                    Some(e) => e.is_subclass(c),
                    None => exc.class().is_subclass(c),
                }
            }
            _ => exc.is(target),
        }
    }
    /// What an `except` clause asks: TypeError for targets that are no exception classes.
    pub fn exception_match(&self, exc: Value, target: Value) -> PyResult<bool> {
        self.check_except_target(target)?;
        Ok(self.exception_is(exc, target))
    }
    fn check_except_target(&self, target: Value) -> PyResult<()> {
        let good = match target.cast::<PyTuple>() {
            Some(t) => t.as_slice().iter().all(|c| is_exception_class(*c)),
            None => is_exception_class(target),
        };
        if good {
            Ok(())
        } else {
            Err(self.type_error(NOT_AN_EXCEPTION))
        }
    }
    /// The same for `except*`, which takes no groups.
    pub(super) fn check_except_star_target(&self, target: Value) -> PyResult<()> {
        self.check_except_target(target)?;
        let is_group = |c: Value| {
            c.cast::<TypeObject>()
                .is_some_and(|c| c.is_subclass(self.exc.BaseExceptionGroup))
        };
        let group = match target.cast::<PyTuple>() {
            Some(t) => t.as_slice().iter().any(|c| is_group(*c)),
            None => is_group(target),
        };
        if group {
            return Err(self.type_error(
                "catching ExceptionGroup with except* is not allowed. Use except instead.",
            ));
        }
        Ok(())
    }
}
