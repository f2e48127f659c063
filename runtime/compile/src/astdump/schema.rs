//! The grammar of Python's syntax trees: every node class with its fields and their types. The node classes of `_ast`, the
//! conversion of trees and the checks of trees made by hand all come from this one table.

/// Whether nodes of a class have a place in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Located {
    No,
    /// Line and column of the beginning and of the end.
    Yes,
    /// The end may be left out.
    EndOptional,
}

/// A node class that has instances.
#[derive(Debug)]
pub struct Row {
    pub kind: Kind,
    pub name: &'static str,
    /// The fields as the grammar writes them: `expr left, operator op, expr right`.
    pub fields: &'static str,
}
/// A type of the grammar: a sum of several classes under an abstract one, or a single class.
#[derive(Debug)]
pub struct Group {
    pub name: &'static str,
    pub located: Located,
    /// The abstract class is followed by its rows; a product is its own only row.
    pub is_sum: bool,
    pub rows: &'static [Row],
}

/// How often a field's value occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    One,
    Optional,
    Many,
    /// A list with holes.
    ManyOptional,
}
/// A field as read from the grammar.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// `expr`, `identifier`, `int`...
    pub ty: &'static str,
    pub count: Count,
    pub name: &'static str,
}

impl Row {
    /// The fields in order.
    pub fn fields(&self) -> impl Iterator<Item = Field> + use<> {
        self.fields.split(", ").filter_map(|f| {
            let (ty, name) = f.split_once(' ')?;
            let (ty, count) = if let Some(t) = ty.strip_suffix("?*") {
                (t, Count::ManyOptional)
            } else if let Some(t) = ty.strip_suffix('*') {
                (t, Count::Many)
            } else if let Some(t) = ty.strip_suffix('?') {
                (t, Count::Optional)
            } else {
                (ty, Count::One)
            };
            Some(Field { ty, count, name })
        })
    }
    /// The class' doc string.
    pub fn doc(&self) -> String {
        if self.fields.is_empty() {
            self.name.to_string()
        } else {
            format!("{}({})", self.name, self.fields)
        }
    }
}
impl Group {
    /// The abstract class' doc string.
    pub fn doc(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(Row::doc).collect();
        if self.rows.iter().all(|r| r.fields.is_empty()) && self.name != "stmt" {
            return format!("{} = {}", self.name, rows.join(" | "));
        }
        let indent = " ".repeat(self.name.len() + 1);
        format!("{} = {}", self.name, rows.join(&format!("\n{indent}| ")))
    }
}

macro_rules! grammar {
    (@rows $( $kind:ident $name:literal $fields:literal ),* $(,)?) => {
        &[ $( Row { kind: Kind::$kind, name: $name, fields: $fields } ),* ]
    };
    ( $( $form:ident $group:tt $loc:ident $body:tt )* ) => {
        /// Every type of the grammar.
        pub static GROUPS: &[Group] = &[ $( Group { name: $group, located: Located::$loc, is_sum: grammar!(@sum $form), rows: grammar!(@body $body) } ),* ];
    };
    (@sum sum) => { true };
    (@sum product) => { false };
    (@body { $($rows:tt)* }) => { grammar!(@rows $($rows)*) };
}
/// The node classes that have instances, in the order of [`GROUPS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    Module,
    Interactive,
    Expression,
    FunctionType,
    FunctionDef,
    AsyncFunctionDef,
    ClassDef,
    Return,
    Delete,
    Assign,
    TypeAlias,
    AugAssign,
    AnnAssign,
    For,
    AsyncFor,
    While,
    If,
    With,
    AsyncWith,
    Match,
    Raise,
    Try,
    TryStar,
    Assert,
    Import,
    ImportFrom,
    Global,
    Nonlocal,
    Expr,
    Pass,
    Break,
    Continue,
    BoolOp,
    NamedExpr,
    BinOp,
    UnaryOp,
    Lambda,
    IfExp,
    Dict,
    Set,
    ListComp,
    SetComp,
    DictComp,
    GeneratorExp,
    Await,
    Yield,
    YieldFrom,
    Compare,
    Call,
    FormattedValue,
    Interpolation,
    JoinedStr,
    TemplateStr,
    Constant,
    Attribute,
    Subscript,
    Starred,
    Name,
    List,
    Tuple,
    Slice,
    Load,
    Store,
    Del,
    And,
    Or,
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
    FloorDiv,
    Invert,
    Not,
    UAdd,
    USub,
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
    Comprehension,
    ExceptHandler,
    Arguments,
    Arg,
    Keyword,
    Alias,
    Withitem,
    MatchCase,
    MatchValue,
    MatchSingleton,
    MatchSequence,
    MatchMapping,
    MatchClass,
    MatchStar,
    MatchAs,
    MatchOr,
    TypeIgnore,
    TypeVar,
    ParamSpec,
    TypeVarTuple,
}

grammar! {
    sum "mod" No {
        Module "Module" "stmt* body, type_ignore* type_ignores",
        Interactive "Interactive" "stmt* body",
        Expression "Expression" "expr body",
        FunctionType "FunctionType" "expr* argtypes, expr returns",
    }
    sum "stmt" EndOptional {
        FunctionDef "FunctionDef" "identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params",
        AsyncFunctionDef "AsyncFunctionDef" "identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params",
        ClassDef "ClassDef" "identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params",
        Return "Return" "expr? value",
        Delete "Delete" "expr* targets",
        Assign "Assign" "expr* targets, expr value, string? type_comment",
        TypeAlias "TypeAlias" "expr name, type_param* type_params, expr value",
        AugAssign "AugAssign" "expr target, operator op, expr value",
        AnnAssign "AnnAssign" "expr target, expr annotation, expr? value, int simple",
        For "For" "expr target, expr iter, stmt* body, stmt* orelse, string? type_comment",
        AsyncFor "AsyncFor" "expr target, expr iter, stmt* body, stmt* orelse, string? type_comment",
        While "While" "expr test, stmt* body, stmt* orelse",
        If "If" "expr test, stmt* body, stmt* orelse",
        With "With" "withitem* items, stmt* body, string? type_comment",
        AsyncWith "AsyncWith" "withitem* items, stmt* body, string? type_comment",
        Match "Match" "expr subject, match_case* cases",
        Raise "Raise" "expr? exc, expr? cause",
        Try "Try" "stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody",
        TryStar "TryStar" "stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody",
        Assert "Assert" "expr test, expr? msg",
        Import "Import" "alias* names",
        ImportFrom "ImportFrom" "identifier? module, alias* names, int? level",
        Global "Global" "identifier* names",
        Nonlocal "Nonlocal" "identifier* names",
        Expr "Expr" "expr value",
        Pass "Pass" "",
        Break "Break" "",
        Continue "Continue" "",
    }
    sum "expr" EndOptional {
        BoolOp "BoolOp" "boolop op, expr* values",
        NamedExpr "NamedExpr" "expr target, expr value",
        BinOp "BinOp" "expr left, operator op, expr right",
        UnaryOp "UnaryOp" "unaryop op, expr operand",
        Lambda "Lambda" "arguments args, expr body",
        IfExp "IfExp" "expr test, expr body, expr orelse",
        Dict "Dict" "expr?* keys, expr* values",
        Set "Set" "expr* elts",
        ListComp "ListComp" "expr elt, comprehension* generators",
        SetComp "SetComp" "expr elt, comprehension* generators",
        DictComp "DictComp" "expr key, expr value, comprehension* generators",
        GeneratorExp "GeneratorExp" "expr elt, comprehension* generators",
        Await "Await" "expr value",
        Yield "Yield" "expr? value",
        YieldFrom "YieldFrom" "expr value",
        Compare "Compare" "expr left, cmpop* ops, expr* comparators",
        Call "Call" "expr func, expr* args, keyword* keywords",
        FormattedValue "FormattedValue" "expr value, int conversion, expr? format_spec",
        Interpolation "Interpolation" "expr value, constant str, int conversion, expr? format_spec",
        JoinedStr "JoinedStr" "expr* values",
        TemplateStr "TemplateStr" "expr* values",
        Constant "Constant" "constant value, string? kind",
        Attribute "Attribute" "expr value, identifier attr, expr_context ctx",
        Subscript "Subscript" "expr value, expr slice, expr_context ctx",
        Starred "Starred" "expr value, expr_context ctx",
        Name "Name" "identifier id, expr_context ctx",
        List "List" "expr* elts, expr_context ctx",
        Tuple "Tuple" "expr* elts, expr_context ctx",
        Slice "Slice" "expr? lower, expr? upper, expr? step",
    }
    sum "expr_context" No {
        Load "Load" "",
        Store "Store" "",
        Del "Del" "",
    }
    sum "boolop" No {
        And "And" "",
        Or "Or" "",
    }
    sum "operator" No {
        Add "Add" "",
        Sub "Sub" "",
        Mult "Mult" "",
        MatMult "MatMult" "",
        Div "Div" "",
        Mod "Mod" "",
        Pow "Pow" "",
        LShift "LShift" "",
        RShift "RShift" "",
        BitOr "BitOr" "",
        BitXor "BitXor" "",
        BitAnd "BitAnd" "",
        FloorDiv "FloorDiv" "",
    }
    sum "unaryop" No {
        Invert "Invert" "",
        Not "Not" "",
        UAdd "UAdd" "",
        USub "USub" "",
    }
    sum "cmpop" No {
        Eq "Eq" "",
        NotEq "NotEq" "",
        Lt "Lt" "",
        LtE "LtE" "",
        Gt "Gt" "",
        GtE "GtE" "",
        Is "Is" "",
        IsNot "IsNot" "",
        In "In" "",
        NotIn "NotIn" "",
    }
    product "comprehension" No { Comprehension "comprehension" "expr target, expr iter, expr* ifs, int is_async" }
    sum "excepthandler" EndOptional {
        ExceptHandler "ExceptHandler" "expr? type, identifier? name, stmt* body",
    }
    product "arguments" No { Arguments "arguments" "arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr?* kw_defaults, arg? kwarg, expr* defaults" }
    product "arg" EndOptional { Arg "arg" "identifier arg, expr? annotation, string? type_comment" }
    product "keyword" EndOptional { Keyword "keyword" "identifier? arg, expr value" }
    product "alias" EndOptional { Alias "alias" "identifier name, identifier? asname" }
    product "withitem" No { Withitem "withitem" "expr context_expr, expr? optional_vars" }
    product "match_case" No { MatchCase "match_case" "pattern pattern, expr? guard, stmt* body" }
    sum "pattern" Yes {
        MatchValue "MatchValue" "expr value",
        MatchSingleton "MatchSingleton" "constant value",
        MatchSequence "MatchSequence" "pattern* patterns",
        MatchMapping "MatchMapping" "expr* keys, pattern* patterns, identifier? rest",
        MatchClass "MatchClass" "expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns",
        MatchStar "MatchStar" "identifier? name",
        MatchAs "MatchAs" "pattern? pattern, identifier? name",
        MatchOr "MatchOr" "pattern* patterns",
    }
    sum "type_ignore" No {
        TypeIgnore "TypeIgnore" "int lineno, string tag",
    }
    sum "type_param" Yes {
        TypeVar "TypeVar" "identifier name, expr? bound, expr? default_value",
        ParamSpec "ParamSpec" "identifier name, expr? default_value",
        TypeVarTuple "TypeVarTuple" "identifier name, expr? default_value",
    }
}

/// Every row, in the order of [`Kind`].
pub fn rows() -> impl Iterator<Item = (&'static Group, &'static Row)> {
    GROUPS
        .iter()
        .flat_map(|g| g.rows.iter().map(move |r| (g, r)))
}

impl Kind {
    /// The group and the row of a class.
    pub fn row(self) -> (&'static Group, &'static Row) {
        let mut at = self as usize;
        for g in GROUPS {
            match g.rows.get(at) {
                Some(r) => return (g, r),
                None => at -= g.rows.len(),
            }
        }
        (&GROUPS[0], &GROUPS[0].rows[0])
    }
    /// The class of a name.
    pub fn find(name: &str) -> Option<Kind> {
        rows().find(|(_, r)| r.name == name).map(|(_, r)| r.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order() {
        for (i, (_, r)) in rows().enumerate() {
            assert_eq!(r.kind as usize, i);
            assert_eq!(r.kind.row().1.name, r.name);
        }
    }
}
