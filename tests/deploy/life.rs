//! After the deployment: the accounts are given to several parties, a cooperative is founded, a person is
//! admitted, contributes, gets a part of the share back and leaves. All of it by `veche`, on accounts that
//! pay for themselves; and what that takes of each of them.

use super::guide::figures;
use super::holders::HOLDERS;
use super::network::{ACCOUNTS, Network};
use crate::cli::{Bureau, Day, Desk, FOUNDERS, Host};
use antelope_types::Name;
use coop_documents::Lang;

/// Who makes the account of the cooperative: anybody with tokens.
const PATRON: &str = "vechepatron1";
/// The words that name the cooperative in commands of the operator.
const COOP: &str = "--coop zarechyekoop --soviet vechecouncil";

/// The accounts that the figures are about.
const ACTORS: [(&str, &str); 8] = [
    ("registrator", "vechepeople1"),
    ("soviet", "vechecouncil"),
    ("gateway", "vechepayment"),
    ("the cooperative", "zarechyekoop"),
    ("the chairman", "mirodaluvaxe"),
    ("another member of the council", "kepozanuriso"),
    ("the clerk", "gipavudorezo"),
    ("the participant", "zuketamosiva"),
];

/// RAM in bytes, NET in bytes and CPU in microseconds that an account has used until now; nothing where it
/// does not exist yet.
fn used(network: &Network, account: &str) -> [i64; 3] {
    let name: Name = account.parse().expect("a name");
    let found = network.node.client().find_account(name).expect("an answer");
    found.map_or([0; 3], |it| {
        [it.ram_usage, it.net_limit.used, it.cpu_limit.used]
    })
}

/// The difference for each of [`ACTORS`].
fn since(network: &Network, before: &[[i64; 3]]) -> Vec<[i64; 3]> {
    let now = ACTORS.iter().map(|(_, account)| used(network, account));
    let pairs = now.zip(before);
    // What the deployment took of NET and CPU falls with time.
    let more = |now: [i64; 3], before: &[i64; 3]| {
        let [ram, net, cpu] = [0, 1, 2].map(|i| now[i] - before[i]);
        [ram, net.max(0), cpu.max(0)]
    };
    pairs.map(|(now, before)| more(now, before)).collect()
}

fn all(network: &Network) -> Vec<[i64; 3]> {
    since(network, &[[0; 3]; ACTORS.len()])
}

/// Founds the cooperative; two of three holders let it act.
fn found(network: &Network, bureau: &Bureau) {
    let open = |key: &str| {
        network
            .typed(&format!(
                "veche system newaccount {PATRON} zarechyekoop {key} --stake-net 1 --stake-cpu 1 \
                 --buy-ram-bytes 12000 --key {PATRON}"
            ))
            .data();
        network.settle();
    };
    let status = || network.veche(&format!("coop {COOP}")).data()["status"].clone();
    bureau.found(open, || {
        // Nobody holds registrator alone any more.
        let alone = network.veche(&format!("coop activate {COOP} --yes --key vechepeople1"));
        assert_eq!(alone.failure().0, "chain.keys", "{}", alone.out);
        let propose = format!("--propose activate1 --proposer {0} --key {0}", HOLDERS[0]);
        network
            .veche(&format!("coop activate {COOP} --yes {propose}"))
            .data();
        network.settle();
        network.approve("activate1", HOLDERS[0]);
        network.approve("activate1", HOLDERS[2]);
        network.execute("activate1").data();
        network.until("the cooperative may act", || status() == "active");
    });
}

#[test]
fn a_cooperative_lives_by_veche_alone_after_the_deployment() {
    let network = Network::start();
    network.newcomers(100);
    let keys = Network::keys(&ACCOUNTS.map(|(_, account)| account));
    let deployed = network.script(&format!("-x {keys}"));
    assert_eq!(deployed.code, 0, "{}", deployed.err);
    network.hand_over();
    network.rich(PATRON, 100);

    let accounts = ACCOUNTS.map(|(_, account)| account);
    let host = Host::Elsewhere(network.node.url().to_owned(), accounts);
    let bureau = Bureau::at(Desk::of(host), "en");
    let deployed = all(&network);
    let [patron, registrator] = [PATRON, accounts[0]].map(|it| network.balance(it));
    found(&network, &bureau);
    let founded = all(&network);
    let founding = since(&network, &deployed);
    let spent = [(PATRON, patron), (accounts[0], registrator)]
        .map(|(account, before)| before.amount - network.balance(account).amount);
    Day::of_council(&bureau.desk, Lang::En, &FOUNDERS);
    let day = since(&network, &founded);

    let rows = ACTORS.iter().zip(founding.iter().zip(&day));
    let rows = rows.map(|((who, _), (founding, day))| {
        let cells = [founding[0], day[0], founding[1], day[1]];
        ((*who).to_owned(), cells, [founding[2], day[2]])
    });
    figures(
        "docs/deploy.md",
        "| account | RAM",
        &rows.collect::<Vec<_>>(),
    );
    // The patron pays for RAM and two stakes, registrator for the accounts of three founders and a clerk.
    let unit = 10_000;
    assert!((2 * unit..3 * unit).contains(&spent[0]), "{spent:?}");
    assert!((unit / 2..3 * unit).contains(&spent[1]), "{spent:?}");

    // Nothing of this is to be deployed again.
    let again = network.script("-x");
    assert_eq!(again.code, 0, "{}", again.err);
    let nothing = "nothing to do: the chain has it all";
    assert!(again.out.contains(nothing), "{}", again.out);
}
