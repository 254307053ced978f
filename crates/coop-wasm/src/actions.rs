//! Which actions the package makes.

/// The actions of each contract, one a line: the name, and the fields of its data in the order of the
/// contract's arguments. A `*` marks who signs unless another account is named; of what anybody may do no field
/// has it.
///
/// A table, and not the typed clients of `coop-model`, whose code is fifteen times as large; a test packs
/// every action by the ABI that its contract has, and compares.
pub const ACTIONS: [(&str, &str); 3] = [
    ("registrator", REGISTRATOR),
    ("soviet", SOVIET),
    ("gateway", GATEWAY),
];

const REGISTRATOR: &str = "\
newaccount coopname *actor username public_key
signagree coopname *username documents
reguser coopname *username kind statement
regfounders *coopname founders meeting
setcharter *coopname charter meeting
exitcoop coopname *username statement
moveuser coopname username *newname statement
vetomove coopname *username
completemove coopname username
blockuser coopname *proposer username proposal
retryrefund coopname *actor hash";

const SOVIET: &str = "\
freedecision coopname *username proposal
votefor coopname *username decision_id hash
voteagainst coopname *username decision_id hash
authorize coopname *chairman decision_id protocol
exec *executer coopname decision_id
createboard *coopname members meeting
updateboard *coopname kind members meeting
support coopname *username version
object coopname *username version
seatboard coopname version
dropboard coopname version
freevoices coopname limit
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
