//! Takes the import system's own frames out of tracebacks. Called when an import fails.

use pyjit_core::exception::PyTraceback;
use pyjit_core::frame::PyFrame;
use pyjit_core::prelude::*;
use pyjit_core::vm::Raised;

/// File name and function name of a traceback entry.
fn place(tb: &PyTraceback) -> (String, String) {
    match tb.frame.value().cast::<PyFrame>() {
        Some(f) => {
            let code = f.code();
            (text_of(code.filename.value()), text_of(code.name.value()))
        }
        None => Default::default(),
    }
}

/// The exception with its traceback trimmed: runs of importlib frames go if the error is an ImportError, or if they end in
/// the helper that importlib calls loaders through.
pub fn importlib_frames(vm: &Vm, e: Raised) -> Raised {
    if vm.options().verbose > 0 {
        return e;
    }
    let always = e.is_instance(vm.exc.ImportError);
    let mut chain: Vec<Owned> = Vec::new();
    let mut at = e.payload().traceback.own();
    while let Some(tb) = at.value().cast::<PyTraceback>() {
        let next = tb.next.own();
        chain.push(at);
        at = next;
    }
    let mut keep: Vec<Owned> = Vec::new();
    let mut run: Vec<Owned> = Vec::new();
    for entry in chain {
        let Some(tb) = entry.value().cast::<PyTraceback>() else {
            continue;
        };
        let (file, function) = place(tb);
        if file.starts_with("<frozen importlib._bootstrap") {
            run.push(entry);
            if always || function == "_call_with_frames_removed" {
                run.clear();
            }
        } else {
            keep.append(&mut run);
            keep.push(entry);
        }
    }
    keep.append(&mut run);
    for pair in keep.windows(2) {
        if let Some(tb) = pair[0].value().cast::<PyTraceback>() {
            tb.next.set(pair[1].clone());
        }
    }
    if let Some(last) = keep.last().and_then(|t| t.value().cast::<PyTraceback>()) {
        last.next.set(Owned::NULL);
    }
    e.payload()
        .traceback
        .set(keep.into_iter().next().unwrap_or(Owned::NULL));
    e
}
