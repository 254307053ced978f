//! Cooperatives: registered by themselves, activated and blocked by the operator.

use crate::cooperative::{Charter, CoopStatus, Cooperative, Fees, Funds};
use crate::kind::BoardKind;
use crate::money::is_amount;
use crate::paper::{Demand, Subject};
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Hash, Paper, Reason, Time, World};
use coop_model::catalogue::registry;
use coop_model::parameters;
use std::collections::BTreeMap;

impl World {
    pub(crate) fn set_pause(&mut self, call: &Call<'_>, paused: bool) -> Result<(), Reason> {
        call.needs(Account::Registrator)?;
        self.paused = paused;
        Ok(())
    }

    pub(crate) fn set_quota(
        &mut self,
        call: &Call<'_>,
        coop: Account,
        accounts: u32,
        participants: u32,
    ) -> Result<(), Reason> {
        call.needs(Account::Registrator)?;
        let coop = self.coop(coop)?;
        coop.max_accounts = accounts;
        coop.max_participants = participants;
        Ok(())
    }

    pub(crate) fn register_coop(
        &mut self,
        call: &Call<'_>,
        name: Account,
        fees: Fees,
        symbol: u8,
        charter: Charter,
        document: Hash,
    ) -> Result<(), Reason> {
        call.needs(name)?;
        require(!name.is_own_contract(), Reason::ContractAsCooperative)?;
        fees.are_amounts()?;
        charter.is_within_bounds()?;
        require(document != Hash::NONE, Reason::CoopNoDocument)?;
        let is_person = self.accounts.contains_key(&name);
        require(!is_person, Reason::PersonAsCooperative)?;
        let is_new = !self.coops.contains_key(&name);
        require(is_new, Reason::CoopRegisteredAlready)?;
        let coop = Cooperative {
            status: CoopStatus::Pending,
            symbol,
            fees,
            charter,
            document,
            founded: Hash::NONE,
            created_at: call.now,
            meeting_at: Time(0),
            accounts: 0,
            max_accounts: parameters::DEFAULT_ACCOUNTS,
            max_participants: parameters::DEFAULT_PARTICIPANTS,
            participants: BTreeMap::new(),
            candidates: BTreeMap::new(),
            agreements: BTreeMap::new(),
            exits: BTreeMap::new(),
            moves: BTreeMap::new(),
            blockings: BTreeMap::new(),
            council: None,
            boards: BTreeMap::new(),
            staff: BTreeMap::new(),
            accepted: BTreeMap::new(),
            questions: BTreeMap::new(),
            undelivered: BTreeMap::new(),
            proposers: BTreeMap::new(),
            election: None,
            voices: BTreeMap::new(),
            funds: None,
            wallets: BTreeMap::new(),
            payments: BTreeMap::new(),
            properties: BTreeMap::new(),
            references: BTreeMap::new(),
        };
        self.coops.insert(name, coop);
        Ok(())
    }

    pub(crate) fn update_coop(
        &mut self,
        call: &Call<'_>,
        name: Account,
        fees: Fees,
        symbol: u8,
    ) -> Result<(), Reason> {
        call.needs(name)?;
        fees.are_amounts()?;
        let coop = self.coop(name)?;
        require(coop.status != CoopStatus::Blocked, Reason::CoopBlocked)?;
        require(coop.symbol == symbol, Reason::FeesOfAnotherSymbol)?;
        coop.fees = fees;
        Ok(())
    }

    pub(crate) fn set_charter(
        &mut self,
        call: &Call<'_>,
        name: Account,
        charter: Charter,
        meeting: &Paper,
    ) -> Result<(), Reason> {
        call.needs(name)?;
        charter.is_within_bounds()?;
        let terms = self.terms;
        let coop = self.active(name)?;
        let demand = Demand {
            now: call.now,
            terms: &terms,
            registry: registry::MEETING,
            coop: name,
            about: name,
            is_of_meeting: true,
        };
        meeting.is_about(&demand)?;
        meeting.binds(&Subject::Charter(charter))?;
        meeting.is_newer(coop.meeting_at)?;
        let sitting = coop
            .sitting(BoardKind::Council)
            .ok_or(Reason::CouncilMissing)?;
        let seats = coop.boards[&sitting].members.len();
        let needed = coop.support_needed(seats as u32) as usize;
        let enough = meeting.signatures.len() >= needed;
        require(enough, Reason::CharterWithoutSupport)?;
        meeting.signed(&demand)?;
        for signature in &meeting.signatures {
            coop.active_participant(signature.signer)?;
        }
        coop.charter = charter;
        coop.meeting_at = meeting.created_at;
        Ok(())
    }

    pub(crate) fn set_status(
        &mut self,
        call: &Call<'_>,
        name: Account,
        status: CoopStatus,
    ) -> Result<(), Reason> {
        call.needs(Account::Registrator)?;
        require(status != CoopStatus::Pending, Reason::CoopStatus)?;
        let coop = self.coop(name)?;
        require(coop.status != status, Reason::CoopStatusAlready)?;
        coop.status = status;
        if status == CoopStatus::Active && coop.funds.is_none() {
            coop.funds = Some(Funds::default());
        }
        Ok(())
    }
}

impl Fees {
    fn are_amounts(&self) -> Result<(), Reason> {
        let all = [
            self.initial,
            self.minimum,
            self.org_initial,
            self.org_minimum,
        ];
        all.into_iter().try_for_each(is_amount)
    }
}

impl Charter {
    fn is_within_bounds(&self) -> Result<(), Reason> {
        let quorum = self.quorum <= parameters::MAX_QUORUM_PERCENT;
        require(quorum, Reason::QuorumBound)?;
        let support = self.support <= parameters::MAX_BOARD_SUPPORT;
        require(support, Reason::SupportBound)
    }
}

impl Cooperative {
    /// The support that so many seats need: the charter's, or the smaller of seats + 1 and half of
    /// all participants, and never more than can sign one document.
    pub(crate) fn support_needed(&self, seats: u32) -> u32 {
        if self.charter.support > 0 {
            return self.charter.support;
        }
        let half = (self.participants.len() as u32).div_ceil(2);
        half.min(seats + 1).min(parameters::MAX_BOARD_SUPPORT)
    }
}
