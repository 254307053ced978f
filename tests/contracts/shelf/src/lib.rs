//! A contract that does with tables, calls and notifications whatever a test tells it.

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

use alloc::collections::BTreeMap;
use antelope_contract::auth;
use antelope_contract::prelude::*;
use antelope_contract::system::{account_creation_time, block_number, code_of};
use antelope_contract::{crypto_ext, privileged, transaction};

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

/// What `probe` tells.
#[derive(Clone, Debug, PartialEq, Encode, Decode, AbiType)]
pub struct Probe {
    /// Now.
    pub now: TimePoint,
    /// The number of the block.
    pub block: u32,
    /// When the account was created.
    pub created: TimePoint,
    /// Until when the transaction was good.
    pub expiration: TimePointSec,
    /// The hash of the account's code.
    pub code_hash: Checksum256,
    /// How often code was set.
    pub code_sequence: u64,
    /// The hash of the first action of the transaction.
    pub first_action: Checksum256,
}

/// What `newcrypto` tells.
#[derive(Clone, Debug, PartialEq, Encode, Decode, AbiType)]
pub struct NewCrypto {
    /// SHA3-256.
    pub sha3: Checksum256,
    /// Keccak-256.
    pub keccak: Checksum256,
    /// The hash of the recovered key.
    pub key: Checksum256,
    /// 3²⁰⁰ modulo 1000.
    pub power: u32,
    /// The hash of a state after no rounds.
    pub blake: Checksum256,
}

/// A side, by a number of its own.
#[derive(Clone, Copy, Debug, PartialEq, Encode, Decode, AbiType)]
#[repr(u16)]
pub enum Side {
    /// The one.
    Left = 10,
    /// The other.
    Right = 500,
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

    /// Puts rows in, counts up in a text, and gives the ids of those with a number.
    #[action]
    pub fn shortcuts(scope: u64, items: Vec<Item>, number: u64) -> Vec<u64> {
        let table = Item::table(scope);
        for item in &items {
            table.upsert(receiver(), item);
            table.update_or_insert(
                item.id + 100,
                receiver(),
                || Item {
                    id: item.id + 100,
                    text: String::new(),
                    ..item.clone()
                },
                |row| row.text.push('+'),
            );
        }
        let equal = table.by_number().equal(&number);
        equal.map(|row| row.id).collect()
    }

    /// Whether the permissions approve a transaction, and one of them a permission after a delay.
    #[action]
    pub fn approved(transaction: Transaction, levels: Vec<PermissionLevel>) -> (bool, bool) {
        let packed = transaction.to_bytes();
        let me = receiver();
        (
            auth::check_transaction_authorization(&packed, &[], &levels),
            auth::check_permission_authorization(me, name!("active"), &[], &levels, 0),
        )
    }

    /// Sends actions that it was given.
    #[action]
    pub fn relay(actions: Vec<Action>) -> TimePointSec {
        actions.iter().for_each(SendInline::send);
        now_seconds()
    }

    /// Gives back a value of each shape that CDT has.
    #[action]
    pub fn shapes(prices: BTreeMap<Name, (u8, Asset)>, side: Side) -> (Side, Asset, u32) {
        let total = prices
            .values()
            .fold(Asset::zero(symbol!("4,EOS")), |sum, it| sum + it.1);
        (side, total, prices.len() as u32)
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
        Client::at(me).signed_by_self().sent(payer, "text").send();
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

    /// Tells where and when it runs.
    #[action]
    pub fn probe(account: Name) -> Probe {
        let mut room = [0; 512];
        let packed = transaction::read(&mut room).len();
        check!(packed == transaction::size(), "size and read differ");
        let code = code_of(account).or_fail("no code");
        Probe {
            now: now(),
            block: block_number(),
            created: account_creation_time(account),
            expiration: transaction::expiration(),
            code_hash: code.hash,
            code_sequence: code.sequence,
            first_action: transaction::action(transaction::List::Actions, 0, &mut room)
                .map(sha256)
                .or_fail("no action"),
        }
    }

    /// Does what only privileged contracts may.
    #[action]
    pub fn govern(account: Name) -> u32 {
        check!(privileged::is_privileged(receiver()), "not privileged");
        let before = privileged::resource_limits(account);
        let limits = privileged::ResourceLimits {
            ram_bytes: 1_000_000,
            net_weight: 7,
            cpu_weight: 8,
        };
        check!(before != limits, "the same limits");
        privileged::set_resource_limits(account, limits);
        check!(
            privileged::resource_limits(account) == limits,
            "other limits"
        );
        privileged::set_privileged(account, true);
        check!(
            privileged::is_privileged(account),
            "the account is not privileged"
        );
        privileged::set_privileged(account, false);

        let mut producers = [Name::EMPTY; 3];
        let count = privileged::active_producers(&mut producers);
        check!(
            count == 1 && producers[0] == name!("eosio"),
            "other producers"
        );
        let mut room = [0; 256];
        let parameters = privileged::blockchain_parameters(&mut room);
        check!(!parameters.is_empty(), "no parameters");
        privileged::set_blockchain_parameters(parameters);
        let mut room = [0; 256];
        check!(
            !privileged::wasm_parameters(&mut room).is_empty(),
            "no wasm parameters"
        );
        // One parameter by its number, the network use of a block: how many, which, its eight bytes.
        privileged::parameters(&[1, 0], &mut room).len() as u32
    }

    /// Computes with the newer cryptography.
    #[action]
    pub fn newcrypto(text: &[u8], signature: Vec<u8>) -> NewCrypto {
        let digest = sha256(text);
        let signature = signature.try_into().or_fail("65 bytes");
        let key = crypto_ext::k1_recover(&signature, &digest.0).or_fail("no key");
        let mut room = [0; 4];
        // The same memory three times, which the host would refuse.
        let same = crypto_ext::mod_exp(&[5], &[5], &[5], &mut room).map(u32_of);
        check!(same == Some(0), "a power of itself");
        let power = crypto_ext::mod_exp(&[3], &[200], &[0, 0, 3, 232], &mut room);
        let mut one = [0; 64];
        (one[31], one[63]) = (1, 2);
        let two = crypto_ext::alt_bn128_add(&one, &one).or_fail("not on the curve");
        let mut scalar = [0; 32];
        scalar[31] = 2;
        check!(
            crypto_ext::alt_bn128_mul(&one, &scalar) == Some(two),
            "twice is not double"
        );
        check!(
            crypto_ext::alt_bn128_add(&[9; 64], &one).is_none(),
            "on the curve"
        );
        check!(
            crypto_ext::alt_bn128_pair(&[]) == Some(true),
            "no pairs are one"
        );
        let compressed = crypto_ext::blake2_f(0, &[0; 64], &[0; 128], &[0; 8], &[0; 8], false);
        NewCrypto {
            sha3: crypto_ext::sha3(text),
            keccak: crypto_ext::keccak(text),
            key: sha256(&key),
            power: power.map(u32_of).or_fail("no power"),
            blake: compressed.map(|it| sha256(&it)).or_fail("no round"),
        }
    }

    fn u32_of(bytes: &[u8]) -> u32 {
        bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u32::from(*byte))
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
