//! `re.Pattern` and the scanner.

use super::matches::{self, PyMatch};
use super::subject::Subject;
use super::substitute;
use pyjit_core::prelude::*;
use pyjit_text::sre::{self, Input, Machine, Mode, Program, Stop};
use std::cell::Cell;

py_class! {
    /// A compiled pattern.
    pub struct PyPattern as "Pattern" {
        pub pattern: Owned,
        pub flags: i64,
        pub groups: usize,
        /// Group numbers by name: a dict.
        pub groupindex: Owned,
        /// Group names by number: a tuple.
        pub indexgroup: Owned,
        pub code: NoTrace<Vec<u32>>,
        pub program: NoTrace<Program>,
        /// Whether the pattern is for bytes; `None` for a pattern of None.
        pub bytes: NoTrace<Option<bool>>,
        /// A machine to use again.
        pub machine: MutCell<NoTrace<Option<Machine>>>,
    }
}
py_class! {
    /// The scanner behind `finditer` and `scanner()`.
    pub struct PyScanner as "SRE_Scanner" {
        pub pattern: Owned,
        pub string: Owned,
        pub pos: usize,
        pub endpos: usize,
        /// Where the next match is looked for; `NONE` at the end.
        pub start: Cell<usize>,
        pub advance: Cell<bool>,
    }
}

/// What is looked for: a match at the start, one of everything, or one anywhere.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Find {
    Match,
    Full,
    Search,
}

/// A match found: where, and the state with its groups.
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    pub machine: Machine,
}

impl PyPattern {
    fn take_machine(&self) -> Machine {
        let held = self.machine.replace(NoTrace(None));
        held.0.unwrap_or_else(|| Machine::new(&self.program))
    }
    /// Keeps a machine for the next match.
    pub(super) fn give_machine(&self, m: Machine) {
        self.machine.get_mut().0 = Some(m);
    }
    /// Looks for a match between `start` and `endpos`.
    pub(super) fn find(
        &self,
        vm: &Vm,
        s: &Subject,
        start: usize,
        endpos: usize,
        how: Find,
        advance: bool,
    ) -> PyResult<Option<Found>> {
        let mut machine = self.take_machine();
        let input = Input {
            text: s.text().slice(0, endpos),
            start,
        };
        let mode = Mode {
            full: how == Find::Full,
            advance,
        };
        let mut tick = || false;
        let r = if start > endpos {
            Ok(None)
        } else if how == Find::Search {
            sre::search(&self.program, &mut machine, input, mode, &mut tick)
        } else {
            sre::match_here(&self.program, &mut machine, input, mode, &mut tick)
                .map(|r| r.map(|end| (start, end)))
        };
        match r {
            Ok(Some((start, end))) => Ok(Some(Found {
                start,
                end,
                machine,
            })),
            Ok(None) => {
                self.give_machine(machine);
                Ok(None)
            }
            Err(Stop::Memory) => Err(vm.memory_error()),
            Err(Stop::Interrupted) => Err(vm.error(vm.exc.KeyboardInterrupt, "")),
        }
    }
}

pub(super) fn this<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyPattern> {
    v.cast::<PyPattern>()
        .ok_or_else(|| vm.type_error("a pattern is required"))
}

pub(super) fn define(vm: &Vm) {
    define_class::<PyPattern>(
        vm,
        ClassSpec {
            module: "re",
            flags: type_flags::DISALLOW_INSTANTIATION,
            doc: Some("Compiled regular expression object."),
            weakrefs: true,
            slots: |s| {
                s.repr.set(Some(repr));
                s.hash.set(Some(hash));
                s.compare.set(Some(compare));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("Pattern")
        },
    );
    define_class::<PyScanner>(
        vm,
        ClassSpec {
            module: "_sre",
            flags: type_flags::DISALLOW_INSTANTIATION,
            methods: SCANNER_METHODS,
            getset: SCANNER_GETSET,
            ..ClassSpec::new("SRE_Scanner")
        },
    );
}

/// `_sre.compile`.
pub(super) fn compile(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(list) = a[2].cast::<PyList>() else {
        return Err(vm.type_error(format!(
            "compile() argument 'code' must be list, not {}",
            a[2].class().name_str()
        )));
    };
    let flags = i64::from(vm.to_i32(a[1])?);
    let groups = vm.to_size(a[3])?;
    if !a[4].isa::<PyDict>() {
        return Err(vm.type_error(format!(
            "compile() argument 'groupindex' must be dict, not {}",
            a[4].class().name_str()
        )));
    }
    if !a[5].isa::<PyTuple>() {
        return Err(vm.type_error(format!(
            "compile() argument 'indexgroup' must be tuple, not {}",
            a[5].class().name_str()
        )));
    }
    let mut code = Vec::with_capacity(list.len());
    for v in list.snapshot() {
        if v.as_int().is_none() {
            return Err(vm.type_error("an integer is required"));
        }
        match v.as_i64().and_then(|i| u32::try_from(i).ok()) {
            Some(w) => code.push(w),
            None => {
                return Err(vm.overflow_error("regular expression code size limit exceeded"));
            }
        }
    }
    let program = usize::try_from(groups)
        .ok()
        .filter(|g| *g < 1 << 30)
        .and_then(|g| sre::compile(&code, g));
    let Some(program) = program else {
        return Err(vm.runtime_error("invalid SRE code"));
    };
    let bytes = if a[0].is_none() {
        None
    } else {
        Some(Subject::new(vm, a[0])?.is_bytes())
    };
    Ok(new_object(
        PyPattern::class(),
        PyPattern {
            pattern: a[0].own(),
            flags,
            groups: groups as usize,
            groupindex: a[4].own(),
            indexgroup: a[5].own(),
            code: NoTrace(code),
            program: NoTrace(program),
            bytes: NoTrace(bytes),
            machine: MutCell::new(NoTrace(None)),
        },
    ))
}

const FLAG_NAMES: [(i64, &str); 8] = [
    (2, "re.IGNORECASE"),
    (4, "re.LOCALE"),
    (8, "re.MULTILINE"),
    (16, "re.DOTALL"),
    (32, "re.UNICODE"),
    (64, "re.VERBOSE"),
    (128, "re.DEBUG"),
    (256, "re.ASCII"),
];

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let p = this(vm, v)?;
    let mut flags = p.flags;
    // Text patterns are Unicode unless something else is said.
    if p.bytes.0 == Some(false) && flags & (4 | 32 | 256) == 32 {
        flags &= !32;
    }
    let shown = vm.repr(p.pattern.value())?;
    let shown: String = text_of(shown.value()).chars().take(200).collect();
    let mut names: Vec<String> = Vec::new();
    for (bit, name) in FLAG_NAMES {
        if flags & bit != 0 {
            names.push(name.to_owned());
            flags &= !bit;
        }
    }
    if flags != 0 {
        names.push(format!("{flags:#x}"));
    }
    let tail = if names.is_empty() {
        String::new()
    } else {
        format!(", {}", names.join("|"))
    };
    Ok(PyStr::from_str(&format!("re.compile({shown}{tail})")))
}

fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    let p = this(vm, v)?;
    let bytes: Vec<u8> = p.code.iter().flat_map(|w| w.to_le_bytes()).collect();
    let h = vm.hash_bytes(&bytes)
        ^ vm.hash(p.pattern.value())?
        ^ p.flags
        ^ i64::from(p.bytes.0 == Some(true))
        ^ p.groups as i64;
    Ok(if h == -1 { -2 } else { h })
}

fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y), true) = (
        a.cast::<PyPattern>(),
        b.cast::<PyPattern>(),
        matches!(op, Cmp::Eq | Cmp::Ne),
    ) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    let same = a.is(b)
        || x.flags == y.flags
            && x.bytes.0 == y.bytes.0
            && x.code.0 == y.code.0
            && vm.eq(x.pattern.value(), y.pattern.value())?;
    Ok(Owned::bool(same == (op == Cmp::Eq)))
}

fn one(vm: &Vm, a: &[Value], how: Find) -> PyResult<Owned> {
    let p = this(vm, a[0])?;
    let s = Subject::for_pattern(vm, a[1], p.bytes.0)?;
    let (pos, endpos) = s.range(vm, a[2], a[3])?;
    Ok(match p.find(vm, &s, pos, endpos, how, false)? {
        Some(f) => matches::new_match(a[0], a[1], pos, endpos, f),
        None => Owned::NONE,
    })
}

/// Calls `f` with each match in turn until it says that this is enough.
pub(super) fn each(
    vm: &Vm,
    p: &PyPattern,
    s: &Subject,
    pos: usize,
    endpos: usize,
    mut f: impl FnMut(Found) -> PyResult<bool>,
) -> PyResult<()> {
    let (mut at, mut advance) = (pos, false);
    while let Some(found) = p.find(vm, s, at, endpos, Find::Search, advance)? {
        advance = found.start == found.end;
        at = found.end;
        if !f(found)? {
            break;
        }
    }
    Ok(())
}

fn findall(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let p = this(vm, a[0])?;
    let s = Subject::for_pattern(vm, a[1], p.bytes.0)?;
    let (pos, endpos) = s.range(vm, a[2], a[3])?;
    let mut out = Vec::new();
    each(vm, p, &s, pos, endpos, |f| {
        let group = |i: usize| match f.machine.group(i) {
            Some((x, y)) => s.slice(x, y),
            None => s.empty(vm),
        };
        out.push(match p.groups {
            0 => s.slice(f.start, f.end),
            1 => group(0),
            n => PyTuple::new((0..n).map(group).collect()),
        });
        p.give_machine(f.machine);
        Ok(true)
    })?;
    Ok(PyList::new(out))
}

fn split(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let p = this(vm, a[0])?;
    let max = match a[2].non_null() {
        Some(v) => vm.to_size(v)?,
        None => 0,
    };
    let s = Subject::for_pattern(vm, a[1], p.bytes.0)?;
    let len = s.text().len();
    let mut out = Vec::new();
    let (mut last, mut n) = (0, 0);
    if max >= 0 {
        each(vm, p, &s, 0, len, |f| {
            out.push(s.slice(last, f.start));
            for i in 0..p.groups {
                out.push(match f.machine.group(i) {
                    Some((x, y)) => s.slice(x, y),
                    None => Owned::NONE,
                });
            }
            last = f.end;
            n += 1;
            p.give_machine(f.machine);
            Ok(max == 0 || n < max)
        })?;
    }
    out.push(s.slice(last, len));
    Ok(PyList::new(out))
}

fn scanner(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let p = this(vm, a[0])?;
    let s = Subject::for_pattern(vm, a[1], p.bytes.0)?;
    let (pos, endpos) = s.range(vm, a[2], a[3])?;
    Ok(new_object(
        PyScanner::class(),
        PyScanner {
            pattern: a[0].own(),
            string: a[1].own(),
            pos,
            endpos,
            start: Cell::new(pos),
            advance: Cell::new(false),
        },
    ))
}

fn finditer(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let scan = scanner(vm, a)?;
    let search = vm.getattr_str(scan.value(), "search")?;
    Ok(PyCallIter::new(search, Owned::NONE))
}

fn scan(vm: &Vm, v: Value, how: Find) -> PyResult<Owned> {
    let Some(sc) = v.cast::<PyScanner>() else {
        return Ok(Owned::NONE);
    };
    let at = sc.start.get();
    if at == sre::NONE {
        return Ok(Owned::NONE);
    }
    let p = this(vm, sc.pattern.value())?;
    let s = Subject::for_pattern(vm, sc.string.value(), p.bytes.0)?;
    let endpos = sc.endpos.min(s.text().len());
    match p.find(vm, &s, at, endpos, how, sc.advance.get())? {
        Some(f) => {
            sc.advance.set(f.start == f.end);
            sc.start.set(f.end);
            Ok(matches::new_match(
                sc.pattern.value(),
                sc.string.value(),
                sc.pos,
                sc.endpos,
                f,
            ))
        }
        None => {
            sc.start.set(sre::NONE);
            Ok(Owned::NONE)
        }
    }
}

macro_rules! m {
    ($name:literal, $sig:literal, $f:expr, $doc:literal) => {
        MethodDef::new($name, $sig, $f, $doc)
    };
}

static METHODS: &[MethodDef] = &[
    m!(
        "match",
        "(self, /, string, pos=0, endpos=sys.maxsize)",
        |vm, a| one(vm, a, Find::Match),
        "A match at the beginning, or None."
    ),
    m!(
        "fullmatch",
        "(self, /, string, pos=0, endpos=sys.maxsize)",
        |vm, a| one(vm, a, Find::Full),
        "A match of the whole string, or None."
    ),
    m!(
        "search",
        "(self, /, string, pos=0, endpos=sys.maxsize)",
        |vm, a| one(vm, a, Find::Search),
        "The first match anywhere, or None."
    ),
    m!(
        "sub",
        "(self, /, repl, string, count=0)",
        |vm, a| substitute::sub(vm, a, false),
        "The string with matches replaced."
    ),
    m!(
        "subn",
        "(self, /, repl, string, count=0)",
        |vm, a| substitute::sub(vm, a, true),
        "The string with matches replaced, and how many there were."
    ),
    m!(
        "findall",
        "(self, /, string, pos=0, endpos=sys.maxsize)",
        findall,
        "All matches as a list."
    ),
    m!(
        "split",
        "(self, /, string, maxsplit=0)",
        split,
        "The string split at the matches."
    ),
    m!(
        "finditer",
        "(self, /, string, pos=0, endpos=sys.maxsize)",
        finditer,
        "An iterator over all matches."
    ),
    m!(
        "scanner",
        "(self, /, string, pos=0, endpos=sys.maxsize)",
        scanner,
        "A scanner."
    ),
    m!("__copy__", "(self, /)", |_, a| Ok(a[0].own()), "Itself."),
    m!(
        "__deepcopy__",
        "(self, memo, /)",
        |_, a| Ok(a[0].own()),
        "Itself."
    ),
    MethodDef::class(
        "__class_getitem__",
        "(type, object, /)",
        matches::alias,
        "See PEP 585",
    ),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("pattern", |vm, v| Ok(this(vm, v)?.pattern.clone()))
        .doc("The pattern string."),
    GetSetDef::read("flags", |vm, v| Ok(new_int(this(vm, v)?.flags))).doc("The flags."),
    GetSetDef::read("groups", |vm, v| Ok(new_usize(this(vm, v)?.groups)))
        .doc("How many groups there are."),
    GetSetDef::read("groupindex", |vm, v| {
        let p = this(vm, v)?;
        let class = vm.import_attr("types", "MappingProxyType")?;
        vm.call(class.value(), &[p.groupindex.value()])
    })
    .doc("Group numbers by name."),
];

static SCANNER_METHODS: &[MethodDef] = &[
    m!(
        "match",
        "(self, /)",
        |vm, a| scan(vm, a[0], Find::Match),
        "The next match, which begins where the last ended."
    ),
    m!(
        "search",
        "(self, /)",
        |vm, a| scan(vm, a[0], Find::Search),
        "The next match anywhere."
    ),
];
static SCANNER_GETSET: &[GetSetDef] = &[GetSetDef::read("pattern", |_, v| {
    Ok(v.cast::<PyScanner>().map_or(Owned::NONE, |s| s.pattern.clone()))
})];

/// The pattern of a match.
pub(super) fn of_match<'a>(vm: &Vm, m: &PyMatch) -> PyResult<&'a PyPattern> {
    this(vm, m.pattern.value())
}
