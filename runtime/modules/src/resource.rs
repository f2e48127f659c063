//! `resource`: limits of processes and what they have used.

use crate::NativeModule;
use crate::system::limits;
use pyjit_core::prelude::*;
use pyjit_types::structseq::StructSeq;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("resource", FUNCTIONS).init(|vm, m| {
    let d = m.dict();
    d.set_name("error", vm.exc.OSError.as_owned());
    d.set_name("struct_rusage", USAGE.define(vm).as_owned());
    for (name, n) in CONSTANTS {
        d.set_name(name, new_int(*n));
    }
    Ok(())
});

static USAGE: StructSeq = StructSeq::new(
    "resource",
    "struct_rusage",
    Some("struct_rusage: Result from getrusage.\n\nThis object may be accessed either as a tuple of\n    (utime,stime,maxrss,ixrss,idrss,isrss,minflt,majflt,\n    nswap,inblock,oublock,msgsnd,msgrcv,nsignals,nvcsw,nivcsw)\nor via the attributes ru_utime, ru_stime, ru_maxrss, and so on."),
    &[
        ("ru_utime", "user time used"),
        ("ru_stime", "system time used"),
        ("ru_maxrss", "max. resident set size"),
        ("ru_ixrss", "shared memory size"),
        ("ru_idrss", "unshared data size"),
        ("ru_isrss", "unshared stack size"),
        ("ru_minflt", "page faults not requiring I/O"),
        ("ru_majflt", "page faults requiring I/O"),
        ("ru_nswap", "number of swap outs"),
        ("ru_inblock", "block input operations"),
        ("ru_oublock", "block output operations"),
        ("ru_msgsnd", "IPC messages sent"),
        ("ru_msgrcv", "IPC messages received"),
        ("ru_nsignals", "signals received"),
        ("ru_nvcsw", "voluntary context switches"),
        ("ru_nivcsw", "involuntary context switches"),
    ],
    16,
);

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("getrusage", "(who, /)", getrusage, ""),
    MethodDef::function("getrlimit", "(resource, /)", |vm, a| {
        let r = kind(vm, a[0])?;
        let old = limits::limit(0, r, None).map_err(|e| vm.io_error(&e, None))?;
        Ok(pair(old))
    }, ""),
    MethodDef::function("setrlimit", "(resource, limits, /)", |vm, a| {
        let r = kind(vm, a[0])?;
        let new = wanted(vm, a[1])?;
        change(vm, 0, r, Some(new))?;
        Ok(Owned::NONE)
    }, ""),
    MethodDef::function("prlimit", "(pid, resource, limits=None, /)", |vm, a| {
        let pid = vm.to_i32(a[0])?;
        let r = kind(vm, a[1])?;
        let new = match a[2].given() {
            Some(v) => Some(wanted(vm, v)?),
            None => None,
        };
        Ok(pair(change(vm, pid, r, new)?))
    }, ""),
    MethodDef::function("getpagesize", "()", |_, _| Ok(new_int(limits::page_size())), ""),
];

fn getrusage(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let who = vm.to_i32(a[0])?;
    let r = match limits::usage(who) {
        Ok(r) => r,
        Err(e) if e.raw_os_error() == Some(libc::EINVAL) => {
            return Err(vm.value_error("invalid who parameter"));
        }
        Err(e) => return Err(vm.io_error(&e, None)),
    };
    let time = |t: libc::timeval| new_float(t.tv_sec as f64 + t.tv_usec as f64 * 1e-6);
    let mut fields = vec![time(r.ru_utime), time(r.ru_stime)];
    fields.extend(
        [
            r.ru_maxrss, r.ru_ixrss, r.ru_idrss, r.ru_isrss, r.ru_minflt, r.ru_majflt, r.ru_nswap,
            r.ru_inblock, r.ru_oublock, r.ru_msgsnd, r.ru_msgrcv, r.ru_nsignals, r.ru_nvcsw,
            r.ru_nivcsw,
        ]
        .map(new_int),
    );
    Ok(USAGE.make(vm, fields))
}

fn kind(vm: &Vm, v: Value) -> PyResult<u32> {
    match u32::try_from(vm.to_i32(v)?) {
        Ok(n) if n < KINDS => Ok(n),
        _ => Err(vm.value_error("invalid resource specified")),
    }
}

/// The kernel's RLIM_NLIMITS.
const KINDS: u32 = 16;

/// A limit as Python sees it: no limit is -1.
fn shown(n: u64) -> Owned {
    if n == libc::RLIM_INFINITY { new_int(-1) } else { new_u64(n) }
}

fn pair((soft, hard): (u64, u64)) -> Owned {
    PyTuple::new(vec![shown(soft), shown(hard)])
}

fn wanted(vm: &Vm, v: Value) -> PyResult<(u64, u64)> {
    let t = vm.tuple_from(v)?;
    let &[soft, hard] = vm.tuple_items(t.value()) else {
        return Err(vm.value_error("expected a tuple of 2 integers"));
    };
    Ok((one(vm, soft)?, one(vm, hard)?))
}

fn one(vm: &Vm, v: Value) -> PyResult<u64> {
    let n = vm.index(v)?;
    let Some(i) = n.as_int() else {
        return Err(vm.type_error("expected an integer"));
    };
    match n.as_i64() {
        Some(-1) => Ok(libc::RLIM_INFINITY),
        Some(n) if n >= 0 => Ok(n as u64),
        _ if i.is_negative() => Err(vm.value_error("Cannot convert negative int")),
        _ => i
            .to_big()
            .to_string()
            .parse()
            .map_err(|_| vm.overflow_error("Python int too large to convert to C rlim_t")),
    }
}

fn change(vm: &Vm, pid: i32, kind: u32, new: Option<(u64, u64)>) -> PyResult<(u64, u64)> {
    limits::limit(pid, kind, new).map_err(|e| match e.raw_os_error() {
        Some(libc::EINVAL) => vm.value_error("current limit exceeds maximum limit"),
        Some(libc::EPERM) if pid == 0 => vm.value_error("not allowed to raise maximum limit"),
        _ => vm.io_error(&e, None),
    })
}

#[rustfmt::skip] // a table
static CONSTANTS: &[(&str, i64)] = &[
    ("RLIMIT_AS", 9), ("RLIMIT_CORE", 4), ("RLIMIT_CPU", 0), ("RLIMIT_DATA", 2), ("RLIMIT_FSIZE", 1),
    ("RLIMIT_MEMLOCK", 8), ("RLIMIT_MSGQUEUE", 12), ("RLIMIT_NICE", 13), ("RLIMIT_NOFILE", 7),
    ("RLIMIT_NPROC", 6), ("RLIMIT_OFILE", 7), ("RLIMIT_RSS", 5), ("RLIMIT_RTPRIO", 14),
    ("RLIMIT_RTTIME", 15), ("RLIMIT_SIGPENDING", 11), ("RLIMIT_STACK", 3), ("RLIM_INFINITY", -1),
    ("RUSAGE_CHILDREN", -1), ("RUSAGE_SELF", 0), ("RUSAGE_THREAD", 1),
];
