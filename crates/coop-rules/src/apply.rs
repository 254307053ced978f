//! One action: all of it or nothing.

use crate::action::Callback;
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Action, Cooperative, Event, Hash, Reason, Time, World};

impl World {
    /// Carries out an action that these accounts signed; gives what the registry is told.
    ///
    /// # Errors
    /// Why it is refused; the world is as it was then.
    pub fn apply(
        &mut self,
        signers: &[Account],
        action: &Action,
        now: Time,
    ) -> Result<Vec<Event>, Reason> {
        let mut next = self.clone();
        let mut call = Call {
            signers,
            now,
            events: Vec::new(),
        };
        next.carry_out(&mut call, action)?;
        *self = next;
        Ok(call.events)
    }

    #[rustfmt::skip]
    fn carry_out(&mut self, call: &mut Call<'_>, action: &Action) -> Result<(), Reason> {
        use Action::*;
        match *action {
            SetPause { paused } => self.set_pause(call, paused),
            SetQuota { coop, accounts, participants } => self.set_quota(call, coop, accounts, participants),
            RegCoop { coop, fees, symbol, charter, document } => self.register_coop(call, coop, fees, symbol, charter, document),
            UpdateCoop { coop, fees, symbol } => self.update_coop(call, coop, fees, symbol),
            SetCharter { coop, charter, ref meeting } => self.set_charter(call, coop, charter, meeting),
            SetStatus { coop, status } => self.set_status(call, coop, status),
            RegFounders { coop, ref founders, ref meeting } => self.register_founders(call, coop, founders, meeting),
            NewAccount { coop, actor, who } => self.make_account(call, coop, actor, who),
            SignAgree { coop, who, ref documents } => self.sign_agreements(call, coop, who, documents),
            RegUser { coop, who, kind, ref statement } => self.admission_applied(call, coop, who, kind, statement),
            RetryRefund { coop, actor, hash } => self.refund_retried(call, coop, actor, hash),
            ExitCoop { coop, who, ref statement } => self.exit_asked(call, coop, who, statement),
            MoveUser { coop, who, to, ref statement } => self.move_asked(call, coop, who, to, statement),
            VetoMove { coop, who } => self.move_vetoed(call, coop, who),
            CompleteMove { coop, who } => self.move_completed(call, coop, who),
            BlockUser { coop, proposer, who, ref proposal } => self.blocking_proposed(call, coop, proposer, who, proposal),
            RegType { kind, contract, is_sound, are_callbacks_one, protocol } => self.register_kind(call, kind, contract, is_sound, are_callbacks_one, protocol),
            AcceptType { coop, chairman, kind } => self.accept_kind(call, coop, chairman, kind),
            DropType { coop, chairman, kind } => self.drop_kind(call, coop, chairman, kind),
            CreateBoard { coop, ref members, ref meeting } => self.create_board(call, coop, members, meeting),
            UpdateBoard { coop, kind, ref members, ref meeting } => self.election_submitted(call, coop, kind, members, meeting),
            Support { coop, who, version } => self.voice_raised(call, coop, who, version, true),
            Object { coop, who, version } => self.voice_raised(call, coop, who, version, false),
            SeatBoard { coop, version } => self.election_seated(call, coop, version),
            DropBoard { coop, version } => self.election_dropped(call, coop, version),
            FreeVoices { coop, limit } => self.voices_freed(coop, limit),
            AddStaff { coop, chairman, who, ref rights } => self.add_staff(call, coop, chairman, who, rights),
            SetRights { coop, chairman, who, ref rights } => self.set_rights(call, coop, chairman, who, rights),
            RmStaff { coop, actor, who } => self.remove_staff(call, coop, actor, who),
            FreeDecision { coop, who, ref proposal } => self.propose_free(call, coop, who, proposal),
            VoteFor { coop, who, id, hash } => self.vote(call, coop, who, id, hash, true),
            VoteAgainst { coop, who, id, hash } => self.vote(call, coop, who, id, hash, false),
            DeclineDec { coop, id } => self.take_off_declined(call, coop, id),
            Expire { coop, ref ids } => self.take_off_expired(call, coop, ids),
            Deliver { coop, id } => self.deliver(call, coop, id),
            Authorize { coop, chairman, id, ref protocol } => self.authorize(call, coop, chairman, id, protocol),
            Exec { executer, coop, id } => self.execute(call, executer, coop, id),
            ShareMoney { coop, who, quantity, ref statement } => self.money_offered(call, coop, who, quantity, statement),
            ShareProp { coop, who, description, valuation, ref statement } => self.property_offered(call, coop, who, description, valuation, statement),
            AcceptProp { coop, actor, property, ref act } => self.property_accepted(call, coop, actor, property, act),
            CancelProp { coop, actor, property } => self.property_withdrawn(call, coop, actor, property),
            HandProp { coop, actor, property, ref act } => self.property_handed(call, coop, actor, property, act),
            PropOverdue { coop, property } => self.property_overdue(call, coop, property),
            ReturnMoney { coop, who, quantity, ref statement } => self.money_asked_back(call, coop, who, quantity, statement),
            ReturnProp { coop, who, property, ref statement } => self.property_asked_back(call, coop, who, property, statement),
            InComplete { coop, actor, hash, quantity, reference } => self.money_came(call, coop, actor, hash, quantity, reference),
            InDecline { coop, actor, hash, has_reason } => self.money_will_not_come(call, coop, actor, hash, has_reason),
            InExpire { coop, hash } => self.invoice_expired(call, coop, hash),
            OutComplete { coop, actor, hash, quantity, reference } => self.money_sent(call, coop, actor, hash, quantity, reference),
            OutDecline { coop, actor, hash, has_reason } => self.money_not_sent(call, coop, actor, hash, has_reason),
            OutOverdue { coop, hash } => self.payment_overdue(call, coop, hash),
            RetryPay { coop, actor, hash } => self.payment_retried(call, coop, actor, hash),
            Tell { .. } => Err(Reason::NothingToTell),
            FreeRefs { coop, limit } => self.references_freed(call, coop, limit),
            Forge { which, coop, hash } => self.forged(which, coop, hash),
        }
    }

    /// Only the code of a contract may send this. Whom an exit waits for depends on how far it is.
    fn forged(&self, which: Callback, name: Account, hash: Hash) -> Result<(), Reason> {
        if which == Callback::DeclinExit {
            let mut exits = self
                .coops
                .get(&name)
                .into_iter()
                .flat_map(|coop| coop.exits.values());
            require(exits.any(|exit| exit.hash == hash), Reason::NoExit)?;
        }
        Err(Reason::NotInline)
    }

    /// The cooperative, whatever its status.
    pub(crate) fn coop(&mut self, name: Account) -> Result<&mut Cooperative, Reason> {
        self.coops.get_mut(&name).ok_or(Reason::CoopNotRegistered)
    }

    /// The cooperative, in which something new may start.
    pub(crate) fn active(&mut self, name: Account) -> Result<&mut Cooperative, Reason> {
        let paused = self.paused;
        let coop = self.coop(name)?;
        require(
            coop.status == crate::cooperative::CoopStatus::Active,
            Reason::CoopNotActive,
        )?;
        require(!paused, Reason::CoopPaused)?;
        Ok(coop)
    }

    /// Whether something new may start in the cooperative.
    pub(crate) fn is_active(&self, name: Account) -> bool {
        let status = self.coops.get(&name).map(|coop| coop.status);
        status == Some(crate::cooperative::CoopStatus::Active) && !self.paused
    }
}

impl Call<'_> {
    /// Whether this account signed.
    pub(crate) fn has(&self, who: Account) -> bool {
        self.signers.contains(&who)
    }

    /// This account signed.
    pub(crate) fn needs(&self, who: Account) -> Result<(), Reason> {
        require(self.has(who), Reason::MissingAuthority)
    }

    /// The cooperative signed, or this person; gives whether the person did so alone.
    pub(crate) fn needs_coop_or(&self, coop: Account, who: Account) -> Result<bool, Reason> {
        if self.has(coop) {
            return Ok(coop == who);
        }
        self.needs(who)?;
        Ok(true)
    }
}
