//! The state of one code object while it is being generated.

use pyjit_isa::code::{Code, local_kind};
use ruff_python_ast::name::Name;
use ruff_python_ast::{Stmt, StmtAnnAssign};

use crate::assemble::assemble;
use crate::flow::{Cfg, UnitFacts};
use crate::instr::{Label, Loc, Sequence};
use crate::scope::BlockId;
use crate::tables::{ConstTable, NameTable, QuickMap};

/// What a code object is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    Comprehension,
    /// `__annotate__` functions, type parameters, bounds and aliases.
    Annotations,
}

/// What a frame block does when control leaves it early.
#[derive(Clone, Copy, Debug)]
pub enum BlockTask<'a> {
    WhileLoop,
    ForLoop,
    AsyncForLoop,
    TryExcept,
    /// The body of `try` with `finally`: these statements run on the way out.
    FinallyTry(&'a [Stmt]),
    FinallyEnd,
    With,
    AsyncWith,
    /// The body of an `except`, with the name to unbind.
    HandlerCleanup(Option<&'a Name>),
    /// A value is on the stack above the enclosing blocks.
    PopValue,
    ExceptionHandler,
    ExceptionGroupHandler,
    AsyncComprehension,
    StopIteration,
}

/// One statically known block around the current code.
#[derive(Clone, Copy, Debug)]
pub struct FrameBlock<'a> {
    pub task: BlockTask<'a>,
    /// Where `continue` goes.
    pub start: Label,
    /// Where `break` goes.
    pub exit: Label,
    pub loc: Loc,
}

/// A code object in the making.
#[derive(Debug)]
pub struct Unit<'a> {
    pub block: BlockId,
    pub kind: UnitKind,
    pub name: String,
    pub qualname: String,
    /// The class whose private names are mangled here.
    pub private: Option<Name>,
    pub first_line: u32,
    /// The first constant is the docstring.
    pub has_docstring: bool,
    /// Positional parameters that are not positional-only.
    pub arg_count: u32,
    pub posonly_count: u32,
    pub kwonly_count: u32,
    pub names: NameTable,
    pub varnames: NameTable,
    pub cellvars: NameTable,
    pub freevars: NameTable,
    pub consts: ConstTable,
    pub code: Sequence,
    pub blocks: Vec<FrameBlock<'a>>,
    /// Attributes assigned on `self` in the methods of this class.
    pub static_attributes: Vec<String>,
    /// Annotated assignments whose annotations are evaluated later, with their index if they run conditionally.
    pub deferred: Vec<(&'a StmtAnnAssign, Option<u32>)>,
    pub conditional_depth: u32,
    pub next_conditional: u32,
    /// Depth of inlined comprehensions.
    pub inlined_depth: u32,
    /// Names an inlined comprehension keeps in fast locals of a class or module; false once it has ended.
    pub fast_hidden: QuickMap<Name, bool>,
    /// Symbol flags an inlined comprehension has put in place of the block's own.
    pub overrides: QuickMap<Name, u32>,
}

impl Unit<'_> {
    /// Optimises and assembles the unit. `params` is the number of parameters of all kinds, `flags` goes into `co_flags`.
    pub fn assemble(self, params: usize, flags: u32, filename: &str) -> Code {
        let Unit {
            name,
            qualname,
            first_line,
            arg_count,
            posonly_count,
            kwonly_count,
            names,
            varnames,
            cellvars,
            freevars,
            mut consts,
            code,
            fast_hidden,
            ..
        } = self;
        use pyjit_isa::code::flags as bits;
        let facts = UnitFacts {
            locals: varnames.len(),
            params,
            first_line,
            generator: flags & (bits::GENERATOR | bits::COROUTINE | bits::ASYNC_GENERATOR) != 0,
            varnames: varnames.names(),
            cellvars: cellvars.names(),
            free_count: freevars.len(),
        };
        let mut cfg = Cfg::build(code);
        let keep = cfg.optimize(&mut consts, &facts);
        let layout = cfg.finish(&facts);
        let assembled = assemble(&cfg, first_line);

        let slots = layout
            .cell_slots
            .iter()
            .map(|&slot| slot as usize + 1)
            .chain([varnames.len()])
            .max()
            .unwrap_or(0);
        let mut local_names = varnames.names().to_vec();
        local_names.resize(slots, String::new());
        let mut local_kinds = vec![local_kind::LOCAL; varnames.len()];
        local_kinds.resize(slots, 0);
        let positional = (posonly_count + arg_count) as usize;
        let keyword = kwonly_count as usize;
        // The hidden parameters of generics are not counted, so they are plain locals here.
        let counted = positional
            + keyword
            + usize::from(flags & bits::VARARGS != 0)
            + usize::from(flags & bits::VARKEYWORDS != 0);
        for (at, kind) in local_kinds.iter_mut().enumerate().take(counted.min(params)) {
            *kind |= if at < posonly_count as usize {
                local_kind::ARG_POS
            } else if at < positional {
                local_kind::ARG_POS | local_kind::ARG_KW
            } else if at < positional + keyword {
                local_kind::ARG_KW
            } else if flags & bits::VARARGS != 0 && at == positional + keyword {
                local_kind::ARG_VAR | local_kind::ARG_POS
            } else {
                local_kind::ARG_VAR | local_kind::ARG_KW
            };
        }
        for (name, kind) in varnames.names().iter().zip(&mut local_kinds) {
            if fast_hidden.contains_key(name.as_str()) {
                *kind |= local_kind::HIDDEN;
            }
        }
        let cells = cellvars.len();
        let all = cellvars.names().iter().chain(freevars.names());
        for (index, (name, &slot)) in all.zip(&layout.cell_slots).enumerate() {
            let slot = slot as usize;
            local_kinds[slot] |= if index < cells {
                local_kind::CELL
            } else {
                local_kind::FREE
            };
            if local_names[slot].is_empty() {
                local_names[slot].clone_from(name);
            }
        }
        Code {
            name,
            qualname,
            filename: filename.to_owned(),
            first_line,
            arg_count: posonly_count + arg_count,
            posonly_count,
            kwonly_count,
            flags,
            stack_size: layout.stack_depth.max(1),
            code: assembled.code,
            consts: consts.into_kept(&keep),
            names: names.into_names(),
            local_names,
            local_kinds,
            line_table: assembled.line_table,
            exception_table: assembled.exception_table,
        }
    }
}
