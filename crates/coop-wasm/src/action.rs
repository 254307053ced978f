//! Actions that members, council members, the chairman and staff sign.

use crate::digits::to_hex;
use crate::failure::{Cause, Failure};
use crate::value::{Value, bytes, field, objects, put};
use alloc::string::String;
use alloc::vec::Vec;
use antelope_types::{
    Action, Asset, Authority, Checksum256, Encode, KeyWeight, Name, PermissionLevel, PublicKey,
    name, native,
};
use coop_model::{Document, Right, Seat};
use wasm_bindgen::prelude::*;

/// The most bytes of an action's data: the longest action is a document with 64 signatures.
const MAX_DATA: u32 = 2 << 20;

objects! {
    Right { contract, action }
    Seat { username, is_voting, position }
    PermissionLevel { actor, permission }
}

/// `data` is hexadecimal, as in the JSON of nodes.
impl Value for Action {
    fn read(value: &JsValue) -> Result<Self, Failure> {
        let data = js_sys::Reflect::get(value, &"data".into()).map_err(|_| Cause::Value)?;
        Ok(Self {
            account: field(value, "account")?,
            name: field(value, "name")?,
            authorization: field(value, "authorization")?,
            data: bytes(&data, MAX_DATA).map_err(|failure| failure.within("data"))?,
        })
    }

    fn write(&self) -> JsValue {
        let object = js_sys::Object::new();
        put(&object, "account", &self.account);
        put(&object, "name", &self.name);
        put(&object, "authorization", &self.authorization);
        let _ = js_sys::Reflect::set(&object, &"data".into(), &to_hex(&self.data).into());
        object.into()
    }
}

/// The accounts of the three contracts, and the permission to act under.
struct Setting {
    registrator: Name,
    soviet: Name,
    gateway: Name,
    permission: Name,
}

impl Setting {
    fn read(value: &JsValue) -> Result<Self, Failure> {
        let or = |field: Result<Option<Name>, Failure>, default| Ok(field?.unwrap_or(default));
        if value.is_undefined() {
            return Self::read(&js_sys::Object::new());
        }
        let read = |field_name: &str, default| {
            or(field(value, field_name), default).map_err(|it: Failure| it.within("setting"))
        };
        Ok(Self {
            registrator: read("registrator", name!("registrator"))?,
            soviet: read("soviet", name!("soviet"))?,
            gateway: read("gateway", name!("gateway"))?,
            permission: read("permission", name!("active"))?,
        })
    }
}

/// The contract that an action is of.
#[derive(Clone, Copy)]
enum Contract {
    Registrator,
    Soviet,
    Gateway,
}

/// Each action: its contract, its name, the fields of its data in the order of the contract's arguments,
/// and which of them signs.
///
/// A table, and not the typed clients of `coop-model`, whose code is fifteen times as large; a test packs
/// every action by the ABI that its contract has, and compares.
const ACTIONS: &[(Contract, &str, &str, &str)] = &[
    (
        Contract::Registrator,
        "newaccount",
        "coopname actor username public_key",
        "actor",
    ),
    (
        Contract::Registrator,
        "signagree",
        "coopname username documents",
        "username",
    ),
    (
        Contract::Registrator,
        "reguser",
        "coopname username kind statement",
        "username",
    ),
    (
        Contract::Registrator,
        "exitcoop",
        "coopname username statement",
        "username",
    ),
    (
        Contract::Registrator,
        "moveuser",
        "coopname username newname statement",
        "newname",
    ),
    (
        Contract::Registrator,
        "vetomove",
        "coopname username",
        "username",
    ),
    (
        Contract::Registrator,
        "blockuser",
        "coopname proposer username proposal",
        "proposer",
    ),
    (
        Contract::Registrator,
        "retryrefund",
        "coopname actor hash",
        "actor",
    ),
    (
        Contract::Soviet,
        "freedecision",
        "coopname username proposal",
        "username",
    ),
    (
        Contract::Soviet,
        "votefor",
        "coopname username decision_id hash",
        "username",
    ),
    (
        Contract::Soviet,
        "voteagainst",
        "coopname username decision_id hash",
        "username",
    ),
    (
        Contract::Soviet,
        "authorize",
        "coopname chairman decision_id protocol",
        "chairman",
    ),
    (
        Contract::Soviet,
        "exec",
        "executer coopname decision_id",
        "executer",
    ),
    (
        Contract::Soviet,
        "support",
        "coopname username version",
        "username",
    ),
    (
        Contract::Soviet,
        "object",
        "coopname username version",
        "username",
    ),
    (
        Contract::Soviet,
        "updateboard",
        "coopname kind members meeting",
        "coopname",
    ),
    (
        Contract::Soviet,
        "addstaff",
        "coopname chairman username rights",
        "chairman",
    ),
    (
        Contract::Soviet,
        "setrights",
        "coopname chairman username rights",
        "chairman",
    ),
    (
        Contract::Soviet,
        "rmstaff",
        "coopname actor username",
        "actor",
    ),
    (
        Contract::Soviet,
        "accepttype",
        "coopname chairman kind",
        "chairman",
    ),
    (
        Contract::Soviet,
        "droptype",
        "coopname chairman kind",
        "chairman",
    ),
    (
        Contract::Gateway,
        "incomplete",
        "coopname actor hash quantity reference",
        "actor",
    ),
    (
        Contract::Gateway,
        "indecline",
        "coopname actor hash reason",
        "actor",
    ),
    (
        Contract::Gateway,
        "outcomplete",
        "coopname actor hash quantity reference",
        "actor",
    ),
    (
        Contract::Gateway,
        "outdecline",
        "coopname actor hash reason",
        "actor",
    ),
    (
        Contract::Gateway,
        "retrypay",
        "coopname actor hash",
        "actor",
    ),
    (
        Contract::Gateway,
        "sharemoney",
        "coopname username quantity statement",
        "username",
    ),
    (
        Contract::Gateway,
        "shareprop",
        "coopname username description valuation statement",
        "username",
    ),
    (
        Contract::Gateway,
        "acceptprop",
        "coopname actor property_id act",
        "actor",
    ),
    (
        Contract::Gateway,
        "cancelprop",
        "coopname actor property_id",
        "actor",
    ),
    (
        Contract::Gateway,
        "handprop",
        "coopname actor property_id act",
        "actor",
    ),
    (
        Contract::Gateway,
        "returnmoney",
        "coopname username quantity statement",
        "username",
    ),
    (
        Contract::Gateway,
        "returnprop",
        "coopname username property_id statement",
        "username",
    ),
];

fn make(name: &str, data: &JsValue, setting: &Setting) -> Result<Action, Failure> {
    let entry = ACTIONS.iter().find(|entry| entry.1 == name);
    let Some((contract, _, fields, actor)) = entry else {
        return Err(Failure::at(Cause::Action, &short(name)));
    };
    let mut packed = Vec::new();
    for name in fields.split(' ') {
        pack(data, name, &mut packed)?;
    }
    let actor = field(data, actor)?;
    Ok(Action {
        account: match contract {
            Contract::Registrator => setting.registrator,
            Contract::Soviet => setting.soviet,
            Contract::Gateway => setting.gateway,
        },
        name: Name::parse(name).unwrap_or_default(),
        authorization: alloc::vec![PermissionLevel::new(actor, setting.permission)],
        data: packed,
    })
}

/// Packs a field, which has one type in all actions.
fn pack(data: &JsValue, name: &str, out: &mut Vec<u8>) -> Result<(), Failure> {
    match name {
        "decision_id" | "property_id" | "version" => append::<u64>(data, name, out),
        "hash" | "reference" | "description" => append::<Checksum256>(data, name, out),
        "quantity" | "valuation" => append::<Asset>(data, name, out),
        "statement" | "proposal" | "protocol" | "meeting" | "act" => {
            append::<Document>(data, name, out)
        }
        "documents" => append::<Vec<Document>>(data, name, out),
        "public_key" => append::<PublicKey>(data, name, out),
        "reason" => append::<String>(data, name, out),
        "members" => append::<Vec<Seat>>(data, name, out),
        "rights" => append::<Vec<Right>>(data, name, out),
        _ => append::<Name>(data, name, out),
    }
}

fn append<T: Value + Encode>(data: &JsValue, name: &str, out: &mut Vec<u8>) -> Result<(), Failure> {
    out.extend_from_slice(&field::<T>(data, name)?.to_bytes());
    Ok(())
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
    Ok(make(name, data, &setting)?.write())
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
    let keys = Vec::<PublicKey>::read(keys).map_err(|it| it.within("keys"))?;
    let [one, other] = two_keys(keys)?;
    let authority = Authority {
        keys: [one, other].map(|key| KeyWeight { key, weight: 1 }).into(),
        ..Authority::default()
    };
    let authority = Authority {
        threshold: 1,
        ..authority
    };
    let change = |permission, parent| Action {
        authorization: alloc::vec![PermissionLevel::owner(username)],
        ..native::update_auth(username, permission, parent, authority.clone())
    };
    let actions = alloc::vec![
        change(name!("active"), name!("owner")),
        change(name!("owner"), Name::default()),
    ];
    Ok(actions.write())
}

/// Two different keys in the order that nodes ask for.
fn two_keys(keys: Vec<PublicKey>) -> Result<[PublicKey; 2], Failure> {
    let Ok([one, other]) = <[PublicKey; 2]>::try_from(keys) else {
        return Err(Cause::TwoKeys.into());
    };
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
