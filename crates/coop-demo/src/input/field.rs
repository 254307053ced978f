//! Reading a field: a path, what stands there, and a place to write down what is wrong.

use super::{
    problem::{InputProblem, ProblemKind},
    tree::Tree,
};
use antelope_types::{Asset, Name, Symbol};
use coop_documents::{Date, is_invisible};
use coop_model::account::is_participant_name;
use std::cell::RefCell;

/// All problems found so far, in the order of the file.
#[derive(Default)]
pub(super) struct Problems(RefCell<Vec<InputProblem>>);

impl Problems {
    pub(super) fn add(&self, field: &str, kind: ProblemKind) {
        self.0.borrow_mut().push(InputProblem {
            field: field.to_owned(),
            kind,
        });
    }

    pub(super) fn into_vec(self) -> Vec<InputProblem> {
        self.0.into_inner()
    }
}

/// A field of the file. Each reader returns `None` after it has written down why.
pub(super) struct Field<'a> {
    path: String,
    tree: Option<&'a Tree>,
    problems: &'a Problems,
}

impl<'a> Field<'a> {
    /// The whole file.
    pub(super) fn whole(tree: &'a Tree, problems: &'a Problems) -> Self {
        Self {
            path: String::new(),
            tree: Some(tree),
            problems,
        }
    }

    /// Where the field is, `council[2].account`.
    pub(super) fn path(&self) -> &str {
        if self.path.is_empty() {
            "$"
        } else {
            &self.path
        }
    }

    pub(super) fn is_given(&self) -> bool {
        self.tree.is_some()
    }

    /// Writes down a problem with this field.
    pub(super) fn wrong<T>(&self, kind: ProblemKind) -> Option<T> {
        self.problems.add(self.path(), kind);
        None
    }

    fn given(&self) -> Option<&'a Tree> {
        self.tree.or_else(|| self.wrong(ProblemKind::Missing))
    }

    fn wrong_type<T>(&self, expected: &'static str, found: &Tree) -> Option<T> {
        self.wrong(ProblemKind::WrongType {
            expected,
            found: found.kind(),
        })
    }

    /// An object with only the `known` fields, each once.
    pub(super) fn object(&self, known: &'static [&'static str]) -> Option<Object<'a>> {
        let fields = self.open_object()?;
        for (i, (name, _)) in fields.fields.iter().enumerate() {
            if fields.fields[..i]
                .iter()
                .any(|(earlier, _)| earlier == name)
            {
                fields.field(name).wrong::<()>(ProblemKind::Repeated);
            } else if !known.contains(&name.as_str()) {
                fields
                    .field(name)
                    .wrong::<()>(ProblemKind::UnknownField { known });
            }
        }
        Some(fields)
    }

    /// An object with any fields.
    pub(super) fn open_object(&self) -> Option<Object<'a>> {
        match self.given()? {
            Tree::Object(fields) => Some(Object {
                path: self.path.clone(),
                fields,
                problems: self.problems,
            }),
            other => self.wrong_type("object", other),
        }
    }

    /// The items of a list.
    pub(super) fn list(&self) -> Option<Vec<Field<'a>>> {
        match self.given()? {
            Tree::List(items) => Some(
                items
                    .iter()
                    .enumerate()
                    .map(|(i, item)| Field {
                        path: format!("{}[{i}]", self.path),
                        tree: Some(item),
                        problems: self.problems,
                    })
                    .collect(),
            ),
            other => self.wrong_type("array", other),
        }
    }

    fn string(&self) -> Option<&'a str> {
        match self.given()? {
            Tree::Text(text) => Some(text),
            other => self.wrong_type("string", other),
        }
    }

    /// A text for people: not empty, at most `most` characters, nothing hidden in it.
    pub(super) fn text(&self, most: usize) -> Option<String> {
        let text = self.string()?;
        let length = text.chars().count();
        if text.trim().is_empty() {
            return self.wrong(ProblemKind::Empty);
        }
        if length > most {
            return self.wrong(ProblemKind::TooLong {
                found: length,
                most,
            });
        }
        if let Some(hidden) = text.chars().find(|c| c.is_control() || is_invisible(*c)) {
            return self.wrong(ProblemKind::HiddenCharacter {
                code: hidden.into(),
            });
        }
        Some(text.trim().to_owned())
    }

    /// An account: twelve letters a–z.
    pub(super) fn account(&self) -> Option<Name> {
        let text = self.string()?;
        match text.parse::<Name>() {
            Ok(name) if is_participant_name(name) => Some(name),
            _ => {
                let kind = ProblemKind::NotAccount {
                    found: text.to_owned(),
                    length: text.chars().count(),
                };
                self.wrong(kind)
            }
        }
    }

    /// An account if it is a right one; whoever reads the field for good tells what is wrong.
    pub(super) fn account_if_right(&self) -> Option<Name> {
        match self.tree {
            Some(Tree::Text(text)) => text.parse().ok().filter(|name| is_participant_name(*name)),
            _ => None,
        }
    }

    /// A symbol, `4,RUB`.
    pub(super) fn symbol(&self) -> Option<Symbol> {
        let text = self.string()?;
        match text.parse::<Symbol>() {
            Ok(symbol) => Some(symbol),
            Err(_) => self.wrong(ProblemKind::NotSymbol {
                found: text.to_owned(),
            }),
        }
    }

    /// A positive sum, `100.0000 RUB`, in `symbol` where it is known.
    pub(super) fn positive_sum(&self, symbol: Option<Symbol>) -> Option<Asset> {
        let text = self.string()?;
        let Ok(sum) = text.parse::<Asset>() else {
            return self.wrong(ProblemKind::NotAmount {
                found: text.to_owned(),
            });
        };
        match symbol {
            Some(expected) if expected != sum.symbol => self.wrong(ProblemKind::WrongSymbol {
                found: sum.symbol,
                expected,
            }),
            _ if sum.amount <= 0 => self.wrong(ProblemKind::NotPositive { found: sum }),
            _ => Some(sum),
        }
    }

    /// A whole number of at most `most`.
    pub(super) fn number(&self, most: u32) -> Option<u32> {
        match self.given()? {
            Tree::Number(text) => match text.parse() {
                Ok(number) if number <= most => Some(number),
                _ => self.wrong(ProblemKind::NotWithin {
                    found: text.clone(),
                    most,
                }),
            },
            other => self.wrong_type("number", other),
        }
    }

    /// A date, `1990-12-31`.
    pub(super) fn date(&self) -> Option<Date> {
        let text = self.string()?;
        Date::parse(text).or_else(|| {
            self.wrong(ProblemKind::NotDate {
                found: text.to_owned(),
            })
        })
    }

    /// One of a few texts; gives its number.
    pub(super) fn one_of(&self, allowed: &'static [&'static str]) -> Option<usize> {
        let text = self.string()?;
        let found = allowed.iter().position(|known| *known == text);
        found.or_else(|| {
            self.wrong(ProblemKind::NotOneOf {
                found: text.to_owned(),
                allowed,
            })
        })
    }
}

/// An object of the file.
pub(super) struct Object<'a> {
    path: String,
    fields: &'a [(String, Tree)],
    problems: &'a Problems,
}

impl<'a> Object<'a> {
    /// A field, given or not.
    pub(super) fn field(&self, name: &str) -> Field<'a> {
        Field {
            path: if self.path.is_empty() {
                name.to_owned()
            } else {
                format!("{}.{name}", self.path)
            },
            tree: self
                .fields
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, tree)| tree),
            problems: self.problems,
        }
    }

    /// The names of the given fields, in the order of the file, repeated ones included.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.fields.iter().map(|(name, _)| name.as_str())
    }
}
