//! Trees of plain nodes.

use super::schema::Kind;
use pyjit_isa::code::Const;

/// Line (from 1) and byte column of the beginning, then of the end.
pub type Position = [u32; 4];

/// A node: its fields stand in the grammar's order.
#[derive(Clone, Debug)]
pub struct AstNode {
    pub kind: Kind,
    pub position: Option<Position>,
    pub fields: Vec<Item>,
}

/// The value of a field.
#[derive(Clone, Debug)]
pub enum Item {
    None,
    Int(i64),
    Str(String),
    Const(Const),
    Node(AstNode),
    List(Vec<Item>),
}

impl AstNode {
    /// A node without a place.
    pub fn bare(kind: Kind, fields: Vec<Item>) -> AstNode {
        AstNode {
            kind,
            position: None,
            fields,
        }
    }
    /// The node as a field's value.
    pub fn item(self) -> Item {
        Item::Node(self)
    }
}

impl Item {
    pub fn is_none(&self) -> bool {
        matches!(self, Item::None)
    }
    pub fn node(&self) -> Option<&AstNode> {
        match self {
            Item::Node(n) => Some(n),
            _ => None,
        }
    }
    pub fn list(&self) -> &[Item] {
        match self {
            Item::List(l) => l,
            _ => &[],
        }
    }
    pub fn text(&self) -> Option<&str> {
        match self {
            Item::Str(s) => Some(s),
            _ => None,
        }
    }
    pub fn int(&self) -> i64 {
        match self {
            Item::Int(i) => *i,
            _ => 0,
        }
    }
}
