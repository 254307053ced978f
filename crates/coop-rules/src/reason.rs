//! Why an action is refused.

use coop_model::refusal as r;

macro_rules! reasons {
    ($($name:ident = $code:expr;)+) => {
        /// Why an action is refused; the code is that of the contracts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum Reason { $($name,)+ }

        impl Reason {
            /// Every reason that the model knows.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code of the refusal; below 100 what the chain itself refuses.
            pub const fn code(self) -> u64 {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

reasons! {
    MissingAuthority = 1;
    BrokenCallback = 2;
    NotInline = r::config::NOT_INLINE.code;
    Batch = r::bounds::BATCH.code;
    CoopNotRegistered = r::coop::NOT_REGISTERED.code;
    CoopNotActive = r::coop::NOT_ACTIVE.code;
    CoopPaused = r::coop::PAUSED.code;
    CoopBlocked = r::coop::BLOCKED.code;
    CoopRegisteredAlready = r::coop::REGISTERED_ALREADY.code;
    ContractAsCooperative = r::coop::CONTRACT_AS_COOPERATIVE.code;
    PersonAsCooperative = r::coop::PERSON_AS_COOPERATIVE.code;
    CoopNoDocument = r::coop::NO_DOCUMENT.code;
    FeesOfAnotherSymbol = r::coop::FEES_OF_ANOTHER_SYMBOL.code;
    CoopStatus = r::coop::STATUS.code;
    CoopStatusAlready = r::coop::STATUS_ALREADY.code;
    QuorumBound = r::coop::QUORUM_BOUND.code;
    SupportBound = r::coop::SUPPORT_BOUND.code;
    CharterWithoutSupport = r::coop::CHARTER_WITHOUT_SUPPORT.code;
    AnotherSymbol = r::money::ANOTHER_SYMBOL.code;
    NotPositive = r::money::NOT_POSITIVE.code;
    TooMuch = r::money::TOO_MUCH.code;
    NotEnough = r::money::NOT_ENOUGH.code;
    AccountExists = r::account::EXISTS.code;
    AccountNotRegistered = r::account::NOT_REGISTERED.code;
    AccountQuota = r::account::QUOTA.code;
    Not12Letters = r::people::NOT_12_LETTERS.code;
    PersonKind = r::people::KIND.code;
    ParticipantAlready = r::people::PARTICIPANT_ALREADY.code;
    NotAParticipant = r::people::NOT_A_PARTICIPANT.code;
    NotAnActiveParticipant = r::people::NOT_AN_ACTIVE_PARTICIPANT.code;
    ParticipantQuota = r::people::QUOTA.code;
    HoldsSeat = r::people::HOLDS_SEAT.code;
    HoldsRight = r::people::HOLDS_RIGHT.code;
    FoundersRegistered = r::founder::REGISTERED_ALREADY.code;
    FoundersNumber = r::founder::NUMBER.code;
    FounderTwice = r::founder::TWICE.code;
    FoundersNotAllSigned = r::founder::NOT_ALL_SIGNED.code;
    AgreementsNumber = r::agreement::NUMBER.code;
    NotAnAgreement = r::agreement::NOT_AN_AGREEMENT.code;
    AgreementsMissing = r::agreement::MISSING.code;
    NoCandidate = r::candidate::NO_CANDIDATE.code;
    CandidateAlready = r::candidate::CANDIDATE_ALREADY.code;
    CandidateAnotherKind = r::candidate::ANOTHER_KIND.code;
    CandidateAnotherStep = r::candidate::ANOTHER_STEP.code;
    NoExit = r::exit::NO_EXIT.code;
    NoMove = r::moving::NO_MOVE.code;
    MoveAsked = r::moving::ASKED_ALREADY.code;
    NewAccountTaken = r::moving::NEW_ACCOUNT_TAKEN.code;
    MoveNotGranted = r::moving::NOT_GRANTED.code;
    VetoOver = r::moving::VETO_OVER.code;
    VetoNotOver = r::moving::VETO_NOT_OVER.code;
    MoveElectionGoesOn = r::moving::ELECTION_GOES_ON.code;
    BlockingProposed = r::blocking::PROPOSED_ALREADY.code;
    BlockingAnotherStatus = r::blocking::ANOTHER_STATUS.code;
    NeitherCooperativeNorStaff = r::staff::NEITHER_COOPERATIVE_NOR_STAFF.code;
    NoRight = r::staff::NO_RIGHT.code;
    RightsEnded = r::staff::RIGHTS_ENDED.code;
    StaffNoAccount = r::staff::NO_ACCOUNT.code;
    StaffCooperativeItself = r::staff::COOPERATIVE_ITSELF.code;
    ChairmanHimself = r::staff::CHAIRMAN_HIMSELF.code;
    StaffAlready = r::staff::STAFF_ALREADY.code;
    NotStaff = r::staff::NOT_STAFF.code;
    RightsBound = r::staff::RIGHTS_BOUND.code;
    RightTwice = r::staff::RIGHT_TWICE.code;
    CouncilMissing = r::council::MISSING.code;
    CouncilExists = r::council::EXISTS.code;
    NotTheChairman = r::council::NOT_THE_CHAIRMAN.code;
    NoVotingSeat = r::council::NO_VOTING_SEAT.code;
    KindOfBoard = r::council::KIND_OF_BOARD.code;
    SeatsBound = r::council::SEATS_BOUND.code;
    VotingSeatsBound = r::council::VOTING_SEATS_BOUND.code;
    OneChairman = r::council::ONE_CHAIRMAN.code;
    SilentChairman = r::council::SILENT_CHAIRMAN.code;
    Position = r::council::POSITION.code;
    TwoSeats = r::council::TWO_SEATS.code;
    MemberNotAParticipant = r::council::MEMBER_NOT_A_PARTICIPANT.code;
    MemberNotAnIndividual = r::council::MEMBER_NOT_AN_INDIVIDUAL.code;
    MemberNotActive = r::council::MEMBER_NOT_ACTIVE.code;
    SignerNotAParticipant = r::council::SIGNER_NOT_A_PARTICIPANT.code;
    NotAllFounders = r::council::NOT_ALL_FOUNDERS.code;
    NotAllElected = r::council::NOT_ALL_ELECTED.code;
    ElectionGoesOn = r::council::ELECTION_GOES_ON.code;
    NoElection = r::council::NO_ELECTION.code;
    ElectionOver = r::council::ELECTION_OVER.code;
    ElectionNotOver = r::council::ELECTION_NOT_OVER.code;
    JoinedLater = r::council::JOINED_LATER.code;
    VoiceRaised = r::council::VOICE_RAISED.code;
    NoSupport = r::council::NO_SUPPORT.code;
    HasSupport = r::council::HAS_SUPPORT.code;
    NoVoices = r::council::NO_VOICES.code;
    KindNotRegistered = r::kind::NOT_REGISTERED.code;
    KindBuiltIn = r::kind::BUILT_IN.code;
    KindOfSoviet = r::kind::CONTRACT_IS_SOVIET.code;
    KindWithoutCode = r::kind::CONTRACT_WITHOUT_CODE.code;
    KindNoCallbacks = r::kind::NO_CALLBACKS.code;
    KindNoProtocol = r::kind::NO_PROTOCOL_ID.code;
    KindContractDepends = r::kind::QUESTIONS_DEPEND_ON_CONTRACT.code;
    KindDepends = r::kind::QUESTIONS_DEPEND_ON_KIND.code;
    KindNotAccepted = r::kind::NOT_ACCEPTED.code;
    KindAcceptedAlready = r::kind::ACCEPTED_ALREADY.code;
    KindOfAnotherContract = r::kind::ACCEPTED_WITH_ANOTHER_CONTRACT.code;
    NoQuestion = r::decision::NO_QUESTION.code;
    AnotherQuestion = r::decision::ANOTHER_QUESTION.code;
    HashUnfinished = r::decision::HASH_UNFINISHED.code;
    TooManyQuestions = r::decision::TOO_MANY.code;
    TooManyOfKind = r::decision::TOO_MANY_OF_KIND.code;
    TooManyFree = r::decision::TOO_MANY_FREE.code;
    TooManyOfMember = r::decision::TOO_MANY_OF_MEMBER.code;
    TooManyUndelivered = r::decision::TOO_MANY_UNDELIVERED.code;
    NoSeat = r::decision::NO_SEAT.code;
    VotedAlready = r::decision::VOTED_ALREADY.code;
    VotingOver = r::decision::VOTING_OVER.code;
    VotingGoesOn = r::decision::VOTING_GOES_ON.code;
    Declined = r::decision::DECLINED.code;
    NotDeclined = r::decision::NOT_DECLINED.code;
    NotApproved = r::decision::NOT_APPROVED.code;
    Approved = r::decision::APPROVED.code;
    SigningOver = r::decision::SIGNING_OVER.code;
    NotAuthorized = r::decision::NOT_AUTHORIZED.code;
    Authorized = r::decision::AUTHORIZED.code;
    ProtocolWithoutDecision = r::decision::PROTOCOL_WITHOUT_DECISION.code;
    ProtocolOfAnother = r::decision::PROTOCOL_OF_ANOTHER.code;
    ProtocolShowsOtherVotes = r::decision::PROTOCOL_SHOWS_OTHER_VOTES.code;
    NothingToDeliver = r::decision::NOTHING_TO_DELIVER.code;
    AnotherRegistryId = r::document::ANOTHER_REGISTRY_ID.code;
    AnotherCooperative = r::document::ANOTHER_COOPERATIVE.code;
    AnotherPerson = r::document::ANOTHER_PERSON.code;
    AnotherSubject = r::document::ANOTHER_SUBJECT.code;
    InTheFuture = r::document::IN_THE_FUTURE.code;
    TooOld = r::document::TOO_OLD.code;
    ServedAlready = r::document::SERVED_ALREADY.code;
    TitleBound = r::document::TITLE_BOUND.code;
    NoSignatures = r::document::NO_SIGNATURES.code;
    NotOneSignature = r::document::NOT_ONE_SIGNATURE.code;
    NotBothSides = r::document::NOT_BOTH_SIDES.code;
    SignedTwice = r::document::SIGNED_TWICE.code;
    AnotherSigner = r::document::ANOTHER_SIGNER.code;
    WrongSignature = r::document::WRONG_SIGNATURE.code;
    WrongKey = r::document::WRONG_KEY.code;
    NoFunds = r::payment::NO_FUNDS.code;
    NoPayment = r::payment::NO_PAYMENT.code;
    HashInUse = r::payment::HASH_IN_USE.code;
    PaymentOfAnotherContract = r::payment::ANOTHER_OWNER.code;
    PaymentAnotherStep = r::payment::ANOTHER_STEP.code;
    NotPending = r::payment::NOT_PENDING.code;
    NotOutgoing = r::payment::NOT_OUTGOING.code;
    NotExactly = r::payment::NOT_EXACTLY.code;
    InvoiceExpired = r::payment::INVOICE_EXPIRED.code;
    InvoiceNotExpired = r::payment::INVOICE_NOT_EXPIRED.code;
    NoReference = r::payment::NO_REFERENCE.code;
    ReferenceUsed = r::payment::REFERENCE_USED.code;
    NothingToForget = r::payment::NOTHING_TO_FORGET.code;
    ReasonBound = r::payment::REASON_BOUND.code;
    PaymentAuthorizedByActor = r::payment::AUTHORIZED_BY_ACTOR.code;
    OverdueFirst = r::payment::OVERDUE_FIRST.code;
    PaymentOverdueAlready = r::payment::OVERDUE_ALREADY.code;
    PaymentNotOverdue = r::payment::NOT_OVERDUE.code;
    TooManyInvoices = r::payment::TOO_MANY_INVOICES.code;
    TooManyAlone = r::payment::TOO_MANY_ALONE.code;
    NothingToTell = r::payment::NOTHING_TO_TELL.code;
    NoWallet = r::wallet::NO_WALLET.code;
    TooManyOpen = r::wallet::TOO_MANY_OPEN.code;
    TooManyProperties = r::wallet::TOO_MANY_PROPERTIES.code;
    OpenProcesses = r::wallet::OPEN_PROCESSES.code;
    PropertyFirst = r::wallet::PROPERTY_FIRST.code;
    NoProperty = r::property::NO_PROPERTY.code;
    NoDescription = r::property::NO_DESCRIPTION.code;
    PropertyOfAnother = r::property::ANOTHER_OWNER.code;
    PropertyAnotherStep = r::property::ANOTHER_STEP.code;
    OfferExpired = r::property::OFFER_EXPIRED.code;
    OneSide = r::property::ONE_SIDE.code;
    PropertyAuthorizedByActor = r::property::AUTHORIZED_BY_ACTOR.code;
    PropertyOverdueAlready = r::property::OVERDUE_ALREADY.code;
    PropertyNotOverdue = r::property::NOT_OVERDUE.code;
}

/// Fails for this reason unless the condition holds.
pub(crate) fn require(condition: bool, reason: Reason) -> Result<(), Reason> {
    if condition { Ok(()) } else { Err(reason) }
}
