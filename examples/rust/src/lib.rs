//! The input side of the importer: letters and tables, read one by one.

pub mod import;
