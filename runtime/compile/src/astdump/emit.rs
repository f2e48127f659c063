//! Trees of plain nodes back to source text that the parser reads as the same tree. The text is never shown: every expression
//! stands in parentheses, so that each node begins and ends at an offset of its own, and `places` says where the tree's
//! author wanted that offset to be.

use super::node::{AstNode, Item};
use super::schema::Kind;
use pyjit_isa::code::Const;
use std::fmt::Write;

/// Source text with the places of its offsets.
#[derive(Debug, Default)]
pub(crate) struct Emitted {
    pub text: String,
    /// (offset, line, column), by offset.
    pub places: Vec<(u32, u32, u32)>,
    /// Names that are no identifiers; the text has [`stand_in`]s for them.
    pub names: Vec<String>,
}

const STAND_IN: &str = "__ast_name_";

/// The identifier that stands for the name of a number.
fn stand_in(i: usize) -> String {
    format!("{STAND_IN}{i}__")
}
/// The number of a stand-in.
pub(crate) fn stand_in_index(name: &str) -> Option<usize> {
    name.strip_prefix(STAND_IN)?
        .strip_suffix("__")?
        .parse()
        .ok()
}

const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "None",
    "True", "False",
];

fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars
        .next()
        .is_some_and(|c| c == '_' || pyjit_text::unicode::is_xid_start(u32::from(c)))
        && chars.all(|c| pyjit_text::unicode::is_xid_continue(u32::from(c)))
        && !KEYWORDS.contains(&name)
        && stand_in_index(name).is_none()
}

/// The text of a tree.
pub(crate) fn emit(root: &AstNode) -> Emitted {
    let mut e = Emitter {
        out: Emitted::default(),
        depth: 0,
    };
    match root.kind {
        Kind::Expression => e.item(field(root, 0)),
        _ => e.body(field(root, 0)),
    }
    e.out
}

pub(super) static NOTHING: Item = Item::None;

/// A field by number.
pub(super) fn field(n: &AstNode, i: usize) -> &Item {
    n.fields.get(i).unwrap_or(&NOTHING)
}

pub(super) struct Emitter {
    pub out: Emitted,
    depth: usize,
}

impl Emitter {
    pub fn put(&mut self, text: &str) {
        self.out.text.push_str(text);
    }
    pub fn begin(&mut self, n: &AstNode) {
        if let Some([line, column, ..]) = n.position {
            let at = self.out.text.len() as u32;
            self.out.places.push((at, line, column));
        }
    }
    pub fn end(&mut self, n: &AstNode) {
        if let Some([.., line, column]) = n.position {
            let at = self.out.text.len() as u32;
            // What ends with its last part ends where that does.
            if self.out.places.last().is_none_or(|l| l.0 != at) {
                self.out.places.push((at, line, column));
            }
        }
    }
    /// A name, or what stands for it.
    pub fn name(&mut self, name: &str) {
        if is_identifier(name) {
            return self.put(name);
        }
        let i = match self.out.names.iter().position(|n| n == name) {
            Some(i) => i,
            None => {
                self.out.names.push(name.to_string());
                self.out.names.len() - 1
            }
        };
        let text = stand_in(i);
        self.put(&text);
    }
    pub fn name_item(&mut self, name: &Item) {
        let text = name.text().unwrap_or("_").to_string();
        self.name(&text);
    }
    /// A dotted name.
    fn dotted(&mut self, name: &str) {
        for (i, part) in name.split('.').enumerate() {
            if i > 0 {
                self.put(".");
            }
            self.name(part);
        }
    }
    /// Items with commas between them.
    pub fn commas(&mut self, items: &[Item], mut f: impl FnMut(&mut Emitter, &Item)) {
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.put(", ");
            }
            f(self, item);
        }
    }

    // Statements.

    fn line(&mut self) {
        self.put("\n");
        for _ in 0..self.depth {
            self.put(" ");
        }
    }
    fn body(&mut self, list: &Item) {
        for s in list.list() {
            if let Some(n) = s.node() {
                stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.stmt(n));
            }
        }
    }
    fn block(&mut self, list: &Item) {
        self.put(":");
        self.depth += 1;
        self.body(list);
        self.depth -= 1;
    }
    fn or_else(&mut self, word: &str, list: &Item) {
        if !list.list().is_empty() {
            self.line();
            self.put(word);
            self.block(list);
        }
    }
    fn opt(&mut self, before: &str, e: &Item) {
        if !e.is_none() {
            self.put(before);
            self.item(e);
        }
    }

    fn stmt(&mut self, n: &AstNode) {
        let f = |i| field(n, i);
        let decorators = match n.kind {
            Kind::FunctionDef | Kind::AsyncFunctionDef => f(3),
            Kind::ClassDef => f(4),
            _ => &NOTHING,
        };
        for d in decorators.list() {
            self.line();
            self.put("@");
            self.item(d);
        }
        self.line();
        self.begin(n);
        match n.kind {
            Kind::FunctionDef | Kind::AsyncFunctionDef => {
                self.put(if n.kind == Kind::FunctionDef {
                    "def "
                } else {
                    "async def "
                });
                self.name_item(f(0));
                self.type_params(f(6));
                self.put("(");
                self.arguments(f(1), true);
                self.put(")");
                self.opt(" -> ", f(4));
                self.block(f(2));
            }
            Kind::ClassDef => {
                self.put("class ");
                self.name_item(f(0));
                self.type_params(f(5));
                self.put("(");
                self.call_arguments(f(1).list(), f(2).list());
                self.put(")");
                self.block(f(3));
            }
            Kind::Return => {
                self.put("return");
                self.opt(" ", f(0));
            }
            Kind::Delete => {
                self.put("del ");
                self.commas(f(0).list(), Emitter::item);
            }
            Kind::Assign => {
                for t in f(0).list() {
                    self.item(t);
                    self.put(" = ");
                }
                self.item(f(1));
            }
            Kind::TypeAlias => {
                self.put("type ");
                if let Some(name) = f(0).node() {
                    self.begin(name);
                    self.name_item(field(name, 0));
                    self.end(name);
                }
                self.type_params(f(1));
                self.put(" = ");
                self.item(f(2));
            }
            Kind::AugAssign => {
                self.item(f(0));
                let op = f(1).node().map_or("", |o| operator(o.kind));
                self.put(" ");
                self.put(op);
                self.put("= ");
                self.item(f(2));
            }
            Kind::AnnAssign => {
                match f(0).node() {
                    Some(name) if f(3).int() != 0 && name.kind == Kind::Name => {
                        self.name_item(field(name, 0));
                        self.end(name);
                    }
                    _ => self.item(f(0)),
                }
                self.put(": ");
                self.item(f(1));
                self.opt(" = ", f(2));
            }
            Kind::For | Kind::AsyncFor => {
                self.put(if n.kind == Kind::For {
                    "for "
                } else {
                    "async for "
                });
                self.item(f(0));
                self.put(" in ");
                self.item(f(1));
                self.block(f(2));
                self.or_else("else", f(3));
            }
            Kind::While | Kind::If => {
                self.put(if n.kind == Kind::If { "if " } else { "while " });
                self.item(f(0));
                self.block(f(1));
                self.or_else("else", f(2));
            }
            Kind::With | Kind::AsyncWith => {
                self.put(if n.kind == Kind::With {
                    "with "
                } else {
                    "async with "
                });
                self.commas(f(0).list(), |e, item| {
                    if let Some(i) = item.node() {
                        e.item(field(i, 0));
                        e.opt(" as ", field(i, 1));
                    }
                });
                self.block(f(1));
            }
            Kind::Match => {
                self.put("match ");
                self.item(f(0));
                self.put(":");
                self.depth += 1;
                for case in f(1).list().iter().filter_map(Item::node) {
                    self.line();
                    self.put("case ");
                    self.pattern_item(field(case, 0));
                    self.opt(" if ", field(case, 1));
                    self.block(field(case, 2));
                }
                self.depth -= 1;
            }
            Kind::Raise => {
                self.put("raise");
                self.opt(" ", f(0));
                self.opt(" from ", f(1));
            }
            Kind::Try | Kind::TryStar => {
                self.put("try");
                self.block(f(0));
                for h in f(1).list().iter().filter_map(Item::node) {
                    self.line();
                    self.begin(h);
                    self.put(if n.kind == Kind::Try {
                        "except"
                    } else {
                        "except*"
                    });
                    self.opt(" ", field(h, 0));
                    if let Some(name) = field(h, 1).text() {
                        let name = name.to_string();
                        self.put(" as ");
                        self.name(&name);
                    }
                    self.block(field(h, 2));
                    self.end(h);
                }
                self.or_else("else", f(2));
                self.or_else("finally", f(3));
            }
            Kind::Assert => {
                self.put("assert ");
                self.item(f(0));
                self.opt(", ", f(1));
            }
            Kind::Import => {
                self.put("import ");
                self.commas(f(0).list(), Emitter::alias);
            }
            Kind::ImportFrom => {
                self.put("from ");
                for _ in 0..f(2).int().clamp(0, 1 << 16) {
                    self.put(".");
                }
                match f(0).text() {
                    Some(m) => {
                        let m = m.to_string();
                        self.dotted(&m);
                    }
                    // What no program can say; it fails when it runs.
                    None if f(2).int() == 0 => self.name(""),
                    None => {}
                }
                // Parentheses keep the end of the last name from that of the statement.
                let star = f(1)
                    .list()
                    .iter()
                    .filter_map(Item::node)
                    .any(|a| field(a, 0).text() == Some("*"));
                self.put(if star { " import " } else { " import (" });
                self.commas(f(1).list(), Emitter::alias);
                self.put(if star { "" } else { ")" });
            }
            Kind::Global | Kind::Nonlocal => {
                self.put(if n.kind == Kind::Global {
                    "global "
                } else {
                    "nonlocal "
                });
                self.commas(f(0).list(), Emitter::name_item);
            }
            Kind::Expr => self.item(f(0)),
            Kind::Break => self.put("break"),
            Kind::Continue => self.put("continue"),
            _ => self.put("pass"),
        }
        self.end(n);
    }

    fn alias(&mut self, item: &Item) {
        let Some(a) = item.node() else {
            return;
        };
        self.begin(a);
        let name = field(a, 0).text().unwrap_or("_").to_string();
        if name == "*" {
            self.put("*");
        } else {
            self.dotted(&name);
        }
        if let Some(as_name) = field(a, 1).text() {
            let as_name = as_name.to_string();
            self.put(" as ");
            self.name(&as_name);
        }
        self.end(a);
    }

    fn type_params(&mut self, params: &Item) {
        if params.list().is_empty() {
            return;
        }
        self.put("[");
        self.commas(params.list(), |e, p| {
            let Some(p) = p.node() else {
                return;
            };
            e.begin(p);
            e.put(match p.kind {
                Kind::TypeVarTuple => "*",
                Kind::ParamSpec => "**",
                _ => "",
            });
            e.name_item(field(p, 0));
            if p.kind == Kind::TypeVar {
                e.opt(": ", field(p, 1));
                e.opt(" = ", field(p, 2));
            } else {
                e.opt(" = ", field(p, 1));
            }
            e.end(p);
        });
        self.put("]");
    }

    /// Parameters of a function or, without annotations, of a lambda.
    pub fn arguments(&mut self, item: &Item, annotated: bool) {
        let Some(a) = item.node() else {
            return;
        };
        let f = |i| field(a, i);
        let (posonly, args) = (f(0).list(), f(1).list());
        let (kwonly, kw_defaults) = (f(3).list(), f(4).list());
        let defaults = f(6).list();
        let required = (posonly.len() + args.len()).saturating_sub(defaults.len());
        let mut first = true;
        let mut comma = |e: &mut Emitter| {
            if !std::mem::take(&mut first) {
                e.put(", ");
            }
        };
        for (i, p) in posonly.iter().chain(args).enumerate() {
            comma(self);
            self.parameter(p, annotated);
            if let Some(d) = i.checked_sub(required).and_then(|d| defaults.get(d)) {
                self.put("=");
                self.item(d);
            }
            if i + 1 == posonly.len() {
                self.put(", /");
            }
        }
        if !f(2).is_none() {
            comma(self);
            self.put("*");
            self.parameter(f(2), annotated);
        } else if !kwonly.is_empty() {
            comma(self);
            self.put("*");
        }
        for (i, p) in kwonly.iter().enumerate() {
            comma(self);
            self.parameter(p, annotated);
            if let Some(d) = kw_defaults.get(i).filter(|d| !d.is_none()) {
                self.put("=");
                self.item(d);
            }
        }
        if !f(5).is_none() {
            comma(self);
            self.put("**");
            self.parameter(f(5), annotated);
        }
    }
    fn parameter(&mut self, item: &Item, annotated: bool) {
        let Some(p) = item.node() else {
            return;
        };
        self.begin(p);
        self.name_item(field(p, 0));
        if annotated {
            self.opt(": ", field(p, 1));
        }
        self.end(p);
    }

    pub fn call_arguments(&mut self, args: &[Item], keywords: &[Item]) {
        self.commas(args, Emitter::item);
        if !args.is_empty() && !keywords.is_empty() {
            self.put(", ");
        }
        self.commas(keywords, |e, k| {
            let Some(k) = k.node() else {
                return;
            };
            e.begin(k);
            match field(k, 0).text() {
                Some(name) => {
                    let name = name.to_string();
                    e.name(&name);
                    e.put("=");
                }
                None => e.put("**"),
            }
            e.item(field(k, 1));
            e.end(k);
        });
    }

    // Patterns.

    fn pattern_item(&mut self, item: &Item) {
        if let Some(p) = item.node() {
            stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.pattern(p));
        }
    }
    fn pattern(&mut self, p: &AstNode) {
        let f = |i| field(p, i);
        let group = matches!(p.kind, Kind::MatchAs | Kind::MatchOr);
        if group {
            self.put("(");
        }
        self.begin(p);
        match p.kind {
            Kind::MatchValue => self.plain(f(0)),
            Kind::MatchSingleton => self.constant(f(0)),
            Kind::MatchSequence => {
                self.put("[");
                self.commas(f(0).list(), Emitter::pattern_item);
                self.put("]");
            }
            Kind::MatchMapping => {
                self.put("{");
                for (k, v) in f(0).list().iter().zip(f(1).list()) {
                    self.plain(k);
                    self.put(": ");
                    self.pattern_item(v);
                    self.put(", ");
                }
                if !f(2).is_none() {
                    self.put("**");
                    self.name_item(f(2));
                }
                self.put("}");
            }
            Kind::MatchClass => {
                self.plain(f(0));
                self.put("(");
                for q in f(1).list() {
                    self.pattern_item(q);
                    self.put(", ");
                }
                for (name, q) in f(2).list().iter().zip(f(3).list()) {
                    self.name_item(name);
                    self.put("=");
                    self.pattern_item(q);
                    self.put(", ");
                }
                self.put(")");
            }
            Kind::MatchStar => {
                self.put("*");
                self.name_item(f(0));
            }
            Kind::MatchAs => {
                if !f(0).is_none() {
                    self.pattern_item(f(0));
                    self.put(" as ");
                }
                self.name_item(f(1));
            }
            _ => {
                for (i, q) in f(0).list().iter().enumerate() {
                    if i > 0 {
                        self.put(" | ");
                    }
                    self.pattern_item(q);
                }
            }
        }
        self.end(p);
        if group {
            self.put(")");
        }
    }
    /// An expression as patterns have them: without parentheses.
    fn plain(&mut self, item: &Item) {
        let Some(n) = item.node() else {
            return;
        };
        self.begin(n);
        match n.kind {
            Kind::Attribute => {
                self.plain(field(n, 0));
                self.put(".");
                self.name_item(field(n, 1));
            }
            Kind::UnaryOp => {
                self.put("-");
                self.plain(field(n, 1));
            }
            Kind::BinOp => {
                self.plain(field(n, 0));
                let op = field(n, 1).node().map_or("+", |o| operator(o.kind));
                self.put(op);
                self.plain(field(n, 2));
            }
            Kind::Constant => self.constant(field(n, 0)),
            _ => self.inside(n),
        }
        self.end(n);
    }
}

/// The sign of an operator.
pub(super) fn operator(kind: Kind) -> &'static str {
    match kind {
        Kind::Add => "+",
        Kind::Sub => "-",
        Kind::Mult => "*",
        Kind::MatMult => "@",
        Kind::Div => "/",
        Kind::Mod => "%",
        Kind::Pow => "**",
        Kind::LShift => "<<",
        Kind::RShift => ">>",
        Kind::BitOr => "|",
        Kind::BitXor => "^",
        Kind::BitAnd => "&",
        Kind::FloorDiv => "//",
        Kind::Eq => "==",
        Kind::NotEq => "!=",
        Kind::Lt => "<",
        Kind::LtE => "<=",
        Kind::Gt => ">",
        Kind::GtE => ">=",
        Kind::Is => "is",
        Kind::IsNot => "is not",
        Kind::In => "in",
        Kind::NotIn => "not in",
        Kind::And => "and",
        Kind::Or => "or",
        Kind::Invert => "~",
        Kind::Not => "not ",
        Kind::UAdd => "+",
        _ => "-",
    }
}

/// A constant as source text.
pub(super) fn literal(c: &Const) -> String {
    match c {
        Const::None => "None".to_string(),
        Const::True => "True".to_string(),
        Const::False => "False".to_string(),
        Const::Ellipsis | Const::Code(_) => "...".to_string(),
        Const::Int(i) if *i < 0 => format!("-0x{:x}", i.unsigned_abs()),
        Const::Int(i) => format!("0x{i:x}"),
        Const::BigInt(digits) => digits.clone(),
        Const::Float(x) => float(*x),
        Const::Complex(re, im) => {
            if *re == 0.0 && re.is_sign_positive() {
                format!("{}j", float(*im))
            } else {
                format!("{}+{}j", float(*re), float(*im))
            }
        }
        Const::Str(s) => {
            let mut out = String::from("\"");
            for c in s.chars() {
                escape(&mut out, u32::from(c));
            }
            out + "\""
        }
        Const::Surrogates(points) => {
            let mut out = String::from("\"");
            for c in points {
                escape(&mut out, *c);
            }
            out + "\""
        }
        Const::Bytes(bytes) => {
            let mut out = String::from("b\"");
            for b in bytes {
                match b {
                    b'"' | b'\\' => out.extend(['\\', *b as char]),
                    0x20..=0x7e => out.push(*b as char),
                    _ => {
                        let _ = write!(out, "\\x{b:02x}");
                    }
                }
            }
            out + "\""
        }
        Const::Tuple(items) => {
            let parts: Vec<String> = items.iter().map(|i| literal(i) + ",").collect();
            format!("({})", parts.concat())
        }
        Const::FrozenSet(items) => {
            let parts: Vec<String> = items.iter().map(|i| literal(i) + ",").collect();
            format!("frozenset(({}))", parts.concat())
        }
        Const::Slice(parts) => {
            let parts: Vec<String> = parts.iter().map(literal).collect();
            format!("slice({})", parts.join(","))
        }
    }
}
fn float(x: f64) -> String {
    if x.is_nan() {
        return "(1e999-1e999)".to_string();
    }
    if x.is_infinite() {
        return if x > 0.0 { "1e999" } else { "-1e999" }.to_string();
    }
    format!("{x:e}")
}
/// Appends a character of a string.
pub(super) fn escape(out: &mut String, c: u32) {
    let _ = match (c, char::from_u32(c)) {
        (0x22 | 0x5c, Some(c)) => write!(out, "\\{c}"),
        (0..0x20 | 0x7f, _) => write!(out, "\\x{c:02x}"),
        (_, Some(c)) => write!(out, "{c}"),
        (_, None) => write!(out, "\\u{c:04x}"),
    };
}
