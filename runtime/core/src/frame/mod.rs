//! Frames: how an activation lies on the frame stack, the per-thread state, and frame objects.

mod layout;
mod object;
mod stack;
mod threaded;

pub use layout::*;
pub use object::*;
pub use stack::*;
pub use threaded::*;
