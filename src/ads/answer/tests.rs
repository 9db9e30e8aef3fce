use proptest::prelude::*;
use serde_json::json;

use super::*;

/// The objects of these bytes, fed in pieces of this size.
fn objects(bytes: &[u8], piece: usize) -> Result<Vec<String>, AdsError> {
    let (mut cut, mut found) = (Objects::default(), Vec::new());
    for part in bytes.chunks(piece) {
        cut.feed(part, |object| {
            found.push(String::from_utf8(object.to_vec()).unwrap());
            Ok(())
        })?;
    }
    cut.end()?;
    Ok(found)
}

#[test]
fn an_array_and_a_single_object_are_cut_alike_whatever_the_pieces() {
    let tricky = r#"{"a":"}]{[\"\\","b":[{},[1]]}"#;
    for piece in 1..20 {
        assert_eq!(objects(tricky.as_bytes(), piece).unwrap(), [tricky]);
        let array = format!(" [\r\n{tricky}\n,\t{{}} ] \n");
        assert_eq!(objects(array.as_bytes(), piece).unwrap(), [tricky, "{}"]);
    }
    assert!(objects(b"[]", 1).unwrap().is_empty());
}

#[test]
fn what_is_no_array_of_objects_or_does_not_end_is_refused() {
    for bad in ["", "<html>", "[", "[{}", "{", "[1]", "null", "{}x", "[]]", "[{}]{}", "{\"a\":\"}"] {
        assert_eq!(objects(bad.as_bytes(), 3), Err(NOT_JSON), "{bad}");
    }
}

#[test]
fn what_an_object_is_not_is_said_without_quoting_it() {
    assert_eq!(batch(b"{\"results\":}").err(), Some(NOT_JSON));
    assert_eq!(batch(br#"{"results":"CANARY"}"#).err(), Some(AdsError::Malformed("results")));
    assert_eq!(accessible(b"{"), Err(NOT_JSON));
    assert_eq!(accessible(br#"{"resourceNames":[1]}"#), Err(AdsError::Malformed("resourceNames")));
    for name in ["customers/1", "1234567890", "customers/1234567890/x"] {
        let body = json!({ "resourceNames": [name] }).to_string();
        assert_eq!(accessible(body.as_bytes()), Err(AdsError::Malformed("resourceNames")), "{name}");
    }
}

#[test]
fn accessible_accounts_keep_their_order_and_stand_once() {
    let body = br#"{"resourceNames":["customers/2222222222","customers/1111111111","customers/2222222222"],"x":1}"#;
    let ids: Vec<_> = accessible(body).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(ids, ["2222222222", "1111111111"]);
    assert_eq!(accessible(b"{}"), Ok(Vec::new()));
}

#[test]
fn an_account_is_read_with_its_marks_and_its_texts_made_harmless() {
    let full = json!({ "results": [{ "customerClient": {
        "id": "1234567890", "level": "1", "descriptiveName": " Shop\u{1b}[31m\u{202e} ", "currencyCode": "EUR", "timeZone": "",
        "manager": true, "testAccount": true, "hidden": true, "status": "SUSPENDED", "newMember": {},
    }}]});
    let read = |json: serde_json::Value| {
        let found = batch(json.to_string().as_bytes()).ok().unwrap().results.remove(0);
        found.customer_client.unwrap()
    };
    let account = read(full).account().unwrap();
    assert_eq!(
        (account.name.as_deref(), account.currency.as_deref(), account.time_zone),
        (Some("Shop"), Some("EUR"), None)
    );
    assert!(account.manager && account.test && account.hidden && account.status == Status::Suspended);

    let bare = |client: serde_json::Value| read(json!({ "results": [{ "customerClient": client }]}));
    let account = bare(json!({ "id": 1_234_567_890 })).account().unwrap();
    assert_eq!((account.name, account.status), (None, Status::Unknown));
    assert!(!account.manager && !account.test && !account.hidden);
    assert_eq!(bare(json!({ "id": "12" })).account(), Err(AdsError::Malformed("id")));
    assert!(bare(json!({ "id": "1234567890", "level": 1 })).is_near());
    assert!(!bare(json!({ "id": "1234567890", "level": "2" })).is_near());
}

proptest! {
    #[test]
    fn any_bytes_are_cut_without_a_panic_and_alike_whatever_the_pieces(
        bytes in prop::collection::vec(prop::sample::select(b"[]{},\"\\ a1".to_vec()), 0..60),
        piece in 1_usize..9,
    ) {
        prop_assert_eq!(objects(&bytes, piece), objects(&bytes, 1000));
    }

    #[test]
    fn every_array_of_objects_comes_back_whole(texts in prop::collection::vec(".*", 0..5), piece in 1_usize..9) {
        let wanted: Vec<_> = texts.iter().map(|text| json!({ text: [text, { "x": text }] })).collect();
        let found = objects(json!(wanted).to_string().as_bytes(), piece).unwrap();
        let found: Vec<serde_json::Value> = found.iter().map(|object| serde_json::from_str(object).unwrap()).collect();
        prop_assert_eq!(found, wanted);
    }
}
