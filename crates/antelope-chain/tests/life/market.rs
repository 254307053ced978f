//! RAM bought and sold, NET and CPU staked and let go, accounts made where both have a price.

use crate::world::{World, level, n};
use antelope_rpc_client::native;
use antelope_types::{Authority, PermissionLevelWeight};
use serde_json::json;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Accounts that live on the chain from here on.
pub const PEOPLE: [&str; 6] = ["alice", "bob", "carol", "dave", "erin", "frank"];

pub fn run(world: &mut World) {
    newcomers(world);
    ram(world);
    stakes(world);
    permissions(world);
    refunds(world);
    powerup(world);
    names(world);
    rex(world);
    parameters(world);
}

/// `newaccount` with what an account needs to live.
fn newcomers(world: &mut World) {
    for name in PEOPLE {
        let owner = Authority::from_key(world.key());
        let active = owner.clone().with_code(n(name));
        let create = native::new_account(n("eosio"), n(name), owner, active);
        let ram = json!({ "payer": "eosio", "receiver": name, "bytes": 20_000 });
        let stake = json!({
            "from": "eosio", "receiver": name, "stake_net_quantity": "10.0000 SYS",
            "stake_cpu_quantity": "10.0000 SYS", "transfer": false,
        });
        let ram = world.action("eosio", "buyrambytes", "eosio", ram);
        let stake = world.action("eosio", "delegatebw", "eosio", stake);
        assert!(world.push(&[create, ram, stake]), "{name}");
        let funds =
            json!({ "from": "eosio", "to": name, "quantity": "10000.0000 SYS", "memo": "" });
        world.does("eosio.token", "transfer", "eosio", funds);
        world.twin.block();
    }
    // Without RAM there is no account; a short name is for sale.
    let owner = Authority::from_key(world.key());
    for (creator, name) in [
        ("alice", "poorpoorpoor"),
        ("alice", "shorty"),
        ("alice", "x.alice"),
    ] {
        let create = native::new_account(n(creator), n(name), owner.clone(), owner.clone());
        world.push(&[create]);
    }
    world.twin.block();
    world.rows("eosio");
    world.rows("eosio.token");
}

fn ram(world: &mut World) {
    let buy = |payer: &str, receiver: &str, quant: &str| json!({ "payer": payer, "receiver": receiver, "quant": quant });
    world.does(
        "eosio",
        "buyram",
        "alice",
        buy("alice", "alice", "10.0000 SYS"),
    );
    world.does(
        "eosio",
        "buyram",
        "alice",
        buy("alice", "bob", "0.0100 SYS"),
    );
    world.fails("eosio", "buyram", "bob", buy("alice", "bob", "1.0000 SYS"));
    world.fails(
        "eosio",
        "buyram",
        "alice",
        buy("alice", "bob", "0.0000 SYS"),
    );
    world.fails(
        "eosio",
        "buyram",
        "alice",
        buy("alice", "bob", "1.0000 EOS"),
    );
    world.fails(
        "eosio",
        "buyram",
        "alice",
        buy("alice", "nobody", "1.0000 SYS"),
    );
    world.fails(
        "eosio",
        "buyram",
        "alice",
        buy("alice", "bob", "90000.0000 SYS"),
    );
    world.twin.block();
    for bytes in [1u32, 100, 4096, 1_000_000] {
        let arguments = json!({ "payer": "carol", "receiver": "carol", "bytes": bytes });
        world.act_in_block("eosio", "buyrambytes", "carol", arguments);
    }
    for bytes in [1i64, 100, 4000, 0, -5, 1_000_000_000, i64::MAX] {
        let arguments = json!({ "account": "carol", "bytes": bytes });
        world.act_in_block("eosio", "sellram", "carol", arguments);
    }
    let arguments = json!({ "account": "carol", "bytes": 100 });
    world.fails("eosio", "sellram", "dave", arguments);
    for rate in [0u16, 1024] {
        world.does(
            "eosio",
            "setramrate",
            "eosio",
            json!({ "bytes_per_block": rate }),
        );
    }
    world.fails(
        "eosio",
        "setramrate",
        "alice",
        json!({ "bytes_per_block": 1 }),
    );
    world.fails("eosio", "setram", "eosio", json!({ "max_ram_size": 1 }));
    world.does(
        "eosio",
        "setram",
        "eosio",
        json!({ "max_ram_size": 80_000_000_000u64 }),
    );
    world.twin.advance(DAY);
    let arguments = json!({ "payer": "dave", "receiver": "dave", "bytes": 5000 });
    world.act_in_block("eosio", "buyrambytes", "dave", arguments);
    // A row that there is no RAM for.
    let sell = json!({ "account": "erin", "bytes": 16_000 });
    world.act_in_block("eosio", "sellram", "erin", sell);
    let open = json!({ "owner": "erin", "symbol": "4,SYS", "ram_payer": "erin" });
    world.act_in_block("eosio.token", "open", "erin", open);
    world.rows("eosio");
}

fn stake(from: &str, to: &str, net: &str, cpu: &str, transfer: bool) -> serde_json::Value {
    json!({
        "from": from, "receiver": to, "stake_net_quantity": format!("{net} SYS"),
        "stake_cpu_quantity": format!("{cpu} SYS"), "transfer": transfer,
    })
}

fn unstake(from: &str, to: &str, net: &str, cpu: &str) -> serde_json::Value {
    json!({
        "from": from, "receiver": to, "unstake_net_quantity": format!("{net} SYS"),
        "unstake_cpu_quantity": format!("{cpu} SYS"),
    })
}

fn stakes(world: &mut World) {
    for (from, to, net, cpu, transfer) in [
        ("alice", "alice", "100.0000", "100.0000", false),
        ("alice", "bob", "5.0000", "0.0000", false),
        ("alice", "bob", "0.0000", "7.0000", false),
        ("alice", "carol", "1.0000", "1.0000", true),
        ("bob", "bob", "0.0001", "0.0001", false),
        ("alice", "bob", "0.0000", "0.0000", false),
        ("alice", "bob", "-1.0000", "0.0000", false),
        ("alice", "alice", "99999.0000", "1.0000", false),
        ("alice", "nobody", "1.0000", "1.0000", false),
    ] {
        world.act_in_block(
            "eosio",
            "delegatebw",
            from,
            stake(from, to, net, cpu, transfer),
        );
    }
    world.fails(
        "eosio",
        "delegatebw",
        "bob",
        stake("alice", "bob", "1.0000", "1.0000", false),
    );
    for (from, to, net, cpu) in [
        ("alice", "bob", "1.0000", "1.0000"),
        ("alice", "bob", "1.0000", "0.0000"),
        ("alice", "alice", "10.0000", "20.0000"),
        ("alice", "carol", "1.0000", "1.0000"),
        ("bob", "alice", "1.0000", "1.0000"),
        ("alice", "alice", "0.0000", "0.0000"),
        ("alice", "alice", "5000.0000", "0.0000"),
    ] {
        world.act_in_block("eosio", "undelegatebw", from, unstake(from, to, net, cpu));
    }
    world.rows("eosio");
}

/// Nested permissions and links, used where money moves.
fn permissions(world: &mut World) {
    let mut both = Authority {
        threshold: 2,
        ..Authority::from_permission(level("bob"))
    };
    let carol = PermissionLevelWeight {
        permission: level("carol"),
        weight: 1,
    };
    both.accounts.push(carol);
    let update = native::update_auth(n("alice"), n("pay"), n("active"), both);
    assert!(world.push(&[update]));
    let link = native::link_auth(n("alice"), n("eosio.token"), n("transfer"), n("pay"));
    assert!(world.push(&[link]));
    let pay = json!({ "from": "alice", "to": "dave", "quantity": "3.0000 SYS", "memo": "by two" });
    world.does("eosio.token", "transfer", "alice@pay", pay.clone());
    world.fails("eosio", "refund", "alice@pay", json!({ "owner": "alice" }));
    world.act("eosio.token", "transfer", "alice@owner", pay);
    world.twin.block();
}

fn refunds(world: &mut World) {
    let owner = |name: &str| json!({ "owner": name });
    world.fails("eosio", "refund", "alice", owner("alice"));
    world.twin.advance(2 * DAY);
    world.fails("eosio", "refund", "alice", owner("alice"));
    world.does(
        "eosio",
        "delegatebw",
        "alice",
        stake("alice", "alice", "1.0000", "0.0000", false),
    );
    world.fails("eosio", "refund", "bob", owner("alice"));
    world.twin.advance(2 * DAY);
    world.act_in_block("eosio", "refund", "alice", owner("alice"));
    world.act_in_block("eosio", "refund", "alice", owner("alice"));
    world.fails("eosio", "refund", "frank", owner("frank"));
    world.rows("eosio");
    world.rows("eosio.token");
}

fn powerup(world: &mut World) {
    let powerup = json!({
        "payer": "frank", "receiver": "frank", "days": 1, "net_frac": 100_000_000_000i64,
        "cpu_frac": 100_000_000_000i64, "max_payment": "100.0000 SYS",
    });
    world.fails("eosio", "powerup", "frank", powerup.clone());
    let resource = json!({
        "current_weight_ratio": 1_000_000_000_000_000i64, "target_weight_ratio": 10_000_000_000_000i64,
        "assumed_stake_weight": 944_076_307, "target_timestamp": "2018-12-01T00:00:00",
        "exponent": 2.0, "decay_secs": 86_400, "min_price": "0.0000 SYS", "max_price": "1000000.0000 SYS",
    });
    let configure = json!({ "args": {
        "net": resource, "cpu": resource, "powerup_days": 1, "min_powerup_fee": "0.0001 SYS",
    }});
    world.act_in_block("eosio", "cfgpowerup", "eosio", configure);
    for _ in 0..2 {
        world.act_in_block("eosio", "powerup", "frank", powerup.clone());
    }
    world.twin.advance(2 * DAY);
    let exec = json!({ "user": "alice", "max": 10 });
    world.act_in_block("eosio", "powerupexec", "alice", exec);
    world.rows("eosio");
}

fn names(world: &mut World) {
    let bid = |bidder: &str, bid: &str| json!({ "bidder": bidder, "newname": "com", "bid": bid });
    world.act("eosio", "bidname", "bob", bid("bob", "1.0000 SYS"));
    world.act("eosio", "bidname", "dave", bid("dave", "1.0500 SYS"));
    world.act("eosio", "bidname", "dave", bid("dave", "2.0000 SYS"));
    world.act("eosio", "bidname", "dave", bid("dave", "3.0000 SYS"));
    world.twin.block();
    world.act_in_block(
        "eosio",
        "bidrefund",
        "bob",
        json!({ "bidder": "bob", "newname": "com" }),
    );
    world.act_in_block(
        "eosio",
        "bidrefund",
        "bob",
        json!({ "bidder": "bob", "newname": "com" }),
    );
    world.rows("eosio");
}

fn rex(world: &mut World) {
    let amount = |name: &str, amount: &str| json!({ "owner": name, "amount": amount });
    world.act_in_block("eosio", "deposit", "frank", amount("frank", "50.0000 SYS"));
    let buy = json!({ "from": "frank", "amount": "20.0000 SYS" });
    world.act_in_block("eosio", "buyrex", "frank", buy);
    world.act_in_block("eosio", "withdraw", "frank", amount("frank", "5.0000 SYS"));
    let rent = json!({
        "from": "frank", "receiver": "bob", "loan_payment": "1.0000 SYS", "loan_fund": "0.0000 SYS",
    });
    world.act_in_block("eosio", "rentcpu", "frank", rent);
    let sell = json!({ "from": "frank", "rex": "1.0000 REX" });
    world.act_in_block("eosio", "sellrex", "frank", sell.clone());
    world.twin.advance(5 * DAY);
    world.act_in_block("eosio", "sellrex", "frank", sell);
    world.act_in_block("eosio", "updaterex", "frank", json!({ "owner": "frank" }));
    world.rows("eosio");
}

fn parameters(world: &mut World) {
    let config = |percentage| antelope_chain::ChainConfig {
        target_block_cpu_usage_pct: percentage,
        ..crate::twin::config()
    };
    let good = crate::system::set_parameters(config(2000));
    let bad = crate::system::set_parameters(config(20_000));
    world.does("eosio", "setparams", "eosio", good.clone());
    world.fails("eosio", "setparams", "eosio", bad);
    world.fails("eosio", "setparams", "alice", good);
    let limits =
        json!({ "account": "alice", "ram_bytes": 100_000, "net_weight": 1, "cpu_weight": 1 });
    world.fails("eosio", "setalimits", "eosio", limits);
    for (name, field) in [
        ("setacctram", "ram_bytes"),
        ("setacctnet", "net_weight"),
        ("setacctcpu", "cpu_weight"),
    ] {
        world.act(
            "eosio",
            name,
            "eosio",
            json!({ "account": "limited", (field): 50_000 }),
        );
        world.act(
            "eosio",
            name,
            "eosio",
            json!({ "account": "limited", (field): null }),
        );
    }
    world.twin.block();
    world.rows("eosio");
}
