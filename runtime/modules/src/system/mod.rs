//! Safe faces of the C library's clocks, calendars and signals, for `time` and `signal`.

pub mod calendar;
pub mod clock;
pub mod limits;
pub mod signals;
pub mod zstream;
pub mod semaphore;
pub mod users;
