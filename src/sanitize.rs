//! The one gate for text from outside (files, network, environment) on its way to a screen, a title or stderr.
//! It never lets a control, escape, bidirectional or invisible character through.

/// The text without control, bidirectional and invisible characters; each becomes U+FFFD.
pub fn sanitize(text: &str) -> String {
    let hidden = |character| matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    text.chars()
        .map(|character| if character.is_control() || hidden(character) { '\u{FFFD}' } else { character })
        .collect()
}
