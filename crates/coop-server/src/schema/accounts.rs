//! `registerAccount`, `getAccount`, `getAccounts`: accounts, as the server, the cooperative and the chain know them.

use super::auth;
use super::documents::MAX_PAGES;
use crate::api::Api;
use crate::caller::{May, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::people;
use crate::policy::Operation;
use crate::role::Role;
use crate::store;
use crate::store::accounts::{AccountEntry, AccountsOf};
use crate::types::account::{
    Account, AccountPage, AccountPermission, AccountWeight, BlockchainAccount, GetAccountInput,
    GetAccountsInput, KeyWeight, ParticipantAccount, PermissionAuthority, ProviderAccount,
    ResourceLimit, UserAccount, UserStatus, WaitWeight,
};
use crate::types::action::ActionAuthorization;
use crate::types::register::RegisterAccountInput;
use crate::types::scalar::{DateTime, iso};
use crate::types::tokens::RegisteredAccount;
use antelope_types::{Name, PublicKey, name, rpc};
use async_graphql::{Context, Json, Object};
use coop_index::{CandidateRecord, ParticipantRecord, SeatRecord, Slice};
use coop_language::Words;

/// Queries about accounts.
#[derive(Default)]
pub(crate) struct AccountQueries;

/// Mutations of accounts.
#[derive(Default)]
pub(crate) struct AccountMutations;

#[Object]
impl AccountQueries {
    /// An account: one's own, or for the office, anybody's.
    #[graphql(guard = "May(Operation::GetAccount)")]
    async fn get_account(
        &self,
        context: &Context<'_>,
        data: GetAccountInput,
    ) -> Result<Account, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let username = fields::account("data.username", &data.username)?;
        caller.may_about(Operation::GetAccount, username)?;
        let who = caller.username()?;
        let found = api.work(move |api| {
            let account = account(api, username)?;
            if api.has_people() && account.is_known() {
                api.write_down(who, Operation::GetAccount, &[username])?;
            }
            Ok(account)
        });
        match found.await? {
            account if account.is_known() => Ok(account),
            _ => Err(ApiError::not_found("what.account")),
        }
    }

    /// The accounts that have registered here, by their names.
    #[graphql(
        guard = "May(Operation::GetAccounts)",
        complexity = "10 + limit.unwrap_or(20) as usize"
    )]
    async fn get_accounts(
        &self,
        context: &Context<'_>,
        data: Option<GetAccountsInput>,
        #[graphql(desc = "From 1.")] page: Option<u32>,
        #[graphql(desc = "How many; 1 to 500, 20 where it is left out.")] limit: Option<u32>,
    ) -> Result<AccountPage, ApiError> {
        let (api, who) = (api(context)?, caller(context)?.username()?);
        let limit = fields::limit("limit", limit, 20)?;
        let page = page.unwrap_or(1);
        if !(1..=MAX_PAGES).contains(&page) {
            let expected = Words::of("expected.page").with("most", MAX_PAGES);
            return Err(ApiError::field("page", expected));
        }
        let role = data.and_then(|it| it.role);
        let found = api.work(move |api| {
            let of = of_role(api, role.as_deref())?;
            let skip = u64::from(page - 1) * u64::from(limit);
            let (entries, total) = api.store().accounts(&of, skip, limit)?;
            let accounts = entries.iter().map(|it| account(api, it.username));
            let accounts = accounts.collect::<Result<Vec<_>, _>>()?;
            if api.has_people() {
                let shown: Vec<_> = entries.iter().map(|it| it.username).collect();
                api.write_down(who, Operation::GetAccounts, &shown)?;
            }
            Ok((accounts, total))
        });
        let (items, total) = found.await?;
        Ok(AccountPage {
            items,
            total_count: fields::count(total),
            total_pages: fields::count(total.div_ceil(u64::from(limit))),
            current_page: page,
        })
    }
}

#[Object]
impl AccountMutations {
    /// Registers an account with the data of who it is of, and logs it in.
    #[graphql(guard = "May(Operation::RegisterAccount)")]
    async fn register_account(
        &self,
        context: &Context<'_>,
        data: RegisterAccountInput,
    ) -> Result<RegisteredAccount, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        auth::take_attempt(api, caller)?;
        let entry = entry(&data)?;
        let profile = people::profile_of(entry.username, &data)?;
        let email = data.email;
        let registered = api.work(move |api| {
            let username = entry.username;
            is_free(api, username)?;
            // Before anything is kept: without the store of people there is no account.
            let mut people = api.people()?;
            if people.profile(username)?.is_some() {
                return Err(taken());
            }
            api.store().add_account(&entry, &email)?;
            if let Err(error) = people.put_profile(username, &profile, store::now()) {
                api.store().forget_account(username)?;
                return Err(error.into());
            }
            drop(people);
            tracing::info!(account = %username, "registered");
            auth::begin(api, username)
        });
        registered.await
    }
}

/// The accounts of a role, which a `ProviderAccount` has as its `role`.
fn of_role(api: &Api, role: Option<&str>) -> Result<AccountsOf, ApiError> {
    let Some(role) = role else {
        return Ok(AccountsOf::All);
    };
    let seats = api.index(|reader| Ok(reader.seats(api.coopname())?))?;
    let board = seats.iter().filter(|it| it.left_at.is_none());
    let board = board.map(|it| it.board).max();
    let sitting = seats
        .into_iter()
        .filter(|it| it.left_at.is_none() && Some(it.board) == board);
    let (chairman, members): (Vec<_>, Vec<_>) = sitting.partition(|it| it.is_chairman);
    let names = |seats: Vec<SeatRecord>| seats.into_iter().map(|it| it.username);
    match role {
        "chairman" => Ok(AccountsOf::These(names(chairman).collect())),
        "member" => Ok(AccountsOf::These(names(members).collect())),
        "user" => {
            let council = names(chairman).chain(names(members));
            Ok(AccountsOf::Others(council.collect()))
        }
        _ => Err(ApiError::field("data.role", Words::of("expected.role"))),
    }
}

/// That a name is not used on the chain by somebody else.
fn is_free(api: &Api, username: Name) -> Result<(), ApiError> {
    let on_chain = match api.node_if() {
        Some(node) => node.find_account(username)?.is_some(),
        None => false,
    };
    match on_chain {
        true => Err(taken()),
        false => Ok(()),
    }
}

fn taken() -> ApiError {
    ApiError::AlreadyExists {
        what: Words::of("what.accounts"),
    }
}

/// The account that is to be registered.
fn entry(data: &RegisterAccountInput) -> Result<AccountEntry, ApiError> {
    let username = fields::account("data.username", &data.username)?;
    let is_new =
        data.username.len() == 12 && data.username.bytes().all(|it| it.is_ascii_lowercase());
    if !is_new {
        let expected = Words::of("expected.new_account");
        return Err(ApiError::field("data.username", expected));
    }
    let key = data.public_key.as_deref().map(str::parse::<PublicKey>);
    let refused = |_| ApiError::field("data.public_key", Words::of("expected.key"));
    let referer = data.referer.clone().unwrap_or_default();
    if !referer.is_empty() {
        fields::account("data.referer", &referer)?;
    }
    Ok(AccountEntry {
        username,
        public_key: key.transpose().map_err(refused)?,
        kind: people::kind_of(data.kind),
        referer,
        created_at: store::now(),
    })
}

impl Account {
    fn is_known(&self) -> bool {
        self.blockchain_account.is_some()
            || self.participant_account.is_some()
            || self.provider_account.is_some()
            || self.user_account.is_some()
    }
}

/// All that is known of an account; of a thread that may wait.
///
/// # Errors
/// Those of the databases. A node that does not answer leaves its part out.
pub(crate) fn account(api: &Api, username: Name) -> Result<Account, ApiError> {
    let coopname = api.coopname();
    let slice = Slice {
        count: 1,
        after: None,
    };
    let (participant, candidate, standing) = api.index(|reader| {
        let participant = reader.participant(coopname, username)?;
        let candidates = reader.candidates(coopname, Some(username), &slice)?;
        let standing = crate::caller::Standing::read(api, reader, username)?;
        Ok((participant, candidates.entries.into_iter().next(), standing))
    })?;
    let on_chain = match api.node_if() {
        Some(node) => node.find_account(username).unwrap_or_else(|problem| {
            tracing::warn!(%problem, "an account is shown without what the node knows");
            None
        }),
        None => None,
    };
    let entry = api.store().account(username)?;
    let email = match &entry {
        Some(_) if api.has_people() => {
            let profile = api.people()?.profile(username)?;
            profile.map(|it| people::email(&it))
        }
        _ => None,
    };
    let is_registered = participant.is_some() || candidate.is_some();
    let role = match standing.roles {
        roles if roles.has(Role::Chairman) => "chairman",
        roles if roles.has(Role::CouncilMember) => "member",
        _ => "user",
    };
    let status = status(participant.as_ref(), candidate.as_ref());
    let provider = entry.map(|entry| ProviderAccount {
        email,
        has_account: on_chain.is_some() || is_registered,
        initial_order: None,
        is_email_verified: false,
        is_registered,
        message: None,
        public_key: entry
            .public_key
            .map(|it| it.to_string())
            .unwrap_or_default(),
        referer: entry.referer,
        role: role.to_owned(),
        status,
        kind: entry.kind.to_string(),
        username: username.to_string(),
    });
    Ok(Account {
        username: username.to_string(),
        blockchain_account: on_chain.map(on_chain_of),
        user_account: user(api, username, participant.as_ref(), candidate.as_ref()),
        participant_account: participant.map(participant_of),
        provider_account: provider,
    })
}

/// How far an account is.
fn status(
    participant: Option<&ParticipantRecord>,
    candidate: Option<&CandidateRecord>,
) -> UserStatus {
    if let Some(participant) = participant {
        return match participant.status.to_string().as_str() {
            "blocked" | "left" => UserStatus::Blocked,
            _ => UserStatus::Active,
        };
    }
    match candidate {
        None => UserStatus::Created,
        Some(it) if it.is_open && it.status == name!("created") => UserStatus::Joined,
        Some(it) if it.is_open => UserStatus::Payed,
        Some(it) if it.ended_by == Some(name!("confirmreg")) => UserStatus::Active,
        Some(it) if it.ended_by == Some(name!("refundpay")) => UserStatus::Refunded,
        Some(_) => UserStatus::Failed,
    }
}

fn participant_of(it: ParticipantRecord) -> ParticipantAccount {
    let changed = it.left_at.unwrap_or(it.created_at);
    ParticipantAccount {
        braname: None,
        created_at: DateTime(it.created_at),
        has_vote: it.status == name!("active"),
        is_initial: true,
        is_minimum: true,
        last_min_pay: DateTime(it.created_at),
        last_update: DateTime(changed),
        status: it.status.to_string(),
        kind: Some(it.kind.to_string()),
        username: it.username.to_string(),
    }
}

fn user(
    api: &Api,
    username: Name,
    participant: Option<&ParticipantRecord>,
    candidate: Option<&CandidateRecord>,
) -> Option<UserAccount> {
    let of_participant = participant.map(|it| (it.kind, it.created_at, it.status));
    let of_candidate = candidate.map(|it| (it.kind, it.created_at, it.status));
    let (kind, registered_at, status) = of_participant.or(of_candidate)?;
    let coopname = api.coopname().to_string();
    Some(UserAccount {
        meta: String::new(),
        referer: String::new(),
        registered_at: iso(registered_at),
        registrator: coopname.clone(),
        status: status.to_string(),
        storages: vec![coopname],
        kind: kind.to_string(),
        username: username.to_string(),
        verifications: Vec::new(),
    })
}

fn on_chain_of(it: rpc::Account) -> BlockchainAccount {
    let given = |value: serde_json::Value| (!value.is_null()).then_some(value);
    let text = |value| given(value).map(|it| it.to_string());
    BlockchainAccount {
        account_name: it.account_name.to_string(),
        core_liquid_balance: it.core_liquid_balance,
        cpu_limit: resource(&it.cpu_limit),
        cpu_weight: it.cpu_weight.to_string(),
        created: iso(it.created),
        head_block_num: it.head_block_num,
        head_block_time: iso(it.head_block_time),
        last_code_update: iso(it.last_code_update),
        net_limit: resource(&it.net_limit),
        net_weight: it.net_weight.to_string(),
        permissions: it.permissions.into_iter().map(permission).collect(),
        privileged: it.privileged,
        ram_quota: it.ram_quota as f64,
        ram_usage: it.ram_usage as f64,
        refund_request: given(it.refund_request).map(Json),
        rex_info: text(it.rex_info),
        self_delegated_bandwidth: given(it.self_delegated_bandwidth).map(Json),
        total_resources: given(it.total_resources).map(Json),
        voter_info: text(it.voter_info),
    }
}

fn resource(it: &rpc::AccountResource) -> ResourceLimit {
    ResourceLimit {
        available: it.available.to_string(),
        current_used: Some(it.current_used.to_string()),
        last_usage_update_time: Some(iso(it.last_usage_update_time)),
        max: it.max.to_string(),
        used: it.used.to_string(),
    }
}

fn permission(it: rpc::Permission) -> AccountPermission {
    let rpc::RequiredAuth {
        threshold,
        keys,
        accounts,
        waits,
    } = it.required_auth;
    let keys = keys.into_iter().map(|it| KeyWeight {
        key: it.key.to_string(),
        weight: it.weight.into(),
    });
    let accounts = accounts.into_iter().map(|it| AccountWeight {
        permission: ActionAuthorization {
            actor: it.permission.actor.to_string(),
            permission: it.permission.permission.to_string(),
        },
        weight: it.weight.into(),
    });
    let waits = waits.into_iter().map(|it| WaitWeight {
        wait_sec: it.wait_sec,
        weight: it.weight.into(),
    });
    AccountPermission {
        parent: it.parent.to_string(),
        perm_name: it.perm_name.to_string(),
        required_auth: PermissionAuthority {
            accounts: accounts.collect(),
            keys: keys.collect(),
            threshold,
            waits: waits.collect(),
        },
    }
}
