//! Refusals that concern boards and their elections, kinds of decisions, questions and decisions.

use super::table::table;
use crate::parameters::*;
use const_format::formatcp;

table! { VOTING:
    /// Refusals that concern boards and their elections.
    pub mod council {
        MISSING = 251, "the cooperative has no council" =>
            ru "в кооперативе нет совета",
            do_en "seat the first council with createboard",
            do_ru "изберите первый совет действием createboard";
        EXISTS = 252, "the cooperative has a council already" =>
            ru "в кооперативе уже есть совет",
            do_en "submit the new council with updateboard",
            do_ru "внесите новый состав действием updateboard";
        NO_VERSION = 253, "the cooperative has no such version of its boards" =>
            ru "состава с таким номером в кооперативе нет",
            do_en "check the number of the version",
            do_ru "проверьте номер состава";
        NOT_THE_CHAIRMAN = 254, "the account is not the chairman of the council" =>
            ru "это может только председатель совета",
            do_en "ask the chairman of the council that sits now",
            do_ru "попросите председателя нынешнего совета";
        NO_VOTING_SEAT = 255, "the account has no voting seat in the council" =>
            ru "это может только член совета с правом голоса",
            do_en "ask a voting member of the council that sits now",
            do_ru "попросите члена нынешнего совета с правом голоса";
        KIND_OF_BOARD = 256, "a board is council, executive, audit or other" =>
            ru "вид органа: council, executive, audit или other",
            do_en "state council, executive, audit or other",
            do_ru "укажите council, executive, audit или other";
        SEATS_BOUND = 257, formatcp!("a board has at most {MAX_SEATS} seats and at least one") =>
            ru formatcp!("в составе должно быть хотя бы одно место и не больше чем {MAX_SEATS}"),
            do_en formatcp!("name at least one member and at most {MAX_SEATS}"),
            do_ru formatcp!("назовите хотя бы одного члена и не больше чем {MAX_SEATS}");
        VOTING_SEATS_BOUND = 258, formatcp!("a council has at least {MIN_SEATS} voting seats") =>
            ru formatcp!("в совете должно быть хотя бы столько мест с правом голоса: {MIN_SEATS}"),
            do_en formatcp!("give a vote to at least {MIN_SEATS} members"),
            do_ru formatcp!("дайте право голоса хотя бы стольким членам: {MIN_SEATS}");
        ONE_CHAIRMAN = 259, "a council has exactly one chairman, another board at most one" =>
            ru "в совете ровно один председатель, в другом органе — не больше одного",
            do_en "name exactly one chairman",
            do_ru "назовите ровно одного председателя";
        SILENT_CHAIRMAN = 260, "the chairman must have a vote" =>
            ru "у председателя должно быть право голоса",
            do_en "give the chairman's seat a vote",
            do_ru "дайте председателю право голоса";
        POSITION = 261, "a position in a board is member or chairman" =>
            ru "должность в составе: member или chairman",
            do_en "state member or chairman",
            do_ru "укажите member или chairman";
        TWO_SEATS = 262, "a member of the board has two seats" =>
            ru "один человек занимает два места",
            do_en "name every member once",
            do_ru "назовите каждого один раз";
        MEMBER_NOT_A_PARTICIPANT = 263, "a member of the board is not a participant" =>
            ru "в составе назван не пайщик",
            do_en "elect participants only, and hold the meeting's vote again if needed",
            do_ru "изберите только пайщиков; если нужно, повторите голосование собрания";
        MEMBER_NOT_AN_INDIVIDUAL = 264, "a member of the board is not an individual" =>
            ru "в состав входят только физические лица",
            do_en "elect individuals, not entrepreneurs or organizations",
            do_ru "изберите физических лиц, а не предпринимателей и организации";
        MEMBER_NOT_ACTIVE = 265, "a member of the board is blocked, leaving or moving" =>
            ru "избранный заблокирован, выходит или переходит на новую учётную запись",
            do_en "wait until that is over, or elect somebody else",
            do_ru "дождитесь конца этого процесса или изберите другого";
        SIGNER_NOT_A_PARTICIPANT = 266,
            "the document of the meeting is signed by somebody who is not a participant" =>
            ru "документ собрания подписал не пайщик",
            do_en "remove that signature; participants sign the document of a meeting",
            do_ru "уберите эту подпись: документ собрания подписывают пайщики";
        NOT_ALL_FOUNDERS = 267, "the document of the meeting must be signed by every founder" =>
            ru "документ об избрании первого совета должны подписать все учредители",
            do_en "collect the missing signatures of founders",
            do_ru "соберите недостающие подписи учредителей";
        NOT_ALL_ELECTED = 268,
            "the document of the meeting must be signed by everyone who is elected and nobody else" =>
            ru "документ собрания должны подписать все избранные и никто другой",
            do_en "collect the signatures of everyone elected and remove others",
            do_ru "соберите подписи всех избранных и уберите посторонние";
        ELECTION_GOES_ON = 269, "an election of a board is not over" =>
            ru "идут выборы: сбор голосов за внесённый состав ещё не закончен",
            do_en "wait until that election is over, or end it with dropboard",
            do_ru "дождитесь её конца или прекратите её действием dropboard";
        NO_ELECTION = 270, "there is no election of this version" =>
            ru "состав с таким номером на поддержку не внесён",
            do_en "check the number of the version; the election may be over",
            do_ru "проверьте номер состава; выборы могли закончиться";
        ELECTION_OVER = 271,
            formatcp!("the term for voices is over: {SUPPORT_HOURS} hours have passed") =>
            ru formatcp!("сбор голосов окончен: прошло {SUPPORT_HOURS} ч"),
            do_en "seat the board with seatboard if it has its support, else end it with dropboard",
            do_ru "введите состав действием seatboard, если поддержки хватает, иначе снимите действием dropboard";
        ELECTION_NOT_OVER = 272,
            formatcp!("the term for voices is not over: {SUPPORT_HOURS} hours have not passed") =>
            ru formatcp!("сбор голосов ещё идёт: он длится {SUPPORT_HOURS} ч"),
            do_en formatcp!("wait until {SUPPORT_HOURS} hours after the board was submitted"),
            do_ru formatcp!("подождите: со времени внесения должно пройти {SUPPORT_HOURS} ч");
        JOINED_LATER = 273, "the participant joined after the election began" =>
            ru "пайщик вступил, когда выборы уже шли",
            do_en "raise your voice in the next election",
            do_ru "участвуйте в следующих выборах";
        VOICE_RAISED = 274, "the participant has raised a voice already" =>
            ru "пайщик уже высказался по этому составу",
            do_en "leave it as it is: a voice is final",
            do_ru "оставьте как есть: голос окончателен";
        NO_SUPPORT = 275, "the board has not the support that it needs" =>
            ru "состав не набрал нужной поддержки",
            do_en "end the election with dropboard and hold a new meeting",
            do_ru "прекратите выборы действием dropboard и проведите новое собрание";
        HAS_SUPPORT = 276, "the board has its support: it may be seated" =>
            ru "состав набрал нужную поддержку",
            do_en "seat it with seatboard",
            do_ru "введите его действием seatboard";
        NO_VOICES = 277, "there are no voices to free" =>
            ru "строк голосов, которые можно освободить, нет",
            do_en "leave it as it is: nothing is kept",
            do_ru "оставьте как есть: освобождать нечего";
    }

    /// Refusals that concern kinds of decisions.
    pub mod kind {
        NOT_REGISTERED = 281, "the kind of decision is not registered" =>
            ru "такой вид решений не зарегистрирован",
            do_en "check the name, or ask the operator to register the kind with regtype",
            do_ru "проверьте имя или попросите оператора зарегистрировать вид действием regtype";
        BUILT_IN = 282, "the kind is built in or has no name" =>
            ru "этот вид решений встроен или не назван",
            do_en "choose another name for the kind",
            do_ru "выберите для вида решений другое имя";
        CONTRACT_IS_SOVIET = 283, "the contract of the kind is soviet itself" =>
            ru "владельцем вида решений назван сам контракт совета",
            do_en "name the contract that carries the decision out",
            do_ru "укажите контракт, который исполняет решение";
        CONTRACT_WITHOUT_CODE = 284, "the account of the contract does not exist or has no code" =>
            ru "у названного контракта нет учётной записи или кода",
            do_en "deploy the contract first, then send the action again",
            do_ru "установите сначала контракт, потом отправьте действие снова";
        NO_CALLBACKS = 285, "the kind needs two different callbacks" =>
            ru "виду решений нужны два разных ответных действия",
            do_en "name one action for a decision and another for a decline",
            do_ru "укажите одно действие для решения и другое для отказа";
        NO_PROTOCOL_ID = 286, "the kind needs the registry id of its protocol" =>
            ru "не указан номер протокола этого вида в реестре документов",
            do_en "state the registry id of the protocol",
            do_ru "укажите номер протокола по реестру документов";
        QUESTIONS_DEPEND_ON_CONTRACT = 287,
            "unfinished questions depend on the contract of the kind" =>
            ru "от контракта этого вида зависят незаконченные вопросы",
            do_en "keep the contract until these questions are finished; its callbacks may change",
            do_ru "оставьте контракт, пока вопросы не закончены; действия менять можно";
        QUESTIONS_DEPEND_ON_KIND = 288, "unfinished questions depend on the kind" =>
            ru "по этому виду есть незаконченные вопросы",
            do_en "finish these questions first, and deliver their declines",
            do_ru "закончите сначала эти вопросы и доставьте отказы по ним";
        NOT_ACCEPTED = 289, "the cooperative does not accept this kind of decision" =>
            ru "кооператив не принял этот вид решений",
            do_en "ask the cooperative and its chairman to accept the kind with accepttype",
            do_ru "попросите кооператив и председателя принять вид действием accepttype";
        ACCEPTED_ALREADY = 290, "the cooperative accepts this kind already" =>
            ru "кооператив уже принимает этот вид решений",
            do_en "leave it as it is",
            do_ru "оставьте как есть";
        ACCEPTED_WITH_ANOTHER_CONTRACT = 291,
            "the cooperative accepted this kind with another contract" =>
            ru "кооператив принял этот вид решений с другим контрактом",
            do_en "ask the cooperative to accept the kind again with accepttype",
            do_ru "попросите кооператив принять вид заново действием accepttype";
        OF_THE_PROTOCOL = 292, "a kind of the protocol cannot be dropped" =>
            ru "от вида решений самого протокола отказаться нельзя",
            do_en "leave it: money that is on its way could not be booked, and nobody could leave",
            do_ru "оставьте вид: иначе деньги в пути не записать и никому не выйти";
    }

    /// Refusals that concern questions and decisions.
    pub mod decision {
        NO_QUESTION = 301, "the cooperative has no such question" =>
            ru "такого вопроса в кооперативе нет",
            do_en "check the number; the question may be finished: look in the registry",
            do_ru "проверьте номер; вопрос мог быть закончен: посмотрите в реестре";
        ANOTHER_QUESTION = 302, "the question with this number has another hash" =>
            ru "под этим номером другой вопрос",
            do_en "read the agenda again and vote on the question with this number and hash",
            do_ru "прочитайте повестку заново и голосуйте по вопросу с этим номером и хешем";
        HASH_UNFINISHED = 303, "a question with this hash is not finished" =>
            ru "вопрос с таким хешем ещё не закончен",
            do_en "wait until it is finished",
            do_ru "дождитесь его конца";
        TOO_MANY = 304,
            formatcp!("the cooperative has {MAX_UNFINISHED} unfinished questions already") =>
            ru formatcp!("незаконченных вопросов в кооперативе уже {MAX_UNFINISHED}, больше нельзя"),
            do_en "take finished and expired questions off the agenda first",
            do_ru "снимите сначала с повестки отклонённые и просроченные вопросы";
        TOO_MANY_OF_KIND = 305,
            formatcp!("the cooperative has {MAX_UNFINISHED_OF_KIND} unfinished questions of this kind already") =>
            ru formatcp!("незаконченных вопросов этого вида уже {MAX_UNFINISHED_OF_KIND}, больше нельзя"),
            do_en "finish questions of this kind first",
            do_ru "закончите сначала вопросы этого вида";
        TOO_MANY_FOREIGN = 306,
            formatcp!("the cooperative has {MAX_UNFINISHED_FOREIGN} unfinished questions of other contracts already") =>
            ru formatcp!("незаконченных вопросов чужих контрактов уже {MAX_UNFINISHED_FOREIGN}, больше нельзя"),
            do_en "finish questions of other contracts first",
            do_ru "закончите сначала вопросы чужих контрактов";
        TOO_MANY_FREE = 307,
            formatcp!("the cooperative has {MAX_UNFINISHED_FREE} unfinished free questions already") =>
            ru formatcp!("незаконченных свободных вопросов уже {MAX_UNFINISHED_FREE}, больше нельзя"),
            do_en "finish free questions first",
            do_ru "закончите сначала свободные вопросы";
        TOO_MANY_OF_MEMBER = 308,
            formatcp!("the member has {MAX_UNFINISHED_OF_MEMBER} unfinished free questions already") =>
            ru formatcp!("незаконченных вопросов этого члена совета уже {MAX_UNFINISHED_OF_MEMBER}, больше нельзя"),
            do_en "wait until some of them are finished, or ask another member to propose",
            do_ru "дождитесь конца прежних или попросите внести вопрос другого члена совета";
        TOO_MANY_UNDELIVERED = 309,
            formatcp!("{MAX_UNDELIVERED} declines of this kind are not delivered") =>
            ru formatcp!("недоставленных отказов по этому виду уже {MAX_UNDELIVERED}"),
            do_en "deliver them with deliver; if it fails, ask the operator to mend the kind",
            do_ru "доставьте их действием deliver; если не выходит, попросите оператора исправить вид решений";
        NO_SEAT = 310, "the member had no voting seat when the question was published" =>
            ru "когда вопрос вышел на повестку, у члена совета не было права голоса",
            do_en "vote on questions that were published since the council sits",
            do_ru "голосуйте по вопросам, которые вышли при нынешнем составе";
        VOTED_ALREADY = 311, "the member has voted already: a vote is final" =>
            ru "голос уже подан и окончателен",
            do_en "leave it as it is",
            do_ru "оставьте как есть";
        VOTING_OVER = 312, formatcp!("the voting is over: {VOTING_HOURS} hours have passed") =>
            ru formatcp!("голосование окончено: прошло {VOTING_HOURS} ч"),
            do_en "take the question off with expire; whoever needs it applies again",
            do_ru "снимите вопрос действием expire; кому он нужен, подаст заявление снова";
        VOTING_GOES_ON = 313,
            formatcp!("the voting is not over: {VOTING_HOURS} hours have not passed") =>
            ru formatcp!("голосование ещё идёт: оно длится {VOTING_HOURS} ч"),
            do_en formatcp!("wait until {VOTING_HOURS} hours after the question was published"),
            do_ru formatcp!("подождите: с выхода вопроса на повестку должно пройти {VOTING_HOURS} ч");
        DECLINED = 314, "the question is declined" =>
            ru "вопрос отклонён",
            do_en "take it off with declinedec and deliver the decline",
            do_ru "снимите его действием declinedec и доставьте отказ";
        NOT_DECLINED = 315, "the question is not declined" =>
            ru "вопрос не отклонён: одобрение ещё возможно",
            do_en "wait for the votes or for the end of the voting",
            do_ru "дождитесь голосов или конца голосования";
        NOT_APPROVED = 316, "the question is not approved" =>
            ru "вопрос не одобрен",
            do_en "wait until more than half of the voting seats are in favour",
            do_ru "дождитесь, пока «за» будет больше половины мест с правом голоса";
        APPROVED = 317,
            formatcp!("the decision is approved: it may be authorized for {SIGNING_DAYS} days") =>
            ru formatcp!("решение одобрено: у председателя есть на подпись {SIGNING_DAYS} дн."),
            do_en "ask the chairman to sign the protocol",
            do_ru "попросите председателя подписать протокол";
        SIGNING_OVER = 318,
            formatcp!("the term for signing is over: {SIGNING_DAYS} days have passed since approval") =>
            ru formatcp!("срок подписи истёк: с одобрения прошло {SIGNING_DAYS} дн."),
            do_en "take the decision off with expire; whoever needs it applies again",
            do_ru "снимите решение действием expire; кому оно нужно, подаст заявление снова";
        NOT_AUTHORIZED = 319, "the decision is not authorized" =>
            ru "решение не утверждено председателем",
            do_en "ask the chairman to sign the protocol with authorize first",
            do_ru "попросите сначала председателя подписать протокол действием authorize";
        AUTHORIZED = 320, "the decision is authorized already" =>
            ru "решение уже утверждено",
            do_en "carry it out with exec: anyone may",
            do_ru "исполните его действием exec: это может каждый";
        PROTOCOL_WITHOUT_DECISION = 321, "the protocol does not name its decision" =>
            ru "в протоколе не указано, какое это решение",
            do_en "render the protocol from the decision and sign it again",
            do_ru "составьте протокол по решению и подпишите заново";
        PROTOCOL_OF_ANOTHER = 322, "the protocol is about another decision" =>
            ru "протокол составлен по другому решению",
            do_en "sign the protocol of this decision",
            do_ru "подпишите протокол этого решения";
        PROTOCOL_SHOWS_OTHER_VOTES = 323,
            "the protocol shows other votes or another quorum than the decision has" =>
            ru "в протоколе другие голоса или другой кворум, чем у решения",
            do_en "render the protocol again, with the votes as they are now, and sign it",
            do_ru "составьте протокол заново, с голосами на эту минуту, и подпишите";
        NOTHING_TO_DELIVER = 324, "there is no such decline to deliver" =>
            ru "недоставленного отказа с таким номером нет",
            do_en "check the number; it may have been delivered already",
            do_ru "проверьте номер; отказ мог быть уже доставлен";
    }
}
