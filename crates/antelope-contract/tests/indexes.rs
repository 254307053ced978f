//! Updates of rows: which secondary keys are written again.

use std::cell::RefCell;
use std::rc::Rc;

use antelope_contract::host::{Host, with_host};
use antelope_contract::prelude::*;

/// A document.
#[table("documents")]
pub struct Document {
    /// The key.
    #[primary]
    pub id: u64,
    /// Found by its hash.
    #[index]
    pub hash: Checksum256,
    /// Found by its owner.
    #[index]
    pub owner: Name,
    /// Not a key.
    pub views: u32,
}

/// The contract.
#[contract(tables(Document))]
pub mod registry {
    use super::*;

    /// Changes the only row.
    #[action]
    pub fn change(hash: Checksum256, owner: Name) {
        let documents = Document::table(receiver());
        let document = documents.get(1).or_fail("no such document");
        document.update(Payer::Same, |document| {
            document.hash = hash;
            document.owner = owner;
            document.views += 1;
        });
    }
}

/// One row, and what was written.
#[derive(Default)]
struct Chain {
    row: Vec<u8>,
    hashes: Vec<[u128; 2]>,
    owners: Vec<u64>,
}

impl Host for Chain {
    fn current_receiver(&mut self) -> u64 {
        name!("registry").raw()
    }

    fn db_find_i64(&mut self, _: u64, _: u64, _: u64, _: u64) -> i32 {
        0
    }

    fn db_get_i64(&mut self, _: i32, buffer: &mut [u8]) -> i32 {
        buffer[..self.row.len()].copy_from_slice(&self.row);
        self.row.len() as i32
    }

    fn db_update_i64(&mut self, _: i32, _: u64, data: &[u8]) {
        self.row = data.to_vec();
    }

    fn db_idx256_find_primary(
        &mut self,
        _: u64,
        _: u64,
        table: u64,
        _: &mut [u128],
        primary: u64,
    ) -> i32 {
        assert_eq!((table & 0xf, primary), (0, 1));
        7
    }

    fn db_idx256_update(&mut self, iterator: i32, _: u64, key: &[u128]) {
        assert_eq!(iterator, 7);
        self.hashes.push(key.try_into().expect("two words"));
    }

    fn db_idx64_find_primary(
        &mut self,
        _: u64,
        _: u64,
        table: u64,
        _: &mut u64,
        primary: u64,
    ) -> i32 {
        assert_eq!((table & 0xf, primary), (1, 1));
        8
    }

    fn db_idx64_update(&mut self, iterator: i32, _: u64, key: &u64) {
        assert_eq!(iterator, 8);
        self.owners.push(*key);
    }
}

#[test]
fn only_keys_that_change_are_written() {
    let (alice, bob) = (name!("alice"), name!("bob"));
    let (one, two) = (Checksum256([1; 32]), Checksum256([2; 32]));
    let chain = Rc::new(RefCell::new(Chain::default()));
    let row = Document {
        id: 1,
        hash: one,
        owner: alice,
        views: 0,
    };
    chain.borrow_mut().row = row.to_bytes();
    with_host(chain.clone(), || {
        registry::change(one, alice);
        registry::change(two, alice);
        registry::change(two, bob);
    });
    let chain = chain.borrow();
    assert_eq!(chain.hashes, [[u128::from_be_bytes([2; 16]); 2]]);
    assert_eq!(chain.owners, [bob.raw()]);
    assert_eq!(Document::from_bytes(&chain.row).map(|row| row.views), Ok(3));
}
