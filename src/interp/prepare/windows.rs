//! Call windows: `[callable][room for a header][receiver or NULL][arguments ...]`.

use super::{Loc, Made, Translator};
use pyjit_core::frame::HEADER_WORDS;
use pyjit_isa::threaded::Op;

impl Translator<'_> {
    /// Opens a window: the entry at `pos` is the callable.
    pub(super) fn open_window(&mut self, pos: usize) {
        self.stack[pos].gap = true;
    }
    /// Brings callable and arguments of a call with `n` arguments into a window; (base slot, whether there may be a
    /// receiver). The window's entries are popped.
    fn window(&mut self, n: usize, keep_null: bool) -> Made<(i16, bool)> {
        let p = self.at(n + 2)?;
        let receiver = self.stack[p + 1].loc != Loc::Null;
        if self.stack[p].gap {
            if self.stack[p + 1..].iter().any(|e| e.gap) {
                return Err("window inside a window");
            }
            let base = self.flush(p);
            if receiver || keep_null {
                self.flush(p + 1);
            }
            for i in p + 2..self.stack.len() {
                self.flush(i);
            }
            let top = base + (1 + HEADER_WORDS + 1 + n) as i16;
            self.see_slot(top);
            self.drop_top(n + 2);
            return Ok((base, receiver));
        }
        // No room was left: move the whole call up.
        for i in p..self.stack.len() {
            self.flush(i);
        }
        let base = self.canonical(self.stack.len());
        let slots: Vec<i16> = (p..self.stack.len()).map(|i| self.canonical(i)).collect();
        for (i, from) in slots.iter().enumerate().rev() {
            let to = if i == 0 {
                base
            } else {
                base + (HEADER_WORDS + i) as i16
            };
            self.emit(Op::MoveTemp, to, *from, 0);
        }
        self.see_slot(base + (1 + HEADER_WORDS + 1 + n) as i16);
        self.drop_top(n + 2);
        Ok((base, true))
    }
    pub(super) fn call(&mut self, n: usize) -> Made<()> {
        let (base, receiver) = self.window(n, false)?;
        let i = self.emit(
            if receiver { Op::Call } else { Op::CallFunction },
            base,
            n as i16,
            -1,
        );
        if self.calls < u16::MAX - 1 {
            self.out[i].c.set(self.calls as i16);
            self.calls += 1;
            self.call_sites.push((i, base));
        }
        self.push_result(base);
        Ok(())
    }
    /// The result of a call stands at the window's base: in its canonical temp, unless the call was moved up.
    fn push_result(&mut self, base: i16) {
        let slot = self.push_temp();
        if slot != base {
            self.emit(Op::MoveTemp, slot, base, 0);
        }
    }
    pub(super) fn call_kw(&mut self, n: usize) -> Made<()> {
        let Loc::Const(k) = self.pop()?.loc else {
            return Err("keyword names are no constant");
        };
        let Ok(k) = u16::try_from(k) else {
            return Err("constant index too large");
        };
        let (base, _) = self.window(n, true)?;
        self.emit(Op::CallKw, base, n as i16, k as i16);
        self.push_result(base);
        Ok(())
    }
    pub(super) fn call_ex(&mut self) -> Made<()> {
        let p = self.at(4)?;
        let has_kwargs = self.stack[p + 3].loc != Loc::Null;
        let f = self.flush(p);
        let args = self.flush(p + 2);
        let kwargs = if has_kwargs { self.flush(p + 3) } else { -1 };
        self.drop_top(4);
        self.emit(Op::CallEx, f, args, kwargs);
        self.push(Loc::Temp(f));
        Ok(())
    }
}
