//! What payers, staff and owners of property might do.

use super::{CoopView, Suggestion};
use crate::cooperative::{Payment, PaymentState, Property, PropertyState};
use crate::kind::Right;
use crate::paper::{Subject, Sum};
use crate::random::step::Generator;
use crate::{Account, Action, QuestionKind};
use coop_model::catalogue::registry;
use coop_model::parameters::MAX_AMOUNT;

impl Generator {
    /// A payment that fits, seldom one that does not.
    fn payment<'a>(
        &mut self,
        at: &'a CoopView<'_>,
        wanted: impl Fn(&Payment) -> bool,
    ) -> Option<&'a Payment> {
        let fit = at.coop.payments.values().filter(|row| wanted(row));
        let fit = self.dice.pick_from(fit);
        match fit {
            None if self.dice.chance(8) => self.dice.pick_from(at.coop.payments.values()),
            fit => fit,
        }
    }

    /// A thing that fits, seldom one that does not.
    fn property<'a>(
        &mut self,
        at: &'a CoopView<'_>,
        wanted: impl Fn(&Property) -> bool,
    ) -> Option<(u64, &'a Property)> {
        let all = || at.coop.properties.iter().map(|(id, row)| (*id, row));
        let fit = self.dice.pick_from(all().filter(|(_, row)| wanted(row)));
        match fit {
            None if self.dice.chance(8) => self.dice.pick_from(all()),
            fit => fit,
        }
    }

    fn amount(&mut self, at: &CoopView<'_>) -> Sum {
        let amount = match self.dice.chance(1) {
            true => MAX_AMOUNT + 1 - self.dice.roll(3) as i64,
            false => 1 + self.dice.roll(5_000) as i64,
        };
        Sum {
            amount,
            symbol: at.coop.symbol,
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each action")]
    pub(super) fn of_money(&mut self, name: &str, at: &CoopView<'_>) -> Option<Suggestion> {
        let (coop, row, now) = (at.name, at.coop, at.now);
        let symbol = row.symbol;
        let outgoing =
            |row: &Payment| matches!(row.state, PaymentState::Returning | PaymentState::Paying);
        Some(match name {
            "sharemoney" => {
                let who = self.participant(at)?;
                let quantity = self.amount(at);
                let subject = Some(Subject::Money(quantity));
                let statement = self.document(
                    at,
                    QuestionKind::ShareMoney.statement(),
                    who,
                    subject,
                    &[who],
                );
                let signers = self.coop_or(at, who);
                let action = Action::ShareMoney {
                    coop,
                    who,
                    quantity,
                    statement,
                };
                (signers, action)
            }
            "shareprop" => {
                let who = self.participant(at)?;
                let valuation = self.amount(at);
                let description = self.papers.new_hash();
                let subject = Some(Subject::Property {
                    description,
                    valuation,
                });
                let statement = self.document(
                    at,
                    QuestionKind::ShareProp.statement(),
                    who,
                    subject,
                    &[who],
                );
                let signers = self.coop_or(at, who);
                let action = Action::ShareProp {
                    coop,
                    who,
                    description,
                    valuation,
                    statement,
                };
                (signers, action)
            }
            "returnmoney" => {
                let money = |who: &Account| {
                    row.wallets.get(who).map_or(0, |wallet| wallet.available) - row.in_kind_of(*who)
                };
                let rich = row.wallets.keys().copied().filter(|who| money(who) > 0);
                let who = match self.dice.pick_from(rich) {
                    None if self.dice.chance(90) => return None,
                    None => self.participant(at)?,
                    Some(who) => who,
                };
                let most = money(&who).clamp(1, 5_000) as u64;
                let quantity = Sum {
                    amount: 1 + self.dice.roll(most) as i64,
                    symbol,
                };
                let subject = Some(Subject::Money(quantity));
                let statement = self.document(
                    at,
                    QuestionKind::ReturnMoney.statement(),
                    who,
                    subject,
                    &[who],
                );
                let signers = self.coop_or(at, who);
                let action = Action::ReturnMoney {
                    coop,
                    who,
                    quantity,
                    statement,
                };
                (signers, action)
            }
            "returnprop" => {
                let (property, thing) =
                    self.property(at, |row| row.state == PropertyState::Shared)?;
                let who = thing.who;
                let subject = Some(Subject::Return {
                    property,
                    valuation: Sum {
                        amount: thing.valuation,
                        symbol,
                    },
                });
                let statement = self.document(
                    at,
                    QuestionKind::ReturnProp.statement(),
                    who,
                    subject,
                    &[who],
                );
                let signers = self.coop_or(at, who);
                let action = Action::ReturnProp {
                    coop,
                    who,
                    property,
                    statement,
                };
                (signers, action)
            }
            "acceptprop" | "handprop" => {
                let accepts = name == "acceptprop";
                let (property, thing) = self.property(at, |row| match row.state {
                    PropertyState::Offered => accepts,
                    PropertyState::Handover | PropertyState::Releasing => !accepts,
                    _ => false,
                })?;
                let (right, registry) = if accepts {
                    (Right::AcceptProp, registry::ACCEPTANCE_ACT)
                } else {
                    (Right::HandProp, registry::HANDOVER_ACT)
                };
                let is_alone = !accepts && thing.is_overdue && self.dice.chance(60);
                let signed = thing
                    .authorized_by
                    .filter(|who| row.staff.contains_key(who));
                let actor = if is_alone {
                    thing.who
                } else if let Some(signed) = signed.filter(|_| !accepts) {
                    signed
                } else if self.is_political && !accepts && self.dice.chance(80) {
                    return None;
                } else {
                    self.actor(at, right)
                };
                let subject = Some(Subject::Act {
                    property,
                    hash: thing.hash,
                    description: thing.description,
                    valuation: Sum {
                        amount: thing.valuation,
                        symbol,
                    },
                });
                let signers = if actor == thing.who {
                    vec![actor]
                } else {
                    vec![thing.who, actor]
                };
                let act = self.document(at, registry, thing.who, subject, &signers);
                let action = if accepts {
                    Action::AcceptProp {
                        coop,
                        actor,
                        property,
                        act,
                    }
                } else {
                    Action::HandProp {
                        coop,
                        actor,
                        property,
                        act,
                    }
                };
                (vec![actor], action)
            }
            "cancelprop" => {
                if self.is_political && self.dice.chance(80) {
                    return None;
                }
                let (property, thing) = self.property(at, |row| {
                    matches!(row.state, PropertyState::Offered | PropertyState::Handover)
                })?;
                let actor = match self.dice.roll(3) {
                    0 => self.actor(at, Right::CancelProp),
                    1 => self.anyone(at.world),
                    _ => thing.who,
                };
                let action = Action::CancelProp {
                    coop,
                    actor,
                    property,
                };
                (vec![actor], action)
            }
            "propoverdue" => {
                let (property, _) = self.property(at, |row| {
                    let goes = matches!(
                        row.state,
                        PropertyState::Handover | PropertyState::Releasing
                    );
                    goes && now >= row.expires_at
                })?;
                (
                    vec![self.anyone(at.world)],
                    Action::PropOverdue { coop, property },
                )
            }
            "incomplete" | "outcomplete" => {
                let comes = name == "incomplete";
                let payment = self.payment(at, |row| {
                    if comes {
                        row.state == PaymentState::Pending && now < row.expires_at
                    } else {
                        outgoing(row)
                    }
                })?;
                let hash = payment.hash;
                let quantity = Sum {
                    amount: payment.quantity,
                    symbol,
                };
                let reference = self.papers.new_hash();
                if comes {
                    let actor = self.actor(at, Right::InComplete);
                    let action = Action::InComplete {
                        coop,
                        actor,
                        hash,
                        quantity,
                        reference,
                    };
                    (vec![actor], action)
                } else {
                    let signed = payment
                        .authorized_by
                        .filter(|who| row.staff.contains_key(who));
                    let actor = match signed {
                        Some(who) if self.dice.chance(50) => who,
                        // Politicians let payments wait.
                        _ if self.is_political && self.dice.chance(80) => return None,
                        _ => self.actor(at, Right::OutComplete),
                    };
                    let action = Action::OutComplete {
                        coop,
                        actor,
                        hash,
                        quantity,
                        reference,
                    };
                    (vec![actor], action)
                }
            }
            "indecline" => {
                let payment = self.payment(at, |row| row.state == PaymentState::Pending)?;
                let (hash, who) = (payment.hash, payment.who);
                let actor = match self.dice.chance(50) {
                    true => who,
                    false => self.actor(at, Right::InDecline),
                };
                let action = Action::InDecline {
                    coop,
                    actor,
                    hash,
                    has_reason: true,
                };
                (vec![actor], action)
            }
            "inexpire" => {
                let payment = self.payment(at, |row| {
                    row.state == PaymentState::Pending && now >= row.expires_at
                })?;
                let hash = payment.hash;
                (vec![self.anyone(at.world)], Action::InExpire { coop, hash })
            }
            "outdecline" => {
                if self.is_political && self.dice.chance(80) {
                    return None;
                }
                let hash = self.payment(at, outgoing)?.hash;
                let actor = self.actor(at, Right::OutDecline);
                let action = Action::OutDecline {
                    coop,
                    actor,
                    hash,
                    has_reason: true,
                };
                (vec![actor], action)
            }
            "outoverdue" => {
                let hash = self
                    .payment(at, |row| outgoing(row) && now >= row.expires_at)?
                    .hash;
                (
                    vec![self.anyone(at.world)],
                    Action::OutOverdue { coop, hash },
                )
            }
            "retrypay" => {
                let payment = self.payment(at, |row| {
                    row.state == PaymentState::Failed && row.kind == QuestionKind::ShareMoney
                })?;
                let (hash, who) = (payment.hash, payment.who);
                let actor = match self.dice.chance(50) {
                    true => who,
                    false => self.actor(at, Right::RetryPay),
                };
                (vec![actor], Action::RetryPay { coop, actor, hash })
            }
            "tell" => {
                let id = self.dice.roll(10);
                (vec![self.anyone(at.world)], Action::Tell { coop, id })
            }
            "freerefs" => {
                if row.references.is_empty() || !at.is_active() {
                    return None;
                }
                let limit = 1 + self.dice.roll(10) as u32;
                (
                    vec![self.anyone(at.world)],
                    Action::FreeRefs { coop, limit },
                )
            }
            _ => return None,
        })
    }
}
