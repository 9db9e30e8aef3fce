//! The program in a terminal, with programs that nobody here wrote around it: an authorization server, a browser, two displays.
//! Nothing here leaves the machine, and everything that a test starts ends with it.

#[path = "../support/harm.rs"]
mod harm;
#[path = "../support/terminal.rs"]
mod terminal;

mod fixtures;

mod ask;
mod clipboard;
mod conformance;
mod counts;
mod crash;
mod desktop;
mod harness;
mod line_mode;
mod process_list;
mod proxy;
mod refusal;
mod remote;
mod save;
mod targets;
mod terminal_clipboard;
mod terminal_ssh;
mod terminal_tmux;
mod terminal_xterm;
mod web;
