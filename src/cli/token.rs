//! `adsauth token`: the first three steps for scripts. Talk on stderr, the result on stdout, nothing asked that was told.

use std::io::{self, IsTerminal};

use super::arguments::{Format, SignIn, Token as Options};
use super::json;
use super::machine::{Context, print, say, somebody_is_there};
use super::save::{self, Given};
use super::sign_in::{Typed, sign_in, typed_lines, until_signal};
use super::source;
use crate::oauth::client::Client;
use crate::oauth::grant::{Grant, Warning};
use crate::oauth::scope;
use crate::oauth::secret::Secret;
use crate::ports::{Clipboard, Copied};
use crate::problem::{Exit, Problem};
use crate::text::{Medium, Text};

/// Gets a token and hands it over.
pub fn run(context: &Context, options: &Options) -> Exit {
    let as_json = options.format == Some(Format::Json);
    let target = options.place.target();
    let format = options.format.or((!io::stdout().is_terminal()).then_some(Format::Token));
    if target.is_none() && format.is_none() && !somebody_is_there() {
        return json::fail(context, &Problem::NobodyToAsk, as_json);
    }
    let client = match source::choose(context, options.sign_in.client_secrets_path.as_deref()) {
        Ok(client) => client,
        Err(problem) => return json::fail(context, &problem, as_json),
    };
    until_signal(async {
        let mut typed = typed_lines();
        let signed_in = match sign_in(context, &options.sign_in, client.clone(), &mut typed).await {
            Ok(signed_in) => signed_in,
            Err(problem) => return json::fail(context, &problem, as_json),
        };
        let card = health(context.text, &signed_in.grant).join("\n");
        say(&format!("{}\n{card}", context.text.line.fetched));
        let exit = match target {
            Some(target) => {
                let given = Given::of(&client, &signed_in.grant.refresh_token);
                save::write(context, target, &options.place, given, false, Some(&mut typed)).await
            }
            None => hand_over(context, &options.sign_in, &client, &signed_in.grant, format, &mut typed).await,
        };
        signed_in.linger().await;
        exit
    })
}

async fn hand_over(
    context: &Context,
    options: &SignIn,
    client: &Client,
    grant: &Grant,
    format: Option<Format>,
    typed: &mut Typed,
) -> Exit {
    let written = match format {
        Some(Format::Json) => json::print_document(&json::Token::of(context, client, grant)),
        Some(Format::AuthorizedUser) => json::print_document(&json::AuthorizedUser::of(client, grant)),
        Some(Format::Token) => print(&zeroize::Zeroizing::new(format!("{}\n", grant.refresh_token.expose()))),
        Some(Format::Env) => print(&environment_lines(client, grant)),
        None => return ask_what_to_do(context, options, grant, typed).await,
    };
    if written { Exit::Done } else { Exit::Write }
}

/// The health card in lines: a word before every value.
pub fn health(text: &Text, grant: &Grant) -> Vec<String> {
    let words = &text.token;
    let warnings = grant.warnings();
    let mut lines = vec![
        format!("{}: {}", words.account, grant.account.as_deref().unwrap_or(words.account_unknown)),
        format!(
            "{}: {}",
            words.scopes,
            grant.scopes.iter().map(|scope| scope::short(scope)).collect::<Vec<_>>().join(", ")
        ),
    ];
    if grant.refresh_expires.is_none() {
        lines.push(format!("{}: {}", words.lifetime, words.no_expiry));
    }
    lines.extend(warnings.into_iter().map(|known| {
        let label = match known {
            Warning::DiesInTesting(_) | Warning::TimeLimited(_) => words.lifetime,
            Warning::ScopesMissing => words.missing,
        };
        format!("{label}: {}", (words.warning)(known, grant, Medium::Lines))
    }));
    lines
}

/// `GOOGLE_ADS_…` as every client library reads them, and whose token it is if it is not Google's; single quotes hold any visible ASCII but themselves.
fn environment_lines(client: &Client, grant: &Grant) -> zeroize::Zeroizing<String> {
    let quoted = |value: &str| format!("'{}'", value.replace('\'', r"'\''"));
    let other_server = client.endpoints.not_google.as_ref().map(|_| client.endpoints.token.as_str());
    zeroize::Zeroizing::new(format!(
        "GOOGLE_ADS_CLIENT_ID={}\nGOOGLE_ADS_CLIENT_SECRET={}\nGOOGLE_ADS_REFRESH_TOKEN={}\n{}",
        quoted(&client.id),
        quoted(client.secret.expose()),
        quoted(grant.refresh_token.expose()),
        other_server.map(|uri| format!("ADSAUTH_TOKEN_URI={}\n", quoted(uri))).unwrap_or_default(),
    ))
}

/// On a terminal and without `--format`: the health card and the masked token, then what to do with it.
async fn ask_what_to_do(context: &Context, options: &SignIn, grant: &Grant, typed: &mut Typed) -> Exit {
    let words = &context.text.line;
    say(&(words.your_token)(&grant.refresh_token.masked()));
    let mut handed_over = false;
    loop {
        say(words.copy_show_or_quit);
        match typed.recv().await.as_ref().map(|answer| answer.expose().trim()) {
            Some("1" | "c") => handed_over |= copy(context, options, &grant.refresh_token),
            Some("2" | "v") => {
                handed_over |= print(&zeroize::Zeroizing::new(format!("{}\n", grant.refresh_token.expose())));
            }
            Some("3" | "q") | None => return if handed_over { Exit::Done } else { Exit::Consent },
            Some(_) => {}
        }
    }
}

pub fn copy(context: &Context, options: &SignIn, token: &Secret) -> bool {
    let clipboard = context.clipboard(options);
    let copied = match options.clear_token_after() {
        Some(kept) => clipboard.copy_for(token, kept),
        None => clipboard.copy(token),
    };
    if copied == Copied::AskTerminal {
        let sent =
            crossterm::execute!(io::stderr(), crossterm::clipboard::CopyToClipboard::to_clipboard_from(token.expose()));
        if sent.is_err() {
            return false;
        }
    }
    say(&(context.text.token.copy_route)(&copied));
    copied != Copied::CommandFailed
}
