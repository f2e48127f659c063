//! Functions of `posix` on processes: starting, waiting, signalling, identities and scheduling.

use super::args::*;
use super::libc_call as calls;
use super::sys_process as sys;
use super::{c_string, retry, text_or_bytes};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_types::structseq::StructSeq;
use std::ffi::CString;

macro_rules! int_getters {
    ($($name:ident),*) => { [$(M::function(stringify!($name), "()", |_, _| Ok(new_int(i64::from(sys::$name()))), ""),)*] };
}
pub(super) static GETTERS: &[M] = &int_getters!(getpid, getppid, getuid, geteuid, getgid, getegid, getpgrp);

pub(super) static FUNCTIONS: &[M] = &[
    M::function("fork", "()", |vm, _| fork(vm), "Fork a child process.\n\nReturn 0 to child process and PID of child to parent process."),
    M::function("register_at_fork", "(*, before=None, after_in_child=None, after_in_parent=None)", register_at_fork, "Register callables to be called when forking a new process."),
    M::function("execv", "(path, argv, /)", |vm, a| execute(vm, a[0], a[1], Value::NULL, "execv"), "Execute an executable path with arguments, replacing current process."),
    M::function("execve", "(path, argv, env)", |vm, a| execute(vm, a[0], a[1], a[2], "execve"), "Execute an executable path with arguments, replacing current process."),
    M::function("_exit", "(status)", |vm, a| sys::exit_now(vm.to_i32(a[0])?), "Exit to the system with specified status, without normal exit processing."),
    M::function("abort", "()", |_, _| std::process::abort(), "Abort the interpreter immediately."),
    M::function("system", "(command)", |vm, a| {
        let p = named_path(vm, a[0], "system", "command")?;
        Ok(new_int(i64::from(vm.release_gil(|| sys::system(&p.path)))))
    }, "Execute the command in a subshell."),
    M::function("wait", "()", |vm, _| wait(vm, -1, 0), "Wait for completion of a child process."),
    M::function("waitpid", "(pid, options, /)", |vm, a| { let (p, o) = (vm.to_i32(a[0])?, vm.to_i32(a[1])?); wait(vm, p, o) }, "Wait for completion of a given child process."),
    M::function("wait3", "(options)", |vm, a| { let o = vm.to_i32(a[0])?; wait_usage(vm, -1, o) }, "Wait for completion of a child process."),
    M::function("wait4", "(pid, options)", |vm, a| { let (p, o) = (vm.to_i32(a[0])?, vm.to_i32(a[1])?); wait_usage(vm, p, o) }, "Wait for completion of a specific child process."),
    M::function("waitid", "(idtype, id, options, /)", |vm, a| {
        let (k, i, o) = (vm.to_i32(a[0])? as u32, vm.to_i64(a[1])? as u32, vm.to_i32(a[2])?);
        match retry(vm, || sys::waitid(k, i, o))? {
            Ok(f) if f[0] == 0 => Ok(Owned::NONE),
            Ok(f) => Ok(WAITID.make(vm, f.iter().map(|n| new_int(i64::from(*n))).collect())),
            Err(e) => Err(vm.os_error(e, None, None)),
        }
    }, "Returns the result of waiting for a process or processes."),
    M::function("waitstatus_to_exitcode", "(status)", |vm, a| {
        let s = vm.to_i32(a[0])?;
        if libc::WIFEXITED(s) {
            return Ok(new_int(i64::from(libc::WEXITSTATUS(s))));
        }
        if libc::WIFSIGNALED(s) {
            return Ok(new_int(-i64::from(libc::WTERMSIG(s))));
        }
        if libc::WIFSTOPPED(s) {
            return Err(vm.value_error(format!("process stopped by delivery of signal {}", libc::WSTOPSIG(s))));
        }
        Err(vm.value_error(format!("invalid wait status: {s}")))
    }, "Convert a wait status to an exit code."),
    M::function("WIFEXITED", "(status)", |vm, a| Ok(Owned::bool(libc::WIFEXITED(vm.to_i32(a[0])?))), ""),
    M::function("WEXITSTATUS", "(status)", |vm, a| Ok(new_int(i64::from(libc::WEXITSTATUS(vm.to_i32(a[0])?)))), ""),
    M::function("WIFSIGNALED", "(status)", |vm, a| Ok(Owned::bool(libc::WIFSIGNALED(vm.to_i32(a[0])?))), ""),
    M::function("WTERMSIG", "(status)", |vm, a| Ok(new_int(i64::from(libc::WTERMSIG(vm.to_i32(a[0])?)))), ""),
    M::function("WIFSTOPPED", "(status)", |vm, a| Ok(Owned::bool(libc::WIFSTOPPED(vm.to_i32(a[0])?))), ""),
    M::function("WSTOPSIG", "(status)", |vm, a| Ok(new_int(i64::from(libc::WSTOPSIG(vm.to_i32(a[0])?)))), ""),
    M::function("WIFCONTINUED", "(status)", |vm, a| Ok(Owned::bool(libc::WIFCONTINUED(vm.to_i32(a[0])?))), ""),
    M::function("WCOREDUMP", "(status, /)", |vm, a| Ok(Owned::bool(libc::WCOREDUMP(vm.to_i32(a[0])?))), ""),
    M::function("kill", "(pid, signal, /)", |vm, a| {
        let r = calls::kill(vm.to_i32(a[0])?, vm.to_i32(a[1])?);
        let r = done(vm, r)?;
        vm.check_pending()?;
        Ok(r)
    }, "Kill a process with a signal."),
    M::function("killpg", "(pgid, signal, /)", |vm, a| { let r = calls::killpg(vm.to_i32(a[0])?, vm.to_i32(a[1])?); done(vm, r) }, "Kill a process group with a signal."),
    M::function("setsid", "()", |vm, _| done(vm, calls::setsid()), ""),
    M::function("setpgrp", "()", |vm, _| done(vm, calls::setpgid(0, 0)), ""),
    M::function("setpgid", "(pid, pgrp, /)", |vm, a| { let r = calls::setpgid(vm.to_i32(a[0])?, vm.to_i32(a[1])?); done(vm, r) }, ""),
    M::function("getpgid", "(pid)", |vm, a| { let r = calls::getpgid(vm.to_i32(a[0])?); number(vm, r) }, ""),
    M::function("getsid", "(pid, /)", |vm, a| { let r = calls::getsid(vm.to_i32(a[0])?); number(vm, r) }, ""),
    M::function("setuid", "(uid, /)", |vm, a| { let r = calls::setuid(id(vm, a[0], "uid")?); done(vm, r) }, ""),
    M::function("setgid", "(gid, /)", |vm, a| { let r = calls::setgid(id(vm, a[0], "gid")?); done(vm, r) }, ""),
    M::function("seteuid", "(euid, /)", |vm, a| { let r = calls::seteuid(id(vm, a[0], "uid")?); done(vm, r) }, ""),
    M::function("setegid", "(egid, /)", |vm, a| { let r = calls::setegid(id(vm, a[0], "gid")?); done(vm, r) }, ""),
    M::function("setreuid", "(ruid, euid, /)", |vm, a| { let r = calls::setreuid(id(vm, a[0], "uid")?, id(vm, a[1], "uid")?); done(vm, r) }, ""),
    M::function("setregid", "(rgid, egid, /)", |vm, a| { let r = calls::setregid(id(vm, a[0], "gid")?, id(vm, a[1], "gid")?); done(vm, r) }, ""),
    M::function("setresuid", "(ruid, euid, suid, /)", |vm, a| { let r = calls::setresuid(id(vm, a[0], "uid")?, id(vm, a[1], "uid")?, id(vm, a[2], "uid")?); done(vm, r) }, ""),
    M::function("setresgid", "(rgid, egid, sgid, /)", |vm, a| { let r = calls::setresgid(id(vm, a[0], "gid")?, id(vm, a[1], "gid")?, id(vm, a[2], "gid")?); done(vm, r) }, ""),
    M::function("getresuid", "()", |vm, _| three(vm, sys::getres(false)), ""),
    M::function("getresgid", "()", |vm, _| three(vm, sys::getres(true)), ""),
    M::function("getgroups", "()", |vm, _| groups(vm, sys::getgroups()), ""),
    M::function("setgroups", "(groups, /)", |vm, a| {
        let mut all = Vec::new();
        for g in vm.iterate_to_vec(a[0])? {
            all.push(id(vm, g.value(), "gid")?);
        }
        done(vm, sys::setgroups(&all))
    }, ""),
    M::function("getgrouplist", "(user, group, /)", |vm, a| {
        let u = named_path(vm, a[0], "getgrouplist", "user")?;
        let g = id(vm, a[1], "gid")?;
        groups(vm, sys::getgrouplist(&u.path, g))
    }, ""),
    M::function("initgroups", "(username, gid, /)", |vm, a| {
        let u = named_path(vm, a[0], "initgroups", "username")?;
        let g = id(vm, a[1], "gid")?;
        done(vm, sys::initgroups(&u.path, g))
    }, ""),
    M::function("getpriority", "(which, who)", |vm, a| { let r = sys::getpriority(vm.to_i32(a[0])? as u32, vm.to_i32(a[1])? as u32); number(vm, r) }, ""),
    M::function("setpriority", "(which, who, priority)", |vm, a| { let r = sys::setpriority(vm.to_i32(a[0])? as u32, vm.to_i32(a[1])? as u32, vm.to_i32(a[2])?); done(vm, r) }, ""),
    M::function("nice", "(increment, /)", |vm, a| { let r = sys::nice(vm.to_i32(a[0])?); number(vm, r) }, ""),
    M::function("times", "()", |vm, _| {
        let hz = sys::sysconf(libc::_SC_CLK_TCK).unwrap_or(100).max(1) as f64;
        match sys::times() {
            Ok(t) => Ok(TIMES.make(vm, t.iter().map(|n| new_float(*n as f64 / hz)).collect())),
            Err(e) => Err(vm.os_error(e, None, None)),
        }
    }, "Return a collection containing process timing information."),
    M::function("sched_yield", "()", |vm, _| done(vm, calls::sched_yield()), ""),
    M::function("sched_get_priority_max", "(policy)", |vm, a| { let r = calls::sched_get_priority_max(vm.to_i32(a[0])?); number(vm, r) }, ""),
    M::function("sched_get_priority_min", "(policy)", |vm, a| { let r = calls::sched_get_priority_min(vm.to_i32(a[0])?); number(vm, r) }, ""),
    M::function("sched_getscheduler", "(pid, /)", |vm, a| { let r = calls::sched_getscheduler(vm.to_i32(a[0])?); number(vm, r) }, ""),
    M::function("sched_getaffinity", "(pid, /)", |vm, a| match sys::getaffinity(vm.to_i32(a[0])?) {
        Ok(c) => {
            let items: Vec<Owned> = c.into_iter().map(new_usize).collect();
            let values: Vec<Value> = items.iter().map(|v| v.value()).collect();
            PySet::from_items(vm, PySet::class(), &values)
        }
        Err(e) => Err(vm.os_error(e, None, None)),
    }, ""),
    M::function("sched_setaffinity", "(pid, mask, /)", |vm, a| {
        let mut cpus = Vec::new();
        for c in vm.iterate_to_vec(a[1])? {
            match usize::try_from(vm.to_i64(c.value())?) {
                Ok(n) => cpus.push(n),
                Err(_) => return Err(vm.value_error("negative CPU number")),
            }
        }
        let r = sys::setaffinity(vm.to_i32(a[0])?, &cpus);
        done(vm, r)
    }, ""),
    M::function("unshare", "(flags)", |vm, a| { let r = calls::unshare(vm.to_i32(a[0])?); done(vm, r) }, ""),
    M::function("setns", "(fd, nstype=0)", |vm, a| { let r = calls::setns(fd(vm, a[0])?, if a[1].is_null() { 0 } else { vm.to_i32(a[1])? }); done(vm, r) }, ""),
    M::function("pidfd_open", "(pid, flags=0)", |vm, a| { let f = if a[1].is_null() { 0 } else { vm.to_i32(a[1])? }; let r = sys::pidfd_open(vm.to_i32(a[0])?, f as u32); number(vm, r) }, ""),
];

/// `os.times_result`.
pub static TIMES: StructSeq = StructSeq::new(
    "posix",
    "times_result",
    Some("times_result: Result from os.times().\n\nThis object may be accessed either as a tuple of\n  (user, system, children_user, children_system, elapsed),\nor via the attributes user, system, children_user, children_system,\nand elapsed.\n\nSee os.times for more information."),
    &[
        ("user", "user time"),
        ("system", "system time"),
        ("children_user", "user time of children"),
        ("children_system", "system time of children"),
        ("elapsed", "elapsed time since an arbitrary point in the past"),
    ],
    5,
);
/// `os.waitid_result`.
pub static WAITID: StructSeq = StructSeq::new(
    "posix",
    "waitid_result",
    Some("waitid_result: Result from waitid.\n\nThis object may be accessed either as a tuple of\n  (si_pid, si_uid, si_signo, si_status, si_code),\nor via the attributes si_pid, si_uid, and so on.\n\nSee os.waitid for more information."),
    &[("si_pid", ""), ("si_uid", ""), ("si_signo", ""), ("si_status", ""), ("si_code", "")],
    5,
);

const FORK_HOOKS: &str = "posix fork hooks";

/// The three lists of callables: before, in the child, in the parent.
fn fork_hooks(vm: &Vm) -> Owned {
    let all = vm.module_state.get_mut();
    let make = || PyTuple::new((0..3).map(|_| PyList::new(vec![])).collect());
    all.entry(FORK_HOOKS).or_insert_with(make).clone()
}

/// Calls the hooks of one kind; errors are reported and do not stop the fork.
pub fn run_fork_hooks(vm: &Vm, kind: usize) {
    let hooks = fork_hooks(vm);
    let list = hooks.cast::<PyTuple>().and_then(|t| t.get(kind).map(|l| l.own()));
    let mut fs = list.and_then(|l| l.cast::<PyList>().map(|l| l.snapshot())).unwrap_or_default();
    if kind == 0 {
        fs.reverse();
    }
    for f in fs {
        if let Err(e) = vm.call(f.value(), &[]) {
            vm.write_unraisable(e, "Exception ignored in fork hook", Some(f.value()));
        }
    }
}

fn register_at_fork(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if a.iter().all(|v| v.is_null()) {
        return Err(vm.type_error("At least one argument is required."));
    }
    let hooks = fork_hooks(vm);
    for (i, (v, name)) in a.iter().zip(["before", "after_in_child", "after_in_parent"]).enumerate() {
        let Some(f) = v.non_null() else { continue };
        if !vm.is_callable(f) {
            return Err(vm.type_error(format!(
                "'{name}' must be callable, not {}",
                f.class().name_str()
            )));
        }
        if let Some(l) = hooks.cast::<PyTuple>().and_then(|t| t.get(i)).and_then(|l| l.cast::<PyList>()) {
            l.push(f.own());
        }
    }
    Ok(Owned::NONE)
}

fn fork(vm: &Vm) -> PyResult<Owned> {
    run_fork_hooks(vm, 0);
    match sys::fork() {
        Ok(0) => {
            vm.gil_after_fork();
            crate::thread::after_fork();
            run_fork_hooks(vm, 1);
            Ok(new_int(0))
        }
        Ok(pid) => {
            run_fork_hooks(vm, 2);
            if pyjit_core::thread::thread_count() > 1 {
                let msg = format!(
                    "This process (pid={}) is multi-threaded, use of fork() may lead to deadlocks in the child.",
                    std::process::id()
                );
                vm.warn(vm.exc.DeprecationWarning, &msg, 1)?;
            }
            Ok(new_int(i64::from(pid)))
        }
        Err(e) => {
            run_fork_hooks(vm, 2);
            Err(vm.os_error(e, None, None))
        }
    }
}

/// C strings of a sequence of arguments.
pub fn string_list(vm: &Vm, v: Value, who: &str) -> PyResult<Vec<CString>> {
    let mut out = Vec::new();
    for x in vm.iterate_to_vec(v)? {
        let p = vm.fspath(x.value())?;
        let b = text_or_bytes(vm, p.value(), "", "")?;
        out.push(c_string(vm, b)?);
    }
    if out.is_empty() {
        return Err(vm.value_error(format!("{who}() arg 2 must not be empty")));
    }
    Ok(out)
}
/// `NAME=value` strings given as a list of bytes.
pub fn environment_list(vm: &Vm, v: Value) -> PyResult<Vec<CString>> {
    let mut out = Vec::new();
    for x in vm.iterate_to_vec(v)? {
        let b = text_or_bytes(vm, x.value(), "", "")?;
        out.push(c_string(vm, b)?);
    }
    Ok(out)
}
/// `NAME=value` strings of a mapping.
pub fn environment(vm: &Vm, v: Value) -> PyResult<Vec<CString>> {
    let items = vm.call_method(v, vm.names.items.value(), &[])?;
    let mut out = Vec::new();
    for pair in vm.iterate_to_vec(items.value())? {
        let kv = vm.unpack(pair.value(), 2)?;
        let k = vm.fspath(kv[0].value())?;
        let x = vm.fspath(kv[1].value())?;
        let mut b = text_or_bytes(vm, k.value(), "", "")?;
        if b.is_empty() || b[1..].contains(&b'=') {
            return Err(vm.value_error("illegal environment variable name"));
        }
        b.push(b'=');
        b.extend(text_or_bytes(vm, x.value(), "", "")?);
        out.push(c_string(vm, b)?);
    }
    Ok(out)
}
fn execute(vm: &Vm, path: Value, args: Value, env: Value, who: &str) -> PyResult<Owned> {
    let p = if who == "execve" { path_or_fd(vm, path, who)? } else { named_path(vm, path, who, "path")? };
    if !args.isa::<PyList>() && !args.isa::<PyTuple>() {
        return Err(vm.type_error(format!("{who}() arg 2 must be a tuple or list")));
    }
    let argv = string_list(vm, args, who)?;
    if argv.first().is_some_and(|a| a.is_empty()) {
        return Err(vm.value_error(format!("{who}() arg 2 first element cannot be empty")));
    }
    let envp = match env.non_null() {
        Some(e) => Some(environment(vm, e)?),
        None => None,
    };
    let target = match p.fd {
        Some(fd) => c_string(vm, format!("/proc/self/fd/{fd}").into_bytes())?,
        None => p.path.clone(),
    };
    let e = sys::exec(&target, &argv, envp.as_deref());
    Err(p.error(vm, e))
}

fn wait(vm: &Vm, pid: i32, options: i32) -> PyResult<Owned> {
    match retry(vm, || sys::wait4(pid, options))? {
        Ok((p, s, _)) => Ok(PyTuple::pair(new_int(i64::from(p)), new_int(i64::from(if p == 0 { 0 } else { s })))),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}
fn wait_usage(vm: &Vm, pid: i32, options: i32) -> PyResult<Owned> {
    match retry(vm, || sys::wait4(pid, options))? {
        Ok((p, s, u)) => {
            let make = vm.import_attr("resource", "struct_rusage")?;
            let time = |t: libc::timeval| new_float(t.tv_sec as f64 + t.tv_usec as f64 * 1e-6);
            let mut f = vec![time(u.ru_utime), time(u.ru_stime)];
            for n in [u.ru_maxrss, u.ru_ixrss, u.ru_idrss, u.ru_isrss, u.ru_minflt, u.ru_majflt, u.ru_nswap, u.ru_inblock, u.ru_oublock, u.ru_msgsnd, u.ru_msgrcv, u.ru_nsignals, u.ru_nvcsw, u.ru_nivcsw] {
                f.push(new_int(n));
            }
            let usage = vm.call(make.value(), &[PyTuple::new(f).value()])?;
            Ok(PyTuple::new(vec![new_int(i64::from(p)), new_int(i64::from(s)), usage]))
        }
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}
fn three(vm: &Vm, r: Result<[u32; 3], i32>) -> PyResult<Owned> {
    match r {
        Ok(v) => Ok(PyTuple::new(v.iter().map(|n| new_int(i64::from(*n))).collect())),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}
fn groups(vm: &Vm, r: Result<Vec<u32>, i32>) -> PyResult<Owned> {
    match r {
        Ok(v) => Ok(PyList::new(v.iter().map(|n| new_int(i64::from(*n))).collect())),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}
