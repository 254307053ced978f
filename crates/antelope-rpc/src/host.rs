//! Which values of the header `Host` are accepted.
//!
//! A web page can make its own name lead to this machine (DNS rebinding); its requests then have
//! that name in `Host`, and count as of the same origin. nodeos refuses such names with status 400
//! (`host_is_valid` in `plugins/http_plugin`).
//!
//! | `Host` | accepted |
//! |---|---|
//! | the address that the client has connected to, with any port or none | always |
//! | `localhost`, with any port or none | always: no page can make it lead elsewhere. nodeos wants an alias for it |
//! | a name of `http-alias`, with any port or none | always; in letters of either case |
//! | another name or address, an empty one, none at all | never |
//!
//! Nodes before Spring compare names together with their ports.

use std::net::{IpAddr, SocketAddr};

/// Whether a request with this `Host` is meant for the server whose end of the connection is
/// `local`. A name is accepted if it is `localhost` or one of `aliases`, an address if it is the one
/// that the client has reached.
pub(crate) fn is_valid(host: &str, local: SocketAddr, aliases: &[String]) -> bool {
    let name = without_port(host);
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<IpAddr>() {
        Ok(address) => address.to_canonical() == local.ip().to_canonical(),
        Err(_) => {
            name.eq_ignore_ascii_case("localhost")
                || aliases
                    .iter()
                    .any(|alias| alias.eq_ignore_ascii_case(name) || alias == host)
        }
    }
}

/// `localhost:8888` without its port; an IPv6 address keeps its brackets.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|b| b.is_ascii_digit())
                && (!name.contains(':') || name.ends_with(']')) =>
        {
            name
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_addresses_localhost_and_aliases_are_accepted() {
        let four = "127.0.0.1:8888".parse().unwrap();
        let six = "[::1]:8888".parse().unwrap();
        let mapped = "[::ffff:127.0.0.1]:8888".parse().unwrap();
        let aliases = ["node.example".to_owned()];
        for (host, local, expected) in [
            ("127.0.0.1:8888", four, true),
            ("127.0.0.1", four, true),
            ("127.0.0.1", mapped, true),
            ("localhost:8888", four, true),
            ("LOCALHOST", four, true),
            ("[::1]:8888", six, true),
            ("::1", six, true),
            ("Node.Example:80", four, true),
            ("10.0.0.1", four, false),
            ("evil.example:8888", four, false),
            ("localhost.evil.example", four, false),
            ("", four, false),
        ] {
            assert_eq!(is_valid(host, local, &aliases), expected, "{host}");
        }
    }
}
