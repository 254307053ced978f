//! Requests made at random of parts that clients and proxies send, well and badly.

/// A random number generator (xorshift), so that a failure can be repeated by its seed.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 11).unwrap() % end
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }
}

const METHODS: [&str; 12] = [
    "GET", "POST", "POST", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "post",
    "PROPFIND",
];

const TARGETS: [&str; 22] = [
    "/v1/chain/get_info",
    "/v1/chain/get_info",
    "/v1/chain/get_code_hash",
    "/v1/chain/get_code_hash",
    "/v1/chain/get_code_hash",
    "/v1/chain/get_info/",
    "/v1/chain/get_info?",
    "/v1/chain/get_info?a=b",
    "/v1/chain/get_info?a=..",
    "/v1/Chain/get_info",
    "/v1/chain/get%5finfo",
    "/v1//chain/get_info",
    "//v1/chain/get_info",
    "/v1/chain/../chain/get_info",
    "/v1/chain/get_info#part",
    "/",
    "/nothing",
    "*",
    "http://127.0.0.1/v1/chain/get_info",
    "v1/chain/get_info",
    "/v1/chain/get_block",
    "/v1/trace_api/nothing",
];

const BODIES: [&str; 10] = [
    "",
    "{}",
    " { } ",
    "[]",
    "{\"account_name\":\"eosio\"}",
    "{\"account_name\":\"nobody\"}",
    "{\"account_name\":\"eosio\"",
    "\"text\"",
    "null",
    "\0\0\0\0",
];

const CONNECTIONS: [&str; 6] = ["close", "keep-alive", "Close", "Upgrade", "close, x", "x"];

const OTHERS: [&str; 14] = [
    "Content-Type: application/json",
    "Content-Type: text/plain; charset=utf-8",
    "content-type:",
    "Content-Encoding: gzip",
    "Accept: */*",
    "Accept-Encoding: gzip, br",
    "Origin: https://desk.example",
    "Upgrade: websocket",
    "Expect: nothing",
    "X-Forwarded-For: 10.0.0.1",
    "X: \u{436}",
    "Cookie: a=b; c=d",
    "Access-Control-Request-Method: POST",
    "Host: another.example",
];

const MALFORMED: [&str; 6] = [
    "X : a",
    "no colon",
    ": no name",
    "X: a\r\n folded",
    "X: a\0b",
    "X\u{436}: a",
];

/// One request, with what is odd about it.
pub struct Request {
    pub bytes: Vec<u8>,
    pub is_head: bool,
    /// Why the answers may differ: see `beside_node`.
    pub odd: Vec<&'static str>,
}

impl Request {
    /// A request of at most `largest` bytes of body, or more with the reason for the difference.
    pub fn random(random: &mut Random, largest: usize) -> Self {
        let mut odd = Vec::new();
        let method = random.one(&METHODS);
        let target = random.one(&TARGETS);
        if target.contains('#') {
            odd.push("fragment");
        }
        if target.starts_with('v') {
            odd.push("target");
        }
        let version = match random.below(12) {
            0..=8 => "1.1",
            9 | 10 => "1.0",
            _ => {
                odd.push("malformed");
                random.one(&["1.2", "2.0", "0.9", "x"])
            }
        };
        let mut head = format!("{method} {target} HTTP/{version}\r\n");
        if !random.chance(8) {
            head += "Host: 127.0.0.1:8888\r\n";
        }
        if random.chance(3) {
            head += &format!("Connection: {}\r\n", random.one(&CONNECTIONS));
        }
        for _ in 0..random.below(4) {
            head += random.one(&OTHERS);
            head += "\r\n";
        }
        if random.chance(12) {
            let line = random.one(&MALFORMED);
            odd.push(if line.contains("\n ") {
                "folded"
            } else {
                "malformed"
            });
            head += line;
            head += "\r\n";
        }
        let body = match random.below(20) {
            0 => " ".repeat(largest),
            1 => {
                odd.push("large");
                " ".repeat(largest + 1)
            }
            _ => random.one(&BODIES).to_owned(),
        };
        let length = body.len();
        let chunked = |body: &str| match body.len() {
            0 => "0\r\n\r\n".to_owned(),
            length => format!("{length:x}\r\n{body}\r\n0\r\n\r\n"),
        };
        let (framing, content) = match random.below(24) {
            0..=13 => (format!("Content-Length: {length}\r\n"), body),
            14..=17 => {
                if version == "1.0" {
                    odd.push("framing");
                }
                ("Transfer-Encoding: chunked\r\n".to_owned(), chunked(&body))
            }
            18 if length == 0 => (String::new(), body),
            18 | 19 => {
                odd.push("continue");
                let expect = "Expect: 100-continue";
                (format!("{expect}\r\nContent-Length: {length}\r\n"), body)
            }
            20 => {
                odd.push("framing");
                let twice = format!("Content-Length: {length}\r\n").repeat(2);
                (twice, body)
            }
            21 => {
                odd.push("framing");
                let both = format!("Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n");
                (both, chunked(&body))
            }
            22 => {
                odd.push("framing");
                let wrong = random.one(&["-1", "+2", "two", "2, 2", "99999999999999999999999"]);
                (format!("Content-Length: {wrong}\r\n"), body)
            }
            _ => {
                odd.push("early end");
                (format!("Content-Length: {}\r\n", length + 1000), body)
            }
        };
        let mut bytes = format!("{head}{framing}\r\n").into_bytes();
        bytes.extend(content.into_bytes());
        Self {
            bytes,
            is_head: method == "HEAD",
            odd,
        }
    }
}
