//! Random sequences of transactions, to find cases that a contract's author did not think of.
//!
//! A [`Sequence`] describes which steps may happen and how often. [`check`](Sequence::check) runs
//! random sequences of them on forks of a chain and tests an invariant after each step. If it
//! fails, the sequence is shortened as far as possible and printed as the source of a test.

mod run;
mod script;
mod step;

pub use run::{After, Outcomes, Summary};
pub use step::Step;

use antelope_types::IntoActions;
use proptest::collection::vec;
use proptest::strategy::{BoxedStrategy, Just, Strategy, Union};
use std::ops::RangeInclusive;
use std::time::Duration;

/// A description of random sequences of steps.
///
/// A step may be refused by the chain; whether the state must then be as before is for the
/// invariant to say.
///
/// ```
/// use antelope_testing::proptest::{prop_assert, sample::select};
/// use antelope_testing::{Chain, Sequence};
/// use antelope_rpc_client::native;
/// use antelope_types::{Authority, Name, PermissionLevel, PublicKey, name};
/// use std::time::Duration;
///
/// # fn main() -> Result<(), antelope_testing::Failure> {
/// let people = [name!("alice"), name!("bob")];
/// let chain = Chain::builder().accounts(people).build()?;
///
/// // Whatever permission they give to whom, the owner's key stays the only one.
/// let person = || select(people.to_vec());
/// let life = Sequence::new()
///     .action(4, (person(), person()), |(from, to)| {
///         let trusted = Authority::from_permission(PermissionLevel::active(to));
///         native::update_auth(from, name!("spend"), name!("active"), trusted)
///     })
///     .advance(1, Duration::from_secs(1)..=Duration::from_secs(60 * 60))
///     .length(1..=10)
///     .cases(16);
/// let summary = life.check(&chain, |after| {
///     for person in people {
///         let owner = after.chain().state().permission(PermissionLevel::owner(person))?;
///         prop_assert!(owner.authority.keys.len() == 1);
///     }
///     Ok(())
/// });
/// assert!(summary.of(name!("eosio"), name!("updateauth")).executed > 0);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a sequence does nothing until it is checked"]
pub struct Sequence {
    /// Weights and steps.
    steps: Vec<(u32, BoxedStrategy<Step>)>,
    /// Steps of a sequence.
    length: RangeInclusive<usize>,
    /// Number of sequences; `None` for proptest's default.
    cases: Option<u32>,
}

impl Sequence {
    /// A description without steps; sequences have 1 to 20 of them.
    pub fn new() -> Self {
        Self {
            steps: Vec::new(),
            length: 1..=20,
            cases: None,
        }
    }

    /// Adds transactions made from random values. A step is chosen with a probability proportional
    /// to its weight. The actions run under the permissions that they declare.
    pub fn action<S, A>(
        self,
        weight: u32,
        values: S,
        make: impl Fn(S::Value) -> A + Send + Sync + 'static,
    ) -> Self
    where
        S: Strategy + 'static,
        A: IntoActions,
    {
        let push = move |values| Step::Push(make(values).into_actions());
        self.step(weight, values.prop_map(push))
    }

    /// Adds the passing of time, in steps of 500 ms.
    pub fn advance(self, weight: u32, time: RangeInclusive<Duration>) -> Self {
        let halves = |time: Duration| u64::try_from(time.as_millis() / 500).unwrap_or(u64::MAX);
        let range = halves(*time.start())..=halves(*time.end());
        let advance =
            |halves: u64| Step::Advance(Duration::from_millis(halves.saturating_mul(500)));
        self.step(weight, range.prop_map(advance))
    }

    /// Adds the production of a block.
    pub fn blocks(self, weight: u32) -> Self {
        self.step(weight, Just(Step::ProduceBlock))
    }

    /// Adds a step.
    fn step(mut self, weight: u32, step: impl Strategy<Value = Step> + 'static) -> Self {
        self.steps.push((weight, step.boxed()));
        self
    }

    /// Sets how many steps a sequence has.
    pub fn length(mut self, length: RangeInclusive<usize>) -> Self {
        self.length = length;
        self
    }

    /// Sets how many sequences are tried. Default: the environment variable `PROPTEST_CASES`, else
    /// 256.
    pub fn cases(mut self, cases: u32) -> Self {
        self.cases = Some(cases);
        self
    }

    /// The random sequences as a proptest strategy, for tests that run them by themselves.
    ///
    /// # Panics
    /// If no step has a weight above zero.
    pub fn strategy(&self) -> BoxedStrategy<Vec<Step>> {
        vec(Union::new_weighted(self.steps.clone()), self.length.clone()).boxed()
    }
}

impl Default for Sequence {
    fn default() -> Self {
        Self::new()
    }
}
