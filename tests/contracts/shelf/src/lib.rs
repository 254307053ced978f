//! A contract that does with tables, calls and notifications whatever a test tells it.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

use alloc::{string::String, vec::Vec};
use antelope_contract::prelude::*;

mod walk;

/// A row with a key of every kind.
#[table("items")]
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The primary key.
    #[primary]
    pub id: u64,
    /// 64 bits.
    #[index]
    pub number: u64,
    /// 128 bits.
    #[index]
    pub wide: u128,
    /// 256 bits.
    #[index]
    pub hash: Checksum256,
    /// Double.
    #[index]
    pub ratio: f64,
    /// Long double.
    #[index]
    pub long: Float128,
    /// As long as the test wants the row to be.
    pub text: String,
}

/// What a notification was about.
#[table("notes")]
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The primary key.
    #[primary]
    pub id: u64,
    /// Which handler.
    pub handler: String,
    /// The contract whose action it was.
    pub code: Name,
    /// Who paid.
    pub from: Name,
}

/// A counter.
#[table("counter", singleton)]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counter {
    /// How often.
    pub times: u64,
}

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Encode, Decode, AbiType)]
pub enum End {
    /// With this row's key.
    Included,
    /// Without it.
    Excluded,
    /// No end.
    Open,
}

/// What happens to rows that come out of a range.
#[derive(Clone, Copy, Debug, PartialEq, Encode, Decode, AbiType)]
pub enum Effect {
    /// Nothing.
    Nothing,
    /// They are removed.
    Remove,
    /// Their keys are moved beyond all others.
    Move,
}

/// A walk over an index: 0 is the primary one.
#[derive(Clone, Debug, PartialEq, Encode, Decode, AbiType)]
pub struct Walk {
    /// Which index.
    pub index: u8,
    /// The kind of the lower end.
    pub from_end: End,
    /// The row whose key is the lower end.
    pub from: Item,
    /// The kind of the upper end.
    pub to_end: End,
    /// The row whose key is the upper end.
    pub to: Item,
    /// For each step whether it is made at the back.
    pub back: Vec<bool>,
    /// What happens to each row.
    pub effect: Effect,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Encode, Decode, AbiType)]
pub enum Step {
    /// Adds a row.
    Insert(Item),
    /// Replaces all but the key of a row.
    Update(Item),
    /// Removes a row.
    Remove(u64),
    /// Finds a row.
    Get(u64),
    /// Finds by the secondary key of this row.
    Find {
        /// Which index, 1 to 5.
        index: u8,
        /// Has the key.
        item: Item,
    },
    /// Walks.
    Walk(Walk),
    /// Asks for the next id, the first and the last row.
    Ends,
}

/// What came of a step.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode, AbiType)]
pub struct Seen {
    /// The ids of rows, [`NONE`] where there was none.
    pub ids: Vec<u64>,
}

/// Where there was no row; a list of optionals would be more than some ABI readers take.
pub const NONE: u64 = u64::MAX;

impl From<Vec<Option<u64>>> for Seen {
    fn from(ids: Vec<Option<u64>>) -> Self {
        Self {
            ids: ids.into_iter().map(|id| id.unwrap_or(NONE)).collect(),
        }
    }
}

/// Why it may fail.
#[error_codes]
pub enum ShelfError {
    /// no such order
    NoOrder = 1,
    /// the order is paid already
    Paid = 2,
}

/// Tokens, by the ABI file of the reference contract.
pub mod token {
    antelope_contract::import_abi!("abi/eosio.token.abi");
}

/// The contract.
#[contract(tables(Item, Note, Counter), errors(ShelfError))]
pub mod shelf {
    use super::*;

    /// Does steps in a scope and tells what was seen.
    #[action]
    pub fn run(scope: u64, steps: Vec<Step>) -> Vec<Seen> {
        let table = Item::table(scope);
        steps
            .into_iter()
            .map(|step| walk::step(&table, step).into())
            .collect()
    }

    /// Does steps in a scope and fails where something else is seen; results of actions are short.
    #[action]
    pub fn expect(scope: u64, steps: Vec<Step>, expected: Vec<Seen>) {
        let table = Item::table(scope);
        for (step, expected) in steps.into_iter().zip(expected) {
            check!(
                Seen::from(walk::step(&table, step)) == expected,
                "something else was seen"
            );
        }
    }

    /// Walks over another contract's table without writing.
    #[action(read_only)]
    pub fn peek(code: Name, scope: u64) -> Vec<u64> {
        Item::view(code, scope).iter().map(|item| item.id).collect()
    }

    /// Changes the primary key of a row, which must fail.
    #[action]
    pub fn rekey(scope: u64, id: u64) {
        let item = Item::table(scope).get(id).or_fail("no row");
        item.update(Payer::Same, |item| item.id += 1);
    }

    /// Counts in a singleton.
    #[action(ricardian = "texts/counting.md")]
    pub fn count(payer: Name) -> u64 {
        let counter = Counter::singleton();
        let times = counter.get_or_default().times + 1;
        counter.set(payer, &Counter { times });
        times
    }

    /// Forgets the count.
    #[action]
    pub fn forget() {
        check!(Counter::singleton().exists(), "nothing to forget");
        Counter::singleton().remove();
    }

    /// Sends `count` to itself.
    #[action]
    pub fn inline(payer: Name) {
        let me = receiver();
        check!(sender().is_none(), "sent by a contract");
        Client::at(me)
            .signed_by(PermissionLevel::active(me))
            .sent(payer, "text")
            .send();
    }

    /// What `inline` sends.
    #[action]
    pub fn sent(cx: &Context, payer: Name, text: &str) {
        require_auth(cx.receiver());
        check!(sender() == Some(cx.receiver()), "not sent by itself");
        check!(text == "text", "another text");
        Counter::singleton().set(cx.receiver(), &Counter { times: payer.raw() });
    }

    /// Hashes and recovers a key; fails unless `key` has signed.
    #[action]
    pub fn verify(text: &[u8], signature: Signature, key: PublicKey) -> Checksum256 {
        let digest = sha256(text);
        check!(
            recover_key(&digest, &signature) == key,
            "another key has signed"
        );
        digest
    }

    /// Whether keys satisfy a permission.
    #[action]
    pub fn satisfied(account: Name, keys: Vec<PublicKey>) -> bool {
        permission_satisfied(account, name!("active"), &keys)
    }

    /// Reads its arguments one by one.
    #[action]
    pub fn arguments(flag: bool, text: &str, list: Vec<Name>) {
        let _ = (flag, text, list);
    }

    /// Adds assets.
    #[action(read_only)]
    pub fn add(left: Asset, right: Asset) -> Asset {
        left + right
    }

    /// Fails by number.
    #[action]
    pub fn refuse(paid: bool) {
        check!(!paid, ShelfError::Paid);
        Err::<(), ()>(()).or_fail(ShelfError::NoOrder);
    }

    /// Sends a token by the client of an ABI file.
    #[action]
    pub fn pay(token: Name, to: Name, quantity: Asset) {
        let symbol = quantity.symbol.code();
        let row = token::AccountsTable::of(token, receiver()).get(symbol);
        check!(
            row.or_fail("no balance").balance.amount >= quantity.amount,
            "not enough"
        );
        check!(
            token::StatTable::of(token, symbol).iter().count() == 1,
            "no such token"
        );
        token::Client::at(token)
            .signed_by(PermissionLevel::active(receiver()))
            .transfer(receiver(), to, quantity, "by a file")
            .send();
    }

    /// Prints with every kind of value.
    #[action]
    pub fn show() {
        print("text ");
        print(name!("eosio"));
        print(-1i8);
        print(2u64);
        print(u128::MAX);
        print(true);
        print(1.5f64);
        print([0xab, 0xcd]);
    }

    fn note(handler: &str, code: Name, from: Name) {
        let notes = Note::table(receiver());
        let id = notes.next_id();
        notes.insert(
            receiver(),
            &Note {
                id,
                handler: handler.into(),
                code,
                from,
            },
        );
    }

    /// Hears of real tokens.
    #[on_notify("eosio.token::transfer")]
    pub fn paid(cx: &Context, from: Name, to: Name, quantity: Asset, memo: &str) {
        let _ = (to, quantity, memo);
        note("paid", cx.first_receiver(), from);
    }

    /// Hears of anybody's tokens.
    #[on_notify(any_contract, "transfer")]
    pub fn noticed(code: Name, from: Name) {
        note("noticed", code, from);
    }
}
