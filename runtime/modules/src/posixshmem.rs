//! `_posixshmem`: shared memory under a name.

use crate::NativeModule;
use crate::system::semaphore;
use pyjit_core::prelude::*;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_posixshmem", FUNCTIONS).doc("POSIX shared memory module");

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("shm_open", "(path, flags, mode=511)", |vm, a| {
        let name = crate::pwd::c_name(vm, a[0], "shm_open()")?;
        let flags = vm.to_i32(a[1])?;
        let mode = if a[2].is_null() { 0o777 } else { vm.to_i32(a[2])? };
        match semaphore::shm_open(&name, flags, mode as u32) {
            Ok(fd) => Ok(new_int(i64::from(fd))),
            Err(e) => Err(vm.io_error(&e, Some(a[0]))),
        }
    }, "Open a shared memory object.  Returns a file descriptor (integer)."),
    MethodDef::function("shm_unlink", "(path, /)", |vm, a| {
        let name = crate::pwd::c_name(vm, a[0], "shm_unlink()")?;
        match semaphore::shm_unlink(&name) {
            Ok(()) => Ok(Owned::NONE),
            Err(e) => Err(vm.io_error(&e, Some(a[0]))),
        }
    }, "Remove a shared memory object (similar to unlink()).\n\nRemove a shared memory object name, and, once all processes  have\nunmapped the object, de-allocates and destroys the contents of the\nassociated memory region."),
];
