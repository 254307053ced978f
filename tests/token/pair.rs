//! Two token contracts on one node, given the same steps.

use antelope_rpc_client::signing::Signer;
use antelope_rpc_client::{Client, ClientError};
use antelope_types::Name;

use super::call::Call;
use super::outcome::{State, StepOutcome, state};

/// The reference and ours, with the one key that signs for everybody.
pub struct Pair<'a> {
    pub client: Client,
    pub reference: Name,
    pub ours: Name,
    pub signer: &'a dyn Signer,
}

/// What one step did on both sides.
pub struct Compared {
    pub reference: StepOutcome,
    pub ours: StepOutcome,
    /// The rows of both after it.
    pub rows: (State, State),
}

impl Compared {
    /// What differs, in words; empty when nothing does.
    pub fn differences(&self) -> Vec<String> {
        let (reference, ours) = (&self.reference, &self.ours);
        let mut found = Vec::new();
        let mut differ = |what: &str, left: String, right: String| {
            if left != right {
                found.push(format!("{what}: reference {left}, ours {right}"));
            }
        };
        differ(
            "result",
            format!("{:?}", reference.result),
            format!("{:?}", ours.result),
        );
        differ("RAM", reference.ram_text(), ours.ram_text());
        differ(
            "receivers",
            format!("{:?}", reference.ran),
            format!("{:?}", ours.ran),
        );
        differ(
            "output",
            format!("{:?}", reference.said),
            format!("{:?}", ours.said),
        );
        let (reference, ours) = &self.rows;
        for place in reference
            .keys()
            .chain(ours.keys().filter(|place| !reference.contains_key(place)))
        {
            let table = |state: &State| format!("{:?}", state.get(place));
            differ(
                &format!("rows of {} in {}", place.0, place.1),
                table(reference),
                table(ours),
            );
        }
        found
    }
}

impl Pair<'_> {
    /// Sends one transaction of these calls to each contract.
    pub fn step(&self, calls: &[Call]) -> Result<Compared, ClientError> {
        let (reference, ours) = (self.reference, self.ours);
        Ok(Compared {
            reference: self.push(calls, reference, ours),
            ours: self.push(calls, ours, reference),
            rows: (
                state(&self.client, reference, ours)?,
                state(&self.client, ours, reference)?,
            ),
        })
    }

    fn push(&self, calls: &[Call], contract: Name, other: Name) -> StepOutcome {
        let actions: Vec<_> = calls
            .iter()
            .map(|call| call.to_action(contract, other))
            .collect();
        StepOutcome::of(self.client.push(&actions, &[self.signer]), contract, other)
    }
}
