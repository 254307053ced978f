//! The peer on a chain: its council of five, beside contracts that stand in for the others of its platform.

use std::fs;
use std::path::Path;

use antelope_abi::Abi;
use antelope_rpc_client::{Signer, TransactionTrace, native};
use antelope_types::{Action, Authority, Checksum256, Encode, Name, PermissionLevel, asset, name};
use serde_json::{Value, json};

use super::round::{Steps, elapsed};
use crate::attacks::foreign_code;
use crate::scenarios::world::{Chain, Person, new_account, number};

// Accounts that are written into it.
const SOVIET: Name = name!("soviet");
const REGISTRATOR: Name = name!("registrator");
const GATEWAY: Name = name!("gateway");
const FUND: Name = name!("fund");
const COOP: Name = name!("voskhod");
const CHAIRMAN: Name = name!("ant");

/// The peer with a council.
pub(super) struct Peer<'c> {
    chain: &'c Chain,
    abi: Abi,
    /// Holds the key of every account here.
    operator: Person,
    /// The chairman first.
    members: Vec<Name>,
}

impl<'c> Peer<'c> {
    /// Deploys it from its wasm and the ABI beside it.
    pub(super) fn deployed(chain: &'c Chain, wasm: &Path, seats: usize) -> Self {
        let read = |path: &Path| {
            fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        let abi = String::from_utf8(read(&wasm.with_extension("abi"))).expect("an ABI in JSON");
        let abi = Abi::from_json(&abi).expect("an ABI");
        let members = (1..seats).map(|number| {
            let text = format!("member{number}");
            text.parse().expect("a name")
        });
        let peer = Self {
            chain,
            operator: Person {
                name: chain.eosio.name,
                key: chain.eosio.key.clone(),
            },
            members: [CHAIRMAN].into_iter().chain(members).collect(),
            abi,
        };
        peer.prepare(&read(wasm));
        peer
    }

    fn prepare(&self, wasm: &[u8]) {
        let accounts = [SOVIET, REGISTRATOR, GATEWAY, FUND, COOP];
        for account in accounts.iter().chain(&self.members) {
            self.create(*account);
        }
        let key = self.operator.public_key();
        for account in [SOVIET, GATEWAY] {
            let authority = Authority::from_key(key.clone()).with_code(SOVIET);
            let level = (name!("active"), name!("owner"));
            self.push(vec![native::update_auth(
                account, level.0, level.1, authority,
            )]);
        }
        self.push(vec![
            native::set_code(SOVIET, wasm),
            native::set_abi(SOVIET, &self.abi.to_binary()),
            native::set_code(REGISTRATOR, &foreign_code::keeper()),
        ]);
        let free = asset!("0.0000 RUB");
        // Name, parent, two texts, that it is a cooperative, two flags, its type, six fees.
        let mut org = [COOP, Name::EMPTY].map(|name| name.to_bytes()).concat();
        org.extend([0, 0, 1, 0, 0]);
        org.extend(Name::EMPTY.to_bytes());
        org.extend([free; 6].map(|fee| fee.to_bytes()).concat());
        self.keep(name!("orgs"), COOP, org);
        for member in &self.members {
            self.know(*member);
        }
        self.act(name!("eosio"), "init", &json!({}));
        for member in &self.members[1..] {
            let arguments = json!({
                "coopname": COOP, "username": member, "type": "individual",
                "created_at": "2026-01-01T00:00:00", "initial": free, "minimum": free,
                "spread_initial": false,
            });
            self.act(REGISTRATOR, "adduser", &arguments);
        }
        let seat = |(number, member): (usize, &Name)| {
            let position = if number == 0 { "chairman" } else { "member" };
            json!({ "username": member, "is_voting": true, "position_title": "", "position": position })
        };
        let seats: Vec<Value> = self.members.iter().enumerate().map(seat).collect();
        let arguments = json!({
            "coopname": COOP, "chairman": CHAIRMAN, "board_id": 0, "members": seats,
            "name": "", "description": "",
        });
        self.act(CHAIRMAN, "updateboard", &arguments);
    }

    /// Admissions, each step of all of them in one transaction; microseconds of one.
    pub(super) fn round(&self, count: usize) -> Steps {
        let people: Vec<Person> = (0..count).map(|_| Person::new()).collect();
        for person in &people {
            self.create(person.name);
            self.know(person.name);
        }
        let join = |person: &Person| {
            let document = self.document(person.name, person);
            json!({ "coopname": COOP, "username": person.name, "document": document })
        };
        let created = self.acts(REGISTRATOR, "joincoop", people.iter().map(join));
        let rows = self.chain.rows(&self.contract(), COOP, name!("decisions"));
        let ids: Vec<u64> = rows.iter().map(|row| number(&row["id"])).collect();
        let vote = |member: Name| {
            let vote = |id: &u64| json!({ "coopname": COOP, "member": member, "decision_id": id });
            self.acts(member, "votefor", ids.iter().map(vote))
        };
        let [_, voted, _] = [0, 1, 2].map(|member| vote(self.members[member]));
        let authorize = |(id, person): (&u64, &Person)| {
            let document = self.document(person.name, &self.operator);
            json!({
                "coopname": COOP, "chairman": CHAIRMAN, "decision_id": id, "document": document,
            })
        };
        let authorized = ids.iter().zip(&people).map(authorize);
        let authorized = self.acts(CHAIRMAN, "authorize", authorized);
        let execute =
            |id: &u64| json!({ "executer": CHAIRMAN, "coopname": COOP, "decision_id": id });
        let executed = self.acts(CHAIRMAN, "exec", ids.iter().map(execute));
        [
            elapsed(&voted, name!("votefor")),
            elapsed(&created, name!("joincoop")),
            elapsed(&authorized, name!("authorize")),
            elapsed(&executed, name!("exec")),
        ]
    }

    /// A document as it takes it: what ours says in fields is JSON in it.
    fn document(&self, username: Name, signer: &Person) -> Value {
        let meta = json!({
            "registry_id": 100, "coopname": COOP, "username": username, "title": "Документ",
            "lang": "ru", "generator": "veche", "version": "0.1.0", "block_num": 1,
            "created_at": "2026-01-01T00:00:00", "timezone": "Europe/Moscow", "links": [],
        });
        let meta = meta.to_string();
        let hash = Checksum256::sha256(meta.as_bytes());
        json!({
            "hash": hash, "public_key": signer.public_key(),
            "signature": signer.key.sign(&hash).expect("a signature"), "meta": meta,
        })
    }

    fn contract(&self) -> Person {
        Person {
            name: SOVIET,
            key: self.operator.key.clone(),
        }
    }

    fn create(&self, account: Name) {
        let person = Person {
            name: account,
            key: self.operator.key.clone(),
        };
        self.push(vec![new_account(&person)]);
    }

    /// The registrator's stand-in has a row of this person.
    fn know(&self, person: Name) {
        // Name, who brought and who made it, type, status; a text, two lists and a time, all empty.
        let nobody = Name::EMPTY;
        let names = [person, nobody, nobody, name!("individual"), name!("active")];
        let mut row = names.map(|name| name.to_bytes()).concat();
        row.extend([0; 1 + 1 + 1 + 4]);
        self.keep(name!("accounts"), person, row);
    }

    fn keep(&self, table: Name, key: Name, row: Vec<u8>) {
        let data = [table.to_bytes(), key.to_bytes(), row].concat();
        self.push(vec![Action {
            account: REGISTRATOR,
            name: name!("keep"),
            authorization: vec![PermissionLevel::active(REGISTRATOR)],
            data,
        }]);
    }

    fn act(&self, actor: Name, action: &str, arguments: &Value) {
        self.acts(actor, action, [arguments.clone()].into_iter());
    }

    /// One transaction with this action for each of the arguments.
    fn acts(
        &self,
        actor: Name,
        action: &str,
        arguments: impl Iterator<Item = Value>,
    ) -> TransactionTrace {
        let name: Name = action.parse().expect("a name");
        let pack = |arguments: Value| {
            let data = self.abi.pack_action(name, &arguments);
            Action {
                account: SOVIET,
                name,
                authorization: vec![PermissionLevel::active(actor)],
                data: data.unwrap_or_else(|error| panic!("{action}: {error}")),
            }
        };
        self.push(arguments.map(pack).collect())
    }

    fn push(&self, actions: Vec<Action>) -> TransactionTrace {
        let signer: &dyn Signer = self.operator.signer();
        let pushed = self.chain.client.push(&actions, &[signer]);
        pushed.unwrap_or_else(|error| panic!("{error}\n{:?}", actions.first().map(|it| it.name)))
    }
}
