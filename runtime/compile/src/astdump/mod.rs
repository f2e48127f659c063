//! Syntax trees as data, for `ast`: the grammar of the nodes, and trees of plain nodes that know nothing of the parser's own
//! types.

mod check;
mod dump;
mod emit;
mod emit_expr;
mod expr;
mod names;
mod node;
pub mod schema;

pub use check::{Fault, check};
pub use node::{AstNode, Item, Position};

use crate::errors::{SyntaxError, SyntaxWarning};
use crate::parse::{self, Parsed, Program};
use crate::source::Source;
use crate::{Compiled, Options};
use schema::Kind;

/// A program's tree.
#[derive(Debug)]
pub struct Tree {
    pub root: AstNode,
    pub warnings: Vec<SyntaxWarning>,
}

/// Parses a program into a tree of plain nodes.
pub fn parse_tree(source: &Source, options: &Options) -> Result<Tree, SyntaxError> {
    let parsed = parse::parse(source, options.mode, options.parse)?;
    let d = dump::Dumper::new(source);
    let root = match &parsed.program {
        Program::Module(m) => {
            AstNode::bare(Kind::Module, vec![d.stmts(&m.body)?, Item::List(vec![])])
        }
        Program::Interactive(m) => AstNode::bare(Kind::Interactive, vec![d.stmts(&m.body)?]),
        Program::Expression(e) => AstNode::bare(Kind::Expression, vec![d.expr(&e.body)?]),
    };
    Ok(Tree {
        root,
        warnings: parsed.warnings,
    })
}

/// Compiles a tree, which the caller has checked.
pub fn compile_tree(root: &AstNode, options: &Options) -> Result<Compiled, SyntaxError> {
    let emitted = emit::emit(root);
    let source = Source::made(emitted.text, &options.filename, emitted.places);
    let mut program = parse::parse_made(&source, options.mode)?;
    if !emitted.names.is_empty() {
        names::restore(&mut program, &emitted.names);
    }
    let parsed = Parsed {
        program,
        warnings: Vec::new(),
    };
    crate::generate(&source, parsed, options)
}
