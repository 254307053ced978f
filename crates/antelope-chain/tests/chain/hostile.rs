//! Bytes from anybody: they are refused or executed, and never more.

use crate::puppets::{ALICE, BOB, act, chain};
use crate::shared::signing::sign;
use antelope_rpc_client::native;
use antelope_types::{
    Action, Authority, Compression, Encode, Name, PackedTransaction, PermissionLevel, name,
};
use proptest::prelude::*;

/// Native actions with good arguments, to be spoilt.
fn natives() -> Vec<Action> {
    let authority = Authority::from_permission(PermissionLevel::active(BOB));
    let level = [PermissionLevel::active(ALICE)];
    let names = [ALICE, BOB, name!("x"), name!("active")].to_vec();
    let four = names.iter().flat_map(Encode::to_bytes).collect::<Vec<u8>>();
    let bare = |action: Name| Action {
        data: four.clone(),
        ..Action::new(name!("eosio"), action, &level, &())
    };
    vec![
        native::new_account(ALICE, name!("carol"), authority.clone(), authority.clone()),
        native::update_auth(ALICE, name!("p"), name!("active"), authority),
        native::set_code(ALICE, b"code"),
        native::set_abi(ALICE, b"abi"),
        bare(name!("linkauth")),
        bare(name!("unlinkauth")),
        bare(name!("deleteauth")),
        bare(name!("canceldelay")),
        bare(name!("onblock")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn random_bytes_are_no_transaction(bytes in prop::collection::vec(any::<u8>(), 0..300), zlib: bool) {
        let mut chain = chain(&[], &[ALICE]);
        let packed = PackedTransaction {
            packed_trx: bytes,
            compression: if zlib { Compression::Zlib } else { Compression::None },
            ..PackedTransaction::default()
        };
        prop_assert!(chain.push_packed(&packed).is_err());
    }

    #[test]
    fn spoilt_transactions_are_refused_or_executed(at in any::<prop::sample::Index>(), flip: u8) {
        let mut chain = chain(&[], &[ALICE, BOB]);
        let transaction = chain.transaction(&[act(BOB, name!("x"), ALICE, &7u64)]);
        let signed = sign(&chain, transaction);
        let mut packed = PackedTransaction::pack(&signed);
        let index = at.index(packed.packed_trx.len());
        packed.packed_trx[index] ^= flip;
        // What is changed is not what was signed.
        prop_assert_eq!(chain.push_packed(&packed).is_ok(), flip == 0);
    }

    #[test]
    fn spoilt_arguments_of_native_actions_leave_the_books_in_order(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        flip: u8,
        cut in 0..20usize,
    ) {
        let mut chain = chain(&[], &[ALICE, BOB]);
        let natives = natives();
        let mut action = natives[which.index(natives.len())].clone();
        let index = at.index(action.data.len());
        action.data[index] ^= flip;
        action.data.truncate(action.data.len().saturating_sub(cut));
        let _ = chain.push(&[action]);
        let report = chain.state().ram_report();
        for (name, billed) in chain.state().ram_usage() {
            prop_assert_eq!(report.total(name), billed as i64, "{}", name);
        }
        chain.produce_block().unwrap();
    }
}
