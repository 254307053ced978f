//! Accounts on a chain where RAM is bought and bandwidth is staked: eosio.system of the node's package.

use antelope_rpc_client::Client;
use antelope_types::{Action, Authority, Name, PermissionLevel, asset, name};
use coop_model::AccountPolicy;
use coop_model::clients::Registrator;
use serde_json::{Value, json};
use veche_tests::{Ground, reference};

use super::world::{Chain, Coop, Person, new_account};

const EOSIO: Name = name!("eosio");

/// A chain whose system contract sells RAM, with 1 000 000 000 EOS in the hands of `eosio`.
fn market() -> Ground {
    let node = Ground::start();
    let (client, key) = (node.client(), node.key());
    let system_accounts = [
        "eosio.token",
        "eosio.ram",
        "eosio.ramfee",
        "eosio.stake",
        "eosio.rex",
        "eosio.bpay",
        "eosio.vpay",
        "eosio.names",
        "eosio.saving",
        "eosio.reserv",
    ];
    let accounts: Vec<(Name, _)> = system_accounts
        .map(|account| (account.parse().expect("a name"), node.public_key()))
        .into();
    node.create_accounts(&accounts).expect("system accounts");
    let token = name!("eosio.token");
    reference("eosio.token")
        .deploy(client, token, key)
        .expect("eosio.token");
    client.remember_abi(token, client.get_abi(token).expect("its ABI"));
    let run = |account, action: Name, signer, arguments: Value| {
        let action = client
            .action(account, action, PermissionLevel::active(signer), &arguments)
            .expect("an action");
        client
            .push(&[action], &[key])
            .unwrap_or_else(|error| panic!("{error}"));
    };
    run(
        token,
        name!("create"),
        token,
        json!({ "issuer": "eosio", "maximum_supply": "10000000000.0000 EOS" }),
    );
    run(
        token,
        name!("issue"),
        EOSIO,
        json!({ "to": "eosio", "quantity": "1000000000.0000 EOS", "memo": "" }),
    );
    reference("eosio.system")
        .deploy(client, EOSIO, key)
        .expect("eosio.system");
    client.remember_abi(EOSIO, client.get_abi(EOSIO).expect("its ABI"));
    run(
        EOSIO,
        name!("init"),
        EOSIO,
        json!({ "version": 0, "core": "4,EOS" }),
    );
    node
}

/// How `eosio` makes an account there: with RAM and bandwidth for contracts.
fn with_resources(client: &Client, person: &Person) -> Vec<Action> {
    let account = person.name.to_string();
    let run = |action: Name, arguments: Value| {
        client
            .action(EOSIO, action, PermissionLevel::active(EOSIO), &arguments)
            .expect("an action")
    };
    vec![
        new_account(person),
        run(
            name!("buyrambytes"),
            json!({ "payer": "eosio", "receiver": account, "bytes": 1_500_000 }),
        ),
        run(
            name!("delegatebw"),
            json!({
                "from": "eosio", "receiver": account, "transfer": false,
                "stake_net_quantity": "1000.0000 EOS", "stake_cpu_quantity": "100000.0000 EOS",
            }),
        ),
    ]
}

#[test]
fn people_get_ram_and_bandwidth_on_a_chain_that_sells_them() {
    let node = market();
    let client = node.client().clone();
    let chain = Chain::set_up_with(client.clone(), node.key().clone(), |person| {
        with_resources(&client, person)
    });
    let registrator = &chain.registrator;
    let cooperative = Person::new();
    let cashier = Person::new();
    for person in [&cooperative, &cashier] {
        chain
            .push(with_resources(&client, person), &[&chain.eosio])
            .accepted();
    }
    let coop = Coop {
        chain: &chain,
        account: cooperative,
        members: Vec::new(),
        cashier,
    };
    let register = coop.registrator(&coop.account).regcoop(
        coop.name(),
        super::world::fees(),
        coop_model::Charter::default(),
        chain.unique_hash(),
    );
    chain
        .push(vec![register.to_action()], &[&coop.account])
        .accepted();
    coop.set_status(name!("active")).accepted();

    // Without RAM for it, an account cannot be made here: the chain says so.
    let person = Person::new();
    let make = || {
        chain.push(
            vec![coop.new_account(&coop.account, &person)],
            &[&coop.account],
        )
    };
    make().refused_by_chain(RAM_USAGE_EXCEEDED);

    let set_policy = |policy: AccountPolicy| {
        let caller = Registrator::at(registrator.name).signed_by(registrator.active());
        chain
            .push(vec![caller.setpolicy(policy).to_action()], &[registrator])
            .accepted();
    };
    set_policy(AccountPolicy {
        ram_bytes: 4_000,
        stake_net: asset!("0.1000 EOS"),
        stake_cpu: asset!("0.9000 EOS"),
    });
    make().refused_with("no balance object found");

    let pay = json!({ "from": "eosio", "to": registrator.name.to_string(), "quantity": "100.0000 EOS", "memo": "" });
    let pay = client
        .action(
            name!("eosio.token"),
            name!("transfer"),
            PermissionLevel::active(EOSIO),
            &pay,
        )
        .expect("an action");
    chain.push(vec![pay], &[&chain.eosio]).accepted();
    make().accepted();
    let account = client.get_account(person.name).expect("the account");
    // The system contract adds 1 400 bytes of its own, and sells a few bytes less than asked for.
    assert!(
        (5_380..=5_400).contains(&account.ram_quota),
        "{}",
        account.ram_quota
    );
    assert_eq!(
        account
            .permission(name!("owner"))
            .expect("owner")
            .required_auth
            .keys[0]
            .key,
        person.public_key()
    );
    let stakes = chain.rows(&chain.eosio, person.name, name!("userres"));
    assert_eq!(
        (
            stakes[0]["net_weight"].as_str(),
            stakes[0]["cpu_weight"].as_str()
        ),
        (Some("0.1000 EOS"), Some("0.9000 EOS"))
    );

    // The person can act at once: with bandwidth and room for a statement.
    let authority = Authority::from_key(Person::new().public_key());
    let change = antelope_rpc_client::native::update_auth(
        person.name,
        name!("active"),
        name!("owner"),
        authority,
    );
    chain.push(vec![change], &[&person]).accepted();

    // One of the two is enough for a policy that delegates, and a policy may delegate nothing.
    let (some, none) = (asset!("0.1000 EOS"), asset!("0.0000 EOS"));
    for (stake_net, stake_cpu) in [(some, none), (none, some), (none, none)] {
        set_policy(AccountPolicy {
            ram_bytes: 4_000,
            stake_net,
            stake_cpu,
        });
        let person = Person::new();
        let action = coop.new_account(&coop.account, &person);
        chain.push(vec![action], &[&coop.account]).accepted();
        let stakes = chain.rows(&chain.eosio, person.name, name!("userres"));
        assert_eq!(
            ["net_weight", "cpu_weight"].map(|weight| stakes[0][weight].clone()),
            [stake_net, stake_cpu].map(|stake| json!(stake.to_string()))
        );
    }
}

/// `ram_usage_exceeded`.
const RAM_USAGE_EXCEEDED: u64 = 3_080_001;
