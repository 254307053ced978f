//! Reading the election of a council.

use super::{
    Back, Election, Expected, Member, Votes,
    field::{Field, Object},
    problem::ProblemKind,
    shares::Reader,
};
use antelope_types::Name;

const ELECTION: [&str; 3] = ["chairman", "objections", "return"];
const RETURN: [&str; 3] = ["participant", "money", "votes"];

impl Reader<'_> {
    /// Reads an election, which need not be given.
    pub(super) fn election(
        &self,
        field: &Field<'_>,
        council: Option<&[Member]>,
        gone: &[Name],
    ) -> Option<Option<Election>> {
        if !field.is_given() {
            return Some(None);
        }
        let object = field.object(&ELECTION)?;
        let chairman = self.next_chairman(&object.field("chairman"), council);
        let objections = self.objections(&object.field("objections"), gone);
        let back = self.return_before(&object.field("return"), gone);
        let (participant, back) = back?;
        Some(Some(Election {
            chairman: chairman?,
            objections: objections?,
            participant,
            back,
        }))
    }

    /// A member who is not the chairman.
    fn next_chairman(&self, field: &Field<'_>, council: Option<&[Member]>) -> Option<Name> {
        let account = field.account()?;
        let Some(council) = council else {
            return Some(account);
        };
        match council.iter().find(|it| it.person.account == account) {
            None => field.wrong(ProblemKind::NotMember {
                account: account.to_string(),
            }),
            // With two chairmen it is not known who presides, and that is a problem of its own.
            Some(member) if member.is_chairman && has_one_chairman(council) => {
                field.wrong(ProblemKind::ChairmanAlready { account })
            }
            Some(_) => Some(account),
        }
    }

    /// A participant who has not left by then.
    fn present(&self, field: &Field<'_>, gone: &[Name]) -> Option<Name> {
        let account = self.participant(field)?;
        self.still_there(field, account, gone)
    }

    /// Participants who are not elected, each once.
    fn objections(&self, field: &Field<'_>, gone: &[Name]) -> Option<Vec<Name>> {
        if !field.is_given() {
            return Some(Vec::new());
        }
        let mut objections = Some(Vec::new());
        for item in &field.list()? {
            let account = self
                .present(item, gone)
                .and_then(|account| match &objections {
                    Some(others) if others.contains(&account) => item.wrong(ProblemKind::Repeated),
                    _ => Some(account),
                });
            objections =
                objections
                    .zip(account)
                    .map(|(mut objections, account): (Vec<Name>, Name)| {
                        objections.push(account);
                        objections
                    });
        }
        objections
    }

    /// A return in money to which the council agrees.
    fn return_before(&self, field: &Field<'_>, gone: &[Name]) -> Option<(Name, Back)> {
        let object: Object<'_> = field.object(&RETURN)?;
        let participant = self.present(&object.field("participant"), gone);
        let quantity = object.field("money").positive_sum(self.symbol);
        let votes = object.field("votes");
        let read = Votes::read_decided(&votes, self.electorate)?;
        if read.expected() != Expected::Approved {
            return votes.wrong(ProblemKind::NotApproved);
        }
        Some((
            participant?,
            Back {
                quantity: quantity?,
                votes: read,
            },
        ))
    }
}

fn has_one_chairman(council: &[Member]) -> bool {
    council.iter().filter(|member| member.is_chairman).count() == 1
}
