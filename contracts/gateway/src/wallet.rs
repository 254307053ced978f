//! Wallets of participants: found, opened, counted.

use alloc::vec::Vec;

use antelope_contract::prelude::*;
use coop_model::decision::before;
use coop_model::funds::Wallet;
use coop_model::people::Participant;
use coop_model::refusal::Refusal;
use coop_model::refusal::wallet as refusal;
use coop_model::{Age, Config, Document, must, parameters};

/// The wallet of a participant.
pub(crate) fn of(coopname: Name, username: Name) -> Row<Wallet> {
    Wallet::table(coopname)
        .get(username)
        .or_fail(refusal::NO_WALLET)
}

/// The wallet of a participant, opened where there is none.
pub(crate) fn of_or_new(
    coopname: Name,
    payer: Name,
    username: Name,
    symbol: Symbol,
) -> Row<Wallet> {
    let wallets = Wallet::table(coopname);
    if !wallets.contains(username) {
        wallets.insert(payer, &Wallet::new(username, symbol));
    }
    of(coopname, username)
}

/// A process of a participant that begins with a signed statement.
pub(crate) struct Start<'a> {
    pub(crate) coopname: Name,
    pub(crate) username: Name,
    /// Who pays for the rows: the cooperative if it signed, else the participant.
    pub(crate) sender: Name,
    pub(crate) symbol: Symbol,
    pub(crate) registry_id: u64,
    /// What the statement must bind itself to, [packed](coop_model::document::subject::packed).
    pub(crate) subject: Vec<u8>,
    pub(crate) statement: &'a Document,
}

/// Begins a process: checks the participant and the statement, and counts the process; returns the
/// statement's hash, and the wallet for what the process does to it.
pub(crate) fn begin(config: &Config, start: &Start<'_>) -> (Checksum256, Row<Wallet>) {
    let &Start {
        coopname,
        username,
        statement,
        ..
    } = start;
    let participant = Participant::require_active(config, coopname, username);
    statement.require_about(start.registry_id, coopname, username, Age::Statement);
    statement.require_packed_subject(&start.subject);
    let wallet = of_or_new(coopname, start.sender, username, start.symbol);
    statement.require_newer(wallet.last_document);
    // Whoever left and joined again has a new wallet, which knows nothing of the documents before. The
    // clock of whoever renders the first document may be behind the chain's.
    let joined = before(participant.created_at, parameters::CLOCK_SKEW_SECONDS);
    check!(
        statement.created_at() >= joined,
        coop_model::refusal::document::SERVED_ALREADY
    );
    let hash = statement.require_signed_by(&config.chain_id, username);
    check!(
        wallet.open < parameters::MAX_OPEN_OF_PARTICIPANT,
        refusal::TOO_MANY_OPEN
    );
    let wallet = wallet.update(Payer::Same, |wallet| {
        wallet.open += 1;
        wallet.last_document = statement.created_at();
    });
    (hash, wallet)
}

/// Ends a process of a participant and changes the wallet.
pub(crate) fn end(
    coopname: Name,
    username: Name,
    change: impl FnOnce(&mut Wallet) -> Result<(), Refusal>,
) {
    of(coopname, username).update(Payer::Same, |wallet| {
        wallet.open = wallet.open.saturating_sub(1);
        must(change(wallet));
    });
}
