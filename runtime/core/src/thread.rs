//! The interpreter lock. One thread runs Python at a time; a thread that waits asks the running one to let go after the
//! switch interval, through the breaker that safepoints read. What belongs to the running thread stands in `Vm::thread`; a
//! thread without the lock keeps its [`ThreadState`] in a box of its own, and the two are exchanged when the lock changes
//! hands. Called by `_thread`, and by every native that blocks ([`Vm::release_gil`]).

use crate::frame::ThreadState;
use crate::vm::{PyResult, Vm};
use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

struct Gil {
    state: Mutex<GilState>,
    /// The lock became free, or has been taken after somebody asked for it.
    changed: Condvar,
}
struct GilState {
    held: bool,
    /// Counts hand-overs.
    switches: u64,
    waiting: usize,
}

static GIL: AtomicPtr<Gil> = AtomicPtr::new(std::ptr::null_mut());
/// A waiting thread wants the lock.
static WANTED: AtomicBool = AtomicBool::new(false);
/// Threads that can run Python, this one included.
static THREADS: AtomicUsize = AtomicUsize::new(1);
/// Microseconds that a thread may run while others wait.
static INTERVAL: AtomicU64 = AtomicU64::new(5000);
/// The main thread is on its way out: the others never run again.
static FINALIZING: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// The state of this thread while it does not hold the lock.
    static PARKED: RefCell<Option<Box<ThreadState>>> = const { RefCell::new(None) };
}

fn gil() -> &'static Gil {
    let p = GIL.load(Ordering::Acquire);
    if !p.is_null() {
        // SAFETY: made below and never freed.
        return unsafe { &*p };
    }
    let fresh = Box::into_raw(Box::new(Gil {
        state: Mutex::new(GilState {
            held: true,
            switches: 0,
            waiting: 0,
        }),
        changed: Condvar::new(),
    }));
    match GIL.compare_exchange(
        std::ptr::null_mut(),
        fresh,
        Ordering::AcqRel,
        Ordering::Acquire,
    ) {
        // SAFETY: as above.
        Ok(_) => unsafe { &*fresh },
        Err(other) => {
            // SAFETY: ours was never published; the other one is as above.
            unsafe {
                drop(Box::from_raw(fresh));
                &*other
            }
        }
    }
}

fn lock(g: &Gil) -> MutexGuard<'_, GilState> {
    g.state.lock().unwrap_or_else(|e| e.into_inner())
}

/// Exchanges the running state with this thread's parked one. The caller holds the lock.
fn exchange(vm: &Vm) {
    PARKED.with_borrow_mut(|parked| {
        let mine = parked.get_or_insert_with(Box::default);
        // SAFETY: the lock is held, so no other thread uses `vm.thread`, and no reference into it is kept across a change of
        // hands: all fields but `exc_base` are cells, and that one is only reached through `exc_top`.
        unsafe {
            let running = &raw const vm.thread as *mut ThreadState;
            std::ptr::swap(running, &mut **mine);
        }
    });
}

fn take(vm: &Vm) {
    let g = gil();
    let mut s = lock(g);
    s.waiting += 1;
    while s.held {
        let before = s.switches;
        let wait = Duration::from_micros(INTERVAL.load(Ordering::Relaxed).max(1));
        let (next, timeout) = g
            .changed
            .wait_timeout(s, wait)
            .unwrap_or_else(|e| e.into_inner());
        s = next;
        if timeout.timed_out() && s.held && s.switches == before {
            WANTED.store(true, Ordering::Relaxed);
            // SAFETY: the flag is a byte of its own that is only ever set or cleared.
            unsafe {
                AtomicBool::from_ptr(vm.thread.breaker.as_ptr()).store(true, Ordering::Relaxed)
            };
        }
    }
    s.waiting -= 1;
    s.held = true;
    s.switches = s.switches.wrapping_add(1);
    WANTED.store(false, Ordering::Relaxed);
    g.changed.notify_all();
    drop(s);
    if FINALIZING.load(Ordering::Relaxed) && !is_main() {
        give_up();
        loop {
            std::thread::park();
        }
    }
}

fn give_up() -> bool {
    let g = gil();
    let mut s = lock(g);
    s.held = false;
    let others = s.waiting > 0;
    g.changed.notify_all();
    others
}

static MAIN: AtomicU64 = AtomicU64::new(0);
static GENERATION: AtomicU64 = AtomicU64::new(0);

/// The identity of the calling thread, as `threading.get_ident()` gives it.
pub fn current_ident() -> u64 {
    // SAFETY: always succeeds.
    unsafe { libc::pthread_self() as u64 }
}
/// How many forks lie between the first process and this one.
pub fn generation() -> u64 {
    GENERATION.load(Ordering::Relaxed)
}
/// The identity of the main thread.
pub fn main_ident() -> u64 {
    match MAIN.load(Ordering::Relaxed) {
        0 => {
            // The first thread that asks before another could have been started is the main one.
            let id = current_ident();
            MAIN.store(id, Ordering::Relaxed);
            id
        }
        id => id,
    }
}
/// Whether the calling thread is the main thread.
pub fn is_main() -> bool {
    current_ident() == main_ident()
}

/// Number of threads that can run Python.
pub fn thread_count() -> usize {
    THREADS.load(Ordering::Relaxed)
}

impl Vm {
    /// Runs something that blocks, without the lock. It must not touch Python objects.
    pub fn release_gil<R>(&self, f: impl FnOnce() -> R) -> R {
        if THREADS.load(Ordering::Relaxed) == 1 {
            return f();
        }
        self.gil_release();
        let r = f();
        self.gil_acquire();
        r
    }
    /// Gives the lock up. Nothing of Python may be touched until [`Vm::gil_acquire`].
    pub fn gil_release(&self) {
        exchange(self);
        give_up();
    }
    /// Waits for the lock.
    pub fn gil_acquire(&self) {
        take(self);
        exchange(self);
    }
    /// Lets another thread run if one has asked. Called at safepoints.
    pub fn gil_switch(&self) {
        if !WANTED.load(Ordering::Relaxed) {
            return;
        }
        let before = lock(gil()).switches;
        exchange(self);
        if give_up() {
            // Wait until somebody has really taken it; otherwise this thread would be first again.
            let g = gil();
            let mut s = lock(g);
            while s.switches == before && s.waiting > 0 {
                s = g.changed.wait(s).unwrap_or_else(|e| e.into_inner());
            }
        }
        self.gil_acquire();
    }
    /// Seconds that a thread may run while others wait.
    pub fn switch_interval(&self) -> f64 {
        INTERVAL.load(Ordering::Relaxed) as f64 / 1e6
    }
    pub fn set_switch_interval(&self, seconds: f64) {
        INTERVAL.store((seconds * 1e6) as u64, Ordering::Relaxed);
    }
    /// Runs `body` as a new thread of Python: with a state of its own and the lock. Called on the new thread, which
    /// [`Vm::thread_starting`] has announced. False if there is no memory for its frames.
    pub fn run_thread(
        &self,
        native_stack: usize,
        recursion_limit: u32,
        body: impl FnOnce(&Vm),
    ) -> bool {
        let state = Box::<ThreadState>::default();
        let ready = state.reserve(native_stack);
        state.recursion_limit.set(recursion_limit);
        state.id.set(current_ident());
        PARKED.with_borrow_mut(|p| *p = Some(state));
        self.gil_acquire();
        if ready {
            body(self);
        }
        let t = &self.thread;
        // What the state holds goes while the lock is held.
        t.trace_fn.take();
        t.profile_fn.take();
        t.asyncgen_firstiter.take();
        t.asyncgen_finalizer.take();
        t.context.take();
        t.locals.take();
        t.async_exc.take();
        t.raised.take();
        t.exc_item().value.take();
        let (lo, hi) = (t.stack_lo.get(), t.stack_hi.get());
        exchange(self);
        THREADS.fetch_sub(1, Ordering::Relaxed);
        give_up();
        PARKED.with_borrow_mut(|p| *p = None);
        if ready {
            // SAFETY: the mapping was made by `reserve`, and no activation is left on it.
            unsafe { libc::munmap(lo as *mut libc::c_void, hi as usize - lo as usize) };
        }
        ready
    }
    /// Announces a thread that is about to be started. Called with the lock held.
    pub fn thread_starting(&self) {
        main_ident();
        if THREADS.fetch_add(1, Ordering::Relaxed) == 1 && !SWITCHING.swap(true, Ordering::Relaxed)
        {
            self.at_safepoint(|vm| {
                vm.gil_switch();
                Ok(())
            });
        }
    }
    /// Takes an announcement back: the thread could not be started.
    pub fn thread_not_started(&self) {
        THREADS.fetch_sub(1, Ordering::Relaxed);
    }
    /// In the child of a fork only the calling thread is left, and it holds the lock.
    pub fn gil_after_fork(&self) {
        let fresh = Box::new(Gil {
            state: Mutex::new(GilState {
                held: true,
                switches: 0,
                waiting: 0,
            }),
            changed: Condvar::new(),
        });
        // The old one may be locked by a thread that no longer exists, so it is left alone.
        GIL.store(Box::into_raw(fresh), Ordering::Release);
        THREADS.store(1, Ordering::Relaxed);
        WANTED.store(false, Ordering::Relaxed);
        MAIN.store(current_ident(), Ordering::Relaxed);
        GENERATION.fetch_add(1, Ordering::Relaxed);
    }
    /// From now on only the main thread gets the lock.
    pub fn gil_finalize(&self) {
        main_ident();
        FINALIZING.store(true, Ordering::Relaxed);
    }
    /// Waits without the lock until `ready` gives something, looking at pending work (signals) in between. `wait` blocks
    /// for at most the given time.
    pub fn wait_interruptibly<R>(
        &self,
        mut wait: impl FnMut(Duration) -> Option<R>,
        limit: Option<Duration>,
    ) -> PyResult<Option<R>> {
        const SLICE: Duration = Duration::from_millis(20);
        let start = std::time::Instant::now();
        loop {
            let left = limit.map(|l| l.saturating_sub(start.elapsed()));
            let slice = left.map_or(SLICE, |l| l.min(SLICE));
            if let Some(r) = self.release_gil(|| wait(slice)) {
                return Ok(Some(r));
            }
            if self.thread.breaker.get() {
                self.check_pending()?;
            }
            if left.is_some_and(|l| l <= slice) {
                return Ok(None);
            }
        }
    }
}
static SWITCHING: AtomicBool = AtomicBool::new(false);
