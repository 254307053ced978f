//! The contract on a chain, with a token that it holds.

use antelope_contract::client;
use antelope_testing::{Chain, Contract, Failure, contract};
use antelope_types::{
    Asset, Authority, ExtendedAsset, IntoActions, Name, PermissionLevel, Symbol, TimePointSec,
    asset, name, symbol,
};
use escrow::Deal;
use escrow::escrow::{Client, ClientSigned};
use std::sync::LazyLock;
use std::time::Duration;

const ESCROW: Name = name!("escrow");
const TOKEN: Name = name!("eosio.token");
const FORGER: Name = name!("forger");
const ALICE: Name = name!("alice");
const BOB: Name = name!("bob");
const CAROL: Name = name!("carol");

const TOK: Symbol = symbol!("4,TOK");
const PRICE: Asset = asset!("25.0000 TOK");
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The actions of the token that the tests use.
#[client]
pub trait Bank {
    /// Makes a token.
    fn create(issuer: Name, maximum_supply: Asset);
    /// Issues some of it.
    fn issue(to: Name, quantity: Asset, memo: &str);
    /// Pays.
    fn transfer(from: Name, to: Name, quantity: Asset, memo: &str);
}

/// A fork of a chain with the escrow and two contracts of a token on it; alice has 100 of each.
fn chain() -> Chain {
    static BOOTED: LazyLock<Chain> = LazyLock::new(|| {
        let escrow = contract!().expect("the contract is built");
        // eosio.token, as `cargo antelope new --template token` writes it.
        let token = Contract::read("tests/token.wasm", "tests/token.abi").expect("the token");
        // The code of the escrow acts for its account, and nobody else does.
        let code = Authority::from_permission(PermissionLevel::new(ESCROW, name!("eosio.code")));
        let mut chain = Chain::builder()
            .accounts([ALICE, BOB, CAROL])
            .account_with(ESCROW, code)
            .contract(ESCROW, &escrow)
            .contract(TOKEN, &token)
            .contract(FORGER, &token)
            .build()
            .expect("a chain");
        for bank in [TOKEN, FORGER] {
            let signed = |actor| Bank::at(bank).signed_by(PermissionLevel::active(actor));
            let most = asset!("1000.0000 TOK");
            chain
                .push(signed(bank).create(ALICE, most))
                .expect("a token");
            let some = asset!("100.0000 TOK");
            chain
                .push(signed(ALICE).issue(ALICE, some, ""))
                .expect("money");
        }
        chain
    });
    BOOTED.clone()
}

fn by(actor: Name) -> ClientSigned<1> {
    Client::at(ESCROW).signed_by(PermissionLevel::active(actor))
}

fn deadline(chain: &Chain) -> TimePointSec {
    let now = TimePointSec::from(chain.now());
    now.checked_add(WEEK.as_secs() as u32).expect("a moment")
}

fn open(chain: &mut Chain, id: u64) -> Result<(), Failure> {
    let price = ExtendedAsset {
        quantity: PRICE,
        contract: TOKEN,
    };
    let until = deadline(chain);
    chain.push(by(ALICE).open(id, ALICE, BOB, price, until))?;
    Ok(())
}

fn pay(
    chain: &mut Chain,
    bank: Name,
    from: Name,
    quantity: Asset,
    memo: &str,
) -> Result<(), Failure> {
    let payer = Bank::at(bank).signed_by(PermissionLevel::active(from));
    chain.push(payer.transfer(from, ESCROW, quantity, memo))?;
    Ok(())
}

fn balance(chain: &Chain, owner: Name) -> i64 {
    let rows = chain
        .rows_json(TOKEN, owner, name!("accounts"))
        .expect("the table");
    rows.first().map_or(0, |row| {
        let text = row["balance"].as_str().expect("an asset");
        let asset: Asset = text.parse().expect("an asset");
        assert_eq!(asset.symbol, TOK);
        asset.amount
    })
}

fn deals(chain: &Chain) -> Vec<Deal> {
    chain.rows(ESCROW, ESCROW).expect("the table")
}

/// The contract's own words, where it refuses.
fn refused<T>(result: Result<T, Failure>) -> String {
    let failure = result.err().expect("a refusal");
    let message = failure.error().message();
    let words = message.strip_prefix("assertion failure with message: ");
    words.unwrap_or(message).to_owned()
}

fn refuses(chain: &mut Chain, actions: impl IntoActions) -> String {
    refused(chain.push(actions))
}

#[test]
fn the_buyer_releases_the_money_to_the_seller() -> Result<(), Failure> {
    let mut chain = chain();
    open(&mut chain, 7)?;
    pay(&mut chain, TOKEN, ALICE, PRICE, "7")?;
    assert!(deals(&chain)[0].funded);
    assert_eq!(balance(&chain, ESCROW), PRICE.amount);

    assert_eq!(
        refuses(&mut chain, by(BOB).release(7)),
        "missing authority of alice"
    );
    let released = chain.push(by(ALICE).release(7))?;
    assert_eq!(balance(&chain, BOB), PRICE.amount);
    assert_eq!(balance(&chain, ESCROW), 0);
    assert!(deals(&chain).is_empty());
    assert!(
        released.ram_deltas()[&ALICE] < 0,
        "the buyer has the RAM back"
    );
    assert_eq!(refuses(&mut chain, by(ALICE).release(7)), "no such deal");
    Ok(())
}

#[test]
fn the_seller_refunds_the_buyer() -> Result<(), Failure> {
    let mut chain = chain();
    let before = balance(&chain, ALICE);
    open(&mut chain, 1)?;
    assert_eq!(
        refuses(&mut chain, by(BOB).refund(1)),
        "the deal is not funded"
    );
    pay(&mut chain, TOKEN, ALICE, PRICE, "1")?;
    assert_eq!(
        refuses(&mut chain, by(ALICE).refund(1)),
        "missing authority of bob"
    );
    chain.push(by(BOB).refund(1))?;
    assert_eq!(balance(&chain, ALICE), before);
    assert!(deals(&chain).is_empty());
    Ok(())
}

#[test]
fn after_the_deadline_anybody_ends_the_deal_for_the_buyer() -> Result<(), Failure> {
    let mut chain = chain();
    let before = balance(&chain, ALICE);
    open(&mut chain, 1)?;
    open(&mut chain, 2)?;
    pay(&mut chain, TOKEN, ALICE, PRICE, "1")?;
    assert_eq!(
        refuses(&mut chain, by(CAROL).expire(1)),
        "the deadline is not over"
    );
    chain.advance(WEEK)?;
    assert_eq!(
        refused(pay(&mut chain, TOKEN, ALICE, PRICE, "2")),
        "the deadline is over"
    );
    chain.push(by(CAROL).expire(1))?;
    chain.push(by(CAROL).expire(2))?;
    assert_eq!(balance(&chain, ALICE), before);
    assert_eq!(balance(&chain, ESCROW), 0);
    assert!(deals(&chain).is_empty());
    Ok(())
}

#[test]
fn only_the_price_in_the_right_token_by_the_buyer_funds_a_deal() -> Result<(), Failure> {
    let mut chain = chain();
    open(&mut chain, 7)?;
    let price = "expected exactly the price of the deal";
    let memo = "expected the number of a deal as memo";
    assert_eq!(refused(pay(&mut chain, FORGER, ALICE, PRICE, "7")), price);
    let less = PRICE - asset!("0.0001 TOK");
    assert_eq!(refused(pay(&mut chain, TOKEN, ALICE, less, "7")), price);
    for wrong in ["", "seven", "7 ", "-7", "18446744073709551616"] {
        assert_eq!(refused(pay(&mut chain, TOKEN, ALICE, PRICE, wrong)), memo);
    }
    assert_eq!(
        refused(pay(&mut chain, TOKEN, ALICE, PRICE, "8")),
        "no such deal"
    );

    let to_carol = Bank::at(TOKEN).signed_by(PermissionLevel::active(ALICE));
    chain.push(to_carol.transfer(ALICE, CAROL, PRICE, "7"))?;
    let other = refused(pay(&mut chain, TOKEN, CAROL, PRICE, "7"));
    assert_eq!(other, "this deal has another buyer");

    pay(&mut chain, TOKEN, ALICE, PRICE, "7")?;
    let twice = refused(pay(&mut chain, TOKEN, ALICE, PRICE, "7"));
    assert_eq!(twice, "the deal is funded");
    assert_eq!(
        refuses(&mut chain, by(ALICE).cancel(7)),
        "the deal is funded"
    );
    Ok(())
}

#[test]
fn a_deal_is_opened_and_cancelled_by_its_buyer() -> Result<(), Failure> {
    let mut chain = chain();
    let price = |quantity| ExtendedAsset {
        quantity,
        contract: TOKEN,
    };
    let until = deadline(&chain);
    let mut said = |seller, quantity, until| {
        refuses(
            &mut chain,
            by(ALICE).open(1, ALICE, seller, price(quantity), until),
        )
    };
    assert_eq!(
        said(ALICE, PRICE, until),
        "buyer and seller are the same account"
    );
    assert_eq!(
        said(name!("nobody"), PRICE, until),
        "the seller's account does not exist"
    );
    assert_eq!(
        said(ESCROW, PRICE, until),
        "the escrow is not a party of its deals"
    );
    assert_eq!(said(BOB, -PRICE, until), "the price must be positive");
    assert_eq!(
        said(BOB, PRICE, TimePointSec::from_seconds(0)),
        "the deadline is over"
    );

    open(&mut chain, 1)?;
    assert_eq!(refused(open(&mut chain, 1)), "a deal of this number exists");
    assert_eq!(
        refuses(&mut chain, by(BOB).cancel(1)),
        "missing authority of alice"
    );
    chain.push(by(ALICE).cancel(1))?;
    assert!(deals(&chain).is_empty());
    Ok(())
}
