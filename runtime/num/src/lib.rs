//! Integers of any size and exact float helpers, without objects.
