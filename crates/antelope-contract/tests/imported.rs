//! ABIs of the wild as types: bases that are aliases, types that contain themselves, a field `self`.

use antelope_contract::types::{Decode, Encode};

/// What the ABI describes.
pub mod wild {
    antelope_contract::import_abi!("tests/abi/wild.abi");
}

use wild::{Baz, Branch, Node, Tree};

fn leaf(number: u8) -> Node {
    Node {
        self_: number,
        children: Vec::new(),
        next: None,
        other: None,
    }
}

#[test]
fn a_base_that_is_an_alias_brings_its_fields() {
    let baz = Baz {
        value: -5,
        more: "x".into(),
    };
    assert_eq!(baz.to_bytes(), [0xfb, 0xff, 0xff, 0xff, 1, b'x']);
}

#[test]
fn types_that_contain_themselves() {
    let node = Node {
        self_: 1,
        children: vec![leaf(2)],
        next: Some(Box::new(leaf(3))),
        other: Some(Box::new(leaf(4))),
    };
    let bytes = node.to_bytes();
    assert_eq!(bytes, [1, 1, 2, 0, 0, 0, 1, 3, 0, 0, 0, 1, 4, 0, 0, 0]);
    assert_eq!(Node::from_bytes(&bytes), Ok(node));

    let tree = Tree::Branch(Box::new(Branch {
        left: Box::new(Tree::Uint8(7)),
        right: Box::new(Tree::Uint8(8)),
    }));
    assert_eq!(tree.to_bytes(), [1, 0, 7, 0, 8]);
    assert_eq!(Tree::from_bytes(&[1, 0, 7, 0, 8]), Ok(tree));
}
