//! What might be done in a world: for each action one way in which it would probably be accepted.

mod council;
mod money;
mod people;

use super::step::Generator;
use crate::action::Callback;
use crate::cooperative::CoopStatus;
use crate::kind::Right;
use crate::paper::Subject;
use crate::{Account, Action, Cooperative, Paper, Time, World};

/// Who signs, and what.
pub(super) type Suggestion = (Vec<Account>, Action);

/// A cooperative that is looked at.
pub(super) struct CoopView<'a> {
    pub world: &'a World,
    pub name: Account,
    pub coop: &'a Cooperative,
    pub now: Time,
}

impl CoopView<'_> {
    /// Whether something new may start here.
    fn is_active(&self) -> bool {
        !self.world.paused && self.coop.status == CoopStatus::Active
    }
}

impl Generator {
    /// A way to do this action that the rules would probably accept, if there is any.
    pub(super) fn suggest(&mut self, name: &str, world: &World, now: Time) -> Option<Suggestion> {
        if name == "a callback" {
            return Some(self.forged(world));
        }
        if name == "regcoop" || name == "setpause" || name == "regtype" {
            return self.of_operators(name, world);
        }
        let (name_of, coop) = self.dice.pick_from(world.coops.iter())?;
        let at = CoopView {
            world,
            name: *name_of,
            coop,
            now,
        };
        self.of_people(name, &at)
            .or_else(|| self.of_council(name, &at))
            .or_else(|| self.of_money(name, &at))
    }

    fn forged(&mut self, world: &World) -> Suggestion {
        let which = self
            .dice
            .pick(&Callback::ALL)
            .unwrap_or(Callback::ConfirmPay);
        let coop = Account::Coop(self.dice.roll(2) as u8);
        let hash = world.coops.get(&coop).and_then(|coop| {
            self.dice
                .pick_from(coop.questions.values().map(|row| row.hash))
        });
        let hash = hash.unwrap_or_else(|| self.papers.new_hash());
        (
            vec![self.anyone(world)],
            Action::Forge { which, coop, hash },
        )
    }

    /// A new document.
    fn document(
        &mut self,
        at: &CoopView<'_>,
        registry: u64,
        about: Account,
        subject: Option<Subject>,
        signers: &[Account],
    ) -> Paper {
        self.papers
            .new_paper(registry, at.name, about, subject, signers, at.now)
    }

    /// The cooperative signs for a person, or the person alone.
    fn coop_or(&mut self, at: &CoopView<'_>, who: Account) -> Vec<Account> {
        match self.dice.roll(3) {
            0 => vec![at.name],
            1 => vec![at.name, who],
            _ => vec![who],
        }
    }

    /// Who may do this for the cooperative: itself or its staff.
    fn actor(&mut self, at: &CoopView<'_>, right: Right) -> Account {
        let staff = at.coop.staff.iter();
        let staff = staff.filter(|(_, row)| row.rights.contains(&right));
        let staff = self.dice.pick_from(staff.map(|(who, _)| *who));
        match staff {
            Some(who) if self.dice.chance(60) => who,
            _ => at.name,
        }
    }

    /// A participant; each life has a favourite.
    fn participant(&mut self, at: &CoopView<'_>) -> Option<Account> {
        let favourite = self.favourite % at.coop.participants.len().max(1);
        if self.dice.chance(40) {
            return at.coop.participants.keys().nth(favourite).copied();
        }
        self.dice.pick_from(at.coop.participants.keys().copied())
    }

    /// An account of a person who is nobody in this cooperative.
    fn outsider(&mut self, at: &CoopView<'_>) -> Option<Account> {
        let people = at.world.accounts.keys().copied();
        self.dice
            .pick_from(people.filter(|who| at.coop.is_free(*who)))
    }
}
