//! Calendar times: `gmtime`, `localtime`, `mktime`, `strftime` of the C library.

use std::ffi::{CStr, CString};
use std::io;

/// A calendar time with C's conventions (months from 0, years from 1900).
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    pub sec: i32,
    pub min: i32,
    pub hour: i32,
    pub mday: i32,
    pub mon: i32,
    pub year: i32,
    pub wday: i32,
    pub yday: i32,
    pub isdst: i32,
    pub gmtoff: i64,
    pub zone: Option<String>,
}

fn empty() -> libc::tm {
    // SAFETY: `tm` is plain data, for which all zeros is a value.
    unsafe { std::mem::zeroed() }
}

fn from_c(t: &libc::tm) -> Calendar {
    let zone = if t.tm_zone.is_null() {
        None
    } else {
        // SAFETY: the C library's zone names are C strings that live at least until the next `tzset`.
        Some(
            unsafe { CStr::from_ptr(t.tm_zone) }
                .to_string_lossy()
                .into_owned(),
        )
    };
    Calendar {
        sec: t.tm_sec,
        min: t.tm_min,
        hour: t.tm_hour,
        mday: t.tm_mday,
        mon: t.tm_mon,
        year: t.tm_year,
        wday: t.tm_wday,
        yday: t.tm_yday,
        isdst: t.tm_isdst,
        gmtoff: t.tm_gmtoff,
        zone,
    }
}

fn to_c(c: &Calendar) -> libc::tm {
    let mut t = empty();
    t.tm_sec = c.sec;
    t.tm_min = c.min;
    t.tm_hour = c.hour;
    t.tm_mday = c.mday;
    t.tm_mon = c.mon;
    t.tm_year = c.year;
    t.tm_wday = c.wday;
    t.tm_yday = c.yday;
    t.tm_isdst = c.isdst;
    t.tm_gmtoff = c.gmtoff;
    t
}

/// UTC.
pub fn utc(seconds: i64) -> io::Result<Calendar> {
    let mut t = empty();
    // SAFETY: both pointers are to locals.
    if unsafe { libc::gmtime_r(&seconds, &mut t) }.is_null() {
        return Err(io::Error::last_os_error());
    }
    Ok(from_c(&t))
}

/// Local time.
pub fn local(seconds: i64) -> io::Result<Calendar> {
    let mut t = empty();
    // SAFETY: both pointers are to locals.
    if unsafe { libc::localtime_r(&seconds, &mut t) }.is_null() {
        return Err(io::Error::last_os_error());
    }
    Ok(from_c(&t))
}

/// Seconds since the epoch of a local calendar time.
pub fn seconds(c: &Calendar) -> Option<i64> {
    let mut t = to_c(c);
    // A failed conversion leaves the day of the week alone.
    t.tm_wday = -1;
    // SAFETY: the pointer is to a local.
    let s = unsafe { libc::mktime(&mut t) };
    if s == -1 && t.tm_wday == -1 {
        None
    } else {
        Some(s)
    }
}

/// The text of a format without NULs.
pub fn format(template: &[u8], c: &Calendar) -> Vec<u8> {
    let Ok(template) = CString::new(template) else {
        return Vec::new();
    };
    if template.as_bytes().is_empty() {
        return Vec::new();
    }
    let zone = c.zone.as_deref().and_then(|z| CString::new(z).ok());
    let mut t = to_c(c);
    if let Some(z) = &zone {
        t.tm_zone = z.as_ptr();
    }
    let mut size = 1024;
    loop {
        let mut buf = vec![0u8; size];
        // SAFETY: the buffer has the length given; format and zone are C strings that live through the call.
        let n = unsafe {
            libc::strftime(
                buf.as_mut_ptr() as *mut libc::c_char,
                size,
                template.as_ptr(),
                &t,
            )
        };
        // No output may also mean that there is none.
        if n > 0 || size >= 256 * template.as_bytes().len().max(4) {
            buf.truncate(n);
            return buf;
        }
        size *= 4;
    }
}

unsafe extern "C" {
    fn tzset();
}

/// Reads the time zone from the environment again.
pub fn reset_zone() {
    // SAFETY: takes nothing, returns nothing.
    unsafe { tzset() }
}
