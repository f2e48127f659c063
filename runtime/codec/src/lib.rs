//! Binary formats without objects, for the native modules that only have to convert arguments and
//! results: `struct`-like layouts, the encodings of `binascii`, checksums and digests. Nothing here
//! knows about Python objects; errors carry the text that CPython's message has.
//!
//! * [`layout`] — format strings of `struct`, `array`, `memoryview`; reading and writing fields.
//! * [`half`] — the 16-bit float.
//! * [`base64`], [`hex`], [`quoted`], [`uu`] — the encodings of `binascii`.
//! * [`checksum`] — CRC-32, CRC-CCITT, Adler-32.
//! * [`digest`] — MD5, SHA-1, SHA-2, SHA-3, SHAKE and BLAKE2 behind one trait.
#![forbid(unsafe_code)]

pub mod base64;
pub mod blake2;
pub mod checksum;
pub mod digest;
pub mod half;
pub mod hex;
mod keccak;
pub mod layout;
pub mod quoted;
pub mod uu;
pub mod xml;
