//! `cargo xtask tidy`: the house rules that a machine can check. Prints `path:line: text` for each
//! finding and fails when one is more than a warning. Looks at the files git knows or would add.

use crate::source::{code_lines, has_word};
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

const WARN_LINES: usize = 600;
const MAX_LINES: usize = 1000;

/// File and folder names that say nothing about what is inside.
const VAGUE_NAMES: &[&str] = &[
    "util", "utils", "misc", "common", "helper", "helpers", "stuff",
];

/// Macros that stand for missing or forgotten work.
const FORBIDDEN_MACROS: &[&str] = &["todo", "unimplemented", "dbg"];

/// What has been found so far.
#[derive(Default)]
pub struct Findings {
    failures: usize,
    warnings: usize,
    lines: Vec<String>,
}

impl Findings {
    /// Reports something that must be changed.
    pub fn fail(&mut self, path: &str, line: usize, text: impl std::fmt::Display) {
        self.failures += 1;
        self.lines.push(format!("{path}:{line}: {text}"));
    }

    fn warn(&mut self, path: &str, line: usize, text: impl std::fmt::Display) {
        self.warnings += 1;
        self.lines.push(format!("{path}:{line}: warning: {text}"));
    }
}

/// Runs every check below `root`.
pub fn run(root: &Path) -> ExitCode {
    let Some(files) = tracked_files(root) else {
        eprintln!("tidy: git cannot list the files of {}", root.display());
        return ExitCode::from(2);
    };
    let mut findings = Findings::default();
    let allowed = listed(root, "xtask/tidy_allow.txt", true, &mut findings);
    let homes = listed(root, "xtask/unsafe_homes.txt", false, &mut findings);
    for path in &files {
        check_name(path, &mut findings);
        // Binary files are nobody's style; a deleted file is still listed.
        let Ok(text) = std::fs::read_to_string(root.join(path)) else {
            continue;
        };
        check_machine_paths(path, &text, &mut findings);
        if path.ends_with(".rs") || path.ends_with(".py") {
            check_size(path, &text, &allowed, &mut findings);
        }
        if path.ends_with(".rs") {
            check_opening(path, &text, &mut findings);
            check_code(path, &text, &homes, &mut findings);
        }
    }
    for stale in allowed
        .iter()
        .chain(&homes)
        .filter(|entry| !root.join(entry).exists())
    {
        findings.warn("xtask", 1, format!("{stale} is listed but does not exist"));
    }
    let is_manifest = |path: &&String| path.ends_with("Cargo.toml");
    let manifests: Vec<String> = files.iter().filter(is_manifest).cloned().collect();
    crate::deps::check(root, &manifests, &mut findings);

    let Findings {
        failures,
        warnings,
        mut lines,
    } = findings;
    lines.push(format!(
        "tidy: {} files, {failures} failures, {warnings} warnings\n",
        files.len()
    ));
    // Whoever reads only the first lines closes the pipe early; that is no failure.
    let _ = std::io::stdout().write_all(lines.join("\n").as_bytes());
    if failures == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn tracked_files(root: &Path) -> Option<Vec<String>> {
    let output = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut files: Vec<String> = text
        .split('\0')
        .filter(|path| !path.is_empty())
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    (output.status.success() && !files.is_empty()).then_some(files)
}

/// The paths of a list file: one a line, `#` comments; after the path its reason, if one is asked.
fn listed(root: &Path, list: &str, reasons: bool, findings: &mut Findings) -> Vec<String> {
    let Ok(text) = std::fs::read_to_string(root.join(list)) else {
        findings.fail(list, 1, "the list is missing");
        return Vec::new();
    };
    let mut paths = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (path, reason) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if reasons && reason.trim().is_empty() {
            findings.fail(list, index + 1, "an exception needs a reason");
        }
        paths.push(path.to_owned());
    }
    paths
}

fn check_name(path: &str, findings: &mut Findings) {
    let code = path.ends_with(".rs") || path.ends_with(".py");
    for part in path.split('/') {
        let stem = part.split('.').next().unwrap_or(part);
        if code && VAGUE_NAMES.contains(&stem) {
            findings.fail(path, 1, format!("the name {stem} says nothing"));
        }
    }
}

fn check_size(path: &str, text: &str, allowed: &[String], findings: &mut Findings) {
    let lines = text.lines().count();
    let generated = text.lines().take(5).any(|line| line.contains("@generated"));
    if generated || allowed.iter().any(|entry| entry == path) {
        return;
    }
    if lines > MAX_LINES {
        findings.fail(
            path,
            lines,
            format!("{lines} lines, more than {MAX_LINES}: split it"),
        );
    } else if lines > WARN_LINES {
        findings.warn(
            path,
            lines,
            format!("{lines} lines, more than {WARN_LINES}"),
        );
    }
}

fn check_opening(path: &str, text: &str, findings: &mut Findings) {
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.contains("@generated"));
    if !first.is_some_and(|line| line.starts_with("//!")) {
        findings.fail(path, 1, "opens without a `//!` paragraph");
    }
}

/// A path that exists on one machine only: the folder of a user, or of somebody's work.
fn check_machine_paths(path: &str, text: &str, findings: &mut Findings) {
    // Put together here, so that this file passes its own check.
    let folders = ["root", "work", "home"].map(|folder| format!("/{folder}"));
    for (index, line) in text.lines().enumerate() {
        for folder in &folders {
            let found = line.match_indices(folder.as_str()).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                let after = line[at + folder.len()..].chars().next();
                // In the middle of a longer path or address it is somebody else's folder.
                !before.is_some_and(|c| c.is_alphanumeric() || "_-.}*)".contains(c))
                    && !after.is_some_and(|c| c.is_alphanumeric() || "_-.".contains(c))
                    && (after == Some('/') || !folder.ends_with("home"))
            });
            if found {
                findings.fail(path, index + 1, format!("a path of one machine: {folder}"));
            }
        }
    }
}

fn check_code(path: &str, text: &str, homes: &[String], findings: &mut Findings) {
    let code = code_lines(text);
    let original: Vec<&str> = text.lines().collect();
    let at_home = homes.iter().any(|home| path.starts_with(home.as_str()));
    for (index, line) in code.iter().enumerate() {
        if !at_home && has_word(line, "unsafe") {
            findings.fail(path, index + 1, "`unsafe` outside xtask/unsafe_homes.txt");
        }
        for name in FORBIDDEN_MACROS {
            if has_word(line, name) && line.contains(&format!("{name}!")) {
                findings.fail(
                    path,
                    index + 1,
                    format!("{name}!: say what is missing in an error"),
                );
            }
        }
        if (line.contains("#[allow(") || line.contains("#![allow("))
            && !has_reason(&original, &code, index)
        {
            findings.fail(path, index + 1, "`allow` without a reason in or beside it");
        }
    }
}

/// True when the attribute that starts on this line says `reason = `, or a comment stands behind
/// it or on the line before.
fn has_reason(original: &[&str], code: &[String], index: usize) -> bool {
    let plain_comment = |line: &str| {
        line.find("//").is_some_and(|at| {
            let doc = line[at..].starts_with("///") || line[at..].starts_with("//!");
            !doc && line.len() > at + 3
        })
    };
    let end = (index..code.len())
        .find(|i| code[*i].contains(']'))
        .unwrap_or(index);
    plain_comment(original[index])
        || (index > 0 && plain_comment(original[index - 1]))
        || code[index..=end]
            .iter()
            .any(|line| has_word(line, "reason"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failures(path: &str, text: &str) -> usize {
        let mut findings = Findings::default();
        check_opening(path, text, &mut findings);
        check_code(path, text, &["home/".to_owned()], &mut findings);
        check_machine_paths(path, text, &mut findings);
        check_name(path, &mut findings);
        findings.failures
    }

    #[test]
    fn each_rule_bites() {
        assert_eq!(failures("a.rs", "//! Fine.\nfn f() {}\n"), 0);
        assert_eq!(failures("a.rs", "fn f() {}\n"), 1);
        assert_eq!(failures("a.rs", "//! X\nunsafe fn f() {}\n"), 1);
        assert_eq!(failures("home/a.rs", "//! X\nunsafe fn f() {}\n"), 0);
        assert_eq!(failures("a.rs", "//! X\nfn f() { todo!() }\n"), 1);
        assert_eq!(
            failures("a.rs", "//! X\n#[allow(dead_code)]\nfn f() {}\n"),
            1
        );
        assert_eq!(
            failures(
                "a.rs",
                "//! X\n// Used by the JIT.\n#[allow(dead_code)]\nfn f() {}\n"
            ),
            0
        );
        assert_eq!(failures("src/utils.rs", "//! X\n"), 1);
        assert_eq!(failures("a.rs", &format!("//! see /{}/x\n", "home")), 1);
        assert_eq!(
            failures("a.rs", &format!("//! see https://x.org/{}/x\n", "home")),
            0
        );
    }
}
