//! The built-in exception classes: name, base and payload of each, in one table.

use super::*;
use crate::call::Args;
use crate::object::{self, ClassSpec, MutCell, Payload, TypeObject, type_flags};
use crate::types::PyTuple;
use crate::value::Owned;
use crate::vm::{PyResult, Vm};
use std::cell::Cell;

macro_rules! hierarchy {
    ($root:ident; $($name:ident: $base:ident = $doc:literal $(, $payload:ident)?;)*) => {
        /// The exception classes, by name.
        #[allow(non_snake_case)] // the fields carry the classes' names
        pub struct Exceptions { pub $root: &'static TypeObject, $(pub $name: &'static TypeObject,)* pub ExceptionGroup: &'static TypeObject }
        impl Exceptions {
            #[allow(non_snake_case)] // as above
            pub(crate) fn declare(vm: &Vm, root: &'static TypeObject) -> Exceptions {
                let $root = root;
                $(
                    let spec = ClassSpec { base: Some($base), doc: Some($doc), flags: type_flags::BASE | type_flags::BASE_EXC_SUBCLASS, slots: hierarchy!(@slots $($payload)?), dict: true, ..ClassSpec::new(stringify!($name)) };
                    let $name = hierarchy!(@define vm spec $($payload)?);
                )*
                let mut all = Exceptions { $root, $($name,)* ExceptionGroup: root };
                all.ExceptionGroup = exception_group(vm, all.BaseExceptionGroup, all.Exception);
                all
            }
            /// All classes, for the `builtins` module.
            pub fn all(&self) -> Vec<(&'static str, &'static TypeObject)> {
                vec![(stringify!($root), self.$root), $((stringify!($name), self.$name),)* ("ExceptionGroup", self.ExceptionGroup)]
            }
        }
    };
    (@define $vm:ident $spec:ident) => { object::define_plain_class($vm, $spec) };
    (@define $vm:ident $spec:ident $p:ident) => { object::define_class::<$p>($vm, $spec) };
    (@slots) => { |_| {} };
    (@slots $p:ident) => { |s| s.new.set(Some(<$p as NewException>::new)) };
}

hierarchy! {
    BaseException;
    Exception: BaseException = "Common base class for all non-exit exceptions.";
    GeneratorExit: BaseException = "Request that a generator exit.";
    KeyboardInterrupt: BaseException = "Program interrupted by user.";
    SystemExit: BaseException = "Request to exit from the interpreter.", PySystemExit;
    BaseExceptionGroup: BaseException = "A combination of multiple unrelated exceptions.", PyExceptionGroup;
    ArithmeticError: Exception = "Base class for arithmetic errors.";
    FloatingPointError: ArithmeticError = "Floating-point operation failed.";
    OverflowError: ArithmeticError = "Result too large to be represented.";
    ZeroDivisionError: ArithmeticError = "Second argument to a division or modulo operation was zero.";
    AssertionError: Exception = "Assertion failed.";
    AttributeError: Exception = "Attribute not found.", PyAttributeError;
    BufferError: Exception = "Buffer error.";
    EOFError: Exception = "Read beyond end of file.";
    ImportError: Exception = "Import can't find module, or can't find name in module.", PyImportError;
    ModuleNotFoundError: ImportError = "Module not found.";
    LookupError: Exception = "Base class for lookup errors.";
    IndexError: LookupError = "Sequence index out of range.";
    KeyError: LookupError = "Mapping key not found.";
    MemoryError: Exception = "Out of memory.";
    NameError: Exception = "Name not found globally.", PyNameError;
    UnboundLocalError: NameError = "Local name referenced but not bound to a value.";
    OSError: Exception = "Base class for I/O related errors.", PyOSError;
    BlockingIOError: OSError = "I/O operation would block.";
    ChildProcessError: OSError = "Child process error.";
    ConnectionError: OSError = "Connection error.";
    BrokenPipeError: ConnectionError = "Broken pipe.";
    ConnectionAbortedError: ConnectionError = "Connection aborted.";
    ConnectionRefusedError: ConnectionError = "Connection refused.";
    ConnectionResetError: ConnectionError = "Connection reset.";
    FileExistsError: OSError = "File already exists.";
    FileNotFoundError: OSError = "File not found.";
    InterruptedError: OSError = "Interrupted by signal.";
    IsADirectoryError: OSError = "Operation doesn't work on directories.";
    NotADirectoryError: OSError = "Operation only works on directories.";
    PermissionError: OSError = "Not enough permissions.";
    ProcessLookupError: OSError = "Process not found.";
    TimeoutError: OSError = "Timeout expired.";
    ReferenceError: Exception = "Weak ref proxy used after referent went away.";
    RuntimeError: Exception = "Unspecified run-time error.";
    NotImplementedError: RuntimeError = "Method or function hasn't been implemented yet.";
    RecursionError: RuntimeError = "Recursion limit exceeded.";
    PythonFinalizationError: RuntimeError = "Operation blocked during Python finalization.";
    StopAsyncIteration: Exception = "Signal the end from iterator.__anext__().";
    StopIteration: Exception = "Signal the end from iterator.__next__().", PyStopIteration;
    SyntaxError: Exception = "Invalid syntax.", PySyntaxError;
    IndentationError: SyntaxError = "Improper indentation.";
    TabError: IndentationError = "Improper mixture of spaces and tabs.";
    _IncompleteInputError: SyntaxError = "incomplete input.";
    SystemError: Exception = "Internal error in the Python interpreter.\n\nPlease report this to the Python maintainer, along with the traceback,\nthe Python version, and the hardware/OS platform and version.";
    TypeError: Exception = "Inappropriate argument type.";
    ValueError: Exception = "Inappropriate argument value (of correct type).";
    UnicodeError: ValueError = "Unicode related error.", PyUnicodeError;
    UnicodeDecodeError: UnicodeError = "Unicode decoding error.";
    UnicodeEncodeError: UnicodeError = "Unicode encoding error.";
    UnicodeTranslateError: UnicodeError = "Unicode translation error.";
    Warning: Exception = "Base class for warning categories.";
    BytesWarning: Warning = "Base class for warnings about bytes and buffer related problems, mostly\nrelated to conversion from str or comparing to str.";
    DeprecationWarning: Warning = "Base class for warnings about deprecated features.";
    EncodingWarning: Warning = "Base class for warnings about encodings.";
    FutureWarning: Warning = "Base class for warnings about constructs that will change semantically\nin the future.";
    ImportWarning: Warning = "Base class for warnings about probable mistakes in module imports";
    PendingDeprecationWarning: Warning = "Base class for warnings about features which will be deprecated\nin the future.";
    ResourceWarning: Warning = "Base class for warnings about resource usage.";
    RuntimeWarning: Warning = "Base class for warnings about dubious runtime behavior.";
    SyntaxWarning: Warning = "Base class for warnings about dubious syntax.";
    UnicodeWarning: Warning = "Base class for warnings about Unicode related problems, mostly\nrelated to conversion problems.";
    UserWarning: Warning = "Base class for warnings generated by user code.";
}

impl Exceptions {
    /// The subclass of OSError that stands for an error number.
    pub fn class_of_errno(&self, errno: i32) -> Option<&'static TypeObject> {
        Some(match errno {
            libc::EAGAIN | libc::EALREADY | libc::EINPROGRESS => self.BlockingIOError,
            libc::EPIPE | libc::ESHUTDOWN => self.BrokenPipeError,
            libc::ECHILD => self.ChildProcessError,
            libc::ECONNABORTED => self.ConnectionAbortedError,
            libc::ECONNREFUSED => self.ConnectionRefusedError,
            libc::ECONNRESET => self.ConnectionResetError,
            libc::EEXIST => self.FileExistsError,
            libc::ENOENT => self.FileNotFoundError,
            libc::EISDIR => self.IsADirectoryError,
            libc::ENOTDIR => self.NotADirectoryError,
            libc::EINTR => self.InterruptedError,
            libc::EACCES | libc::EPERM => self.PermissionError,
            libc::ESRCH => self.ProcessLookupError,
            libc::ETIMEDOUT => self.TimeoutError,
            _ => return None,
        })
    }
}

/// `ExceptionGroup`, the one built-in class with two bases.
fn exception_group(
    vm: &Vm,
    group: &'static TypeObject,
    exception: &'static TypeObject,
) -> &'static TypeObject {
    let spec = ClassSpec {
        base: Some(group),
        flags: type_flags::BASE | type_flags::BASE_EXC_SUBCLASS,
        dict: true,
        weakrefs: true,
        ..ClassSpec::new("ExceptionGroup")
    };
    let class = object::define_plain_class(vm, spec);
    class
        .bases
        .set(PyTuple::pair(group.as_owned(), exception.as_owned()));
    let mut mro = vec![class.as_owned(), group.as_owned()];
    mro.extend(exception.mro_slice().iter().map(|c| c.own()));
    class.mro.set(PyTuple::new(mro));
    exception.subclasses.get_mut().0.push(class.as_value());
    class
}

/// `__new__` of an exception payload: empty fields, all positional arguments as `args`. The rest is `__init__`'s work.
pub(crate) trait NewException: Payload {
    fn empty(base: PyBaseException) -> Self;
    fn new(_vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
        let base = PyBaseException::with_args(PyTuple::from_slice(args.pos()));
        Ok(object::new_object(class, Self::empty(base)))
    }
}
macro_rules! new_exception { ($($T:ident { $($f:ident = $v:expr),* };)*) => { $(
    impl NewException for $T { fn empty(base: PyBaseException) -> $T { $T { base, $($f: $v),* } } }
)* } }
fn null() -> MutCell<Owned> {
    MutCell::new(Owned::NULL)
}
fn none() -> MutCell<Owned> {
    MutCell::new(Owned::NONE)
}
new_exception! {
    PyStopIteration { value = none() };
    PySystemExit { code = none() };
    PyImportError { msg = none(), name = none(), path = none(), name_from = none() };
    PyNameError { name = none() };
    PyAttributeError { obj = null(), name = none() };
    PyOSError { errno = null(), strerror = null(), filename = null(), filename2 = null(), written = Cell::new(-1) };
    PySyntaxError { msg = none(), filename = none(), lineno = none(), offset = none(), text = none(), end_lineno = none(), end_offset = none(), print_file_and_line = none(), metadata = null() };
    PyUnicodeError { encoding = null(), object = null(), start = Cell::new(0), end = Cell::new(0), reason = null() };
    PyExceptionGroup { message = null(), exceptions = null() };
}
impl NewException for PyBaseException {
    fn empty(base: PyBaseException) -> PyBaseException {
        base
    }
}
pub(crate) fn base_exception_new(
    vm: &Vm,
    class: &'static TypeObject,
    args: Args<'_>,
) -> PyResult<Owned> {
    <PyBaseException as NewException>::new(vm, class, args)
}
