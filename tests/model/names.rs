//! What the model's names are called on the chain.

use antelope_rpc_client::signing;
use antelope_types::{Asset, Checksum256, Name, PrivateKey, PublicKey, Symbol, TimePoint, name};
use coop_rules::kind::{BoardKind, PersonKind, Right};
use coop_rules::paper::Sum;
use coop_rules::{Account, QuestionKind, Time};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// The account's name. People have twelve letters, in the order of their numbers.
pub(super) fn account(account: Account) -> Name {
    let letter = |number: u8| char::from(b'a' + number);
    let text = match account {
        Account::Person(number) => format!("modelperson{}", letter(number)),
        Account::Coop(number) => format!("coop{}", letter(number)),
        Account::Registrator => return name!("registrator"),
        Account::Soviet => return name!("soviet"),
        Account::Gateway => return name!("gateway"),
        Account::Foreign => return name!("foreigncode"),
    };
    text.parse().expect("a name")
}

/// The key of an account, the same in every run.
pub(super) fn key(account: Account) -> PrivateKey {
    let text = format!("key of {}", self::account(account));
    PrivateKey::K1(Checksum256::sha256(text.as_bytes()).0)
}

/// The public key of an account. It is computed once: that costs as much as a signature.
pub(super) fn public_key(account: Account) -> PublicKey {
    static KNOWN: LazyLock<Mutex<HashMap<Account, PublicKey>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let made = || signing::public_key(&key(account)).expect("a key");
    known.entry(account).or_insert_with(made).clone()
}

/// A moment of the chain.
pub(super) fn time(time: Time) -> TimePoint {
    TimePoint::from_micros(time.0)
}

/// The symbol with this number.
pub(super) fn symbol(number: u8) -> Symbol {
    let symbols = ["4,RUB", "2,RUB", "4,USD"];
    symbols[usize::from(number)].parse().expect("a symbol")
}

/// An amount of a cooperative's symbol.
pub(super) fn asset(amount: i64, of: u8) -> Asset {
    Asset::from_raw(amount, symbol(of))
}

/// A sum as somebody names it.
pub(super) fn sum(sum: Sum) -> Asset {
    asset(sum.amount, sum.symbol)
}

/// The name of a kind of decisions.
pub(super) fn kind(kind: QuestionKind) -> Name {
    match (kind.entry(), kind) {
        (Some(entry), _) => entry.name,
        (None, QuestionKind::Other(0)) => name!("otherkind"),
        (None, _) => name!("nosuchkind"),
    }
}

/// The callbacks of a kind; those of a broken one are no actions of any contract.
pub(super) fn callbacks(kind: QuestionKind, is_sound: bool) -> (Name, Name) {
    match kind
        .entry()
        .filter(|kind| is_sound && !kind.confirm.is_empty())
    {
        Some(kind) => (kind.confirm, kind.decline),
        None => (name!("nosuchone"), name!("nosuchtwo")),
    }
}

/// The name of a kind of people.
pub(super) fn person_kind(kind: PersonKind) -> Name {
    match kind {
        PersonKind::Individual => name!("individual"),
        PersonKind::Entrepreneur => name!("entrepreneur"),
        PersonKind::Organization => name!("organization"),
        PersonKind::Unknown => name!("martian"),
    }
}

/// The name of a kind of boards.
pub(super) fn board_kind(kind: BoardKind) -> Name {
    match kind {
        BoardKind::Council => name!("council"),
        BoardKind::Executive => name!("executive"),
        BoardKind::Audit => name!("audit"),
        BoardKind::Other => name!("other"),
        BoardKind::Unknown => name!("nosuchboard"),
    }
}

/// A right of staff.
pub(super) fn right(right: Right) -> coop_model::Right {
    let (contract, action) = match right {
        Right::NewAccount => (Account::Registrator, name!("newaccount")),
        Right::RetryRefund => (Account::Registrator, name!("retryrefund")),
        Right::InComplete => (Account::Gateway, name!("incomplete")),
        Right::InDecline => (Account::Gateway, name!("indecline")),
        Right::OutComplete => (Account::Gateway, name!("outcomplete")),
        Right::OutDecline => (Account::Gateway, name!("outdecline")),
        Right::RetryPay => (Account::Gateway, name!("retrypay")),
        Right::AcceptProp => (Account::Gateway, name!("acceptprop")),
        Right::HandProp => (Account::Gateway, name!("handprop")),
        Right::CancelProp => (Account::Gateway, name!("cancelprop")),
    };
    let contract = account(contract);
    coop_model::Right { contract, action }
}
