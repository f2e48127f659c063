//! Names as the symbol table keeps them: private-name mangling, the insertion-ordered map from name to flags, and sets
//! of names. Used by the rest of `scope` and, for mangling, by the code generator.

use std::collections::{HashMap, HashSet};

use ruff_python_ast::name::Name;

/// A set of names.
pub type NameSet = HashSet<Name>;

/// Names beyond this many are found through a hash index rather than by looking at each.
const SCAN_LIMIT: usize = 8;

/// Flags of every name of a block, in the order the names were first mentioned.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    entries: Vec<(Name, u32)>,
    index: HashMap<Name, usize>,
}

impl Symbols {
    /// The flags of `name`.
    pub fn get(&self, name: &str) -> Option<u32> {
        self.position(name).map(|at| self.entries[at].1)
    }

    /// Sets the flags of `name`, adding it when it is new.
    pub fn set(&mut self, name: &Name, flags: u32) {
        match self.position(name) {
            Some(at) => self.entries[at].1 = flags,
            None => self.push(name.clone(), flags),
        }
    }

    /// Forgets `name`.
    pub fn remove(&mut self, name: &str) {
        if let Some(at) = self.position(name) {
            let mut kept = std::mem::take(&mut self.entries);
            kept.remove(at);
            self.index.clear();
            for (name, flags) in kept {
                self.push(name, flags);
            }
        }
    }

    /// Names and flags in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, u32)> {
        self.entries.iter().map(|(name, flags)| (name, *flags))
    }

    /// Names and changeable flags in order.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&Name, &mut u32)> {
        self.entries.iter_mut().map(|(name, flags)| (&*name, flags))
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// No names at all.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The place of `name` in the order of first mention.
    pub fn position(&self, name: &str) -> Option<usize> {
        if self.index.is_empty() {
            self.entries.iter().position(|(known, _)| known == name)
        } else {
            self.index.get(name).copied()
        }
    }

    fn push(&mut self, name: Name, flags: u32) {
        self.entries.push((name, flags));
        let count = self.entries.len();
        if count == SCAN_LIMIT {
            self.index = self
                .entries
                .iter()
                .enumerate()
                .map(|(at, (name, _))| (name.clone(), at))
                .collect();
        } else if count > SCAN_LIMIT {
            self.index
                .insert(self.entries[count - 1].0.clone(), count - 1);
        }
    }
}

/// Whether a name is subject to mangling inside a class.
pub fn is_private(name: &str) -> bool {
    name.starts_with("__") && !name.ends_with("__") && !name.contains('.')
}

/// `__name` as it is stored inside the class called `private`: `_Class__name`.
pub fn mangle(private: Option<&str>, name: &Name) -> Name {
    let Some(class) = private else {
        return name.clone();
    };
    if !is_private(name) {
        return name.clone();
    }
    let class = class.trim_start_matches('_');
    if class.is_empty() {
        name.clone()
    } else {
        Name::from(format!("_{class}{name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mangling() {
        let mangled = |class, name| mangle(Some(class), &Name::new(name)).to_string();
        assert_eq!(mangled("__A", "__x"), "_A__x");
        assert_eq!(mangled("A", "__x__"), "__x__");
        assert_eq!(mangled("A", "_x"), "_x");
        assert_eq!(mangled("__", "__x"), "__x");
        assert_eq!(mangled("A", "__x.y"), "__x.y");
    }

    #[test]
    fn symbols_keep_order_past_the_scan_limit() {
        let mut symbols = Symbols::default();
        for n in 0..20 {
            symbols.set(&Name::from(format!("n{n}")), n);
        }
        symbols.set(&Name::new("n3"), 99);
        symbols.remove("n4");
        assert_eq!(symbols.get("n3"), Some(99));
        assert_eq!(symbols.get("n4"), None);
        assert_eq!(symbols.get("n19"), Some(19));
        assert_eq!(symbols.len(), 19);
        assert_eq!(
            symbols.iter().nth(4).map(|(name, _)| name.as_str()),
            Some("n5")
        );
    }
}
