//! The least that a program can do in a terminal: what measuring it costs is the harness's own share.

fn main() {
    println!("One line and nothing else");
}
