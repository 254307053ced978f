//! An escrow: money is held for a buyer and a seller until the buyer releases it, the seller refunds
//! it, or the deadline passes.
//!
//! | step | who | what happens |
//! |---|---|---|
//! | `open` | buyer | the deal is written down; the buyer pays its RAM |
//! | a token transfer with the deal's number as memo | buyer | the deal is funded |
//! | `release` | buyer | the money goes to the seller |
//! | `refund` | seller | the money goes back to the buyer |
//! | `cancel` | buyer | a deal that is not funded is removed |
//! | `expire` | anybody, after the deadline | the money, if there is any, goes back to the buyer |
//!
//! The contract pays by inline actions, so the `active` permission of its account must contain its own
//! `eosio.code`.

#![cfg_attr(target_family = "wasm", no_std)]

use antelope_contract::prelude::*;

/// A deal between two accounts.
#[table("deals")]
pub struct Deal {
    /// Its number, which is the memo of the deposit.
    #[primary]
    pub id: u64,
    /// Who pays.
    #[index]
    pub buyer: Name,
    /// Who is paid.
    pub seller: Name,
    /// The price, and the contract of its token: a token of the same name by another contract is
    /// another token.
    pub price: ExtendedAsset,
    /// From then on anybody may end the deal in the buyer's favour.
    pub deadline: TimePointSec,
    /// Whether the contract holds the price.
    pub funded: bool,
}

/// What the contract asks of a token.
#[client]
pub trait Token {
    /// Pays `quantity`.
    fn transfer(from: Name, to: Name, quantity: Asset, memo: &str);
}

/// The contract.
#[contract(tables(Deal))]
pub mod escrow {
    use super::*;

    /// Opens a deal. The buyer pays its RAM and has it back when the deal ends.
    ///
    /// The number is the buyer's choice, so that deposit and deal can be signed in one transaction.
    #[action]
    pub fn open(id: u64, buyer: Name, seller: Name, price: ExtendedAsset, deadline: TimePointSec) {
        require_auth(buyer);
        check!(buyer != seller, "buyer and seller are the same account");
        check!(is_account(seller), "the seller's account does not exist");
        check!(
            buyer != receiver() && seller != receiver(),
            "the escrow is not a party of its deals"
        );
        check!(price.quantity.is_valid(), "the price is invalid");
        check!(price.quantity.amount > 0, "the price must be positive");
        check!(!is_over(deadline), "the deadline is over");
        let deals = Deal::table(receiver());
        check!(!deals.contains(id), "a deal of this number exists");
        let deal = Deal {
            id,
            buyer,
            seller,
            price,
            deadline,
            funded: false,
        };
        deals.insert(buyer, &deal);
    }

    /// Takes a deposit. Whatever else arrives is refused, so that no money is held without a deal.
    #[on_notify(any_contract, "transfer")]
    pub fn deposit(token: Name, from: Name, to: Name, quantity: Asset, memo: &str) {
        // The contract's own payments, and transfers between others, are none of its business.
        if from == receiver() || to != receiver() {
            return;
        }
        let id = number(memo).or_fail("expected the number of a deal as memo");
        let deal = deal(id);
        check!(deal.buyer == from, "this deal has another buyer");
        check!(
            deal.price.contract == token && deal.price.quantity == quantity,
            "expected exactly the price of the deal"
        );
        check!(!deal.funded, "the deal is funded");
        check!(!is_over(deal.deadline), "the deadline is over");
        deal.update(Payer::Same, |deal| deal.funded = true);
    }

    /// Pays the seller; the buyer says that all is well.
    #[action]
    pub fn release(id: u64) {
        let deal = funded(id);
        require_auth(deal.buyer);
        let deal = deal.remove();
        pay(&deal, deal.seller);
    }

    /// Pays the buyer back; the seller gives up the deal.
    #[action]
    pub fn refund(id: u64) {
        let deal = funded(id);
        require_auth(deal.seller);
        let deal = deal.remove();
        pay(&deal, deal.buyer);
    }

    /// Removes a deal that is not funded.
    #[action]
    pub fn cancel(id: u64) {
        let deal = deal(id);
        require_auth(deal.buyer);
        check!(!deal.funded, "the deal is funded");
        deal.remove();
    }

    /// Ends a deal whose deadline is over; anybody may do it, and the buyer has the money back.
    #[action]
    pub fn expire(id: u64) {
        let deal = deal(id);
        check!(is_over(deal.deadline), "the deadline is not over");
        let deal = deal.remove();
        if deal.funded {
            pay(&deal, deal.buyer);
        }
    }
}

fn deal(id: u64) -> Row<Deal> {
    Deal::table(receiver()).get(id).or_fail("no such deal")
}

fn funded(id: u64) -> Row<Deal> {
    let deal = deal(id);
    check!(deal.funded, "the deal is not funded");
    deal
}

fn is_over(deadline: TimePointSec) -> bool {
    now() >= deadline.into()
}

/// Sends the price out of the contract's own balance.
fn pay(deal: &Deal, to: Name) {
    Token::at(deal.price.contract)
        .signed_by(PermissionLevel::active(receiver()))
        .transfer(receiver(), to, deal.price.quantity, "escrow")
        .send();
}

/// The number that a text consists of.
fn number(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.bytes().try_fold(0u64, |number, digit| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(digit.into())
    })
}
