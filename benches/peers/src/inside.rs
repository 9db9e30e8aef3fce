//! What happens inside the process with 10,000 accounts: cases of `cargo bench`, run by it, and read from what it writes down.

use std::fs;
use std::io;
use std::process::Command;

use serde_json::Value;

use crate::lab::Lab;
use crate::say;
use crate::statistics::Sample;

/// All cases that begin with this.
const CASES: &str = "10,000 clients";

pub struct Inside {
    /// Drawing a frame.
    pub frame: Sample,
    /// A key and its frame, by what the key does.
    pub keys: Vec<(&'static str, Sample)>,
}

impl Inside {
    pub fn measure(lab: &Lab) -> io::Result<Self> {
        say("building and running `cargo bench` for 10,000 accounts");
        let mut bench = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        bench.args(["bench", "--locked", "--bench", "inside", "--", CASES, "--warm-up-time", "1"]);
        let output = bench.args(["--measurement-time", "3"]).current_dir(&lab.root).output()?;
        if !output.status.success() {
            return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        let key = |what| Ok::<_, io::Error>((what, sample(lab, &format!("key/{CASES}, {what}"))?));
        Ok(Self {
            frame: sample(lab, &format!("frame/{CASES}"))?,
            keys: ["first letter of a filter", "third letter", "a digit of a number", "one row down"]
                .into_iter()
                .map(key)
                .collect::<Result<_, _>>()?,
        })
    }
}

/// Milliseconds for one iteration, of each of criterion's samples.
fn sample(lab: &Lab, case: &str) -> io::Result<Sample> {
    let written = fs::read(lab.root.join("target/criterion").join(case).join("new/sample.json"))?;
    let json: Value = serde_json::from_slice(&written)?;
    let numbers =
        |name: &str| json[name].as_array().into_iter().flatten().filter_map(Value::as_f64).collect::<Vec<_>>();
    Ok(Sample::of(numbers("times").iter().zip(numbers("iters")).map(|(nanoseconds, times)| nanoseconds / times / 1e6)))
}
