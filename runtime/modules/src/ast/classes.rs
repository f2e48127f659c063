//! The node classes: `AST` is native, the rest are ordinary classes made from the grammar once, when somebody needs them.

use super::{construct, show};
use crate::native::hidden_class;
use pyjit_compile::astdump::schema::{self, Count, Field, Located};
use pyjit_core::prelude::*;

py_class! {
    /// A syntax tree node; its parts are attributes.
    pub struct PyAst as "AST", nogc { pub unused: () }
}
py_class! {
    /// All node classes.
    pub struct Nodes as "ast_nodes" {
        /// The abstract classes, one for each group that is a sum.
        pub groups: Vec<Owned>,
        /// One class for each [`schema::Kind`].
        pub classes: Vec<Owned>,
        /// The names of each class' fields.
        pub fields: Vec<Vec<Owned>>,
        /// Instances of the classes without fields and place, which the parser shares.
        pub shared: Vec<Owned>,
        /// The class or abstract class of each of the grammar's groups.
        pub by_group: Vec<Owned>,
        /// `lineno`, `col_offset`, `end_lineno`, `end_col_offset`.
        pub place: Vec<Owned>,
    }
}

/// The classes, made at the first call.
pub fn nodes<'a>(vm: &Vm) -> PyResult<&'a Nodes> {
    let known = vm.module_state.get().get("ast.nodes").cloned();
    let object = match known {
        Some(n) => n,
        None => {
            let n = make(vm)?;
            vm.module_state.get_mut().insert("ast.nodes", n.clone());
            n
        }
    };
    object
        .cast::<Nodes>()
        .ok_or_else(|| vm.runtime_error("lost the node classes"))
}

fn new_class(
    vm: &Vm,
    name: &str,
    base: &Owned,
    doc: String,
    fill: impl FnOnce(&PyDict),
) -> PyResult<Owned> {
    let dict = PyDict::new();
    if let Some(d) = dict.cast::<PyDict>() {
        d.set_str(vm.names.__module__.value(), intern("ast"));
        d.set_str(vm.names.__doc__.value(), PyStr::from_str(&doc));
        fill(d);
    }
    let bases = PyTuple::new(vec![base.clone()]);
    vm.call(
        TypeObject::class().as_value(),
        &[intern(name).value(), bases.value(), dict.value()],
    )
}

fn set_fields(vm: &Vm, d: &PyDict, names: &[Owned]) {
    let t = PyTuple::new(names.to_vec());
    d.set_name("_fields", t.clone());
    d.set_str(vm.names.__match_args__.value(), t);
}

fn set_attributes(d: &PyDict, located: Located, place: &[Owned]) {
    let names = if located == Located::No { &[][..] } else { place };
    d.set_name("_attributes", PyTuple::new(names.to_vec()));
    if located == Located::EndOptional {
        for n in &place[2..] {
            d.set_str(n.value(), Owned::NONE);
        }
    }
}

fn make(vm: &Vm) -> PyResult<Owned> {
    define_base(vm);
    hidden_class::<Nodes>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            ..ClassSpec::new("ast_nodes")
        },
    );
    let place: Vec<Owned> = ["lineno", "col_offset", "end_lineno", "end_col_offset"]
        .iter()
        .map(|n| intern(n))
        .collect();
    let base = PyAst::class().as_owned();
    let (mut groups, mut classes, mut fields, mut by_group) = (vec![], vec![], vec![], vec![]);
    for g in schema::GROUPS {
        let parent = if g.is_sum {
            let c = new_class(vm, g.name, &base, g.doc(), |d| {
                set_fields(vm, d, &[]);
                set_attributes(d, g.located, &place);
            })?;
            groups.push(c.clone());
            by_group.push(c.clone());
            c
        } else {
            base.clone()
        };
        for row in g.rows {
            let names: Vec<Owned> = row.fields().map(|f| intern(f.name)).collect();
            let c = new_class(vm, row.name, &parent, row.doc(), |d| {
                set_fields(vm, d, &names);
                if !g.is_sum {
                    set_attributes(d, g.located, &place);
                }
                for f in row.fields().filter(|f| f.count == Count::Optional) {
                    d.set_name(f.name, Owned::NONE);
                }
            })?;
            if !g.is_sum {
                by_group.push(c.clone());
            }
            classes.push(c);
            fields.push(names);
        }
    }
    // The types of the fields refer to all classes.
    let mut shared = Vec::new();
    for ((g, row), class) in schema::rows().zip(&classes) {
        let types = PyDict::new();
        for f in row.fields() {
            let t = field_type(vm, &by_group, f)?;
            if let Some(d) = types.cast::<PyDict>() {
                d.set_name(f.name, t);
            }
        }
        if let Some(c) = class.cast::<TypeObject>() {
            c.dict().set_name("_field_types", types.clone());
            c.dict()
                .set_str(vm.names.__annotations_cache__.value(), types);
            c.modified(vm);
            shared.push(if row.fields.is_empty() && g.located == Located::No {
                vm.call(class.value(), &[])?
            } else {
                Owned::NULL
            });
        }
    }
    Ok(new_object(
        Nodes::class(),
        Nodes {
            groups,
            classes,
            fields,
            shared,
            by_group,
            place,
        },
    ))
}

fn field_type(vm: &Vm, by_group: &[Owned], f: Field) -> PyResult<Owned> {
    let t = match f.ty {
        "identifier" | "string" => PyStr::class().as_owned(),
        "int" => PyInt::class_ref().as_owned(),
        "constant" => <PyObject as Payload>::class().as_owned(),
        name => {
            let at = schema::GROUPS.iter().position(|g| g.name == name);
            at.and_then(|i| by_group.get(i).cloned())
                .ok_or_else(|| vm.runtime_error(format!("the grammar has no {name}")))?
        }
    };
    match f.count {
        Count::One => Ok(t),
        Count::Many | Count::ManyOptional => vm.getitem(PyList::class().as_value(), t.value()),
        Count::Optional => pyjit_types::union::make(vm, &[t.value(), Value::NONE]),
    }
}

fn define_base(vm: &Vm) {
    if PyAst::class_cell().is_set() {
        return;
    }
    let class = define_class::<PyAst>(
        vm,
        ClassSpec {
            module: "ast",
            dict: true,
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    Ok(new_object(class, PyAst { unused: () }))
                }));
                s.init.set(Some(construct::init));
                s.repr.set(Some(show::repr));
            },
            methods: construct::METHODS,
            ..ClassSpec::new("AST")
        },
    );
    let d = class.dict();
    d.set_name("_fields", vm.empty_tuple.clone());
    d.set_name("_attributes", vm.empty_tuple.clone());
    d.set_str(vm.names.__match_args__.value(), vm.empty_tuple.clone());
    class.modified(vm);
}
