//! Many proposals: finding files, reading and judging them on a pool of threads, and handing out reports in order.

pub mod report;
