//! Every operation as every role, and what each answers.

use crate::support::{
    CANDIDATE, CLERK, MEMBER, OPERATOR, OTHER, PARTICIPANT, SEATS, STAFF, Server, seat, settings,
    staff,
};
use antelope_types::Name;
use coop_index::samples::CHAIRMAN;
use coop_server::{OperationKind, RULES, Role, Roles};
use serde_json::{Value, json};

/// A call of each operation about a person, with inputs that are good as far as who may do it is concerned.
fn call(operation: &str, about: Name) -> Option<(String, Value)> {
    let about = about.to_string();
    let transaction = json!({ "signatures": [], "packed_trx": "00" });
    let signed = json!({
        "coopname": "zarechyekoop", "username": about, "decision_id": 4.0,
        "transaction": transaction,
    });
    let document = json!({
        "hash": "00".repeat(32), "public_key": "", "signature": "",
        "meta": {
            "block_num": 1, "coopname": "zarechyekoop", "created_at": "", "generator": "",
            "lang": "ru", "links": [], "registry_id": 100, "timezone": "", "title": "",
            "username": about, "version": "1",
        },
    });
    let making = json!({ "coopname": "zarechyekoop", "username": about, "decision_id": 4.0 });
    let with = |more: Value| {
        let mut all = making.clone();
        for (name, value) in more.as_object().into_iter().flatten() {
            all[name] = value.clone();
        }
        all
    };
    let without = |field: &str| {
        let mut all = with(json!({ "project_id": "1" }));
        all.as_object_mut().unwrap().remove(field);
        all
    };
    let (head, body, data) = match operation {
        "getAgenda" => ("query", "getAgenda { table { id } }", json!({})),
        "voteFor" => (
            "mutation($data: VoteInput!)",
            "voteFor(data: $data) { transaction_id }",
            signed,
        ),
        "voteAgainst" => (
            "mutation($data: VoteInput!)",
            "voteAgainst(data: $data) { transaction_id }",
            signed,
        ),
        "authorize" => (
            "mutation($data: AuthorizeInput!)",
            "authorize(data: $data) { transaction_id }",
            signed,
        ),
        "exec" => (
            "mutation($data: ExecInput!)",
            "exec(data: $data) { transaction_id }",
            signed,
        ),
        "generateParticipantApplication" => (
            "mutation($data: ParticipantApplicationGenerateDocumentInput!)",
            "generateParticipantApplication(data: $data) { hash }",
            json!({ "coopname": "zarechyekoop", "username": about }),
        ),
        "generateParticipantApplicationDecision" => (
            "mutation($data: ParticipantApplicationDecisionGenerateDocumentInput!)",
            "generateParticipantApplicationDecision(data: $data) { hash }",
            making,
        ),
        "registerParticipant" => (
            "mutation($data: RegisterParticipantInput!)",
            "registerParticipant(data: $data) { username }",
            json!({
                "username": about, "statement": document, "wallet_agreement": document,
                "signature_agreement": document, "privacy_agreement": document,
                "user_agreement": document,
            }),
        ),
        "createProjectOfFreeDecision" => (
            "mutation($data: CreateProjectFreeDecisionInput!)",
            "createProjectOfFreeDecision(data: $data) { id }",
            json!({ "question": "О колодце", "decision": "Чинить" }),
        ),
        "generateProjectOfFreeDecision" => (
            "mutation($data: ProjectFreeDecisionGenerateDocumentInput!)",
            "generateProjectOfFreeDecision(data: $data) { hash }",
            without("decision_id"),
        ),
        "publishProjectOfFreeDecision" => (
            "mutation($data: PublishProjectFreeDecisionInput!)",
            "publishProjectOfFreeDecision(data: $data)",
            json!({
                "coopname": "zarechyekoop", "username": about, "meta": "", "document": document,
            }),
        ),
        "generateFreeDecision" => (
            "mutation($data: FreeDecisionGenerateDocumentInput!)",
            "generateFreeDecision(data: $data) { hash }",
            with(json!({ "project_id": "1" })),
        ),
        "registerAccount" => (
            "mutation($data: RegisterAccountInput!)",
            "registerAccount(data: $data) { account { username } }",
            json!({ "email": "nobody", "username": about, "type": "Individual" }),
        ),
        "getAccount" => (
            "query($data: GetAccountInput!)",
            "getAccount(data: $data) { username }",
            json!({ "username": about }),
        ),
        "getAccounts" => ("query", "getAccounts { totalCount }", json!({})),
        "login" => (
            "mutation($data: LoginInput!)",
            "login(data: $data) { account { username } }",
            json!({ "email": "a@b.example", "now": "", "signature": "" }),
        ),
        "loginChallenge" => (
            "mutation",
            "loginChallenge(username: \"someonexxxxx\") { digest }",
            json!({}),
        ),
        "loginByChallenge" => (
            "mutation($data: ChallengeLoginInput!)",
            "loginByChallenge(data: $data) { account { username } }",
            json!({ "username": about, "challenge": "", "signature": "" }),
        ),
        "refresh" => (
            "mutation($data: RefreshInput!)",
            "refresh(data: $data) { account { username } }",
            json!({ "access_token": "", "refresh_token": "" }),
        ),
        "logout" => (
            "mutation($data: LogoutInput!)",
            "logout(data: $data)",
            json!({ "access_token": "", "refresh_token": "" }),
        ),
        "createInitialPayment" => (
            "mutation($data: CreateInitialPaymentInput!)",
            "createInitialPayment(data: $data) { id status amount symbol }",
            json!({ "username": about }),
        ),
        "setPaymentStatus" => (
            "mutation($data: SetPaymentStatusInput!)",
            "setPaymentStatus(data: $data) { id }",
            json!({ "id": "1", "status": "PAID", "reference": "order 1" }),
        ),
        "getDocuments" => (
            "query($data: GetDocumentsInput)",
            "getDocuments(data: $data) { totalCount }",
            json!({ "filter": {
                "receiver": "zarechyekoop", "additionalFilters": { "username": about },
            } }),
        ),
        "searchDocuments" => (
            "query($data: SearchDocumentsInput!)",
            "searchDocuments(data: $data) { totalCount }",
            json!({ "query": "дорога", "username": about }),
        ),
        "revokeSessions" | "getPayments" | "getBalances" => {
            let body = match operation {
                "revokeSessions" => format!("mutation {{ revokeSessions(username: \"{about}\") }}"),
                "getPayments" => {
                    format!("{{ getPayments(username: \"{about}\") {{ totalCount }} }}")
                }
                _ => format!("{{ getBalances(username: \"{about}\") {{ available }} }}"),
            };
            return Some((body, json!({})));
        }
        "verify" => {
            let hash = "00".repeat(32);
            let body = format!("{{ verify(hash: \"{hash}\") {{ is_recorded }} }}");
            return Some((body, json!({})));
        }
        "getQuestions" | "getJournal" => {
            let body =
                format!("{{ {operation}(filter: {{ username: \"{about}\" }}) {{ totalCount }} }}");
            return Some((body, json!({})));
        }
        // The question is about the other participant.
        "getQuestion" => ("query", "getQuestion(id: 1) { question { id } }", json!({})),
        "getParticipants" => ("query", "getParticipants { totalCount }", json!({})),
        "getFunds" => ("query", "getFunds { share }", json!({})),
        "getCouncil" => ("query", "getCouncil { username }", json!({})),
        "getAudit" => ("query", "getAudit { sequence }", json!({})),
        "getStatus" => ("query", "getStatus { head_block }", json!({})),
        // Its test is in `agenda`.
        "agenda" => return None,
        other => panic!("{other} has no call here"),
    };
    Some((format!("{head} {{ {body} }}"), json!({ "data": data })))
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
    let sdl = coop_server::sdl();
    let mut count = 0;
    for (role, account, token) in nobody.iter().chain(&callers) {
        // What each of them is beside: the chairman also sits in the council, a clerk is no participant here.
        let roles = match role {
            Role::Chairman => Roles::of(&[Role::Chairman, Role::CouncilMember, Role::Candidate]),
            Role::CouncilMember | Role::Clerk | Role::Operator => {
                Roles::of(&[*role, Role::Candidate])
            }
            _ => Roles::of(&[*role]),
        };
        for rule in RULES {
            let is_there = sdl.contains(&format!("\t{}(", rule.name))
                || sdl.contains(&format!("\t{}:", rule.name));
            if !is_there || rule.kind == OperationKind::Subscription {
                continue;
            }
            // Who revokes the sessions has none afterwards.
            let is_end = rule.name == "revokeSessions";
            for about in [*account, OTHER] {
                if is_end && about == *account {
                    continue;
                }
                let Some((query, variables)) = call(rule.name, about) else {
                    continue;
                };
                let reply = server.ask(&query, variables, token.as_deref());
                let is_listed = matches!(
                    rule.name,
                    "getQuestion" | "createProjectOfFreeDecision" | "generateFreeDecision"
                );
                let is_own = about == *account && rule.name != "getQuestion";
                let is_allowed = roles.meets(rule.any)
                    || roles.meets(rule.own) && (is_own || is_listed && rule.name != "getQuestion");
                let is_refused =
                    ["UNAUTHENTICATED", "TOKEN_REFUSED", "FORBIDDEN"].contains(&reply.code());
                let place = format!("{} as {} about {about}", rule.name, role.name());
                assert_eq!(is_refused, !is_allowed, "{place}: {:?}", reply.body);
                assert_ne!(reply.code(), "GRAPHQL_INVALID", "{place}: {:?}", reply.body);
                assert_ne!(reply.code(), "INTERNAL", "{place}: {:?}", reply.body);
                if is_refused {
                    assert!(reply.body["data"].is_null(), "{place}");
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
