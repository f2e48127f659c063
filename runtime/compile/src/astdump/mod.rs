//! Syntax trees as data, for `ast`: the grammar of the nodes, and trees of plain nodes that know nothing of the parser's own
//! types.

mod check;
mod comments;
mod dump;
mod emit;
mod emit_expr;
mod expr;
mod names;
mod node;
mod optimize;
pub mod schema;
mod versions;

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
    if options.parse.feature_version != 0 {
        versions::check(source, &parsed.program, options.parse.feature_version)?;
    }
    let comments = comments::Comments::new(source, &parsed.comments);
    let d = dump::Dumper::new(source, comments);
    let mut root = match &parsed.program {
        Program::Module(m) => {
            let ignores = d.comments.ignores.iter().map(|(line, tag)| {
                let fields = vec![Item::Int(i64::from(*line)), Item::Str(tag.clone())];
                AstNode::bare(Kind::TypeIgnore, fields).item()
            });
            let ignores = Item::List(ignores.collect());
            AstNode::bare(Kind::Module, vec![d.stmts(&m.body)?, ignores])
        }
        Program::Interactive(m) => AstNode::bare(Kind::Interactive, vec![d.stmts(&m.body)?]),
        Program::Expression(e) => AstNode::bare(Kind::Expression, vec![d.expr(&e.body)?]),
    };
    d.comments.check(source)?;
    if options.parse.optimized_tree {
        optimize::optimize(&mut root, options.optimize);
    }
    Ok(Tree {
        root,
        warnings: parsed.warnings,
    })
}

/// Parses the type of a function, `(int, *str) -> bool`.
pub fn parse_func_type(source: &Source, options: &Options) -> Result<Tree, SyntaxError> {
    let text = source.text().trim_end();
    let rejected = || {
        let all = ruff_text_size::TextRange::up_to(ruff_text_size::TextSize::of(text));
        source.parse_error("invalid syntax", all)
    };
    let (args, returns) = text.rsplit_once("->").ok_or_else(rejected)?;
    let eval = Options {
        mode: parse::Mode::Eval,
        ..options.clone()
    };
    let tree = |text: &str| {
        let source = Source::from_text(text, &options.filename)?;
        parse_tree(&source, &eval).map(|t| t.root)
    };
    // The parameters are what a call takes.
    let call = tree(&format!("_{}", args.trim()))?;
    let call = call.fields.first().and_then(Item::node);
    let call = call.filter(|c| c.kind == Kind::Call).ok_or_else(rejected)?;
    let (mut types, mut starred) = (Vec::new(), false);
    for item in call.fields.get(1).map_or(&[][..], Item::list) {
        match item.node() {
            // One star, behind everything else.
            _ if starred => return Err(rejected()),
            Some(n) if n.kind == Kind::Starred => {
                starred = true;
                types.extend(n.fields.first().cloned());
            }
            _ => types.push(item.clone()),
        }
    }
    if call.fields.get(2).map_or(0, |k| k.list().len()) > 1 {
        return Err(rejected());
    }
    for item in call.fields.get(2).map_or(&[][..], Item::list) {
        match item.node().map(|n| n.fields.as_slice()) {
            Some([Item::None, value, ..]) => types.push(value.clone()),
            _ => return Err(rejected()),
        }
    }
    let returns = tree(returns.trim())?.fields.into_iter().next();
    let returns = returns.ok_or_else(rejected)?;
    Ok(Tree {
        root: AstNode::bare(Kind::FunctionType, vec![Item::List(types), returns]),
        warnings: Vec::new(),
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
        comments: Vec::new(),
    };
    crate::generate(&source, parsed, options)
}
