//! The contract on the chain, with an account of its own.

use antelope_rpc_client::{ClientError, TransactionTrace};
use antelope_types::{Action, Decode, Name, PermissionLevel, PrivateKey};
use shelf::shelf::{Client, ClientSigned};
use shelf::{Seen, Step};
use veche_tests::{built, node, random_name};

/// One deployed `shelf`.
pub(crate) struct Bench {
    pub(crate) account: Name,
}

impl Bench {
    /// On an account nobody else uses.
    pub(crate) fn new() -> Self {
        let account = random_name();
        node().create_contract_account(account).expect("an account");
        let shelf = built("shelf");
        shelf
            .deploy(node().client(), account, Self::key())
            .expect("deploy");
        Self { account }
    }

    pub(crate) fn key() -> &'static PrivateKey {
        node().key()
    }

    /// The calls of the contract, by itself.
    pub(crate) fn calls(&self) -> ClientSigned<1> {
        Client::at(self.account).signed_by(PermissionLevel::active(self.account))
    }

    pub(crate) fn push(&self, action: Action) -> Result<TransactionTrace, ClientError> {
        node().client().push(&[action], &[Self::key()])
    }

    /// Does steps in a scope, which must succeed.
    pub(crate) fn run(&self, scope: u64, steps: &[Step]) -> Vec<Seen> {
        let trace = self
            .push(self.calls().run(scope, steps.to_vec()).to_action())
            .unwrap_or_else(|error| panic!("{error}\n{steps:#?}"));
        Decode::from_bytes(trace.return_value()).expect("what was seen")
    }

    /// Does steps in a scope, of which all must succeed and see what is expected.
    pub(crate) fn expect(&self, scope: u64, steps: Vec<Step>, expected: Vec<Seen>) {
        let whole = self.calls().expect(scope, steps.clone(), expected.clone());
        let Err(error) = self.push(whole.to_action()) else {
            return;
        };
        // Again, one by one, to find the step.
        for (step, expected) in steps.into_iter().zip(expected) {
            let one = self
                .calls()
                .expect(scope, vec![step.clone()], vec![expected.clone()]);
            if let Err(error) = self.push(one.to_action()) {
                let seen = self.push(self.calls().run(scope, vec![step.clone()]).to_action());
                let seen = seen.map(|trace| Vec::<Seen>::from_bytes(trace.return_value()));
                panic!("scope {scope}: {error}\nexpected {expected:?}\nseen {seen:?}\n{step:#?}");
            }
        }
        panic!("scope {scope}: {error}");
    }

    /// The text of a failed check.
    pub(crate) fn failure(&self, action: Action) -> String {
        let error = self.push(action).expect_err("must fail");
        error
            .assertion()
            .map_or_else(|| error.to_string(), str::to_owned)
    }
}
