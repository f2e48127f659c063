//! The method resolution order: C3 linearisation (Barrett et al. 1996; PEP 253 follow-ups), and `mro()` overrides.

use super::{Payload, TypeObject};
use crate::types::{PyTuple, text_of};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

/// The MRO tuple of a class being made, through the metaclass' `mro` if that is not `type`'s.
pub(crate) fn compute_mro(vm: &Vm, class: &'static TypeObject) -> PyResult<Owned> {
    let meta = class.as_value().class();
    if !meta.same(TypeObject::class()) {
        let name = crate::types::intern("mro");
        let own = TypeObject::class().lookup(vm, name.value());
        if meta.lookup(vm, name.value()).map(|v| v.bits()) != own.map(|v| v.bits()) {
            let m = vm.call_method(class.as_value(), name.value(), &[])?;
            let items = vm.iterate_to_vec(m.value())?;
            for item in &items {
                let Some(c) = item.cast::<TypeObject>() else {
                    return Err(vm.type_error(format!(
                        "mro() returned a non-class ('{}')",
                        item.class().name_str()
                    )));
                };
                // Instances must hold what the class' methods expect.
                let fits = std::ptr::eq(c.layout, class.layout)
                    || class.base_class().is_some_and(|b| b.is_subclass(c))
                    || native(class).is_subclass(native(c));
                if !fits {
                    return Err(vm.type_error(format!(
                        "mro() returned base with unsuitable layout ('{}')",
                        c.name_str()
                    )));
                }
            }
            return Ok(PyTuple::new(items));
        }
    }
    c3(vm, class)
}

fn native(class: &'static TypeObject) -> &'static TypeObject {
    let mut c = class;
    while c.heap.get()
        && let Some(b) = c.base_class()
    {
        c = b;
    }
    c
}

/// The C3 linearisation of a class' bases, the class itself first.
pub fn c3(vm: &Vm, class: &TypeObject) -> PyResult<Owned> {
    let bases: Vec<Value> = class
        .bases
        .value()
        .cast::<PyTuple>()
        .map_or(vec![], |t| t.as_slice().to_vec());
    let mut lists: Vec<Vec<Value>> = Vec::new();
    for b in &bases {
        match b.cast::<TypeObject>() {
            Some(b) if b.mro.value().is_null() => {
                return Err(vm.type_error(format!(
                    "Cannot extend an incomplete type '{}'",
                    b.name_str()
                )));
            }
            Some(b) => lists.push(b.mro_slice().to_vec()),
            None => return Err(vm.type_error("bases must be types")),
        }
    }
    for (i, b) in bases.iter().enumerate() {
        if bases[..i].iter().any(|o| o.is(*b)) {
            let n = b
                .cast::<TypeObject>()
                .map(|c| c.name_str())
                .unwrap_or_default();
            return Err(vm.type_error(format!("duplicate base class {n}")));
        }
    }
    lists.push(bases);
    let mut out = vec![class.as_owned()];
    let mut heads = vec![0usize; lists.len()];
    loop {
        let mut candidate = None;
        let mut left = false;
        for (l, &h) in lists.iter().zip(&heads) {
            let Some(c) = l.get(h) else { continue };
            left = true;
            let blocked = lists
                .iter()
                .zip(&heads)
                .any(|(o, &oh)| o.len() > oh + 1 && o[oh + 1..].iter().any(|x| x.is(*c)));
            if !blocked {
                candidate = Some(*c);
                break;
            }
        }
        match candidate {
            Some(c) => {
                out.push(c.own());
                for (l, h) in lists.iter().zip(heads.iter_mut()) {
                    if l.get(*h).is_some_and(|x| x.is(c)) {
                        *h += 1;
                    }
                }
            }
            None if left => {
                let mut names: Vec<String> = Vec::new();
                for (l, &h) in lists.iter().zip(&heads) {
                    if let Some(c) = l.get(h).and_then(|c| c.cast::<TypeObject>()) {
                        let n = text_of(c.name.value());
                        if !names.contains(&n) {
                            names.push(n);
                        }
                    }
                }
                return Err(vm.type_error(format!(
                    "Cannot create a consistent method resolution order (MRO) for bases {}",
                    names.join(", ")
                )));
            }
            None => return Ok(PyTuple::new(out)),
        }
    }
}
