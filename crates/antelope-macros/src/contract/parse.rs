//! Reads the options and the module of a `#[contract]`: its actions, notifications and tables.
//!
//! ```text
//! #[contract(
//!     strict,                         // bytes after the arguments fail an action
//!     implements(model::Shop),        // the #[client] trait whose actions these are
//!     tables(Order, shared Config),   // rows declared outside of the module; `shared`: in another crate
//!     errors(ShopError),              // enums with #[error_codes] that it raises
//!     parameters(TEXTS),              // values for %name% in ricardian texts
//! )]
//! mod shop {
//!     #[table("stock")]               // rows in the module are its tables without being listed
//!     struct Stock { … }
//!
//!     #[action]                       // options: name = "…", read_only, ricardian = "file"
//!     fn buy(cx: &Context, who: Name) { … }
//!
//!     #[on_notify("eosio.token::transfer")]
//!     fn paid(from: Name, to: Name) { … }
//!
//!     #[on_notify(any_contract, "transfer")]
//!     fn noticed(code: Name, from: Name) { … }
//!
//!     fn helper() { … }               // not marked: stays as it is
//! }
//! ```
//!
//! The marks `#[action]` and `#[on_notify]` are not attributes of their own: they mean something
//! only in here, and are removed. The first argument may be `&Context` and is not an argument on
//! the wire.

use super::{assignments, interface::Interface};
use crate::names::ChainName;
use crate::signature::{self, Action, Argument};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Error, Ident, Item, ItemFn, LitStr, Path, Result, Token, Type, parenthesized,
};

/// The options in the brackets of `#[contract(…)]`.
#[derive(Default)]
pub(super) struct Options {
    /// Whether bytes after the arguments fail an action.
    strict: bool,
    /// The trait that the contract implements.
    interface: Option<Interface>,
    /// The tables listed.
    tables: Vec<Table>,
    /// The enums of errors listed.
    errors: Vec<Path>,
    /// The values for ricardian texts.
    parameters: Option<Path>,
}

/// A table of the contract.
pub(super) struct Table {
    /// Whether its row is a type of another crate, declared with `#[table("…", shared)]`.
    pub(super) shared: bool,
    /// The type of its rows.
    pub(super) row: Path,
    /// The conditions of compilation of a row in the module.
    pub(super) cfgs: Vec<Attribute>,
}

impl Parse for Table {
    /// `Row` or `shared path::to::Row`.
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let shared = input.peek(Ident) && input.peek2(Ident);
        if shared {
            let word: Ident = input.parse()?;
            if word != "shared" {
                return Err(Error::new(
                    word.span(),
                    "expected a row type or `shared` before it",
                ));
            }
        }
        Ok(Self {
            shared,
            row: input.parse()?,
            cfgs: Vec::new(),
        })
    }
}

impl Parse for Options {
    /// Options separated by commas, in any order; a comma at the end is allowed.
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut options = Self::default();
        while !input.is_empty() {
            let option: Ident = input.parse()?;
            options.option(&option, input)?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

impl Options {
    /// Reads what follows the name of an option.
    ///
    /// # Errors
    /// For an unknown option, one that is given twice, and a table that is listed twice.
    fn option(&mut self, option: &Ident, input: ParseStream<'_>) -> Result<()> {
        let name = option.to_string();
        if name == "strict" {
            self.strict = true;
            return Ok(());
        }
        if !["implements", "tables", "errors", "parameters"].contains(&name.as_str()) {
            return Err(Error::new(
                option.span(),
                format!(
                    "unknown option `{name}`, expected strict, implements(…), tables(…), errors(…) or parameters(…)"
                ),
            ));
        }
        let list;
        parenthesized!(list in input);
        match name.as_str() {
            "implements" => {
                let interface = single(option, &list, self.interface.is_some())?;
                self.interface = Some(Interface(interface));
            }
            "parameters" => {
                self.parameters = Some(single(option, &list, self.parameters.is_some())?);
            }
            "tables" => {
                let tables = Punctuated::<Table, Token![,]>::parse_terminated(&list)?;
                for table in tables {
                    let text = |path: &Path| path.to_token_stream().to_string();
                    if self
                        .tables
                        .iter()
                        .any(|other| text(&other.row) == text(&table.row))
                    {
                        return Err(Error::new_spanned(&table.row, "this table is listed twice"));
                    }
                    self.tables.push(table);
                }
            }
            _ => {
                let errors = Punctuated::<Path, Token![,]>::parse_terminated(&list)?;
                self.errors.extend(errors);
            }
        }
        Ok(())
    }
}

/// The one path in the brackets of an option. `taken` says that the option was given before.
fn single(option: &Ident, list: ParseStream<'_>, taken: bool) -> Result<Path> {
    let path = list.parse()?;
    if taken || !list.is_empty() {
        return Err(Error::new(
            option.span(),
            format!("{option}(…) takes exactly one path, and may be given only once"),
        ));
    }
    Ok(path)
}

/// An action of this contract.
pub(super) struct OwnAction {
    /// Its name, arguments and result.
    pub(super) action: Action,
    /// Whether the function takes a context.
    pub(super) context: bool,
    /// Whether it promises to write nothing, which is checked at run time on the host.
    pub(super) read_only: bool,
    /// The file of its ricardian contract, if it is not the usual one.
    pub(super) ricardian: Option<LitStr>,
}

/// A reaction to an action of another contract.
pub(super) struct Notification {
    /// The function to call.
    pub(super) function: Ident,
    /// The contract; `None` for any, which the function then takes as its first argument.
    pub(super) code: Option<ChainName>,
    /// The name of the action.
    pub(super) name: ChainName,
    /// Whether the function takes a context.
    pub(super) context: bool,
    /// The arguments of the action that the function takes, without the contract.
    pub(super) arguments: Vec<Argument>,
    /// The conditions of compilation of the function.
    pub(super) cfgs: Vec<Attribute>,
}

/// Everything in the options and the module that matters to the chain.
pub(super) struct Contract {
    /// Whether bytes after the arguments fail an action.
    pub(super) strict: bool,
    /// The `#[client]` trait whose actions these are.
    pub(super) interface: Option<Interface>,
    /// The actions, in the order of the module.
    pub(super) actions: Vec<OwnAction>,
    /// The notifications, in the order of the module.
    pub(super) notifications: Vec<Notification>,
    /// The tables: those listed, then those in the module.
    pub(super) tables: Vec<Table>,
    /// The enums of errors.
    pub(super) errors: Vec<Path>,
    /// The table of values for ricardian texts.
    pub(super) parameters: Option<Path>,
}

impl Contract {
    /// Adds a table whose row is declared in the module.
    ///
    /// # Errors
    /// If it is listed in the options too.
    fn table(&mut self, row: &syn::ItemStruct) -> Result<()> {
        let listed = |table: &&Table| table.cfgs.is_empty() && table.row.is_ident(&row.ident);
        let cfgs = signature::carried(&row.attrs).1;
        if cfgs.is_empty()
            && let Some(listed) = self.tables.iter().find(listed)
        {
            return Err(Error::new_spanned(
                &listed.row,
                format!(
                    "`{}` is in this module and therefore a table of the contract: leave it out of tables(…)",
                    row.ident
                ),
            ));
        }
        self.tables.push(Table {
            shared: false,
            row: row.ident.clone().into(),
            cfgs,
        });
        Ok(())
    }
}

/// Reads the items of the module, removes the marks, and prepares the bodies of functions.
///
/// | mistake | message |
/// |---|---|
/// | no action and no notification | `a contract needs at least one function with #[action] or #[on_notify]` |
/// | two actions of one name | `two actions are named …` |
/// | both marks on a function | `a function can be only one action or one notification` |
/// | `&Context` not first | `the context must be the first argument` |
/// | a notification with a result | `a notification cannot return a value` |
/// | an unknown option | `unknown option …, expected …` |
/// | a table in the module that is listed too | `… is in this module and therefore a table of the contract` |
///
/// # Errors
/// For functions that cannot be actions, duplicates, and a module with neither actions nor
/// notifications.
pub(super) fn contract(options: Options, items: &mut [Item], module: &Ident) -> Result<Contract> {
    let mut contract = Contract {
        strict: options.strict,
        interface: options.interface,
        actions: Vec::new(),
        notifications: Vec::new(),
        tables: options.tables,
        errors: options.errors,
        parameters: options.parameters,
    };
    for item in items.iter_mut() {
        match item {
            Item::Fn(function) => {
                function_item(function, &mut contract)?;
                assignments::explain(function);
            }
            Item::Struct(row) => {
                let is_table = |it: &Attribute| {
                    it.path()
                        .segments
                        .last()
                        .is_some_and(|last| last.ident == "table")
                };
                if row.attrs.iter().any(is_table) {
                    contract.table(row)?;
                }
            }
            _ => {}
        }
    }
    if contract.actions.is_empty() && contract.notifications.is_empty() {
        return Err(Error::new(
            module.span(),
            "a contract needs at least one function with #[action] or #[on_notify]",
        ));
    }
    Ok(contract)
}

/// Reads one function, and adds it if it is marked.
fn function_item(function: &mut ItemFn, contract: &mut Contract) -> Result<()> {
    let Some(at) = function
        .attrs
        .iter()
        .position(|it| it.path().is_ident("action") || it.path().is_ident("on_notify"))
    else {
        return Ok(());
    };
    let mark = function.attrs.remove(at);
    if let Some(second) = function
        .attrs
        .iter()
        .find(|it| it.path().is_ident("action") || it.path().is_ident("on_notify"))
    {
        return Err(Error::new_spanned(
            second,
            "a function can be only one action or one notification",
        ));
    }
    if mark.path().is_ident("action") {
        let action = action(function, &mark)?;
        let taken = |other: &&OwnAction| {
            other.action.name.raw == action.action.name.raw && other.action.cfgs.is_empty()
        };
        if contract.actions.iter().find(taken).is_some() {
            return Err(Error::new(
                action.action.name.span,
                format!("two actions are named `{}`", action.action.name.text),
            ));
        }
        contract.actions.push(action);
    } else {
        contract.notifications.push(notification(function, &mark)?);
    }
    Ok(())
}

/// Reads an action: the options of its mark, its arguments and its result.
fn action(function: &ItemFn, mark: &Attribute) -> Result<OwnAction> {
    let mut name = None;
    let mut ricardian = None;
    let mut read_only = false;
    if !matches!(mark.meta, syn::Meta::Path(_)) {
        mark.parse_nested_meta(|meta| {
            if meta.path.is_ident("name") {
                name = Some(ChainName::from_literal(&meta.value()?.parse::<LitStr>()?)?);
            } else if meta.path.is_ident("ricardian") {
                ricardian = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("read_only") {
                read_only = true;
            } else {
                return Err(meta.error("unknown option, expected name, read_only or ricardian"));
            }
            Ok(())
        })?;
    }
    let (context, arguments) = arguments(function)?;
    let (docs, cfgs) = signature::carried(&function.attrs);
    Ok(OwnAction {
        action: Action {
            name: match name {
                Some(name) => name,
                None => ChainName::from_ident(&function.sig.ident)?,
            },
            function: function.sig.ident.clone(),
            arguments,
            result: signature::result(&function.sig.output)?,
            docs,
            cfgs,
        },
        context,
        read_only,
        ricardian,
    })
}

/// What a notification is about: `"code::action"`, or `any_contract, "action"`.
struct Source {
    /// The contract; `None` for any.
    code: Option<ChainName>,
    /// The action.
    action: ChainName,
}

impl Parse for Source {
    /// Reads the brackets of `#[on_notify(…)]`.
    ///
    /// The likely mistakes each have a message with the corrected attribute: another separator than
    /// `::`, a forgotten contract, and `*` as the contract, by which contracts in C++ accept
    /// notifications from anybody, and fake tokens with them.
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(Ident) {
            let any: Ident = input.parse()?;
            if any != "any_contract" {
                return Err(Error::new(
                    any.span(),
                    "expected \"contract::action\" or any_contract",
                ));
            }
            input.parse::<Token![,]>()?;
            return Ok(Self {
                code: None,
                action: ChainName::from_literal(&input.parse()?)?,
            });
        }
        let literal: LitStr = input.parse()?;
        let text = literal.value();
        let Some((code, action)) = text.split_once("::") else {
            if let Some((code, action)) = contract_and_action(&text) {
                return Err(Error::new(
                    literal.span(),
                    format!(
                        "contract and action are separated by `::`: #[on_notify(\"{code}::{action}\")]"
                    ),
                ));
            }
            return Err(Error::new(
                literal.span(),
                format!(
                    "name the contract too: #[on_notify(\"eosio.token::{text}\")], or #[on_notify(any_contract, \"{text}\")] with the contract as the first argument"
                ),
            ));
        };
        if code == "*" {
            return Err(Error::new(
                literal.span(),
                format!(
                    "any contract can send this notification; write #[on_notify(any_contract, \"{action}\")] and check the contract in the first argument"
                ),
            ));
        }
        Ok(Self {
            code: Some(ChainName::from_literal(&LitStr::new(code, literal.span()))?),
            action: ChainName::from_literal(&LitStr::new(action, literal.span()))?,
        })
    }
}

/// A contract and its action, separated by something else than `::`. A dot counts too: it may be in
/// the name of an action, but hardly any has one.
fn contract_and_action(text: &str) -> Option<(&str, &str)> {
    let part = |c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.');
    let (code, action) = match text.split_once(part) {
        Some((code, action)) => (code, action.trim_start_matches(part)),
        None => text.rsplit_once('.')?,
    };
    let (code, action) = (code.trim_end_matches('.'), action.trim_matches('.'));
    (!code.is_empty() && !action.is_empty()).then_some((code, action))
}

/// Reads a notification: its source and its arguments.
///
/// # Errors
/// If it returns something, or any contract may send it and the function does not take the
/// contract.
fn notification(function: &ItemFn, mark: &Attribute) -> Result<Notification> {
    let source: Source = mark.parse_args()?;
    let (context, mut arguments) = arguments(function)?;
    if let Some(result) = signature::result(&function.sig.output)? {
        return Err(Error::new_spanned(
            result,
            "a notification cannot return a value",
        ));
    }
    if source.code.is_none() {
        let told = arguments.first().is_some_and(|first| {
            matches!(&first.ty, Type::Path(path)
                if path.path.segments.last().is_some_and(|last| last.ident == "Name"))
        });
        if !told {
            return Err(Error::new(
                function.sig.paren_token.span.join(),
                "with any_contract the first argument must be the contract: `code: Name`",
            ));
        }
        arguments.remove(0);
    }
    Ok(Notification {
        function: function.sig.ident.clone(),
        code: source.code,
        name: source.action,
        context,
        arguments,
        cfgs: signature::carried(&function.attrs).1,
    })
}

/// Whether the function takes a context, and its other arguments.
///
/// # Errors
/// If the context is not the first argument.
fn arguments(function: &ItemFn) -> Result<(bool, Vec<Argument>)> {
    let mut arguments = signature::arguments(&function.sig)?;
    let is_context = |ty: &Type| match ty {
        Type::Reference(reference) => matches!(&*reference.elem, Type::Path(path)
            if path.path.segments.last().is_some_and(|last| last.ident == "Context")),
        _ => false,
    };
    let context = arguments.first().is_some_and(|first| is_context(&first.ty));
    if context {
        arguments.remove(0);
    }
    if let Some(late) = arguments.iter().find(|it| is_context(&it.ty)) {
        return Err(Error::new_spanned(
            &late.ty,
            "the context must be the first argument",
        ));
    }
    Ok((context, arguments))
}
