//! Which role may do what: the one table, which the guards read and the page `docs/api-roles.md` is made from.

use crate::role::Role::{self, Candidate, Chairman, Clerk, CouncilMember, Operator, Participant};
use crate::role::Roles;

/// What kind of operation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationKind {
    /// Reads.
    Query,
    /// Changes something, or makes a document.
    Mutation,
    /// Tells of changes.
    Subscription,
}

/// Who may do an operation.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The operation.
    pub operation: Operation,
    /// Its field in the schema.
    pub name: &'static str,
    /// What kind it is.
    pub kind: OperationKind,
    /// Who may do it about anybody.
    pub any: Roles,
    /// Who may do it about themselves.
    pub own: Roles,
    /// Whether it shows personal data, so that each use is written down.
    pub is_personal: bool,
}

impl Rule {
    /// Whether somebody with these roles may do it, at least about themselves.
    pub const fn allows(&self, roles: Roles) -> bool {
        roles.meets(self.any) || roles.meets(self.own)
    }
}

macro_rules! operations {
    ($($operation:ident $name:literal $kind:ident any $any:ident own $own:ident $personal:literal;)+) => {
        /// An operation of the API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Operation {
            $($operation,)+
        }

        /// All operations, each with who may do it.
        pub const RULES: &[Rule] = &[$(
            Rule {
                operation: Operation::$operation,
                name: $name,
                kind: OperationKind::$kind,
                any: $any,
                own: $own,
                is_personal: $personal,
            },
        )+];
    };
}

const NOBODY: Roles = Roles::of(&[]);
const EVERYBODY: Roles = Roles::of(&Role::ALL);
const COUNCIL: Roles = Roles::of(&[CouncilMember, Chairman]);
const CHAIR: Roles = Roles::of(&[Chairman]);
const CLERKS: Roles = Roles::of(&[Clerk]);
const OFFICE: Roles = Roles::of(&[CouncilMember, Chairman, Clerk]);
const WATCH: Roles = Roles::of(&[Chairman, Operator]);
const MEMBERS: Roles = Roles::of(&[Participant, CouncilMember, Chairman, Clerk]);
const VOICES: Roles = Roles::of(&[Participant, CouncilMember, Chairman]);
const ACCOUNTS: Roles = Roles::of(&[
    Candidate,
    Participant,
    CouncilMember,
    Chairman,
    Clerk,
    Operator,
]);

operations! {
    GetAgenda "getAgenda" Query any COUNCIL own NOBODY true;
    Agenda "agenda" Subscription any COUNCIL own NOBODY false;
    VoteFor "voteFor" Mutation any NOBODY own COUNCIL false;
    VoteAgainst "voteAgainst" Mutation any NOBODY own COUNCIL false;
    Authorize "authorize" Mutation any NOBODY own CHAIR false;
    Exec "exec" Mutation any NOBODY own OFFICE false;
    GenerateParticipantApplication "generateParticipantApplication" Mutation any OFFICE own ACCOUNTS true;
    GenerateParticipantApplicationDecision "generateParticipantApplicationDecision" Mutation any COUNCIL own NOBODY true;
    GenerateMoneyContributionDecision "generateMoneyContributionDecision" Mutation any COUNCIL own NOBODY true;
    GenerateReturnByMoneyDecision "generateReturnByMoneyDecision" Mutation any COUNCIL own NOBODY true;
    GenerateAssetContributionDecision "generateAssetContributionDecision" Mutation any COUNCIL own NOBODY true;
    GenerateReturnByAssetDecision "generateReturnByAssetDecision" Mutation any COUNCIL own NOBODY true;
    GenerateExitDecision "generateExitDecision" Mutation any COUNCIL own NOBODY true;
    GenerateMoveDecision "generateMoveDecision" Mutation any COUNCIL own NOBODY true;
    GenerateBlockDecision "generateBlockDecision" Mutation any COUNCIL own NOBODY true;
    GenerateWalletAgreement "generateWalletAgreement" Mutation any CLERKS own ACCOUNTS true;
    GenerateSignatureAgreement "generateSignatureAgreement" Mutation any CLERKS own ACCOUNTS true;
    GeneratePrivacyAgreement "generatePrivacyAgreement" Mutation any CLERKS own ACCOUNTS true;
    GenerateUserAgreement "generateUserAgreement" Mutation any CLERKS own ACCOUNTS true;
    GenerateMoneyContributionStatement "generateMoneyContributionStatement" Mutation any CLERKS own ACCOUNTS true;
    GenerateReturnByMoneyStatement "generateReturnByMoneyStatement" Mutation any CLERKS own ACCOUNTS true;
    GenerateAssetContributionStatement "generateAssetContributionStatement" Mutation any CLERKS own ACCOUNTS true;
    GenerateReturnByAssetStatement "generateReturnByAssetStatement" Mutation any CLERKS own ACCOUNTS true;
    GenerateExitStatement "generateExitStatement" Mutation any CLERKS own ACCOUNTS true;
    GenerateMoveStatement "generateMoveStatement" Mutation any CLERKS own ACCOUNTS true;
    GenerateBlockProposal "generateBlockProposal" Mutation any NOBODY own COUNCIL true;
    GenerateAssetContributionAct "generateAssetContributionAct" Mutation any CLERKS own NOBODY true;
    GenerateReturnByAssetAct "generateReturnByAssetAct" Mutation any CLERKS own ACCOUNTS true;
    SubmitMoneyContributionStatement "submitMoneyContributionStatement" Mutation any NOBODY own ACCOUNTS false;
    SubmitReturnByMoneyStatement "submitReturnByMoneyStatement" Mutation any NOBODY own ACCOUNTS false;
    SubmitAssetContributionStatement "submitAssetContributionStatement" Mutation any NOBODY own ACCOUNTS false;
    SubmitReturnByAssetStatement "submitReturnByAssetStatement" Mutation any NOBODY own ACCOUNTS false;
    SubmitExitStatement "submitExitStatement" Mutation any NOBODY own ACCOUNTS false;
    SubmitMoveStatement "submitMoveStatement" Mutation any NOBODY own ACCOUNTS false;
    SubmitBlockProposal "submitBlockProposal" Mutation any NOBODY own COUNCIL false;
    SubmitAssetContributionAct "submitAssetContributionAct" Mutation any NOBODY own CLERKS false;
    SubmitReturnByAssetAct "submitReturnByAssetAct" Mutation any NOBODY own ACCOUNTS false;
    WithdrawAsset "withdrawAsset" Mutation any NOBODY own ACCOUNTS false;
    VetoMove "vetoMove" Mutation any NOBODY own ACCOUNTS false;
    CompleteMove "completeMove" Mutation any NOBODY own ACCOUNTS false;
    CancelPayment "cancelPayment" Mutation any NOBODY own ACCOUNTS false;
    RetryPayment "retryPayment" Mutation any NOBODY own ACCOUNTS false;
    RetryRefund "retryRefund" Mutation any NOBODY own ACCOUNTS false;
    GetActs "getActs" Query any CLERKS own ACCOUNTS true;
    SignAct "signAct" Mutation any NOBODY own ACCOUNTS true;
    GenerateFoundingProtocol "generateFoundingProtocol" Mutation any NOBODY own OFFICE true;
    GenerateElectionProtocol "generateElectionProtocol" Mutation any NOBODY own OFFICE true;
    GenerateCharterProtocol "generateCharterProtocol" Mutation any NOBODY own OFFICE true;
    GetMeetingProtocols "getMeetingProtocols" Query any OFFICE own ACCOUNTS true;
    SignMeetingProtocol "signMeetingProtocol" Mutation any NOBODY own ACCOUNTS true;
    SubmitFoundingProtocol "submitFoundingProtocol" Mutation any NOBODY own OFFICE false;
    SubmitElectionProtocol "submitElectionProtocol" Mutation any NOBODY own OFFICE false;
    SubmitCharterProtocol "submitCharterProtocol" Mutation any NOBODY own OFFICE false;
    GetElection "getElection" Query any ACCOUNTS own NOBODY false;
    GetCharter "getCharter" Query any ACCOUNTS own NOBODY false;
    SupportBoard "supportBoard" Mutation any NOBODY own VOICES false;
    ObjectToBoard "objectToBoard" Mutation any NOBODY own VOICES false;
    SeatBoard "seatBoard" Mutation any NOBODY own ACCOUNTS false;
    DropBoard "dropBoard" Mutation any NOBODY own ACCOUNTS false;
    CreateAccount "createAccount" Mutation any CLERKS own NOBODY false;
    RegisterParticipant "registerParticipant" Mutation any CLERKS own ACCOUNTS false;
    CreateProjectOfFreeDecision "createProjectOfFreeDecision" Mutation any COUNCIL own NOBODY false;
    GenerateProjectOfFreeDecision "generateProjectOfFreeDecision" Mutation any NOBODY own COUNCIL true;
    PublishProjectOfFreeDecision "publishProjectOfFreeDecision" Mutation any NOBODY own COUNCIL false;
    GenerateFreeDecision "generateFreeDecision" Mutation any COUNCIL own NOBODY true;
    RegisterAccount "registerAccount" Mutation any EVERYBODY own NOBODY false;
    GetAccount "getAccount" Query any OFFICE own ACCOUNTS true;
    GetAccounts "getAccounts" Query any OFFICE own NOBODY true;
    Login "login" Mutation any EVERYBODY own NOBODY false;
    LoginChallenge "loginChallenge" Mutation any EVERYBODY own NOBODY false;
    LoginByChallenge "loginByChallenge" Mutation any EVERYBODY own NOBODY false;
    Refresh "refresh" Mutation any EVERYBODY own NOBODY false;
    Logout "logout" Mutation any EVERYBODY own NOBODY false;
    RevokeSessions "revokeSessions" Mutation any CLERKS own ACCOUNTS false;
    CreateInitialPayment "createInitialPayment" Mutation any CLERKS own ACCOUNTS false;
    SetPaymentStatus "setPaymentStatus" Mutation any CLERKS own NOBODY false;
    GetPayments "getPayments" Query any OFFICE own ACCOUNTS false;
    GetDocuments "getDocuments" Query any OFFICE own ACCOUNTS true;
    SearchDocuments "searchDocuments" Query any OFFICE own MEMBERS true;
    Verify "verify" Query any EVERYBODY own NOBODY false;
    GetQuestions "getQuestions" Query any MEMBERS own ACCOUNTS false;
    GetQuestion "getQuestion" Query any MEMBERS own ACCOUNTS false;
    GetParticipants "getParticipants" Query any OFFICE own NOBODY false;
    GetProperties "getProperties" Query any OFFICE own ACCOUNTS false;
    GetBalances "getBalances" Query any OFFICE own MEMBERS false;
    GetFunds "getFunds" Query any MEMBERS own NOBODY false;
    GetCouncil "getCouncil" Query any ACCOUNTS own NOBODY false;
    GetJournal "getJournal" Query any OFFICE own ACCOUNTS false;
    GetAudit "getAudit" Query any WATCH own NOBODY false;
    GetStatus "getStatus" Query any EVERYBODY own NOBODY false;
}

impl Operation {
    /// Who may do it.
    pub const fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }

    /// Its field in the schema.
    pub const fn name(self) -> &'static str {
        self.rule().name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_its_rule() {
        for rule in RULES {
            assert_eq!(rule.operation.rule().name, rule.name);
            assert!(rule.any != NOBODY || rule.own != NOBODY, "{}", rule.name);
        }
    }

    #[test]
    fn who_has_not_logged_in_reaches_only_what_is_for_everybody() {
        let nobody = Roles::of(&[Role::Anonymous]);
        let open: Vec<_> = RULES.iter().filter(|it| it.allows(nobody)).collect();
        assert!(open.iter().all(|it| it.any == EVERYBODY));
        assert!(open.iter().all(|it| !it.is_personal));
    }
}
