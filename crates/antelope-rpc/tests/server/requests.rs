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

/// What is odd about a request, by which the two servers differ: see `beside_node`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Odd {
    /// A version that there is not, or a line that is no header.
    Malformed,
    /// A header that goes on in a second line.
    Folded,
    /// A target without a slash or a scheme before it.
    Target,
    /// A target with `#part`.
    Fragment,
    /// `Content-Length` that is no number, or more than one.
    BadLength,
    /// `Content-Length` twice with the same number.
    TwoLengths,
    /// `Content-Length` beside chunks.
    LengthAndChunks,
    /// Chunks in HTTP/1.0.
    OldChunks,
    /// `Expect: 100-continue`.
    Continue,
    /// A body above the limit, by a byte, or by its announced length.
    Large,
    /// A body that ends before its length.
    EarlyEnd,
}

/// One request, with what is odd about it.
pub struct Request {
    pub bytes: Vec<u8>,
    /// The same without what one of the servers passes over: the fragment, the second length, the
    /// length beside chunks, the wish to be told to go on.
    pub plain: Vec<u8>,
    pub is_head: bool,
    /// Whether it is of HTTP/1.0.
    pub is_old: bool,
    pub has_body: bool,
    /// Whether another expectation comes before the one of [`Odd::Continue`].
    pub expects_other: bool,
    pub odd: Vec<Odd>,
}

impl Request {
    /// A request whose bodies have at most `largest` bytes, or one more.
    pub fn random(random: &mut Random, largest: usize) -> Self {
        let mut odd = Vec::new();
        let method = random.one(&METHODS);
        let target = random.one(&TARGETS);
        if target.contains('#') {
            odd.push(Odd::Fragment);
        }
        if target.starts_with('v') {
            odd.push(Odd::Target);
        }
        let version = match random.below(12) {
            0..=8 => "1.1",
            9 | 10 => "1.0",
            _ => {
                odd.push(Odd::Malformed);
                random.one(&["1.2", "2.0", "0.9", "x"])
            }
        };
        let mut head = String::new();
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
            odd.push(match line.contains("\n ") {
                true => Odd::Folded,
                false => Odd::Malformed,
            });
            head += line;
            head += "\r\n";
        }
        let body = match random.below(20) {
            0 => " ".repeat(largest),
            1 => {
                odd.push(Odd::Large);
                " ".repeat(largest + 1)
            }
            _ => random.one(&BODIES).to_owned(),
        };
        let length = format!("Content-Length: {}\r\n", body.len());
        let chunks = "Transfer-Encoding: chunked\r\n".to_owned();
        let chunked = match body.len() {
            0 => "0\r\n\r\n".to_owned(),
            length => format!("{length:x}\r\n{body}\r\n0\r\n\r\n"),
        };
        // As it is sent, and without what is odd.
        let (framing, plain, content) = match random.below(24) {
            0..=13 => (length.clone(), length, &body),
            14..=17 => {
                if version == "1.0" {
                    odd.push(Odd::OldChunks);
                }
                (chunks.clone(), chunks, &chunked)
            }
            18 if body.is_empty() => (String::new(), String::new(), &body),
            18 | 19 => {
                odd.push(Odd::Continue);
                (format!("Expect: 100-continue\r\n{length}"), length, &body)
            }
            20 => {
                odd.push(Odd::TwoLengths);
                (length.repeat(2), length, &body)
            }
            21 => {
                let odds = [Odd::LengthAndChunks, Odd::OldChunks];
                odd.extend(&odds[..1 + usize::from(version == "1.0")]);
                (format!("{length}{chunks}"), chunks, &chunked)
            }
            22 => {
                odd.push(Odd::BadLength);
                let wrong = random.one(&["-1", "+2", "two", "2, 2", "99999999999999999999999"]);
                let wrong = format!("Content-Length: {wrong}\r\n");
                (wrong.clone(), wrong, &body)
            }
            _ => {
                let announced = body.len() + 1000;
                odd.push(Odd::EarlyEnd);
                if announced > largest && !odd.contains(&Odd::Large) {
                    odd.push(Odd::Large);
                }
                let announced = format!("Content-Length: {announced}\r\n");
                (announced.clone(), announced, &body)
            }
        };
        let whole = |target: &str, framing: &str| {
            format!("{method} {target} HTTP/{version}\r\n{head}{framing}\r\n{content}").into_bytes()
        };
        let path = target.split('#').next().unwrap_or_default();
        Self {
            bytes: whole(target, &framing),
            plain: whole(path, &plain),
            is_head: method == "HEAD",
            is_old: version == "1.0",
            has_body: !body.is_empty(),
            expects_other: head.contains("Expect: "),
            odd,
        }
    }
}
