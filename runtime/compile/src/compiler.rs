//! The code generator's core: entering and leaving code units, emitting instructions, resolving names. The files in
//! `codegen` add the statements and expressions.

use pyjit_isa::code::{Code, Const, flags};
use pyjit_isa::opcode::{op, pseudo, resume};
use ruff_python_ast::name::Name;
use ruff_python_ast::{ExprContext, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::errors::{SyntaxError, SyntaxWarning};
use crate::instr::{Label, Loc, Sequence};
use crate::parse::Futures;
use crate::scope::{BlockId, BlockKind, Scope, SymbolTable, def};
use crate::source::Source;
use crate::tables::{ConstTable, NameTable, QuickMap};
use crate::unit::{BlockTask, FrameBlock, Unit, UnitKind};

/// Result of a step of code generation.
pub type Gen<T = ()> = Result<T, SyntaxError>;

/// Numbers of parameters by kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct ArgCounts {
    pub positional: u32,
    pub posonly: u32,
    pub kwonly: u32,
}

/// Which namespace an instruction's name argument indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    Fast,
    Deref,
    Global,
    Name,
}

/// Generates the code of one program.
pub struct Compiler<'a> {
    pub source: &'a Source,
    pub table: &'a SymbolTable,
    pub optimize: u8,
    pub interactive: bool,
    /// Features in force.
    pub futures: Futures,
    pub warnings: Vec<SyntaxWarning>,
    /// Enclosing units, outermost first.
    pub outer: Vec<Unit<'a>>,
    pub unit: Unit<'a>,
    /// Last line looked up: number, first and one past last offset.
    line_cache: std::cell::Cell<(u32, u32, u32)>,
}

impl<'a> Compiler<'a> {
    /// Starts with the module (or expression) unit.
    pub fn new(
        source: &'a Source,
        table: &'a SymbolTable,
        optimize: u8,
        interactive: bool,
        futures: Futures,
    ) -> Compiler<'a> {
        let unit = new_unit(
            table,
            BlockId::TOP,
            UnitKind::Module,
            "<module>",
            1,
            ArgCounts::default(),
        );
        let mut compiler = Compiler {
            source,
            table,
            optimize,
            interactive,
            futures,
            warnings: Vec::new(),
            outer: Vec::new(),
            unit,
            line_cache: std::cell::Cell::new((0, 1, 0)),
        };
        compiler.unit.qualname = "<module>".to_owned();
        compiler.prologue();
        compiler
    }

    /// `from __future__ import annotations` is in force.
    pub fn future_annotations(&self) -> bool {
        self.futures.annotations()
    }

    // Positions.

    fn position(&self, offset: TextSize) -> (i32, i32) {
        let offset = u32::from(offset);
        let (line, start, end) = self.line_cache.get();
        if (start..end).contains(&offset) {
            return (line as i32, (offset - start) as i32);
        }
        let (line, column) = self.source.position(offset.into());
        if self.source.is_made() {
            return (line as i32, column as i32);
        }
        let start = offset - column;
        let end = if line < self.source.line_count() {
            self.source.line_start(line + 1) as u32
        } else {
            u32::MAX
        };
        self.line_cache.set((line, start, end));
        (line as i32, column as i32)
    }

    /// The location of a source range.
    pub fn range_loc(&self, range: TextRange) -> Loc {
        let (line, col) = self.position(range.start());
        let (end_line, end_col) = self.position(range.end());
        Loc {
            line,
            end_line,
            col,
            end_col,
        }
    }

    /// The location of a node.
    pub fn loc(&self, node: &impl Ranged) -> Loc {
        self.range_loc(node.range())
    }

    /// The location of a statement, decorators not included.
    pub fn stmt_loc(&self, stmt: &Stmt) -> Loc {
        match stmt {
            Stmt::FunctionDef(node) => self.definition_loc(&node.decorator_list, node.range),
            Stmt::ClassDef(node) => self.definition_loc(&node.decorator_list, node.range),
            Stmt::For(_)
            | Stmt::While(_)
            | Stmt::If(_)
            | Stmt::With(_)
            | Stmt::Match(_)
            | Stmt::Try(_) => self.block_loc(stmt.range()),
            _ => self.loc(stmt),
        }
    }

    /// The location of a definition proper.
    pub fn definition_loc(
        &self,
        decorators: &[ruff_python_ast::Decorator],
        range: TextRange,
    ) -> Loc {
        let last = decorators.last().map(Ranged::end);
        let start = crate::scope::definition_start(self.source.text(), last, range.start());
        self.block_loc(TextRange::new(start.min(range.end()), range.end()))
    }

    /// The location of a construct that ends with a block: a semicolon after the last statement belongs to it.
    pub fn block_loc(&self, range: TextRange) -> Loc {
        let mut loc = self.range_loc(range);
        let rest = self
            .source
            .text()
            .get(usize::from(range.end())..)
            .unwrap_or("");
        if let Some(at) = rest.find(|c| c != ' ' && c != '\t')
            && rest[at..].starts_with(';')
        {
            loc.end_col += at as i32 + 1;
        }
        loc
    }

    // Errors and warnings.

    /// A syntax error at a range.
    pub fn error<T>(&self, range: TextRange, msg: impl Into<String>) -> Gen<T> {
        Err(self.source.error(msg, range))
    }

    /// Records a `SyntaxWarning`.
    pub fn warn(&mut self, range: TextRange, msg: impl Into<String>) {
        let as_error = self.source.error(msg, range);
        self.warnings.push(SyntaxWarning {
            msg: as_error.msg.clone(),
            line: as_error.line,
            as_error,
        });
    }

    // Units.

    /// Opens a nested unit.
    pub fn enter(
        &mut self,
        block: BlockId,
        kind: UnitKind,
        name: &str,
        first_line: i32,
        private: Option<&Name>,
        args: ArgCounts,
    ) {
        let mut unit = new_unit(self.table, block, kind, name, first_line as u32, args);
        unit.private = private.cloned().or_else(|| self.unit.private.clone());
        let parent = std::mem::replace(&mut self.unit, unit);
        self.outer.push(parent);
        self.unit.qualname = self.qualname();
        self.prologue();
    }

    fn prologue(&mut self) {
        let first = self.unit.first_line as i32;
        let mut loc = Loc {
            line: first,
            end_line: first,
            col: 0,
            end_col: 0,
        };
        if self.unit.kind == UnitKind::Module {
            loc.line = 0;
        }
        self.op_arg(op::RESUME, resume::AT_FUNC_START, loc);
        if self.unit.kind == UnitKind::Module {
            self.op(pseudo::ANNOTATIONS_PLACEHOLDER, loc);
        }
    }

    fn qualname(&self) -> String {
        let unit = &self.unit;
        let depth = self.outer.len();
        let mut base = String::new();
        if depth > 1 {
            let mut parent = &self.outer[depth - 1];
            if parent.kind == UnitKind::Annotations {
                if depth == 2 {
                    return unit.name.clone();
                }
                parent = &self.outer[depth - 2];
            }
            let named = matches!(
                unit.kind,
                UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Class
            );
            let global = named && {
                let mangled = crate::scope::mangle(
                    parent.private.as_ref().map(Name::as_str),
                    &Name::new(&unit.name),
                );
                self.table.block(parent.block).scope(&mangled) == Scope::GlobalExplicit
            };
            if !global {
                base.push_str(&parent.qualname);
                if matches!(
                    parent.kind,
                    UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Lambda
                ) {
                    base.push_str(".<locals>");
                }
                base.push('.');
            }
        }
        base.push_str(&unit.name);
        base
    }

    /// Closes the current unit; `return_none` adds the implicit `return None`.
    pub fn leave(&mut self, return_none: bool) -> Code {
        self.finish_body(return_none);
        let parent = self.outer.pop();
        let unit = match parent {
            Some(parent) => std::mem::replace(&mut self.unit, parent),
            None => return Code::default(),
        };
        self.assemble(unit)
    }

    /// Closes the outermost unit.
    pub fn finish(mut self, return_none: bool) -> (Code, Vec<SyntaxWarning>) {
        self.finish_body(return_none);
        let empty = new_unit(
            self.table,
            BlockId::TOP,
            UnitKind::Module,
            "",
            1,
            ArgCounts::default(),
        );
        let unit = std::mem::replace(&mut self.unit, empty);
        let code = self.assemble(unit);
        (code, self.warnings)
    }

    fn finish_body(&mut self, return_none: bool) {
        if return_none {
            self.load_const(Const::None, Loc::NONE);
        }
        self.op(op::RETURN_VALUE, Loc::NONE);
    }

    fn assemble(&self, unit: Unit<'a>) -> Code {
        let block = self.table.block(unit.block);
        let mut bits = self.futures.flags;
        if block.is_function_like() {
            bits |= flags::NEWLOCALS | flags::OPTIMIZED;
            if block.nested {
                bits |= flags::NESTED;
            }
            bits |= match (block.generator, block.coroutine) {
                (true, false) => flags::GENERATOR,
                (false, true) => flags::COROUTINE,
                (true, true) => flags::ASYNC_GENERATOR,
                (false, false) => 0,
            };
            if block.varargs {
                bits |= flags::VARARGS;
            }
            if block.varkeywords {
                bits |= flags::VARKEYWORDS;
            }
            if unit.has_docstring {
                bits |= flags::HAS_DOCSTRING;
            }
            if block.method {
                bits |= flags::METHOD;
            }
        } else if block.coroutine {
            bits |= flags::COROUTINE;
        }
        let params = block.params.len();
        unit.assemble(params, bits, self.source.filename())
    }

    // Emission.

    /// Appends an instruction without argument.
    pub fn op(&mut self, op: impl Into<u16>, loc: Loc) {
        self.unit.code.push(op.into(), 0, loc);
    }

    /// Appends an instruction.
    pub fn op_arg(&mut self, op: impl Into<u16>, arg: u32, loc: Loc) {
        self.unit.code.push(op.into(), arg, loc);
    }

    /// Appends a jump or block push.
    pub fn jump(&mut self, op: impl Into<u16>, target: Label, loc: Loc) {
        self.unit.code.push_jump(op.into(), target, loc);
    }

    /// A fresh label.
    pub fn label(&mut self) -> Label {
        self.unit.code.label()
    }

    /// Puts a label here.
    pub fn place(&mut self, label: Label) {
        self.unit.code.place(label);
    }

    /// Loads a constant.
    pub fn load_const(&mut self, value: Const, loc: Loc) {
        let index = self.unit.consts.add(value);
        self.op_arg(op::LOAD_CONST, index, loc);
    }

    /// Loads a string constant.
    pub fn load_str(&mut self, text: &str, loc: Loc) {
        self.load_const(Const::Str(text.to_owned()), loc);
    }

    /// Loads an integer constant.
    pub fn load_int(&mut self, value: i64, loc: Loc) {
        self.load_const(Const::Int(value), loc);
    }

    /// Appends an instruction whose argument is an index into `co_names`, shifted left by `shift` with `low` below.
    pub fn name_op(&mut self, op: u8, name: &Name, shift: u32, low: u32, loc: Loc) {
        let index = match self.private_name(name) {
            Some(mangled) => self.unit.names.add(&mangled),
            None => self.unit.names.add(name),
        };
        self.op_arg(op, index << shift | low, loc);
    }

    /// `LOAD_ATTR` of an attribute; `method` for a call.
    pub fn load_attr(&mut self, name: &Name, method: bool, loc: Loc) {
        self.name_op(op::LOAD_ATTR, name, 1, u32::from(method), loc);
    }

    fn private_name(&self, name: &Name) -> Option<Name> {
        let private = self.unit.private.as_ref()?;
        if !name.starts_with("__") {
            return None;
        }
        Some(self.table.mangle(self.unit.block, Some(private), name))
    }

    /// The name as stored in the current unit.
    pub fn mangled(&self, name: &Name) -> Name {
        self.private_name(name).unwrap_or_else(|| name.clone())
    }

    /// Flags of a mangled name in the current unit, inlined comprehensions considered.
    pub fn symbol(&self, name: &Name) -> u32 {
        if !self.unit.overrides.is_empty()
            && let Some(&flags) = self.unit.overrides.get(name)
        {
            return flags;
        }
        self.table.block(self.unit.block).flags(name)
    }

    /// Scope of a mangled name in the current unit.
    pub fn scope_of(&self, name: &Name) -> Scope {
        Scope::of(self.symbol(name))
    }

    /// Index of a cell or free variable among both.
    pub fn deref_index(&mut self, name: &str, free: bool) -> u32 {
        if free {
            self.unit.cellvars.len() as u32 + self.unit.freevars.add(name)
        } else {
            self.unit.cellvars.add(name)
        }
    }

    /// Loads, stores or deletes a variable.
    pub fn name(&mut self, name: &Name, ctx: ExprContext, loc: Loc) {
        match self.private_name(name) {
            Some(mangled) => self.mangled_name(&mangled, ctx, loc),
            None => self.mangled_name(name, ctx, loc),
        }
    }

    /// [`Compiler::name`] for a fixed name.
    pub fn static_name(&mut self, name: &'static str, ctx: ExprContext, loc: Loc) {
        self.name(&Name::new_static(name), ctx, loc);
    }

    fn mangled_name(&mut self, name: &Name, ctx: ExprContext, loc: Loc) {
        let scope = self.scope_of(name);
        let table = self.table;
        let block = table.block(self.unit.block);
        let function_like = block.is_function_like();
        let access = match scope {
            Scope::Free | Scope::Cell => Access::Deref,
            Scope::Local if function_like => Access::Fast,
            Scope::Local if self.unit.fast_hidden.get(name) == Some(&true) => Access::Fast,
            Scope::GlobalImplicit if function_like => Access::Global,
            Scope::GlobalExplicit => Access::Global,
            _ => Access::Name,
        };
        match access {
            Access::Fast => {
                let index = self.unit.varnames.add(name);
                let op = pick(ctx, op::LOAD_FAST, op::STORE_FAST, op::DELETE_FAST);
                self.op_arg(op, index, loc);
            }
            Access::Deref => {
                let index = self.deref_index(name, scope == Scope::Free);
                let mut op = pick(ctx, op::LOAD_DEREF, op::STORE_DEREF, op::DELETE_DEREF);
                if op == op::LOAD_DEREF {
                    if block.kind == BlockKind::Class && self.unit.inlined_depth == 0 {
                        op = op::LOAD_FROM_DICT_OR_DEREF;
                        self.op(op::LOAD_LOCALS, loc);
                    } else if block.can_see_class_scope {
                        op = op::LOAD_FROM_DICT_OR_DEREF;
                        self.load_classdict(loc);
                    }
                }
                self.op_arg(op, index, loc);
            }
            Access::Global => {
                let index = self.unit.names.add(name);
                match ctx {
                    ExprContext::Store => self.op_arg(op::STORE_GLOBAL, index, loc),
                    ExprContext::Del => self.op_arg(op::DELETE_GLOBAL, index, loc),
                    _ if block.can_see_class_scope && scope == Scope::GlobalImplicit => {
                        self.load_classdict(loc);
                        self.op_arg(op::LOAD_FROM_DICT_OR_GLOBALS, index, loc);
                    }
                    _ => self.op_arg(op::LOAD_GLOBAL, index << 1, loc),
                }
            }
            Access::Name => {
                let index = self.unit.names.add(name);
                let op = pick(ctx, op::LOAD_NAME, op::STORE_NAME, op::DELETE_NAME);
                if op == op::LOAD_NAME
                    && block.kind == BlockKind::Class
                    && self.unit.inlined_depth > 0
                {
                    self.op_arg(op::LOAD_GLOBAL, index << 1, loc);
                } else {
                    self.op_arg(op, index, loc);
                }
            }
        }
    }

    fn load_classdict(&mut self, loc: Loc) {
        let index = self.deref_index("__classdict__", true);
        self.op_arg(op::LOAD_DEREF, index, loc);
    }

    /// Whether a name of the module was bound by an import.
    pub fn is_imported(&self, name: &Name) -> bool {
        let module = self.outer.first().unwrap_or(&self.unit);
        let flags = match module.overrides.get(name) {
            Some(&flags) => flags,
            None => self.table.top().flags(name),
        };
        flags & def::IMPORT != 0
    }

    // Frame blocks.

    /// Opens a frame block.
    pub fn push_block(&mut self, task: BlockTask<'a>, start: Label, exit: Label, loc: Loc) {
        self.unit.blocks.push(FrameBlock {
            task,
            start,
            exit,
            loc,
        });
    }

    /// Closes the innermost frame block.
    pub fn pop_block(&mut self) {
        self.unit.blocks.pop();
    }

    /// Generates into a separate sequence that runs where the module starts.
    pub fn begin_annotation_setup(&mut self) -> Sequence {
        std::mem::take(&mut self.unit.code)
    }

    /// Ends [`Compiler::begin_annotation_setup`], which returned `main`.
    pub fn end_annotation_setup(&mut self, main: Sequence) {
        let setup = std::mem::replace(&mut self.unit.code, main);
        self.unit.code.annotations = Some(Box::new(setup));
    }
}

fn pick(ctx: ExprContext, load: u8, store: u8, delete: u8) -> u8 {
    match ctx {
        ExprContext::Store => store,
        ExprContext::Del => delete,
        ExprContext::Load | ExprContext::Invalid => load,
    }
}

fn new_unit<'a>(
    table: &SymbolTable,
    id: BlockId,
    kind: UnitKind,
    name: &str,
    first_line: u32,
    args: ArgCounts,
) -> Unit<'a> {
    let block = table.block(id);
    let fill = |names: &[Name]| {
        let mut table = NameTable::default();
        for name in names {
            table.add(name);
        }
        table
    };
    Unit {
        block: id,
        kind,
        name: name.to_owned(),
        qualname: String::new(),
        private: None,
        first_line,
        has_docstring: false,
        arg_count: args.positional,
        posonly_count: args.posonly,
        kwonly_count: args.kwonly,
        names: NameTable::default(),
        varnames: fill(&block.params),
        cellvars: fill(&block.cellvars()),
        freevars: fill(&block.freevars()),
        consts: ConstTable::default(),
        code: Sequence::default(),
        blocks: Vec::new(),
        static_attributes: Vec::new(),
        deferred: Vec::new(),
        conditional_depth: 0,
        next_conditional: 0,
        inlined_depth: 0,
        fast_hidden: QuickMap::default(),
        overrides: QuickMap::default(),
    }
}
