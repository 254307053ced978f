//! From an empty chain to one with a token, a RAM market and staked resources.

use crate::parameters::parameters;
use crate::world::World;
use antelope_chain::{Feature, FeatureSet};
use serde_json::json;

/// Activates the first feature and sets `eosio.bios`.
pub fn bios(world: &mut World) {
    let first = [Feature::PREACTIVATE_FEATURE];
    world.twin.chain.activate_features(&first).unwrap();
    world.twin.block();
    world.deploy("eosio", "eosio.bios");
    world.twin.block();
}

/// Activates these features by `eosio.bios`.
pub fn activate(world: &mut World, features: FeatureSet) {
    for feature in features.without(Feature::PREACTIVATE_FEATURE).iter() {
        let arguments = json!({ "feature_digest": feature.digest });
        world.does("eosio", "activate", "eosio", arguments);
    }
    world.twin.block();
}

/// Sets the contracts of the system and starts them.
pub fn begin(world: &mut World, features: FeatureSet) {
    bios(world);
    let first = Feature::ONLY_LINK_TO_EXISTING_PERMISSION;
    let again = json!({ "feature_digest": first.digest });
    world.does("eosio", "activate", "eosio", again.clone());
    world.fails("eosio", "activate", "eosio", again.clone());
    let early = json!({ "feature_digest": Feature::NO_DUPLICATE_DEFERRED_ID.digest });
    world.fails("eosio", "activate", "eosio", early);
    world.fails("eosio", "reqactivated", "eosio", again.clone());
    world.twin.block();
    world.fails("eosio", "activate", "eosio", again.clone());
    world.does("eosio", "reqactivated", "eosio", again);
    let unknown = json!({ "feature_digest": "00".repeat(32) });
    world.fails("eosio", "activate", "eosio", unknown);
    activate(world, features.without(first));
    accounts_of_bios(world);
    world.accounts(&[
        "eosio.bpay",
        "eosio.names",
        "eosio.ram",
        "eosio.ramfee",
        "eosio.rex",
        "eosio.saving",
        "eosio.stake",
        "eosio.vpay",
        "eosio.reserv",
        "eosio.msig",
        "eosio.wrap",
        "eosio.token",
        "eosio.rsrv",
        "eosio.fees",
    ]);
    world.deploy("eosio.token", "eosio.token");
    world.deploy("eosio.msig", "eosio.msig");
    world.deploy("eosio.wrap", "eosio.wrap");
    for account in ["eosio.msig", "eosio.wrap"] {
        let arguments = json!({ "account": account, "is_priv": 1 });
        world.does("eosio", "setpriv", "eosio", arguments);
    }
    token(world);
    world.deploy("eosio", "eosio.system");
    world.twin.block();
    let start = json!({ "version": 0, "core": "4,SYS" });
    world.does("eosio", "init", "eosio", start.clone());
    world.fails("eosio", "init", "eosio", start);
    world.twin.block();
    world.rows("eosio");
}

/// What `eosio.bios` does but features.
fn accounts_of_bios(world: &mut World) {
    world.accounts(&["bob.x", "limited"]);
    let limits = |ram: i64, net: i64, cpu: i64| json!({ "account": "limited", "ram_bytes": ram, "net_weight": net, "cpu_weight": cpu });
    world.does("eosio", "setalimits", "eosio", limits(4000, 10, 10));
    world.fails("eosio", "setalimits", "eosio", limits(100, 10, 10));
    world.fails("eosio", "setalimits", "limited", limits(9000, 10, 10));
    world.fails("eosio", "setalimits", "eosio", limits(-2, 10, 10));
    world.twin.block();
    world.does("eosio", "reqauth", "limited", json!({ "from": "limited" }));
    world.fails("eosio", "reqauth", "limited", json!({ "from": "bob.x" }));
    world.does(
        "eosio",
        "setpriv",
        "eosio",
        json!({ "account": "bob.x", "is_priv": 1 }),
    );
    world.fails(
        "eosio",
        "setpriv",
        "bob.x",
        json!({ "account": "bob.x", "is_priv": 0 }),
    );
    world.fails(
        "eosio",
        "setpriv",
        "eosio",
        json!({ "account": "nobody", "is_priv": 1 }),
    );
    let parameters =
        |lifetime: u32, percentage: u32| set_parameters(world_config(lifetime, percentage));
    world.does("eosio", "setparams", "eosio", parameters(7200, 1000));
    world.fails("eosio", "setparams", "eosio", parameters(7200, 20_000));
    world.twin.block();
    world.rows("eosio");
}

fn world_config(lifetime: u32, percentage: u32) -> antelope_chain::ChainConfig {
    antelope_chain::ChainConfig {
        max_transaction_lifetime: lifetime,
        target_block_net_usage_pct: percentage,
        ..crate::twin::config()
    }
}

/// The arguments of `setparams` of `eosio.bios` and of `eosio.system`.
pub fn set_parameters(config: antelope_chain::ChainConfig) -> serde_json::Value {
    json!({ "params": parameters(config) })
}

fn token(world: &mut World) {
    let create = json!({ "issuer": "eosio", "maximum_supply": "2000000000.0000 SYS" });
    world.does("eosio.token", "create", "eosio.token", create.clone());
    world.fails("eosio.token", "create", "eosio.token", create);
    let issue = json!({ "to": "eosio", "quantity": "1000000000.0000 SYS", "memo": "" });
    world.does("eosio.token", "issue", "eosio", issue.clone());
    world.fails("eosio.token", "issue", "eosio.token", issue);
    let retire = json!({ "quantity": "1.0000 SYS", "memo": "gone" });
    world.does("eosio.token", "retire", "eosio", retire);
    world.twin.block();
    world.rows("eosio.token");
}
