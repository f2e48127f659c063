//! `_random`: the Mersenne Twister as a class, the base of `random.Random`.

use crate::{NativeModule, payload_class};
use pyjit_core::prelude::*;
use pyjit_num::mt::MersenneTwister;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_random", &[])
    .doc("Module implements the Mersenne Twister random number generator.")
    .init(init);

py_class! {
    /// `_random.Random`.
    pub struct PyRandom as "Random", nogc { state: NoTrace<MutCell<MersenneTwister>> }
}

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    payload_class::<PyRandom>(
        vm,
        m,
        ClassSpec {
            module: "_random",
            doc: Some("Random() -> create a random number generator with its own internal state."),
            flags: type_flags::BASE,
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    let state = NoTrace(MutCell::new(MersenneTwister::from_word(0)));
                    Ok(new_object(class, PyRandom { state }))
                }));
                s.init.set(Some(random_init));
            },
            methods: METHODS,
            ..ClassSpec::new("Random")
        },
    );
    Ok(())
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("random", "(self, /)", |vm, a| Ok(new_float(me(vm, a[0])?.random53())), "random() -> x in the interval [0, 1)."),
    MethodDef::new("seed", "(self, n=None, /)", |vm, a| { seed(vm, a[0], a[1])?; Ok(Owned::NONE) }, "seed([n]) -> None.\n\nDefaults to use urandom and falls back to a combination\nof the current time and the process identifier."),
    MethodDef::new("getstate", "(self, /)", getstate, "getstate() -> tuple containing the current state."),
    MethodDef::new("setstate", "(self, state, /)", setstate, "setstate(state) -> None.  Restores generator state."),
    MethodDef::new("getrandbits", "(self, k, /)", getrandbits, "getrandbits(k) -> x.  Generates an int with k random bits."),
];

fn me<'a>(vm: &Vm, v: Value) -> PyResult<&'a mut MersenneTwister> {
    match v.cast::<PyRandom>() {
        Some(r) => Ok(r.state.0.get_mut()),
        None => Err(vm.type_error("a Random object is required")),
    }
}

fn random_init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    args.no_keywords(vm, "Random")?;
    args.check_positional(vm, "Random", 0, 1)?;
    seed(vm, v, args.pos().first().copied().unwrap_or(Value::NULL))
}

fn seed(vm: &Vm, v: Value, n: Value) -> PyResult<()> {
    let fresh = match n.given() {
        None => {
            use std::io::Read;
            let mut bytes = [0u8; 4 * 624];
            let read = std::fs::File::open("/dev/urandom").and_then(|mut f| f.read_exact(&mut bytes));
            if read.is_err() {
                let now = std::time::SystemTime::now()
                    .duration_since(std::time::UNIX_EPOCH)
                    .map_or(0, |d| d.as_nanos());
                bytes[..16].copy_from_slice(&now.to_le_bytes());
                bytes[16..20].copy_from_slice(&std::process::id().to_le_bytes());
            }
            let words: Vec<u32> = bytes
                .chunks_exact(4)
                .map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]))
                .collect();
            MersenneTwister::init_by_array(&words)
        }
        Some(n) => match n.as_int() {
            Some(i) => MersenneTwister::from_int(&i.to_big().abs()),
            None => {
                let h = vm.hash(n)? as u64;
                MersenneTwister::from_int(&pyjit_num::BigInt::from_u64(h))
            }
        },
    };
    *me(vm, v)? = fresh;
    Ok(())
}

fn getstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (words, index) = me(vm, a[0])?.get_state();
    let mut items: Vec<Owned> = words.iter().map(|w| Owned::small(i64::from(*w))).collect();
    items.push(new_usize(index));
    Ok(PyTuple::new(items))
}

fn setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(t) = a[1].cast::<PyTuple>() else {
        return Err(vm.type_error("state vector must be a tuple"));
    };
    let [words @ .., index] = t.as_slice() else {
        return Err(vm.value_error("state vector is the wrong size"));
    };
    if words.len() != 624 {
        return Err(vm.value_error("state vector is the wrong size"));
    }
    let mut state = Vec::with_capacity(624);
    for w in words {
        let i = vm.index(*w)?;
        match i.as_i64() {
            Some(n) if n >= 0 => state.push(n as u32),
            Some(_) => {
                return Err(vm.overflow_error("can't convert negative value to unsigned int"));
            }
            None => {
                return Err(vm.overflow_error("Python int too large to convert to C unsigned long"));
            }
        }
    }
    let index = vm.to_i64(*index)?;
    let restored = usize::try_from(index)
        .ok()
        .and_then(|i| MersenneTwister::set_state(&state, i));
    match restored {
        Some(m) => {
            *me(vm, a[0])? = m;
            Ok(Owned::NONE)
        }
        None => Err(vm.value_error("invalid state")),
    }
}

fn getrandbits(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let k = vm.index(a[1])?;
    let k = match k.as_int() {
        Some(i) if i.is_negative() => {
            return Err(vm.value_error("Cannot convert negative int"));
        }
        Some(IntRef::Small(k)) => k as u64,
        _ => return Err(vm.overflow_error("Python int too large to convert to C uint64_t")),
    };
    if k > 1 << 40 {
        return Err(vm.memory_error());
    }
    let mt = me(vm, a[0])?;
    Ok(if k <= 64 {
        new_u64(mt.bits_u64(k as u32))
    } else {
        new_big(mt.bits(k))
    })
}
