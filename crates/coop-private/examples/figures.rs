//! Sizes and times of a store of personal data: `cargo run --release -p coop-private --example figures -- 10000`.

use antelope_types::{Name, TimePoint};
use coop_documents::samples::{cashier, cooperative};
use coop_documents::{DestructionReason, Lang};
use coop_private::{ErasureOrder, MasterSecret, PrivateStore, Profile, backup, restore};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

const NOW: TimePoint = TimePoint::from_micros(1_795_860_000_000_000);

fn main() -> Result<(), Box<dyn Error>> {
    let count: u32 = std::env::args().nth(1).map_or(Ok(1_000), |it| it.parse())?;
    let folder = tempfile::tempdir()?;
    let coop = folder.path().join("coop");
    let secret = || MasterSecret::Key(Zeroizing::new([7; 32]));
    let mut store = PrivateStore::create(&coop, cooperative().account, &secret())?;
    let people = (0..count).map(account).collect::<Result<Vec<_>, _>>()?;
    let begun = Instant::now();
    for account in &people {
        let profile = Profile::from_json(*account, PROFILE.as_bytes())?;
        store.put_profile(*account, &profile, NOW)?;
    }
    told("put one person", begun.elapsed() / count);
    drop(store);
    let mut store = PrivateStore::open(&coop, &secret())?;
    let length = |path: &Path| fs::metadata(path).map_or(0, |it| it.len());
    let (database, ring) = (
        length(&coop.join("private.db")),
        length(&coop.join("keys.ring")),
    );
    println!("{count} people, {} bytes each in JSON", PROFILE.len());
    println!(
        "{} bytes a person in private.db",
        database / u64::from(count)
    );
    println!("{} bytes a person in keys.ring", ring / u64::from(count));
    let begun = Instant::now();
    let found = store.find("мария белозёрова")?.len();
    told(&format!("find {found} people by name"), begun.elapsed());
    for backups in 0..=2 {
        let by = cashier();
        let order = ErasureOrder {
            by: &by,
            reason: DestructionReason::Done,
            cooperative: &cooperative(),
            lang: Lang::Ru,
            block_num: 0,
            signer: None,
            media: Vec::new(),
        };
        let rounds = 5;
        let begun = Instant::now();
        for round in 0..rounds {
            let account = people[(backups * rounds + round) as usize];
            assert!(store.erase(account, &order, NOW)?.is_complete());
        }
        told(
            &format!("erase one person, {backups} backups"),
            begun.elapsed() / rounds,
        );
        let begun = Instant::now();
        backup(&coop, &folder.path().join(format!("backup{backups}")), NOW)?;
        told("make a backup", begun.elapsed());
    }
    let begun = Instant::now();
    restore(&folder.path().join("backup2"), &coop, true)?;
    told("restore it", begun.elapsed());
    Ok(())
}

const PROFILE: &str = r#"{"kind": "individual", "last_name": "Белозёрова", "first_name": "Мария",
"middle_name": "Андреевна", "birth_date": "1988-04-12", "phone": "+7 000 000-00-01",
"address": "г. Приозёрный, ул. Садовая, д. 14, кв. 3", "email": "maria@example.org"}"#;

/// An account with its number in letters.
fn account(number: u32) -> Result<Name, antelope_types::NameError> {
    let letter = |place: u32| char::from(b'a' + (number / 26_u32.pow(place) % 26) as u8);
    let letters: String = (0..5).map(letter).collect();
    format!("person{letters}").parse()
}

fn told(what: &str, time: Duration) {
    println!("{:.2} ms to {what}", time.as_secs_f64() * 1_000.0);
}
