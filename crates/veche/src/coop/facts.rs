//! What is wrong with a field of a profile or of the file about the cooperative, in the reader's language.

use super::desk::malformed;
use antelope_cli::Failure;
use coop_documents::requisites::RequisiteFault;
use coop_documents::{FieldError, FieldFault};
use coop_language::{Messages, Words};
use std::path::Path;

/// That a file has a field which is not what it should be.
pub(super) fn refused(messages: &Messages, path: &Path, error: &FieldError) -> Box<Failure> {
    expecting(malformed(messages, path, &told(messages, error)), error)
}

/// The failure with the fields that there may be, where there is one that is not known.
pub(super) fn expecting(failure: Box<Failure>, error: &FieldError) -> Box<Failure> {
    match &error.fault {
        FieldFault::UnknownField { known } => failure.expected(known.join(", ")),
        _ => failure,
    }
}

/// What is wrong. The field's value is not repeated.
pub(super) fn told(messages: &Messages, error: &FieldError) -> String {
    let is_whole = error.field.is_empty();
    let words = match &error.fault {
        FieldFault::NoJson { line, column } => Words::of("folder.no_json")
            .with("line", line)
            .with("column", column),
        FieldFault::NoObject if is_whole => Words::of("profile.no_object"),
        FieldFault::NoObject => Words::of("profile.no_bank"),
        FieldFault::TooLarge => Words::of("profile.large"),
        FieldFault::UnknownField { .. } if is_whole => Words::of("profile.unknown"),
        FieldFault::UnknownField { .. } => Words::of("profile.unknown_in"),
        FieldFault::Missing => Words::of("profile.missing"),
        FieldFault::NoText => Words::of("profile.no_text"),
        FieldFault::Empty => Words::of("profile.empty"),
        FieldFault::Long(most) => Words::of("profile.long").with("most", most),
        FieldFault::Invisible => Words::of("profile.invisible"),
        FieldFault::NoDay => Words::of("profile.no_day").with("example", "1988-04-12"),
        FieldFault::NoBirthday => Words::of("profile.no_birthday"),
        FieldFault::NoEmail => Words::of("profile.no_email").with("example", "anna@example.org"),
        FieldFault::NoPhone => Words::of("profile.no_phone"),
        FieldFault::NoKind => Words::of("profile.no_kind"),
        FieldFault::NoZone => Words::of("profile.no_zone"),
        FieldFault::Number(RequisiteFault::Digits(count)) => {
            Words::of("profile.digits").with("count", count)
        }
        FieldFault::Number(RequisiteFault::Kpp) => Words::of("profile.kpp"),
        FieldFault::Number(RequisiteFault::Check) => Words::of("profile.check"),
        FieldFault::Number(RequisiteFault::OfAnotherBank) => Words::of("profile.bank"),
        _ => Words::of("profile.wrong"),
    };
    words
        .with("field", called(messages, &error.field))
        .say(messages)
}

/// What a field is called, in the file and by people: `bank.bik (БИК)`.
fn called(messages: &Messages, field: &str) -> String {
    let called = people_call(field).map(|key| messages.text(key));
    match called.filter(|it| it != field) {
        Some(called) => format!("{field} ({called})"),
        None => field.to_owned(),
    }
}

/// The message with what people call a field.
fn people_call(field: &str) -> Option<&'static str> {
    Some(match field {
        "address" => "field.address",
        "bank" => "field.bank",
        "bank.account" => "field.account",
        "bank.bik" => "field.bik",
        "bank.corr_account" => "field.corr_account",
        "bank.name" => "field.bank_name",
        "based_on" => "field.based_on",
        "birth_date" => "field.birth_date",
        "email" => "field.email",
        "first_name" => "field.first_name",
        "inn" => "field.inn",
        "kind" => "field.kind",
        "kpp" => "field.kpp",
        "last_name" => "field.last_name",
        "middle_name" => "field.middle_name",
        "name" => "field.name",
        "ogrn" => "field.ogrn",
        "ogrnip" => "field.ogrnip",
        "phone" => "field.phone",
        "represented_by" => "field.represented_by",
        "short_name" => "field.short_name",
        "timezone" => "field.timezone",
        _ => return None,
    })
}
