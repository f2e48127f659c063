//! The command line's flags: [`FLAGS`] is the one table from which the parser (`cli/parse.rs`), `--help` and
//! `docs/flags.md` are made. A new flag is a row here.

use pyjit_core::vm::Options;

/// What the command line and the environment ask for.
#[derive(Clone, Default)]
pub struct Settings {
    pub options: Options,
    /// `-x`: the first line of the script is no Python.
    pub skip_first_line: bool,
    /// `--gc-zeal`.
    pub gc_zeal: bool,
    /// `--stats`.
    pub stats: bool,
    pub jit: Jit,
    pub help: Option<Help>,
    /// How often `-V` was given.
    pub version: usize,
    /// `-X int_max_str_digits`.
    pub max_str_digits: Option<usize>,
    /// Something is wrong with a value: the message; the status is 2.
    pub usage_error: Option<String>,
    /// The same for what CPython dies of with status 1.
    pub fatal: Option<String>,
}

/// What was said about machine code.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Jit {
    #[default]
    Unsaid,
    Off,
    On,
    Require,
}

/// Which help was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Help {
    Options,
    Environment,
    XOptions,
    All,
}

/// Where a flag belongs in the help.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    /// An option of `python`.
    Python,
    /// `-X name`.
    X,
    /// Only an environment variable.
    Environment,
    /// Ours; unknown when the command is called `python`.
    Pyjit,
}

/// A row of the table.
pub struct Flag {
    /// `-b`, `--help` or, in the group `X`, the bare name; empty for a variable.
    pub name: &'static str,
    /// Further spellings.
    pub also: &'static [&'static str],
    /// The name of the value if there is one. A long option takes it after `=` or as the next word; one whose value begins
    /// with `[` only after `=`.
    pub value: Option<&'static str>,
    /// The variable that means the same.
    pub env: Option<&'static str>,
    pub group: Group,
    /// The field of `Options` (or of [`Settings`]) that it sets; `-` for none.
    pub field: &'static str,
    pub doc: &'static str,
    /// Stores the value; called once for each time the flag is given, and for a variable that is not empty.
    pub apply: fn(&mut Settings, &str),
}

const fn flag(
    group: Group,
    name: &'static str,
    env: Option<&'static str>,
    field: &'static str,
    doc: &'static str,
    apply: fn(&mut Settings, &str),
) -> Flag {
    Flag {
        name,
        also: &[],
        value: None,
        env,
        group,
        field,
        doc,
        apply,
    }
}

impl Flag {
    const fn also(mut self, names: &'static [&'static str]) -> Flag {
        self.also = names;
        self
    }
    const fn value(mut self, name: &'static str) -> Flag {
        self.value = Some(name);
        self
    }
    /// Whether a word is this flag.
    pub fn is(&self, name: &str) -> bool {
        self.name == name || self.also.contains(&name)
    }
    /// How the help shows it.
    pub fn shown(&self) -> String {
        let name = match self.group {
            Group::X => format!("-X {}", self.name),
            Group::Environment => return self.env.unwrap_or_default().to_string(),
            _ => self.name.to_string(),
        };
        match self.value {
            None => name,
            Some(v) if v.starts_with('[') => format!("{name}{v}"),
            Some(v) if self.group == Group::X || self.name.starts_with("--") => {
                format!("{name}={v}")
            }
            Some(v) => format!("{name} {v}"),
        }
    }
}

use Group::{Environment, Pyjit, Python, X};

/// Every flag, in the order of the help.
#[rustfmt::skip]
pub static FLAGS: &[Flag] = &[
    flag(Python, "-b", None, "bytes_warning", "warn when bytes meet str or int in a comparison or are turned into a str; twice: make that an error", |s, _| s.options.bytes_warning += 1),
    flag(Python, "-B", Some("PYTHONDONTWRITEBYTECODE"), "dont_write_bytecode", "write no .pyc files", |s, _| s.options.dont_write_bytecode = true),
    flag(Python, "-d", Some("PYTHONDEBUG"), "debug", "accepted; there is no parser output to turn on", |s, _| s.options.debug = true),
    flag(Python, "-E", None, "ignore_environment", "ignore the PYTHON* variables", |s, _| s.options.ignore_environment = true),
    flag(Python, "-h", None, "help", "print this text and exit", |s, _| s.help = Some(Help::Options)).also(&["-?", "--help"]),
    flag(Python, "-i", Some("PYTHONINSPECT"), "inspect", "show the prompt after the program, and even if input is not a terminal", |s, _| s.options.inspect = true),
    flag(Python, "-I", None, "isolated", "keep the user's environment out: -E, -P and -s together", |s, _| {
        let o = &mut s.options;
        (o.isolated, o.ignore_environment, o.safe_path, o.no_user_site) = (true, true, true, true);
    }),
    flag(Python, "-O", Some("PYTHONOPTIMIZE"), "optimize", "drop assert statements, __debug__ is False; -OO drops docstrings too", |s, v| s.options.optimize = if v.is_empty() { s.options.optimize + 1 } else { number(v, 1).max(s.options.optimize) }),
    flag(Python, "-P", Some("PYTHONSAFEPATH"), "safe_path", "put neither the script's nor the current directory into sys.path", |s, _| s.options.safe_path = true),
    flag(Python, "-q", None, "quiet", "no version line before the prompt", |s, _| s.options.quiet = true),
    flag(Python, "-R", None, "hash_seed", "hashes of strings are random, whatever PYTHONHASHSEED says", |s, _| s.options.hash_seed = None),
    flag(Python, "-s", Some("PYTHONNOUSERSITE"), "no_user_site", "leave the user's site directory out of sys.path", |s, _| s.options.no_user_site = true),
    flag(Python, "-S", None, "no_site", "do not import site at the start", |s, _| s.options.no_site = true),
    flag(Python, "-u", Some("PYTHONUNBUFFERED"), "unbuffered", "write standard output and standard error without buffers", |s, _| s.options.unbuffered = true),
    flag(Python, "-v", Some("PYTHONVERBOSE"), "verbose", "tell about every import; more often: more", |s, v| s.options.verbose = if v.is_empty() { s.options.verbose + 1 } else { number(v, 1).max(s.options.verbose) }),
    flag(Python, "-V", None, "version", "print the version and exit; -VV tells more", |s, _| s.version += 1).also(&["--version"]),
    flag(Python, "-W", Some("PYTHONWARNINGS"), "warn_options", "a filter for warnings, action:message:category:module:line; the variable takes several, with commas", |s, v| s.options.warn_options.push(v.to_string())).value("ARG"),
    flag(Python, "-x", None, "skip_first_line", "skip the first line of the program", |s, _| s.skip_first_line = true),
    flag(Python, "-X", None, "x_options", "set an option of the implementation, see --help-xoptions", x_option).value("OPT"),
    flag(Python, "--check-hash-based-pycs", None, "-", "how .pyc files with a hash are checked: always, default or never", |s, v| {
        if !["always", "default", "never"].contains(&v) {
            s.usage_error = Some("--check-hash-based-pycs must be one of 'default', 'always', or 'never'".into());
        }
    }).value("MODE"),
    flag(Python, "--help-env", None, "help", "print the variables and exit", |s, _| s.help = Some(Help::Environment)),
    flag(Python, "--help-xoptions", None, "help", "print the -X options and exit", |s, _| s.help = Some(Help::XOptions)),
    flag(Python, "--help-all", None, "help", "print all of it and exit", |s, _| s.help = Some(Help::All)),

    flag(Pyjit, "--dispatch", None, "use_match_loop", "the dispatcher: tail (the default) or match", |s, v| match v {
        "match" => s.options.use_match_loop = true,
        "tail" => s.options.use_match_loop = false,
        _ => s.usage_error = Some("--dispatch must be match or tail".into()),
    }).value("WHICH"),
    flag(Pyjit, "--no-fast-paths", None, "no_fast_paths", "run every operation in its slow form: for tests", |s, _| s.options.no_fast_paths = true),
    flag(Pyjit, "--gc-zeal", None, "gc_zeal", "collect cycles at every safepoint after a container was made: for tests", |s, _| s.gc_zeal = true),
    flag(Pyjit, "--stats", None, "stats", "print counters to standard error at the end", |s, _| s.stats = true),
    flag(Pyjit, "--stdlib", Some("PYJITLIB"), "stdlib", "a directory to use instead of the embedded standard library", |s, v| s.options.stdlib = Some(v.to_string())).value("DIR"),
    flag(Pyjit, "--jit", Some("PYTHON_JIT"), "jit", "ask for machine code: off, on or require; this version has none, so on prints a line and require ends with status 2", jit).value("[=WHEN]"),
    flag(Pyjit, "--no-jit", None, "jit", "the same as --jit=off", |s, _| s.jit = Jit::Off),

    flag(X, "dev", Some("PYTHONDEVMODE"), "dev_mode", "development mode: show all warnings", |s, _| s.options.dev_mode = true),
    flag(X, "int_max_str_digits", Some("PYTHONINTMAXSTRDIGITS"), "max_str_digits", "how many digits an int may have on its way from or to a str; 0: any number", |s, v| match v.parse::<usize>() {
        Ok(n) if n == 0 || n >= 640 => s.max_str_digits = Some(n),
        _ => s.fatal = Some("config_init_int_max_str_digits: -X int_max_str_digits: invalid limit; must be >= 640 or 0 for unlimited.".into()),
    }).value("N"),
    flag(X, "cpu_count", Some("PYTHON_CPU_COUNT"), "x_options", "what os.cpu_count() answers", |_, _| {}).value("N"),
    flag(X, "utf8", Some("PYTHONUTF8"), "x_options", "accepted; UTF-8 is always used", |_, _| {}).value("[=0|1]"),
    flag(X, "warn_default_encoding", Some("PYTHONWARNDEFAULTENCODING"), "x_options", "warn when a text file is opened without an encoding", |_, _| {}),
    flag(X, "no_debug_ranges", Some("PYTHONNODEBUGRANGES"), "-", "code objects know lines, but no columns", |_, _| pyjit_compile::drop_debug_ranges()),
    flag(X, "pycache_prefix", Some("PYTHONPYCACHEPREFIX"), "x_options", "a directory for .pyc files", |_, _| {}).value("DIR"),
    flag(X, "faulthandler", Some("PYTHONFAULTHANDLER"), "x_options", "turn faulthandler on", |_, _| {}),
    flag(X, "jit", None, "jit", "as --jit", jit).value("[=WHEN]"),
    flag(X, "other", None, "x_options", "any other name is kept in sys._xoptions and has no meaning", |_, _| {}),

    flag(Environment, "", Some("PYTHONHASHSEED"), "hash_seed", "a number makes the hashes of strings repeatable; random is the default", |s, v| {
        if v == "random" {
            return;
        }
        match v.parse::<u32>() {
            Ok(n) => s.options.hash_seed = Some(n),
            Err(_) => s.fatal = Some("config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]".into()),
        }
    }),
    flag(Environment, "", Some("PYTHONPATH"), "-", "directories in front of the standard library in sys.path, with colons", |_, _| {}),
    flag(Environment, "", Some("PYTHONSTARTUP"), "-", "a file to run before the first prompt", |_, _| {}),
    flag(Environment, "", Some("PYTHONIOENCODING"), "-", "encoding[:errors] of the standard streams", |_, _| {}),
    flag(Environment, "", Some("PYTHONBREAKPOINT"), "-", "what breakpoint() calls; 0 for nothing", |_, _| {}),
    flag(Environment, "", Some("PYTHON_COLORS"), "-", "1 or 0: colours in tracebacks and at the prompt", |_, _| {}),
    flag(Environment, "", Some("PYTHON_BASIC_REPL"), "-", "use the prompt without line editing", |_, _| {}),
    flag(Environment, "", Some("PYTHON_HISTORY"), "-", "the file of the prompt's history", |_, _| {}),
    flag(Environment, "", Some("PYTHONUSERBASE"), "-", "the directory above the user's site directory", |_, _| {}),
    flag(Environment, "", Some("PYTHONTRACEMALLOC"), "-", "accepted; allocations are not traced", |_, _| {}),
];

fn number(v: &str, otherwise: i64) -> i64 {
    v.parse().unwrap_or(otherwise)
}

fn jit(s: &mut Settings, v: &str) {
    s.jit = match v {
        "off" | "0" => Jit::Off,
        "require" => Jit::Require,
        _ => Jit::On,
    };
}

/// `-X name[=value]`: kept for `sys._xoptions`, and applied if the name means something.
fn x_option(s: &mut Settings, text: &str) {
    let (name, value) = match text.split_once('=') {
        Some((n, v)) => (n, Some(v)),
        None => (text, None),
    };
    s.options
        .x_options
        .push((name.to_string(), value.map(str::to_string)));
    if let Some(f) = FLAGS.iter().find(|f| f.group == X && f.is(name)) {
        (f.apply)(s, value.unwrap_or_default());
    }
}

/// Applies the variables that stand for flags; `ours`: only those that are not Python's.
pub fn apply_environment(s: &mut Settings, ours: bool) {
    for f in FLAGS {
        if ours && f.env.is_some_and(|e| e.starts_with("PYTHON")) {
            continue;
        }
        let Some(value) = f
            .env
            .and_then(std::env::var_os)
            .map(|v| v.to_string_lossy().into_owned())
            .filter(|v| !v.is_empty())
        else {
            continue;
        };
        if f.name == "-W" {
            for filter in value.split(',') {
                (f.apply)(s, filter);
            }
        } else {
            (f.apply)(s, &value);
        }
    }
}
