//! Actions that members, council members, the chairman and staff sign, packed by the typed clients of
//! `coop-model`.

use crate::digits::to_hex;
use crate::failure::{Cause, Failure};
use crate::value::{Value, bytes, field, objects, put};
use alloc::string::String;
use antelope_types::{
    Action, Authority, KeyWeight, Name, PermissionLevel, PublicKey, name, native,
};
use coop_model::clients::{Gateway, Registrator, Soviet};
use coop_model::{Right, Seat};
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

/// An action of each name: the fields of its data, in the order of the contract's arguments, and who
/// signs. The compiler checks them against the clients.
macro_rules! actions {
    ($($contract:ident $client:ident {
        $($action:ident($($field:ident),+) by $actor:ident;)+
    })+) => {
        fn make(name: &str, data: &JsValue, setting: &Setting) -> Result<Action, Failure> {
            match name {
                $($(stringify!($action) => {
                    $(let $field = Value::read(
                        &js_sys::Reflect::get(data, &stringify!($field).into())
                            .map_err(|_| Cause::Value)?,
                    )
                    .map_err(|failure| failure.within(stringify!($field)))?;)+
                    let level = PermissionLevel::new($actor, setting.permission);
                    Ok($client::at(setting.$contract)
                        .signed_by(level)
                        .$action($($field),+)
                        .to_action())
                })+)+
                "indecline" | "outdecline" => declining(name, data, setting),
                _ => Err(Failure::at(Cause::Action, &short(name))),
            }
        }
    };
}

actions! {
    registrator Registrator {
        newaccount(coopname, actor, username, public_key) by actor;
        signagree(coopname, username, documents) by username;
        reguser(coopname, username, kind, statement) by username;
        exitcoop(coopname, username, statement) by username;
        moveuser(coopname, username, newname, statement) by newname;
        vetomove(coopname, username) by username;
        blockuser(coopname, proposer, username, proposal) by proposer;
        retryrefund(coopname, actor, hash) by actor;
    }
    soviet Soviet {
        freedecision(coopname, username, proposal) by username;
        votefor(coopname, username, decision_id, hash) by username;
        voteagainst(coopname, username, decision_id, hash) by username;
        authorize(coopname, chairman, decision_id, protocol) by chairman;
        exec(executer, coopname, decision_id) by executer;
        support(coopname, username, version) by username;
        object(coopname, username, version) by username;
        updateboard(coopname, kind, members, meeting) by coopname;
        addstaff(coopname, chairman, username, rights) by chairman;
        setrights(coopname, chairman, username, rights) by chairman;
        rmstaff(coopname, actor, username) by actor;
        accepttype(coopname, chairman, kind) by chairman;
        droptype(coopname, chairman, kind) by chairman;
    }
    gateway Gateway {
        incomplete(coopname, actor, hash, quantity, reference) by actor;
        outcomplete(coopname, actor, hash, quantity, reference) by actor;
        retrypay(coopname, actor, hash) by actor;
        sharemoney(coopname, username, quantity, statement) by username;
        shareprop(coopname, username, description, valuation, statement) by username;
        acceptprop(coopname, actor, property_id, act) by actor;
        cancelprop(coopname, actor, property_id) by actor;
        handprop(coopname, actor, property_id, act) by actor;
        returnmoney(coopname, username, quantity, statement) by username;
        returnprop(coopname, username, property_id, statement) by username;
    }
}

/// The two that take a reason.
fn declining(name: &str, data: &JsValue, setting: &Setting) -> Result<Action, Failure> {
    let reason: String = field(data, "reason")?;
    let (coopname, actor, hash) = (
        field(data, "coopname")?,
        field(data, "actor")?,
        field(data, "hash")?,
    );
    let level = PermissionLevel::new(actor, setting.permission);
    let gateway = Gateway::at(setting.gateway).signed_by(level);
    Ok(if name == "indecline" {
        gateway
            .indecline(coopname, actor, hash, &reason)
            .to_action()
    } else {
        gateway
            .outdecline(coopname, actor, hash, &reason)
            .to_action()
    })
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
    let keys = alloc::vec::Vec::<PublicKey>::read(keys).map_err(|it| it.within("keys"))?;
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
fn two_keys(keys: alloc::vec::Vec<PublicKey>) -> Result<[PublicKey; 2], Failure> {
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
