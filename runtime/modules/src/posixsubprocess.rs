//! `_posixsubprocess`: `fork_exec`, what `subprocess.Popen` starts children with.

use crate::NativeModule;
use crate::posix::libc_call as calls;
use crate::posix::process::{environment_list, run_fork_hooks, string_list};
use crate::posix::sys_process as sys;
use crate::posix::{c_string, text_or_bytes};
use pyjit_core::prelude::*;
use std::ffi::CString;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_posixsubprocess", FUNCTIONS)
    .doc("A POSIX helper for the subprocess module.");

static FUNCTIONS: &[MethodDef] = &[MethodDef::function(
    "fork_exec",
    "(args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, errpipe_write, restore_signals, call_setsid, pgid_to_set, gid, extra_groups, uid, child_umask, preexec_fn, /)",
    fork_exec,
    "Spawn a fresh new child process.\n\nFork a child process, close parent file descriptors as appropriate in the\nchild and duplicate the few that are needed before calling exec() in the\nchild process.",
)];

/// Everything the child needs, made before the fork.
struct Plan {
    args: Option<Vec<CString>>,
    executables: Vec<CString>,
    close_fds: bool,
    keep: Vec<i32>,
    cwd: Option<CString>,
    env: Option<Vec<CString>>,
    /// stdin, stdout and stderr of the child; -1 leaves them.
    files: [i32; 3],
    /// The parent's ends.
    foreign: [i32; 3],
    errpipe_read: i32,
    errpipe_write: i32,
    restore_signals: bool,
    setsid: bool,
    pgid: i32,
    gid: Option<u32>,
    groups: Option<Vec<u32>>,
    uid: Option<u32>,
    umask: i32,
    preexec: Option<Owned>,
}

fn optional_id(vm: &Vm, v: Value) -> PyResult<Option<u32>> {
    match v.given() {
        None => Ok(None),
        Some(v) => Ok(Some(vm.to_i64(v)? as u32)),
    }
}

fn plan(vm: &Vm, a: &[Value]) -> PyResult<Plan> {
    let executables = string_list(vm, a[1], "fork_exec")?;
    let args = match a[0].given() {
        Some(v) => Some(string_list(vm, v, "fork_exec")?),
        None => None,
    };
    let close_fds = vm.truthy(a[2])?;
    let mut keep = Vec::new();
    let mut last = -1;
    for v in vm.expect_tuple(a[3], "fork_exec() argument 4")? {
        let n = vm.to_i32(*v)?;
        if n <= last {
            return Err(vm.value_error("bad value(s) in fds_to_keep"));
        }
        last = n;
        keep.push(n);
    }
    let cwd = match a[4].given() {
        Some(v) => {
            let p = vm.fspath(v)?;
            let b = text_or_bytes(vm, p.value(), "", "")?;
            Some(c_string(vm, b)?)
        }
        None => None,
    };
    let env = match a[5].given() {
        Some(v) => Some(environment_list(vm, v)?),
        None => None,
    };
    let n = |i: usize| vm.to_i32(a[i]);
    let preexec = a[21].given().map(|f| f.own());
    let groups = match a[18].given() {
        Some(v) => {
            let mut g = Vec::new();
            for x in vm.iterate_to_vec(v)? {
                g.push(vm.to_i64(x.value())? as u32);
            }
            Some(g)
        }
        None => None,
    };
    let p = Plan {
        args,
        executables,
        close_fds,
        keep,
        cwd,
        env,
        files: [n(6)?, n(9)?, n(11)?],
        foreign: [n(7)?, n(8)?, n(10)?],
        errpipe_read: n(12)?,
        errpipe_write: n(13)?,
        restore_signals: vm.truthy(a[14])?,
        setsid: vm.truthy(a[15])?,
        pgid: n(16)?,
        gid: optional_id(vm, a[17])?,
        groups,
        uid: optional_id(vm, a[19])?,
        umask: n(20)?,
        preexec,
    };
    if p.close_fds && p.errpipe_write < 3 {
        return Err(vm.value_error("errpipe_write must be >= 3"));
    }
    Ok(p)
}

fn fork_exec(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let p = plan(vm, a)?;
    let hooks = p.preexec.is_some();
    if hooks {
        run_fork_hooks(vm, 0);
    }
    match sys::fork() {
        Ok(0) => {
            vm.gil_after_fork();
            if hooks {
                crate::thread::after_fork();
                run_fork_hooks(vm, 1);
            }
            let message = child(vm, &p);
            let mut at = message.as_bytes();
            while let Ok(n) = calls::write(p.errpipe_write, at) {
                at = at.get(n..).unwrap_or(&[]);
                if at.is_empty() {
                    break;
                }
            }
            sys::exit_now(255)
        }
        Ok(pid) => {
            if hooks {
                run_fork_hooks(vm, 2);
            }
            Ok(new_int(i64::from(pid)))
        }
        Err(e) => {
            if hooks {
                run_fork_hooks(vm, 2);
            }
            Err(vm.os_error(e, None, None))
        }
    }
}

/// Runs in the child; returns only if something failed, with what to tell the parent.
fn child(vm: &Vm, p: &Plan) -> String {
    match prepare(vm, p) {
        Err(Failure::System(e, reported)) => format!("OSError:{e:x}:{reported}"),
        Err(Failure::Preexec) => "SubprocessError:0:Exception occurred in preexec_fn.".to_string(),
        Ok(()) => {
            let mut error = 0;
            for exe in &p.executables {
                let argv = p.args.as_ref().unwrap_or(&p.executables);
                let e = sys::exec(exe, argv, p.env.as_deref());
                if e != libc::ENOENT && e != libc::ENOTDIR && error == 0 {
                    error = e;
                }
                if error == 0 && exe == &p.executables[p.executables.len() - 1] {
                    error = e;
                }
            }
            format!("OSError:{error:x}:")
        }
    }
}

enum Failure {
    System(i32, &'static str),
    Preexec,
}
impl From<i32> for Failure {
    fn from(e: i32) -> Failure {
        Failure::System(e, "noexec")
    }
}

fn prepare(vm: &Vm, p: &Plan) -> Result<(), Failure> {
    for fd in p.keep.iter().copied().filter(|fd| *fd != p.errpipe_write) {
        calls::set_inheritable(fd, true)?;
    }
    for fd in p.foreign.into_iter().chain([p.errpipe_read]) {
        if fd >= 0 {
            calls::close(fd)?;
        }
    }
    let [stdin, mut stdout, mut stderr] = p.files;
    // A descriptor that stands where another is to go moves out of the way first.
    if stdout == 0 {
        stdout = calls::fcntl_int(stdout, libc::F_DUPFD_CLOEXEC, 3)?;
    }
    while (0..=1).contains(&stderr) {
        stderr = calls::fcntl_int(stderr, libc::F_DUPFD_CLOEXEC, 3)?;
    }
    for (from, to) in [(stdin, 0), (stdout, 1), (stderr, 2)] {
        if from == to {
            calls::set_inheritable(from, true)?;
        } else if from >= 0 {
            calls::dup2(from, to)?;
        }
    }
    if let Some(dir) = &p.cwd {
        crate::posix::sys_files::chdir(dir).map_err(|e| Failure::System(e, "noexec:chdir"))?;
    }
    if p.umask >= 0 {
        crate::posix::sys_files::umask(p.umask as u32);
    }
    if p.restore_signals {
        sys::default_signals();
    }
    if p.setsid {
        calls::setsid()?;
    }
    if p.pgid >= 0 {
        calls::setpgid(0, p.pgid)?;
    }
    if let Some(g) = &p.groups {
        sys::setgroups(g)?;
    }
    if let Some(g) = p.gid {
        calls::setregid(g, g)?;
    }
    if let Some(u) = p.uid {
        calls::setreuid(u, u)?;
    }
    if let Some(f) = &p.preexec
        && vm.call(f.value(), &[]).is_err()
    {
        return Err(Failure::Preexec);
    }
    if p.close_fds {
        close_all(p);
    }
    Ok(())
}

fn close_all(p: &Plan) {
    let open: Vec<i32> = match std::fs::read_dir("/proc/self/fd") {
        Ok(d) => d
            .flatten()
            .filter_map(|e| e.file_name().to_str()?.parse().ok())
            .collect(),
        Err(_) => (3..1024).collect(),
    };
    for fd in open {
        if fd > 2 && fd != p.errpipe_write && !p.keep.contains(&fd) {
            let _ = calls::close(fd);
        }
    }
}
