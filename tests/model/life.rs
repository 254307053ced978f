//! One life, lived by both sides.

use super::chain::Both;
use super::compare::{self, Depth};
use super::coverage::Coverage;
use coop_rules::action::Field;
use coop_rules::invariants::{check, check_step};
use coop_rules::random::{Generator, Step};
use coop_rules::{Account, Action};

/// After so many steps a block is complete, and all tables are looked at.
const BLOCK: usize = 25;

/// What became of a life.
pub(super) struct Life {
    /// What was met.
    pub coverage: Coverage,
    /// The steps up to the end, or to the one after which the sides differ.
    pub steps: Vec<Step>,
    /// Where the sides differ.
    pub difference: Option<String>,
}

/// A life of this seed and so many steps.
pub(super) fn live(seed: u64, length: usize) -> Life {
    let (mut both, begin) = Both::founded();
    let mut generator = Generator::new(seed, begin);
    let mut life = Life {
        coverage: Coverage::default(),
        steps: Vec::new(),
        difference: None,
    };
    while life.steps.len() < length && life.difference.is_none() {
        let step = generator.next(&both.world, both.now());
        let number = life.steps.len();
        life.difference = take(&mut both, &step, number, &mut life.coverage).err();
        life.steps.push(step);
    }
    if life.difference.is_none() {
        life.difference = compare::tables(&both, Depth::All).err();
    }
    life
}

/// The same steps again; where the sides differ, if they do.
pub(super) fn replay(steps: &[Step]) -> Option<String> {
    let (mut both, _) = Both::founded();
    let mut coverage = Coverage::default();
    let mut steps = steps.iter().enumerate();
    steps.find_map(|(number, step)| take(&mut both, step, number, &mut coverage).err())
}

fn take(
    both: &mut Both,
    step: &Step,
    number: usize,
    coverage: &mut Coverage,
) -> Result<(), String> {
    let is_block = number % BLOCK == BLOCK - 1;
    match step {
        Step::Wait(micros) => both.wait(*micros),
        // In a shorter life somebody may not have an account.
        Step::Act { signers, .. } if !signers.iter().all(|who| both.world.exists.contains(who)) => {
        }
        Step::Act { signers, action } => act(both, signers, action, coverage)?,
    }
    if is_block {
        both.wait(500_000);
        compare::tables(both, Depth::All)?;
    }
    Ok(())
}

pub(super) fn act(
    both: &mut Both,
    signers: &[Account],
    action: &Action,
    coverage: &mut Coverage,
) -> Result<(), String> {
    let now = both.now();
    let before = both.world.clone();
    let sent = both.send(signers, action);
    let model = both.world.apply(signers, action, now);
    coverage.count(action.name(), model.as_ref().err().copied());
    compare::outcome(&model, &sent)?;
    if let Ok(trace) = &sent {
        both.check_payers(signers, trace)?;
    }
    if let Ok(events) = &model {
        check_step(&before, action, &both.world, events)?;
        check(&both.world)?;
        let touched = touched(action);
        compare::tables(both, touched.map_or(Depth::All, Depth::Touched))?;
    }
    Ok(())
}

/// The cooperative that an action is about.
fn touched(action: &Action) -> Option<Account> {
    let mut action = action.clone();
    let fields = action.fields();
    fields.into_iter().find_map(|field| match field {
        Field::Account(who) if matches!(who, Account::Coop(_)) => Some(*who),
        _ => None,
    })
}
