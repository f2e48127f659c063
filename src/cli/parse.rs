//! Words of the command line to [`Settings`] and the program that is to be run. The flags are those of
//! [`crate::options::FLAGS`]. Called by `cli/mod.rs`.

use crate::options::{FLAGS, Flag, Group, Settings, apply_environment};
use std::ffi::{OsStr, OsString};

/// What to run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Program {
    /// Standard input, or the prompt: no program was named.
    #[default]
    Default,
    /// `-`.
    Stdin,
    /// `-c`.
    Command(String),
    /// `-m`.
    Module(String),
    /// A script, directory or zip file.
    File(OsString),
}

/// A command line, understood.
#[derive(Default)]
pub struct Parsed {
    pub settings: Settings,
    pub program: Program,
    /// `sys.argv[1:]`.
    pub args: Vec<OsString>,
}

/// Understands the words behind the command's name. `python_only`: our own flags do not exist. The error is a message about
/// the use of the command.
pub fn parse(words: &[OsString], python_only: bool) -> Result<Parsed, String> {
    let first = read(words, python_only, Settings::default())?;
    // The environment comes first, so that flags win. Where the library stands is no matter of `-E`, which is about the
    // PYTHON* variables.
    let mut settings = Settings::default();
    apply_environment(&mut settings, first.settings.options.ignore_environment);
    let mut parsed = read(words, python_only, settings)?;
    finish(&mut parsed.settings);
    Ok(parsed)
}

/// What follows from several flags together.
fn finish(s: &mut Settings) {
    let o = &mut s.options;
    if o.dev_mode {
        o.warn_options.insert(0, "default".into());
    }
    match o.bytes_warning {
        0 => {}
        1 => o.warn_options.push("default::BytesWarning".into()),
        _ => o.warn_options.push("error::BytesWarning".into()),
    }
    if o.inspect {
        o.interactive = true;
    }
}

struct Reader<'a> {
    words: std::slice::Iter<'a, OsString>,
    python_only: bool,
    parsed: Parsed,
}

fn read(words: &[OsString], python_only: bool, settings: Settings) -> Result<Parsed, String> {
    let mut r = Reader {
        words: words.iter(),
        python_only,
        parsed: Parsed {
            settings,
            ..Parsed::default()
        },
    };
    while let Some(word) = r.words.next() {
        if !r.word(word)? {
            break;
        }
        if let Some(e) = r.parsed.settings.usage_error.take() {
            return Err(e);
        }
    }
    r.parsed.args = r.words.cloned().collect();
    Ok(r.parsed)
}

impl Reader<'_> {
    fn find(&self, name: &str) -> Option<&'static Flag> {
        FLAGS.iter().find(|f| {
            f.is(name)
                && match f.group {
                    Group::Python => true,
                    Group::Pyjit => !self.python_only,
                    Group::X | Group::Environment => false,
                }
        })
    }
    /// One word; false if the program has been found.
    fn word(&mut self, word: &OsStr) -> Result<bool, String> {
        let text = word.to_string_lossy();
        if text == "-" {
            self.parsed.program = Program::Stdin;
            return Ok(false);
        }
        if text == "--" {
            if let Some(file) = self.words.next() {
                self.parsed.program = Program::File(file.clone());
            }
            return Ok(false);
        }
        if text.starts_with("--") {
            self.long(&text)?;
            return Ok(true);
        }
        match text.strip_prefix('-') {
            Some(letters) => self.short(letters),
            None => {
                self.parsed.program = Program::File(word.to_os_string());
                Ok(false)
            }
        }
    }
    fn long(&mut self, text: &str) -> Result<(), String> {
        let (name, value) = match text.split_once('=') {
            Some((n, v)) => (n, Some(v.to_string())),
            None => (text, None),
        };
        let Some(f) = self.find(name) else {
            return Err(format!("Unknown option: {text}"));
        };
        let value = match (f.value, value) {
            (None, None) => String::new(),
            (None, Some(_)) => return Err(format!("Unknown option: {text}")),
            (Some(_), Some(v)) => v,
            (Some(v), None) if v.starts_with('[') => String::new(),
            (Some(_), None) => self.next_value(name)?,
        };
        (f.apply)(&mut self.parsed.settings, &value);
        Ok(())
    }
    fn next_value(&mut self, name: &str) -> Result<String, String> {
        match self.words.next() {
            Some(v) => Ok(v.to_string_lossy().into_owned()),
            None => Err(format!("Argument expected for the {name} option")),
        }
    }
    /// Letters behind one dash.
    fn short(&mut self, letters: &str) -> Result<bool, String> {
        let mut rest = letters.chars();
        while let Some(letter) = rest.next() {
            let name = format!("-{letter}");
            if letter == 'c' || letter == 'm' {
                let value = match rest.as_str() {
                    "" => self.next_value(&name)?,
                    v => v.to_string(),
                };
                self.parsed.program = match letter {
                    'c' => Program::Command(value),
                    _ => Program::Module(value),
                };
                return Ok(false);
            }
            let Some(f) = self.find(&name) else {
                return Err(format!("Unknown option: {name}"));
            };
            if f.value.is_some() {
                let value = match rest.as_str() {
                    "" => self.next_value(&name)?,
                    v => v.to_string(),
                };
                (f.apply)(&mut self.parsed.settings, &value);
                return Ok(true);
            }
            (f.apply)(&mut self.parsed.settings, "");
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<OsString> {
        text.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn letters_and_program() {
        let p = read(&words("-bbOOIc pass -x"), true, Settings::default()).unwrap_or_default();
        assert_eq!(p.program, Program::Command("pass".into()));
        assert_eq!(p.settings.options.bytes_warning, 2);
        assert_eq!(p.settings.options.optimize, 2);
        assert!(p.settings.options.isolated && !p.settings.skip_first_line);
        assert_eq!(p.args, words("-x"));
    }

    #[test]
    fn values() {
        let line = "-Wignore -W error -Xdev -X a=b --check-hash-based-pycs never x.py";
        let p = read(&words(line), true, Settings::default()).unwrap_or_default();
        assert_eq!(p.settings.options.warn_options, ["ignore", "error"]);
        assert!(p.settings.options.dev_mode);
        assert_eq!(p.settings.options.x_options.len(), 2);
        assert_eq!(p.program, Program::File("x.py".into()));
    }

    #[test]
    fn unknown() {
        for line in ["-Z", "--foo", "-c", "--dispatch match x.py"] {
            assert!(read(&words(line), true, Settings::default()).is_err());
        }
        assert!(read(&words("--dispatch loop x.py"), false, Settings::default()).is_err());
        assert!(read(&words("--dispatch match x.py"), false, Settings::default()).is_ok());
    }
}
