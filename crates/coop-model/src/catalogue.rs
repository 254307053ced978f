//! The catalogue of decision kinds: a new kind is one entry here and its logic.
//!
//! Deployment registers the kinds from here, the demo and the tests go through them, and the
//! documents and pages take their registry ids and titles from here.

use antelope_contract::prelude::{Name, name};

/// Names of the kinds that this software starts itself.
pub mod kind {
    use antelope_contract::prelude::{Name, name};

    /// Admission of a candidate.
    pub const JOINCOOP: Name = name!("joincoop");
    /// A share contribution in money.
    pub const SHAREMONEY: Name = name!("sharemoney");
    /// A share contribution in property.
    pub const SHAREPROP: Name = name!("shareprop");
    /// Return of a share in money.
    pub const RETURNMONEY: Name = name!("returnmoney");
    /// Return of a share in property.
    pub const RETURNPROP: Name = name!("returnprop");
    /// Exit of a participant.
    pub const LEAVECOOP: Name = name!("leavecoop");
    /// A person who lost a key goes on under a new account.
    pub const MOVEUSER: Name = name!("moveuser");
    /// A participant is blocked, or no longer.
    pub const BLOCKUSER: Name = name!("blockuser");
    /// A free decision; published by a member of the council, without effect on chain.
    pub const FREEDECISION: Name = name!("freedecision");
}

/// Registry ids: which kind of document a document is.
pub mod registry {
    /// Agreement on the wallet.
    pub const WALLET_AGREEMENT: u64 = 1;
    /// Agreement on electronic signatures.
    pub const SIGNATURE_AGREEMENT: u64 = 2;
    /// Agreement on personal data.
    pub const PRIVACY_AGREEMENT: u64 = 3;
    /// Agreement with the statutes.
    pub const STATUTES_AGREEMENT: u64 = 4;
    /// Statement of a candidate.
    pub const STATEMENT: u64 = 100;
    /// Statement of exit.
    pub const EXIT_STATEMENT: u64 = 200;
    /// Protocol of the council: exit.
    pub const EXIT_PROTOCOL: u64 = 201;
    /// Statement of a person who lost the key, signed with the key of the new account.
    pub const MOVE_STATEMENT: u64 = 210;
    /// Protocol of the council: a new account for a participant.
    pub const MOVE_PROTOCOL: u64 = 211;
    /// Proposal to block a participant, or to end it.
    pub const BLOCK_PROPOSAL: u64 = 220;
    /// Protocol of the council: a participant is blocked, or no longer.
    pub const BLOCK_PROTOCOL: u64 = 221;
    /// Act of the destruction of personal data.
    pub const DESTRUCTION_ACT: u64 = 230;
    /// Protocol of a general meeting.
    pub const MEETING: u64 = 300;
    /// Protocol of the council: admission.
    pub const ADMISSION_PROTOCOL: u64 = 501;
    /// Proposal of a free decision.
    pub const PROPOSAL: u64 = 599;
    /// Protocol of the council: free decision.
    pub const FREE_PROTOCOL: u64 = 600;
    /// Statement of a contribution in property.
    pub const PROPERTY_STATEMENT: u64 = 700;
    /// Protocol of the council: contribution in property.
    pub const PROPERTY_PROTOCOL: u64 = 701;
    /// Act of acceptance of property.
    pub const ACCEPTANCE_ACT: u64 = 702;
    /// Statement of a return of property.
    pub const PROPERTY_RETURN_STATEMENT: u64 = 800;
    /// Protocol of the council: return of property.
    pub const PROPERTY_RETURN_PROTOCOL: u64 = 801;
    /// Act of handover of property to its owner.
    pub const HANDOVER_ACT: u64 = 802;
    /// Statement of a return in money.
    pub const MONEY_RETURN_STATEMENT: u64 = 900;
    /// Protocol of the council: return in money.
    pub const MONEY_RETURN_PROTOCOL: u64 = 901;
    /// Statement of a contribution in money.
    pub const MONEY_STATEMENT: u64 = 910;
    /// Protocol of the council: contribution in money.
    pub const MONEY_PROTOCOL: u64 = 911;
}

/// The contract that owns a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// People and cooperatives.
    Registrator,
    /// Money and property.
    Gateway,
    /// Built in: no owner and no effect on chain.
    Soviet,
}

/// One kind of decisions.
#[derive(Clone, Copy, Debug)]
pub struct DecisionKind {
    /// Its name.
    pub name: Name,
    /// The contract that publishes it and carries it out.
    pub owner: Owner,
    /// The owner's callback `(coopname, hash, authorization)`; empty for a free decision.
    pub confirm: Name,
    /// The owner's callback `(coopname, hash, reason)`; empty for a free decision.
    pub decline: Name,
    /// Registry id of the statement or proposal that starts it.
    pub statement: u64,
    /// Registry id of the council's protocol.
    pub protocol: u64,
    /// Registry id of the act that both sides sign, if property changes hands.
    pub act: Option<u64>,
    /// What the question is about, in Russian, for agendas and protocols.
    pub title_ru: &'static str,
    /// The same in English.
    pub title_en: &'static str,
}

/// Every kind that this software starts itself.
pub const CATALOGUE: &[DecisionKind] = &[
    DecisionKind {
        name: kind::JOINCOOP,
        owner: Owner::Registrator,
        confirm: name!("confirmreg"),
        decline: name!("declinereg"),
        statement: registry::STATEMENT,
        protocol: registry::ADMISSION_PROTOCOL,
        act: None,
        title_ru: "О приёме в пайщики",
        title_en: "Admission of a participant",
    },
    DecisionKind {
        name: kind::SHAREMONEY,
        owner: Owner::Gateway,
        confirm: name!("confirmin"),
        decline: name!("declinein"),
        statement: registry::MONEY_STATEMENT,
        protocol: registry::MONEY_PROTOCOL,
        act: None,
        title_ru: "О приёме паевого взноса деньгами",
        title_en: "Share contribution in money",
    },
    DecisionKind {
        name: kind::SHAREPROP,
        owner: Owner::Gateway,
        confirm: name!("confirmin"),
        decline: name!("declinein"),
        statement: registry::PROPERTY_STATEMENT,
        protocol: registry::PROPERTY_PROTOCOL,
        act: Some(registry::ACCEPTANCE_ACT),
        title_ru: "О приёме паевого взноса имуществом",
        title_en: "Share contribution in property",
    },
    DecisionKind {
        name: kind::RETURNMONEY,
        owner: Owner::Gateway,
        confirm: name!("confirmout"),
        decline: name!("declineout"),
        statement: registry::MONEY_RETURN_STATEMENT,
        protocol: registry::MONEY_RETURN_PROTOCOL,
        act: None,
        title_ru: "О возврате паевого взноса деньгами",
        title_en: "Return of a share in money",
    },
    DecisionKind {
        name: kind::RETURNPROP,
        owner: Owner::Gateway,
        confirm: name!("confirmout"),
        decline: name!("declineout"),
        statement: registry::PROPERTY_RETURN_STATEMENT,
        protocol: registry::PROPERTY_RETURN_PROTOCOL,
        act: Some(registry::HANDOVER_ACT),
        title_ru: "О возврате паевого взноса имуществом",
        title_en: "Return of a share in property",
    },
    DecisionKind {
        name: kind::LEAVECOOP,
        owner: Owner::Registrator,
        confirm: name!("confirmexit"),
        decline: name!("declinexit"),
        statement: registry::EXIT_STATEMENT,
        protocol: registry::EXIT_PROTOCOL,
        act: None,
        title_ru: "О выходе пайщика из кооператива",
        title_en: "Exit of a participant",
    },
    DecisionKind {
        name: kind::MOVEUSER,
        owner: Owner::Registrator,
        confirm: name!("confirmmove"),
        decline: name!("declinemove"),
        statement: registry::MOVE_STATEMENT,
        protocol: registry::MOVE_PROTOCOL,
        act: None,
        title_ru: "О новой учётной записи пайщика",
        title_en: "A new account for a participant",
    },
    DecisionKind {
        name: kind::BLOCKUSER,
        owner: Owner::Registrator,
        confirm: name!("confirmblock"),
        decline: name!("declineblock"),
        statement: registry::BLOCK_PROPOSAL,
        protocol: registry::BLOCK_PROTOCOL,
        act: None,
        title_ru: "О блокировке пайщика или её снятии",
        title_en: "Blocking a participant, or ending it",
    },
    DecisionKind {
        name: kind::FREEDECISION,
        owner: Owner::Soviet,
        confirm: Name::EMPTY,
        decline: Name::EMPTY,
        statement: registry::PROPOSAL,
        protocol: registry::FREE_PROTOCOL,
        act: None,
        title_ru: "Свободное решение",
        title_en: "Free decision",
    },
];

/// The kind of this name, if the catalogue has it.
pub fn find(name: Name) -> Option<&'static DecisionKind> {
    CATALOGUE.iter().find(|kind| kind.name == name)
}
