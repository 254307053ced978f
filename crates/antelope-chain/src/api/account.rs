//! `get_account`: an account's permissions, resources, and what system contracts know of it.
//!
//! | field | what |
//! |---|---|
//! | `ram_quota`, `net_weight`, `cpu_weight` | limits; -1 is unlimited |
//! | `ram_usage` | bytes |
//! | `net_limit` | bytes in the window of 24 hours: used, available, max |
//! | `cpu_limit` | the same in µs |
//! | `permissions` | each with its parent, authority and linked actions |
//! | `total_resources`, `voter_info`, … | rows of the system contract, `null` where it has none |
//! | `core_liquid_balance` | the balance in `eosio.token`, if the core symbol is known |
//!
//! On a node: `read_only::get_account` in `chain_plugin.cpp`. Subjective billing is a matter of a
//! node, so that its fields are zero here.
//!
//! Usage is an average over the last 24 hours that decays with each slot of 500 ms. The chain
//! stores it as of the account's last transaction. `used` is that stored value; `current_used` is
//! what is left of it now, which is what the next transaction is compared with. `max` is the
//! account's share of the elastic limit of all blocks in the window, by its weight. So `max` may
//! change without the account doing anything: when others stake, or when blocks are full.

use super::Reader;
use super::answer::Refusal;
use super::request::Request;
use antelope_ledger::config::{ACCOUNT_WINDOW, ANY, SYSTEM};
use antelope_ledger::state::{Account, ElasticLimit, PRECISION, State, TableKey, Usage};
use antelope_types::{
    Asset, BlockTimestamp, ChainError, Decode, ErrorKind, Name, Symbol, SymbolCode, TimePoint,
    name, symbol,
};
use serde_json::{Value, json};

/// The account of the core token.
const TOKEN: Name = name!("eosio.token");

/// Rows of the system contract that the response contains: the field, the table, its scope unless
/// that is the account, and the type of a row. A row is decoded by the ABI of `eosio`; the field is
/// `null` where there is no row, or the ABI does not have the type.
const KEPT: [(&str, Name, Option<Name>, &str); 5] = [
    ("total_resources", name!("userres"), None, "user_resources"),
    (
        "self_delegated_bandwidth",
        name!("delband"),
        None,
        "delegated_bandwidth",
    ),
    ("refund_request", name!("refunds"), None, "refund_request"),
    ("voter_info", name!("voters"), Some(SYSTEM), "voter_info"),
    ("rex_info", name!("rexbal"), Some(SYSTEM), "rex_balance"),
];

/// `get_account`. Request: `account_name`, and optionally `expected_core_symbol` as `4,EOS`.
///
/// # Errors
/// `account_query_exception` (3060002, status 400) where the account does not exist.
pub(super) fn account(reader: Reader<'_>, request: &Request) -> Result<Value, Refusal> {
    let name = request.name("account_name")?;
    let expected = request.optional_text("expected_core_symbol")?;
    let expected = expected.map(|text| text.parse::<Symbol>()).transpose();
    let expected =
        expected.map_err(|error| Refusal::field(format!("`expected_core_symbol`: {error}")))?;
    let state = reader.chain.state();
    let account = state.accounts.get(&name).ok_or_else(|| unknown(name))?;
    let limits = state.limits(name)?;
    let head = reader.chain.head().header.timestamp;
    let mut answer = json!({
        "account_name": name,
        "head_block_num": reader.chain.head().number(),
        "head_block_time": TimePoint::from(head),
        "privileged": account.privileged,
        "last_code_update": account.last_code_update,
        "created": TimePoint::from(account.created),
        "ram_quota": limits.ram_bytes,
        "net_weight": limits.net_weight,
        "cpu_weight": limits.cpu_weight,
        "permissions": permissions(state, name),
        "subjective_cpu_bill_limit": {
            "used": 0,
            "available": 0,
            "max": 0,
            "last_usage_update_time": "2000-01-01T00:00:00.000",
            "current_used": 0,
        },
        "eosio_any_linked_actions": linked(state, name, ANY),
    });
    if let Some(resources) = state.resources.get(&name) {
        let block = &state.global.block_resources;
        let of = |elastic: &ElasticLimit, weight, usage| {
            let allowed = elastic.allowed(weight);
            limit(account, allowed, usage, head)
        };
        answer["net_limit"] = of(&block.net, limits.net_weight, resources.net_usage);
        answer["cpu_limit"] = of(&block.cpu, limits.cpu_weight, resources.cpu_usage);
        answer["ram_usage"] = resources.ram_usage.into();
    }
    add_kept(reader, name, expected, &mut answer);
    Ok(answer)
}

/// The error for an account that does not exist. Its text contains the name of a C++ type, since
/// nodes pass the message of their database on.
fn unknown(name: Name) -> ChainError {
    let message = format!(
        "unable to retrieve account info (unknown key (boost::tuples::tuple<bool, eosio::chain::name, {}>): (0 {name}))",
        ["boost::tuples::null_type"; 8].join(", ")
    );
    ChainError::new(ErrorKind::AccountQuery, message)
}

/// An account's share of a renewable resource: `resource_limits_manager::get_account_cpu_limit_ex`
/// and its NET counterpart. `used` is the average as it was last updated, `current_used` the same
/// decayed to the present. `allowed` is `None` for an account without limits, for which all numbers
/// are -1.
fn limit(account: &Account, allowed: Option<u128>, usage: Usage, now: BlockTimestamp) -> Value {
    let updated = match usage.last_ordinal {
        0 => account.created,
        slot => BlockTimestamp::from_slot(slot),
    };
    let answer = |used: i64, available: i64, max: i64, current: i64| {
        json!({
            "used": used,
            "available": available,
            "max": max,
            "last_usage_update_time": TimePoint::from(updated),
            "current_used": current,
        })
    };
    let Some(max) = allowed else {
        return answer(-1, -1, -1, -1);
    };
    let used = in_window(&usage);
    let mut today = usage;
    // Adding 0 only lets the average decay, so that it cannot overflow.
    let _ = (now.slot() > usage.last_ordinal).then(|| today.add(0, now.slot(), ACCOUNT_WINDOW));
    let number = |n: u128| i64::try_from(n).unwrap_or(i64::MAX);
    answer(
        number(used),
        number(max.saturating_sub(used)),
        number(max),
        number(in_window(&today)),
    )
}

/// The usage in the window of 24 hours: the stored average is per slot, multiplied by a precision
/// of 10^6; the result is rounded up.
fn in_window(usage: &Usage) -> u128 {
    (u128::from(usage.value_ex) * u128::from(ACCOUNT_WINDOW)).div_ceil(u128::from(PRECISION))
}

/// The permissions of an account, ascending by name.
fn permissions(state: &State, account: Name) -> Vec<Value> {
    let all = state.permissions.range((account, Name::default())..);
    let own = all.take_while(|((owner, _), _)| *owner == account);
    own.map(|((_, name), permission)| {
        json!({
            "perm_name": name,
            "parent": state.permission_name(permission.parent).unwrap_or_default(),
            "required_auth": &*permission.authority,
            "linked_actions": linked(state, account, *name),
        })
    })
    .collect()
}

/// The actions linked to a permission, in the order in which they were linked. An entry without
/// `action` is a link of a whole contract.
fn linked(state: &State, account: Name, permission: Name) -> Vec<Value> {
    let first = (account, Name::default(), Name::default());
    let all = state.links.range(first..);
    let own = all.take_while(|((owner, ..), _)| *owner == account);
    let mut links: Vec<_> = own
        .filter(|(_, link)| link.permission == permission)
        .collect();
    links.sort_by_key(|(_, link)| link.id);
    links
        .into_iter()
        .map(|((_, code, action), _)| match action.is_empty() {
            true => json!({ "account": code }),
            false => json!({ "account": code, "action": action }),
        })
        .collect()
}

/// Adds the rows of the system contract and the balance of the core token. Without
/// `expected_core_symbol`, the core symbol is taken from the RAM market of the system contract.
fn add_kept(reader: Reader<'_>, account: Name, symbol: Option<Symbol>, answer: &mut Value) {
    let state = reader.chain.state();
    let row = |code: Name, scope: Name, table: Name, primary: u64| {
        let row = state.row(TableKey { code, scope, table }, primary);
        row.map(|row| &*row.value)
    };
    let abi = reader.abis.of(state, SYSTEM);
    for (field, table, scope, ty) in KEPT {
        let row = row(SYSTEM, scope.unwrap_or(account), table, account.raw());
        let readable = row.zip(abi.as_ref());
        answer[field] = readable
            .and_then(|(row, abi)| abi.unpack_as_node(ty, row).ok())
            .unwrap_or_default();
    }
    let market = row(
        SYSTEM,
        SYSTEM,
        name!("rammarket"),
        symbol!("4,RAMCORE").raw(),
    );
    let core = symbol.or_else(|| core_symbol(market?));
    let core = core.unwrap_or(Symbol::new(SymbolCode::from_raw(0), 0));
    let balance = row(TOKEN, account, name!("accounts"), core.code().raw());
    if let Some(balance) = balance.and_then(|row| Asset::from_bytes(row.get(..16)?).ok())
        && balance.symbol == core
    {
        answer["core_liquid_balance"] = balance.to_string().into();
    }
}

/// The core symbol: at byte 48 of the row of `rammarket`, after the supply (16 bytes), the RAM
/// balance (16) and weight (8), and the amount of the core balance (8).
fn core_symbol(market: &[u8]) -> Option<Symbol> {
    let symbol = market.get(48..56)?.try_into().ok()?;
    Some(Symbol::from_raw(u64::from_le_bytes(symbol)))
}
