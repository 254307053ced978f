//! Refusals that concern accounts of people, participants, founders, agreements, candidates, exits, moves to a new account, blocking of participants, staff.

use super::table::table;
use crate::parameters::*;
use const_format::formatcp;

table! { PERSON:
    /// Refusals that concern accounts of people.
    pub mod account {
        EXISTS = 151, "the account exists already" =>
            ru "такая учётная запись уже есть",
            do_en "choose another name for the account",
            do_ru "выберите для учётной записи другое имя";
        NOT_REGISTERED = 152, "the account is not registered" =>
            ru "учётная запись не заведена через кооператив",
            do_en "ask the cooperative to make the account with newaccount",
            do_ru "попросите кооператив завести учётную запись действием newaccount";
        QUOTA = 153, "the cooperative has made all accounts of its quota" =>
            ru "кооператив завёл все учётные записи своей квоты",
            do_en "ask the operator for a larger quota",
            do_ru "попросите оператора увеличить квоту";
        NO_POLICY = 154, "the contract has no policy for accounts" =>
            ru "не задано, что получает новая учётная запись",
            do_en "ask the operator to set the policy with setpolicy",
            do_ru "попросите оператора задать это действием setpolicy";
        TWO_SYMBOLS = 155, "the stakes have two symbols" =>
            ru "залоги указаны в двух разных валютах",
            do_en "state both stakes in the core token of the chain",
            do_ru "укажите оба залога в основной валюте цепи";
        NEGATIVE_STAKE = 156, "a stake is less than zero" =>
            ru "залог меньше нуля",
            do_en "state zero or more; zero means that nothing is staked",
            do_ru "укажите ноль или больше; ноль значит без залога";
    }

    /// Refusals that concern participants.
    pub mod people {
        NOT_12_LETTERS = 161,
            formatcp!("an account of a participant is {ACCOUNT_LETTERS} letters a-z") =>
            ru formatcp!("имя учётной записи пайщика — латинские буквы a–z числом {ACCOUNT_LETTERS}, без цифр и точек"),
            do_en formatcp!("choose a name of exactly {ACCOUNT_LETTERS} letters a-z, without digits and dots"),
            do_ru formatcp!("выберите имя ровно из такого числа букв a–z: {ACCOUNT_LETTERS}");
        KIND = 162, "the kind must be individual, entrepreneur or organization" =>
            ru "вид пайщика: individual, entrepreneur или organization",
            do_en "state individual, entrepreneur or organization, as the statement does",
            do_ru "укажите individual, entrepreneur или organization — как в заявлении";
        PARTICIPANT_ALREADY = 163, "the account is a participant already" =>
            ru "эта учётная запись уже принадлежит пайщику кооператива",
            do_en "go on as a participant: no admission is needed",
            do_ru "действуйте как пайщик: вступать снова не нужно";
        NOT_A_PARTICIPANT = 164, "the account is not a participant" =>
            ru "это не пайщик кооператива",
            do_en "check the account, or join the cooperative first",
            do_ru "проверьте учётную запись или сначала вступите в кооператив";
        NOT_AN_ACTIVE_PARTICIPANT = 165, "the participant is blocked, leaving or moving" =>
            ru "пайщик заблокирован, выходит или переходит на новую учётную запись",
            do_en "wait until the exit or the move is over; ask the council about a block",
            do_ru "дождитесь конца выхода или перехода; о блокировке спросите совет";
        QUOTA = 166, "the cooperative has all participants of its quota" =>
            ru "в кооперативе столько пайщиков и кандидатов, сколько разрешает квота",
            do_en "ask the operator for a larger quota",
            do_ru "попросите оператора увеличить квоту";
        HOLDS_SEAT = 167, "the participant has a seat in a board: first a replacement" =>
            ru "у пайщика есть место в совете или другом органе, или он туда избран",
            do_en "elect a replacement first; then send the action again",
            do_ru "изберите сначала замену, потом отправьте действие снова";
        HOLDS_RIGHT = 168, "the participant has a staff right: first a replacement" =>
            ru "пайщик работает в кооперативе как сотрудник",
            do_en "end the staff rights with rmstaff first",
            do_ru "прекратите сначала его права действием rmstaff";
    }

    /// Refusals that concern founders.
    pub mod founder {
        REGISTERED_ALREADY = 181, "the founders are registered already" =>
            ru "учредители уже внесены в реестр",
            do_en "take new people in by admission",
            do_ru "принимайте новых людей обычным порядком, по заявлению";
        NUMBER = 182, formatcp!("a cooperative has {MIN_FOUNDERS} to {MAX_FOUNDERS} founders") =>
            ru formatcp!("учредителей должно быть от {MIN_FOUNDERS} до {MAX_FOUNDERS}"),
            do_en formatcp!("name at least {MIN_FOUNDERS} founders and at most {MAX_FOUNDERS}; others join by admission"),
            do_ru formatcp!("назовите не меньше чем {MIN_FOUNDERS} и не больше чем {MAX_FOUNDERS}; остальные вступят по заявлению");
        CANDIDATE = 183, "a founder is a candidate" =>
            ru "учредитель подал заявление о вступлении и ждёт решения",
            do_en "let the application end first, or leave this founder out",
            do_ru "дождитесь конца его приёма или не включайте его в учредители";
        TWICE = 184, "a founder is named twice" =>
            ru "учредитель назван дважды",
            do_en "name every founder once",
            do_ru "назовите каждого учредителя один раз";
        NOT_ALL_SIGNED = 185,
            "the document of the meeting must be signed by every founder and nobody else" =>
            ru "документ собрания должны подписать все учредители и никто другой",
            do_en "collect the missing signatures and remove those of other people",
            do_ru "соберите недостающие подписи и уберите посторонние";
    }

    /// Refusals that concern agreements.
    pub mod agreement {
        NUMBER = 191, formatcp!("at least one agreement at a time and at most {AGREEMENTS}") =>
            ru formatcp!("за один раз — хотя бы одно соглашение и не больше чем {AGREEMENTS}"),
            do_en formatcp!("send at least one signed agreement and at most {AGREEMENTS}"),
            do_ru formatcp!("отправьте хотя бы одно подписанное соглашение и не больше чем {AGREEMENTS}");
        NOT_AN_AGREEMENT = 192, formatcp!("an agreement has a registry id of at most {AGREEMENTS}") =>
            ru formatcp!("это не соглашение: их номера в реестре документов — не больше чем {AGREEMENTS}"),
            do_en "send only the agreements on the wallet, signatures, personal data and statutes",
            do_ru "отправьте только соглашения о счёте, подписи, персональных данных и уставе";
        MISSING = 193, "the agreements are not signed that admission needs" =>
            ru "не подписаны соглашения, без которых не принимают заявление",
            do_en "sign the agreements on signatures, personal data and statutes, send signagree, then apply",
            do_ru "подпишите соглашения о подписи, персональных данных и уставе, отправьте signagree, потом заявление";
    }

    /// Refusals that concern candidates.
    pub mod candidate {
        NO_CANDIDATE = 201, "there is no candidate with this hash" =>
            ru "кандидата с таким заявлением нет",
            do_en "check the hash of the statement; the admission may have ended",
            do_ru "проверьте хеш заявления; приём мог уже закончиться";
        CANDIDATE_ALREADY = 202, "the account is a candidate already" =>
            ru "заявление этой учётной записи уже рассматривается",
            do_en "pay the invoice and wait for the council, or withdraw with indecline before paying",
            do_ru "оплатите счёт и дождитесь совета или откажитесь до оплаты действием indecline";
        ANOTHER_KIND = 203, "the statement is of another kind of participant" =>
            ru "заявление подписано от другого вида пайщика",
            do_en "state the kind that the signed statement names, or sign a new statement",
            do_ru "укажите тот вид пайщика, что в заявлении, или подпишите новое";
        ANOTHER_STEP = 204, "the candidate is at another step of the process" =>
            ru "приём этого кандидата сейчас на другом шаге",
            do_en "look at the candidate's status and do what that step needs",
            do_ru "посмотрите состояние кандидата и сделайте то, что нужно на этом шаге";
    }

    /// Refusals that concern exits.
    pub mod exit {
        NO_EXIT = 211, "there is no exit with this hash" =>
            ru "выхода по такому заявлению нет",
            do_en "check the hash of the statement; the exit may have ended",
            do_ru "проверьте хеш заявления; выход мог уже закончиться";
        ANOTHER_STEP = 212, "the exit is at another step of the process" =>
            ru "выход сейчас на другом шаге",
            do_en "look at the status of the exit and wait for the step before",
            do_ru "посмотрите состояние выхода и дождитесь предыдущего шага";
    }

    /// Refusals that concern moves to a new account.
    pub mod moving {
        NO_MOVE = 216, "there is no move of this participant" =>
            ru "переход этого пайщика на новую учётную запись не начат",
            do_en "check the old account; the move may have ended or been vetoed",
            do_ru "проверьте прежнюю учётную запись: переход мог закончиться или быть отменён";
        ASKED_ALREADY = 217, "a move of this participant is asked for already" =>
            ru "о переходе этого пайщика заявление уже подано",
            do_en "wait until that move is decided",
            do_ru "дождитесь решения по нему";
        NEW_ACCOUNT_TAKEN = 218, "the new account is a participant or a candidate already" =>
            ru "новая учётная запись уже принадлежит пайщику или кандидату или просит о другом переходе",
            do_en "make a fresh account and sign the statement with its key",
            do_ru "заведите свежую учётную запись и подпишите заявление её ключом";
        NOT_GRANTED = 219, "the council has not agreed to the move" =>
            ru "совет ещё не согласился на переход",
            do_en "wait for the council's decision",
            do_ru "дождитесь решения совета";
        VETO_OVER = 220, formatcp!("the time for a veto is over: {VETO_DAYS} days have passed") =>
            ru formatcp!("время для вето прошло: {VETO_DAYS} дн."),
            do_en "turn to the council: only a new decision can change it now",
            do_ru "обратитесь в совет: теперь поможет только новое решение";
        VETO_NOT_OVER = 221,
            formatcp!("the time for a veto is not over: {VETO_DAYS} days have not passed") =>
            ru formatcp!("время для вето ещё не прошло: {VETO_DAYS} дн. после решения"),
            do_en formatcp!("wait until {VETO_DAYS} days after the decision are over"),
            do_ru formatcp!("подождите до конца срока: {VETO_DAYS} дн. после решения");
        ELECTION_GOES_ON = 222, "a move waits until the election of a board is over" =>
            ru "переход ждёт конца выборов: идёт сбор голосов за новый состав",
            do_en "wait until the election is over, then send completemove again",
            do_ru "дождитесь конца выборов и отправьте completemove снова";
    }

    /// Refusals that concern blocking of participants.
    pub mod blocking {
        NO_BLOCKING = 226, "there is no proposal to block with this hash" =>
            ru "предложения о блокировке с таким хешем нет",
            do_en "check the hash of the proposal; it may have been decided",
            do_ru "проверьте хеш предложения; по нему могло быть решение";
        PROPOSED_ALREADY = 227, "a proposal about this participant is not decided" =>
            ru "предложение об этом пайщике уже внесено и не решено",
            do_en "wait until it is decided",
            do_ru "дождитесь решения по нему";
        ANOTHER_STATUS = 228, "the participant has this status already, or is leaving" =>
            ru "пайщик уже в этом состоянии или выходит из кооператива",
            do_en "look at the participant's status: there may be nothing to change",
            do_ru "посмотрите состояние пайщика: менять может быть нечего";
    }

    /// Refusals that concern staff.
    pub mod staff {
        NEITHER_COOPERATIVE_NOR_STAFF = 231, "the actor is neither the cooperative nor its staff" =>
            ru "действие отправляет сам кооператив или его сотрудник",
            do_en "ask the chairman for the right to this action with addstaff",
            do_ru "попросите председателя дать право на это действие через addstaff";
        NO_RIGHT = 232, "the staff member has no right to this action of this contract" =>
            ru "у сотрудника нет права на это действие",
            do_en "ask the chairman to add the right with setrights",
            do_ru "попросите председателя добавить право действием setrights";
        RIGHTS_ENDED = 233, "the rights ended with the council that gave them" =>
            ru "права кончились вместе с советом, который их дал",
            do_en "ask the chairman of the council that sits now to confirm them with setrights",
            do_ru "попросите председателя нынешнего совета подтвердить их действием setrights";
        NO_ACCOUNT = 234, "the staff member has no account" =>
            ru "такой учётной записи нет",
            do_en "check the name, or make the account first",
            do_ru "проверьте имя или сначала заведите учётную запись";
        COOPERATIVE_ITSELF = 235, "the cooperative needs no rights in itself" =>
            ru "самому кооперативу права сотрудника не нужны",
            do_en "send the action with the cooperative's own authority",
            do_ru "отправьте действие с полномочиями самого кооператива";
        CHAIRMAN_HIMSELF = 236, "nobody gives rights to himself" =>
            ru "нельзя дать права самому себе",
            do_en "give the rights to another person",
            do_ru "дайте права другому человеку";
        STAFF_ALREADY = 237, "the account is staff already" =>
            ru "это уже сотрудник кооператива",
            do_en "change the rights with setrights",
            do_ru "измените права действием setrights";
        NOT_STAFF = 238, "the account is not staff" =>
            ru "это не сотрудник кооператива",
            do_en "check the account, or make it staff with addstaff",
            do_ru "проверьте учётную запись или примите сотрудника действием addstaff";
        RIGHTS_BOUND = 239, formatcp!("a staff member has at least one right and at most {MAX_RIGHTS}") =>
            ru formatcp!("у сотрудника должно быть хотя бы одно право и не больше чем {MAX_RIGHTS}"),
            do_en formatcp!("give at least one right and at most {MAX_RIGHTS}; dismiss with rmstaff"),
            do_ru formatcp!("дайте хотя бы одно право и не больше чем {MAX_RIGHTS}; увольте действием rmstaff");
        RIGHT_TWICE = 240, "a right is given twice" =>
            ru "одно право указано дважды",
            do_en "name every right once",
            do_ru "укажите каждое право один раз";
    }
}
