//! The table of alternatives is that of the enum.

use super::*;

#[test]
fn documents_alternatives_have_their_numbers_and_sizes() {
    let hash = Checksum256([7; 32]);
    let sum = asset!("1.00 RUB");
    let name = name!("somebody");
    let subjects = [
        Subject::Project(ProjectSubject { project: hash }),
        Subject::Decision(DecisionSubject {
            decision_id: 1,
            hash,
            votes_for: 2,
            votes_against: 3,
            quorum_percent: 75,
        }),
        Subject::Founders(FoundersSubject { members: hash }),
        Subject::Board(BoardSubject {
            version: 1,
            kind: name,
            members: hash,
        }),
        Subject::Application(ApplicationSubject { kind: name }),
        Subject::Money(MoneySubject { quantity: sum }),
        Subject::Property(PropertySubject {
            description: hash,
            valuation: sum,
        }),
        Subject::Return(ReturnSubject {
            property_id: 1,
            valuation: sum,
        }),
        Subject::Act(ActSubject {
            property_id: 1,
            hash,
            description: hash,
            valuation: sum,
        }),
        Subject::Move(MoveSubject { newname: name }),
        Subject::Block(BlockSubject { is_blocked: true }),
        Subject::Charter(CharterSubject {
            charter: Charter::default(),
        }),
    ];
    assert_eq!(subjects.len(), NUMBERED.len());
    let check = |subject: Subject| match subject {
        Subject::Project(it) => (ProjectSubject::SIZE, packed(&it)),
        Subject::Decision(it) => (DecisionSubject::SIZE, packed(&it)),
        Subject::Founders(it) => (FoundersSubject::SIZE, packed(&it)),
        Subject::Board(it) => (BoardSubject::SIZE, packed(&it)),
        Subject::Application(it) => (ApplicationSubject::SIZE, packed(&it)),
        Subject::Money(it) => (MoneySubject::SIZE, packed(&it)),
        Subject::Property(it) => (PropertySubject::SIZE, packed(&it)),
        Subject::Return(it) => (ReturnSubject::SIZE, packed(&it)),
        Subject::Act(it) => (ActSubject::SIZE, packed(&it)),
        Subject::Move(it) => (MoveSubject::SIZE, packed(&it)),
        Subject::Block(it) => (BlockSubject::SIZE, packed(&it)),
        Subject::Charter(it) => (CharterSubject::SIZE, packed(&it)),
    };
    for (tag, subject) in subjects.into_iter().enumerate() {
        let (size, bytes) = check(subject);
        assert_eq!(bytes, Some(subject).to_bytes(), "{subject:?}");
        assert_eq!(bytes.len(), 2 + size, "{subject:?}");
        assert_eq!(usize::from(bytes[1]), tag, "{subject:?}");
    }
}
