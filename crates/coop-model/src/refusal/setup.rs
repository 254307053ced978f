//! Refusals that concern the configuration and the caller, numbers of rows and items, cooperatives, amounts.

use super::table::table;
use crate::parameters::*;
use const_format::formatcp;

table! { SETUP:
    /// Refusals that concern the configuration and the caller.
    pub mod config {
        MISSING = 101, "the contract has no configuration: call init first" =>
            ru "контракт не настроен",
            do_en "ask the operator to configure the contracts with init",
            do_ru "попросите оператора настроить контракты действием init";
        SET_ALREADY = 102, "the configuration is set already" =>
            ru "контракт уже настроен",
            do_en "leave it as it is: a contract is configured once",
            do_ru "оставьте как есть: контракт настраивают один раз";
        ANOTHER_ACCOUNT = 103, "the configuration names another account for this contract" =>
            ru "в настройке указана другая учётная запись этого контракта",
            do_en "name the account to which this contract is deployed, and send init again",
            do_ru "укажите учётную запись, на которой стоит контракт, и отправьте init снова";
        ONE_ACCOUNT_TWICE = 104, "the configuration names one account for two contracts" =>
            ru "в настройке одна учётная запись названа для двух контрактов",
            do_en "name three different accounts for the three contracts",
            do_ru "укажите для каждого контракта свою учётную запись";
        NO_CHAIN_ID = 105, "the configuration has no chain id" =>
            ru "в настройке нет идентификатора цепи",
            do_en "take the chain id from the node and send init again",
            do_ru "возьмите идентификатор цепи у узла и отправьте init снова";
        NOT_INLINE = 106, "only the code of another contract may send this action" =>
            ru "это действие отправляет только код другого контракта",
            do_en "send the action that starts the process; this one follows from it",
            do_ru "отправьте действие, с которого процесс начинается: это следует из него само";
    }

    /// Refusals that concern numbers of rows and items.
    pub mod bounds {
        BATCH = 111, formatcp!("at least one item at a time and at most {MAX_BATCH}") =>
            ru formatcp!("за один раз — хотя бы одна строка и не больше чем {MAX_BATCH}"),
            do_en formatcp!("split the list into parts of at most {MAX_BATCH} and send each"),
            do_ru formatcp!("разделите список на части не больше чем по {MAX_BATCH} и отправьте каждую");
        PAGE = 112, formatcp!("the limit must be at least one and at most {MAX_PAGE}") =>
            ru formatcp!("за один раз читают хотя бы одну строку и не больше чем {MAX_PAGE}"),
            do_en formatcp!("read at most {MAX_PAGE} rows at a time and go on from where the answer ends"),
            do_ru formatcp!("читайте не больше чем по {MAX_PAGE} строк и продолжайте с места, где кончился ответ");
    }

    /// Refusals that concern rows of an earlier version.
    pub mod migration {
        NOTHING_LEFT = 116, "there is nothing left to migrate" =>
            ru "все строки кооператива уже перенесены",
            do_en "go on: this contract has carried over everything of the cooperative",
            do_ru "продолжайте: контракт перенёс всё, что есть у кооператива";
    }

    /// Refusals that concern cooperatives.
    pub mod coop {
        NOT_REGISTERED = 121, "the cooperative is not registered" =>
            ru "кооператив не зарегистрирован",
            do_en "check the cooperative's account, or register the cooperative first",
            do_ru "проверьте учётную запись кооператива или сначала зарегистрируйте его";
        NOT_ACTIVE = 122, "the cooperative is not active" =>
            ru "кооператив не допущен к работе или заблокирован",
            do_en "ask the operator why; what has begun can still be ended",
            do_ru "спросите оператора о причине; начатое можно закончить и сейчас";
        PAUSED = 123, "the operator has paused new processes" =>
            ru "оператор приостановил начало новых процессов",
            do_en "wait until the operator ends the pause, then send the action again",
            do_ru "дождитесь конца паузы и отправьте действие снова";
        BLOCKED = 124, "the cooperative is blocked" =>
            ru "кооператив заблокирован",
            do_en "ask the operator why; the fees stay as they are meanwhile",
            do_ru "спросите оператора о причине; взносы пока остаются прежними";
        REGISTERED_ALREADY = 125, "the cooperative is registered already" =>
            ru "кооператив уже зарегистрирован",
            do_en "change its fees with updatecoop, its charter with setcharter",
            do_ru "измените взносы действием updatecoop, устав — действием setcharter";
        CONTRACT_AS_COOPERATIVE = 126, "a contract of the protocol cannot be a cooperative" =>
            ru "контракт протокола не может быть кооперативом",
            do_en "register the cooperative under an account of its own",
            do_ru "зарегистрируйте кооператив под его собственной учётной записью";
        PERSON_AS_COOPERATIVE = 127, "an account of a person cannot be a cooperative" =>
            ru "учётная запись человека не может быть кооперативом",
            do_en "register the cooperative under an account of its own",
            do_ru "зарегистрируйте кооператив под его собственной учётной записью";
        NO_DOCUMENT = 128, "the hash of the cooperative's document is empty" =>
            ru "не указан хеш документа кооператива",
            do_en "give the hash of the document by which the cooperative registers",
            do_ru "укажите хеш документа, по которому кооператив регистрируется";
        FEES_OF_ANOTHER_SYMBOL = 129, "the fees have another symbol than before" =>
            ru "взносы указаны в другой валюте или с другой точностью, чем раньше",
            do_en "state the fees in the symbol and precision of the cooperative's funds",
            do_ru "укажите взносы в валюте и с точностью фондов кооператива";
        STATUS = 130, "the status must be active or blocked" =>
            ru "такого состояния кооператива нет: только active или blocked",
            do_en "send active or blocked",
            do_ru "укажите active или blocked";
        STATUS_ALREADY = 131, "the cooperative has this status already" =>
            ru "кооператив уже в этом состоянии",
            do_en "leave it as it is",
            do_ru "оставьте как есть";
        QUORUM_BOUND = 132, formatcp!("the quorum must be at most {MAX_QUORUM_PERCENT} percent") =>
            ru formatcp!("кворум не может быть больше чем {MAX_QUORUM_PERCENT} процентов"),
            do_en formatcp!("state the quorum of the charter in percent, at most {MAX_QUORUM_PERCENT}; zero means no quorum"),
            do_ru formatcp!("укажите кворум устава в процентах, не больше чем {MAX_QUORUM_PERCENT}; ноль — без кворума");
        SUPPORT_BOUND = 133,
            formatcp!("the support for a board must be at most {MAX_BOARD_SUPPORT} participants") =>
            ru formatcp!("поддержка нового совета не может требовать больше чем {MAX_BOARD_SUPPORT} голосов"),
            do_en formatcp!("state at most {MAX_BOARD_SUPPORT}; zero leaves the default"),
            do_ru formatcp!("укажите не больше чем {MAX_BOARD_SUPPORT}; ноль оставляет обычное правило");
        CHARTER_WITHOUT_SUPPORT = 134,
            "the document of the meeting has fewer signatures than a charter needs" =>
            ru "под документом собрания меньше подписей, чем нужно для изменения устава",
            do_en "collect signatures of as many participants as a new council would need",
            do_ru "соберите подписи стольких пайщиков, сколько нужно для нового совета";
    }

    /// Refusals that concern amounts.
    pub mod money {
        SYMBOL_INVALID = 141, "the symbol is not valid" =>
            ru "обозначение валюты неверно",
            do_en "check the currency's code and precision",
            do_ru "проверьте код валюты и число знаков после запятой";
        ANOTHER_SYMBOL = 142, "the amount has another symbol or precision than the cooperative's" =>
            ru "сумма указана в другой валюте или с другой точностью, чем у кооператива",
            do_en "state the amount in the currency and precision of the cooperative's funds",
            do_ru "укажите сумму в валюте и с точностью фондов кооператива";
        NOT_POSITIVE = 143, "the amount must be positive" =>
            ru "сумма должна быть больше нуля",
            do_en "state an amount above zero",
            do_ru "укажите сумму больше нуля";
        TOO_MUCH = 144, "the sum is more than an asset can hold" =>
            ru "сумма больше, чем может вместить запись",
            do_en "state a smaller amount",
            do_ru "укажите меньшую сумму";
        NOT_ENOUGH = 145, "there is less money than the amount" =>
            ru "денег меньше, чем указано",
            do_en "look at what is available in the wallet and state at most that; property is returned as property",
            do_ru "посмотрите, сколько доступно на счёте, и укажите не больше; имущество возвращается имуществом";
        FUNDS_OF_ANOTHER_SYMBOL = 146, "the funds of the cooperative have another symbol" =>
            ru "фонды кооператива ведутся в другой валюте",
            do_en "keep the currency with which the funds were opened",
            do_ru "оставьте валюту, в которой фонды открыты";
        ABOVE_BOUND = 147, formatcp!("the amount must be at most {MAX_AMOUNT} of the smallest units") =>
            ru formatcp!("сумма не может быть больше чем {MAX_AMOUNT} наименьших единиц валюты"),
            do_en "state a smaller amount, or several",
            do_ru "укажите меньшую сумму или разделите её на несколько";
    }
}
