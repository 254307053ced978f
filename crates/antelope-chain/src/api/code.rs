//! Code and ABIs of accounts: `get_abi`, `get_raw_abi`, `get_code`, `get_code_hash`,
//! `get_raw_code_and_abi`.
//!
//! All take `account_name` and fail with `account_query_exception` (3060002, status 400) where the
//! account does not exist. An account without code has empty code and a `code_hash` of zeros.
//!
//! | call | code | ABI | hashes |
//! |---|---|---|---|
//! | `get_abi` | | JSON | |
//! | `get_raw_abi` | | base64 | both |
//! | `get_code` | as text | JSON | code |
//! | `get_code_hash` | | | code |
//! | `get_raw_code_and_abi` | base64 | base64 | |

use super::Reader;
use super::abis::is_empty;
use super::answer::Refusal;
use super::bound::padded;
use super::fault::no_bytes;
use super::request::Request;
use antelope_ledger::state::Account;
use antelope_rpc_client::base64;
use antelope_types::abi::AbiDef;
use antelope_types::{ChainError, Checksum256, Decode, ErrorKind, Name};
use serde_json::{Value, json};

/// The lists of an ABI that nodes always write, also when empty.
const LISTS: [&str; 8] = [
    "types",
    "structs",
    "actions",
    "tables",
    "ricardian_clauses",
    "error_messages",
    "abi_extensions",
    "variants",
];

/// `get_abi`. Response: the ABI as JSON; without `abi` where the account has none.
pub(super) fn abi(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let (name, account) = find(reader, request, "abi")?;
    let mut answer = json!({ "account_name": name });
    add_abi(&mut answer, account)?;
    Ok(answer)
}

/// `get_raw_abi`. Request: optionally `abi_hash`, the hash of the ABI that the client has.
/// Response: both hashes, and the binary ABI in base64 unless the client has it already.
pub(super) fn raw_abi(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let known = match request.value("abi_hash") {
        None => None,
        Some(given) => {
            let text = given.as_str().filter(|text| text.len().is_multiple_of(2));
            let known = text.and_then(padded::<32>);
            Some(known.ok_or_else(|| Refusal::field(no_bytes(given)))?)
        }
    };
    let (name, account) = find(reader, request, "abi")?;
    let hash = Checksum256::sha256(&account.abi);
    let mut answer = json!({
        "account_name": name,
        "code_hash": account.code_hash,
        "abi_hash": hash,
    });
    // A client that has this ABI is not sent it again.
    if known != Some(hash.0) {
        answer["abi"] = blob(&account.abi).into();
    }
    Ok(answer)
}

/// `get_code`. Response: the code as a string, in which bytes that are not UTF-8 are lost as on a
/// node, and the ABI. `get_raw_code_and_abi` has the bytes.
///
/// # Errors
/// `unsupported_feature` (3100008) for `code_as_wasm` false, which once meant WAST.
pub(super) fn code(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let as_wasm = request.flag("code_as_wasm", true)?;
    let (name, account) = find(reader, request, "code")?;
    if !as_wasm {
        let message = "Returning WAST from get_code is no longer supported";
        return Err(ChainError::new(ErrorKind::UnsupportedFeature, message).into());
    }
    let code = wasm(reader, account);
    let mut answer = json!({
        "account_name": name,
        "code_hash": account.code_hash,
        "wast": "",
        "wasm": String::from_utf8_lossy(code),
    });
    add_abi(&mut answer, account)?;
    Ok(answer)
}

/// `get_code_hash`. Response: the SHA-256 of the code.
pub(super) fn code_hash(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let (name, account) = find(reader, request, "code hash")?;
    Ok(json!({ "account_name": name, "code_hash": account.code_hash }))
}

/// `get_raw_code_and_abi`. Response: code and binary ABI in base64.
pub(super) fn raw_code_and_abi(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let (name, account) = find(reader, request, "code/abi")?;
    Ok(json!({
        "account_name": name,
        "wasm": blob(wasm(reader, account)),
        "abi": blob(&account.abi),
    }))
}

/// The account of a request; `what` is the word in the error message.
fn find<'a>(
    reader: Reader<'a>,
    request: &Request,
    what: &str,
) -> Result<(Name, &'a Account), Refusal> {
    let name = request.name("account_name")?;
    let account = reader.chain.state().find_account(name).ok_or_else(|| {
        let message =
            format!("unable to retrieve account {what} (unknown key (eosio::chain::name): {name})");
        ChainError::new(ErrorKind::AccountQuery, message)
    })?;
    Ok((name, account))
}

/// Bytes in base64 that ends with `=` in any case. cleos up to 4.1 takes text that does not for the
/// bytes themselves; nodes of that time append one, and clients pass over it.
fn blob(bytes: &[u8]) -> String {
    let mut text = base64::encode(bytes);
    if !text.is_empty() && !text.ends_with('=') {
        text.push('=');
    }
    text
}

/// The code of an account, empty if it has none.
fn wasm<'a>(reader: Reader<'a>, account: &Account) -> &'a [u8] {
    let code = reader.chain.state().code(&account.code_hash);
    code.map_or(&[], |code| code)
}

/// Adds the ABI as JSON, unless the account has none.
///
/// # Errors
/// `account_query_exception` (3060002) where its ABI cannot be read.
fn add_abi(answer: &mut Value, account: &Account) -> Result<(), Refusal> {
    if is_empty(&account.abi) {
        return Ok(());
    }
    let unreadable = |error: String| Refusal::from(ChainError::new(ErrorKind::AccountQuery, error));
    let abi = AbiDef::from_bytes(&account.abi).map_err(|error| unreadable(error.to_string()))?;
    answer["abi"] = serde_json::to_value(abi).map_err(|error| unreadable(error.to_string()))?;
    // Nodes write empty lists as well.
    for list in LISTS {
        if answer["abi"][list].is_null() {
            answer["abi"][list] = json!([]);
        }
    }
    Ok(())
}
