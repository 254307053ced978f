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
    pub(crate) birthdate: String,
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) full_address: String,
    pub(crate) last_name: String,
    pub(crate) middle_name: Option<String>,
    /// Always null: passports are not kept.
    pub(crate) passport: Option<PassportData>,
    pub(crate) phone: String,
    pub(crate) username: String,
}

/// A passport.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Passport", rename_fields = "snake_case")]
pub(crate) struct PassportData {
    pub(crate) code: String,
    pub(crate) issued_at: String,
    pub(crate) issued_by: String,
    pub(crate) number: i32,
    pub(crate) series: i32,
}

/// A natural person in business.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Entrepreneur", rename_fields = "snake_case")]
pub(crate) struct EntrepreneurData {
    pub(crate) birthdate: String,
    /// Null: addresses are kept as one text.
    pub(crate) city: Option<String>,
    /// Null: addresses are kept as one text.
    pub(crate) country: Option<String>,
    pub(crate) details: EntrepreneurDetails,
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) full_address: String,
    pub(crate) last_name: String,
    pub(crate) middle_name: Option<String>,
    pub(crate) phone: String,
    pub(crate) username: String,
}

/// The numbers of an entrepreneur.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct EntrepreneurDetails {
    pub(crate) inn: String,
    /// The ОГРНИП.
    pub(crate) ogrn: String,
}

/// A legal person.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Organization", rename_fields = "snake_case")]
pub(crate) struct OrganizationData {
    /// Null: addresses are kept as one text.
    pub(crate) city: Option<String>,
    /// Null: addresses are kept as one text.
    pub(crate) country: Option<String>,
    pub(crate) details: OrganizationDetails,
    pub(crate) email: String,
    /// Null: only the seat is kept.
    pub(crate) fact_address: Option<String>,
    pub(crate) full_address: String,
    pub(crate) full_name: String,
    pub(crate) phone: String,
    pub(crate) represented_by: Representative,
    pub(crate) short_name: String,
    /// Null: the form of an organization is part of its name.
    #[graphql(name = "type")]
    pub(crate) form: Option<String>,
    pub(crate) username: String,
}

/// The numbers of an organization.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct OrganizationDetails {
    pub(crate) inn: String,
    pub(crate) kpp: Option<String>,
    pub(crate) ogrn: String,
}

/// Who acts for an organization.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "RepresentedBy", rename_fields = "snake_case")]
pub(crate) struct Representative {
    pub(crate) based_on: String,
    /// Null where the name is kept in one text with the position.
    pub(crate) first_name: Option<String>,
    /// Null where the name is kept in one text with the position.
    pub(crate) last_name: Option<String>,
    pub(crate) middle_name: Option<String>,
    /// The position, with the name where that is kept in one text.
    pub(crate) position: String,
}
