//! Values, objects, types, memory, frames and the meaning of every op.
