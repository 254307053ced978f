//! `veche registry` where history is short of something: none at all, reads that are counted, pages with
//! filters.

use super::registry::{decisions, ids};
use super::{Bureau, MARIA};
use crate::cli::desk::veche_at;
use serde_json::Value;
use test_support::proxy::{Proxy, Spoil};

#[test]
fn a_node_without_history_has_no_registry() {
    let bureau = Bureau::open("ru");
    let proxy = Proxy::spoiling(bureau.desk.url(), |call, _| match call {
        "get_actions" | "get_block" | "get_transaction_trace" => Spoil::Unknown,
        _ => Spoil::Nothing,
    });
    let url = proxy.url();
    let folder = bureau.desk.folder.path();
    for (lang, told, step) in [
        ("ru", "узел не хранит историю", "что делать: --url узла"),
        ("en", "the node keeps no history", "help: --url of a node"),
    ] {
        for command in [vec!["registry"], vec!["registry", "show", "99"]] {
            let words = command.iter().copied().chain(["--lang", lang]);
            let said = veche_at(&url, folder, words);
            assert_eq!((said.code, said.out.as_str()), (5, ""), "{}", said.err);
            assert!(
                said.err.contains(told) && said.err.contains(step),
                "{}",
                said.err
            );
        }
    }
    let words = ["registry", "--json"];
    let said = veche_at(&url, folder, words);
    let object: Value = serde_json::from_str(&said.out).expect("an object");
    assert_eq!(object["errors"][0]["code"], "node.history");
    // What the state of the chain tells is told all the same.
    assert_eq!(veche_at(&url, folder, ["agenda"]).code, 0);
}

#[test]
fn a_walk_that_was_cut_goes_on_where_it_ended() {
    let bureau = decisions("en");
    let whole = ids(&bureau.desk.data("registry"));
    let (mut found, mut command) = (Vec::new(), "registry --most 2".to_owned());
    let mut cuts = 0;
    for _ in 0..100 {
        let page = bureau.desk.data(&command);
        found.extend(ids(&page));
        let Some(block) = page["before"].as_u64() else {
            break;
        };
        cuts += usize::from(page["is_cut"] == true);
        command = format!("registry --most 2 --before {block}");
        // The same is said to people.
        let told = bureau.read(&command).out;
        let next = bureau.desk.data(&command)["before"].as_u64();
        assert_eq!(
            told.contains("as far as --most allows"),
            next.is_some(),
            "{told}"
        );
    }
    assert_eq!(found, whole);
    assert!(cuts > 0, "--most was never reached");
    // One decision: the hint says how far was read.
    let said = bureau.read("registry show 1 --most 1");
    assert_eq!(said.code, 4, "{}", said.out);
    assert!(
        said.err.contains("a larger --most reads further"),
        "{}",
        said.err
    );
    assert_eq!(bureau.read("registry show 1").code, 0);
}

#[test]
fn pages_keep_to_all_filters_at_once() {
    let bureau = decisions("en");
    bureau.by(MARIA, "return", &["50.0000 RUB"]);
    bureau.decided();
    bureau.desk.pass(1);
    let pages = |filters: &str| {
        let (mut pages, mut more) = (Vec::new(), String::new());
        for _ in 0..20 {
            let page = bureau
                .desk
                .data(&format!("registry {filters} --count 1{more}"));
            // A page has whole blocks: it is longer where one block finished several.
            let decisions = page["decisions"].as_array().expect("a list");
            let mut times: Vec<_> = decisions.iter().map(|it| &it["finished_at"]).collect();
            times.dedup();
            assert!(times.len() <= 1, "{page}");
            pages.push(ids(&page));
            let Some(block) = page["before"].as_u64() else {
                break;
            };
            more = format!(" --before {block}");
        }
        pages.concat()
    };
    assert_eq!(pages("--kind returnmoney --fate carried-out"), [7, 5]);
    assert_eq!(
        pages("--kind returnmoney --kind sharemoney --fate carried-out --person nolifarubime"),
        [7, 5, 4]
    );
    assert_eq!(
        pages("--kind returnmoney --fate declined --person nolifarubime"),
        [6]
    );
    assert_eq!(pages("--person kepozanuriso --fate carried-out"), [0; 0]);
    // By time: from the fifth decision to before the seventh.
    let all = bureau.desk.data("registry");
    let at = |id: u64| {
        let mut all = all["decisions"].as_array().expect("a list").iter();
        let found = all.find(|it| it["id"] == id).expect("a decision");
        found["finished_at"].as_str().expect("a time").to_owned()
    };
    let filters = format!("--kind returnmoney --since {} --until {}", at(5), at(7));
    let data = bureau.desk.data(&format!("registry {filters}"));
    assert_eq!(ids(&data), [6, 5]);
}
