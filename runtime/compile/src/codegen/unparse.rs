//! Expressions back to source text, as `from __future__ import annotations` stores them, and `repr` of constants.

use pyjit_isa::code::Const;
use ruff_python_ast::{
    BoolOp, CmpOp, Comprehension, ConversionFlag, Expr, ExprCall, FStringPart, InterpolatedElement,
    InterpolatedStringElement, InterpolatedStringElements, Operator, Parameters, UnaryOp,
};

use crate::source::Source;

/// Binding strength of what surrounds an expression: it is put in parentheses when its own is less.
type Level = u8;
const NAMED: Level = 0;
const TUPLE: Level = 1;
const TEST: Level = 2;
const OR: Level = 3;
const AND: Level = 4;
const NOT: Level = 5;
const COMPARE: Level = 6;
const EXPR: Level = 7;
const BIT_XOR: Level = 8;
const BIT_AND: Level = 9;
const SHIFT: Level = 10;
const ARITH: Level = 11;
const TERM: Level = 12;
const FACTOR: Level = 13;
const POWER: Level = 14;
const AWAIT: Level = 15;
const ATOM: Level = 16;

/// The text of an annotation.
pub(super) fn unparse(expr: &Expr, source: &Source) -> Const {
    let mut writer = Writer {
        out: String::new(),
        source,
    };
    writer.expr(expr, TEST);
    Const::Str(writer.out)
}

struct Writer<'a> {
    out: String,
    source: &'a Source,
}

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn grouped(&mut self, parens: bool, inner: impl FnOnce(&mut Self)) {
        if parens {
            self.out.push('(');
        }
        inner(self);
        if parens {
            self.out.push(')');
        }
    }

    fn list(&mut self, items: &[Expr], level: Level) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.text(", ");
            }
            self.expr(item, level);
        }
    }

    fn expr(&mut self, expr: &Expr, level: Level) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.expr_inner(expr, level));
    }

    fn expr_inner(&mut self, expr: &Expr, level: Level) {
        match expr {
            Expr::BoolOp(node) => {
                let (word, own) = match node.op {
                    BoolOp::And => (" and ", AND),
                    BoolOp::Or => (" or ", OR),
                };
                self.grouped(level > own, |this| {
                    for (index, value) in node.values.iter().enumerate() {
                        if index > 0 {
                            this.text(word);
                        }
                        this.expr(value, own + 1);
                    }
                });
            }
            Expr::BinOp(node) => {
                let own = match node.op {
                    Operator::Add | Operator::Sub => ARITH,
                    Operator::Mult
                    | Operator::MatMult
                    | Operator::Div
                    | Operator::Mod
                    | Operator::FloorDiv => TERM,
                    Operator::LShift | Operator::RShift => SHIFT,
                    Operator::BitOr => EXPR,
                    Operator::BitXor => BIT_XOR,
                    Operator::BitAnd => BIT_AND,
                    Operator::Pow => POWER,
                };
                let right_first = u8::from(node.op == Operator::Pow);
                self.grouped(level > own, |this| {
                    this.expr(&node.left, own + right_first);
                    this.out.push(' ');
                    this.text(node.op.as_str());
                    this.out.push(' ');
                    this.expr(&node.right, own + 1 - right_first);
                });
            }
            Expr::UnaryOp(node) => {
                let (sign, own) = match node.op {
                    UnaryOp::Invert => ("~", FACTOR),
                    UnaryOp::Not => ("not ", NOT),
                    UnaryOp::UAdd => ("+", FACTOR),
                    UnaryOp::USub => ("-", FACTOR),
                };
                self.grouped(level > own, |this| {
                    this.text(sign);
                    this.expr(&node.operand, own);
                });
            }
            Expr::Lambda(node) => self.grouped(level > TEST, |this| {
                this.text("lambda");
                if let Some(parameters) = &node.parameters {
                    // Only positional parameters are set apart.
                    if !parameters.posonlyargs.is_empty() || !parameters.args.is_empty() {
                        this.out.push(' ');
                    }
                    this.parameters(parameters);
                }
                this.text(": ");
                this.expr(&node.body, TEST);
            }),
            Expr::If(node) => self.grouped(level > TEST, |this| {
                this.expr(&node.body, TEST + 1);
                this.text(" if ");
                this.expr(&node.test, TEST + 1);
                this.text(" else ");
                this.expr(&node.orelse, TEST);
            }),
            Expr::Dict(node) => {
                self.out.push('{');
                for (index, item) in node.items.iter().enumerate() {
                    if index > 0 {
                        self.text(", ");
                    }
                    match &item.key {
                        Some(key) => {
                            self.expr(key, TEST);
                            self.text(": ");
                            self.expr(&item.value, TEST);
                        }
                        None => {
                            self.text("**");
                            self.expr(&item.value, EXPR);
                        }
                    }
                }
                self.out.push('}');
            }
            Expr::Set(node) => {
                self.out.push('{');
                self.list(&node.elts, TEST);
                self.out.push('}');
            }
            Expr::ListComp(node) => self.comprehension("[", &node.elt, None, &node.generators, "]"),
            Expr::SetComp(node) => self.comprehension("{", &node.elt, None, &node.generators, "}"),
            Expr::DictComp(node) => {
                if let Some(key) = &node.key {
                    self.comprehension("{", key, Some(&node.value), &node.generators, "}");
                }
            }
            Expr::Generator(node) => {
                self.comprehension("(", &node.elt, None, &node.generators, ")")
            }
            Expr::Await(node) => self.grouped(level > AWAIT, |this| {
                this.text("await ");
                this.expr(&node.value, ATOM);
            }),
            Expr::Yield(node) => {
                self.text("(yield");
                if let Some(value) = &node.value {
                    self.out.push(' ');
                    self.expr(value, TEST);
                }
                self.out.push(')');
            }
            Expr::YieldFrom(node) => {
                self.text("(yield from ");
                self.expr(&node.value, TEST);
                self.out.push(')');
            }
            Expr::Compare(node) => self.grouped(level > COMPARE, |this| {
                this.expr(&node.left, COMPARE + 1);
                for (operator, right) in node.ops.iter().zip(&node.comparators) {
                    this.text(compare_word(*operator));
                    this.expr(right, COMPARE + 1);
                }
            }),
            Expr::Call(node) => self.call(node),
            Expr::FString(node) => {
                let mut body = String::new();
                for part in &node.value {
                    match part {
                        FStringPart::Literal(literal) => push_braced(&mut body, &literal.value),
                        FStringPart::FString(string) => {
                            self.joined(&mut body, &string.elements, false)
                        }
                    }
                }
                self.out.push('f');
                self.text(&repr_text(&body));
            }
            Expr::TString(node) => {
                let mut body = String::new();
                for string in &node.value {
                    self.joined(&mut body, &string.elements, true);
                }
                self.out.push('t');
                self.text(&repr_text(&body));
            }
            Expr::StringLiteral(node) => {
                if node.value.is_unicode() {
                    self.out.push('u');
                }
                let value = crate::literal::string_value(self.source.text(), &node.value);
                self.text(&repr(&value));
            }
            Expr::BytesLiteral(node) => {
                let value = crate::literal::bytes_value(self.source.text(), &node.value);
                self.text(&repr(&value));
            }
            Expr::NumberLiteral(node) => {
                if let Ok(value) =
                    crate::literal::number_value(self.source, &node.value, node.range)
                {
                    let text = repr(&value).replace("inf", "1e309");
                    self.text(&text);
                }
            }
            Expr::BooleanLiteral(node) => self.text(if node.value { "True" } else { "False" }),
            Expr::NoneLiteral(_) => self.text("None"),
            Expr::EllipsisLiteral(_) => self.text("..."),
            Expr::Attribute(node) => {
                self.expr(&node.value, ATOM);
                let integer =
                    matches!(&*node.value, Expr::NumberLiteral(number) if number.value.is_int());
                self.text(if integer { " ." } else { "." });
                self.text(&node.attr.id);
            }
            Expr::Starred(node) => {
                self.out.push('*');
                self.expr(&node.value, EXPR);
            }
            Expr::Name(node) => self.text(&node.id),
            Expr::List(node) => {
                self.out.push('[');
                self.list(&node.elts, TEST);
                self.out.push(']');
            }
            Expr::Tuple(node) => {
                if node.elts.is_empty() {
                    self.text("()");
                    return;
                }
                self.grouped(level > TUPLE, |this| {
                    this.list(&node.elts, TEST);
                    if node.elts.len() == 1 {
                        this.out.push(',');
                    }
                });
            }
            Expr::Subscript(node) => {
                self.expr(&node.value, ATOM);
                self.out.push('[');
                self.expr(&node.slice, TUPLE);
                self.out.push(']');
            }
            Expr::Slice(node) => {
                if let Some(lower) = &node.lower {
                    self.expr(lower, TEST);
                }
                self.out.push(':');
                if let Some(upper) = &node.upper {
                    self.expr(upper, TEST);
                }
                if let Some(step) = &node.step {
                    self.out.push(':');
                    self.expr(step, TEST);
                }
            }
            Expr::Named(node) => self.grouped(level > NAMED, |this| {
                this.expr(&node.target, ATOM);
                this.text(" := ");
                this.expr(&node.value, ATOM);
            }),
            Expr::IpyEscapeCommand(_) => {}
        }
    }

    fn call(&mut self, node: &ExprCall) {
        self.expr(&node.func, ATOM);
        let arguments = &node.arguments;
        if let [generator @ Expr::Generator(_)] = &*arguments.args
            && arguments.keywords.is_empty()
        {
            self.expr(generator, TEST);
            return;
        }
        self.out.push('(');
        self.list(&arguments.args, TEST);
        for (index, keyword) in arguments.keywords.iter().enumerate() {
            if index > 0 || !arguments.args.is_empty() {
                self.text(", ");
            }
            match &keyword.arg {
                Some(arg) => {
                    self.text(&arg.id);
                    self.out.push('=');
                }
                None => self.text("**"),
            }
            self.expr(&keyword.value, TEST);
        }
        self.out.push(')');
    }

    fn comprehension(
        &mut self,
        open: &str,
        elt: &Expr,
        value: Option<&Expr>,
        generators: &[Comprehension],
        close: &str,
    ) {
        self.text(open);
        self.expr(elt, TEST);
        if let Some(value) = value {
            self.text(": ");
            self.expr(value, TEST);
        }
        for generator in generators {
            self.text(if generator.is_async {
                " async for "
            } else {
                " for "
            });
            self.expr(&generator.target, TUPLE);
            self.text(" in ");
            self.expr(&generator.iter, TEST + 1);
            for condition in &generator.ifs {
                self.text(" if ");
                self.expr(condition, TEST + 1);
            }
        }
        self.text(close);
    }

    fn parameters(&mut self, parameters: &Parameters) {
        let mut first = true;
        let mut separate = |this: &mut Self| {
            if !first {
                this.text(", ");
            }
            first = false;
        };
        let positional = parameters.posonlyargs.len();
        for (index, parameter) in parameters
            .posonlyargs
            .iter()
            .chain(&parameters.args)
            .enumerate()
        {
            separate(self);
            self.text(&parameter.parameter.name.id);
            if let Some(default) = &parameter.default {
                self.out.push('=');
                self.expr(default, TEST);
            }
            if positional > 0 && index + 1 == positional {
                self.text(", /");
            }
        }
        if parameters.vararg.is_some() || !parameters.kwonlyargs.is_empty() {
            separate(self);
            self.out.push('*');
            if let Some(vararg) = &parameters.vararg {
                self.text(&vararg.name.id);
            }
        }
        for parameter in &parameters.kwonlyargs {
            separate(self);
            self.text(&parameter.parameter.name.id);
            if let Some(default) = &parameter.default {
                self.out.push('=');
                self.expr(default, TEST);
            }
        }
        if let Some(kwarg) = &parameters.kwarg {
            separate(self);
            self.text("**");
            self.text(&kwarg.name.id);
        }
    }

    fn joined(&mut self, body: &mut String, elements: &InterpolatedStringElements, template: bool) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => push_braced(body, &literal.value),
                InterpolatedStringElement::Interpolation(value) => {
                    self.interpolation(body, value, template)
                }
            }
        }
    }

    fn interpolation(&mut self, body: &mut String, value: &InterpolatedElement, template: bool) {
        if let Some(debug) = &value.debug_text {
            push_braced(body, debug.as_str());
        }
        let saved = std::mem::take(&mut self.out);
        self.expr(&value.expression, TEST + 1);
        let text = std::mem::replace(&mut self.out, saved);
        body.push('{');
        if text.starts_with('{') {
            body.push(' ');
        }
        body.push_str(&text);
        let how = match value.conversion {
            ConversionFlag::None if value.debug_text.is_some() && value.format_spec.is_none() => {
                Some('r')
            }
            flag => flag.to_char(),
        };
        if let Some(how) = how {
            body.push('!');
            body.push(how);
        }
        if let Some(spec) = &value.format_spec {
            body.push(':');
            self.joined(body, &spec.elements, template);
        }
        body.push('}');
    }
}

fn push_braced(body: &mut String, text: &str) {
    body.push_str(&text.replace('{', "{{").replace('}', "}}"));
}

fn compare_word(operator: CmpOp) -> &'static str {
    match operator {
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}

/// `repr` of a constant.
pub(super) fn repr(value: &Const) -> String {
    match value {
        Const::None => "None".to_owned(),
        Const::True => "True".to_owned(),
        Const::False => "False".to_owned(),
        Const::Ellipsis => "Ellipsis".to_owned(),
        Const::Int(value) => value.to_string(),
        Const::BigInt(digits) => digits.clone(),
        Const::Float(value) => repr_float(*value, true),
        Const::Complex(real, imag) if *real == 0.0 && real.is_sign_positive() => {
            format!("{}j", repr_float(*imag, false))
        }
        Const::Complex(real, imag) => {
            let sign = if imag.is_sign_negative() { "" } else { "+" };
            format!(
                "({}{sign}{}j)",
                repr_float(*real, false),
                repr_float(*imag, false)
            )
        }
        Const::Str(text) => repr_text(text),
        Const::Surrogates(points) => quote(points.iter().copied()),
        Const::Bytes(bytes) => {
            let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') {
                b'"'
            } else {
                b'\''
            };
            let mut out = format!("b{}", quote as char);
            for &byte in bytes {
                match byte {
                    b'\\' => out.push_str("\\\\"),
                    b'\n' => out.push_str("\\n"),
                    b'\r' => out.push_str("\\r"),
                    b'\t' => out.push_str("\\t"),
                    byte if byte == quote => {
                        out.push('\\');
                        out.push(byte as char);
                    }
                    0x20..=0x7e => out.push(byte as char),
                    _ => out.push_str(&format!("\\x{byte:02x}")),
                }
            }
            out.push(quote as char);
            out
        }
        other => format!("{other:?}"),
    }
}

fn repr_text(text: &str) -> String {
    quote(text.chars().map(u32::from))
}

fn quote(points: impl Iterator<Item = u32> + Clone) -> String {
    let has = |quote: char| points.clone().any(|point| point == u32::from(quote));
    let quote = if has('\'') && !has('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for point in points {
        match char::from_u32(point) {
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(c) if c == quote => {
                out.push('\\');
                out.push(c);
            }
            Some(c) if c.is_ascii_graphic() || c == ' ' => out.push(c),
            Some(c) if c > '\x7f' && !c.is_whitespace() && c.escape_debug().len() == 1 => {
                out.push(c)
            }
            _ if point <= 0xff => out.push_str(&format!("\\x{point:02x}")),
            _ if point <= 0xffff => out.push_str(&format!("\\u{point:04x}")),
            _ => out.push_str(&format!("\\U{point:08x}")),
        }
    }
    out.push(quote);
    out
}

/// The shortest digits that read back as the same number, laid out as Python does.
fn repr_float(value: f64, with_point: bool) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value < 0.0 { "-inf" } else { "inf" }.to_owned();
    }
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        let plain = format!("{value}");
        if with_point && !plain.contains('.') {
            return plain + ".0";
        }
        return plain;
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}
