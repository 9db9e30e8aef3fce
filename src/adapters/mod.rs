//! The real machine behind the ports. It never decides anything about the flow.

pub mod files;
