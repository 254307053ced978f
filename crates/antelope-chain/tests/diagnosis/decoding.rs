//! Bytes that are not what the ABI says.

use crate::shop::{ALICE, SHOP, abi, act, chain, failing, storing};
use antelope_chain::Failure;
use antelope_types::{Asset, Encode, Name, asset, name};

#[derive(Encode)]
struct Buy<'a> {
    buyer: Name,
    articles: Vec<Article<'a>>,
}

#[derive(Encode)]
struct Article<'a> {
    title: &'a str,
    price: Asset,
}

fn buy() -> Vec<u8> {
    let article = |title, price| Article { title, price };
    let articles = vec![
        article("a pen", asset!("1.00 EUR")),
        article("a book", asset!("2.00 EUR")),
    ];
    let buyer = ALICE;
    Buy { buyer, articles }.to_bytes()
}

#[test]
fn data_of_an_action_says_which_field_does_not_fit() {
    let data = buy();
    let failure = fails(&failing(), &data[..data.len() - 3]);
    let summary = failure.to_string();
    let problem = "; the data does not match `buy`: `articles[1].price`: expected 16 bytes of `asset`, 13 left";
    assert!(summary.ends_with(problem), "{summary}");
    insta::assert_debug_snapshot!(failure);
}

#[test]
fn data_that_goes_on_says_how_far() {
    let failure = fails(&failing(), &[&buy()[..], &[1, 2, 3]].concat());
    let misfit = failure.arguments().unwrap().misfit.unwrap();
    assert_eq!(misfit.to_string(), "3 bytes too many");
    assert_eq!(misfit.offset, buy().len());
}

#[test]
fn data_that_fits_is_told_by_its_fields() {
    let failure = fails(&failing(), &buy());
    assert_eq!(failure.arguments().unwrap().misfit, None);
    insta::assert_debug_snapshot!(failure);
}

#[test]
fn rows_that_an_action_came_upon_say_which_field_does_not_fit() {
    let failure = fails(&storing(), &buy());
    let rows = failure.undecoded_rows();
    assert_eq!((rows.len(), rows[0].primary_key), (1, 7));
    insta::assert_debug_snapshot!(failure);
}

fn fails(code: &[u8], data: &[u8]) -> Failure {
    let mut chain = chain(&[SHOP, ALICE]);
    chain.deploy(SHOP, code, &abi()).unwrap();
    chain.push(&[act(SHOP, name!("buy"), data)]).unwrap_err()
}
