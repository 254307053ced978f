//! The interface of `gateway`: money and property.

use crate::funds::Balances;
use crate::{Config, Document};
use antelope_contract::prelude::*;

/// Actions of `gateway`: money and property.
#[client]
pub trait Gateway {
    /// Sets the configuration, once.
    fn init(config: Config);
    /// Opens a cooperative's funds.
    fn openfunds(coopname: Name, symbol: Symbol);
    /// Carries rows of the version before over, after an upgrade.
    #[cfg(feature = "migration")]
    fn migrate(coopname: Name, limit: u32);

    /// Expects an incoming payment for a process of the calling contract.
    fn createinpay(
        coopname: Name,
        username: Name,
        kind: Name,
        hash: Checksum256,
        quantity: Asset,
        alone: bool,
        callback_contract: Name,
        confirm_callback: Name,
        decline_callback: Name,
    );
    /// The exact sum came.
    fn incomplete(
        coopname: Name,
        actor: Name,
        hash: Checksum256,
        quantity: Asset,
        reference: Checksum256,
    );
    /// The payment will not come, as the cooperative's staff or the payer says.
    fn indecline(coopname: Name, actor: Name, hash: Checksum256, reason: &str);
    /// The payment did not come in its term.
    fn inexpire(coopname: Name, hash: Checksum256);
    /// Moves a received payment of the calling contract to the funds and the participant's wallet.
    fn distribute(
        coopname: Name,
        username: Name,
        hash: Checksum256,
        entrance: Asset,
        minimum: Asset,
        available: Asset,
        callback_contract: Name,
    );
    /// Sends a received payment of the calling contract back.
    fn createoutpay(
        coopname: Name,
        username: Name,
        hash: Checksum256,
        quantity: Asset,
        callback_contract: Name,
        confirm_callback: Name,
        decline_callback: Name,
    );
    /// The exact sum was sent.
    fn outcomplete(
        coopname: Name,
        actor: Name,
        hash: Checksum256,
        quantity: Asset,
        reference: Checksum256,
    );
    /// The transfer failed.
    fn outdecline(coopname: Name, actor: Name, hash: Checksum256, reason: &str);
    /// The transfer did not happen in its term: that becomes public.
    fn outoverdue(coopname: Name, hash: Checksum256);
    /// Tells a contract of others how its payment went.
    fn tell(coopname: Name, payment_id: u64);
    /// Tries to send a contribution back again.
    fn retrypay(coopname: Name, actor: Name, hash: Checksum256);

    /// Takes a participant's statement of a contribution in money.
    fn sharemoney(coopname: Name, username: Name, quantity: Asset, statement: Document);
    /// Takes a participant's statement of a contribution in property.
    fn shareprop(
        coopname: Name,
        username: Name,
        description: Checksum256,
        valuation: Asset,
        statement: Document,
    );
    /// Takes the act with which both sides confirm that the cooperative has the property.
    fn acceptprop(coopname: Name, actor: Name, property_id: u64, act: Document);
    /// The participant or the cooperative withdraws before the property has changed hands.
    fn cancelprop(coopname: Name, actor: Name, property_id: u64);
    /// Takes the act with which both sides confirm that the owner has the property again.
    fn handprop(coopname: Name, actor: Name, property_id: u64, act: Document);
    /// The property did not change hands in its term.
    fn propoverdue(coopname: Name, property_id: u64);
    /// Takes a participant's statement that asks for money.
    fn returnmoney(coopname: Name, username: Name, quantity: Asset, statement: Document);
    /// Takes a participant's statement that asks for property.
    fn returnprop(coopname: Name, username: Name, property_id: u64, statement: Document);

    /// Callback of soviet: the council takes the contribution.
    fn confirmin(coopname: Name, hash: Checksum256, authorization: Checksum256);
    /// Callback of soviet: the council does not.
    fn declinein(coopname: Name, hash: Checksum256, reason: &str);
    /// Callback of soviet: the council returns the share.
    fn confirmout(coopname: Name, hash: Checksum256, authorization: Checksum256);
    /// Callback of soviet: the council does not.
    fn declineout(coopname: Name, hash: Checksum256, reason: &str);

    /// Blocks the whole wallet of a participant who asks to leave.
    fn blockshares(coopname: Name, username: Name, hash: Checksum256);
    /// Gives the wallet of a participant who stays free again.
    fn freeshares(coopname: Name, username: Name, hash: Checksum256);
    /// Pays the wallet of a participant who leaves.
    fn payshares(coopname: Name, username: Name, hash: Checksum256);
    /// Moves wallet and property to a participant's new account.
    fn moveshares(coopname: Name, username: Name, newname: Name);
    /// Erases references of bank records whose term is over.
    fn freerefs(coopname: Name, limit: u32);

    /// The cooperative's funds, and the wallets of up to `limit` participants from `from` on.
    fn getbalances(coopname: Name, from: Name, limit: u32) -> Balances;
}
