//! eosio.token in Rust: a drop-in for the reference contract's revision with issue to the issuer only.
//!
//! Same actions, tables, row bytes, RAM payers and error texts, in the reference's order of checks.
//! `tests/token` runs both on one node and compares everything that can be seen from outside.

#![cfg_attr(target_family = "wasm", no_std)]

use antelope_contract::prelude::*;
use antelope_contract::types::schema::Ty;

/// What an account holds of one token. Scope: the account.
#[table("accounts", primary = code: SymbolCode)]
pub struct Account {
    /// The amount; its symbol's code is the key.
    pub balance: Asset,
}

impl Account {
    fn code(&self) -> SymbolCode {
        self.balance.symbol.code()
    }
}

/// A token. Scope: its symbol's code.
#[table("stat", primary = code: SymbolCode)]
pub struct CurrencyStats {
    /// What has been issued and not retired.
    pub supply: Asset,
    /// The most there may be.
    pub max_supply: Asset,
    /// Who may issue and retire.
    pub issuer: Name,
}

impl CurrencyStats {
    fn code(&self) -> SymbolCode {
        self.supply.symbol.code()
    }
}

/// A note for people. The contract only measures it, so it may be any bytes, as with the reference;
/// `&str` would refuse what is not UTF-8.
#[derive(Encode, Decode)]
pub struct Memo<'a>(&'a [u8]);

impl<'a> From<&'a str> for Memo<'a> {
    fn from(text: &'a str) -> Self {
        Self(text.as_bytes())
    }
}

impl AbiType for Memo<'_> {
    const TY: &'static Ty = <&str>::TY;
}

/// The contract.
#[contract(tables(Account, CurrencyStats))]
pub mod token {
    use super::*;

    /// Creates a token, of which `issuer` may issue up to `maximum_supply`.
    #[action]
    pub fn create(issuer: Name, maximum_supply: Asset) {
        require_auth(receiver());
        let symbol = maximum_supply.symbol;
        check!(symbol.is_valid(), "invalid symbol name");
        check!(maximum_supply.is_valid(), "invalid supply");
        check!(maximum_supply.amount > 0, "max-supply must be positive");
        let stats = CurrencyStats::table(symbol.code());
        check!(
            !stats.contains(symbol.code()),
            "token with symbol already exists"
        );
        let supply = Asset::zero(symbol);
        stats.insert(
            receiver(),
            &CurrencyStats {
                supply,
                max_supply: maximum_supply,
                issuer,
            },
        );
    }

    /// Issues `quantity` to the issuer, who alone may do so.
    #[action]
    pub fn issue(to: Name, quantity: Asset, memo: Memo<'_>) {
        check!(quantity.symbol.is_valid(), "invalid symbol name");
        check_memo(memo);
        let token = stats_of(quantity)
            .or_fail("token with symbol does not exist, create token before issue");
        check!(
            to == token.issuer,
            "tokens can only be issued to issuer account"
        );
        require_auth(token.issuer);
        check!(quantity.is_valid(), "invalid quantity");
        check!(quantity.amount > 0, "must issue positive quantity");
        check_symbol(quantity.symbol, &token);
        check!(
            quantity.amount <= token.max_supply.amount - token.supply.amount,
            "quantity exceeds available supply"
        );
        token.update(Payer::Same, |token| token.supply += quantity);
        add_balance(to, quantity, to);
    }

    /// Takes `quantity` of the issuer's own balance out of existence.
    #[action]
    pub fn retire(quantity: Asset, memo: Memo<'_>) {
        check!(quantity.symbol.is_valid(), "invalid symbol name");
        check_memo(memo);
        let token = stats_of(quantity).or_fail("token with symbol does not exist");
        let issuer = token.issuer;
        require_auth(issuer);
        check!(quantity.is_valid(), "invalid quantity");
        check!(quantity.amount > 0, "must retire positive quantity");
        check_symbol(quantity.symbol, &token);
        token.update(Payer::Same, |token| token.supply -= quantity);
        sub_balance(issuer, quantity);
    }

    /// Transfers `quantity`; both sides are notified. A new balance row is paid for by `to` if it
    /// has signed, else by `from`.
    #[action]
    pub fn transfer(from: Name, to: Name, quantity: Asset, memo: Memo<'_>) {
        check!(from != to, "cannot transfer to self");
        require_auth(from);
        check!(is_account(to), "to account does not exist");
        let token = stats_of(quantity).or_fail("unable to find key");
        require_recipient(from);
        require_recipient(to);
        check!(quantity.is_valid(), "invalid quantity");
        check!(quantity.amount > 0, "must transfer positive quantity");
        check_symbol(quantity.symbol, &token);
        check_memo(memo);
        let payer = if has_auth(to) { to } else { from };
        sub_balance(from, quantity);
        add_balance(to, quantity, payer);
    }

    /// Makes an empty balance row for `owner` at the cost of `ram_payer`, if there is none.
    #[action]
    pub fn open(owner: Name, symbol: Symbol, ram_payer: Name) {
        require_auth(ram_payer);
        check!(is_account(owner), "owner account does not exist");
        let token = CurrencyStats::table(symbol.code())
            .get(symbol.code())
            .or_fail("symbol does not exist");
        check_symbol(symbol, &token);
        let accounts = Account::table(owner);
        if !accounts.contains(symbol.code()) {
            accounts.insert(
                ram_payer,
                &Account {
                    balance: Asset::zero(symbol),
                },
            );
        }
    }

    /// Removes the empty balance row of `owner` and gives its RAM back.
    #[action]
    pub fn close(owner: Name, symbol: Symbol) {
        require_auth(owner);
        let account = Account::table(owner)
            .get(symbol.code())
            .or_fail("Balance row already deleted or never existed. Action won't have any effect.");
        check!(
            account.balance.amount == 0,
            "Cannot close because the balance is not zero."
        );
        account.remove();
    }
}

fn stats_of(quantity: Asset) -> Option<Row<CurrencyStats>> {
    let code = quantity.symbol.code();
    CurrencyStats::table(code).get(code)
}

fn check_memo(memo: Memo<'_>) {
    check!(memo.0.len() <= 256, "memo has more than 256 bytes");
}

fn check_symbol(symbol: Symbol, token: &CurrencyStats) {
    check!(symbol == token.supply.symbol, "symbol precision mismatch");
}

fn sub_balance(owner: Name, value: Asset) {
    let account = Account::table(owner)
        .get(value.symbol.code())
        .or_fail("no balance object found");
    check!(account.balance.amount >= value.amount, "overdrawn balance");
    account.update(owner, |account| account.balance -= value);
}

fn add_balance(owner: Name, value: Asset, ram_payer: Name) {
    let accounts = Account::table(owner);
    match accounts.get(value.symbol.code()) {
        None => accounts.insert(ram_payer, &Account { balance: value }),
        Some(account) => {
            account.update(Payer::Same, |account| account.balance += value);
        }
    }
}
