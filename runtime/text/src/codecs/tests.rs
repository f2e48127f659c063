//! Expected results recorded from CPython 3.14.

use super::*;

fn dec(encoding: Encoding, bytes: &[u8]) -> Result<String, (usize, usize, &'static str)> {
    let r = decode_with_policy(encoding, Policy::Strict, bytes, true);
    r.map(|d| d.text.as_text().to_utf8_lossy())
        .map_err(|e| (e.start, e.end, e.reason))
}

fn enc(encoding: Encoding, codes: &[u32]) -> Result<Vec<u8>, (usize, usize, &'static str)> {
    let r = encode_with_policy(
        encoding,
        Policy::Strict,
        TextBuf::from_codes(codes).as_text(),
    );
    r.map_err(|e| (e.start, e.end, e.reason))
}

#[test]
fn utf8_errors() {
    for (bytes, start, end, reason) in [
        (&b"\xff"[..], 0, 1, "invalid start byte"),
        (b"\xc3", 0, 1, "unexpected end of data"),
        (b"\xc3(", 0, 1, "invalid continuation byte"),
        (b"\xe2\x82", 0, 2, "unexpected end of data"),
        (b"a\xe2\x82(", 1, 3, "invalid continuation byte"),
        (b"\xf0\x9f\x98", 0, 3, "unexpected end of data"),
        (b"\xed\xa0\x80", 0, 1, "invalid continuation byte"),
        (b"\xc0\x80", 0, 1, "invalid start byte"),
        (b"\xe0\x80", 0, 1, "invalid continuation byte"),
        (b"\xf4\x90", 0, 1, "invalid continuation byte"),
        (b"\x80", 0, 1, "invalid start byte"),
    ] {
        assert_eq!(
            dec(Encoding::Utf8, bytes),
            Err((start, end, reason)),
            "{bytes:?}"
        );
    }
    assert_eq!(
        dec(Encoding::Utf8, "a\u{20ac}\u{1f600}".as_bytes()).as_deref(),
        Ok("a\u{20ac}\u{1f600}")
    );
    assert_eq!(
        enc(Encoding::Utf8, &[97, 0xd800, 0xdc00, 98]),
        Err((1, 3, "surrogates not allowed"))
    );
    assert_eq!(
        enc(Encoding::Utf8, &[0xe9, 0x20ac]),
        Ok(b"\xc3\xa9\xe2\x82\xac".to_vec())
    );
}

#[test]
fn incremental_input_stops_before_the_incomplete() {
    let part = |encoding, bytes| {
        let d = decode_with_policy(encoding, Policy::Strict, bytes, false);
        d.map(|d| (d.text.len(), d.consumed)).map_err(|e| e.reason)
    };
    assert_eq!(part(Encoding::Utf8, b"a\xe2\x82"), Ok((1, 1)));
    assert_eq!(part(Encoding::Utf8, b"a\xed\xa0"), Ok((1, 1)));
    assert_eq!(
        part(Encoding::Utf16(Order::Little), b"a\0\x3d\xd8\0"),
        Ok((1, 2))
    );
    assert_eq!(
        part(Encoding::Utf32(Order::Little), b"a\0\0\0b"),
        Ok((1, 4))
    );
    assert_eq!(part(Encoding::Utf7, b"ab+AOk"), Ok((2, 2)));
    assert_eq!(part(Encoding::UnicodeEscape, b"a\\x4"), Ok((1, 1)));
    assert_eq!(
        part(Encoding::Utf8, b"a\xe0\x80"),
        Err("invalid continuation byte")
    );
}

#[test]
fn wide_encodings() {
    let marked = Encoding::Utf16(Order::Marked);
    assert_eq!(dec(marked, b"\xfe\xff\0a").as_deref(), Ok("a"));
    assert_eq!(dec(marked, b"a\0").as_deref(), Ok("a"));
    assert_eq!(
        dec(marked, b"\0\xd8\0"),
        Err((0, 3, "unexpected end of data"))
    );
    assert_eq!(
        dec(marked, b"\0\xd8a\0"),
        Err((0, 2, "illegal UTF-16 surrogate"))
    );
    assert_eq!(dec(marked, b"\0\xdc"), Err((0, 2, "illegal encoding")));
    assert_eq!(dec(marked, b"a\0b"), Err((2, 3, "truncated data")));
    assert_eq!(enc(marked, &[0x1f600]), Ok(b"\xff\xfe=\xd8\0\xde".to_vec()));
    assert_eq!(
        enc(marked, &[97, 0xd800, 0xdc00]),
        Err((1, 2, "surrogates not allowed"))
    );
    let wide = Encoding::Utf32(Order::Marked);
    assert_eq!(dec(wide, b"\0\0\xfe\xff\0\0\0a").as_deref(), Ok("a"));
    assert_eq!(
        dec(wide, b"abcd"),
        Err((0, 4, "code point not in range(0x110000)"))
    );
    assert_eq!(
        enc(Encoding::Utf32(Order::Big), &[0x1f600]),
        Ok(b"\0\x01\xf6\0".to_vec())
    );
}

#[test]
fn utf7() {
    assert_eq!(
        dec(Encoding::Utf7, b"a+AOk-b+-").as_deref(),
        Ok("a\u{e9}b+")
    );
    assert_eq!(dec(Encoding::Utf7, b"+2D3eAA-").as_deref(), Ok("\u{1f600}"));
    assert_eq!(
        dec(Encoding::Utf7, b"+A\xe9"),
        Err((0, 3, "partial character in shift sequence"))
    );
    assert_eq!(
        dec(Encoding::Utf7, b"+AOkA"),
        Err((0, 5, "unterminated shift sequence"))
    );
    assert_eq!(
        dec(Encoding::Utf7, b"+AOl-"),
        Err((0, 5, "non-zero padding bits in shift sequence"))
    );
    assert_eq!(
        dec(Encoding::Utf7, b"+!"),
        Err((0, 2, "ill-formed sequence"))
    );
    assert_eq!(enc(Encoding::Utf7, &[0xe9, 0x2b]), Ok(b"+AOkAKw-".to_vec()));
    assert_eq!(
        enc(Encoding::Utf7, &[0x61, 0x7e, 0x5c]),
        Ok(b"a+AH4AXA-".to_vec())
    );
    assert_eq!(enc(Encoding::Utf7, &[0xe9, 0x21]), Ok(b"+AOk!".to_vec()));
}

#[test]
fn escape_codecs() {
    let e = Encoding::UnicodeEscape;
    assert_eq!(
        dec(e, br"\x41\u20ac\N{SNOWMAN}\101\n\q").as_deref(),
        Ok("A\u{20ac}\u{2603}A\n\\q")
    );
    assert_eq!(dec(e, br"\xg1"), Err((0, 2, "truncated \\xXX escape")));
    assert_eq!(
        dec(e, br"\U00110000"),
        Err((0, 10, "illegal Unicode character"))
    );
    assert_eq!(
        dec(e, br"\N{foo}"),
        Err((0, 7, "unknown Unicode character name"))
    );
    assert_eq!(
        dec(e, br"\N{}"),
        Err((0, 3, "malformed \\N character escape"))
    );
    assert_eq!(dec(e, b"\\"), Err((0, 1, "\\ at end of string")));
    assert_eq!(
        dec(Encoding::RawUnicodeEscape, br"\\u0041\u0041\x").as_deref(),
        Ok(r"\\u0041A\x")
    );
    assert_eq!(
        dec(Encoding::RawUnicodeEscape, br"\U00110000"),
        Err((0, 10, "\\Uxxxxxxxx out of range"))
    );
    assert_eq!(
        enc(e, &[9, 92, 0xff, 0x10000]),
        Ok(br"\t\\\xff\U00010000".to_vec())
    );
}

#[test]
fn policies() {
    let with = |name: &str, bytes: &[u8]| {
        let p = Policy::parse(name).unwrap_or(Policy::Strict);
        decode_with_policy(Encoding::Utf8, p, bytes, true)
            .map(|d| d.text.as_text().to_codes())
            .map_err(|e| e.start)
    };
    assert_eq!(with("replace", b"\xed\xa0\x80"), Ok(vec![0xfffd; 3]));
    assert_eq!(with("surrogatepass", b"\xed\xa0\x80"), Ok(vec![0xd800]));
    assert_eq!(
        with("surrogateescape", b"a\xe2\x82("),
        Ok(vec![97, 0xdce2, 0xdc82, 40])
    );
    assert_eq!(
        with("backslashreplace", b"\xff"),
        Ok(vec![92, 120, 102, 102])
    );
    assert_eq!(with("surrogatepass", b"\xff"), Err(0));
    let enc = |name: &str, encoding, codes: &[u32]| {
        let p = Policy::parse(name).unwrap_or(Policy::Strict);
        encode_with_policy(encoding, p, TextBuf::from_codes(codes).as_text()).ok()
    };
    assert_eq!(
        enc("xmlcharrefreplace", Encoding::Ascii, &[97, 0x20ac]).as_deref(),
        Some(&b"a&#8364;"[..])
    );
    assert_eq!(
        enc("namereplace", Encoding::Ascii, &[0xe9]).as_deref(),
        Some(&b"\\N{LATIN SMALL LETTER E WITH ACUTE}"[..])
    );
    assert_eq!(
        enc("surrogateescape", Encoding::Utf8, &[0xdcff]).as_deref(),
        Some(&b"\xff"[..])
    );
    assert_eq!(
        enc("surrogatepass", Encoding::Utf8, &[0xd800]).as_deref(),
        Some(&b"\xed\xa0\x80"[..])
    );
    assert_eq!(
        enc("replace", Encoding::Utf16(Order::Little), &[0xd800]).as_deref(),
        Some(&b"?\0"[..])
    );
}

#[test]
fn charmaps() {
    let table = TextBuf::from("ab\u{20ac}\u{fffe}");
    let mut out = Builder::new();
    assert_eq!(
        charmap::decode(table.as_text(), b"\x02\x00", 0, &mut out),
        Ok(2)
    );
    assert_eq!(out.finish(), TextBuf::Ucs2(vec![0x20ac, 97]));
    let e = charmap::decode(table.as_text(), b"\x00\x03", 0, &mut Builder::new());
    assert_eq!(
        e.map_err(|e| (e.start, e.reason)),
        Err((1, "character maps to <undefined>"))
    );
    let map = charmap::EncodingMap::build(table.as_text());
    let mut bytes = Vec::new();
    assert_eq!(
        map.encode(Text::Ucs2(&[0x20ac, 0x78, 0x79, 97]), 0, &mut bytes)
            .map_err(|e| (e.start, e.end)),
        Err((1, 3))
    );
    assert_eq!(bytes, [2]);
}
