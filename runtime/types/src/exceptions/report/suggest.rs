//! "Did you mean": the closest known name by a weighted edit distance (CPython's rules).

use pyjit_core::exception::*;
use pyjit_core::frame::PyFrame;
use pyjit_core::prelude::*;

const MAX_CANDIDATES: usize = 750;
const MAX_LENGTH: usize = 40;
const MOVE: usize = 2;
const CASE: usize = 1;

fn substitution(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE
    } else {
        MOVE
    }
}

/// The edit distance, or something above `max` as soon as that is clear.
fn distance(a: &[u8], b: &[u8], max: usize) -> usize {
    if a == b {
        return 0;
    }
    let pre = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[pre..], &b[pre..]);
    let post = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (mut a, mut b) = (&a[..a.len() - post], &b[..b.len() - post]);
    if a.is_empty() || b.is_empty() {
        return MOVE * (a.len() + b.len());
    }
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH {
        return max + 1;
    }
    if b.len() < a.len() {
        std::mem::swap(&mut a, &mut b);
    }
    if (b.len() - a.len()) * MOVE > max {
        return max + 1;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|i| i * MOVE).collect();
    let mut result = 0;
    for (i, &cb) in b.iter().enumerate() {
        let mut diagonal = i * MOVE;
        result = diagonal;
        let mut least = usize::MAX;
        for (place, &ca) in row.iter_mut().zip(a) {
            let substitute = diagonal + substitution(cb, ca);
            diagonal = *place;
            result = (result.min(diagonal) + MOVE).min(substitute);
            *place = result;
            least = least.min(result);
        }
        if least > max {
            return max + 1;
        }
    }
    result
}

/// The candidate closest to a name, if one is close enough.
pub fn closest(candidates: &[String], name: &str) -> Option<String> {
    if candidates.len() >= MAX_CANDIDATES {
        return None;
    }
    let mut best: Option<(usize, &String)> = None;
    for c in candidates {
        if c == name {
            continue;
        }
        // No more than a third of the characters may differ.
        let mut max = (name.len() + c.len() + 3) * MOVE / 6;
        if let Some((d, _)) = best {
            max = max.min(d.saturating_sub(1));
        }
        let d = distance(name.as_bytes(), c.as_bytes(), max);
        if d <= max && best.is_none_or(|(b, _)| d < b) {
            best = Some((d, c));
        }
    }
    best.map(|(_, c)| c.clone())
}

/// What to append to the message of a NameError, AttributeError or ImportError.
pub fn suggestion(vm: &Vm, exc: Value, tb: Value) -> Option<String> {
    let class = exc.class();
    let (attr, is_name) = if class.is_subclass(vm.exc.ImportError) {
        ("name_from", false)
    } else if class.is_subclass(vm.exc.NameError) {
        ("name", true)
    } else if class.is_subclass(vm.exc.AttributeError) {
        ("name", false)
    } else {
        return None;
    };
    let wrong = vm.getattr_opt_str(exc, attr).ok()??;
    if !wrong.isa::<PyStr>() {
        return None;
    }
    let wrong = text_of(wrong.value());
    let found = find(vm, exc, tb, &wrong).ok().flatten();
    let mut out = String::new();
    if let Some(f) = &found {
        out = format!(". Did you mean: '{f}'?");
    }
    if is_name && is_library(vm, &wrong) {
        let lead = if found.is_some() { " Or" } else { ". Did" };
        let word = if found.is_some() { " did" } else { "" };
        out.push_str(&format!("{lead}{word} you forget to import '{wrong}'?"));
    }
    (!out.is_empty()).then_some(out)
}

fn is_library(vm: &Vm, name: &str) -> bool {
    let Some(names) = vm.sys_get("stdlib_module_names") else {
        return false;
    };
    vm.contains(names.value(), PyStr::from_str(name).value())
        .unwrap_or(false)
}

fn last_frame(tb: Value) -> Option<Owned> {
    let mut at = tb.cast::<PyTraceback>()?;
    while let Some(next) = at.next.value().cast::<PyTraceback>() {
        at = next;
    }
    Some(at.frame.clone())
}

fn strings(vm: &Vm, v: Value) -> PyResult<Vec<String>> {
    let items = vm.iterate_to_vec(v)?;
    Ok(items
        .iter()
        .filter(|i| i.isa::<PyStr>())
        .map(|i| text_of(i.value()))
        .collect())
}

/// `dir()` without the checks that classes fail.
fn names_of(vm: &Vm, obj: Value) -> PyResult<Vec<String>> {
    let own = if obj.isa::<TypeObject>() {
        Err(vm.type_error(""))
    } else {
        vm.call_method_str(obj, "__dir__", &[])
    };
    let d = match own {
        Ok(d) => d,
        Err(_) => {
            let f = vm.getattr_str(obj.class().as_value(), "__dir__")?;
            vm.call(f.value(), &[obj])?
        }
    };
    let mut names = strings(vm, d.value())?;
    names.sort();
    Ok(names)
}

/// The frame's `self`, if it has one.
fn self_of(vm: &Vm, frame: Value) -> PyResult<Option<Owned>> {
    let locals = vm.getattr_str(frame, "f_locals")?;
    let key = intern("self");
    if vm.contains(locals.value(), key.value())? {
        return vm.getitem(locals.value(), key.value()).map(Some);
    }
    Ok(None)
}

fn find(vm: &Vm, exc: Value, tb: Value, wrong: &str) -> PyResult<Option<String>> {
    let private = wrong.starts_with('_');
    let names = if let Some(e) = exc.cast::<PyAttributeError>() {
        let obj = e.obj.own();
        let obj = if obj.is_null() { Owned::NONE } else { obj };
        let mut hide = !private;
        let mut names = names_of(vm, obj.value())?;
        if hide && let Some(f) = last_frame(tb) {
            hide = !self_of(vm, f.value())?.is_some_and(|s| s.value().is(obj.value()));
        }
        if hide {
            names.retain(|n| !n.starts_with('_'));
        }
        names
    } else if let Some(e) = exc.cast::<PyImportError>() {
        let module = vm.import(&text_of(e.name.own().value()))?;
        let mut names = names_of(vm, module.value())?;
        if !private {
            names.retain(|n| !n.starts_with('_'));
        }
        names
    } else {
        let Some(f) = last_frame(tb) else {
            return Ok(None);
        };
        let mut names = Vec::new();
        let locals = vm.getattr_str(f.value(), "f_locals")?;
        names.extend(strings(vm, locals.value())?);
        if let Some(frame) = f.cast::<PyFrame>() {
            names.extend(strings(vm, frame.function().globals.own().value())?);
            names.extend(strings(vm, frame.function().builtins.own().value())?);
        }
        if let Some(s) = self_of(vm, f.value())?
            && vm.getattr_opt_str(s.value(), wrong)?.is_some()
        {
            return Ok(Some(format!("self.{wrong}")));
        }
        names
    };
    Ok(closest(&names, wrong))
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn nearest_names() {
        let names: Vec<String> = ["print", "blech", "Blueish", "index"]
            .map(String::from)
            .into();
        assert_eq!(closest(&names, "prnt").as_deref(), Some("print"));
        assert_eq!(closest(&names, "blueish").as_deref(), Some("Blueish"));
        assert_eq!(closest(&names, "zzz"), None);
    }
}
