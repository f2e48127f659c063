//! The stat family: `stat_result`, `statvfs_result`, and the functions that make them.

use super::args::{dir_fd, flag, int_fd, path_or_fd};
use super::libc_call as sys;
use super::sys_files as files;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_types::structseq::StructSeq;

pub(super) static FUNCTIONS: &[M] = &[
    M::function("stat", "(path, *, dir_fd=None, follow_symlinks=True)", |vm, a| {
        let follow = flag(vm, a[2], true)?;
        stat_path(vm, a[0], a[1], follow, "stat")
    }, "Perform a stat system call on the given path."),
    M::function("lstat", "(path, *, dir_fd=None)", |vm, a| stat_path(vm, a[0], a[1], false, "lstat"), "Perform a stat system call on the given path, without following symbolic links."),
    M::function("fstat", "(fd)", |vm, a| {
        let fd = int_fd(vm, a[0])?;
        match sys::fstat(fd) {
            Ok(st) => Ok(result(vm, &st)),
            Err(e) => Err(vm.os_error(e, None, None)),
        }
    }, "Perform a stat system call on the given file descriptor."),
    M::function("statvfs", "(path)", |vm, a| {
        let p = path_or_fd(vm, a[0], "statvfs")?;
        let r = match p.fd {
            Some(fd) => files::fstatvfs(fd),
            None => files::statvfs(&p.path),
        };
        match r {
            Ok(st) => Ok(vfs(vm, &st)),
            Err(e) => Err(p.error(vm, e)),
        }
    }, "Perform a statvfs system call on the given path."),
    M::function("fstatvfs", "(fd, /)", |vm, a| {
        let fd = int_fd(vm, a[0])?;
        match files::fstatvfs(fd) {
            Ok(st) => Ok(vfs(vm, &st)),
            Err(e) => Err(vm.os_error(e, None, None)),
        }
    }, "Perform an fstatvfs system call on the given fd."),
];

/// `os.stat_result`.
pub static STAT_RESULT: StructSeq = StructSeq::new(
    "os",
    "stat_result",
    Some("stat_result: Result from stat, fstat, or lstat.\n\nThis object may be accessed either as a tuple of\n  (mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime)\nor via the attributes st_mode, st_ino, st_dev, st_nlink, st_uid, and so on.\n\nPosix/windows: If your platform supports st_blksize, st_blocks, st_rdev,\nor st_flags, they are available as attributes only.\n\nSee os.stat for more information."),
    &[
        ("st_mode", "protection bits"),
        ("st_ino", "inode"),
        ("st_dev", "device"),
        ("st_nlink", "number of hard links"),
        ("st_uid", "user ID of owner"),
        ("st_gid", "group ID of owner"),
        ("st_size", "total size, in bytes"),
        ("", "integer time of last access"),
        ("", "integer time of last modification"),
        ("", "integer time of last change"),
        ("st_atime", "time of last access"),
        ("st_mtime", "time of last modification"),
        ("st_ctime", "time of last change"),
        ("st_atime_ns", "time of last access in nanoseconds"),
        ("st_mtime_ns", "time of last modification in nanoseconds"),
        ("st_ctime_ns", "time of last change in nanoseconds"),
        ("st_blksize", "blocksize for filesystem I/O"),
        ("st_blocks", "number of blocks allocated"),
        ("st_rdev", "device type (if inode device)"),
    ],
    10,
);

/// `os.statvfs_result`.
pub static STATVFS_RESULT: StructSeq = StructSeq::new(
    "os",
    "statvfs_result",
    Some("statvfs_result: Result from statvfs or fstatvfs.\n\nThis object may be accessed either as a tuple of\n  (bsize, frsize, blocks, bfree, bavail, files, ffree, favail, flag, namemax),\nor via the attributes f_bsize, f_frsize, f_blocks, f_bfree, and so on.\n\nSee os.statvfs for more information."),
    &[
        ("f_bsize", ""),
        ("f_frsize", ""),
        ("f_blocks", ""),
        ("f_bfree", ""),
        ("f_bavail", ""),
        ("f_files", ""),
        ("f_ffree", ""),
        ("f_favail", ""),
        ("f_flag", ""),
        ("f_namemax", ""),
        ("f_fsid", ""),
    ],
    10,
);

fn stat_path(vm: &Vm, v: Value, dir: Value, follow: bool, func: &str) -> PyResult<Owned> {
    let p = if func == "stat" {
        path_or_fd(vm, v, func)?
    } else {
        super::args::path(vm, v, func)?
    };
    let dir = dir_fd(vm, dir)?;
    if p.fd.is_some() && dir.is_some() {
        return Err(vm.value_error("stat: can't specify dir_fd without matching path"));
    }
    if p.fd.is_some() && !follow {
        return Err(vm.value_error("stat: cannot use fd and follow_symlinks together"));
    }
    let r = match p.fd {
        Some(fd) => sys::fstat(fd),
        None => sys::stat(dir, &p.path, follow),
    };
    match r {
        Ok(st) => Ok(result(vm, &st)),
        Err(e) => Err(p.error(vm, e)),
    }
}

/// A `stat_result` of what the system says.
pub fn result(vm: &Vm, st: &libc::stat) -> Owned {
    let float = |s: i64, n: i64| new_float(s as f64 + 1e-9 * n as f64);
    let nanos = |s: i64, n: i64| new_i128(i128::from(s) * 1_000_000_000 + i128::from(n));
    STAT_RESULT.make(
        vm,
        vec![
            new_int(i64::from(st.st_mode)),
            new_u64(st.st_ino),
            new_u64(st.st_dev),
            new_int(st.st_nlink as i64),
            new_int(i64::from(st.st_uid)),
            new_int(i64::from(st.st_gid)),
            new_int(st.st_size),
            new_int(st.st_atime),
            new_int(st.st_mtime),
            new_int(st.st_ctime),
            float(st.st_atime, st.st_atime_nsec),
            float(st.st_mtime, st.st_mtime_nsec),
            float(st.st_ctime, st.st_ctime_nsec),
            nanos(st.st_atime, st.st_atime_nsec),
            nanos(st.st_mtime, st.st_mtime_nsec),
            nanos(st.st_ctime, st.st_ctime_nsec),
            new_int(st.st_blksize),
            new_int(st.st_blocks),
            new_u64(st.st_rdev),
        ],
    )
}

fn vfs(vm: &Vm, st: &libc::statvfs) -> Owned {
    let fields = [
        st.f_bsize,
        st.f_frsize,
        st.f_blocks,
        st.f_bfree,
        st.f_bavail,
        st.f_files,
        st.f_ffree,
        st.f_favail,
        st.f_flag,
        st.f_namemax,
        st.f_fsid,
    ];
    STATVFS_RESULT.make(vm, fields.iter().map(|f| new_u64(*f)).collect())
}
