//! Who may depend on whom, read from the `Cargo.toml` files. Called by `tidy.rs`. The tables here
//! are the rule: a new crate states its directions by a row.

use crate::tidy::Findings;
use std::path::Path;

/// Our crates and those of ours that each may depend on.
const DIRECTIONS: &[(&str, &[&str])] = &[
    ("pyjit-isa", &[]),
    ("pyjit-num", &[]),
    ("pyjit-text", &[]),
    ("pyjit-codec", &[]),
    ("pyjit-compile", &["pyjit-isa", "pyjit-text"]),
    ("pyjit-core", &["pyjit-isa", "pyjit-num", "pyjit-text"]),
    (
        "pyjit-types",
        &[
            "pyjit-core",
            "pyjit-isa",
            "pyjit-num",
            "pyjit-text",
            "pyjit-codec",
        ],
    ),
    (
        "pyjit-modules",
        &[
            "pyjit-core",
            "pyjit-types",
            "pyjit-isa",
            "pyjit-num",
            "pyjit-text",
            "pyjit-codec",
            // `_ast`, `_tokenize` and `_symtable` show what the front end sees.
            "pyjit-compile",
        ],
    ),
    ("pyjit-jit", &["pyjit-core", "pyjit-isa", "pyjit-num"]),
    ("xtask", &[]),
];

/// Outside crates (by the start of their name) and the only crates of ours that may use them.
const HOMES: &[(&str, &[&str])] = &[
    ("ruff_", &["pyjit-compile"]),
    ("cranelift", &["pyjit-jit"]),
    ("bumpalo", &["pyjit-core", "pyjit-jit"]),
    ("num-bigint", &["pyjit-num"]),
    ("mimalloc", &["pyjit"]),
    ("rustpython-", &["pyjit-modules"]),
];

/// Checks every manifest.
pub fn check(root: &Path, manifests: &[String], findings: &mut Findings) {
    for manifest in manifests {
        let Ok(text) = std::fs::read_to_string(root.join(manifest)) else {
            continue;
        };
        let name = value_of(&text, "[package]", "name");
        let Some(name) = name else { continue };
        let ours = DIRECTIONS
            .iter()
            .find(|(package, _)| *package == name)
            .map(|(_, ours)| *ours);
        if ours.is_none() && name != "pyjit" {
            findings.fail(
                manifest,
                1,
                format!("{name} has no row in xtask/src/deps.rs"),
            );
            continue;
        }
        for (line, dependency) in dependencies(&text) {
            // The root package may use every crate of ours.
            let of_ours = dependency == "pyjit" || dependency.starts_with("pyjit-");
            if of_ours && ours.is_some_and(|ours| !ours.contains(&dependency)) {
                findings.fail(
                    manifest,
                    line,
                    format!("{name} must not depend on {dependency}"),
                );
            }
            for (outside, homes) in HOMES {
                if dependency.starts_with(outside) && !homes.contains(&name) {
                    let homes = homes.join(", ");
                    findings.fail(
                        manifest,
                        line,
                        format!("{dependency} belongs to {homes} only"),
                    );
                }
            }
        }
    }
}

/// The string value of `key` in `section`.
fn value_of<'a>(text: &'a str, section: &str, key: &str) -> Option<&'a str> {
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with('[') {
            inside = line.trim() == section;
        } else if inside
            && let Some((found, value)) = line.split_once('=')
            && found.trim() == key
        {
            return Some(value.trim().trim_matches('"'));
        }
    }
    None
}

/// The crates named in the dependency sections, with their lines.
fn dependencies(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut inside = false;
    for (index, line) in text.lines().enumerate() {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end().trim_end_matches(']');
            inside = section.ends_with("dependencies") && !section.starts_with("workspace");
            // A table of its own for one crate: `[dependencies.name]`.
            if let Some((head, name)) = section.rsplit_once('.')
                && head.ends_with("dependencies")
                && !head.starts_with("workspace")
            {
                found.push((index + 1, name));
            }
            continue;
        }
        if inside && !line.starts_with('#') {
            let name = line.split(['=', '.', ' ']).next().unwrap_or("").trim();
            if !name.is_empty() {
                found.push((index + 1, name));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_are_read() {
        let text = "[package]\nname = \"pyjit-core\"\n[dependencies]\na.workspace = true\nb = \"1\"\n\n[lints]\nworkspace = true\n[target.'cfg(unix)'.dependencies]\nc = { path = \"x\" }\n[dev-dependencies.d]\npath = \"y\"\n";
        assert_eq!(value_of(text, "[package]", "name"), Some("pyjit-core"));
        assert_eq!(
            dependencies(text),
            [(4, "a"), (5, "b"), (10, "c"), (11, "d")]
        );
    }
}
