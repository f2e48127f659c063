//! The threaded instruction set: what the interpreter runs. [`for_each_op!`](crate::for_each_op) is the one list; the
//! opcode enumeration, the two dispatchers' tables, the disassembler and the counters are made from it.
//!
//! Operands `a`, `b`, `c` are slots of the frame unless the doc says otherwise: `k` marks a constant's index, `cache` an
//! inline cache's, `n` a number, `to` a jump distance in instructions, relative to the instruction. `bc` is one 32-bit
//! operand made of `b` and `c`. An operand that is a temp is consumed.
//!
//! The kind in brackets says how the op meets the dispatchers:
//! * `inline f`: the fast body `f` is all there is and cannot miss.
//! * `fast f`: a fast body, and a slow function of the same name that does the whole op when the body misses.
//! * `slow f`: only the slow function.
//! * `branch f`: fast body and slow function yield a truth value; the jump is taken (`c` is the distance) if it is true.
//! * `test f`: the same with the distance in `bc`.
//! * `leap f`: a fast body that may change frames, and a control function for when it misses.
//! * `wide f g`: a `leap` with a second fast body `g` for the less common cases that would cost the first one registers.
//! * `control f`: only the control function.

/// Calls a macro with the list of threaded ops: `Name [kind body];` rows with their doc comments.
#[macro_export]
macro_rules! for_each_op {
    ($m:ident) => {
        $m! {
            /// Does nothing.
            Nop [inline nop];
            /// `a = b`, a new reference.
            Move [inline move_local];
            /// `a = b`, the reference moves; `b` is a dead temp afterwards.
            MoveTemp [inline move_temp];
            /// `a = k[bc]`.
            LoadConst [inline load_const];
            /// `a = NULL`.
            LoadNull [inline load_null];
            /// Drops the temp `a`.
            Clear [inline clear];
            /// Exchanges the temps `a` and `b`.
            Swap [inline swap];
            /// `a = b` and `b` becomes unbound; both may be NULL.
            LoadAndClear [inline move_temp];
            /// Raises UnboundLocalError if the local `a` is unbound.
            CheckLocal [fast check_local];
            /// Unbinds the local `a`; raises if it is unbound already.
            DeleteLocal [slow delete_local];
            /// `a = b + c`.
            Add [fast add];
            /// `a = b - c`.
            Sub [fast sub];
            /// `a = b * c`.
            Mul [fast mul];
            /// `a = b / c`.
            TrueDiv [fast truediv];
            /// `a = b // c`.
            FloorDiv [fast floordiv];
            /// `a = b % c`.
            Rem [fast rem];
            /// `a = b ** c`.
            Pow [slow pow];
            /// `a = b @ c`.
            MatMul [slow matmul];
            /// `a = b << c`.
            Lshift [slow lshift];
            /// `a = b >> c`.
            Rshift [fast rshift];
            /// `a = b & c`.
            And [fast and];
            /// `a = b | c`.
            Or [fast or];
            /// `a = b ^ c`.
            Xor [fast xor];
            /// `a = b`, `a += c`.
            IAdd [fast iadd];
            /// In-place `-`.
            ISub [fast isub];
            /// In-place `*`.
            IMul [fast imul];
            /// In-place `/`.
            ITrueDiv [slow itruediv];
            /// In-place `//`.
            IFloorDiv [slow ifloordiv];
            /// In-place `%`.
            IRem [slow irem];
            /// In-place `**`.
            IPow [slow ipow];
            /// In-place `@`.
            IMatMul [slow imatmul];
            /// In-place `<<`.
            ILshift [slow ilshift];
            /// In-place `>>`.
            IRshift [slow irshift];
            /// In-place `&`.
            IAnd [slow iand];
            /// In-place `|`.
            IOr [slow ior];
            /// In-place `^`.
            IXor [slow ixor];
            /// `a = b + k[c]`, a small int or float constant.
            AddK [fast add_k];
            /// `a = b - k[c]`.
            SubK [fast sub_k];
            /// `a = b * k[c]`.
            MulK [fast mul_k];
            /// `a = b & k[c]`.
            AndK [fast and_k];
            /// `a = b >> k[c]`.
            RshiftK [fast rshift_k];
            /// `a = b % k[c]`.
            RemK [fast rem_k];
            /// `a = b // k[c]`.
            FloorDivK [fast floordiv_k];
            /// In-place `b + k[c]`.
            IAddK [fast iadd_k];
            /// In-place `b - k[c]`.
            ISubK [fast isub_k];
            /// `a = -b`.
            Negative [fast negative];
            /// `a = ~b`.
            Invert [slow invert];
            /// `a = not b`.
            Not [fast not];
            /// `a = bool(b)`.
            ToBool [fast to_bool];
            /// `a = +b`.
            Positive [slow positive];
            /// `a = b < c`.
            Lt [fast lt];
            /// `a = b <= c`.
            Le [fast le];
            /// `a = b == c`.
            Eq [fast eq];
            /// `a = b != c`.
            Ne [fast ne];
            /// `a = b > c`.
            Gt [fast gt];
            /// `a = b >= c`.
            Ge [fast ge];
            /// Jumps `c` if `a < b`.
            JumpLt [branch jump_lt];
            /// Jumps `c` if `a <= b`.
            JumpLe [branch jump_le];
            /// Jumps `c` if `a == b`.
            JumpEq [branch jump_eq];
            /// Jumps `c` if `a != b`.
            JumpNe [branch jump_ne];
            /// Jumps `c` if `a > b`.
            JumpGt [branch jump_gt];
            /// Jumps `c` if `a >= b`.
            JumpGe [branch jump_ge];
            /// Jumps `c` unless `a < b`.
            JumpNotLt [branch jump_not_lt];
            /// Jumps `c` unless `a <= b`.
            JumpNotLe [branch jump_not_le];
            /// Jumps `c` unless `a == b`.
            JumpNotEq [branch jump_not_eq];
            /// Jumps `c` unless `a != b`.
            JumpNotNe [branch jump_not_ne];
            /// Jumps `c` unless `a > b`.
            JumpNotGt [branch jump_not_gt];
            /// Jumps `c` unless `a >= b`.
            JumpNotGe [branch jump_not_ge];
            /// Jumps `c` if `a < k[b]`.
            JumpLtK [branch jump_lt_k];
            /// Jumps `c` if `a <= k[b]`.
            JumpLeK [branch jump_le_k];
            /// Jumps `c` if `a == k[b]`.
            JumpEqK [branch jump_eq_k];
            /// Jumps `c` if `a != k[b]`.
            JumpNeK [branch jump_ne_k];
            /// Jumps `c` if `a > k[b]`.
            JumpGtK [branch jump_gt_k];
            /// Jumps `c` if `a >= k[b]`.
            JumpGeK [branch jump_ge_k];
            /// Jumps `c` unless `a < k[b]`.
            JumpNotLtK [branch jump_not_lt_k];
            /// Jumps `c` unless `a <= k[b]`.
            JumpNotLeK [branch jump_not_le_k];
            /// Jumps `c` unless `a == k[b]`.
            JumpNotEqK [branch jump_not_eq_k];
            /// Jumps `c` unless `a != k[b]`.
            JumpNotNeK [branch jump_not_ne_k];
            /// Jumps `c` unless `a > k[b]`.
            JumpNotGtK [branch jump_not_gt_k];
            /// Jumps `c` unless `a >= k[b]`.
            JumpNotGeK [branch jump_not_ge_k];
            /// `a = b is c`.
            Is [inline is];
            /// `a = b is not c`.
            IsNot [inline is_not];
            /// `a = b in c`.
            In [slow contains];
            /// `a = b not in c`.
            NotIn [slow not_contains];
            /// Jumps `bc`.
            Jump [leap jump];
            /// Jumps `bc` backwards: a loop head, where pending work is looked at.
            Loop [leap loop_back];
            /// Jumps `bc` if `a` is true.
            JumpTrue [test jump_true];
            /// Jumps `bc` if `a` is false.
            JumpFalse [test jump_false];
            /// Jumps `bc` if `a` is None.
            JumpNone [test jump_none];
            /// Jumps `bc` if `a` is not None.
            JumpNotNone [test jump_not_none];
            /// `a = b[c]`.
            Subscript [fast subscript];
            /// `a[b] = c`; `a` is the container, `c` the value.
            StoreSubscript [fast store_subscript];
            /// `del a[b]`.
            DeleteSubscript [slow delete_subscript];
            /// `a = b[c : c + 1]`: the bounds are two temps from `c` on.
            Slice [slow slice];
            /// `a[b : b + 1] = c`: the bounds are two temps from `b` on.
            StoreSlice [slow store_slice];
            /// `a = ` global or builtin named by cache `bc`.
            LoadGlobal [fast load_global];
            /// Stores `a` as the global named by cache `bc`.
            StoreGlobal [slow store_global];
            /// Deletes the global named by cache `bc`.
            DeleteGlobal [slow delete_global];
            /// `a = ` name in the locals mapping, the globals or the builtins.
            LoadName [slow load_name];
            /// Stores `a` in the locals mapping under the name of cache `bc`.
            StoreName [slow store_name];
            /// Deletes a name from the locals mapping.
            DeleteName [slow delete_name];
            /// `a = ` the locals mapping.
            LoadLocals [slow load_locals];
            /// `a = ` name of cache `c` in the mapping `b`, else global or builtin.
            LoadFromDictOrGlobals [slow load_from_dict_or_globals];
            /// `a = ` name of the cell in slot `c` looked up in the mapping `b`, else the cell's content.
            LoadFromDictOrDeref [slow load_from_dict_or_deref];
            /// `a = b.name` (cache `c`).
            LoadAttr [fast load_attr];
            /// `a = b.name`, guarded by the shape: an inline attribute.
            LoadAttrInline [fast load_attr_inline];
            /// `a = b.name`, guarded by the shape: a constant of the class.
            LoadAttrClass [fast load_attr_class];
            /// `a = b.name`, guarded by the shape: a place made by `__slots__`.
            LoadAttrSlot [fast load_attr_slot];
            /// `a = b.name` of a module or of an object with a dictionary, guarded by the key set.
            LoadAttrModule [fast load_attr_module];
            /// `a = b.name` of a class, guarded by the metaclass' shape and the class' version.
            LoadAttrType [fast load_attr_type];
            /// `a = b.name`, guarded by the shape: a property whose getter is entered.
            LoadAttrProperty [leap load_attr_property];
            /// `a = b.name` ready to call: `a` is the callable and `a + 6` the receiver or NULL.
            LoadMethod [fast load_method];
            /// The same, guarded by the shape: a function of the class that no instance attribute hides.
            LoadMethodClass [fast load_method_class];
            /// The same for an object with a dictionary, guarded by its key set too.
            LoadMethodDict [fast load_method_dict];
            /// The same, guarded by the shape: an inline attribute of the instance; no receiver.
            LoadMethodInline [fast load_method_inline];
            /// The same for an attribute of a module; no receiver.
            LoadMethodModule [fast load_method_module];
            /// The same for an attribute of a class, guarded by the class' version; no receiver.
            LoadMethodType [fast load_method_type];
            /// `b.name = a` (cache `c`).
            StoreAttr [fast store_attr];
            /// The same, guarded by the shape: an inline attribute that exists.
            StoreAttrInline [fast store_attr_inline];
            /// The same, guarded by the shape: a new inline attribute; the cache holds the next shape.
            StoreAttrAdd [fast store_attr_add];
            /// The same, guarded by the shape: a place made by `__slots__`.
            StoreAttrSlot [fast store_attr_slot];
            /// `del b.name`.
            DeleteAttr [slow delete_attr];
            /// `a = super().name`: the three operands of `super` are temps from `b` on, cache `c`.
            LoadSuperAttr [slow load_super_attr];
            /// The same, ready to call.
            LoadSuperMethod [slow load_super_method];
            /// Like [`LoadSuperAttr`](Op::LoadSuperAttr), with `super` called with two arguments.
            LoadSuperAttr2 [slow load_super_attr2];
            /// The same, ready to call.
            LoadSuperMethod2 [slow load_super_method2];
            /// `a = b` looked up as special method number `c` on the class, `a + 1` the receiver or NULL.
            LoadSpecial [slow load_special];
            /// Makes a cell of the local `a`.
            MakeCell [slow make_cell];
            /// Copies the closure's `b` cells into the slots from `a` on.
            CopyFreeVars [slow copy_free_vars];
            /// `a = ` content of the cell in `b`.
            LoadDeref [fast load_deref];
            /// Stores `b` in the cell in `a`.
            StoreDeref [slow store_deref];
            /// Empties the cell in `a`.
            DeleteDeref [slow delete_deref];
            /// `a = (b, b + 1, ...)`, `c` items.
            BuildTuple [slow build_tuple];
            /// `a = [b, b + 1, ...]`, `c` items.
            BuildList [slow build_list];
            /// `a = {b, ...}`, `c` items.
            BuildSet [slow build_set];
            /// `a = {b: b + 1, ...}`, `c` pairs.
            BuildMap [slow build_map];
            /// `a = ''.join(b, ...)`, `c` strings.
            BuildString [slow build_string];
            /// `a = slice(b, b + 1[, b + 2])`, `c` operands.
            BuildSlice [slow build_slice];
            /// `a = Template(b, b + 1)`.
            BuildTemplate [slow build_template];
            /// `a = Interpolation(b, b + 1[, spec])`, `c` is the oparg.
            BuildInterpolation [slow build_interpolation];
            /// Appends `b` to the list `a`.
            ListAppend [fast list_append];
            /// Extends the list `a` by the iterable `b`.
            ListExtend [slow list_extend];
            /// Adds `b` to the set `a`.
            SetAdd [slow set_add];
            /// Updates the set `a` by the iterable `b`.
            SetUpdate [slow set_update];
            /// `a[b] = c` for a dict display.
            MapAdd [slow map_add];
            /// Updates the dict `a` by the mapping `b`.
            DictUpdate [slow dict_update];
            /// Merges keyword arguments `b` into the dict `a`; `c` is the callable's slot, for the error.
            DictMerge [slow dict_merge];
            /// `a = format(b)`.
            FormatSimple [slow format_simple];
            /// `a = format(b, c)`.
            FormatWithSpec [slow format_with_spec];
            /// `a = str/repr/ascii(b)`, `c` is the oparg.
            ConvertValue [slow convert_value];
            /// Unpacks `b` into the `c` temps from `a` on, first item last.
            UnpackSequence [fast unpack_sequence];
            /// Unpacks `b` with a starred target; `c` is the oparg, temps from `a` on, first item last.
            UnpackEx [slow unpack_ex];
            /// `a = iter(b)`.
            GetIter [slow get_iter];
            /// `a = iter(b)` for `yield from`.
            GetYieldFromIter [slow get_yield_from_iter];
            /// `a = len(b)`, for patterns; `b` stays.
            GetLen [slow get_len];
            /// `a = b.__aiter__()`.
            GetAiter [slow get_aiter];
            /// `a = b.__anext__()`; `b` stays.
            GetAnext [slow get_anext];
            /// `a = ` the awaitable's iterator; `c` is the oparg.
            GetAwaitable [slow get_awaitable];
            /// Next item of `a` into `b`; jumps `c` at the end.
            ForIter [leap for_iter];
            /// The same, `a` is a range iterator.
            ForIterRange [leap for_iter_range];
            /// The same, `a` is a list iterator.
            ForIterList [leap for_iter_list];
            /// The same, `a` is a tuple iterator.
            ForIterTuple [leap for_iter_tuple];
            /// The same, `a` is a generator, which is resumed in place.
            ForIterGen [leap for_iter_gen];
            /// Sends `b` to `a`; the answer goes to `b`; jumps `c` when `a` has returned.
            Send [leap send];
            /// Drops `a` and moves `b` there.
            EndSend [inline end_send];
            /// Ends an `async for`: the exception in `b`, the iterator in `a`.
            EndAsyncFor [slow end_async_for];
            /// A thrown StopIteration ends `yield from`: `a` receiver, `b` last value, `c` exception.
            CleanupThrow [slow cleanup_throw];
            /// Yields `b`; what is sent comes to `a`; `c` is the oparg.
            Yield [leap yield_value];
            /// Makes the generator of this activation and returns it; what is first sent comes to `a`.
            ReturnGenerator [control return_generator];
            /// Returns `a`; `b` is the number of locals.
            Return [leap return_value];
            /// Returns `k[bc]`; `a` is the number of locals.
            ReturnConst [leap return_const];
            /// Ends a generator with the value `a`.
            ReturnGen [control return_gen];
            /// Calls `a` with `b` arguments from `a + 7` on; `a + 6` is the receiver or NULL; the result goes to `a`.
            Call [wide call call_wide];
            /// The same without a receiver.
            CallFunction [wide call_function call_function_wide];
            /// [`CallFunction`](Op::CallFunction) of a native function, with the arguments where they stand.
            CallNative [slow call_native];
            /// [`Call`](Op::Call) of a native function or method, with receiver and arguments where they stand.
            CallNativeMethod [slow call_native_method];
            /// The same with a class whose `__init__` is a Python function.
            CallClass [control call_class];
            /// A finished `__init__` of a CallClass whose window begins at `a`; its result is in `a + 1`. Continues at `bc`.
            InitDone [control init_done];
            /// Calls with keyword names `k[c]`; `b` counts all values.
            CallKw [control call_kw];
            /// Calls `a` with the iterable `b` and the mapping in `c` (or -1).
            CallEx [control call_ex];
            /// Calls intrinsic `c` with `b`.
            Intrinsic1 [slow intrinsic1];
            /// Calls intrinsic `c` with `b` and `b + 1`.
            Intrinsic2 [slow intrinsic2];
            /// `a = ` function of the code `b`.
            MakeFunction [slow make_function];
            /// Sets an attribute of the function `a` to `b`; `c` is the oparg.
            SetFunctionAttribute [slow set_function_attribute];
            /// `a = ` builtin `__build_class__`.
            LoadBuildClass [slow load_build_class];
            /// `a = ` common constant `b`.
            LoadCommonConstant [slow load_common_constant];
            /// Makes `__annotations__` in the locals mapping.
            SetupAnnotations [slow setup_annotations];
            /// `a = import name`: level in `b`, from-list in `b + 1`, cache `c`.
            ImportName [slow import_name];
            /// `a = from b import name` (cache `c`); `b` stays.
            ImportFrom [slow import_from];
            /// Raises: `c` operands from `b` on.
            Raise [slow raise];
            /// Raises the exception in `a` again; `b` is the slot of the instruction offset or -1.
            Reraise [slow reraise];
            /// Makes the exception `a` the handled one; the one before goes to `a` and the exception to `a + 1`.
            PushExcInfo [slow push_exc_info];
            /// Makes `a` the handled exception again.
            PopExcept [slow pop_except];
            /// `a = ` whether the exception `b` matches `c`; `b` stays.
            CheckExcMatch [slow check_exc_match];
            /// Splits the group in `b` by the class in `b + 1`: rest and match go there.
            CheckEgMatch [slow check_eg_match];
            /// `a = ` result of `__exit__`: the method is in `b`, its receiver in `b + 1`, the exception in `c`.
            WithExceptStart [slow with_except_start];
            /// `a = ` whether `b` is a mapping; `b` stays.
            MatchMapping [slow match_mapping];
            /// `a = ` whether `b` is a sequence; `b` stays.
            MatchSequence [slow match_sequence];
            /// `a = ` tuple of the values of the keys `c` in `b`, or None; both stay.
            MatchKeys [slow match_keys];
            /// `a = ` tuple of attributes, or None: subject `a`, class `a + 1`, names `a + 2`; `c` positional.
            MatchClass [slow match_class];
            /// Start of a function or point after a yield: pending work is looked at.
            Resume [leap resume];
            /// Leaves the dispatcher: the activation below is native.
            Exit [control exit];
        }
    };
}

macro_rules! define {
    ($($(#[$d:meta])* $Op:ident [$kind:ident $body:ident $($wide:ident)?];)*) => {
        /// A threaded opcode.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u16)]
        pub enum Op { $($(#[$d])* $Op),* }
        impl Op {
            /// All opcodes, by number.
            pub const ALL: &'static [Op] = &[$(Op::$Op),*];
            /// The name.
            pub fn name(self) -> &'static str {
                [$(stringify!($Op)),*][self as usize]
            }
            /// The kind and the name of the body.
            pub fn body(self) -> (&'static str, &'static str) {
                [$((stringify!($kind), stringify!($body))),*][self as usize]
            }
        }
    };
}
for_each_op!(define);

macro_rules! docs {
    ($($(#[doc = $d:literal])* $Op:ident [$kind:ident $body:ident $($wide:ident)?];)*) => {
        /// What each op does, by number: the doc comments of the list.
        pub static DOCS: &[&str] = &[$(concat!($($d),*).trim_ascii()),*];
    };
}
for_each_op!(docs);

impl Op {
    /// The opcode of a number.
    pub fn from_u16(n: u16) -> Option<Op> {
        Op::ALL.get(n as usize).copied()
    }
}
