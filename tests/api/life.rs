//! Every kind of decision from its statement to its effect, by the API alone: made, signed, sent, voted on, authorized,
//! carried out.

use super::council::{Council, PAPER, PUSHED, SUBMIT, about};
use super::served::{Client, Served};
use crate::scenarios::world::{Chain, Coop, Person};
use antelope_types::{Action, Asset, Checksum256, TimePointSec, asset};
use coop_model::{Document, parameters};
use serde_json::{Value, json};

/// What a person has of shares.
fn shares(client: &Client<'_>) -> Value {
    let balances = "{ getBalances { minimum available blocked in_kind } }";
    client.ask(balances, json!({}))["data"]["getBalances"][0].clone()
}

/// The newest thing of a person.
fn property(client: &Client<'_>) -> Value {
    let properties = "{ getProperties { items { id status is_open valuation } totalCount } }";
    client.ask(properties, json!({}))["data"]["getProperties"]["items"][0].clone()
}

fn money(coop: &Coop<'_>, person: &Person, sum: Asset) -> (&'static str, Value) {
    let data = about(coop, person.name, json!({"quantity": sum.to_string()}));
    ("MoneyStatementGenerateDocumentInput", data)
}

#[test]
fn every_kind_goes_from_its_statement_to_its_effect() {
    let (chain, live) = Chain::followed();
    let served = Served::with(&chain, live, |coop| {
        vec![coop.admitted(), coop.admitted(), coop.admitted()]
    });
    let council = Council::of(&served);
    with_money(&council);
    with_property(&council);
    blocked(&council);
    moved(&council);
    gone(&council);
}

fn with_money(council: &Council<'_>) {
    let (served, coop) = (council.served, council.coop());
    let person = &served.people[0];
    let client = &served.login(person, 5);
    let sum = asset!("50.00 RUB");
    refusals(council, client, person);
    let pushed = council.submit(
        (client, person),
        "MoneyContributionStatement",
        money(coop, person, sum),
        |statement| {
            let gateway = coop.gateway(person);
            gateway
                .sharemoney(coop.name(), person.name, sum, statement)
                .to_action()
        },
    );
    assert!(pushed["decision"].is_null(), "it is not paid: {pushed}");
    let question = council.settle(client, "PAID");
    council.decide(&question, "MoneyContribution");
    assert_eq!(shares(client)["available"], json!("50.00 RUB"));
    // Who has paid how much is not for other participants.
    served.follow();
    let paid = |client: &Client<'_>| {
        let query = "query($id: Float!) { getQuestion(id: $id) { payments { username } } }";
        let answer = client.ask(query, json!({"id": question["id"]}));
        answer["data"]["getQuestion"]["payments"].clone()
    };
    assert_eq!(paid(client), json!([{"username": person.name}]));
    assert_eq!(paid(&council.clerk), paid(client));
    assert_eq!(paid(&served.login(&served.people[1], 6)), json!([]));

    let sum = asset!("20.00 RUB");
    let pushed = council.submit(
        (client, person),
        "ReturnByMoneyStatement",
        money(coop, person, sum),
        |statement| {
            let gateway = coop.gateway(person);
            gateway
                .returnmoney(coop.name(), person.name, sum, statement)
                .to_action()
        },
    );
    assert_eq!(pushed["decision"]["type"], "returnmoney");
    council.decide(&pushed["decision"], "ReturnByMoney");
    council.settle(client, "COMPLETED");
    let left = shares(client);
    assert_eq!(
        (&left["available"], &left["blocked"]),
        (&json!("30.00 RUB"), &json!("0.00 RUB"))
    );
}

/// What is refused of a statement, and an invoice that its payer cancels.
fn refusals(council: &Council<'_>, client: &Client<'_>, person: &Person) {
    let (served, coop) = (council.served, council.coop());
    let operation = "submitMoneyContributionStatement";
    let made = |sum| {
        let (of, data) = money(coop, person, sum);
        let paper = client.call("generateMoneyContributionStatement", of, data, PAPER);
        served.document(&paper, person)
    };
    let sum = asset!("7.00 RUB");
    let (first, other) = (made(sum), made(asset!("8.00 RUB")));
    let gateway = coop.gateway(person);
    let share = |coop, who, sum, document: &Document| {
        gateway
            .sharemoney(coop, who, sum, document.clone())
            .to_action()
    };
    let right = share(coop.name(), person.name, sum, &first);
    let hash = first.hash();
    let refused = |data: Value| client.refused(operation, SUBMIT, data, PUSHED);
    let field = |name: &str| {
        (
            "BAD_INPUT".to_owned(),
            json!(format!("data.transaction.{name}")),
        )
    };
    let sending = |action| council.sending(person, hash, action);

    let ask = gateway.returnmoney(coop.name(), person.name, sum, first.clone());
    assert_eq!(
        refused(sending(ask.to_action())),
        field("actions"),
        "another action"
    );
    let mut two = sending(right.clone());
    two["transaction"] = served.transaction(&[right.clone(), right.clone()], &[person]);
    assert_eq!(refused(two), field("actions"), "two actions");
    let elsewhere = share(coop.members[0].name, person.name, sum, &first);
    assert_eq!(
        refused(sending(elsewhere)),
        field("data"),
        "another cooperative"
    );
    let more = share(coop.name(), person.name, asset!("9.00 RUB"), &first);
    assert_eq!(refused(sending(more)), field("data"), "another sum");
    let another = share(coop.name(), person.name, sum, &other);
    assert_eq!(refused(sending(another)), field("data"), "another document");
    let mut longer = right.clone();
    longer.data.push(0);
    assert_eq!(
        refused(sending(longer)),
        field("data"),
        "something behind it"
    );
    let mut whose = sending(right.clone());
    whose["hash"] = json!("11".repeat(32));
    assert_eq!(
        refused(whose).0,
        "NOT_FOUND",
        "a document that was not made here"
    );
    let mut whose = sending(right.clone());
    whose["coopname"] = json!(person.name);
    assert_eq!(
        refused(whose),
        ("BAD_INPUT".to_owned(), json!("data.coopname"))
    );
    let stranger = &served.people[1];
    let theirs = served.login(stranger, 6);
    let data = sending(right.clone());
    let told = theirs.refused(operation, SUBMIT, data, PUSHED);
    assert_eq!(told.0, "FORBIDDEN", "for somebody else");
    let data = council.sending(
        stranger,
        hash,
        share(coop.name(), stranger.name, sum, &first),
    );
    let told = theirs.refused(operation, SUBMIT, data, PUSHED);
    assert_eq!(told.0, "NOT_FOUND", "somebody else's document");
    let mut late = coop
        .chain
        .client
        .build(std::slice::from_ref(&right), &Default::default())
        .expect("one");
    let seconds = late.header.expiration.seconds() - 3_600;
    late.header.expiration = TimePointSec::from_seconds(seconds);
    let mut over = sending(right.clone());
    over["transaction"] = served.signed(late, &[person]);
    assert_eq!(refused(over), field("expiration"), "one that is over");

    // The later document first: then the earlier one has served, as the chain says.
    let later = share(coop.name(), person.name, asset!("8.00 RUB"), &other);
    let data = council.sending(person, other.hash(), later);
    client.call(operation, SUBMIT, data, PUSHED);
    let (code, refusal) = refused(sending(right));
    assert_eq!(code, "REFUSED_BY_CHAIN");
    assert!(refusal.is_number(), "{refusal}");
    let cancel = gateway
        .indecline(coop.name(), person.name, other.hash(), "передумал")
        .to_action();
    let data = council.sending(person, other.hash(), cancel.clone());
    client.call("cancelPayment", "PaymentStepInput", data, PUSHED);
    let data = council.sending(person, other.hash(), cancel);
    let told = client.refused("cancelPayment", "PaymentStepInput", data, PUSHED);
    assert_eq!(told.0, "REFUSED_BY_CHAIN");
    served.follow();
}

fn with_property(council: &Council<'_>) {
    let (served, coop) = (council.served, council.coop());
    let person = &served.people[0];
    let client = &served.login(person, 5);
    let (text, worth) = ("Сруб амбара", asset!("700.00 RUB"));
    let offer = || {
        let thing = json!({"description": text, "valuation": worth.to_string()});
        let of = "AssetContributionGenerateDocumentInput";
        let data = about(coop, person.name, thing);
        let hash = Checksum256::sha256(text.as_bytes());
        council.submit(
            (client, person),
            "AssetContributionStatement",
            (of, data),
            |statement| {
                let gateway = coop.gateway(person);
                gateway
                    .shareprop(coop.name(), person.name, hash, worth, statement)
                    .to_action()
            },
        );
        served.follow();
        property(client)["id"].as_f64().expect("a number") as u64
    };
    // One that is withdrawn.
    let id = offer();
    let gateway = coop.gateway(person);
    let back = gateway.cancelprop(coop.name(), person.name, id).to_action();
    let transaction = served.transaction(&[back], &[person]);
    let data = |id| {
        let more = json!({"property_id": id, "transaction": transaction});
        about(coop, person.name, more)
    };
    let of = "WithdrawAssetInput";
    let refused = client.refused("withdrawAsset", of, data(id + 1), PUSHED);
    assert_eq!(
        refused,
        ("BAD_INPUT".into(), json!("data.transaction.data"))
    );
    client.call("withdrawAsset", of, data(id), PUSHED);
    served.follow();
    assert_eq!(property(client)["is_open"], json!(false));

    let keeper = &coop.cashier;
    // A thing that becomes a share and is asked back.
    let asked_back = || {
        let id = offer();
        let question = council.act("AssetContributionAct", (client, person), id, |act| {
            let gateway = coop.gateway(keeper);
            gateway
                .acceptprop(coop.name(), keeper.name, id, act)
                .to_action()
        });
        assert_eq!(question["type"], "shareprop");
        council.decide(&question, "AssetContribution");
        assert_eq!(property(client)["status"], "shared");
        assert_eq!(shares(client)["in_kind"], json!("700.00 RUB"));
        let data = about(coop, person.name, json!({"property_id": id}));
        let pushed = council.submit(
            (client, person),
            "ReturnByAssetStatement",
            ("PropertyGenerateDocumentInput", data),
            |statement| {
                let gateway = coop.gateway(person);
                gateway
                    .returnprop(coop.name(), person.name, id, statement)
                    .to_action()
            },
        );
        council.decide(&pushed["decision"], "ReturnByAsset");
        assert_eq!(property(client)["status"], "handover");
        id
    };
    let id = asked_back();
    let question = council.act("ReturnByAssetAct", (client, person), id, |act| {
        let gateway = coop.gateway(keeper);
        gateway
            .handprop(coop.name(), keeper.name, id, act)
            .to_action()
    });
    assert!(question.is_null(), "nobody is asked about it");
    assert_eq!(property(client)["is_open"], json!(false));
    assert_eq!(shares(client)["in_kind"], json!("0.00 RUB"));

    // One that nobody hands over: its owner ends that alone.
    let id = asked_back();
    coop.chain.pass(parameters::PAYMENT_SECONDS);
    coop.property_overdue(id).accepted();
    let data = about(coop, person.name, json!({"property_id": id}));
    council.submit(
        (client, person),
        "ReturnByAssetAct",
        ("PropertyGenerateDocumentInput", data),
        |act| {
            let gateway = coop.gateway(person);
            gateway
                .handprop(coop.name(), person.name, id, act)
                .to_action()
        },
    );
    served.follow();
    assert_eq!(property(client)["is_open"], json!(false));
}

fn blocked(council: &Council<'_>) {
    let (served, coop) = (council.served, council.coop());
    let (member, person) = (&coop.members[1], &served.people[1]);
    let more = json!({"participant": person.name, "is_blocked": true, "reason": "не отвечает"});
    let data = about(coop, member.name, more);
    let pushed = council.submit(
        (&council.second, member),
        "BlockProposal",
        ("BlockProposalGenerateDocumentInput", data),
        |proposal| {
            let registrator = coop.registrator(member);
            registrator
                .blockuser(coop.name(), member.name, person.name, proposal)
                .to_action()
        },
    );
    council.decide(&pushed["decision"], "Block");
    assert_eq!(coop.standing(person), "blocked");
    // Of whom it is about, the audit says who sent it.
    let audit = format!(
        "{{ getAudit(about: \"{}\") {{ who operation }} }}",
        person.name
    );
    let audit = council.chairman.ask(&audit, json!({}));
    let entries = audit["data"]["getAudit"].as_array();
    let entries = entries.unwrap_or_else(|| panic!("{audit}"));
    let entry = json!({"who": member.name, "operation": "submitBlockProposal"});
    assert!(entries.contains(&entry), "{audit}");
}

fn moved(council: &Council<'_>) {
    let (served, coop) = (council.served, council.coop());
    let (old, new) = (&served.people[2], &Person::new());
    let (theirs, client) = (&served.login(old, 7), &served.register(new, 8));
    let account = json!({"coopname": coop.name(), "username": new.name});
    let (of, fields) = (
        "CreateAccountInput",
        "{ blockchain_account { account_name } }",
    );
    let refused = client.refused("createAccount", of, account.clone(), fields);
    assert_eq!(refused.0, "FORBIDDEN");
    let made = council
        .clerk
        .call("createAccount", of, account.clone(), fields);
    assert_eq!(made["blockchain_account"]["account_name"], json!(new.name));
    let refused = council.clerk.refused("createAccount", of, account, fields);
    assert_eq!(refused.0, "ALREADY_EXISTS");
    let asked = || {
        let more = json!({"new_username": new.name});
        let data = about(coop, old.name, more);
        // The old account can still be logged in to; who cannot any more asks the office.
        let of = "MoveStatementGenerateDocumentInput";
        let paper = theirs.call("generateMoveStatement", of, data, PAPER);
        let statement = served.document(&paper, new);
        let hash = statement.hash();
        let registrator = coop.registrator(new);
        let action = registrator.moveuser(coop.name(), old.name, new.name, statement);
        let data = council.sending(new, hash, action.to_action());
        let pushed = client.call("submitMoveStatement", SUBMIT, data, PUSHED);
        council.decide(&pushed["decision"], "Move");
    };
    let step = |person: &Person, action: Action| {
        let transaction = served.transaction(&[action], &[person]);
        let more = json!({"participant": old.name, "transaction": transaction});
        about(coop, person.name, more)
    };
    asked();
    let veto = coop.registrator(old).vetomove(coop.name(), old.name);
    let data = step(old, veto.to_action());
    theirs.call("vetoMove", "MoveStepInput", data, PUSHED);
    asked();
    let complete = || {
        let registrator = coop.registrator(new);
        step(
            new,
            registrator.completemove(coop.name(), old.name).to_action(),
        )
    };
    let refused = client.refused("completeMove", "MoveStepInput", complete(), PUSHED);
    assert_eq!(
        refused.0, "REFUSED_BY_CHAIN",
        "the time for a veto is not over"
    );
    coop.chain.pass(parameters::VETO_SECONDS);
    client.call("completeMove", "MoveStepInput", complete(), PUSHED);
    assert_eq!(coop.standing(old), "");
    assert_eq!(coop.standing(new), "active");
}

fn gone(council: &Council<'_>) {
    let (served, coop) = (council.served, council.coop());
    let person = &served.people[0];
    let client = &served.login(person, 5);
    let pushed = council.submit(
        (client, person),
        "ExitStatement",
        (
            "StatementGenerateDocumentInput",
            about(coop, person.name, json!({})),
        ),
        |statement| {
            let registrator = coop.registrator(person);
            registrator
                .exitcoop(coop.name(), person.name, statement)
                .to_action()
        },
    );
    council.decide(&pushed["decision"], "Exit");
    council.settle(client, "COMPLETED");
    assert_eq!(coop.standing(person), "");
    let left = "{ getAccount(data: { username: \"NAME\" }) { provider_account { status } } }";
    let left = left.replace("NAME", &person.name.to_string());
    let left = client.ask(&left, json!({}));
    assert_eq!(
        left["data"]["getAccount"]["provider_account"]["status"],
        "Blocked"
    );
}
