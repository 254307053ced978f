//! Refusals that concern documents.

use super::refusals;
use const_format::formatcp;

use crate::parameters::*;

refusals! {
    /// Refusals that concern documents.
    pub mod document {
        ANOTHER_REGISTRY_ID = 341, "the document has another registry id than this action takes";
        ANOTHER_COOPERATIVE = 342, "the document is about another cooperative";
        ANOTHER_PERSON = 343, "the document is about another person";
        ANOTHER_SUBJECT = 344, "the document binds itself to something else";
        IN_THE_FUTURE = 345, "the document is dated in the future";
        TOO_OLD = 346, "the document is too old";
        SERVED_ALREADY = 347, "the document has served already, or a newer one has: sign a new one";
        TITLE_BOUND = 348, formatcp!("the document's title is longer than {MAX_TITLE} bytes");
        LANG_BOUND = 349, formatcp!("the document's lang is longer than {MAX_LANG} bytes");
        GENERATOR_BOUND = 350,
            formatcp!("the document's generator is longer than {MAX_GENERATOR} bytes");
        VERSION_BOUND = 351, formatcp!("the document's version is longer than {MAX_VERSION} bytes");
        TIMEZONE_BOUND = 352,
            formatcp!("the document's timezone is longer than {MAX_TIMEZONE} bytes");
        LINKS_BOUND = 353, formatcp!("the document has more than {MAX_LINKS} links");
        NO_SIGNATURES = 354, "the document has no signatures";
        NOT_ONE_SIGNATURE = 355, "the document must have exactly one signature";
        NOT_BOTH_SIDES = 356, "the act must be signed by both sides and nobody else";
        ONE_SIDE_TWICE = 357, "both sides of the act are one account";
        TOO_MANY_SIGNATURES = 358,
            formatcp!("the document has more than {MAX_SIGNATURES} signatures");
        SIGNED_TWICE = 359, "the document is signed twice by one account";
        ANOTHER_SIGNER = 360, "the document is signed by another account than it must be";
        WRONG_SIGNATURE = 361, "the signature does not belong to this document and key";
        WRONG_KEY = 362, "the signing key does not satisfy the signer's active permission";
    }
}
