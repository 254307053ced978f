//! What stands in the module: actions, notifications, tables.

use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Error, Ident, Item, ItemFn, LitStr, Path, Result, Token, Type, parenthesized,
};

use super::{assignments, frames, interface::Interface};
use crate::names::ChainName;
use crate::signature::{self, Action, Argument};

/// `#[contract(strict, implements(I), tables(A, shared B), errors(E), parameters(TEXTS))]`.
#[derive(Default)]
pub(super) struct Options {
    strict: bool,
    interface: Option<Interface>,
    tables: Vec<Table>,
    errors: Vec<Path>,
    parameters: Option<Path>,
}

/// A table of the contract.
pub(super) struct Table {
    /// Whether its row is a type of another crate, `#[table("…", shared)]`.
    pub(super) shared: bool,
    pub(super) row: Path,
    /// Conditions of compilation of a row that stands in the module.
    pub(super) cfgs: Vec<Attribute>,
}

impl Parse for Table {
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
    /// Reads what stands behind the name of an option.
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
                        return Err(Error::new_spanned(
                            &table.row,
                            "this table is listed already",
                        ));
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

/// The one path in the brackets of an option.
fn single(option: &Ident, list: ParseStream<'_>, taken: bool) -> Result<Path> {
    let path = list.parse()?;
    if taken || !list.is_empty() {
        return Err(Error::new(
            option.span(),
            format!("{option}(…) names one path, once"),
        ));
    }
    Ok(path)
}

/// An action of this contract.
pub(super) struct OwnAction {
    pub(super) action: Action,
    /// Whether the function asks for the context.
    pub(super) context: bool,
    /// Whether it promises to write nothing.
    pub(super) read_only: bool,
    /// A file for the ricardian contract.
    pub(super) ricardian: Option<LitStr>,
}

/// A reaction to an action of another contract.
pub(super) struct Notification {
    pub(super) function: Ident,
    /// The contract; `None` for any, which the function then gets told.
    pub(super) code: Option<ChainName>,
    pub(super) name: ChainName,
    pub(super) context: bool,
    /// What the action carries, without the code.
    pub(super) arguments: Vec<Argument>,
    pub(super) cfgs: Vec<Attribute>,
}

/// Everything in the module that concerns the chain.
pub(super) struct Contract {
    /// Whether bytes after the arguments fail an action.
    pub(super) strict: bool,
    /// The `#[client]` trait whose actions these are.
    pub(super) interface: Option<Interface>,
    pub(super) actions: Vec<OwnAction>,
    pub(super) notifications: Vec<Notification>,
    pub(super) tables: Vec<Table>,
    pub(super) errors: Vec<Path>,
    /// The table of the parameters in ricardian texts.
    pub(super) parameters: Option<Path>,
}

impl Contract {
    /// Adds a table that stands in the module.
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

/// Reads the items of the module and takes off the marks.
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
                frames::keep_apart(function);
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
            "a contract needs a function with #[action] or #[on_notify]",
        ));
    }
    Ok(contract)
}

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
            "a function is one action or one notification",
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
                format!("a second action `{}`", action.action.name.text),
            ));
        }
        contract.actions.push(action);
    } else {
        contract.notifications.push(notification(function, &mark)?);
    }
    Ok(())
}

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

/// What is in the brackets of `#[on_notify("code::action")]` or `#[on_notify(any_contract, "action")]`.
struct Source {
    code: Option<ChainName>,
    action: ChainName,
}

impl Parse for Source {
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
                        "contract and action are parted by `::`: #[on_notify(\"{code}::{action}\")]"
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
                    "anybody's contract can send this; write #[on_notify(any_contract, \"{action}\")] and check the contract in the first argument"
                ),
            ));
        }
        Ok(Self {
            code: Some(ChainName::from_literal(&LitStr::new(code, literal.span()))?),
            action: ChainName::from_literal(&LitStr::new(action, literal.span()))?,
        })
    }
}

/// A contract and its action, where they are parted by something else than `::`. A dot counts too: it
/// may stand in the name of an action, but hardly any has one.
fn contract_and_action(text: &str) -> Option<(&str, &str)> {
    let part = |c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.');
    let (code, action) = match text.split_once(part) {
        Some((code, action)) => (code, action.trim_start_matches(part)),
        None => text.rsplit_once('.')?,
    };
    let (code, action) = (code.trim_end_matches('.'), action.trim_matches('.'));
    (!code.is_empty() && !action.is_empty()).then_some((code, action))
}

fn notification(function: &ItemFn, mark: &Attribute) -> Result<Notification> {
    let source: Source = mark.parse_args()?;
    let (context, mut arguments) = arguments(function)?;
    if let Some(result) = signature::result(&function.sig.output)? {
        return Err(Error::new_spanned(result, "a notification returns nothing"));
    }
    if source.code.is_none() {
        let told = arguments.first().is_some_and(|first| {
            matches!(&first.ty, Type::Path(path)
                if path.path.segments.last().is_some_and(|last| last.ident == "Name"))
        });
        if !told {
            return Err(Error::new(
                function.sig.paren_token.span.join(),
                "with any_contract the first argument is the contract: `code: Name`",
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

/// Whether the function asks for the context, and the rest of its arguments.
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
        return Err(Error::new_spanned(&late.ty, "the context comes first"));
    }
    Ok((context, arguments))
}
