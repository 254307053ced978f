//! An action as a step of a comparison: arguments as exact bytes, so that values no client would
//! send can be sent too.

use antelope_types::{Action, Asset, Encode, Name, PermissionLevel, Symbol, SymbolCode, name};

/// Stands for the token contract itself, whichever of the two it is.
pub const SELF: Name = name!("self");
/// Stands for the other token contract.
pub const OTHER: Name = name!("other");

/// One argument.
#[derive(Clone, Debug)]
pub enum Arg {
    Name(Name),
    Asset(Asset),
    Symbol(Symbol),
    Text(String),
    /// Bytes that are no proper argument.
    Raw(Vec<u8>),
}

/// One action: name, arguments, who authorizes it.
#[derive(Clone, Debug)]
pub struct Call {
    pub action: Name,
    pub args: Vec<Arg>,
    pub actors: Vec<Name>,
}

impl Call {
    /// The action for one of the two contracts.
    pub fn to_action(&self, contract: Name, other: Name) -> Action {
        let place = |name: Name| match name {
            SELF => contract,
            OTHER => other,
            name => name,
        };
        let data = self.args.iter().flat_map(|arg| match arg {
            Arg::Name(name) => place(*name).to_bytes(),
            Arg::Asset(asset) => asset.to_bytes(),
            Arg::Symbol(symbol) => symbol.to_bytes(),
            Arg::Text(text) => text.to_bytes(),
            Arg::Raw(bytes) => bytes.clone(),
        });
        Action {
            account: contract,
            name: self.action,
            authorization: self
                .actors
                .iter()
                .map(|actor| PermissionLevel::active(place(*actor)))
                .collect(),
            data: data.collect(),
        }
    }

    /// The action with other authorizers.
    pub fn by(mut self, actors: &[Name]) -> Self {
        self.actors = actors.to_vec();
        self
    }

    /// The action with bytes added behind its arguments.
    pub fn then(mut self, bytes: &[u8]) -> Self {
        self.args.push(Arg::Raw(bytes.to_vec()));
        self
    }
}

pub fn create(issuer: Name, maximum: Asset) -> Call {
    Call {
        action: name!("create"),
        args: vec![Arg::Name(issuer), Arg::Asset(maximum)],
        actors: vec![SELF],
    }
}

pub fn issue(to: Name, quantity: Asset, memo: &str) -> Call {
    Call {
        action: name!("issue"),
        args: vec![
            Arg::Name(to),
            Arg::Asset(quantity),
            Arg::Text(memo.to_owned()),
        ],
        actors: vec![to],
    }
}

pub fn retire(by: Name, quantity: Asset, memo: &str) -> Call {
    Call {
        action: name!("retire"),
        args: vec![Arg::Asset(quantity), Arg::Text(memo.to_owned())],
        actors: vec![by],
    }
}

pub fn transfer(from: Name, to: Name, quantity: Asset, memo: &str) -> Call {
    Call {
        action: name!("transfer"),
        args: vec![
            Arg::Name(from),
            Arg::Name(to),
            Arg::Asset(quantity),
            Arg::Text(memo.to_owned()),
        ],
        actors: vec![from],
    }
}

pub fn open(owner: Name, symbol: Symbol, payer: Name) -> Call {
    Call {
        action: name!("open"),
        args: vec![Arg::Name(owner), Arg::Symbol(symbol), Arg::Name(payer)],
        actors: vec![payer],
    }
}

pub fn close(owner: Name, symbol: Symbol) -> Call {
    Call {
        action: name!("close"),
        args: vec![Arg::Name(owner), Arg::Symbol(symbol)],
        actors: vec![owner],
    }
}

/// A symbol of any bytes at all.
pub fn odd_symbol(precision: u8, code: &[u8]) -> Symbol {
    let raw = code
        .iter()
        .rev()
        .fold(0_u64, |raw, byte| raw << 8 | u64::from(*byte));
    Symbol::new(SymbolCode::from_raw(raw), precision)
}
