//! The interpreter: translation to threaded code, dispatch, entering and leaving frames.

mod bind;
pub mod dispatch;
mod enter;
mod exec;
mod generator;
mod prepare;
mod unwind;

pub use enter::install;
pub use prepare::prepare;
