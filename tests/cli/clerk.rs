//! A clerk's day: a person is admitted, contributes, gets a part back and leaves; the council decides a
//! question. Everything by `veche`, nothing by the name of an action.

use super::{Desk, Said};
use serde_json::{Value, json};
use std::fs;

const COOPERATIVE: &str = include_str!("../../examples/cooperative.json");
/// Who wants to join.
const ANNA: &str = "zuketamosiva";
const CASHIER: &str = "gipavudorezo";
const CHAIRMAN: &str = "mirodaluvaxe";
const VOTERS: [&str; 4] = [CHAIRMAN, "kepozanuriso", "basulotimegi", "donavirepuka"];

/// The papers of the cooperative, from the example of the demo.
fn papers(desk: &Desk) {
    let folder = desk.folder.path().join("desk/zarechyekoop");
    fs::create_dir_all(folder.join("people")).expect("a folder");
    let example: Value = serde_json::from_str(COOPERATIVE).expect("JSON");
    let only = |from: &Value, fields: &[&str]| {
        let fields = fields.iter().filter(|it| !from[**it].is_null());
        let fields = fields.map(|it| ((*it).to_owned(), from[*it].clone()));
        Value::Object(fields.collect())
    };
    let about = only(
        &example["cooperative"],
        &["name", "short_name", "address", "timezone"],
    );
    fs::write(folder.join("cooperative.json"), about.to_string()).expect("a file");
    let council = example["council"].as_array().expect("a list");
    let candidates = example["candidates"].as_array().expect("a list");
    let fields = [
        "last_name",
        "first_name",
        "middle_name",
        "birth_date",
        "address",
        "phone",
        "email",
    ];
    for person in council
        .iter()
        .chain(candidates)
        .chain([&example["cashier"]])
    {
        let file = format!(
            "people/{}.json",
            person["account"].as_str().expect("an account")
        );
        fs::write(folder.join(file), only(person, &fields).to_string()).expect("a file");
    }
}

impl Desk {
    /// Runs a command that must succeed, as this account.
    fn by(&self, account: &str, words: &str, more: &[&str], lang: &str) -> Said {
        let key = self.key(account);
        let rest = ["--yes", "--as", account, "--lang", lang, "--key-file", &key];
        let said = self.run(words, &[more, &rest].concat());
        assert_eq!(said.code, 0, "{words}: {}", said.err);
        said
    }

    /// The council agrees to the newest question, and the chairman signs.
    fn decided(&self, lang: &str) -> String {
        let agenda = self.data("agenda");
        let ids = agenda.as_array().expect("questions").iter();
        let id = ids
            .filter_map(|it| it["id"].as_u64())
            .max()
            .expect("a question");
        for member in VOTERS {
            self.by(member, &format!("vote {id} for"), &[], lang);
        }
        self.by(CHAIRMAN, &format!("authorize {id}"), &[], lang).err
    }

    /// What a share is made of: minimum, available, blocked.
    fn share(&self, account: &str) -> [Value; 3] {
        let wallet = self.data(&format!("wallet-of {account}"));
        ["minimum", "available", "blocked"].map(|part| wallet[part].clone())
    }
}

/// The whole day in a language.
fn day(lang: &str, words: [&str; 4]) {
    let desk = Desk::open();
    papers(&desk);
    let [invoice, admitted, decided, kept] = words;
    let public = antelope_rpc_client::signing::public_key(&coop_demo::development_key(
        ANNA.parse().expect("an account"),
    ));
    let public = public.expect("a key").to_string();

    // Admission: the clerk opens the account, the candidate signs, the clerk confirms the money.
    desk.by(
        CASHIER,
        "join --open zuketamosiva --public-key",
        &[&public],
        lang,
    );
    let joined = desk.by(ANNA, "join", &[], lang);
    assert!(joined.err.contains(invoice), "{}", joined.err);
    let open = desk.data("pay");
    assert_eq!(
        (&open[0]["username"], &open[0]["quantity"]),
        (&json!(ANNA), &json!("4000.0000 RUB"))
    );
    let pay = |sum: &str, record: &str| {
        desk.by(
            CASHIER,
            "pay zuketamosiva",
            &[sum, "--record", record],
            lang,
        )
    };
    pay("4000.0000 RUB", "order 17");
    let protocol = desk.decided(lang);
    assert!(
        protocol.contains(admitted) && protocol.contains("Белозёрова Мария Андреевна"),
        "{protocol}"
    );
    assert_eq!(desk.share(ANNA)[0], "3000.0000 RUB");

    // A contribution, and a part of it back.
    desk.by(ANNA, "contribute", &["500.0000 RUB"], lang);
    pay("500.0000 RUB", "order 18");
    desk.decided(lang);
    assert_eq!(desk.share(ANNA)[1], "500.0000 RUB");
    desk.by(ANNA, "return", &["200.0000 RUB"], lang);
    assert_eq!(desk.share(ANNA)[2], "200.0000 RUB");
    desk.decided(lang);
    pay("200.0000 RUB", "order 19");
    assert_eq!(
        desk.share(ANNA).map(|it| it.to_string()),
        ["\"3000.0000 RUB\"", "\"300.0000 RUB\"", "\"0.0000 RUB\""]
    );

    // A record counts once.
    desk.by(ANNA, "contribute", &["1.0000 RUB"], lang);
    let key = desk.key(CASHIER);
    let again = [
        "1.0000 RUB",
        "--record",
        "order 18",
        "--yes",
        "--as",
        CASHIER,
        "--key-file",
        &key,
    ];
    assert_eq!(desk.run("pay zuketamosiva", &again).code, 6);
    pay("1.0000 RUB", "order 20");
    desk.decided(lang);

    // A free question, whose protocol repeats the proposal.
    let texts = ["О крыше", "--decision", "Отремонтировать крышу до мая"];
    desk.by("kepozanuriso", "propose --question", &texts, lang);
    let protocol = desk.decided(lang);
    assert!(
        protocol.contains("Отремонтировать крышу до мая") && protocol.contains(decided),
        "{protocol}"
    );

    // Exit: everything is paid out.
    desk.by(ANNA, "leave", &[], lang);
    desk.decided(lang);
    pay("3301.0000 RUB", "order 21");
    let gone = desk.run("wallet-of zuketamosiva --lang", &[lang]);
    assert_eq!(gone.code, 4);
    assert!(gone.err.contains(kept), "{}", gone.err);
    assert_eq!(desk.data("pay"), json!([]));
    assert_eq!(desk.data("coop")["participants"], 6);

    // Every text is kept, beside what it is known by.
    let documents = desk.folder.path().join("desk/zarechyekoop/documents");
    let names = fs::read_dir(documents).expect("documents").flatten();
    let names: Vec<_> = names
        .map(|it| it.file_name().to_string_lossy().into_owned())
        .collect();
    let of = |ending: &str| names.iter().filter(|name| name.ends_with(ending)).count();
    assert_eq!((of(".txt"), of(".json")), (15, 15), "{names:?}");
}

#[test]
fn a_day_in_russian() {
    day(
        "ru",
        [
            "Выставляется счёт на 4000.0000 RUB",
            "Принять в пайщики",
            "Решение принято",
            "нет пая",
        ],
    );
}

#[test]
fn a_day_in_english() {
    day(
        "en",
        [
            "An invoice of 4000.0000 RUB",
            "Принять в пайщики",
            "The decision is taken",
            "has no share",
        ],
    );
}

#[test]
fn without_papers_the_desk_is_asked_for_and_nothing_is_sent() {
    let desk = Desk::open();
    let key = desk.key("nolifarubime");
    let asked = [
        "10.0000 RUB",
        "--yes",
        "--as",
        "nolifarubime",
        "--lang",
        "en",
        "--key-file",
        &key,
    ];
    let said = desk.run("contribute", &asked);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("cooperative.json") && said.err.contains("--desk DIR"),
        "{}",
        said.err
    );
    papers(&desk);
    let foreign = desk.key("basulotimegi");
    let asked = [
        "10.0000 RUB",
        "--yes",
        "--as",
        "nolifarubime",
        "--lang",
        "en",
        "--key-file",
        &foreign,
    ];
    let said = desk.run("contribute", &asked);
    assert_eq!(said.code, 6, "{}", said.err);
    assert!(
        said.err.contains("no key at hand signs for nolifarubime"),
        "{}",
        said.err
    );
    assert_eq!(desk.data("pay"), json!([]));
}

#[test]
fn nothing_is_signed_on_another_chain() {
    let desk = Desk::open();
    papers(&desk);
    let id = "11".repeat(32);
    let added = desk.run("net add other http://127.0.0.1:1 --chain-id", &[&id]);
    assert_eq!(added.code, 0, "{}", added.err);
    let key = desk.key("nolifarubime");
    let asked = [
        "10.0000 RUB",
        "-n",
        "other",
        "--yes",
        "--as",
        "nolifarubime",
        "--lang",
        "en",
        "--key-file",
        &key,
    ];
    let said = desk.run("contribute", &asked);
    assert_eq!(said.code, 8, "{}", said.err);
    assert!(said.err.contains("nothing was signed"), "{}", said.err);
    let documents = desk.folder.path().join("desk/zarechyekoop/documents");
    assert!(!documents.exists(), "no document was made");
}
