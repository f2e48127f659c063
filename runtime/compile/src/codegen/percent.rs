//! `"..." % (a, b)` with simple conversions is compiled as an f-string would be.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{convert, op};
use ruff_python_ast::name::Name;
use ruff_python_ast::{Expr, ExprBinOp};

use super::expr::STACK_GUIDELINE;
use crate::compiler::{Compiler, Gen};
use crate::instr::Loc;

/// A conversion of the format: text before it, how to convert, and the format specification.
enum Part {
    Text(String),
    Value { how: u32, spec: String },
}

/// Splits a format; `None` if it has anything but `%s`, `%r`, `%a` with width and precision, and `%%`.
fn split(format: &str, args: usize) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = format;
    let mut used = 0;
    while !rest.is_empty() {
        let mut text = String::new();
        loop {
            match rest.find('%') {
                None => {
                    text.push_str(rest);
                    rest = "";
                    break;
                }
                Some(at) => {
                    text.push_str(&rest[..at]);
                    rest = &rest[at..];
                    match rest.strip_prefix("%%") {
                        Some(after) => {
                            text.push('%');
                            rest = after;
                        }
                        None => break,
                    }
                }
            }
        }
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        if rest.is_empty() {
            break;
        }
        if used >= args {
            return None;
        }
        let (part, after) = conversion(&rest[1..])?;
        parts.push(part);
        rest = after;
        used += 1;
    }
    (used == args).then_some(parts)
}

fn number(rest: &str) -> Option<(i32, &str)> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits >= 3 {
        return None;
    }
    let value = rest[..digits].parse().unwrap_or(0);
    Some((value, &rest[digits..]))
}

fn conversion(mut rest: &str) -> Option<(Part, &str)> {
    let mut left = false;
    while let Some(flag) = rest.bytes().next().filter(|byte| b"-+ #0".contains(byte)) {
        left |= flag == b'-';
        rest = &rest[1..];
    }
    let mut width = -1;
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        (width, rest) = number(rest)?;
    }
    let mut precision = -1;
    if let Some(after) = rest.strip_prefix('.') {
        (precision, rest) = number(after)?;
    }
    let how = match rest.bytes().next()? {
        b's' => convert::STR,
        b'r' => convert::REPR,
        b'a' => convert::ASCII,
        _ => return None,
    };
    let mut spec = String::new();
    if !left && width > 0 {
        spec.push('>');
    }
    if width >= 0 {
        spec.push_str(&width.to_string());
    }
    if precision >= 0 {
        spec.push_str(&format!(".{precision}"));
    }
    Some((Part::Value { how, spec }, &rest[1..]))
}

impl<'a> Compiler<'a> {
    /// Generates a `%` of a string literal and a tuple display in pieces. False if it must be done at run time.
    pub(super) fn percent_format(&mut self, node: &'a ExprBinOp) -> Gen<bool> {
        let (Expr::StringLiteral(_), Expr::Tuple(tuple)) = (&*node.left, &*node.right) else {
            return Ok(false);
        };
        if tuple.elts.iter().any(Expr::is_starred_expr) {
            return Ok(false);
        }
        let Const::Str(format) = self.constant(&node.left)? else {
            return Ok(false);
        };
        let Some(parts) = split(&format, tuple.elts.len()) else {
            return Ok(false);
        };
        let loc = self.loc(node);
        let count = parts.len();
        let big = count > STACK_GUIDELINE;
        if big {
            self.load_str("", loc);
            self.load_attr(&Name::new_static("join"), true, loc);
            self.op_arg(op::BUILD_LIST, 0, loc);
        }
        let mut values = tuple.elts.iter();
        for part in parts {
            match part {
                Part::Text(text) => self.load_const(Const::Str(text), Loc::NONE),
                Part::Value { how, spec } => {
                    let Some(value) = values.next() else { continue };
                    self.expr(value)?;
                    let loc = self.loc(value);
                    self.op_arg(op::CONVERT_VALUE, how, loc);
                    if spec.is_empty() {
                        self.op(op::FORMAT_SIMPLE, loc);
                    } else {
                        self.load_str(&spec, Loc::NONE);
                        self.op(op::FORMAT_WITH_SPEC, loc);
                    }
                }
            }
            if big {
                self.op_arg(op::LIST_APPEND, 1, loc);
            }
        }
        if big {
            self.op_arg(op::CALL, 1, loc);
        } else {
            match count {
                0 => self.load_str("", loc),
                1 => {}
                _ => self.op_arg(op::BUILD_STRING, count as u32, loc),
            }
        }
        Ok(true)
    }
}
