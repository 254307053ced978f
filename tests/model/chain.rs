//! The embedded chain with the three contracts, in this process and without HTTP.

use super::documents::Documents;
use super::payers::Payers;
use super::{actions, names};
use antelope_chain::{Chain, ErrorKind, Failure, TransactionTrace};
use antelope_rpc_client::native;
use antelope_types::{Authority, PermissionLevel, asset, name};
use coop_model::clients::{Gateway, Registrator, Soviet};
use coop_model::{AccountPolicy, Config};
use coop_rules::random::{Step, accounts, begin};
use coop_rules::{Account, Reason, Time, World};
use std::sync::OnceLock;
use std::time::Duration;

/// The two sides at the same moment.
#[derive(Clone)]
pub(super) struct Both {
    pub chain: Chain,
    pub world: World,
    pub documents: Documents,
    /// Who pays for the rows, after the last action that was accepted.
    pub payers: Payers,
}

impl Both {
    /// Two cooperatives with councils, made once and forked for each life.
    pub(super) fn founded() -> (Self, Time) {
        static TEMPLATE: OnceLock<(Both, Time)> = OnceLock::new();
        TEMPLATE.get_or_init(found).clone()
    }

    /// The moment of the next step.
    pub(super) fn now(&self) -> Time {
        Time(self.chain.now().micros())
    }

    /// Time passes.
    pub(super) fn wait(&mut self, micros: i64) {
        let micros = u64::try_from(micros).expect("time goes on");
        self.chain
            .advance(Duration::from_micros(micros))
            .expect("a block");
    }

    /// Sends an action to the chain.
    pub(super) fn send(
        &mut self,
        signers: &[Account],
        action: &coop_rules::Action,
    ) -> Result<TransactionTrace, Failure> {
        let action = actions::action(&mut self.documents, &self.world, signers, action);
        self.chain.push(action)
    }

    /// Whether an action that was accepted left the payers of all rows as they have to be.
    pub(super) fn check_payers(
        &mut self,
        signers: &[Account],
        trace: &TransactionTrace,
    ) -> Result<(), String> {
        let payers = Payers::of(&self.chain);
        let before = std::mem::replace(&mut self.payers, payers);
        self.payers.check(&before, signers, trace)
    }
}

fn authority(who: Account) -> Authority {
    let authority = Authority::from_key(names::public_key(who));
    match who.is_own_contract() {
        true => authority.with_code(names::account(who)),
        false => authority,
    }
}

fn found() -> (Both, Time) {
    let begins = "2026-01-01T00:00:00".parse().expect("a time");
    let mut builder = Chain::builder().time(begins);
    for who in accounts() {
        let authority = Authority::from_key(names::public_key(who));
        builder = builder.account_with(names::account(who), authority);
    }
    let mut chain = builder.build().expect("a chain");
    for (contract, package) in [
        (Account::Registrator, "registrator"),
        (Account::Soviet, "soviet"),
        (Account::Gateway, "gateway"),
        (Account::Foreign, "hello"),
    ] {
        let account = names::account(contract);
        let built = veche_tests::built(package);
        chain
            .deploy(account, &built.wasm, &built.abi.to_binary())
            .expect("it deploys");
        let active = name!("active");
        let update = native::update_auth(account, active, name!("owner"), authority(contract));
        chain.push(update).expect("an authority");
    }
    configure(&mut chain);
    chain.produce_block().expect("a block");
    let now = Time(chain.now().micros());
    let (world, steps) = begin(now);
    let mut both = Both {
        documents: Documents::new(chain.chain_id()),
        payers: Payers::of(&chain),
        chain,
        world,
    };
    for step in steps {
        let Step::Act { signers, action } = step else {
            continue;
        };
        let sent = both.send(&signers, &action);
        let trace = sent.unwrap_or_else(|failure| panic!("{action:?}: {failure}"));
        both.check_payers(&signers, &trace)
            .unwrap_or_else(|e| panic!("{action:?}: {e}"));
        both.world
            .apply(&signers, &action, now)
            .unwrap_or_else(|e| panic!("{action:?}: {e:?}"));
    }
    both.wait(500_000);
    let begin = now;
    (both, begin)
}

fn configure(chain: &mut Chain) {
    let [registrator, soviet, gateway] =
        [Account::Registrator, Account::Soviet, Account::Gateway].map(names::account);
    let config = Config {
        chain_id: chain.chain_id(),
        registrator,
        soviet,
        gateway,
    };
    let free = asset!("0.0000 RUB");
    let policy = AccountPolicy {
        ram_bytes: 0,
        stake_net: free,
        stake_cpu: free,
    };
    let active = PermissionLevel::active;
    let mut actions = vec![
        Registrator::at(registrator)
            .signed_by(active(registrator))
            .init(config, policy)
            .to_action(),
        Soviet::at(soviet)
            .signed_by(active(soviet))
            .init(config)
            .to_action(),
        Gateway::at(gateway)
            .signed_by(active(gateway))
            .init(config)
            .to_action(),
    ];
    for kind in coop_rules::QuestionKind::OWN {
        let (confirm, decline) = names::callbacks(kind, true);
        let contract = names::account(kind.owner());
        let regtype = Soviet::at(soviet).signed_by(active(soviet)).regtype(
            names::kind(kind),
            contract,
            confirm,
            decline,
            kind.protocol(),
        );
        actions.push(regtype.to_action());
    }
    chain.push(actions).expect("the contracts are configured");
}

/// Why the chain refused, as the model would say it; or what else went wrong.
pub(super) fn reason(failure: &Failure) -> Result<Reason, String> {
    let error = failure.error();
    if error.is(ErrorKind::MissingAuth) {
        return Ok(Reason::MissingAuthority);
    }
    let told = |reason: &&Reason| {
        reason.refusal().is_some_and(|refusal| {
            Some(refusal.code) == error.contract_code()
                || error
                    .messages()
                    .any(|message| message.ends_with(refusal.text))
        })
    };
    // A text may end like another; the longest is meant.
    let known = Reason::ALL.iter().filter(told);
    let known = known.max_by_key(|reason| reason.refusal().map_or(0, |refusal| refusal.text.len()));
    known.copied().ok_or_else(|| failure.to_string())
}
