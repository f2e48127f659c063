//! The second half of the symbol table: from the recorded facts, decide for every name of every block whether it is
//! local, a cell, free or global, and merge inlined comprehensions (PEP 709) into the block around them.

use std::collections::HashMap;

use ruff_python_ast::name::Name;

use crate::errors::ErrorKind;

use super::{BlockId, BlockKind, Comprehension, NameSet, Scope, ScopeError, SymbolTable, def};

/// Names a class body offers to the blocks in it without binding them itself.
const CLASS_CELLS: [&str; 3] = ["__class__", "__classdict__", "__conditional_annotations__"];

/// What a block sees of the blocks around it.
#[derive(Clone, Default)]
struct Outer {
    /// Names bound by enclosing functions; `None` at the top, where `nonlocal` is an error of its own.
    bound: Option<NameSet>,
    /// Names some enclosing block declared global.
    global: NameSet,
    /// Those of `bound` that are type parameters.
    type_params: NameSet,
}

/// Decides the scopes of a whole program.
pub(super) fn analyze(table: &mut SymbolTable) -> Result<(), ScopeError> {
    analyze_block(table, BlockId::TOP, Outer::default(), None).map(|_| ())
}

/// Analyzes a block and what is nested in it; returns the names free in it.
fn analyze_block(
    table: &mut SymbolTable,
    id: BlockId,
    outer: Outer,
    class_entry: Option<BlockId>,
) -> Result<NameSet, ScopeError> {
    stacker::maybe_grow(128 * 1024, 1024 * 1024, || {
        analyze_block_inner(table, id, outer, class_entry)
    })
}

fn analyze_block_inner(
    table: &mut SymbolTable,
    id: BlockId,
    mut outer: Outer,
    class_entry: Option<BlockId>,
) -> Result<NameSet, ScopeError> {
    let is_class = table.block(id).kind == BlockKind::Class;
    let function_like = table.block(id).is_function_like();

    // A class's own names are invisible to the functions in it, so what those see is taken before the class is looked at.
    let mut inner = Outer::default();
    if is_class {
        inner.global = outer.global.clone();
        inner.bound = Some(outer.bound.clone().unwrap_or_default());
    }

    let mut scopes = Scopes::default();
    let mut local = NameSet::new();
    let mut own_free = NameSet::new();
    let mut free = NameSet::new();
    let entries: Vec<(Name, u32)> = table
        .block(id)
        .symbols
        .iter()
        .map(|(name, flags)| (name.clone(), flags))
        .collect();
    for (name, flags) in entries {
        let scope = name_scope(
            table,
            id,
            &name,
            flags,
            &mut outer,
            &mut local,
            &mut own_free,
            class_entry,
        )?;
        scopes.insert(name, scope);
    }

    let can_see_class_scope = table.block(id).can_see_class_scope;
    let children = std::mem::take(&mut table.at(id).children);
    if children.is_empty() {
        // Nothing below: skip making the sets.
    } else if is_class {
        if let Some(bound) = &mut inner.bound {
            bound.extend(CLASS_CELLS.map(Name::new_static));
        }
    } else {
        let mut bound = outer.bound.clone().unwrap_or_default();
        if function_like {
            bound.extend(local.iter().cloned());
        }
        inner.bound = Some(bound);
        inner.global = outer.global.clone();
    }
    inner.type_params = outer.type_params;

    let mut inlined_cells = NameSet::new();
    let mut kept = Vec::with_capacity(children.len());
    for child in children {
        let entry = table.block(child);
        let entry_class = match (entry.can_see_class_scope, is_class) {
            (true, true) => Some(id),
            (true, false) => class_entry,
            (false, _) => None,
        };
        let inline = !matches!(
            entry.comprehension,
            Comprehension::No | Comprehension::Generator
        ) && !can_see_class_scope;
        let mut child_free = analyze_block(table, child, inner.clone(), entry_class)?;
        if inline {
            inline_comprehension(
                table,
                id,
                child,
                &mut scopes,
                &mut child_free,
                &mut inlined_cells,
            );
            table.at(child).comp_inlined = true;
            kept.extend_from_slice(&table.block(child).children);
        } else {
            kept.push(child);
        }
        free.extend(child_free);
    }
    table.at(id).children = kept;

    if function_like {
        for (name, scope) in &mut scopes {
            if *scope == Scope::Local && (free.contains(name) || inlined_cells.contains(name)) {
                *scope = Scope::Cell;
                free.remove(name);
            }
        }
    } else if is_class {
        let block = table.at(id);
        block.needs_class_closure |= free.remove("__class__");
        block.needs_classdict |= free.remove("__classdict__");
        block.has_conditional_annotations |= free.remove("__conditional_annotations__");
    }
    record(
        table,
        id,
        &scopes,
        &outer.bound,
        &free,
        &inlined_cells,
        is_class || can_see_class_scope,
    );
    free.extend(own_free);
    Ok(free)
}

type Scopes = HashMap<Name, Scope>;

#[expect(
    clippy::too_many_arguments,
    reason = "the sets are the state of one block's analysis"
)]
fn name_scope(
    table: &SymbolTable,
    id: BlockId,
    name: &Name,
    flags: u32,
    outer: &mut Outer,
    local: &mut NameSet,
    free: &mut NameSet,
    class_entry: Option<BlockId>,
) -> Result<Scope, ScopeError> {
    if flags & def::GLOBAL != 0 {
        if flags & def::NONLOCAL != 0 {
            return Err(at_directive(
                table,
                id,
                name,
                format!("name '{name}' is nonlocal and global"),
            ));
        }
        outer.global.insert(name.clone());
        if let Some(bound) = &mut outer.bound {
            bound.remove(name);
        }
        return Ok(Scope::GlobalExplicit);
    }
    if flags & def::NONLOCAL != 0 {
        let problem = match &outer.bound {
            None => "nonlocal declaration not allowed at module level".to_string(),
            Some(bound) if !bound.contains(name) => {
                format!("no binding for nonlocal '{name}' found")
            }
            Some(_) if outer.type_params.contains(name) => {
                format!("nonlocal binding not allowed for type parameter '{name}'")
            }
            Some(_) => {
                free.insert(name.clone());
                return Ok(Scope::Free);
            }
        };
        return Err(at_directive(table, id, name, problem));
    }
    if flags & def::BOUND != 0 {
        local.insert(name.clone());
        outer.global.remove(name);
        if flags & def::TYPE_PARAM != 0 {
            outer.type_params.insert(name.clone());
        } else {
            outer.type_params.remove(name);
        }
        return Ok(Scope::Local);
    }
    // A name bound by the class whose namespace this block consults is looked up there at run time and, failing that,
    // among the globals: never in a function around the class.
    if let Some(class) = class_entry {
        let class_flags = table.block(class).flags(name);
        if class_flags & def::GLOBAL != 0 {
            return Ok(Scope::GlobalExplicit);
        }
        if class_flags & def::BOUND != 0 && class_flags & def::NONLOCAL == 0 {
            return Ok(Scope::GlobalImplicit);
        }
    }
    if outer
        .bound
        .as_ref()
        .is_some_and(|bound| bound.contains(name))
    {
        free.insert(name.clone());
        return Ok(Scope::Free);
    }
    Ok(Scope::GlobalImplicit)
}

fn at_directive(table: &SymbolTable, id: BlockId, name: &Name, message: String) -> ScopeError {
    let block = table.block(id);
    let range = block
        .directives
        .iter()
        .find(|(known, _)| known == name)
        .map_or(block.range, |&(_, range)| range);
    ScopeError {
        kind: ErrorKind::Syntax,
        message,
        range,
    }
}

/// Merges the names of a comprehension that will be compiled into `into`.
fn inline_comprehension(
    table: &mut SymbolTable,
    into: BlockId,
    comp: BlockId,
    scopes: &mut Scopes,
    comp_free: &mut NameSet,
    inlined_cells: &mut NameSet,
) {
    let is_class = table.block(into).kind == BlockKind::Class;
    let names: Vec<(Name, u32)> = table
        .block(comp)
        .symbols
        .iter()
        .map(|(name, flags)| (name.clone(), flags))
        .collect();
    for (name, flags) in names {
        // The implicit argument disappears with the call.
        if flags & def::PARAM != 0 {
            continue;
        }
        let mut scope = Scope::of(flags);
        let facts = flags & def::FACTS;
        if scope == Scope::Cell || facts & def::COMP_CELL != 0 {
            inlined_cells.insert(name.clone());
        }
        // In the class body itself these are not the cells methods see.
        if scope == Scope::Free && is_class && CLASS_CELLS.contains(&name.as_str()) {
            scope = Scope::GlobalImplicit;
            // Unless a function inside the comprehension means the cell.
            let captured = table
                .block(comp)
                .children
                .iter()
                .any(|&child| table.block(child).scope(&name) == Scope::Free);
            if !captured {
                comp_free.remove(&name);
                table.at(comp).symbols.remove(&name);
            }
        }
        match table.block(into).symbols.get(&name) {
            None => {
                table.at(into).symbols.set(&name, facts);
                scopes.insert(name, scope);
            }
            Some(existing) => {
                if scope == Scope::Free && !is_class {
                    let used = existing | facts & def::USE;
                    table.at(into).symbols.set(&name, used);
                }
                // Free in the comprehension, bound here: once inlined it is the same local, unless a block inside the
                // comprehension closes over it.
                if existing & def::BOUND != 0 && !is_class {
                    let captured = table
                        .block(comp)
                        .children
                        .iter()
                        .any(|&child| table.block(child).scope(&name) == Scope::Free);
                    if !captured {
                        comp_free.remove(&name);
                    }
                }
            }
        }
    }
}

/// Writes the scopes into the block's symbols and adds the free names that only pass through it.
fn record(
    table: &mut SymbolTable,
    id: BlockId,
    scopes: &Scopes,
    bound: &Option<NameSet>,
    free: &NameSet,
    inlined_cells: &NameSet,
    sees_class: bool,
) {
    let symbols = &mut table.at(id).symbols;
    for (name, flags) in symbols.iter_mut() {
        if inlined_cells.contains(name) {
            *flags |= def::COMP_CELL;
        }
        let scope = scopes.get(name).copied().unwrap_or(Scope::Unknown);
        *flags |= (scope as u32) << def::SCOPE_SHIFT;
    }
    let mut free: Vec<&Name> = free.iter().collect();
    free.sort();
    for name in free {
        if let Some(flags) = symbols.get(name) {
            // A method's free variable with the name of something in the class body: both must be reachable.
            if sees_class {
                symbols.set(name, flags | def::FREE_CLASS);
            }
        } else if bound.as_ref().is_none_or(|bound| bound.contains(name)) {
            symbols.set(name, (Scope::Free as u32) << def::SCOPE_SHIFT);
        }
    }
}
