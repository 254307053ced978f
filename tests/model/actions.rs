//! The model's actions as the chain takes them.

use super::documents::{Documents, charter, seats};
use super::names::{account, asset, kind, public_key, sum};
use antelope_types::{Action as OnChain, Name, PermissionLevel, name};
use coop_model::clients::{Gateway, Registrator, Soviet};
use coop_model::{CoopParams, Right as OnChainRight};
use coop_rules::action::Callback;
use coop_rules::cooperative::{CoopStatus, Fees};
use coop_rules::kind::Right;
use coop_rules::{Account, Action, Hash, World};

/// The action, under the authority of these accounts.
pub(super) fn action(
    documents: &mut Documents,
    world: &World,
    signers: &[Account],
    action: &Action,
) -> OnChain {
    let mut made = make(documents, world, action);
    let active = |who: &Account| PermissionLevel::active(account(*who));
    made.authorization = signers.iter().map(active).collect();
    made
}

macro_rules! made {
    ($contract:ident, $account:expr, $action:ident($($argument:expr),*)) => {
        $contract::at(account($account))
            .signed_by(PermissionLevel::active(account($account)))
            .$action($($argument),*)
            .to_action()
    };
}

macro_rules! registrator {
    ($($call:tt)*) => { made!(Registrator, Account::Registrator, $($call)*) };
}

macro_rules! soviet {
    ($($call:tt)*) => { made!(Soviet, Account::Soviet, $($call)*) };
}

macro_rules! gateway {
    ($($call:tt)*) => { made!(Gateway, Account::Gateway, $($call)*) };
}

#[rustfmt::skip]
fn make(on: &mut Documents, world: &World, action: &Action) -> OnChain {
    use Action::*;
    let reason = |has_reason| if has_reason { "because" } else { "" };
    match *action {
        SetPause { paused } => registrator!(setpause(paused)),
        SetQuota { coop, accounts, participants } => registrator!(setquota(account(coop), accounts, participants)),
        RegCoop { coop, fees, symbol, charter: of, document } => registrator!(regcoop(account(coop), params(fees, symbol), charter(of), on.hash(document))),
        UpdateCoop { coop, fees, symbol } => registrator!(updatecoop(account(coop), params(fees, symbol))),
        SetCharter { coop, charter: of, ref meeting } => registrator!(setcharter(account(coop), charter(of), on.document(world, meeting))),
        SetStatus { coop, status: to } => registrator!(stcoopstatus(account(coop), status(to))),
        RegFounders { coop, ref founders, ref meeting } => registrator!(regfounders(account(coop), founders.iter().map(|who| account(*who)).collect(), on.document(world, meeting))),
        NewAccount { coop, actor, who } => registrator!(newaccount(account(coop), account(actor), account(who), public_key(who))),
        SignAgree { coop, who, documents: ref papers } => registrator!(signagree(account(coop), account(who), papers.iter().map(|paper| on.document(world, paper)).collect())),
        RegUser { coop, who, kind, ref statement } => registrator!(reguser(account(coop), account(who), super::names::person_kind(kind), on.document(world, statement))),
        RetryRefund { coop, actor, hash } => registrator!(retryrefund(account(coop), account(actor), on.hash(hash))),
        ExitCoop { coop, who, ref statement } => registrator!(exitcoop(account(coop), account(who), on.document(world, statement))),
        MoveUser { coop, who, to, ref statement } => registrator!(moveuser(account(coop), account(who), account(to), on.document(world, statement))),
        VetoMove { coop, who } => registrator!(vetomove(account(coop), account(who))),
        CompleteMove { coop, who } => registrator!(completemove(account(coop), account(who))),
        BlockUser { coop, proposer, who, ref proposal } => registrator!(blockuser(account(coop), account(proposer), account(who), on.document(world, proposal))),
        RegType { kind: of, contract, is_sound, are_callbacks_one, protocol } => {
            let (confirm, decline) = super::names::callbacks(of, is_sound);
            let decline = if are_callbacks_one { confirm } else { decline };
            soviet!(regtype(kind(of), account(contract), confirm, decline, protocol))
        }
        AcceptType { coop, chairman, kind: of } => soviet!(accepttype(account(coop), account(chairman), kind(of))),
        DropType { coop, chairman, kind: of } => soviet!(droptype(account(coop), account(chairman), kind(of))),
        CreateBoard { coop, ref members, ref meeting } => soviet!(createboard(account(coop), seats(members), on.document(world, meeting))),
        UpdateBoard { coop, kind: of, ref members, ref meeting } => soviet!(updateboard(account(coop), super::names::board_kind(of), seats(members), on.document(world, meeting))),
        Support { coop, who, version } => soviet!(support(account(coop), account(who), version)),
        Object { coop, who, version } => soviet!(object(account(coop), account(who), version)),
        SeatBoard { coop, version } => soviet!(seatboard(account(coop), version)),
        DropBoard { coop, version } => soviet!(dropboard(account(coop), version)),
        FreeVoices { coop, limit } => soviet!(freevoices(account(coop), limit)),
        AddStaff { coop, chairman, who, rights: ref of } => soviet!(addstaff(account(coop), account(chairman), account(who), rights(of))),
        SetRights { coop, chairman, who, rights: ref of } => soviet!(setrights(account(coop), account(chairman), account(who), rights(of))),
        RmStaff { coop, actor, who } => soviet!(rmstaff(account(coop), account(actor), account(who))),
        FreeDecision { coop, who, ref proposal } => soviet!(freedecision(account(coop), account(who), on.document(world, proposal))),
        VoteFor { coop, who, id, hash } => soviet!(votefor(account(coop), account(who), id, on.hash(hash))),
        VoteAgainst { coop, who, id, hash } => soviet!(voteagainst(account(coop), account(who), id, on.hash(hash))),
        DeclineDec { coop, id } => soviet!(declinedec(account(coop), id)),
        Expire { coop, ref ids } => soviet!(expire(account(coop), ids.clone())),
        Deliver { coop, id } => soviet!(deliver(account(coop), id)),
        Authorize { coop, chairman, id, ref protocol } => soviet!(authorize(account(coop), account(chairman), id, on.document(world, protocol))),
        Exec { executer, coop, id } => soviet!(exec(account(executer), account(coop), id)),
        ShareMoney { coop, who, quantity, ref statement } => gateway!(sharemoney(account(coop), account(who), sum(quantity), on.document(world, statement))),
        ShareProp { coop, who, description, valuation, ref statement } => gateway!(shareprop(account(coop), account(who), on.hash(description), sum(valuation), on.document(world, statement))),
        AcceptProp { coop, actor, property, ref act } => gateway!(acceptprop(account(coop), account(actor), property, on.document(world, act))),
        CancelProp { coop, actor, property } => gateway!(cancelprop(account(coop), account(actor), property)),
        HandProp { coop, actor, property, ref act } => gateway!(handprop(account(coop), account(actor), property, on.document(world, act))),
        PropOverdue { coop, property } => gateway!(propoverdue(account(coop), property)),
        ReturnMoney { coop, who, quantity, ref statement } => gateway!(returnmoney(account(coop), account(who), sum(quantity), on.document(world, statement))),
        ReturnProp { coop, who, property, ref statement } => gateway!(returnprop(account(coop), account(who), property, on.document(world, statement))),
        InComplete { coop, actor, hash, quantity, reference } => gateway!(incomplete(account(coop), account(actor), on.hash(hash), sum(quantity), on.hash(reference))),
        InDecline { coop, actor, hash, has_reason } => gateway!(indecline(account(coop), account(actor), on.hash(hash), reason(has_reason))),
        InExpire { coop, hash } => gateway!(inexpire(account(coop), on.hash(hash))),
        OutComplete { coop, actor, hash, quantity, reference } => gateway!(outcomplete(account(coop), account(actor), on.hash(hash), sum(quantity), on.hash(reference))),
        OutDecline { coop, actor, hash, has_reason } => gateway!(outdecline(account(coop), account(actor), on.hash(hash), reason(has_reason))),
        OutOverdue { coop, hash } => gateway!(outoverdue(account(coop), on.hash(hash))),
        RetryPay { coop, actor, hash } => gateway!(retrypay(account(coop), account(actor), on.hash(hash))),
        Tell { coop, id } => gateway!(tell(account(coop), id)),
        FreeRefs { coop, limit } => gateway!(freerefs(account(coop), limit)),
        Forge { which, coop, hash } => forged(on, which, coop, hash),
    }
}

/// An action that only the code of a contract may send.
#[rustfmt::skip]
fn forged(on: &Documents, which: Callback, coop: Account, hash: Hash) -> OnChain {
    let (coop, who, hash) = (account(coop), account(Account::Person(0)), on.hash(hash));
    let (registrator, money) = (account(Account::Registrator), asset(1, 0));
    match which {
        Callback::ConfirmPay => registrator!(confirmpay(coop, hash)),
        Callback::DeclinePay => registrator!(declinepay(coop, hash, "because")),
        Callback::ConfirmReg => registrator!(confirmreg(coop, hash, hash)),
        Callback::DeclineReg => registrator!(declinereg(coop, hash, "because")),
        Callback::RefundPay => registrator!(refundpay(coop, hash)),
        Callback::DeclineRfnd => registrator!(declinerfnd(coop, hash, "because")),
        Callback::ConfirmExit => registrator!(confirmexit(coop, hash, hash)),
        Callback::DeclinExit => registrator!(declinexit(coop, hash, "because")),
        Callback::CompletExit => registrator!(completexit(coop, hash)),
        Callback::ConfirmMove => registrator!(confirmmove(coop, hash, hash)),
        Callback::DeclineMove => registrator!(declinemove(coop, hash, "because")),
        Callback::ConfirmBlock => registrator!(confirmblock(coop, hash, hash)),
        Callback::DeclineBlock => registrator!(declineblock(coop, hash, "because")),
        Callback::CreateAgenda => soviet!(createagenda(coop, who, name!("joincoop"), hash)),
        Callback::NewDecision => soviet!(newdecision(coop, who, name!("joincoop"), hash, 1, hash)),
        Callback::OpenFunds => gateway!(openfunds(coop, money.symbol)),
        Callback::CreateInPay => gateway!(createinpay(coop, who, name!("joincoop"), hash, money, false, registrator, name!("confirmpay"), name!("declinepay"))),
        Callback::CreateOutPay => gateway!(createoutpay(coop, who, hash, money, registrator, name!("refundpay"), name!("declinerfnd"))),
        Callback::Distribute => gateway!(distribute(coop, who, hash, money, money, money, registrator)),
        Callback::ConfirmIn => gateway!(confirmin(coop, hash, hash)),
        Callback::DeclineIn => gateway!(declinein(coop, hash, "because")),
        Callback::ConfirmOut => gateway!(confirmout(coop, hash, hash)),
        Callback::DeclineOut => gateway!(declineout(coop, hash, "because")),
        Callback::BlockShares => gateway!(blockshares(coop, who, hash)),
        Callback::FreeShares => gateway!(freeshares(coop, who, hash)),
        Callback::PayShares => gateway!(payshares(coop, who, hash)),
        Callback::MoveShares => gateway!(moveshares(coop, who, who)),
    }
}

fn params(fees: Fees, symbol: u8) -> CoopParams {
    CoopParams {
        initial: asset(fees.initial, symbol),
        minimum: asset(fees.minimum, symbol),
        org_initial: asset(fees.org_initial, symbol),
        org_minimum: asset(fees.org_minimum, symbol),
    }
}

/// The name of a cooperative's status.
pub(super) fn status(status: CoopStatus) -> Name {
    match status {
        CoopStatus::Pending => name!("pending"),
        CoopStatus::Active => name!("active"),
        CoopStatus::Blocked => name!("blocked"),
    }
}

/// Rights of the chain.
pub(super) fn rights(rights: &[Right]) -> Vec<OnChainRight> {
    rights
        .iter()
        .map(|right| super::names::right(*right))
        .collect()
}
