//! Syntax trees as data, for `ast`: the grammar of the nodes, and trees of plain nodes that know nothing of the parser's own
//! types.

pub mod schema;
