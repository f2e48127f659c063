//! `_locale`: the C locale with UTF-8, the only one there is here. Other locales raise `locale.Error`, as on a system where
//! none are installed.

use crate::NativeModule;
use pyjit_core::prelude::*;

const CURRENT: &str = "_locale current";
const ERROR: &str = "_locale.Error";

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_locale", FUNCTIONS)
    .doc("Support for POSIX locales.")
    .init(init);

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let d = m.dict();
    for (name, n) in CONSTANTS {
        d.set_name(name, new_int(*n));
    }
    let bases = PyTuple::new(vec![vm.exc.Exception.as_owned()]);
    let dict = PyDict::new();
    if let Some(d) = dict.cast::<PyDict>() {
        d.set_name("__module__", PyStr::from_str("locale"));
    }
    let name = PyStr::from_str("Error");
    let class = vm.call(
        TypeObject::class().as_value(),
        &[name.value(), bases.value(), dict.value()],
    )?;
    vm.module_state.get_mut().insert(ERROR, class.clone());
    d.set_name("Error", class);
    Ok(())
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("setlocale", "(category, locale=None, /)", setlocale, "Activates/queries locale processing."),
    MethodDef::function("localeconv", "()", localeconv, "Returns numeric and monetary locale-specific parameters."),
    MethodDef::function("strcoll", "(os1, os2, /)", |vm, a| {
        for v in [a[0], a[1]] {
            vm.expect_str(v, "strcoll() argument")?;
        }
        let n = if vm.compare_bool(a[0], a[1], Cmp::Lt)? { -1 } else { i64::from(!vm.eq(a[0], a[1])?) };
        Ok(new_int(n))
    }, "Compares two strings according to the locale."),
    MethodDef::function("strxfrm", "(string, /)", |vm, a| { vm.expect_str(a[0], "strxfrm() argument")?; Ok(a[0].own()) }, "Return a string that can be used as a key for locale-aware comparisons."),
    MethodDef::function("nl_langinfo", "(key, /)", nl_langinfo, "Return the value for the locale information associated with key."),
    MethodDef::function("getencoding", "()", |_, _| Ok(PyStr::from_str("utf-8")), "Get the current locale encoding."),
    MethodDef::function("gettext", "(msg, /)", |_, a| Ok(a[0].own()), "gettext(msg) -> string\n\nReturn translation of msg."),
    MethodDef::function("dgettext", "(domain, msg, /)", |_, a| Ok(a[1].own()), "dgettext(domain, msg) -> string\n\nReturn translation of msg in domain."),
    MethodDef::function("dcgettext", "(domain, msg, category, /)", |_, a| Ok(a[1].own()), "Return translation of msg in domain and category."),
    MethodDef::function("textdomain", "(domain, /)", |_, a| Ok(a[0].given().map_or_else(|| PyStr::from_str("messages"), |v| v.own())), "Set the C library's textdomain to domain, returning the new domain."),
    MethodDef::function("bindtextdomain", "(domain, dir, /)", |_, a| Ok(a[1].given().map_or_else(|| PyStr::from_str("/usr/share/locale"), |v| v.own())), "Bind the C library's domain to dir."),
    MethodDef::function("bind_textdomain_codeset", "(domain, codeset, /)", |_, a| Ok(a[1].own()), "Bind the C library's domain to codeset."),
];

/// Names of the six categories, by number.
const CATEGORIES: usize = 6;

fn setlocale(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let category = vm.to_i32(a[0])?;
    let error = |msg: &str| match vm.module_state.get().get(ERROR).cloned() {
        Some(class) => match vm.call(class.value(), &[PyStr::from_str(msg).value()]) {
            Ok(e) => Raised::new(e),
            Err(e) => e,
        },
        None => vm.value_error(msg),
    };
    if !(0..=CATEGORIES as i32).contains(&category) {
        return Err(error("invalid locale category"));
    }
    let current = |vm: &Vm| {
        let all = vm.module_state.get();
        all.get(CURRENT).cloned().unwrap_or_else(|| PyStr::from_str("C"))
    };
    let Some(wanted) = a[1].given() else {
        return Ok(current(vm));
    };
    let wanted = vm.expect_text(wanted, "setlocale() argument 2")?;
    let name = match wanted.as_str() {
        "" => {
            let get = |n: &str| std::env::var(n).ok().filter(|v| !v.is_empty());
            get("LC_ALL").or_else(|| get("LANG")).unwrap_or_else(|| "C".to_string())
        }
        other => other.to_string(),
    };
    let known = matches!(
        name.to_ascii_lowercase().as_str(),
        "c" | "posix" | "c.utf-8" | "c.utf8"
    );
    if !known {
        return Err(error("unsupported locale setting"));
    }
    let name = PyStr::from_str(if name.eq_ignore_ascii_case("posix") { "C" } else { &name });
    vm.module_state.get_mut().insert(CURRENT, name.clone());
    Ok(name)
}

fn localeconv(_: &Vm, _: &[Value]) -> PyResult<Owned> {
    let d = PyDict::new();
    let Some(dict) = d.cast::<PyDict>() else { return Ok(d) };
    for name in ["int_curr_symbol", "currency_symbol", "mon_decimal_point", "mon_thousands_sep"] {
        dict.set_name(name, PyStr::from_str(""));
    }
    dict.set_name("mon_grouping", PyList::new(vec![]));
    for name in ["positive_sign", "negative_sign"] {
        dict.set_name(name, PyStr::from_str(""));
    }
    for name in ["int_frac_digits", "frac_digits", "p_cs_precedes", "p_sep_by_space", "n_cs_precedes", "n_sep_by_space", "p_sign_posn", "n_sign_posn"] {
        dict.set_name(name, new_int(127));
    }
    dict.set_name("decimal_point", PyStr::from_str("."));
    dict.set_name("thousands_sep", PyStr::from_str(""));
    dict.set_name("grouping", PyList::new(vec![]));
    Ok(d)
}

static DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
static MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];

fn nl_langinfo(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let key = i64::from(vm.to_i32(a[0])?);
    let name = CONSTANTS.iter().find(|(_, n)| *n == key && key > 6 && key != 127).map(|(n, _)| *n);
    let Some(name) = name else {
        return Err(vm.value_error("unsupported langinfo constant"));
    };
    let numbered = |prefix: &str| name.strip_prefix(prefix).and_then(|n| n.parse::<usize>().ok());
    let short = |s: &'static str| s.get(..3).unwrap_or(s);
    let text = if let Some(d) = numbered("ABDAY_").and_then(|i| DAYS.get(i - 1)).copied() {
        short(d)
    } else if let Some(d) = numbered("DAY_").and_then(|i| DAYS.get(i - 1)).copied() {
        d
    } else if let Some(m) = numbered("ABMON_").and_then(|i| MONTHS.get(i - 1)).copied() {
        short(m)
    } else if let Some(m) = numbered("MON_").and_then(|i| MONTHS.get(i - 1)).copied() {
        m
    } else {
        match name {
            "CODESET" => "UTF-8",
            "RADIXCHAR" => ".",
            "D_T_FMT" => "%a %b %e %H:%M:%S %Y",
            "D_FMT" => "%m/%d/%y",
            "T_FMT" => "%H:%M:%S",
            "T_FMT_AMPM" => "%I:%M:%S %p",
            "AM_STR" => "AM",
            "PM_STR" => "PM",
            "YESEXPR" => "^[yY]",
            "NOEXPR" => "^[nN]",
            "CRNCYSTR" => "-",
            "_DATE_FMT" => "%a %b %e %H:%M:%S %Z %Y",
            _ => "",
        }
    };
    Ok(PyStr::from_str(text))
}

#[rustfmt::skip] // a table
static CONSTANTS: &[(&str, i64)] = &[
    ("ABDAY_1", 131_072), ("ABDAY_2", 131_073), ("ABDAY_3", 131_074), ("ABDAY_4", 131_075),
    ("ABDAY_5", 131_076), ("ABDAY_6", 131_077), ("ABDAY_7", 131_078), ("ABMON_1", 131_086),
    ("ABMON_10", 131_095), ("ABMON_11", 131_096), ("ABMON_12", 131_097), ("ABMON_2", 131_087),
    ("ABMON_3", 131_088), ("ABMON_4", 131_089), ("ABMON_5", 131_090), ("ABMON_6", 131_091),
    ("ABMON_7", 131_092), ("ABMON_8", 131_093), ("ABMON_9", 131_094), ("ALT_DIGITS", 131_119),
    ("AM_STR", 131_110), ("CHAR_MAX", 127), ("CODESET", 14), ("CRNCYSTR", 262_159),
    ("DAY_1", 131_079), ("DAY_2", 131_080), ("DAY_3", 131_081), ("DAY_4", 131_082),
    ("DAY_5", 131_083), ("DAY_6", 131_084), ("DAY_7", 131_085), ("D_FMT", 131_113),
    ("D_T_FMT", 131_112), ("ERA", 131_116), ("ERA_D_FMT", 131_118), ("ERA_D_T_FMT", 131_120),
    ("ERA_T_FMT", 131_121), ("LC_ALL", 6), ("LC_COLLATE", 3), ("LC_CTYPE", 0), ("LC_MESSAGES", 5),
    ("LC_MONETARY", 4), ("LC_NUMERIC", 1), ("LC_TIME", 2), ("MON_1", 131_098), ("MON_10", 131_107),
    ("MON_11", 131_108), ("MON_12", 131_109), ("MON_2", 131_099), ("MON_3", 131_100),
    ("MON_4", 131_101), ("MON_5", 131_102), ("MON_6", 131_103), ("MON_7", 131_104),
    ("MON_8", 131_105), ("MON_9", 131_106), ("NOEXPR", 327_681), ("PM_STR", 131_111),
    ("RADIXCHAR", 65536), ("THOUSEP", 65537), ("T_FMT", 131_114), ("T_FMT_AMPM", 131_115),
    ("YESEXPR", 327_680), ("_DATE_FMT", 131_180),
];
