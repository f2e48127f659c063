//! The rules for trees made by hand that the grammar's types do not express: no empty bodies, contexts that fit, patterns
//! that match.

use super::emit::field;
use super::node::{AstNode, Item};
use super::schema::Kind;
use pyjit_isa::code::Const;

/// What is wrong with a tree.
#[derive(Clone, Debug)]
pub struct Fault {
    /// `TypeError` rather than `ValueError`.
    pub is_type: bool,
    pub msg: String,
}
type Check = Result<(), Fault>;

fn value(msg: impl Into<String>) -> Check {
    Err(Fault {
        is_type: false,
        msg: msg.into(),
    })
}
fn wrong_type(msg: impl Into<String>) -> Check {
    Err(Fault {
        is_type: true,
        msg: msg.into(),
    })
}

/// Checks a program's tree.
pub fn check(root: &AstNode) -> Result<(), Fault> {
    match root.kind {
        Kind::Expression => expr(field(root, 0), Kind::Load),
        _ => stmts(field(root, 0)),
    }
}

fn stmts(list: &Item) -> Check {
    for s in list.list() {
        match s.node() {
            Some(n) => stacker::maybe_grow(64 * 1024, 1024 * 1024, || stmt(n))?,
            None => return value("None disallowed in statement list"),
        }
    }
    Ok(())
}
fn filled(list: &Item, what: &str, owner: &AstNode) -> Check {
    if list.list().is_empty() {
        return value(format!("empty {what} on {}", owner.kind.row().1.name));
    }
    Ok(())
}
fn body(list: &Item, owner: &AstNode) -> Check {
    filled(list, "body", owner)?;
    stmts(list)
}
fn exprs(list: &Item, ctx: Kind) -> Check {
    for e in list.list() {
        if e.is_none() {
            return value("None disallowed in expression list");
        }
        expr(e, ctx)?;
    }
    Ok(())
}
/// An expression that may be missing.
fn expr(e: &Item, ctx: Kind) -> Check {
    match e.node() {
        Some(n) => stacker::maybe_grow(64 * 1024, 1024 * 1024, || inside(n, ctx)),
        None => Ok(()),
    }
}
fn load(e: &Item) -> Check {
    expr(e, Kind::Load)
}
fn assigned(list: &Item, owner: &AstNode, ctx: Kind) -> Check {
    filled(list, "targets", owner)?;
    exprs(list, ctx)
}
fn name(id: &Item) -> Check {
    match id.text() {
        Some(n @ ("None" | "True" | "False")) => {
            value(format!("identifier field can't represent '{n}' constant"))
        }
        _ => Ok(()),
    }
}

fn stmt(n: &AstNode) -> Check {
    let f = |i| field(n, i);
    match n.kind {
        Kind::FunctionDef | Kind::AsyncFunctionDef => {
            body(f(2), n)?;
            type_params(f(6))?;
            arguments(f(1))?;
            exprs(f(3), Kind::Load)?;
            load(f(4))
        }
        Kind::ClassDef => {
            body(f(3), n)?;
            type_params(f(5))?;
            exprs(f(1), Kind::Load)?;
            keywords(f(2))?;
            exprs(f(4), Kind::Load)
        }
        Kind::Return | Kind::Expr => load(f(0)),
        Kind::Delete => assigned(f(0), n, Kind::Del),
        Kind::Assign => {
            assigned(f(0), n, Kind::Store)?;
            load(f(1))
        }
        Kind::AugAssign => {
            expr(f(0), Kind::Store)?;
            load(f(2))
        }
        Kind::AnnAssign => {
            if f(3).int() != 0 && f(0).node().is_some_and(|t| t.kind != Kind::Name) {
                return wrong_type("AnnAssign with simple non-Name target");
            }
            expr(f(0), Kind::Store)?;
            load(f(2))?;
            load(f(1))
        }
        Kind::TypeAlias => {
            if f(0).node().is_some_and(|t| t.kind != Kind::Name) {
                return wrong_type("TypeAlias with non-Name name");
            }
            expr(f(0), Kind::Store)?;
            type_params(f(1))?;
            load(f(2))
        }
        Kind::For | Kind::AsyncFor => {
            expr(f(0), Kind::Store)?;
            load(f(1))?;
            body(f(2), n)?;
            stmts(f(3))
        }
        Kind::While | Kind::If => {
            load(f(0))?;
            body(f(1), n)?;
            stmts(f(2))
        }
        Kind::With | Kind::AsyncWith => {
            filled(f(0), "items", n)?;
            for i in f(0).list().iter().filter_map(Item::node) {
                load(field(i, 0))?;
                expr(field(i, 1), Kind::Store)?;
            }
            body(f(1), n)
        }
        Kind::Match => {
            load(f(0))?;
            filled(f(1), "cases", n)?;
            for c in f(1).list().iter().filter_map(Item::node) {
                pattern(field(c, 0), false)?;
                load(field(c, 1))?;
                body(field(c, 2), c)?;
            }
            Ok(())
        }
        Kind::Raise if f(0).is_none() && !f(1).is_none() => {
            value("Raise with cause but no exception")
        }
        Kind::Raise | Kind::Assert => {
            load(f(0))?;
            load(f(1))
        }
        Kind::Try | Kind::TryStar => {
            let name = n.kind.row().1.name;
            body(f(0), n)?;
            if f(1).list().is_empty() && f(3).list().is_empty() {
                return value(format!("{name} has neither except handlers nor finalbody"));
            }
            if f(1).list().is_empty() && !f(2).list().is_empty() {
                return value(format!("{name} has orelse but no except handlers"));
            }
            for h in f(1).list().iter().filter_map(Item::node) {
                load(field(h, 0))?;
                body(field(h, 2), h)?;
            }
            stmts(f(3))?;
            stmts(f(2))
        }
        Kind::Import => filled(f(0), "names", n),
        Kind::ImportFrom => {
            if f(2).int() < 0 {
                return value("Negative ImportFrom level");
            }
            filled(f(1), "names", n)
        }
        Kind::Global | Kind::Nonlocal => filled(f(0), "names", n),
        _ => Ok(()),
    }
}

fn keywords(list: &Item) -> Check {
    for k in list.list().iter().filter_map(Item::node) {
        load(field(k, 1))?;
    }
    Ok(())
}
fn parameters(list: &Item) -> Check {
    for p in list.list().iter().filter_map(Item::node) {
        name(field(p, 0))?;
        load(field(p, 1))?;
    }
    Ok(())
}
fn arguments(item: &Item) -> Check {
    let Some(a) = item.node() else {
        return Ok(());
    };
    let f = |i| field(a, i);
    for list in [f(0), f(1), f(3)] {
        parameters(list)?;
    }
    for single in [f(2), f(5)] {
        if let Some(p) = single.node() {
            load(field(p, 1))?;
        }
    }
    if f(6).list().len() > f(0).list().len() + f(1).list().len() {
        return value("more positional defaults than args on arguments");
    }
    if f(4).list().len() != f(3).list().len() {
        return value("length of kwonlyargs is not the same as kw_defaults on arguments");
    }
    exprs(f(6), Kind::Load)?;
    f(4).list().iter().try_for_each(load)
}
fn type_params(list: &Item) -> Check {
    for p in list.list().iter().filter_map(Item::node) {
        name(field(p, 0))?;
        load(field(p, 1))?;
        load(field(p, 2))?;
    }
    Ok(())
}
fn generators(list: &Item) -> Check {
    if list.list().is_empty() {
        return value("comprehension with no generators");
    }
    for g in list.list().iter().filter_map(Item::node) {
        expr(field(g, 0), Kind::Store)?;
        load(field(g, 1))?;
        exprs(field(g, 2), Kind::Load)?;
    }
    Ok(())
}

fn inside(n: &AstNode, ctx: Kind) -> Check {
    let f = |i| field(n, i);
    let own = match n.kind {
        Kind::Attribute | Kind::Subscript => Some(2),
        Kind::Starred | Kind::Name | Kind::List | Kind::Tuple => Some(1),
        _ => None,
    };
    let actual = own.and_then(|i| f(i).node()).map_or(Kind::Load, |c| c.kind);
    if n.kind == Kind::Name {
        name(f(0))?;
    }
    if own.is_none() && ctx != Kind::Load {
        return value(format!(
            "expression which can't be assigned to in {} context",
            ctx.row().1.name
        ));
    }
    if actual != ctx {
        return value(format!(
            "expression must have {} context but has {} instead",
            ctx.row().1.name,
            actual.row().1.name
        ));
    }
    match n.kind {
        Kind::BoolOp => {
            if f(1).list().len() < 2 {
                return value("BoolOp with less than 2 values");
            }
            exprs(f(1), Kind::Load)
        }
        Kind::BinOp => {
            load(f(0))?;
            load(f(2))
        }
        Kind::UnaryOp => load(f(1)),
        Kind::Lambda => {
            arguments(f(0))?;
            load(f(1))
        }
        Kind::IfExp | Kind::Slice => [f(0), f(1), f(2)].into_iter().try_for_each(load),
        Kind::Dict => {
            if f(0).list().len() != f(1).list().len() {
                return value("Dict doesn't have the same number of keys as values");
            }
            f(0).list().iter().try_for_each(load)?;
            exprs(f(1), Kind::Load)
        }
        Kind::Set | Kind::JoinedStr | Kind::TemplateStr => exprs(f(0), Kind::Load),
        Kind::ListComp | Kind::SetComp | Kind::GeneratorExp => {
            generators(f(1))?;
            load(f(0))
        }
        Kind::DictComp => {
            generators(f(2))?;
            load(f(0))?;
            load(f(1))
        }
        Kind::Compare => {
            if f(2).list().is_empty() {
                return value("Compare with no comparators");
            }
            if f(2).list().len() != f(1).list().len() {
                return value("Compare has a different number of comparators and operands");
            }
            exprs(f(2), Kind::Load)?;
            load(f(0))
        }
        Kind::Call => {
            load(f(0))?;
            exprs(f(1), Kind::Load)?;
            keywords(f(2))
        }
        Kind::FormattedValue => {
            load(f(0))?;
            load(f(2))
        }
        Kind::Interpolation => {
            load(f(0))?;
            load(f(3))
        }
        Kind::Subscript => {
            load(f(1))?;
            load(f(0))
        }
        Kind::Starred => expr(f(0), ctx),
        Kind::List | Kind::Tuple => exprs(f(0), ctx),
        Kind::NamedExpr => {
            if f(0).node().is_some_and(|t| t.kind != Kind::Name) {
                return wrong_type("NamedExpr target must be a Name");
            }
            load(f(1))
        }
        Kind::Attribute | Kind::Await | Kind::Yield | Kind::YieldFrom => load(f(0)),
        _ => Ok(()),
    }
}

/// A number, possibly negative, or a complex one written as a sum.
fn number(n: &AstNode, imaginary: bool) -> bool {
    match n.kind {
        Kind::Constant => match field(n, 0) {
            Item::Const(Const::Complex(..)) => imaginary,
            Item::Const(Const::Int(_) | Const::BigInt(_) | Const::Float(_)) => true,
            _ => false,
        },
        Kind::UnaryOp => {
            field(n, 0).node().is_some_and(|o| o.kind == Kind::USub)
                && field(n, 1)
                    .node()
                    .is_some_and(|x| x.kind == Kind::Constant && number(x, imaginary))
        }
        _ => false,
    }
}

fn pattern_value(item: &Item) -> Check {
    let Some(n) = item.node() else {
        return Ok(());
    };
    load(item)?;
    let good = match n.kind {
        Kind::Constant => !matches!(
            field(n, 0),
            Item::Const(
                Const::None
                    | Const::True
                    | Const::False
                    | Const::Ellipsis
                    | Const::Tuple(_)
                    | Const::FrozenSet(_)
            )
        ),
        Kind::UnaryOp => number(n, true),
        Kind::Attribute | Kind::JoinedStr | Kind::TemplateStr => true,
        Kind::BinOp => {
            let sum = field(n, 1)
                .node()
                .is_some_and(|o| matches!(o.kind, Kind::Add | Kind::Sub));
            let left = field(n, 0).node().is_some_and(|l| number(l, false));
            let right = field(n, 2)
                .node()
                .is_some_and(|r| matches!(field(r, 0), Item::Const(Const::Complex(..))));
            sum && left && right
        }
        _ => false,
    };
    if good {
        return Ok(());
    }
    value("patterns may only match literals and attribute lookups")
}

fn capture(id: &Item) -> Check {
    if id.text() == Some("_") {
        return value("can't capture name '_' in patterns");
    }
    name(id)
}

fn patterns(list: &Item, star: bool) -> Check {
    list.list().iter().try_for_each(|p| pattern(p, star))
}

fn pattern(item: &Item, star: bool) -> Check {
    let Some(n) = item.node() else {
        return Ok(());
    };
    let f = |i| field(n, i);
    match n.kind {
        Kind::MatchValue => pattern_value(f(0)),
        Kind::MatchSingleton => match f(0) {
            Item::Const(Const::None | Const::True | Const::False) => Ok(()),
            _ => value("MatchSingleton can only contain True, False and None"),
        },
        Kind::MatchSequence => patterns(f(0), true),
        Kind::MatchMapping => {
            if f(0).list().len() != f(1).list().len() {
                return value("MatchMapping doesn't have the same number of keys as patterns");
            }
            capture(f(2))?;
            for k in f(0).list() {
                let single = k.node().is_some_and(|k| {
                    matches!(
                        field(k, 0),
                        Item::Const(Const::None | Const::True | Const::False)
                    )
                });
                if !single {
                    pattern_value(k)?;
                }
            }
            patterns(f(1), false)
        }
        Kind::MatchClass => {
            if f(2).list().len() != f(3).list().len() {
                return value(
                    "MatchClass doesn't have the same number of keyword attributes as patterns",
                );
            }
            load(f(0))?;
            let mut class = f(0).node();
            while let Some(c) = class.filter(|c| c.kind == Kind::Attribute) {
                class = field(c, 0).node();
            }
            if class.is_some_and(|c| c.kind != Kind::Name) {
                return value("MatchClass cls field can only contain Name or Attribute nodes.");
            }
            patterns(f(1), false)?;
            patterns(f(3), false)
        }
        Kind::MatchStar if !star => value("can't use MatchStar here"),
        Kind::MatchStar => capture(f(0)),
        Kind::MatchAs => {
            capture(f(1))?;
            if !f(0).is_none() && f(1).is_none() {
                return value("MatchAs must specify a target name if a pattern is given");
            }
            pattern(f(0), false)
        }
        _ => {
            if f(0).list().len() < 2 {
                return value("MatchOr requires at least 2 patterns");
            }
            patterns(f(0), false)
        }
    }
}
