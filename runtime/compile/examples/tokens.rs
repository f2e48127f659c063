//! Prints the tokens of files as `tokenize` lists them: to compare with another implementation's.

use pyjit_compile::Source;
use pyjit_compile::listing::list_tokens;

fn main() {
    for name in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&name) else {
            continue;
        };
        let Ok(source) = Source::from_text(&text, "<string>") else {
            continue;
        };
        let (list, ending) = list_tokens(&source, true);
        for t in list {
            println!(
                "{} {} {:?} {:?} {}",
                t.number,
                t.text.replace('\n', "~"),
                t.start,
                t.end,
                t.lines.replace('\n', "~")
            );
        }
        println!("{ending:?}");
    }
}
