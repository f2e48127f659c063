//! Quoted-printable text, as `binascii` has it.

/// The longest line, its line feed not counted.
const MAX_LINE: usize = 76;

/// Decodes; with `header`, `_` stands for a space. Never fails: what is not an escape stays.
pub fn decode(text: &[u8], header: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    let digit = |at: usize| text.get(at).and_then(|c| char::from(*c).to_digit(16));
    while at < text.len() {
        match text[at] {
            b'=' => match (text.get(at + 1), digit(at + 1), digit(at + 2)) {
                (None, ..) => break,
                // A soft line break: everything up to the line feed goes.
                (Some(b'\n' | b'\r'), ..) => {
                    let line_end = text[at..].iter().position(|c| *c == b'\n');
                    at = line_end.map_or(text.len(), |offset| at + offset + 1);
                }
                (Some(b'='), ..) => {
                    out.push(b'=');
                    at += 2;
                }
                (_, Some(high), Some(low)) => {
                    out.push((high * 16 + low) as u8);
                    at += 3;
                }
                _ => {
                    out.push(b'=');
                    at += 1;
                }
            },
            b'_' if header => {
                out.push(b' ');
                at += 1;
            }
            byte => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// How to encode.
#[derive(Clone, Copy, Default, Debug)]
pub struct Options {
    /// Escape tabs and spaces everywhere, not only at the ends of lines.
    pub quote_tabs: bool,
    /// Line feeds are line ends, not data.
    pub is_text: bool,
    /// Write spaces as `_`, and escape `_`.
    pub header: bool,
}

/// Encodes, with lines of at most 76 characters.
pub fn encode(data: &[u8], options: Options) -> Vec<u8> {
    // Text whose first line ends in CR LF has all its lines end so.
    let first_feed = data.iter().position(|byte| *byte == b'\n');
    let crlf = first_feed.is_some_and(|at| at > 0 && data[at - 1] == b'\r');
    let line_end: &[u8] = if crlf { b"\r\n" } else { b"\n" };
    let mut out = Vec::with_capacity(data.len() + data.len() / 8);
    let (mut column, mut at) = (0, 0);
    while at < data.len() {
        let byte = data[at];
        let next = data.get(at + 1).copied();
        if must_escape(data, at, column, options) {
            if column + 3 >= MAX_LINE {
                out.push(b'=');
                out.extend(line_end);
                column = 0;
            }
            out.extend(escape(byte));
            column += 3;
            at += 1;
            continue;
        }
        if options.is_text && (byte == b'\n' || (byte == b'\r' && next == Some(b'\n'))) {
            // A blank at the end of a line would be lost: escape it after all.
            if let Some(blank @ (b' ' | b'\t')) = out.last().copied() {
                out.pop();
                out.extend(escape(blank));
            }
            out.extend(line_end);
            at += if byte == b'\r' { 2 } else { 1 };
            column = 0;
            continue;
        }
        if next.is_some() && next != Some(b'\n') && column + 1 >= MAX_LINE {
            out.push(b'=');
            out.extend(line_end);
            column = 0;
        }
        out.push(if options.header && byte == b' ' {
            b'_'
        } else {
            byte
        });
        column += 1;
        at += 1;
    }
    out
}

fn must_escape(data: &[u8], at: usize, column: usize, options: Options) -> bool {
    let next = data.get(at + 1).copied();
    match data[at] {
        127.. | b'=' => true,
        b'_' => options.header,
        // A dot alone on its line would end a message.
        b'.' => column == 0 && matches!(next, None | Some(b'\n' | b'\r' | 0)),
        b'\r' | b'\n' => !options.is_text,
        b'\t' | b' ' => next.is_none() || options.quote_tabs,
        byte => byte < 33,
    }
}

fn escape(byte: u8) -> [u8; 3] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    [
        b'=',
        DIGITS[usize::from(byte >> 4)],
        DIGITS[usize::from(byte & 15)],
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoding_keeps_what_is_no_escape() {
        assert_eq!(decode(b"=41=\n=4g_=", true), b"A=4g ");
        assert_eq!(decode(b"x=\rfoo\nb", false), b"xb");
    }

    #[test]
    fn encoding_breaks_long_lines() {
        let text = Options {
            is_text: true,
            ..Options::default()
        };
        assert_eq!(encode(b"a \n.\n", text), b"a=20\n=2E\n");
        assert_eq!(encode(b"x\r\ny\n", text), b"x\r\ny\r\n");
        assert_eq!(encode(b"a \n", Options::default()), b"a =0A");
        let long = encode(&[b'a'; 80], text);
        assert_eq!(&long[74..], b"a=\naaaaa");
    }
}
