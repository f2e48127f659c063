//! The tail-call dispatcher: every op is a handler that ends in a jump to the next one's handler. Relies on LLVM's sibling
//! calls (docs/dispatch.md): handlers return nothing, keep nothing alive, let no address of a local escape; slow paths are
//! handlers of their own.

use super::{control, drop_words, leap, run_control, run_slow, run_test};
use crate::interp::exec::Exec;
use pyjit_core::frame::{Ins, Scratch};
use pyjit_core::ops::{fast, slow};
use pyjit_core::value::Value;
use pyjit_core::vm::Vm;
use pyjit_isa::threaded::Op;

/// The arguments of every handler, written once.
macro_rules! handler {
    ($(#[$m:meta])* $vis:vis fn $name:ident($pc:ident, $sp:ident, $fp:ident, $k:ident, $vm:ident, $x:ident) $body:block) => {
        $(#[$m])*
        #[cfg(target_arch = "x86_64")]
        $vis unsafe extern "sysv64" fn $name($pc: *const Ins, $sp: Scratch, $fp: *mut Value, $k: *const Value, $vm: *const Vm, $x: Scratch) $body
        $(#[$m])*
        #[cfg(not(target_arch = "x86_64"))]
        $vis unsafe extern "C" fn $name($pc: *const Ins, $sp: Scratch, $fp: *mut Value, $k: *const Value, $vm: *const Vm, $x: Scratch) $body
    };
}

/// Goes to the handler of an instruction.
macro_rules! go {
    ($pc:expr, $fp:expr, $k:expr, $vm:expr) => {{
        let pc: *const Ins = $pc;
        // SAFETY: pc points at an instruction of live code, whose handler word is the address of a handler.
        unsafe {
            let h: pyjit_core::frame::HandlerFn = std::mem::transmute::<usize, pyjit_core::frame::HandlerFn>((*pc).handler.get());
            return h(pc, Scratch::uninit(), $fp, $k, $vm, Scratch::uninit());
        }
    }};
}
/// Goes on where the thread state says.
macro_rules! go_published {
    ($vm:expr) => {{
        // SAFETY: the runtime is never freed.
        let t = unsafe { &(*$vm).thread };
        go!(t.pc.get(), t.fp.get(), t.k.get(), $vm)
    }};
}
/// Goes on after a fast body, dropping first what it has replaced.
macro_rules! finish {
    ($e:ident) => {{
        if $e.drop1.is_heap() {
            // SAFETY: same signature; the two words travel in the scratch arguments.
            unsafe {
                return h_drop(
                    $e.pc,
                    Scratch::new($e.drop2.bits()),
                    $e.fp,
                    $e.k,
                    $e.vm,
                    Scratch::new($e.drop1.bits()),
                );
            }
        }
        go!($e.pc, $e.fp, $e.k, $e.vm)
    }};
}

handler! {
    #[cold]
    #[inline(never)]
    fn h_drop(pc, sp, fp, k, vm, x) {
        // SAFETY: whoever comes here passes two words.
        let (first, second) = unsafe {
            (Value::from_bits(x.assume_init()), Value::from_bits(sp.assume_init()))
        };
        if !second.is_heap() && first.header().refs() > 1 {
            first.header().drop_shared();
        } else {
            drop_words(pc, fp, k, vm, first, second);
        }
        go!(pc, fp, k, vm)
    }
}
handler! {
    pub fn h_exit(_pc, _sp, _fp, _k, _vm, _x) {}
}

/// One module a op, so that handler and slow handler have names that a profiler shows.
macro_rules! op_handlers {
    ($Op:ident inline $f:ident) => {
        handler! { pub fn $Op(pc, _sp, fp, k, vm, _x) {
            let mut e = Exec::new(pc, fp, k, vm);
            fast::$f(&mut e);
            e.pc = e.pc.wrapping_add(1);
            finish!(e)
        } }
        pub use $Op as miss;
    };
    ($Op:ident fast $f:ident) => {
        handler! { pub fn $Op(pc, _sp, fp, k, vm, _x) {
            let mut e = Exec::new(pc, fp, k, vm);
            if fast::$f(&mut e).is_err() {
                // SAFETY: same signature.
                unsafe { return miss(pc, Scratch::uninit(), fp, k, vm, Scratch::uninit()) }
            }
            e.pc = e.pc.wrapping_add(1);
            finish!(e)
        } }
        op_handlers!(@slow slow::$f);
    };
    ($Op:ident slow $f:ident) => {
        op_handlers!(@slow slow::$f);
        pub use miss as $Op;
    };
    (@slow $f:path) => {
        #[inline(never)]
        fn whole(pc: *const Ins, fp: *mut Value, k: *const Value, vm: *const Vm) {
            run_slow($f, pc, fp, k, vm)
        }
        op_handlers!(@miss);
    };
    // What misses leave where to go on in the thread state: nothing has to be kept over the call.
    (@miss) => {
        handler! { #[cold] #[inline(never)] pub fn miss(pc, _sp, fp, k, vm, _x) {
            whole(pc, fp, k, vm);
            go_published!(vm)
        } }
    };
    ($Op:ident branch $f:ident) => { op_handlers!(@jump $Op $f c); };
    ($Op:ident test $f:ident) => { op_handlers!(@jump $Op $f bc); };
    (@jump $Op:ident $f:ident $place:ident) => {
        handler! { pub fn $Op(pc, _sp, fp, k, vm, _x) {
            let mut e = Exec::new(pc, fp, k, vm);
            match fast::$f(&mut e) {
                Ok(true) => e.pc = e.pc.wrapping_offset(op_handlers!(@distance e $place)),
                Ok(false) => e.pc = e.pc.wrapping_add(1),
                // SAFETY: same signature.
                Err(_) => unsafe { return miss(pc, Scratch::uninit(), fp, k, vm, Scratch::uninit()) },
            }
            finish!(e)
        } }
        #[inline(never)]
        fn whole(pc: *const Ins, fp: *mut Value, k: *const Value, vm: *const Vm) {
            let e = Exec::new(pc, fp, k, vm);
            run_test(slow::$f, op_handlers!(@distance e $place), pc, fp, k, vm)
        }
        op_handlers!(@miss);
    };
    (@distance $e:ident c) => { $e.ins().c.get() as isize };
    (@distance $e:ident bc) => { $e.ins().bc() as isize };
    ($Op:ident leap $f:ident) => {
        handler! { pub fn $Op(pc, _sp, fp, k, vm, _x) {
            let mut e = Exec::new(pc, fp, k, vm);
            if leap::$f(&mut e).is_err() {
                // SAFETY: same signature.
                unsafe { return miss(pc, Scratch::uninit(), fp, k, vm, Scratch::uninit()) }
            }
            finish!(e)
        } }
        op_handlers!(@control $f);
    };
    ($Op:ident wide $f:ident $g:ident) => {
        handler! { pub fn $Op(pc, _sp, fp, k, vm, _x) {
            let mut e = Exec::new(pc, fp, k, vm);
            if leap::$f(&mut e).is_err() {
                // SAFETY: same signature.
                unsafe { return wide(pc, Scratch::uninit(), fp, k, vm, Scratch::uninit()) }
            }
            finish!(e)
        } }
        handler! { #[inline(never)] pub fn wide(pc, _sp, fp, k, vm, _x) {
            let mut e = Exec::new(pc, fp, k, vm);
            if leap::$g(&mut e).is_err() {
                // SAFETY: same signature.
                unsafe { return miss(pc, Scratch::uninit(), fp, k, vm, Scratch::uninit()) }
            }
            finish!(e)
        } }
        op_handlers!(@control $f);
    };
    ($Op:ident control exit) => {
        pub use super::super::h_exit as $Op;
        pub use super::super::h_exit as miss;
    };
    ($Op:ident control $f:ident) => {
        op_handlers!(@control $f);
        pub use miss as $Op;
    };
    (@control $f:ident) => {
        #[inline(never)]
        fn whole(pc: *const Ins, fp: *mut Value, k: *const Value, vm: *const Vm) {
            run_control(control::$f, pc, fp, k, vm)
        }
        op_handlers!(@miss);
    };
}
macro_rules! define_handlers {
    ($($(#[$d:meta])* $Op:ident [$kind:ident $body:ident $($wide:ident)?];)*) => {
        #[allow(non_snake_case, unused_imports)] // modules and handlers carry the ops' names; not every op uses every import
        mod handlers_of {
            $( pub mod $Op {
                use super::super::*;
                op_handlers!($Op $kind $body $($wide)?);
            } )*
        }
        /// Handler addresses by opcode. Without fast paths every op starts at its slow handler.
        pub fn handlers(fast_paths: bool) -> Vec<usize> {
            let all = [$( (handlers_of::$Op::$Op as *const () as usize, handlers_of::$Op::miss as *const () as usize) ),*];
            Op::ALL.iter().zip(all).map(|(_, (h, m))| if fast_paths { h } else { m }).collect()
        }
    };
}
pyjit_isa::for_each_op!(define_handlers);

/// Runs from an instruction on until the native entry below is reached.
pub fn run(vm: &Vm, pc: *const Ins, fp: *mut Value, k: *const Value) {
    // SAFETY: the caller gives an instruction of live code with its frame and constants.
    unsafe {
        let h: pyjit_core::frame::HandlerFn =
            std::mem::transmute::<usize, pyjit_core::frame::HandlerFn>((*pc).handler.get());
        h(pc, Scratch::uninit(), fp, k, vm, Scratch::uninit());
    }
}
