//! f-strings and t-strings.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{convert, op};
use ruff_python_ast::name::Name;
use ruff_python_ast::{
    AnyStringFlags, ConversionFlag, ExprFString, ExprTString, FStringPart, InterpolatedElement,
    InterpolatedStringElement, InterpolatedStringElements,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::expr::STACK_GUIDELINE;
use crate::compiler::{Compiler, Gen};
use crate::instr::Loc;
use crate::literal::Text;

/// One value of a joined string: adjoining text is one piece.
pub(crate) enum Piece<'a> {
    Text(Text, TextRange),
    Value(&'a InterpolatedElement, AnyStringFlags),
}

/// The values of a joined string.
#[derive(Default)]
pub(crate) struct Pieces<'a>(Vec<Piece<'a>>);

impl<'a> Pieces<'a> {
    /// Adds text.
    pub fn text(&mut self, range: TextRange, add: impl FnOnce(&mut Text)) {
        if !matches!(self.0.last(), Some(Piece::Text(..))) {
            self.0.push(Piece::Text(Text::default(), range));
        }
        if let Some(Piece::Text(text, whole)) = self.0.last_mut() {
            add(text);
            *whole = TextRange::new(whole.start(), range.end().max(whole.start()));
        }
    }

    /// Adds the parts of one string.
    pub fn elements(
        &mut self,
        source: &str,
        elements: &'a InterpolatedStringElements,
        flags: AnyStringFlags,
    ) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => {
                    self.text(literal.range, |text| {
                        text.push_middle(source, literal, flags)
                    });
                }
                InterpolatedStringElement::Interpolation(value) => {
                    if let Some(debug) = &value.debug_text {
                        let start = value.start() + TextSize::new(1);
                        let end = start + TextSize::new(debug.as_str().len() as u32);
                        self.text(TextRange::new(start, end), |text| {
                            text.push_str(&without_comments(debug.as_str()))
                        });
                    }
                    self.0.push(Piece::Value(value, flags));
                }
            }
        }
    }

    /// Drops empty text.
    pub fn finish(mut self) -> Vec<Piece<'a>> {
        self.0
            .retain(|piece| !matches!(piece, Piece::Text(text, _) if text.is_empty()));
        self.0
    }
}

impl<'a> Compiler<'a> {
    pub(super) fn f_string(&mut self, node: &'a ExprFString) -> Gen {
        let source = self.source.text();
        let mut pieces = Pieces::default();
        for part in &node.value {
            match part {
                FStringPart::Literal(literal) => {
                    pieces.text(literal.range, |text| text.push_literal(source, literal));
                }
                FStringPart::FString(string) => {
                    pieces.elements(source, &string.elements, string.flags.into())
                }
            }
        }
        let loc = self.loc(node);
        self.joined(pieces.finish(), loc)
    }

    fn joined(&mut self, pieces: Vec<Piece<'a>>, loc: Loc) -> Gen {
        let count = pieces.len();
        if count > STACK_GUIDELINE {
            self.load_str("", loc);
            self.load_attr(&Name::new_static("join"), true, loc);
            self.op_arg(op::BUILD_LIST, 0, loc);
            for piece in pieces {
                self.piece(piece)?;
                self.op_arg(op::LIST_APPEND, 1, loc);
            }
            self.op_arg(op::CALL, 1, loc);
            return Ok(());
        }
        for piece in pieces {
            self.piece(piece)?;
        }
        match count {
            0 => self.load_str("", loc),
            1 => {}
            _ => self.op_arg(op::BUILD_STRING, count as u32, loc),
        }
        Ok(())
    }

    fn piece(&mut self, piece: Piece<'a>) -> Gen {
        match piece {
            Piece::Text(text, range) => {
                let loc = self.range_loc(range);
                self.load_const(text.finish(), loc);
                Ok(())
            }
            Piece::Value(value, flags) => self.formatted(value, flags),
        }
    }

    fn formatted(&mut self, value: &'a InterpolatedElement, flags: AnyStringFlags) -> Gen {
        self.expr(&value.expression)?;
        let loc = self.range_loc(value.range);
        if let Some(how) = conversion(value) {
            self.op_arg(op::CONVERT_VALUE, how, loc);
        }
        if value.format_spec.is_some() {
            self.format_spec(value, flags)?;
            self.op(op::FORMAT_WITH_SPEC, loc);
        } else {
            self.op(op::FORMAT_SIMPLE, loc);
        }
        Ok(())
    }

    fn format_spec(&mut self, value: &'a InterpolatedElement, flags: AnyStringFlags) -> Gen {
        let Some(spec) = &value.format_spec else {
            return Ok(());
        };
        let mut pieces = Pieces::default();
        pieces.elements(self.source.text(), &spec.elements, flags);
        // The location starts at the colon.
        let start = spec.range.start();
        let start = start.checked_sub(TextSize::new(1)).unwrap_or(start);
        let loc = self.range_loc(TextRange::new(start, spec.range.end()));
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.joined(pieces.finish(), loc))
    }

    pub(super) fn t_string(&mut self, node: &'a ExprTString) -> Gen {
        let source = self.source.text();
        let mut pieces = Pieces::default();
        for string in &node.value {
            pieces.elements(source, &string.elements, string.flags.into());
        }
        let loc = self.loc(node);
        let mut values = Vec::new();
        let mut strings = 0;
        let mut after_value = true;
        for piece in pieces.finish() {
            match piece {
                Piece::Text(..) => {
                    self.piece(piece)?;
                    strings += 1;
                    after_value = false;
                }
                Piece::Value(value, flags) => {
                    if after_value {
                        self.load_str("", loc);
                        strings += 1;
                    }
                    after_value = true;
                    values.push((value, flags));
                }
            }
        }
        if after_value {
            self.load_str("", loc);
            strings += 1;
        }
        self.op_arg(op::BUILD_TUPLE, strings, loc);
        let count = values.len() as u32;
        for (value, flags) in values {
            self.interpolation(value, flags)?;
        }
        self.op_arg(op::BUILD_TUPLE, count, loc);
        self.op(op::BUILD_TEMPLATE, loc);
        Ok(())
    }

    fn interpolation(&mut self, value: &'a InterpolatedElement, flags: AnyStringFlags) -> Gen {
        self.expr(&value.expression)?;
        let loc = self.range_loc(value.range);
        let text = interpolation_text(self.source.text(), value);
        self.load_const(Const::Str(text), loc);
        let mut arg = 2;
        if value.format_spec.is_some() {
            arg += 1;
            self.format_spec(value, flags)?;
        }
        if let Some(how) = conversion(value) {
            arg |= how << 2;
        }
        self.op_arg(op::BUILD_INTERPOLATION, arg, loc);
        Ok(())
    }
}

/// The source of an interpolated expression, as `Interpolation.expression` shows it.
pub(crate) fn interpolation_text(source: &str, value: &InterpolatedElement) -> String {
    let start = usize::from(value.start()) + 1;
    let end = match &value.debug_text {
        Some(debug) => {
            let before = debug.trailing().find('=').unwrap_or(0);
            start + debug.leading().len() + debug.expression().len() + before
        }
        None => {
            // Everything up to the brace, conversion or format belongs to it.
            let from = usize::from(value.expression.end());
            let rest = source
                .get(from..usize::from(value.end()))
                .unwrap_or("")
                .as_bytes();
            let mut at = 0;
            while let Some(&byte) = rest.get(at) {
                match byte {
                    b'}' | b'!' | b':' => break,
                    b'#' => {
                        while rest.get(at).is_some_and(|&byte| byte != b'\n') {
                            at += 1;
                        }
                    }
                    _ => at += 1,
                }
            }
            from + at
        }
    };
    without_comments(source.get(start..end).unwrap_or(""))
}

/// Source text without its comments (line ends stay).
fn without_comments(text: &str) -> String {
    if !text.contains('#') {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut quote: Option<&str> = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match (quote, c) {
            (Some(end), _) if rest.starts_with(end) => {
                length = end.len();
                quote = None;
            }
            (Some(_), '\\') => length += rest[1..].chars().next().map_or(0, char::len_utf8),
            (None, '"' | '\'') => {
                length = if rest[1..].starts_with([c]) && rest[2..].starts_with([c]) {
                    3
                } else {
                    1
                };
                quote = rest.get(..length);
            }
            (None, '#') => {
                rest = rest.find('\n').map_or("", |end| &rest[end..]);
                continue;
            }
            _ => {}
        }
        kept.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    kept
}

fn conversion(value: &InterpolatedElement) -> Option<u32> {
    match value.conversion {
        ConversionFlag::Str => Some(convert::STR),
        ConversionFlag::Repr => Some(convert::REPR),
        ConversionFlag::Ascii => Some(convert::ASCII),
        // `{x=}` shows the repr unless it is told how to format.
        ConversionFlag::None => {
            (value.debug_text.is_some() && value.format_spec.is_none()).then_some(convert::REPR)
        }
    }
}
