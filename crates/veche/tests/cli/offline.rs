//! Transactions that are built, signed and sent in different places.

use crate::support::{Place, veche_with};
use antelope_types::PrivateKey;
use serde_json::json;
use std::fs;

#[test]
fn what_is_built_with_a_node_is_signed_without_one() {
    let place = Place::with_system();
    let built = place
        .veche("transfer alice bob '1.0000 SYS' paper --offline")
        .well();
    assert!(built.err.contains("veche sign FILE"), "{built:?}");
    let shown = built.json();
    assert_eq!(shown["transaction"]["actions"][0]["data"]["memo"], "paper");
    assert_eq!(shown["permissions"][0]["level"], "alice@active");
    fs::write(place.path("unsigned"), &built.out).unwrap();
    // No node: the address leads nowhere.
    let keys = place.path("keys").display().to_string();
    let nowhere = ["--url", "http://127.0.0.1:1"];
    let file = place.path("unsigned").display().to_string();
    let sign = ["sign", &file, "--key-file", &keys];
    let signed = veche_with(place.folder.path(), nowhere, sign).well();
    assert_eq!(signed.json()["signatures"].as_array().unwrap().len(), 1);
    fs::write(place.path("signed"), &signed.out).unwrap();
    let chain = shown["chain_id"].as_str().unwrap();
    let keys = format!("validate signatures {{folder}}/signed -c {chain}");
    let ours = place.veche(&keys).well().out;
    assert_eq!(ours.trim(), place.key().to_string());
    let theirs = place.cleos(&keys).well().out;
    assert!(
        theirs.contains(&place.key().to_legacy_text().unwrap()),
        "{theirs}"
    );
    let sent = place
        .veche("push transaction {folder}/signed --json")
        .well()
        .json();
    assert_eq!(sent["data"]["executed"], json!(true));
    // The same again is no second payment.
    let again = place.veche("push transaction {folder}/signed");
    assert!(
        again.code == 6 && again.err.contains("executed before"),
        "{again:?}"
    );
    several_are_sent_each_by_itself(&place, chain);
}

fn several_are_sent_each_by_itself(place: &Place, chain: &str) {
    let signed = |memo: &str| {
        place
            .veche(&format!("transfer alice bob '1.0000 SYS' {memo} -d"))
            .well()
            .json()
    };
    let mut second = signed("second");
    second["signatures"] = json!([]);
    let both = json!([signed("first"), second]);
    fs::write(place.path("both"), both.to_string()).unwrap();
    let said = place.veche("push transactions {folder}/both --json");
    assert_eq!(said.code, 6, "{said:?}");
    assert_eq!(said.json()["data"][0]["executed"], json!(true));
    let error = said.json()["data"][1]["error"]["message"].to_string();
    assert!(error.contains("alice"), "{error}");
    // What the one has signed the other takes for signed by the same key.
    let unsigned = place.veche("transfer alice bob '2.0000 SYS' -s -d").well();
    fs::write(place.path("plain"), &unsigned.out).unwrap();
    let ours = place
        .veche(&format!("sign {{folder}}/plain -c {chain}"))
        .well()
        .json();
    let key = place.node.key().to_legacy_text().unwrap();
    let theirs = place
        .cleos(&format!("sign {{folder}}/plain -k {key} -c {chain}"))
        .well()
        .json();
    for (who, signed) in [("ours", ours), ("theirs", theirs)] {
        fs::write(place.path(who), signed.to_string()).unwrap();
        let line = format!("validate signatures {{folder}}/{who} -c {chain}");
        let key = place.key();
        assert_eq!(
            place.veche(&line).well().out.trim(),
            key.to_string(),
            "{who}"
        );
        let said = place.cleos(&line).well().out;
        assert!(
            said.contains(&key.to_legacy_text().unwrap()),
            "{who}: {said}"
        );
    }
    let said = place.veche(&format!("sign {{folder}}/plain -k {key} -c {chain}"));
    assert!(
        said.code == 2 && said.err.contains("--key-file"),
        "{said:?}"
    );
    assert!(!said.err.contains(&key) && !said.out.contains(&key));
}

#[test]
fn keys_are_made_into_files_that_only_their_owner_reads() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let run = |line: &[&str]| veche_with(folder.path(), [] as [&str; 0], line);
    let file = folder.path().join("new").display().to_string();
    let said = run(&["create", "key", "--file", &file]).well();
    assert!(said.out.contains("Public key: EOS"), "{said:?}");
    assert!(!said.out.contains("Private"), "{said:?}");
    let text = fs::read_to_string(&file).unwrap();
    let private = text.lines().next().unwrap().split_once(": ").unwrap().1;
    let key = PrivateKey::parse(private).unwrap();
    let public = antelope_keys::signing::public_key(&key).unwrap();
    assert!(text.contains(&public.to_legacy_text().unwrap()), "{text}");
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let again = run(&["create", "key", "--file", &file]);
    assert!(
        again.code == 1 && again.err.contains("not overwritten"),
        "{again:?}"
    );
    assert_eq!(run(&["create", "key"]).code, 2, "nowhere to put it");
    let r1 = run(&["create", "key", "--r1", "--to-console"]).well();
    assert!(
        r1.out.contains("PVT_R1_") && r1.out.contains("PUB_R1_"),
        "{r1:?}"
    );
}

#[test]
fn forms_are_converted_without_a_node() {
    let folder = tempfile::tempdir().unwrap();
    let run = |line: &[&str]| veche_with(folder.path(), ["--url", "http://127.0.0.1:1"], line);
    for (line, words) in [
        (&["convert", "name", "alice"][..], "3773036822876127232"),
        (&["convert", "name", "3773036822876127232"], "alice"),
        (&["convert", "symbol", "4,EOS"], "1397703940"),
        (&["convert", "asset", "1.0000 EOS"], "10000"),
        (
            &[
                "convert",
                "key",
                "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV",
            ],
            "PUB_K1_6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5BoDq63",
        ),
        (&["version", "client"], "v0."),
        (&["completions", "bash"], "veche"),
        (&["man"], ".TH veche"),
    ] {
        let said = run(line).well();
        assert!(said.out.contains(words), "{line:?}: {said:?}");
    }
    let pages = folder.path().join("man").display().to_string();
    run(&["man", "--folder", &pages]).well();
    assert!(
        folder
            .path()
            .join("man/veche-system-rex-deposit.1")
            .is_file()
    );
}
