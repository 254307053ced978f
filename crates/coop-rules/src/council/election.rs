//! The change of a board: submitted, supported or objected to, seated or dropped.

use super::boards::meeting;
use super::seats::are_a_board;
use crate::cooperative::{Board, Election, Seat, Voice};
use crate::kind::BoardKind;
use crate::paper::Subject;
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Cooperative, Event, Paper, Reason, World};
use coop_model::parameters::MAX_BATCH;

impl World {
    pub(crate) fn election_submitted(
        &mut self,
        call: &Call<'_>,
        name: Account,
        kind: BoardKind,
        members: &[Seat],
        paper: &Paper,
    ) -> Result<(), Reason> {
        call.needs(name)?;
        let terms = self.terms;
        let coop = self.active(name)?;
        let council = coop.council.as_ref().ok_or(Reason::CouncilMissing)?;
        require(coop.election.is_none(), Reason::ElectionGoesOn)?;
        are_a_board(kind, members)?;
        coop.can_sit(members)?;
        let version = council.last_board + 1;
        let demand = meeting(call, &terms, name);
        paper.is_about(&demand)?;
        paper.binds(&Subject::Board {
            version,
            kind,
            members: members.to_vec(),
        })?;
        let hash = paper.signed(&demand)?;
        let elected: Vec<_> = members.iter().map(|seat| seat.who).collect();
        require(paper.is_signed_by_all(&elected), Reason::NotAllElected)?;
        let election = Election {
            version,
            kind,
            members: members.to_vec(),
            meeting: hash,
            needed: coop.support_needed(members.len() as u32),
            created_at: call.now,
            ends_at: call.now.after(terms.support),
        };
        if let Some(council) = &mut coop.council {
            council.last_board = version;
        }
        coop.election = Some(election);
        for who in elected {
            let voice = Voice {
                version,
                supports: true,
            };
            coop.voices.insert(who, voice);
        }
        Ok(())
    }

    pub(crate) fn voice_raised(
        &mut self,
        call: &Call<'_>,
        name: Account,
        who: Account,
        version: u64,
        supports: bool,
    ) -> Result<(), Reason> {
        call.needs(who)?;
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoElection)?;
        let election = coop.election_of(version)?;
        require(call.now < election.ends_at, Reason::ElectionOver)?;
        let participant = coop.active_participant(who)?;
        let was_there = participant.created_at < election.created_at;
        require(was_there, Reason::JoinedLater)?;
        let raised = coop
            .voices
            .get(&who)
            .is_some_and(|voice| voice.version == version);
        require(!raised, Reason::VoiceRaised)?;
        coop.voices.insert(who, Voice { version, supports });
        Ok(())
    }

    pub(crate) fn election_seated(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        version: u64,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoElection)?;
        let election = coop.election_of(version)?.clone();
        require(call.now >= election.ends_at, Reason::ElectionNotOver)?;
        require(coop.has_support(&election), Reason::NoSupport)?;
        coop.can_sit(&election.members)?;
        coop.election = None;
        let board = Board {
            kind: election.kind,
            members: election.members,
            meeting: election.meeting,
            created_at: call.now,
        };
        coop.seat(call, version, board)
    }

    pub(crate) fn election_dropped(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        version: u64,
    ) -> Result<(), Reason> {
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoElection)?;
        let election = coop.election_of(version)?;
        if !call.has(name) {
            require(call.now >= election.ends_at, Reason::ElectionNotOver)?;
            // The kind of the people was checked before; it never changes.
            let can_sit = coop.can_sit(&election.members).is_ok();
            let may_be_seated = coop.has_support(election) && can_sit;
            require(!may_be_seated, Reason::HasSupport)?;
        }
        let kind = election.kind;
        coop.election = None;
        call.events.push(Event::Lost { kind, version });
        Ok(())
    }

    pub(crate) fn voices_freed(&mut self, name: Account, limit: u32) -> Result<(), Reason> {
        let limit = limit as usize;
        require((1..=MAX_BATCH).contains(&limit), Reason::Batch)?;
        let coop = self.coops.get_mut(&name).ok_or(Reason::NoVoices)?;
        require(coop.election.is_none(), Reason::ElectionGoesOn)?;
        require(!coop.voices.is_empty(), Reason::NoVoices)?;
        let freed: Vec<_> = coop.voices.keys().take(limit).copied().collect();
        coop.voices.retain(|who, _| !freed.contains(who));
        Ok(())
    }
}

impl Cooperative {
    /// Participants who support the election, and those who object.
    pub fn voices_on(&self, election: &Election) -> (u32, u32) {
        let about = self
            .voices
            .values()
            .filter(|voice| voice.version == election.version);
        let (all, support) = about.fold((0, 0), |(all, support), voice| {
            (all + 1, support + u32::from(voice.supports))
        });
        (support, all - support)
    }

    fn has_support(&self, election: &Election) -> bool {
        let (support, objections) = self.voices_on(election);
        support > objections && support >= election.needed
    }

    fn election_of(&self, version: u64) -> Result<&Election, Reason> {
        let election = self.election.as_ref().ok_or(Reason::NoElection)?;
        require(election.version == version, Reason::NoElection)?;
        Ok(election)
    }
}
