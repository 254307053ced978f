//! Two keepers at once on a real node, 400 days after everybody has forgotten everything.

use super::super::past::Past;
use super::super::{Desk, clerk, desk::veche_at, rows};
use antelope_types::TimePoint;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use test_support::difference::difference;

const DAY: i64 = 86_400;
const CASHIER: &str = "gipavudorezo";
const CHAIRMAN: &str = "mirodaluvaxe";
const PARTICIPANT: &str = "nolifarubime";
const VOTERS: [&str; 4] = [CHAIRMAN, "kepozanuriso", "basulotimegi", "donavirepuka"];
const KEEPERS: [&str; 2] = ["eosio", CASHIER];

fn act(desk: &Desk, who: &str, words: &str, more: &[&str]) {
    let key = desk.key(who);
    let rest = ["--yes", "--as", who, "--lang", "en", "--key-file", &key];
    let said = desk.run(words, &[more, &rest].concat());
    assert_eq!(said.code, 0, "{words}: {}", said.err);
}

/// A contribution that is paid, on which the council votes.
fn contribution(desk: &Desk, sum: &str, vote: &str) -> u64 {
    act(desk, PARTICIPANT, "contribute", &[sum]);
    act(desk, CASHIER, "pay nolifarubime", &[sum, "--record", sum]);
    voted(desk, vote)
}

/// The council votes on the newest question, whose number is given back.
fn voted(desk: &Desk, vote: &str) -> u64 {
    let agenda = desk.data("agenda");
    let ids = agenda.as_array().expect("questions").iter();
    let id = ids.filter_map(|it| it["id"].as_u64()).max().expect("one");
    let voters = if vote == "against" {
        &VOTERS[..3]
    } else {
        &VOTERS[..]
    };
    for member in voters {
        act(desk, member, &format!("vote {id} {vote}"), &[]);
    }
    id
}

/// A day after which nobody does anything any more. The questions of the sample are open.
fn forgetful_day(desk: &Desk) {
    clerk::papers(desk);
    // Refused, and the money was never sent back.
    contribution(desk, "3.0000 RUB", "against");
    let kept = keeper(desk, "eosio");
    assert!(!kept.is_empty(), "a refusal is delivered");
    // An invoice that nobody pays.
    let anna = coop_demo::development_key("zuketamosiva".parse().expect("an account"));
    let public = antelope_rpc_client::signing::public_key(&anna).expect("a key");
    let open = "join --open zuketamosiva --public-key";
    act(desk, CASHIER, open, &[&public.to_string()]);
    act(desk, "zuketamosiva", "join", &[]);
    // Approved and not signed; signed and not carried out; declined and still there.
    contribution(desk, "10.0000 RUB", "for");
    let signed = contribution(desk, "7.0000 RUB", "for");
    act(
        desk,
        CHAIRMAN,
        &format!("authorize {signed} --sign-only"),
        &[],
    );
    let texts = ["A fence", "--decision", "To build a fence"];
    act(desk, "sulemokatira", "propose --question", &texts);
    voted(desk, "against");
}

/// A round of a keeper: the tasks and what became of them.
fn round(url: &str, folder: &std::path::Path, who: &str, key: &str) -> Vec<(Value, Value)> {
    let level = format!("{who}@active");
    let words = [
        "keeper",
        "--once",
        "--json",
        "-p",
        &level,
        "--key-file",
        key,
    ];
    let said = veche_at(url, folder, words);
    assert_eq!(said.code, 0, "{} {}", said.out, said.err);
    let object: Value = serde_json::from_str(&said.out).expect("an object");
    let done = object["data"]["done"].as_array().expect("tasks").iter();
    done.map(|it| (it["task"].clone(), it["fate"].clone()))
        .collect()
}

fn keeper(desk: &Desk, who: &str) -> Vec<(Value, Value)> {
    round(desk.url(), desk.folder.path(), who, &desk.key(who))
}

/// Two keepers run at once.
fn both(desk: &Desk) -> Vec<(Value, Value)> {
    let keys = KEEPERS.map(|who| desk.key(who));
    let (url, folder) = (desk.url(), desk.folder.path());
    std::thread::scope(|scope| {
        let keepers = KEEPERS.iter().zip(&keys);
        let keepers = keepers.map(|(who, key)| scope.spawn(move || round(url, folder, who, key)));
        let keepers: Vec<_> = keepers.collect();
        let rounds = keepers.into_iter();
        rounds.flat_map(|it| it.join().expect("a keeper")).collect()
    })
}

/// How often each action is in blocks, from one on; whoever sent it.
fn executed(desk: &Desk, from: u32) -> BTreeMap<String, u32> {
    let client = desk.client();
    let head = client.get_info().expect("the head").head_block_num;
    let mut times = BTreeMap::new();
    for number in from..=head {
        let request = json!({ "block_num_or_id": number });
        let block: Value = client.call("/v1/chain/get_block", &request).expect("it");
        for transaction in block["transactions"].as_array().expect("transactions") {
            let actions = &transaction["trx"]["transaction"]["actions"];
            for action in actions.as_array().into_iter().flatten() {
                let mut data = action["data"].clone();
                if let Value::Object(fields) = &mut data {
                    fields.retain(|_, it| !KEEPERS.iter().any(|who| it == who));
                }
                let action = format!("{} {data}", action["name"].as_str().unwrap_or_default());
                *times.entry(action).or_default() += 1;
            }
        }
    }
    times
}

fn today() -> TimePoint {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.expect("a clock after 1970").as_secs();
    TimePoint::from_micros(i64::try_from(seconds).expect("seconds") * 1_000_000)
}

fn ago(days: i64) -> TimePoint {
    TimePoint::from_micros(today().micros() - days * DAY * 1_000_000)
}

#[test]
fn two_keepers_at_once_do_everything_once_on_a_real_node() {
    let past = Past::since(ago(400));
    let desk = past.desk(ago(400));
    forgetful_day(&desk);
    let before = rows::without_agenda(&desk);
    desk.stop();
    let there = {
        // The rows that a real node has from the same blocks are the same to the byte.
        let still = past.on_nodeos(false);
        rows::of_the_chain(&rows::without_agenda(&still))
    };
    let before = rows::of_the_chain(&before);
    assert_eq!(
        difference(&there, &before),
        None,
        "- node, + embedded chain"
    );

    // The embedded chain 400 days later, with one keeper.
    let here = past.copy();
    let here = here.desk(today());
    let expected = keeper(&here, "eosio");
    let tasks = |done: &[(Value, Value)]| {
        let mut tasks: Vec<_> = done.iter().map(|(task, _)| task.to_string()).collect();
        tasks.sort();
        tasks.dedup();
        tasks
    };
    let kinds = expected.iter().filter_map(|(task, _)| match task {
        Value::String(kind) => Some(kind.as_str()),
        task => task.as_object()?.keys().next().map(String::as_str),
    });
    let kinds: BTreeSet<&str> = kinds.collect();
    let all = [
        "close_invoice",
        "decline",
        "deliver",
        "execute",
        "expire",
        "free_references",
        "publish_overdue_payment",
    ];
    assert_eq!(kinds, all.into());

    let node = past.on_nodeos(true);
    let begun = node.client().get_info().expect("the head").head_block_num;
    let done = both(&node);
    for (task, fate) in &done {
        assert!(fate.get("failed").is_none(), "{task}: {fate}");
    }
    assert_eq!(tasks(&done), tasks(&expected));
    // Until everything is in blocks.
    let head = node.client().get_info().expect("the head").head_block_num;
    let patience = Duration::from_secs(60);
    node.client()
        .wait_for_block(head + 4, patience)
        .expect("blocks");
    let times = executed(&node, begun);
    let twice: Vec<_> = times.iter().filter(|(_, count)| **count != 1).collect();
    assert_eq!(twice, []);
    assert_eq!(times.len(), expected.len(), "{times:?}");
    assert_eq!(both(&node), [], "nothing is left");
    assert_eq!(node.data("agenda"), json!([]));
    let [there, here] = [&node, &here].map(|desk| rows::lasting(&rows::read(desk)));
    assert_eq!(difference(&there, &here), None, "- node, + embedded chain");
}
