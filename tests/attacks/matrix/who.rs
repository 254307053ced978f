//! Who may send each action, as the interfaces in `coop_model::clients` say.

/// Who may send an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// The contract's own account.
    Operator,
    /// The cooperative.
    Cooperative,
    /// The cooperative and the chairman together.
    CooperativeAndChairman,
    /// The chairman, who is named in the field `chairman`.
    Chairman,
    /// The same; or the cooperative or the member themself, named in that field.
    ChairmanCooperativeOrThemself,
    /// The account that this field names.
    Named(&'static str),
    /// The voting member of the council that this field names.
    VotingMember(&'static str),
    /// The account that this field names, or the cooperative for it.
    NamedOrCooperative(&'static str),
    /// The cooperative, staff with the right, or the person whose process it is, named in `actor`.
    Staff,
    /// The code of another contract, or of this one: no key at all.
    Code,
    /// Anyone: the state alone decides.
    Anyone,
}

use Who::{
    Anyone, Chairman, ChairmanCooperativeOrThemself, Code, Cooperative, CooperativeAndChairman,
    Named, NamedOrCooperative, Operator, Staff, VotingMember,
};

/// The actions of registrator.
pub(super) const REGISTRATOR: &[(&str, Who)] = &[
    ("init", Operator),
    ("setpolicy", Operator),
    ("setpause", Operator),
    ("setquota", Operator),
    ("stcoopstatus", Operator),
    ("regcoop", Cooperative),
    ("updatecoop", Cooperative),
    ("setcharter", Cooperative),
    ("regfounders", Cooperative),
    ("newaccount", Staff),
    ("retryrefund", Staff),
    ("signagree", NamedOrCooperative("username")),
    ("reguser", NamedOrCooperative("username")),
    ("exitcoop", NamedOrCooperative("username")),
    ("moveuser", NamedOrCooperative("newname")),
    ("vetomove", Named("username")),
    ("completemove", Anyone),
    ("blockuser", VotingMember("proposer")),
    ("confirmpay", Code),
    ("declinepay", Code),
    ("confirmreg", Code),
    ("declinereg", Code),
    ("refundpay", Code),
    ("declinerfnd", Code),
    ("confirmexit", Code),
    ("declinexit", Code),
    ("completexit", Code),
    ("confirmmove", Code),
    ("declinemove", Code),
    ("confirmblock", Code),
    ("declineblock", Code),
];

/// The actions of soviet.
pub(super) const SOVIET: &[(&str, Who)] = &[
    ("init", Operator),
    ("regtype", Operator),
    ("accepttype", CooperativeAndChairman),
    ("droptype", CooperativeAndChairman),
    ("createboard", Cooperative),
    ("updateboard", Cooperative),
    ("support", Named("username")),
    ("object", Named("username")),
    ("seatboard", Anyone),
    ("dropboard", Anyone),
    ("freevoices", Anyone),
    ("addstaff", Chairman),
    ("setrights", Chairman),
    ("rmstaff", ChairmanCooperativeOrThemself),
    ("createagenda", Code),
    ("freedecision", VotingMember("username")),
    ("votefor", VotingMember("username")),
    ("voteagainst", VotingMember("username")),
    ("declinedec", Anyone),
    ("expire", Anyone),
    ("deliver", Anyone),
    ("authorize", Chairman),
    ("exec", Named("executer")),
    ("newsubmitted", Code),
    ("newresolved", Code),
    ("newdecision", Code),
    ("newdeclined", Code),
    ("newact", Code),
    ("newagreement", Code),
    ("newboard", Code),
    ("lostboard", Code),
    ("newoverdue", Code),
    ("getagenda", Anyone),
];

/// The actions of gateway.
pub(super) const GATEWAY: &[(&str, Who)] = &[
    ("init", Operator),
    ("openfunds", Code),
    ("createinpay", Code),
    ("incomplete", Staff),
    ("indecline", Staff),
    ("inexpire", Anyone),
    ("distribute", Code),
    ("createoutpay", Code),
    ("outcomplete", Staff),
    ("outdecline", Staff),
    ("outoverdue", Anyone),
    ("tell", Anyone),
    ("retrypay", Staff),
    ("sharemoney", NamedOrCooperative("username")),
    ("shareprop", NamedOrCooperative("username")),
    ("acceptprop", Staff),
    ("cancelprop", Staff),
    ("handprop", Staff),
    ("propoverdue", Anyone),
    ("returnmoney", NamedOrCooperative("username")),
    ("returnprop", NamedOrCooperative("username")),
    ("confirmin", Code),
    ("declinein", Code),
    ("confirmout", Code),
    ("declineout", Code),
    ("blockshares", Code),
    ("freeshares", Code),
    ("payshares", Code),
    ("moveshares", Code),
    ("freerefs", Anyone),
    ("getbalances", Anyone),
];
