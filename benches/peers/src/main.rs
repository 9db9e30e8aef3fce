//! Measures adsauth as whole processes: its figures with their goals, and the programs that people use instead, run in
//! alternation against the same token endpoint. It prints two tables and is part of no test.

mod browser;
mod endpoint;
mod figures;
mod inside;
mod lab;
mod measured;
mod peers;
mod process;
mod report;
mod statistics;
mod terminal;
mod wizard;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use lab::Lab;
use measured::{Effort, Measured};

const USAGE: &str = "\
Measures adsauth beside the programs that people use instead.

    cargo peers [--quick] [--write] [--only-ours] [--binary PATH]

    --quick        fewer rounds and shorter waits; the figures are rougher
    --write        puts the tables into README.md and README.ko.md
    --only-ours    installs and runs no peer
    --binary PATH  measures this binary instead of building target/release/adsauth
";

struct Options {
    quick: bool,
    write: bool,
    only_ours: bool,
    binary: Option<PathBuf>,
}

fn options() -> Option<Options> {
    let mut options = Options { quick: false, write: false, only_ours: false, binary: None };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => options.quick = true,
            "--write" => options.write = true,
            "--only-ours" => options.only_ours = true,
            "--binary" => options.binary = Some(arguments.next()?.into()),
            _ => return None,
        }
    }
    Some(options)
}

fn main() -> ExitCode {
    let Some(options) = options() else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    match measure(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("peers: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(options: &Options) -> io::Result<()> {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("benches/peers has a repository around it");
    let lab = Lab::open(root, options.binary.as_ref().map(fs::canonicalize).transpose()?)?;
    if options.binary.is_none() {
        say("building the release binary");
        let status = Command::new("cargo").args(["build", "--release", "--locked"]).current_dir(root).status()?;
        if !status.success() {
            return Err(io::Error::other("the program cannot be built"));
        }
    }
    say("installing the peers and filling a home directory");
    let (peers, missing) = if options.only_ours { (vec![peers::ours()], Vec::new()) } else { peers::install(&lab) };
    lab.crowd()?;
    let effort = if options.quick {
        Effort { rounds: 5, seconds: 5, keys: 60 }
    } else {
        Effort { rounds: 21, seconds: 20, keys: 200 }
    };
    let measured = Measured::all(&lab, &peers, &effort)?;
    let text = format!(
        "\n{}\n{}\n{}\n{}",
        report::circumstances(&lab, &measured),
        report::figures(&figures::all(&lab, &measured)),
        report::peers(&measured),
        report::missing(&missing),
    );
    println!("{text}");
    if options.write {
        for name in ["README.md", "README.ko.md"] {
            let path = root.join(name);
            let written = report::between_marks(&fs::read_to_string(&path)?, &text);
            fs::write(path, written.ok_or_else(|| io::Error::other(format!("{name} has no marks")))?)?;
        }
    }
    Ok(())
}

/// What goes on, while it goes on.
fn say(line: &str) {
    eprintln!("peers: {line}");
}
