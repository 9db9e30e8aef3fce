//! Random people, browsers and signals, set loose on the whole loop with real sockets, against a model that knows one thing: the
//! port is open exactly while an attempt is.

use std::cell::RefCell;
use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};
use std::time::Duration;

use adsauth::oauth::candidates::{Content, Found};
use adsauth::oauth::endpoints::{Trust, TrustedHost};
use adsauth::oauth::listener::Pages;
use adsauth::oauth::login::{Links, LoginError};
use adsauth::oauth::secret::Secret;
use adsauth::ports::{Browser, BrowserError, Clipboard, Copied, Files, NotWritten, Note, Route, Watching};
use adsauth::problem::{Exit, Problem};
use adsauth::runtime::{AdsServer, Machine, Signal, Stage, Suspended, begin, run};
use adsauth::targets::save::Surroundings;
use adsauth::wizard::keys::Key;
use adsauth::wizard::sign_in::Phase;
use adsauth::wizard::{Event, Model, News, Options, Step};
use futures_util::stream;
use proptest::prelude::*;
use proptest::test_runner::Config;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::LocalSet;
use tokio::task::yield_now;
use tokio::time::{advance, sleep, timeout};
use url::Url;

use crate::scenes;

// --------------------------------------------------------------------------------------------------- what may happen

/// One thing that somebody does.
#[derive(Clone, Copy, Debug)]
enum Deed {
    /// A key, and time enough for it to be heard.
    Press(Key),
    /// The same, at once.
    PressEarly(Key),
    /// An address is pasted, and Enter pressed.
    Paste(Query),
    /// A browser fetches this with the callback's path and goes where it is led.
    Bring(Query),
    /// The same, but it goes away before the outcome.
    BringAndLeave(Query),
    /// Another path, or no HTTP at all.
    Stray(&'static str),
    /// The start link.
    Start,
    Resize(u16, u16),
    Focus(bool),
    Signal(Signal),
    /// So many seconds go by.
    Wait(u16),
    /// From now on the token endpoint answers so.
    Serve(Answer),
}

/// What stands in a callback. The right `state` is put in where there is one.
#[derive(Clone, Copy, Debug)]
enum Query {
    Code,
    Denied,
    WrongIssuer,
    OtherState,
    NoState,
    TwoCodes,
    Nothing,
}

/// What the token endpoint says.
#[derive(Clone, Copy, Debug)]
enum Answer {
    Grant,
    Refusal,
    NoRefreshToken,
    Garbage,
    Silence,
}

fn deed() -> impl Strategy<Value = Deed> {
    use Answer as A;
    use Deed as D;
    let key = prop::sample::select(vec![
        Key::Enter,
        Key::Enter,
        Key::Enter,
        Key::Esc,
        Key::Esc,
        Key::Char('r'),
        Key::Char('r'),
        Key::Char('x'),
        Key::Char('y'),
        Key::Char('n'),
        Key::Char('p'),
        Key::Char('w'),
        Key::Char('f'),
        Key::Char('c'),
        Key::Char('s'),
        Key::Char('e'),
        Key::Char('?'),
        Key::Char('q'),
        Key::Ctrl('c'),
        Key::Ctrl('z'),
    ]);
    let query = || {
        use Query as Q;
        prop::sample::select(vec![
            Q::Code,
            Q::Code,
            Q::Denied,
            Q::WrongIssuer,
            Q::OtherState,
            Q::NoState,
            Q::TwoCodes,
            Q::Nothing,
        ])
    };
    let stray = prop::sample::select(vec!["GET /favicon.ico HTTP/1.1\r\n\r\n", "\u{16}\u{3}\u{1}", "GET / ", ""]);
    let signal = prop::sample::select(vec![Signal::Stop, Signal::Continued, Signal::Ends(Exit::Terminated)]);
    let answer = prop::sample::select(vec![A::Grant, A::Refusal, A::NoRefreshToken, A::Garbage, A::Silence]);
    prop_oneof![
        10 => key.clone().prop_map(D::Press),
        3 => key.prop_map(D::PressEarly),
        2 => query().prop_map(D::Paste),
        4 => query().prop_map(D::Bring),
        2 => query().prop_map(D::BringAndLeave),
        1 => stray.prop_map(D::Stray),
        1 => Just(D::Start),
        1 => (0..200_u16, 0..60_u16).prop_map(|(columns, rows)| D::Resize(columns, rows)),
        1 => any::<bool>().prop_map(D::Focus),
        1 => signal.prop_map(D::Signal),
        2 => (0..700_u16).prop_map(D::Wait),
        2 => answer.prop_map(D::Serve),
    ]
}

// ------------------------------------------------------------------------------------------------ the machine around

/// What was painted, frame after frame.
type Frames = Rc<RefCell<Vec<Model>>>;

/// The screen, of which only the models are kept.
struct Glass(Frames);

impl Stage for Glass {
    fn draw(&mut self, model: &Model) -> io::Result<()> {
        self.0.borrow_mut().push(model.clone());
        Ok(())
    }

    fn copy_by_terminal(&mut self, _text: &Secret) -> io::Result<()> {
        Ok(())
    }

    fn ring(&mut self, _news: News) -> io::Result<()> {
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<Suspended> {
        Ok(Suspended::Resumed)
    }

    fn resume(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Looks into a home with this client file.
type Look = Box<dyn Fn(&Around, &mut dyn FnMut(Option<Found>)) + Send + Sync>;

/// A browser that is only started, a clipboard that takes everything, and a home.
struct Around {
    client_file: String,
    look: Look,
    /// How often somebody has looked.
    looks: AtomicUsize,
}

impl Around {
    fn file(&self) -> Found {
        self.read(Path::new("/nowhere/client_secret.json"))
    }
}

impl Browser for Around {
    fn open(&self, _url: &str) -> Result<(), BrowserError> {
        Ok(())
    }
}

impl Clipboard for Around {
    fn copy(&self, _text: &Secret) -> Copied {
        Copied::Confirmed(Route::HelperX11)
    }

    fn copy_for(&self, text: &Secret, _kept: Duration) -> Copied {
        self.copy(text)
    }
}

impl Files for Around {
    fn look(&self, each: &mut dyn FnMut(Option<Found>)) {
        (self.look)(self, each);
        self.looks.fetch_add(1, Ordering::Relaxed);
    }

    fn read(&self, path: &Path) -> Found {
        let content = Content::Bytes(self.client_file.clone().into_bytes().into());
        Found { path: path.to_owned(), modified: None, others_can_read: false, content }
    }

    fn watch(&self, _changed: Box<dyn FnMut() + Send>) -> Option<Watching> {
        Some(Watching::new(()))
    }

    fn write_note(&self, _line: &Secret) -> Result<Note, NotWritten> {
        Err(NotWritten)
    }
}

/// Answers every request to the token endpoint, each time as it is told.
async fn serve(listener: TcpListener, answer: Rc<RefCell<Answer>>) {
    let mut silent = Vec::new();
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 8192];
        let _ = stream.read(&mut request).await;
        let (status, body) = match *answer.borrow() {
            Answer::Grant => (
                200,
                r#"{"access_token":"practice-access","token_type":"Bearer","expires_in":3599,"refresh_token":"practice-refresh",
                    "scope":"https://www.googleapis.com/auth/adwords"}"#,
            ),
            Answer::NoRefreshToken => (200, r#"{"access_token":"practice-access","token_type":"Bearer"}"#),
            Answer::Refusal => (400, r#"{"error":"invalid_grant"}"#),
            Answer::Garbage => (200, "<p>Welcome"),
            Answer::Silence => {
                silent.push(stream);
                continue;
            }
        };
        let head = format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}", body.len());
        let _ = stream.write_all(format!("{head}\r\nConnection: close\r\n\r\n{body}").as_bytes()).await;
    }
}

/// A port that no system gives out by itself, so that nobody else listens there while this one is closed.
fn own_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let beginning = 10_000 + u16::try_from(std::process::id() % 150).unwrap() * 100;
    loop {
        let port = beginning + NEXT.fetch_add(1, Ordering::Relaxed) % 5000;
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

// ------------------------------------------------------------------------------------------------------------ a walk

/// The run as somebody outside of it sees it.
struct World {
    port: u16,
    seen: Frames,
    input: mpsc::UnboundedSender<Event>,
    signals: mpsc::UnboundedSender<Signal>,
    answer: Rc<RefCell<Answer>>,
    /// The last attempt's links: people keep old tabs.
    links: Option<Links>,
}

/// What an attempt is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attempt {
    None,
    /// Binding or exchanging, which ends by itself.
    Passing,
    Waiting,
    /// It could not listen.
    NoPort,
}

impl World {
    fn attempt(&self) -> Attempt {
        let seen = self.seen.borrow();
        let Some(Model { step: Step::SignIn(screen), .. }) = seen.last() else { return Attempt::None };
        match &screen.phase {
            Phase::Preparing(_) | Phase::Exchanging(_) => Attempt::Passing,
            Phase::Waiting(_) => Attempt::Waiting,
            Phase::Ended(problem) if matches!(**problem, Problem::Login(LoginError::Bind(_))) => Attempt::NoPort,
            Phase::NoRedirect | Phase::Ended(_) | Phase::Signed(_) => Attempt::None,
        }
    }

    async fn is_open(&self) -> bool {
        TcpStream::connect(("127.0.0.1", self.port)).await.is_ok()
    }

    /// The port becomes what the attempt says, and soon: an exchange may take 30 seconds, and a page is served for three. Nobody
    /// else wants it, so an attempt always gets it.
    async fn settle(&self, burst: &[Deed]) -> Result<(), TestCaseError> {
        for _ in 0..80 {
            sleep(Duration::from_millis(500)).await;
            // The clock stands for a real moment, so that it does not run ahead of what is on its way through the system.
            let _ = tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_millis(1))).await;
            let attempt = self.attempt();
            if attempt == Attempt::NoPort {
                break;
            }
            if attempt != Attempt::Passing && self.is_open().await == (attempt == Attempt::Waiting) {
                return Ok(());
            }
        }
        let (attempt, is_open) = (self.attempt(), self.is_open().await);
        Err(TestCaseError::fail(format!("after {burst:?}: {attempt:?}, and the port is open: {is_open}")))
    }

    fn press(&self, key: Key) {
        let _ = self.input.send(Event::Pressed(key));
    }

    async fn act(&mut self, deed: Deed) {
        match deed {
            Deed::Press(key) => {
                sleep(Duration::from_millis(450)).await;
                self.press(key);
            }
            Deed::PressEarly(key) => self.press(key),
            Deed::Paste(query) => {
                let _ = self.input.send(Event::Pasted(Secret::new(self.address(query))));
                sleep(Duration::from_millis(450)).await;
                self.press(Key::Enter);
            }
            Deed::Bring(query) => {
                let target = self.target(query);
                if let Some(next) = self.fetch(&target).await {
                    self.fetch(&next).await;
                }
            }
            Deed::BringAndLeave(query) => {
                let target = self.target(query);
                self.send(&format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port)).await;
            }
            Deed::Stray(bytes) => drop(self.send(bytes).await),
            Deed::Start => {
                if let Some(links) = self.links.clone() {
                    self.fetch(Url::parse(&links.start).unwrap().path()).await;
                }
            }
            Deed::Resize(columns, rows) => drop(self.input.send(Event::Resized(columns, rows))),
            Deed::Focus(here) => drop(self.input.send(Event::Focused(here))),
            Deed::Signal(signal) => drop(self.signals.send(signal)),
            Deed::Wait(seconds) => sleep(Duration::from_secs(seconds.into())).await,
            Deed::Serve(answer) => drop(self.answer.replace(answer)),
        }
    }

    /// Remembers the links of the attempt that waits.
    fn look(&mut self) {
        let seen = self.seen.borrow();
        if let Some(Model { step: Step::SignIn(screen), .. }) = seen.last()
            && let Phase::Waiting(waiting) = &screen.phase
        {
            self.links = Some(waiting.links.clone());
        }
    }

    fn target(&self, query: Query) -> String {
        let consent = self.links.as_ref().map(|links| Url::parse(links.consent.as_str()).unwrap());
        let found = consent.and_then(|url| Some(url.query_pairs().find(|(name, _)| name == "state")?.1.into_owned()));
        let state = found.unwrap_or_default();
        match query {
            Query::Code => format!("/?state={state}&code=practice-code"),
            Query::Denied => format!("/?state={state}&error=access_denied"),
            Query::WrongIssuer => format!("/?state={state}&iss=https://evil.example&code=x"),
            Query::OtherState => format!("/?state={state}x&code=x"),
            Query::NoState => "/?error=access_denied".to_owned(),
            Query::TwoCodes => format!("/?state={state}&code=x&code=y"),
            Query::Nothing => "/".to_owned(),
        }
    }

    fn address(&self, query: Query) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.target(query))
    }

    async fn send(&self, bytes: &str) -> Option<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.ok()?;
        stream.write_all(bytes.as_bytes()).await.ok()?;
        Some(stream)
    }

    /// Fetches it, and gives back where the answer leads.
    async fn fetch(&self, target: &str) -> Option<String> {
        let mut stream = self.send(&format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port)).await?;
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer).await;
        let target = answer.lines().find_map(|line| line.strip_prefix("Location: "))?;
        target.starts_with('/').then(|| target.to_owned())
    }
}

/// What the loop hears of the user and of the system.
struct Ears {
    typed: mpsc::UnboundedReceiver<Event>,
    raised: mpsc::UnboundedReceiver<Signal>,
}

/// The world around a run that has not begun.
fn world(answer: Rc<RefCell<Answer>>) -> (World, Ears) {
    let (input, typed) = mpsc::unbounded_channel();
    let (signals, raised) = mpsc::unbounded_channel();
    let world = World { port: own_port(), seen: Rc::default(), input, signals, answer, links: None };
    (world, Ears { typed, raised })
}

fn trust(server: SocketAddr) -> Trust {
    Trust::new(vec![TrustedHost::parse(&server.to_string()).unwrap()])
}

fn machine(server: SocketAddr, look: Look) -> Machine {
    let client_file = format!(
        r#"{{"installed":{{"client_id":"{}","client_secret":"practice-secret","project_id":"practice",
            "auth_uri":"http://{server}/auth","token_uri":"http://{server}/token","redirect_uris":["http://localhost"]}}}}"#,
        scenes::ID
    );
    let around = Arc::new(Around { client_file, look, looks: AtomicUsize::new(0) });
    Machine {
        browser: around.clone(),
        clipboard: around.clone(),
        files: around,
        typed_path: Box::new(|_| None),
        trust: trust(server),
        clear_token_after: None,
        pages: &Pages::EN,
        ads: AdsServer { base: Some(Url::parse(&format!("http://{server}/")).unwrap()), ..AdsServer::default() },
        home: "/nowhere/at/all".into(),
        around: Surroundings::default(),
        trace: None,
    }
}

/// A run, and what somebody does beside it; whichever ends first. Afterwards the port is closed, if it was the run.
async fn beside(acting: impl AsyncFnOnce(World) -> Result<(), TestCaseError>) -> Result<(), TestCaseError> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let answer = Rc::new(RefCell::new(Answer::Grant));
    let (world, Ears { typed, raised }) = world(answer.clone());
    let (port, seen) = (world.port, world.seen.clone());
    let options = Options { trust: trust(server), port: Some(port), ..scenes::options() };
    let (model, first) = Model::start(options, (80, 24), None);
    let begun = begin(model, first, machine(server, Box::new(|around, each| each(Some(around.file())))));
    let typed = Box::pin(stream::unfold(typed, async |mut typed| Some((typed.recv().await?, typed))));
    let raised = Box::pin(stream::unfold(raised, async |mut raised| Some((raised.recv().await?, raised))));
    let running = async {
        let mut finished = run(begun, &mut Glass(seen), typed, raised).await;
        finished.linger().await;
    };
    tokio::select! {
        biased;
        () = running => {}
        done = acting(world) => return done,
        () = serve(listener, answer) => unreachable!("it serves for ever"),
    }
    for _ in 0..20 {
        if TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            return Ok(());
        }
        sleep(Duration::from_millis(500)).await;
    }
    Err(TestCaseError::fail("the port is open after the end"))
}

/// The bursts, one after the other; after each the port is what the attempt says.
async fn walk(bursts: Vec<Vec<Deed>>) -> Result<(), TestCaseError> {
    beside(async |mut world| {
        world.settle(&[]).await?;
        for burst in bursts {
            for deed in &burst {
                world.look();
                world.act(*deed).await;
            }
            world.settle(&burst).await?;
        }
        let _ = world.signals.send(Signal::Ends(Exit::HungUp));
        pending().await
    })
    .await
}

/// Walks with a clock that runs ahead whenever everybody waits.
fn walk_quickly(bursts: Vec<Vec<Deed>>) -> Result<(), TestCaseError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let begun = vec![vec![Deed::Press(Key::Enter)]];
    LocalSet::new().block_on(&runtime, walk([begun, bursts].concat()))
}

proptest! {
    #![proptest_config(Config { cases: 32, failure_persistence: None, ..Config::default() })]

    #[test]
    fn the_port_is_open_exactly_while_an_attempt_is(
        bursts in prop::collection::vec(prop::collection::vec(deed(), 1..5), 1..16),
    ) {
        walk_quickly(bursts)?;
    }
}

#[test]
fn a_page_that_nobody_fetches_does_not_keep_the_port_from_the_next_attempt() {
    let left = Deed::BringAndLeave(Query::Denied);
    let retried = vec![left, Deed::Press(Key::Char('r'))];
    let begun_again = vec![left, Deed::Press(Key::Char('r')), Deed::Press(Key::Esc), Deed::Press(Key::Enter)];
    walk_quickly(vec![retried, begun_again]).unwrap();
}

// -------------------------------------------------------------------------------------------------- what is painted

/// How many rows the Client step shows, frame by frame.
fn rows(frames: &Frames) -> Vec<usize> {
    let frames = frames.borrow();
    let rows = frames.iter().filter_map(|model| match &model.step {
        Step::Client(screen) => Some(screen.rows.len()),
        Step::SignIn(_) | Step::Token(_) | Step::Account(_) | Step::Save(_) => None,
    });
    rows.collect()
}

/// A blocking wait, and what ends it.
fn held() -> (std::sync::mpsc::Sender<()>, impl Fn() + Send + Sync + 'static) {
    let (end, ended) = std::sync::mpsc::channel();
    let ended = std::sync::Mutex::new(ended);
    (end, move || {
        let _ = ended.lock().unwrap().recv();
    })
}

/// Runs in such a home until this holds of what was painted. The clock stands while somebody looks, and else runs ahead.
fn paint_until(look: Look, holds: impl AsyncFnOnce(&Frames)) -> Frames {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let nobody = SocketAddr::from(([127, 0, 0, 1], 9));
    let frames = Frames::default();
    let running = async {
        let (model, first) = Model::start(scenes::options(), (80, 24), None);
        let begun = begin(model, first, machine(nobody, look));
        run(begun, &mut Glass(frames.clone()), stream::pending(), stream::pending()).await;
    };
    LocalSet::new().block_on(&runtime, async {
        tokio::select! {
            biased;
            () = running => panic!("it ended"),
            () = holds(&frames) => {}
        }
    });
    runtime.shutdown_background();
    frames
}

#[test]
fn what_is_found_at_once_is_in_the_first_frame() {
    let frames = paint_until(Box::new(|around, each| each(Some(around.file()))), async |frames| {
        while frames.borrow().is_empty() {
            yield_now().await;
        }
    });
    assert_eq!(rows(&frames)[0], 1);
}

#[test]
fn a_home_with_much_else_in_it_is_not_waited_for() {
    let (go_on, told) = held();
    let look: Look = Box::new(move |around, each| {
        each(None);
        told();
        each(Some(around.file()));
    });
    let frames = paint_until(look, async |frames| {
        while frames.borrow().is_empty() {
            yield_now().await;
        }
        go_on.send(()).unwrap();
        while rows(frames).last() != Some(&1) {
            yield_now().await;
        }
    });
    assert_eq!(rows(&frames)[0], 0);
}

#[test]
fn a_home_that_does_not_answer_is_waited_for_no_longer_than_a_glance() {
    let (_go_on, told) = held();
    let frames = paint_until(Box::new(move |_, _| told()), async |frames| {
        advance(Duration::from_millis(50)).await;
        while frames.borrow().is_empty() {
            yield_now().await;
        }
    });
    assert_eq!(rows(&frames), [0]);
}

#[test]
fn a_file_that_comes_after_the_first_look_and_before_anybody_watches_is_found() {
    let look: Look = Box::new(|around, each| {
        if around.looks.load(Ordering::Relaxed) > 0 {
            each(Some(around.file()));
        }
    });
    let frames = paint_until(look, async |frames| {
        let found = async {
            while rows(frames).last() != Some(&1) {
                sleep(Duration::from_millis(50)).await;
            }
        };
        timeout(Duration::from_secs(10), found).await.expect("the file is never found");
    });
    assert_eq!(rows(&frames)[0], 0);
}

/// Brings the answer while the token endpoint answers so. `stands`: until then no time goes by.
fn is_exchange_painted(answer: Answer, stands: bool) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let mut painted = false;
    let acting = beside(async |mut world| {
        world.answer.replace(answer);
        world.act(Deed::Press(Key::Enter)).await;
        world.settle(&[]).await?;
        world.look();
        let (_stands, told) = held();
        if stands {
            tokio::task::spawn_blocking(told);
        }
        world.act(Deed::BringAndLeave(Query::Code)).await;
        let is_exchanging =
            |model: &Model| matches!(&model.step, Step::SignIn(screen) if matches!(screen.phase, Phase::Exchanging(_)));
        let is_over = |model: &Model| matches!(model.step, Step::Token(_));
        while !world.seen.borrow().last().is_some_and(|model| is_exchanging(model) || is_over(model)) {
            if stands { yield_now().await } else { sleep(Duration::from_millis(10)).await }
        }
        painted = world.seen.borrow().iter().any(is_exchanging);
        Ok(())
    });
    LocalSet::new().block_on(&runtime, acting).unwrap();
    painted
}

#[test]
fn an_exchange_is_painted_only_when_it_takes_longer_than_a_glance() {
    assert!(!is_exchange_painted(Answer::Grant, true));
    assert!(is_exchange_painted(Answer::Silence, false));
}
