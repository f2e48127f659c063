//! Turns the difference between what a program should have done and what it did into a few lines
//! for people. Used by the harness only.

use crate::program::Outcome;

/// How many differing lines are shown of each stream.
const SHOWN: usize = 4;

/// Describes how `got` differs from `want`; empty when it does not.
pub fn difference(want: &Outcome, got: &Outcome) -> String {
    let mut text = String::new();
    if want.exit != got.exit {
        text.push_str(&format!(
            "    exit: expected {}, got {}\n",
            want.exit, got.exit
        ));
    }
    lines("stdout", &want.stdout, &got.stdout, &mut text);
    lines("stderr", &want.stderr, &got.stderr, &mut text);
    text
}

fn lines(stream: &str, want: &[u8], got: &[u8], text: &mut String) {
    if want == got {
        return;
    }
    let (want, got) = (String::from_utf8_lossy(want), String::from_utf8_lossy(got));
    let want: Vec<&str> = want.split('\n').collect();
    let got: Vec<&str> = got.split('\n').collect();
    let first = want.iter().zip(&got).take_while(|(a, b)| a == b).count();
    text.push_str(&format!("    {stream}, from line {}:\n", first + 1));
    for (sign, side) in [('-', &want), ('+', &got)] {
        for line in side.iter().skip(first).take(SHOWN) {
            text.push_str(&format!("      {sign} {line}\n"));
        }
        if side.len() <= first {
            text.push_str(&format!("      {sign} (end)\n"));
        }
    }
}
