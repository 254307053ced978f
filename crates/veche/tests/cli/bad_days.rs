//! What is said when something is wrong, with a next step each time.

use crate::support::{Place, Said, veche_with};
use serde_json::json;
use std::fs;

/// A failure with its exit code, what is said, and the next step.
#[track_caller]
fn fails(said: &Said, code: i32, words: &[&str]) {
    assert_eq!(said.code, code, "{said:?}");
    for word in words {
        assert!(said.err.contains(word), "{word}: {said:?}");
    }
}

#[test]
fn every_refusal_has_a_next_step() {
    let place = Place::with_system();
    fails(
        &place.veche("transfer alice bob '9999999.0000 SYS'"),
        6,
        &["overdrawn balance"],
    );
    let json = place
        .veche("transfer alice bob '9999999.0000 SYS' --json")
        .json();
    assert_eq!(json["errors"][0]["code"], json!("chain.refused"));
    assert_eq!(json["errors"][0]["details"]["code"], json!(3_050_003));
    fails(
        &place.veche(
            "push action eosio.token transfer '[\"alice\",\"bob\",\"1.0000 SYS\",\"\"]' -p bob",
        ),
        6,
        &["missing authority of alice", "add -p"],
    );
    fails(
        &place.veche("push action eosio.token transfer '[\"alice\",\"bob\",\"1.0000 SYS\",\"\"]'"),
        2,
        &["-p ACCOUNT"],
    );
    fails(
        &place.veche("push action eosio.token transfer '{\"from\":\"alice\"}' -p alice"),
        2,
        &["JSON as `transfer`: field `to` is missing"],
    );
    fails(
        &place.veche("push action eosio.token nothing '{}' -p alice"),
        2,
        &["nothing"],
    );
    fails(
        &place.veche("push action bob transfer '{}' -p alice"),
        4,
        &["bob"],
    );
    // A wrong key: what is missing is named.
    let other = antelope_keys::signing::generate_k1().unwrap();
    place.write_secret("other", &other.to_text());
    let said = place.veche("transfer alice bob '1.0000 SYS' --key-file {folder}/other");
    fails(
        &said,
        6,
        &["alice@active wants 1 of EOS", "at hand: ", "-p"],
    );
    place.write_secret("none", "# nothing\n");
    let said = place.veche("transfer alice bob '1.0000 SYS' --key-file {folder}/none");
    fails(&said, 1, &["is not a private key"]);
    fs::write(place.path("open"), other.to_text()).unwrap();
    let said = place.veche("transfer alice bob '1.0000 SYS' --key-file {folder}/open");
    fails(&said, 1, &["others may use this file", "chmod 600"]);
    let url = ["--url", place.node.url()];
    let words = ["transfer", "alice", "bob", "1.0000 SYS"];
    let said = veche_with(place.folder.path(), url, words);
    fails(
        &said,
        4,
        &["no key to sign with", "--key NAME", "--wallet-url"],
    );
    // Resources.
    fails(
        &place.veche("system sellram bob 99999999"),
        6,
        &["insufficient quota"],
    );
    let (wasm, _) = antelope_node::package_contract("eosio.system").unwrap();
    let said = place.veche(&format!(
        "set contract carol {}",
        wasm.parent().unwrap().display()
    ));
    fails(&said, 6, &["system buyram"]);
    let said = place.veche("transfer alice bob '1.0000 SYS' --max-net-usage 8");
    fails(&said, 6, &["net usage"]);
    // Time.
    let built = place
        .veche("transfer alice bob '1.0000 SYS' late -d -x 1")
        .well();
    fs::write(place.path("late"), &built.out).unwrap();
    let head = place.node.client().get_info().unwrap().head_block_num;
    let patience = std::time::Duration::from_secs(60);
    place
        .node
        .client()
        .wait_for_block(head + 6, patience)
        .unwrap();
    fails(
        &place.veche("push transaction {folder}/late"),
        6,
        &["expired", "run the command again"],
    );
    wrong_chains(&place);
    interrupted(&place);
}

fn wrong_chains(place: &Place) {
    // A network whose chain is another.
    let run = |words: &[&str]| veche_with(place.folder.path(), [] as [&str; 0], words);
    let keys = place.path("keys").display().to_string();
    let url = place.node.url();
    let id = "00".repeat(32);
    run(&["net", "add", "union", url, "--chain-id", &id]).well();
    let transfer = [
        "transfer",
        "alice",
        "bob",
        "1.0000 SYS",
        "--key-file",
        &keys,
    ];
    let mut words = vec!["-n", "union"];
    words.extend(transfer);
    fails(
        &run(&words),
        8,
        &["is a node of chain", "nothing was signed"],
    );
    // Half of the addresses do not answer.
    let first = ["--url", "http://127.0.0.1:1", "--url", url];
    veche_with(place.folder.path(), first, transfer).well();
    // None answers.
    let said = veche_with(
        place.folder.path(),
        ["--url", "http://127.0.0.1:1"],
        transfer,
    );
    fails(&said, 5, &["--url"]);
    // What counts is asked for, and nobody can be asked here.
    let chain = place.node.client().get_info().unwrap().chain_id.to_string();
    run(&[
        "net",
        "add",
        "real",
        url,
        "--chain-id",
        &chain,
        "--production",
        "--explorer",
        "https://explorer.example/tx/",
    ])
    .well();
    let mut words = vec!["-n", "real"];
    words.extend(transfer);
    fails(&run(&words), 3, &["production chain", "-yy"]);
    words.push("-yy");
    words.extend(["--expiration", "50"]);
    let said = run(&words).well();
    assert!(
        said.err.contains("https://explorer.example/tx/"),
        "{said:?}"
    );
    what_is_built_is_asked_about_too(place, &chain);
}

/// A transaction in a file does no more without a question than a command does.
fn what_is_built_is_asked_about_too(place: &Place, chain: &str) {
    let built = place
        .veche("transfer alice bob '3.0000 SYS' asked -s -d")
        .well();
    fs::write(place.path("plain"), &built.out).unwrap();
    let signed = place
        .veche("transfer alice bob '3.0000 SYS' asked -d")
        .well();
    fs::write(place.path("signed"), &signed.out).unwrap();
    let keys = place.path("keys").display().to_string();
    let run = |line: &str| {
        let words = place.words(&line.replace("{keys}", &keys));
        veche_with(place.folder.path(), ["-n", "real"], words)
    };
    for line in [
        "sign {folder}/plain --key-file {keys}",
        "push transaction {folder}/signed",
        "push transaction {folder}/plain --key-file {keys}",
    ] {
        let said = run(line);
        fails(
            &said,
            3,
            &["production chain", "eosio.token::transfer", "asked"],
        );
        assert_eq!(said.out, "", "{line}");
    }
    // What is signed already does not become anything else.
    for option in [
        "--offline",
        "--propose pays --proposer alice",
        "--skip-sign",
        "-d",
    ] {
        let said = run(&format!("push transaction {{folder}}/signed -yy {option}"));
        fails(&said, 2, &["nothing was sent"]);
    }
    // A chain's id that is not the network's, and one that is none.
    let sign = "sign {folder}/plain -yy --key-file {keys}";
    let other = "11".repeat(32);
    fails(
        &run(&format!("{sign} -c {other}")),
        8,
        &["nothing was signed"],
    );
    let plain: serde_json::Value = serde_json::from_str(&built.out).unwrap();
    for (id, code) in [(&*other, 8), ("eos", 2), (chain, 0)] {
        let text = json!({ "chain_id": id, "transaction": plain }).to_string();
        fs::write(place.path("plain"), text).unwrap();
        let said = run(sign);
        assert_eq!(said.code, code, "{said:?}");
        assert_eq!(said.out.is_empty(), code != 0, "{said:?}");
    }
}

/// A run that did not learn what became of its transaction is settled by the next one.
fn interrupted(place: &Place) {
    let balance = || {
        place
            .veche("get currency balance eosio.token carol")
            .well()
            .out
    };
    let before = balance();
    let packed = place
        .veche("transfer alice carol '7.0000 SYS' once -d --return-packed")
        .well();
    let plain = packed.json();
    place.veche(&format!("push transaction '{plain}'")).well();
    let after = balance();
    assert_ne!(before, after);
    // As if that run had ended before the answer came: its transaction is in the journal.
    let name = journal_name(place, &plain);
    let folder = place.path("unfinished");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}.json")), plain.to_string()).unwrap();
    let said = place.veche("transfer alice carol '7.0000 SYS' once").well();
    assert!(
        said.err.contains("it was executed; nothing was sent again"),
        "{said:?}"
    );
    assert_eq!(balance(), after, "nothing is done twice");
}

/// The file that a transaction has in the journal: the chain and the actions.
fn journal_name(place: &Place, packed: &serde_json::Value) -> String {
    use antelope_types::{Checksum256, Encode, PackedTransaction};
    let packed: PackedTransaction = serde_json::from_value(packed.clone()).unwrap();
    let signed = packed.unpack().unwrap().unwrap();
    let mut bytes = place.node.client().get_info().unwrap().chain_id.0.to_vec();
    bytes.extend(signed.transaction.actions.to_bytes());
    Checksum256::sha256(&bytes).to_string()
}
