//! Cooperatives: registered by themselves, activated and blocked by the operator.

use antelope_contract::prelude::*;
use coop_model::catalogue::registry;
use coop_model::clients::Gateway;
use coop_model::coop::{Coop, Settings, require_active_status, status};
use coop_model::council::{Board, CouncilHead};
use coop_model::document::subject::CharterSubject;
use coop_model::people::Participant;
use coop_model::refusal::{coop as refusal, council};
use coop_model::{Age, Charter, Config, CoopParams, Document, parameters};

use crate::account::Account;

/// Registers a cooperative, `pending`.
pub(crate) fn register(
    coopname: Name,
    params: &CoopParams,
    charter: Charter,
    document_hash: Checksum256,
) {
    require_auth(coopname);
    check!(
        !Config::load().is_own(coopname),
        refusal::CONTRACT_AS_COOPERATIVE
    );
    params.require_valid();
    charter.require_valid();
    check!(document_hash != Checksum256::ZERO, refusal::NO_DOCUMENT);
    let registrator = receiver();
    check!(
        !Account::table(registrator).contains(coopname),
        refusal::PERSON_AS_COOPERATIVE
    );
    let coops = Coop::table(registrator);
    check!(!coops.contains(coopname), refusal::REGISTERED_ALREADY);
    coops.insert(
        coopname,
        &Coop {
            coopname,
            status: status::PENDING,
            initial: params.initial,
            minimum: params.minimum,
            org_initial: params.org_initial,
            org_minimum: params.org_minimum,
            document_hash,
            meeting_hash: Checksum256::ZERO,
            created_at: now(),
            charter,
            meeting_at: TimePoint::default(),
            participants: 0,
            candidates: 0,
            accounts: 0,
            max_accounts: parameters::DEFAULT_ACCOUNTS,
            max_participants: parameters::DEFAULT_PARTICIPANTS,
        },
    );
}

/// Changes the fees; the symbol stays, for there is money in it.
pub(crate) fn update(coopname: Name, params: &CoopParams) {
    require_auth(coopname);
    params.require_valid();
    let row = find(coopname);
    check!(row.status != status::BLOCKED, refusal::BLOCKED);
    check!(
        params.initial.symbol == row.initial.symbol,
        refusal::FEES_OF_ANOTHER_SYMBOL
    );
    row.update(Payer::Same, |coop| coop.set_params(params));
}

/// Changes what the charter says about decisions, by the document of a general meeting that as many
/// participants signed as a new council would need.
pub(crate) fn set_charter(coopname: Name, charter: Charter, meeting: &Document) {
    require_auth(coopname);
    charter.require_valid();
    let config = Config::load();
    let row = active(&config, coopname);
    meeting.require_about(registry::MEETING, coopname, coopname, Age::Meeting);
    meeting.require_subject(&CharterSubject { charter });
    meeting.require_newer(row.meeting_at);
    let seats = CouncilHead::try_find(&config, coopname)
        .and_then(|council| Board::view(config.soviet, coopname).get(council.board))
        .or_fail(council::MISSING)
        .members
        .len();
    let needed = row.charter.support_needed(seats as u32, row.participants);
    check!(
        meeting.signatures().len() >= needed as usize,
        refusal::CHARTER_WITHOUT_SUPPORT
    );
    meeting.require_signed(&config.chain_id, Age::Meeting);
    for signature in meeting.signatures() {
        Participant::require_active(&config, coopname, signature.signer);
    }
    row.update(Payer::Same, |coop| {
        coop.charter = charter;
        coop.meeting_at = meeting.created_at();
    });
}

/// Sets how many accounts a cooperative may make and how many participants it may have.
pub(crate) fn set_quota(coopname: Name, accounts: u32, participants: u32) {
    require_auth(receiver());
    find(coopname).update(Payer::Same, |coop| {
        coop.max_accounts = accounts;
        coop.max_participants = participants;
    });
}

/// Activates or blocks a cooperative; an active one has funds.
pub(crate) fn set_status(coopname: Name, new_status: Name) {
    require_auth(receiver());
    check!(
        new_status == status::ACTIVE || new_status == status::BLOCKED,
        refusal::STATUS
    );
    let row = find(coopname);
    check!(row.status != new_status, refusal::STATUS_ALREADY);
    let row = row.update(Payer::Same, |coop| coop.status = new_status);
    if new_status == status::ACTIVE {
        Gateway::at(Config::load().gateway)
            .signed_by(PermissionLevel::active(receiver()))
            .openfunds(coopname, row.initial.symbol)
            .send();
    }
}

/// Stops new processes everywhere, or lets them start again.
pub(crate) fn set_pause(paused: bool) {
    let registrator = receiver();
    require_auth(registrator);
    let settings = Settings::singleton();
    if paused {
        settings.set(registrator, &Settings { paused });
    } else {
        settings.remove();
    }
}

/// The cooperative, whatever its status.
pub(crate) fn find(coopname: Name) -> Row<Coop> {
    Coop::table(receiver())
        .get(coopname)
        .or_fail(refusal::NOT_REGISTERED)
}

/// The cooperative, in which something new may start.
pub(crate) fn active(config: &Config, coopname: Name) -> Row<Coop> {
    let row = find(coopname);
    require_active_status(config, row.status);
    row
}
