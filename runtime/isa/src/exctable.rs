//! `co_exceptiontable`: which handler catches what range of a code object. The assembler encodes it, the runtime and
//! `dis` parse it.
//!
//! One entry is four integers in big-endian groups of six bits: start, size, target, and `depth << 1 | lasti`. Bit 6 of
//! a byte says that more groups follow, bit 7 marks the first byte of an entry. All positions and sizes are in 16-bit
//! code units, not bytes.

/// One protected range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// First protected unit.
    pub start: u32,
    /// One past the last protected unit.
    pub end: u32,
    /// The handler's first unit.
    pub target: u32,
    /// Stack depth to unwind to before the exception is pushed.
    pub depth: u32,
    /// Whether the offset of the raising instruction is pushed below the exception.
    pub lasti: bool,
}

fn put(out: &mut Vec<u8>, value: u32, first: u8) {
    let mut mark = first;
    let mut shift = 30;
    while shift > 0 {
        if value >> shift != 0 {
            out.push((((value >> shift) & 0x3f) as u8) | 0x40 | mark);
            mark = 0;
        }
        shift -= 6;
    }
    out.push((value & 0x3f) as u8 | mark);
}

/// Appends one entry to a table. Entries must come in order of their start.
pub fn encode(out: &mut Vec<u8>, entry: &Entry) {
    put(out, entry.start, 0x80);
    put(out, entry.end.saturating_sub(entry.start), 0);
    put(out, entry.target, 0);
    put(out, entry.depth << 1 | u32::from(entry.lasti), 0);
}

fn take(table: &[u8], at: &mut usize) -> Option<u32> {
    let mut byte = *table.get(*at)?;
    *at += 1;
    let mut value = u32::from(byte & 0x3f);
    while byte & 0x40 != 0 {
        byte = *table.get(*at)?;
        *at += 1;
        value = value.wrapping_shl(6) | u32::from(byte & 0x3f);
    }
    Some(value)
}

/// All entries of a table in their order; a truncated table ends early.
pub fn parse(table: &[u8]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut at = 0;
    while at < table.len() {
        let mut next = || take(table, &mut at);
        let (Some(start), Some(size), Some(target), Some(tail)) = (next(), next(), next(), next())
        else {
            break;
        };
        entries.push(Entry {
            start,
            end: start.saturating_add(size),
            target,
            depth: tail >> 1,
            lasti: tail & 1 != 0,
        });
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::{Entry, encode, parse};

    #[test]
    fn entries_survive_a_round_trip() {
        let entries = [
            Entry {
                start: 0,
                end: 5,
                target: 70,
                depth: 0,
                lasti: false,
            },
            Entry {
                start: 20,
                end: 28,
                target: 100,
                depth: 3,
                lasti: true,
            },
            Entry {
                start: 4096,
                end: 300_000,
                target: 1_000_000,
                depth: 33,
                lasti: false,
            },
        ];
        let mut table = Vec::new();
        for entry in &entries {
            encode(&mut table, entry);
        }
        assert_eq!(parse(&table), entries);
    }

    #[test]
    fn bytes_are_those_of_the_documented_example() {
        let mut table = Vec::new();
        encode(
            &mut table,
            &Entry {
                start: 20,
                end: 28,
                target: 100,
                depth: 3,
                lasti: false,
            },
        );
        assert_eq!(table, [0x80 | 20, 8, 0x40 | 1, 36, 6]);
    }
}
