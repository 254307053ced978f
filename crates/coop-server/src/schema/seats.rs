//! The seats of a board: read from inputs, checked, and found again in a protocol.

use crate::api::Api;
use crate::error::ApiError;
use crate::fields;
use crate::types::meeting::{BoardSeat, BoardSeatInput};
use antelope_types::{Checksum256, Name};
use coop_index::ParticipantRecord;
use coop_language::Words;
use coop_model::council::{board, position};
use coop_model::people::{kind, status};
use coop_model::{Seat, list_hash, parameters};
use coop_private::PrivateDocument;
use serde_json::Value;

/// The kind of a board that a field names.
///
/// # Errors
/// [`ApiError::Field`].
pub(super) fn kind(field: &str, text: &str) -> Result<Name, ApiError> {
    let kinds = [board::COUNCIL, board::EXECUTIVE, board::AUDIT, board::OTHER];
    let found = kinds.into_iter().find(|it| it.to_string() == text);
    found.ok_or_else(|| ApiError::field(field, Words::of("expected.board")))
}

/// The seats that a field names, if they are a board of this kind, as `soviet` wants them.
///
/// # Errors
/// [`ApiError::Field`].
pub(super) fn read(
    field: &str,
    kind: Name,
    given: &[BoardSeatInput],
) -> Result<Vec<Seat>, ApiError> {
    let accounts: Vec<_> = given.iter().map(|it| it.username.as_str()).collect();
    let accounts = fields::accounts(field, &accounts, (1, parameters::MAX_SEATS))?;
    let seats = accounts.into_iter().zip(given).map(|(username, it)| Seat {
        username,
        is_voting: it.is_voting,
        position: match it.is_chairman {
            true => position::CHAIRMAN,
            false => position::MEMBER,
        },
    });
    let seats: Vec<_> = seats.collect();
    let chairmen = seats.iter().filter(|it| is_chairman(it));
    let voting = seats.iter().filter(|it| it.is_voting).count();
    let (is_board, expected) = match kind {
        board::COUNCIL => (
            voting >= parameters::MIN_SEATS
                && chairmen.clone().count() == 1
                && chairmen.clone().all(|it| it.is_voting),
            Words::of("expected.council").with("least", parameters::MIN_SEATS),
        ),
        _ => (chairmen.count() <= 1, Words::of("expected.one_chairman")),
    };
    match is_board {
        true => Ok(seats),
        false => Err(ApiError::field(field, expected)),
    }
}

fn is_chairman(seat: &Seat) -> bool {
    seat.position == position::CHAIRMAN
}

/// That everyone can be elected, by the registry.
///
/// # Errors
/// [`ApiError::Field`]; those of the index.
pub(super) fn require_eligible(api: &Api, field: &str, seats: &[Seat]) -> Result<(), ApiError> {
    let accounts: Vec<_> = seats.iter().map(|it| it.username).collect();
    require_active(api, field, &accounts, |it| it.kind == kind::INDIVIDUAL)
}

/// That all are participants with all rights, and of this kind.
///
/// # Errors
/// [`ApiError::Field`]; those of the index.
pub(super) fn require_active(
    api: &Api,
    field: &str,
    accounts: &[Name],
    is_of_kind: impl Fn(&ParticipantRecord) -> bool,
) -> Result<(), ApiError> {
    let other = api.index(|reader| {
        for account in accounts {
            let found = reader.participant(api.coopname(), *account)?;
            if !found.is_some_and(|it| it.status == status::ACTIVE && is_of_kind(&it)) {
                return Ok(Some(*account));
            }
        }
        Ok(None)
    })?;
    match other {
        None => Ok(()),
        Some(account) => {
            let expected = Words::of("expected.participants").with("account", account);
            Err(ApiError::field(field, expected))
        }
    }
}

/// The seats that the facts of a protocol name, if they are those that its document binds itself to.
pub(super) fn kept_seats(kept: &PrivateDocument, members: &Checksum256) -> Option<Vec<Seat>> {
    let seat = |it: &Value| {
        Some(Seat {
            username: it["person"]["account"].as_str()?.parse().ok()?,
            is_voting: it["is_voting"].as_bool()?,
            position: match it["is_chairman"].as_bool()? {
                true => position::CHAIRMAN,
                false => position::MEMBER,
            },
        })
    };
    let seats = kept.record.as_ref()?.facts["seats"].as_array()?.iter();
    let seats = seats.map(seat).collect::<Option<Vec<_>>>()?;
    (list_hash(&seats) == *members).then_some(seats)
}

/// Seats as the schema has them.
pub(super) fn shown_seats(seats: Vec<Seat>) -> Vec<BoardSeat> {
    let seats = seats.iter().map(|it| BoardSeat {
        username: it.username.to_string(),
        is_voting: it.is_voting,
        is_chairman: is_chairman(it),
    });
    seats.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(name: &str, is_voting: bool, is_chairman: bool) -> BoardSeatInput {
        BoardSeatInput {
            username: name.to_owned(),
            is_voting,
            is_chairman,
        }
    }

    #[test]
    fn a_board_is_refused_before_anybody_signs_for_it() {
        let council = [
            seat("mirodaluvaxe", true, true),
            seat("kepozanuriso", true, false),
            seat("basulotimegi", true, false),
            seat("donavirepuka", false, false),
        ];
        let seats = read("data.seats", board::COUNCIL, &council).unwrap();
        assert!(is_chairman(&seats[0]) && !seats[3].is_voting);
        let refused = |kind, seats: &[BoardSeatInput]| read("data.seats", kind, seats).is_err();
        let change = |place: usize, seat| {
            let mut seats = council.to_vec();
            seats[place] = seat;
            refused(board::COUNCIL, &seats)
        };
        assert!(refused(board::COUNCIL, &[]), "nobody");
        assert!(refused(board::COUNCIL, &council[1..]), "no chairman");
        assert!(refused(board::COUNCIL, &council[..2]), "two");
        assert!(
            change(0, seat("mirodaluvaxe", false, true)),
            "a silent chairman"
        );
        assert!(change(1, seat("kepozanuriso", true, true)), "two chairmen");
        assert!(change(1, seat("mirodaluvaxe", true, false)), "two seats");
        assert!(change(1, seat("", true, false)), "no account");
        let many = |count: u32| {
            let letter = |it: u32| char::from(b'a' + u8::try_from(it).unwrap());
            let name = |it: u32| format!("member{}{}", letter(it / 26), letter(it % 26));
            (0..count)
                .map(|it| seat(&name(it), true, false))
                .collect::<Vec<_>>()
        };
        assert!(!refused(board::AUDIT, &many(64)));
        assert!(refused(board::AUDIT, &many(65)));
        let two = [seat("a", false, true), seat("b", false, true)];
        assert!(refused(board::OTHER, &two), "two chairmen");
        assert!(
            !refused(board::OTHER, &two[..1]),
            "a silent chairman of another board"
        );
        assert_eq!(kind("data.board", "audit").unwrap(), board::AUDIT);
        assert!(kind("data.board", "court").is_err());
    }
}
