//! The Client step: which client source to sign in with. It never reads a file; rows come in as events.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::field::Field;
use super::keys::Reason;
use super::sign_in;
use crate::oauth::candidates::Candidate;
use crate::oauth::client::{Client, ClientKind};
use crate::oauth::endpoints::Endpoints;

/// How far PageUp and PageDown go.
const PAGE: usize = 10;

/// What the Client step shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// Every source that was found, usable ones first.
    pub rows: Vec<Candidate>,
    /// Whether the machine is still being looked through.
    pub looking: bool,
    /// The selected one of [`Screen::visible`]; in the guide, of its links.
    pub selected: usize,
    /// Whether the user has moved, so that new rows must not move the selection.
    pub moved: bool,
    /// What the keys mean.
    pub mode: Mode,
    /// Why a typed path could not be used.
    pub refused: Option<Candidate>,
    /// What a later step had when the user came back: nothing is lost by Esc.
    pub later: Option<Box<sign_in::Screen>>,
}

/// What the keys of the Client step mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Choosing a row.
    #[default]
    List,
    /// Typing a filter.
    Filter(Field),
    /// Typing a path.
    Path(Field),
    /// Typing a client id and its secret.
    Typed {
        /// `client_id`.
        id: Field,
        /// `client_secret`, masked.
        secret: Field,
        /// Whether the cursor is in the second field.
        in_secret: bool,
        /// Whether what was submitted cannot be a client.
        refused: bool,
    },
}

/// The pages in the console that lead to a client file, in the order in which they are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuidePage {
    /// Enable the Google Ads API.
    Library,
    /// Set up the consent screen and its audience.
    Audience,
    /// Create a Desktop client and download its file.
    Clients,
    /// Google's own guide to this.
    Guide,
}

impl GuidePage {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Library, Self::Audience, Self::Clients, Self::Guide];

    /// Where it is.
    pub fn url(self) -> &'static str {
        match self {
            Self::Library => "https://console.cloud.google.com/apis/library/googleads.googleapis.com",
            Self::Audience => "https://console.cloud.google.com/auth/audience",
            Self::Clients => "https://console.cloud.google.com/auth/clients/create",
            Self::Guide => "https://developers.google.com/google-ads/api/docs/oauth/cloud-project",
        }
    }
}

/// Where a client came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A client file.
    File(PathBuf),
    /// A library's configuration, whose token is renewed.
    Config(PathBuf),
    /// The user typed id and secret.
    Typed,
}

/// A client source that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it came from.
    pub origin: Origin,
    /// The client in it.
    pub client: Arc<Client>,
}

impl Source {
    /// The source that a row is, if it can be used.
    pub fn of(row: &Candidate) -> Option<Self> {
        let client = row.verdict.as_ref().ok()?.clone();
        let path = row.path.clone();
        let origin = if row.config.is_some() { Origin::Config(path) } else { Origin::File(path) };
        Some(Self { origin, client })
    }

    /// The configuration whose token is renewed.
    pub fn renewed(&self) -> Option<&Path> {
        match &self.origin {
            Origin::Config(path) => Some(path),
            Origin::File(_) | Origin::Typed => None,
        }
    }
}

impl Screen {
    /// The step at the start: it is looking.
    pub fn looking() -> Self {
        Self { looking: true, ..Self::default() }
    }

    /// With nothing to choose from, the screen is the guide.
    pub fn shows_guide(&self) -> bool {
        self.rows.is_empty() && !self.looking
    }

    /// The rows that the filter lets through.
    pub fn visible(&self) -> Vec<&Candidate> {
        let Mode::Filter(field) = &self.mode else { return self.rows.iter().collect() };
        let words: Vec<String> = field.text().split_whitespace().map(str::to_lowercase).collect();
        let fits = |row: &&Candidate| {
            let text = searched_text(row);
            words.iter().all(|word| text.contains(word))
        };
        self.rows.iter().filter(fits).collect()
    }

    /// The selected row.
    pub fn selected_row(&self) -> Option<&Candidate> {
        self.visible().get(self.selected).copied()
    }

    /// Why the selected row cannot be used.
    pub fn unusable(&self) -> Option<Reason> {
        match self.selected_row() {
            None => Some(Reason::NothingSelected),
            Some(row) => row.verdict.is_err().then_some(Reason::SourceUnusable),
        }
    }

    /// The console page of the selected row's client or, in the guide, the selected page.
    pub fn console_page(&self) -> Option<String> {
        if self.shows_guide() {
            return GuidePage::ALL.get(self.selected).map(|page| page.url().to_owned());
        }
        self.selected_row()?.console_url()
    }

    /// New rows arrived. While looking goes on, what is shown stays until there is more. The selection stays on its file once the
    /// user has moved. Returns whether the selected row changed.
    pub fn refresh(&mut self, rows: Vec<Candidate>, looking: bool) -> bool {
        let before = self.selected_row().map(|row| row.path.clone());
        if !looking || rows.len() > self.rows.len() {
            self.rows = rows;
        }
        self.looking = looking;
        let place = |path: &PathBuf| self.visible().iter().position(|row| &row.path == path);
        self.selected = match &before {
            Some(path) if self.moved => place(path).unwrap_or(self.selected),
            _ => 0,
        };
        self.clamp();
        before.is_some() && before != self.selected_row().map(|row| row.path.clone())
    }

    /// Moves the selection by rows; stays within the list.
    pub fn step(&mut self, by: isize) {
        self.moved = true;
        self.selected = self.selected.saturating_add_signed(by);
        self.clamp();
    }

    /// Moves by a page.
    pub fn page(&mut self, forward: bool) {
        let page = isize::try_from(PAGE).unwrap_or(1);
        self.step(if forward { page } else { -page });
    }

    /// To the first or the last row.
    pub fn end(&mut self, last: bool) {
        self.moved = true;
        self.selected = if last { usize::MAX } else { 0 };
        self.clamp();
    }

    /// Keeps the selection inside what is visible.
    pub fn clamp(&mut self) {
        let rows = if self.shows_guide() { GuidePage::ALL.len() } else { self.visible().len() };
        self.selected = self.selected.min(rows.saturating_sub(1));
    }

    /// The chosen source, if the selected row can be used.
    pub fn chosen(&self) -> Option<Source> {
        Source::of(self.selected_row()?)
    }
}

/// A client from what the user typed. Google's own endpoints are used; a Web client is one whose redirect URI was given.
pub fn typed_source(id: &mut Field, secret: &mut Field, is_web: bool) -> Option<Source> {
    let well_formed =
        |text: &str| !text.is_empty() && text.len() <= 256 && text.bytes().all(|byte| byte.is_ascii_graphic());
    let is_google = crate::oauth::client::is_google_client_id(id.text().trim());
    if !is_google || !well_formed(secret.text().trim()) {
        return None;
    }
    let trimmed = |field: &mut Field| field.take().expose().trim().to_owned();
    let client = Client {
        kind: if is_web { ClientKind::Web } else { ClientKind::Desktop },
        id: trimmed(id),
        secret: trimmed(secret).into(),
        project: None,
        endpoints: Endpoints::google(),
        redirect_uris: Vec::new(),
    };
    Some(Source { origin: Origin::Typed, client: Arc::new(client) })
}

fn searched_text(row: &Candidate) -> String {
    let mut text = row.path.to_string_lossy().to_lowercase();
    if let Ok(client) = &row.verdict {
        text.push(' ');
        text.push_str(&client.id.to_lowercase());
        text.push(' ');
        text.push_str(client.project.as_deref().unwrap_or_default());
    }
    text.push(' ');
    text.push_str(row.kind().code());
    text
}
