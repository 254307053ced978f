//! Even with the registrator's own keys, the other two contracts hold their rules.

use antelope_types::{Asset, Checksum256, Name, Symbol, asset, name};
use coop_model::CoopParams;

use super::world::{Chain, Coop, ENTRANCE_AND_MINIMUM, Outcome, fees};

fn invoice(
    coop: &Coop<'_>,
    hash: Checksum256,
    quantity: Asset,
    confirm: Name,
    decline: Name,
) -> Outcome {
    let operator = &coop.chain.registrator;
    let action = coop
        .gateway(operator)
        .createinpay(
            coop.name(),
            coop.name(),
            hash,
            quantity,
            operator.name,
            confirm,
            decline,
        )
        .to_action();
    coop.chain.push(vec![action], &[operator])
}

#[test]
fn money_of_an_invoice_is_unique_positive_and_answered_for() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let candidate = coop.applicant();
    let (yes, no) = (name!("confirmpay"), name!("declinepay"));
    let hash = chain.unique_hash();
    invoice(&coop, candidate.hash, ENTRANCE_AND_MINIMUM, yes, no)
        .refused("there is a payment with this hash already");
    invoice(&coop, hash, asset!("0.00 RUB"), yes, no).refused("the amount must be positive");
    invoice(&coop, hash, asset!("-1.00 RUB"), yes, no).refused("the amount must be positive");
    invoice(&coop, hash, asset!("1.00 USD"), yes, no)
        .refused("the amount has another symbol or precision than the cooperative's");
    invoice(&coop, hash, ENTRANCE_AND_MINIMUM, Name::EMPTY, no)
        .refused("a payment needs both callbacks");
    invoice(&coop, hash, ENTRANCE_AND_MINIMUM, yes, Name::EMPTY)
        .refused("a payment needs both callbacks");
}

#[test]
fn money_is_distributed_when_it_came_to_whom_it_belongs_and_whole() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (candidate, waiting) = (coop.paid_applicant().0, coop.applicant());
    let operator = &chain.registrator;
    let distribute = |user: Name, hash, entrance, minimum| {
        let action = coop
            .gateway(operator)
            .distribute(coop.name(), user, hash, entrance, minimum)
            .to_action();
        chain.push(vec![action], &[operator])
    };
    let (name, hash) = (candidate.person.name, candidate.hash);
    let (entrance, minimum) = (asset!("100.00 RUB"), asset!("300.00 RUB"));
    distribute(waiting.person.name, waiting.hash, entrance, minimum)
        .refused("the payment is not received");
    distribute(waiting.person.name, hash, entrance, minimum)
        .refused("the payment is of another person");
    distribute(name, hash, entrance, asset!("300.01 RUB"))
        .refused("the amount is not exactly that of the payment");
    distribute(name, hash, asset!("-100.00 RUB"), asset!("500.00 RUB"))
        .refused("the amount must be positive");
    distribute(name, hash, asset!("400.00 RUB"), asset!("0.00 RUB"))
        .refused("the amount must be positive");
    let most = Asset {
        amount: Asset::MAX_AMOUNT,
        ..entrance
    };
    distribute(name, hash, most, most).refused("addition overflow");
}

#[test]
fn money_goes_back_when_it_came_to_whom_it_belongs_and_whole() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (candidate, waiting) = (coop.paid_applicant().0, coop.applicant());
    let operator = &chain.registrator;
    let send_back = |user: Name, hash, quantity| {
        let action = coop
            .gateway(operator)
            .createoutpay(
                coop.name(),
                user,
                hash,
                quantity,
                operator.name,
                name!("refundpay"),
                name!("declinerfnd"),
            )
            .to_action();
        chain.push(vec![action], &[operator])
    };
    send_back(waiting.person.name, waiting.hash, ENTRANCE_AND_MINIMUM)
        .refused("the payment is not received");
    send_back(waiting.person.name, candidate.hash, ENTRANCE_AND_MINIMUM)
        .refused("the payment is of another person");
    send_back(candidate.person.name, candidate.hash, asset!("399.99 RUB"))
        .refused("the amount is not exactly that of the payment");
}

#[test]
fn money_keeps_its_symbol_when_funds_are_opened_again() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let before = coop.funds();
    let operator = &chain.registrator;
    let open = |symbol: Symbol| {
        let action = coop
            .gateway(operator)
            .openfunds(coop.name(), symbol)
            .to_action();
        chain.push(vec![action], &[operator])
    };
    open(asset!("1.00 USD").symbol).refused("the funds of the cooperative have another symbol");
    open(asset!("1.00 RUB").symbol).accepted();
    assert_eq!(coop.funds(), before);
}

#[test]
fn money_has_a_symbol_that_exists() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    for raw in [0, 2, 0x62_75_72_02, 0x42_00_52_02] {
        let symbol = Symbol::from_raw(raw);
        let fee = |fee: Asset| Asset { symbol, ..fee };
        let params = CoopParams {
            initial: fee(fees().initial),
            minimum: fee(fees().minimum),
            org_initial: fee(fees().org_initial),
            org_minimum: fee(fees().org_minimum),
        };
        let action = coop
            .registrator(&coop.account)
            .updatecoop(coop.name(), params)
            .to_action();
        chain
            .push(vec![action], &[&coop.account])
            .refused("the symbol is not valid");
    }
}
