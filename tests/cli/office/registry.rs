//! `veche registry`, and the two forms of history that nodes offer.

use super::{Bureau, CASHIER, Desk, MARIA};
use antelope_rpc_client::{Answer, Client, ClientError, Transport};
use antelope_types::name;
use coop_client::history::{Before, History};
use coop_client::registry::{Page, Wanted, read};
use coop_client::{Contracts, ReadError};
use serde_json::{Value, json};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

/// A return that the council decides, one that it declines, and questions whose term is over.
pub(super) fn decisions(lang: &'static str) -> Bureau {
    let bureau = Bureau::open(lang);
    bureau.by(MARIA, "contribute", &["500.0000 RUB"]);
    let paid = ["500.0000 RUB", "--record", "order 1"];
    bureau.by(CASHIER, "pay nolifarubime", &paid);
    bureau.decided();
    bureau.by(MARIA, "return", &["200.0000 RUB"]);
    bureau.decided();
    let sent = ["200.0000 RUB", "--record", "order 2"];
    bureau.by(CASHIER, "pay nolifarubime", &sent);
    bureau.by(MARIA, "return", &["100.0000 RUB"]);
    bureau.declined();
    bureau.desk.pass(50 * 3600);
    let key = bureau.desk.key("eosio");
    let keeper = "keeper --once -p eosio@active --key-file";
    assert_eq!(bureau.desk.run(keeper, &[&key]).code, 0);
    // History has whole blocks.
    bureau.desk.pass(1);
    bureau
}

/// The numbers of the decisions of a list.
pub(super) fn ids(list: &Value) -> Vec<u64> {
    let decisions = list["decisions"].as_array().expect("a list").iter();
    decisions.filter_map(|it| it["id"].as_u64()).collect()
}

fn registry(lang: &'static str, words: [&str; 5]) {
    let bureau = decisions(lang);
    let all = bureau.desk.data("registry");
    // 1 is the admission of the sample; 2 and 3 are its questions, whose term is over.
    assert_eq!(ids(&all), [3, 2, 6, 5, 4, 1]);
    let facts = |id: u64| {
        let all = all["decisions"].as_array().expect("a list").iter();
        let mut found = all.filter(|it| it["id"] == id);
        found.next().expect("a decision").clone()
    };
    for (id, kind, fate, quantity) in [
        (1, "joincoop", "carried_out", json!("4000.0000 RUB")),
        (2, "freedecision", "not_approved", json!(null)),
        (4, "sharemoney", "carried_out", json!("500.0000 RUB")),
        (5, "returnmoney", "carried_out", json!("200.0000 RUB")),
        (6, "returnmoney", "declined", json!("100.0000 RUB")),
    ] {
        let found = facts(id);
        assert_eq!(
            (&found["kind"], &found["fate"], &found["quantity"]),
            (&json!(kind), &json!(fate), &quantity),
            "{id}"
        );
    }
    let returned = facts(5);
    assert_eq!(returned["paid"]["quantity"], "200.0000 RUB");
    assert_eq!(returned["chairman"], "mirodaluvaxe");
    assert_eq!(returned["votes"].as_array().map(Vec::len), Some(4));
    for file in ["statement_file", "protocol_file"] {
        let file = returned[file].as_str().expect("a file of the desk");
        let path = bureau
            .desk
            .folder
            .path()
            .join("desk/zarechyekoop")
            .join(file);
        assert!(path.exists(), "{file}");
    }
    assert_eq!(facts(1)["protocol_file"], json!(null), "of another desk");

    // Filters and pages.
    let list = |words: &str| ids(&bureau.desk.data(words));
    assert_eq!(list("registry --kind returnmoney"), [6, 5]);
    assert_eq!(list("registry --fate declined"), [6]);
    assert_eq!(list("registry --person nolifarubime --kind joincoop"), [1]);
    assert_eq!(list("registry --until 2000-01-01"), [0; 0]);
    assert_eq!(list("registry --since 2100-01-01"), [0; 0]);
    let first = bureau.desk.data("registry --count 3");
    let rest = format!("registry --before {}", first["before"]);
    assert_eq!([ids(&first), list(&rest)].concat(), ids(&all));
    assert_eq!(all["before"], json!(null));
    let cut = bureau.desk.data("registry --most 1");
    assert_eq!(cut["is_cut"], true);

    // In words.
    let text = bureau.read("registry");
    let [carried_out, not_approved, sent, none, unfinished] = words;
    for words in [carried_out, not_approved] {
        assert!(text.out.contains(words), "{words}: {}", text.out);
    }
    let shown = bureau.read("registry show 5");
    assert!(
        shown.out.contains(sent) && shown.out.contains("documents/"),
        "{}",
        shown.out
    );
    let missing = bureau.read("registry show 99");
    assert_eq!(missing.code, 4);
    assert!(missing.err.contains(none), "{}", missing.err);
    bureau.by(MARIA, "return", &["1.0000 RUB"]);
    let open = bureau.read("registry show 7");
    assert_eq!(open.code, 4);
    assert!(
        open.err.contains(unfinished) && open.err.contains("veche show 7"),
        "{}",
        open.err
    );
}

#[test]
fn the_registry_has_what_became_of_decisions_in_russian() {
    registry(
        "ru",
        [
            "исполнено",
            "не одобрено в срок",
            "Выплачено   200,00\u{a0}руб.",
            "в реестре нет решения 99\nчто делать: veche registry",
            "решение 7 не завершено",
        ],
    );
}

#[test]
fn the_registry_has_what_became_of_decisions_in_english() {
    registry(
        "en",
        [
            "carried out",
            "not approved in time",
            "Paid        200.00\u{a0}RUB",
            "the registry has no decision 99\nhelp: veche registry",
            "decision 7 is not finished",
        ],
    );
}

/// A node without some of its calls.
#[derive(Debug)]
struct Without {
    node: Client,
    calls: &'static [&'static str],
}

impl Transport for Without {
    fn address(&self) -> &str {
        self.node.url()
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        if !self.calls.iter().any(|call| path.starts_with(call)) {
            return self.node.post(path, body);
        }
        let body = json!({
            "code": 404, "message": "Not Found",
            "error": {
                "code": 0, "name": "exception", "what": "unspecified",
                "details": [{ "message": "Unknown Endpoint", "file": "", "line_number": 0, "method": "" }],
            },
        });
        let body = body.to_string().into_bytes();
        Ok(Answer { status: 404, body })
    }
}

/// The registry as a node without these calls has it.
fn page(
    node: &Client,
    calls: &'static [&'static str],
    before: Before,
    wanted: &Wanted,
) -> Result<(Page, u32), ReadError> {
    let node = Without {
        node: node.clone(),
        calls,
    };
    let client = Client::over(Arc::new(node));
    let contracts = Contracts::read(&client, name!("soviet"))?;
    let mut history = History::open(&client, &contracts, before, 1_000_000)?;
    let page = read(
        &mut history,
        contracts.soviet,
        name!("zarechyekoop"),
        wanted,
        &mut |_| {},
    )?;
    Ok((page, history.reads()))
}

#[test]
fn blocks_with_their_traces_tell_the_same_as_lists_of_actions() {
    let bureau = decisions("en");
    let node = bureau.desk.client();
    let wanted = Wanted {
        count: 2,
        ..Wanted::default()
    };
    let one = Wanted {
        id: Some(5),
        ..wanted.clone()
    };
    let info = node.get_info().expect("a head");
    let middle = info.head_block_num / 2;
    for (before, wanted) in [
        (Before::Now, &wanted),
        (Before::Now, &one),
        (Before::Block(middle), &wanted),
        (Before::Time(info.head_block_time), &wanted),
    ] {
        let (listed, few) = page(&node, &[], before, wanted).expect("lists");
        let (recorded, many) = page(&node, &["/v1/history"], before, wanted).expect("blocks");
        assert_eq!(listed.entries, recorded.entries, "{before:?}");
        assert_eq!(listed.before, recorded.before, "{before:?}");
        assert!(few <= many, "{few} {many}");
    }
    let none = page(
        &node,
        &["/v1/history", "/v1/trace_api"],
        Before::Now,
        &wanted,
    );
    assert!(matches!(none, Err(ReadError::NoHistory)), "{none:?}");
}

#[test]
fn a_real_node_has_the_registry_in_the_traces_of_its_blocks() {
    let bureau = Bureau::at(Desk::on_nodeos(), "en");
    bureau.by(MARIA, "contribute", &["500.0000 RUB"]);
    let paid = ["500.0000 RUB", "--record", "order 1"];
    bureau.by(CASHIER, "pay nolifarubime", &paid);
    bureau.decided();
    let mut list = Value::Null;
    // The plugin records a block a moment after it was made.
    for _ in 0..100 {
        list = bureau.desk.data("registry");
        if ids(&list).len() == 2 {
            break;
        }
        sleep(Duration::from_millis(100));
    }
    assert_eq!(ids(&list), [4, 1]);
    let newest = &list["decisions"][0];
    assert_eq!(
        (&newest["quantity"], &newest["chairman"]),
        (&json!("500.0000 RUB"), &json!("mirodaluvaxe"))
    );
    let one = bureau.desk.data("registry show 1");
    assert_eq!(one["quantity"], "4000.0000 RUB");
    let until = one["finished_at"].as_str().expect("a time");
    let before = bureau.desk.data(&format!("registry --until {until}"));
    assert_eq!(ids(&before), [0; 0]);
}
