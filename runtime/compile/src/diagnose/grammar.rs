//! The grammar of Python 3.14 as data, with the productions that recognise common mistakes. `peg` interprets it.
//!
//! Notation, one rule a paragraph, `|` between ordered alternatives, `;` at the end:
//! `'x'` a keyword or operator, `` `x` `` a soft keyword, `UPPER` a token type, `lower` another rule;
//! `x?` `x*` `x+` as usual, `x%s` one or more `x` separated by `s`, `( )` a group, `&x` and `!x` lookahead,
//! `^x` a token that must come, `~` no other alternative after this.
//! An alternative may end with `::` and what becomes of it:
//! a node kind; `$n`, its n-th item (from 0); `at n "m"`, `range n m "m"`, `from n "m"`: an error at items; `here "m"`
//! at the last token read, `next "m"` at the next one, `indent n "m"` an indentation error about the line of item n;
//! `star n`, `del n`, `for n`: an error if item n cannot be such a target; or the name of a check in `actions`.
//! In messages `%e` is what item n is called, `%t` its text and `%l` its line.
//! `@` before a name: the rule's outcome is remembered whether or not mistakes are being looked for.
//! Rules named `wrong_...` are only tried when they are; `bad_...` ones always.

pub(super) const GRAMMAR: &str = r#"
file = statement* END ;
interactive = compound_stmt NEWLINE | simple_stmts | NEWLINE ;
eval = expressions NEWLINE* END ;

statement = compound_stmt | simple_stmts ;
simple_stmts = simple_stmt !';' NEWLINE | simple_stmt%';' ';'? NEWLINE ;
@simple_stmt = assignment | &`type` type_alias | &('import' | 'from') import_stmt | star_expressions
  | &'return' return_stmt | &'raise' raise_stmt | &'pass' pass_stmt | &'del' del_stmt | &'yield' yield_expr
  | &'assert' assert_stmt | &'break' break_stmt | &'continue' continue_stmt
  | &'global' ('global' NAME%',') | &'nonlocal' ('nonlocal' NAME%',') ;
compound_stmt = &('def' | '@' | 'async') function_def | &'if' if_stmt | &('class' | '@') class_def
  | &('with' | 'async') with_stmt | &('for' | 'async') for_stmt | &'try' try_stmt | &'while' while_stmt | match_stmt ;

assignment = NAME ':' expression ('=' annotated_rhs)?
  | ('(' single_target ')' | single_member_target) ':' expression ('=' annotated_rhs)?
  | (star_targets '=')+ annotated_rhs !'='
  | single_target augassign ~ annotated_rhs
  | wrong_assignment ;
annotated_rhs = yield_expr | star_expressions ;
augassign = '+=' | '-=' | '*=' | '@=' | '/=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | '**=' | '//=' ;
return_stmt = 'return' star_expressions? ;
raise_stmt = 'raise' expression ('from' expression)? | 'raise' ;
pass_stmt = 'pass' ;
break_stmt = 'break' ;
continue_stmt = 'continue' ;
del_stmt = 'del' del_targets &(';' | NEWLINE) | wrong_del_stmt ;
assert_stmt = 'assert' expression (',' expression)? ;
import_stmt = wrong_import | 'import' dotted_as_name%','
  | 'from' ('.' | '...')* dotted_name 'import' import_targets | 'from' ('.' | '...')+ 'import' import_targets ;
import_targets = '(' import_as_names ','? ')' | import_as_names !',' | '*' | wrong_import_targets ;
import_as_names = import_as_name%',' ;
import_as_name = wrong_import_as_name | NAME ('as' NAME)? ;
dotted_as_name = wrong_dotted_as_name | dotted_name ('as' NAME)? ;
dotted_name = NAME ('.' NAME)* ;

@block = NEWLINE INDENT statement+ DEDENT | simple_stmts | wrong_block ;
decorators = ('@' named_expression NEWLINE)+ ;
class_def = decorators? class_def_raw ;
class_def_raw = wrong_class_def_raw | 'class' NAME type_params? ('(' arguments? ')')? ':' block ;
function_def = decorators? function_def_raw ;
function_def_raw = wrong_def_raw
  | 'async'? 'def' NAME type_params? '(' params? ')' ('->' expression)? ':' block ;

params = wrong_parameters | parameters ;
parameters = slash_no_default param_no_default* param_with_default* star_etc?
  | slash_with_default param_with_default* star_etc?
  | param_no_default+ param_with_default* star_etc? | param_with_default+ star_etc? | star_etc ;
slash_no_default = param_no_default+ '/' (',' | &')') ;
slash_with_default = param_no_default* param_with_default+ '/' (',' | &')') ;
star_etc = wrong_star_etc | '*' param_no_default param_maybe_default* kwds?
  | '*' param_no_default_star param_maybe_default* kwds? | '*' ',' param_maybe_default+ kwds? | kwds ;
kwds = wrong_kwds | '**' param_no_default ;
param_no_default = param (',' | &')') :: $0 ;
param_no_default_star = NAME ':' star_expression (',' | &')') ;
param_with_default = param default (',' | &')') ;
param_maybe_default = param default? (',' | &')') ;
param = NAME annotation? ;
annotation = ':' expression ;
default = '=' expression | wrong_default ;

if_stmt = wrong_if_stmt | 'if' named_expression ':' block elif_stmt | 'if' named_expression ':' block else_block? ;
elif_stmt = wrong_elif_stmt | 'elif' named_expression ':' block elif_stmt
  | 'elif' named_expression ':' block else_block? ;
else_block = wrong_else_stmt | 'else' ^':' block ;
while_stmt = wrong_while_stmt | 'while' named_expression ':' block else_block? ;
for_stmt = wrong_for_stmt | 'async'? 'for' star_targets 'in' ~ star_expressions ':' block else_block?
  | wrong_for_target ;
with_stmt = wrong_with_stmt_indent | 'with' '(' with_item%',' ','? ')' ':' block | 'with' with_item%',' ':' block
  | 'async' 'with' '(' with_item%',' ','? ')' ':' block | 'async' 'with' with_item%',' ':' block | wrong_with_stmt ;
with_item = expression 'as' star_target &(',' | ')' | ':') | wrong_with_item | expression ;
try_stmt = wrong_try_stmt | 'try' ^':' block finally_block
  | 'try' ^':' block except_block+ else_block? finally_block?
  | 'try' ^':' block except_star_block+ else_block? finally_block? ;
except_block = wrong_except_stmt_indent | 'except' expression ':' block | 'except' expression 'as' NAME ':' block
  | 'except' expressions ':' block | 'except' ':' block | wrong_except_stmt ;
except_star_block = wrong_except_star_stmt_indent | 'except' '*' expression ':' block
  | 'except' '*' expression 'as' NAME ':' block | 'except' '*' expressions ':' block | wrong_except_star_stmt ;
finally_block = wrong_finally_stmt | 'finally' ^':' block ;

match_stmt = `match` subject_expr ':' NEWLINE INDENT case_block+ DEDENT | wrong_match_stmt ;
subject_expr = star_named_expression ',' star_named_expressions? | named_expression ;
case_block = wrong_case_block | `case` patterns guard? ':' block ;
guard = 'if' named_expression ;
patterns = open_sequence_pattern | pattern ;
pattern = as_pattern | or_pattern ;
as_pattern = or_pattern 'as' capture_target | wrong_as_pattern ;
or_pattern = closed_pattern%'|' ;
@closed_pattern = literal_pattern | capture_target | `_` | value_pattern | group_pattern | sequence_pattern
  | mapping_pattern | class_pattern ;
literal_pattern = signed_number !('+' | '-') | complex_number | strings | 'None' | 'True' | 'False' ;
literal_expr = signed_number !('+' | '-') | complex_number | strings | 'None' | 'True' | 'False' ;
complex_number = signed_real_number ('+' | '-') imaginary_number ;
signed_number = NUMBER | '-' NUMBER ;
signed_real_number = real_number | '-' real_number ;
real_number = NUMBER :: real_number ;
imaginary_number = NUMBER :: imaginary_number ;
capture_target = !`_` NAME !('.' | '(' | '=') :: $1 ;
value_pattern = attr !('.' | '(' | '=') ;
attr = NAME ('.' NAME)+ ;
name_or_attr = NAME ('.' NAME)* ;
group_pattern = '(' pattern ')' ;
sequence_pattern = '[' maybe_sequence_pattern? ']' | '(' open_sequence_pattern? ')' ;
open_sequence_pattern = maybe_star_pattern ',' maybe_sequence_pattern? ;
maybe_sequence_pattern = maybe_star_pattern%',' ','? ;
maybe_star_pattern = star_pattern | pattern ;
@star_pattern = '*' capture_target | '*' `_` ;
mapping_pattern = '{' '}' | '{' double_star_pattern ','? '}' | '{' items_pattern ',' double_star_pattern ','? '}'
  | '{' items_pattern ','? '}' ;
items_pattern = key_value_pattern%',' ;
key_value_pattern = (literal_expr | attr) ':' pattern ;
double_star_pattern = '**' capture_target ;
class_pattern = name_or_attr '(' ')' | name_or_attr '(' positional_patterns ','? ')'
  | name_or_attr '(' keyword_patterns ','? ')'
  | name_or_attr '(' positional_patterns ',' keyword_patterns ','? ')' | wrong_class_pattern ;
positional_patterns = pattern%',' ;
keyword_patterns = keyword_pattern%',' ;
keyword_pattern = NAME '=' pattern ;

type_alias = `type` NAME type_params? '=' expression ;
type_params = wrong_type_params | '[' type_param%',' ','? ']' ;
@type_param = NAME (':' expression)? ('=' expression)? | wrong_type_param
  | '*' NAME ('=' star_expression)? | '**' NAME ('=' expression)? ;

expressions = expression (',' expression)+ ','? :: Tuple | expression ',' :: Tuple | expression ;
@expression = wrong_expression | wrong_legacy_expression
  | disjunction 'if' disjunction 'else' expression :: Conditional | disjunction | lambdef ;
yield_expr = 'yield' 'from' expression :: Yield | 'yield' star_expressions? :: Yield ;
star_expressions = star_expression (',' star_expression)+ ','? :: Tuple | star_expression ',' :: Tuple
  | star_expression ;
@star_expression = '*' bitwise_or :: Starred | expression ;
star_named_expressions = star_named_expression%',' ','? :: $0 ;
star_named_expression = '*' bitwise_or :: Starred | named_expression ;
assignment_expression = NAME ':=' ~ expression :: Named ;
named_expression = assignment_expression | wrong_named_expression | expression !':=' ;
@disjunction = conjunction ('or' conjunction)+ :: Operation | conjunction ;
@conjunction = inversion ('and' inversion)+ :: Operation | inversion ;
@inversion = 'not' inversion :: Operation | comparison ;
comparison = bitwise_or comparison_pair+ :: Comparison | bitwise_or ;
comparison_pair = '==' bitwise_or | not_equal bitwise_or | '<=' bitwise_or | '<' bitwise_or | '>=' bitwise_or
  | '>' bitwise_or | 'not' 'in' bitwise_or | 'in' bitwise_or | 'is' 'not' bitwise_or | 'is' bitwise_or ;
not_equal = '!=' | '<>' :: at 0 "invalid syntax.  Maybe you meant '!=' instead of '<>'?" ;
bitwise_or = bitwise_or '|' bitwise_xor :: Operation | bitwise_xor ;
bitwise_xor = bitwise_xor '^' bitwise_and :: Operation | bitwise_and ;
bitwise_and = bitwise_and '&' shift_expr :: Operation | shift_expr ;
shift_expr = shift_expr '<<' sum :: Operation | shift_expr '>>' sum :: Operation | wrong_arithmetic | sum ;
sum = sum '+' term :: Operation | sum '-' term :: Operation | term ;
term = term '*' factor :: Operation | term '/' factor :: Operation | term '//' factor :: Operation
  | term '%' factor :: Operation | term '@' factor :: Operation | wrong_factor | factor ;
@factor = '+' factor :: Operation | '-' factor :: Operation | '~' factor :: Operation | power ;
power = await_primary '**' factor :: Operation | await_primary ;
@await_primary = 'await' primary :: Await | primary ;
primary = primary '.' NAME :: Attribute | primary genexp :: Call | primary '(' arguments? ')' :: Call
  | primary '[' slices ']' :: Subscript | atom ;
slices = slice !',' | (slice | starred_expression)%',' ','? :: Tuple ;
slice = expression? ':' expression? (':' expression?)? | named_expression ;
atom = NAME :: Name | 'True' :: True | 'False' :: False | 'None' :: None | strings | NUMBER :: Literal
  | &'(' (tuple | group | genexp) | &'[' (list | listcomp) | &'{' (dict | set | dictcomp | setcomp)
  | '...' :: Ellipsis ;
group = '(' (yield_expr | named_expression) ')' :: $1 | wrong_group ;
lambdef = 'lambda' lambda_params? ':' expression :: Lambda ;

lambda_params = wrong_lambda_parameters | lambda_parameters ;
lambda_parameters = lambda_slash_no_default lambda_param_no_default* lambda_param_with_default* lambda_star_etc?
  | lambda_slash_with_default lambda_param_with_default* lambda_star_etc?
  | lambda_param_no_default+ lambda_param_with_default* lambda_star_etc?
  | lambda_param_with_default+ lambda_star_etc? | lambda_star_etc ;
lambda_slash_no_default = lambda_param_no_default+ '/' (',' | &':') ;
lambda_slash_with_default = lambda_param_no_default* lambda_param_with_default+ '/' (',' | &':') ;
lambda_star_etc = wrong_lambda_star_etc | '*' lambda_param_no_default lambda_param_maybe_default* lambda_kwds?
  | '*' ',' lambda_param_maybe_default+ lambda_kwds? | lambda_kwds ;
lambda_kwds = wrong_lambda_kwds | '**' lambda_param_no_default ;
lambda_param_no_default = NAME (',' | &':') :: $0 ;
lambda_param_with_default = NAME default (',' | &':') ;
lambda_param_maybe_default = NAME default? (',' | &':') ;

fstring_middle = fstring_field | FSTRING_MIDDLE ;
fstring_field = '{' annotated_rhs '='? conversion? fstring_spec? '}' | wrong_fstring_field ;
conversion = '!' NAME :: conversion ;
fstring_spec = ':' fstring_spec_part* ;
fstring_spec_part = FSTRING_MIDDLE :: middle | fstring_field ;
fstring = FSTRING_START fstring_middle* FSTRING_END :: fstring ;
tstring_middle = tstring_field | TSTRING_MIDDLE ;
tstring_field = '{' annotated_rhs '='? conversion? tstring_spec? '}' | wrong_tstring_field ;
tstring_spec = ':' tstring_spec_part* ;
tstring_spec_part = TSTRING_MIDDLE :: middle | tstring_field ;
tstring = TSTRING_START tstring_middle* TSTRING_END :: fstring ;
string = STRING :: string ;
@strings = wrong_string_tstring_concat | (fstring | string)+ :: strings | tstring+ :: TString ;

list = '[' star_named_expressions? ']' :: List ;
tuple = '(' (star_named_expression ',' star_named_expressions?)? ')' :: Tuple ;
set = '{' star_named_expressions '}' :: Set ;
dict = '{' (double_starred_kvpair%',' ','?)? '}' :: Dict | '{' bad_pairs '}' ;
double_starred_kvpair = '**' bitwise_or | kvpair ;
kvpair = expression ':' expression ;
for_if_clause = 'async' 'for' star_targets 'in' ~ disjunction ('if' disjunction :: $1)* :: Clause
  | 'for' star_targets 'in' ~ disjunction ('if' disjunction :: $1)* :: Clause
  | wrong_for_if_clause | wrong_for_target ;
for_if_clauses = for_if_clause+ ;
listcomp = '[' named_expression for_if_clauses ']' :: ListComp | wrong_comprehension ;
setcomp = '{' named_expression for_if_clauses '}' :: SetComp | wrong_comprehension ;
genexp = '(' (assignment_expression | expression !':=') for_if_clauses ')' :: Generator | wrong_comprehension ;
dictcomp = '{' kvpair for_if_clauses '}' :: DictComp | wrong_dict_comprehension ;

@arguments = args ','? &')' :: $0 | wrong_arguments ;
args = (starred_expression | (assignment_expression | expression !':=') !'=')%',' (',' kwargs)? :: Args
  | kwargs :: Args ;
kwargs = kwarg_or_starred%',' ',' kwarg_or_double_starred%',' | kwarg_or_starred%',' | kwarg_or_double_starred%',' ;
starred_expression = wrong_starred_expression_unpacking | '*' expression :: Starred | wrong_starred_expression ;
kwarg_or_starred = wrong_kwarg | NAME '=' expression :: Keyword | starred_expression ;
kwarg_or_double_starred = wrong_kwarg | NAME '=' expression :: Keyword | '**' expression :: DoubleStarred ;

star_targets = star_target !',' | star_target (',' star_target)* ','? :: Tuple ;
star_targets_tuple = star_target (',' star_target)+ ','? | star_target ',' ;
@star_target = '*' (!'*' star_target) :: Starred | target_with_star_atom ;
@target_with_star_atom = t_primary '.' NAME !t_lookahead :: Attribute
  | t_primary '[' slices ']' !t_lookahead :: Subscript | star_atom ;
star_atom = NAME :: Name | '(' target_with_star_atom ')' :: $1 | '(' star_targets_tuple? ')' :: Tuple
  | '[' (star_target%',' ','?)? ']' :: List ;
single_target = single_member_target | NAME :: Name | '(' single_target ')' :: $1 ;
single_member_target = t_primary '.' NAME !t_lookahead :: Attribute
  | t_primary '[' slices ']' !t_lookahead :: Subscript ;
t_primary = t_primary '.' NAME &t_lookahead :: Attribute | t_primary '[' slices ']' &t_lookahead :: Subscript
  | t_primary genexp &t_lookahead :: Call | t_primary '(' arguments? ')' &t_lookahead :: Call | atom &t_lookahead :: $0 ;
t_lookahead = '(' | '[' | '.' ;
del_targets = del_target%',' ','? ;
@del_target = t_primary '.' NAME !t_lookahead :: Attribute | t_primary '[' slices ']' !t_lookahead :: Subscript
  | del_t_atom ;
del_t_atom = NAME :: Name | '(' del_target ')' :: $1 | '(' del_targets? ')' :: Tuple | '[' del_targets? ']' :: List ;

wrong_arguments =
  (((starred_expression | (assignment_expression | expression !':=') !'=')%',' ',' kwargs) | kwargs)
    ',' (starred_expression !'=')%','
    :: from 1 "iterable argument unpacking follows keyword argument unpacking"
  | expression for_if_clauses ',' (args | expression for_if_clauses)? :: clauses 0 1
  | NAME '=' expression for_if_clauses
    :: range 0 1 "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
  | (args ',')? NAME '=' &(',' | ')') :: range 1 2 "expected argument value expression"
  | args for_if_clauses :: bare_generator
  | args ',' expression for_if_clauses :: clauses 2 3
  | args ',' args :: argument_order ;
wrong_kwarg = ('True' | 'False' | 'None') '=' :: range 0 1 "cannot assign to %t"
  | NAME '=' expression for_if_clauses
    :: range 0 1 "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
  | !(NAME '=') expression '='
    :: range 1 2 "expression cannot contain assignment, perhaps you meant \"==\"?"
  | '**' expression '=' expression :: range 0 3 "cannot assign to keyword argument unpacking" ;
plain_expression = disjunction 'if' disjunction 'else' expression :: Conditional | disjunction | lambdef ;
wrong_legacy_expression = NAME !'(' star_expressions :: legacy ;
wrong_type_param = '*' NAME ':' expression :: type_var_tuple_bound | '**' NAME ':' expression :: param_spec_bound ;
wrong_expression = STRING (!STRING plain_expression :: $1)+ STRING :: part_of_string
  | !(NAME STRING | SOFT_KEYWORD) disjunction plain_expression :: missing_comma
  | disjunction 'if' disjunction !('else' | ':') :: range 0 2 "expected 'else' after 'if' expression"
  | disjunction 'if' disjunction 'else' !expression
    :: next "expected expression after 'else', but statement is given"
  | (pass_stmt | break_stmt | continue_stmt) 'if' disjunction 'else' simple_stmt
    :: at 0 "expected expression before 'if', but statement is given"
  | 'lambda' lambda_params? ':' &FSTRING_MIDDLE
    :: range 0 2 "f-string: lambda expressions are not allowed without parentheses"
  | 'lambda' lambda_params? ':' &TSTRING_MIDDLE
    :: range 0 2 "t-string: lambda expressions are not allowed without parentheses" ;
wrong_named_expression = expression ':=' expression :: at 0 "cannot use assignment expressions with %e"
  | NAME '=' bitwise_or !('=' | ':=')
    :: range 0 2 "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
  | !(list | tuple | genexp | 'True' | 'None' | 'False') bitwise_or '=' bitwise_or !('=' | ':=')
    :: at 1 "cannot assign to %e here. Maybe you meant '==' instead of '='?" ;
wrong_assignment = wrong_ann_assign_target ':' expression :: at 0 "only single target (not %e) can be annotated"
  | star_named_expression ',' star_named_expressions* ':' expression
    :: at 0 "only single target (not tuple) can be annotated"
  | expression ':' expression :: at 0 "illegal target for annotation"
  | (star_targets '=')* star_expressions '=' :: star 1
  | (star_targets '=')* yield_expr '=' :: at 1 "assignment to yield expression not possible"
  | star_expressions augassign annotated_rhs :: at 0 "'%e' is an illegal expression for augmented assignment" ;
wrong_ann_assign_target = list | tuple | '(' wrong_ann_assign_target ')' :: $1 ;
wrong_del_stmt = 'del' star_expressions :: del 1 ;
wrong_block = NEWLINE !INDENT :: indent 0 "expected an indented block" ;
wrong_comprehension = ('[' | '(' | '{') starred_expression for_if_clauses
    :: at 1 "iterable unpacking cannot be used in comprehension"
  | ('[' | '{') star_named_expression ',' star_named_expressions for_if_clauses :: comprehension_target
  | ('[' | '{') star_named_expression ',' for_if_clauses
    :: range 1 2 "did you forget parentheses around the comprehension target?" ;
wrong_dict_comprehension = '{' '**' bitwise_or for_if_clauses '}'
    :: at 1 "dict unpacking cannot be used in dict comprehension" ;
wrong_parameters = '/' ',' :: at 0 "at least one argument must precede /"
  | (slash_no_default | slash_with_default) param_maybe_default* '/' :: at 2 "/ may appear only once"
  | slash_no_default? param_no_default* wrong_parameters_helper param_no_default
    :: at 3 "parameter without a default follows parameter with a default"
  | param_no_default* '(' param_no_default+ ','? ')' :: range 1 4 "Function parameters cannot be parenthesized"
  | (slash_no_default | slash_with_default)? param_maybe_default* '*' (',' | param_no_default) param_maybe_default* '/'
    :: at 5 "/ must be ahead of *"
  | param_maybe_default+ '/' '*' :: at 2 "expected comma between / and *" ;
wrong_parameters_helper = slash_with_default | param_with_default+ ;
wrong_default = '=' &(')' | ',') :: at 0 "expected default value expression" ;
wrong_star_etc = '*' (')' | ',' (')' | '**')) :: at 0 "named arguments must follow bare *"
  | '*' param '=' :: at 2 "var-positional argument cannot have default value"
  | '*' (param_no_default | ',') param_maybe_default* '*' (param_no_default | ',')
    :: at 3 "* argument may appear only once" ;
wrong_kwds = '**' param '=' :: at 2 "var-keyword argument cannot have default value"
  | '**' param ',' param :: at 3 "arguments cannot follow var-keyword argument"
  | '**' param ',' ('*' | '**' | '/') :: at 3 "arguments cannot follow var-keyword argument" ;
wrong_lambda_parameters = '/' ',' :: at 0 "at least one argument must precede /"
  | (lambda_slash_no_default | lambda_slash_with_default) lambda_param_maybe_default* '/'
    :: at 2 "/ may appear only once"
  | lambda_slash_no_default? lambda_param_no_default* wrong_lambda_parameters_helper lambda_param_no_default
    :: at 3 "parameter without a default follows parameter with a default"
  | lambda_param_no_default* '(' NAME%',' ','? ')'
    :: range 1 4 "Lambda expression parameters cannot be parenthesized"
  | (lambda_slash_no_default | lambda_slash_with_default)? lambda_param_maybe_default* '*'
    (',' | lambda_param_no_default) lambda_param_maybe_default* '/' :: at 5 "/ must be ahead of *"
  | lambda_param_maybe_default+ '/' '*' :: at 2 "expected comma between / and *" ;
wrong_lambda_parameters_helper = lambda_slash_with_default | lambda_param_with_default+ ;
wrong_lambda_star_etc = '*' (':' | ',' (':' | '**')) :: here "named arguments must follow bare *"
  | '*' NAME '=' :: at 2 "var-positional argument cannot have default value"
  | '*' (lambda_param_no_default | ',') lambda_param_maybe_default* '*' (lambda_param_no_default | ',')
    :: at 3 "* argument may appear only once" ;
wrong_lambda_kwds = '**' NAME '=' :: at 2 "var-keyword argument cannot have default value"
  | '**' NAME ',' NAME :: at 3 "arguments cannot follow var-keyword argument"
  | '**' NAME ',' ('*' | '**' | '/') :: at 3 "arguments cannot follow var-keyword argument" ;
wrong_with_item = expression 'as' expression &(',' | ')' | ':') :: star 2 ;
wrong_for_if_clause = 'async'? 'for' (bitwise_or (',' bitwise_or)* ','?) !'in'
    :: here "'in' expected after for-loop variables" ;
wrong_for_target = 'async'? 'for' star_expressions :: for 2 ;
wrong_group = '(' starred_expression ')' :: at 1 "cannot use starred expression here"
  | '(' '**' expression ')' :: at 1 "cannot use double starred expression here" ;
wrong_import = 'import' dotted_name%',' 'from' dotted_name
    :: from 0 "Did you mean to use 'from ... import ...' instead?"
  | 'import' NEWLINE :: from 1 "Expected one or more names after 'import'" ;
wrong_dotted_as_name = dotted_name 'as' !(NAME (',' | ')' | ';' | NEWLINE)) expression
    :: at 3 "cannot use %e as import target" ;
wrong_import_as_name = NAME 'as' !(NAME (',' | ')' | ';' | NEWLINE)) expression
    :: at 3 "cannot use %e as import target" ;
wrong_import_targets = import_as_names ',' NEWLINE
    :: here "trailing comma not allowed without surrounding parentheses"
  | NEWLINE :: from 0 "Expected one or more names after 'import'" ;
wrong_with_stmt = 'async'? 'with' (expression ('as' star_target)?)%',' NEWLINE :: here "expected ':'"
  | 'async'? 'with' '(' (expressions ('as' star_target)?)%',' ','? ')' NEWLINE :: here "expected ':'" ;
wrong_with_stmt_indent = 'async'? 'with' (expression ('as' star_target)?)%',' ':' NEWLINE !INDENT
    :: indent 1 "expected an indented block after 'with' statement on line %l"
  | 'async'? 'with' '(' (expressions ('as' star_target)?)%',' ','? ')' ':' NEWLINE !INDENT
    :: indent 1 "expected an indented block after 'with' statement on line %l" ;
wrong_try_stmt = 'try' ':' NEWLINE !INDENT :: indent 0 "expected an indented block after 'try' statement on line %l"
  | 'try' ':' block !('except' | 'finally') :: here "expected 'except' or 'finally' block"
  | 'try' ':' block* except_block+ 'except' '*' expression ('as' NAME)? ':'
    :: range 4 5 "cannot have both 'except' and 'except*' on the same 'try'"
  | 'try' ':' block* except_star_block+ 'except' (expression ('as' NAME)?)? ':'
    :: at 4 "cannot have both 'except' and 'except*' on the same 'try'" ;
wrong_except_stmt = 'except' expression ',' expressions 'as' NAME ':'
    :: from 1 "multiple exception types must be parenthesized when using 'as'"
  | 'except' expression ('as' NAME)? NEWLINE :: here "expected ':'"
  | 'except' NEWLINE :: here "expected ':'"
  | 'except' expression 'as' expression ':' block :: at 3 "cannot use except statement with %e" ;
wrong_except_star_stmt = 'except' '*' expression ',' expressions 'as' NAME ':'
    :: from 2 "multiple exception types must be parenthesized when using 'as'"
  | 'except' '*' expression ('as' NAME)? NEWLINE :: here "expected ':'"
  | 'except' '*' (NEWLINE | ':') :: here "expected one or more exception types"
  | 'except' '*' expression 'as' expression ':' block :: at 4 "cannot use except* statement with %e" ;
wrong_finally_stmt = 'finally' ':' NEWLINE !INDENT
    :: indent 0 "expected an indented block after 'finally' statement on line %l" ;
wrong_except_stmt_indent = 'except' expression ('as' NAME)? ':' NEWLINE !INDENT
    :: indent 0 "expected an indented block after 'except' statement on line %l"
  | 'except' ':' NEWLINE !INDENT :: indent 0 "expected an indented block after 'except' statement on line %l" ;
wrong_except_star_stmt_indent = 'except' '*' expression ('as' NAME)? ':' NEWLINE !INDENT
    :: indent 0 "expected an indented block after 'except*' statement on line %l" ;
wrong_match_stmt = `match` subject_expr NEWLINE :: here "expected ':'"
  | `match` subject_expr ':' NEWLINE !INDENT
    :: indent 0 "expected an indented block after 'match' statement on line %l" ;
wrong_case_block = `case` patterns guard? NEWLINE :: here "expected ':'"
  | `case` patterns guard? ':' NEWLINE !INDENT
    :: indent 0 "expected an indented block after 'case' statement on line %l" ;
wrong_as_pattern = or_pattern 'as' `_` :: at 2 "cannot use '_' as a target"
  | or_pattern 'as' expression :: at 2 "cannot use %e as pattern target" ;
wrong_class_pattern = name_or_attr '(' wrong_class_argument_pattern :: pattern_order ;
wrong_class_argument_pattern = (positional_patterns ',')? keyword_patterns ',' positional_patterns :: $3 ;
wrong_if_stmt = 'if' named_expression NEWLINE :: here "expected ':'"
  | 'if' named_expression ':' NEWLINE !INDENT
    :: indent 0 "expected an indented block after 'if' statement on line %l" ;
wrong_elif_stmt = 'elif' named_expression NEWLINE :: here "expected ':'"
  | 'elif' named_expression ':' NEWLINE !INDENT
    :: indent 0 "expected an indented block after 'elif' statement on line %l" ;
wrong_else_stmt = 'else' ':' NEWLINE !INDENT
    :: indent 0 "expected an indented block after 'else' statement on line %l"
  | 'else' ':' block 'elif' :: here "'elif' block follows an 'else' block" ;
wrong_while_stmt = 'while' named_expression NEWLINE :: here "expected ':'"
  | 'while' named_expression ':' NEWLINE !INDENT
    :: indent 0 "expected an indented block after 'while' statement on line %l" ;
wrong_for_stmt = 'async'? 'for' star_targets 'in' star_expressions NEWLINE :: here "expected ':'"
  | 'async'? 'for' star_targets 'in' star_expressions ':' NEWLINE !INDENT
    :: indent 1 "expected an indented block after 'for' statement on line %l" ;
wrong_def_raw = 'async'? 'def' NAME type_params? '(' params? ')' ('->' expression)? ':' NEWLINE !INDENT
    :: indent 1 "expected an indented block after function definition on line %l"
  | 'async'? 'def' NAME type_params? ^'(' params? ')' ('->' expression)? ^':' block ;
wrong_class_def_raw = 'class' NAME type_params? ('(' arguments? ')')? NEWLINE :: here "expected ':'"
  | 'class' NAME type_params? ('(' arguments? ')')? ':' NEWLINE !INDENT
    :: indent 0 "expected an indented block after class definition on line %l" ;
bad_pairs = double_starred_kvpair%',' ',' bad_pair
  | expression ':' '*' bitwise_or :: from 2 "cannot use a starred expression in a dictionary value"
  | expression ':' &('}' | ',') :: at 1 "expression expected after dictionary key and ':'" ;
bad_pair = expression !(':') :: missing_value
  | expression ':' '*' bitwise_or :: from 2 "cannot use a starred expression in a dictionary value"
  | expression ':' &('}' | ',') :: at 1 "expression expected after dictionary key and ':'" ;
wrong_starred_expression_unpacking =
  '*' expression '=' expression :: range 0 3 "cannot assign to iterable argument unpacking" ;
wrong_starred_expression = '*' :: here "Invalid star expression" ;
wrong_fstring_field = '{' '=' :: at 1 "f-string: valid expression required before '='"
  | '{' '!' :: at 1 "f-string: valid expression required before '!'"
  | '{' ':' :: at 1 "f-string: valid expression required before ':'"
  | '{' '}' :: at 1 "f-string: valid expression required before '}'"
  | '{' !annotated_rhs :: next "f-string: expecting a valid expression after '{'"
  | '{' annotated_rhs !('=' | '!' | ':' | '}') :: next "f-string: expecting '=', or '!', or ':', or '}'"
  | '{' annotated_rhs '=' !('!' | ':' | '}') :: next "f-string: expecting '!', or ':', or '}'"
  | '{' annotated_rhs '='? wrong_fstring_conversion
  | '{' annotated_rhs '='? ('!' NAME)? !(':' | '}') :: next "f-string: expecting ':' or '}'"
  | '{' annotated_rhs '='? ('!' NAME)? ':' fstring_spec_part* !'}'
    :: next "f-string: expecting '}', or format specs"
  | '{' annotated_rhs '='? ('!' NAME)? !'}' :: next "f-string: expecting '}'" ;
wrong_fstring_conversion = '!' &(':' | '}') :: next "f-string: missing conversion character"
  | '!' !NAME :: next "f-string: invalid conversion character" ;
wrong_tstring_field = '{' '=' :: at 1 "t-string: valid expression required before '='"
  | '{' '!' :: at 1 "t-string: valid expression required before '!'"
  | '{' ':' :: at 1 "t-string: valid expression required before ':'"
  | '{' '}' :: at 1 "t-string: valid expression required before '}'"
  | '{' !annotated_rhs :: next "t-string: expecting a valid expression after '{'"
  | '{' annotated_rhs !('=' | '!' | ':' | '}') :: next "t-string: expecting '=', or '!', or ':', or '}'"
  | '{' annotated_rhs '=' !('!' | ':' | '}') :: next "t-string: expecting '!', or ':', or '}'"
  | '{' annotated_rhs '='? wrong_tstring_conversion
  | '{' annotated_rhs '='? ('!' NAME)? !(':' | '}') :: next "t-string: expecting ':' or '}'"
  | '{' annotated_rhs '='? ('!' NAME)? ':' tstring_spec_part* !'}'
    :: next "t-string: expecting '}', or format specs"
  | '{' annotated_rhs '='? ('!' NAME)? !'}' :: next "t-string: expecting '}'" ;
wrong_tstring_conversion = '!' &(':' | '}') :: next "t-string: missing conversion character"
  | '!' !NAME :: next "t-string: invalid conversion character" ;
wrong_string_tstring_concat = (fstring | string)+ tstring :: mixed_template | tstring+ (fstring | string) :: mixed_template ;
wrong_arithmetic = sum ('+' | '-' | '*' | '/' | '%' | '//' | '@') 'not' inversion
    :: range 2 3 "'not' after an operator must be parenthesized" ;
wrong_factor = ('+' | '-' | '~') 'not' factor :: range 1 2 "'not' after an operator must be parenthesized" ;
wrong_type_params = '[' ']' :: from 1 "Type parameter list cannot be empty" ;
"#;
