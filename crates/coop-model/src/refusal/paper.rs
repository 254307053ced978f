//! Refusals that concern documents.

use super::table::table;
use crate::parameters::*;
use const_format::formatcp;

table! { PAPER:
    /// Refusals that concern documents.
    pub mod document {
        ANOTHER_REGISTRY_ID = 341, "the document has another registry id than this action takes" =>
            ru "это действие принимает документ другого вида",
            do_en "sign the form that belongs to this action",
            do_ru "подпишите документ той формы, которая нужна этому действию";
        ANOTHER_COOPERATIVE = 342, "the document is about another cooperative" =>
            ru "документ составлен для другого кооператива",
            do_en "render the document for this cooperative and sign it",
            do_ru "составьте документ для этого кооператива и подпишите";
        ANOTHER_PERSON = 343, "the document is about another person" =>
            ru "документ составлен о другом человеке",
            do_en "render the document about this person and sign it",
            do_ru "составьте документ об этом человеке и подпишите";
        ANOTHER_SUBJECT = 344, "the document binds itself to something else" =>
            ru "в документе указан другой предмет: сумма, имущество, состав или решение",
            do_en "render the document from what this action names and sign it again",
            do_ru "составьте документ о том, что названо в действии, и подпишите заново";
        IN_THE_FUTURE = 345, "the document is dated in the future" =>
            ru formatcp!("документ или подпись датированы будущим: часы могут спешить не больше чем на {CLOCK_SKEW_MINUTES} мин"),
            do_en formatcp!("set the clock, which may be at most {CLOCK_SKEW_MINUTES} minutes fast, and sign again"),
            do_ru formatcp!("проверьте часы (спешить могут не больше чем на {CLOCK_SKEW_MINUTES} мин) и подпишите заново");
        TOO_OLD = 346, "the document is too old" =>
            ru formatcp!("документ или подпись слишком старые: годны {DOCUMENT_DAYS} дн., документы собрания — {MEETING_DAYS} дн."),
            do_en formatcp!("render and sign it again; a document serves {DOCUMENT_DAYS} days, that of a meeting {MEETING_DAYS} days"),
            do_ru formatcp!("составьте и подпишите заново; документ годен {DOCUMENT_DAYS} дн., документ собрания — {MEETING_DAYS} дн.");
        SERVED_ALREADY = 347, "the document has served already, or a newer one has: sign a new one" =>
            ru "этот документ уже принят, или уже принят более новый",
            do_en "render a new document and sign it: each serves once",
            do_ru "составьте и подпишите новый документ: каждый служит один раз";
        TITLE_BOUND = 348, formatcp!("the document's title is longer than {MAX_TITLE} bytes") =>
            ru formatcp!("заголовок документа длиннее, чем {MAX_TITLE} байт"),
            do_en "shorten the title and sign again",
            do_ru "сократите заголовок и подпишите заново";
        LANG_BOUND = 349, formatcp!("the document's lang is longer than {MAX_LANG} bytes") =>
            ru formatcp!("обозначение языка документа длиннее, чем {MAX_LANG} байт"),
            do_en "state the language by its short tag, such as ru, and sign again",
            do_ru "укажите язык коротко, например ru, и подпишите заново";
        GENERATOR_BOUND = 350,
            formatcp!("the document's generator is longer than {MAX_GENERATOR} bytes") =>
            ru formatcp!("имя программы, составившей документ, длиннее, чем {MAX_GENERATOR} байт"),
            do_en "shorten the name of the program and sign again",
            do_ru "сократите имя программы и подпишите заново";
        VERSION_BOUND = 351, formatcp!("the document's version is longer than {MAX_VERSION} bytes") =>
            ru formatcp!("версия программы, составившей документ, длиннее, чем {MAX_VERSION} байт"),
            do_en "shorten the version and sign again",
            do_ru "сократите версию и подпишите заново";
        TIMEZONE_BOUND = 352,
            formatcp!("the document's timezone is longer than {MAX_TIMEZONE} bytes") =>
            ru formatcp!("название часового пояса длиннее, чем {MAX_TIMEZONE} байт"),
            do_en "state the time zone by its short name and sign again",
            do_ru "укажите часовой пояс коротко и подпишите заново";
        LINKS_BOUND = 353, formatcp!("the document has more than {MAX_LINKS} links") =>
            ru formatcp!("в документе больше ссылок, чем {MAX_LINKS}"),
            do_en formatcp!("keep at most {MAX_LINKS} links to other documents and sign again"),
            do_ru formatcp!("оставьте ссылок на другие документы не больше чем {MAX_LINKS} и подпишите заново");
        NO_SIGNATURES = 354, "the document has no signatures" =>
            ru "документ не подписан",
            do_en "sign the document",
            do_ru "подпишите документ";
        NOT_ONE_SIGNATURE = 355, "the document must have exactly one signature" =>
            ru "под документом должна быть ровно одна подпись",
            do_en "keep the signature of the one who must sign",
            do_ru "оставьте подпись того, кто должен подписать";
        NOT_BOTH_SIDES = 356, "the act must be signed by both sides and nobody else" =>
            ru "акт должны подписать обе стороны и никто другой",
            do_en "collect the signatures of the participant and of the cooperative's side",
            do_ru "соберите подписи пайщика и стороны кооператива";
        ONE_SIDE_TWICE = 357, "both sides of the act are one account" =>
            ru "обе стороны акта — одна учётная запись",
            do_en "let another person sign for the cooperative",
            do_ru "попросите подписать за кооператив другого человека";
        TOO_MANY_SIGNATURES = 358,
            formatcp!("the document has more than {MAX_SIGNATURES} signatures") =>
            ru formatcp!("под документом больше подписей, чем {MAX_SIGNATURES}"),
            do_en formatcp!("keep at most {MAX_SIGNATURES} signatures"),
            do_ru formatcp!("оставьте подписей не больше чем {MAX_SIGNATURES}");
        SIGNED_TWICE = 359, "the document is signed twice by one account" =>
            ru "одна учётная запись подписала документ дважды",
            do_en "keep one signature of each signer",
            do_ru "оставьте по одной подписи каждого";
        ANOTHER_SIGNER = 360, "the document is signed by another account than it must be" =>
            ru "документ подписал не тот, кто должен",
            do_en "let the person sign whom this action names",
            do_ru "попросите подписать того, кто назван в действии";
        WRONG_SIGNATURE = 361, "the signature does not belong to this document and key" =>
            ru "подпись не от этого документа или не этим ключом",
            do_en "sign this very document again, on this chain; it may have changed after signing",
            do_ru "подпишите этот самый документ заново, для этой цепи: он мог измениться после подписи";
        WRONG_KEY = 362, "the signing key does not satisfy the signer's active permission" =>
            ru "этот ключ не управляет учётной записью подписавшего",
            do_en "sign with the key of the account's active permission",
            do_ru "подпишите ключом активного разрешения учётной записи";
    }
}
