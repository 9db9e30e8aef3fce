//! What is shown to be pasted where there is no file to write: the Node library and the MCP server.
//! It never writes anything itself.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::Credentials;

/// The options of `google-ads-api` for Node, as JSON: of `new GoogleAdsApi(…)` and of its `Customer(…)`.
pub fn node(credentials: &Credentials) -> String {
    #[derive(Serialize)]
    struct Options<'a> {
        client_id: &'a str,
        client_secret: &'a str,
        refresh_token: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        login_customer_id: Option<String>,
        customer_id: &'static str,
    }
    pretty(&Options {
        client_id: &credentials.client_id,
        client_secret: credentials.client_secret.expose(),
        refresh_token: credentials.refresh_token.expose(),
        login_customer_id: credentials.login_customer_id.map(|id| id.to_string()),
        customer_id: "INSERT_CUSTOMER_ID_HERE",
    })
}

/// The entry of `google-ads-mcp` in an MCP client's settings, as JSON. It holds no secret: the server reads them from the file.
pub fn mcp(authorized_user_path: &Path, project: Option<&str>, credentials: &Credentials) -> String {
    #[derive(Serialize)]
    struct Settings {
        #[serde(rename = "mcpServers")]
        servers: BTreeMap<&'static str, Server>,
    }
    #[derive(Serialize)]
    struct Server {
        command: &'static str,
        args: [&'static str; 2],
        env: Env,
    }
    #[derive(Serialize)]
    struct Env {
        #[serde(rename = "GOOGLE_APPLICATION_CREDENTIALS")]
        credentials: String,
        #[serde(rename = "GOOGLE_PROJECT_ID")]
        project: String,
        #[serde(rename = "GOOGLE_ADS_LOGIN_CUSTOMER_ID", skip_serializing_if = "Option::is_none")]
        login_customer_id: Option<String>,
    }
    let env = Env {
        credentials: authorized_user_path.display().to_string(),
        project: project.unwrap_or("INSERT_PROJECT_ID_HERE").to_owned(),
        login_customer_id: credentials.login_customer_id.map(|id| id.to_string()),
    };
    let server = Server { command: "pipx", args: ["run", "google-ads-mcp"], env };
    pretty(&Settings { servers: BTreeMap::from([("google-ads-mcp", server)]) })
}

fn pretty(snippet: &impl Serialize) -> String {
    serde_json::to_string_pretty(snippet).expect("strings are always JSON") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::targets::given::{credentials, managed, plain};

    #[test]
    fn the_node_options_name_the_manager_only_if_there_is_one() {
        let expected = r#"{
  "client_id": "123-abc.apps.googleusercontent.com",
  "client_secret": "GOCSPX-s_1",
  "refresh_token": "1//0gT-2",
  "login_customer_id": "1234567890",
  "customer_id": "INSERT_CUSTOMER_ID_HERE"
}
"#;
        assert_eq!(node(&managed()), expected);
        assert_eq!(node(&plain()), expected.replace("  \"login_customer_id\": \"1234567890\",\n", ""));
    }

    #[test]
    fn the_mcp_entry_points_at_the_file_and_holds_no_secret() {
        let expected = r#"{
  "mcpServers": {
    "google-ads-mcp": {
      "command": "pipx",
      "args": [
        "run",
        "google-ads-mcp"
      ],
      "env": {
        "GOOGLE_APPLICATION_CREDENTIALS": "/home/a \"b\"/user.json",
        "GOOGLE_PROJECT_ID": "my-project",
        "GOOGLE_ADS_LOGIN_CUSTOMER_ID": "1234567890"
      }
    }
  }
}
"#;
        let path = Path::new("/home/a \"b\"/user.json");
        assert_eq!(mcp(path, Some("my-project"), &managed()), expected);
        let without = mcp(path, None, &plain());
        assert!(without.contains("INSERT_PROJECT_ID_HERE") && !without.contains("LOGIN_CUSTOMER"), "{without}");
        assert!(!without.contains("GOCSPX") && !without.contains("1//0g"), "{without}");
    }

    #[test]
    fn any_value_is_quoted() {
        let snippet = node(&credentials("\"},\n", "\\", "é", None));
        let value: serde_json::Value = serde_json::from_str(&snippet).unwrap();
        assert_eq!(value["client_id"], "\"},\n");
    }
}
