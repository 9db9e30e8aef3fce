//! `adsauth man`: the manual page, made from the same tables that the program runs on.

use std::fmt::Write as _;
use std::io;

use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, roman};

use super::arguments;
use super::machine::{Context, print};
use crate::oauth::client_file::Kind;
use crate::oauth::grant::Warning;
use crate::problem::{Exit, Problem};
use crate::text::Text;

/// Prints the manual page.
pub fn run(context: &Context) -> Exit {
    match page(context) {
        Ok(page) if print(&page) => Exit::Done,
        Ok(_) | Err(_) => Exit::Write,
    }
}

/// The exit codes, as `--help` ends with them.
pub fn exit_codes(text: &Text) -> String {
    let mut table = text.options.exit_codes.to_owned();
    for code in Exit::ALL {
        let _ = write!(table, "\n  {:>3}  {}", code.code(), (text.line.exit)(code));
    }
    table
}

fn page(context: &Context) -> io::Result<String> {
    let mut out = Vec::new();
    let command = arguments::command(context.text);
    let subcommands: Vec<_> = command.get_subcommands().filter(|one| one.get_name() != "help").cloned().collect();
    let man = Man::new(command.after_help(""));
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    for subcommand in subcommands {
        let name = subcommand.get_name().to_owned();
        let mut heading = Roff::new();
        heading.control("SH", [format!("adsauth {name}").to_uppercase().as_str()]);
        heading.text([roman(subcommand.get_about().map(ToString::to_string).unwrap_or_default())]);
        heading.to_writer(&mut out)?;
        // The options of every command stand above once.
        let subcommand = subcommand.mut_args(|argument| {
            let everywhere = argument.is_global_set();
            argument.hide(everywhere)
        });
        Man::new(subcommand.bin_name(format!("adsauth {name}"))).render_options_section(&mut out)?;
    }
    let mut tables = Roff::new();
    table(&mut tables, "EXIT CODES", Exit::ALL.map(|exit| (exit.code().to_string(), (context.text.line.exit)(exit))));
    table(
        &mut tables,
        "KINDS OF FILES",
        Kind::ALL.map(|kind| (kind.code().to_owned(), (context.text.client.kind)(kind))),
    );
    let problems = Problem::examples()
        .into_iter()
        .map(|problem| (problem.code().to_owned(), (context.text.problem)(&problem).title));
    table(&mut tables, "ERROR CODES", problems);
    table(&mut tables, "WARNING CODES", Warning::CODES.map(|code| (code.to_owned(), "")));
    tables.to_writer(&mut out)?;
    String::from_utf8(out).map_err(io::Error::other)
}

fn table<T: Into<String>>(roff: &mut Roff, title: &str, rows: impl IntoIterator<Item = (String, T)>) {
    roff.control("SH", [title]);
    for (code, meaning) in rows {
        roff.control("TP", []);
        roff.text([bold(code)]);
        roff.text([Inline::Roman(meaning.into())]);
    }
}
