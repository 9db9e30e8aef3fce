//! What `adsauth save` writes, read by programs that nobody here wrote: the libraries themselves where they can be had, else the
//! parsers that they are built on. The loaders are in `targets/`; each prints one JSON object per file.
#![expect(clippy::disallowed_methods, reason = "a test writes and reads files and starts programs")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value};

use crate::fixtures::adsauth::run;
use crate::fixtures::home::Home;
use crate::fixtures::process::{node, output_of};
use crate::fixtures::token::Token;

/// As a person types it; it is written with digits only.
const LOGIN: &str = "123-456-7890";
const LOGIN_DIGITS: &str = "1234567890";
/// What the files of [`Format::own`] hold already.
const DEVELOPER_TOKEN: &str = "own-Developer_Token22";

/// One format, and how its library names things.
struct Format {
    /// For `--for`.
    target: &'static str,
    /// What makes the name of a file one of this format.
    name: &'static str,
    load: fn(&[PathBuf]) -> Vec<Map<String, Value>>,
    client_id: &'static str,
    client_secret: &'static str,
    refresh_token: &'static str,
    /// Customer id and developer token, where the format has them.
    optional: Option<[&'static str; 2]>,
    /// The keys and placeholders of the sample that comes with the library.
    sample: &'static str,
    /// A file that somebody has made their own: comments, odd indentation, another token, a developer token.
    own: &'static str,
    /// Whether the library reads a file with the line endings of Windows.
    reads_crlf: bool,
}

/// One file to be written.
struct Case {
    name: &'static str,
    before: Option<String>,
    token: Token,
    developer_token: Option<&'static str>,
}

impl Format {
    fn cases(&self) -> Vec<Case> {
        const MARK: &str = "\u{feff}";
        let case = |name, before, developer_token| Case { name, before, token: Token::usual(), developer_token };
        let (sample, own) = (self.sample, self.own);
        let windows = |text: &str| text.replace('\n', "\r\n");
        let kept = Some(DEVELOPER_TOKEN);
        let mut cases = vec![
            case("new", None, None),
            case("empty", Some(String::new()), None),
            case("sample", Some(sample.to_owned()), None),
            case("sample with a byte order mark", Some(format!("{MARK}{sample}")), None),
            case("sample without a last line ending", Some(sample.trim_end().to_owned()), None),
            case("own", Some(own.to_owned()), kept),
            case("own with a byte order mark", Some(format!("{MARK}{own}")), kept),
        ];
        if self.reads_crlf {
            cases.extend([
                case("sample of Windows", Some(windows(sample)), None),
                case("own of Windows with a byte order mark", Some(format!("{MARK}{}", windows(own))), kept),
            ]);
        }
        cases
    }

    /// Saves each token into its file and has all files loaded at once.
    fn assert_loaded(&self, cases: &[Case]) {
        let home = Home::new();
        let mut written = Vec::new();
        for (number, case) in cases.iter().enumerate() {
            let path = self.place(&home, number, case.before.as_deref());
            let path_text = path.to_str().expect("UTF-8");
            let arguments = ["save", "--for", self.target, "--config", path_text, "--yes", "--replace"];
            let ended = run(&home, &[&arguments[..], &["--login-customer-id", LOGIN]].concat(), &case.token.document());
            assert_eq!(ended.code, Some(0), "{} {}: {ended:?}", self.target, case.name);
            case.token.assert_masked(&(ended.output + &ended.errors));
            let mode = fs::metadata(&path).expect("it was written").permissions().mode() & 0o7777;
            assert_eq!(mode, 0o600, "{} {}", self.target, case.name);
            written.push(path);
        }
        let all = (self.load)(&written);
        assert_eq!(all.len(), cases.len(), "one object per file");
        for ((case, path), loaded) in cases.iter().zip(&written).zip(&all) {
            let text = fs::read_to_string(path).expect("it was written");
            self.assert_is(case, loaded, &format!("{} {}: {loaded:?} of\n{text}", self.target, case.name));
            // No value has made a setting of its own: there are as many as with any other.
            let alike = cases.iter().position(|other| other.before == case.before).expect("itself at least");
            assert!(loaded.keys().eq(all[alike].keys()), "{} {}: {loaded:?}", self.target, case.name);
        }
    }

    /// A directory of its own for each file, since a backup comes beside it.
    fn place(&self, home: &Home, number: usize, before: Option<&str>) -> PathBuf {
        let directory = home.path(number.to_string());
        fs::create_dir(&directory).expect("a directory");
        let path = directory.join(self.name);
        if let Some(before) = before {
            fs::write(&path, before).expect("a file");
        }
        path
    }

    fn assert_is(&self, case: &Case, loaded: &Map<String, Value>, what: &str) {
        let Case { token, developer_token, .. } = case;
        for (key, value) in [
            (self.client_id, &token.client_id),
            (self.client_secret, &token.client_secret),
            (self.refresh_token, &token.refresh_token),
        ] {
            assert_eq!(loaded.get(key).and_then(Value::as_str), Some(value.as_str()), "{key} of {what}");
        }
        if let Some([login, developer]) = self.optional {
            assert_eq!(loaded.get(login).and_then(Value::as_str), Some(LOGIN_DIGITS), "{what}");
            // An empty one is how .NET's files say that there is none.
            let there = loaded.get(developer).and_then(Value::as_str).filter(|value| !value.is_empty());
            assert_eq!(there, *developer_token, "{what}");
        }
    }
}

/// Values that mean something in one format or another, in visible ASCII as OAuth has it. Those of the second list cannot be
/// quoted so that `sh` and every reader of variables agree.
fn hostile_tokens() -> [Vec<Token>; 2] {
    [
        vec![
            Token::new("1-#{exit}.apps.googleusercontent.com", "a&b&amp;<c>&lt;d]]>-->", "1//0g%d%%s${HOME}$(id)`id`"),
            Token::new("\"quoted\"", "=:;!,#=", "back\\slash\\n\\u0041\\x41\\t"),
            Token::new("---", "0x10", "null"),
            Token::new("{a:b}", "[x]", "*anchor"),
            Token::new("1e3", "#comment", ";comment"),
            Token::new("@at!bang", "~", "%00%n%s"),
        ],
        vec![
            Token::new("it's", "\\'\\\"", "1//0g'$HOME"),
            Token::new("a", "ends\\", "'#{exit}'\\\\"),
            Token::new("''", "'''", "\"'`$\\"),
        ],
    ]
}

/// Values made of what means something in one format or another, the same in every run, that hold none of these characters.
fn generated_tokens(count: usize, without: &[char]) -> Vec<Token> {
    const PIECES: &[&str] = &[
        "'", "\"", "\\", "\\\\", "#{exit}", "#", "${HOME}", "$(id)", "$", "{", "}", "%", "&", "&amp;", "<", ">", "]]>",
        "--", "-->", "=", ":", "!", ";", "|", "(", ")", "[", "]", ",", "a", "0", "/", "//", "*/", "`", "@", "^", "~",
        "\\u0041", "\\n", "end", "null", "yes",
    ];
    let pieces: Vec<_> = PIECES.iter().copied().filter(|piece| !piece.contains(without)).collect();
    let value = prop::collection::vec(prop::sample::select(pieces), 1..10)
        .prop_map(|pieces| pieces.concat())
        .prop_filter("a placeholder", |value| !(value.starts_with('<') && value.ends_with('>')));
    let tokens = prop::collection::vec((value.clone(), value.clone(), value), count);
    let tokens = tokens.new_tree(&mut TestRunner::deterministic()).expect("there are such values").current();
    tokens.into_iter().map(|(id, secret, token)| Token::new(&id, &secret, &token)).collect()
}

fn hostile_cases(format: &Format, tokens: &[Token]) -> Vec<Case> {
    let cases = tokens.iter().flat_map(|token| {
        [(None, None), (Some(format.own.to_owned()), Some(DEVELOPER_TOKEN))].map(|(before, developer_token)| Case {
            name: "hostile",
            before,
            token: token.clone(),
            developer_token,
        })
    });
    cases.collect()
}

/// Everything that each format must do alike.
fn assert_format(format: &Format) {
    let [quotable, others] = hostile_tokens();
    let mut cases = format.cases();
    cases.extend(hostile_cases(format, &quotable));
    cases.extend(hostile_cases(format, &others));
    cases.extend(hostile_cases(format, &generated_tokens(24, &[])));
    format.assert_loaded(&cases);
    assert_refused(format, &UNWRITABLE.map(|value| Token { refresh_token: value.to_owned(), ..Token::usual() }));
}

/// What could end a line or is not visible, in one value.
const UNWRITABLE: [&str; 7] = ["a\nb", "a\rb", "a\0b", "a\u{1b}[2Jb", "a b", "\u{e9}t\u{e9}", ""];

/// Nothing is written, be there a file or not.
fn assert_refused(format: &Format, tokens: &[Token]) {
    let home = Home::new();
    let there = format.place(&home, 0, Some(format.own));
    let absent = format.place(&home, 1, None);
    for token in tokens {
        for path in [&there, &absent] {
            let arguments = ["save", "--for", format.target, "--config", path.to_str().expect("UTF-8")];
            let ended = run(&home, &[&arguments[..], &["--yes", "--replace"]].concat(), &token.document());
            assert_eq!(ended.code, Some(7), "{token:?}: {ended:?}");
        }
        assert_eq!(fs::read_to_string(&there).expect("it is there"), format.own, "{token:?}");
        assert_eq!(fs::read_dir(there.parent().expect("a directory")).expect("a directory").count(), 1, "{token:?}");
        assert_eq!(fs::read_dir(absent.parent().expect("a directory")).expect("a directory").count(), 0, "{token:?}");
    }
}

/// Runs a loader: one JSON object per line.
fn loaded_by(loader: &mut Command, paths: &[PathBuf]) -> Vec<Map<String, Value>> {
    let output = output_of(loader.args(paths));
    output.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

fn loader(program: &str, script: &str) -> Command {
    let mut command = Command::new(program);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/targets").join(script));
    command
}

fn python(script: &str) -> Command {
    loader(concat!(env!("CARGO_MANIFEST_DIR"), "/target/real-venv/bin/python"), script)
}

/// What the library of Python makes of a file.
pub fn by_google_ads(path: &Path) -> Map<String, Value> {
    loaded_by(&mut python("load_google_ads.py"), &[path.to_owned()]).remove(0)
}

#[test]
fn google_ads_of_python_loads_google_ads_yaml() {
    assert_format(&Format {
        target: "python",
        name: "google-ads.yaml",
        load: |paths| loaded_by(&mut python("load_google_ads.py"), paths),
        client_id: "client_id",
        client_secret: "client_secret",
        refresh_token: "refresh_token",
        optional: Some(["login_customer_id", "developer_token"]),
        sample: "# What the library is told.\n\n# Who the program is\ndeveloper_token: INSERT_DEVELOPER_TOKEN_HERE\n\n\
            # Must be said\nuse_proto_plus: INSERT_USE_PROTO_PLUS_FLAG_HERE\n\n# The client and its token\n\
            client_id: INSERT_OAUTH2_CLIENT_ID_HERE\nclient_secret: INSERT_OAUTH2_CLIENT_SECRET_HERE\n\
            refresh_token: INSERT_REFRESH_TOKEN_HERE\n\n# json_key_file_path: INSERT_SERVICE_ACCOUNT_KEY_PATH_HERE\n\
            # impersonated_email: INSERT_DOMAIN_WIDE_DELEGATION_ACCOUNT\n\n# Managers only\n\
            login_customer_id: INSERT_LOGIN_CUSTOMER_ID_HERE\n# linked_customer_id: INSERT_LINKED_CUSTOMER_ID_HERE\n\n\
            # logging:\n#   version: 1\n#   handlers:\n#     default_handler:\n#       class: logging.StreamHandler\n",
        own: "--- # ours since 2021\n  # all of it stands two columns in\n  client_id:    'old-id'   # Anna's\n\n\
            \x20 \"refresh_token\": \"1//old\\x20token\"\n  client_secret: old # not the new one\n\
            \x20 developer_token: own-Developer_Token22\n  use_proto_plus: yes\n  logging:\n       version: 1\n\
            \x20      loggers: {\"\": {level: INFO}}\n  # the end\n",
        reads_crlf: true,
    });
}

#[test]
fn google_auth_of_python_loads_authorized_user() {
    assert_format(&Format {
        target: "authorized-user",
        name: "authorized_user.json",
        load: |paths| loaded_by(&mut python("load_authorized_user.py"), paths),
        client_id: "client_id",
        client_secret: "client_secret",
        refresh_token: "refresh_token",
        optional: None,
        sample: "{\n  \"account\": \"\",\n  \"client_id\": \"INSERT_CLIENT_ID_HERE\",\n  \"client_secret\": \"\",\n  \
            \"quota_project_id\": \"ads-reports-1234\",\n  \"refresh_token\": \"\",\n  \"type\": \"authorized_user\",\n  \
            \"universe_domain\": \"googleapis.com\"\n}\n",
        own: "{\"type\":\"authorized_user\",\t\"client_secret\" :\"ol\\u0064\",\n\n      \"refresh_token\":\n \"1//old\"\n,\
            \"extra\": {\"client_id\": [1, 2.50, null]}, \"client_id\": \"old-id\"  }",
        reads_crlf: true,
    });
}

#[test]
fn ruby_evaluates_google_ads_config_rb() {
    assert_format(&Format {
        target: "ruby",
        name: "google_ads_config.rb",
        load: |paths| loaded_by(&mut loader("ruby", "load.rb"), paths),
        client_id: "client_id",
        client_secret: "client_secret",
        refresh_token: "refresh_token",
        optional: Some(["login_customer_id", "developer_token"]),
        sample: "# What the library is told. Leave out what you do not need.\nGoogle::Ads::GoogleAds::Config.new do |c|\n  \
            # Treat warnings as errors?\n  # c.treat_deprecation_warnings_as_errors = false\n\n  \
            c.developer_token = 'INSERT_DEVELOPER_TOKEN_HERE'\n\n  # Managers only.\n  \
            # c.login_customer_id = 'INSERT_LOGIN_CUSTOMER_ID_HERE'\n\n  c.client_id = 'INSERT_CLIENT_ID_HERE'\n  \
            c.client_secret = 'INSERT_CLIENT_SECRET_HERE'\n  c.refresh_token = 'INSERT_REFRESH_TOKEN_HERE'\n\n  \
            # c.keyfile = 'path/to/keyfile.json'\n  # c.impersonate = 'INSERT_EMAIL_ADDRESS_TO_IMPERSONATE_HERE'\n\n  \
            c.log_level = 'INFO'\n  c.log_target = STDOUT\n  # c.logger = Logger.new(STDOUT)\nend\n",
        own: "# frozen_string_literal: true\n# ours\n\nGoogle::Ads::GoogleAds::Config.new do |settings|\n\
            settings.client_id='old-id' # Anna's\n        settings.client_secret   =   \"old\"\n\n\
            \tsettings.refresh_token = '1//o\\'ld'\n      settings.developer_token = 'own-Developer_Token22'\n  \
            settings.log_level = \"DEBUG\"\nend\n",
        reads_crlf: true,
    });
}

#[test]
fn java_loads_ads_properties() {
    assert_format(&Format {
        target: "java",
        name: "ads.properties",
        load: |paths| loaded_by(&mut loader("java", "Load.java"), paths),
        client_id: "api.googleads.clientId",
        client_secret: "api.googleads.clientSecret",
        refresh_token: "api.googleads.refreshToken",
        optional: Some(["api.googleads.loginCustomerId", "api.googleads.developerToken"]),
        sample: "# What the library is told.\n\n# The token and the client it was made for\n#api.googleads.refreshToken=\n\
            #api.googleads.clientId=\n#api.googleads.clientSecret=\n\n# A service account instead\n\
            #api.googleads.serviceAccountSecretsPath=\n#api.googleads.serviceAccountUser=\n\n# Who the program is\n\
            api.googleads.developerToken=INSERT_DEVELOPER_TOKEN_HERE\n\n# Managers only\n#api.googleads.loginCustomerId=\n\
            #api.googleads.linkedCustomerId=\n",
        own: "! ours\n   api.googleads.clientId : old-\\\n        id\n\tapi.googleads.clientSecret=ol\\u0064\n\
            api.googleads.refreshToken   1//old\n# this ends in a backslash \\\n\
            api.googleads.developer\\u0054oken=own-Developer_Token22\napi.googleads.maxInboundMessageSize=67108864\n",
        reads_crlf: true,
    });
}

#[test]
fn php_parses_google_ads_php_ini() {
    assert_format(&Format {
        target: "php",
        name: "google_ads_php.ini",
        load: |paths| loaded_by(&mut loader("php", "load.php"), paths),
        client_id: "OAUTH2.clientId",
        client_secret: "OAUTH2.clientSecret",
        refresh_token: "OAUTH2.refreshToken",
        optional: Some(["GOOGLE_ADS.loginCustomerId", "GOOGLE_ADS.developerToken"]),
        sample: "[GOOGLE_ADS]\n; Who the program is.\ndeveloperToken = \"INSERT_DEVELOPER_TOKEN_HERE\"\n; Managers only.\n\
            ; loginCustomerId = \"INSERT_LOGIN_CUSTOMER_ID_HERE\"\n; linkedCustomerId = \"INSERT_LINKED_CUSTOMER_ID_HERE\"\n\n\
            [OAUTH2]\n; The client and its token.\nclientId = \"INSERT_OAUTH2_CLIENT_ID_HERE\"\n\
            clientSecret = \"INSERT_OAUTH2_CLIENT_SECRET_HERE\"\nrefreshToken = \"INSERT_OAUTH2_REFRESH_TOKEN_HERE\"\n\n\
            ; jsonKeyFilePath = \"INSERT_ABSOLUTE_PATH_TO_OAUTH2_JSON_KEY_FILE_HERE\"\n\n[LOGGING]\n; logFilePath = \"path/to/your/file.log\"\n\
            ; logLevel = \"INFO\"\n\n[CONNECTION]\n; proxy = \"protocol://user:pass@host:port\"\n; enableGapicV2Source = true\n",
        own: "; ours\n[OAUTH2] ; moved up\n   clientId=old-id\n\tclientSecret   = 'o;ld' ; Anna's\n\
            refreshToken = \"1//o\\\"ld\"\n\n[LOGGING]\nlogLevel = INFO\n\n\t[GOOGLE_ADS]\n  developerToken = own-Developer_Token22\n",
        reads_crlf: true,
    });
}

#[test]
fn perl_splits_googleads_properties_by_its_own_rule() {
    assert_format(&Format {
        target: "perl",
        name: "googleads.properties",
        load: |paths| loaded_by(&mut loader("perl", "load.pl"), paths),
        client_id: "clientId",
        client_secret: "clientSecret",
        refresh_token: "refreshToken",
        optional: Some(["loginCustomerId", "developerToken"]),
        sample: "# What the library is told. No blanks around the sign.\n\n# The client and its token\nclientId=INSERT_OAUTH2_CLIENT_ID_HERE\n\
            clientSecret=INSERT_OAUTH2_CLIENT_SECRET_HERE\nrefreshToken=INSERT_OAUTH2_REFRESH_TOKEN_HERE\n\n# Who the program is\n\
            developerToken=INSERT_DEVELOPER_TOKEN_HERE\n\n# Managers only\n# loginCustomerId=INSERT_LOGIN_CUSTOMER_ID_HERE\n\
            # linkedCustomerId=INSERT_LINKED_CUSTOMER_ID_HERE\n\n# jsonKeyFilePath=INSERT_PATH_TO_JSON_KEY_FILE_HERE\n",
        own: "# ours\n\nclientId = old-id\n  clientSecret=old\nrefreshToken=1//old=x\ndeveloperToken=own-Developer_Token22\n\
            userAgent=a = b\n",
        reads_crlf: true,
    });
}

#[test]
fn another_xml_parser_reads_app_config() {
    assert_format(&Format {
        target: "dotnet",
        name: "App.config",
        load: |paths| loaded_by(&mut python("load_xml.py"), paths),
        client_id: "OAuth2ClientId",
        client_secret: "OAuth2ClientSecret",
        refresh_token: "OAuth2RefreshToken",
        optional: Some(["LoginCustomerId", "DeveloperToken"]),
        sample: "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<configuration>\n  <configSections>\n    <section name=\"GoogleAdsApi\" \
            type=\"System.Configuration.DictionarySectionHandler\" />\n  </configSections>\n  <GoogleAdsApi>\n    <!-- How long to wait -->\n    \
            <add key=\"Timeout\" value=\"2000\" />\n    <!-- <add key=\"ProxyServer\" value=\"http://localhost:8888\"/> -->\n    \
            <add key=\"DeveloperToken\" value=\"INSERT_YOUR_DEVELOPER_TOKEN_HERE\" />\n    \
            <!-- <add key=\"LoginCustomerId\" value=\"INSERT_LOGIN_CUSTOMER_ID_HERE\"/> -->\n    \
            <add key=\"OAuth2Mode\" value=\"APPLICATION\" />\n    <add key=\"OAuth2ClientId\" value=\"INSERT_OAUTH2_CLIENT_ID_HERE\" />\n    \
            <add key=\"OAuth2ClientSecret\" value=\"INSERT_OAUTH2_CLIENT_SECRET_HERE\" />\n    \
            <add key=\"OAuth2RefreshToken\" value=\"INSERT_OAUTH2_REFRESH_TOKEN_HERE\" />\n  </GoogleAdsApi>\n</configuration>\n",
        own: "<!-- ours -->\n<configuration>\n<configSections><section type='System.Configuration.DictionarySectionHandler' name='GoogleAdsApi'/>\
            </configSections>\n\t\t<appSettings><add key=\"OAuth2ClientId\" value=\"not this one\"/></appSettings>\n   <GoogleAdsApi\n   >\n\
            <add value='own-Developer_Token22' key='DeveloperToken'></add>\n            <add\n  key=\"OAuth2ClientId\"\n  value=\"old &amp; id\"/>\n\
            <add key=\"OAuth2ClientSecret\" value='\"old\"' /><!-- Anna's --><add key=\"OAuth2RefreshToken\" value=\"1//old\"/></GoogleAdsApi>\n</configuration>",
        reads_crlf: true,
    });
}

#[test]
fn another_json_parser_reads_appsettings_json() {
    assert_format(&Format {
        target: "dotnet",
        name: "appsettings.json",
        load: |paths| loaded_by(&mut python("load_appsettings.py"), paths),
        client_id: "OAuth2ClientId",
        client_secret: "OAuth2ClientSecret",
        refresh_token: "OAuth2RefreshToken",
        optional: Some(["LoginCustomerId", "DeveloperToken"]),
        sample: "{\n  \"Logging\": { \"LogLevel\": { \"Default\": \"Information\" } },\n  \"GoogleAdsApi\": {\n    \
            \"OAuth2Mode\": \"APPLICATION\",\n    \"DeveloperToken\": \"INSERT_DEVELOPER_TOKEN_HERE\",\n    \
            \"OAuth2ClientId\": \"INSERT_OAUTH2_CLIENT_ID_HERE\",\n    \"OAuth2ClientSecret\": \"INSERT_OAUTH2_CLIENT_SECRET_HERE\",\n    \
            \"OAuth2RefreshToken\": \"INSERT_OAUTH2_REFRESH_TOKEN_HERE\"\n  }\n}\n",
        own: "{\"AllowedHosts\":\"*\",\n\t\t\"GoogleAdsApi\" :{\n\"OAuth2ClientId\":\"old-\\u0069d\",    \"OAuth2ClientSecret\"\n:\n\"old\",\n\
                     \"DeveloperToken\": \"own-Developer_Token22\",\"OAuth2RefreshToken\":\"1//old\"}}",
        reads_crlf: true,
    });
}

/// What `sh` reads must be what dotenv reads.
fn by_both(paths: &[PathBuf]) -> Vec<Map<String, Value>> {
    let both = loaded_by(&mut node("../targets/load_dotenv.mjs"), paths);
    both.into_iter()
        .zip(paths)
        .map(|(mut readers, path)| {
            let (Some(Value::Object(dotenv)), Some(sh)) = (readers.remove("dotenv"), readers.remove("sh")) else {
                panic!("two objects were expected")
            };
            let text = fs::read_to_string(path).expect("it was written");
            assert_eq!(Value::Object(dotenv.clone()), sh, "{text:?}");
            dotenv
        })
        .collect()
}

#[test]
fn dotenv_of_npm_and_sh_read_the_variables_alike() {
    let format = Format {
        target: "env",
        name: "google-ads.env",
        load: by_both,
        client_id: "GOOGLE_ADS_CLIENT_ID",
        client_secret: "GOOGLE_ADS_CLIENT_SECRET",
        refresh_token: "GOOGLE_ADS_REFRESH_TOKEN",
        optional: Some(["GOOGLE_ADS_LOGIN_CUSTOMER_ID", "GOOGLE_ADS_DEVELOPER_TOKEN"]),
        sample: "# What the libraries are told.\nGOOGLE_ADS_DEVELOPER_TOKEN=INSERT_DEVELOPER_TOKEN_HERE\n\n\
            GOOGLE_ADS_CLIENT_ID=INSERT_CLIENT_ID_HERE\nGOOGLE_ADS_CLIENT_SECRET=\nGOOGLE_ADS_REFRESH_TOKEN=\"INSERT_REFRESH_TOKEN_HERE\"\n\
            # GOOGLE_ADS_LOGIN_CUSTOMER_ID=INSERT_LOGIN_CUSTOMER_ID_HERE\nGOOGLE_ADS_USE_PROTO_PLUS=True\n",
        own: "# ours\n  export GOOGLE_ADS_CLIENT_ID='old-id' # Anna's\nexport GOOGLE_ADS_CLIENT_SECRET=old\n\
            export GOOGLE_ADS_REFRESH_TOKEN=\"1//old\"\n\n\texport GOOGLE_ADS_DEVELOPER_TOKEN=own-Developer_Token22\nexport PORT=8080\n",
        reads_crlf: false,
    };
    let [quotable, others] = hostile_tokens();
    let mut cases = format.cases();
    cases.extend(hostile_cases(&format, &quotable));
    cases.extend(hostile_cases(&format, &generated_tokens(24, &['\'', '\\'])));
    format.assert_loaded(&cases);
    assert_refused(&format, &others);
    assert_refused(&format, &UNWRITABLE.map(|value| Token { refresh_token: value.to_owned(), ..Token::usual() }));
}
