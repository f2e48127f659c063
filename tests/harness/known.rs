//! The list of known failures, `tests/harness/known_failures.txt`: one `path [mode] reason` a line,
//! where a missing `[mode]` stands for every mode. Read by the harness, which also reports entries
//! that no longer fail or name no program, so that the list stays true.

/// One line of the list.
struct Entry {
    line: usize,
    program: String,
    mode: Option<String>,
}

/// The whole list.
pub struct KnownFailures {
    entries: Vec<Entry>,
}

impl KnownFailures {
    /// Parses the list; blank lines and lines that start with `#` say nothing.
    pub fn parse(text: &str) -> Result<KnownFailures, String> {
        let mut entries = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (program, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let rest = rest.trim();
            let (mode, reason) = match rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
                Some((mode, reason)) => (Some(mode.to_owned()), reason.trim()),
                None => (None, rest),
            };
            if reason.is_empty() {
                return Err(format!("known_failures.txt:{}: no reason given", index + 1));
            }
            entries.push(Entry {
                line: index + 1,
                program: program.to_owned(),
                mode,
            });
        }
        Ok(KnownFailures { entries })
    }

    /// Whether the list expects `program` to fail under `mode`.
    pub fn expects(&self, program: &str, mode: &str) -> bool {
        self.entries.iter().any(|entry| {
            entry.program == program && entry.mode.as_deref().is_none_or(|m| m == mode)
        })
    }

    /// Complaints about entries that name no program of `programs` or no mode of `modes`.
    pub fn strays(&self, programs: &[String], modes: &[&str]) -> Vec<String> {
        let stray = |entry: &&Entry| {
            !programs.contains(&entry.program)
                || entry.mode.as_deref().is_some_and(|m| !modes.contains(&m))
        };
        let complain = |entry: &Entry| {
            format!(
                "known_failures.txt:{}: no such program or mode: {}",
                entry.line, entry.program
            )
        };
        self.entries.iter().filter(stray).map(complain).collect()
    }
}
