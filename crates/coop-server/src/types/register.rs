//! Who registers, and with what.

use super::account::AccountType;
use super::signed::SignedDocumentInput;
use async_graphql::InputObject;

/// A new account.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RegisterAccountInput {
    pub(crate) email: String,
    pub(crate) entrepreneur_data: Option<CreateEntrepreneurDataInput>,
    pub(crate) individual_data: Option<CreateIndividualDataInput>,
    pub(crate) organization_data: Option<CreateOrganizationDataInput>,
    /// The key that the account signs with.
    pub(crate) public_key: Option<String>,
    pub(crate) referer: Option<String>,
    #[graphql(name = "type")]
    pub(crate) kind: AccountType,
    /// The account: 12 letters.
    pub(crate) username: String,
}

/// A natural person.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CreateIndividualDataInput {
    pub(crate) birthdate: String,
    pub(crate) email: Option<String>,
    pub(crate) first_name: String,
    pub(crate) full_address: String,
    pub(crate) last_name: String,
    pub(crate) middle_name: Option<String>,
    /// To be left out: passports are not kept.
    pub(crate) passport: Option<PassportInput>,
    pub(crate) phone: String,
}

/// A passport.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct PassportInput {
    pub(crate) code: String,
    pub(crate) issued_at: String,
    pub(crate) issued_by: String,
    pub(crate) number: i32,
    pub(crate) series: i32,
}

/// A natural person in business.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CreateEntrepreneurDataInput {
    pub(crate) bank_account: BankAccountInput,
    pub(crate) birthdate: String,
    pub(crate) city: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) details: EntrepreneurDetailsInput,
    pub(crate) email: Option<String>,
    pub(crate) first_name: String,
    pub(crate) full_address: String,
    pub(crate) last_name: String,
    pub(crate) middle_name: Option<String>,
    pub(crate) phone: String,
}

/// The numbers of an entrepreneur.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct EntrepreneurDetailsInput {
    pub(crate) inn: String,
    /// The ОГРНИП.
    pub(crate) ogrn: String,
}

/// A legal person.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CreateOrganizationDataInput {
    pub(crate) bank_account: BankAccountInput,
    pub(crate) city: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) details: OrganizationDetailsInput,
    pub(crate) email: Option<String>,
    pub(crate) fact_address: Option<String>,
    pub(crate) full_address: String,
    pub(crate) full_name: String,
    pub(crate) phone: String,
    pub(crate) represented_by: RepresentedByInput,
    pub(crate) short_name: String,
    /// Not kept: the form of an organization is part of its name.
    #[graphql(name = "type")]
    pub(crate) form: Option<String>,
}

/// The numbers of an organization.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct OrganizationDetailsInput {
    pub(crate) inn: String,
    pub(crate) kpp: Option<String>,
    pub(crate) ogrn: String,
}

/// Who acts for an organization.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RepresentedByInput {
    pub(crate) based_on: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) middle_name: Option<String>,
    pub(crate) position: String,
}

/// A bank account.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct BankAccountInput {
    pub(crate) account_number: String,
    pub(crate) bank_name: String,
    pub(crate) card_number: Option<String>,
    pub(crate) currency: Option<String>,
    pub(crate) details: BankAccountDetailsInput,
}

/// The numbers of a bank.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct BankAccountDetailsInput {
    pub(crate) bik: String,
    pub(crate) corr: Option<String>,
    pub(crate) kpp: Option<String>,
}

/// A signed application with the four agreements.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RegisterParticipantInput {
    pub(crate) privacy_agreement: SignedDocumentInput,
    pub(crate) signature_agreement: SignedDocumentInput,
    pub(crate) statement: SignedDocumentInput,
    pub(crate) user_agreement: SignedDocumentInput,
    pub(crate) username: String,
    pub(crate) wallet_agreement: SignedDocumentInput,
    /// Empty: there are no branches.
    pub(crate) braname: Option<String>,
}
