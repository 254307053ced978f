//! Kinds of decisions: registered by the operator, accepted by each cooperative.

use crate::reason::require;
use crate::world::{Call, KindRow};
use crate::{Account, Cooperative, QuestionKind, Reason, World};

impl World {
    pub(crate) fn register_kind(
        &mut self,
        call: &Call<'_>,
        kind: QuestionKind,
        contract: Account,
        is_sound: bool,
        are_callbacks_one: bool,
        protocol: u64,
    ) -> Result<(), Reason> {
        call.needs(Account::Soviet)?;
        require(kind != QuestionKind::Free, Reason::KindBuiltIn)?;
        require(contract != Account::Soviet, Reason::KindOfSoviet)?;
        let has_code = contract.is_own_contract() || contract == Account::Foreign;
        require(has_code, Reason::KindWithoutCode)?;
        require(!are_callbacks_one, Reason::KindNoCallbacks)?;
        require(protocol != 0, Reason::KindNoProtocol)?;
        if let Some(before) = self.kinds.get(&kind)
            && self.depending_on(kind) > 0
        {
            let stays = before.contract == contract;
            require(stays, Reason::KindContractDepends)?;
            call.needs(contract)?;
        }
        let row = KindRow {
            contract,
            is_sound,
            protocol,
        };
        self.kinds.insert(kind, row);
        Ok(())
    }

    /// Questions and undelivered declines of a kind, in all cooperatives.
    pub fn depending_on(&self, kind: QuestionKind) -> usize {
        let of = |coop: &Cooperative| coop.unfinished_of(kind) + coop.undelivered_of(kind);
        self.coops.values().map(of).sum()
    }

    pub(crate) fn accept_kind(
        &mut self,
        call: &Call<'_>,
        name: Account,
        chairman: Account,
        kind: QuestionKind,
    ) -> Result<(), Reason> {
        call.needs(name)?;
        self.active(name)?.signed_by_chairman(call, chairman)?;
        let row = self.kinds.get(&kind).ok_or(Reason::KindNotRegistered)?;
        let contract = row.contract;
        let accepted = &mut self.coop(name)?.accepted;
        let is_new = accepted.get(&kind) != Some(&contract);
        require(is_new, Reason::KindAcceptedAlready)?;
        accepted.insert(kind, contract);
        Ok(())
    }

    pub(crate) fn drop_kind(
        &mut self,
        call: &Call<'_>,
        name: Account,
        chairman: Account,
        kind: QuestionKind,
    ) -> Result<(), Reason> {
        call.needs(name)?;
        call.needs(chairman)?;
        let coop = self.coops.get_mut(&name).ok_or(Reason::NotTheChairman)?;
        coop.signed_by_chairman(call, chairman)?;
        let contract = coop.accepted.get(&kind).ok_or(Reason::KindNotAccepted)?;
        require(!contract.is_own_contract(), Reason::KindOfTheProtocol)?;
        let rests = coop.unfinished_of(kind) + coop.undelivered_of(kind) == 0;
        require(rests, Reason::KindDepends)?;
        coop.accepted.remove(&kind);
        Ok(())
    }
}

impl Cooperative {
    /// Questions of a kind that are not finished.
    pub fn unfinished_of(&self, kind: QuestionKind) -> usize {
        self.questions
            .values()
            .filter(|question| question.kind == kind)
            .count()
    }

    /// Declines of a kind that are not delivered.
    pub fn undelivered_of(&self, kind: QuestionKind) -> usize {
        self.undelivered
            .values()
            .filter(|row| row.kind == kind)
            .count()
    }

    /// The cooperative accepts this kind from this contract.
    pub(crate) fn accepts(&self, kind: QuestionKind, contract: Account) -> Result<(), Reason> {
        let accepted = self.accepted.get(&kind).ok_or(Reason::KindNotAccepted)?;
        require(*accepted == contract, Reason::KindOfAnotherContract)
    }
}
