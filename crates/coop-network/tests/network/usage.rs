//! What is wrong with arguments, said before anything is done.

use super::network;
use std::fs;

#[test]
fn wrong_arguments_are_told_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let none = folder.path().join("none");
    for (arguments, code, expected) in [
        ("", Some(2), "Usage"),
        ("fly", Some(2), "unrecognized subcommand 'fly'"),
        ("kill", Some(2), "<NODES>"),
        (
            "kill a --signal hup",
            Some(2),
            "possible values: kill, term, stop, cont",
        ),
        (
            "join f --from nowhere",
            Some(2),
            "possible values: snapshot, genesis",
        ),
        ("cut a,b|c", Some(4), "make one by `up`"),
        ("status", Some(4), "make one by `up`"),
        ("check delegateaaaa", Some(4), "make one by `up`"),
        (
            "check A --url http://127.0.0.1:1",
            Some(2),
            "the name of an account",
        ),
        (
            "check a --url http://127.0.0.1:1 --rounds 0",
            Some(2),
            "1 to 100",
        ),
        ("down", Some(0), ""),
    ] {
        let output = network(&none, arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), code, "{arguments}: {said}");
        assert!(said.contains(expected), "{arguments}: {said}");
        assert!(!none.exists(), "{arguments}");
    }
}

#[test]
fn wrong_names_are_told_with_those_that_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let node = |name: &str, account: &str| {
        format!(
            r#"{{"name":"{name}","account":{account},"http_port":1,"p2p_port":2,"snapshot":null}}"#
        )
    };
    let nodes = [
        node("a", r#""delegateaaaa""#),
        node("b", r#""delegatebbbb""#),
        node("api", "null"),
    ];
    let state = format!(
        r#"{{"is_booted":true,"groups":[],"nodes":[{}]}}"#,
        nodes.join(",")
    );
    let file = folder.path().join("network.json");
    fs::write(&file, &state).unwrap();
    for (arguments, expected) in [
        ("kill a z", "no node `z`; expected one of a, b, api"),
        ("kill a", "node `a` does not run"),
        ("start z", "no node `z`"),
        ("cut a", "names 1 group"),
        ("cut a,b a", "node `a` is named twice"),
        (
            "join api",
            "`api` is no name for a delegate's node; expected one letter a–z",
        ),
        ("vote a,api", "node `api` is not a delegate's"),
        ("vote a --holder anna", "expected one of holderaaaaaa"),
        ("status --rounds 101", "expected 1 to 100"),
    ] {
        let output = network(folder.path(), arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {said}");
        assert!(said.contains(expected), "{arguments}: {said}");
    }
    let json = network(folder.path(), "kill z --json");
    let text = String::from_utf8_lossy(&json.stdout);
    assert!(text.contains("usage.argument"), "{text}");
    // Nothing was changed, and nodes that do not run have no process.
    assert_eq!(fs::read_to_string(&file).unwrap(), state);
    let status = super::data(folder.path(), "status");
    assert_eq!(status["nodes"][0]["is_alive"], false, "{status}");
}

#[test]
fn commands_on_one_folder_exclude_one_another() {
    let folder = tempfile::tempdir().unwrap();
    let lock = fs::File::create(folder.path().join("lock")).unwrap();
    lock.lock().unwrap();
    let output = network(folder.path(), "up");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("another command is working on the network"),
        "{said}"
    );
}
