//! Exception groups: splitting, and what `except*` does with them.

use super::{PyBaseException, PyExceptionGroup, PyTraceback};
use crate::types::{PyList, PyStr, PyTuple, new_usize};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

/// What decides whether an exception belongs to the matching part.
pub enum GroupMatcher<'a> {
    /// An exception class or a tuple of them.
    Class(Value),
    /// A callable that is asked about each exception, groups included.
    Predicate(Value),
    /// Identity of the leaves.
    Leaves(&'a [Value]),
}

impl GroupMatcher<'_> {
    fn matches(&self, vm: &Vm, exc: Value) -> PyResult<bool> {
        match self {
            GroupMatcher::Class(c) => Ok(vm.exception_is(exc, *c)),
            GroupMatcher::Predicate(f) => {
                let r = vm.call(*f, &[exc])?;
                vm.truthy(r.value())
            }
            GroupMatcher::Leaves(l) => {
                Ok(!exc.isa::<PyExceptionGroup>() && l.iter().any(|x| x.is(exc)))
            }
        }
    }
}

/// The exceptions directly inside a group, kept alive.
pub fn group_items(group: &PyExceptionGroup) -> Vec<Owned> {
    let t = group.exceptions.value();
    t.cast::<PyTuple>()
        .map_or(vec![], |t| t.as_slice().iter().map(|v| v.own()).collect())
}

impl Vm {
    /// Divides an exception into the part that matches and the rest; `None` for an empty part. Without `want_rest` the
    /// second part is not made.
    pub fn split_exception(
        &self,
        exc: Value,
        matcher: &GroupMatcher<'_>,
        want_rest: bool,
    ) -> PyResult<(Option<Owned>, Option<Owned>)> {
        self.check_native_stack_in(" in exception_group_split_recursive")?;
        if matcher.matches(self, exc)? {
            return Ok((Some(exc.own()), None));
        }
        let Some(group) = exc.cast::<PyExceptionGroup>() else {
            return Ok((None, want_rest.then(|| exc.own())));
        };
        let (mut matched, mut rest) = (vec![], vec![]);
        for e in group_items(group) {
            let (m, r) = self.split_exception(e.value(), matcher, want_rest)?;
            matched.extend(m);
            rest.extend(r);
        }
        let matched = self.group_subset(exc, matched)?;
        let rest = if want_rest {
            self.group_subset(exc, rest)?
        } else {
            None
        };
        Ok((matched, rest))
    }
    /// A group of some of another's exceptions, made by its `derive`, with its traceback, links and notes.
    fn group_subset(&self, original: Value, items: Vec<Owned>) -> PyResult<Option<Owned>> {
        if items.is_empty() {
            return Ok(None);
        }
        let list = PyList::new(items);
        let new = self.call_method_str(original, "derive", &[list.value()])?;
        if !new.isa::<PyExceptionGroup>() {
            return Err(self.type_error("derive must return an instance of BaseExceptionGroup"));
        }
        if let (Some(o), Some(n)) = (
            original.cast::<PyBaseException>(),
            new.cast::<PyBaseException>(),
        ) {
            if !o.traceback.value().is_null() {
                n.traceback.set(o.traceback.own());
            }
            n.context.set(o.context.own());
            n.cause.set(o.cause.own());
            n.suppress_context.set(true);
        }
        if let Some(notes) = self.getattr_opt(original, self.names.__notes__.value())?
            && (notes.isa::<PyList>() || notes.isa::<PyTuple>())
        {
            let copy = self.list_from(notes.value())?;
            self.setattr(new.value(), self.names.__notes__.value(), copy.value())?;
        }
        Ok(Some(new))
    }
    /// `ExceptionGroup(message, items)`, or a BaseExceptionGroup if an item demands it.
    pub fn new_exception_group(&self, message: &str, items: Vec<Owned>) -> PyResult<Owned> {
        let (m, l) = (PyStr::from_str(message), PyList::new(items));
        let class = crate::object::Payload::as_value(self.exc.BaseExceptionGroup);
        self.call(class, &[m.value(), l.value()])
    }
    /// CHECK_EG_MATCH: what remains of an exception after an `except*` clause, and what the clause takes; None for nothing.
    /// A naked exception that matches is wrapped into a group.
    pub fn exception_group_match(&self, exc: Value, target: Value) -> PyResult<(Owned, Owned)> {
        self.check_except_star_target(target)?;
        if exc.is_none() || exc.is_null() {
            return Ok((Owned::NONE, Owned::NONE));
        }
        if self.exception_is(exc, target) {
            if exc.isa::<PyExceptionGroup>() {
                return Ok((Owned::NONE, exc.own()));
            }
            let class = crate::object::Payload::as_value(self.exc.BaseExceptionGroup);
            let (message, items) = (PyStr::from_str(""), PyTuple::from_slice(&[exc]));
            let group = self.call(class, &[message.value(), items.value()])?;
            if let (Some(a), Some(g)) = (self.current(), group.cast::<PyBaseException>()) {
                let line = a.line().map_or(-1, i64::from);
                g.traceback
                    .set(PyTraceback::new(Owned::NULL, a.object(), a.lasti(), line));
            }
            return Ok((Owned::NONE, group));
        }
        if exc.isa::<PyExceptionGroup>() {
            let pair = self.call_method_str(exc, "split", &[target])?;
            let name = || exc.class().name_str();
            let Some(t) = pair.cast::<PyTuple>() else {
                return Err(self.type_error(format!(
                    "{}.split must return a tuple, not {}",
                    name(),
                    pair.class().name_str()
                )));
            };
            return match t.as_slice() {
                [m, r, ..] => Ok((r.own(), m.own())),
                s => Err(self.type_error(format!(
                    "{}.split must return a 2-tuple, got tuple of size {}",
                    name(),
                    self.repr_text(new_usize(s.len()).value())?
                ))),
            };
        }
        Ok((exc.own(), Owned::NONE))
    }
    /// CALL_INTRINSIC_2 PREP_RERAISE_STAR: what remains to be raised after the clauses of a `try`/`except*`; None if nothing.
    /// `excs` is the list of what the clauses raised or left.
    pub fn prep_reraise_star(&self, original: Value, excs: Value) -> PyResult<Owned> {
        let items = excs.cast::<PyList>().map_or(vec![], |l| l.snapshot());
        if !original.isa::<PyExceptionGroup>() {
            // A naked exception: at most one clause has run, so at most one exception is here.
            return Ok(items.into_iter().next().unwrap_or(Owned::NONE));
        }
        let (mut raised, mut reraised) = (vec![], vec![]);
        for e in items {
            if e.is_none() {
                continue;
            }
            if same_metadata(e.value(), original) {
                reraised.push(e);
            } else {
                raised.push(e);
            }
        }
        let kept = self.group_projection(original, &reraised)?;
        if raised.is_empty() {
            return Ok(kept.unwrap_or(Owned::NONE));
        }
        raised.extend(kept);
        if raised.len() > 1 {
            return self.new_exception_group("", raised);
        }
        Ok(raised.pop().unwrap_or(Owned::NONE))
    }
    /// The part of a group whose leaves occur in the given exceptions, in the group's own structure.
    fn group_projection(&self, group: Value, keep: &[Owned]) -> PyResult<Option<Owned>> {
        let mut leaves: Vec<Owned> = Vec::new();
        for e in keep {
            self.collect_leaves(e.value(), &mut leaves)?;
        }
        if leaves.is_empty() {
            return Ok(None);
        }
        let values: Vec<Value> = leaves.iter().map(|l| l.value()).collect();
        let (matched, _) = self.split_exception(group, &GroupMatcher::Leaves(&values), false)?;
        Ok(matched)
    }
    fn collect_leaves(&self, e: Value, out: &mut Vec<Owned>) -> PyResult<()> {
        self.check_native_stack_in(" in collect_exception_group_leaf_ids")?;
        match e.cast::<PyExceptionGroup>() {
            Some(g) => {
                for item in group_items(g) {
                    self.collect_leaves(item.value(), out)?;
                }
            }
            None => out.push(e.own()),
        }
        Ok(())
    }
}

/// Whether two groups are parts of one: they share traceback, cause and context.
fn same_metadata(a: Value, b: Value) -> bool {
    match (a.cast::<PyExceptionGroup>(), b.cast::<PyExceptionGroup>()) {
        (Some(a), Some(b)) => {
            a.base.traceback.value().is(b.base.traceback.value())
                && a.base.cause.value().is(b.base.cause.value())
                && a.base.context.value().is(b.base.context.value())
        }
        _ => false,
    }
}
