//! The contracts that a project can begin with.

/// A contract to begin with, with its tests.
///
/// ```
/// use antelope_build::scaffold::Template;
///
/// let names = Template::ALL.map(Template::name);
/// assert_eq!(names, ["hello", "token", "escrow", "nft", "msig"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Template {
    /// The smallest contract: it greets whoever signs. One action and a test.
    #[default]
    Hello,
    /// A token with the actions and tables of `eosio.token`, with ricardian contracts, and tests of
    /// single actions and of a random life on the embedded chain.
    Token,
    /// Money that is held for two parties until it is released, refunded or its time is over. Shows
    /// how to react to transfers of another contract; a compiled token for its tests is included.
    Escrow,
    /// Collections of unique tokens. Shows tables with secondary indexes.
    Nft,
    /// Transactions that several accounts have to approve, as in `eosio.msig`. Shows how to keep a
    /// packed transaction and send its actions.
    Msig,
}

/// A file of a template: its path in the project, and its contents.
pub(super) type File = (&'static str, &'static [u8]);

/// The files of a template with their contents, which are compiled in.
macro_rules! files {
    ($template:literal: $($path:literal)*) => {
        &[$((
            $path,
            include_bytes!(concat!("../../templates/", $template, "/", $path)),
        )),*]
    };
}

impl Template {
    /// All templates.
    pub const ALL: [Self; 5] = [
        Self::Hello,
        Self::Token,
        Self::Escrow,
        Self::Nft,
        Self::Msig,
    ];

    /// The name of the template, which is that of its package in `examples/`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hello => "hello",
            Self::Token => "token",
            Self::Escrow => "escrow",
            Self::Nft => "nft",
            Self::Msig => "msig",
        }
    }

    /// The manifest of its package in `examples/`.
    pub(super) const fn manifest(self) -> &'static str {
        match self {
            Self::Hello => include_str!("../../templates/hello/manifest.toml"),
            Self::Token => include_str!("../../templates/token/manifest.toml"),
            Self::Escrow => include_str!("../../templates/escrow/manifest.toml"),
            Self::Nft => include_str!("../../templates/nft/manifest.toml"),
            Self::Msig => include_str!("../../templates/msig/manifest.toml"),
        }
    }

    /// Its sources, tests and ricardian contracts.
    pub(super) const fn files(self) -> &'static [File] {
        match self {
            Self::Hello => files!("hello": "src/lib.rs" "tests/greeting.rs"),
            Self::Token => files!("token":
                "src/lib.rs"
                "tests/token/main.rs"
                "tests/token/actions.rs"
                "tests/token/life.rs"
                "ricardian/close.md"
                "ricardian/create.md"
                "ricardian/issue.md"
                "ricardian/open.md"
                "ricardian/retire.md"
                "ricardian/transfer.md"),
            Self::Escrow => files!("escrow":
                "src/lib.rs" "tests/escrow.rs" "tests/token.abi" "tests/token.wasm"),
            Self::Nft => files!("nft": "src/lib.rs" "tests/nft.rs"),
            Self::Msig => files!("msig": "src/lib.rs" "src/transaction.rs" "tests/msig.rs"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn listed(folder: &Path, root: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                listed(&path, root, found);
            } else {
                let path = path.strip_prefix(root).unwrap();
                found.push(path.display().to_string());
            }
        }
    }

    #[test]
    fn every_file_of_an_example_is_in_its_template() {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        for template in Template::ALL {
            let root = examples.join(template.name());
            let mut found = Vec::new();
            listed(&root, &root, &mut found);
            // Made for each project, or by a run of its tests.
            found
                .retain(|path| !["Cargo.toml", "README.md", "costs.snap"].contains(&path.as_str()));
            let mut files: Vec<_> = template.files().iter().map(|(path, _)| *path).collect();
            found.sort();
            files.sort_unstable();
            assert_eq!(files, found, "{}", template.name());
        }
    }
}
