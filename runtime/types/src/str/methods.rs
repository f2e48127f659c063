//! The table of `str` methods.

use super::{case, codecs, format, parts, search, translate};
use pyjit_core::prelude::*;

macro_rules! m {
    ($name:literal, $sig:literal, $f:expr, $doc:literal) => {
        MethodDef::new($name, $sig, $f, $doc)
    };
}

pub(super) static METHODS: &[MethodDef] = &[
    m!(
        "encode",
        "(self, /, encoding='utf-8', errors='strict')",
        codecs::str_encode,
        "Encode the string by the codec registered for the encoding."
    ),
    m!(
        "replace",
        "(self, old, new, /, count=-1)",
        search::replace,
        "A copy with occurrences of old replaced by new, at most count of them unless it is -1."
    ),
    m!(
        "split",
        "(self, /, sep=None, maxsplit=-1)",
        parts::split,
        "The substrings between separators, from the left; white space separates if sep is None."
    ),
    m!(
        "rsplit",
        "(self, /, sep=None, maxsplit=-1)",
        parts::rsplit,
        "The substrings between separators, splitting from the right."
    ),
    m!(
        "join",
        "(self, iterable, /)",
        parts::join,
        "The strings of the iterable with this string between them."
    ),
    m!(
        "capitalize",
        "(self, /)",
        case::capitalize,
        "The first character in title case, the rest in lower case."
    ),
    m!(
        "casefold",
        "(self, /)",
        case::casefold,
        "A version for comparisons that ignore case."
    ),
    m!(
        "title",
        "(self, /)",
        case::title,
        "Every word with a capital first."
    ),
    m!(
        "center",
        "(self, width, fillchar=' ', /)",
        case::center,
        "The string in the middle of width characters."
    ),
    m!(
        "count",
        "(self, sub, start=None, end=None, /)",
        search::count,
        "How often sub occurs without overlap in s[start:end]."
    ),
    m!(
        "expandtabs",
        "(self, /, tabsize=8)",
        case::expandtabs,
        "A copy with tabs turned into spaces."
    ),
    m!(
        "find",
        "(self, sub, start=None, end=None, /)",
        search::find,
        "The lowest index of sub in s[start:end], -1 if it is not there."
    ),
    m!(
        "partition",
        "(self, sep, /)",
        parts::partition,
        "The part before the first sep, sep itself and the part after it."
    ),
    m!(
        "index",
        "(self, sub, start=None, end=None, /)",
        search::index,
        "The lowest index of sub in s[start:end]; ValueError if it is not there."
    ),
    m!(
        "ljust",
        "(self, width, fillchar=' ', /)",
        case::ljust,
        "The string at the left of width characters."
    ),
    m!("lower", "(self, /)", case::lower, "A copy in lower case."),
    m!(
        "lstrip",
        "(self, chars=None, /)",
        parts::lstrip,
        "A copy without leading white space, or leading characters of chars."
    ),
    m!(
        "rfind",
        "(self, sub, start=None, end=None, /)",
        search::rfind,
        "The highest index of sub in s[start:end], -1 if it is not there."
    ),
    m!(
        "rindex",
        "(self, sub, start=None, end=None, /)",
        search::rindex,
        "The highest index of sub in s[start:end]; ValueError if it is not there."
    ),
    m!(
        "rjust",
        "(self, width, fillchar=' ', /)",
        case::rjust,
        "The string at the right of width characters."
    ),
    m!(
        "rstrip",
        "(self, chars=None, /)",
        parts::rstrip,
        "A copy without trailing white space, or trailing characters of chars."
    ),
    m!(
        "rpartition",
        "(self, sep, /)",
        parts::rpartition,
        "The part before the last sep, sep itself and the part after it."
    ),
    m!(
        "splitlines",
        "(self, /, keepends=False)",
        parts::splitlines,
        "The lines, with their line ends if keepends is true."
    ),
    m!(
        "strip",
        "(self, chars=None, /)",
        parts::strip,
        "A copy without white space, or characters of chars, at either end."
    ),
    m!(
        "swapcase",
        "(self, /)",
        case::swapcase,
        "Upper case becomes lower case and the other way round."
    ),
    m!(
        "translate",
        "(self, table, /)",
        translate::translate,
        "Every character replaced by what the table has at its code point."
    ),
    m!("upper", "(self, /)", case::upper, "A copy in upper case."),
    m!(
        "startswith",
        "(self, prefix, start=None, end=None, /)",
        search::startswith,
        "Whether s[start:end] begins with the prefix, or one of a tuple of them."
    ),
    m!(
        "endswith",
        "(self, suffix, start=None, end=None, /)",
        search::endswith,
        "Whether s[start:end] ends with the suffix, or one of a tuple of them."
    ),
    m!(
        "removeprefix",
        "(self, prefix, /)",
        search::removeprefix,
        "A copy without the prefix, if it is there."
    ),
    m!(
        "removesuffix",
        "(self, suffix, /)",
        search::removesuffix,
        "A copy without the suffix, if it is there."
    ),
    m!(
        "isascii",
        "(self, /)",
        case::isascii,
        "Whether all characters are ASCII."
    ),
    m!(
        "islower",
        "(self, /)",
        case::islower,
        "Whether all cased characters are lower case, and there is one."
    ),
    m!(
        "isupper",
        "(self, /)",
        case::isupper,
        "Whether all cased characters are upper case, and there is one."
    ),
    m!(
        "istitle",
        "(self, /)",
        case::istitle,
        "Whether every word begins with a capital, and there is one."
    ),
    m!(
        "isspace",
        "(self, /)",
        case::isspace,
        "Whether all characters are white space, and there is one."
    ),
    m!(
        "isdecimal",
        "(self, /)",
        case::isdecimal,
        "Whether all characters are decimal digits, and there is one."
    ),
    m!(
        "isdigit",
        "(self, /)",
        case::isdigit,
        "Whether all characters are digits, and there is one."
    ),
    m!(
        "isnumeric",
        "(self, /)",
        case::isnumeric,
        "Whether all characters are numeric, and there is one."
    ),
    m!(
        "isalpha",
        "(self, /)",
        case::isalpha,
        "Whether all characters are letters, and there is one."
    ),
    m!(
        "isalnum",
        "(self, /)",
        case::isalnum,
        "Whether all characters are letters or digits, and there is one."
    ),
    m!(
        "isidentifier",
        "(self, /)",
        case::isidentifier,
        "Whether the string has the form of an identifier; keywords have it too."
    ),
    m!(
        "isprintable",
        "(self, /)",
        case::isprintable,
        "Whether repr() shows all characters as they are."
    ),
    m!(
        "zfill",
        "(self, width, /)",
        case::zfill,
        "A number padded with zeros on the left."
    ),
    m!(
        "format",
        "(self, /, *args, **kwargs)",
        format::str_format,
        "The template with its fields replaced by the arguments."
    ),
    m!(
        "format_map",
        "(self, mapping, /)",
        format::format_map,
        "The template with its fields replaced from the mapping."
    ),
    m!(
        "__format__",
        "(self, format_spec, /)",
        format::dunder_format,
        "The string laid out by a format specification."
    ),
    MethodDef::function(
        "maketrans",
        "(x, y=None, z=None, /)",
        translate::maketrans,
        "A table for str.translate().",
    ),
    m!(
        "__sizeof__",
        "(self, /)",
        |_, a| {
            let s = super::this(a[0]);
            let unit = match s.text() {
                pyjit_text::repr::Text::Ascii(_) | pyjit_text::repr::Text::Latin1(_) => 1,
                pyjit_text::repr::Text::Ucs2(_) => 2,
                pyjit_text::repr::Text::Ucs4(_) => 4,
            };
            let head = if s.as_ascii().is_some() { 40 } else { 56 };
            Ok(new_usize(head + (s.len() + 1) * unit))
        },
        "Size of the string in memory, in bytes."
    ),
    m!(
        "__getnewargs__",
        "(self, /)",
        |_, a| Ok(PyTuple::new(vec![PyStr::from_text(
            super::this(a[0]).text()
        )])),
        "Support for pickling."
    ),
];
