//! The script of the day, and what was said.

use super::super::rows::{self, Rows};
use super::super::{Desk, Said};
use super::papers::{ENTREPRENEUR, ORGANIZATION, papers};
use coop_demo::development_key;
use coop_documents::Lang;
use serde_json::json;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;

/// Who wants to join.
const ANNA: &str = "zuketamosiva";
const CASHIER: &str = "gipavudorezo";
const CHAIRMAN: &str = "mirodaluvaxe";
const VOTERS: [&str; 4] = [CHAIRMAN, "kepozanuriso", "basulotimegi", "donavirepuka"];

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Chapter {
    Morning,
    Admission,
    Others,
    Contribution,
    Return,
    Record,
    Question,
    Exit,
}

/// One thing of the day.
pub(crate) enum Told {
    Chapter(Chapter),
    Command(Command),
}

/// A command with everything it said.
pub(crate) struct Command {
    /// What was typed, but for what is the same in all commands.
    pub(super) line: String,
    pub(super) said: Said,
    /// The texts that were signed, each with its file.
    pub(super) documents: Vec<(String, String)>,
}

/// A day that was lived.
pub(crate) struct Lived {
    pub(super) lang: Lang,
    /// What was said, in its order.
    pub(super) told: Vec<Told>,
    /// What could be read while money was on its way, and in the evening.
    pub(super) rows: [Rows; 2],
}

/// A day on a node.
pub(crate) struct Day<'d> {
    desk: &'d Desk,
    lang: Lang,
    /// The members of the council, the chairman first.
    council: &'d [&'d str],
    told: RefCell<Vec<Told>>,
}

/// What must be said, by language.
struct Words {
    invoice: &'static str,
    decided: &'static str,
    nothing: &'static str,
    once: &'static str,
}

impl Words {
    fn of(lang: Lang) -> Self {
        match lang {
            Lang::Ru => Self {
                invoice: "Выставляется счёт на 4\u{a0}000,00\u{a0}руб.",
                decided: "Решение принято",
                nothing: "нет пая",
                once: "этой записью банка платёж уже подтверждён",
            },
            Lang::En => Self {
                invoice: "An invoice of 4,000.00\u{a0}RUB",
                decided: "The decision is taken",
                nothing: "has no share",
                once: "has confirmed a payment already",
            },
        }
    }
}

impl<'d> Day<'d> {
    /// Lives the day on this node.
    pub(super) fn of(desk: &'d Desk, lang: Lang) -> Lived {
        papers(desk);
        Self::of_council(desk, lang, &VOTERS)
    }

    /// Lives the day with the papers in the store of personal data.
    pub(super) fn sealed(desk: &'d Desk, lang: Lang) -> Lived {
        papers(desk);
        desk.seal();
        Self::of_council(desk, lang, &VOTERS)
    }

    /// Lives the day of a cooperative with this council, whose papers are on the desk.
    pub(crate) fn of_council(desk: &'d Desk, lang: Lang, council: &'d [&'d str]) -> Lived {
        let day = Day {
            desk,
            lang,
            council,
            told: RefCell::default(),
        };
        let (participants, papers) = (day.participants(), day.count_papers());
        day.morning();
        day.admission();
        day.others();
        day.contribution();
        let noon = day.give_back();
        day.record_counts_once();
        day.question();
        day.exit();
        // Who was admitted and left again does not count, the entrepreneur and the organization do.
        assert_eq!(day.participants(), participants + 2);
        // Every text is kept, beside what it is known by.
        let made = day.count_papers();
        assert_eq!((made.0 - papers.0, made.1 - papers.1), (27, 27));
        Lived {
            lang,
            told: day.told.into_inner(),
            rows: [noon, rows::read(desk)],
        }
    }

    fn chapter(&self, chapter: Chapter) {
        self.told.borrow_mut().push(Told::Chapter(chapter));
    }

    /// Runs a command as it is typed: words with spaces are in quotes.
    fn run(&self, line: &str, hidden: &[&str]) -> Said {
        let (mut words, mut rest) = (Vec::new(), line);
        while let Some((before, after)) = rest.split_once('"') {
            words.extend(before.split_whitespace());
            let (quoted, after) = after.split_once('"').expect("the end of a quotation");
            words.push(quoted);
            rest = after;
        }
        words.extend(rest.split_whitespace());
        let before = self.documents();
        let lang = self.lang.tag();
        let mut said = self
            .desk
            .run("", &[&words, hidden, &["--lang", lang]].concat());
        // Where the configuration of a user is.
        let folder = self.desk.folder.path().display().to_string();
        said.err = said.err.replace(&folder, "~/.config/veche");
        let documents = self
            .documents()
            .difference(&before)
            .cloned()
            .collect::<Vec<_>>();
        let documents = documents.into_iter().map(|name| {
            let text = self.text(&name);
            (name, text)
        });
        let command = Command {
            line: line.to_owned(),
            said: said.clone(),
            documents: documents.collect(),
        };
        self.told.borrow_mut().push(Told::Command(command));
        said
    }

    /// Reads; the command must succeed.
    fn look(&self, line: &str) -> String {
        let said = self.run(line, &[]);
        assert_eq!(said.code, 0, "{line}: {}", said.err);
        said.out
    }

    /// Does something as somebody, who agrees to what is asked. It must succeed.
    fn act(&self, who: &str, line: &str) -> String {
        let key = self.desk.key(who);
        let said = self.run(
            &format!("{line} --as {who}"),
            &["--yes", "--key-file", &key],
        );
        assert_eq!(said.code, 0, "{line}: {}", said.err);
        said.err
    }

    /// The council agrees to the newest question, whose number is given back.
    fn agreed(&self) -> u64 {
        let agenda = self.desk.data("agenda");
        let ids = agenda.as_array().expect("questions").iter();
        let id = ids.filter_map(|it| it["id"].as_u64()).max();
        let id = id.expect("a question");
        for member in self.council {
            self.act(member, &format!("vote {id} for"));
        }
        id
    }

    /// The council agrees to the newest question, and the chairman signs.
    fn decided(&self) -> String {
        let id = self.agreed();
        self.act(CHAIRMAN, &format!("authorize {id}"))
    }

    fn pay(&self, sum: &str, record: &str) {
        self.act(
            CASHIER,
            &format!("pay {ANNA} \"{sum}\" --record \"{record}\""),
        );
    }

    /// What the share is made of: minimum, available, blocked.
    fn share(&self) -> [String; 3] {
        let wallet = self.desk.data(&format!("wallet-of {ANNA}"));
        ["minimum", "available", "blocked"]
            .map(|part| wallet[part].as_str().expect("a sum").to_owned())
    }

    fn morning(&self) {
        self.chapter(Chapter::Morning);
        self.look("coop");
        self.look("board");
        self.look("staff");
        self.look("agenda");
        self.look("pay");
    }

    /// The clerk opens the account, the candidate signs, the clerk confirms the money.
    fn admission(&self) {
        self.chapter(Chapter::Admission);
        let key = development_key(ANNA.parse().expect("an account"));
        let key = antelope_rpc_client::signing::public_key(&key).expect("a key");
        let legacy = key.to_legacy_text().expect("a K1 key");
        self.act(
            CASHIER,
            &format!("join --open {ANNA} --public-key {legacy}"),
        );
        let joined = self.act(ANNA, "join");
        assert!(joined.contains(Words::of(self.lang).invoice), "{joined}");
        self.look("pay");
        let open = self.desk.data("pay");
        assert_eq!(
            (&open[0]["username"], &open[0]["quantity"]),
            (&json!(ANNA), &json!("4000.0000 RUB"))
        );
        self.pay("4000.0000 RUB", "order 17");
        self.look("agenda");
        let id = self.agreed();
        self.look(&format!("show {id}"));
        let protocol = self.act(CHAIRMAN, &format!("authorize {id}"));
        assert!(
            protocol.contains("Принять в пайщики")
                && protocol.contains("Белозёрова Мария Андреевна"),
            "{protocol}"
        );
        assert_eq!(self.share()[0], "3000.0000 RUB");
        self.look(&format!("wallet-of {ANNA}"));
    }

    /// An entrepreneur and an organization join, by statements of their own.
    fn others(&self) {
        self.chapter(Chapter::Others);
        let coop = self.desk.data("coop");
        for (account, words) in [
            (ENTREPRENEUR, ["304530100000014", "Кузнецова Вера Петровна"]),
            (ORGANIZATION, ["1025300000109", "«Мельница»"]),
        ] {
            let key = development_key(account.parse().expect("an account"));
            let key = antelope_rpc_client::signing::public_key(&key).expect("a key");
            let legacy = key.to_legacy_text().expect("a K1 key");
            let open = format!("join --open {account} --public-key {legacy}");
            self.act(CASHIER, &open);
            let joined = self.act(account, "join");
            for words in words {
                assert!(joined.contains(words), "{words}: {joined}");
            }
            let open = self.desk.data("pay");
            let sum = open[0]["quantity"].as_str().expect("a sum");
            self.act(
                CASHIER,
                &format!("pay {account} \"{sum}\" --record \"order of {account}\""),
            );
            let protocol = self.decided();
            assert!(protocol.contains(words[1]), "{protocol}");
            let wallet = self.desk.data(&format!("wallet-of {account}"));
            let minimum = match account {
                ORGANIZATION => &coop["org_minimum"],
                _ => &coop["minimum"],
            };
            assert_eq!(&wallet["minimum"], minimum);
        }
        // The organization is a participant as others are.
        self.act(ORGANIZATION, "contribute \"700 RUB\"");
        self.act(
            CASHIER,
            &format!("pay {ORGANIZATION} \"700 RUB\" --record \"order 22\""),
        );
        self.decided();
        let wallet = self.desk.data(&format!("wallet-of {ORGANIZATION}"));
        assert_eq!(wallet["available"], "700.0000 RUB");
        let [registrator, ..] = self.desk.contracts();
        let table = format!("get table {registrator} zarechyekoop participants --limit 100");
        let people = self.desk.data(&table);
        let kinds = people["rows"].as_array().expect("rows").iter();
        let kinds: BTreeSet<_> = kinds.filter_map(|it| it["kind"].as_str()).collect();
        assert_eq!(kinds.len(), 3, "{kinds:?}");
    }

    fn contribution(&self) {
        self.chapter(Chapter::Contribution);
        self.act(ANNA, "contribute \"500.0000 RUB\"");
        self.pay("500.0000 RUB", "order 18");
        self.decided();
        assert_eq!(self.share()[1], "500.0000 RUB");
    }

    /// A part goes back: blocked at once, paid out after the decision. What can be read in between is given
    /// back.
    fn give_back(&self) -> Rows {
        self.chapter(Chapter::Return);
        self.act(ANNA, "return \"200.0000 RUB\"");
        assert_eq!(self.share()[2], "200.0000 RUB");
        self.look(&format!("wallet-of {ANNA}"));
        let rows = rows::read(self.desk);
        self.decided();
        self.look("pay");
        self.pay("200.0000 RUB", "order 19");
        assert_eq!(
            self.share(),
            ["3000.0000 RUB", "300.0000 RUB", "0.0000 RUB"]
        );
        self.look(&format!("wallet-of {ANNA}"));
        rows
    }

    fn record_counts_once(&self) {
        self.chapter(Chapter::Record);
        self.act(ANNA, "contribute \"1.0000 RUB\"");
        let key = self.desk.key(CASHIER);
        let line = format!("pay {ANNA} \"1.0000 RUB\" --record \"order 18\" --as {CASHIER}");
        let again = self.run(&line, &["--yes", "--key-file", &key]);
        assert_eq!(again.code, 6, "{}", again.err);
        assert!(
            again.err.contains(Words::of(self.lang).once),
            "{}",
            again.err
        );
        self.pay("1.0000 RUB", "order 20");
        self.decided();
    }

    /// A free question, whose protocol repeats the proposal. One member is against it; the chairman signs,
    /// and somebody else carries it out.
    fn question(&self) {
        self.chapter(Chapter::Question);
        let texts = "--question \"О крыше\" --decision \"Отремонтировать крышу до мая\"";
        self.act("kepozanuriso", &format!("propose {texts}"));
        let agenda = self.desk.data("agenda");
        let last = agenda.as_array().and_then(|all| all.last());
        let id = last.and_then(|it| it["id"].as_u64()).expect("a question");
        let (last, others) = self.council.split_last().expect("a council");
        for member in others {
            self.act(member, &format!("vote {id} for"));
        }
        self.act(last, &format!("vote {id} against"));
        let text = self.look(&format!("protocol {id}"));
        assert!(text.contains("Отремонтировать крышу до мая"), "{text}");
        let protocol = self.act(CHAIRMAN, &format!("authorize {id} --sign-only"));
        assert!(
            protocol.contains("Отремонтировать крышу до мая")
                && protocol.contains(Words::of(self.lang).decided),
            "{protocol}"
        );
        self.look("agenda");
        self.act(CASHIER, &format!("exec {id}"));
    }

    /// Everything is paid out.
    fn exit(&self) {
        self.chapter(Chapter::Exit);
        self.act(ANNA, "leave");
        self.decided();
        self.pay("3301.0000 RUB", "order 21");
        let gone = self.run(&format!("wallet-of {ANNA}"), &[]);
        assert_eq!(gone.code, 4);
        assert!(
            gone.err.contains(Words::of(self.lang).nothing),
            "{}",
            gone.err
        );
        self.look("coop");
        assert_eq!(self.desk.data("pay"), json!([]));
    }

    fn participants(&self) -> u64 {
        let coop = self.desk.data("coop");
        coop["participants"].as_u64().expect("a number")
    }

    fn folder(&self) -> std::path::PathBuf {
        self.desk.folder.path().join("desk/zarechyekoop/documents")
    }

    /// The texts that were signed until now.
    fn documents(&self) -> BTreeSet<String> {
        if let Some(store) = self.desk.store() {
            let found = store.borrow().documents(None).expect("documents");
            return found.into_iter().filter_map(|it| it.file).collect();
        }
        let names = fs::read_dir(self.folder()).into_iter().flatten().flatten();
        names
            .map(|it| it.file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".txt"))
            .collect()
    }

    /// The text of this name.
    fn text(&self, name: &str) -> String {
        let Some(store) = self.desk.store() else {
            return fs::read_to_string(self.folder().join(name)).expect("a text");
        };
        let mut store = store.borrow_mut();
        let hash = store.document_called(name).expect("a store");
        let found = store.document(&hash.expect("a document"));
        found.expect("a document").text
    }

    /// How many texts and records of texts are kept.
    fn count_papers(&self) -> (usize, usize) {
        if let Some(store) = self.desk.store() {
            let found = store.borrow().documents(None).expect("documents");
            return (found.len(), found.len());
        }
        let names = fs::read_dir(self.folder()).into_iter().flatten().flatten();
        let names: Vec<_> = names
            .map(|it| it.file_name().to_string_lossy().into_owned())
            .collect();
        let of = |ending: &str| names.iter().filter(|name| name.ends_with(ending)).count();
        (of(".txt"), of(".json"))
    }
}
