use proptest::prelude::*;

use super::*;
use crate::targets::given::{self, Format, credentials, hostile, managed, plain};

const FORMAT: Format = Format { read, merge };

const SAMPLE: &str = "\
# How the library is set up.
# c.client_id = 'outside the block'

Google::Ads::GoogleAds::Config.new do |c|
  c.warn_on_all_deprecations = false

  # The developer token.
  c.developer_token = 'INSERT_DEVELOPER_TOKEN_HERE'
  c.client_id = 'INSERT_CLIENT_ID_HERE'
  c.client_secret = \"INSERT_CLIENT_SECRET_HERE\" # secret
\tc.refresh_token='INSERT_REFRESH_TOKEN_HERE'
  c.use_application_default_credentials = false
  # c.keyfile = 'path/to/keyfile.json'
  # c.login_customer_id = 'INSERT_LOGIN_CUSTOMER_ID_HERE'
  c.log_level = 'INFO'
  c.log_target = STDOUT
  # c.logger = Logger.new(STDOUT)
end
";

const FILLED: &str = "\
# How the library is set up.
# c.client_id = 'outside the block'

Google::Ads::GoogleAds::Config.new do |c|
  c.warn_on_all_deprecations = false

  # The developer token.
  # c.developer_token = 'INSERT_DEVELOPER_TOKEN_HERE'
  c.client_id = '123-abc.apps.googleusercontent.com'
  c.client_secret = 'GOCSPX-s_1' # secret
\tc.refresh_token='1//0gT-2'
  c.use_application_default_credentials = false
  # c.keyfile = 'path/to/keyfile.json'
  # c.login_customer_id = 'INSERT_LOGIN_CUSTOMER_ID_HERE'
  c.login_customer_id = '1234567890'
  c.log_level = 'INFO'
  c.log_target = STDOUT
  # c.logger = Logger.new(STDOUT)
end
";

const NEW: &str = "\
Google::Ads::GoogleAds::Config.new do |c|
  c.client_id = '123-abc.apps.googleusercontent.com'
  c.client_secret = 'GOCSPX-s_1'
  c.refresh_token = '1//0gT-2'
end
";

/// A file whose block holds these lines; the first of them is line 2.
fn block(lines: &str) -> String {
    format!("Google::Ads::GoogleAds::Config.new do |c|\n{lines}end\n")
}

#[test]
fn a_new_file_is_one_block() {
    assert_eq!(merge(None, &plain()).unwrap(), NEW);
    let by_hand: String = lines(&plain()).lines().flat_map(|line| ["  ", line, "\n"].map(str::to_owned)).collect();
    assert_eq!(block(&by_hand), NEW);
}

#[test]
fn the_sample_is_filled_where_its_placeholders_stand() {
    assert_eq!(read(SAMPLE).unwrap(), Held::default());
    assert_eq!(merge(Some(SAMPLE), &managed()).unwrap(), FILLED);
    let windows = format!("\u{feff}{}", SAMPLE.replace('\n', "\r\n"));
    assert_eq!(merge(Some(&windows), &managed()).unwrap(), format!("\u{feff}{}", FILLED.replace('\n', "\r\n")));
}

#[test]
fn missing_keys_go_before_the_end_with_the_blocks_own_variable_and_indentation() {
    let text = "require 'logger'\n::Google::Ads::GoogleAds::Config.new() do | conf |\n\n    conf.logger = Logger.new(STDOUT)\n\nend # done";
    let expected = "require 'logger'\n::Google::Ads::GoogleAds::Config.new() do | conf |\n\n    conf.logger = Logger.new(STDOUT)\n\n    \
        conf.client_id = '123-abc.apps.googleusercontent.com'\n    conf.client_secret = 'GOCSPX-s_1'\n    conf.refresh_token = '1//0gT-2'\nend # done";
    assert_eq!(merge(Some(text), &plain()).unwrap(), expected);
    assert_eq!(merge(Some(&block("")), &plain()).unwrap(), NEW);
}

#[test]
fn every_literal_is_read() {
    for (literal, value) in [
        (r"'o\ld'", r"o\ld"),
        (r"'o\\l\'d'", r"o\l'd"),
        (r#""o\\l\"d\#{x}\q\s#""#, r#"o\l"d#{x}q #"#),
        (r#""a#b" # "c""#, "a#b"),
        ("1234567890", "1234567890"),
    ] {
        let text = block(&format!("  c.client_id = {literal}\n"));
        assert_eq!(read(&text).unwrap().client_id.as_deref(), Some(value), "{literal}");
    }
    assert_eq!(read(&block("c.client_id = nil\n")).unwrap(), Held::default());
}

#[test]
fn what_is_there_is_kept() {
    let kept = "  c.developer_token = ENV['TOKEN']\n  c.login_customer_id = \"111\"\n  c.logger = Logger.new(ENV.fetch(\"X\", nil), :daily)\n";
    let text = block(kept);
    let held = read(&text).unwrap();
    assert_eq!((held.login_customer_id.as_deref(), held.developer_token), (Some("111"), None));
    assert!(merge(Some(&text), &plain()).unwrap().contains(kept));
    let equal = NEW.replace("'1//0gT-2'", "\"1//0gT-2\"");
    assert_eq!(merge(Some(&equal), &plain()).unwrap(), equal);
}

#[test]
fn whatever_ruby_would_compute_is_refused_with_its_line() {
    for line in [
        "c.client_id = ENV['ID']",
        "c.client_id = ENV.fetch('ID')",
        "c.client_id = \"#{id}\"",
        "c.client_id = \"#$id\"",
        "c.client_id = \"\\x41\"",
        "c.client_id = id",
        "c.client_id = ID",
        "c.client_id ||= 'a'",
        "c.client_id += 'a'",
        "c.client_id = c.client_secret = 'a'",
        "c.client_id = 'a' 'b'",
        "c.client_id = 'a' + 'b'",
        "c.client_id = 'a' if true",
        "c.client_id = 'a'.strip",
        "c.client_id = 'a'; c.client_secret = 'b'",
        "c.client_id = <<~ID",
        "c.client_id = %q(a)",
        "c.client_id = ('a')",
        "c.client_id = 'a",
        "c.client_id = 'a\\'",
        "c.client_id, c.client_secret = 'a', 'b'",
        "c.send(:client_id=, 'a')",
        "client.client_id = 'a'",
        "puts 'hello'",
        "c.log_target = <<~X",
        "c.log_target = STDOUT if x",
        "c.log_target = Logger.new(STDOUT) do",
        "c.login_customer_id = 0123456789",
        "=begin",
        "__END__",
        "if true",
        ".strip",
        "\u{c}",
    ] {
        let text = block(&format!("\n{line}\n"));
        assert_eq!(read(&text), Err(Refused::Computed { line: 3 }), "{line}");
        assert_eq!(merge(Some(&text), &plain()), Err(Refused::Computed { line: 3 }), "{line}");
    }
}

#[test]
fn anything_but_one_block_is_refused() {
    use Refused::{Computed, NotValid, OtherFlow, Repeated};
    for (text, refused) in [
        ("# nothing\n".to_owned(), NotValid { line: 1 }),
        ("Google::Ads::GoogleAds::Config.new do |c|\n".to_owned(), NotValid { line: 1 }),
        (format!("{NEW}{NEW}"), Computed { line: 6 }),
        (format!("{NEW}c.client_id = 'x'\n"), Computed { line: 6 }),
        (format!("{NEW}puts 1\n"), Computed { line: 6 }),
        (format!("id = 'x'\n{NEW}"), Computed { line: 1 }),
        ("Google::Ads::GoogleAds::Config.new { |c|\n}\n".to_owned(), Computed { line: 1 }),
        ("x = Google::Ads::GoogleAds::Config.new do |c|\nend\n".to_owned(), Computed { line: 1 }),
        ("Google::Ads::GoogleAds::Config.new do |c|\r  x\r\nend\n".to_owned(), NotValid { line: 1 }),
        (block("c.client_id = 'a'\nc.client_id = 'a'\n"), Repeated { line: 3 }),
        (block("c.keyfile = 'key.json'\n"), OtherFlow { key: "keyfile" }),
        (block("c.keyfile = ENV['KEY']\n"), OtherFlow { key: "keyfile" }),
        (
            block("c.use_application_default_credentials = false\nc.use_application_default_credentials = true\n"),
            OtherFlow { key: "use_application_default_credentials" },
        ),
    ] {
        assert_eq!(read(&text), Err(refused.clone()), "{text}");
        assert_eq!(merge(Some(&text), &plain()), Err(refused), "{text}");
    }
}

#[test]
fn a_placeholder_constant_is_commented_out() {
    let text = block("  c.authentication = INSERT_AUTHENTICATION_METHOD_HERE\n");
    let merged = merge(Some(&text), &plain()).unwrap();
    assert!(merged.contains("  # c.authentication = INSERT_AUTHENTICATION_METHOD_HERE\n"), "{merged}");
}

#[test]
fn a_value_that_is_more_than_a_line_is_refused() {
    given::refuses_control_characters(FORMAT, SAMPLE);
}

proptest! {
    #[test]
    fn any_value_survives(credentials in hostile()) {
        for existing in [None, Some(SAMPLE), Some(FILLED)] {
            given::holds(FORMAT, existing, &credentials)?;
        }
    }

    /// Only single quotes are written, and they end where the value does.
    #[test]
    fn no_value_leaves_its_quotes(value in "[a'\\\\#{}\"]{1,12}") {
        let text = merge(None, &credentials(&value, "s", "t", None)).unwrap();
        let line = text.lines().nth(1).unwrap();
        let body = line.strip_prefix("  c.client_id = '").and_then(|rest| rest.strip_suffix('\'')).unwrap();
        let escapes_gone = body.replace("\\\\", "").replace("\\'", "");
        prop_assert!(!escapes_gone.contains(['\'', '\\']), "{}", line);
    }
}
