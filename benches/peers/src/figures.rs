//! The first table: what was measured of this program, each with its goal.

use std::fs;
use std::process::Command;

use crate::lab::{CLIENT_FILES, CROWD, Lab};
use crate::measured::{Measured, Signed, Wait};
use crate::report::Figure;
use crate::statistics::Sample;

const KIB: f64 = 1024.0;

/// All figures, in the order in which a person meets them.
pub fn all(lab: &Lab, measured: &Measured) -> Vec<Figure> {
    [starts(measured), way(measured), keys(measured), waits(measured), crowd(measured), accounts(measured), sizes(lab)]
        .concat()
}

/// At most the goal, in this unit with so many decimals.
fn at_most(name: &str, goal: f64, sample: &Sample, unit: &str, decimals: usize) -> Figure {
    let value = sample.median();
    Figure {
        name: name.to_owned(),
        goal: format!("≤ {goal}{unit}"),
        value: format!("{value:.decimals$}{unit}"),
        spread: sample.spread(decimals),
        met: (!sample.is_empty()).then_some(value <= goal),
    }
}

/// At most so many times another thing.
fn ratio(name: &str, goal: f64, ours: &Sample, other: &Sample, than: &str) -> Figure {
    let value = ours.median() / other.median();
    Figure {
        name: name.to_owned(),
        goal: format!("≤ {goal} × {than}"),
        value: format!("{value:.2} × ({:.2} : {:.2} ms)", ours.median(), other.median()),
        spread: format!("{} : {} ms", ours.spread(2), other.spread(2)),
        met: (!ours.is_empty() && !other.is_empty()).then_some(value <= goal),
    }
}

fn starts(measured: &Measured) -> Vec<Figure> {
    let started = &measured.started;
    let mut figures = vec![ratio(
        "start to the first frame with a row",
        1.5,
        &started.first_row,
        &started.bare,
        "a bare ratatui program",
    )];
    let ours = measured.signed.iter().find(|signed| signed.ours).map(Signed::url).unwrap_or_default();
    if let Some((name, fastest)) = fastest(&measured.signed, Signed::url) {
        figures.push(ratio("start to the consent URL, `adsauth token`", 0.6, &ours, &fastest, &name));
    } else {
        figures.push(Figure {
            name: "start to the consent URL, `adsauth token`".to_owned(),
            goal: "≤ 0.6 × the fastest peer".to_owned(),
            value: format!("{:.2} ms", ours.median()),
            spread: ours.spread(2),
            met: None,
        });
    }
    figures
}

/// The peer with the least median.
pub fn fastest(signed: &[Signed], what: impl Fn(&Signed) -> Sample) -> Option<(String, Sample)> {
    let others = signed.iter().filter(|signed| !signed.ours && !signed.all.is_empty());
    others
        .map(|signed| (signed.name.to_owned(), what(signed)))
        .min_by(|(_, one), (_, other)| one.median().total_cmp(&other.median()))
}

#[expect(clippy::cast_precision_loss, reason = "bytes of a terminal")]
fn way(measured: &Measured) -> Vec<Figure> {
    let ways = &measured.ways;
    let token = Sample::of_times(ways.iter().map(|way| way.token));
    let mut figures = vec![
        at_most(
            "Enter on Client to Sign in, with URL and a tested listener",
            5.0,
            &Sample::of_times(ways.iter().map(|way| way.sign_in)),
            " ms",
            2,
        ),
        at_most("callback to token on the screen, beyond the endpoint's own time", 1.0, &token, " ms", 2),
        at_most(
            "from there to the browser's last page",
            1.0,
            &Sample::of_times(ways.iter().map(|way| way.page)),
            " ms",
            2,
        ),
    ];
    let other = fastest(&measured.signed, Signed::token);
    if let Some((name, other)) = &other {
        figures.push(ratio("the wizard's callback to token against the fastest peer", 1.0, &token, other, name));
    }
    if let Some(line) = measured.signed.iter().find(|signed| signed.ours) {
        figures.push(at_most("callback to token on stdout, `adsauth token`", 1.0, &line.token(), " ms", 2));
        if let Some((name, other)) = &other {
            figures.push(ratio("its callback to token against the fastest peer", 1.0, &line.token(), other, name));
        }
    }
    let bytes = Sample::of(ways.iter().map(|way| way.bytes as f64 / KIB));
    figures.push(at_most("written to the terminal from start to token", 24.0, &bytes, " KiB", 1));
    figures
}

fn keys(measured: &Measured) -> Vec<Figure> {
    let keys = &measured.keys;
    let of = |name: &str, sample: &Sample| Figure {
        name: format!("any key to its frame, p99, {name}"),
        goal: "≤ 4 ms".to_owned(),
        value: format!("{:.2} ms", sample.percentile(99.0)),
        spread: format!("median {:.2}, most {:.2} of {}", sample.median(), sample.most(), sample.count()),
        met: (!sample.is_empty()).then_some(sample.percentile(99.0) <= 4.0),
    };
    [
        ("while nothing happens", &keys.idle),
        ("during a scan", &keys.scan),
        ("during an exchange", &keys.exchange),
        ("while accounts load", &keys.hierarchy),
    ]
    .map(|(name, times)| of(name, &Sample::of_times(times.iter().copied())))
    .into()
}

#[expect(clippy::cast_precision_loss, reason = "kibibytes and counts that are small")]
fn waits(measured: &Measured) -> Vec<Figure> {
    let seconds = measured.seconds;
    let one = |value: f64| Sample::of([value]);
    let cpu = |wait: &Wait| one(wait.used.cpu.as_secs_f64() * 1000.0);
    let mebibytes = |kibibytes: u64| kibibytes as f64 / KIB;
    let (sign_in, client) = (&measured.sign_in, &measured.client);
    let mut figures = vec![
        at_most(&format!("waiting {seconds} s on Sign in: CPU"), 5.0, &cpu(sign_in), " ms", 2),
        at_most(
            &format!("waiting {seconds} s on Sign in: context switches"),
            50.0,
            &one(sign_in.used.switches as f64),
            "",
            0,
        ),
        at_most(&format!("waiting {seconds} s on Client, {CROWD} entries: CPU"), 20.0, &cpu(client), " ms", 2),
        at_most("resident on Sign in, wizard", 9.0, &one(mebibytes(sign_in.memory.resident)), " MiB", 2),
    ];
    let line = measured.waits.iter().find(|wait| wait.ours);
    let leanest = measured.waits.iter().filter(|wait| !wait.ours).min_by_key(|wait| wait.memory.resident);
    if let (Some(line), Some(leanest)) = (line, leanest) {
        let ours = one(mebibytes(line.memory.resident));
        let goal = mebibytes(leanest.memory.resident);
        let mut figure = at_most("resident while waiting, `adsauth token`", goal, &ours, " MiB", 2);
        figure.goal = format!("≤ {goal:.2} MiB ({})", leanest.name);
        figures.push(figure);
    }
    figures
}

fn crowd(measured: &Measured) -> Vec<Figure> {
    let started = &measured.started;
    let name = |what: &str| format!("{CROWD} entries and {CLIENT_FILES} client files in home: {what}");
    vec![
        // Unaffected: no more than what two measurements of the same thing differ by here.
        ratio(&name("first frame"), 1.1, &started.first_frame_crowded, &started.first_frame, "with one file"),
        at_most(&name("first row"), 100.0, &started.first_row_crowded, " ms", 2),
        ratio(&name("whole list"), 1.2, &started.whole_list, &started.find, "`find ~ -maxdepth 1`"),
    ]
}

fn accounts(measured: &Measured) -> Vec<Figure> {
    let inside = &measured.inside;
    let frame = at_most("10000 accounts: drawing a frame", 1.0, &inside.frame, " ms", 2);
    let keys = inside
        .keys
        .iter()
        .map(|(what, sample)| at_most(&format!("10000 accounts: {what}, drawn"), 4.0, sample, " ms", 2));
    std::iter::once(frame).chain(keys).collect()
}

#[expect(clippy::cast_precision_loss, reason = "megabytes and crates")]
fn sizes(lab: &Lab) -> Vec<Figure> {
    let size = fs::metadata(&lab.adsauth).map_or(0, |metadata| metadata.len());
    let mut tree = Command::new("cargo");
    tree.args(["tree", "--locked", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"]);
    tree.args(["--target", "x86_64-unknown-linux-gnu"]).current_dir(&lab.root);
    let listed = tree.output().map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let crates: std::collections::HashSet<_> = listed
        .lines()
        .filter_map(|line| Some(line.split(" (").next()?.trim()))
        .filter(|line| !line.is_empty())
        .collect();
    vec![
        at_most("release binary", 5.0, &Sample::of([size as f64 / 1e6]), " MB", 2),
        at_most("crates in the Linux build", 235.0, &Sample::of([crates.len() as f64]), "", 0),
    ]
}
