//! Prints the syntax trees of files, one node a line with its place: to compare with another implementation's.

use pyjit_compile::astdump::{AstNode, Item, parse_tree};
use pyjit_compile::{Options, Source};
use pyjit_isa::code::Const;

fn show(item: &Item, depth: usize) {
    let pad = " ".repeat(depth);
    match item {
        Item::None => println!("{pad}None"),
        Item::Int(i) => println!("{pad}{i}"),
        Item::Str(s) => println!("{pad}{s}"),
        Item::Const(c) => {
            let what = match c {
                Const::None => "NoneType".to_string(),
                Const::True | Const::False => "bool".to_string(),
                Const::Ellipsis => "ellipsis".to_string(),
                Const::Int(i) => format!("int {i}"),
                Const::BigInt(_) => "int big".to_string(),
                Const::Float(_) => "float".to_string(),
                Const::Complex(..) => "complex".to_string(),
                Const::Str(s) => format!(
                    "str {} {}",
                    s.chars().count(),
                    s.chars().map(u64::from).sum::<u64>()
                ),
                Const::Surrogates(s) => format!(
                    "str {} {}",
                    s.len(),
                    s.iter().map(|c| u64::from(*c)).sum::<u64>()
                ),
                Const::Bytes(b) => format!("bytes {}", b.len()),
                _ => "other".to_string(),
            };
            println!("{pad}{what}");
        }
        Item::List(l) => {
            println!("{pad}[");
            for i in l {
                show(i, depth + 1);
            }
        }
        Item::Node(n) => node(n, depth),
    }
}
fn node(n: &AstNode, depth: usize) {
    let pad = " ".repeat(depth);
    println!(
        "{pad}{} {:?}",
        n.kind.row().1.name,
        n.position.map_or(vec![], |p| p.to_vec())
    );
    for f in &n.fields {
        show(f, depth + 1);
    }
}

fn main() {
    for name in std::env::args().skip(1) {
        println!("FILE {name}");
        let Ok(bytes) = std::fs::read(&name) else {
            continue;
        };
        match Source::from_bytes(&bytes, &name).and_then(|s| parse_tree(&s, &Options::exec(&name)))
        {
            Ok(t) => node(&t.root, 0),
            Err(e) => println!("ERROR {}", e.msg),
        }
    }
}
