//! `_symtable`: the compiler's symbol table as objects, for `symtable`.

use crate::{NativeModule, compiling};
use pyjit_compile::scope::{Block, ScopeOptions, SymbolTable, def};
use pyjit_compile::{Mode, Source, parse};
use pyjit_core::prelude::*;

py_class! {
    /// The names of one block.
    pub struct PyTableEntry as "symtable entry" {
        id: Owned,
        name: Owned,
        symbols: Owned,
        varnames: Owned,
        children: Owned,
        nested: Owned,
        kind: Owned,
        lineno: Owned,
    }
}

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_symtable", FUNCTIONS).init(init);

static FUNCTIONS: &[MethodDef] = &[MethodDef::function(
    "symtable",
    "(source, filename, startstr, /)",
    symtable,
    "The symbol table of a program, as the compiler sees it.",
)];

const CONSTANTS: &[(&str, u32)] = &[
    ("USE", def::USE),
    ("DEF_GLOBAL", def::GLOBAL),
    ("DEF_NONLOCAL", def::NONLOCAL),
    ("DEF_LOCAL", def::LOCAL),
    ("DEF_PARAM", def::PARAM),
    ("DEF_TYPE_PARAM", def::TYPE_PARAM),
    ("DEF_FREE_CLASS", def::FREE_CLASS),
    ("DEF_IMPORT", def::IMPORT),
    ("DEF_BOUND", def::LOCAL | def::PARAM | def::IMPORT),
    ("DEF_ANNOT", def::ANNOT),
    ("DEF_COMP_ITER", def::COMP_ITER),
    ("DEF_COMP_CELL", def::COMP_CELL),
    ("TYPE_FUNCTION", 0),
    ("TYPE_CLASS", 1),
    ("TYPE_MODULE", 2),
    ("TYPE_ANNOTATION", 3),
    ("TYPE_TYPE_ALIAS", 4),
    ("TYPE_TYPE_PARAMETERS", 5),
    ("TYPE_TYPE_VARIABLE", 6),
    ("LOCAL", 1),
    ("GLOBAL_EXPLICIT", 2),
    ("GLOBAL_IMPLICIT", 3),
    ("FREE", 4),
    ("CELL", 5),
    ("SCOPE_OFF", def::SCOPE_SHIFT),
    ("SCOPE_MASK", 15),
];

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let d = m.dict();
    for (name, value) in CONSTANTS {
        d.set_name(name, new_int(i64::from(*value)));
    }
    crate::hidden_class::<PyTableEntry>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| s.repr.set(Some(repr)),
            getset: GETSET,
            ..ClassSpec::new("symtable entry")
        },
    );
    Ok(())
}

fn entry<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyTableEntry> {
    v.cast::<PyTableEntry>()
        .ok_or_else(|| vm.type_error("descriptor requires a 'symtable entry' object"))
}

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("id", |vm, v| Ok(entry(vm, v)?.id.clone())),
    GetSetDef::read("name", |vm, v| Ok(entry(vm, v)?.name.clone())),
    GetSetDef::read("symbols", |vm, v| Ok(entry(vm, v)?.symbols.clone())),
    GetSetDef::read("varnames", |vm, v| Ok(entry(vm, v)?.varnames.clone())),
    GetSetDef::read("children", |vm, v| Ok(entry(vm, v)?.children.clone())),
    GetSetDef::read("nested", |vm, v| Ok(entry(vm, v)?.nested.clone())),
    GetSetDef::read("type", |vm, v| Ok(entry(vm, v)?.kind.clone())),
    GetSetDef::read("lineno", |vm, v| Ok(entry(vm, v)?.lineno.clone())),
];

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let e = entry(vm, v)?;
    Ok(PyStr::from_str(&format!(
        "<symtable entry {}({}), line {}>",
        text_of(e.name.value()),
        vm.str_text(e.id.value())?,
        vm.str_text(e.lineno.value())?
    )))
}

fn symtable(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let text = if a[0].isa::<PyStr>() {
        let encoded = vm.call_method_str(a[0], "encode", &[])?;
        vm.bytes_of(encoded.value())?
    } else if a[0].isa::<PyBytes>() || a[0].class().slots.buffer.get().is_some() {
        vm.bytes_of(a[0])?
    } else {
        return Err(vm.type_error("symtable() arg 1 must be a string or bytes object"));
    };
    let path = vm.fspath(a[1])?;
    let filename = match path.cast::<PyStr>() {
        Some(s) => s.to_lossy(),
        None => String::from_utf8_lossy(&vm.bytes_of(path.value())?).into_owned(),
    };
    let mode = match vm.expect_text(a[2], "str")?.as_str() {
        "exec" => Mode::Exec,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => {
            return Err(
                vm.value_error("symtable() arg 3 must be 'exec' or 'eval' or 'single'")
            );
        }
    };
    let source = if a[0].isa::<PyStr>() {
        Source::from_text(&String::from_utf8_lossy(&text), &filename)
    } else {
        compiling::source_of_bytes(vm, &text, &filename)?
    };
    let fail = |e: pyjit_compile::SyntaxError| compiling::syntax_error(vm, &e);
    let source = source.map_err(fail)?;
    let parsed = parse::parse(&source, mode, Default::default()).map_err(fail)?;
    let futures = parse::futures(&source, &parsed.program, 0).map_err(fail)?;
    let options = ScopeOptions {
        future_annotations: futures.annotations(),
        allow_top_level_await: false,
    };
    let table = SymbolTable::build(&parsed.program, &source, options).map_err(fail)?;
    let made = Maker {
        vm,
        source: &source,
        table: &table,
    };
    made.entry(table.top(), true)
}

struct Maker<'a> {
    vm: &'a Vm,
    source: &'a Source,
    table: &'a SymbolTable,
}

impl Maker<'_> {
    fn entry(&self, block: &Block, top: bool) -> PyResult<Owned> {
        self.vm.check_native_stack()?;
        let symbols = PyDict::new();
        if let Some(d) = symbols.cast::<PyDict>() {
            for (name, flags) in block.symbols.iter() {
                d.set_str(intern(name.as_str()).value(), new_int(i64::from(flags)));
            }
        }
        let mut children = Vec::new();
        for c in &block.children {
            children.push(self.entry(self.table.block(*c), false)?);
        }
        let line = if top {
            0
        } else {
            self.source.position(block.range.start()).0
        };
        let names = block.params.iter().map(|n| intern(n.as_str())).collect();
        // The address of the block serves as its identity, as long as the table lives.
        let id = std::ptr::from_ref(block) as i64;
        Ok(new_object(
            PyTableEntry::class(),
            PyTableEntry {
                id: new_int(id),
                name: intern(block.name.as_str()),
                symbols,
                varnames: PyList::new(names),
                children: PyList::new(children),
                nested: new_int(i64::from(block.nested)),
                kind: new_int(block.kind as i64),
                lineno: new_int(i64::from(line)),
            },
        ))
    }
}
