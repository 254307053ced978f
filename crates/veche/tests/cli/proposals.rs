//! Proposals: by `multisig`, and by `--propose` on any command.

use crate::support::{Place, name};
use serde_json::{Value, json};

fn actions(it: &Value) -> Value {
    let all = it["actions"]
        .as_array()
        .unwrap_or_else(|| panic!("{it}"))
        .iter();
    let fields = ["account", "name", "authorization"];
    all.map(|it| json!(fields.map(|field| it[field].clone())))
        .collect()
}

#[test]
fn a_proposal_goes_its_way() {
    let place = Place::with_msig();
    // bob belongs to alice and carol.
    let both = "2 of [alice@active, carol@active]";
    place
        .veche(&format!("set account permission bob active '{both}'"))
        .well();
    place.settle();
    let transfer =
        "'{\"from\":\"bob\",\"to\":\"alice\",\"quantity\":\"1.0000 SYS\",\"memo\":\"share\"}'";
    let requested = "'[{\"actor\":\"alice\",\"permission\":\"active\"},{\"actor\":\"carol\",\"permission\":\"active\"}]'";
    let line = format!(
        "multisig propose first {requested} '[{{\"actor\":\"bob\",\"permission\":\"active\"}}]' eosio.token transfer {transfer} alice"
    );
    let ours = place.veche(&format!("{line} -s -d")).well().json();
    let theirs = place.cleos(&format!("{line} -s -d")).well().json();
    assert_eq!(actions(&ours), actions(&theirs));
    place.veche(&line).well();
    place.settle();
    for line in [
        "multisig approve alice first '{\"actor\":\"alice\",\"permission\":\"active\"}'",
        "multisig unapprove alice first '{\"actor\":\"alice\",\"permission\":\"active\"}'",
        "multisig cancel alice first alice",
        "multisig exec alice first alice",
        "multisig invalidate alice",
    ] {
        // cleos takes the permission of the transaction from -p where it differs from the proposer.
        let line = format!("{line} -p alice -s -d");
        let ours = place.veche(&line).well().json();
        let theirs = place.cleos(&line).well().json();
        assert_eq!(ours["actions"], theirs["actions"], "{line}");
    }
    let hash = place
        .veche("multisig review alice first --json")
        .well()
        .json();
    let hash = hash["data"]["transaction_id"].as_str().unwrap().to_owned();
    place
        .veche(&format!("multisig approve alice first alice@active {hash}"))
        .well();
    place.settle();
    reviewed_alike(&place, "first", &["approved", "unapproved"]);
    let early = place.veche("multisig exec alice first");
    assert_eq!(early.code, 6, "{early:?}");
    place.veche("multisig invalidate alice").well();
    place.settle();
    reviewed_alike(&place, "first", &["invalidated", "unapproved"]);
    let text = place.veche("multisig review alice first").well().out;
    assert!(
        text.contains("eosio.token::transfer  by bob@active"),
        "{text}"
    );
    place.veche("multisig unapprove alice first alice").well();
    place.settle();
    place.veche("multisig approve alice first alice").well();
    place.settle();
    place.veche("multisig approve alice first carol").well();
    place.settle();
    place.veche("multisig exec alice first carol").well();
    place.settle();
    let gone = place.veche("multisig review alice first");
    assert!(
        gone.code == 4 && gone.err.contains("has no proposal first"),
        "{gone:?}"
    );
    any_command_becomes_a_proposal(&place);
    headers_are_proposed(&place);
}

/// Both programs tell the same about a proposal.
fn reviewed_alike(place: &Place, proposal: &str, statuses: &[&str]) {
    let ours = place
        .veche(&format!("multisig review alice {proposal} --json"))
        .well()
        .json();
    let theirs = place
        .cleos(&format!(
            "multisig review alice {proposal} --show-approvals"
        ))
        .well()
        .json();
    let found = ours["data"]["approvals"].as_array().unwrap().iter();
    let found: Vec<_> = found.map(|it| it["status"].as_str().unwrap()).collect();
    assert_eq!(found, statuses);
    for field in [
        "approvals",
        "transaction_id",
        "packed_transaction",
        "proposer",
        "proposal_name",
    ] {
        assert_eq!(ours["data"][field], theirs[field], "{field}");
    }
    let action = |it: &Value| it["transaction"]["actions"][0].clone();
    assert_eq!(action(&ours["data"]), action(&theirs));
}

fn any_command_becomes_a_proposal(place: &Place) {
    let line = "system buyram bob bob '1.0000 SYS' --propose ram --proposer carol";
    let said = place.veche(line).well();
    place.settle();
    assert!(said.err.contains("alice@active, carol@active"), "{said:?}");
    let review = place
        .veche("multisig review carol ram --json")
        .well()
        .json();
    let approvals = review["data"]["approvals"].as_array().unwrap();
    assert_eq!(approvals.len(), 2, "{review}");
    assert_eq!(
        review["data"]["transaction"]["actions"][0]["name"],
        "buyram"
    );
    let before = place
        .node
        .client()
        .get_account(name("bob"))
        .unwrap()
        .ram_quota;
    place.veche("multisig approve carol ram alice").well();
    place.settle();
    place.veche("multisig approve carol ram carol").well();
    place.settle();
    place.veche("multisig exec carol ram carol").well();
    place.settle();
    // The contract delays it by a block.
    let begin = std::time::Instant::now();
    while place
        .node
        .client()
        .get_account(name("bob"))
        .unwrap()
        .ram_quota
        <= before
    {
        assert!(
            begin.elapsed() < std::time::Duration::from_secs(60),
            "not executed"
        );
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    // Approvals that are asked for by name; and a transaction of JSON.
    let line =
        "transfer bob alice '1.0000 SYS' --propose pay --proposer carol --requested carol,alice";
    place.veche(line).well();
    place.settle();
    let review = place
        .veche("multisig review carol pay --json")
        .well()
        .json();
    assert_eq!(review["data"]["approvals"][1]["level"]["actor"], "carol");
    place.veche("multisig cancel carol pay").well();
    place.settle();
    let built = place.veche("transfer bob alice '1.0000 SYS' -s -d").well();
    std::fs::write(place.path("trx"), &built.out).unwrap();
    place
        .veche("multisig propose_trx again auto {folder}/trx alice")
        .well();
    place.settle();
    let review = place
        .veche("multisig review alice again --json")
        .well()
        .json();
    assert_eq!(review["data"]["approvals"].as_array().unwrap().len(), 2);
    let said = place.veche("transfer bob alice '1.0000 SYS' --propose pay");
    assert!(
        said.code == 2 && said.err.contains("--proposer"),
        "{said:?}"
    );
}

/// What a header says about limits, delay and time is proposed as it was given, and as cleos proposes it. The
/// block that a command's transaction would refer to is not: it would be too old when a proposal is executed.
fn headers_are_proposed(place: &Place) {
    let proposed = |proposer: &str, proposal: &str| {
        let review = place.veche(&format!("multisig review {proposer} {proposal} --json"));
        review.well().json()["data"]["transaction"].clone()
    };
    let limits = "--max-net-usage 801 --max-cpu-usage-ms 7 --delay-sec 60";
    let transfer = format!("transfer bob alice '1.0000 SYS' {limits}");
    let theirs = place.cleos(&format!("{transfer} -s -d")).well().json();
    place
        .veche(&format!("{transfer} --propose limits --proposer carol"))
        .well();
    place.settle();
    let ours = proposed("carol", "limits");
    for field in ["max_net_usage_words", "max_cpu_usage_ms", "delay_sec"] {
        assert_eq!(ours[field], theirs[field], "{field}");
        assert_ne!(ours[field], json!(0), "{field}");
    }
    for field in ["ref_block_num", "ref_block_prefix"] {
        assert_eq!(ours[field], json!(0), "{field}");
    }

    // A packed transaction, of which an expiration is a part, and the same as JSON by both programs.
    let packed = place
        .veche(&format!("{transfer} -x 1800 -s -d --return-packed"))
        .well();
    std::fs::write(place.path("packed"), &packed.out).unwrap();
    let plain = place
        .veche("convert unpack_transaction {folder}/packed")
        .well();
    std::fs::write(place.path("plain"), &plain.out).unwrap();
    let line = |file: &str| {
        let both = "'[{\"actor\":\"alice\",\"permission\":\"active\"},{\"actor\":\"carol\",\"permission\":\"active\"}]'";
        format!("multisig propose_trx packed {both} {{folder}}/{file} alice")
    };
    let theirs = place
        .cleos(&format!("{} -s -d", line("plain")))
        .well()
        .json();
    for file in ["packed", "plain"] {
        let ours = place.veche(&format!("{} -s -d", line(file))).well().json();
        assert_eq!(ours["actions"], theirs["actions"], "{file}");
    }
    place.veche(&line("packed")).well();
    place.settle();
    let expiration = plain.json()["expiration"].clone();
    assert!(expiration.is_string(), "{plain:?}");
    assert_eq!(proposed("alice", "packed")["expiration"], expiration);
}

#[test]
fn a_wrapped_transaction_needs_no_permission() {
    let place = Place::with_privileged("eosio.wrap");
    let inner = place
        .veche("transfer bob alice '3.0000 SYS' wrapped -s -d")
        .well();
    std::fs::write(place.path("inner"), &inner.out).unwrap();
    let line = "wrap exec alice {folder}/inner";
    let ours = place.veche(&format!("{line} -s -d")).well().json();
    let theirs = place.cleos(&format!("{line} -s -d")).well().json();
    assert_eq!(ours["actions"], theirs["actions"]);
    place.veche(line).well();
}
