//! Compares symbol tables with those of CPython 3.14 for the same programs (`scopes.txt`, recorded by
//! `record_scopes.py`).

use pyjit_compile::parse::{ParseFlags, futures, parse};
use pyjit_compile::scope::{BlockId, ScopeOptions, SymbolTable, def};
use pyjit_compile::{Mode, Source};

fn dump(table: &SymbolTable, id: BlockId, depth: usize, out: &mut Vec<String>) {
    let block = table.block(id);
    let show = |name: &str, flags: u32| {
        format!(
            "{name}:{},{}",
            flags & def::FACTS,
            flags >> def::SCOPE_SHIFT
        )
    };
    let named = block
        .symbols
        .iter()
        .filter(|&(_, flags)| flags & def::FACTS != 0);
    let mut shown: Vec<String> = named.map(|(name, flags)| show(name, flags)).collect();
    let mut passing: Vec<_> = block
        .symbols
        .iter()
        .filter(|&(_, flags)| flags & def::FACTS == 0)
        .collect();
    passing.sort();
    shown.extend(passing.into_iter().map(|(name, flags)| show(name, flags)));
    let params: Vec<&str> = block.params.iter().map(|name| name.as_str()).collect();
    let line = format!(
        "{}{} {} {} [{}] {}",
        " ".repeat(depth),
        block.kind as u32,
        block.name,
        u32::from(block.nested),
        params.join(","),
        shown.join(" ")
    );
    out.push(line.trim_end().to_string());
    for &child in &block.children {
        dump(table, child, depth + 1, out);
    }
}

fn blocks(program: &str) -> Vec<String> {
    let source = Source::from_text(program, "x").expect("text");
    let parsed = parse(&source, Mode::Exec, ParseFlags::default()).expect("a correct program");
    let futures = futures(&source, &parsed.program, 0).expect("correct imports");
    let options = ScopeOptions {
        future_annotations: futures.annotations(),
        allow_top_level_await: false,
    };
    let table = SymbolTable::build(&parsed.program, &source, options).expect("correct scopes");
    let mut out = Vec::new();
    dump(&table, BlockId::TOP, 1, &mut out);
    out
}

#[test]
fn as_cpython() {
    let recorded = include_str!("scopes.txt");
    let mut lines = recorded
        .lines()
        .filter(|line| !line.starts_with('#'))
        .peekable();
    let mut count = 0;
    while let Some(json) = lines.next() {
        let program = json
            .trim_matches('"')
            .replace("\\n", "\n")
            .replace("\\\"", "\"");
        let mut expected = Vec::new();
        while let Some(line) = lines.next_if(|line| line.starts_with(' ')) {
            expected.push(line.to_string());
        }
        assert_eq!(blocks(&program), expected, "{program}");
        count += 1;
    }
    assert!(count >= 30, "only {count} programs");
}
