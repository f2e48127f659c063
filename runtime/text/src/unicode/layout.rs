//! Where the tables lie in `data.bin`, and the small ones themselves. Written by gen_unicode.py.

use super::load::{u16s, u32s};

const DATA: &[u8] = include_bytes!("data.bin");

/// Version of the Unicode character database.
pub const VERSION: &str = "16.0.0";
pub(super) const SHIFT: u32 = 7;
pub(super) const SPECIAL: u32 = 0x40000000;
pub(super) const NO_DIGIT: u32 = 15;
pub(super) const CATEGORY_SHIFT: u32 = 16;
pub(super) const DECIMAL_SHIFT: u32 = 21;
pub(super) const DIGIT_SHIFT: u32 = 25;

pub(super) const ALPHA: u32 = 1 << 0;
pub(super) const DECIMAL: u32 = 1 << 1;
pub(super) const DIGIT: u32 = 1 << 2;
pub(super) const NUMERIC: u32 = 1 << 3;
pub(super) const LOWER: u32 = 1 << 4;
pub(super) const UPPER: u32 = 1 << 5;
pub(super) const TITLE: u32 = 1 << 6;
pub(super) const PRINTABLE: u32 = 1 << 7;
pub(super) const SPACE: u32 = 1 << 8;
pub(super) const XID_START: u32 = 1 << 9;
pub(super) const XID_CONTINUE: u32 = 1 << 10;
pub(super) const CASED: u32 = 1 << 11;
pub(super) const CASE_IGNORABLE: u32 = 1 << 12;
pub(super) const LINE_BREAK: u32 = 1 << 13;
pub(super) const HAS_CASE: u32 = 1 << 14;

pub(super) static TYPE_STAGE1: [u16; 8704] = u16s(DATA, 0);
pub(super) static TYPE_STAGE2: [u16; 39296] = u16s(DATA, 17408);
pub(super) static DATA_STAGE1: [u16; 8704] = u16s(DATA, 96000);
pub(super) static DATA_STAGE2: [u16; 42240] = u16s(DATA, 113408);
pub(super) static TYPE_WORDS: [u32; 360] = u32s(DATA, 197888);
pub(super) static TYPE_CASES: [u32; 1440] = u32s(DATA, 199328);
pub(super) static CASE_STRINGS: [u32; 367] = u32s(DATA, 205088);
pub(super) static DATA_WORDS: [u32; 687] = u32s(DATA, 206556);
pub(super) static DECOMP_CODES: [u32; 5913] = u32s(DATA, 209304);
pub(super) static DECOMP_AT: [u16; 5913] = u16s(DATA, 232956);
pub(super) static DECOMP_DATA: [u16; 14860] = u16s(DATA, 244782);
pub(super) static COMP_FIRST: [u32; 961] = u32s(DATA, 274502);
pub(super) static COMP_SECOND: [u32; 961] = u32s(DATA, 278346);
pub(super) static COMP_RESULT: [u32; 961] = u32s(DATA, 282190);
pub(super) static OLD_TOGGLES: [u32; 1293] = u32s(DATA, 286034);
pub(super) static OLD_CODES: [u32; 630] = u32s(DATA, 291206);
pub(super) static OLD_WORDS: [u32; 630] = u32s(DATA, 293726);
pub(super) static OLD_SINGLES: [u32; 10] = u32s(DATA, 296246);
#[rustfmt::skip]
pub(super) static CATEGORIES: [&str; 30] = ["Cc", "Zs", "Po", "Sc", "Ps", "Pe", "Sm", "Pd", "Nd", "Lu", "Sk", "Pc", "Ll", "So", "Lo", "Pi", "Cf", "No", "Pf", "Lt", "Lm", "Mn", "Cn", "Me", "Mc", "Nl", "Zl", "Zp", "Cs", "Co"];
#[rustfmt::skip]
pub(super) static BIDI_CLASSES: [&str; 24] = ["BN", "S", "B", "WS", "ON", "ET", "ES", "CS", "EN", "L", "NSM", "", "R", "AN", "AL", "LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"];
#[rustfmt::skip]
pub(super) static WIDTHS: [&str; 6] = ["N", "Na", "A", "W", "H", "F"];
#[rustfmt::skip]
pub(super) static TAGS: [&str; 17] = ["", "<noBreak>", "<compat>", "<super>", "<fraction>", "<sub>", "<font>", "<circle>", "<wide>", "<vertical>", "<square>", "<isolated>", "<final>", "<initial>", "<medial>", "<small>", "<narrow>"];
#[rustfmt::skip]
pub(super) static NUMERICS: [f64; 145] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 0.25, 0.5, 0.75, 0.0625, 0.125, 0.1875, 16.0, 10.0, 100.0, 1000.0, 0.00625, 0.025, 0.0375, 0.05, 0.1, 0.15, 0.2, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, -0.5, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 10000.0, 17.0, 18.0, 19.0, 0.14285714285714285, 0.1111111111111111, 0.3333333333333333, 0.6666666666666666, 0.4, 0.6, 0.8, 0.16666666666666666, 0.8333333333333334, 0.375, 0.625, 0.875, 11.0, 12.0, 500.0, 5000.0, 50000.0, 100000.0, 13.0, 14.0, 15.0, 21.0, 22.0, 23.0, 24.0, 25.0, 26.0, 27.0, 28.0, 29.0, 31.0, 32.0, 33.0, 34.0, 35.0, 36.0, 37.0, 38.0, 39.0, 41.0, 42.0, 43.0, 44.0, 45.0, 46.0, 47.0, 48.0, 49.0, 1e+16, 100000000.0, 1000000.0, 200.0, 1000000000.0, 300.0, 400.0, 600.0, 700.0, 800.0, 900.0, 2000.0, 3000.0, 4000.0, 6000.0, 7000.0, 8000.0, 9000.0, 20000.0, 30000.0, 40000.0, 60000.0, 70000.0, 80000.0, 90000.0, 0.9166666666666666, 200000.0, 300000.0, 400000.0, 500000.0, 600000.0, 700000.0, 800000.0, 900000.0, 0.08333333333333333, 0.4166666666666667, 0.5833333333333334, 0.003125, 0.0125, 0.015625, 0.03125, 0.046875, 216000.0, 432000.0, 10000000000.0, 1000000000000.0, 10000000.0, 20000000.0, 1e+20];
