//! A node that is restored from an older copy of its folder, and then makes other blocks.

use super::{caught_up, following, ran, rebuilt, rows};
use crate::home::{Home, MARIA, copy};
use crate::keepers::by;
use serde_json::{Value, json};

/// A number of what a command gave.
fn number(given: &Value, field: &str) -> u64 {
    given["data"][field].as_u64().unwrap()
}

/// Puts another folder in the place of the chain's.
fn restore(home: &mut Home, from: &std::path::Path) {
    home.kill();
    std::fs::remove_dir_all(home.chain()).unwrap();
    copy(from, home.chain());
    home.restart();
}

/// Blocks are made when they are asked for, from now on; the number of the last.
fn stand_still(home: &Home) -> u64 {
    let client = home.client();
    let request = json!({ "mode": "on-demand" });
    let _: Value = client.call("/v1/dev/production", &request).unwrap();
    client.get_info().unwrap().head_block_num.into()
}

#[test]
fn blocks_that_a_restored_node_makes_otherwise_are_undone_or_refused() {
    let (mut home, folder, old) = (
        Home::open(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    by(&home, MARIA, &["contribute", "5.0000 RUB"]);
    let copied = stand_still(&home);
    caught_up(&home, folder.path());

    // The block that is not final yet is another one after the node went back.
    let client = home.client();
    let call = |name: &str, request: Value| -> Value {
        client.call(&format!("/v1/dev/{name}"), &request).unwrap()
    };
    let snapshot = call("snapshot", json!({}))["id"].clone();
    for (sum, undone) in [("6.0000 RUB", 0), ("7.0000 RUB", 1), ("8.0000 RUB", 1)] {
        call("revert", json!({ "id": snapshot }));
        by(&home, MARIA, &["contribute", sum]);
        call("produce_blocks", json!({ "count": 1 }));
        let ahead = caught_up(&home, folder.path());
        assert_eq!(number(&ahead, "head"), copied + 1, "{ahead}");
        assert_eq!(number(&ahead, "undone"), undone, "{ahead}");
        assert_eq!(rows(folder.path()), rebuilt(&home), "{sum}");
    }
    home.stop();
    copy(home.chain(), old.path());
    home.restart();

    // What is final is not undone: it stops, and says what to do.
    by(&home, MARIA, &["contribute", "9.0000 RUB"]);
    for _ in 0..3 {
        home.pass(60);
    }
    let ahead = caught_up(&home, folder.path());
    assert!(number(&ahead, "last_irreversible") > copied, "{ahead}");
    restore(&mut home, old.path());
    for _ in 0..8 {
        home.pass(30);
    }
    let before = rows(folder.path());
    let run = following(&home, folder.path(), &["index", "run", "--until-head"]);
    let refused = ran(run, 1);
    assert_eq!(
        refused["errors"][0]["code"], "indexing.diverged",
        "{refused}"
    );
    let hint = refused["errors"][0]["hint"].as_str().unwrap();
    assert!(hint.contains("index rebuild --index"), "{hint}");
    assert_eq!(rows(folder.path()), before, "nothing was undone");

    let rebuild = following(&home, folder.path(), &["index", "rebuild", "--to-head"]);
    ran(rebuild, 0);
    caught_up(&home, folder.path());
    let after = rows(folder.path());
    assert_ne!(after, before);
    assert_eq!(after, rebuilt(&home));
}
