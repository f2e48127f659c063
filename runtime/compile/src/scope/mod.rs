//! The symbol table: which names each block of a program binds and uses, and where every name lives (local, cell,
//! free, global). Built once per compilation from the syntax tree, before any code is generated; the code generator
//! reads it.
//!
//! Blocks are found from the syntax tree by the kind of the construct and its source range, which is unique: two
//! constructs of one kind never cover the same text. A `finally` body that is generated several times therefore finds
//! the same blocks each time.
//!
//! Semantics, flag values and messages are those of CPython 3.14's `Python/symtable.c`. `build` walks the tree and
//! records flags, `defs` and `exprs` are the parts of that walk for definitions and expressions, `analyze` decides the scope of every name.

mod analyze;
mod build;
mod defs;
mod exprs;
mod names;
mod patterns;

use std::collections::HashMap;

use ruff_python_ast::name::Name;
use ruff_python_ast::{Expr, StmtClassDef, StmtFunctionDef, StmtTypeAlias, TypeParam, TypeParams};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::errors::{ErrorKind, SyntaxError};
use crate::parse::Program;
use crate::source::Source;
pub(crate) use build::definition_start;

pub use names::{NameSet, Symbols, is_private, mangle};

/// What a block does with a name. The low bits are facts found while walking the tree; [`Scope`] sits above them.
pub mod def {
    pub const GLOBAL: u32 = 1;
    pub const LOCAL: u32 = 2;
    pub const PARAM: u32 = 4;
    pub const NONLOCAL: u32 = 8;
    pub const USE: u32 = 16;
    /// A free variable of a nested block that the class block also names.
    pub const FREE_CLASS: u32 = 64;
    pub const IMPORT: u32 = 128;
    pub const ANNOT: u32 = 256;
    /// An iteration variable of a comprehension.
    pub const COMP_ITER: u32 = 512;
    pub const TYPE_PARAM: u32 = 1024;
    /// A cell in an inlined comprehension.
    pub const COMP_CELL: u32 = 2048;
    pub const BOUND: u32 = LOCAL | PARAM | IMPORT | TYPE_PARAM;
    /// All fact bits; the scope is `flags >> SCOPE_SHIFT`.
    pub const FACTS: u32 = (1 << SCOPE_SHIFT) - 1;
    pub const SCOPE_SHIFT: u32 = 12;
}

/// Where a name lives in one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Scope {
    /// Not in this block's table.
    Unknown = 0,
    Local = 1,
    GlobalExplicit = 2,
    GlobalImplicit = 3,
    Free = 4,
    Cell = 5,
}

impl Scope {
    /// The scope packed in a symbol's flags.
    pub fn of(flags: u32) -> Scope {
        match flags >> def::SCOPE_SHIFT {
            1 => Scope::Local,
            2 => Scope::GlobalExplicit,
            3 => Scope::GlobalImplicit,
            4 => Scope::Free,
            5 => Scope::Cell,
            _ => Scope::Unknown,
        }
    }
}

/// The kinds of block, numbered as CPython's `_symtable` numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Functions, lambdas and comprehensions.
    Function = 0,
    Class = 1,
    Module = 2,
    /// `__annotate__` of a module, class or function.
    Annotation = 3,
    TypeAlias = 4,
    /// The hidden function that holds the type parameters of a generic.
    TypeParameters = 5,
    /// A bound, constraint tuple or default of one type parameter.
    TypeVariable = 6,
}

/// Which comprehension a function block is, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comprehension {
    No,
    List,
    Dict,
    Set,
    Generator,
}

/// Index of a [`Block`] in its [`SymbolTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BlockId(u32);

impl BlockId {
    /// The module (or expression) block.
    pub const TOP: BlockId = BlockId(0);

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// One block.
#[derive(Debug)]
pub struct Block {
    /// As the symbol table names it: `top`, a function's or class's name, `lambda`, `listcomp`, `__annotate__`...
    pub name: Name,
    pub kind: BlockKind,
    /// Source range of the construct (decorators excluded).
    pub range: TextRange,
    /// Every name of the block, mangled, in the order of first mention, with its flags.
    pub symbols: Symbols,
    /// Parameters in `co_varnames` order: positional, keyword-only, `*args`, `**kwargs`; mangled.
    pub params: Vec<Name>,
    /// Nested blocks, inlined comprehensions replaced by their own children.
    pub children: Vec<BlockId>,
    /// Inside a function-like block (`co_flags` NESTED).
    pub nested: bool,
    pub generator: bool,
    pub coroutine: bool,
    pub comprehension: Comprehension,
    /// The comprehension's code goes into the enclosing block; its names are already merged there.
    pub comp_inlined: bool,
    pub varargs: bool,
    pub varkeywords: bool,
    /// Written directly in a class body (`co_flags` METHOD).
    pub method: bool,
    pub has_docstring: bool,
    /// Class block that must have a `__class__` cell.
    pub needs_class_closure: bool,
    /// Class block that must have a `__classdict__` cell.
    pub needs_classdict: bool,
    /// Module or class block that keeps `__conditional_annotations__`.
    pub has_conditional_annotations: bool,
    /// Names resolve through the enclosing class's namespace (`LOAD_FROM_DICT_OR_...`).
    pub can_see_class_scope: bool,
    /// For annotation blocks: some annotation was there. For others: the body has annotated assignments.
    pub annotations_used: bool,
    /// The `__annotate__` block of a module or class body.
    pub annotation_block: Option<BlockId>,
    /// For a function's annotation block: the function's name.
    pub function_name: Option<Name>,
    mangled_names: Option<u32>,
    directives: Vec<(Name, TextRange)>,
    in_conditional_block: bool,
    in_unevaluated_annotation: bool,
    comp_iter_target: bool,
    comp_iter_expr: u32,
    scope_info: &'static str,
}

impl Block {
    /// Flags and scope of a (mangled) name; 0 when the block does not have it.
    pub fn flags(&self, name: &str) -> u32 {
        self.symbols.get(name).unwrap_or(0)
    }

    /// Where a (mangled) name lives.
    pub fn scope(&self, name: &str) -> Scope {
        Scope::of(self.flags(name))
    }

    /// Compiled to a code object with fast locals: every kind but modules and classes.
    pub fn is_function_like(&self) -> bool {
        !matches!(self.kind, BlockKind::Module | BlockKind::Class)
    }

    /// `co_cellvars` in CPython's order (parameters are moved to the front of the frame by the assembler, not here).
    pub fn cellvars(&self) -> Vec<Name> {
        let mut out =
            self.sorted(|flags| Scope::of(flags) == Scope::Cell || flags & def::COMP_CELL != 0);
        if self.kind == BlockKind::Class {
            for (wanted, name) in [
                (self.needs_class_closure, "__class__"),
                (self.needs_classdict, "__classdict__"),
            ] {
                if wanted {
                    out.push(Name::new_static(name));
                }
            }
        }
        // A module has the cell too, though its code uses the global.
        if self.has_conditional_annotations {
            out.push(Name::new_static("__conditional_annotations__"));
        }
        out
    }

    /// `co_freevars` in CPython's order.
    pub fn freevars(&self) -> Vec<Name> {
        self.sorted(|flags| Scope::of(flags) == Scope::Free || flags & def::FREE_CLASS != 0)
    }

    fn sorted(&self, wanted: impl Fn(u32) -> bool) -> Vec<Name> {
        let mut out: Vec<Name> = self
            .symbols
            .iter()
            .filter(|&(_, flags)| wanted(flags))
            .map(|(name, _)| name.clone())
            .collect();
        out.sort();
        out
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Construct {
    Function,
    FunctionAnnotations,
    Class,
    Lambda,
    Comprehension,
    TypeParams,
    TypeAlias,
    Bound,
    Default,
}

/// An error of the symbol table stage, before it is given a file and line.
#[derive(Debug)]
pub struct ScopeError {
    pub kind: ErrorKind,
    pub message: String,
    pub range: TextRange,
}

/// What the builder has to know beside the tree.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScopeOptions {
    /// `from __future__ import annotations` is in force.
    pub future_annotations: bool,
    /// `ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`.
    pub allow_top_level_await: bool,
}

/// All blocks of a program. Made by [`SymbolTable::module`] or [`SymbolTable::expression`].
#[derive(Debug)]
pub struct SymbolTable {
    blocks: Vec<Block>,
    found: HashMap<(Construct, TextSize, TextSize), BlockId>,
    mangled_names: Vec<NameSet>,
}

impl SymbolTable {
    /// The table of a parsed program.
    pub fn build(
        program: &Program,
        source: &Source,
        options: ScopeOptions,
    ) -> Result<SymbolTable, SyntaxError> {
        let table = match program {
            Program::Module(module) => SymbolTable::module(module, source.text(), false, options),
            Program::Interactive(module) => {
                SymbolTable::module(module, source.text(), true, options)
            }
            Program::Expression(expression) => {
                SymbolTable::expression(expression, source.text(), options)
            }
        };
        table.map_err(|found| {
            let mut error = source.error(found.message, found.range);
            error.kind = found.kind;
            error
        })
    }

    /// The block with this id.
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.index()]
    }

    /// The module or expression block.
    pub fn top(&self) -> &Block {
        self.block(BlockId::TOP)
    }

    /// The body of a function.
    pub fn function(&self, node: &StmtFunctionDef) -> BlockId {
        self.find(Construct::Function, node.range())
    }

    /// The `__annotate__` block of a function; generate it only when its `annotations_used` is set.
    pub fn function_annotations(&self, node: &StmtFunctionDef) -> BlockId {
        self.find(Construct::FunctionAnnotations, node.range())
    }

    /// The body of a class.
    pub fn class(&self, node: &StmtClassDef) -> BlockId {
        self.find(Construct::Class, node.range())
    }

    /// A lambda's or comprehension's block.
    pub fn expr(&self, node: &Expr) -> BlockId {
        let construct = if node.is_lambda_expr() {
            Construct::Lambda
        } else {
            Construct::Comprehension
        };
        self.find(construct, node.range())
    }

    /// The hidden function that holds type parameters.
    pub fn type_params(&self, node: &TypeParams) -> BlockId {
        self.find(Construct::TypeParams, node.range())
    }

    /// The lazily evaluated value of a `type` statement.
    pub fn type_alias(&self, node: &StmtTypeAlias) -> BlockId {
        self.find(Construct::TypeAlias, node.range())
    }

    /// The lazily evaluated bound (or constraints) of a type variable.
    pub fn type_param_bound(&self, node: &TypeParam) -> BlockId {
        self.find(Construct::Bound, node.range())
    }

    /// The lazily evaluated default of a type parameter.
    pub fn type_param_default(&self, node: &TypeParam) -> BlockId {
        self.find(Construct::Default, node.range())
    }

    /// The name as it is stored in `block` when compiled inside the class called `private`.
    pub fn mangle(&self, block: BlockId, private: Option<&str>, name: &Name) -> Name {
        match self.block(block).mangled_names {
            Some(set) if !self.mangled_names[set as usize].contains(name) => name.clone(),
            _ => mangle(private, name),
        }
    }

    fn find(&self, construct: Construct, range: TextRange) -> BlockId {
        let found = self
            .found
            .get(&(construct, range.start(), range.end()))
            .copied();
        debug_assert!(
            found.is_some(),
            "{construct:?} at {range:?} was not visited"
        );
        found.unwrap_or(BlockId::TOP)
    }

    fn at(&mut self, id: BlockId) -> &mut Block {
        &mut self.blocks[id.index()]
    }
}
