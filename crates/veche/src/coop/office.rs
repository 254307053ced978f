//! What all commands of the cooperative share: which cooperative, which language, who acts.

#[cfg(feature = "registry")]
use super::desk::sealed::StoreOfDesk;
use super::desk::{Desk, SealedDesk, store_of};
use super::drafts;
use super::faults::{faulty, unreadable};
#[cfg(feature = "registry")]
use super::private::Master;
use super::words;
use antelope_cli::signers::key_of;
use antelope_cli::transact::{Intent, SendOptions, earlier, transact};
use antelope_cli::{Console, Failure, Fallible, Report, Session};
use antelope_rpc_client::{Info, Signer};
use antelope_types::{Action, Checksum256, Name, PermissionLevel, TimePoint, name};
use clap::Args;
use coop_client::rows::Decision;
use coop_client::{Contracts, Cooperative};
use coop_documents::{inline, is_blank};
use coop_language::{Lang, Messages, Words};
use coop_model::catalogue::kind;
use coop_model::refusal;
use coop_papers::PaperFault;
use std::cell::{Cell, OnceCell, RefCell};
use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Which cooperative, and in which language.
#[derive(Args, Clone)]
#[command(next_help_heading = "Cooperative")]
pub(crate) struct OfficeOptions {
    /// The cooperative's account; the only one of the chain by default
    #[arg(long, value_name = "ACCOUNT", env = "VECHE_COOP")]
    pub(super) coop: Option<Name>,
    /// The account of the contract of decisions
    #[arg(long, value_name = "ACCOUNT", env = "VECHE_SOVIET", default_value_t = name!("soviet"))]
    pub(super) soviet: Name,
    /// The folder with the papers of the cooperative [default: desk/COOPERATIVE beside the configuration]
    #[arg(long, value_name = "DIR", env = "VECHE_DESK")]
    pub(super) desk: Option<PathBuf>,
    /// Where the master key of personal data comes from: prompt, file:PATH, fd:NUMBER or agent:KEY
    #[cfg(feature = "registry")]
    #[arg(
        long,
        value_name = "SOURCE",
        env = "VECHE_MASTER",
        default_value = "prompt"
    )]
    pub(super) master: String,
    /// ru or en; the language of the terminal by default
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
}

impl OfficeOptions {
    /// The reader's language: that of the options, or of the terminal.
    pub(super) fn language(&self) -> Lang {
        self.lang
            .unwrap_or_else(|| Lang::of_environment(|name| env::var(name).ok()))
    }
}

/// In which cooperative, who, and how it is sent: what every command that writes takes.
#[derive(Args, Clone)]
pub(crate) struct Actor {
    #[command(flatten)]
    pub(super) office: OfficeOptions,
    /// The account that acts
    #[arg(long = "as", value_name = "ACCOUNT", env = "VECHE_ACCOUNT")]
    account: Option<Name>,
    #[command(flatten)]
    send: SendOptions,
}

// By the text of its arguments a command is known again that was interrupted, see `Office::done_before`:
// whatever has no part in what it does is left out.

impl fmt::Debug for OfficeOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OfficeOptions")
    }
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Actor")
    }
}

/// One cooperative on one chain, for a reader of one language.
pub(crate) struct Office<'s> {
    session: &'s Session,
    desk: Option<PathBuf>,
    /// The drafts of the documents of this run, until it is known what became of them.
    pub(super) drafts: RefCell<Vec<String>>,
    /// The documents that this run has made and kept.
    pub(super) made: RefCell<Vec<Checksum256>>,
    /// What the command was told, hashed: an interrupted run of it is found by that.
    command: Cell<Option<Checksum256>>,
    /// The cooperative.
    pub(super) cooperative: Cooperative,
    /// What is said, in the reader's language.
    pub(super) messages: Messages,
    /// What is to be done after this, if it succeeds.
    next: RefCell<Option<Words>>,
    /// The desk that has people's names, if there is one.
    names: OnceCell<Option<Desk>>,
    /// Where the master key of the store comes from.
    #[cfg(feature = "registry")]
    master: String,
    /// What the desk is sealed in, once it is open.
    store: OnceCell<Rc<dyn SealedDesk>>,
}

impl<'s> Office<'s> {
    /// Finds the cooperative.
    ///
    /// # Errors
    /// `coop.none` where the chain has none, or several and none is named.
    pub(super) fn open(session: &'s Session, options: &OfficeOptions) -> Fallible<Self> {
        let messages = words::messages(options.language());
        let client = &session.client;
        let contracts = Contracts::read(client, options.soviet)
            .map_err(|error| unreadable(error).hint(messages.text("office.no_contracts")))?;
        let name = match options.coop {
            Some(name) => name,
            None => {
                let all = contracts.cooperatives(client).map_err(unreadable)?;
                match &all[..] {
                    [only] => only.coopname,
                    several => {
                        let names = several.iter().map(|it| it.coopname.to_string());
                        let names = names.collect::<Vec<_>>().join(", ");
                        let words = Words::of("office.which").with("count", several.len());
                        return Err(Failure::not_found("coop.none", words.say(&messages))
                            .expected(format!("--coop {names}")));
                    }
                }
            }
        };
        let cooperative = Cooperative::new(client.clone(), contracts, name);
        Ok(Self {
            session,
            desk: options.desk.clone(),
            drafts: RefCell::default(),
            made: RefCell::default(),
            command: Cell::default(),
            cooperative,
            messages,
            next: RefCell::default(),
            names: OnceCell::new(),
            #[cfg(feature = "registry")]
            master: options.master.clone(),
            store: OnceCell::new(),
        })
    }

    /// The session that it is read in.
    #[cfg(feature = "registry")]
    pub(super) fn session(&self) -> &Session {
        self.session
    }

    /// Whom an account is of, by the desk: `Белова М. А. (anna)`; the account where the desk does not know.
    pub(super) fn called(&self, account: Name) -> String {
        match self.papers().and_then(|desk| desk.party(account).ok()) {
            Some(party) => format!("{} ({account})", inline(&party.short_name())),
            None => account.to_string(),
        }
    }

    /// The desk, for those who can do without it: nobody is asked for a passphrase.
    pub(super) fn papers(&self) -> Option<&Desk> {
        let open = || match self.asks() {
            true => None,
            false => self.desk().ok(),
        };
        self.names.get_or_init(open).as_ref()
    }

    /// Whether opening the desk would ask for a passphrase.
    fn asks(&self) -> bool {
        #[cfg(feature = "registry")]
        if self.master != "prompt" {
            return false;
        }
        let place = self.desk_folder().and_then(|it| self.store_folder(&it));
        self.store.get().is_none() && place.is_ok_and(|it| it.is_some())
    }

    /// Says what is to be done after what is done now, once it has succeeded.
    pub(super) fn then(&self, words: Words) {
        self.next.replace(Some(words));
    }

    /// The words in the reader's language.
    pub(super) fn say(&self, words: &Words) -> String {
        // A sentence that ends with a sum in roubles has its full stop in the abbreviation.
        words.say(&self.messages).replace("руб..", "руб.")
    }

    /// The reader's language.
    pub(super) fn lang(&self) -> Lang {
        self.messages.lang()
    }

    /// The time of the newest block.
    pub(super) fn now(&self) -> Fallible<TimePoint> {
        Ok(self.info()?.head_block_time)
    }

    /// The head of the chain.
    pub(super) fn info(&self) -> Fallible<Info> {
        Ok(self.session.client.get_info()?)
    }

    /// The desk of the cooperative.
    ///
    /// # Errors
    /// Those of [`Desk::open`].
    pub(super) fn desk(&self) -> Fallible<Desk> {
        let folder = self.desk_folder()?;
        let place = self.store_folder(&folder)?;
        let desk = Desk::open(folder, self.cooperative.name(), &self.messages)?;
        let Some(place) = place else {
            return Ok(desk);
        };
        if let Some(store) = self.store.get() {
            return Ok(desk.sealed_in(Rc::clone(store)));
        }
        let store = self.open_store(&place)?;
        let store = self.store.get_or_init(|| store);
        Ok(desk.sealed_in(Rc::clone(store)))
    }

    fn desk_folder(&self) -> Fallible<PathBuf> {
        match &self.desk {
            Some(folder) => Ok(folder.clone()),
            None => {
                let name = self.cooperative.name().to_string();
                Ok(self.session.folder()?.join("desk").join(name))
            }
        }
    }

    /// Where the store is that the desk in this folder is sealed in.
    fn store_folder(&self, desk: &Path) -> Fallible<Option<PathBuf>> {
        let name = self.cooperative.name().to_string();
        let registry = match env::var_os("VECHE_INDEX") {
            Some(folder) => PathBuf::from(folder),
            None => self.session.folder()?.join("registry").join(name),
        };
        Ok(store_of(desk, &registry))
    }

    /// Opens the store that the desk is sealed in.
    #[cfg(feature = "registry")]
    fn open_store(&self, place: &Path) -> Fallible<Rc<dyn SealedDesk>> {
        let wanted = Some(self.cooperative.name());
        let master = Master {
            session: self.session,
            messages: &self.messages,
            source: &self.master,
        };
        let store = master.open(place, wanted)?;
        Ok(StoreOfDesk::new(store, &self.messages))
    }

    /// That this program cannot open it.
    #[cfg(not(feature = "registry"))]
    fn open_store(&self, place: &Path) -> Fallible<Rc<dyn SealedDesk>> {
        let words = Words::of("folder.sealed").with("folder", place.display());
        Err(Failure::new("desk.sealed", self.say(&words)).hint(self.messages.text("folder.build")))
    }

    /// Keeps what a candidate has signed as the law wants it of participants, once a decision has admitted them.
    pub(super) fn admitted(&self, decision: &Decision, report: &Report) {
        let is_done = report.data["executed"] == true && decision.kind == kind::JOINCOOP;
        // Where this is not done, an erasure finds the admission in the registry.
        if let (true, Some(desk)) = (is_done, self.papers()) {
            let _ = desk.admit(decision.username);
        }
    }

    /// The chain that signatures on documents cover: the node's, which must be that of the network and the
    /// one that the contracts were configured for.
    ///
    /// # Errors
    /// `mismatch.chain`.
    pub(super) fn chain_id(&self) -> Fallible<Checksum256> {
        let found = self.session.chain_id()?;
        let expected = self.cooperative.contracts().chain_id;
        if found == expected {
            return Ok(found);
        }
        let words = Words::of("office.other_chain").with("found", found);
        let chain = Words::of("office.chain").with("id", expected);
        Err(Failure::new("mismatch.chain", self.say(&words))
            .expected(self.say(&chain))
            .hint(self.messages.text("office.other_chain_hint")))
    }

    /// The key at hand that an account signs documents with: one of its `active` permission.
    ///
    /// # Errors
    /// `chain.keys` where there is none; those of reading keys.
    pub(super) fn key_of(&self, actor: &Actor, account: Name) -> Fallible<Box<dyn Signer>> {
        let signers = actor.send.signers(self.session)?;
        key_of(self.session, PermissionLevel::active(account), signers)
    }

    /// All keys at hand.
    ///
    /// # Errors
    /// Those of reading keys.
    pub(super) fn keys(&self, actor: &Actor) -> Fallible<Vec<Box<dyn Signer>>> {
        actor.send.signers(self.session)
    }

    /// Of these keys the one that an account signs documents with, if it is there.
    ///
    /// # Errors
    /// Those of the client.
    pub(super) fn one_of<'k>(
        &self,
        keys: &'k [Box<dyn Signer>],
        account: Name,
    ) -> Fallible<Option<&'k dyn Signer>> {
        let account = self.session.client.get_account(account)?;
        let active = account.permission(name!("active"));
        let known = active.map_or(&[][..], |it| &it.required_auth.keys);
        let mut keys = keys.iter().map(|key| &**key);
        Ok(keys.find(|key| {
            let public = key.public_key();
            known.iter().any(|it| it.key.key() == Some(&public))
        }))
    }

    /// That the account is not a cooperative.
    pub(super) fn no_cooperative(&self) -> Box<Failure> {
        let account = self.cooperative.name();
        faulty(&self.messages, PaperFault::NoCooperative { account })
    }

    /// Fails for a text without a visible character: it would be signed, and nobody could read it.
    ///
    /// # Errors
    /// `usage.argument`.
    pub(super) fn readable(&self, text: &str) -> Fallible<()> {
        match is_blank(text) {
            true => Err(Failure::usage(self.messages.text("input.blank"))
                .expected(self.messages.text("input.text"))),
            false => Ok(()),
        }
    }

    /// Who acts.
    ///
    /// # Errors
    /// `usage.argument` where nobody is named.
    pub(super) fn actor(&self, actor: &Actor) -> Fallible<PermissionLevel> {
        let given = actor.send.permissions.first().copied();
        let named = actor.account.map(PermissionLevel::active);
        given.or(named).ok_or_else(|| {
            Failure::usage(self.messages.text("office.who"))
                .expected("--as ACCOUNT, VECHE_ACCOUNT, -p ACCOUNT@PERMISSION")
        })
    }

    /// What the cooperative itself signs: by `-p`, or with its `active` permission.
    pub(super) fn as_cooperative(&self, actor: &Actor) -> PermissionLevel {
        self.signer_or(actor, self.cooperative.name())
    }

    /// What the operator of the contracts signs: by `-p`, or with the `active` permission of registrator.
    pub(super) fn as_operator(&self, actor: &Actor) -> PermissionLevel {
        self.signer_or(actor, self.cooperative.contracts().registrator)
    }

    /// Who signs: by `-p`, or this account with its `active` permission.
    pub(super) fn signer_or(&self, actor: &Actor, account: Name) -> PermissionLevel {
        let given = actor.send.permissions.first().copied();
        given.unwrap_or(PermissionLevel::active(account))
    }

    /// Asks whether something may be done, unless `--yes` has agreed already.
    ///
    /// # Errors
    /// `declined`.
    pub(super) fn agree(&self, console: &mut Console<'_>, question: &Words) -> Fallible<()> {
        match self.session.options.yes {
            0 => console.confirm(&self.say(question)),
            _ => Ok(()),
        }
    }

    /// What an interrupted run of the same command has done. This is asked before any rows are read: they go,
    /// or change, with what the command does. `told` is the command with all that it was told, but for who
    /// acts and how it is sent.
    ///
    /// # Errors
    /// Those of [`earlier`].
    pub(super) fn done_before(
        &self,
        console: &mut Console<'_>,
        actor: &Actor,
        told: &str,
    ) -> Fallible<Option<Report>> {
        let given = actor.send.permissions.first().copied();
        let who = given.or(actor.account.map(PermissionLevel::active));
        let told = format!("{} {who:?} {told}", self.cooperative.name());
        let command = Checksum256::sha256(told.as_bytes());
        self.command.set(Some(command));
        let agree = |console: &mut Console<'_>, sentence: &str| match self.session.options.yes {
            0 => console.confirm(sentence),
            _ => Ok(()),
        };
        let found = earlier(self.session, console, &actor.send, command, agree)
            .map_err(|failure| in_language(failure, self.lang()))?;
        Ok(found.map(|earlier| {
            // Where there is no desk, there are no drafts on it.
            if let Ok(desk) = self.desk() {
                drafts::forget_sent(&desk, &earlier.actions);
            }
            self.told(console, earlier.report)
        }))
    }

    /// Says what is about to be done, asks, and does it.
    ///
    /// # Errors
    /// `declined`; those of [`transact`], with the contracts' refusals in the reader's language.
    pub(super) fn act(
        &self,
        console: &mut Console<'_>,
        actor: &Actor,
        sentence: &Words,
        actions: Vec<Action>,
    ) -> Fallible<Report> {
        let outcome = self.act_on(console, actor, sentence, actions);
        // Where the answer was lost, the next run needs the same documents.
        let is_known = outcome
            .as_ref()
            .map_or_else(|failure| failure.code != "unconfirmed", |_| true);
        // What the chain has refused, or nobody has agreed to send, must not stay among the papers as a signed one.
        // A draft of an earlier run stays: the refusal may be that the chain has it already.
        let is_refused = outcome
            .as_ref()
            .is_err_and(|failure| failure.code == "declined" || failure.code.starts_with("chain."));
        let (drafts, made) = (self.drafts.take(), self.made.take());
        if is_known
            && !drafts.is_empty()
            && let Ok(desk) = self.desk()
        {
            drafts::forget(&desk, &drafts);
            if is_refused {
                made.iter().for_each(|hash| desk.discard(hash));
            }
        }
        outcome
    }

    fn act_on(
        &self,
        console: &mut Console<'_>,
        actor: &Actor,
        sentence: &Words,
        actions: Vec<Action>,
    ) -> Fallible<Report> {
        let sentence = self.say(sentence);
        let lasts = !(actor.send.dry_run || actor.send.dont_broadcast);
        if lasts && self.session.options.yes == 0 {
            console.confirm(&sentence)?;
        } else {
            console.show(&sentence);
        }
        if lasts {
            self.chain_id()?;
        }
        let intent = Intent {
            command: self.command.get(),
            ..Intent::new(sentence, actions)
        };
        let report = transact(self.session, console, &actor.send, &intent)
            .map_err(|failure| in_language(failure, self.lang()))?;
        Ok(self.told(console, report))
    }

    /// The report for people: that it is done, and what comes next. The actions are in the data.
    fn told(&self, console: &mut Console<'_>, mut report: Report) -> Report {
        if report.data["executed"] != true {
            return report;
        }
        let id = report.data["transaction_id"].as_str().unwrap_or_default();
        let words = match report.data["block_num"].as_u64() {
            None | Some(0) => Words::of("office.done").with("id", id),
            Some(block) => Words::of("office.done_in")
                .with("id", id)
                .with("block", block),
        };
        report.text = self.say(&words);
        if let Some(next) = self.next.take() {
            console.show(&self.say(&next));
        }
        report
    }
}

/// A refusal of the contracts in the reader's language, with what can be done about it.
fn in_language(mut failure: Box<Failure>, lang: Lang) -> Box<Failure> {
    const PREAMBLE: &str = "assertion failure with message: ";
    let messages = failure.details["messages"].as_array();
    let mut texts = messages.into_iter().flatten().filter_map(|it| it.as_str());
    let found = texts.find_map(|text| refusal::find(text.trim_start_matches(PREAMBLE)));
    if let Some(message) = found {
        failure.message = lang.pick(message.ru, message.refusal.text).to_owned();
        failure.hint = Some(lang.pick(message.do_ru, message.do_en).to_owned());
        failure.details["refusal"] = message.refusal.code.into();
    }
    failure
}
