//! `_queue`: `SimpleQueue`.

use crate::NativeModule;
use crate::native::payload_class;
use pyjit_core::prelude::*;
use pyjit_types::sequence::class_getitem_def;
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};
use std::time::Duration;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_queue", &[])
    .doc("What the queue module is built on.")
    .init(init);

/// Tells waiting threads that an item has come: a count of those not yet asked for.
#[derive(Default)]
struct Bell {
    rung: Mutex<usize>,
    heard: Condvar,
}
impl Bell {
    fn ring(&self) {
        *self.rung.lock().unwrap_or_else(|e| e.into_inner()) += 1;
        self.heard.notify_one();
    }
    /// Waits for a ring and takes it.
    fn wait(&self, limit: Duration) -> Option<()> {
        let guard = self.rung.lock().unwrap_or_else(|e| e.into_inner());
        let (mut n, _) = self
            .heard
            .wait_timeout_while(guard, limit, |n| *n == 0)
            .unwrap_or_else(|e| e.into_inner());
        if *n == 0 {
            return None;
        }
        *n -= 1;
        Some(())
    }
}

py_class! {
    /// A queue without bound.
    pub struct PySimpleQueue as "SimpleQueue" { pub items: MutCell<VecDeque<Owned>>, bell: NoTrace<Bell> }
}

fn init(vm: &Vm, module: &PyModule) -> PyResult<()> {
    payload_class::<PySimpleQueue>(
        vm,
        module,
        ClassSpec {
            module: "_queue",
            doc: Some("Simple, unbounded, reentrant FIFO queue."),
            weakrefs: true,
            slots: |s| s.new.set(Some(new)),
            methods: METHODS,
            ..ClassSpec::new("SimpleQueue")
        },
    );
    module.dict().set_name("Empty", empty_class(vm)?);
    Ok(())
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("empty", "(self, /)", |vm, a| Ok(Owned::bool(queue_of(vm, a[0])?.items.get().is_empty())), "Return True if the queue is empty, False otherwise (not reliable!)."),
    MethodDef::new("get", "(self, /, block=True, timeout=None)", get, "Remove and return an item, waiting for one if necessary, at most for the timeout; Empty if none came."),
    MethodDef::new("get_nowait", "(self, /)", |vm, a| get(vm, &[a[0], Value::FALSE, Value::NULL]), "Remove and return an item; Empty if there is none."),
    MethodDef::new("put", "(self, /, item, block=True, timeout=None)", put, "Put the item on the queue; the other arguments are there for likeness to Queue."),
    MethodDef::new("put_nowait", "(self, /, item)", put, "Put an item into the queue without blocking."),
    MethodDef::new("qsize", "(self, /)", |vm, a| Ok(new_usize(queue_of(vm, a[0])?.items.get().len())), "Return the approximate size of the queue (not reliable!)."),
    class_getitem_def("SimpleQueues are generic over the type of their contents"),
];

/// `Empty`, an ordinary exception class.
fn empty_class(vm: &Vm) -> PyResult<Owned> {
    if let Some(c) = vm.module_state.get().get("_queue.Empty") {
        return Ok(c.clone());
    }
    let namespace = PyDict::new();
    if let Some(d) = namespace.cast::<PyDict>() {
        d.set_name("__module__", intern("_queue"));
        d.set_name(
            "__doc__",
            PyStr::from_str("Exception raised by Queue.get(block=0)/get_nowait()."),
        );
    }
    let bases = PyTuple::new(vec![vm.exc.Exception.as_owned()]);
    let class = vm.call(
        TypeObject::class().as_value(),
        &[intern("Empty").value(), bases.value(), namespace.value()],
    )?;
    vm.module_state
        .get_mut()
        .insert("_queue.Empty", class.clone());
    Ok(class)
}

fn queue_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PySimpleQueue> {
    v.cast::<PySimpleQueue>().ok_or_else(|| {
        vm.type_error(format!("expected SimpleQueue, got {}", v.class().name_str()))
    })
}
fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    if class.same(PySimpleQueue::class()) {
        args.no_keywords(vm, "SimpleQueue")?;
        args.check_positional(vm, "SimpleQueue", 0, 0)?;
    }
    Ok(new_object(
        class,
        PySimpleQueue {
            items: MutCell::default(),
            bell: NoTrace::default(),
        },
    ))
}
fn put(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let q = queue_of(vm, a[0])?;
    q.items.get_mut().push_back(a[1].own());
    q.bell.0.ring();
    Ok(Owned::NONE)
}
fn get(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let q = queue_of(vm, a[0])?;
    let keep = a[0].own();
    let block = match a[1].non_null() {
        Some(b) => vm.truthy(b)?,
        None => true,
    };
    let limit = match a[2].given() {
        Some(t) if block => {
            let seconds = vm.to_f64(t)?;
            if seconds < 0.0 {
                return Err(vm.value_error("'timeout' must be a non-negative number"));
            }
            match Duration::try_from_secs_f64(seconds) {
                Ok(d) if seconds <= 9_223_372_036.0 => Some(d),
                _ => return Err(vm.overflow_error("timeout value is too large")),
            }
        }
        _ => None,
    };
    let limit = if block { limit } else { Some(Duration::ZERO) };
    if let Some(x) = q.items.get_mut().pop_front() {
        // Its ring goes with it.
        let _ = q.bell.0.wait(Duration::ZERO);
        return Ok(x);
    }
    let start = std::time::Instant::now();
    loop {
        let left = limit.map(|l| l.saturating_sub(start.elapsed()));
        let came = match left {
            Some(Duration::ZERO) => None,
            left => vm.wait_interruptibly(|d| q.bell.0.wait(d), left)?,
        };
        // Another thread may have been faster: then the wait goes on.
        if let Some(x) = q.items.get_mut().pop_front() {
            return Ok(x);
        }
        if came.is_none() {
            break;
        }
    }
    drop(keep);
    let class = empty_class(vm)?;
    let e = vm.call(class.value(), &[])?;
    Err(Raised::new(e))
}
