//! Tokens that are one of a kind, in collections of limited size.
//!
//! | action | who | what happens |
//! |---|---|---|
//! | `create` | author | a collection of at most so many tokens |
//! | `mint` | author of the collection | the next token, for its first owner; the author pays its RAM |
//! | `transfer` | owner, or the account that the owner approved | another owner; both are notified |
//! | `approve` | owner | lets one account transfer the token once, or nobody |
//! | `burn` | owner | the token is gone and its number is not used again |

#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

use alloc::string::String;
use antelope_contract::prelude::*;

/// A collection. Scope: the contract.
#[table("collections")]
pub struct Collection {
    /// Its name.
    #[primary]
    pub name: Name,
    /// Who mints its tokens.
    #[index]
    pub author: Name,
    /// How many tokens may ever be minted.
    pub max_supply: u64,
    /// How many were minted; also the number of the last one.
    pub minted: u64,
    /// How many there are: those that were minted and not burnt.
    pub supply: u64,
}

/// A token. Scope: its collection.
#[table("tokens")]
pub struct Token {
    /// Its number within the collection, from 1 on.
    #[primary]
    pub id: u64,
    /// Whose it is.
    #[index]
    pub owner: Name,
    /// Who may transfer it beside the owner; the empty name for nobody.
    pub approved: Name,
    /// Where its description is. It never changes.
    pub uri: String,
}

/// The empty name: nobody.
const NOBODY: Name = Name::EMPTY;

/// The contract.
#[contract(tables(Collection, Token))]
pub mod nft {
    use super::*;

    /// Makes a collection of at most `max_supply` tokens.
    #[action]
    pub fn create(author: Name, collection: Name, max_supply: u64) {
        require_auth(author);
        check!(collection != NOBODY, "a collection needs a name");
        check!(max_supply > 0, "max_supply must be positive");
        let collections = Collection::table(receiver());
        check!(
            !collections.contains(collection),
            "a collection of this name exists"
        );
        let new = Collection {
            name: collection,
            author,
            max_supply,
            minted: 0,
            supply: 0,
        };
        collections.insert(author, &new);
    }

    /// Makes the next token of a collection and gives it to `to`. Returns its number.
    #[action]
    pub fn mint(collection: Name, to: Name, uri: String) -> u64 {
        let row = find(collection);
        require_auth(row.author);
        check!(is_account(to), "to account does not exist");
        check!(!uri.is_empty(), "a token needs a uri");
        check!(uri.len() <= 256, "uri has more than 256 bytes");
        check!(
            row.minted < row.max_supply,
            "the collection has all its tokens"
        );
        let row = row.update(Payer::Same, |row| {
            row.minted += 1;
            row.supply += 1;
        });
        let token = Token {
            id: row.minted,
            owner: to,
            approved: NOBODY,
            uri,
        };
        Token::table(collection).insert(row.author, &token);
        require_recipient(to);
        token.id
    }

    /// Gives a token to `to`. The approval, if there is one, ends.
    #[action]
    pub fn transfer(from: Name, to: Name, collection: Name, id: u64, memo: &str) {
        let token = token_of(from, collection, id);
        let approved = token.approved;
        if approved == NOBODY || !has_auth(approved) {
            require_auth(from);
        }
        check!(from != to, "cannot transfer to self");
        check!(is_account(to), "to account does not exist");
        check!(memo.len() <= 256, "memo has more than 256 bytes");
        token.update(Payer::Same, |token| {
            token.owner = to;
            token.approved = NOBODY;
        });
        require_recipient(from);
        require_recipient(to);
    }

    /// Lets `spender` transfer the token once; the empty name takes an approval back.
    #[action]
    pub fn approve(owner: Name, collection: Name, id: u64, spender: Name) {
        require_auth(owner);
        let token = token_of(owner, collection, id);
        check!(spender != owner, "the owner needs no approval");
        check!(
            spender == NOBODY || is_account(spender),
            "spender account does not exist"
        );
        token.update(Payer::Same, |token| token.approved = spender);
    }

    /// Takes a token out of existence. Its RAM goes back to the collection's author.
    #[action]
    pub fn burn(owner: Name, collection: Name, id: u64) {
        require_auth(owner);
        token_of(owner, collection, id).remove();
        find(collection).update(Payer::Same, |row| row.supply -= 1);
    }
}

fn find(collection: Name) -> Row<Collection> {
    Collection::table(receiver())
        .get(collection)
        .or_fail("no such collection")
}

/// The token, which must be this owner's.
fn token_of(owner: Name, collection: Name, id: u64) -> Row<Token> {
    let token = Token::table(collection).get(id).or_fail("no such token");
    check!(token.owner == owner, "the token has another owner");
    token
}
