//! The bytes of one connection to the loopback listener.

use adsauth::oauth::callback::Answer;
use adsauth::oauth::listener::{Incoming, Page, Pages, Received, Reception, Reply, Treatment, examine};
use adsauth::oauth::secret::Secret;

use crate::gate::{HOST, STATE, gate, has_the_state};

/// Two bytes say where the request is cut in two, the rest is the request.
///
/// However it is cut it reads the same. Whatever it says, it gets one of the constant responses, and it is the callback only if
/// it is a GET with the attempt's `state`. If it is not, the right callback is still taken after it, once.
pub fn check(input: &[u8]) {
    let Some((cut, request)) = input.split_first_chunk::<2>() else { return };
    let whole = examine(request);
    let cut = usize::from(u16::from_be_bytes(*cut)) % (request.len() + 1);
    assert_eq!(examine(&request[..cut]).or_else(|| examine(request)), whole);
    let Some(received) = whole else { return };

    let mut reception = Reception::new(HOST.to_owned());
    reception.open(gate());
    let taken = match treat(&mut reception, &received) {
        None | Some(Incoming::Ignored(_) | Incoming::Started) => false,
        Some(Incoming::Callback(_)) => {
            let Received::Head(head) = &received else { panic!("no head, no callback") };
            let query = head.target.expose().strip_prefix("/?").expect("the path is compared exactly");
            assert!(head.is_get && !head.is_prefetch && has_the_state(query), "{query}");
            true
        }
        Some(Incoming::PageFetched(page)) => panic!("{page:?} before there is an outcome"),
    };

    let right = format!("GET /?state={STATE}&code=right HTTP/1.1\r\nHost: {HOST}\r\n\r\n");
    let right = examine(right.as_bytes()).expect("a whole request");
    let answer = Answer::Code(Secret::new("right".to_owned()));
    let is_repeat = received == right;
    let expected = (!taken).then_some(Incoming::Callback(answer));
    match treat(&mut reception, &right) {
        Some(Incoming::Ignored(_)) => assert!(taken && !is_repeat),
        told => assert_eq!(told, expected),
    }
    assert!(!matches!(treat(&mut reception, &received), Some(Incoming::Callback(_))), "two callbacks");
    reception.show(Page::Ok);
    treat(&mut reception, &received);
}

/// What is told of a request. Its response is one of the constants.
fn treat(reception: &mut Reception, received: &Received) -> Option<Incoming> {
    match reception.judge(received) {
        Treatment::Hold(told) => told,
        Treatment::Reply(reply, told) => {
            let response = reply.write(&Pages::EN);
            let consent = gate().consent;
            if *response == *Reply::SeeConsent(&consent).write(&Pages::EN) {
                assert_eq!(told, Some(Incoming::Started));
            } else {
                assert!(is_constant(&response), "{}", String::from_utf8_lossy(&response));
            }
            told
        }
    }
}

fn is_constant(response: &[u8]) -> bool {
    let pages = [Page::Ok, Page::Incomplete, Page::Failed, Page::Denied, Page::StillWorking];
    let pages = pages.into_iter().flat_map(|page| [Reply::Page(page), Reply::SeePage(page)]);
    let refusals = [Reply::OlderLink, Reply::AlreadyReceived, Reply::LinkUsed, Reply::NotFound, Reply::BadRequest];
    let others = [Reply::TargetTooLong, Reply::HeadersTooLarge, Reply::NotGet, Reply::NotYet, Reply::Silence];
    pages.chain(refusals).chain(others).any(|reply| **reply.write(&Pages::EN) == *response)
}
