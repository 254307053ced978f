//! What a contract uses all the time: `use antelope_contract::prelude::*;`.

pub use crate::{
    Context, Failure, OrFail, Refusal,
    auth::{has_auth, is_account, permission_satisfied, require_auth, require_permission},
    check, client,
    console::print,
    contract,
    crypto::{recover_key, ripemd160, sha1, sha256, sha512},
    error_codes, fail, import_abi, refusals,
    system::{now, now_seconds, receiver, require_recipient, sender},
    table,
    table::{Payer, Row, SingletonRow, Table, TableExt, TableRow, View},
    types::{
        Asset, BinaryExtension, BlockTimestamp, Checksum160, Checksum256, Checksum512, DecodeError,
        Decoder, Encoder, ExtendedAsset, Float128, Name, PermissionLevel, PublicKey, Signature,
        Symbol, SymbolCode, TimePoint, TimePointSec, VarInt32, VarUint32, asset, name, symbol,
    },
};

// What a contract with a heap writes as every other program does.
#[cfg(feature = "alloc")]
pub use crate::{
    client::SendInline,
    types::{Action, Transaction},
};
#[cfg(feature = "alloc")]
pub use alloc::{boxed::Box, string::String, vec::Vec};

// The derives of this crate, and the traits of the types crate, under the same names.
pub use crate::types::{
    codec::{Decode, Encode},
    schema::{AbiType, Ty},
};
pub use antelope_macros::{
    ContractAbiType as AbiType, ContractDecode as Decode, ContractEncode as Encode,
};
