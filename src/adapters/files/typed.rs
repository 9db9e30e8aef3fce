//! Makes a path of what a person typed, pasted or dragged into the terminal.
//! It never asks the file system.

use std::borrow::Cow;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

/// The absolute path that is meant: in quotes, with backslashes before spaces, as a `file:` URL (three ways in which
/// terminals and file managers hand over a dragged file), from `~`, or relative to `cwd`.
///
/// `None` if nothing is left or it is not one local path: several lines, several quoted paths, an open quote, a URL of another
/// machine.
pub fn typed_path(text: &str, home: &Path, cwd: &Path) -> Option<PathBuf> {
    let text = unquoted(text.trim())?;
    if text.is_empty() || text.contains(['\n', '\0']) {
        return None;
    }
    let path = if let Some(url) = after_file_scheme(&text) {
        from_file_url(url)?
    } else if let Some(below) = text.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        home.join(below.trim_start_matches('/'))
    } else {
        cwd.join(&*text)
    };
    // Takes out `.` and doubled or trailing slashes; `..` stays, since only the file system knows what it means after a link.
    Some(path.components().collect())
}

/// Undoes what a terminal does to a dragged path so that a shell would take it: quotes around the whole, or backslashes.
fn unquoted(text: &str) -> Option<Cow<'_, str>> {
    if text.starts_with(['\'', '"']) {
        // Whole shell quoting, since a terminal writes an apostrophe in a name as `'\''`.
        let mut words = shlex::split(text)?.into_iter();
        return match (words.next(), words.next()) {
            (Some(word), None) => Some(Cow::Owned(word)),
            (None, _) | (Some(_), Some(_)) => None,
        };
    }
    if !text.contains('\\') {
        return Some(Cow::Borrowed(text));
    }
    // Spaces without a backslash stay too: this is one path and not a command line.
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        plain.push(if character == '\\' { characters.next().unwrap_or('\\') } else { character });
    }
    Some(Cow::Owned(plain))
}

fn after_file_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    scheme.eq_ignore_ascii_case("file").then_some(rest).filter(|rest| rest.starts_with('/'))
}

/// `///path`, `//localhost/path` or `/path` (RFC 8089 section 2 and appendix B), as raw bytes: names need not be UTF-8.
fn from_file_url(rest: &str) -> Option<PathBuf> {
    let path = match rest.strip_prefix("//") {
        None => rest,
        Some(with_host) => {
            let (host, path) = with_host.split_at(with_host.find('/')?);
            if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
                return None;
            }
            path
        }
    };
    let bytes: Vec<u8> = percent_decode_str(path).collect();
    (!bytes.contains(&0)).then(|| PathBuf::from(OsString::from_vec(bytes)))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use proptest::prelude::*;

    use super::*;

    fn typed(text: &str) -> Option<PathBuf> {
        typed_path(text, Path::new("/home/me"), Path::new("/work dir"))
    }

    #[test]
    fn a_path_arrives_however_the_terminal_dressed_it() {
        for text in [
            "/home/me/my file.json",
            "  /home/me/my file.json \n",
            "'/home/me/my file.json'",
            "\"/home/me/my file.json\"",
            "'/home/me/my file.json' ",
            r"/home/me/my\ file.json",
            "file:///home/me/my%20file.json",
            "file://localhost/home/me/my%20file.json",
            "FILE:/home/me/my%20file.json",
            "'file:///home/me/my%20file.json'",
            "~/my file.json",
            r"~/my\ file.json",
            "'~/my file.json'",
            "~//my file.json",
            "../home/me/./my file.json",
        ] {
            let path = typed(text).unwrap_or_else(|| panic!("{text:?} was refused"));
            let path = path.strip_prefix("/work dir/..").map_or(path.clone(), |below| Path::new("/").join(below));
            assert_eq!(path, Path::new("/home/me/my file.json"), "{text:?}");
        }
    }

    #[test]
    fn apostrophes_and_brackets_in_names_survive() {
        for (text, path) in [
            (r"'/home/me/bob'\''s.json'", "/home/me/bob's.json"),
            (r"/home/me/bob\'s.json", "/home/me/bob's.json"),
            ("/home/me/bob's.json", "/home/me/bob's.json"),
            (r"/home/me/client_secret\ \(1\).json", "/home/me/client_secret (1).json"),
            (r"/home/me/a\\b.json", r"/home/me/a\b.json"),
            ("file:///home/me/100%25.json", "/home/me/100%.json"),
            ("/home/me/100%25.json", "/home/me/100%25.json"),
            ("/home/me/#1.json", "/home/me/#1.json"),
            ("/home/me/클라이언트.json", "/home/me/클라이언트.json"),
        ] {
            assert_eq!(typed(text), Some(PathBuf::from(path)), "{text:?}");
        }
    }

    #[test]
    fn other_paths_are_below_home_or_the_current_directory() {
        for (text, path) in [
            ("~", "/home/me"),
            ("~/", "/home/me"),
            ("client.json", "/work dir/client.json"),
            ("./client.json", "/work dir/client.json"),
            ("~you/client.json", "/work dir/~you/client.json"),
            ("file.json", "/work dir/file.json"),
            ("file:client.json", "/work dir/file:client.json"),
        ] {
            assert_eq!(typed(text), Some(PathBuf::from(path)), "{text:?}");
        }
    }

    #[test]
    fn a_url_can_name_bytes_that_are_not_utf8() {
        let path = typed("file:///tmp/client_secret_%ff.json").unwrap();
        assert_eq!(path.as_os_str(), OsStr::from_bytes(b"/tmp/client_secret_\xff.json"));
    }

    #[test]
    fn what_is_not_one_local_path_is_refused() {
        for text in [
            "",
            "  \n",
            "''",
            "'/a.json' '/b.json'",
            "'/a.json",
            "/a.json\n/b.json",
            "file://server/share/a.json",
            "file:///a%00.json",
            "/a\0.json",
        ] {
            assert_eq!(typed(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_an_absolute_path_or_none(text in ".*") {
            prop_assert!(typed(&text).is_none_or(|path| path.is_absolute()));
        }

        #[test]
        fn quoting_as_a_shell_would_changes_nothing(name in "[a-zA-Z0-9 '\"\\\\()$&;é한-]{1,30}") {
            let path = format!("/home/me/{name}");
            prop_assume!(!name.ends_with(' '));
            let escaped: String = path.chars().flat_map(|character| {
                let plain = character.is_alphanumeric() || matches!(character, '/' | '-');
                (!plain).then_some('\\').into_iter().chain([character])
            }).collect();
            prop_assert_eq!(typed(&escaped), Some(PathBuf::from(&path)));
            let quoted = format!("'{}'", path.replace('\'', r"'\''"));
            prop_assert_eq!(typed(&quoted), Some(PathBuf::from(&path)));
        }
    }
}
