//! Refusals that concern payments, wallets, property.

use super::table::table;
use crate::parameters::*;
use const_format::formatcp;

table! { LEDGER:
    /// Refusals that concern payments.
    pub mod payment {
        NO_FUNDS = 371, "the cooperative has no funds" =>
            ru "у кооператива нет фондов",
            do_en "ask the operator to activate the cooperative: its funds open then",
            do_ru "попросите оператора допустить кооператив к работе: тогда откроются и фонды";
        NO_PAYMENT = 372, "there is no payment with this hash" =>
            ru "платежа с таким хешем нет",
            do_en "check the hash of the statement; the payment may be over",
            do_ru "проверьте хеш заявления; платёж мог быть уже закончен";
        HASH_IN_USE = 373, "there is a payment with this hash already" =>
            ru "платёж с таким хешем уже есть",
            do_en "sign a new statement for another payment",
            do_ru "подпишите для другого платежа новое заявление";
        NO_CALLBACKS = 374, "a payment needs both callbacks" =>
            ru "платежу нужны оба ответных действия",
            do_en "name one action for a payment that succeeds and one for a payment that fails",
            do_ru "укажите действие на случай успеха и действие на случай отказа";
        ANOTHER_OWNER = 375, "the payment belongs to another contract" =>
            ru "платёж принадлежит другому контракту",
            do_en "act through the contract that made the payment",
            do_ru "действуйте через контракт, который завёл платёж";
        ANOTHER_PERSON = 376, "the payment is of another person" =>
            ru "это платёж другого человека",
            do_en "check the account and the hash",
            do_ru "проверьте учётную запись и хеш";
        ANOTHER_STEP = 377, "the payment is at another step of the process" =>
            ru "платёж сейчас на другом шаге",
            do_en "look at the status of the payment and do what that step needs",
            do_ru "посмотрите состояние платежа и сделайте то, что нужно на этом шаге";
        NOT_PENDING = 378, "the payment is not pending: its money came" =>
            ru "деньги по этому счёту уже пришли",
            do_en "leave it as it is; the council decides now",
            do_ru "оставьте как есть: теперь решает совет";
        NOT_RECEIVED = 379, "the payment is not received" =>
            ru "деньги по этому платежу не пришли или уже ушли",
            do_en "look at the status of the payment; money that is not here cannot be sent back",
            do_ru "проверьте состояние платежа: вернуть можно только пришедшее";
        NOT_OUTGOING = 380, "the payment is not outgoing" =>
            ru "по этому платежу отправлять деньги не нужно",
            do_en "check the hash; only a payment that the council ordered is sent",
            do_ru "проверьте хеш: отправляют только то, что велел совет";
        NOT_EXACTLY = 381, "the amount is not exactly that of the payment" =>
            ru "сумма не равна сумме платежа",
            do_en "state the exact sum of the payment; a transfer of another sum is sent back at the bank",
            do_ru "укажите точную сумму платежа; перевод на другую сумму верните через банк";
        INVOICE_EXPIRED = 382, formatcp!("the payment is overdue: {INVOICE_DAYS} days have passed") =>
            ru formatcp!("срок счёта истёк: прошло {INVOICE_DAYS} дн."),
            do_en "close the invoice with inexpire, send late money back at the bank, and apply again",
            do_ru "закройте счёт действием inexpire, опоздавшие деньги верните через банк, подайте заявление снова";
        INVOICE_NOT_EXPIRED = 383,
            formatcp!("the payment is not overdue: {INVOICE_DAYS} days have not passed") =>
            ru formatcp!("срок счёта ещё не истёк: он равен {INVOICE_DAYS} дн."),
            do_en "wait until the term is over, or withdraw with indecline",
            do_ru "дождитесь конца срока или откажитесь действием indecline";
        NO_REFERENCE = 384, "the reference to the bank's record is empty" =>
            ru "не указана запись банка",
            do_en "give the hash of the bank's record of this transfer",
            do_ru "укажите хеш записи банка об этом переводе";
        REFERENCE_USED = 385, "the bank's record has confirmed a payment already" =>
            ru "этой записью банка платёж уже подтверждён",
            do_en "check that it is another transfer, and give its own record",
            do_ru "проверьте, что это другой перевод, и укажите его собственную запись";
        NOTHING_TO_FORGET = 386, "there are no references to forget" =>
            ru "записей банка, срок которых вышел, нет",
            do_en formatcp!("leave it as it is: references are kept {REFERENCE_DAYS} days"),
            do_ru formatcp!("оставьте как есть: записи хранятся {REFERENCE_DAYS} дн.");
        REASON_BOUND = 387, formatcp!("the reason must have at least one byte and at most {MAX_REASON}") =>
            ru formatcp!("причина должна быть указана и не длиннее чем {MAX_REASON} байт"),
            do_en formatcp!("state the reason in at most {MAX_REASON} bytes"),
            do_ru formatcp!("укажите причину короче: не больше чем {MAX_REASON} байт");
        AUTHORIZED_BY_ACTOR = 388, "who authorized the decision does not confirm its payment" =>
            ru "кто утвердил решение, не подтверждает платёж по нему",
            do_en "let another staff member confirm the payment",
            do_ru "попросите подтвердить платёж другого сотрудника";
        OVERDUE_FIRST = 389, "the cooperative has overdue payments: they come first" =>
            ru "у кооператива есть просроченные выплаты: сначала они",
            do_en "make the overdue payments and confirm them with outcomplete",
            do_ru "сделайте просроченные выплаты и подтвердите их действием outcomplete";
        OVERDUE_ALREADY = 390, "the payment is published as overdue already" =>
            ru "о просрочке этой выплаты уже объявлено",
            do_en "leave it as it is; new invoices wait until it is made",
            do_ru "оставьте как есть: новых счетов не будет, пока она не сделана";
        NOT_OVERDUE = 391, formatcp!("the payment may take {PAYMENT_DAYS} days") =>
            ru formatcp!("выплата ещё не просрочена: на неё даётся {PAYMENT_DAYS} дн."),
            do_en "wait until the term is over",
            do_ru "дождитесь конца срока";
        TOO_MANY_INVOICES = 392,
            formatcp!("the cooperative has {MAX_INVOICES} unpaid invoices already") =>
            ru formatcp!("неоплаченных счетов в кооперативе уже {MAX_INVOICES}, больше нельзя"),
            do_en "close overdue invoices with inexpire first",
            do_ru "закройте сначала просроченные счета действием inexpire";
        TOO_MANY_ALONE = 393,
            formatcp!("the cooperative has {MAX_INVOICES_ALONE} unpaid invoices already that it did not sign for") =>
            ru formatcp!("неоплаченных счетов, которых кооператив не подписывал, уже {MAX_INVOICES_ALONE}"),
            do_en "ask the cooperative to send your statement with its signature",
            do_ru "попросите кооператив отправить ваше заявление со своей подписью";
        TOO_MANY_FOREIGN = 394,
            formatcp!("the cooperative has {MAX_INVOICES_FOREIGN} unpaid invoices of other contracts already") =>
            ru formatcp!("неоплаченных счетов чужих контрактов уже {MAX_INVOICES_FOREIGN}, больше нельзя"),
            do_en "close invoices of other contracts first, and tell these contracts with tell",
            do_ru "закройте сначала счета чужих контрактов и сообщите им действием tell";
        MINIMUM_OF_ANOTHER = 395, "only registrator gives a minimum share" =>
            ru "минимальный паевой взнос зачисляет только приём в пайщики",
            do_en "state zero as the minimum share",
            do_ru "укажите минимальный взнос равным нулю";
        NOTHING_TO_TELL = 396, "there is nothing to tell about this payment" =>
            ru "об этом платеже сообщать нечего",
            do_en "check the number; the contract may have been told already",
            do_ru "проверьте номер: контракту могли уже сообщить";
        TELL_FIRST = 397, "the contract has not been told of this payment before" =>
            ru "контракту ещё не сообщено о прошлом шаге этого платежа",
            do_en "send tell first",
            do_ru "отправьте сначала tell";
    }

    /// Refusals that concern wallets.
    pub mod wallet {
        NO_WALLET = 411, "the participant has no wallet" =>
            ru "у пайщика нет счёта",
            do_en "check the account: who has contributed nothing has no wallet",
            do_ru "проверьте учётную запись: без взносов нет и счёта";
        TOO_MANY_OPEN = 412,
            formatcp!("the participant has {MAX_OPEN_OF_PARTICIPANT} unfinished processes already") =>
            ru formatcp!("незаконченных процессов у пайщика уже {MAX_OPEN_OF_PARTICIPANT}, больше нельзя"),
            do_en "wait until some of them end, or withdraw from one",
            do_ru "дождитесь конца прежних или откажитесь от одного из них";
        TOO_MANY_PROPERTIES = 413,
            formatcp!("the participant has {MAX_PROPERTIES} things in the cooperative already") =>
            ru formatcp!("вещей этого пайщика в кооперативе уже {MAX_PROPERTIES}, больше нельзя"),
            do_en "ask for one of them back first",
            do_ru "попросите сначала вернуть одну из них";
        OPEN_PROCESSES = 414, "the participant has unfinished processes: they end first" =>
            ru "у пайщика есть незаконченные процессы",
            do_en "wait until his contributions and returns end, or withdraw from them",
            do_ru "дождитесь конца взносов и возвратов или откажитесь от них";
        PROPERTY_FIRST = 415,
            "the participant has property in the cooperative: it is returned first" =>
            ru "в кооперативе есть имущество пайщика: сначала возвращают его",
            do_en "ask for the property back with returnprop first",
            do_ru "попросите сначала вернуть имущество действием returnprop";
    }

    /// Refusals that concern property.
    pub mod property {
        NO_PROPERTY = 421, "the cooperative has no such property" =>
            ru "такого имущества в кооперативе нет",
            do_en "check the number of the property",
            do_ru "проверьте номер имущества";
        NO_DESCRIPTION = 422, "the hash of the property's description is empty" =>
            ru "не указан хеш описания имущества",
            do_en "describe the property and give the hash of the description",
            do_ru "опишите имущество и укажите хеш описания";
        ANOTHER_OWNER = 423, "the property is of another participant" =>
            ru "это имущество другого пайщика",
            do_en "check the number of the property",
            do_ru "проверьте номер имущества";
        ANOTHER_STEP = 424, "the property is at another step of the process" =>
            ru "имущество сейчас на другом шаге",
            do_en "look at the status of the property and do what that step needs",
            do_ru "посмотрите состояние имущества и сделайте то, что нужно на этом шаге";
        OFFER_EXPIRED = 425, formatcp!("the offer is overdue: {INVOICE_DAYS} days have passed") =>
            ru formatcp!("срок предложения истёк: прошло {INVOICE_DAYS} дн."),
            do_en "close the offer with cancelprop and make a new one",
            do_ru "закройте предложение действием cancelprop и подайте новое";
        ONE_SIDE = 426, "an act needs the other side too" =>
            ru "одной стороны для акта мало",
            do_en "let the other side sign and send the act",
            do_ru "попросите вторую сторону подписать и отправить акт";
        AUTHORIZED_BY_ACTOR = 427, "who authorized the return does not hand the property over" =>
            ru "кто утвердил возврат, не передаёт имущество",
            do_en "let another staff member hand it over",
            do_ru "попросите передать имущество другого сотрудника";
        OVERDUE_ALREADY = 428, "the handover is published as overdue already" =>
            ru "о просрочке передачи уже объявлено",
            do_en "hand the property over; its owner alone may sign the act now",
            do_ru "передайте имущество; теперь акт может подписать один владелец";
        NOT_OVERDUE = 429, formatcp!("the handover may take {PAYMENT_DAYS} days") =>
            ru formatcp!("передача ещё не просрочена: на неё даётся {PAYMENT_DAYS} дн."),
            do_en "wait until the term is over",
            do_ru "дождитесь конца срока";
    }
}
