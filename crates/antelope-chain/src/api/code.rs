//! Calls about code and ABIs of accounts.

use super::Reader;
use super::abis::is_empty;
use super::answer::Refusal;
use super::bound::padded;
use super::request::Request;
use antelope_ledger::state::Account;
use antelope_rpc_client::base64;
use antelope_types::abi::AbiDef;
use antelope_types::{ChainError, Checksum256, Decode, ErrorKind, Name};
use serde_json::{Value, json};

/// The lists of an ABI.
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

/// `get_abi`.
pub(super) fn abi(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let (name, account) = find(reader, request, "abi")?;
    let mut answer = json!({ "account_name": name });
    add_abi(&mut answer, account)?;
    Ok(answer)
}

/// `get_raw_abi`.
pub(super) fn raw_abi(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let known = match request.value("abi_hash") {
        None => None,
        Some(given) => {
            let text = given.as_str().filter(|text| text.len().is_multiple_of(2));
            let known = text.and_then(padded::<32>);
            Some(known.ok_or_else(|| Refusal::field("`abi_hash`: expected a hash"))?)
        }
    };
    let (name, account) = find(reader, request, "abi")?;
    let hash = Checksum256::sha256(&account.abi);
    let mut answer = json!({
        "account_name": name,
        "code_hash": account.code_hash,
        "abi_hash": hash,
    });
    // Who has it already need not be sent it.
    if known != Some(hash.0) {
        answer["abi"] = base64::encode(&account.abi).into();
    }
    Ok(answer)
}

/// `get_code`.
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

/// `get_code_hash`.
pub(super) fn code_hash(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let (name, account) = find(reader, request, "code hash")?;
    Ok(json!({ "account_name": name, "code_hash": account.code_hash }))
}

/// `get_raw_code_and_abi`.
pub(super) fn raw_code_and_abi(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let (name, account) = find(reader, request, "code/abi")?;
    Ok(json!({
        "account_name": name,
        "wasm": base64::encode(wasm(reader, account)),
        "abi": base64::encode(&account.abi),
    }))
}

fn find<'a>(
    reader: Reader<'a>,
    request: &Request,
    what: &str,
) -> Result<(Name, &'a Account), Refusal> {
    let name = request.name("account_name")?;
    let account = reader.chain.state().accounts.get(&name).ok_or_else(|| {
        let message =
            format!("unable to retrieve account {what} (unknown key (eosio::chain::name): {name})");
        ChainError::new(ErrorKind::AccountQuery, message)
    })?;
    Ok((name, account))
}

fn wasm<'a>(reader: Reader<'a>, account: &Account) -> &'a [u8] {
    let code = reader.chain.state().code(&account.code_hash);
    code.map_or(&[], |code| code)
}

fn add_abi(answer: &mut Value, account: &Account) -> Result<(), Refusal> {
    if is_empty(&account.abi) {
        return Ok(());
    }
    let unreadable = |error: String| Refusal::from(ChainError::new(ErrorKind::AccountQuery, error));
    let abi = AbiDef::from_bytes(&account.abi).map_err(|error| unreadable(error.to_string()))?;
    answer["abi"] = serde_json::to_value(abi).map_err(|error| unreadable(error.to_string()))?;
    // Nodes leave no list out.
    for list in LISTS {
        if answer["abi"][list].is_null() {
            answer["abi"][list] = json!([]);
        }
    }
    Ok(())
}
