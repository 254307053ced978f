//! A sample cooperative in a folder of its own: chain, registry, people with their documents, and keys.
//!
//! | in the folder | |
//! |---|---|
//! | `node/` | the chain, `veche node --data` of it |
//! | `registry/` | the index, and the store of personal data |
//! | `master.key` | the master key of that store, of random digits |
//! | `keeper.key` | the development key of the cooperative |
//!
//! All people are invented and everybody knows their keys, so nothing in it is worth protecting. Files of keys are for
//! their owner alone all the same, since the program takes no others.

use crate::coop::clock::now;
use crate::coop::desk::{own_file, unwritten};
use crate::coop::private::{Asked, Master, failed};
use crate::coop::serve::ServeArgs;
use antelope_cli::{Failure, Fallible, Session};
use antelope_types::{Decode, PermissionLevel, base64, name};
use clap::Args;
use coop_documents::Profile;
use coop_language::Messages;
use coop_model::Document;
use coop_node::{KnownAccount, Node, NodeOptions, OffChain};
use coop_private::{PrivateDocument, PrivateStore};
use serde_json::{Value, json};
use std::fs;
use std::io;
use std::path::PathBuf;

/// Whether there is a sample, and where.
#[derive(Args, Clone, Debug)]
pub(in crate::coop::serve) struct SampleArgs {
    /// Serve a sample cooperative with people and an agenda, in this folder, which is made where it is not there
    /// [default: sample beside the configuration]
    #[arg(
        long,
        value_name = "DIR",
        group = "here",
        conflicts_with_all = ["state_history", "index", "level"]
    )]
    sample: Option<Option<PathBuf>>,
    /// Built contracts for the sample, DIR/soviet/soviet.wasm and so on, instead of building them
    #[arg(long, value_name = "DIR", requires = "sample")]
    contracts: Option<PathBuf>,
    /// A folder of the workspace whose contracts are built for the sample
    #[arg(long, value_name = "DIR", default_value = ".", requires = "sample")]
    workspace: PathBuf,
}

/// The folder of a sample.
#[derive(Clone, Debug)]
pub(in crate::coop::serve) struct Sample {
    folder: PathBuf,
    contracts: Option<PathBuf>,
    workspace: PathBuf,
}

/// Somebody of a sample, as the greeting names them.
#[derive(Clone, Debug)]
pub(in crate::coop::serve) struct SamplePerson {
    pub(in crate::coop::serve) account: KnownAccount,
    /// The address that they log in with; empty for whoever does not.
    pub(in crate::coop::serve) email: String,
}

impl Sample {
    /// The sample that is asked for, if any.
    ///
    /// # Errors
    /// Those of finding the folder of the configuration.
    pub(super) fn of(arguments: &SampleArgs, session: &Session) -> Fallible<Option<Self>> {
        let folder = match &arguments.sample {
            None => return Ok(None),
            Some(Some(folder)) => folder.clone(),
            Some(None) => session.folder()?.join("sample"),
        };
        Ok(Some(Self {
            folder,
            contracts: arguments.contracts.clone(),
            workspace: arguments.workspace.clone(),
        }))
    }

    /// Where the chain is.
    pub(super) fn node(&self) -> PathBuf {
        self.folder.join("node")
    }

    /// What a new chain begins with.
    pub(super) fn begin(&self, options: NodeOptions) -> NodeOptions {
        NodeOptions {
            contracts: self.contracts.clone(),
            workspace: self.workspace.clone(),
            ..options
        }
    }

    fn registry(&self) -> PathBuf {
        self.folder.join("registry")
    }

    fn master(&self) -> String {
        format!("file:{}", self.folder.join("master.key").display())
    }

    /// The arguments with which the sample is served as any other cooperative.
    ///
    /// # Errors
    /// `node.sample` where the chain of the folder is none; `desk.write`.
    pub(in crate::coop::serve) fn arguments(
        &self,
        node: &Node,
        messages: &Messages,
        given: &ServeArgs,
    ) -> Fallible<ServeArgs> {
        let coop = cooperative(node)?;
        let key = self.folder.join("keeper.key");
        let secret = coop.private_key();
        let secret = secret.ok_or_else(|| unreadable("the cooperative has a key of its own"))?;
        own_file(&key, secret.as_bytes()).map_err(|error| unwritten(messages, &key, &error))?;
        let mut arguments = given.clone();
        arguments.place.index = Some(self.registry());
        arguments.place.office.coop = Some(coop.account);
        arguments.place.office.master = self.master();
        arguments.level = Some(PermissionLevel {
            actor: coop.account,
            permission: name!("active"),
        });
        arguments.keys.key_files = vec![key];
        Ok(arguments)
    }

    /// Puts people and documents into a new store of personal data. It is made beside, and gets its name when it is
    /// whole.
    ///
    /// # Errors
    /// Those of the store; `desk.write`.
    pub(in crate::coop::serve) fn furnish(
        &self,
        session: &Session,
        node: &Node,
        messages: &Messages,
    ) -> Fallible<()> {
        let registry = self.registry();
        if registry.exists() {
            return Ok(());
        }
        let off_chain = off_chain(node)?;
        let coop = cooperative(node)?;
        let new = self.folder.join("unfinished");
        let unwritten = |error: io::Error| unwritten(messages, &new, &error);
        if new.exists() {
            fs::remove_dir_all(&new).map_err(unwritten)?;
        }
        fs::create_dir_all(&new).map_err(unwritten)?;
        let source = self.master();
        let master = Master {
            session,
            messages,
            source: &source,
        };
        let secret = master.secret(Asked::New)?;
        let failed = failed(messages);
        let mut store = PrivateStore::create(&new, coop.account, &secret).map_err(&failed)?;
        for it in &off_chain.profiles {
            let profile = Profile::from_json(it.account, it.fields.to_string().as_bytes());
            let profile = profile.map_err(|error| unreadable(&error.to_string()))?;
            store
                .put_profile(it.account, &profile, now())
                .map_err(&failed)?;
        }
        for it in off_chain.documents {
            let document = base64::decode(&it.document);
            let document = document.and_then(|bytes| Document::from_bytes(&bytes).ok());
            let document = PrivateDocument {
                document: document.ok_or_else(|| unreadable("a document"))?,
                text: it.text,
                record: Some(it.record),
                proposal: it.proposal,
            };
            // Whoever signed it has been admitted since.
            store
                .put_document(&document, true, now())
                .map_err(&failed)?;
        }
        drop(store);
        fs::rename(&new, &registry).map_err(unwritten)
    }

    /// Who is in it.
    ///
    /// # Errors
    /// `node.sample`.
    pub(in crate::coop::serve) fn people(&self, node: &Node) -> Fallible<Vec<SamplePerson>> {
        let off_chain = off_chain(node)?;
        let email = |account: &KnownAccount| {
            let mut profiles = off_chain.profiles.iter();
            let profile = profiles.find(|it| it.account == account.account);
            profile.and_then(|it| it.fields["email"].as_str().map(str::to_owned))
        };
        let about = node.about().map_or(&[][..], |about| &about.accounts);
        let people = about.iter().map(|account| SamplePerson {
            email: email(account).unwrap_or_default(),
            account: account.clone(),
        });
        Ok(people.collect())
    }
}

impl SamplePerson {
    /// As programs read it.
    pub(in crate::coop::serve) fn to_json(&self) -> Value {
        json!({
            "account": self.account.account,
            "role": self.account.role,
            "title": self.account.title,
            "email": self.email,
            "development_key": self.account.private_key(),
        })
    }
}

fn cooperative(node: &Node) -> Fallible<&KnownAccount> {
    let accounts = node.about().map_or(&[][..], |about| &about.accounts);
    let mut accounts = accounts.iter();
    let found = accounts.find(|it| it.role == "cooperative");
    found.ok_or_else(|| unreadable("the cooperative"))
}

fn off_chain(node: &Node) -> Fallible<OffChain> {
    let found = node.off_chain();
    let found = found.map_err(|error| unreadable(&error.to_string()))?;
    found.ok_or_else(|| unreadable("people and documents"))
}

fn unreadable(what: &str) -> Box<Failure> {
    Failure::new(
        "node.sample",
        format!("the folder has no sample cooperative: {what}"),
    )
    .hint("another folder with --sample DIR")
}
