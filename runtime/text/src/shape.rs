//! Methods that change the shape of a text and nothing else: padding, zero filling, tab stops,
//! repetition and strides. The string methods call them; the bytes methods too, over `Text::Latin1`.

use crate::repr::{Builder, Text, TextBuf};

/// A text with `left` and `right` fill characters around it.
pub fn pad(text: Text<'_>, left: usize, right: usize, fill: u32) -> TextBuf {
    let mut out = Builder::with_capacity(text.len() + left + right);
    out.push_n(fill, left);
    out.push_text(text);
    out.push_n(fill, right);
    out.finish()
}

/// How much `str.center` puts on the left and on the right.
pub fn center_padding(len: usize, width: usize) -> (usize, usize) {
    let pad = width.saturating_sub(len);
    // An odd remainder goes to the left only where the width is odd too.
    let left = pad / 2 + (pad & width & 1);
    (left, pad - left)
}

/// `str.zfill`; `None` when the text is wide enough.
pub fn zfill(text: Text<'_>, width: usize) -> Option<TextBuf> {
    let zeros = width.checked_sub(text.len()).filter(|n| *n > 0)?;
    let sign = usize::from(matches!(text.get(0), Some(0x2b | 0x2d)));
    let mut out = Builder::with_capacity(width);
    out.push_text(text.slice(0, sign));
    out.push_n(u32::from(b'0'), zeros);
    out.push_text(text.slice(sign, text.len()));
    Some(out.finish())
}

/// `str.expandtabs`.
pub fn expand_tabs(text: Text<'_>, tab_size: usize) -> TextBuf {
    let mut out = Builder::with_capacity(text.len());
    let mut column = 0;
    for c in text {
        if c == 0x09 {
            if tab_size > 0 {
                let n = tab_size - column % tab_size;
                out.push_n(u32::from(b' '), n);
                column += n;
            }
        } else {
            column = if matches!(c, 0x0a | 0x0d) {
                0
            } else {
                column + 1
            };
            out.push(c);
        }
    }
    out.finish()
}

/// A text in reverse.
pub fn reversed(text: Text<'_>) -> TextBuf {
    let mut out = Builder::with_capacity(text.len());
    for c in text.iter().rev() {
        out.push(c);
    }
    out.finish()
}

/// A text `n` times over.
pub fn repeat(text: Text<'_>, n: usize) -> TextBuf {
    match text.to_buf() {
        TextBuf::Ascii(v) => TextBuf::Ascii(v.repeat(n)),
        _ if n == 0 => TextBuf::default(),
        TextBuf::Latin1(v) => TextBuf::Latin1(v.repeat(n)),
        TextBuf::Ucs2(v) => TextBuf::Ucs2(v.repeat(n)),
        TextBuf::Ucs4(v) => TextBuf::Ucs4(v.repeat(n)),
    }
}

/// Every `step`-th character of a slice: `count` of them from `start` on. Positions outside the
/// text give nothing.
pub fn stride(text: Text<'_>, start: usize, step: isize, count: usize) -> TextBuf {
    let mut out = Builder::with_capacity(count.min(text.len()));
    let mut at = start;
    for _ in 0..count {
        let Some(c) = text.get(at) else { break };
        out.push(c);
        let Some(next) = at.checked_add_signed(step) else {
            break;
        };
        at = next;
    }
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn s(b: TextBuf) -> String {
        b.as_text().to_utf8_lossy()
    }

    #[test]
    fn shapes() {
        assert_eq!(
            (
                center_padding(3, 6),
                center_padding(2, 5),
                center_padding(9, 2)
            ),
            ((1, 2), (2, 1), (0, 0))
        );
        assert_eq!(zfill(Text::Ascii(b"-5"), 4).map(s).as_deref(), Some("-005"));
        assert_eq!(zfill(Text::Ascii(b"-5"), 2), None);
        assert_eq!(
            s(expand_tabs(Text::Ascii(b"a\tbc\n\td"), 4)),
            "a   bc\n    d"
        );
        assert_eq!(s(expand_tabs(Text::Ascii(b"a\tb"), 0)), "ab");
        assert_eq!(
            s(pad(Text::Ascii(b"a"), 1, 2, 0x20ac)),
            "\u{20ac}a\u{20ac}\u{20ac}"
        );
        assert_eq!(repeat(Text::Latin1(&[0xe9]), 0), TextBuf::default());
        assert_eq!(s(repeat(Text::Latin1(&[0xe9]), 2)), "\u{e9}\u{e9}");
        assert_eq!(s(stride(Text::Ascii(b"abcdef"), 5, -2, 3)), "fdb");
        assert_eq!(s(reversed(Text::Ascii(b"abc"))), "cba");
    }
}
