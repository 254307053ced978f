//! `getDocuments`, `searchDocuments`, `verify`: the registry of documents.

use super::registry::names;
use crate::caller::{May, api, caller};
use crate::error::ApiError;
use crate::fields;
use crate::package::Showing;
use crate::policy::Operation;
use crate::types::package::DocumentPackagePage;
use crate::types::records::{
    FoundDocument, FoundPage, SearchDocumentsInput, Verified, VerifiedQuestion,
};
use crate::types::scalar::{DateTime, moment};
use antelope_types::Name;
use async_graphql::{Context, Enum, InputObject, Json, Object};
use coop_index::{QuestionFilter, SearchFilter, Slice, WordQuery};
use coop_language::Words;
use serde_json::{Map, Value};

/// The longest text that is looked for, in characters.
const MAX_WORDS: usize = 200;

/// The most packages of a page: each has its documents with it.
const MAX_PACKAGES: u32 = 100;

/// The last page that is counted to; a cursor has no such bound.
pub(super) const MAX_PAGES: u32 = 1_000;

/// The fields of `additionalFilters`.
const FILTERS: [&str; 10] = [
    "kind",
    "outcome",
    "username",
    "voter",
    "registry_id",
    "since",
    "until",
    "is_open",
    "has_failed",
    "is_final",
];

/// Which packages are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "lowercase")]
pub(crate) enum DocumentType {
    /// All that were submitted.
    Newsubmitted,
    /// Those whose protocol is signed.
    Newresolved,
}

/// Which packages.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct GetDocumentsInput {
    /// Which packages.
    filter: GetDocumentsFilterInput,
    /// All that were submitted, where it is left out.
    #[graphql(name = "type")]
    kind: Option<DocumentType>,
    /// From 1.
    page: Option<u32>,
    /// How many; 1 to 100, 100 where it is left out.
    limit: Option<u32>,
    /// The `cursor` of the page before, in the place of `page`.
    cursor: Option<String>,
    /// Only packages about this account; of the cooperative's own account, all.
    #[graphql(name = "username")]
    username: Option<String>,
    /// Only packages with one of these actions of the registry, such as `newact`.
    actions: Option<Vec<String>>,
    /// Only packages with an action, one of `actions` where it is given, behind this block.
    #[graphql(name = "after_block")]
    after_block: Option<u32>,
    /// The same before this block.
    #[graphql(name = "before_block")]
    before_block: Option<u32>,
}

/// Which packages.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct GetDocumentsFilterInput {
    /// The cooperative of this server, where it is given.
    receiver: Option<String>,
    /// An object with any of `kind`, `outcome`, `username`, `voter`, `registry_id`, `since`, `until`, `is_open`,
    /// `has_failed`, `is_final`; nothing else is looked at.
    additional_filters: Option<Json<Value>>,
}

/// Queries about documents.
#[derive(Default)]
pub(crate) struct DocumentQueries;

#[Object]
impl DocumentQueries {
    /// Packages of documents, the newest first: those about oneself, or for the office, all.
    #[graphql(
        guard = "May(Operation::GetDocuments)",
        complexity = "10 + child_complexity"
    )]
    async fn get_documents(
        &self,
        context: &Context<'_>,
        data: Option<GetDocumentsInput>,
    ) -> Result<DocumentPackagePage, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let data = data.ok_or_else(|| ApiError::field("data", Words::of("expected.filter")))?;
        if let Some(receiver) = &data.filter.receiver {
            fields::cooperative("data.filter.receiver", receiver, api.coopname())?;
        }
        let mut filter = additional(data.filter.additional_filters)?;
        let asked = fields::account_if("data.username", data.username.as_ref())?;
        if let Some(person) = asked.filter(|it| *it != api.coopname()) {
            if filter.person.is_some_and(|it| it != person) {
                return Err(ApiError::field(
                    "data.username",
                    Words::of("expected.one_person"),
                ));
            }
            filter.person = Some(person);
        }
        filter.actions = names("data.actions", data.actions)?;
        filter.after_block = data.after_block;
        filter.before_block = data.before_block;
        filter.person = caller.only(Operation::GetDocuments, filter.person)?;
        if data.kind == Some(DocumentType::Newresolved) && filter.outcomes.is_empty() {
            filter.outcomes = vec!["carried_out".to_owned()];
        }
        let limit = data.limit.unwrap_or(MAX_PACKAGES);
        if !(1..=MAX_PACKAGES).contains(&limit) {
            let expected = Words::of("expected.limit").with("most", MAX_PACKAGES);
            return Err(ApiError::field("data.limit", expected));
        }
        if data.page.is_some() && data.cursor.is_some() {
            let expected = Words::of("expected.page_or_cursor");
            return Err(ApiError::field("data.page", expected));
        }
        let page = data.page.unwrap_or(1);
        if !(1..=MAX_PAGES).contains(&page) {
            let expected = Words::of("expected.page").with("most", MAX_PAGES);
            return Err(ApiError::field("data.page", expected));
        }
        let who = caller.username()?;
        let is_office = Operation::GetDocuments.rule().any.meets(caller.roles());
        let found = api.work(move |api| {
            let coopname = api.coopname();
            let (packages, total, next) = api.index(|reader| {
                let mut slice = Slice {
                    count: limit,
                    after: data.cursor,
                };
                let mut listing = reader.questions(coopname, &filter, &slice)?;
                // The index goes on from a place; a number of a page is counted to.
                if slice.after.is_none() {
                    for _ in 1..page {
                        slice.after = listing.next.take();
                        if slice.after.is_none() {
                            listing.entries.clear();
                            break;
                        }
                        listing = reader.questions(coopname, &filter, &slice)?;
                    }
                }
                let packages = listing.entries.iter();
                let packages = packages.map(|it| reader.package(coopname, it.id));
                let packages = packages.collect::<Result<Vec<_>, _>>()?;
                Ok((packages, listing.total, listing.next))
            })?;
            let mut showing = Showing::to(api, who, is_office);
            let packages = packages.iter().flatten();
            let items = packages.map(|it| showing.package(it));
            let items = items.collect::<Result<Vec<_>, _>>()?;
            api.write_down(who, Operation::GetDocuments, &showing.shown())?;
            Ok((items, total, next))
        });
        let (items, total, cursor) = found.await?;
        Ok(DocumentPackagePage {
            items,
            total_count: fields::count(total),
            total_pages: fields::count(total.div_ceil(u64::from(limit))),
            current_page: page,
            cursor,
        })
    }

    /// Documents by the words of their titles and texts, the most fitting first: those about oneself, or for the office,
    /// all. Nobody finds by its text a document that `getDocuments` would not show them.
    #[graphql(
        guard = "May(Operation::SearchDocuments)",
        complexity = "50 + child_complexity"
    )]
    async fn search_documents(
        &self,
        context: &Context<'_>,
        data: SearchDocumentsInput,
    ) -> Result<FoundPage, ApiError> {
        let (api, caller) = (api(context)?, caller(context)?);
        let count = data.query.chars().count();
        if count > MAX_WORDS || data.query.trim().is_empty() {
            let expected = Words::of("expected.words").with("most", MAX_WORDS);
            return Err(ApiError::field("data.query", expected));
        }
        let asked = fields::account_if("data.username", data.username.as_ref())?;
        let filter = SearchFilter {
            person: caller.only(Operation::SearchDocuments, asked)?,
            words: data.query,
            form: data.registry_id.map(u64::from),
            since: data.since.map(|it| it.0),
            until: data.until.map(|it| it.0),
        };
        let slice = Slice {
            count: fields::limit("data.limit", data.limit, 20)?,
            after: data.cursor,
        };
        let who = caller.username()?;
        let turn = match filter.person {
            Some(_) => None,
            None => Some(api.search_turn().await?),
        };
        let found = api.work(move |api| {
            let _turn = turn;
            let texts = api.texts(&WordQuery::new(&filter.words), filter.person)?;
            let hits = texts.as_deref().unwrap_or_default();
            let found = api
                .index(|reader| Ok(reader.search_with(api.coopname(), &filter, hits, &slice)?))?;
            // A hit tells what the text says.
            let by_text = found.entries.iter().filter(|it| it.is_text);
            let mut by_text: Vec<_> = by_text.map(|it| it.username).collect();
            // So does a total that is asked for one person, whatever page of hits comes with it.
            by_text.extend(filter.person.filter(|_| !hits.is_empty()));
            api.write_down(who, Operation::SearchDocuments, &by_text)?;
            // And behind the last page it would, of people whom no page was about.
            let total = match found.entries.is_empty() {
                true => 0,
                false => found.total,
            };
            Ok((found, total, texts.is_some()))
        });
        let (found, total, has_texts) = found.await?;
        let items = found.entries.into_iter().map(|it| FoundDocument {
            hash: it.hash.to_string(),
            full_title: Some(it.title),
            registry_id: Some(fields::count(it.registry_id)),
            username: Some(it.username.to_string()),
            created_at: Some(DateTime(it.at)),
            is_title: it.is_title,
            is_text: it.is_text,
            decision_id: it.question.map(fields::float),
        });
        Ok(FoundPage {
            items: items.collect(),
            total_count: fields::count(total),
            cursor: found.next,
            has_texts,
        })
    }

    /// Whether a hash is recorded, that of a document or of its text. It says nothing about people.
    #[graphql(guard = "May(Operation::Verify)")]
    async fn verify(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "SHA-256 in 64 hexadecimal digits.")] hash: String,
    ) -> Result<Verified, ApiError> {
        let api = api(context)?;
        let hash = fields::hash("hash", &hash)?;
        let found = api.work(move |api| api.index(|reader| Ok(reader.find(api.coopname(), hash)?)));
        let found = found.await?;
        let document = found.as_ref().and_then(|it| it.document.as_ref());
        let questions = found.iter().flat_map(|it| &it.questions);
        let is_final = match document {
            Some(document) => document.is_final,
            None => questions.clone().any(|(_, question)| question.is_final),
        };
        let questions = questions.map(|(role, question)| VerifiedQuestion {
            id: fields::float(question.id),
            kind: question.kind.to_string(),
            role: role.name().to_owned(),
            outcome: question.outcome.clone(),
            finished_at: question.finished_at.map(DateTime),
        });
        Ok(Verified {
            is_recorded: found.is_some(),
            registry_id: document.map(|it| fields::count(it.registry_id)),
            recorded_at: document.map(|it| DateTime(it.at)),
            transaction_id: document.map(|it| it.recorded_in.to_string()),
            block_num: document.map(|it| it.block),
            is_final,
            signatures: document.map_or(0, |it| fields::count(it.signatures.len() as u64)),
            questions: questions.collect(),
        })
    }
}

/// The filter that clients give as JSON: known fields of known types, and nothing that reaches a database as it is.
fn additional(given: Option<Json<Value>>) -> Result<QuestionFilter, ApiError> {
    let fields = match given {
        None | Some(Json(Value::Null)) => Map::new(),
        Some(Json(Value::Object(fields))) => fields,
        Some(_) => {
            let field = "data.filter.additionalFilters";
            return Err(ApiError::field(field, Words::of("expected.filter")));
        }
    };
    let mut filter = QuestionFilter::default();
    for (name, value) in fields {
        let field = format!("data.filter.additionalFilters.{name}");
        read(&mut filter, &field, &name, &value)?;
    }
    Ok(filter)
}

fn read(
    filter: &mut QuestionFilter,
    field: &str,
    name: &str,
    value: &Value,
) -> Result<(), ApiError> {
    let known = || {
        let expected = Words::of("expected.known_filter").with("fields", FILTERS.join(", "));
        ApiError::field(field, expected)
    };
    let text = || value.as_str().ok_or_else(known);
    let account = || -> Result<Name, ApiError> { fields::account(field, text()?) };
    let flag = || value.as_bool().ok_or_else(known);
    let time = || moment(text()?).ok_or_else(known);
    match name {
        "kind" => filter.kinds = vec![account()?],
        "outcome" => filter.outcomes = vec![text()?.to_owned()],
        "username" => filter.person = Some(account()?),
        "voter" => filter.voter = Some(account()?),
        "registry_id" => filter.form = Some(value.as_u64().ok_or_else(known)?),
        "since" => filter.since = Some(time()?),
        "until" => filter.until = Some(time()?),
        "is_open" => filter.is_open = Some(flag()?),
        "has_failed" => filter.has_failed = Some(flag()?),
        "is_final" => filter.is_final = flag()?,
        _ => return Err(known()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_known_filters_of_known_types_are_taken() {
        let read = |value| additional(Some(Json(value)));
        let filter = read(json!({"kind": "joincoop", "is_open": true, "registry_id": 100}));
        let filter = filter.unwrap();
        assert_eq!(filter.kinds.len(), 1);
        assert_eq!((filter.is_open, filter.form), (Some(true), Some(100)));
        assert_eq!(additional(None).unwrap(), QuestionFilter::default());
        let wrong = [
            json!([]),
            json!({"$where": "1"}),
            json!({"kind": {"$ne": ""}}),
            json!({"kind": "Ж"}),
            json!({"is_open": "yes"}),
            json!({"registry_id": -1}),
            json!({"since": 5}),
        ];
        for value in wrong {
            let error = read(value.clone()).unwrap_err();
            assert_eq!(error.code(), "BAD_INPUT", "{value}");
        }
    }

    #[test]
    fn every_filter_that_is_told_is_read() {
        let values = [
            json!("joincoop"),
            json!("declined"),
            json!("2026-01-01T00:00:00.000Z"),
            json!(1),
            json!(true),
        ];
        for name in FILTERS {
            let is_read = values
                .iter()
                .any(|value| read(&mut QuestionFilter::default(), "field", name, value).is_ok());
            assert!(is_read, "{name}");
        }
    }
}
