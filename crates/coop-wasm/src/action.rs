//! Actions that members, council members, the chairman, staff and the cooperative's account sign.

use crate::actions::ACTIONS;
use crate::failure::{Cause, Failure};
use crate::packing::{pack_field, unpacked};
use crate::value::{Value, field, optional};
use alloc::string::String;
use alloc::vec::Vec;
use antelope_types::schema::Ty;
use antelope_types::{
    AbiType, Action, Asset, Authority, Checksum256, Encode, KeyWeight, Name, PermissionLevel,
    PublicKey, name, native,
};
use coop_model::{Charter, Document, Right, Seat};
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// What is said besides the data: who signs and under which permission, and the accounts of the contracts.
struct Setting<'a>(&'a JsValue);

impl Setting<'_> {
    /// The account that stands under this name, if one does.
    fn read(&self, name: &str) -> Result<Option<Name>, Failure> {
        if self.0.is_undefined() {
            return Ok(None);
        }
        optional(self.0, name).map_err(|it| it.within("setting"))
    }

    /// The same, and its usual name where nothing stands there.
    fn read_or(&self, name: &str, usual: &str) -> Result<Name, Failure> {
        let found = self.read(name)?;
        Ok(found.unwrap_or_else(|| Name::parse(usual).unwrap_or_default()))
    }
}

fn make(name: &str, data: &JsValue, setting: &Setting<'_>) -> Result<Action, Failure> {
    for (contract, actions) in ACTIONS {
        for row in actions.split('\n') {
            let mut words = row.split(' ');
            if words.next() == Some(name) {
                return of_row(contract, name, words, data, setting);
            }
        }
    }
    Err(Failure::at(Cause::Action, &short(name)))
}

/// The action of a row, whose other words are the fields.
fn of_row<'a>(
    contract: &str,
    name: &str,
    fields: impl Iterator<Item = &'a str>,
    data: &JsValue,
    setting: &Setting<'_>,
) -> Result<Action, Failure> {
    let mut packed = Vec::new();
    let mut actor = None;
    for word in fields {
        let name = word.strip_prefix('*').unwrap_or(word);
        pack_field(type_of(name), data, name, &mut packed)?;
        if name != word {
            actor = Some(field(data, name)?);
        }
    }
    let actor = setting.read("actor")?.or(actor);
    let actor = actor.ok_or_else(|| Failure::at(Cause::Value, "setting.actor"))?;
    let permission = setting.read_or("permission", "active")?;
    Ok(Action {
        account: setting.read_or(contract, contract)?,
        name: Name::parse(name).unwrap_or_default(),
        authorization: alloc::vec![PermissionLevel::new(actor, permission)],
        data: packed,
    })
}

/// The type of a field, which is one in all actions.
fn type_of(field: &str) -> &'static Ty {
    match field {
        "decision_id" | "property_id" | "version" => u64::TY,
        "hash" | "reference" | "description" => Checksum256::TY,
        "quantity" | "valuation" => Asset::TY,
        "statement" | "proposal" | "protocol" | "meeting" | "act" => Document::TY,
        "documents" => Vec::<Document>::TY,
        "public_key" => PublicKey::TY,
        "reason" => String::TY,
        "members" => Vec::<Seat>::TY,
        "founders" => Vec::<Name>::TY,
        "charter" => Charter::TY,
        "limit" => u32::TY,
        "rights" => Vec::<Right>::TY,
        _ => Name::TY,
    }
}

/// An action as JavaScript has it.
fn written(action: &Action) -> Result<JsValue, Failure> {
    unpacked(Action::TY, &action.to_bytes())
}

/// As much of a name that nobody knows as a message needs.
fn short(name: &str) -> String {
    name.chars().take(20).collect()
}

/// An action of one of the three contracts, with its data packed.
///
/// `data` has the fields of the contract's ABI, in the JSON forms of nodes. The actor that it names signs,
/// under `active`, unless `setting` has another `actor` or `permission`. Of what anybody may do, such as
/// `seatboard`, the data names no actor: `setting` has to.
#[wasm_bindgen(unchecked_return_type = "Action")]
pub fn action(
    #[wasm_bindgen(unchecked_param_type = "keyof ActionData")] name: &str,
    #[wasm_bindgen(unchecked_param_type = "ActionData[keyof ActionData]")] data: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Setting")] setting: &JsValue,
) -> Result<JsValue, JsValue> {
    Ok(written(&make(name, data, &Setting(setting))?)?)
}

/// The actions with which a person's account gets a second key: `owner` and `active`, each satisfied by
/// either of the keys.
///
/// Demands two different keys, because whoever loses the only key loses the account. A second passkey is
/// one, and so is a K1 key that was printed. The transaction is signed with the key that the account has.
#[wasm_bindgen(unchecked_return_type = "Action[]")]
pub fn enrol(
    username: &str,
    #[wasm_bindgen(unchecked_param_type = "[string, string]")] keys: &JsValue,
) -> Result<JsValue, JsValue> {
    let username = Name::read(&username.into()).map_err(|it| it.within("username"))?;
    let [one, other] = two_keys(keys)?;
    let authority = Authority {
        threshold: 1,
        keys: [one, other].map(|key| KeyWeight { key, weight: 1 }).into(),
        ..Authority::default()
    };
    let authority = authority.to_bytes();
    // The fields of `native::UpdateAuth`, of which the last is the same in both.
    let change = |permission: Name, parent: Name| {
        let names = [username, permission, parent].map(|name| name.raw().to_le_bytes());
        written(&Action {
            account: name!("eosio"),
            name: native::UPDATEAUTH,
            authorization: alloc::vec![PermissionLevel::owner(username)],
            data: [names.as_flattened(), &authority].concat(),
        })
    };
    let active = change(name!("active"), name!("owner"))?;
    let owner = change(name!("owner"), Name::default())?;
    Ok(Array::of2(&active, &owner).into())
}

/// Two different keys in the order that nodes ask for.
fn two_keys(keys: &JsValue) -> Result<[PublicKey; 2], Failure> {
    let keys = keys.dyn_ref::<Array>().ok_or(Cause::Value);
    let keys = keys.map_err(|cause| Failure::at(cause, "keys"))?;
    let read = |at| PublicKey::read(&keys.get(at)).map_err(|it| it.within("keys"));
    if keys.length() != 2 {
        return Err(Cause::TwoKeys.into());
    }
    let (one, other) = (read(0)?, read(1)?);
    // The same point with another presence or host is the same device.
    if one.point() == other.point() {
        return Err(Cause::TwoKeys.into());
    }
    Ok(if one < other {
        [one, other]
    } else {
        [other, one]
    })
}
