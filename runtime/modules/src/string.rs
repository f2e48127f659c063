//! `_string`: the parser of format templates for `string.Formatter`.

use crate::NativeModule;
use pyjit_core::prelude::*;
use pyjit_types::str::{formatter_field_name_split, formatter_parser};

pub static MODULE: NativeModule = NativeModule::new("_string", FUNCTIONS);

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function(
        "formatter_parser",
        "(text, /)",
        |vm, a| formatter_parser(vm, a[0]),
        "The pieces of a template, one after the other.",
    ),
    MethodDef::function(
        "formatter_field_name_split",
        "(name, /)",
        |vm, a| formatter_field_name_split(vm, a[0]),
        "The first part of a field name and the steps after it.",
    ),
];
