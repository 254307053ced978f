//! What can stand for the actions of a transaction, and for the permissions of an action.
//!
//! Functions that send a transaction or propose one take `impl IntoActions`, so that one action, several
//! of different types, and a list made at run time are given in the same way.

use crate::{Action, Name, PermissionLevel};
use alloc::vec::Vec;

/// What can be the actions of one transaction: actions, typed calls of the SDK's clients, and lists
/// and tuples of them.
/// Tuples have up to six members; the actions are in the order in which they are written.
///
/// ```
/// use antelope_types::{Action, IntoActions, PermissionLevel, name};
///
/// let alice = PermissionLevel::active(name!("alice"));
/// let greet = Action::new(name!("hello"), name!("greet"), &[alice], &name!("bob"));
/// assert_eq!(greet.clone().into_actions().len(), 1);
/// assert_eq!((&greet, vec![greet.clone()]).into_actions().len(), 2);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an action",
    note = "actions are `Action`, calls such as `Token::at(account).signed_by(level).transfer(…)`, \
            and arrays, vectors, slices and tuples of them"
)]
pub trait IntoActions {
    /// The actions, in their order.
    fn into_actions(self) -> Vec<Action>;
}

impl IntoActions for Action {
    fn into_actions(self) -> Vec<Action> {
        alloc::vec![self]
    }
}

/// Clones the action.
impl IntoActions for &Action {
    fn into_actions(self) -> Vec<Action> {
        alloc::vec![self.clone()]
    }
}

/// Clones the actions.
impl IntoActions for &[Action] {
    fn into_actions(self) -> Vec<Action> {
        self.into()
    }
}

impl<const N: usize> IntoActions for &[Action; N] {
    fn into_actions(self) -> Vec<Action> {
        self.into()
    }
}

impl IntoActions for &Vec<Action> {
    fn into_actions(self) -> Vec<Action> {
        self.clone()
    }
}

impl<T: IntoActions> IntoActions for Vec<T> {
    fn into_actions(self) -> Vec<Action> {
        self.into_iter().flat_map(T::into_actions).collect()
    }
}

impl<T: IntoActions, const N: usize> IntoActions for [T; N] {
    fn into_actions(self) -> Vec<Action> {
        self.into_iter().flat_map(T::into_actions).collect()
    }
}

macro_rules! tuples {
    ($(($($ty:ident $value:ident),+);)+) => {$(
        impl<$($ty: IntoActions),+> IntoActions for ($($ty,)+) {
            fn into_actions(self) -> Vec<Action> {
                let ($($value,)+) = self;
                let mut actions = Vec::new();
                $(actions.extend($value.into_actions());)+
                actions
            }
        }
    )+};
}

tuples! {
    (A a);
    (A a, B b);
    (A a, B b, C c);
    (A a, B b, C c, D d);
    (A a, B b, C c, D d, E e);
    (A a, B b, C c, D d, E e, F f);
}

/// What can be the permissions that an action is made under: an account stands for its `active`.
/// To mix accounts and permissions in one list, write all of them as [`PermissionLevel`]s.
///
/// ```
/// use antelope_types::{IntoAuthorization, PermissionLevel, name};
///
/// let active = PermissionLevel::active(name!("alice"));
/// assert_eq!(name!("alice").into_authorization(), [active]);
/// let owner = PermissionLevel::owner(name!("bob"));
/// assert_eq!([active, owner].into_authorization(), [active, owner]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a permission",
    note = "permissions are `Name`, which means its `active`, `PermissionLevel`, and arrays, \
            vectors and slices of them"
)]
pub trait IntoAuthorization {
    /// The permissions, in their order.
    fn into_authorization(self) -> Vec<PermissionLevel>;
}

/// `active` of the account.
impl IntoAuthorization for Name {
    fn into_authorization(self) -> Vec<PermissionLevel> {
        alloc::vec![PermissionLevel::active(self)]
    }
}

impl IntoAuthorization for PermissionLevel {
    fn into_authorization(self) -> Vec<PermissionLevel> {
        alloc::vec![self]
    }
}

impl<T: IntoAuthorization + Clone> IntoAuthorization for &[T] {
    fn into_authorization(self) -> Vec<PermissionLevel> {
        self.iter()
            .cloned()
            .flat_map(T::into_authorization)
            .collect()
    }
}

impl<T: IntoAuthorization + Clone> IntoAuthorization for &Vec<T> {
    fn into_authorization(self) -> Vec<PermissionLevel> {
        self.as_slice().into_authorization()
    }
}

impl<T: IntoAuthorization> IntoAuthorization for Vec<T> {
    fn into_authorization(self) -> Vec<PermissionLevel> {
        self.into_iter().flat_map(T::into_authorization).collect()
    }
}

impl<T: IntoAuthorization, const N: usize> IntoAuthorization for [T; N] {
    fn into_authorization(self) -> Vec<PermissionLevel> {
        self.into_iter().flat_map(T::into_authorization).collect()
    }
}
