//! Classes like `os.stat_result`, `time.struct_time`, `sys.version_info`: tuples whose items have names too. Native modules
//! declare them with a [`StructSeq`] and make instances with [`StructSeq::make`].

use crate::sequence::*;
use pyjit_core::prelude::*;
use pyjit_text::repr::Builder;
use std::sync::Mutex;

/// The declaration of one such class; a `static` of the module.
///
/// ```ignore
/// static TIMES: StructSeq = StructSeq::new("posix", "times_result", "posix.times_result", Some("doc"), FIELDS, 5);
/// static FIELDS: &[(&str, &str)] = &[("user", "user time"), ..];
/// let class = TIMES.define(vm);
/// let v = TIMES.make(vec![..]);
/// ```
pub struct StructSeq {
    /// `__module__`.
    pub module: &'static str,
    pub name: &'static str,
    pub doc: Option<&'static str>,
    /// Name and doc string of every field; an empty name marks an item that has a position only. An empty doc is `None`.
    pub fields: &'static [(&'static str, &'static str)],
    /// How many of the fields have a position; the rest can be reached by name alone.
    pub visible: usize,
    /// Whether Python code may call the class.
    pub callable: bool,
}

/// Every class made so far: its object word and its declaration.
static MADE: Mutex<Vec<(u64, &'static StructSeq)>> = Mutex::new(Vec::new());

fn find_made(f: impl Fn(u64, &'static StructSeq) -> bool) -> Option<(u64, &'static StructSeq)> {
    let made = MADE.lock().unwrap_or_else(|e| e.into_inner());
    made.iter().find(|(c, s)| f(*c, s)).copied()
}

py_class! {
    /// The descriptor of a named field.
    pub struct PyStructMember as "member_descriptor" { pub class: &'static TypeObject, pub index: usize, pub name: Owned, pub doc: Owned }
}

impl StructSeq {
    pub const fn new(
        module: &'static str,
        name: &'static str,
        doc: Option<&'static str>,
        fields: &'static [(&'static str, &'static str)],
        visible: usize,
    ) -> StructSeq {
        StructSeq {
            module,
            name,
            doc,
            fields,
            visible,
            callable: true,
        }
    }
    /// Python code cannot make instances (`sys.version_info` and its like).
    pub const fn uncallable(mut self) -> StructSeq {
        self.callable = false;
        self
    }
    /// Makes the class, the first time; later calls return it.
    pub fn define(&'static self, vm: &Vm) -> &'static TypeObject {
        if let Some(c) = self.made() {
            return c;
        }
        let class = define_plain_class(
            vm,
            ClassSpec {
                module: self.module,
                doc: self.doc,
                base: Some(PyTuple::class()),
                flags: if self.callable {
                    0
                } else {
                    type_flags::DISALLOW_INSTANTIATION
                },
                slots: |s| {
                    s.repr.set(Some(repr));
                    s.new.set(Some(new));
                },
                methods: METHODS,
                ..ClassSpec::new(self.name)
            },
        );
        let d = class.dict();
        let mut match_args = Vec::new();
        for (index, (name, doc)) in self.fields.iter().enumerate() {
            if name.is_empty() {
                continue;
            }
            let doc = if doc.is_empty() {
                Owned::NONE
            } else {
                PyStr::from_str(doc)
            };
            let name = intern(name);
            if index < self.visible {
                match_args.push(name.clone());
            }
            let member = PyStructMember {
                class,
                index,
                name: name.clone(),
                doc,
            };
            d.set_str(name.value(), new_object(PyStructMember::class(), member));
        }
        let unnamed = self.fields.iter().filter(|f| f.0.is_empty()).count();
        d.set_name("n_sequence_fields", new_usize(self.visible));
        d.set_name("n_fields", new_usize(self.fields.len()));
        d.set_name("n_unnamed_fields", new_usize(unnamed));
        d.set_name("__match_args__", PyTuple::new(match_args));
        let mut made = MADE.lock().unwrap_or_else(|e| e.into_inner());
        made.push((class.as_value().bits(), self));
        class
    }
    fn made(&'static self) -> Option<&'static TypeObject> {
        let (class, _) = find_made(|_, s| std::ptr::eq(s, self))?;
        // These classes live as long as the process.
        Value::from_bits(class).cast::<TypeObject>()
    }
    /// The class; defined if it is not yet.
    pub fn class(&'static self, vm: &Vm) -> &'static TypeObject {
        self.define(vm)
    }
    /// An instance with these fields, in order; missing ones are None.
    pub fn make(&'static self, vm: &Vm, mut values: Vec<Owned>) -> Owned {
        values.resize(self.fields.len(), Owned::NONE);
        let hidden = self.fields.len() - self.visible;
        PyTuple::with_hidden(self.class(vm), values, hidden)
    }
    fn hidden_names(&self) -> impl Iterator<Item = (usize, &'static str)> {
        let named = self.fields.iter().enumerate().skip(self.visible);
        named.map(|(i, f)| (i, f.0)).filter(|(_, n)| !n.is_empty())
    }
}

/// The declaration that a class was made from.
fn spec_of(vm: &Vm, class: &TypeObject) -> PyResult<&'static StructSeq> {
    let me = class.as_value().bits();
    match find_made(|c, _| c == me) {
        Some((_, spec)) => Ok(spec),
        None => Err(vm.type_error(format!("'{}' is not a structseq class", class.name_str()))),
    }
}

/// Defines the descriptor class.
pub fn define(vm: &Vm) {
    if !PyStructMember::class_cell().is_set() {
        define_class::<PyStructMember>(
            vm,
            ClassSpec {
                flags: type_flags::DISALLOW_INSTANTIATION,
                slots: |s| {
                    s.get.set(Some(member_get));
                    s.set.set(Some(|vm, d, obj, _| {
                        let name = d
                            .cast::<PyStructMember>()
                            .map_or(Owned::NONE, |m| m.name.clone());
                        Err(vm.attribute_error(obj, name.value(), "readonly attribute".into()))
                    }));
                    s.repr.set(Some(member_repr));
                },
                getset: MEMBER,
                ..ClassSpec::new("member_descriptor")
            },
        );
    }
}

static MEMBER: &[GetSetDef] = &[
    GetSetDef::read("__name__", |_, v| {
        Ok(v.cast::<PyStructMember>()
            .map_or(Owned::NONE, |m| m.name.clone()))
    }),
    GetSetDef::read("__doc__", |_, v| {
        Ok(v.cast::<PyStructMember>()
            .map_or(Owned::NONE, |m| m.doc.clone()))
    }),
    GetSetDef::read("__objclass__", |_, v| {
        Ok(v.cast::<PyStructMember>()
            .map_or(Owned::NONE, |m| m.class.as_owned()))
    }),
    GetSetDef::read("__qualname__", |_, v| {
        Ok(v.cast::<PyStructMember>().map_or(Owned::NONE, |m| {
            let name = text_of(m.name.value());
            PyStr::from_str(&format!("{}.{name}", m.class.name_str()))
        }))
    }),
];

fn member_get(vm: &Vm, d: Value, obj: Value, _: Value) -> PyResult<Owned> {
    let Some(m) = d.cast::<PyStructMember>() else {
        return Ok(d.own());
    };
    if obj.is_null() {
        return Ok(d.own());
    }
    match obj.cast::<PyTuple>() {
        Some(t) if obj.class().is_subclass(m.class) => {
            Ok(t.all_items().get(m.index).map_or(Owned::NONE, |v| v.own()))
        }
        _ => Err(vm.type_error(format!(
            "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
            text_of(m.name.value()),
            m.class.full_name(vm),
            obj.class().name_str()
        ))),
    }
}
fn member_repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(m) = v.cast::<PyStructMember>() else {
        return Ok(Owned::NONE);
    };
    Ok(PyStr::from_str(&format!(
        "<member '{}' of '{}' objects>",
        text_of(m.name.value()),
        m.class.full_name(vm)
    )))
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("__reduce__", "(self, /)", reduce, ""),
    MethodDef::new(
        "__replace__",
        "(self, /, **changes)",
        replace,
        "Return a copy of the structure with new values for the specified fields.",
    ),
];

fn all_items<'a>(v: Value) -> &'a [Value] {
    v.cast::<PyTuple>().map_or(&[], |t| t.all_items())
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let spec = spec_of(vm, v.class())?;
    let mut out = Builder::new();
    out.push_str(&format!("{}.{}(", spec.module, spec.name));
    let named = spec.fields.iter().zip(all_items(v)).take(spec.visible);
    for (i, ((name, _), x)) in named.enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        out.push_str(name);
        out.push_str("=");
        push_repr(vm, &mut out, *x)?;
    }
    out.push_str(")");
    Ok(PyStr::from_buf(&out.finish()))
}

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(sequence, dict={})");
    let spec = spec_of(vm, class)?;
    let who = format!("{}.{}", spec.module, spec.name);
    bind_args(vm, &SIG, spec.name, args, |a| {
        let items = match vm.iterate_to_vec(a[0]) {
            Ok(items) => items,
            Err(e) if e.is_instance(vm.exc.TypeError) => {
                return Err(vm.type_error("constructor requires a sequence"));
            }
            Err(e) => return Err(e),
        };
        let dict = match a[1].non_null() {
            None => None,
            Some(d) if d.isa::<PyDict>() => d.cast::<PyDict>(),
            Some(_) => {
                return Err(vm.type_error(format!("{who}() takes a dict as second arg, if any")));
            }
        };
        let (n, least, most) = (items.len(), spec.visible, spec.fields.len());
        if n < least || n > most {
            let (word, bound) = match (least == most, n < least) {
                (true, _) => ("a", least),
                (false, true) => ("an at least", least),
                (false, false) => ("an at most", most),
            };
            return Err(vm.type_error(format!(
                "{who}() takes {word} {bound}-sequence ({n}-sequence given)"
            )));
        }
        let mut values = items;
        values.resize(most, Owned::NONE);
        if let Some(d) = dict {
            let mut used = 0;
            for (i, name) in spec.hidden_names() {
                if let Some(v) = d.get_name(name)
                    && i >= n
                {
                    values[i] = v;
                    used += 1;
                }
            }
            if used < d.len() {
                return Err(
                    vm.type_error(format!("{who}() got duplicate or unexpected field name(s)"))
                );
            }
        }
        Ok(PyTuple::with_hidden(class, values, most - spec.visible))
    })
}

fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let spec = spec_of(vm, a[0].class())?;
    let all = all_items(a[0]);
    let visible = PyTuple::from_slice(all.get(..spec.visible).unwrap_or(all));
    let rest = PyDict::new();
    if let Some(d) = rest.cast::<PyDict>() {
        for (i, name) in spec.hidden_names() {
            d.set_name(name, all.get(i).map_or(Owned::NONE, |v| v.own()));
        }
    }
    Ok(PyTuple::new(vec![
        a[0].class().as_owned(),
        PyTuple::pair(visible, rest),
    ]))
}

fn replace(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let spec = spec_of(vm, a[0].class())?;
    let mut values: Vec<Owned> = all_items(a[0]).iter().map(|v| v.own()).collect();
    if spec.fields.iter().any(|f| f.0.is_empty()) {
        return Err(vm.type_error(format!(
            "__replace__() is not supported for {}.{} because it has unnamed field(s)",
            spec.module, spec.name
        )));
    }
    let mut unknown = Vec::new();
    for (k, v) in a[1].cast::<PyDict>().map_or(vec![], |d| d.items()) {
        let name = text_of(k.value());
        match spec.fields.iter().position(|f| f.0 == name) {
            Some(i) if i < values.len() => values[i] = v,
            _ => unknown.push(k),
        }
    }
    if !unknown.is_empty() {
        let names = PyList::new(unknown);
        return Err(vm.type_error(format!(
            "Got unexpected field name(s): {}",
            vm.repr_text(names.value())?
        )));
    }
    let hidden = spec.fields.len() - spec.visible;
    Ok(PyTuple::with_hidden(a[0].class(), values, hidden))
}
