//! What stands behind the ports on a real machine. It decides how, never whether: nothing here starts by itself.

pub mod browser;
pub mod clipboard;
pub mod environment;
pub mod files;
pub mod process;
pub mod trace;
