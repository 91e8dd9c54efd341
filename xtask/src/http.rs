//! One request to a server of this machine, and its reply.
//!
//! The connection is ours to close: asked to close it, or asked in HTTP/1.0, which comes to the
//! same, the registry's server now and then does so before it has replied.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// The most bytes of a reply that are read.
const MOST: u64 = 1 << 24;

/// What a server says.
#[derive(Debug)]
pub(crate) struct Reply {
    /// The status: 200, 404, …
    pub(crate) status: u16,
    /// The first line, which has the status.
    pub(crate) first_line: String,
    /// What follows the headers.
    pub(crate) body: Vec<u8>,
}

/// Asks for a URL that begins with `http://`; a body is JSON.
///
/// # Errors
///
/// If nothing answers there within this time, or not in HTTP.
pub(crate) fn request(
    method: &str,
    url: &str,
    body: Option<&str>,
    patience: Duration,
) -> io::Result<Reply> {
    let rest = url.strip_prefix("http://").unwrap_or(url);
    let (address, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))?;
    let head = format!("{method} /{path} HTTP/1.1\r\nHost: {address}\r\n");
    let request = match body {
        Some(body) => format!(
            "{head}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ),
        None => format!("{head}\r\n"),
    };
    stream.write_all(request.as_bytes())?;
    let mut reply = BufReader::new(stream.take(MOST));
    let first_line = line(&mut reply)?;
    let status = first_line
        .strip_prefix("HTTP/1.")
        .and_then(|rest| rest.split(' ').nth(1)?.parse().ok())
        .ok_or_else(|| io::Error::other(format!("it does not speak HTTP: `{first_line}`")))?;
    Ok(Reply {
        status,
        first_line,
        body: body_after(&mut reply)?,
    })
}

/// Reads the headers, and the body as they say: in chunks, so long, or to the connection's end.
fn body_after(reply: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let (mut length, mut is_chunked) = (None, false);
    while let Some((name, value)) = line(reply)?.split_once(':') {
        let value = value.trim();
        match &*name.to_ascii_lowercase() {
            "content-length" => length = value.parse().ok(),
            "transfer-encoding" => is_chunked = value.eq_ignore_ascii_case("chunked"),
            _ => {}
        }
    }
    let mut body = Vec::new();
    match length {
        Some(length) => part(reply, length, &mut body)?,
        None if is_chunked => chunks(reply, &mut body)?,
        None => {
            reply.read_to_end(&mut body)?;
        }
    }
    Ok(body)
}

/// Chunks to the empty one, each a line with its size in hexadecimal digits, and a line's end.
fn chunks(reply: &mut impl BufRead, body: &mut Vec<u8>) -> io::Result<()> {
    loop {
        let size = line(reply)?;
        match u64::from_str_radix(&size, 16) {
            Ok(0) => return Ok(()),
            Ok(size) => part(reply, size, body)?,
            Err(_) => return Err(io::Error::other(format!("`{size}` is no size of a chunk"))),
        }
        line(reply)?;
    }
}

fn part(reply: &mut impl BufRead, length: u64, body: &mut Vec<u8>) -> io::Result<()> {
    match reply.take(length).read_to_end(body)? as u64 == length {
        true => Ok(()),
        false => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

fn line(reply: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    reply.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread::{self, JoinHandle};
    use std::time::Duration;

    use super::request;

    const PATIENCE: Duration = Duration::from_secs(5);

    /// A server that takes one request, gives this reply and ends; it returns the request.
    fn answering(reply: &'static str) -> (String, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/a/b?c=d", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = vec![0; 4096];
            let read = stream.read(&mut asked).unwrap();
            stream.write_all(reply.as_bytes()).unwrap();
            String::from_utf8(asked[..read].to_vec()).unwrap()
        });
        (url, server)
    }

    #[test]
    fn a_request_goes_out_whole_and_its_reply_comes_back() {
        let (url, server) = answering("HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\n[\r\n]x");
        let reply = request("PUT", &url, Some("{\"x\": 1}"), PATIENCE).unwrap();
        assert_eq!((reply.status, &*reply.body), (404, &b"[\r\n]"[..]));
        let asked = server.join().unwrap();
        assert!(asked.starts_with("PUT /a/b?c=d HTTP/1.1\r\n"), "{asked}");
        assert!(
            asked.ends_with("Content-Length: 8\r\n\r\n{\"x\": 1}"),
            "{asked}"
        );
    }

    #[test]
    fn a_body_may_come_in_chunks_or_end_with_the_connection() {
        let (url, server) = answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
             a\r\n0123456789\r\n1\r\n!\r\n0\r\n\r\n",
        );
        let reply = request("GET", &url, None, PATIENCE).unwrap();
        assert_eq!(reply.body, b"0123456789!");
        server.join().unwrap();

        let (url, server) = answering("HTTP/1.0 200 OK\r\n\r\n{}");
        let reply = request("GET", &url, None, PATIENCE).unwrap();
        assert_eq!(
            (&*reply.first_line, &*reply.body),
            ("HTTP/1.0 200 OK", &b"{}"[..])
        );
        server.join().unwrap();
    }

    #[test]
    fn what_is_no_reply_or_half_of_one_is_an_error() {
        for reply in [
            "",
            "SSH-2.0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        ] {
            let (url, server) = answering(reply);
            assert!(request("GET", &url, None, PATIENCE).is_err(), "{reply}");
            server.join().unwrap();
        }
    }
}
