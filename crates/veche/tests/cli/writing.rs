//! What both programs would send is the same, and ours takes effect.

use crate::support::{Place, words};
use serde_json::{Value, json};

/// Each is built by both programs and compared; then ours is sent, unless it begins with `~`, which
/// stands for what the state of this chain does not allow.
const SENT: &[&str] = &[
    "transfer alice bob '1.0000 SYS' hello",
    "transfer alice bob '1.0000 SYS' 'it'\\''s' -p alice@owner",
    "push action eosio.token transfer '[\"alice\",\"carol\",\"0.5000 SYS\",\"\"]' -p alice",
    "~create account alice davedavedave {key}",
    "system newaccount alice davedavedave {key} --stake-net '1.0000 SYS' --stake-cpu '1.0000 SYS' --buy-ram-kbytes 8",
    "system newaccount alice erinerinerin {key} bob@active --stake-net '0.0000 SYS' --stake-cpu '0.0000 SYS' --buy-ram-bytes 8192",
    "system newaccount alice frankfrankfr {key} {key} --stake-net '0.0000 SYS' --stake-cpu '1.0000 SYS' --buy-ram '1.0000 SYS' --transfer",
    "system buyram alice bob '1.0000 SYS'",
    "system buyram alice bob 8 --kbytes",
    "system buyram alice bob 1024 --bytes",
    "system sellram bob 1024",
    "system delegatebw alice bob '2.0000 SYS' '3.0000 SYS'",
    "system delegatebw alice bob '2.0000 SYS' '3.0000 SYS' --buyram '1.0000 SYS'",
    "system delegatebw alice carol '1.0000 SYS' '1.0000 SYS' --transfer --buy-ram-bytes 1000",
    "system undelegatebw alice bob '1.0000 SYS' '1.0000 SYS'",
    "system bidname alice tiny '1.0000 SYS'",
    "system regproducer carol {key} https://carol.example 7",
    "system voteproducer prods alice carol",
    "system regproxy bob",
    "system unregproxy bob",
    "system regproxy bob",
    "system voteproducer proxy alice bob",
    "system voteproducer prods alice carol",
    "system regproducer alice {key}",
    "system voteproducer approve alice alice",
    "system voteproducer unapprove alice carol",
    "~system claimrewards carol",
    "system unregprod carol",
    "~system canceldelay alice active 00000000000000000000000000000000000000000000000000000000000000ff",
    "system rex deposit alice '50.0000 SYS'",
    "system voteproducer proxy alice bob",
    "system rex buyrex alice '10.0000 SYS'",
    "system rex lendrex alice '10.0000 SYS'",
    "system rex withdraw alice '1.0000 SYS'",
    "system rex unstaketorex alice bob '0.5000 SYS' '0.5000 SYS'",
    "~system rex sellrex alice '1.0000 REX'",
    "~system rex cancelrexorder alice",
    "system rex mvtosavings alice '1.0000 REX'",
    "system rex mvfromsavings alice '1.0000 REX'",
    "~system rex rentcpu alice bob '1.0000 SYS' '0.0000 SYS'",
    "~system rex rentnet alice bob '1.0000 SYS' '0.0000 SYS'",
    "~system rex fundcpuloan alice 1 '1.0000 SYS'",
    "~system rex fundnetloan alice 1 '1.0000 SYS'",
    "~system rex defundcpuloan alice 1 '1.0000 SYS'",
    "~system rex defundnetloan alice 1 '1.0000 SYS'",
    "system rex consolidate alice",
    "system rex updaterex alice",
    "system rex rexexec alice 2",
    "~system rex closerex alice",
];

/// The actions of a transaction that is printed and not sent.
fn actions(printed: &Value) -> Value {
    let actions = printed["actions"]
        .as_array()
        .unwrap_or_else(|| panic!("{printed}"));
    let fields = ["account", "name", "authorization", "data"];
    let bare = |action: &Value| fields.map(|field| action[field].clone());
    actions.iter().map(bare).map(|it| json!(it)).collect()
}

#[test]
fn what_both_send_is_the_same() {
    let place = Place::with_system();
    for line in SENT {
        let (is_only_compared, line) = match line.strip_prefix('~') {
            Some(line) => (true, line),
            None => (false, *line),
        };
        let ours = place.veche(&format!("{line} -s -d")).well().json();
        let theirs = place.cleos(&format!("{line} -s -d")).well().json();
        assert_eq!(actions(&ours), actions(&theirs), "{line}");
        // The line that is printed does the same, run by cleos itself.
        let printed = place.veche(&format!("{line} --print")).well().out;
        let printed = words(printed.trim());
        assert_eq!(printed[..3], ["cleos", "-u", place.node.url()], "{line}");
        let mut again = printed[3..].to_vec();
        again.extend(["-s", "-d"].map(str::to_owned));
        let printed = crate::support::cleos(place.node.url(), &again)
            .well()
            .json();
        assert_eq!(actions(&printed), actions(&theirs), "{line}: {again:?}");
        if !is_only_compared {
            let said = place.veche(line);
            assert!(said.out.starts_with("executed "), "{line}: {said:?}");
            place.settle();
        }
    }
    options_are_those_of_cleos(&place);
    features_are_activated_by_name(&place);
}

/// cleos sends this one at once. Here it is built from the feature's name as from its digest.
fn features_are_activated_by_name(place: &Place) {
    let by_name = place
        .veche("system activate WTMSIG_BLOCK_SIGNATURES -s -d")
        .well()
        .json();
    let digest = by_name["actions"][0]["data"].as_str().unwrap().to_owned();
    let by_digest = place
        .veche(&format!("system activate {digest} -s -d"))
        .well()
        .json();
    assert_eq!(by_digest["actions"], by_name["actions"]);
    let active = place.cleos("get supported_protocol_features").well().out;
    assert!(active.contains("WTMSIG_BLOCK_SIGNATURES"));
    let said = place.veche("system activate NO_SUCH_FEATURE");
    assert!(
        said.code == 4 && said.err.contains("GET_SENDER"),
        "{said:?}"
    );
    let said = place.veche("system activate WTMSIG_BLOCK_SIGNATURES");
    assert_eq!(said.code, 6, "it is active: {said:?}");
}

fn options_are_those_of_cleos(place: &Place) {
    let with = "-x 77 -f --max-cpu-usage-ms 20 --max-net-usage 4000 --delay-sec 0 -r 3 -s -d";
    let line = format!("transfer alice bob '1.0000 SYS' hello {with}");
    let ours = place.veche(&line).well().json();
    let theirs = place.cleos(&line).well().json();
    for field in [
        "ref_block_num",
        "ref_block_prefix",
        "max_cpu_usage_ms",
        "max_net_usage_words",
        "delay_sec",
        "signatures",
    ] {
        assert_eq!(ours[field], theirs[field], "{field}");
    }
    let nonce = |it: &Value| it["context_free_actions"][0]["name"].clone();
    assert_eq!(
        (nonce(&ours), nonce(&theirs)),
        (json!("nonce"), json!("nonce"))
    );
    // Those that have nothing to do here say so and stop nothing.
    let line = "transfer alice bob '0.0002 SYS' habits --compression zlib --use-old-rpc -t true";
    let said = place.veche(line).well();
    for word in ["--compression", "--use-old-rpc", "--return-failure-trace"] {
        assert!(said.err.contains(word), "{said:?}");
    }
    let line = "transfer alice bob '0.0003 SYS' --retry-irreversible true --retry-num-blocks 1 --json-file {folder}/result";
    place.veche(line).well();
    let kept: Value =
        serde_json::from_str(&std::fs::read_to_string(place.path("result")).unwrap()).unwrap();
    assert_eq!(kept["executed"], json!(true));
    let irreversible = place
        .node
        .client()
        .get_info()
        .unwrap()
        .last_irreversible_block_num;
    assert!(kept["block_num"].as_u64().unwrap() <= u64::from(irreversible));
    let key = place.key();
    place
        .veche(&format!(
            "transfer alice bob '0.0004 SYS' --sign-with {key}"
        ))
        .well();
    let other = "EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV";
    let said = place.veche(&format!(
        "transfer alice bob '0.0004 SYS' --sign-with {other}"
    ));
    assert_eq!(said.code, 4, "{said:?}");
    let packed = place
        .veche("transfer alice bob '1.0000 SYS' -d --return-packed")
        .well();
    assert!(packed.json()["packed_trx"].is_string());
    let unpacked = place
        .veche("transfer alice bob '1.0000 SYS' -d --unpack-action-data")
        .well();
    assert_eq!(unpacked.json()["actions"][0]["data"]["to"], "bob");
}
