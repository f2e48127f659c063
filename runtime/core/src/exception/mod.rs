//! Exceptions: their payloads, the class hierarchy, and how native code raises them.

mod chain;
mod group;
mod hierarchy;
mod payload;
mod raise;
mod suggest;

pub use chain::is_exception_class;
pub use group::{GroupMatcher, group_items};
pub use hierarchy::Exceptions;
pub(crate) use hierarchy::base_exception_new;
pub use payload::*;
pub use raise::{Raised, errno_text};
pub use suggest::closest;
