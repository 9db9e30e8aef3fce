//! `adsauth man`: the manual page, made from the same tables that the program runs on.

use std::fmt::Write as _;
use std::io;

use clap::builder::{Resettable, Str};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, roman};

use super::arguments;
use super::machine::{Context, print};
use crate::oauth::client_file::Kind;
use crate::oauth::grant::Warning;
use crate::problem::{Exit, Problem};
use crate::text::{Medium, Text};

/// Prints the manual page.
pub fn run(context: &Context) -> Exit {
    match page(context) {
        Ok(page) if print(&page) => Exit::Done,
        Ok(_) | Err(_) => Exit::Write,
    }
}

/// The exit codes, as `--help` ends with them.
pub fn exit_codes(text: &Text) -> String {
    let mut table = format!("{}:", text.options.headings.exit_codes);
    for code in Exit::ALL {
        let _ = write!(table, "\n  {:>3}  {}", code.code(), (text.line.exit)(code));
    }
    table
}

fn page(context: &Context) -> io::Result<String> {
    let headings = &context.text.options.headings;
    let command = arguments::command(context.text);
    let subcommands: Vec<_> = command.get_subcommands().filter(|one| one.get_name() != "help").cloned().collect();
    let man = Man::new(command.after_help(""));
    let mut page = rendered(|out| man.render_title(out))?;
    page += &headed(headings.name, &rendered(|out| man.render_name_section(out))?);
    page += &headed(headings.synopsis, &rendered(|out| man.render_synopsis_section(out))?);
    page += &headed(headings.description, &rendered(|out| man.render_description_section(out))?);
    page += &rendered(|out| man.render_options_section(out))?;
    for subcommand in subcommands {
        let name = format!("adsauth {}", subcommand.get_name());
        let mut heading = Roff::new();
        heading.control("SH", [name.to_uppercase().as_str()]);
        heading.text([roman(subcommand.get_about().map(ToString::to_string).unwrap_or_default())]);
        page += &rendered(|out| heading.to_writer(out))?;
        // The options of every command stand above once.
        let own = subcommand.get_arguments().any(|argument| !arguments::is_everywhere(argument));
        let subcommand = subcommand.mut_args(|argument| {
            let everywhere = arguments::is_everywhere(&argument);
            let heading =
                argument.get_help_heading().filter(|_| !everywhere).map(|heading| Str::from(heading.to_owned()));
            argument.hide(everywhere).help_heading(Resettable::from(heading))
        });
        if own {
            let man = Man::new(subcommand.bin_name(name));
            page += &rendered(|out| man.render_options_section(out))?.replace(".SH ", ".SS ");
        }
    }
    let mut tables = Roff::new();
    let exits = Exit::ALL.map(|exit| (exit.code().to_string(), (context.text.line.exit)(exit)));
    table(&mut tables, &headings.exit_codes.to_uppercase(), exits);
    table(
        &mut tables,
        headings.kinds,
        Kind::ALL.map(|kind| (kind.code().to_owned(), (context.text.client.kind)(kind))),
    );
    let problems = Problem::examples()
        .into_iter()
        .map(|problem| (problem.code().to_owned(), (context.text.problem)(&problem, Medium::Lines).title));
    table(&mut tables, headings.error_codes, problems);
    let warnings = Warning::CODES.map(str::to_owned).into_iter().zip(headings.warnings);
    table(&mut tables, headings.warning_codes, warnings);
    page += &rendered(|out| tables.to_writer(out))?;
    Ok(page)
}

fn rendered(render: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> io::Result<String> {
    let mut out = Vec::new();
    render(&mut out)?;
    String::from_utf8(out).map_err(io::Error::other)
}

/// A section under our heading in place of the one that it was rendered with.
fn headed(heading: &str, section: &str) -> String {
    let line = |line: &str| if line.starts_with(".SH ") { format!(".SH \"{heading}\"\n") } else { format!("{line}\n") };
    section.lines().map(line).collect()
}

fn table<T: Into<String>>(roff: &mut Roff, title: &str, rows: impl IntoIterator<Item = (String, T)>) {
    roff.control("SH", [title]);
    for (code, meaning) in rows {
        roff.control("TP", []);
        roff.text([bold(code)]);
        roff.text([Inline::Roman(meaning.into())]);
    }
}
