//! `grp`: the database of groups.

use crate::NativeModule;
use crate::pwd::{c_name, id, missing};
use crate::sys::paths::fs_text;
use crate::system::users::{self, Group};
use pyjit_core::prelude::*;
use pyjit_types::structseq::StructSeq;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("grp", FUNCTIONS)
    .doc("Access to the Unix group database.\n\nGroup entries are reported as 4-tuples containing the following fields\nfrom the group database, in order:\n\n  gr_name   - name of the group\n  gr_passwd - group password (encrypted); often empty\n  gr_gid    - numeric ID of the group\n  gr_mem    - list of members\n\nThe gid is an integer, name and password are strings.  (Note that most\nusers are not explicitly listed as members of the groups they are in\naccording to the password database.  Check both databases to get\ncomplete membership information.)")
    .init(|vm, m| {
        m.dict().set_name("struct_group", ENTRY.define(vm).as_owned());
        Ok(())
    });

static ENTRY: StructSeq = StructSeq::new(
    "grp",
    "struct_group",
    Some("grp.struct_group: Results from getgr*() routines.\n\nThis object may be accessed either as a tuple of\n  (gr_name,gr_passwd,gr_gid,gr_mem)\nor via the object attributes as named in the above tuple.\n"),
    &[
        ("gr_name", "group name"),
        ("gr_passwd", "password"),
        ("gr_gid", "group id"),
        ("gr_mem", "group members"),
    ],
    4,
);

fn shown(vm: &Vm, g: &Group) -> Owned {
    let members = PyList::new(g.members.iter().map(|m| fs_text(m)).collect());
    ENTRY.make(vm, vec![fs_text(&g.name), fs_text(&g.password), id(g.gid), members])
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("getgrgid", "(id)", |vm, a| {
        if a[0].as_int().is_none() && a[0].class().slots.index.get().is_none() {
            return Err(vm.type_error(format!("gid should be integer, not {}", a[0].class().name_str())));
        }
        let n = vm.to_i64(a[0])?;
        let gid = if n == -1 { Some(u32::MAX) } else { u32::try_from(n).ok() };
        match gid.map(users::group_numbered) {
            Some(Some(g)) => Ok(shown(vm, &g)),
            Some(None) => Err(missing(vm, format!("getgrgid(): gid not found: {n}"))),
            None => Err(vm.overflow_error("gid is out of range")),
        }
    }, "Return the group database entry for the given numeric group ID.\n\nIf id is not valid, raise KeyError."),
    MethodDef::function("getgrnam", "(name)", |vm, a| {
        let name = c_name(vm, a[0], "getgrnam()")?;
        match users::group_named(&name) {
            Some(g) => Ok(shown(vm, &g)),
            None => Err(missing(vm, format!("getgrnam(): name not found: {}", vm.repr_text(a[0])?))),
        }
    }, "Return the group database entry for the given group name.\n\nIf name is not valid, raise KeyError."),
    MethodDef::function("getgrall", "()", |vm, _| {
        Ok(PyList::new(users::all_groups().iter().map(|g| shown(vm, g)).collect()))
    }, "Return a list of all available group entries, in arbitrary order.\n\nAn entry whose name starts with '+' or '-' represents an instruction\nto use YP/NIS and may not be accessible via getgrnam or getgrgid."),
];
