//! A production chain gets code that others can build again, and whoever deploys agrees twice.

use super::network::{ACCOUNTS, NETWORK, Network, ROOT, Said};
use serde_json::json;

/// A rollout of soviet to a chain that counts, from a checkout whose files git says are like this.
fn rollout(network: &Network, git: (&str, &str), words: &str) -> Said {
    let file = network.folder.path().join("soviet.toml");
    let text =
        "[[contract]]\npackage = 'soviet'\naccount = 'vechecouncil'\nfeatures = ['migration']\n";
    std::fs::write(&file, text).expect("a file");
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| format!("{ROOT}/target"));
    let mut command = network.program();
    command
        .arg("rollout")
        .arg(file)
        .args(["-C", ROOT, "--json"]);
    command.args(["--quiet", "--target-dir", &format!("{target}/production")]);
    let key = ACCOUNTS[1].1;
    command.args(["-n", NETWORK, "-x", "--key", key]);
    command.args(words.split_whitespace()).env(git.0, git.1);
    network.said(&mut command)
}

#[test]
fn sources_that_no_commit_has_do_not_get_to_a_production_chain() {
    let network = Network::start();
    let account = ACCOUNTS[1].1;
    network.rich(account, 100);
    // Whoever marks a network so is asked twice on it.
    let url = network.node.url();
    network
        .veche(&format!("net add {NETWORK} {url} --production"))
        .data();
    let code = || {
        let client = network.node.client();
        let code = client.get_code_hash(account.parse().expect("a name"));
        code.expect("its code").to_string()
    };
    let none = "0".repeat(64);

    // An empty index: every file differs from the commit. No repository: there is no commit.
    let folder = network.folder.path().display().to_string();
    let index = format!("{folder}/index");
    let empty = std::process::Command::new("git")
        .args(["-C", ROOT, "read-tree", "--empty"])
        .env("GIT_INDEX_FILE", &index)
        .status();
    assert!(empty.expect("git runs").success());
    let changed = ("GIT_INDEX_FILE", &*index);
    let absent = format!("{folder}/nothing");
    for git in [changed, ("GIT_DIR", &*absent)] {
        let refused = rollout(&network, git, "-yy");
        let (kind, message, hint) = refused.failure();
        assert_eq!(
            (refused.code, &*kind),
            (8, "rollout.dirty"),
            "{}",
            refused.out
        );
        assert!(
            message.contains("soviet was not built from a commit"),
            "{message}"
        );
        assert!(hint.contains("--accept-dirty"), "{hint}");
        assert_eq!(code(), none);
    }

    // Once is not enough where it counts.
    let once = rollout(&network, changed, "--accept-dirty -y");
    assert_eq!(once.failure().0, "declined", "{}", once.out);
    assert_eq!(code(), none);
    let done = rollout(&network, changed, "--accept-dirty -yy").data();
    assert_eq!(done["is_done"], true, "{done:#}");
    assert_eq!(done["contracts"][0]["build"]["dirty"], json!(true));
    assert_eq!(json!(code()), done["contracts"][0]["new"]["code_hash"]);
}
