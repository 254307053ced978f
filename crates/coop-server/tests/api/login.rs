//! Registering and logging in.

use crate::support::{
    CANDIDATE, LOGIN, MEMBER, PARTICIPANT, REGISTER, Server, refresh_token, settings, token,
};
use antelope_keys::signing::{generate_r1, sign_digest};
use antelope_keys::{Signer, WebAuthnKey};
use antelope_types::{Checksum256, TimePoint, UserPresence};
use coop_server::ApiSettings;
use serde_json::{Value, json};

/// What is changed of an input before it is sent.
type Change<'a> = &'a dyn Fn(&mut Value);

const CHALLENGE: &str =
    "mutation($u: String!) { loginChallenge(username: $u) { challenge digest message } }";
const BY_CHALLENGE: &str = "mutation($data: ChallengeLoginInput!) { loginByChallenge(data: $data) { \
    account { username } tokens { access { token } refresh { token } } } }";
const REFRESH: &str = "mutation($data: RefreshInput!) { refresh(data: $data) { \
    tokens { access { token } refresh { token } } } }";
const LOGOUT: &str = "mutation($data: LogoutInput!) { logout(data: $data) }";
const ACCOUNT: &str = "query($data: GetAccountInput!) { getAccount(data: $data) { username \
    provider_account { email status role is_registered } } }";

fn text(at: TimePoint, seconds: i64) -> String {
    TimePoint::from_micros(at.micros() + seconds * 1_000_000).to_string()
}

#[test]
fn who_has_registered_logs_in_by_the_time_of_the_chain_once() {
    let server = Server::start(settings());
    server.register(PARTICIPANT);
    let now = server.now().to_string();
    let first = server.login(PARTICIPANT, &now);
    assert_eq!(first.code(), "", "{:?}", first.body);
    let access = token(&first.body["data"]["login"]);
    assert_eq!(server.login(PARTICIPANT, &now).code(), "LOGIN_REPLAYED");
    let data = json!({ "data": { "username": PARTICIPANT } });
    let own = server.ask(ACCOUNT, data, Some(&access));
    let account = &own.body["data"]["getAccount"];
    assert_eq!(account["provider_account"]["status"], "Active");
    assert_eq!(
        account["provider_account"]["email"],
        format!("{PARTICIPANT}@coop.example")
    );
}

#[test]
fn a_time_far_from_the_chains_another_key_and_another_address_are_refused() {
    let server = Server::start(settings());
    server.register(PARTICIPANT);
    let now = server.now();
    for seconds in [-31, 31, 86_400] {
        let reply = server.login(PARTICIPANT, &text(now, seconds));
        assert_eq!(reply.code(), "LOGIN_STALE", "{seconds}");
    }
    for seconds in [-29, 29] {
        assert_eq!(server.login(PARTICIPANT, &text(now, seconds)).code(), "");
    }
    // Who is not there and whose key is another one are told the same.
    assert_eq!(server.login(MEMBER, &text(now, 1)).code(), "LOGIN_REFUSED");
    let (key, moment) = (server.key(MEMBER), text(now, 2));
    let signature = sign_digest(&key, &Checksum256::sha256(moment.as_bytes())).unwrap();
    let data = json!({
        "email": format!("{PARTICIPANT}@coop.example"), "now": moment,
        "signature": signature.to_string(),
    });
    let reply = server.ask(LOGIN, json!({ "data": data }), None);
    assert_eq!(reply.code(), "LOGIN_REFUSED");
    let wrong = json!({ "data": { "email": "a@b.example", "now": "soon", "signature": "" } });
    let reply = server.ask(LOGIN, wrong, None);
    assert_eq!(reply.body["errors"][0]["extensions"]["field"], "data.now");
}

#[test]
fn any_kind_of_key_signs_a_challenge_which_is_good_once() {
    let server = Server::start(settings());
    let r1 = generate_r1().unwrap();
    let passkey = WebAuthnKey::generate("desk.coop.example", UserPresence::VERIFIED).unwrap();
    let keys: [(_, &dyn Signer); 2] = [(PARTICIPANT, &r1), (MEMBER, &passkey)];
    for (account, key) in keys {
        let mut data = server.person(account);
        data["public_key"] = json!(key.public_key().to_string());
        let reply = server.ask(REGISTER, json!({ "data": data }), None);
        assert_eq!(reply.code(), "", "{:?}", reply.body);
        let told = server.ask(CHALLENGE, json!({ "u": account }), None);
        let told = &told.body["data"]["loginChallenge"];
        let message = told["message"].as_str().unwrap();
        for part in [
            "Veche login",
            "chain:",
            "cooperative: zarechyekoop",
            &account.to_string(),
        ] {
            assert!(message.contains(part), "{message}");
        }
        let digest = Checksum256::sha256(message.as_bytes());
        assert_eq!(told["digest"], digest.to_string());
        let data = json!({ "data": {
            "username": account, "challenge": told["challenge"],
            "signature": key.sign(&digest).unwrap().to_string(),
        } });
        let first = server.ask(BY_CHALLENGE, data.clone(), None);
        assert_eq!(first.code(), "", "{:?}", first.body);
        let again = server.ask(BY_CHALLENGE, data, None);
        assert_eq!(again.code(), "LOGIN_REFUSED");
    }
    // The signature of the chain's time is K1's only, as clients know it.
    let now = server.now().to_string();
    let signature = sign_digest(&r1, &Checksum256::sha256(now.as_bytes())).unwrap();
    let data = json!({ "data": {
        "email": format!("{PARTICIPANT}@coop.example"), "now": now,
        "signature": signature.to_string(),
    } });
    assert_eq!(server.ask(LOGIN, data, None).code(), "LOGIN_REFUSED");
    // A challenge of an account that is not there is told like any other.
    let told = server.ask(CHALLENGE, json!({ "u": "nobodyxxxxxx" }), None);
    assert!(told.body["data"]["loginChallenge"]["challenge"].is_string());
}

#[test]
fn a_refresh_token_that_is_used_twice_ends_the_session() {
    let server = Server::start(settings());
    server.register(PARTICIPANT);
    let session = server.login(PARTICIPANT, &server.now().to_string());
    let first = session.body["data"]["login"].clone();
    let both = |session: &Value| {
        json!({ "data": {
            "access_token": token(session), "refresh_token": refresh_token(session),
        } })
    };
    let second = server.ask(REFRESH, both(&first), None);
    let second = second.body["data"]["refresh"].clone();
    let data = || json!({ "data": { "username": PARTICIPANT } });
    let read = |session: &Value| server.ask(ACCOUNT, data(), Some(&token(session)));
    assert_eq!(read(&first).code(), "TOKEN_REFUSED");
    assert_eq!(read(&second).code(), "");
    assert_eq!(
        server.ask(REFRESH, both(&first), None).code(),
        "TOKEN_REFUSED"
    );
    assert_eq!(read(&second).code(), "TOKEN_REFUSED");
    assert_eq!(
        server.ask(REFRESH, both(&second), None).code(),
        "TOKEN_REFUSED"
    );
}

#[test]
fn who_logs_out_has_logged_out_and_sessions_can_be_revoked() {
    let server = Server::start(settings());
    server.register(PARTICIPANT);
    let now = server.now();
    let session = |seconds| {
        let reply = server.login(PARTICIPANT, &text(now, seconds));
        reply.body["data"]["login"].clone()
    };
    let (one, two) = (session(0), session(1));
    let data = json!({ "data": {
        "access_token": token(&one), "refresh_token": refresh_token(&one),
    } });
    assert_eq!(
        server.ask(LOGOUT, data.clone(), None).body["data"]["logout"],
        true
    );
    assert_eq!(server.ask(LOGOUT, data, None).body["data"]["logout"], false);
    let revoke = "mutation($u: String!) { revokeSessions(username: $u) }";
    let of = |account, session| server.ask(revoke, json!({ "u": account }), Some(&token(session)));
    assert_eq!(of(PARTICIPANT, &one).code(), "TOKEN_REFUSED");
    assert_eq!(of(MEMBER, &two).code(), "FORBIDDEN");
    let done = of(PARTICIPANT, &two);
    // The session of the registration is one of them.
    assert_eq!(done.body["data"]["revokeSessions"], 2, "{:?}", done.body);
    assert_eq!(of(PARTICIPANT, &two).code(), "TOKEN_REFUSED");
}

#[test]
fn what_registers_is_checked_and_names_and_addresses_are_taken_once() {
    let server = Server::start(settings());
    server.register(PARTICIPANT);
    let person = |change: Change<'_>| {
        let mut data = server.person(MEMBER);
        change(&mut data);
        server.ask(REGISTER, json!({ "data": data }), None)
    };
    let cases: [(&str, Change<'_>); 7] = [
        ("data.username", &|data| data["username"] = json!("Anna")),
        ("data.username", &|data| data["username"] = json!("short")),
        ("data.email", &|data| data["email"] = json!("nobody")),
        ("data.public_key", &|data| {
            data["public_key"] = json!("PUB_K1_wrong")
        }),
        ("data.individual_data", &|data| {
            data["type"] = json!("Individual")
        }),
        ("data.entrepreneur_data", &|data| {
            data["type"] = json!("Entrepreneur")
        }),
        ("data.individual_data.birthdate", &|data| {
            data["individual_data"]["birthdate"] = json!("yesterday")
        }),
    ];
    for (field, change) in cases {
        let reply = person(&|data| {
            if field == "data.individual_data" {
                data["individual_data"] = Value::Null;
            }
            change(data);
        });
        assert_eq!(reply.code(), "BAD_INPUT", "{field}: {:?}", reply.body);
        assert_eq!(reply.body["errors"][0]["extensions"]["field"], field);
    }
    let passport = json!({
        "code": "690-001", "issued_at": "2008-01-01", "issued_by": "УВД", "number": 1, "series": 2,
    });
    let reply = person(&|data| data["individual_data"]["passport"] = passport.clone());
    assert_eq!(reply.code(), "BAD_INPUT");
    let reply = person(&|data| data["email"] = json!(format!(" {PARTICIPANT}@COOP.example")));
    assert_eq!(reply.code(), "ALREADY_EXISTS");
    let reply = person(&|data| data["username"] = json!(PARTICIPANT));
    assert_eq!(reply.code(), "ALREADY_EXISTS");
    assert_eq!(person(&|_| {}).code(), "");
}

#[test]
fn no_file_of_the_server_has_an_address_or_a_token() {
    let mut server = Server::start(settings());
    let access = server.register(CANDIDATE);
    server.stop();
    let words = [
        format!("{CANDIDATE}@coop.example"),
        "Секретова".to_owned(),
        access,
    ];
    let mut files = 0;
    for entry in std::fs::read_dir(server.folder.path()).unwrap().flatten() {
        let bytes = std::fs::read(entry.path()).unwrap();
        for word in &words {
            let mut windows = bytes.windows(word.len());
            let is_there = windows.any(|it| it == word.as_bytes());
            assert!(!is_there, "{word} in {:?}", entry.file_name());
        }
        files += 1;
    }
    assert!(files >= 4, "{files}");
}

#[test]
fn attempts_to_log_in_are_counted_by_address_so_that_no_stranger_locks_a_member_out() {
    let server = Server::start(ApiSettings {
        logins_a_minute: 3,
        behind_proxy: true,
        ..settings()
    });
    server.register(PARTICIPANT);
    let login = |address: &str, signature: Option<&str>, seconds| {
        let now = text(server.now(), seconds);
        let mut data = server.login_data(PARTICIPANT, &now);
        if let Some(signature) = signature {
            data["signature"] = json!(signature);
        }
        let headers = [
            ("Content-Type", "application/json".to_owned()),
            ("X-Forwarded-For", address.to_owned()),
        ];
        let body = json!({ "query": LOGIN, "variables": { "data": data } }).to_string();
        let reply = server.send("POST", &headers, body.as_bytes());
        reply.code().to_owned()
    };
    let codes: Vec<_> = (0..5).map(|it| login("192.0.2.1", Some("x"), it)).collect();
    assert_eq!(codes[..3], ["BAD_INPUT"; 3]);
    assert_eq!(codes[3..], ["TOO_MANY_REQUESTS"; 2]);
    assert_eq!(login("192.0.2.2", None, 0), "");
}
