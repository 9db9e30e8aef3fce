//! The two tables, as Markdown: the figures with their goals, and the peers side by side.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::lab::Lab;
use crate::measured::Measured;
use crate::peers::Missing;
use crate::statistics::Sample;

/// One line of the first table.
#[derive(Clone)]
pub struct Figure {
    pub name: String,
    pub goal: String,
    pub value: String,
    pub spread: String,
    /// `None`: there is nothing to compare it with in this run.
    pub met: Option<bool>,
}

/// The figures with their goals.
pub fn figures(figures: &[Figure]) -> String {
    let mut table = "| figure | goal | measured | least–most | |\n|---|---|---|---|---|\n".to_owned();
    for Figure { name, goal, value, spread, met } in figures {
        let verdict = match met {
            Some(true) => "met",
            Some(false) => "**short**",
            None => "–",
        };
        writeln!(table, "| {name} | {goal} | {value} | {spread} | {verdict} |").expect("a String takes everything");
    }
    table
}

/// The machine, and what its noise and the harness's own share are.
pub fn circumstances(lab: &Lab, measured: &Measured) -> String {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let cpu =
        cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map_or("?", |(_, name)| name);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = read("/proc/sys/kernel/osrelease");
    let version = Command::new(&lab.adsauth).arg("--version").output();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    let started = &measured.started;
    format!(
        "{version}, {}, {cores} cores of {cpu}, Linux {}. Medians of {}. Not in them: the harness's own share, {:.2} ms ({} ms) to start \
         a program, and the token endpoint's own time, {:.3} ms ({} ms). A static program that prints one line takes {:.2} ms ({} ms) \
         in the same way; one that looks into the home directory on a thread, shows the client file and does nothing else, {:.2} ms \
         ({} ms). From callback to token a program on one blocking thread that checks nothing takes {:.2} ms ({} ms).\n",
        today(),
        kernel.trim(),
        started.harness.count(),
        started.harness.median(),
        started.harness.spread(2),
        measured.endpoint.median(),
        measured.endpoint.spread(3),
        started.one_line.median(),
        started.one_line.spread(2),
        started.list.median(),
        started.list.spread(2),
        measured.least.median(),
        measured.least.spread(2),
    )
}

fn today() -> String {
    let date = Command::new("date").arg("+%Y-%m-%d").output();
    date.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}

/// The programs side by side, the fastest to its URL first.
pub fn peers(measured: &Measured) -> String {
    let heads = [
        "program",
        "start to URL, ms",
        "callback to token, ms",
        "callback to page, ms",
        "resident, MiB (anonymous)",
        "CPU while waiting, ms",
        "context switches",
    ];
    let mut signed: Vec<_> = measured.signed.iter().collect();
    signed.sort_by(|one, other| one.url().median().total_cmp(&other.url().median()));
    let cell = |sample: &Sample| {
        if sample.is_empty() { "–".to_owned() } else { format!("{:.2} ({})", sample.median(), sample.spread(2)) }
    };
    let rows = signed.into_iter().map(|signed| {
        let name =
            if signed.ours { format!("**{}**", signed.name) } else { format!("{}: {}", signed.name, signed.what) };
        let mut cells = vec![name, cell(&signed.url()), cell(&signed.token()), cell(&signed.page())];
        let wait = measured.waits.iter().find(|wait| wait.name == signed.name);
        cells.extend(wait.map_or(vec!["–".to_owned(); 3], |wait| {
            vec![
                format!("{:.1} ({:.1})", mebibytes(wait.memory.resident), mebibytes(wait.memory.anonymous)),
                format!("{:.1}", wait.used.cpu.as_secs_f64() * 1000.0),
                wait.used.switches.to_string(),
            ]
        }));
        cells
    });
    table(&heads, rows)
}

#[expect(clippy::cast_precision_loss, reason = "kibibytes of one process")]
fn mebibytes(kibibytes: u64) -> f64 {
    kibibytes as f64 / 1024.0
}

/// What was left out.
pub fn missing(missing: &[Missing]) -> String {
    missing.iter().fold(String::new(), |text, Missing { name, why }| text + &format!("Left out: {name}: {why}.\n"))
}

fn table(heads: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
    for row in rows {
        writeln!(table, "| {} |", row.join(" | ")).expect("a String takes everything");
    }
    table
}

/// The text with what stands between the two marks replaced. `None` without the marks.
pub fn between_marks(text: &str, new: &str) -> Option<String> {
    const BEGIN: &str = "<!-- figures: begin -->";
    const END: &str = "<!-- figures: end -->";
    let start = text.find(BEGIN)? + BEGIN.len();
    let end = start + text[start..].find(END)?;
    Some(format!("{}\n{new}{}", &text[..start], &text[end..]))
}
