//! Safe faces of the C library's clocks, calendars and signals, for `time` and `signal`.

pub mod bzstream;
pub mod calendar;
pub mod clock;
pub mod limits;
pub mod semaphore;
pub mod signals;
pub mod users;
pub mod zstream;
