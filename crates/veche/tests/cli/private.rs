//! Personal data by commands: kept, shown, backed up, erased and restored, without a node.

use crate::support::{Said, veche_with};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const PROFILE: &str = r#"{"last_name": "Звягинцева", "first_name": "Анна", "birth_date": "1988-04-12",
    "address": "ул. Садовая, д. 14", "phone": "+7 000 000-00-01", "email": "anna@example.org"}"#;

struct PrivateDesk(tempfile::TempDir);

impl PrivateDesk {
    /// A configuration with a desk and a store, whose master key is in a file.
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let people = desk.path("desk/zarechyekoop/people");
        fs::create_dir_all(&people).unwrap();
        let cooperative = json!({
            "name": "Потребительский кооператив «Заречье»", "short_name": "ПК «Заречье»",
            "address": "г. Приозёрный", "timezone": "Europe/Moscow",
        });
        fs::write(
            desk.path("desk/zarechyekoop/cooperative.json"),
            cooperative.to_string(),
        )
        .unwrap();
        let boris = json!({"last_name": "Вересаев", "first_name": "Пётр"});
        fs::write(
            desk.path("desk/zarechyekoop/people/boris.json"),
            boris.to_string(),
        )
        .unwrap();
        fs::write(desk.path("desk/zarechyekoop/people/anna.json"), PROFILE).unwrap();
        desk.run("person init").well();
        desk
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn words(&self, words: &str) -> Vec<String> {
        let mut words: Vec<_> = words.split_whitespace().map(str::to_owned).collect();
        let master = format!("--master=file:{}", self.path("master").display());
        let has_master = ["person", "desk"].contains(&words[0].as_str());
        words.extend(["--coop", "zarechyekoop", "--lang", "en"].map(str::to_owned));
        words.extend(has_master.then_some(master));
        words
    }

    fn run(&self, words: &str) -> Said {
        let nowhere = ["--url", "http://127.0.0.1:1"];
        veche_with(self.0.path(), nowhere, self.words(words))
    }

    fn json(&self, words: &str) -> Value {
        self.run(&format!("{words} --json")).well().json()["data"].clone()
    }
}

#[test]
fn personal_data_is_kept_backed_up_erased_and_restored() {
    let desk = PrivateDesk::new();
    let kept = desk.run("person put anna --from-desk").well();
    assert!(!kept.out.contains("Звягинцева"), "{kept:?}");
    let shown = desk.json("person show anna");
    assert_eq!(shown["profile"]["last_name"], "Звягинцева");
    assert_eq!(desk.json("person list")[0]["account"], "anna");
    let backup = format!("backup --to {}", desk.path("saved").display());
    assert_eq!(desk.json(&backup)["cooperative"], "zarechyekoop");
    assert_eq!(desk.json("backup --list").as_array().unwrap().len(), 1);
    desk.run(&format!("backup --check {}", desk.path("saved").display()))
        .well();

    let erase = "person erase anna --reason withdrawn --by boris";
    let planned = desk.json(&format!("{erase} --dry-run"));
    assert_eq!(planned["profile"], true);
    // Nobody was asked.
    let refused = desk.run(erase);
    assert_eq!(refused.code, 3, "{refused:?}");
    fs::rename(desk.path("saved"), desk.path("away")).unwrap();
    let incomplete = desk.run(&format!("{erase} --yes"));
    assert_eq!(incomplete.code, 8, "{incomplete:?}");
    assert!(incomplete.out.contains("saved"), "{incomplete:?}");
    fs::rename(desk.path("away"), desk.path("saved")).unwrap();
    let done = desk.json(&format!("{erase} --yes"));
    assert_eq!(done["complete"], true);
    let act = done["act"].as_str().unwrap();
    let act = desk
        .run(&format!("person show --document {act}"))
        .well()
        .out;
    assert!(
        act.contains("anna") && act.contains("Вересаев") && !act.contains("Звягинцева"),
        "{act}"
    );
    assert!(!desk.path("desk/zarechyekoop/people/anna.json").exists());

    let restore = format!("restore --from {} --yes", desk.path("saved").display());
    assert_eq!(desk.json(&restore)["left_out"], 1);
    assert_eq!(desk.json("person list"), json!([]));
    let gone = desk.run("person show anna --json");
    assert_eq!(gone.code, 0, "its act is kept: {gone:?}");
    assert_eq!(desk.run("person show nobody").code, 4);
}

#[test]
fn errors_name_the_field_and_not_the_data() {
    let desk = PrivateDesk::new();
    let wrong = PROFILE.replace("1988-04-12", "sometime");
    fs::write(desk.path("wrong.json"), wrong).unwrap();
    let put = format!(
        "person put anna --profile {}",
        desk.path("wrong.json").display()
    );
    let said = desk.run(&put);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("birth_date") && !said.err.contains("sometime"),
        "{said:?}"
    );
    // From standard input, by a master key that is not the right one.
    let mut child = Command::new(env!("CARGO_BIN_EXE_veche"))
        .args([
            "--config",
            desk.0.path().to_str().unwrap(),
            "--url",
            "http://127.0.0.1:1",
        ])
        .args(desk.words("person put anna --profile -"))
        .env("VECHE_CONFIG", desk.0.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(PROFILE.as_bytes())
        .unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
    let master = desk.path("master");
    let digits = fs::read(&master).unwrap();
    assert_eq!(digits.len(), 65);
    fs::write(&master, "0".repeat(64)).unwrap();
    let said = desk.run("person show anna");
    assert!(
        said.err.contains("the master key does not open"),
        "{said:?}"
    );
    fs::write(&master, digits).unwrap();
    let change = format!(
        "person master --new-master file:{}",
        desk.path("next").display()
    );
    desk.run(&change).well();
    fs::copy(desk.path("next"), &master).unwrap();
    assert_eq!(
        desk.json("person show anna")["profile"]["first_name"],
        "Анна"
    );
    assert!(Path::new(&desk.path("registry/zarechyekoop/keys.ring")).exists());
}

#[test]
fn a_desk_is_sealed_in_steps_and_nothing_that_is_wrong_is_lost() {
    let desk = PrivateDesk::new();
    let listed = desk.json("desk");
    assert_eq!(listed["clear"].as_array().unwrap().len(), 2);
    assert!(desk.run("desk").well().out.contains("in clear: 2"));
    // Whatever is wrong is told before anything is moved.
    let broken = desk.path("desk/zarechyekoop/people/clara.json");
    fs::write(&broken, r#"{"last_name": ""}"#).unwrap();
    let refused = desk.run("desk seal");
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("clara.json"), "{refused:?}");
    let anna = desk.path("desk/zarechyekoop/people/anna.json");
    assert!(anna.exists());
    fs::remove_file(&broken).unwrap();
    // What an editor has left is named and stays.
    let copy = desk.path("desk/zarechyekoop/people/anna.json~");
    fs::write(&copy, "{}").unwrap();
    let old = desk.path("desk/zarechyekoop/documents");
    fs::create_dir_all(&old).unwrap();
    fs::write(old.join("501-protocol-1.txt"), "Протокол прежней версии").unwrap();
    let hash = "1".repeat(64);
    fs::write(
        old.join(format!("{hash}.json")),
        r#"{"file": "501-protocol-1.txt"}"#,
    )
    .unwrap();
    let sealed = desk.json("desk seal");
    assert_eq!(
        (&sealed["people"], &sealed["papers"], &sealed["documents"]),
        (&json!(2), &json!(2), &json!(0))
    );
    assert_eq!(sealed["left"], json!([copy]));
    fs::remove_file(&copy).unwrap();
    assert!(!anna.exists() && !old.join("501-protocol-1.txt").exists());
    let shown = desk.json("person show anna");
    assert_eq!(shown["profile"]["phone"], "+7 000 000-00-01");
    // A file that somebody puts there since goes into the store by sealing again.
    fs::write(&anna, PROFILE.replace("00-01", "00-02")).unwrap();
    assert_eq!(desk.json("desk")["clear"], json!([anna]));
    assert_eq!(desk.json("desk seal")["people"], json!(1));
    let shown = desk.json("person show anna");
    assert_eq!(shown["profile"]["phone"], "+7 000 000-00-02");
    let again = desk.json("desk seal");
    assert_eq!(again["people"], json!(0));
    // It was killed after it had overwritten a file, and before it had removed it.
    fs::write(&anna, [0; 300]).unwrap();
    assert_eq!(desk.json("desk")["clear"], json!([]));
    assert_eq!(desk.json("desk seal")["people"], json!(0));
    assert!(!anna.exists());
    assert!(desk.run("desk").well().out.contains("sealed in"));
}

#[test]
fn sealing_that_is_killed_is_finished_by_running_it_again() {
    const PEOPLE: usize = 60;
    let desk = PrivateDesk::new();
    let people = desk.path("desk/zarechyekoop/people");
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    let account = |number: usize| format!("person{}{}", letter(number / 26), letter(number));
    for number in 0..PEOPLE {
        let profile = json!({"last_name": format!("Убитова-{number}"), "first_name": "Анна"});
        let file = people.join(format!("{}.json", account(number)));
        fs::write(file, profile.to_string()).unwrap();
    }
    let left = || fs::read_dir(&people).unwrap().count();
    let mut kills = 0;
    while left() > PEOPLE / 4 {
        let before = left();
        let mut sealing = Command::new(env!("CARGO_BIN_EXE_veche"))
            .args(["--config", desk.0.path().to_str().unwrap()])
            .args(["--url", "http://127.0.0.1:1"])
            .args(desk.words("desk seal"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Somewhere in the middle of it.
        while left() + 5 > before && sealing.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        sealing.kill().unwrap();
        sealing.wait().unwrap();
        kills += 1;
    }
    assert!(kills > 1, "it was over before it was killed");
    desk.json("desk seal");
    assert_eq!(left(), 0);
    let listed = desk.json("person list");
    assert_eq!(listed.as_array().unwrap().len(), PEOPLE + 2);
    let names: Vec<_> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["name"])
        .collect();
    for number in 0..PEOPLE {
        let name = json!(format!("Убитова-{number} Анна"));
        assert!(names.contains(&&name), "{name}");
    }
}
