//! Objects: the header, how a payload is declared, allocation. Everything that Python code can point at and that is not
//! an immediate word is an [`Header`] followed by a payload.
//!
//! ```text
//!   [inline attribute n-1 .. 0][dict][slot m-1 .. 0] | refcount u32, gc u32 | shape | payload ...
//!   `--------- prefix, only in heap classes --------'                       ^ 16 bytes
//! ```
//! What Python-level classes add to an instance (`__slots__`, `__dict__`, inline attributes) stands *before* the header,
//! so that the payload of a built-in base, variable-sized ones included, is where it always is.

mod attr_cache;
mod attrs;
pub(crate) mod build;
mod cells;
mod class;
mod descr;
mod header;
mod mro;
mod new_wrap;
mod reclass;
mod shape;
mod slot_dispatch;
mod slot_table;
mod slot_wrap;
mod slots;

pub use attr_cache::{AttrCache, Place};
pub use attrs::*;
pub use build::*;
pub use cells::*;
pub use class::*;
pub use descr::*;
pub use header::*;
pub use mro::c3;
pub use new_wrap::{NEW_DEF, is_new_of};
pub use reclass::{same_instance_layout, set_bases};
pub use shape::*;
pub use slot_dispatch::{call_special, install_dunder, lookup_special};
pub use slot_table::*;
pub use slot_wrap::*;
pub use slots::*;
