//! Who registers, and with what.

use super::account::AccountType;
use super::signed::SignedDocumentInput;
use async_graphql::InputObject;

/// A new account.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RegisterAccountInput {
    /// The e-mail address.
    pub(crate) email: String,
    /// The data of an entrepreneur, where it is one.
    pub(crate) entrepreneur_data: Option<CreateEntrepreneurDataInput>,
    /// The data of a natural person, where it is one.
    pub(crate) individual_data: Option<CreateIndividualDataInput>,
    /// The data of an organization, where it is one.
    pub(crate) organization_data: Option<CreateOrganizationDataInput>,
    /// The key that the account signs with.
    pub(crate) public_key: Option<String>,
    /// The account that invited this one; empty where there is none.
    pub(crate) referer: Option<String>,
    /// Who the account is of.
    #[graphql(name = "type")]
    pub(crate) kind: AccountType,
    /// The account: 12 letters.
    pub(crate) username: String,
}

/// A natural person.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CreateIndividualDataInput {
    /// The date of birth, such as `1988-04-12`.
    pub(crate) birthdate: String,
    /// Not used: the address of the account counts.
    pub(crate) email: Option<String>,
    /// The first name.
    pub(crate) first_name: String,
    /// The address in one text.
    pub(crate) full_address: String,
    /// The family name.
    pub(crate) last_name: String,
    /// The patronymic or middle name.
    pub(crate) middle_name: Option<String>,
    /// To be left out: passports are not kept.
    pub(crate) passport: Option<PassportInput>,
    /// The telephone number.
    pub(crate) phone: String,
}

/// A passport.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct PassportInput {
    /// The code of the authority.
    pub(crate) code: String,
    /// When it was issued.
    pub(crate) issued_at: String,
    /// Who issued it.
    pub(crate) issued_by: String,
    /// The number.
    pub(crate) number: i32,
    /// The series.
    pub(crate) series: i32,
}

/// A natural person in business.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CreateEntrepreneurDataInput {
    /// The account at a bank.
    pub(crate) bank_account: BankAccountInput,
    /// The date of birth, such as `1988-04-12`.
    pub(crate) birthdate: String,
    /// The city.
    pub(crate) city: Option<String>,
    /// The country.
    pub(crate) country: Option<String>,
    /// The numbers of the entrepreneur.
    pub(crate) details: EntrepreneurDetailsInput,
    /// Not used: the address of the account counts.
    pub(crate) email: Option<String>,
    /// The first name.
    pub(crate) first_name: String,
    /// The address in one text.
    pub(crate) full_address: String,
    /// The family name.
    pub(crate) last_name: String,
    /// The patronymic or middle name.
    pub(crate) middle_name: Option<String>,
    /// The telephone number.
    pub(crate) phone: String,
}

/// The numbers of an entrepreneur.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct EntrepreneurDetailsInput {
    /// The ИНН, the number of a taxpayer.
    pub(crate) inn: String,
    /// The ОГРНИП, the number in the register of entrepreneurs.
    pub(crate) ogrn: String,
}

/// A legal person.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CreateOrganizationDataInput {
    /// The account at a bank.
    pub(crate) bank_account: BankAccountInput,
    /// The city.
    pub(crate) city: Option<String>,
    /// The country.
    pub(crate) country: Option<String>,
    /// The numbers of the organization.
    pub(crate) details: OrganizationDetailsInput,
    /// Not used: the address of the account counts.
    pub(crate) email: Option<String>,
    /// Where it is, apart from its seat.
    pub(crate) fact_address: Option<String>,
    /// The address in one text.
    pub(crate) full_address: String,
    /// The full name.
    pub(crate) full_name: String,
    /// The telephone number.
    pub(crate) phone: String,
    /// Who acts for it.
    pub(crate) represented_by: RepresentedByInput,
    /// The short name.
    pub(crate) short_name: String,
    /// Not kept: the form of an organization is part of its name.
    #[graphql(name = "type")]
    pub(crate) form: Option<String>,
}

/// The numbers of an organization.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct OrganizationDetailsInput {
    /// The ИНН, the number of a taxpayer.
    pub(crate) inn: String,
    /// The КПП, a code of the tax office.
    pub(crate) kpp: Option<String>,
    /// The ОГРН, the number in the state register.
    pub(crate) ogrn: String,
}

/// Who acts for an organization.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RepresentedByInput {
    /// What the right to act is based on, such as the statutes.
    pub(crate) based_on: String,
    /// The first name.
    pub(crate) first_name: String,
    /// The family name.
    pub(crate) last_name: String,
    /// The patronymic or middle name.
    pub(crate) middle_name: Option<String>,
    /// The position.
    pub(crate) position: String,
}

/// A bank account.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct BankAccountInput {
    /// The number of the account.
    pub(crate) account_number: String,
    /// The name of the bank.
    pub(crate) bank_name: String,
    /// Not kept.
    pub(crate) card_number: Option<String>,
    /// Not kept: the currency is that of the cooperative.
    pub(crate) currency: Option<String>,
    /// The numbers of the bank.
    pub(crate) details: BankAccountDetailsInput,
}

/// The numbers of a bank.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct BankAccountDetailsInput {
    /// The БИК of the bank.
    pub(crate) bik: String,
    /// The correspondent account of the bank.
    pub(crate) corr: Option<String>,
    /// The КПП, a code of the tax office.
    pub(crate) kpp: Option<String>,
}

/// Whose account on the chain is made.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CreateAccountInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// Who has registered here.
    pub(crate) username: String,
}

/// A signed application with the four agreements.
#[allow(
    dead_code,
    reason = "used by the operations that make documents and send votes"
)]
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RegisterParticipantInput {
    /// The signed agreement on personal data.
    pub(crate) privacy_agreement: SignedDocumentInput,
    /// The signed agreement on electronic signatures.
    pub(crate) signature_agreement: SignedDocumentInput,
    /// The signed application.
    pub(crate) statement: SignedDocumentInput,
    /// The signed agreement on the statutes.
    pub(crate) user_agreement: SignedDocumentInput,
    /// Who joins.
    pub(crate) username: String,
    /// The signed agreement on the wallet.
    pub(crate) wallet_agreement: SignedDocumentInput,
    /// Empty: there are no branches.
    pub(crate) braname: Option<String>,
}
