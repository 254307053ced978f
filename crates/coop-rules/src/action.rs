//! Everything that people, staff, chairmen, operators and strangers can send.

use crate::cooperative::{Charter, CoopStatus, Fees, Seat};
use crate::kind::{BoardKind, PersonKind, Right};
use crate::paper::Sum;
use crate::{Account, Hash, Paper, QuestionKind};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident($text:literal) { $($field:ident: $type:ty),* };)+) => {
        /// One action; fields are named as the arguments of the contracts' actions.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Action { $($(#[$doc])* $name { $($field: $type),* },)+ }

        impl Action {
            /// Names of all actions.
            pub const NAMES: &[&str] = &[$($text,)+];

            /// The name of the contract's action.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$name { .. } => $text,)+ }
            }

            /// The arguments, to change one of them.
            pub fn fields(&mut self) -> Vec<Field<'_>> {
                match self { $(Self::$name { $($field),* } => vec![$(Field::from($field)),*],)+ }
            }
        }
    };
}

actions! {
    /// The operator stops new processes everywhere.
    SetPause("setpause") { paused: bool };
    /// The operator sets a cooperative's quotas.
    SetQuota("setquota") { coop: Account, accounts: u32, participants: u32 };
    /// A cooperative registers.
    RegCoop("regcoop") { coop: Account, fees: Fees, symbol: u8, charter: Charter, document: Hash };
    /// A cooperative changes its fees.
    UpdateCoop("updatecoop") { coop: Account, fees: Fees, symbol: u8 };
    /// A general meeting changes the charter.
    SetCharter("setcharter") { coop: Account, charter: Charter, meeting: Paper };
    /// The operator activates or blocks a cooperative.
    SetStatus("stcoopstatus") { coop: Account, status: CoopStatus };
    /// The founders become participants.
    RegFounders("regfounders") { coop: Account, founders: Vec<Account>, meeting: Paper };
    /// An account is made for a person.
    NewAccount("newaccount") { coop: Account, actor: Account, who: Account };
    /// A person signs agreements.
    SignAgree("signagree") { coop: Account, who: Account, documents: Vec<Paper> };
    /// A person applies.
    RegUser("reguser") { coop: Account, who: Account, kind: PersonKind, statement: Paper };
    /// A refund is tried again.
    RetryRefund("retryrefund") { coop: Account, actor: Account, hash: Hash };
    /// A participant asks to leave.
    ExitCoop("exitcoop") { coop: Account, who: Account, statement: Paper };
    /// A person who lost the key asks for a move.
    MoveUser("moveuser") { coop: Account, who: Account, to: Account, statement: Paper };
    /// The old account vetoes.
    VetoMove("vetomove") { coop: Account, who: Account };
    /// The move is made.
    CompleteMove("completemove") { coop: Account, who: Account };
    /// A member of the council proposes to block a participant.
    BlockUser("blockuser") { coop: Account, proposer: Account, who: Account, proposal: Paper };

    /// The operator registers a kind of decisions.
    RegType("regtype") { kind: QuestionKind, contract: Account, is_sound: bool, are_callbacks_one: bool, protocol: u64 };
    /// A cooperative accepts a kind.
    AcceptType("accepttype") { coop: Account, chairman: Account, kind: QuestionKind };
    /// A cooperative accepts a kind no longer.
    DropType("droptype") { coop: Account, chairman: Account, kind: QuestionKind };
    /// The founders elect the first council.
    CreateBoard("createboard") { coop: Account, members: Vec<Seat>, meeting: Paper };
    /// A general meeting elects a board.
    UpdateBoard("updateboard") { coop: Account, kind: BoardKind, members: Vec<Seat>, meeting: Paper };
    /// A participant supports it.
    Support("support") { coop: Account, who: Account, version: u64 };
    /// A participant objects.
    Object("object") { coop: Account, who: Account, version: u64 };
    /// The board is seated.
    SeatBoard("seatboard") { coop: Account, version: u64 };
    /// The election is dropped.
    DropBoard("dropboard") { coop: Account, version: u64 };
    /// Voices on elections that are over are freed.
    FreeVoices("freevoices") { coop: Account, limit: u32 };
    /// The chairman makes an account staff.
    AddStaff("addstaff") { coop: Account, chairman: Account, who: Account, rights: Vec<Right> };
    /// The chairman changes rights.
    SetRights("setrights") { coop: Account, chairman: Account, who: Account, rights: Vec<Right> };
    /// Somebody dismisses a staff member.
    RmStaff("rmstaff") { coop: Account, actor: Account, who: Account };
    /// A member of the council proposes a free decision.
    FreeDecision("freedecision") { coop: Account, who: Account, proposal: Paper };
    /// A vote for.
    VoteFor("votefor") { coop: Account, who: Account, id: u64, hash: Hash };
    /// A vote against.
    VoteAgainst("voteagainst") { coop: Account, who: Account, id: u64, hash: Hash };
    /// A question is taken off that cannot be approved.
    DeclineDec("declinedec") { coop: Account, id: u64 };
    /// Questions are taken off whose term is over.
    Expire("expire") { coop: Account, ids: Vec<u64> };
    /// The owner of a kind is told of a decline.
    Deliver("deliver") { coop: Account, id: u64 };
    /// The chairman signs a protocol.
    Authorize("authorize") { coop: Account, chairman: Account, id: u64, protocol: Paper };
    /// A decision takes effect.
    Exec("exec") { executer: Account, coop: Account, id: u64 };

    /// A participant contributes money.
    ShareMoney("sharemoney") { coop: Account, who: Account, quantity: Sum, statement: Paper };
    /// A participant contributes property.
    ShareProp("shareprop") { coop: Account, who: Account, description: Hash, valuation: Sum, statement: Paper };
    /// Both sides confirm that the cooperative has the property.
    AcceptProp("acceptprop") { coop: Account, actor: Account, property: u64, act: Paper };
    /// An offer or a return of property is withdrawn.
    CancelProp("cancelprop") { coop: Account, actor: Account, property: u64 };
    /// Both sides confirm that the owner has the property again.
    HandProp("handprop") { coop: Account, actor: Account, property: u64, act: Paper };
    /// A handover is overdue.
    PropOverdue("propoverdue") { coop: Account, property: u64 };
    /// A participant asks for money.
    ReturnMoney("returnmoney") { coop: Account, who: Account, quantity: Sum, statement: Paper };
    /// A participant asks for property.
    ReturnProp("returnprop") { coop: Account, who: Account, property: u64, statement: Paper };
    /// Money came.
    InComplete("incomplete") { coop: Account, actor: Account, hash: Hash, quantity: Sum, reference: Hash };
    /// Money will not come.
    InDecline("indecline") { coop: Account, actor: Account, hash: Hash, has_reason: bool };
    /// Money did not come in time.
    InExpire("inexpire") { coop: Account, hash: Hash };
    /// Money was sent.
    OutComplete("outcomplete") { coop: Account, actor: Account, hash: Hash, quantity: Sum, reference: Hash };
    /// Money could not be sent.
    OutDecline("outdecline") { coop: Account, actor: Account, hash: Hash, has_reason: bool };
    /// A payment is overdue.
    OutOverdue("outoverdue") { coop: Account, hash: Hash };
    /// A contribution is sent back once more.
    RetryPay("retrypay") { coop: Account, actor: Account, hash: Hash };
    /// A contract of others is told of its payment.
    Tell("tell") { coop: Account, id: u64 };
    /// Bank records are forgotten.
    FreeRefs("freerefs") { coop: Account, limit: u32 };

    /// Somebody sends an action that only the code of a contract may send.
    Forge("a callback") { which: Callback, coop: Account, hash: Hash };
}

macro_rules! fields {
    ($($name:ident($type:ty);)+) => {
        /// An argument of an action.
        #[derive(Debug)]
        #[allow(missing_docs)]
        pub enum Field<'a> { $($name(&'a mut $type),)+ }

        $(impl<'a> From<&'a mut $type> for Field<'a> {
            fn from(field: &'a mut $type) -> Self {
                Self::$name(field)
            }
        })+
    };
}

fields! {
    Account(Account);
    Hash(Hash);
    QuestionKind(QuestionKind);
    Number(u64);
    Count(u32);
    Symbol(u8);
    Flag(bool);
    Sum(Sum);
    Paper(Paper);
    Papers(Vec<Paper>);
    Accounts(Vec<Account>);
    Seats(Vec<Seat>);
    Rights(Vec<Right>);
    Numbers(Vec<u64>);
    Fees(Fees);
    Charter(Charter);
    Status(CoopStatus);
    PersonKind(PersonKind);
    BoardKind(BoardKind);
    Callback(Callback);
}

/// Actions that only the code of a contract may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Callback {
    ConfirmPay,
    DeclinePay,
    ConfirmReg,
    DeclineReg,
    RefundPay,
    DeclineRfnd,
    ConfirmExit,
    DeclinExit,
    CompletExit,
    ConfirmMove,
    DeclineMove,
    ConfirmBlock,
    DeclineBlock,
    CreateAgenda,
    NewDecision,
    OpenFunds,
    CreateInPay,
    CreateOutPay,
    Distribute,
    ConfirmIn,
    DeclineIn,
    ConfirmOut,
    DeclineOut,
    BlockShares,
    FreeShares,
    PayShares,
    MoveShares,
}

impl Callback {
    /// All of them.
    pub const ALL: [Self; 27] = [
        Self::ConfirmPay,
        Self::DeclinePay,
        Self::ConfirmReg,
        Self::DeclineReg,
        Self::RefundPay,
        Self::DeclineRfnd,
        Self::ConfirmExit,
        Self::DeclinExit,
        Self::CompletExit,
        Self::ConfirmMove,
        Self::DeclineMove,
        Self::ConfirmBlock,
        Self::DeclineBlock,
        Self::CreateAgenda,
        Self::NewDecision,
        Self::OpenFunds,
        Self::CreateInPay,
        Self::CreateOutPay,
        Self::Distribute,
        Self::ConfirmIn,
        Self::DeclineIn,
        Self::ConfirmOut,
        Self::DeclineOut,
        Self::BlockShares,
        Self::FreeShares,
        Self::PayShares,
        Self::MoveShares,
    ];
}
