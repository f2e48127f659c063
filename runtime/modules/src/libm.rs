//! Functions of the C mathematics library that Rust's standard library lacks or computes differently. `math` and `cmath`
//! call them, so that results agree with the platform's to the last bit.

mod c {
    // SAFETY: the signatures are C99's, and these functions take and return plain numbers.
    unsafe extern "C" {
        pub safe fn acosh(x: f64) -> f64;
        pub safe fn asinh(x: f64) -> f64;
        pub safe fn atanh(x: f64) -> f64;
        pub safe fn erf(x: f64) -> f64;
        pub safe fn erfc(x: f64) -> f64;
        pub safe fn remainder(x: f64, y: f64) -> f64;
        pub safe fn log1p(x: f64) -> f64;
        pub safe fn expm1(x: f64) -> f64;
    }
}

macro_rules! wrap {
    ($($name:ident: $doc:literal;)*) => {
        $(#[doc = $doc] pub fn $name(x: f64) -> f64 { c::$name(x) })*
    };
}
wrap! {
    acosh: "Inverse hyperbolic cosine.";
    asinh: "Inverse hyperbolic sine.";
    atanh: "Inverse hyperbolic tangent.";
    erf: "Error function.";
    erfc: "Complementary error function.";
    log1p: "`ln(1 + x)`.";
    expm1: "`exp(x) - 1`.";
}
/// IEEE remainder.
pub fn remainder(x: f64, y: f64) -> f64 {
    c::remainder(x, y)
}
