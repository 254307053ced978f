//! What holds the layers: which crate may use which, what is compiled for whom, and that no modules
//! import one another.

use std::fs;
use std::path::Path;
use workspace_layers::{Modules, cycles, packages, tree};

/// Every crate under `crates`, with the crates of this workspace that it may be compiled with.
const ARROWS: &[(&str, &[&str])] = &[
    ("antelope-macros", &[]),
    ("antelope-intrinsics", &[]),
    ("antelope-envelope", &[]),
    ("antelope-types", &["antelope-macros"]),
    ("antelope-abi", &["antelope-types"]),
    ("antelope-keys", &["antelope-types"]),
    ("antelope-module", &["antelope-intrinsics"]),
    (
        "antelope-contract",
        &["antelope-intrinsics", "antelope-macros", "antelope-types"],
    ),
    (
        "antelope-build",
        &["antelope-intrinsics", "antelope-module", "antelope-types"],
    ),
    (
        "cargo-antelope",
        &[
            "antelope-build",
            "antelope-cli",
            "antelope-envelope",
            "antelope-keystore",
            "antelope-rpc-client",
            "antelope-types",
        ],
    ),
    ("antelope-ledger", &["antelope-keys", "antelope-types"]),
    (
        "antelope-vm",
        &[
            "antelope-intrinsics",
            "antelope-keys",
            "antelope-ledger",
            "antelope-module",
            "antelope-types",
        ],
    ),
    (
        "antelope-rpc-client",
        &["antelope-abi", "antelope-keys", "antelope-types"],
    ),
    (
        "antelope-keystore",
        &["antelope-keys", "antelope-rpc-client", "antelope-types"],
    ),
    (
        "antelope-cli",
        &[
            "antelope-envelope",
            "antelope-keystore",
            "antelope-rpc-client",
            "antelope-types",
        ],
    ),
    ("antelope-history", &["antelope-ledger", "antelope-types"]),
    (
        "antelope-chain",
        &[
            "antelope-abi",
            "antelope-history",
            "antelope-keys",
            "antelope-ledger",
            "antelope-rpc-client",
            "antelope-types",
            "antelope-vm",
        ],
    ),
    (
        "antelope-follow",
        &[
            "antelope-chain",
            "antelope-history",
            "antelope-rpc-client",
            "antelope-types",
            // Of its tests.
            "antelope-node",
        ],
    ),
    (
        "antelope-rpc",
        &[
            "antelope-chain",
            "antelope-history",
            "antelope-keys",
            "antelope-node",
            "antelope-rpc-client",
            "antelope-types",
        ],
    ),
    (
        "antelope-testing",
        &["antelope-build", "antelope-chain", "antelope-types"],
    ),
    (
        "antelope-node",
        &["antelope-abi", "antelope-rpc-client", "antelope-types"],
    ),
    ("coop-model", &["antelope-contract", "antelope-types"]),
    (
        "coop-wasm",
        &[
            "antelope-keys",
            "antelope-types",
            "coop-model",
            // Of its tests.
            "antelope-abi",
            "antelope-build",
            "coop-documents",
            "coop-wasm-build",
        ],
    ),
    ("coop-wasm-build", &["antelope-build"]),
    ("coop-language", &["coop-model"]),
    ("coop-rules", &["coop-model"]),
    (
        "coop-documents",
        &[
            "antelope-rpc-client",
            "antelope-types",
            "coop-language",
            "coop-model",
        ],
    ),
    // Its tests name hashes.
    ("coop-pdf", &["antelope-types", "coop-documents"]),
    ("coop-texts", &["coop-model", "coop-rules"]),
    (
        "coop-client",
        &["antelope-rpc-client", "antelope-types", "coop-model"],
    ),
    (
        "coop-keeper",
        &[
            "antelope-rpc-client",
            "antelope-types",
            "coop-client",
            "coop-model",
        ],
    ),
    (
        "coop-papers",
        &[
            "antelope-types",
            "coop-client",
            "coop-documents",
            "coop-language",
            "coop-model",
        ],
    ),
    (
        "coop-index",
        &[
            "antelope-abi",
            "antelope-follow",
            "antelope-types",
            "coop-client",
        ],
    ),
    // Its tests follow the sample life of coop-index, and compare what it takes with what browsers pack.
    (
        "coop-server",
        &[
            "antelope-abi",
            "antelope-follow",
            "antelope-keys",
            "antelope-rpc-client",
            "antelope-types",
            "coop-client",
            "coop-documents",
            "coop-index",
            "coop-language",
            "coop-model",
            "coop-papers",
            "coop-private",
            "coop-wasm",
        ],
    ),
    // Its tests follow the sample life of coop-index.
    (
        "coop-archive",
        &[
            "antelope-rpc-client",
            "antelope-types",
            "coop-index",
            "coop-model",
        ],
    ),
    (
        "coop-private",
        &[
            "antelope-keys",
            "antelope-keystore",
            "antelope-types",
            "coop-documents",
            "coop-index",
            "coop-model",
            // Of its tests.
            "antelope-follow",
            "coop-client",
        ],
    ),
    (
        "coop-demo",
        &[
            "antelope-build",
            "antelope-chain",
            "antelope-node",
            "antelope-rpc-client",
            "antelope-types",
            "coop-client",
            "coop-documents",
            "coop-language",
            "coop-model",
        ],
    ),
    (
        "coop-node",
        &[
            "antelope-chain",
            "antelope-node",
            "antelope-rpc",
            "antelope-rpc-client",
            "antelope-types",
            "coop-demo",
        ],
    ),
    (
        "coop-history",
        &[
            "antelope-abi",
            "antelope-chain",
            "antelope-keys",
            "antelope-ledger",
            "antelope-types",
        ],
    ),
    (
        "coop-network",
        &[
            "antelope-envelope",
            "antelope-node",
            "antelope-rpc-client",
            "antelope-types",
        ],
    ),
    (
        "veche",
        &[
            "antelope-chain",
            "antelope-cli",
            "antelope-envelope",
            "antelope-follow",
            "antelope-keystore",
            "antelope-rpc",
            "antelope-types",
            "coop-archive",
            "coop-client",
            "antelope-rpc-client",
            "coop-demo",
            "coop-documents",
            "coop-history",
            "coop-index",
            "coop-keeper",
            "coop-language",
            "coop-model",
            "coop-node",
            "coop-papers",
            "coop-pdf",
            "coop-private",
            "coop-server",
            // Of its tests.
            "antelope-node",
            "antelope-rpc-client",
        ],
    ),
    (
        "test-support",
        &[
            "antelope-chain",
            "antelope-history",
            "antelope-node",
            "antelope-rpc-client",
            "antelope-types",
            "token",
        ],
    ),
    ("workspace-layers", &[]),
];

/// The engine, and what it compiles with.
const ENGINE: &[&str] = &["wasmtime", "cranelift-codegen"];
/// HTTP and TLS.
const TLS: &[&str] = &["ureq", "rustls", "ring"];
/// C++.
const CPP: &[&str] = &["rs_abieos"];
/// What runs cargo.
const RUNNER: &[&str] = &["antelope-build"];
/// What answers over a network.
const SERVER: &[&str] = &["hyper", "tokio", "tokio-tungstenite"];
/// What makes a node or plays on a chain.
const NODE_OF_OURS: &[&str] = &["antelope-chain", "antelope-rpc", "coop-demo", "coop-node"];
/// The typesetter.
const TYPESETTER: &[&str] = &["typst", "krilla", "typst-assets"];
/// What runs a real node.
const NODE: &[&str] = &["antelope-node"];

#[test]
fn crates_use_those_that_the_table_allows() {
    let mut problems = Vec::new();
    for package in packages() {
        if !package
            .folder
            .parent()
            .is_some_and(|folder| folder.ends_with("crates"))
        {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == package.name) else {
            problems.push(format!("{} is not in the table", package.name));
            continue;
        };
        for used in &package.dependencies {
            if !allowed.contains(&used.as_str()) {
                problems.push(format!("{} -> {used}", package.name));
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn nobody_compiles_what_they_do_not_use() {
    // A package, the arguments that choose its features, and what it must not compile.
    type Case = (
        &'static str,
        &'static [&'static str],
        &'static [&'static [&'static str]],
    );
    let cases: &[Case] = &[
        // Who writes a contract.
        (
            "antelope-contract",
            &["--all-features"],
            &[ENGINE, TLS, CPP, RUNNER],
        ),
        ("hello", &[], &[ENGINE, TLS, CPP, RUNNER]),
        ("antelope-build", &[], &[ENGINE, TLS, CPP]),
        // Who tests one: an engine, but nothing of the network.
        ("antelope-testing", &["--all-features"], &[TLS, CPP]),
        // Who talks to a node.
        (
            "antelope-rpc-client",
            &["--all-features"],
            &[ENGINE, CPP, RUNNER, &["secp256k1-sys"]],
        ),
        // Who keeps keys.
        (
            "antelope-keystore",
            &["--all-features"],
            &[ENGINE, CPP, RUNNER, SERVER, NODE],
        ),
        // Who embeds a chain, with the engine and without.
        ("antelope-chain", &["--all-features"], &[TLS, CPP, RUNNER]),
        (
            "antelope-chain",
            &["--no-default-features"],
            &[ENGINE, TLS, CPP, RUNNER],
        ),
        ("antelope-vm", &[], &[TLS, CPP, RUNNER]),
        ("antelope-ledger", &[], &[ENGINE, TLS, CPP, RUNNER]),
        // Who deploys.
        (
            "cargo-antelope",
            &["--all-features"],
            &[ENGINE, CPP, NODE, SERVER],
        ),
        // Who uses the command line, unless they ask for the demo or the node.
        (
            "veche",
            &[],
            &[ENGINE, CPP, RUNNER, NODE, SERVER, NODE_OF_OURS, TYPESETTER],
        ),
        // Who prints, and whoever compiles the crate without its feature, as the whole workspace does.
        (
            "veche",
            &["--features", "pdf"],
            &[ENGINE, CPP, RUNNER, NODE, SERVER, NODE_OF_OURS],
        ),
        // Who keeps the registry beside nodes of others: a server, and no engine.
        (
            "veche",
            &["--features", "registry"],
            &[ENGINE, CPP, RUNNER, NODE, NODE_OF_OURS, TYPESETTER],
        ),
        // Who also answers the API over it.
        (
            "veche",
            &["--features", "api"],
            &[ENGINE, CPP, RUNNER, NODE, NODE_OF_OURS, TYPESETTER],
        ),
        (
            "coop-server",
            &[],
            &[ENGINE, CPP, RUNNER, NODE, NODE_OF_OURS, TYPESETTER],
        ),
        // Who follows a chain, and who keeps the registry.
        (
            "antelope-follow",
            &[],
            &[ENGINE, TLS, CPP, RUNNER, SERVER, NODE],
        ),
        ("coop-index", &[], &[ENGINE, TLS, CPP, RUNNER, SERVER, NODE]),
        ("coop-private", &[], &[ENGINE, CPP, RUNNER, SERVER, NODE]),
        (
            "coop-archive",
            &[],
            &[ENGINE, CPP, RUNNER, SERVER, NODE, TYPESETTER],
        ),
        ("coop-pdf", &[], &[TYPESETTER, ENGINE, CPP]),
        // Who tells the story has no server.
        ("veche", &["--features", "demo"], &[CPP, SERVER]),
        ("veche", &["--features", "node"], &[CPP, TYPESETTER]),
    ];
    let mut problems = Vec::new();
    for (package, arguments, unwanted) in cases {
        let compiled = tree(package, arguments);
        assert!(compiled.contains(*package), "{package}: {compiled:?}");
        for name in unwanted.iter().copied().flatten() {
            if compiled.contains(*name) {
                problems.push(format!("{package} {arguments:?} compiles {name}"));
            }
        }
    }
    // The check would see it.
    assert!(tree("antelope-vm", &[]).contains("wasmtime"));
    assert!(tree("antelope-rpc-client", &["--all-features"]).contains("rustls"));
    let demo = tree("veche", &["--features", "demo"]);
    assert!(demo.contains("wasmtime") && demo.contains("antelope-node"));
    let node = tree("veche", &["--features", "node"]);
    assert!(node.contains("wasmtime") && node.contains("hyper") && node.contains("coop-node"));
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn no_modules_of_a_crate_import_one_another() {
    let mut found = Vec::new();
    let mut read = 0;
    for package in packages() {
        let modules = Modules::read(&package.folder.join("src"));
        read += modules.0.len();
        let cycles = cycles(&modules).into_iter();
        found.extend(cycles.map(|cycle| (package.name.clone(), cycle)));
    }
    assert!(read > 200, "{read} modules were found");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_crate_compiles_files_of_another() {
    let mut found = Vec::new();
    let mut read = 0;
    for package in packages() {
        read += files_with_paths(&package.folder, &mut found);
    }
    assert!(read > 500, "{read} files were found");
    assert!(
        found.is_empty(),
        "what tests share belongs into `antelope-testing` or `test-support`: {found:#?}"
    );
}

/// Adds the files that include others by the attribute `path`; how many files there are.
fn files_with_paths(folder: &Path, found: &mut Vec<String>) -> usize {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    let mut read = 0;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            read += files_with_paths(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            read += 1;
            let text = fs::read_to_string(&path).unwrap_or_default();
            let mut lines = text.lines().map(str::trim_start);
            if lines.any(|line| line.starts_with("#[path")) {
                found.push(path.display().to_string());
            }
        }
    }
    read
}
