//! `time`: clocks, calendar times, sleeping. The C library's part is in `system`.

use crate::NativeModule;
use crate::system::calendar::{self, Calendar};
use crate::system::clock;
use pyjit_core::prelude::*;
use pyjit_types::structseq::StructSeq;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("time", FUNCTIONS)
    .doc("This module provides various functions to manipulate time values.\n\nThere are two standard representations of time.  One is the number\nof seconds since the Epoch, in UTC (a.k.a. GMT).  It may be an integer\nor a floating-point number (to represent fractions of seconds).\nThe epoch is the point where the time starts, the return value of time.gmtime(0).\nIt is January 1, 1970, 00:00:00 (UTC) on all platforms.\n\nThe other representation is a tuple of 9 integers giving local time.\nThe tuple items are:\n  year (including century, e.g. 1998)\n  month (1-12)\n  day (1-31)\n  hours (0-23)\n  minutes (0-59)\n  seconds (0-59)\n  weekday (0-6, Monday is 0)\n  Julian day (day in the year, 1-366)\n  DST (Daylight Savings Time) flag (-1, 0 or 1)\nIf the DST flag is 0, the time is given in the regular time zone;\nif it is 1, the time is given in the DST time zone;\nif it is -1, mktime() should guess based on the date and time.\n")
    .init(init);

/// `time.struct_time`.
pub static STRUCT_TIME: StructSeq = StructSeq::new(
    "time",
    "struct_time",
    Some("The time value as returned by gmtime(), localtime(), and strptime(), and\n accepted by asctime(), mktime() and strftime().  May be considered as a\n sequence of 9 integers.\n\n Note that several fields' values are not the same as those defined by\n the C language standard for struct tm.  For example, the value of the\n field tm_year is the actual year, not year - 1900.  See individual\n fields' descriptions for details."),
    &[
        ("tm_year", "year, for example, 1993"),
        ("tm_mon", "month of year, range [1, 12]"),
        ("tm_mday", "day of month, range [1, 31]"),
        ("tm_hour", "hours, range [0, 23]"),
        ("tm_min", "minutes, range [0, 59]"),
        ("tm_sec", "seconds, range [0, 61])"),
        ("tm_wday", "day of week, range [0, 6], Monday is 0"),
        ("tm_yday", "day of year, range [1, 366]"),
        (
            "tm_isdst",
            "1 if summer time is in effect, 0 if not, and -1 if unknown",
        ),
        ("tm_zone", "abbreviation of timezone name"),
        ("tm_gmtoff", "offset from UTC in seconds"),
    ],
    9,
);

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("time", "()", |vm, _| seconds(vm, libc::CLOCK_REALTIME), "time() -> floating-point number\n\nReturn the current time in seconds since the Epoch.\nFractions of a second may be present if the system clock provides them."),
    MethodDef::function("time_ns", "()", |vm, _| nanos(vm, libc::CLOCK_REALTIME), "time_ns() -> int\n\nReturn the current time in nanoseconds since the Epoch."),
    MethodDef::function("clock_gettime", "(clk_id, /)", |vm, a| { let c = vm.to_i32(a[0])?; seconds(vm, c) }, "Return the time of the specified clock clk_id as a float."),
    MethodDef::function("clock_gettime_ns", "(clk_id, /)", |vm, a| { let c = vm.to_i32(a[0])?; nanos(vm, c) }, "Return the time of the specified clock clk_id as nanoseconds (int)."),
    MethodDef::function("clock_settime", "(clk_id, time, /)", |vm, a| { let ns = duration(vm, a[1])?; clock_set(vm, a[0], ns) }, "clock_settime(clk_id, time)\n\nSet the time of the specified clock clk_id."),
    MethodDef::function("clock_settime_ns", "(clk_id, time, /)", |vm, a| { let ns = vm.to_i64(a[1])?; clock_set(vm, a[0], ns) }, "clock_settime_ns(clk_id, time)\n\nSet the time of the specified clock clk_id with nanoseconds."),
    MethodDef::function("clock_getres", "(clk_id, /)", |vm, a| { let c = vm.to_i32(a[0])?; let r = clock::resolution(c).map_err(|e| vm.io_error(&e, None))?; Ok(new_float(r as f64 / 1e9)) }, "clock_getres(clk_id) -> floating-point number\n\nReturn the resolution (precision) of the specified clock clk_id."),
    MethodDef::function("pthread_getcpuclockid", "(thread_id, /)", |vm, a| { let t = vm.to_i64(a[0])?; let c = clock::of_thread(t as u64).map_err(|e| vm.io_error(&e, None))?; Ok(new_int(i64::from(c))) }, "pthread_getcpuclockid(thread_id) -> int\n\nReturn the clk_id of a thread's CPU time clock."),
    MethodDef::function("sleep", "(object, /)", sleep, "sleep(seconds)\n\nDelay execution for a given number of seconds.  The argument may be\na floating-point number for subsecond precision."),
    MethodDef::function("gmtime", "(seconds=None, /)", |vm, a| broken_down(vm, a[0], calendar::utc), "gmtime([seconds]) -> (tm_year, tm_mon, tm_mday, tm_hour, tm_min,\n                       tm_sec, tm_wday, tm_yday, tm_isdst)\n\nConvert seconds since the Epoch to a time tuple expressing UTC (a.k.a.\nGMT).  When 'seconds' is not passed in, convert the current time instead.\n\nIf the platform supports the tm_gmtoff and tm_zone, they are available as\nattributes only."),
    MethodDef::function("localtime", "(seconds=None, /)", |vm, a| broken_down(vm, a[0], calendar::local), "localtime([seconds]) -> (tm_year,tm_mon,tm_mday,tm_hour,tm_min,\n                          tm_sec,tm_wday,tm_yday,tm_isdst)\n\nConvert seconds since the Epoch to a time tuple expressing local time.\nWhen 'seconds' is not passed in, convert the current time instead."),
    MethodDef::function("asctime", "(time_tuple=None, /)", asctime, "asctime([time_tuple]) -> string\n\nConvert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'.\nWhen the time tuple is not present, current time as returned by localtime()\nis used."),
    MethodDef::function("ctime", "(seconds=None, /)", ctime, "ctime([seconds]) -> string\n\nConvert a time in seconds since the Epoch to a string in local time.\nThis is equivalent to asctime(localtime(seconds)). When 'seconds' is not\npassed in, convert the current time instead."),
    MethodDef::function("mktime", "(object, /)", mktime, "mktime(time_tuple) -> floating-point number\n\nConvert a time tuple in local time to seconds since the Epoch.\nNote that mktime(gmtime(0)) will not generally return zero for most\ntime zones; instead the returned value will either be equal to that\nof the timezone or altzone attributes on the time module."),
    MethodDef::function("strftime", "(format, time_tuple=None, /)", strftime, "strftime(format[, time_tuple]) -> string\n\nConvert a time tuple to a string according to a format specification.\nSee the library reference manual for formatting codes. When the time tuple\nis not present, current time as returned by localtime() is used."),
    MethodDef::function("strptime", "(*args)", |vm, a| { let f = vm.import_attr("_strptime", "_strptime_time")?; vm.call(f.value(), vm.tuple_items(a[0])) }, "strptime(string[, format]) -> struct_time\n\nParse a string to a time tuple according to a format specification.\nSee the library reference manual for formatting codes (same as\nstrftime())."),
    MethodDef::function("tzset", "()", tzset, "tzset()\n\nInitialize, or reinitialize, the local timezone to the value stored in\nos.environ['TZ']. The TZ environment variable should be specified in\nstandard Unix timezone format as documented in the tzset man page\n(eg. 'US/Eastern', 'Europe/Amsterdam'). Unknown timezones will silently\nfall back to UTC. If the TZ environment variable is not set, the local\ntimezone is set to the systems best guess of wallclock time."),
    MethodDef::function("monotonic", "()", |vm, _| seconds(vm, libc::CLOCK_MONOTONIC), "monotonic() -> float\n\nMonotonic clock, cannot go backward."),
    MethodDef::function("monotonic_ns", "()", |vm, _| nanos(vm, libc::CLOCK_MONOTONIC), "monotonic_ns() -> int\n\nMonotonic clock, cannot go backward, as nanoseconds."),
    MethodDef::function("process_time", "()", |vm, _| seconds(vm, libc::CLOCK_PROCESS_CPUTIME_ID), "process_time() -> float\n\nProcess time for profiling: sum of the kernel and user-space CPU time."),
    MethodDef::function("process_time_ns", "()", |vm, _| nanos(vm, libc::CLOCK_PROCESS_CPUTIME_ID), "process_time() -> int\n\nProcess time for profiling as nanoseconds:\nsum of the kernel and user-space CPU time."),
    MethodDef::function("thread_time", "()", |vm, _| seconds(vm, libc::CLOCK_THREAD_CPUTIME_ID), "thread_time() -> float\n\nThread time for profiling: sum of the kernel and user-space CPU time."),
    MethodDef::function("thread_time_ns", "()", |vm, _| nanos(vm, libc::CLOCK_THREAD_CPUTIME_ID), "thread_time() -> int\n\nThread time for profiling as nanoseconds:\nsum of the kernel and user-space CPU time."),
    MethodDef::function("perf_counter", "()", |vm, _| seconds(vm, libc::CLOCK_MONOTONIC), "perf_counter() -> float\n\nPerformance counter for benchmarking."),
    MethodDef::function("perf_counter_ns", "()", |vm, _| nanos(vm, libc::CLOCK_MONOTONIC), "perf_counter_ns() -> int\n\nPerformance counter for benchmarking as nanoseconds."),
    MethodDef::function("get_clock_info", "(name, /)", get_clock_info, "get_clock_info(name: str) -> dict\n\nGet information of the specified clock."),
];

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let d = m.dict();
    for (name, id) in [
        ("CLOCK_REALTIME", libc::CLOCK_REALTIME),
        ("CLOCK_MONOTONIC", libc::CLOCK_MONOTONIC),
        ("CLOCK_MONOTONIC_RAW", libc::CLOCK_MONOTONIC_RAW),
        ("CLOCK_PROCESS_CPUTIME_ID", libc::CLOCK_PROCESS_CPUTIME_ID),
        ("CLOCK_THREAD_CPUTIME_ID", libc::CLOCK_THREAD_CPUTIME_ID),
        ("CLOCK_BOOTTIME", libc::CLOCK_BOOTTIME),
        ("CLOCK_TAI", libc::CLOCK_TAI),
    ] {
        d.set_name(name, Owned::small(i64::from(id)));
    }
    d.set_name("_STRUCT_TM_ITEMS", Owned::small(11));
    d.set_name("struct_time", STRUCT_TIME.define(vm).as_owned());
    set_zone(d);
    Ok(())
}

/// `timezone`, `altzone`, `daylight` and `tzname`, from what holds in January and July of this year.
fn set_zone(d: &PyDict) {
    calendar::reset_zone();
    const YEAR: i64 = (365 * 24 + 6) * 3600;
    let now = clock::now(libc::CLOCK_REALTIME).unwrap_or(0) / 1_000_000_000;
    let january = now / YEAR * YEAR;
    let at = |t: i64| {
        let c = calendar::local(t).unwrap_or_default();
        (-c.gmtoff, c.zone.unwrap_or_default())
    };
    let (winter, summer) = (at(january), at(january + YEAR / 2));
    // South of the equator the year begins in summer.
    let (standard, other) = if winter.0 < summer.0 {
        (&summer, &winter)
    } else {
        (&winter, &summer)
    };
    d.set_name("timezone", new_int(standard.0));
    d.set_name("altzone", new_int(other.0));
    d.set_name("daylight", Owned::small(i64::from(winter.0 != summer.0)));
    d.set_name(
        "tzname",
        PyTuple::pair(PyStr::from_str(&standard.1), PyStr::from_str(&other.1)),
    );
}

fn tzset(vm: &Vm, _: &[Value]) -> PyResult<Owned> {
    let m = vm.import("time")?;
    if let Some(m) = m.cast::<PyModule>() {
        set_zone(m.dict());
    }
    Ok(Owned::NONE)
}

fn nanos(vm: &Vm, id: i32) -> PyResult<Owned> {
    match clock::now(id) {
        Ok(ns) => Ok(new_int(ns)),
        Err(e) => Err(vm.io_error(&e, None)),
    }
}

fn seconds(vm: &Vm, id: i32) -> PyResult<Owned> {
    match clock::now(id) {
        Ok(ns) => Ok(new_float(ns as f64 / 1e9)),
        Err(e) => Err(vm.io_error(&e, None)),
    }
}

fn clock_set(vm: &Vm, id: Value, ns: i64) -> PyResult<Owned> {
    let id = vm.to_i32(id)?;
    match clock::set(id, ns) {
        Ok(()) => Ok(Owned::NONE),
        Err(e) => Err(vm.io_error(&e, None)),
    }
}

/// A number of seconds (int or float) in nanoseconds, rounded away from zero.
pub fn duration(vm: &Vm, v: Value) -> PyResult<i64> {
    let too_large = || vm.overflow_error("timestamp too large to convert to C PyTime_t");
    if let Some(f) = v.as_float() {
        if f.is_nan() {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        let ns = f * 1e9;
        let ns = if ns >= 0.0 { ns.ceil() } else { ns.floor() };
        if ns.abs() >= 9.223_372_036_854_775e18 {
            return Err(too_large());
        }
        return Ok(ns as i64);
    }
    if v.as_int().is_none() && v.class().slots.index.get().is_none() {
        return Err(vm.type_error(format!(
            "'{}' object cannot be interpreted as an integer or float",
            v.class().name_str()
        )));
    }
    let i = vm.index(v)?;
    i.as_i64()
        .and_then(|s| s.checked_mul(1_000_000_000))
        .ok_or_else(too_large)
}

fn sleep(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let ns = duration(vm, a[0])?;
    if ns < 0 {
        return Err(vm.value_error("sleep length must be non-negative"));
    }
    let now = clock::now(libc::CLOCK_MONOTONIC).map_err(|e| vm.io_error(&e, None))?;
    let end = now.saturating_add(ns);
    while !vm.release_gil(|| clock::sleep_until(end)) {
        crate::signal::deliver(vm)?;
    }
    Ok(Owned::NONE)
}

/// Seconds since the epoch, towards minus infinity.
fn timestamp(vm: &Vm, v: Value) -> PyResult<i64> {
    let Some(v) = v.given() else {
        let ns = clock::now(libc::CLOCK_REALTIME).map_err(|e| vm.io_error(&e, None))?;
        return Ok(ns.div_euclid(1_000_000_000));
    };
    let out = || vm.overflow_error("timestamp out of range for platform time_t");
    if let Some(f) = v.as_float() {
        if f.is_nan() {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        let f = f.floor();
        if f.abs() >= 9.223_372_036_854_775e18 {
            return Err(out());
        }
        return Ok(f as i64);
    }
    let i = vm.index(v)?;
    i.as_i64().ok_or_else(out)
}

fn struct_time(vm: &Vm, c: &Calendar) -> Owned {
    let n = |i: i32| Owned::small(i64::from(i));
    STRUCT_TIME.make(
        vm,
        vec![
            Owned::small(i64::from(c.year) + 1900),
            n(c.mon + 1),
            n(c.mday),
            n(c.hour),
            n(c.min),
            n(c.sec),
            n((c.wday + 6) % 7),
            n(c.yday + 1),
            n(c.isdst),
            c.zone.as_deref().map_or(Owned::NONE, PyStr::from_str),
            new_int(c.gmtoff),
        ],
    )
}

fn broken_down(
    vm: &Vm,
    v: Value,
    convert: fn(i64) -> std::io::Result<Calendar>,
) -> PyResult<Owned> {
    match convert(timestamp(vm, v)?) {
        Ok(c) => Ok(struct_time(vm, &c)),
        Err(e) => Err(vm.io_error(&e, None)),
    }
}

/// A time tuple in C's conventions.
fn from_tuple(vm: &Vm, v: Value, who: &str) -> PyResult<Calendar> {
    let Some(t) = v.cast::<PyTuple>() else {
        return Err(vm.type_error("Tuple or struct_time argument required"));
    };
    let is_struct = v.class().same(STRUCT_TIME.class(vm));
    let items = t.as_slice();
    if items.len() != 9 && !(is_struct && items.len() >= 9) {
        return Err(vm.type_error(format!("{who}(): illegal time tuple argument")));
    }
    let mut n = [0i32; 9];
    for (place, v) in n.iter_mut().zip(items) {
        *place = vm.to_i32(*v)?;
    }
    let [year, mon, mday, hour, min, sec, wday, yday, isdst] = n;
    if year < i32::MIN + 1900 {
        return Err(vm.overflow_error("year out of range"));
    }
    let mut c = Calendar {
        sec,
        min,
        hour,
        mday,
        mon: mon.wrapping_sub(1),
        year: year - 1900,
        wday: (wday.wrapping_add(1)) % 7,
        yday: yday.wrapping_sub(1),
        isdst,
        gmtoff: 0,
        zone: None,
    };
    if is_struct {
        let zone = vm.getattr_str(v, "tm_zone")?;
        c.zone = zone.cast::<PyStr>().map(|s| s.to_lossy());
        let off = vm.getattr_str(v, "tm_gmtoff")?;
        c.gmtoff = off.as_i64().unwrap_or(0);
    }
    Ok(c)
}

/// Refuses what the C library would index out of bounds with, and reads 0 as "first" where CPython does.
fn check(vm: &Vm, c: &mut Calendar) -> PyResult<()> {
    let range = |name: &str| vm.value_error(format!("{name} out of range"));
    if c.mon == -1 {
        c.mon = 0;
    } else if !(0..=11).contains(&c.mon) {
        return Err(range("month"));
    }
    if c.mday == 0 {
        c.mday = 1;
    } else if !(0..=31).contains(&c.mday) {
        return Err(range("day of month"));
    }
    if !(0..=23).contains(&c.hour) {
        return Err(range("hour"));
    }
    if !(0..=59).contains(&c.min) {
        return Err(range("minute"));
    }
    if !(0..=61).contains(&c.sec) {
        return Err(range("seconds"));
    }
    if c.wday < 0 {
        return Err(range("day of week"));
    }
    if c.yday == -1 {
        c.yday = 0;
    } else if !(0..=365).contains(&c.yday) {
        return Err(range("day of year"));
    }
    Ok(())
}

fn now_or_tuple(vm: &Vm, v: Value, who: &str) -> PyResult<Calendar> {
    if v.is_null() {
        return calendar::local(timestamp(vm, v)?).map_err(|e| vm.io_error(&e, None));
    }
    let mut c = from_tuple(vm, v, who)?;
    check(vm, &mut c)?;
    Ok(c)
}

fn in_words(c: &Calendar) -> Owned {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let day = DAYS.get(c.wday as usize).unwrap_or(&"???");
    let month = MONTHS.get(c.mon as usize).unwrap_or(&"???");
    PyStr::from_str(&format!(
        "{day} {month}{:3} {:02}:{:02}:{:02} {}",
        c.mday,
        c.hour,
        c.min,
        c.sec,
        1900 + i64::from(c.year)
    ))
}

fn asctime(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(in_words(&now_or_tuple(vm, a[0], "asctime")?))
}

fn ctime(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match calendar::local(timestamp(vm, a[0])?) {
        Ok(c) => Ok(in_words(&c)),
        Err(e) => Err(vm.io_error(&e, None)),
    }
}

fn mktime(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let c = from_tuple(vm, a[0], "mktime")?;
    match calendar::seconds(&c) {
        Some(s) => Ok(new_float(s as f64)),
        None => Err(vm.overflow_error("mktime argument out of range")),
    }
}

fn strftime(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(format) = a[0].cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "strftime() argument 1 must be str, not {}",
            a[0].class().name_str()
        )));
    };
    let mut c = now_or_tuple(vm, a[1], "strftime")?;
    c.isdst = c.isdst.clamp(-1, 1);
    // What the C library cannot read stays as it is: NULs, surrogates, characters of other scripts.
    let mut out = pyjit_text::repr::Builder::new();
    let mut piece = Vec::new();
    let flush = |piece: &mut Vec<u8>, out: &mut pyjit_text::repr::Builder| {
        let text = calendar::format(piece, &c);
        out.push_str(&String::from_utf8_lossy(&text));
        piece.clear();
    };
    for code in format.text().iter() {
        match u8::try_from(code) {
            Ok(b @ 1..=127) => piece.push(b),
            _ => {
                flush(&mut piece, &mut out);
                out.push(code);
            }
        }
    }
    flush(&mut piece, &mut out);
    Ok(PyStr::from_buf(&out.finish()))
}

fn get_clock_info(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(name) = a[0].cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "get_clock_info() argument 1 must be str, not {}",
            a[0].class().name_str()
        )));
    };
    let (id, text, monotonic, adjustable) = match name.to_lossy().as_str() {
        "time" => (libc::CLOCK_REALTIME, "CLOCK_REALTIME", false, true),
        "monotonic" | "perf_counter" => (libc::CLOCK_MONOTONIC, "CLOCK_MONOTONIC", true, false),
        "process_time" => (
            libc::CLOCK_PROCESS_CPUTIME_ID,
            "CLOCK_PROCESS_CPUTIME_ID",
            true,
            false,
        ),
        "thread_time" => (
            libc::CLOCK_THREAD_CPUTIME_ID,
            "CLOCK_THREAD_CPUTIME_ID",
            true,
            false,
        ),
        _ => return Err(vm.value_error("unknown clock")),
    };
    let resolution = clock::resolution(id).map_err(|e| vm.io_error(&e, None))?;
    let class = vm.import_attr("types", "SimpleNamespace")?;
    let mut args = OwnedArgs::default();
    args.push_keyword(
        intern("implementation"),
        PyStr::from_str(&format!("clock_gettime({text})")),
    );
    args.push_keyword(intern("monotonic"), Owned::bool(monotonic));
    args.push_keyword(intern("adjustable"), Owned::bool(adjustable));
    args.push_keyword(intern("resolution"), new_float(resolution as f64 / 1e9));
    args.with(|args| vm.call_args(class.value(), args))
}
