//! Signatures of browsers, with client data of every form: the key that is found, or why there is none.

use crate::calls::rounds;
use crate::shared::difference::difference;
use crate::shared::random::Random;
use crate::shared::token::token;
use crate::transactions::LATER;
use crate::world::{ALICE, NUMBER, TOKEN, World};
use antelope_rpc_client::signing::Signer;
use antelope_types::{
    Checksum256, PackedTransaction, PrivateKey, Signature, SignedTransaction, TimePointSec,
    Transaction, WebAuthnSignature, asset,
};
use serde_json::{Value, json};

/// Base64 for URLs.
fn encoded(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let groups = bits.as_bytes().chunks(6);
    let digit = |group: &[u8]| {
        let text = format!("{:0<6}", std::str::from_utf8(group).unwrap());
        char::from(DIGITS[usize::from_str_radix(&text, 2).unwrap()])
    };
    groups.map(digit).collect()
}

/// Fields that browsers do not send, and some that they do.
const MORE: [&str; 44] = [
    r#""crossOrigin":false"#,
    r#""a":{"origin":"https://evil.example","type":"x"}"#,
    r#""a":[1,-2.5e3,"x",null,true,{"b":[[]]}]"#,
    r#""a":01"#,
    r#""a":1."#,
    r#""a":1e308"#,
    r#""a":1e309"#,
    r#""a":1e400"#,
    r#""a":0e999"#,
    r#""a":1e-9999"#,
    r#""a":9e308"#,
    r#""a":1.7976931348623157e308"#,
    r#""a":1.7976931348623159e308"#,
    r#""a":-17976931348623157e292"#,
    r#""a":179769313486231571234567890e282"#,
    r#""a":0.0000000000000000000000000000001e310"#,
    r#""a":0.00001e313"#,
    r#""a":0.00001e314"#,
    r#""a":18446744073709551616e289"#,
    r#""a":18446744073709551616.5e288"#,
    r#""a":1e-99999999999999999999"#,
    r#""a":-0"#,
    r#""a":-"#,
    r#""a":NaN"#,
    r#""a":tru"#,
    r#""a":"\u0000""#,
    r#""a":"\ud83d\ude00""#,
    r#""a":"\ud83d""#,
    r#""a":"\ude00""#,
    r#""a":"\x""#,
    r#""a":"\/""#,
    r#""origin\u0000x":"https://b.example""#,
    r#""or\u0069gin":"https://b.example""#,
    r#""origin":5"#,
    r#""origin":null"#,
    r#""challenge":["a"]"#,
    r#""type":"webauthn.create""#,
    r#""type":"webauthn.get""#,
    r#""origin":"https://a.example:8443""#,
    r#""a":[1,]"#,
    r#""a":{,}"#,
    r#""a":{"b":1,}"#,
    r#""":"""#,
    "\"a\":\"\u{7f}é\"",
];

const ORIGINS: [&str; 12] = [
    "https://a.example",
    "https://a.example",
    "https://a.example",
    "https://a.example:8443",
    "https://a.example:1:2",
    "https://a.example/path",
    "https://b.example",
    "https://",
    "http://a.example",
    "HTTPS://a.example",
    "",
    "https:\\/\\/a.example",
];

/// The data of a client, and the site that the authenticator's data is of.
fn client(random: &mut Random, challenge: &str) -> String {
    let origin = random.of(&ORIGINS);
    let mut fields = vec![
        r#""type":"webauthn.get""#.to_owned(),
        format!(r#""challenge":"{challenge}""#),
        format!(r#""origin":"{origin}""#),
    ];
    for _ in 0..random.below(3) {
        let at = random.below(fields.len() + 1);
        fields.insert(at, (*random.of(&MORE)).to_owned());
    }
    if random.below(10) == 0 {
        let at = random.below(fields.len());
        fields.remove(at);
    }
    if random.below(12) == 0 {
        let depth = 100 + random.below(200);
        fields.push(format!(
            r#""deep":{}{}"#,
            "[".repeat(depth),
            "]".repeat(depth)
        ));
    }
    let space = *random.of(&["", "", " ", "\n\t"]);
    let mut text = format!(
        "{{{space}{}{space}}}",
        fields.join(&format!("{space},{space}"))
    );
    match random.below(12) {
        0 => text.push_str("\0 and more"),
        1 => text.push_str(random.pick(&[" ", "x", "{}", "\0"])),
        2 => {
            let at = random.below(text.len());
            if text.is_char_boundary(at) {
                text.insert_str(
                    at,
                    random.pick(&["\"", "}", "]", ",", "\\", "\0", "1", "é", ":"]),
                );
            }
        }
        3 => {
            let at = random.below(text.len());
            if text.is_char_boundary(at) {
                text.remove(at);
            }
        }
        _ => {}
    }
    text
}

/// The status, the code, and the keys that were found.
fn outcome(status: u16, body: &[u8]) -> Value {
    let value: Value = serde_json::from_slice(body).unwrap();
    let words = value["error"]["details"][0]["message"]
        .as_str()
        .unwrap_or_default();
    let keys = words.split_once("provided keys ").map(|(_, rest)| rest);
    let keys = keys.and_then(|rest| Some(rest.split_once(']')?.0));
    json!({ "status": status, "code": value["error"]["code"], "keys": keys })
}

pub fn run(world: &World) -> Vec<String> {
    let compact = match PrivateKey::R1([9; 32]).sign(&Checksum256::ZERO).unwrap() {
        Signature::R1(compact) => compact,
        other => panic!("{other}"),
    };
    let now = world.both.chain.now().micros() / 1_000_000;
    let mut transaction = Transaction::default();
    transaction.header.expiration = TimePointSec::from_seconds((now + LATER) as u32);
    let call = token(TOKEN, ALICE).transfer(ALICE, NUMBER, asset!("0.0001 TOK"), "".into());
    transaction.actions.push(call.to_action());
    let digest = transaction.signing_digest(&world.both.chain.chain_id(), &[]);
    let challenge = encoded(&digest.0);
    let (mut different, mut found) = (Vec::new(), 0);
    let count = 400 * rounds();
    for round in 0..count {
        let mut random = Random::new(7 << 40 | round);
        let challenge = match random.below(12) {
            0 => format!("{challenge}="),
            1 => challenge.replace(['-', '_'], "+"),
            2 => challenge[1..].to_owned(),
            3 => format!("{challenge}AA"),
            _ => challenge.clone(),
        };
        let client_json = client(&mut random, &challenge);
        let site = match random.below(8) {
            0 => "b.example",
            1 => "a.example/path",
            2 => "",
            _ => "a.example",
        };
        let mut auth_data = Checksum256::sha256(site.as_bytes()).0.to_vec();
        auth_data.push(*random.of(&[0, 1, 4, 5, 0xff]));
        auth_data.extend([0; 4]);
        match random.below(10) {
            0 => auth_data.truncate(random.below(38)),
            1 => auth_data.extend([7; 40]),
            _ => {}
        }
        let mut client_json = client_json;
        if random.below(20) == 0 {
            // Nodes take 16 384 bytes of both together.
            let wanted = 16_384 - auth_data.len() + random.below(3) - 1;
            let more = wanted.saturating_sub(client_json.len());
            client_json.push_str(&" ".repeat(more));
        }
        let mut compact = compact;
        if random.below(10) == 0 {
            compact[0] = *random.of(&[26, 27, 30, 31, 32, 33, 34, 35]);
        }
        let signed = SignedTransaction {
            transaction: transaction.clone(),
            signatures: vec![Signature::WebAuthn(WebAuthnSignature {
                compact,
                auth_data,
                client_json: client_json.clone(),
            })],
            context_free_data: Vec::new(),
        };
        let request = serde_json::to_vec(&PackedTransaction::pack(&signed)).unwrap();
        let path = "/v1/chain/send_transaction";
        let there = world.both.node.client().post(path, &request).unwrap();
        let here = world.api.answer(path, &request);
        let told = [there, here].map(|answer| outcome(answer.status, &answer.body));
        found += usize::from(!told[0]["keys"].is_null());
        let lines = difference(&told[0], &told[1]);
        different.extend(
            lines.map(|lines| format!("== browsers {:?}\n{lines}", client_json.trim_end())),
        );
    }
    eprintln!(
        "{count} random signatures of browsers, {found} have a key, {} differ",
        different.len()
    );
    different
}
