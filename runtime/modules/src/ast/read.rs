//! From node objects to trees of plain nodes, with the complaints about objects that do not fit the grammar.

use super::classes::{Nodes, nodes};
use pyjit_compile::astdump::schema::{Count, Field, GROUPS, Group, Kind, Located};
use pyjit_compile::astdump::{AstNode, Item, Position};
use pyjit_core::prelude::*;
use pyjit_isa::code::Const;

/// The tree of a node object that must be of the class that a mode of `compile` asks for.
pub fn read_tree(vm: &Vm, object: Value, mode: &str) -> PyResult<AstNode> {
    let kind = match mode {
        "exec" => Kind::Module,
        "eval" => Kind::Expression,
        _ => Kind::Interactive,
    };
    let r = Reader {
        vm,
        nodes: nodes(vm)?,
    };
    let class = r.nodes.classes.get(kind as usize).map(|c| c.value());
    if !class.is_some_and(|c| vm.isinstance(object, c).unwrap_or(false)) {
        return Err(vm.type_error(format!(
            "expected {} node, got {}",
            kind.row().1.name,
            object.class().short_name()
        )));
    }
    r.fields(object, kind, None)
}

struct Reader<'a> {
    vm: &'a Vm,
    nodes: &'a Nodes,
}

impl Reader<'_> {
    fn attribute(&self, object: Value, name: Value) -> PyResult<Option<Owned>> {
        self.vm.getattr_opt(object, name)
    }

    /// The fields of a node of a known class.
    fn fields(
        &self,
        object: Value,
        kind: Kind,
        position: Option<Position>,
    ) -> PyResult<AstNode> {
        let (_, row) = kind.row();
        let empty = Vec::new();
        let names = self.nodes.fields.get(kind as usize).unwrap_or(&empty);
        let mut fields = Vec::with_capacity(names.len());
        for (f, name) in row.fields().zip(names) {
            let v = self.attribute(object, name.value())?;
            fields.push(self.field(v, f, row.name)?);
        }
        Ok(AstNode {
            kind,
            position,
            fields,
        })
    }

    fn field(&self, v: Option<Owned>, f: Field, owner: &str) -> PyResult<Item> {
        let vm = self.vm;
        match f.count {
            Count::Many | Count::ManyOptional => {
                let Some(v) = v else {
                    return Ok(Item::List(vec![]));
                };
                let Some(list) = v.cast::<PyList>() else {
                    return Err(vm.type_error(format!(
                        "{owner} field \"{}\" must be a list, not a {}",
                        f.name,
                        v.class().name_str()
                    )));
                };
                let mut out = Vec::new();
                for x in list.snapshot() {
                    out.push(self.value(x.value(), f.ty)?);
                }
                Ok(Item::List(out))
            }
            Count::Optional => match v {
                Some(v) if !v.is_none() => self.value(v.value(), f.ty),
                _ => Ok(Item::None),
            },
            Count::One => {
                let Some(v) = v else {
                    return Err(vm.type_error(format!(
                        "required field \"{}\" missing from {owner}",
                        f.name
                    )));
                };
                let item = self.value(v.value(), f.ty)?;
                if item.is_none() {
                    return Err(vm.value_error(format!(
                        "field '{}' is required for {owner}",
                        f.name
                    )));
                }
                Ok(item)
            }
        }
    }

    fn value(&self, v: Value, ty: &str) -> PyResult<Item> {
        let vm = self.vm;
        match ty {
            "constant" => return Ok(Item::Const(constant(vm, v)?)),
            "int" => {
                return match vm.to_i64(v) {
                    Ok(i) if v.as_i64().is_some() => Ok(Item::Int(i)),
                    _ => Err(self.bad_int(v)?),
                };
            }
            _ if v.is_none() => return Ok(Item::None),
            "identifier" | "string" => {
                return match v.cast_exact::<PyStr>() {
                    Some(s) => Ok(Item::Str(s.to_lossy())),
                    None => Err(vm.type_error(format!("AST {ty} must be of type str"))),
                };
            }
            _ => {}
        }
        vm.check_native_stack().map_err(|_| {
            vm.error(
                vm.exc.RecursionError,
                "maximum recursion depth exceeded during ast construction",
            )
        })?;
        match GROUPS.iter().find(|g| g.name == ty) {
            Some(g) => Ok(Item::Node(self.node(v, g)?)),
            None => Err(vm.runtime_error(format!("the grammar has no {ty}"))),
        }
    }

    fn node(&self, v: Value, group: &Group) -> PyResult<AstNode> {
        if !group.is_sum {
            let kind = group.rows.first().map_or(Kind::Arguments, |r| r.kind);
            let mut node = self.fields(v, kind, None)?;
            node.position = self.position(v, group)?;
            return Ok(node);
        }
        let position = self.position(v, group)?;
        for row in group.rows {
            let Some(class) = self.nodes.classes.get(row.kind as usize) else {
                continue;
            };
            if self.vm.isinstance(v, class.value())? {
                return self.fields(v, row.kind, position);
            }
        }
        let shown = self.vm.repr_text(v)?;
        Err(self.vm.type_error(format!(
            "expected some sort of {}, but got {shown}",
            group.name
        )))
    }

    fn bad_int(&self, v: Value) -> PyResult<Raised> {
        let shown = self.vm.repr_text(v)?;
        Ok(self
            .vm
            .value_error(format!("invalid integer value: {shown}")))
    }

    fn position(&self, v: Value, group: &Group) -> PyResult<Option<Position>> {
        let vm = self.vm;
        if group.located == Located::No {
            return Ok(None);
        }
        let mut at = [0i64; 4];
        for (i, name) in self.nodes.place.iter().enumerate() {
            let optional = i >= 2 && group.located == Located::EndOptional;
            let given = self.attribute(v, name.value())?;
            match given.filter(|x| !(optional && x.is_none())) {
                Some(x) => match x.as_i64() {
                    Some(n) => at[i] = n,
                    None => return Err(self.bad_int(x.value())?),
                },
                None if optional => at[i] = at[i - 2],
                None => {
                    return Err(vm.type_error(format!(
                        "required field \"{}\" missing from {}",
                        text_of(name.value()),
                        group.name
                    )));
                }
            }
        }
        let [line, column, end_line, end_column] = at;
        if line > end_line {
            return Err(vm.value_error(format!(
                "AST node line range ({line}, {end_line}) is not valid"
            )));
        }
        if line < 0 && end_line != line || column < 0 && column != end_column {
            return Err(vm.value_error(format!(
                "AST node column range ({column}, {end_column}) for line range ({line}, {end_line}) is not valid"
            )));
        }
        if line == end_line && column > end_column {
            return Err(vm.value_error(format!(
                "line {line}, column {column}-{end_column} is not a valid range"
            )));
        }
        Ok(Some(at.map(|n| u32::try_from(n).unwrap_or(0))))
    }
}

/// The value of a `Constant`.
fn constant(vm: &Vm, v: Value) -> PyResult<Const> {
    vm.check_native_stack()?;
    let items = |values: &[Value]| -> PyResult<Vec<Const>> {
        values.iter().map(|x| constant(vm, *x)).collect()
    };
    Ok(match v {
        Value::NONE => Const::None,
        Value::TRUE => Const::True,
        Value::FALSE => Const::False,
        Value::ELLIPSIS => Const::Ellipsis,
        _ if v.class().same(PyInt::class_ref()) => match v.as_i64() {
            Some(i) => Const::Int(i),
            None => Const::BigInt(vm.str_text(v)?),
        },
        _ if v.class().same(<PyFloat as Payload>::class()) => {
            Const::Float(v.as_float().unwrap_or(0.0))
        }
        _ if v.is_exact::<PyComplex>() => {
            let part = |name: &str| -> PyResult<f64> {
                let x = vm.getattr_str(v, name)?;
                vm.to_f64(x.value())
            };
            Const::Complex(part("real")?, part("imag")?)
        }
        _ if v.is_exact::<PyStr>() => string(v),
        _ if v.is_exact::<PyBytes>() => Const::Bytes(vm.bytes_of(v)?),
        _ if v.is_exact::<PyTuple>() => Const::Tuple(items(vm.tuple_items(v))?),
        _ if v.is_exact::<PyFrozenSet>() => {
            let list = vm.iterate_to_vec(v)?;
            let values: Vec<Value> = list.iter().map(|x| x.value()).collect();
            Const::FrozenSet(items(&values)?)
        }
        _ => {
            return Err(vm.type_error(format!(
                "got an invalid type in Constant: {}",
                v.class().name_str()
            )));
        }
    })
}

/// A string constant; lone surrogates have a form of their own.
fn string(v: Value) -> Const {
    let Some(s) = v.cast::<PyStr>() else {
        return Const::None;
    };
    match s.to_utf8() {
        Some(text) => Const::Str(text),
        None => Const::Surrogates(s.text().to_codes()),
    }
}
