//! Actions that members, council members, the chairman and staff sign.

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
use coop_model::{Document, Right, Seat};
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// The accounts of the three contracts, and the permission to act under.
struct Setting {
    registrator: Name,
    soviet: Name,
    gateway: Name,
    permission: Name,
}

impl Setting {
    fn read(value: &JsValue) -> Result<Self, Failure> {
        let read = |name: &str, default| {
            if value.is_undefined() {
                return Ok(default);
            }
            let found = optional(value, name).map_err(|it| it.within("setting"))?;
            Ok::<_, Failure>(found.unwrap_or(default))
        };
        Ok(Self {
            registrator: read("registrator", name!("registrator"))?,
            soviet: read("soviet", name!("soviet"))?,
            gateway: read("gateway", name!("gateway"))?,
            permission: read("permission", name!("active"))?,
        })
    }
}

/// The actions of each contract, one a line: the name, and the fields of its data in the order of the
/// contract's arguments. A `*` marks who signs.
///
/// A table, and not the typed clients of `coop-model`, whose code is fifteen times as large; a test packs
/// every action by the ABI that its contract has, and compares.
const ACTIONS: [&str; 3] = [REGISTRATOR, SOVIET, GATEWAY];

const REGISTRATOR: &str = "\
newaccount coopname *actor username public_key
signagree coopname *username documents
reguser coopname *username kind statement
exitcoop coopname *username statement
moveuser coopname username *newname statement
vetomove coopname *username
blockuser coopname *proposer username proposal
retryrefund coopname *actor hash";

const SOVIET: &str = "\
freedecision coopname *username proposal
votefor coopname *username decision_id hash
voteagainst coopname *username decision_id hash
authorize coopname *chairman decision_id protocol
exec *executer coopname decision_id
support coopname *username version
object coopname *username version
updateboard *coopname kind members meeting
addstaff coopname *chairman username rights
setrights coopname *chairman username rights
rmstaff coopname *actor username
accepttype coopname *chairman kind
droptype coopname *chairman kind";

const GATEWAY: &str = "\
incomplete coopname *actor hash quantity reference
indecline coopname *actor hash reason
outcomplete coopname *actor hash quantity reference
outdecline coopname *actor hash reason
retrypay coopname *actor hash
sharemoney coopname *username quantity statement
shareprop coopname *username description valuation statement
acceptprop coopname *actor property_id act
cancelprop coopname *actor property_id
handprop coopname *actor property_id act
returnmoney coopname *username quantity statement
returnprop coopname *username property_id statement";

fn make(name: &str, data: &JsValue, setting: &Setting) -> Result<Action, Failure> {
    for (account, actions) in [setting.registrator, setting.soviet, setting.gateway]
        .into_iter()
        .zip(ACTIONS)
    {
        for row in actions.split('\n') {
            let mut words = row.split(' ');
            if words.next() == Some(name) {
                return of_row(account, name, words, data, setting.permission);
            }
        }
    }
    Err(Failure::at(Cause::Action, &short(name)))
}

/// The action of a row, whose other words are the fields.
fn of_row<'a>(
    account: Name,
    name: &str,
    fields: impl Iterator<Item = &'a str>,
    data: &JsValue,
    permission: Name,
) -> Result<Action, Failure> {
    let mut packed = Vec::new();
    let mut actor = Name::default();
    for word in fields {
        let name = word.strip_prefix('*').unwrap_or(word);
        pack_field(type_of(name), data, name, &mut packed)?;
        if name != word {
            actor = field(data, name)?;
        }
    }
    Ok(Action {
        account,
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
/// `data` has the fields of the contract's ABI, in the JSON forms of nodes. The actor that the contract
/// asks for signs, under `active` unless `setting` names another permission.
#[wasm_bindgen(unchecked_return_type = "Action")]
pub fn action(
    #[wasm_bindgen(unchecked_param_type = "keyof ActionData")] name: &str,
    #[wasm_bindgen(unchecked_param_type = "ActionData[keyof ActionData]")] data: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Setting")] setting: &JsValue,
) -> Result<JsValue, JsValue> {
    let setting = Setting::read(setting)?;
    Ok(written(&make(name, data, &setting)?)?)
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
