//! The public networks that are known beforehand.
//!
//! Ids and addresses are those of WharfKit's list of chains (`@wharfkit/common` 1.5, `Chains`).

use super::Network;
use antelope_types::Checksum256;

/// Name, chain id in hexadecimal, address, whether it is a production chain.
type Row = (&'static str, &'static str, &'static str, bool);

const KNOWN: [Row; 7] = [
    (
        "jungle4",
        "73e4385a2708e6d7048834fbc1079f2fabb17b3c125b146af438971e90716c4d",
        "https://jungle4.greymass.com",
        false,
    ),
    (
        "kylin",
        "5fff1dae8dc8e2fc4d5b23b2c7665c97f9e9d8edf2b6485a86ba311c25639191",
        "https://kylintestnet.greymass.com",
        false,
    ),
    (
        "telos-testnet",
        "1eaa0824707c8c16bd25145493bf062aecddfeb56c736f6ba6397f3195f33c9f",
        "https://telostestnet.greymass.com",
        false,
    ),
    (
        "wax-testnet",
        "f16b1833c747c43682f4386fca9cbb327929334a762755ebec17f6f23c9b8a12",
        "https://waxtestnet.greymass.com",
        false,
    ),
    (
        "eos",
        "aca376f206b8fc25a6ed44dbdc66547c36c6c33e3a119ffbeaef943642f0e906",
        "https://eos.greymass.com",
        true,
    ),
    (
        "telos",
        "4667b205c6838ef70ff7988f6e8257e8be0e1284a2f59699054a018f743b1d11",
        "https://telos.greymass.com",
        true,
    ),
    (
        "wax",
        "1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4",
        "https://wax.greymass.com",
        true,
    ),
];

/// All known networks with their names, `local` first.
///
/// ```
/// let names: Vec<_> = antelope_cli::network::known().map(|(name, _)| name).collect();
/// assert_eq!(names[..2], ["local", "jungle4"]);
/// ```
pub fn known() -> impl Iterator<Item = (&'static str, Network)> {
    let local = (super::DEFAULT, Network::of_url("http://127.0.0.1:8888"));
    let public = KNOWN.iter().map(|(name, id, url, production)| {
        let network = Network {
            chain_id: id.parse::<Checksum256>().ok(),
            production: *production,
            ..Network::of_url(*url)
        };
        (*name, network)
    });
    std::iter::once(local).chain(public)
}

/// Whether this is a production chain, whatever name or address it is reached by.
pub(crate) fn is_production(chain_id: &Checksum256) -> bool {
    known().any(|(_, network)| network.production && network.chain_id.as_ref() == Some(chain_id))
}

/// The name of a public network by its chain.
pub(crate) fn name_of(chain_id: &Checksum256) -> Option<&'static str> {
    let mut all = known();
    let found = all.find(|(_, network)| network.chain_id.as_ref() == Some(chain_id));
    found.map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_public_network_has_an_id_and_a_secure_address() {
        for (name, network) in known().skip(1) {
            assert!(network.chain_id.is_some(), "{name}");
            assert!(network.urls[0].starts_with("https://"), "{name}");
        }
    }

    #[test]
    fn production_chains_are_known_by_their_ids() {
        let production: Vec<_> = known().filter(|(_, it)| it.production).collect();
        assert_eq!(production.len(), 3);
        for (_, network) in production {
            assert!(is_production(&network.chain_id.unwrap()));
        }
        assert!(!is_production(&Checksum256::ZERO));
    }
}
