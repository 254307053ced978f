//! The registry of an index beside that of the history: every kind, every end, exports, and what is verified.

use super::kinds::every_kind;
use super::{Bureau, CASHIER, CHAIRMAN, Desk, MARIA, VOTERS};
use crate::cli::desk::veche_at;
use antelope_follow::StateHistorySource;
use antelope_rpc_client::Signer;
use antelope_types::name;
use coop_client::Contracts;
use coop_index::{Follower, IndexReader, IndexScope, IndexWriter};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use test_support::proxy::{Proxy, Spoil};

/// How long a step waits for a block.
const WAIT: Duration = Duration::from_millis(700);

impl Bureau {
    /// Follows the chain to its head, into the index beside the configuration.
    fn index(&self) -> PathBuf {
        // What was done last becomes final.
        self.desk.pass(1);
        self.desk.pass(1);
        let folder = self.desk.folder.path().join("registry/zarechyekoop");
        fs::create_dir_all(&folder).expect("a folder");
        let contracts = Contracts::read(&self.desk.client(), name!("soviet"));
        let scope = IndexScope {
            contracts: contracts.expect("the configuration"),
            cooperative: Some(name!("zarechyekoop")),
        };
        let url = self.desk.history_url().expect("state history");
        let source = StateHistorySource::new(&url, scope.interest()).expect("an address");
        let writer = IndexWriter::open(&folder.join("index.db"), scope).expect("an index");
        let mut follower = Follower::new(source, writer);
        // The node makes blocks all the time.
        let info = self.desk.client().get_info().expect("the head");
        let is_behind = |follower: &Follower<_>| {
            let last = follower.status().last_irreversible;
            last.is_none_or(|it| it.block_num < info.head_block_num)
        };
        while is_behind(&follower) {
            follower.step(WAIT).expect("a step");
        }
        follower.writer().flush().expect("what was gathered");
        let mut reader = IndexReader::open(&folder.join("index.db")).expect("an index");
        assert_eq!(reader.rows("unreadable").expect("rows"), [""; 0]);
        folder
    }

    /// A free question of a member.
    fn proposed(&self, question: &str) {
        let texts = [question, "--decision", "Согласиться"];
        self.by(VOTERS[1], "propose --question", &texts);
    }

    /// The keeper does what is due after so many hours.
    fn later(&self, hours: u64) {
        self.desk.pass(hours * 3600);
        let key = self.desk.key("eosio");
        let kept = self
            .desk
            .run("keeper --once -p eosio@active --key-file", &[&key]);
        assert_eq!(kept.code, 0, "{}", kept.err);
    }
}

#[test]
fn an_index_has_what_the_history_tells_and_verifies_it() {
    let bureau = Bureau::at(Desk::with_history(), "ru");
    every_kind(&bureau, "Прицеп бортовой");
    bureau.proposed("О заборе");
    bureau.declined();
    bureau.proposed("О колодце");
    bureau.later(50);
    bureau.proposed("О дороге");
    let id = bureau.newest();
    for member in VOTERS {
        bureau.by(member, &format!("vote {id} for"), &[]);
    }
    bureau.later(31 * 24);
    bureau.proposed("О колодце ещё раз");
    let folder = bureau.index();
    as_the_history_tells(&bureau);
    exported_and_verified(&bureau, &folder);
    verified_with_the_key_of_then(&bureau);
}

/// The same decisions with the same ends, and those that are open.
fn as_the_history_tells(bureau: &Bureau) {
    let told = bureau.desk.data("registry --count 100");
    let list = "registry --count 100 --index";
    let index = bureau.desk.folder.path().join("registry/zarechyekoop");
    let found = bureau.desk.data(&format!("{list} {}", index.display()));
    let decisions = |data: &Value| data["decisions"].as_array().expect("a list").clone();
    let ends = |data: &Value| -> BTreeSet<String> {
        let finished = decisions(data)
            .into_iter()
            .filter(|it| it["fate"].is_string());
        let facts = [
            "id",
            "kind",
            "username",
            "fate",
            "statement",
            "protocol",
            "chairman",
        ];
        let line = |it: Value| facts.map(|fact| it[fact].to_string()).join(" ");
        finished.map(line).collect()
    };
    assert_eq!(ends(&found), ends(&told));
    let fates: BTreeSet<_> = decisions(&found)
        .iter()
        .map(|it| it["fate"].to_string())
        .collect();
    let expected = [
        "null",
        "\"carried_out\"",
        "\"declined\"",
        "\"not_approved\"",
        "\"not_signed\"",
    ];
    assert_eq!(fates, expected.map(str::to_owned).into());
    for decision in decisions(&found) {
        let package = bureau
            .desk
            .data(&format!("registry package {}", decision["id"]));
        assert!(
            package["statement_document"]["hash"].is_string(),
            "{package}"
        );
        let is_signed = package["fate"] == "carried_out";
        assert_eq!(package["protocol_document"]["hash"].is_string(), is_signed);
        if package["kind"] == "shareprop" {
            assert_eq!(package["acts"][0]["registry_id"], json!(702), "{package}");
        }
        if package["kind"] == "returnmoney" {
            assert_eq!(
                package["payments"][0]["ended_by"],
                json!("outcomplete"),
                "{package}"
            );
            let settled = &package["settlements"][0];
            assert_eq!(settled["action"], json!("outcomplete"), "{package}");
        }
    }
    let search = bureau.desk.data("registry search протоколы --form 600");
    assert!(search["total"].as_u64() > Some(0), "{search}");
}

fn exported_and_verified(bureau: &Bureau, folder: &Path) {
    let path = |name: &str| bureau.desk.folder.path().join(name).display().to_string();
    let index = folder.display().to_string();
    let file = path("archive.tar");
    let more = ["--texts", "--index", &index];
    bureau.by(
        CHAIRMAN,
        &format!("registry export --archive {file}"),
        &more,
    );
    let verified = bureau.desk.data(&format!("verify {file}"));
    assert_eq!(verified["is_key_of_account"], json!(true));
    assert_eq!(verified["signed_by"], json!(CHAIRMAN));
    assert!(verified["texts"].as_u64() > Some(0), "{verified}");
    // Signed with a key that is not the account's.
    let foreign = [
        "--as",
        CHAIRMAN,
        "--yes",
        "--key-file",
        &bureau.desk.key("kepozanuriso"),
    ];
    let other = path("foreign.tar");
    let said = bureau.desk.run(
        &format!("registry export --archive {other} --index {index}"),
        &foreign,
    );
    assert_eq!(said.code, 6, "{}", said.err);
    // Whoever is not the chairman seals nothing, and what they have sealed by other means confirms nothing.
    let said = bureau.with_keys(
        &[CASHIER],
        &format!("registry export --archive {other} --index {index}"),
        &[],
    );
    assert_eq!(said.code, 6, "{}", said.err);
    assert!(!Path::new(&other).exists());
    let key = coop_demo::development_key(CASHIER.parse().expect("an account"));
    let mut reader = IndexReader::open(&folder.join("index.db")).expect("an index");
    let options = coop_archive::ArchiveOptions {
        coopname: name!("zarechyekoop"),
        filter: coop_index::SheetFilter::default(),
        texts: None,
        signer: (CASHIER.parse().expect("an account"), &key),
        signed_at: antelope_types::TimePoint::from_micros(1_768_900_000_000_000),
    };
    let snapshot = reader.snapshot().expect("a snapshot");
    let sealed = coop_archive::write_archive(&snapshot, &options);
    fs::write(&other, sealed.expect("an archive").1).expect("a file");
    for more in [String::new(), format!(" --index {index}")] {
        let said = bureau.read(&format!("verify {other}{more} --json"));
        assert_eq!(said.code, 8, "{}", said.err);
        assert!(said.out.contains("mismatch.signer"), "{}", said.out);
    }
    let mut bytes = fs::read(&file).expect("the archive");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&other, bytes).expect("a file");
    assert_eq!(bureau.read(&format!("verify {other}")).code, 8);

    // A text, by the index and by the history of the node.
    let documents = bureau
        .desk
        .folder
        .path()
        .join("desk/zarechyekoop/documents");
    let texts = fs::read_dir(&documents).expect("documents").flatten();
    let text = texts.map(|it| it.path()).find(|it| {
        let name = it
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        name.starts_with("600-") && name.ends_with(".txt")
    });
    let text = text.expect("a protocol").display().to_string();
    let by_index = bureau.desk.data(&format!("verify {text} --offline"));
    let by_chain = bureau.desk.data(&format!("verify {text}"));
    let document = &by_index["document"];
    assert_eq!(by_index["questions"][0]["role"], json!("protocol"));
    for fact in ["block_num", "transaction_id"] {
        assert_eq!(by_chain[fact], document[fact], "{by_chain}");
    }
    assert_eq!(by_chain["signatures"][0]["signer"], json!(CHAIRMAN));
    assert_eq!(by_chain["question"], by_index["questions"][0]["id"]);
    let hash = document["hash"].as_str().expect("a hash");
    let kept = documents.join(format!("{hash}.json")).display().to_string();
    assert_eq!(
        bureau.desk.data(&format!("verify {kept}"))["verdict"],
        json!("genuine")
    );
    // The facts that it is printed from are falsified; the signed document beside them is as it was.
    let content = fs::read_to_string(&kept).expect("a document");
    let mut falsified: Value = serde_json::from_str(&content).expect("an object");
    falsified["record"]["facts"] = json!({ "question": "another" });
    fs::write(&kept, falsified.to_string()).expect("a file");
    let said = bureau.read(&format!("verify {kept} --json"));
    assert_eq!(said.code, 8, "{}", said.err);
    assert!(said.out.contains("mismatch.forged"), "{}", said.out);
    fs::write(&kept, content).expect("a file");
    assert_eq!(
        bureau.desk.data(&format!("verify {hash}"))["block_num"],
        document["block_num"]
    );
    // One letter more is unknown to both.
    let changed = path("changed.txt");
    let content = fs::read_to_string(&text).expect("a text");
    fs::write(&changed, content + " ").expect("a file");
    for offline in ["", " --offline"] {
        let said = bureau.read(&format!("verify {changed}{offline}"));
        assert_eq!(said.code, 4, "{}", said.err);
    }
}

#[test]
fn an_erasure_takes_from_the_index_who_was_admitted() {
    let bureau = Bureau::at(Desk::with_history(), "en");
    bureau.desk.seal();
    // A participant cannot join again; what was signed and not sent stays on the desk.
    let said = bureau.with_keys(&[MARIA], "join", &[]);
    assert_eq!(said.code, 6, "{}", said.err);
    let statement = format!("document 100-statement-{MARIA}.txt");
    assert_ne!(
        bureau.read(&statement).code,
        0,
        "what was refused is no paper"
    );
    bureau.by(MARIA, "join", &["--dont-broadcast"]);
    let statement = format!("document 100-statement-{MARIA}.txt");
    assert_eq!(bureau.read(&statement).code, 0);
    let erase = format!("person erase {MARIA} --reason done --by {CASHIER} --coop zarechyekoop");
    let planned = |bureau: &Bureau| bureau.desk.data(&format!("{erase} --dry-run"));
    let candidate = planned(&bureau);
    assert_eq!(
        (&candidate["admitted"], &candidate["kept"]),
        (&json!(false), &json!([]))
    );
    assert!(
        candidate["erased"]
            .as_array()
            .is_some_and(|it| it.len() > 1)
    );
    bureau.index();
    let participant = planned(&bureau);
    assert_eq!(participant["admitted"], true);
    assert_eq!(participant["erased"], json!([]));
    assert_eq!(participant["kept"], candidate["erased"]);
    let said = bureau.desk.run(&erase, &["--yes", "--lang", "en"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(bureau.read(&statement).code, 0, "the law keeps it");
}

/// The chairman gets another key: an archive that was signed with the one before stays genuine, and says so.
fn verified_with_the_key_of_then(bureau: &Bureau) {
    let file = bureau.desk.folder.path().join("archive.tar");
    let file = file.display().to_string();
    let old = bureau.desk.key(CHAIRMAN);
    let new = coop_demo::development_key("another".parse().expect("an account"));
    let new = Signer::public_key(&new);
    let change = format!("set account permission {CHAIRMAN} active {new} -p {CHAIRMAN}@owner");
    let said = bureau.desk.run(&change, &["--yes", "--key-file", &old]);
    assert_eq!(said.code, 0, "{}", said.err);
    let verified = bureau.desk.data(&format!("verify {file}"));
    assert_eq!(verified["verdict"], json!("genuine"));
    assert_eq!(verified["is_key_of_account"], json!(false));
    assert_eq!(verified["was_key_of_account"], json!(true));

    // A node that does not tell which keys the account had leaves it open; whoever knows the key names it.
    let proxy = Proxy::spoiling(bureau.desk.url(), |call, _| match call {
        "get_actions" => Spoil::Unknown,
        _ => Spoil::Nothing,
    });
    let told = |more: &[&str]| {
        let words = ["verify", &file, "--json"];
        let words = words.into_iter().chain(more.iter().copied());
        let said = veche_at(&proxy.url(), bureau.desk.folder.path(), words);
        (
            said.code,
            serde_json::from_str::<Value>(&said.out).expect("an object"),
        )
    };
    let (code, open) = told(&[]);
    assert_eq!(code, 7, "{open}");
    assert_eq!(open["errors"][0]["code"], json!("unconfirmed.key"));
    assert_eq!(
        open["errors"][0]["details"]["verdict"],
        json!("unconfirmed")
    );
    let key = verified["public_key"].as_str().expect("a key");
    let (code, named) = told(&["--key", key]);
    assert_eq!(
        (code, &named["data"]["verdict"]),
        (0, &json!("genuine")),
        "{named}"
    );
    assert!(named["data"]["was_key_of_account"].is_null(), "{named}");
}
