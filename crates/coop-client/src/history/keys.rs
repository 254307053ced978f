//! Which keys an account had, and when.
//!
//! | period | from |
//! |---|---|
//! | the first | the block in which the account was made: `newaccount`, by `/v1/trace_api/get_block` |
//! | each further one | `updateauth` among the actions that the account authorized, by `/v1/history/get_actions` |
//!
//! A node without both tells of nothing, or of a part only.

use super::listed::{PAGE, actions_of};
use super::recorded::{block_at, native_actions};
use crate::error::ReadError;
use antelope_rpc_client::{Client, ClientError};
use antelope_types::{Name, PublicKey, TimePoint, name};
use serde_json::Value;

const SYSTEM: Name = name!("eosio");

/// The keys that the `active` permission of an account had, period by period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyHistory {
    /// The time from which keys hold, and the keys, the oldest first.
    pub periods: Vec<(TimePoint, Vec<PublicKey>)>,
}

impl KeyHistory {
    /// Reads it; at most so many pages of the account's actions. `None` where the node has no list of an account's
    /// actions, or there are more: then no period can be told from another.
    ///
    /// # Errors
    /// [`ReadError::Client`].
    pub fn read(client: &Client, account: Name, most: u32) -> Result<Option<Self>, ReadError> {
        let mut history = Self::default();
        let created = client.get_account(account)?.created;
        history.periods.extend(first(client, account, created)?);
        let mut place = 0;
        for _ in 0..most {
            let page = match actions_of(client, account, place) {
                Err(ClientError::Unsupported { .. }) => return Ok(None),
                page => page?,
            };
            let count = page.len();
            for action in page {
                let is_change = action.receiver == SYSTEM && action.action == name!("updateauth");
                if is_change && let Some(keys) = changed(&action.data, account) {
                    history.periods.push((action.time, keys));
                }
            }
            if i64::try_from(count).unwrap_or_default() < PAGE {
                return Ok(Some(history));
            }
            place += PAGE;
        }
        Ok(None)
    }

    /// The keys that held at this moment; `None` where that is before what is known.
    pub fn at(&self, moment: TimePoint) -> Option<&[PublicKey]> {
        let before = self
            .periods
            .iter()
            .rev()
            .find(|(since, _)| *since <= moment);
        before.map(|(_, keys)| &keys[..])
    }
}

/// The keys that an account was made with, where the node has recorded that block.
fn first(
    client: &Client,
    account: Name,
    created: TimePoint,
) -> Result<Option<(TimePoint, Vec<PublicKey>)>, ReadError> {
    let Some(block) = block_at(client, created)? else {
        return Ok(None);
    };
    let made = native_actions(client, SYSTEM, block)?.into_iter();
    let mut made = made.filter(|it| it.action == name!("newaccount"));
    let own = made.find(|it| it.data["name"] == account.to_string().as_str());
    Ok(own.map(|it| (created, keys(&it.data["active"]))))
}

/// The keys of a change of the account's `active` permission.
fn changed(data: &Value, account: Name) -> Option<Vec<PublicKey>> {
    let is_own = data["account"] == account.to_string().as_str() && data["permission"] == "active";
    is_own.then(|| keys(&data["auth"]))
}

/// The keys of an authority.
fn keys(authority: &Value) -> Vec<PublicKey> {
    let keys = authority["keys"].as_array().into_iter().flatten();
    let keys = keys.filter_map(|it| it["key"].as_str()?.parse().ok());
    keys.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_hold_until_the_next_ones() {
        let [one, other] = [2u8, 3].map(|byte| PublicKey::K1([byte; 33]));
        let time = TimePoint::from_micros;
        let history = KeyHistory {
            periods: vec![
                (time(10), vec![one.clone()]),
                (time(20), vec![other.clone()]),
            ],
        };
        assert_eq!(history.at(time(9)), None);
        assert_eq!(history.at(time(10)), Some(&[one.clone()][..]));
        assert_eq!(history.at(time(19)), Some(&[one][..]));
        assert_eq!(history.at(time(20)), Some(&[other.clone()][..]));
        let data = |permission: &str| {
            json!({
                "account": "anna", "permission": permission, "parent": "owner",
                "auth": { "threshold": 1, "keys": [{ "key": other, "weight": 1 }] },
            })
        };
        let anna = name!("anna");
        assert_eq!(changed(&data("owner"), anna), None);
        assert_eq!(changed(&data("active"), name!("boris")), None);
        assert_eq!(changed(&data("active"), anna), Some(vec![other.clone()]));
    }
}
