//! Ports of this machine that nothing listens on.

use std::io;
use std::net::{Ipv4Addr, TcpListener};

/// As many different ports as asked for, free on the loopback address at this moment.
///
/// They are all held while they are chosen, so that no two are the same.
///
/// # Errors
///
/// If the system has no port to give.
pub(super) fn free<const N: usize>() -> io::Result<[u16; N]> {
    let mut held = Vec::with_capacity(N);
    let mut ports = [0; N];
    for port in &mut ports {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        *port = listener.local_addr()?.port();
        held.push(listener);
    }
    Ok(ports)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    #[test]
    fn ports_differ_and_can_be_bound() {
        let [a, b, c] = super::free().unwrap();
        assert!(a != b && b != c && a != c);
        TcpListener::bind(("127.0.0.1", a)).unwrap();
    }
}
