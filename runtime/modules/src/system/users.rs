//! The databases of users and groups, for `pwd` and `grp`. Unsafe home: entries of the C library are copied before the next
//! call; the interpreter lock keeps other threads away meanwhile.

use std::ffi::{CStr, CString};

/// One user.
pub struct User {
    pub name: Vec<u8>,
    pub password: Vec<u8>,
    pub uid: u32,
    pub gid: u32,
    pub gecos: Vec<u8>,
    pub home: Vec<u8>,
    pub shell: Vec<u8>,
}
/// One group.
pub struct Group {
    pub name: Vec<u8>,
    pub password: Vec<u8>,
    pub gid: u32,
    pub members: Vec<Vec<u8>>,
}

fn text(p: *const libc::c_char) -> Vec<u8> {
    if p.is_null() {
        return vec![];
    }
    // SAFETY: entries hold C strings.
    unsafe { CStr::from_ptr(p) }.to_bytes().to_vec()
}

fn user(p: *const libc::passwd) -> Option<User> {
    // SAFETY: null, or an entry that stays until the next call.
    let e = unsafe { p.as_ref() }?;
    Some(User {
        name: text(e.pw_name),
        password: text(e.pw_passwd),
        uid: e.pw_uid,
        gid: e.pw_gid,
        gecos: text(e.pw_gecos),
        home: text(e.pw_dir),
        shell: text(e.pw_shell),
    })
}

fn group(p: *const libc::group) -> Option<Group> {
    // SAFETY: as above; the members are an array of C strings with a null at its end.
    unsafe {
        let e = p.as_ref()?;
        let mut members = Vec::new();
        let mut at = e.gr_mem;
        while !at.is_null() && !(*at).is_null() {
            members.push(text(*at));
            at = at.add(1);
        }
        Some(Group {
            name: text(e.gr_name),
            password: text(e.gr_passwd),
            gid: e.gr_gid,
            members,
        })
    }
}

/// The user of a name.
pub fn user_named(name: &CString) -> Option<User> {
    // SAFETY: a C string.
    user(unsafe { libc::getpwnam(name.as_ptr()) })
}
/// The user of a number.
pub fn user_numbered(uid: u32) -> Option<User> {
    // SAFETY: takes an integer.
    user(unsafe { libc::getpwuid(uid) })
}
/// All users.
pub fn all_users() -> Vec<User> {
    // SAFETY: the calls walk the database from its start.
    unsafe {
        libc::setpwent();
        let all = std::iter::from_fn(|| user(libc::getpwent())).collect();
        libc::endpwent();
        all
    }
}
/// The group of a name.
pub fn group_named(name: &CString) -> Option<Group> {
    // SAFETY: a C string.
    group(unsafe { libc::getgrnam(name.as_ptr()) })
}
/// The group of a number.
pub fn group_numbered(gid: u32) -> Option<Group> {
    // SAFETY: takes an integer.
    group(unsafe { libc::getgrgid(gid) })
}
/// All groups.
pub fn all_groups() -> Vec<Group> {
    // SAFETY: the calls walk the database from its start.
    unsafe {
        libc::setgrent();
        let all = std::iter::from_fn(|| group(libc::getgrent())).collect();
        libc::endgrent();
        all
    }
}
