//! `_json`: the scanner and the encoder of `json`.

mod encoder;
mod scanner;
mod strings;

use crate::NativeModule;
use pyjit_core::prelude::*;

pub static MODULE: NativeModule = NativeModule::new("_json", FUNCTIONS).init(|vm, m| {
    let scanner = scanner::define(vm);
    m.dict().set_name("make_scanner", scanner.as_owned());
    let encoder = encoder::define(vm);
    m.dict().set_name("make_encoder", encoder.as_owned());
    Ok(())
});

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function(
        "encode_basestring_ascii",
        "(object, /)",
        |vm, a| strings::encode(vm, a[0], true),
        "A string as ASCII-only JSON.",
    ),
    MethodDef::function(
        "encode_basestring",
        "(object, /)",
        |vm, a| strings::encode(vm, a[0], false),
        "A string as JSON.",
    ),
    MethodDef::function(
        "scanstring",
        "(string, end, strict=True, /)",
        strings::scanstring,
        "The string literal that begins before end, and where it ends.",
    ),
];

/// A `json.JSONDecodeError`.
fn decode_error(vm: &Vm, msg: &str, doc: Value, at: usize) -> Raised {
    match vm.import_attr("json.decoder", "JSONDecodeError") {
        Ok(class) => {
            let args = [PyStr::from_str(msg), doc.own(), new_usize(at)];
            let values: Vec<Value> = args.iter().map(|a| a.value()).collect();
            match vm.call(class.value(), &values) {
                Ok(e) => match vm.make_exception(e.value()) {
                    Ok(r) => r,
                    Err(r) => r,
                },
                Err(e) => e,
            }
        }
        Err(e) => e,
    }
}
