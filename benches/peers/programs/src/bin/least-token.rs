//! The least that a sign-in can be: one blocking thread that waits for the callback, sends the code as it came, and prints what the
//! answer has in the place of a refresh token. It checks nothing.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("which client file?")?;
    let client: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let of = |name: &str| client["installed"][name].as_str().ok_or("no such field");
    let (id, secret) = (of("client_id")?, of("client_secret")?);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let redirect = format!("http://{}", listener.local_addr()?);
    eprintln!("{}?response_type=code&client_id={id}&redirect_uri={redirect}", of("auth_uri")?);

    let (mut browser, _) = listener.accept()?;
    let callback = read_until(&mut browser, "\r\n\r\n")?;
    let code = callback.split("code=").nth(1).and_then(|rest| rest.split(['&', ' ']).next()).ok_or("no code")?;
    let (host, path) = of("token_uri")?.strip_prefix("http://").and_then(|uri| uri.split_once('/')).ok_or("no host")?;
    let form = format!(
        "grant_type=authorization_code&code={code}&client_id={id}&client_secret={secret}&redirect_uri={redirect}"
    );
    let mut endpoint = TcpStream::connect(host)?;
    endpoint.write_all(
        format!(
            "POST /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{form}",
            form.len()
        )
        .as_bytes(),
    )?;
    let answer = read_until(&mut endpoint, "}")?;
    let token = answer.split("\"refresh_token\":\"").nth(1).and_then(|rest| rest.split('"').next()).ok_or("no token")?;
    println!("{token}");
    browser.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nDone")?;
    Ok(())
}

fn read_until(stream: &mut TcpStream, end: &str) -> Result<String, Box<dyn std::error::Error>> {
    let (mut text, mut buffer) = (String::new(), [0; 4096]);
    while !text.contains(end) {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            return Err("it ended too early".into());
        }
        text += std::str::from_utf8(&buffer[..count])?;
    }
    Ok(text)
}
