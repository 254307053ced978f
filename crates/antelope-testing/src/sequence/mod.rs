//! Random life on a chain, to find what a contract's author did not think of.
//!
//! A [`Sequence`] says what may happen and how often; [`check`](Sequence::check) lets it happen on
//! forks of a chain, asks after each step whether everything is still as it must be, and where it is
//! not, looks for the shortest way there and prints it as a test.

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

/// What may happen on a chain, in any order.
///
/// Steps may be refused: what then has to be as before is for the invariant to say.
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
/// // Whoever they give their permission to, it stays theirs.
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
    steps: Vec<(u32, BoxedStrategy<Step>)>,
    length: RangeInclusive<usize>,
    cases: Option<u32>,
}

impl Sequence {
    /// One in which nothing happens yet, of 1 to 20 steps.
    pub fn new() -> Self {
        Self {
            steps: Vec::new(),
            length: 1..=20,
            cases: None,
        }
    }

    /// Transactions, made of random values. The weight says how often, beside the other weights; an
    /// action goes under the permissions that it declares.
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

    /// Time that passes, to the half second.
    pub fn advance(self, weight: u32, time: RangeInclusive<Duration>) -> Self {
        let halves = |time: Duration| u64::try_from(time.as_millis() / 500).unwrap_or(u64::MAX);
        let range = halves(*time.start())..=halves(*time.end());
        let advance =
            |halves: u64| Step::Advance(Duration::from_millis(halves.saturating_mul(500)));
        self.step(weight, range.prop_map(advance))
    }

    /// Blocks that end half a second after the one before.
    pub fn blocks(self, weight: u32) -> Self {
        self.step(weight, Just(Step::ProduceBlock))
    }

    fn step(mut self, weight: u32, step: impl Strategy<Value = Step> + 'static) -> Self {
        self.steps.push((weight, step.boxed()));
        self
    }

    /// How many steps there are.
    pub fn length(mut self, length: RangeInclusive<usize>) -> Self {
        self.length = length;
        self
    }

    /// How many sequences are tried; without, as many as `PROPTEST_CASES` says, or 256.
    pub fn cases(mut self, cases: u32) -> Self {
        self.cases = Some(cases);
        self
    }

    /// The random steps, for tests that run them by themselves.
    ///
    /// # Panics
    /// Where nothing may happen, or nothing has a weight above zero.
    pub fn strategy(&self) -> BoxedStrategy<Vec<Step>> {
        vec(Union::new_weighted(self.steps.clone()), self.length.clone()).boxed()
    }
}

impl Default for Sequence {
    fn default() -> Self {
        Self::new()
    }
}
