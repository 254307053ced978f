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
use super::fault::{no_symbol, quoted_cast};
use super::request::Request;
use antelope_ledger::config::{ACCOUNT_WINDOW, ANY, SYSTEM};
use antelope_ledger::state::{self, ElasticLimit, PRECISION, State, TableKey, Usage};
use antelope_types::rpc::{Account, AccountResource, LinkedAction, Permission, RequiredAuth};
use antelope_types::{
    Asset, Authority, BlockTimestamp, ChainError, Decode, ErrorKind, Name, Symbol, SymbolCode,
    TimePoint, name, symbol,
};
use serde_json::Value;

/// The account of the core token.
const TOKEN: Name = name!("eosio.token");

/// A symbol such as `4,EOS`.
fn symbol(given: &Value) -> Result<Symbol, Refusal> {
    let text = given.as_str();
    let text = text.ok_or_else(|| Refusal::field(quoted_cast(given, "string")))?;
    text.parse().map_err(|_| Refusal::fields(no_symbol(text)))
}

/// `get_account`. Request: `account_name`, and optionally `expected_core_symbol` as `4,EOS`.
///
/// # Errors
/// `account_query_exception` (3060002, status 400) where the account does not exist.
pub(super) fn account(reader: Reader<'_>, request: &Request) -> Result<Account, Refusal> {
    let name = request.name("account_name")?;
    let expected = request.value("expected_core_symbol").map(symbol);
    let expected = expected.transpose()?;
    let state = reader.chain.state();
    let account = state.find_account(name).ok_or_else(|| unknown(name))?;
    let limits = state.limits(name)?;
    let head = reader.chain.head().header.timestamp;
    let block = &state.global.block_resources;
    let used = state.resources.get(&name);
    let of = |elastic: &ElasticLimit, weight, usage| {
        let allowed = elastic.allowed(weight);
        limit(account, allowed, usage, head)
    };
    let symbol = expected.or_else(|| core_symbol(state));
    let core = symbol.unwrap_or(Symbol::new(SymbolCode::from_raw(0), 0));
    let kept = Kept {
        reader,
        account: name,
    };
    Ok(Account {
        account_name: name,
        head_block_num: reader.chain.head().number(),
        head_block_time: head.into(),
        privileged: account.privileged,
        last_code_update: account.last_code_update,
        created: account.created.into(),
        core_liquid_balance: balance(state, name, core).map(|balance| balance.to_string()),
        ram_quota: limits.ram_bytes,
        net_weight: limits.net_weight,
        cpu_weight: limits.cpu_weight,
        net_limit: used
            .map(|used| of(&block.net, limits.net_weight, used.net_usage))
            .unwrap_or_default(),
        cpu_limit: used
            .map(|used| of(&block.cpu, limits.cpu_weight, used.cpu_usage))
            .unwrap_or_default(),
        ram_usage: used.map_or(0, |used| number(used.ram_usage.into())),
        permissions: permissions(state, name),
        total_resources: kept.row(name!("userres"), name, "user_resources"),
        self_delegated_bandwidth: kept.row(name!("delband"), name, "delegated_bandwidth"),
        refund_request: kept.row(name!("refunds"), name, "refund_request"),
        voter_info: kept.row(name!("voters"), SYSTEM, "voter_info"),
        rex_info: kept.row(name!("rexbal"), SYSTEM, "rex_balance"),
        subjective_cpu_bill_limit: AccountResource {
            last_usage_update_time: BlockTimestamp::default().into(),
            ..AccountResource::default()
        },
        eosio_any_linked_actions: linked(state, name, ANY),
    })
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
fn limit(
    account: &state::Account,
    allowed: Option<u128>,
    usage: Usage,
    now: BlockTimestamp,
) -> AccountResource {
    let updated = match usage.last_ordinal {
        0 => account.created,
        slot => BlockTimestamp::from_slot(slot),
    };
    let last_usage_update_time = TimePoint::from(updated);
    let Some(max) = allowed else {
        return AccountResource {
            used: -1,
            available: -1,
            max: -1,
            last_usage_update_time,
            current_used: -1,
        };
    };
    let used = in_window(&usage);
    let mut today = usage;
    // Adding 0 only lets the average decay, so that it cannot overflow.
    let _ = (now.slot() > usage.last_ordinal).then(|| today.add(0, now.slot(), ACCOUNT_WINDOW));
    AccountResource {
        used: number(used),
        available: number(max.saturating_sub(used)),
        max: number(max),
        last_usage_update_time,
        current_used: number(in_window(&today)),
    }
}

/// A 64-bit number as the response has it; what is larger is the greatest.
fn number(n: u128) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The usage in the window of 24 hours: the stored average is per slot, multiplied by a precision
/// of 10^6; the result is rounded up.
fn in_window(usage: &Usage) -> u128 {
    (u128::from(usage.value_ex) * u128::from(ACCOUNT_WINDOW)).div_ceil(u128::from(PRECISION))
}

/// The permissions of an account, ascending by name.
fn permissions(state: &State, account: Name) -> Vec<Permission> {
    let all = state.permissions.range((account, Name::default())..);
    let own = all.take_while(|((owner, _), _)| *owner == account);
    own.map(|((_, name), permission)| Permission {
        perm_name: *name,
        parent: state.permission_name(permission.parent).unwrap_or_default(),
        required_auth: RequiredAuth::from(Authority::clone(&permission.authority)),
        linked_actions: linked(state, account, *name),
    })
    .collect()
}

/// The actions linked to a permission, in the order in which they were linked. An entry without
/// `action` is a link of a whole contract.
fn linked(state: &State, account: Name, permission: Name) -> Vec<LinkedAction> {
    let first = (account, Name::default(), Name::default());
    let all = state.links.range(first..);
    let own = all.take_while(|((owner, ..), _)| *owner == account);
    let mut links: Vec<_> = own
        .filter(|(_, link)| link.permission == permission)
        .collect();
    links.sort_by_key(|(_, link)| link.id);
    links
        .into_iter()
        .map(|((_, code, action), _)| LinkedAction {
            account: *code,
            action: (!action.is_empty()).then_some(*action),
        })
        .collect()
}

/// Rows that the system contract keeps of an account.
struct Kept<'a> {
    /// The chain and its ABIs.
    reader: Reader<'a>,
    /// The account, which is also the primary key of the rows.
    account: Name,
}

impl Kept<'_> {
    /// Its row in a table, decoded as this type of the ABI of `eosio`; `null` where there is no
    /// row, or it cannot be decoded.
    fn row(&self, table: Name, scope: Name, ty: &str) -> Value {
        let state = self.reader.chain.state();
        let abi = self.reader.abis.of(state, SYSTEM);
        let row = row(state, SYSTEM, scope, table, self.account.raw());
        let readable = row.zip(abi.as_ref());
        readable
            .and_then(|(row, abi)| abi.unpack_as_node(ty, row).ok())
            .unwrap_or_default()
    }
}

/// The bytes of a row, if it exists.
fn row(state: &State, code: Name, scope: Name, table: Name, primary: u64) -> Option<&[u8]> {
    let row = state.row(TableKey { code, scope, table }, primary);
    row.map(|row| &*row.value)
}

/// The account's balance in `eosio.token`, if its symbol is the core symbol.
fn balance(state: &State, account: Name, core: Symbol) -> Option<Asset> {
    let row = row(state, TOKEN, account, name!("accounts"), core.code().raw());
    let balance = Asset::from_bytes(row?.get(..16)?).ok();
    balance.filter(|balance| balance.symbol == core)
}

/// The core symbol, taken from the RAM market of the system contract: at byte 48 of the row of
/// `rammarket`, after the supply (16 bytes), the RAM balance (16) and weight (8), and the amount of
/// the core balance (8). Used where the request has no `expected_core_symbol`.
fn core_symbol(state: &State) -> Option<Symbol> {
    let primary = symbol!("4,RAMCORE").raw();
    let market = row(state, SYSTEM, SYSTEM, name!("rammarket"), primary)?;
    let symbol = market.get(48..56)?.try_into().ok()?;
    Some(Symbol::from_raw(u64::from_le_bytes(symbol)))
}
