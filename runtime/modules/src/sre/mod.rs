//! `_sre`: pattern and match objects over the engine in the text crate.

mod matches;
mod pattern;
mod subject;
mod substitute;

use crate::NativeModule;
use pyjit_core::prelude::*;
use pyjit_text::{sre, unicode};

pub static MODULE: NativeModule = NativeModule::new("_sre", FUNCTIONS).init(init);

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function(
        "compile",
        "(pattern, flags, code, groups, groupindex, indexgroup)",
        pattern::compile,
        "A pattern object from compiled code.",
    ),
    MethodDef::function(
        "template",
        "(pattern, template, /)",
        substitute::template,
        "A replacement template from its parsed parts.",
    ),
    MethodDef::function(
        "getcodesize",
        "()",
        |_, _| Ok(Owned::small(4)),
        "Bytes of a code word.",
    ),
    MethodDef::function(
        "ascii_iscased",
        "(character, /)",
        |vm, a| {
            let c = vm.to_i32(a[0])? as u32;
            Ok(Owned::bool(u8::try_from(c).is_ok_and(|b| b.is_ascii_alphabetic())))
        },
        "Whether an ASCII letter.",
    ),
    MethodDef::function(
        "ascii_tolower",
        "(character, /)",
        |vm, a| {
            let c = vm.to_i32(a[0])?;
            Ok(new_int(i64::from(sre::lower_ascii(c as u32) as i32)))
        },
        "The lower case of an ASCII letter.",
    ),
    MethodDef::function(
        "unicode_iscased",
        "(character, /)",
        |vm, a| {
            let c = vm.to_i32(a[0])? as u32;
            let cased = unicode::lower_simple(c) != c || unicode::upper_simple(c) != c;
            Ok(Owned::bool(cased))
        },
        "Whether the character has another case.",
    ),
    MethodDef::function(
        "unicode_tolower",
        "(character, /)",
        |vm, a| {
            let c = vm.to_i32(a[0])? as u32;
            Ok(new_int(i64::from(unicode::lower_simple(c))))
        },
        "The lower case of a character.",
    ),
];

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    pattern::define(vm);
    matches::define(vm);
    substitute::define(vm);
    let d = m.dict();
    d.set_name("MAGIC", new_int(i64::from(sre::MAGIC)));
    d.set_name("CODESIZE", new_int(4));
    d.set_name("MAXREPEAT", new_int(i64::from(sre::MAXREPEAT)));
    d.set_name("MAXGROUPS", new_int(1_073_741_823));
    d.set_name(
        "copyright",
        PyStr::from_str(" SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB "),
    );
    Ok(())
}
