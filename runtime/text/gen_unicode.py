"""Writes the Unicode tables of this crate: src/unicode/data.bin and src/unicode/layout.rs.

Run with a Python 3.14 whose unicodedata has version 16.0.0:

    python3.14 gen_unicode.py

Everything is asked of str methods and unicodedata, so that the answers are Python's by construction.
data.bin is a row of little-endian arrays; layout.rs says where each starts and has the small tables.
"""

import struct
import unicodedata as ucd
from pathlib import Path

assert ucd.unidata_version == "16.0.0", ucd.unidata_version

HERE = Path(__file__).parent / "src" / "unicode"
LIMIT = 0x110000
SHIFT = 7

FLAGS = [
    "ALPHA", "DECIMAL", "DIGIT", "NUMERIC", "LOWER", "UPPER", "TITLE", "PRINTABLE", "SPACE",
    "XID_START", "XID_CONTINUE", "CASED", "CASE_IGNORABLE", "LINE_BREAK", "HAS_CASE",
]
CATEGORY_SHIFT, DECIMAL_SHIFT, DIGIT_SHIFT = 16, 21, 25
NO_DIGIT = 15
# A case entry with this bit set is an offset and a length into the case strings.
SPECIAL = 1 << 30


def is_cased(c):
    """Title-casing leaves a letter small exactly when a cased character stands before it."""
    return (c + "a").title()[-1] == "a"


def is_case_ignorable(c, cased):
    """The final sigma looks through ignorable characters at what stands before them."""
    if cased:
        return (" " + c + "\u03a3").lower()[-1] == "\u03c3"
    return ("A" + c + "\u03a3").lower()[-1] == "\u03c2"


class Pool:
    """Numbers distinct values in order of appearance."""

    def __init__(self):
        self.index = {}

    def add(self, value):
        return self.index.setdefault(value, len(self.index))

    def values(self):
        return list(self.index)


def two_stage(values):
    """Splits a sequence into deduplicated blocks: the block numbers and the blocks in a row."""
    blocks = Pool()
    size = 1 << SHIFT
    stage1 = [blocks.add(tuple(values[i:i + size])) for i in range(0, len(values), size)]
    return stage1, [v for block in blocks.values() for v in block]


categories, bidi_classes, widths, tags = Pool(), Pool(), Pool(), Pool()
tags.add("")
numerics = Pool()
case_strings = []
case_offsets = {}


def case_entry(c, mapped):
    """The distance to a one-character mapping, or where the longer one is stored."""
    if len(mapped) == 1:
        return ord(mapped) - ord(c)
    if mapped not in case_offsets:
        case_offsets[mapped] = len(case_strings)
        case_strings.extend(map(ord, mapped))
    return SPECIAL | case_offsets[mapped] << 2 | len(mapped)


def is_hangul(code):
    """Hangul syllables compose and decompose by arithmetic."""
    return 0xAC00 <= code <= 0xD7A3


decompositions = {}
for code in range(LIMIT):
    decomposition = ucd.decomposition(chr(code))
    if decomposition and not is_hangul(code):
        tag, _, rest = decomposition.partition("> ") if decomposition[0] == "<" else ("", "", decomposition)
        decompositions[code] = (tags.add(tag and tag + ">"), [int(x, 16) for x in rest.split()])

compositions = {}
for code, (tag, parts) in decompositions.items():
    if tag == 0 and len(parts) == 2 and ucd.normalize("NFC", "".join(map(chr, parts))) == chr(code):
        compositions[tuple(parts)] = code
# Characters that may join with what stands before them.
joining = {second for _, second in compositions} | {*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)}

type_records, data_records = Pool(), Pool()
type_index, data_index = [], []
for code in range(LIMIT):
    c = chr(code)
    cased = is_cased(c)
    case = tuple(case_entry(c, m) for m in (c.lower(), c.upper(), c.title(), c.casefold()))
    truths = [
        c.isalpha(), c.isdecimal(), c.isdigit(), c.isnumeric(), c.islower(), c.isupper(),
        c.istitle() and not c.isupper(), c.isprintable(), c.isspace(), c.isidentifier() and c != "_",
        ("a" + c).isidentifier(), cased, is_case_ignorable(c, cased),
        len(("a" + c + "b").splitlines()) == 2, any(case),
    ]
    word = sum(1 << i for i, t in enumerate(truths) if t)
    word |= categories.add(ucd.category(c)) << CATEGORY_SHIFT
    word |= ucd.decimal(c, NO_DIGIT) << DECIMAL_SHIFT
    word |= ucd.digit(c, NO_DIGIT) << DIGIT_SHIFT
    type_index.append(type_records.add((word, case)))

    numeric = ucd.numeric(c, None)
    data_index.append(data_records.add((
        bidi_classes.add(ucd.bidirectional(c)),
        ucd.combining(c),
        widths.add(ucd.east_asian_width(c)),
        ucd.mirrored(c),
        0 if numeric is None else 1 + numerics.add(numeric),
        ucd.normalize("NFD", c) != c,
        ucd.normalize("NFKD", c) != c,
        ucd.normalize("NFC", c) != c or code in joining,
        ucd.normalize("NFKC", c) != c or code in joining,
    )))

decomposition_data = []
decomposition_at = []
for code, (tag, parts) in decompositions.items():
    decomposition_at.append(len(decomposition_data))
    text = "".join(map(chr, parts)).encode("utf-16-le", "surrogatepass")
    units = struct.unpack("<%dH" % (len(text) // 2), text)
    decomposition_data.append(tag << 8 | len(units))
    decomposition_data.extend(units)

arrays = []


def emit(name, kind, values):
    arrays.append((name, kind, list(values)))


for prefix, index in (("TYPE", type_index), ("DATA", data_index)):
    stage1, stage2 = two_stage(index)
    emit(prefix + "_STAGE1", "u16", stage1)
    emit(prefix + "_STAGE2", "u16", stage2)
emit("TYPE_WORDS", "u32", (word for word, _ in type_records.values()))
emit("TYPE_CASES", "u32", (x & 0xFFFFFFFF for _, case in type_records.values() for x in case))
emit("CASE_STRINGS", "u32", case_strings)
emit("DATA_WORDS", "u32", (
    bidi | comb << 5 | width << 13 | mirror << 16 | number << 17
    | nfd << 25 | nfkd << 26 | nfc << 27 | nfkc << 28
    for bidi, comb, width, mirror, number, nfd, nfkd, nfc, nfkc in data_records.values()
))
emit("DECOMP_CODES", "u32", decompositions)
emit("DECOMP_AT", "u16", decomposition_at)
emit("DECOMP_DATA", "u16", decomposition_data)
pairs = sorted(compositions)
emit("COMP_FIRST", "u32", (p[0] for p in pairs))
emit("COMP_SECOND", "u32", (p[1] for p in pairs))
emit("COMP_RESULT", "u32", (compositions[p] for p in pairs))

# The database of version 3.2, which internationalized domain names are bound to: where the assigned
# ranges begin and end, what was different, and the decompositions corrected since.
old = ucd.ucd_3_2_0
toggles, old_codes, old_words, old_singles = [], [], [], []
assigned = False
for code in range(LIMIT):
    c = chr(code)
    was = not (old.category(c) == "Cn" and ucd.category(c) != "Cn")
    if was != assigned:
        toggles.append(code)
        assigned = was
    if not was:
        assert (old.bidirectional(c), old.combining(c), old.mirrored(c), old.east_asian_width(c)) == ("", 0, 0, "N")
        assert old.numeric(c, None) is None and old.normalize("NFKC", c) == c and old.name(c, None) is None
        continue
    assert (old.combining(c), old.digit(c, None), old.name(c, None), old.decomposition(c)) == (
        ucd.combining(c), ucd.digit(c, None), ucd.name(c, None), ucd.decomposition(c))

    def facts(db):
        number = db.numeric(c, None)
        return (
            categories.add(db.category(c)) | bidi_classes.add(db.bidirectional(c)) << 5
            | widths.add(db.east_asian_width(c)) << 10 | db.mirrored(c) << 13 | db.decimal(c, NO_DIGIT) << 14
            | (0 if number is None else 1 + numerics.add(number)) << 18
        )

    if facts(old) != facts(ucd):
        old_codes.append(code)
        old_words.append(facts(old))
    if old.normalize("NFD", c) != ucd.normalize("NFD", c):
        old_singles += [code, ord(old.normalize("NFD", c))]
emit("OLD_TOGGLES", "u32", toggles)
emit("OLD_CODES", "u32", old_codes)
emit("OLD_WORDS", "u32", old_words)
emit("OLD_SINGLES", "u32", old_singles)

blob = bytearray()
lines = [
    "//! Where the tables lie in `data.bin`, and the small ones themselves. Written by gen_unicode.py.",
    "",
    "use super::load::{u16s, u32s};",
    "",
    'const DATA: &[u8] = include_bytes!("data.bin");',
    "",
    "/// Version of the Unicode character database.",
    f'pub const VERSION: &str = "{ucd.unidata_version}";',
    f"pub(super) const SHIFT: u32 = {SHIFT};",
    f"pub(super) const SPECIAL: u32 = {SPECIAL:#x};",
    f"pub(super) const NO_DIGIT: u32 = {NO_DIGIT};",
    f"pub(super) const CATEGORY_SHIFT: u32 = {CATEGORY_SHIFT};",
    f"pub(super) const DECIMAL_SHIFT: u32 = {DECIMAL_SHIFT};",
    f"pub(super) const DIGIT_SHIFT: u32 = {DIGIT_SHIFT};",
    "",
]
for i, name in enumerate(FLAGS):
    lines.append(f"pub(super) const {name}: u32 = 1 << {i};")
lines.append("")
for name, kind, values in arrays:
    code = {"u16": "H", "u32": "I"}[kind]
    lines.append(f"pub(super) static {name}: [{kind}; {len(values)}] = {kind}s(DATA, {len(blob)});")
    blob += struct.pack(f"<{len(values)}{code}", *values)
for name, pool in (("CATEGORIES", categories), ("BIDI_CLASSES", bidi_classes), ("WIDTHS", widths), ("TAGS", tags)):
    items = ", ".join(f'"{v}"' for v in pool.values())
    lines.append("#[rustfmt::skip]")
    lines.append(f"pub(super) static {name}: [&str; {len(pool.values())}] = [{items}];")
lines.append("#[rustfmt::skip]")
items = ", ".join(map(repr, numerics.values()))
lines.append(f"pub(super) static NUMERICS: [f64; {len(numerics.values())}] = [{items}];")

(HERE / "data.bin").write_bytes(blob)
(HERE / "layout.rs").write_text("\n".join(lines) + "\n")
for name, kind, values in arrays:
    print(name, kind, len(values))
print("bytes", len(blob))
