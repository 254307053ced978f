//! First chapter: the contracts are built, deployed and configured.

use super::{
    Stage, StoryError, StoryOptions,
    papers::file_error,
    stage::{EOSIO, active},
};
use crate::{log::Log, report::DeployedContract};
use antelope_build::{BuildOptions, build_with};
use antelope_rpc_client::{Signer, native};
use antelope_types::{Asset, Authority, Name};
use coop_language::Words;
use coop_model::{
    AccountPolicy,
    catalogue::{CATALOGUE, Owner},
    clients::{Gateway, Registrator, Soviet},
};
use std::path::{Path, PathBuf};

/// The packages of the contracts, which are also the accounts they are deployed to.
const PACKAGES: [&str; 3] = ["registrator", "soviet", "gateway"];

/// A contract's files.
pub(super) struct Built {
    package: &'static str,
    wasm: PathBuf,
    abi: PathBuf,
}

/// Builds the three contracts, or takes those that are built already.
pub(super) fn build(options: &StoryOptions, log: &mut Log<'_>) -> Result<Vec<Built>, StoryError> {
    let mut built = Vec::new();
    for package in PACKAGES {
        if let Some(folder) = &options.contracts {
            built.push(Built::in_folder(folder, package));
            continue;
        }
        log.progress(&Words::of("progress.build").with("contract", package));
        let request = BuildOptions::new(&options.workspace).package(package);
        let artifact = build_with(&request, &mut |_| {}).map_err(|source| StoryError::Build {
            contract: package,
            source: Box::new(source),
        })?;
        built.push(Built {
            package,
            wasm: artifact.wasm,
            abi: artifact.abi,
        });
    }
    Ok(built)
}

impl Built {
    fn in_folder(folder: &Path, package: &'static str) -> Self {
        let file = |ending| folder.join(package).join(format!("{package}.{ending}"));
        Self {
            package,
            wasm: file("wasm"),
            abi: file("abi"),
        }
    }
}

impl Stage<'_, '_> {
    /// From a chain without contracts to the three of them, configured.
    pub(super) fn set_up(&mut self, built: &[Built]) -> Result<(), StoryError> {
        self.create_accounts(true)?;
        self.set_up_contracts(built)
    }

    /// The three contracts on their accounts, configured, and no cooperative.
    pub(super) fn set_up_alone(&mut self, built: &[Built]) -> Result<(), StoryError> {
        self.create_accounts(false)?;
        self.set_up_contracts(built)
    }

    fn set_up_contracts(&mut self, built: &[Built]) -> Result<(), StoryError> {
        for contract in built {
            self.deploy(contract)?;
        }
        self.configure()
    }

    fn create_accounts(&mut self, with_cooperative: bool) -> Result<(), StoryError> {
        let contracts = [
            self.contracts.registrator,
            self.contracts.soviet,
            self.contracts.gateway,
        ];
        let operator = Authority::from_key(Signer::public_key(self.node.key()));
        let mut actions: Vec<_> = contracts
            .into_iter()
            .map(|name| {
                let with_code = operator.clone().with_code(name);
                native::new_account(EOSIO, name, operator.clone(), with_code)
            })
            .collect();
        if with_cooperative {
            let key = self.keys.make(self.coop(), crate::input::KeyKind::K1)?;
            let own = Authority::from_key(key);
            actions.push(native::new_account(EOSIO, self.coop(), own.clone(), own));
        }
        let names: Vec<_> = contracts.iter().map(Name::to_string).collect();
        let words = Words::of("step.create_accounts")
            .with("contracts", names.join(", "))
            .with("cooperative", self.coop());
        self.act(words, EOSIO, &actions).map(drop)
    }

    fn deploy(&mut self, contract: &Built) -> Result<(), StoryError> {
        let account = Name::parse(contract.package).unwrap_or_default();
        let trace = self.node.deploy(account, &contract.wasm, &contract.abi)?;
        let wasm = std::fs::read(&contract.wasm).map_err(file_error(&contract.wasm))?;
        let words = Words::of("step.deploy").with("contract", account);
        let role = self.role(account);
        self.log.done(&words, (account, role, None), &trace);
        self.log
            .result(&Words::of("result.deployed").with("bytes", wasm.len()));
        let code_hash = self.client().get_code_hash(account)?;
        self.log.report.contracts.push(DeployedContract {
            account,
            wasm_bytes: wasm.len(),
            code_hash,
        });
        Ok(())
    }

    fn configure(&mut self) -> Result<(), StoryError> {
        let config = self.contracts;
        let nothing = Asset {
            amount: 0,
            symbol: self.input.fees.initial().symbol,
        };
        let policy = AccountPolicy {
            ram_bytes: 0,
            stake_net: nothing,
            stake_cpu: nothing,
        };
        let registrator = Registrator::at(config.registrator).signed_by(active(config.registrator));
        let soviet = Soviet::at(config.soviet).signed_by(active(config.soviet));
        let gateway = Gateway::at(config.gateway).signed_by(active(config.gateway));
        let mut actions = vec![
            registrator.init(config, policy).to_action(),
            soviet.init(config).to_action(),
            gateway.init(config).to_action(),
        ];
        let mut kinds = 0;
        for kind in CATALOGUE {
            let owner = match kind.owner {
                Owner::Registrator => config.registrator,
                Owner::Gateway => config.gateway,
                Owner::Soviet => continue,
            };
            let register =
                soviet.regtype(kind.name, owner, kind.confirm, kind.decline, kind.protocol);
            actions.push(register.to_action());
            kinds += 1;
        }
        let words = Words::of("step.configure").with("count", kinds);
        self.act(words, config.soviet, &actions)?;
        self.log
            .tell(&Words::of("story.ready").with("count", kinds));
        Ok(())
    }
}
