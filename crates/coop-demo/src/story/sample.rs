//! A cooperative to look around in: the first chapters of the story, on a chain that goes on.
//!
//! The cooperative of `examples/cooperative.json` is founded, its first candidate is admitted, and two
//! questions are on the agenda, one of them with votes. Nothing is random: keys are those of
//! [`development_key`], times are those of the chain. The same chain at the same time becomes the same
//! blocks.

use super::{
    Stage, StoryError, StoryOptions,
    ground::Ground,
    keys::{Keyring, development_key},
    papers::file_error,
    setup,
};
use crate::{
    input::{self, Expected, Input},
    log::Log,
};
use antelope_chain::api::Api;
use antelope_node::{Node, Operator};
use antelope_rpc_client::signing;
use antelope_types::{Name, PrivateKey, PublicKey};
use coop_documents::Choice;
use coop_language::{Lang, Words};
use std::{io::Write, path::PathBuf};

/// The cooperative of the example.
const COOPERATIVE: &str = include_str!("../../../../examples/cooperative.json");

/// How many questions are on the agenda in the end.
const OPEN: usize = 2;

/// How many members have voted on the first of them.
const VOTES: usize = 2;

/// Where the contracts come from, and where papers go.
#[derive(Clone, Debug)]
pub struct SampleOptions {
    /// A folder of the workspace whose contracts are built.
    pub workspace: PathBuf,
    /// A folder of contracts that are built already, `<folder>/soviet/soviet.wasm` and so on.
    pub contracts: Option<PathBuf>,
    /// Where the documents of the cooperative go, with what [`OffChain`](crate::OffChain) has.
    pub documents: PathBuf,
}

/// What an account is in the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleRole {
    /// The owner of the chain.
    System,
    /// A contract.
    Contract,
    /// The cooperative.
    Cooperative,
    /// Who presides over the council.
    Chairman,
    /// A member of the council.
    Member,
    /// Who confirms payments.
    Cashier,
    /// Who was admitted.
    Participant,
}

/// An account of the sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleAccount {
    /// Its name.
    pub account: Name,
    /// What it is.
    pub role: SampleRole,
    /// The key of its permissions.
    pub key: PublicKey,
    /// The name of the person or the cooperative; empty for contracts.
    pub title: String,
}

/// What is on the chain.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// All accounts.
    pub accounts: Vec<SampleAccount>,
    /// The numbers of the questions on the agenda.
    pub questions: Vec<u64>,
}

/// Deploys and configures the three contracts on a chain that has only `eosio`, whose key is given.
///
/// # Errors
/// [`StoryError::Build`] where a contract cannot be built, [`StoryError::File`] where one is not in
/// the folder that was named, others for what the chain refuses. The chain is not to be used then.
pub fn deploy_contracts(
    api: &Api,
    key: &PrivateKey,
    options: &SampleOptions,
    progress: &mut dyn Write,
) -> Result<Sample, StoryError> {
    let node = Ground::Embedded(Operator::new(api.client(), key.clone()), api.clone());
    let (sample, _) = on_stage(node, options, progress, |stage, built| {
        stage.set_up_alone(built)?;
        Ok(Vec::new())
    })?;
    Ok(sample)
}

/// Deploys the three contracts and founds the sample cooperative. Blocks must come with transactions
/// ([`Production::PerTransaction`](antelope_chain::api::Production::PerTransaction)).
///
/// # Errors
/// As for [`deploy_contracts`].
pub fn found_sample(
    api: &Api,
    key: &PrivateKey,
    options: &SampleOptions,
    progress: &mut dyn Write,
) -> Result<Sample, StoryError> {
    let node = Ground::Embedded(Operator::new(api.client(), key.clone()), api.clone());
    Ok(found(node, options, progress)?.0)
}

/// The same on a real node that is booted ([`Node::boot`]); the node goes on.
///
/// # Errors
/// As for [`deploy_contracts`]. The node is stopped then.
pub fn found_sample_on(
    node: Node,
    options: &SampleOptions,
    progress: &mut dyn Write,
) -> Result<(Sample, Node), StoryError> {
    match found(Ground::Nodeos(node), options, progress)? {
        (sample, Ground::Nodeos(node)) => Ok((sample, node)),
        (_, Ground::Embedded(..)) => Err(StoryError::Embedded("another node".to_owned())),
    }
}

/// The sample cooperative with everybody it consists of.
fn found(
    node: Ground,
    options: &SampleOptions,
    progress: &mut dyn Write,
) -> Result<(Sample, Ground), StoryError> {
    let play = |stage: &mut Stage<'_, '_>, built: &[setup::Built]| stage.found_and_open(built);
    let (mut sample, node) = on_stage(node, options, progress, play)?;
    let input = example()?;
    let mut add = |account, role, title: String| {
        let key = signing::public_key(&development_key(account))?;
        sample.accounts.push(SampleAccount {
            account,
            role,
            key,
            title,
        });
        Ok::<_, StoryError>(())
    };
    let cooperative = &input.cooperative;
    let title = cooperative.short_name.clone();
    add(cooperative.account, SampleRole::Cooperative, title)?;
    for member in &input.council {
        let role = match member.is_chairman {
            true => SampleRole::Chairman,
            false => SampleRole::Member,
        };
        add(member.person.account, role, member.person.short_name())?;
    }
    let cashier = &input.cashier;
    add(cashier.account, SampleRole::Cashier, cashier.short_name())?;
    for candidate in admitted(&input) {
        let person = &candidate.applicant.person;
        add(person.account, SampleRole::Participant, person.short_name())?;
    }
    Ok((sample, node))
}

/// The example's input.
fn example() -> Result<Input, StoryError> {
    input::read(COOPERATIVE).map_err(|problems| {
        let problems = problems.iter().map(|it| it.kind.told(Lang::En));
        StoryError::Embedded(problems.collect::<Vec<_>>().join("; "))
    })
}

/// Who is admitted.
fn admitted(input: &Input) -> impl Iterator<Item = &input::Candidate> {
    let candidates = input.candidates.iter();
    candidates
        .filter(|candidate| candidate.votes.expected() == Expected::Approved)
        .take(1)
}

/// Sets the stage on this chain and plays on it; what it played on is given back.
fn on_stage(
    node: Ground,
    options: &SampleOptions,
    progress: &mut dyn Write,
    play: impl FnOnce(&mut Stage<'_, '_>, &[setup::Built]) -> Result<Vec<u64>, StoryError>,
) -> Result<(Sample, Ground), StoryError> {
    let input = example()?;
    let options = StoryOptions {
        workspace: options.workspace.clone(),
        contracts: options.contracts.clone(),
        documents: options.documents.clone(),
        node: node.kind(),
        keep: false,
        lang: Lang::En,
        every_step: false,
    };
    let mut log = Log::new(options.lang, progress, options.every_step);
    let built = setup::build(&options, &mut log)?;
    let public = node.public_key();
    let keys = Keyring::development();
    let mut stage = Stage::on(node, keys, &input, &options, &mut log)?;
    let questions = play(&mut stage, &built)?;
    let (config, node) = (stage.contracts, stage.node);
    let failed = log.report.checks.iter().filter(|check| !check.ok).count();
    if failed > 0 {
        let all = log.report.checks.len();
        return Err(StoryError::Checks { failed, all });
    }
    let contracts = [config.registrator, config.soviet, config.gateway];
    let contracts = contracts.map(|account| (account, SampleRole::Contract));
    let accounts = [(super::stage::EOSIO, SampleRole::System)].into_iter();
    let accounts = accounts
        .chain(contracts)
        .map(|(account, role)| SampleAccount {
            account,
            role,
            key: public.clone(),
            title: String::new(),
        });
    let sample = Sample {
        accounts: accounts.collect(),
        questions,
    };
    Ok((sample, node))
}

impl Stage<'_, '_> {
    /// The cooperative, its first participant, and the questions on its agenda.
    fn found_and_open(&mut self, built: &[setup::Built]) -> Result<Vec<u64>, StoryError> {
        self.set_up(built)?;
        self.found()?;
        let input = self.input;
        for candidate in admitted(input) {
            self.admit_or_refund(candidate, false)?;
        }
        let mut questions = Vec::new();
        for (number, question) in input.questions.iter().take(OPEN).enumerate() {
            let (id, _) = self.propose(number, question)?;
            questions.push(id);
        }
        if let (Some(&id), Some(question)) = (questions.first(), input.questions.first()) {
            let votes = question.votes.iter();
            let voted = votes.filter(|(_, choice)| *choice != Choice::Silent);
            for (member, choice) in voted.take(VOTES) {
                let actions = self.vote_action(member, id, choice)?;
                self.act(Words::of("step.vote_for").with("id", id), member, &actions)?;
            }
        }
        self.off_chain.add_cooperative(&input.cooperative);
        for member in &input.council {
            self.off_chain.add_person(&member.person);
        }
        self.off_chain.add_person(&input.cashier);
        for candidate in admitted(input) {
            self.off_chain.add_applicant(&candidate.applicant);
        }
        let written = self.off_chain.write(&self.folder);
        written.map_err(file_error(&self.folder))?;
        Ok(questions)
    }
}
