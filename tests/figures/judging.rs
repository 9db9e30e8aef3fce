//! Requests judged without sockets, by the millions: nothing that lacks the attempt's `state` changes it, and nothing is said
//! that was not written beforehand.

use std::collections::{BTreeSet, HashSet};

use adsauth::oauth::callback::{Answer, Gate};
use adsauth::oauth::consent::ConsentUrl;
use adsauth::oauth::listener::{Incoming, Page, Pages, Reception, Reply, Treatment, examine};
use adsauth::oauth::redirect::RedirectUri;
use adsauth::oauth::secret::Secret;

use crate::figure::{Effort, Figure};

const STATE: &str = "rEaLsTaTe-0123456789_abcdefghijklmnopqrstuv";
const AUTHORITY: &str = "127.0.0.1:40123";
const START: &str = "abc234";

pub fn measure(effort: Effort) -> Vec<Figure> {
    let count = effort.of(100_000, 1_000_000);
    let changed = changed_by_wrong_states(count);
    let Said { strange, reflecting, bodies } = said_to_fuzzed(count);
    vec![
        Figure::none("requests with a wrong state that changed the attempt", changed, count),
        Figure::none("fuzzed requests answered with something that was not written beforehand", strange, count),
        Figure::none("fuzzed requests of which 8 bytes came back", reflecting, count),
        Figure::new("distinct bodies over all languages", "at most 20", bodies.to_string(), (1..=20).contains(&bodies)),
    ]
}

fn gate() -> Gate {
    Gate {
        redirect: RedirectUri::desktop(40123),
        state: Secret::new(STATE.to_owned()),
        issuer: "https://accounts.google.com".to_owned(),
        consent: ConsentUrl::new("https://accounts.google.com/o/oauth2/v2/auth?the=consent".to_owned()),
        typed_start: Secret::new(START.to_owned()),
        browser_start: Secret::new("xyz789".to_owned()),
    }
}

fn open() -> Reception {
    let mut reception = Reception::new(AUTHORITY.to_owned());
    reception.open(gate());
    reception
}

fn get(target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nHost: {AUTHORITY}\r\n\r\n").into_bytes()
}

fn judge<'gate>(reception: &'gate mut Reception, request: &[u8]) -> Option<Treatment<'gate>> {
    Some(reception.judge(&examine(request)?))
}

fn changed_by_wrong_states(count: usize) -> usize {
    let (mut reception, mut dice) = (open(), Dice(1));
    let mut changed = 0;
    for _ in 0..count {
        let state = wrong_state(&mut dice);
        let target = dice.pick(&[
            "/?state=STATE&code=4/0x",
            "/?code=4/0x&state=STATE&scope=y",
            "/?error=access_denied&state=STATE",
            "/?state=STATE&iss=https://evil.example&code=a",
        ]);
        let treatment = judge(&mut reception, &get(&target.replace("STATE", &state)));
        changed += usize::from(!matches!(treatment, Some(Treatment::Reply(_, Some(Incoming::Ignored(_))))));
    }
    // It is still the same attempt: its start link leads on, and its answer is taken.
    let start = judge(&mut reception, &get(&format!("/s/{START}")));
    let is_open = matches!(start, Some(Treatment::Reply(Reply::SeeConsent(_), Some(Incoming::Started))));
    let right = judge(&mut reception, &get(&format!("/?state={STATE}&code=4/0right")));
    let is_taken = matches!(right, Some(Treatment::Hold(Some(Incoming::Callback(Answer::Code(code))))) if code.expose() == "4/0right");
    changed + usize::from(!is_open) + usize::from(!is_taken)
}

/// A state that is nearly right, or not at all.
fn wrong_state(dice: &mut Dice) -> String {
    let place = dice.below(STATE.len());
    let other = dice.pick(&["x", "%00", "%25", "+", "%", "=", "", ".", "\u{0}", "é"]);
    let state = match dice.below(6) {
        0 => format!("{}{other}{}", &STATE[..place], &STATE[place + 1..]),
        1 => format!("{}{other}{}", &STATE[..place], &STATE[place..]),
        2 => STATE[..place].to_owned(),
        3 => STATE[place..].chars().rev().collect(),
        4 => format!("{STATE}&state={STATE}"),
        _ => (0..43).map(|_| dice.pick(&["A", "b", "0", "-", "_"])).collect(),
    };
    if state == STATE { format!("{STATE}x") } else { state }
}

/// What fuzzed requests got.
struct Said {
    strange: usize,
    reflecting: usize,
    bodies: usize,
}

fn said_to_fuzzed(count: usize) -> Said {
    let known: HashSet<Vec<u8>> = LANGUAGES.iter().flat_map(|pages| everything_sayable(pages)).collect();
    let (mut dice, mut bodies) = (Dice(2), BTreeSet::new());
    let (mut strange, mut reflecting) = (0, 0);
    let mut reception = open();
    for number in 0..count {
        // Every so often a new attempt, sometimes one that has been answered already.
        if number % 500 == 0 {
            reception = open();
            if dice.below(2) == 0 {
                judge(&mut reception, &get(&format!("/?state={STATE}&code=4/0right")));
                reception.show(dice.pick(&PAGES));
            }
        }
        let marker: String = (0..8).map(|_| dice.pick(&["q", "Z", "7", "j", "X"])).collect();
        let request = fuzzed(&mut dice, &marker);
        let pages = dice.pick(&LANGUAGES);
        let Some(Treatment::Reply(reply, _)) = judge(&mut reception, &request) else { continue };
        let said = reply.write(pages);
        strange += usize::from(!known.contains(&*said));
        reflecting += usize::from(said.windows(marker.len()).any(|window| window == marker.as_bytes()));
        bodies.extend(said.windows(4).position(|window| window == b"\r\n\r\n").map(|end| said[end + 4..].to_vec()));
    }
    Said { strange, reflecting, bodies: bodies.len() }
}

static LANGUAGES: [&Pages; 2] = [&Pages::EN, &Pages::KO];
const PAGES: [Page; 5] = [Page::Ok, Page::Incomplete, Page::Failed, Page::Denied, Page::StillWorking];

fn everything_sayable(pages: &'static Pages) -> Vec<Vec<u8>> {
    let gate = gate();
    let outcomes = PAGES.into_iter().flat_map(|page| [Reply::Page(page), Reply::SeePage(page)]);
    let others = [
        Reply::SeeConsent(&gate.consent),
        Reply::OlderLink,
        Reply::AlreadyReceived,
        Reply::LinkUsed,
        Reply::NotFound,
        Reply::BadRequest,
        Reply::TargetTooLong,
        Reply::HeadersTooLarge,
        Reply::NotGet,
        Reply::NotYet,
        Reply::Silence,
    ];
    outcomes.chain(others).map(|reply| reply.write(pages).to_vec()).collect()
}

/// A request of likely pieces, with a marker in every place where something could be taken over from.
fn fuzzed(dice: &mut Dice, marker: &str) -> Vec<u8> {
    #[rustfmt::skip]
    const TARGETS: &[&str] = &[
        "/MARK", "/?state=MARK&code=MARK", "/?state=STATE&code=MARK", "/?state=STATE&error=MARK", "/?error=MARK", "/s/MARK", "/s/abc234", "/s/xyz789",
        "/ok?MARK", "/waiting", "/ok", "http://MARK/", "*", "/?state=STATE&code=%0d%0aMARK", "/?<script>MARK</script>", "//MARK/..", "/?state=STATE&iss=MARK&code=x",
    ];
    #[rustfmt::skip]
    const FIELDS: &[&str] = &[
        "Host: 127.0.0.1:40123\r\n", "Host: MARK\r\n", "Host: MARK:40123\r\n", "Cookie: MARK=MARK\r\n", "Origin: https://MARK\r\n", "Sec-Purpose: prefetch MARK\r\n",
        "X: MARK\r\n MARK\r\n", "MARK: x\r\n", "Referer: http://127.0.0.1:40123/MARK\r\n", "\r\n", "\n", "MARK",
    ];
    let method = dice.pick(&["GET", "GET", "GET", "GET", "HEAD", "OPTIONS", "MARK", "\u{16}", "PRI"]);
    let mut text = format!("{method} {} HTTP/1.1\r\nHost: {AUTHORITY}\r\n", dice.pick(TARGETS));
    if dice.below(4) == 0 {
        text = text.replace("Host: 127.0.0.1:40123\r\n", "");
    }
    for _ in 0..dice.below(3) {
        text += dice.pick(FIELDS);
    }
    let mut bytes = (text + "\r\n").replace("MARK", marker).replace("STATE", STATE).into_bytes();
    match dice.below(12) {
        0 => {
            let place = dice.below(bytes.len());
            bytes[place] = u8::try_from(dice.below(256)).expect("it is below 256");
        }
        1 => bytes.splice(5..5, vec![b'a'; 9000]).for_each(drop),
        2 => bytes.splice(bytes.len() - 2.., b"A: b\r\n".repeat(70)).for_each(drop),
        _ => {}
    }
    bytes
}

/// The same numbers in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("it is below a usize")
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}
