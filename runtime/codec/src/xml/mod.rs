//! XML documents as events, fed in pieces, with the error numbers of expat; for `pyexpat`. `parser.rs` keeps the input and
//! the state of the document, `content.rs` reads elements and text, `doctype.rs` document type declarations, `encoding.rs`
//! makes text of bytes.

mod content;
mod doctype;
mod encoding;
mod parser;

pub use encoding::Encoding;
pub use parser::Parser;

/// Error numbers.
pub mod error {
    pub const SYNTAX: u32 = 2;
    pub const NO_ELEMENTS: u32 = 3;
    pub const INVALID_TOKEN: u32 = 4;
    pub const UNCLOSED_TOKEN: u32 = 5;
    pub const PARTIAL_CHAR: u32 = 6;
    pub const TAG_MISMATCH: u32 = 7;
    pub const DUPLICATE_ATTRIBUTE: u32 = 8;
    pub const JUNK_AFTER_DOCUMENT: u32 = 9;
    pub const UNDEFINED_ENTITY: u32 = 11;
    pub const RECURSIVE_ENTITY: u32 = 12;
    pub const ASYNC_ENTITY: u32 = 13;
    pub const BAD_CHAR_REF: u32 = 14;
    pub const BINARY_ENTITY_REF: u32 = 15;
    pub const ATTRIBUTE_EXTERNAL_ENTITY_REF: u32 = 16;
    pub const MISPLACED_XML_PI: u32 = 17;
    pub const UNKNOWN_ENCODING: u32 = 18;
    pub const UNCLOSED_CDATA: u32 = 20;
    pub const UNBOUND_PREFIX: u32 = 27;
    pub const XML_DECL: u32 = 30;
    pub const AMPLIFICATION: u32 = 43;
    /// Not one of expat's: a content model is nested too deeply.
    pub const TOO_DEEP: u32 = 1000;
}

/// The content model of an element declaration: (type, quantifier, name, children).
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    pub kind: u8,
    pub quantifier: u8,
    pub name: Option<String>,
    pub children: Vec<Model>,
}

/// System and public identifier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct External {
    pub system: Option<String>,
    pub public: Option<String>,
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    XmlDecl {
        version: Option<String>,
        encoding: Option<String>,
        standalone: i32,
    },
    /// Attributes in order; those past `specified` are defaults.
    StartElement {
        name: String,
        attributes: Vec<(String, String)>,
        specified: usize,
    },
    EndElement {
        name: String,
    },
    StartNamespace {
        prefix: Option<String>,
        uri: Option<String>,
    },
    EndNamespace {
        prefix: Option<String>,
    },
    Text(String),
    Comment(String),
    Instruction {
        target: String,
        data: String,
    },
    StartCdata,
    EndCdata,
    StartDoctype {
        name: String,
        id: External,
        internal: bool,
    },
    EndDoctype,
    EntityDecl {
        name: String,
        parameter: bool,
        value: Option<String>,
        id: External,
        notation: Option<String>,
    },
    NotationDecl {
        name: String,
        id: External,
    },
    ElementDecl {
        name: String,
        model: Model,
    },
    AttlistDecl {
        element: String,
        attribute: String,
        kind: String,
        default: Option<String>,
        required: bool,
    },
    ExternalRef {
        context: Option<String>,
        id: External,
    },
    Skipped {
        name: String,
        parameter: bool,
    },
    NotStandalone,
    /// Nothing but its text, for default handlers.
    Other,
    /// The document's encoding is not known here: the caller may give a table.
    UnknownEncoding(String),
}

/// An event with its place and its source text.
#[derive(Clone, Debug)]
pub struct Found {
    pub event: Event,
    pub raw: String,
    pub line: u64,
    pub column: u64,
    pub byte: u64,
}
