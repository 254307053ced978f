//! Accounts and code.
//!
//! A node has two objects for an account, of which each is a table; here both are rows of one map.

use super::table::{Blocks, Output, Table, put};
use crate::version::Version;
use antelope_ledger::config::OWNER;
use antelope_ledger::state::{Account, Code, Map, State};
use antelope_types::{BlockTimestamp, Checksum256, Encode, Name, TimePoint};

/// The runtime of contracts: 0 is WebAssembly, and there is no other.
const WASM: u8 = 0;
/// The version of the runtime.
const WASM_VERSION: u8 = 0;

/// Appends the tables of this module.
pub(super) fn write(blocks: Blocks<'_>, out: &mut Output) {
    out.table::<Accounts>(blocks);
    out.table::<Metadata>(blocks);
    out.table::<Codes>(blocks);
}

/// The number of an account, by which accounts are in the order of their creation: that of its
/// permission `owner`, which is made with the account and never removed.
pub(super) fn number(state: &State, account: Name) -> u64 {
    let owner = state.permissions.get(&(account, OWNER));
    owner.map_or(0, |permission| permission.id)
}

/// A table of which every account has a row.
trait AccountTable {
    /// Its name.
    const NAME: &'static str;

    /// Whether a change of the account is a change of its row.
    fn differs(old: &Account, new: &Account) -> bool;

    /// The row, of version 0.
    fn row(name: Name, account: &Account) -> impl Encode;
}

impl<T: AccountTable> Table for T {
    const NAME: &'static str = T::NAME;
    type Key = Name;
    type Value = Account;

    fn map(state: &State) -> &Map<Name, Account> {
        &state.accounts
    }

    fn number(state: &State, name: &Name, _: &Account) -> u64 {
        number(state, *name)
    }

    fn differs(old: &Account, new: &Account) -> bool {
        T::differs(old, new)
    }

    fn row(_: &State, name: &Name, account: &Account, out: &mut Vec<u8>) {
        put(&Version::<0, _>(T::row(*name, account)), out);
    }
}

/// The table `account`.
struct Accounts;

/// `account_v0`.
#[derive(Encode)]
struct AccountRow<'a> {
    /// The account.
    name: Name,
    /// The time of the block that created it, in slots of 500 ms.
    creation_date: BlockTimestamp,
    /// The packed ABI; empty where none is set.
    abi: &'a [u8],
}

impl AccountTable for Accounts {
    const NAME: &'static str = "account";

    fn differs(old: &Account, new: &Account) -> bool {
        // Setting the same ABI again is a change to a node.
        old.abi_sequence != new.abi_sequence
    }

    fn row(name: Name, account: &Account) -> impl Encode {
        AccountRow {
            name,
            creation_date: account.created,
            abi: &account.abi,
        }
    }
}

/// The table `account_metadata`, of the same map.
struct Metadata;

/// `account_metadata_v0`.
#[derive(Encode)]
struct MetadataRow {
    /// The account.
    name: Name,
    /// Whether its contract may call privileged host functions.
    privileged: bool,
    /// When code was last set; 1970 where it never was.
    last_code_update: TimePoint,
    /// The code that it runs, if it runs any.
    code: Option<CodeId>,
}

/// `code_id`: what identifies code. The two first fields are always 0.
#[derive(Encode)]
struct CodeId {
    /// The runtime.
    vm_type: u8,
    /// Its version.
    vm_version: u8,
    /// The SHA-256 of the code.
    code_hash: Checksum256,
}

/// What identifies code.
fn id(code_hash: Checksum256) -> CodeId {
    CodeId {
        vm_type: WASM,
        vm_version: WASM_VERSION,
        code_hash,
    }
}

impl AccountTable for Metadata {
    const NAME: &'static str = "account_metadata";

    fn differs(old: &Account, new: &Account) -> bool {
        old.privileged != new.privileged
            || old.last_code_update != new.last_code_update
            || old.code_hash != new.code_hash
    }

    fn row(name: Name, account: &Account) -> impl Encode {
        MetadataRow {
            name,
            privileged: account.privileged,
            last_code_update: account.last_code_update,
            code: account.has_code().then(|| id(account.code_hash)),
        }
    }
}

/// The table `code`.
struct Codes;

/// `code_v0`.
#[derive(Encode)]
struct CodeRow<'a> {
    /// What identifies it.
    id: CodeId,
    /// The WebAssembly module, as it was set.
    code: &'a [u8],
}

impl Table for Codes {
    const NAME: &'static str = "code";
    type Key = Checksum256;
    type Value = Code;

    fn map(state: &State) -> &Map<Checksum256, Code> {
        &state.codes
    }

    fn number(_: &State, _: &Checksum256, code: &Code) -> u64 {
        code.number
    }

    fn differs(_: &Code, _: &Code) -> bool {
        // Only the count of accounts that run it changes, which the row has not.
        false
    }

    fn row(_: &State, hash: &Checksum256, code: &Code, out: &mut Vec<u8>) {
        let row = CodeRow {
            id: id(*hash),
            code: &code.bytes,
        };
        put(&Version::<0, _>(row), out);
    }
}
