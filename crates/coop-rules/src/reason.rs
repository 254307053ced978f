//! Why an action is refused.

use coop_model::refusal as r;
use coop_model::refusal::Refusal;

macro_rules! reasons {
    ($($name:ident = $refusal:expr;)+) => {
        /// Why an action is refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum Reason {
            /// The chain: somebody has not signed.
            MissingAuthority,
            /// The chain: the contract of a kind has no such action.
            BrokenCallback,
            $($name,)+
        }

        impl Reason {
            /// Every reason that the model knows.
            pub const ALL: &[Self] = &[
                Self::MissingAuthority,
                Self::BrokenCallback,
                $(Self::$name,)+
            ];

            /// The contracts' refusal; none where the chain itself refuses.
            pub const fn refusal(self) -> Option<Refusal> {
                match self {
                    Self::MissingAuthority | Self::BrokenCallback => None,
                    $(Self::$name => Some($refusal),)+
                }
            }
        }
    };
}

reasons! {
    NotInline = r::config::NOT_INLINE;
    Batch = r::bounds::BATCH;
    CoopNotRegistered = r::coop::NOT_REGISTERED;
    CoopNotActive = r::coop::NOT_ACTIVE;
    CoopPaused = r::coop::PAUSED;
    CoopBlocked = r::coop::BLOCKED;
    CoopRegisteredAlready = r::coop::REGISTERED_ALREADY;
    ContractAsCooperative = r::coop::CONTRACT_AS_COOPERATIVE;
    PersonAsCooperative = r::coop::PERSON_AS_COOPERATIVE;
    CoopNoDocument = r::coop::NO_DOCUMENT;
    FeesOfAnotherSymbol = r::coop::FEES_OF_ANOTHER_SYMBOL;
    CoopStatus = r::coop::STATUS;
    CoopStatusAlready = r::coop::STATUS_ALREADY;
    QuorumBound = r::coop::QUORUM_BOUND;
    SupportBound = r::coop::SUPPORT_BOUND;
    CharterWithoutSupport = r::coop::CHARTER_WITHOUT_SUPPORT;
    AnotherSymbol = r::money::ANOTHER_SYMBOL;
    NotPositive = r::money::NOT_POSITIVE;
    TooMuch = r::money::TOO_MUCH;
    AmountBound = r::money::ABOVE_BOUND;
    NotEnough = r::money::NOT_ENOUGH;
    AccountExists = r::account::EXISTS;
    AccountNotRegistered = r::account::NOT_REGISTERED;
    AccountQuota = r::account::QUOTA;
    Not12Letters = r::people::NOT_12_LETTERS;
    PersonKind = r::people::KIND;
    ParticipantAlready = r::people::PARTICIPANT_ALREADY;
    NotAParticipant = r::people::NOT_A_PARTICIPANT;
    NotAnActiveParticipant = r::people::NOT_AN_ACTIVE_PARTICIPANT;
    ParticipantQuota = r::people::QUOTA;
    HoldsSeat = r::people::HOLDS_SEAT;
    HoldsRight = r::people::HOLDS_RIGHT;
    FoundersRegistered = r::founder::REGISTERED_ALREADY;
    FoundersNumber = r::founder::NUMBER;
    FounderTwice = r::founder::TWICE;
    FoundersNotAllSigned = r::founder::NOT_ALL_SIGNED;
    AgreementsNumber = r::agreement::NUMBER;
    NotAnAgreement = r::agreement::NOT_AN_AGREEMENT;
    AgreementsMissing = r::agreement::MISSING;
    NoCandidate = r::candidate::NO_CANDIDATE;
    CandidateAlready = r::candidate::CANDIDATE_ALREADY;
    CandidateAnotherKind = r::candidate::ANOTHER_KIND;
    CandidateAnotherStep = r::candidate::ANOTHER_STEP;
    NoExit = r::exit::NO_EXIT;
    NoMove = r::moving::NO_MOVE;
    MoveAsked = r::moving::ASKED_ALREADY;
    NewAccountTaken = r::moving::NEW_ACCOUNT_TAKEN;
    MoveNotGranted = r::moving::NOT_GRANTED;
    VetoOver = r::moving::VETO_OVER;
    VetoNotOver = r::moving::VETO_NOT_OVER;
    MoveElectionGoesOn = r::moving::ELECTION_GOES_ON;
    BlockingProposed = r::blocking::PROPOSED_ALREADY;
    BlockingAnotherStatus = r::blocking::ANOTHER_STATUS;
    NeitherCooperativeNorStaff = r::staff::NEITHER_COOPERATIVE_NOR_STAFF;
    NoRight = r::staff::NO_RIGHT;
    RightsEnded = r::staff::RIGHTS_ENDED;
    StaffNoAccount = r::staff::NO_ACCOUNT;
    StaffCooperativeItself = r::staff::COOPERATIVE_ITSELF;
    ChairmanHimself = r::staff::CHAIRMAN_HIMSELF;
    StaffAlready = r::staff::STAFF_ALREADY;
    NotStaff = r::staff::NOT_STAFF;
    RightsBound = r::staff::RIGHTS_BOUND;
    RightTwice = r::staff::RIGHT_TWICE;
    CouncilMissing = r::council::MISSING;
    CouncilExists = r::council::EXISTS;
    NotTheChairman = r::council::NOT_THE_CHAIRMAN;
    NoVotingSeat = r::council::NO_VOTING_SEAT;
    KindOfBoard = r::council::KIND_OF_BOARD;
    SeatsBound = r::council::SEATS_BOUND;
    VotingSeatsBound = r::council::VOTING_SEATS_BOUND;
    OneChairman = r::council::ONE_CHAIRMAN;
    SilentChairman = r::council::SILENT_CHAIRMAN;
    Position = r::council::POSITION;
    TwoSeats = r::council::TWO_SEATS;
    MemberNotAParticipant = r::council::MEMBER_NOT_A_PARTICIPANT;
    MemberNotAnIndividual = r::council::MEMBER_NOT_AN_INDIVIDUAL;
    MemberNotActive = r::council::MEMBER_NOT_ACTIVE;
    SignerNotAParticipant = r::council::SIGNER_NOT_A_PARTICIPANT;
    NotAllFounders = r::council::NOT_ALL_FOUNDERS;
    NotAllElected = r::council::NOT_ALL_ELECTED;
    ElectionGoesOn = r::council::ELECTION_GOES_ON;
    NoElection = r::council::NO_ELECTION;
    ElectionOver = r::council::ELECTION_OVER;
    ElectionNotOver = r::council::ELECTION_NOT_OVER;
    JoinedLater = r::council::JOINED_LATER;
    VoiceRaised = r::council::VOICE_RAISED;
    NoSupport = r::council::NO_SUPPORT;
    HasSupport = r::council::HAS_SUPPORT;
    NoVoices = r::council::NO_VOICES;
    KindNotRegistered = r::kind::NOT_REGISTERED;
    KindBuiltIn = r::kind::BUILT_IN;
    KindOfSoviet = r::kind::CONTRACT_IS_SOVIET;
    KindWithoutCode = r::kind::CONTRACT_WITHOUT_CODE;
    KindNoCallbacks = r::kind::NO_CALLBACKS;
    KindNoProtocol = r::kind::NO_PROTOCOL_ID;
    KindContractDepends = r::kind::QUESTIONS_DEPEND_ON_CONTRACT;
    KindDepends = r::kind::QUESTIONS_DEPEND_ON_KIND;
    KindNotAccepted = r::kind::NOT_ACCEPTED;
    KindAcceptedAlready = r::kind::ACCEPTED_ALREADY;
    KindOfAnotherContract = r::kind::ACCEPTED_WITH_ANOTHER_CONTRACT;
    KindOfTheProtocol = r::kind::OF_THE_PROTOCOL;
    NoQuestion = r::decision::NO_QUESTION;
    AnotherQuestion = r::decision::ANOTHER_QUESTION;
    HashUnfinished = r::decision::HASH_UNFINISHED;
    TooManyQuestions = r::decision::TOO_MANY;
    TooManyOfKind = r::decision::TOO_MANY_OF_KIND;
    TooManyFree = r::decision::TOO_MANY_FREE;
    TooManyOfMember = r::decision::TOO_MANY_OF_MEMBER;
    TooManyUndelivered = r::decision::TOO_MANY_UNDELIVERED;
    NoSeat = r::decision::NO_SEAT;
    VotedAlready = r::decision::VOTED_ALREADY;
    VotingOver = r::decision::VOTING_OVER;
    VotingGoesOn = r::decision::VOTING_GOES_ON;
    Declined = r::decision::DECLINED;
    NotDeclined = r::decision::NOT_DECLINED;
    NotApproved = r::decision::NOT_APPROVED;
    Approved = r::decision::APPROVED;
    SigningOver = r::decision::SIGNING_OVER;
    NotAuthorized = r::decision::NOT_AUTHORIZED;
    Authorized = r::decision::AUTHORIZED;
    ProtocolWithoutDecision = r::decision::PROTOCOL_WITHOUT_DECISION;
    ProtocolOfAnother = r::decision::PROTOCOL_OF_ANOTHER;
    ProtocolShowsOtherVotes = r::decision::PROTOCOL_SHOWS_OTHER_VOTES;
    NothingToDeliver = r::decision::NOTHING_TO_DELIVER;
    AnotherRegistryId = r::document::ANOTHER_REGISTRY_ID;
    AnotherCooperative = r::document::ANOTHER_COOPERATIVE;
    AnotherPerson = r::document::ANOTHER_PERSON;
    AnotherSubject = r::document::ANOTHER_SUBJECT;
    InTheFuture = r::document::IN_THE_FUTURE;
    TooOld = r::document::TOO_OLD;
    ServedAlready = r::document::SERVED_ALREADY;
    TitleBound = r::document::TITLE_BOUND;
    NoSignatures = r::document::NO_SIGNATURES;
    NotOneSignature = r::document::NOT_ONE_SIGNATURE;
    NotBothSides = r::document::NOT_BOTH_SIDES;
    SignedTwice = r::document::SIGNED_TWICE;
    AnotherSigner = r::document::ANOTHER_SIGNER;
    WrongSignature = r::document::WRONG_SIGNATURE;
    WrongKey = r::document::WRONG_KEY;
    NoFunds = r::payment::NO_FUNDS;
    NoPayment = r::payment::NO_PAYMENT;
    HashInUse = r::payment::HASH_IN_USE;
    PaymentOfAnotherContract = r::payment::ANOTHER_OWNER;
    PaymentAnotherStep = r::payment::ANOTHER_STEP;
    NotPending = r::payment::NOT_PENDING;
    NotOutgoing = r::payment::NOT_OUTGOING;
    NotExactly = r::payment::NOT_EXACTLY;
    InvoiceExpired = r::payment::INVOICE_EXPIRED;
    InvoiceNotExpired = r::payment::INVOICE_NOT_EXPIRED;
    NoReference = r::payment::NO_REFERENCE;
    ReferenceUsed = r::payment::REFERENCE_USED;
    NothingToForget = r::payment::NOTHING_TO_FORGET;
    ReasonBound = r::payment::REASON_BOUND;
    PaymentAuthorizedByActor = r::payment::AUTHORIZED_BY_ACTOR;
    OverdueFirst = r::payment::OVERDUE_FIRST;
    PaymentOverdueAlready = r::payment::OVERDUE_ALREADY;
    PaymentNotOverdue = r::payment::NOT_OVERDUE;
    TooManyInvoices = r::payment::TOO_MANY_INVOICES;
    TooManyAlone = r::payment::TOO_MANY_ALONE;
    NothingToTell = r::payment::NOTHING_TO_TELL;
    NoWallet = r::wallet::NO_WALLET;
    TooManyOpen = r::wallet::TOO_MANY_OPEN;
    TooManyProperties = r::wallet::TOO_MANY_PROPERTIES;
    OpenProcesses = r::wallet::OPEN_PROCESSES;
    PropertyFirst = r::wallet::PROPERTY_FIRST;
    NoProperty = r::property::NO_PROPERTY;
    NoDescription = r::property::NO_DESCRIPTION;
    PropertyOfAnother = r::property::ANOTHER_OWNER;
    PropertyAnotherStep = r::property::ANOTHER_STEP;
    OfferExpired = r::property::OFFER_EXPIRED;
    OneSide = r::property::ONE_SIDE;
    PropertyAuthorizedByActor = r::property::AUTHORIZED_BY_ACTOR;
    PropertyOverdueAlready = r::property::OVERDUE_ALREADY;
    PropertyNotOverdue = r::property::NOT_OVERDUE;
}

/// Fails for this reason unless the condition holds.
pub(crate) fn require(condition: bool, reason: Reason) -> Result<(), Reason> {
    if condition { Ok(()) } else { Err(reason) }
}
