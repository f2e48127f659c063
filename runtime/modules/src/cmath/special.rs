//! What the complex functions give for infinities and NaNs (C99 Annex G): a table for each, indexed by the classes of the
//! real part (rows) and the imaginary part (columns): -inf, negative, -0, 0, positive, inf, NaN.
//!
//! Two characters a cell, one for each part of the result: `0 1` zeros, `2 3` ones, `4 5` infinities, `6` NaN, `7 8` pi,
//! `9 a` pi/2, `b c` pi/4, `d e` 3pi/4, positive before negative. `xx` is a domain error, `..` a finite argument.

use super::C;
use std::f64::consts::PI;

pub(super) static ACOS: &str = "d474747575d564|94........9566|94........9596|94........9596|94........9566|b404040505b564|64666666666566";
pub(super) static ACOSH: &str = "4e484847474d46|4a........4966|4a........4969|4a........4969|4a........4966|4c414140404b46|46666666664666";
pub(super) static ASINH: &str = "5c515150505b56|5a........5966|5a........5966|4a........4966|4a........4966|4c414140404b46|46666160664666";
pub(super) static ATANH: &str = "1a1a1a19191916|1a........1966|1a........1916|0a........0906|0a........0966|0a0a0a09090906|0a666666660966";
pub(super) static COSH: &str = "xx54404155xx46|xx........xx66|xx........xx60|xx........xx60|xx........xx66|xx55414054xx46|66666060666666";
pub(super) static EXP: &str = "00110100100000|xx........xx66|xx........xx66|xx........xx66|xx........xx66|xx55414054xx46|66666160666666";
pub(super) static LOG: &str = "4e484847474d46|4a........4966|4a........4966|4a........4966|4a........4966|4c414140404b46|46666666664666";
pub(super) static SINH: &str = "xx45515044xx46|xx........xx66|xx........xx06|xx........xx06|xx........xx66|xx55414054xx46|66666160666666";
pub(super) static SQRT: &str = "45050504044464|45........4466|45........4466|45........4466|45........4466|45414140404446|45666666664466";
pub(super) static TANH: &str = "30303130313030|xx........xx66|xx........xx16|xx........xx06|xx........xx66|20202120212020|66666160666666";
pub(super) static RECT: &str = "xx44505145xx46|xx........xx66|00........0000|00........0000|xx........xx66|xx55414054xx46|66666060666666";

fn class(x: f64) -> usize {
    if x.is_nan() {
        6
    } else if x.is_infinite() {
        if x < 0.0 { 0 } else { 5 }
    } else if x == 0.0 {
        if x.is_sign_negative() { 2 } else { 3 }
    } else if x < 0.0 {
        1
    } else {
        4
    }
}

fn part(code: u8) -> Option<f64> {
    Some(match code {
        b'0' => 0.0,
        b'1' => -0.0,
        b'2' => 1.0,
        b'3' => -1.0,
        b'4' => f64::INFINITY,
        b'5' => f64::NEG_INFINITY,
        b'6' => f64::NAN,
        b'7' => PI,
        b'8' => -PI,
        b'9' => PI / 2.0,
        b'a' => -PI / 2.0,
        b'b' => PI / 4.0,
        b'c' => -PI / 4.0,
        b'd' => 0.75 * PI,
        b'e' => -0.75 * PI,
        _ => return None,
    })
}

/// The result for an argument that is not finite; `None` is a domain error.
pub(super) fn look_up(table: &str, z: C) -> Option<C> {
    let at = class(z.0) * 15 + class(z.1) * 2;
    let cell = table.as_bytes().get(at..at + 2)?;
    Some((part(*cell.first()?)?, part(*cell.get(1)?)?))
}
