//! Which requests are answered at all.
//!
//! The server library has no limits of its own, so that anything unusual is refused: other methods than GET and HEAD,
//! bodies except an answer's, a Host that is not this machine (a foreign page could otherwise reach the preview by DNS rebinding).

use std::io::Read as _;
use tiny_http::{Method, Request};

/// Why a request is refused: the status and what is said.
pub type Refusal = (u16, &'static str);

/// Longer addresses are nobody's.
const LONGEST: usize = 4096;

/// No answer that anyone writes is longer, in bytes.
const LARGEST: usize = 64 << 10;

/// A form that was sent.
pub struct Form {
    pub path: String,
    /// `key=value&…`, still escaped.
    pub body: String,
}

/// The path asked for, without its leading slash and decoded, and the query.
pub fn path(request: &Request, host: &str, port: u16) -> Result<(String, String), Refusal> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return Err((405, "bara GET och HEAD besvaras"));
    }
    if has(request, "Transfer-Encoding") || request.body_length().unwrap_or(0) > 0 {
        return Err((400, "förfrågan får inte ha något innehåll"));
    }
    address(request, host, port)
}

/// A form sent from one of our own pages, on this machine: a page of another site can make the browser send one too, but
/// not without saying so.
pub fn form(request: &mut Request, host: &str, port: u16) -> Result<Form, Refusal> {
    let local = request.remote_addr().is_some_and(|address| address.ip().is_loopback());
    if !local {
        return Err((403, "svar tas bara emot från den egna datorn"));
    }
    let (path, _) = address(request, host, port)?;
    let foreign = headers(request, "Origin")
        .any(|origin| origin.strip_prefix("http://").is_none_or(|origin| !is_own(origin, host, port)))
        || headers(request, "Sec-Fetch-Site").any(|site| site != "same-origin");
    if foreign {
        return Err((403, "svaret kommer från en annan sida"));
    }
    if !headers(request, "Content-Type").all(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
        return Err((415, "bara formulär tas emot"));
    }
    let length = request.body_length().filter(|_| !has(request, "Transfer-Encoding"));
    let length = length.ok_or((411, "svarets längd saknas"))?;
    if length > LARGEST {
        return Err((413, "svaret är för långt"));
    }
    let mut body = Vec::new();
    let read = request.as_reader().take(length as u64).read_to_end(&mut body);
    let body = read.ok().and_then(|_| String::from_utf8(body).ok()).ok_or((400, "svaret kan inte läsas"))?;
    Ok(Form { path, body })
}

fn headers<'a>(request: &'a Request, name: &'static str) -> impl Iterator<Item = &'a str> {
    request.headers().iter().filter(move |header| header.field.equiv(name)).map(|header| header.value.as_str())
}

fn has(request: &Request, name: &'static str) -> bool {
    headers(request, name).next().is_some()
}

fn address(request: &Request, host: &str, port: u16) -> Result<(String, String), Refusal> {
    let mut hosts = headers(request, "Host");
    let (named, more) = (hosts.next(), hosts.next());
    let Some(named) = named.filter(|_| more.is_none()) else { return Err((400, "förfrågan ska ha en Host")) };
    if !is_own(named, host, port) {
        return Err((403, "förhandsvisningen svarar bara på sin egen adress"));
    }
    let url = request.url();
    if url.len() > LONGEST {
        return Err((414, "adressen är för lång"));
    }
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let path = decode(path.trim_start_matches('/')).ok_or((400, "adressen kan inte läsas"))?;
    Ok((path, query.to_owned()))
}

fn is_own(named: &str, host: &str, port: u16) -> bool {
    let bracketed = format!("[{host}]");
    ["localhost", "127.0.0.1", "[::1]", host, &bracketed].iter().any(|own| named == format!("{own}:{port}"))
}

/// Percent-decodes; `None` for what is no UTF-8 or holds control characters.
pub fn decode(text: &str) -> Option<String> {
    unescape(text).filter(|text| !text.chars().any(char::is_control))
}

/// Percent-decodes, line ends and all; `None` for what is no UTF-8.
pub fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            b'+' => b' ',
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_host() {
        for own in ["localhost:1111", "127.0.0.1:1111", "[::1]:1111"] {
            assert!(is_own(own, "127.0.0.1", 1111), "{own}");
        }
        for foreign in ["evil.example:1111", "localhost", "localhost:80", "127.0.0.1.evil.example:1111"] {
            assert!(!is_own(foreign, "127.0.0.1", 1111), "{foreign}");
        }
    }

    #[test]
    fn odd_addresses_are_refused() {
        assert_eq!(decode("a%20%C3%A5").as_deref(), Some("a å"));
        for odd in ["%", "%4", "%zz", "%ff", "a%0d%0ab"] {
            assert_eq!(decode(odd), None, "{odd}");
        }
    }
}
