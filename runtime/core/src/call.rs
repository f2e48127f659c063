//! How arguments travel: [`Args`] (positional values followed by keyword values), [`Sig`] (a native function's signature,
//! parsed at compile time) and the binding of one to the other.

use crate::types::{PyDict, PyStr, PyTuple, text_of};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Raised, Vm};

/// Arguments of a call: positional values, then one value for each name in `names`. Everything is borrowed from the caller.
#[derive(Clone, Copy)]
pub struct Args<'a> {
    pub values: &'a [Value],
    /// Strings, one for each of the last values.
    pub names: &'a [Value],
}

impl<'a> Args<'a> {
    pub const NONE: Args<'static> = Args {
        values: &[],
        names: &[],
    };
    #[inline]
    pub fn positional(values: &'a [Value]) -> Args<'a> {
        Args { values, names: &[] }
    }
    #[inline]
    pub fn pos(self) -> &'a [Value] {
        &self.values[..self.values.len() - self.names.len()]
    }
    #[inline]
    pub fn npos(self) -> usize {
        self.values.len() - self.names.len()
    }
    pub fn keywords(self) -> impl Iterator<Item = (Value, Value)> + 'a {
        let n = self.npos();
        self.names
            .iter()
            .copied()
            .zip(self.values[n..].iter().copied())
    }
    pub fn keyword(self, name: &str) -> Option<Value> {
        self.keywords()
            .find(|(k, _)| k.cast::<PyStr>().is_some_and(|s| s.is_text(name)))
            .map(|(_, v)| v)
    }
    /// Without the first positional argument.
    pub fn skip_first(self) -> Args<'a> {
        Args {
            values: &self.values[1.min(self.npos())..],
            names: self.names,
        }
    }
    pub fn is_empty(self) -> bool {
        self.values.is_empty()
    }
    /// Raises if there are keyword arguments.
    pub fn no_keywords(self, vm: &Vm, who: &str) -> PyResult<()> {
        if self.names.is_empty() {
            Ok(())
        } else {
            Err(vm.type_error(format!("{who}() takes no keyword arguments")))
        }
    }
    /// Raises unless the number of positional arguments is within bounds, with CPython's words.
    pub fn check_positional(self, vm: &Vm, who: &str, min: usize, max: usize) -> PyResult<()> {
        let n = self.npos();
        if n >= min && n <= max {
            return Ok(());
        }
        let (bound, word) = if n < min {
            (min, if min == max { "" } else { "at least " })
        } else {
            (max, if min == max { "" } else { "at most " })
        };
        let s = if bound == 1 { "" } else { "s" };
        Err(vm.type_error(format!("{who} expected {word}{bound} argument{s}, got {n}")))
    }
}

/// Keyword arguments with the values kept alive: for callers that build a call by hand.
#[derive(Default)]
pub struct OwnedArgs {
    pub values: Vec<Owned>,
    pub names: Vec<Owned>,
}
impl OwnedArgs {
    pub fn with<R>(&self, f: impl FnOnce(Args<'_>) -> R) -> R {
        let values: Vec<Value> = self.values.iter().map(|v| v.value()).collect();
        let names: Vec<Value> = self.names.iter().map(|v| v.value()).collect();
        f(Args {
            values: &values,
            names: &names,
        })
    }
    pub fn push(&mut self, v: Owned) {
        self.values.push(v);
    }
    pub fn push_keyword(&mut self, name: Owned, v: Owned) {
        self.values.push(v);
        self.names.push(name);
    }
}

/// A native function's signature: Python's own notation, `"(self, sub, /, start=None, *args, key=None, **kw)"`.
#[derive(Clone, Copy)]
pub struct Sig {
    pub text: &'static str,
    /// All parameters, `*args` and `**kw` included.
    pub params: u8,
    /// Positional parameters, and how many of them are required, from the left.
    pub positional: u8,
    pub required: u8,
    /// How many of the positional ones cannot be given by name.
    pub posonly: u8,
    pub varargs: bool,
    pub varkw: bool,
    pub kwonly: u8,
    /// Some keyword-only parameter has no default.
    pub kw_required: bool,
}

impl Sig {
    /// Parses at compile time. Commas inside defaults are not supported.
    pub const fn parse(text: &'static str) -> Sig {
        let b = text.as_bytes();
        let mut s = Sig {
            text,
            params: 0,
            positional: 0,
            required: 0,
            posonly: 0,
            varargs: false,
            varkw: false,
            kwonly: 0,
            kw_required: false,
        };
        let mut i = 1;
        let mut after_star = false;
        while i < b.len() && b[i] != b')' {
            while b[i] == b' ' || b[i] == b',' {
                i += 1;
            }
            if b[i] == b')' {
                break;
            }
            let start = i;
            let mut has_default = false;
            let mut depth = 0;
            while depth > 0 || (b[i] != b',' && b[i] != b')') {
                match b[i] {
                    b'=' => has_default = true,
                    b'(' => depth += 1,
                    b')' => depth -= 1,
                    _ => {}
                }
                i += 1;
            }
            if b[start] == b'/' {
                s.posonly = s.positional;
            } else if b[start] == b'*' && i == start + 1 {
                after_star = true;
            } else if b[start] == b'*' && b[start + 1] == b'*' {
                s.varkw = true;
                s.params += 1;
            } else if b[start] == b'*' {
                s.varargs = true;
                after_star = true;
                s.params += 1;
            } else {
                s.params += 1;
                if after_star {
                    s.kwonly += 1;
                    if !has_default {
                        s.kw_required = true;
                    }
                } else {
                    s.positional += 1;
                    if !has_default {
                        s.required = s.positional;
                    }
                }
            }
        }
        s
    }
    /// The parameters in order: (name, has a default).
    fn names(&self) -> impl Iterator<Item = (&'static str, bool)> {
        let inner = &self.text[1..self.text.rfind(')').unwrap_or(self.text.len())];
        inner
            .split(',')
            .map(str::trim)
            .filter(|p| !p.is_empty() && *p != "/" && *p != "*")
            .map(|p| {
                let (name, default) = match p.split_once('=') {
                    Some((n, _)) => (n.trim(), true),
                    None => (p, false),
                };
                (name.trim_start_matches('*'), default)
            })
    }
    /// Whether the arguments are the parameters as they stand.
    #[inline(always)]
    pub fn is_direct(&self, args: Args<'_>) -> bool {
        args.names.is_empty()
            && args.values.len() == self.params as usize
            && self.positional == self.params
    }
}

/// Who is called, for error messages.
#[derive(Clone, Copy)]
pub struct Callee<'a> {
    pub name: &'a str,
    /// `list.append` style name, if the function is a method of a class.
    pub qualified: &'a dyn Fn() -> String,
    /// The first parameter is the receiver and is not counted in messages.
    pub bound: bool,
}

/// Binds arguments to a signature and calls `f` with one value for each parameter; what is missing is NULL, `*args` is a
/// tuple, `**kw` a dict.
pub fn bind<R>(
    vm: &Vm,
    sig: &Sig,
    who: Callee<'_>,
    args: Args<'_>,
    f: impl FnOnce(&[Value]) -> PyResult<R>,
) -> PyResult<R> {
    if sig.is_direct(args) {
        return f(args.values);
    }
    let npos = args.npos();
    let positional = sig.positional as usize;
    if args.names.is_empty()
        && !sig.varkw
        && npos >= sig.required as usize
        && (npos <= positional || sig.varargs)
        && !sig.kw_required
        && sig.params <= 16
    {
        let mut slots = [Value::NULL; 16];
        let plain = npos.min(positional);
        slots[..plain].copy_from_slice(&args.values[..plain]);
        if !sig.varargs {
            return f(&slots[..sig.params as usize]);
        }
        let rest = PyTuple::from_slice(&args.values[plain..]);
        slots[positional] = rest.value();
        let r = f(&slots[..sig.params as usize]);
        drop(rest);
        return r;
    }
    bind_slow(vm, sig, who, args, f)
}

#[cold]
fn bind_slow<R>(
    vm: &Vm,
    sig: &Sig,
    who: Callee<'_>,
    args: Args<'_>,
    f: impl FnOnce(&[Value]) -> PyResult<R>,
) -> PyResult<R> {
    let npos = args.npos();
    let positional = sig.positional as usize;
    let hidden = usize::from(who.bound);
    let only_positional = sig.posonly == sig.positional && sig.kwonly == 0 && !sig.varkw;
    if only_positional && !args.names.is_empty() {
        return Err(vm.type_error(format!(
            "{}() takes no keyword arguments",
            (who.qualified)()
        )));
    }
    if npos > positional && !sig.varargs || only_positional && npos < sig.required as usize {
        return Err(arity_error(vm, sig, who, npos, args.names.len()));
    }
    let mut slots = vec![Value::NULL; sig.params as usize];
    let mut keep: Vec<Owned> = Vec::new();
    slots[..npos.min(positional)].copy_from_slice(&args.values[..npos.min(positional)]);
    let star = positional;
    if sig.varargs {
        let t = PyTuple::from_slice(&args.pos()[npos.min(positional)..]);
        slots[star] = t.value();
        keep.push(t);
    }
    let extra = if sig.varkw { Some(PyDict::new()) } else { None };
    let names: Vec<(&str, bool)> = sig.names().collect();
    let mut unexpected = None;
    for (key, value) in args.keywords() {
        let text = text_of(key);
        let at = names.iter().enumerate().position(|(i, (n, _))| {
            let named = i >= sig.posonly as usize
                && !(sig.varargs && i == star)
                && !(sig.varkw && i == sig.params as usize - 1);
            named && *n == text
        });
        match (at, &extra) {
            (Some(i), _) => {
                if !slots[i].is_null() {
                    return Err(vm.type_error(format!(
                        "argument for {}() given by name ('{text}') and position ({})",
                        who.name,
                        i + 1 - hidden
                    )));
                }
                slots[i] = value;
            }
            (None, Some(d)) => {
                if let Some(d) = d.cast::<PyDict>() {
                    d.set(vm, key, value.own())?;
                }
            }
            // What is missing is reported before what is too much.
            (None, None) => {
                unexpected.get_or_insert(text);
            }
        }
    }
    if let Some(d) = extra {
        slots[sig.params as usize - 1] = d.value();
        keep.push(d);
    }
    for (i, (name, default)) in names.iter().enumerate() {
        if slots[i].is_null() && !default {
            if i < sig.posonly as usize {
                return Err(arity_error(vm, sig, who, npos, args.names.len()));
            }
            let e = if i >= positional {
                format!(
                    "{}() missing required keyword-only argument: '{name}'",
                    who.name
                )
            } else {
                format!(
                    "{}() missing required argument '{name}' (pos {})",
                    who.name,
                    i + 1 - hidden
                )
            };
            return Err(vm.type_error(e));
        }
    }
    if let Some(text) = unexpected {
        return Err(vm.type_error(format!(
            "{}() got an unexpected keyword argument '{text}'",
            who.name
        )));
    }
    let r = f(&slots);
    drop(keep);
    r
}

fn arity_error(vm: &Vm, sig: &Sig, who: Callee<'_>, npos: usize, nkw: usize) -> Raised {
    let hidden = usize::from(who.bound);
    let (given, min, max) = (
        npos.saturating_sub(hidden),
        (sig.required as usize).saturating_sub(hidden),
        (sig.positional as usize).saturating_sub(hidden),
    );
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    if sig.posonly == sig.positional && sig.kwonly == 0 {
        if max == 0 && sig.varkw {
            return vm.type_error(format!("{}() takes no positional arguments", who.name));
        }
        if max == 0 {
            return vm.type_error(format!(
                "{}() takes no arguments ({given} given)",
                (who.qualified)()
            ));
        }
        if max == 1 && min == 1 && !sig.varargs {
            return vm.type_error(format!(
                "{}() takes exactly one argument ({given} given)",
                (who.qualified)()
            ));
        }
        let (bound, word) = if given < min {
            (
                min,
                if min == max && !sig.varargs {
                    ""
                } else {
                    "at least "
                },
            )
        } else {
            (max, if min == max { "" } else { "at most " })
        };
        return vm.type_error(format!(
            "{} expected {word}{bound} argument{}, got {given}",
            who.name,
            plural(bound)
        ));
    }
    if max == 0 && sig.kwonly > 0 {
        return vm.type_error(format!("{}() takes no positional arguments", who.name));
    }
    if given < min && sig.posonly as usize > given + hidden {
        let word = if min == max { "exactly" } else { "at least" };
        return vm.type_error(format!(
            "{}() takes {word} {min} positional argument{} ({given} given)",
            who.name,
            plural(min)
        ));
    }
    let total = given + nkw;
    let (word, kind) = (
        if min == max { "exactly" } else { "at most" },
        if sig.kwonly > 0 {
            "positional argument"
        } else {
            "argument"
        },
    );
    vm.type_error(format!(
        "{}() takes {word} {max} {kind}{} ({total} given)",
        who.name,
        plural(max)
    ))
}
