//! People and organizations. Holds personal data: whoever is shown it is written down.

use async_graphql::{SimpleObject, Union};

/// Who an account belongs to.
#[derive(Clone, Debug, Union)]
#[graphql(name = "PrivateAccount")]
pub(crate) enum PrivateAccount {
    Individual(IndividualData),
    Entrepreneur(EntrepreneurData),
    Organization(OrganizationData),
}

/// A natural person.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Individual", rename_fields = "snake_case")]
pub(crate) struct IndividualData {
    /// The date of birth, such as `1988-04-12`.
    pub(crate) birthdate: String,
    /// The e-mail address.
    pub(crate) email: String,
    /// The first name.
    pub(crate) first_name: String,
    /// The address in one text.
    pub(crate) full_address: String,
    /// The family name.
    pub(crate) last_name: String,
    /// The patronymic or middle name.
    pub(crate) middle_name: Option<String>,
    /// Always null: passports are not kept.
    pub(crate) passport: Option<PassportData>,
    /// The telephone number.
    pub(crate) phone: String,
    /// The account.
    pub(crate) username: String,
}

/// A passport.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Passport", rename_fields = "snake_case")]
pub(crate) struct PassportData {
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
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Entrepreneur", rename_fields = "snake_case")]
pub(crate) struct EntrepreneurData {
    /// The date of birth, such as `1988-04-12`.
    pub(crate) birthdate: String,
    /// Null where the profile has one text for the address.
    pub(crate) city: Option<String>,
    /// Null where the profile has one text for the address.
    pub(crate) country: Option<String>,
    /// The numbers of the entrepreneur.
    pub(crate) details: EntrepreneurDetails,
    /// The e-mail address.
    pub(crate) email: String,
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
    /// The account.
    pub(crate) username: String,
}

/// The numbers of an entrepreneur.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct EntrepreneurDetails {
    /// The ИНН, the number of a taxpayer.
    pub(crate) inn: String,
    /// The ОГРНИП, the number in the register of entrepreneurs.
    pub(crate) ogrn: String,
}

/// A legal person.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Organization", rename_fields = "snake_case")]
pub(crate) struct OrganizationData {
    /// Null where the profile has one text for the address.
    pub(crate) city: Option<String>,
    /// Null where the profile has one text for the address.
    pub(crate) country: Option<String>,
    /// The numbers of the organization.
    pub(crate) details: OrganizationDetails,
    /// The e-mail address.
    pub(crate) email: String,
    /// Null: only the seat is kept.
    pub(crate) fact_address: Option<String>,
    /// The address in one text.
    pub(crate) full_address: String,
    /// The full name.
    pub(crate) full_name: String,
    /// The telephone number.
    pub(crate) phone: String,
    /// Who acts for it.
    pub(crate) represented_by: Representative,
    /// The short name.
    pub(crate) short_name: String,
    /// Null: the form of an organization is part of its name.
    #[graphql(name = "type")]
    pub(crate) form: Option<String>,
    /// The account.
    pub(crate) username: String,
}

/// The numbers of an organization.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct OrganizationDetails {
    /// The ИНН, the number of a taxpayer.
    pub(crate) inn: String,
    /// The КПП, a code of the tax office.
    pub(crate) kpp: Option<String>,
    /// The ОГРН, the number in the state register.
    pub(crate) ogrn: String,
}

/// Who acts for an organization.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "RepresentedBy", rename_fields = "snake_case")]
pub(crate) struct Representative {
    /// What the right to act is based on, such as the statutes.
    pub(crate) based_on: String,
    /// Null where the profile has the name in one text with the position.
    pub(crate) first_name: Option<String>,
    /// Null where the profile has the name in one text with the position.
    pub(crate) last_name: Option<String>,
    /// The patronymic or middle name.
    pub(crate) middle_name: Option<String>,
    /// The position, with the name where the profile has both in one text.
    pub(crate) position: String,
}
