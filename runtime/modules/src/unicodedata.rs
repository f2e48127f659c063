//! `unicodedata`: the Unicode character database, in its present version and as it was in version 3.2.

use crate::{NativeModule, add_class};
use pyjit_core::prelude::*;
use pyjit_text::unicode::{self, Form, v3_2};

pub static MODULE: NativeModule = NativeModule::new("unicodedata", FUNCTIONS).init(init);

py_class! {
    /// `UCD`: a database of another version.
    pub struct PyUcd as "UCD", nogc { pub old: bool }
}

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let class = define_class::<PyUcd>(
        vm,
        ClassSpec {
            module: "unicodedata",
            flags: type_flags::DISALLOW_INSTANTIATION,
            methods: METHODS,
            getset: &[GetSetDef {
                name: "unidata_version",
                doc: None,
                get: Some(|_, _| Ok(PyStr::from_str(v3_2::VERSION))),
                set: None,
            }],
            ..ClassSpec::new("UCD")
        },
    );
    add_class(m, class);
    let d = m.dict();
    d.set_name("unidata_version", PyStr::from_str(unicode::VERSION));
    d.set_name("ucd_3_2_0", new_object(class, PyUcd { old: true }));
    Ok(())
}

/// The one character of a string argument.
fn character(vm: &Vm, v: Value, who: &str, position: &str) -> PyResult<u32> {
    let Some(s) = v.cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "{who}() argument{position} must be a unicode character, not {}",
            if v.is_none() { "None".to_owned() } else { v.class().name_str() }
        )));
    };
    match s.text().get(0) {
        Some(c) if s.len() == 1 => Ok(c),
        _ => {
            Err(vm.type_error(format!(
                "{who}(): argument{position} must be a unicode character, not a string of length {}",
                s.len()
            )))
        }
    }
}

/// The value, the default that was given, or ValueError.
fn or_default(vm: &Vm, found: Option<Owned>, default: Value, msg: &str) -> PyResult<Owned> {
    match (found, default.non_null()) {
        (Some(v), _) => Ok(v),
        (None, Some(d)) => Ok(d.own()),
        (None, None) => Err(vm.value_error(msg)),
    }
}

/// Each function twice: over the present database and, as a method, over the old one.
macro_rules! both {
    ($($name:literal $sig:literal $method_sig:literal $doc:literal = $f:expr;)*) => {
        static FUNCTIONS: &[MethodDef] = &[$(MethodDef::function($name, $sig, |vm, a| {
            let f: fn(&Vm, &[Value], bool) -> PyResult<Owned> = $f;
            f(vm, a, false)
        }, $doc),)*];
        static METHODS: &[MethodDef] = &[$(MethodDef::new($name, $method_sig, |vm, a| {
            let f: fn(&Vm, &[Value], bool) -> PyResult<Owned> = $f;
            f(vm, a.get(1..).unwrap_or(&[]), true)
        }, $doc),)*];
    };
}

both! {
    "decimal" "(chr, default=None, /)" "(self, chr, default=None, /)" "The decimal value of a character." = |vm, a, old| {
        let c = character(vm, a[0], "decimal", " 1")?;
        let v = if old { v3_2::decimal(c) } else { unicode::decimal(c) };
        or_default(vm, v.map(|d| new_int(i64::from(d))), a[1], "not a decimal")
    };
    "digit" "(chr, default=None, /)" "(self, chr, default=None, /)" "The digit value of a character." = |vm, a, old| {
        let c = character(vm, a[0], "digit", " 1")?;
        let v = if old { v3_2::digit(c) } else { unicode::digit(c) };
        or_default(vm, v.map(|d| new_int(i64::from(d))), a[1], "not a digit")
    };
    "numeric" "(chr, default=None, /)" "(self, chr, default=None, /)" "The numeric value of a character." = |vm, a, old| {
        let c = character(vm, a[0], "numeric", " 1")?;
        let v = if old { v3_2::numeric(c) } else { unicode::numeric(c) };
        or_default(vm, v.map(new_float), a[1], "not a numeric character")
    };
    "category" "(chr, /)" "(self, chr, /)" "The general category of a character." = |vm, a, old| {
        let c = character(vm, a[0], "category", "")?;
        Ok(PyStr::from_str(if old { v3_2::category(c) } else { unicode::category(c) }))
    };
    "bidirectional" "(chr, /)" "(self, chr, /)" "The bidirectional class of a character." = |vm, a, old| {
        let c = character(vm, a[0], "bidirectional", "")?;
        Ok(PyStr::from_str(if old { v3_2::bidirectional(c) } else { unicode::bidirectional(c) }))
    };
    "combining" "(chr, /)" "(self, chr, /)" "The canonical combining class of a character." = |vm, a, old| {
        let c = character(vm, a[0], "combining", "")?;
        Ok(new_int(i64::from(if old { v3_2::combining(c) } else { unicode::combining(c) })))
    };
    "mirrored" "(chr, /)" "(self, chr, /)" "1 if the character is mirrored in bidirectional text." = |vm, a, old| {
        let c = character(vm, a[0], "mirrored", "")?;
        Ok(new_int(i64::from(if old { v3_2::mirrored(c) } else { unicode::mirrored(c) })))
    };
    "east_asian_width" "(chr, /)" "(self, chr, /)" "The East Asian width of a character." = |vm, a, old| {
        let c = character(vm, a[0], "east_asian_width", "")?;
        Ok(PyStr::from_str(if old { v3_2::east_asian_width(c) } else { unicode::east_asian_width(c) }))
    };
    "decomposition" "(chr, /)" "(self, chr, /)" "The decomposition mapping of a character." = |vm, a, old| {
        let c = character(vm, a[0], "decomposition", "")?;
        Ok(PyStr::from_str(&if old { v3_2::decomposition(c) } else { unicode::decomposition(c) }))
    };
    "name" "(chr, default=None, /)" "(self, chr, default=None, /)" "The name of a character." = |vm, a, old| {
        let c = character(vm, a[0], "name", " 1")?;
        let v = if old { v3_2::name(c) } else { unicode::name(c) };
        or_default(vm, v.map(|n| PyStr::from_str(&n)), a[1], "no such name")
    };
    "lookup" "(name, /)" "(self, name, /)" "The character or sequence of a name." = |vm, a, old| {
        let name = if let Some(s) = a[0].cast::<PyStr>() {
            s.to_lossy()
        } else {
            String::from_utf8_lossy(&vm.bytes_of(a[0])?).into_owned()
        };
        if name.len() > 256 {
            return Err(vm.error(vm.exc.KeyError, "name too long"));
        }
        let found = unicode::lookup(&name)
            .filter(|codes| !old || codes.iter().all(|c| v3_2::name(*c).is_some()));
        match found {
            Some(codes) => Ok(PyStr::from_codes(&codes)),
            None => Err(vm.error(vm.exc.KeyError, format!("undefined character name '{name}'"))),
        }
    };
    "is_normalized" "(form, unistr, /)" "(self, form, unistr, /)" "Whether a string is in a normal form." = |vm, a, old| {
        let (form, s) = form_and_text(vm, a, "is_normalized")?;
        let same = if old {
            v3_2::normalize(form, &s.text().to_codes()) == s.text().to_codes()
        } else {
            unicode::is_normalized(form, s.text())
        };
        Ok(Owned::bool(same))
    };
    "normalize" "(form, unistr, /)" "(self, form, unistr, /)" "A string in a normal form." = |vm, a, old| {
        let (form, s) = form_and_text(vm, a, "normalize")?;
        if old {
            let codes = v3_2::normalize(form, &s.text().to_codes());
            return Ok(PyStr::from_codes(&codes));
        }
        Ok(match unicode::normalize_text(form, s.text()) {
            Some(t) => PyStr::from_buf(&t),
            None if a[1].is_exact::<PyStr>() => a[1].own(),
            None => PyStr::from_text(s.text()),
        })
    };
}

fn form_and_text<'a>(vm: &Vm, a: &[Value], who: &str) -> PyResult<(Form, &'a PyStr)> {
    let arg = |i: usize| {
        a[i].cast::<PyStr>().ok_or_else(|| {
            vm.type_error(format!(
                "{who}() argument {} must be str, not {}",
                i + 1,
                a[i].class().name_str()
            ))
        })
    };
    let (form, text) = (arg(0)?, arg(1)?);
    match Form::parse(&form.to_lossy()) {
        Some(f) => Ok((f, text)),
        None => Err(vm.value_error("invalid normalization form")),
    }
}
