//! Text from outside on its way to a screen.

use adsauth::sanitize::sanitize_to;

/// The first byte is the room there is. What is left cannot steer a terminal, fits, and stays as it is the second time.
pub fn check(input: &[u8]) {
    let Some((&room, text)) = input.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    for room in [usize::from(room), 200] {
        let clean = sanitize_to(text, room);
        assert!(clean.chars().count() <= room);
        assert!(!clean.chars().any(steers), "{clean:?}");
        assert_eq!(sanitize_to(&clean, room), clean);
        if text.chars().all(|letter| letter.is_ascii_graphic() || letter == ' ') && text.len() <= room {
            assert_eq!(clean, text);
        }
    }
}

/// C0, DEL, C1, and what changes the direction or cannot be seen.
pub fn steers(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(letter, '\u{feff}' | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}
