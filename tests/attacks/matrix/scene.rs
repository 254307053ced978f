//! A cooperative in which something of everything is going on, and arguments for every action.

use antelope_types::{Action, Checksum256, Encode, Name, Symbol, asset, name};
use coop_model::council::board;
use coop_model::{AccountPolicy, Charter, Document, Right};

use super::who::{self, Who};
use crate::scenarios::world::{Candidate, Chain, Coop, Draft, Person, Question, fees};

/// What the tests of the matrix act on.
pub(super) struct Scene<'c> {
    pub coop: Coop<'c>,
    /// Somebody who has applied and not paid.
    pub candidate: Candidate,
    /// A participant with an unpaid contribution and with property on offer.
    pub participant: Person,
    moving: Person,
    exit: Checksum256,
    invoice: Checksum256,
    property: u64,
    question: Question,
}

/// An action of one of the three contracts.
#[derive(Clone, Copy)]
pub(super) struct Entry<'c> {
    pub contract: &'c Person,
    pub package: &'static str,
    pub action: Name,
    pub who: Who,
}

/// A contract's package, its account and who may send each of its actions.
type List<'c> = (&'static str, &'c Person, &'static [(&'static str, Who)]);

/// The list of each contract.
pub(super) fn lists(chain: &Chain) -> [List<'_>; 3] {
    [
        ("registrator", &chain.registrator, who::REGISTRATOR),
        ("soviet", &chain.soviet, who::SOVIET),
        ("gateway", &chain.gateway, who::GATEWAY),
    ]
}

/// Every action of the lists.
pub(super) fn entries(chain: &Chain) -> impl Iterator<Item = Entry<'_>> {
    lists(chain)
        .into_iter()
        .flat_map(|(package, contract, list)| {
            list.iter().map(move |&(action, who)| Entry {
                contract,
                package,
                action: action.parse().expect("a name"),
                who,
            })
        })
}

impl<'c> Scene<'c> {
    pub(super) fn new(chain: &'c Chain) -> Self {
        let coop = Coop::new(chain, 3);
        let candidate = coop.applicant();
        let [moving, leaving, participant] = [0; 3].map(|_| coop.admitted());
        coop.move_to(&moving, &coop.newcomer());
        let exit = coop.exit(&leaving).hash;
        let invoice = coop.share_money(&participant, asset!("10.00 RUB"));
        let property = coop.share_property(&participant, asset!("20.00 RUB"));
        let question = coop.question();
        Self {
            coop,
            candidate,
            participant,
            moving,
            exit,
            invoice,
            property,
            question,
        }
    }

    /// Everybody who tries, and who they are.
    pub(super) fn everybody(&self) -> [(&'static str, &Person); 11] {
        let (coop, chain) = (&self.coop, self.coop.chain);
        [
            ("stranger", &chain.stranger),
            ("member", &coop.members[1]),
            ("another member", &coop.members[2]),
            ("chairman", coop.chairman()),
            ("cashier", &coop.cashier),
            ("cooperative", &coop.account),
            ("candidate", &self.candidate.person),
            ("participant", &self.participant),
            ("key of registrator", &chain.registrator),
            ("key of soviet", &chain.soviet),
            ("key of gateway", &chain.gateway),
        ]
    }

    /// Who is named in a field that says who acts.
    pub(super) fn named(&self, entry: &Entry<'_>, field: &str) -> &Person {
        let coop = &self.coop;
        match (entry.action.to_string().as_str(), field) {
            (_, "chairman") | ("rmstaff", "actor") => coop.chairman(),
            (_, "actor") => &coop.cashier,
            (_, "newname") => &self.candidate.person,
            ("vetomove" | "completemove" | "moveuser", "username") => &self.moving,
            ("rmstaff" | "setrights", "username") => &coop.cashier,
            ("addstaff", "username") => &self.coop.chain.stranger,
            _ => &coop.members[1],
        }
    }

    /// The action with sound arguments, signed by `signer`; `own` is a field that names the signer.
    pub(super) fn action(&self, entry: &Entry<'_>, signer: &Person, own: Option<&str>) -> Action {
        let definition = veche_tests::built(entry.package).abi.definition();
        let action = definition
            .actions
            .iter()
            .find(|action| action.name == entry.action)
            .unwrap_or_else(|| panic!("{} is not in the ABI", entry.action));
        let arguments = definition
            .structs
            .iter()
            .find(|structure| structure.name == action.ty)
            .expect("arguments of the action");
        let mut data = Vec::new();
        for field in &arguments.fields {
            data.extend(match own {
                Some(own) if own == field.name => signer.name.to_bytes(),
                _ => self.argument(entry, &field.name, &field.ty),
            });
        }
        Action {
            account: entry.contract.name,
            name: entry.action,
            authorization: vec![signer.active()],
            data,
        }
    }

    fn argument(&self, entry: &Entry<'_>, field: &str, ty: &str) -> Vec<u8> {
        let (coop, chain) = (&self.coop, self.coop.chain);
        match ty {
            "name" => self.name(entry, field).to_bytes(),
            "name[]" => vec![coop.chairman().name].to_bytes(),
            "checksum256" => self.hash(entry).to_bytes(),
            "uint64" if field == "property_id" => self.property.to_bytes(),
            "uint64" if field == "version" => coop.next_version().to_bytes(),
            "uint64" => self.question.id.to_bytes(),
            "uint64[]" => vec![self.question.id].to_bytes(),
            "uint32" => 1u32.to_bytes(),
            "bool" => true.to_bytes(),
            "string" => "x".to_bytes(),
            "asset" => asset!("10.00 RUB").to_bytes(),
            "symbol" => rouble().to_bytes(),
            "public_key" => chain.stranger.public_key().to_bytes(),
            "Document" => self.document().to_bytes(),
            "Document[]" => vec![self.document()].to_bytes(),
            "Config" => chain.config().to_bytes(),
            "Charter" => Charter::default().to_bytes(),
            "CoopParams" => fees().to_bytes(),
            "Seat[]" => coop.seats(3).to_bytes(),
            "Right[]" => vec![Right {
                contract: chain.gateway.name,
                action: name!("incomplete"),
            }]
            .to_bytes(),
            "AccountPolicy" => AccountPolicy {
                ram_bytes: 1,
                stake_net: asset!("1.0000 EOS"),
                stake_cpu: asset!("1.0000 EOS"),
            }
            .to_bytes(),
            _ => panic!("no argument for {field}: {ty} of {}", entry.action),
        }
    }

    fn name(&self, entry: &Entry<'_>, field: &str) -> Name {
        match field {
            "coopname" => self.coop.name(),
            "status" => name!("blocked"),
            "kind" if entry.action == name!("updateboard") => board::COUNCIL,
            "kind" if entry.action == name!("reguser") => name!("individual"),
            "kind" => name!("joincoop"),
            "contract" | "callback_contract" => self.coop.chain.gateway.name,
            "confirm" | "confirm_callback" => name!("a"),
            "decline" | "decline_callback" => name!("b"),
            "from" => Name::default(),
            _ => self.named(entry, field).name,
        }
    }

    /// The hash of something that is going on in the contract.
    fn hash(&self, entry: &Entry<'_>) -> Checksum256 {
        match entry.package {
            "registrator" => self.exit,
            "gateway" => self.invoice,
            _ => self.question.hash,
        }
    }

    fn document(&self) -> Document {
        Draft::proposal(&self.coop, self.coop.members[1].name).unsigned()
    }
}

fn rouble() -> Symbol {
    asset!("1.00 RUB").symbol
}
