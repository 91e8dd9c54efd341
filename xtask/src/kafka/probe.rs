//! Whether a server answers: one request in its own protocol, and a look at the reply.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::http;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Asks a Kafka broker which brokers its cluster has (Metadata, version 1, no topics).
///
/// A broker that is still starting accepts the connection and does not answer, or names nobody.
///
/// # Errors
///
/// If there is no answer, or one in which the cluster has no broker.
pub(super) fn kafka(address: &str) -> io::Result<()> {
    const CORRELATION: i32 = 7;
    let mut stream = connect(address)?;
    stream.write_all(&metadata_request(CORRELATION))?;
    let mut size = [0; 4];
    stream.read_exact(&mut size)?;
    let size = u64::from(u32::from_be_bytes(size).min(1 << 20));
    let mut reply = Vec::new();
    stream.take(size).read_to_end(&mut reply)?;
    match reply
        .first_chunk::<8>()
        .map(|head| u64::from_be_bytes(*head))
    {
        Some(head) if (head >> 32) as i32 == CORRELATION && head as i32 > 0 => Ok(()),
        _ => Err(io::Error::other("the cluster has no broker yet")),
    }
}

/// Asks a schema registry for its subjects.
///
/// # Errors
///
/// If there is no answer, or one that is not 200.
pub(super) fn registry(base_url: &str) -> io::Result<()> {
    let reply = http::request("GET", &format!("{base_url}/subjects"), None, PATIENCE)?;
    match reply.status {
        200 => Ok(()),
        _ => Err(io::Error::other(format!("it says {}", reply.first_line))),
    }
}

fn connect(address: &str) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// Size, then: API key 3, version 1, correlation id, client id, an empty list of topics.
fn metadata_request(correlation: i32) -> Vec<u8> {
    const CLIENT: &[u8] = b"xtask";
    let mut body = Vec::new();
    body.extend(3_i16.to_be_bytes());
    body.extend(1_i16.to_be_bytes());
    body.extend(correlation.to_be_bytes());
    body.extend((CLIENT.len() as i16).to_be_bytes());
    body.extend(CLIENT);
    body.extend(0_i32.to_be_bytes());
    let mut request = (body.len() as i32).to_be_bytes().to_vec();
    request.extend(body);
    request
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    /// A server that reads one request and answers with these bytes.
    fn answering(reply: &'static [u8]) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let read = stream.read(&mut [0; 1024]).unwrap();
            assert!(read > 0);
            stream.write_all(reply).unwrap();
        });
        address
    }

    #[test]
    fn kafka_must_name_a_broker() {
        assert!(super::kafka(&answering(b"\0\0\0\x08\0\0\0\x07\0\0\0\x01")).is_ok());
        assert!(super::kafka(&answering(b"\0\0\0\x08\0\0\0\x07\0\0\0\0")).is_err());
        assert!(super::kafka(&answering(b"\0\0\0\x08\0\0\0\x09\0\0\0\x01")).is_err());
        assert!(super::kafka(&answering(b"HTTP/1.1 400 \r\n\r\n")).is_err());
    }

    #[test]
    fn the_registry_must_say_200() {
        let url = |address: String| format!("http://{address}/apis");
        assert!(super::registry(&url(answering(b"HTTP/1.1 200 OK\r\n\r\n[]"))).is_ok());
        let error = super::registry(&url(answering(b"HTTP/1.1 503 Later\r\n\r\n"))).unwrap_err();
        assert!(error.to_string().contains("503 Later"));
    }
}
