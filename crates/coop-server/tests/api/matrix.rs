//! Every operation as every role, and what each answers.

use crate::sdl::Sdl;
use crate::support::{
    CANDIDATE, CLERK, MEMBER, OPERATOR, OTHER, PARTICIPANT, SEATS, STAFF, Server, seat, settings,
    staff,
};
use antelope_types::Name;
use coop_index::samples::CHAIRMAN;
use coop_server::{OperationKind, RULES, Role, Roles};
use serde_json::{Value, json};

/// A call of an operation about a person, with inputs that are good as far as who may do it is concerned.
fn call(sdl: &Sdl, operation: &str, about: Name) -> (String, Value) {
    let data = match operation {
        "getDocuments" => json!({ "filter": {
            "receiver": "zarechyekoop", "additionalFilters": { "username": about },
        } }),
        "searchDocuments" => json!({ "query": "дорога", "username": about }),
        "setPaymentStatus" => json!({ "id": "1", "status": "PAID", "reference": "order 1" }),
        "getPayments" | "getBalances" | "getProperties" | "getActs" | "getMeetingProtocols" => {
            let query = format!("{{ {operation}(username: \"{about}\") {{ __typename }} }}");
            return (query, json!({}));
        }
        "getQuestions" | "getJournal" => {
            let filter = format!("filter: {{ username: \"{about}\" }}");
            return (
                format!("{{ {operation}({filter}) {{ __typename }} }}"),
                json!({}),
            );
        }
        // Questions 1 to 3 are about the other participant.
        "getQuestion" => {
            return (
                "{ getQuestion(id: 1) { __typename } }".to_owned(),
                json!({}),
            );
        }
        _ => return sdl.call(operation, about, None),
    };
    sdl.call(operation, about, Some(data))
}

#[test]
fn every_operation_is_open_to_the_roles_of_the_table_and_to_no_other() {
    let server = Server::start(settings());
    let callers = [
        (Role::Candidate, CANDIDATE),
        (Role::Participant, PARTICIPANT),
        (Role::CouncilMember, MEMBER),
        (Role::Chairman, CHAIRMAN),
        (Role::Clerk, CLERK),
        (Role::Operator, OPERATOR),
    ];
    let callers: Vec<_> = callers
        .map(|(role, account)| (role, account, Some(server.register(account))))
        .into();
    let nobody = [(Role::Anonymous, CANDIDATE, None)];
    let sdl = Sdl::read();
    let mut count = 0;
    for (role, account, token) in nobody.iter().chain(&callers) {
        // What each of them is beside: who sits in the council here is no participant, and so is the clerk.
        let roles = match role {
            Role::Chairman => Roles::of(&[Role::Chairman, Role::CouncilMember, Role::Candidate]),
            Role::CouncilMember | Role::Clerk | Role::Operator => {
                Roles::of(&[*role, Role::Candidate])
            }
            _ => Roles::of(&[*role]),
        };
        for rule in RULES.iter().filter(|it| sdl.has(it.name)) {
            for about in [*account, OTHER] {
                // Who revokes their own sessions has none afterwards, and a subscription needs a connection.
                let is_end = rule.name == "revokeSessions" && about == *account;
                if is_end || rule.kind == OperationKind::Subscription {
                    continue;
                }
                let (query, variables) = call(&sdl, rule.name, about);
                let reply = server.ask(&query, variables, token.as_deref());
                let is_own = about == *account && rule.name != "getQuestion";
                let is_allowed = roles.meets(rule.any) || roles.meets(rule.own) && is_own;
                let refusals = ["UNAUTHENTICATED", "TOKEN_REFUSED", "FORBIDDEN"];
                let is_refused = refusals.contains(&reply.code());
                let place = format!("{} as {} about {about}", rule.name, role.name());
                // `refresh` and `logout` of tokens that are none refuse the tokens, not the caller.
                if !(rule.name == "refresh" && reply.code() == "TOKEN_REFUSED") {
                    assert_eq!(is_refused, !is_allowed, "{place}: {query} {:?}", reply.body);
                }
                for wrong in ["GRAPHQL_INVALID", "INTERNAL"] {
                    assert_ne!(reply.code(), wrong, "{place}: {query} {:?}", reply.body);
                }
                if !is_allowed {
                    let data = reply.body["data"].as_object();
                    let is_empty = data.is_none_or(|it| it.values().all(Value::is_null));
                    assert!(is_empty, "{place}: {:?}", reply.body);
                    let expected = match role {
                        Role::Anonymous => "UNAUTHENTICATED",
                        _ => "FORBIDDEN",
                    };
                    assert_eq!(reply.code(), expected, "{place}");
                }
                count += 1;
            }
        }
    }
    assert!(count > 200, "{count}");
}

#[test]
fn roles_follow_the_chain_at_each_request() {
    let server = Server::start(settings());
    let (member, clerk) = (server.register(MEMBER), server.register(CLERK));
    let agenda = |token: &str| {
        let reply = server.ask("{ getAgenda { table { id } } }", json!({}), Some(token));
        reply.code().to_owned()
    };
    let accounts = |token: &str| {
        let reply = server.ask("{ getAccounts { totalCount } }", json!({}), Some(token));
        reply.code().to_owned()
    };
    assert_eq!(
        (agenda(&member), accounts(&clerk)),
        (String::new(), String::new())
    );
    server.row(false, SEATS, MEMBER.raw(), &seat(MEMBER, false));
    server.row(false, STAFF, CLERK.raw(), &staff(CLERK));
    assert_eq!(agenda(&member), "FORBIDDEN");
    assert_eq!(accounts(&clerk), "FORBIDDEN");
    server.row(true, SEATS, CLERK.raw(), &seat(CLERK, false));
    assert_eq!(agenda(&clerk), "");
    // Rights that another council gave have ended with it.
    let mut next = seat(CHAIRMAN, true);
    next["board"] = json!(2);
    let mut old = staff(MEMBER);
    old["board"] = json!(1);
    server.row(true, STAFF, MEMBER.raw(), &old);
    assert_eq!(accounts(&member), "");
    server.row(true, SEATS, CHAIRMAN.raw(), &next);
    assert_eq!(accounts(&member), "FORBIDDEN");
}
