//! The functions of a source file, and the lines on which they are written.
//!
//! Macros make code too, and the compiler says that it stands on the line of the attribute or the
//! derive. Only what is written in the body of a function counts; so the file is read for these.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A file.
#[derive(Debug)]
pub(crate) struct Source {
    /// In the order of the file, each before those that are written in it.
    functions: Vec<SourceFunction>,
    /// For each line, counted from 1, whether there is a word on it; a lone bracket is no statement.
    words: Vec<bool>,
}

/// A function as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceFunction {
    /// Its name with the modules and the type that it is in, within the file.
    pub(crate) name: String,
    pub(crate) kind: FunctionKind,
    /// The line of its signature.
    pub(crate) first: u32,
    /// The line on which its body begins.
    body: u32,
    /// The last line of its body.
    last: u32,
}

/// What a function is for, by its attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FunctionKind {
    /// Marked with `#[action]`.
    Action,
    /// Marked with `#[on_notify(…)]`.
    Notification,
    /// Any other.
    Function,
}

impl Source {
    /// Reads a file; none where it is not Rust.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let file = syn::parse_file(text).ok()?;
        let mut reader = Reader::default();
        reader.visit_file(&file);
        let mut words = vec![false];
        words.extend(
            text.lines()
                .map(|line| line.contains(char::is_alphanumeric)),
        );
        Some(Self {
            functions: reader.functions,
            words,
        })
    }

    /// A function by its number, as [`Source::counted`] and [`Source::innermost`] return it.
    pub(crate) fn function(&self, number: usize) -> &SourceFunction {
        &self.functions[number]
    }

    /// The innermost function that the line is of, if there is anything on the line to be executed.
    pub(crate) fn counted(&self, line: u32) -> Option<usize> {
        if !*self.words.get(line as usize)? {
            return None;
        }
        self.innermost(line)
    }

    /// The innermost function that the line is of.
    pub(crate) fn innermost(&self, line: u32) -> Option<usize> {
        let around = self.functions.iter().enumerate();
        let around = around.filter(|(_, it)| it.first <= line && line <= it.last);
        // Of two that are on one line the inner is read later.
        around
            .max_by_key(|(number, it)| (it.first, *number))
            .map(|(number, _)| number)
    }

    /// Whether what the compiler says was declared on this line is the function itself, not a closure in
    /// it.
    pub(crate) fn is_itself(&self, function: usize, line: u32, name: &str) -> bool {
        let function = &self.functions[function];
        let own = function.name.rsplit("::").next();
        function.first <= line && line <= function.body && own == Some(name)
    }
}

/// Walks through a file and collects its functions.
#[derive(Default)]
struct Reader {
    functions: Vec<SourceFunction>,
    /// The modules and the type that one is in.
    path: Vec<String>,
}

impl Reader {
    /// Visits what is inside of a module, a type or a function of this name.
    fn within(&mut self, name: String, visit: impl FnOnce(&mut Self)) {
        self.path.push(name);
        visit(self);
        self.path.pop();
    }

    /// Adds a function. Attributes are recognized by the last part of their path, so that
    /// `#[antelope_contract::action]` counts too.
    fn add(
        &mut self,
        signature: &syn::Signature,
        attributes: &[syn::Attribute],
        body: &syn::Block,
    ) {
        let name = signature.ident.to_string();
        let path = self.path.iter().map(String::as_str).chain([name.as_str()]);
        let path: Vec<_> = path.collect();
        let marked = |mark: &str| {
            let mut paths = attributes.iter().map(syn::Attribute::path);
            paths.any(|path| path.segments.last().is_some_and(|it| it.ident == mark))
        };
        let kind = match (marked("action"), marked("on_notify")) {
            (true, _) => FunctionKind::Action,
            (_, true) => FunctionKind::Notification,
            _ => FunctionKind::Function,
        };
        self.functions.push(SourceFunction {
            name: path.join("::"),
            kind,
            first: line(signature.span()),
            body: line(body.brace_token.span.open()),
            last: line(body.brace_token.span.close()),
        });
    }
}

impl<'a> Visit<'a> for Reader {
    fn visit_item_mod(&mut self, module: &'a syn::ItemMod) {
        self.within(module.ident.to_string(), |it| {
            visit::visit_item_mod(it, module)
        });
    }

    fn visit_item_impl(&mut self, block: &'a syn::ItemImpl) {
        let name = match &*block.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|it| it.ident.to_string()),
            _ => None,
        };
        let name = name.unwrap_or_else(|| "impl".to_owned());
        self.within(name, |it| visit::visit_item_impl(it, block));
    }

    fn visit_item_trait(&mut self, item: &'a syn::ItemTrait) {
        self.within(item.ident.to_string(), |it| {
            visit::visit_item_trait(it, item)
        });
    }

    fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
        self.add(&item.sig, &item.attrs, &item.block);
        let name = item.sig.ident.to_string();
        self.within(name, |it| visit::visit_item_fn(it, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        self.add(&item.sig, &item.attrs, &item.block);
        let name = item.sig.ident.to_string();
        self.within(name, |it| visit::visit_impl_item_fn(it, item));
    }

    fn visit_trait_item_fn(&mut self, item: &'a syn::TraitItemFn) {
        if let Some(body) = &item.default {
            self.add(&item.sig, &item.attrs, body);
        }
        let name = item.sig.ident.to_string();
        self.within(name, |it| visit::visit_trait_item_fn(it, item));
    }
}

/// The line on which something begins, from 1.
fn line(span: Span) -> u32 {
    u32::try_from(span.start().line).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
