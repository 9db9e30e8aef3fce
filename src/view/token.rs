//! The Token step: the health card first, then the token, masked until the user wants to see it.

use super::sheet::{ALWAYS, Sheet};
use super::theme::{Mark, Role};
use crate::oauth::grant::{ADWORDS_SCOPE, Warning};
use crate::oauth::scope;
use crate::ports::Copied;
use crate::text::Medium;
use crate::wizard::token::Screen;

pub(super) fn fill(sheet: &mut Sheet, screen: &Screen) {
    let look = sheet.look;
    let text = &look.text.token;
    let (card, grant) = (&screen.card, &screen.card.grant);
    sheet.gap();
    sheet.headline(Mark::Done, Role::Good, text.title);
    sheet.gap();
    sheet.fact(ALWAYS, text.account, grant.account.as_deref().unwrap_or(text.account_unknown));
    let scopes: Vec<_> = grant.scopes.iter().map(|granted| named(granted, text.ads)).collect();
    sheet.fact(ALWAYS, text.scopes, &scopes.join(", "));
    lifetime(sheet, screen);
    let client = (look.text.sign_in.client_of)(&screen.sign_in.source.client);
    sheet.fact(2, text.client, &client);
    sheet.gap();
    if card.revealed {
        sheet.say(ALWAYS, Role::Quiet, text.revealed);
        sheet.gap();
        sheet.raw(ALWAYS, grant.refresh_token.clone(), false);
        sheet.gap();
    } else {
        let length = grant.refresh_token.expose().chars().count();
        let masked = grant.refresh_token.masked().replace('…', look.strokes().ellipsis);
        let line = format!("{masked} {} {}", look.strokes().dot, (text.characters)(length));
        sheet.fact_with(ALWAYS, text.token, &line, Role::Strong);
    }
    match &card.copied {
        None => sheet.fact(ALWAYS, text.copied, text.not_copied),
        Some(copied) => {
            let (mark, role) = match copied {
                Copied::Confirmed(_) | Copied::Handed(_) => (Mark::Done, Role::Good),
                Copied::AskTerminal | Copied::CommandFailed => (Mark::Caution, Role::Caution),
            };
            sheet.marked_fact(text.copied, mark, role, &(text.copy_route)(copied), Role::Strong);
        }
    }
}

/// The Ads scope is what the token is for, so it is named.
fn named(granted: &str, ads: &str) -> String {
    let short = scope::short(granted);
    if granted == ADWORDS_SCOPE { format!("{ads} ({short})") } else { short.to_owned() }
}

fn lifetime(sheet: &mut Sheet, screen: &Screen) {
    let text = &sheet.look.text.token;
    let grant = &screen.card.grant;
    let warnings = grant.warnings();
    if grant.refresh_expires.is_none() {
        sheet.fact(ALWAYS, text.lifetime, text.no_expiry);
    }
    for warning in warnings {
        let label = match warning {
            Warning::DiesInTesting(_) | Warning::TimeLimited(_) => text.lifetime,
            Warning::ScopesMissing => text.missing,
        };
        sheet.marked_fact(
            label,
            Mark::Caution,
            Role::Caution,
            &(text.warning)(warning, grant, Medium::Screen),
            Role::Strong,
        );
    }
    if let Some(page) = screen.audience_page() {
        sheet.short_fact(3, sheet.look.text.frame.page, page.trim_start_matches("https://"));
    }
}
