//! Arithmetic on constants, with the limits that keep folded results small. `None` always means: leave it to run time
//! (an error, a result too large, or operands this file does not handle).

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{nb, op};

use crate::tables::same_const;

const MAX_INT_BITS: u32 = 128;
const MAX_ITEMS: i64 = 256;
const MAX_TEXT: i64 = 4096;
const MAX_NESTED_ITEMS: i64 = 1024;

/// Truth value; `None` where it is not known without running code.
pub(super) fn is_true(value: &Const) -> Option<bool> {
    Some(match value {
        Const::None | Const::False => false,
        Const::True | Const::Ellipsis | Const::BigInt(_) | Const::Slice(_) | Const::Code(_) => true,
        Const::Int(value) => *value != 0,
        Const::Float(value) => *value != 0.0,
        Const::Complex(real, imag) => *real != 0.0 || *imag != 0.0,
        Const::Str(text) => !text.is_empty(),
        Const::Surrogates(points) => !points.is_empty(),
        Const::Bytes(bytes) => !bytes.is_empty(),
        Const::Tuple(items) | Const::FrozenSet(items) => !items.is_empty(),
    })
}

/// Removes later duplicates, as building a set would (`1`, `1.0` and `True` are one element).
pub(super) fn distinct(items: Vec<Const>) -> Vec<Const> {
    let mut kept: Vec<Const> = Vec::with_capacity(items.len());
    for item in items {
        if !kept.iter().any(|known| equal_values(known, &item)) {
            kept.push(item);
        }
    }
    kept
}

fn equal_values(left: &Const, right: &Const) -> bool {
    match (number(left), number(right)) {
        (Some(left), Some(right)) => match (left, right) {
            (Number::Int(left), Number::Int(right)) => left == right,
            (left, right) => left.complex() == right.complex(),
        },
        (None, None) => match (left, right) {
            (Const::Tuple(left), Const::Tuple(right)) => {
                left.len() == right.len()
                    && left
                        .iter()
                        .zip(right)
                        .all(|(left, right)| equal_values(left, right))
            }
            _ => same_const(left, right),
        },
        _ => false,
    }
}

#[derive(Clone, Copy)]
enum Number {
    Int(i128),
    Float(f64),
    Complex(f64, f64),
}

impl Number {
    fn complex(self) -> (f64, f64) {
        match self {
            Number::Int(value) => (value as f64, 0.0),
            Number::Float(value) => (value, 0.0),
            Number::Complex(real, imag) => (real, imag),
        }
    }

    fn float(self) -> Option<f64> {
        match self {
            Number::Int(value) => Some(value as f64),
            Number::Float(value) => Some(value),
            Number::Complex(..) => None,
        }
    }
}

fn number(value: &Const) -> Option<Number> {
    Some(match value {
        Const::False => Number::Int(0),
        Const::True => Number::Int(1),
        Const::Int(value) => Number::Int(i128::from(*value)),
        Const::BigInt(digits) => Number::Int(digits.parse().ok()?),
        Const::Float(value) => Number::Float(*value),
        Const::Complex(real, imag) => Number::Complex(*real, *imag),
        _ => return None,
    })
}

fn int(value: i128) -> Const {
    match i64::try_from(value) {
        Ok(value) => Const::Int(value),
        Err(_) => Const::BigInt(value.to_string()),
    }
}

fn bits(value: i128) -> u32 {
    128 - value.unsigned_abs().leading_zeros()
}

pub(crate) fn unary(opcode: u16, operand: &Const) -> Option<Const> {
    const NOT: u16 = op::UNARY_NOT as u16;
    const NEGATIVE: u16 = op::UNARY_NEGATIVE as u16;
    const INVERT: u16 = op::UNARY_INVERT as u16;
    if opcode == NOT {
        return Some(if is_true(operand)? {
            Const::False
        } else {
            Const::True
        });
    }
    if opcode == NEGATIVE
        && let Const::BigInt(digits) = operand
    {
        return Some(match digits.strip_prefix('-') {
            Some(positive) => Const::BigInt(positive.to_owned()),
            None if digits == "9223372036854775808" => Const::Int(i64::MIN),
            None => Const::BigInt(format!("-{digits}")),
        });
    }
    Some(match (opcode, number(operand)?) {
        (NEGATIVE, Number::Int(value)) => int(value.checked_neg()?),
        (NEGATIVE, Number::Float(value)) => Const::Float(-value),
        (NEGATIVE, Number::Complex(real, imag)) => Const::Complex(-real, -imag),
        (INVERT, Number::Int(_)) if matches!(operand, Const::True | Const::False) => return None,
        (INVERT, Number::Int(value)) => int(!value),
        (INVERT, _) => return None,
        (_, Number::Int(value)) => int(value),
        (_, Number::Float(value)) => Const::Float(value),
        (_, Number::Complex(real, imag)) => Const::Complex(real, imag),
    })
}

pub(crate) fn binary(operator: u32, left: &Const, right: &Const) -> Option<Const> {
    if let (Some(left_number), Some(right_number)) = (number(left), number(right)) {
        let logical = matches!(operator, nb::AND | nb::OR | nb::XOR);
        if logical
            && let (Number::Int(one), Number::Int(two)) = (left_number, right_number)
            && matches!(left, Const::True | Const::False)
            && matches!(right, Const::True | Const::False)
        {
            let result = match operator {
                nb::AND => one & two,
                nb::OR => one | two,
                _ => one ^ two,
            };
            return Some(if result != 0 {
                Const::True
            } else {
                Const::False
            });
        }
        return arithmetic(operator, left_number, right_number);
    }
    match operator {
        nb::ADD => concatenate(left, right),
        nb::MULTIPLY => repeat(left, right).or_else(|| repeat(right, left)),
        nb::SUBSCR => subscript(left, right),
        nb::REMAINDER => None,
        _ => None,
    }
}

fn arithmetic(operator: u32, left: Number, right: Number) -> Option<Const> {
    match (left, right) {
        (Number::Int(left), Number::Int(right)) => integers(operator, left, right),
        (Number::Complex(..), _) | (_, Number::Complex(..)) => complexes(operator, left, right),
        _ => floats(operator, left.float()?, right.float()?),
    }
}

fn integers(operator: u32, left: i128, right: i128) -> Option<Const> {
    Some(int(match operator {
        nb::ADD => left.checked_add(right)?,
        nb::SUBTRACT => left.checked_sub(right)?,
        nb::MULTIPLY => {
            if left != 0 && right != 0 && bits(left) + bits(right) > MAX_INT_BITS {
                return None;
            }
            left.checked_mul(right)?
        }
        nb::TRUE_DIVIDE => {
            // Exact only while both are representable as floats.
            if right == 0 || bits(left) > 53 || bits(right) > 53 {
                return None;
            }
            return Some(Const::Float(left as f64 / right as f64));
        }
        nb::FLOOR_DIVIDE => {
            let quotient = left.checked_div(right)?;
            if left % right != 0 && (left < 0) != (right < 0) {
                quotient - 1
            } else {
                quotient
            }
        }
        nb::REMAINDER => {
            let remainder = left.checked_rem(right)?;
            if remainder != 0 && (remainder < 0) != (right < 0) {
                remainder + right
            } else {
                remainder
            }
        }
        nb::POWER => {
            if right < 0 {
                if left == 0 {
                    return None;
                }
                return floats(operator, left as f64, right as f64);
            }
            let exponent = u32::try_from(right).ok()?;
            if left != 0 && exponent > 0 && bits(left) > MAX_INT_BITS / exponent {
                return None;
            }
            left.checked_pow(exponent)?
        }
        nb::LSHIFT => {
            let shift = u32::try_from(right).ok()?;
            if left == 0 {
                return Some(Const::Int(0));
            }
            if shift > MAX_INT_BITS || bits(left) > MAX_INT_BITS - shift {
                return None;
            }
            let shifted = left.checked_shl(shift)?;
            if shifted >> shift != left {
                return None;
            }
            shifted
        }
        nb::RSHIFT => {
            let shift = u32::try_from(right).ok()?;
            left >> shift.min(127)
        }
        nb::AND => left & right,
        nb::OR => left | right,
        nb::XOR => left ^ right,
        _ => return None,
    }))
}

fn floats(operator: u32, left: f64, right: f64) -> Option<Const> {
    Some(Const::Float(match operator {
        nb::ADD => left + right,
        nb::SUBTRACT => left - right,
        nb::MULTIPLY => left * right,
        nb::TRUE_DIVIDE if right != 0.0 => left / right,
        nb::FLOOR_DIVIDE if right != 0.0 => floor_divide(left, right),
        nb::REMAINDER if right != 0.0 => remainder(left, right),
        nb::POWER => {
            if (left == 0.0 && right < 0.0)
                || (left < 0.0 && right.is_finite() && right.fract() != 0.0)
            {
                return None;
            }
            let result = left.powf(right);
            if result.is_infinite() && left.is_finite() && right.is_finite() {
                return None;
            }
            result
        }
        _ => return None,
    }))
}

fn remainder(left: f64, right: f64) -> f64 {
    let result = left % right;
    if result == 0.0 {
        0f64.copysign(right)
    } else if (result < 0.0) != (right < 0.0) {
        result + right
    } else {
        result
    }
}

fn floor_divide(left: f64, right: f64) -> f64 {
    let result = left % right;
    let mut quotient = (left - result) / right;
    if result != 0.0 && (result < 0.0) != (right < 0.0) {
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return 0f64.copysign(left / right);
    }
    let floor = quotient.floor();
    if quotient - floor > 0.5 {
        floor + 1.0
    } else {
        floor
    }
}

fn complexes(operator: u32, left: Number, right: Number) -> Option<Const> {
    let ((a, b), (c, d)) = (left.complex(), right.complex());
    // With a real operand only the real part takes part, so that signed zeros survive.
    let (left_real, right_real) = (left.float().is_some(), right.float().is_some());
    let (real, imag) = match operator {
        nb::ADD if right_real => (a + c, b),
        nb::ADD if left_real => (a + c, d),
        nb::ADD => (a + c, b + d),
        nb::SUBTRACT if right_real => (a - c, b),
        nb::SUBTRACT if left_real => (a - c, -d),
        nb::SUBTRACT => (a - c, b - d),
        nb::MULTIPLY if right_real => (a * c, b * c),
        nb::MULTIPLY if left_real => (a * c, a * d),
        nb::MULTIPLY => (a * c - b * d, a * d + b * c),
        nb::TRUE_DIVIDE if right_real && c != 0.0 => (a / c, b / c),
        nb::TRUE_DIVIDE => quotient((a, b), (c, d))?,
        nb::POWER => complex_power((a, b), (c, d))?,
        _ => return None,
    };
    (real.is_finite() && imag.is_finite()).then_some(Const::Complex(real, imag))
}

/// Complex division, scaled by the larger part of the divisor.
fn quotient((a, b): (f64, f64), (c, d): (f64, f64)) -> Option<(f64, f64)> {
    if c.abs() >= d.abs() {
        if c == 0.0 {
            return None;
        }
        let ratio = d / c;
        let scale = c + d * ratio;
        Some(((a + b * ratio) / scale, (b - a * ratio) / scale))
    } else {
        let ratio = c / d;
        let scale = c * ratio + d;
        Some(((a * ratio + b) / scale, (b * ratio - a) / scale))
    }
}

fn complex_power(base: (f64, f64), exponent: (f64, f64)) -> Option<(f64, f64)> {
    let times = |(a, b): (f64, f64), (c, d): (f64, f64)| (a * c - b * d, a * d + b * c);
    if exponent.1 == 0.0 && exponent.0.fract() == 0.0 && exponent.0.abs() <= 100.0 {
        // Small whole exponents: repeated squaring.
        let mut left = exponent.0.abs() as u32;
        let (mut result, mut power) = ((1.0, 0.0), base);
        while left > 0 {
            if left & 1 != 0 {
                result = times(result, power);
            }
            power = times(power, power);
            left >>= 1;
        }
        if exponent.0 >= 0.0 {
            return Some(result);
        }
        return quotient((1.0, 0.0), result);
    }
    if base == (0.0, 0.0) || exponent == (0.0, 0.0) {
        return None;
    }
    let modulus = base.0.hypot(base.1);
    let angle = base.1.atan2(base.0);
    let mut length = modulus.powf(exponent.0);
    let mut phase = angle * exponent.0;
    if exponent.1 != 0.0 {
        length *= (-angle * exponent.1).exp();
        phase += exponent.1 * modulus.ln();
    }
    Some((length * phase.cos(), length * phase.sin()))
}

fn concatenate(left: &Const, right: &Const) -> Option<Const> {
    Some(match (left, right) {
        (Const::Str(left), Const::Str(right)) => Const::Str(format!("{left}{right}")),
        (Const::Str(_) | Const::Surrogates(_), Const::Str(_) | Const::Surrogates(_)) => {
            let mut points = code_points(left);
            points.extend(code_points(right));
            from_points(points)
        }
        (Const::Bytes(left), Const::Bytes(right)) => Const::Bytes([&left[..], &right[..]].concat()),
        (Const::Tuple(left), Const::Tuple(right)) => Const::Tuple([&left[..], &right[..]].concat()),
        _ => return None,
    })
}

fn code_points(text: &Const) -> Vec<u32> {
    match text {
        Const::Str(text) => text.chars().map(u32::from).collect(),
        Const::Surrogates(points) => points.clone(),
        _ => Vec::new(),
    }
}

fn from_points(points: Vec<u32>) -> Const {
    match points
        .iter()
        .map(|&point| char::from_u32(point))
        .collect::<Option<String>>()
    {
        Some(text) => Const::Str(text),
        None => Const::Surrogates(points),
    }
}

fn repeat(sequence: &Const, count: &Const) -> Option<Const> {
    let Number::Int(count) = number(count)? else {
        return None;
    };
    let count = i64::try_from(count).ok()?;
    let allowed =
        |size: usize, limit: i64| size == 0 || (count >= 0 && count <= limit / size as i64);
    let times = count.max(0) as usize;
    match sequence {
        Const::Str(text) => allowed(text.chars().count(), MAX_TEXT).then(|| {
            Const::Str(if text.is_empty() {
                String::new()
            } else {
                text.repeat(times)
            })
        }),
        Const::Surrogates(points) => {
            allowed(points.len(), MAX_TEXT).then(|| from_points(points.repeat(times)))
        }
        Const::Bytes(bytes) => allowed(bytes.len(), MAX_TEXT).then(|| {
            Const::Bytes(if bytes.is_empty() {
                Vec::new()
            } else {
                bytes.repeat(times)
            })
        }),
        Const::Tuple(items) => {
            if !allowed(items.len(), MAX_ITEMS) {
                return None;
            }
            if count > 0 && !items.is_empty() && complexity(items, MAX_NESTED_ITEMS / count) < 0 {
                return None;
            }
            let mut all = Vec::new();
            for _ in 0..if items.is_empty() { 0 } else { times } {
                all.extend_from_slice(items);
            }
            Some(Const::Tuple(all))
        }
        _ => None,
    }
}

fn complexity(items: &[Const], limit: i64) -> i64 {
    let mut limit = limit - items.len() as i64;
    for item in items {
        if limit < 0 {
            break;
        }
        if let Const::Tuple(items) = item {
            limit = complexity(items, limit);
        }
    }
    limit
}

fn subscript(container: &Const, index: &Const) -> Option<Const> {
    if let Const::Slice(parts) = index {
        return slice(container, parts);
    }
    let Number::Int(index) = number(index)? else {
        return None;
    };
    let at = |len: usize| {
        let index = if index < 0 {
            index + len as i128
        } else {
            index
        };
        usize::try_from(index).ok().filter(|&index| index < len)
    };
    match container {
        Const::Str(text) if text.is_ascii() => {
            let index = at(text.len())?;
            text.get(index..=index)
                .map(|text| Const::Str(text.to_owned()))
        }
        Const::Str(_) | Const::Surrogates(_) => {
            let points = code_points(container);
            at(points.len()).map(|index| from_points(vec![points[index]]))
        }
        Const::Bytes(bytes) => at(bytes.len()).map(|index| Const::Int(i64::from(bytes[index]))),
        Const::Tuple(items) => at(items.len()).map(|index| items[index].clone()),
        _ => None,
    }
}

fn slice(container: &Const, parts: &[Const; 3]) -> Option<Const> {
    let part = |value: &Const| match value {
        Const::None => Some(None),
        value => match number(value)? {
            Number::Int(value) => Some(Some(value)),
            _ => None,
        },
    };
    let (start, stop, step) = (part(&parts[0])?, part(&parts[1])?, part(&parts[2])?);
    let step = step.unwrap_or(1);
    if step == 0 {
        return None;
    }
    let indices = |len: usize| -> Vec<usize> {
        let len = len as i128;
        let (low, high) = if step < 0 { (-1, len - 1) } else { (0, len) };
        let clamp = |value: i128| {
            (if value < 0 {
                value.saturating_add(len)
            } else {
                value
            })
            .clamp(low, high)
        };
        let mut at = start.map_or(if step < 0 { high } else { low }, clamp);
        let end = stop.map_or(if step < 0 { low } else { high }, clamp);
        let mut out = Vec::new();
        while if step < 0 { at > end } else { at < end } {
            out.push(at as usize);
            at = at.saturating_add(step);
        }
        out
    };
    Some(match container {
        Const::Str(_) | Const::Surrogates(_) => {
            let points = code_points(container);
            from_points(
                indices(points.len())
                    .into_iter()
                    .map(|index| points[index])
                    .collect(),
            )
        }
        Const::Bytes(bytes) => Const::Bytes(
            indices(bytes.len())
                .into_iter()
                .map(|index| bytes[index])
                .collect(),
        ),
        Const::Tuple(items) => Const::Tuple(
            indices(items.len())
                .into_iter()
                .map(|index| items[index].clone())
                .collect(),
        ),
        _ => return None,
    })
}
