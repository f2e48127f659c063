//! The `match` dispatcher: one loop around one `match` over the opcode. Slower than tail calls on deep pipelines, simple to
//! follow, and the measure for the other.

use super::{call_control, call_slow, call_test, control, drop_words, leap};
use crate::interp::exec::Exec;
use pyjit_core::frame::Ins;
use pyjit_core::ops::{fast, slow};
use pyjit_core::value::Value;
use pyjit_core::vm::Vm;
use pyjit_isa::threaded::Op;

/// Runs from an instruction on until the native entry below is reached.
pub fn run(vm: &Vm, pc: *const Ins, fp: *mut Value, k: *const Value) {
    let mut e = Exec::new(pc, fp, k, vm);
    let fast_paths = !vm.options().no_fast_paths;
    macro_rules! reload {
        () => {{
            e.pc = vm.thread.pc.get();
            e.fp = vm.thread.fp.get();
            e.k = vm.thread.k.get();
            e.drop1 = Value::NULL;
            e.drop2 = Value::NULL;
        }};
    }
    macro_rules! advance {
        ($n:expr) => {{
            e.pc = e.pc.wrapping_offset($n as isize);
            finish!();
        }};
    }
    macro_rules! finish {
        () => {
            if e.drop1.is_heap() {
                drop_words(e.pc, e.fp, e.k, vm, e.drop1, e.drop2);
                e.drop1 = Value::NULL;
                e.drop2 = Value::NULL;
            }
        };
    }
    macro_rules! arm {
        (inline $f:ident) => {{
            fast::$f(&mut e);
            advance!(1)
        }};
        (fast $f:ident) => {
            if fast_paths && fast::$f(&mut e).is_ok() {
                advance!(1)
            } else {
                call_slow(slow::$f, e.pc, e.fp, e.k, vm);
                reload!()
            }
        };
        (slow $f:ident) => {{
            call_slow(slow::$f, e.pc, e.fp, e.k, vm);
            reload!()
        }};
        (branch $f:ident) => {
            match if fast_paths {
                fast::$f(&mut e)
            } else {
                Err(pyjit_core::ops::Miss)
            } {
                Ok(true) => advance!(e.ins().c.get()),
                Ok(false) => advance!(1),
                Err(_) => {
                    call_test(slow::$f, e.ins().c.get() as isize, e.pc, e.fp, e.k, vm);
                    reload!()
                }
            }
        };
        (test $f:ident) => {
            match if fast_paths {
                fast::$f(&mut e)
            } else {
                Err(pyjit_core::ops::Miss)
            } {
                Ok(true) => advance!(e.ins().bc()),
                Ok(false) => advance!(1),
                Err(_) => {
                    call_test(slow::$f, e.ins().bc() as isize, e.pc, e.fp, e.k, vm);
                    reload!()
                }
            }
        };
        (leap $f:ident) => {
            if fast_paths && leap::$f(&mut e).is_ok() {
                finish!();
            } else {
                call_control(control::$f, e.pc, e.fp, e.k, vm);
                reload!();
            }
        };
        (wide $f:ident $g:ident) => {
            if fast_paths && (leap::$f(&mut e).is_ok() || leap::$g(&mut e).is_ok()) {
                finish!();
            } else {
                call_control(control::$f, e.pc, e.fp, e.k, vm);
                reload!();
            }
        };
        (control exit) => {
            return
        };
        (control $f:ident) => {{
            call_control(control::$f, e.pc, e.fp, e.k, vm);
            reload!();
        }};
    }
    macro_rules! dispatch {
        ($($(#[$d:meta])* $Op:ident [$kind:ident $body:ident $($wide:ident)?];)*) => {
            loop {
                match e.ins().op.get() {
                    $(x if x == Op::$Op as u16 => arm!($kind $body $($wide)?),)*
                    _ => return,
                }
            }
        };
    }
    pyjit_isa::for_each_op!(dispatch)
}
