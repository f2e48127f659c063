//! The expressions of a tree as source text, see `emit`.

use super::emit::{Emitter, escape, field, literal, operator};
use super::node::{AstNode, Item};
use super::schema::Kind;
use pyjit_isa::code::Const;

impl Emitter {
    /// An expression in parentheses.
    pub fn item(&mut self, item: &Item) {
        let Some(n) = item.node() else {
            return;
        };
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.expr(n));
    }

    fn expr(&mut self, n: &AstNode) {
        if n.kind == Kind::Starred {
            self.begin(n);
            self.put("*");
            self.item(field(n, 0));
            return self.end(n);
        }
        self.put("(");
        self.begin(n);
        self.inside(n);
        self.end(n);
        self.put(")");
    }

    pub fn constant(&mut self, value: &Item) {
        if let Item::Const(c) = value {
            let text = literal(c);
            self.put(&text);
        }
    }

    /// An expression without its parentheses.
    pub fn inside(&mut self, n: &AstNode) {
        let f = |i| field(n, i);
        let op = |i: usize| f(i).node().map_or("", |o| operator(o.kind));
        match n.kind {
            Kind::BoolOp => {
                let word = op(0);
                for (i, v) in f(1).list().iter().enumerate() {
                    if i > 0 {
                        self.put(" ");
                        self.put(word);
                        self.put(" ");
                    }
                    self.item(v);
                }
            }
            Kind::NamedExpr => {
                if let Some(name) = f(0).node() {
                    self.name_item(field(name, 0));
                    self.end(name);
                }
                self.put(" := ");
                self.item(f(1));
            }
            Kind::BinOp => {
                self.item(f(0));
                self.put(" ");
                self.put(op(1));
                self.put(" ");
                self.item(f(2));
            }
            Kind::UnaryOp => {
                self.put(op(0));
                self.item(f(1));
            }
            Kind::Lambda => {
                self.put("lambda ");
                self.arguments(f(0), false);
                self.put(": ");
                self.item(f(1));
            }
            Kind::IfExp => {
                self.item(f(1));
                self.put(" if ");
                self.item(f(0));
                self.put(" else ");
                self.item(f(2));
            }
            Kind::Dict => {
                self.put("{");
                for (k, v) in f(0).list().iter().zip(f(1).list()) {
                    if k.is_none() {
                        self.put("**");
                    } else {
                        self.item(k);
                        self.put(": ");
                    }
                    self.item(v);
                    self.put(", ");
                }
                self.put("}");
            }
            Kind::Set if f(0).list().is_empty() => self.put("{*()}"),
            Kind::Set => self.enclosed("{", f(0).list(), "}"),
            Kind::List => self.enclosed("[", f(0).list(), "]"),
            Kind::Tuple => self.enclosed("(", f(0).list(), ")"),
            Kind::ListComp => self.comprehension("[", f(0), f(1), "]"),
            Kind::SetComp => self.comprehension("{", f(0), f(1), "}"),
            Kind::GeneratorExp => self.comprehension("(", f(0), f(1), ")"),
            Kind::DictComp => {
                self.put("{");
                self.item(f(0));
                self.put(": ");
                self.comprehension("", f(1), f(2), "}");
            }
            Kind::Await => {
                self.put("await ");
                self.item(f(0));
            }
            Kind::Yield => {
                self.put(if f(0).is_none() { "yield" } else { "yield " });
                self.item(f(0));
            }
            Kind::YieldFrom => {
                self.put("yield from ");
                self.item(f(0));
            }
            Kind::Compare => {
                self.item(f(0));
                for (o, v) in f(1).list().iter().zip(f(2).list()) {
                    self.put(" ");
                    self.put(o.node().map_or("", |o| operator(o.kind)));
                    self.put(" ");
                    self.item(v);
                }
            }
            Kind::Call => {
                self.item(f(0));
                self.put("(");
                self.call_arguments(f(1).list(), f(2).list());
                self.put(")");
            }
            Kind::JoinedStr => self.joined("f\"", f(0).list(), "\""),
            Kind::TemplateStr => self.joined("t\"", f(0).list(), "\""),
            Kind::FormattedValue => {
                self.put("f\"");
                self.formatted(n);
                self.put("\"");
            }
            Kind::Interpolation => {
                self.put("t\"");
                self.formatted(n);
                self.put("\"");
            }
            Kind::Constant => self.constant(f(0)),
            Kind::Attribute => {
                self.item(f(0));
                self.put(".");
                self.name_item(f(1));
            }
            Kind::Subscript => {
                self.item(f(0));
                self.put("[");
                self.subscript(f(1));
                self.put("]");
            }
            Kind::Starred => {
                self.put("*");
                self.item(f(0));
            }
            Kind::Name => self.name_item(f(0)),
            Kind::Slice => self.slice(n),
            _ => {}
        }
    }

    fn enclosed(&mut self, open: &str, items: &[Item], close: &str) {
        self.put(open);
        for i in items {
            self.item(i);
            self.put(", ");
        }
        self.put(close);
    }

    fn comprehension(&mut self, open: &str, elt: &Item, generators: &Item, close: &str) {
        self.put(open);
        self.item(elt);
        for g in generators.list().iter().filter_map(Item::node) {
            self.put(if field(g, 3).int() != 0 {
                " async for "
            } else {
                " for "
            });
            self.item(field(g, 0));
            self.put(" in ");
            self.item(field(g, 1));
            for test in field(g, 2).list() {
                self.put(" if ");
                self.item(test);
            }
        }
        self.put(close);
    }

    fn subscript(&mut self, item: &Item) {
        let Some(n) = item.node() else {
            return;
        };
        let special = |i: &Item| {
            i.node()
                .is_some_and(|n| matches!(n.kind, Kind::Slice | Kind::Starred))
        };
        match n.kind {
            Kind::Tuple if field(n, 0).list().iter().any(special) => {
                self.begin(n);
                for i in field(n, 0).list() {
                    self.subscript(i);
                    self.put(", ");
                }
                self.end(n);
            }
            Kind::Slice => {
                self.begin(n);
                self.slice(n);
                self.end(n);
            }
            _ => self.item(item),
        }
    }
    fn slice(&mut self, n: &AstNode) {
        self.item(field(n, 0));
        self.put(":");
        self.item(field(n, 1));
        if !field(n, 2).is_none() {
            self.put(":");
            self.item(field(n, 2));
        }
    }

    fn joined(&mut self, open: &str, values: &[Item], close: &str) {
        self.put(open);
        for v in values.iter().filter_map(Item::node) {
            match (v.kind, field(v, 0)) {
                (Kind::Constant, Item::Const(Const::Str(s))) => {
                    self.begin(v);
                    let points: Vec<u32> = s.chars().map(u32::from).collect();
                    self.middle(&points);
                    self.end(v);
                }
                (Kind::Constant, Item::Const(Const::Surrogates(points))) => {
                    self.begin(v);
                    self.middle(points);
                    self.end(v);
                }
                (Kind::FormattedValue | Kind::Interpolation, _) => self.formatted(v),
                _ => {
                    self.put("{");
                    self.expr(v);
                    self.put("}");
                }
            }
        }
        self.put(close);
    }
    fn middle(&mut self, points: &[u32]) {
        let mut text = String::new();
        for c in points {
            escape(&mut text, *c);
            if matches!(c, 0x7b | 0x7d) {
                escape(&mut text, *c);
            }
        }
        self.put(&text);
    }

    fn formatted(&mut self, n: &AstNode) {
        let template = n.kind == Kind::Interpolation;
        self.begin(n);
        self.put("{");
        match field(n, 1) {
            // The text between the braces is what the template shows.
            Item::Const(Const::Str(shown)) if template && !shown.trim().is_empty() => {
                let shown = shown.clone();
                self.put(if shown.starts_with('{') { " " } else { "" });
                self.put(&shown);
            }
            _ => self.item(field(n, 0)),
        }
        let at = if template { 2 } else { 1 };
        if let Some(c) = u32::try_from(field(n, at).int())
            .ok()
            .and_then(char::from_u32)
            .filter(|c| matches!(c, 's' | 'r' | 'a'))
        {
            self.put("!");
            self.put(c.encode_utf8(&mut [0; 4]));
        }
        if let Some(spec) = field(n, at + 1).node() {
            self.put(":");
            match spec.kind {
                Kind::JoinedStr => self.joined("", field(spec, 0).list(), ""),
                _ => {
                    self.put("{");
                    self.expr(spec);
                    self.put("}");
                }
            }
        }
        self.put("}");
        self.end(n);
    }
}
