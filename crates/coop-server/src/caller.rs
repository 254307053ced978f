//! Who sends a request.

use crate::api::Api;
use crate::error::ApiError;
use crate::fields;
use crate::late::notice;
use crate::policy::Operation;
use crate::role::{Role, Roles};
use crate::store;
use antelope_types::Name;
use async_graphql::{Context, Guard};
use coop_index::IndexReader;
use coop_language::{Lang, Words};
use std::fmt;
use std::net::IpAddr;

/// Who sends a request, and what they are to the cooperative at this moment.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// The language of what people read.
    #[allow(dead_code, reason = "read by the operations that make documents")]
    pub(crate) lang: Lang,
    /// Where the request comes from.
    pub(crate) address: IpAddr,
    pub(crate) login: Login,
    /// By which token: a subscription ends with it.
    pub(crate) token: Option<Secret>,
}

/// A text that is in no log.
#[derive(Clone)]
pub(crate) struct Secret(pub(crate) String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Whether somebody has logged in.
#[derive(Clone, Debug)]
pub(crate) enum Login {
    /// There is no token.
    None,
    /// There is a token, and it is not good.
    Refused,
    /// Somebody has.
    Account(Standing),
}

/// What an account is to the cooperative at this moment.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) username: Name,
    pub(crate) roles: Roles,
    /// What staff may do: contracts with their actions.
    pub(crate) rights: Vec<(Name, Name)>,
    /// Whether it is the cooperative itself, which may do all that staff may.
    pub(crate) is_cooperative: bool,
    /// What people are to be told where the registry, which the roles are from, does not know the newest blocks.
    pub(crate) notice: Option<Words>,
}

impl Api {
    /// What an account is to the cooperative now; of a thread that may wait.
    ///
    /// # Errors
    /// Those of the index.
    pub(crate) fn standing(&self, username: Name) -> Result<Standing, ApiError> {
        self.index(|reader| Standing::read(self, reader, username))
    }

    /// Who sends a request with this token.
    ///
    /// # Errors
    /// Those of the databases.
    pub(crate) async fn caller(
        &self,
        token: Option<String>,
        lang: Lang,
        address: IpAddr,
    ) -> Result<Caller, ApiError> {
        let secret = token.clone().map(Secret);
        let login = match token {
            None => Login::None,
            Some(token) => {
                let found = self.work(move |api| {
                    let username = api.store().of_access(&token, store::now())?;
                    username.map(|it| api.standing(it)).transpose()
                });
                found.await?.map_or(Login::Refused, Login::Account)
            }
        };
        Ok(Caller {
            lang,
            address,
            login,
            token: secret,
        })
    }
}

impl Caller {
    /// The roles; those of nobody where nobody has logged in.
    pub(crate) fn roles(&self) -> Roles {
        match &self.login {
            Login::Account(standing) => standing.roles,
            Login::None | Login::Refused => Roles::of(&[Role::Anonymous]),
        }
    }

    /// Who has logged in.
    ///
    /// # Errors
    /// [`ApiError::Unauthenticated`], [`ApiError::TokenRefused`].
    pub(crate) fn standing(&self) -> Result<&Standing, ApiError> {
        match &self.login {
            Login::Account(standing) => Ok(standing),
            Login::None => Err(ApiError::Unauthenticated),
            Login::Refused => Err(ApiError::TokenRefused),
        }
    }

    /// The account of who has logged in.
    ///
    /// # Errors
    /// As [`standing`](Self::standing).
    pub(crate) fn username(&self) -> Result<Name, ApiError> {
        Ok(self.standing()?.username)
    }

    /// That the caller may do it, at least about themselves.
    ///
    /// # Errors
    /// As [`standing`](Self::standing); [`ApiError::Forbidden`].
    pub(crate) fn may(&self, operation: Operation) -> Result<(), ApiError> {
        let rule = operation.rule();
        if rule.allows(self.roles()) {
            return Ok(());
        }
        Err(self.standing()?.refused(operation))
    }

    /// That the caller may do it about this person.
    ///
    /// # Errors
    /// As [`may`](Self::may).
    pub(crate) fn may_about(&self, operation: Operation, person: Name) -> Result<(), ApiError> {
        let rule = operation.rule();
        if rule.any.meets(self.roles()) {
            return Ok(());
        }
        self.may(operation)?;
        let standing = self.standing()?;
        match standing.username == person {
            true => Ok(()),
            false => Err(standing.refused(operation)),
        }
    }

    /// The person that a list has to be about: the one that is asked for, or where the caller may do it only about
    /// themselves, the caller.
    ///
    /// # Errors
    /// As [`may_about`](Self::may_about).
    pub(crate) fn only(
        &self,
        operation: Operation,
        asked: Option<Name>,
    ) -> Result<Option<Name>, ApiError> {
        let person = match operation.rule().any.meets(self.roles()) {
            true => return Ok(asked),
            false => asked.unwrap_or(self.username()?),
        };
        self.may_about(operation, person)?;
        Ok(Some(person))
    }

    /// That the caller may send an action of a contract as staff.
    ///
    /// # Errors
    /// As [`standing`](Self::standing); [`ApiError::Forbidden`].
    pub(crate) fn has_right(
        &self,
        operation: Operation,
        contract: Name,
        action: Name,
    ) -> Result<(), ApiError> {
        let standing = self.standing()?;
        match standing.is_cooperative || standing.rights.contains(&(contract, action)) {
            true => Ok(()),
            false => Err(standing.refused(operation)),
        }
    }
}

impl Standing {
    /// Why the operation is refused: somebody who joined, or was elected, in a block that the registry does not have
    /// yet is told so.
    pub(crate) fn refused(&self, operation: Operation) -> ApiError {
        match &self.notice {
            Some(notice) => ApiError::Behind {
                notice: notice.clone(),
            },
            None => ApiError::Forbidden {
                operation: operation.name(),
            },
        }
    }

    /// What an account is to the cooperative, by the index.
    ///
    /// # Errors
    /// Those of the index.
    pub(crate) fn read(
        api: &Api,
        reader: &mut IndexReader,
        username: Name,
    ) -> Result<Self, ApiError> {
        let coopname = api.coopname();
        let mut roles = Roles::default();
        let seats = reader.seats(coopname)?;
        let sitting = seats.iter().filter(|it| it.left_at.is_none());
        let board = sitting.clone().map(|it| it.board).max();
        let sitting = sitting.filter(|it| Some(it.board) == board);
        if let Some(seat) = sitting.clone().find(|it| it.username == username) {
            roles = roles.with(Role::CouncilMember);
            if seat.is_chairman {
                roles = roles.with(Role::Chairman);
            }
        }
        let participant = reader.participant(coopname, username)?;
        let is_participant = participant.is_some_and(|it| {
            let gone = ["left", "blocked"];
            !gone.contains(&it.status.to_string().as_str())
        });
        roles = roles.with(match is_participant {
            true => Role::Participant,
            false => Role::Candidate,
        });
        let staff = reader.staff(coopname)?;
        let staff = staff
            .into_iter()
            .find(|it| it.username == username && it.left_at.is_none() && Some(it.board) == board);
        let rights = staff.as_ref().map(|it| rights(&it.rights));
        let rights = rights.unwrap_or_default();
        let is_cooperative = username == coopname;
        if is_cooperative || !rights.is_empty() {
            roles = roles.with(Role::Clerk);
        }
        let is_operator =
            username == api.contracts().registrator || api.settings().operators.contains(&username);
        if is_operator {
            roles = roles.with(Role::Operator);
        }
        Ok(Self {
            username,
            roles,
            rights,
            is_cooperative,
            notice: notice(reader.status()?.head_time, api.settings().late),
        })
    }
}

/// The rights of staff, as the ABI of the contract gives them.
fn rights(value: &serde_json::Value) -> Vec<(Name, Name)> {
    let name = |value: &serde_json::Value| value.as_str()?.parse().ok();
    let rights = value.as_array().into_iter().flatten();
    let rights = rights.filter_map(|it| Some((name(&it["contract"])?, name(&it["action"])?)));
    rights.collect()
}

/// The guard of a field: who may not do the operation is refused before anything is read.
pub(crate) struct May(pub(crate) Operation);

impl Guard for May {
    async fn check(&self, context: &Context<'_>) -> async_graphql::Result<()> {
        Ok(caller(context)?.may(self.0)?)
    }
}

/// Who sends this request.
///
/// # Errors
/// [`ApiError::Internal`], which a request without a caller would be.
pub(crate) fn caller<'a>(context: &Context<'a>) -> Result<&'a Caller, ApiError> {
    let found = context.data_opt::<Caller>();
    found.ok_or_else(|| ApiError::internal(&"a request without a caller"))
}

/// Who acts, as an input names them: for this cooperative, and where nobody may do it for another, the caller.
///
/// # Errors
/// [`ApiError::Field`]; as [`Caller::may_about`].
pub(crate) fn acting<'a>(
    context: &Context<'a>,
    operation: Operation,
    coopname: &str,
    username: &str,
) -> Result<(&'a Api, Name), ApiError> {
    let (api, caller) = (api(context)?, caller(context)?);
    fields::cooperative("data.coopname", coopname, api.coopname())?;
    let who = fields::account("data.username", username)?;
    caller.may_about(operation, who)?;
    Ok((api, who))
}

/// The state of the server.
///
/// # Errors
/// [`ApiError::Internal`], which a schema without a state would be.
pub(crate) fn api<'a>(context: &Context<'a>) -> Result<&'a Api, ApiError> {
    let found = context.data_opt::<Api>();
    found.ok_or_else(|| ApiError::internal(&"a schema without a state"))
}
