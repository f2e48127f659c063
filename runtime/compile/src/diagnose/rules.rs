//! Reads the notation of `grammar` into the form `peg` interprets. Done once, at the first error.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::grammar::GRAMMAR;
use super::tokens::Kind as TokenKind;

/// What a stretch of tokens turned out to be, as far as messages care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    Token,
    Seq,
    Nothing,
    Name,
    True,
    False,
    None,
    Ellipsis,
    Literal,
    Tuple,
    List,
    Set,
    Dict,
    Starred,
    Call,
    Attribute,
    Subscript,
    Operation,
    Comparison,
    Conditional,
    Named,
    Lambda,
    Yield,
    Await,
    Generator,
    ListComp,
    SetComp,
    DictComp,
    FString,
    TString,
    Args,
    Keyword,
    DoubleStarred,
    Clause,
}

const NODE_KINDS: [(&str, NodeKind); 30] = [
    ("Name", NodeKind::Name),
    ("True", NodeKind::True),
    ("False", NodeKind::False),
    ("None", NodeKind::None),
    ("Ellipsis", NodeKind::Ellipsis),
    ("Literal", NodeKind::Literal),
    ("Tuple", NodeKind::Tuple),
    ("List", NodeKind::List),
    ("Set", NodeKind::Set),
    ("Dict", NodeKind::Dict),
    ("Starred", NodeKind::Starred),
    ("Call", NodeKind::Call),
    ("Attribute", NodeKind::Attribute),
    ("Subscript", NodeKind::Subscript),
    ("Operation", NodeKind::Operation),
    ("Comparison", NodeKind::Comparison),
    ("Conditional", NodeKind::Conditional),
    ("Named", NodeKind::Named),
    ("Lambda", NodeKind::Lambda),
    ("Yield", NodeKind::Yield),
    ("Await", NodeKind::Await),
    ("Generator", NodeKind::Generator),
    ("ListComp", NodeKind::ListComp),
    ("SetComp", NodeKind::SetComp),
    ("DictComp", NodeKind::DictComp),
    ("FString", NodeKind::FString),
    ("TString", NodeKind::TString),
    ("Args", NodeKind::Args),
    ("Keyword", NodeKind::Keyword),
    ("DoubleStarred", NodeKind::DoubleStarred),
];

/// Where an error is reported.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    At(usize),
    Range(usize, usize),
    From(usize),
    /// The last token read.
    Here,
    /// The next token.
    Next,
    /// The last token read; an indentation error about the line of this item.
    Indent(usize),
}

/// Which targets an expression is judged as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Targets {
    Star,
    Del,
    For,
}

/// What becomes of an alternative that matched.
#[derive(Clone, Debug)]
pub enum Action {
    /// Its only item, or a sequence of all of them.
    Default,
    Take(usize),
    Node(NodeKind),
    Raise(Place, &'static str),
    InvalidTarget(Targets, usize),
    Check(&'static str, Vec<usize>),
}

#[derive(Clone, Debug)]
pub enum Item {
    Literal(&'static str),
    Soft(&'static str),
    Token(TokenKind),
    AnySoft,
    Rule(usize),
    Group(Vec<Alternative>),
    Optional(Box<Item>),
    Repeat(Box<Item>, usize),
    Separated(Box<Item>, Box<Item>),
    Ahead(Box<Item>),
    Not(Box<Item>),
    Force(Box<Item>),
    Cut,
}

#[derive(Clone, Debug)]
pub struct Alternative {
    pub items: Vec<Item>,
    pub action: Action,
}

#[derive(Debug)]
pub struct Rule {
    pub alternatives: Vec<Alternative>,
    /// Remembered whether or not mistakes are being looked for.
    pub shared: bool,
    pub left_recursive: bool,
    /// Only tried when mistakes are being looked for.
    pub wrong: bool,
}

/// The whole grammar.
#[derive(Debug)]
pub struct Rules {
    pub rules: Vec<Rule>,
    by_name: HashMap<&'static str, usize>,
}

impl Rules {
    /// The grammar, read on first use.
    pub fn get() -> &'static Rules {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| read(GRAMMAR))
    }

    /// Number of a rule; 0 for an unknown name.
    pub fn find(&self, name: &str) -> usize {
        self.by_name.get(name).copied().unwrap_or(0)
    }
}

struct Reader {
    words: Vec<&'static str>,
    at: usize,
    by_name: HashMap<&'static str, usize>,
}

/// Splits the notation into words; quoted ones keep their opening quote.
fn split(text: &'static str) -> Vec<&'static str> {
    let mut words = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b' ' | b'\n' => continue,
            b'\'' | b'`' | b'"' => {
                while bytes
                    .get(at)
                    .is_some_and(|&next| next != byte || bytes[at - 1] == b'\\')
                {
                    at += 1;
                }
                words.push(&text[start..at]);
                at += 1;
                continue;
            }
            b':' => at += 1,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'0'..=b'9' => {
                while bytes
                    .get(at)
                    .is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'_')
                {
                    at += 1;
                }
            }
            _ => {}
        }
        words.push(&text[start..at]);
    }
    words
}

fn read(text: &'static str) -> Rules {
    let words = split(text);
    let mut by_name = HashMap::new();
    let mut count = 0;
    for pair in words.windows(2) {
        if pair[1] == "=" && pair[0].starts_with(|c: char| c.is_ascii_lowercase()) {
            by_name.insert(pair[0], count);
            count += 1;
        }
    }
    let mut reader = Reader {
        words,
        at: 0,
        by_name,
    };
    let mut rules = Vec::new();
    while reader.at < reader.words.len() {
        let shared = reader.accept("@");
        let name = reader.next();
        reader.accept("=");
        let alternatives = reader.alternatives();
        reader.accept(";");
        let number = rules.len();
        let left_recursive = alternatives
            .iter()
            .any(|alt| matches!(alt.items.first(), Some(Item::Rule(first)) if *first == number));
        rules.push(Rule {
            alternatives,
            shared,
            left_recursive,
            wrong: name.starts_with("wrong_"),
        });
    }
    Rules {
        rules,
        by_name: reader.by_name,
    }
}

impl Reader {
    fn peek(&self) -> &'static str {
        self.words.get(self.at).copied().unwrap_or(";")
    }

    fn next(&mut self) -> &'static str {
        let word = self.peek();
        self.at += 1;
        word
    }

    fn accept(&mut self, word: &str) -> bool {
        let found = self.peek() == word;
        self.at += usize::from(found);
        found
    }

    fn alternatives(&mut self) -> Vec<Alternative> {
        let mut out = vec![self.alternative()];
        while self.accept("|") {
            out.push(self.alternative());
        }
        out
    }

    fn alternative(&mut self) -> Alternative {
        let mut items = Vec::new();
        while !matches!(self.peek(), "|" | ";" | ")" | "::") {
            items.push(self.item());
        }
        let action = if self.accept("::") {
            self.action()
        } else {
            Action::Default
        };
        Alternative { items, action }
    }

    fn item(&mut self) -> Item {
        match self.peek() {
            "&" | "!" | "^" => {
                let prefix = self.next();
                let item = Box::new(self.item());
                match prefix {
                    "&" => Item::Ahead(item),
                    "!" => Item::Not(item),
                    _ => Item::Force(item),
                }
            }
            "~" => {
                self.next();
                Item::Cut
            }
            _ => {
                let mut item = self.primary();
                loop {
                    item = match self.peek() {
                        "?" => Item::Optional(Box::new(item)),
                        "*" => Item::Repeat(Box::new(item), 0),
                        "+" => Item::Repeat(Box::new(item), 1),
                        "%" => {
                            self.next();
                            let separator = self.primary();
                            item = Item::Separated(Box::new(item), Box::new(separator));
                            continue;
                        }
                        _ => return item,
                    };
                    self.next();
                }
            }
        }
    }

    fn primary(&mut self) -> Item {
        let word = self.next();
        if word == "(" {
            let alternatives = self.alternatives();
            self.accept(")");
            return Item::Group(alternatives);
        }
        if let Some(text) = word.strip_prefix('\'') {
            return Item::Literal(text);
        }
        if let Some(text) = word.strip_prefix('`') {
            return Item::Soft(text);
        }
        let kind = match word {
            "NAME" => TokenKind::Name,
            "NUMBER" => TokenKind::Number,
            "STRING" => TokenKind::Str,
            "NEWLINE" => TokenKind::Newline,
            "INDENT" => TokenKind::Indent,
            "DEDENT" => TokenKind::Dedent,
            "END" => TokenKind::End,
            "FSTRING_START" => TokenKind::FStart,
            "FSTRING_MIDDLE" => TokenKind::FMiddle,
            "FSTRING_END" => TokenKind::FEnd,
            "TSTRING_START" => TokenKind::TStart,
            "TSTRING_MIDDLE" => TokenKind::TMiddle,
            "TSTRING_END" => TokenKind::TEnd,
            "SOFT_KEYWORD" => return Item::AnySoft,
            _ => {
                debug_assert!(self.by_name.contains_key(word), "no rule {word}");
                return Item::Rule(self.by_name.get(word).copied().unwrap_or(0));
            }
        };
        Item::Token(kind)
    }

    fn number(&mut self) -> usize {
        self.next().parse().unwrap_or(0)
    }

    fn message(&mut self) -> &'static str {
        self.next().strip_prefix('"').unwrap_or("invalid syntax")
    }

    fn action(&mut self) -> Action {
        let word = self.next();
        if let Some(&(_, kind)) = NODE_KINDS.iter().find(|(name, _)| *name == word) {
            return Action::Node(kind);
        }
        match word {
            "$" => Action::Take(self.number()),
            "Clause" => Action::Node(NodeKind::Clause),
            "at" => Action::Raise(Place::At(self.number()), self.message()),
            "range" => Action::Raise(Place::Range(self.number(), self.number()), self.message()),
            "from" => Action::Raise(Place::From(self.number()), self.message()),
            "here" => Action::Raise(Place::Here, self.message()),
            "next" => Action::Raise(Place::Next, self.message()),
            "indent" => Action::Raise(Place::Indent(self.number()), self.message()),
            "star" => Action::InvalidTarget(Targets::Star, self.number()),
            "del" => Action::InvalidTarget(Targets::Del, self.number()),
            "for" => Action::InvalidTarget(Targets::For, self.number()),
            check => {
                let mut numbers = Vec::new();
                while self.peek().starts_with(|c: char| c.is_ascii_digit()) {
                    numbers.push(self.number());
                }
                Action::Check(check, numbers)
            }
        }
    }
}
