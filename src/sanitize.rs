//! The one gate for text from outside (files, network, environment) on its way to a screen, a title or stderr.
//! It never lets a control, escape, bidirectional, invisible or private-use character through.

use std::ops::RangeInclusive;

/// How many characters of outside text are kept unless a caller has room for another number.
const CAP: usize = 200;

/// What stands at the end of a text that was cut.
const CUT: char = '…';

/// [`sanitize_to`] with room for 200 characters.
pub fn sanitize(text: &str) -> String {
    sanitize_to(text, CAP)
}

/// The text without anything that a terminal obeys or a reader cannot see, at most `max` characters long.
///
/// Escape sequences go as a whole, a run of line breaks and tabs becomes one space, and a text that is too long ends in an
/// ellipsis. Doing it twice changes nothing.
pub fn sanitize_to(text: &str, max: usize) -> String {
    let mut kept = String::new();
    let mut length = 0;
    let mut gap = false;
    let mut inside = Inside::Text;
    for character in text.chars() {
        inside = inside.after(character);
        if inside != Inside::Text || is_hidden(character) {
            gap |= is_break(character);
            continue;
        }
        if std::mem::take(&mut gap) && !kept.is_empty() && !kept.ends_with(' ') {
            kept.push(' ');
            length += 1;
        }
        kept.push(character);
        length += 1;
        if length > max {
            return cut(&kept, max);
        }
    }
    kept
}

fn cut(text: &str, max: usize) -> String {
    let head = text.chars().take(max.saturating_sub(1));
    head.chain((max > 0).then_some(CUT)).collect()
}

/// Where in an escape sequence (ECMA-48 section 5) a character stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Text,
    /// After ESC or its intermediate bytes.
    Escape,
    /// After CSI: parameters, intermediates, one final byte.
    Control,
    /// In the text of OSC, DCS, SOS, PM or APC, up to ST.
    Payload,
    /// At the last character of a sequence, which belongs to it.
    End,
}

impl Inside {
    /// Where `character` stands, when the one before it stood here.
    fn after(self, character: char) -> Self {
        match (self, character) {
            // An introducer begins anew wherever it stands. A line break or a cancel ends what it interrupts, as in a
            // terminal, so that one unfinished sequence does not hide all that follows.
            (_, '\x1b') | (Self::Escape, ' '..='/') => Self::Escape,
            (_, '\u{9b}') | (Self::Escape, '[') | (Self::Control, ' '..='?') => Self::Control,
            (Self::Payload, '\x07' | '\x18' | '\x1a' | '\n' | '\r' | '\u{9c}') => Self::End,
            (_, '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}')
            | (Self::Escape, ']' | 'P' | 'X' | '^' | '_')
            | (Self::Payload, _) => Self::Payload,
            (Self::Escape, '0'..='~') | (Self::Control, '@'..='~') => Self::End,
            (Self::Escape | Self::Control | Self::Text | Self::End, _) => Self::Text,
        }
    }
}

fn is_break(character: char) -> bool {
    matches!(character, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether nobody could see the character, or a terminal would obey it.
pub fn is_hidden(character: char) -> bool {
    character.is_control() || HIDDEN.iter().any(|range| range.contains(&character)) || is_noncharacter(character)
}

/// The last two code points of every plane (those of U+FDD0 are in [`HIDDEN`]).
fn is_noncharacter(character: char) -> bool {
    u32::from(character) & 0xfffe == 0xfffe
}

/// General category Cf (format), Co (private use), Zl and Zp, and Default_Ignorable_Code_Point of Unicode 16.
const HIDDEN: &[RangeInclusive<char>] = &[
    '\u{ad}'..='\u{ad}',
    '\u{34f}'..='\u{34f}',
    '\u{600}'..='\u{605}',
    '\u{61c}'..='\u{61c}',
    '\u{6dd}'..='\u{6dd}',
    '\u{70f}'..='\u{70f}',
    '\u{890}'..='\u{891}',
    '\u{8e2}'..='\u{8e2}',
    '\u{115f}'..='\u{1160}',
    '\u{17b4}'..='\u{17b5}',
    '\u{180b}'..='\u{180f}',
    '\u{200b}'..='\u{200f}',
    '\u{2028}'..='\u{202e}',
    '\u{2060}'..='\u{206f}',
    '\u{3164}'..='\u{3164}',
    '\u{e000}'..='\u{f8ff}',
    '\u{fdd0}'..='\u{fdef}',
    '\u{fe00}'..='\u{fe0f}',
    '\u{feff}'..='\u{feff}',
    '\u{ffa0}'..='\u{ffa0}',
    '\u{fff0}'..='\u{fffb}',
    '\u{110bd}'..='\u{110bd}',
    '\u{110cd}'..='\u{110cd}',
    '\u{13430}'..='\u{1343f}',
    '\u{1bca0}'..='\u{1bca3}',
    '\u{1d173}'..='\u{1d17a}',
    '\u{e0000}'..='\u{e0fff}',
    '\u{f0000}'..='\u{10ffff}',
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_text_of_any_script_stays_as_it_is() {
        for text in [
            "access_denied",
            "  two  spaces ",
            "구글 광고 계정",
            "Jürgen's Ads: 50 % off",
            "日本語 עברית العربية",
            "🦀",
        ] {
            assert_eq!(sanitize(text), text);
        }
    }

    #[test]
    fn escape_sequences_go_as_a_whole() {
        for (text, expected) in [
            ("a\x1b[31;1mred\x1b[0m!", "ared!"),
            ("a\x1b]0;title\x07b", "ab"),
            ("a\x1b]52;c;c2VjcmV0\x1b\\b", "ab"),
            ("a\x1bP1$qm\x1b\\b", "ab"),
            ("a\u{9b}2Jb\u{9d}0;x\u{9c}c", "abc"),
            ("a\x1b(Bb\x1b7c\x1bcd", "abcd"),
            ("a\x1b[?1049hb", "ab"),
            ("a\x1b[31é", "aé"),
            ("a\x1b]0;never ended", "a"),
            ("a\x1b]0;cut by a line\nb", "a b"),
            ("\x1b\x1b[1mx", "x"),
        ] {
            assert_eq!(sanitize(text), expected, "{text:?}");
        }
    }

    #[test]
    fn line_breaks_and_tabs_become_one_space_between_words_and_nothing_at_the_ends() {
        assert_eq!(sanitize("\r\n a\r\n\tb\u{2028}c \nd\u{85}\n"), " a b c d");
        assert_eq!(sanitize("a\x00\x08\x7fb"), "ab");
    }

    #[test]
    fn bidirectional_invisible_and_private_characters_are_removed() {
        let bidirectional = "\u{202a}\u{202e}\u{2066}\u{2069}\u{200e}\u{200f}\u{61c}";
        let invisible = "\u{200b}\u{200d}\u{feff}\u{ad}\u{fe0f}\u{3164}\u{e0041}";
        let unassigned = "\u{e000}\u{fdd0}\u{1ffff}\u{100000}";
        for hidden in [bidirectional, invisible, unassigned].iter().flat_map(|group| group.chars()) {
            assert_eq!(sanitize(&format!("a{hidden}b")), "ab", "U+{:04X}", u32::from(hidden));
        }
    }

    #[test]
    fn a_text_that_is_too_long_ends_in_an_ellipsis_and_fits() {
        assert_eq!(sanitize_to("abcdef", 6), "abcdef");
        assert_eq!(sanitize_to("abcdefg", 6), "abcde…");
        assert_eq!((sanitize_to("ab", 1), sanitize_to("ab", 0)), ("…".to_owned(), String::new()));
        assert_eq!(sanitize(&"x".repeat(1_000_000)).chars().count(), CAP);
    }

    fn hostile_text() -> impl Strategy<Value = String> {
        let dangerous =
            "\x1b[]P\\\x07\u{9b}\u{9c}\u{9d}\n\t\r \u{202e}\u{200d}\u{2028};maé".chars().collect::<Vec<_>>();
        let dangerous = prop::sample::select(dangerous);
        prop::collection::vec(prop_oneof![3 => dangerous, 1 => any::<char>()], 0..300).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn nothing_dangerous_is_left_and_the_cap_holds(text in hostile_text(), max in 0_usize..250) {
            let clean = sanitize_to(&text, max);
            prop_assert!(clean.chars().count() <= max);
            let dangerous = |c: char| {
                matches!(c, '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{61c}' | '\u{200b}'..='\u{200f}')
                    || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
            };
            prop_assert!(!clean.chars().any(dangerous), "{clean:?}");
        }

        #[test]
        fn doing_it_twice_changes_nothing(text in hostile_text(), max in 0_usize..250) {
            let once = sanitize_to(&text, max);
            prop_assert_eq!(sanitize_to(&once, max), once);
        }
    }
}
