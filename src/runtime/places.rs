//! Looks at the places where a token could be written, and writes it there. It decides nothing; a plan does.

use std::path::{Path, PathBuf};

use crate::oauth::client::Client;
use crate::oauth::secret::Secret;
use crate::targets::plan::Plan;
use crate::targets::save::{Surroundings, look, write};
use crate::targets::{Credentials, Target, snippets};
use crate::wizard::save::{Offer, Offered, Outcome, Snippet};

/// What writing into one file would do.
pub fn offer(target: Target, path: &Path, credentials: &Credentials, around: &Surroundings) -> Offer {
    Offer::new(match look(path) {
        Ok(place) => Offered::File(Box::new(Plan::new(target, place, credentials, around))),
        Err(error) => Offered::Unreachable { target, path: path.to_owned(), error },
    })
}

/// Every usual place, the renewed file where it is another one, and what can be copied elsewhere.
///
/// Tokens of servers that are not Google's go only where no Ads library reads them: it would send them to Google.
pub fn offers(
    client: &Client,
    credentials: &Credentials,
    renewed: Option<&Path>,
    home: &Path,
    around: &Surroundings,
) -> Vec<Offer> {
    let is_google = client.endpoints.not_google.is_none() || around.practice.is_some();
    let allowed = |target: &Target| is_google || !target.is_library();
    let mut files: Vec<(Target, PathBuf)> = Target::ALL
        .into_iter()
        .filter(allowed)
        .filter_map(|target| Some((target, target.default_path(home)?)))
        .collect();
    let elsewhere = renewed.filter(|path| files.iter().all(|(_, known)| known != path));
    if let Some((path, target)) = elsewhere.and_then(|path| Some((path, Target::of_path(path).filter(allowed)?))) {
        files.insert(0, (target, path.to_owned()));
    }
    let mut offers: Vec<_> = files.iter().map(|(target, path)| offer(*target, path, credentials, around)).collect();
    if is_google {
        let beside = Target::AuthorizedUser.default_path(home).unwrap_or_default();
        let lines = [
            (Snippet::Node, snippets::node(credentials)),
            (Snippet::Mcp, snippets::mcp(&beside, client.project.as_deref(), credentials)),
        ];
        offers.extend(lines.map(|(snippet, text)| Offer::new(Offered::Snippet(snippet, Secret::new(text)))));
    }
    offers
}

/// Writes the plans, one after the other; one that fails does not stop the next.
pub fn carry_out(plans: &[Plan]) -> Vec<Outcome> {
    let written = |plan: &Plan| Outcome {
        target: plan.target,
        path: plan.place.asked.clone(),
        result: write(&plan.place, plan.text()),
    };
    plans.iter().map(written).collect()
}
