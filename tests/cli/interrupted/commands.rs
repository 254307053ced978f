//! Every command of the cooperative that writes is interrupted before and after its transaction is executed,
//! and run again: there is one effect, and the second run tells what became of the first.

use super::super::desk::veche_at;
use super::super::{Desk, Said, clerk::papers};
use antelope_types::Name;
use coop_node::Boot;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use test_support::proxy::{Proxy, Spoil};

const COOP: &str = "zarechyekoop";
const OPERATOR: &str = "eosio";
const FOUNDERS: [&str; 3] = ["mirodaluvaxe", "kepozanuriso", "basulotimegi"];
const CHAIRMAN: &str = FOUNDERS[0];
const CASHIER: &str = "gipavudorezo";
const MARIA: &str = "nolifarubime";
/// Where Maria goes on when she has lost her key.
const NEW: &str = "veratunilosa";

/// The life of a cooperative whose commands are interrupted.
struct Life {
    desk: Desk,
    spoil: Spoil,
    /// The commands that were interrupted.
    done: RefCell<BTreeSet<String>>,
}

/// Somebody who is given once for each of these.
fn each<'a>(option: &'a str, accounts: &[&'a str]) -> Vec<&'a str> {
    accounts.iter().flat_map(|it| [option, *it]).collect()
}

impl Life {
    fn new(spoil: Spoil) -> Self {
        let desk = Desk::alike_after(Boot::Contracts);
        papers(&desk);
        Self {
            desk,
            spoil,
            done: RefCell::default(),
        }
    }

    fn public_key(account: &str) -> String {
        let account: Name = account.parse().expect("an account");
        let key = antelope_rpc_client::signing::public_key(&coop_demo::development_key(account));
        key.expect("a key").to_string()
    }

    /// Runs a command as the first of these accounts, with the keys of all.
    fn at(&self, url: &str, keys: &[&str], words: &str, more: &[&str]) -> Said {
        let files: Vec<_> = keys.iter().map(|it| self.desk.key(it)).collect();
        let mut all: Vec<_> = words.split_whitespace().collect();
        all.extend(more);
        all.extend(["--yes", "--lang", "en", "--as", keys[0]]);
        all.extend(files.iter().flat_map(|it| ["--key-file", it]));
        veche_at(url, self.desk.folder.path(), all)
    }

    /// Runs a command that must succeed.
    fn by(&self, keys: &[&str], words: &str, more: &[&str]) {
        let said = self.at(self.desk.url(), keys, words, more);
        assert_eq!(said.code, 0, "{words}: {}", said.err);
    }

    /// How many transactions the chain has executed: each has a block of its own.
    fn executed(&self) -> u32 {
        let info = self.desk.client().get_info().expect("a head");
        info.head_block_num
    }

    /// Interrupts a command and runs it again.
    fn twice(&self, keys: &[&str], words: &str, more: &[&str]) {
        let before = self.executed();
        let proxy = Proxy::ending_with(self.desk.url(), self.spoil);
        let lost = self.at(&proxy.url(), keys, words, more);
        assert_eq!(lost.code, 7, "{words}: {}", lost.err);
        let id = lost.err.split("error: transaction ").nth(1);
        let id = id.and_then(|it| it.split(' ').next()).expect("its id");
        assert!(lost.err.contains("run the same command again"), "{words}");

        let again = self.at(self.desk.url(), keys, words, more);
        assert_eq!(again.code, 0, "{words}: {}", again.err);
        let told = match self.spoil {
            Spoil::LostAfter => "nothing was sent again",
            _ => "and is now, as it was signed then",
        };
        for words_of_it in [&format!("an earlier run has sent transaction {id}"), told] {
            assert!(again.err.contains(words_of_it), "{words}: {}", again.err);
        }
        assert!(again.out.contains(id), "{words}: {}", again.out);
        assert_eq!(self.executed() - before, 1, "{words}: {}", again.err);
        self.nothing_is_left(words);
        let options = words
            .split_whitespace()
            .take_while(|it| it.bytes().all(|it| it.is_ascii_lowercase()));
        let accounts = [MARIA, NEW];
        let command = options.filter(|it| !accounts.contains(it) && !FOUNDERS.contains(it));
        let command: Vec<_> = command.filter(|it| *it != CASHIER).collect();
        // Of `vote 1 for` the command is `vote`, of `staff set somebody cashier` it is `staff set`.
        let length = match command[0] {
            "coop" | "board" | "staff" | "property" | "kind" => 2,
            _ => 1,
        };
        self.done.borrow_mut().insert(command[..length].join("-"));
    }

    /// No transaction whose fate is not known, and no document that waits.
    fn nothing_is_left(&self, words: &str) {
        let left = |folder: &str, is_it: fn(&str) -> bool| {
            let files = fs::read_dir(self.desk.folder.path().join(folder));
            let names = files.into_iter().flatten().flatten();
            let mut names = names.map(|it| it.file_name().to_string_lossy().into_owned());
            names.find(|it| is_it(it))
        };
        assert_eq!(left("unfinished", |_| true), None, "{words}");
        let documents = "desk/zarechyekoop/documents";
        assert_eq!(
            left(documents, |it| it.starts_with("draft")),
            None,
            "{words}"
        );
    }

    fn newest(&self) -> u64 {
        let agenda = self.desk.data("agenda");
        let ids = agenda.as_array().expect("questions").iter();
        let ids = ids.filter_map(|it| it["id"].as_u64());
        ids.max().expect("a question")
    }

    fn agreed(&self) -> u64 {
        let id = self.newest();
        for member in FOUNDERS {
            self.by(&[member], &format!("vote {id} for"), &[]);
        }
        id
    }

    fn decided(&self) {
        let id = self.agreed();
        self.by(&[CHAIRMAN], &format!("authorize {id}"), &[]);
    }

    fn open(&self, by: &str, account: &str) {
        let key = Self::public_key(account);
        self.by(
            &[by],
            &format!("join --open {account} --public-key"),
            &[&key],
        );
    }

    fn is_founded(&self) {
        let key = Self::public_key(COOP);
        let operator = self.desk.key(OPERATOR);
        let words = "create account eosio zarechyekoop";
        let made = self
            .desk
            .run(words, &[&key, "--yes", "--key-file", &operator]);
        assert_eq!(made.code, 0, "{}", made.err);
        let charter = self.desk.folder.path().join("charter.txt");
        fs::write(&charter, "Устав").expect("a file");
        let charter = charter.display().to_string();
        let fees = ["--entrance", "1000.0000 RUB", "--minimum", "3000.0000 RUB"];
        let register = [&["--quorum", "60", "--document", &charter], &fees[..]].concat();
        self.twice(&[COOP], "coop register --coop zarechyekoop", &register);
        self.twice(&[OPERATOR], "coop activate", &[]);
        self.twice(
            &[COOP],
            "join --open mirodaluvaxe --public-key",
            &[&Self::public_key(CHAIRMAN)],
        );
        self.open(COOP, FOUNDERS[1]);
        self.open(COOP, FOUNDERS[2]);
        let all = [&[COOP], &FOUNDERS[..]].concat();
        self.twice(&all, "coop found", &each("--founder", &FOUNDERS));
        let seats = [
            &["--chairman", CHAIRMAN],
            &each("--member", &FOUNDERS[1..])[..],
        ]
        .concat();
        self.twice(&all, "board found", &seats);
        self.open(COOP, CASHIER);
        self.twice(
            &[CHAIRMAN],
            "staff add gipavudorezo cashier clerk storekeeper",
            &[],
        );
    }

    /// A kind of a contract beside the three.
    fn kinds(&self) {
        const SHOP: &str = "workshopshop";
        veche_tests::built("workshop");
        let made = |words: &str, keys: &[&str]| {
            let made = self.desk.run(words, keys);
            assert_eq!(made.code, 0, "{}", made.err);
        };
        let [operator, shop] = [OPERATOR, SHOP].map(|it| self.desk.key(it));
        let key = Self::public_key(SHOP);
        let words = format!("create account eosio {SHOP}");
        made(&words, &[&key, "--yes", "--key-file", &operator]);
        let built = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/antelope/workshop");
        let words = format!("set contract {SHOP}");
        made(&words, &[built, "--yes", "--key-file", &shop]);

        let actions = ["--confirm", "book", "--decline", "refuse"];
        let more = [&["--contract", SHOP, "--protocol", "2001"], &actions[..]].concat();
        self.twice(&[OPERATOR], "kind register bookmachine", &more);
        self.twice(&[CHAIRMAN, COOP], "kind accept bookmachine", &[]);
        self.twice(&[CHAIRMAN, COOP], "kind drop bookmachine", &[]);
    }

    fn money(&self) {
        self.open(CASHIER, MARIA);
        self.twice(&[MARIA], "join", &[]);
        let fees = ["4000.0000 RUB", "--record", "order 1"];
        self.twice(&[CASHIER], "pay nolifarubime", &fees);
        let id = self.newest();
        self.twice(&[FOUNDERS[1]], &format!("vote {id} for"), &[]);
        self.by(&[CHAIRMAN], &format!("vote {id} for"), &[]);
        self.twice(&[CHAIRMAN], &format!("authorize {id}"), &[]);

        let sum = "500.0000 RUB";
        self.twice(&[MARIA], "contribute", &[sum]);
        self.by(
            &[CASHIER],
            "pay nolifarubime",
            &[sum, "--record", "order 2"],
        );
        let id = self.agreed();
        self.twice(&[CHAIRMAN], &format!("authorize {id} --sign-only"), &[]);
        self.twice(&[MARIA], &format!("exec {id}"), &[]);

        self.twice(&[MARIA], "return", &[sum]);
        self.decided();
        self.twice(&[CASHIER], "pay nolifarubime", &[sum, "--failed", "closed"]);
        self.by(&[MARIA], "contribute", &[sum]);
        self.twice(
            &[CASHIER],
            "pay nolifarubime",
            &[sum, "--failed", "a mistake"],
        );
    }

    fn things(&self) {
        let offer = ["A trailer", "60000.0000 RUB"];
        self.twice(&[MARIA], "property offer", &offer);
        self.twice(&[CASHIER, MARIA], "property accept 1", &[]);
        self.decided();
        self.twice(&[MARIA], "property ask 1", &[]);
        self.decided();
        self.twice(&[CASHIER, MARIA], "property hand 1", &[]);
        self.by(&[MARIA], "property offer", &offer);
        self.twice(&[MARIA], "property withdraw 2", &[]);
    }

    fn people(&self) {
        let texts = ["--question", "A roof", "--decision", "Mend it"];
        self.twice(&[FOUNDERS[1]], "propose", &texts);
        self.decided();
        let reason = ["--reason", "No answer to letters"];
        for command in ["block", "unblock"] {
            self.twice(&[FOUNDERS[1]], &format!("{command} nolifarubime"), &reason);
            self.decided();
        }
        self.open(CASHIER, NEW);
        self.twice(&[NEW], "move nolifarubime", &[]);
        self.decided();
        self.twice(&[MARIA], "move nolifarubime --veto", &[]);
        self.by(&[NEW], "move nolifarubime", &[]);
        self.decided();
        self.desk.pass(8 * 86_400);
        self.twice(&[CASHIER], "move nolifarubime --complete", &[]);
        let people = self.desk.folder.path().join("desk/zarechyekoop/people");
        let [old, new] = [MARIA, NEW].map(|it| people.join(format!("{it}.json")));
        fs::copy(old, new).expect("a file");
    }

    fn boards(&self) {
        let all = [&[COOP], &FOUNDERS[..]].concat();
        // Whoever joins in the block of an election has no voice in it.
        self.desk.pass(1);
        let replaced = format!("board replace {} {NEW}", FOUNDERS[2]);
        self.twice(&[COOP, FOUNDERS[0], FOUNDERS[1], NEW], &replaced, &[]);
        self.twice(&[COOP], "board drop", &[]);
        let audit = ["--board", "audit", "--member", FOUNDERS[1]];
        self.twice(&[COOP, FOUNDERS[1]], "board elect", &audit);
        self.twice(&[NEW], "board object", &[]);
        self.by(&[COOP], "board drop", &[]);
        let next = FOUNDERS[1];
        self.twice(&all, &format!("board chairman {next}"), &[]);
        self.twice(&[NEW], "board support", &[]);
        self.desk.pass(73 * 3_600);
        self.twice(&[CASHIER], "board seat", &[]);
        self.twice(&[next], "staff confirm", &[]);
        self.twice(
            &[next],
            "staff set gipavudorezo gateway::incomplete gateway::outcomplete",
            &[],
        );
        let present = each("--present", &FOUNDERS);
        self.twice(
            &all,
            "coop charter",
            &[&["--quorum", "50"], &present[..]].concat(),
        );
        let fees = ["--entrance", "1500.0000 RUB", "--minimum", "3000.0000 RUB"];
        self.twice(&[COOP], "coop fees", &fees);
        self.twice(&[NEW], "leave", &[]);
        self.twice(&[next], "staff rm gipavudorezo", &[]);
        self.twice(&[OPERATOR], "coop block", &[]);
    }
}

/// The commands of the whole program that somebody acts by: their pages of the manual tell of `--as`.
fn acting(life: &Life) -> BTreeSet<String> {
    let folder = life.desk.folder.path().join("man");
    let place = folder.display().to_string();
    let said = life.desk.run("man --folder", &[&place]);
    assert_eq!(said.code, 0, "{}", said.err);
    let pages = fs::read_dir(folder).expect("pages").flatten();
    let acting = pages.filter_map(|page| {
        let text = fs::read_to_string(page.path()).expect("a page");
        let name = page.file_name().to_string_lossy().into_owned();
        let name = name.strip_prefix("veche-")?.strip_suffix(".1")?.to_owned();
        // They sign a file, or the act of an erasure, and send nothing.
        let signing = ["paper", "person-erase", "person-expire", "registry-export"];
        let sends_nothing = signing.contains(&&*name);
        (text.contains(r"\-\-as\fR") && !sends_nothing).then_some(name)
    });
    acting.collect()
}

fn every_command(spoil: Spoil) {
    let life = Life::new(spoil);
    life.is_founded();
    life.kinds();
    life.money();
    life.things();
    life.people();
    life.boards();
    assert_eq!(
        *life.done.borrow(),
        acting(&life),
        "a command that writes is not interrupted here"
    );
}

#[test]
fn every_command_whose_answer_is_lost_is_done_once() {
    every_command(Spoil::LostAfter);
}

#[test]
fn every_command_that_did_not_arrive_is_done_once() {
    every_command(Spoil::LostBefore);
}
