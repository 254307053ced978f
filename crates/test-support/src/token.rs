//! Actions of `eosio.token` and of whatever is like it.

use antelope_types::{Name, PermissionLevel};
use token::token::{Client, ClientSigned};

/// The actions of the token at this account, under somebody's `active` permission.
pub fn token(account: Name, by: Name) -> ClientSigned<1> {
    Client::at(account).signed_by(PermissionLevel::active(by))
}
