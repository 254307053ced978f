//! Accounts of people: made with the person's own key, on any kind of chain.

use antelope_contract::prelude::*;
use antelope_contract::types::Authority;
use coop_model::refusal::account as refusal;
use coop_model::{AccountPolicy, Config, Document, account, staff};

use crate::account::Account;
use crate::coops;
use crate::system::{EOSIO, System};

/// Stores what a new account gets.
pub(crate) fn set_policy(policy: &AccountPolicy) {
    let registrator = receiver();
    require_auth(registrator);
    let AccountPolicy {
        stake_net,
        stake_cpu,
        ..
    } = policy;
    check!(stake_net.symbol == stake_cpu.symbol, refusal::TWO_SYMBOLS);
    check!(
        stake_net.amount >= 0 && stake_cpu.amount >= 0,
        refusal::NEGATIVE_STAKE
    );
    AccountPolicy::singleton().set(registrator, policy);
}

/// Makes an account; owner and active are the person's key and nobody else's.
pub(crate) fn create(coopname: Name, actor: Name, username: Name, public_key: PublicKey) {
    let config = Config::load();
    staff::require_right(&config, coopname, actor, name!("newaccount"));
    account::require_participant_name(username);
    check!(!is_account(username), refusal::EXISTS);
    let coop = coops::active(&config, coopname);
    check!(coop.accounts < coop.max_accounts, refusal::QUOTA);
    coop.update(Payer::Same, |coop| coop.accounts += 1);
    let registrator = receiver();
    Account::table(registrator).insert(
        registrator,
        &Account {
            username,
            coopname,
            created_at: now(),
            last_statement: TimePoint::default(),
        },
    );
    let key = Authority::from_key(public_key);
    let system = System::at(EOSIO).signed_by(PermissionLevel::active(registrator));
    system
        .newaccount(registrator, username, key.clone(), key)
        .send();
    let policy = AccountPolicy::singleton().get_or_fail(refusal::NO_POLICY);
    if policy.ram_bytes > 0 {
        system
            .buyrambytes(registrator, username, policy.ram_bytes)
            .send();
    }
    if policy.stake_net.amount > 0 || policy.stake_cpu.amount > 0 {
        system
            .delegatebw(
                registrator,
                username,
                policy.stake_net,
                policy.stake_cpu,
                false,
            )
            .send();
    }
}

/// The account of `username`, which registrator made.
pub(crate) fn find(username: Name) -> Row<Account> {
    Account::table(receiver())
        .get(username)
        .or_fail(refusal::NOT_REGISTERED)
}

/// Takes a statement of this person, newer than the one before: each serves once.
pub(crate) fn take_statement(account: Row<Account>, statement: &Document) {
    statement.require_newer(account.last_statement);
    account.update(Payer::Same, |account| {
        account.last_statement = statement.created_at();
    });
}
