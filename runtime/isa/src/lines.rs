//! `co_linetable`: the source range of every instruction (PEP 626, PEP 657). The assembler encodes it; tracebacks,
//! `co_positions`, `co_lines` and line tracing decode it.
//!
//! A table is a run of entries. The first byte has bit 7 set, a form in bits 3-6 and `units - 1` in bits 0-2, so an entry
//! covers one to eight 16-bit units. Forms: 0-9 same line with short columns, 10-12 a line 0-2 further with one byte a
//! column, 13 no columns, 14 everything as variable-length integers, 15 nothing known. Variable-length integers have six
//! bits a byte, least significant first, bit 6 meaning that more follow; signed ones keep the sign in bit 0.

/// A source range; `None` fields are unknown. Columns count UTF-8 bytes from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    pub line: Option<u32>,
    pub end_line: Option<u32>,
    pub column: Option<u32>,
    pub end_column: Option<u32>,
}

/// One decoded entry: `units` code units from `start` have this position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// First unit covered.
    pub start: u32,
    /// How many units are covered.
    pub units: u32,
    pub position: Position,
}

/// A source location in the encoder's terms: -1 means unknown, a line of -1 means that there is no location at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    pub line: i32,
    pub end_line: i32,
    pub column: i32,
    pub end_column: i32,
}

/// Writes a table entry by entry.
#[derive(Debug)]
pub struct Encoder {
    out: Vec<u8>,
    line: i32,
}

impl Encoder {
    /// Starts a table for code whose `co_firstlineno` is `first_line`.
    pub fn new(first_line: u32) -> Encoder {
        Encoder {
            out: Vec::new(),
            line: first_line as i32,
        }
    }

    /// Gives the next `units` code units a location.
    pub fn add(&mut self, location: Location, mut units: u32) {
        while units > 8 {
            self.entry(location, 8);
            units -= 8;
        }
        if units > 0 {
            self.entry(location, units);
        }
    }

    /// The finished table.
    pub fn finish(self) -> Vec<u8> {
        self.out
    }

    fn head(&mut self, form: u8, units: u32) {
        self.out.push(0x80 | form << 3 | (units - 1) as u8);
    }

    fn unsigned(&mut self, mut value: u32) {
        while value >= 64 {
            self.out.push(0x40 | (value & 0x3f) as u8);
            value >>= 6;
        }
        self.out.push(value as u8);
    }

    fn signed(&mut self, value: i32) {
        self.unsigned(if value < 0 {
            (value.unsigned_abs() << 1) | 1
        } else {
            (value as u32) << 1
        });
    }

    fn entry(&mut self, at: Location, units: u32) {
        if at.line < 0 {
            self.head(15, units);
            return;
        }
        let delta = at.line - self.line;
        let (start, end) = (at.column, at.end_column);
        if start < 0 || end < 0 {
            if at.end_line == at.line || at.end_line < 0 {
                self.head(13, units);
                self.signed(delta);
                self.line = at.line;
                return;
            }
        } else if at.end_line == at.line {
            if delta == 0 && start < 80 && end - start < 16 && end >= start {
                self.head((start >> 3) as u8, units);
                self.out.push(((start & 7) << 4 | (end - start)) as u8);
                return;
            }
            if (0..3).contains(&delta) && start < 128 && end < 128 {
                self.head(10 + delta as u8, units);
                self.out.push(start as u8);
                self.out.push(end as u8);
                self.line = at.line;
                return;
            }
        }
        self.head(14, units);
        self.signed(delta);
        self.unsigned((at.end_line - at.line).max(0) as u32);
        self.unsigned((start + 1).max(0) as u32);
        self.unsigned((end + 1).max(0) as u32);
        self.line = at.line;
    }
}

/// Reads a table entry by entry.
#[derive(Clone, Debug)]
pub struct Decoder<'a> {
    table: &'a [u8],
    at: usize,
    line: i32,
    unit: u32,
}

impl<'a> Decoder<'a> {
    /// Reads `table` of code whose `co_firstlineno` is `first_line`.
    pub fn new(table: &'a [u8], first_line: u32) -> Decoder<'a> {
        Decoder {
            table,
            at: 0,
            line: first_line as i32,
            unit: 0,
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.table.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn unsigned(&mut self) -> Option<u32> {
        let mut byte = self.byte()?;
        let mut value = u32::from(byte & 0x3f);
        let mut shift = 0;
        while byte & 0x40 != 0 {
            byte = self.byte()?;
            shift += 6;
            value |= u32::from(byte & 0x3f).checked_shl(shift).unwrap_or(0);
        }
        Some(value)
    }

    fn signed(&mut self) -> Option<i32> {
        let value = self.unsigned()?;
        let magnitude = (value >> 1) as i32;
        Some(if value & 1 != 0 {
            magnitude.wrapping_neg()
        } else {
            magnitude
        })
    }

    fn read(&mut self) -> Option<Entry> {
        let head = self.byte()?;
        let units = u32::from(head & 7) + 1;
        let form = (head >> 3) & 15;
        let mut position = Position::default();
        match form {
            15 => {}
            14 => {
                self.line = self.line.wrapping_add(self.signed()?);
                let lines = self.unsigned()?;
                let (start, end) = (self.unsigned()?, self.unsigned()?);
                let line = self.line.max(0) as u32;
                position.line = Some(line);
                position.end_line = Some(line.wrapping_add(lines));
                position.column = start.checked_sub(1);
                position.end_column = end.checked_sub(1);
            }
            13 => {
                self.line = self.line.wrapping_add(self.signed()?);
                let line = self.line.max(0) as u32;
                position.line = Some(line);
                position.end_line = Some(line);
            }
            10..=12 => {
                self.line = self.line.wrapping_add(i32::from(form) - 10);
                let line = self.line.max(0) as u32;
                position.line = Some(line);
                position.end_line = Some(line);
                position.column = Some(u32::from(self.byte()?));
                position.end_column = Some(u32::from(self.byte()?));
            }
            _ => {
                let columns = self.byte()?;
                let line = self.line.max(0) as u32;
                let start = u32::from(form) << 3 | u32::from(columns >> 4);
                position.line = Some(line);
                position.end_line = Some(line);
                position.column = Some(start);
                position.end_column = Some(start + u32::from(columns & 15));
            }
        }
        let entry = Entry {
            start: self.unit,
            units,
            position,
        };
        self.unit += units;
        Some(entry)
    }
}

impl Iterator for Decoder<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        self.read()
    }
}

/// The position of every code unit, caches included, in order (what `co_positions()` yields).
pub fn positions(table: &[u8], first_line: u32) -> Vec<Position> {
    let mut all = Vec::new();
    for entry in Decoder::new(table, first_line) {
        all.extend(std::iter::repeat_n(entry.position, entry.units as usize));
    }
    all
}

/// The position of the unit at `unit` (byte offset / 2).
pub fn position_at(table: &[u8], first_line: u32, unit: u32) -> Option<Position> {
    Decoder::new(table, first_line)
        .find(|entry| unit < entry.start + entry.units)
        .map(|entry| entry.position)
}

/// The line of the unit at `unit`.
pub fn line_at(table: &[u8], first_line: u32, unit: u32) -> Option<u32> {
    position_at(table, first_line, unit)?.line
}

/// Runs of units on one line as `(start, end, line)` in units (what `co_lines()` yields, with byte offsets there).
pub fn line_runs(table: &[u8], first_line: u32) -> Vec<(u32, u32, Option<u32>)> {
    let mut runs: Vec<(u32, u32, Option<u32>)> = Vec::new();
    for entry in Decoder::new(table, first_line) {
        let end = entry.start + entry.units;
        match runs.last_mut() {
            Some(last) if last.2 == entry.position.line => last.1 = end,
            _ => runs.push((entry.start, end, entry.position.line)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::{Encoder, Location, Position, positions};

    #[test]
    fn every_form_survives_a_round_trip() {
        let all = [
            (1, 1, 0, 5),
            (2, 2, 90, 100),
            (2, 5, 3, 200),
            (1, 1, -1, -1),
            (-1, -1, -1, -1),
            (40, 40, 79, 94),
            (40, 40, 79, 95),
        ];
        let mut encoder = Encoder::new(1);
        for &(line, end_line, column, end_column) in &all {
            encoder.add(
                Location {
                    line,
                    end_line,
                    column,
                    end_column,
                },
                9,
            );
        }
        let table = encoder.finish();
        let decoded = positions(&table, 1);
        assert_eq!(decoded.len(), all.len() * 9);
        let known = |value: i32| u32::try_from(value).ok();
        for (index, &(line, end_line, column, end_column)) in all.iter().enumerate() {
            let expected = Position {
                line: known(line),
                end_line: known(end_line),
                column: known(column),
                end_column: known(end_column),
            };
            assert_eq!(decoded[index * 9], expected);
            assert_eq!(decoded[index * 9 + 8], expected);
        }
    }
}
