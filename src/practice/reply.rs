//! What the practice Google answers, before it is bytes. It never quotes a request without escaping it.

use http::{HeaderName, HeaderValue, Response, header};
use http_body_util::Full;
use hyper::body::Bytes;
use serde_json::Value;

/// One answer.
#[derive(Debug, PartialEq)]
pub(super) enum Reply {
    /// A page for a person.
    Page(u16, String),
    /// `303 See Other` to this address.
    Redirect(String),
    /// A document for a program.
    Json(u16, Value),
    /// No answer, ever.
    Silence,
    /// No answer, and the connection is closed.
    HangUp,
}

/// The connection is to be closed without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the practice server hangs up")]
pub(super) struct HungUp;

impl Reply {
    /// Turns it into a response of hyper's.
    pub(super) async fn into_response(self) -> Result<Response<Full<Bytes>>, HungUp> {
        let (status, content_type, body) = match self {
            Self::Page(status, html) => (status, "text/html; charset=utf-8", html),
            Self::Json(status, json) => (status, "application/json; charset=utf-8", json.to_string()),
            Self::Redirect(target) => {
                let mut response = response(303, "text/plain", String::new());
                let target = HeaderValue::try_from(target).expect("a URL is visible ASCII");
                response.headers_mut().insert(header::LOCATION, target);
                return Ok(response);
            }
            Self::Silence => std::future::pending().await,
            Self::HangUp => return Err(HungUp),
        };
        Ok(response(status, content_type, body))
    }
}

fn response(status: u16, content_type: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = http::StatusCode::from_u16(status).expect("statuses are constants");
    let headers: [(HeaderName, &str); 5] = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
        ),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_str(value).expect("headers are constants"));
    }
    response
}

/// A template with its `{{names}}` replaced by text that HTML shows as it is.
pub(super) fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut page = template.to_owned();
    for (name, value) in values {
        page = page.replace(&format!("{{{{{name}}}}}"), &escaped(value));
    }
    page
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
