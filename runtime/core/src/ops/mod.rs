//! The meaning of the ops, shared by both dispatchers and the JIT.
