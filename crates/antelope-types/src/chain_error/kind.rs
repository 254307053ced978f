//! The kinds of errors that a node knows, by their codes and names.
//!
//! | codes | subject |
//! |---|---|
//! | below 100 | fc, the library that nodes are made of |
//! | 3010000 | types: names, keys, assets |
//! | 3015000 | ABIs |
//! | 3030000 | blocks |
//! | 3040000 | transactions before they are executed |
//! | 3050000 | actions and assertions |
//! | 3060000 | queries of accounts, permissions and tables |
//! | 3070000 | WebAssembly |
//! | 3080000, 3081000 | NET, CPU, RAM and deadlines |
//! | 3090000 | authorization |
//! | 3100000 | miscellaneous |
//! | 3160000 | contracts: code, tables, iterators |
//! | 3170000 | producers |
//! | 3200000 | HTTP |
//! | 3210000 | resource limits |
//! | 3230000 | host functions |
//! | 3250000 | protocol features |

macro_rules! error_kinds {
    ($($variant:ident = $code:literal, $name:literal, $what:literal;)*) => {
        /// A kind of error, as nodeos numbers and names it.
        ///
        /// ```
        /// use antelope_types::ErrorKind;
        /// let kind = ErrorKind::EosioAssertMessage;
        /// assert_eq!(kind.code(), 3050003);
        /// assert_eq!(kind.name(), "eosio_assert_message_exception");
        /// assert_eq!(ErrorKind::from_code(3050003), Some(kind));
        /// ```
        // Numbers, names and texts: libraries/chain/include/eosio/chain/exceptions.hpp of Leap 5.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $(#[doc = $what] $variant,)*
        }

        impl ErrorKind {
            /// Every kind, ascending by code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The number.
            pub const fn code(self) -> u64 {
                match self { $(Self::$variant => $code,)* }
            }

            /// The name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it means.
            pub const fn what(self) -> &'static str {
                match self { $(Self::$variant => $what,)* }
            }

            /// The kind with this number.
            pub fn from_code(code: u64) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.code() == code)
            }
        }
    };
}

error_kinds! {
    Unspecified = 0, "exception", "unspecified";
    ParseError = 4, "parse_error_exception", "Parse Error";
    OutOfRange = 8, "out_of_range_exception", "Out of Range";
    Assert = 10, "assert_exception", "Assert Exception";
    Std = 13, "std_exception", "unspecified";
    ChainType = 3010000, "chain_type_exception", "chain type exception";
    NameType = 3010001, "name_type_exception", "Invalid name";
    PublicKeyType = 3010002, "public_key_type_exception", "Invalid public key";
    PrivateKeyType = 3010003, "private_key_type_exception", "Invalid private key";
    AuthorityType = 3010004, "authority_type_exception", "Invalid authority";
    ActionType = 3010005, "action_type_exception", "Invalid action";
    TransactionType = 3010006, "transaction_type_exception", "Invalid transaction";
    BlockIdType = 3010008, "block_id_type_exception", "Invalid block ID";
    TransactionIdType = 3010009, "transaction_id_type_exception", "Invalid transaction ID";
    PackedTransactionType = 3010010, "packed_transaction_type_exception", "Invalid packed transaction";
    AssetType = 3010011, "asset_type_exception", "Invalid asset";
    ChainIdType = 3010012, "chain_id_type_exception", "Invalid chain ID";
    FixedKeyType = 3010013, "fixed_key_type_exception", "Invalid fixed key";
    SymbolType = 3010014, "symbol_type_exception", "Invalid symbol";
    UnactivatedKeyType = 3010015, "unactivated_key_type", "Key type is not a currently activated type";
    UnactivatedSignatureType = 3010016, "unactivated_signature_type", "Signature type is not a currently activated type";
    Abi = 3015000, "abi_exception", "ABI exception";
    AbiNotFound = 3015001, "abi_not_found_exception", "No ABI found";
    InvalidTypeInsideAbi = 3015004, "invalid_type_inside_abi", "The type defined in the ABI is invalid";
    DuplicateAbiTypeDef = 3015005, "duplicate_abi_type_def_exception", "Duplicate type definition in the ABI";
    DuplicateAbiStructDef = 3015006, "duplicate_abi_struct_def_exception", "Duplicate struct definition in the ABI";
    DuplicateAbiActionDef = 3015007, "duplicate_abi_action_def_exception", "Duplicate action definition in the ABI";
    DuplicateAbiTableDef = 3015008, "duplicate_abi_table_def_exception", "Duplicate table definition in the ABI";
    DuplicateAbiErrMsgDef = 3015009, "duplicate_abi_err_msg_def_exception", "Duplicate error message definition in the ABI";
    AbiRecursionDepth = 3015011, "abi_recursion_depth_exception", "ABI recursive definition has exceeded the max recursion depth";
    AbiCircularDef = 3015012, "abi_circular_def_exception", "Circular definition is detected in the ABI";
    Unpack = 3015013, "unpack_exception", "Unpack data exception";
    Pack = 3015014, "pack_exception", "Pack data exception";
    DuplicateAbiVariantDef = 3015015, "duplicate_abi_variant_def_exception", "Duplicate variant definition in the ABI";
    UnsupportedAbiVersion = 3015016, "unsupported_abi_version_exception", "ABI has an unsupported version";
    DuplicateAbiActionResultsDef = 3015017, "duplicate_abi_action_results_def_exception", "Duplicate action results definition in the ABI";
    BlockResourceExhausted = 3030005, "block_resource_exhausted", "Block exhausted allowed resources";
    Transaction = 3040000, "transaction_exception", "Transaction exception";
    TxDecompressionError = 3040001, "tx_decompression_error", "Error decompressing transaction";
    TxNoAction = 3040002, "tx_no_action", "Transaction should have at least one normal action";
    TxNoAuths = 3040003, "tx_no_auths", "Transaction should have at least one required authority";
    CfaIrrelevantAuth = 3040004, "cfa_irrelevant_auth", "Context-free action should have no required authority";
    ExpiredTx = 3040005, "expired_tx_exception", "Expired Transaction";
    TxExpTooFar = 3040006, "tx_exp_too_far_exception", "Transaction Expiration Too Far";
    InvalidRefBlock = 3040007, "invalid_ref_block_exception", "Invalid Reference Block";
    TxDuplicate = 3040008, "tx_duplicate", "Duplicate transaction";
    DeferredTxDuplicate = 3040009, "deferred_tx_duplicate", "Duplicate deferred transaction";
    CfaInsideGeneratedTx = 3040010, "cfa_inside_generated_tx", "Context free action is not allowed inside generated transaction";
    TxNotFound = 3040011, "tx_not_found", "The transaction can not be found";
    TooManyTxAtOnce = 3040012, "too_many_tx_at_once", "Pushing too many transactions at once";
    TxTooBig = 3040013, "tx_too_big", "Transaction is too big";
    UnknownTransactionCompression = 3040014, "unknown_transaction_compression", "Unknown transaction compression";
    InvalidTransactionExtension = 3040015, "invalid_transaction_extension", "Invalid transaction extension";
    IllFormedDeferredTransactionGenerationContext = 3040016, "ill_formed_deferred_transaction_generation_context", "Transaction includes an ill-formed deferred transaction generation context extension";
    DisallowedTransactionExtensionsBadBlock = 3040017, "disallowed_transaction_extensions_bad_block_exception", "Transaction includes disallowed extensions (invalid block)";
    TxResourceExhaustion = 3040018, "tx_resource_exhaustion", "Transaction exceeded transient resource limit";
    ActionValidate = 3050000, "action_validate_exception", "Action validate exception";
    AccountNameExists = 3050001, "account_name_exists_exception", "Account name already exists";
    InvalidActionArgs = 3050002, "invalid_action_args_exception", "Invalid Action Arguments";
    EosioAssertMessage = 3050003, "eosio_assert_message_exception", "eosio_assert_message assertion failure";
    EosioAssertCode = 3050004, "eosio_assert_code_exception", "eosio_assert_code assertion failure";
    ActionNotFound = 3050005, "action_not_found_exception", "Action can not be found";
    ActionDataAndStructMismatch = 3050006, "action_data_and_struct_mismatch", "Mismatch between action data and its struct";
    UnaccessibleApi = 3050007, "unaccessible_api", "Attempt to use unaccessible API";
    AbortCalled = 3050008, "abort_called", "Abort Called";
    InlineActionTooBig = 3050009, "inline_action_too_big", "Inline Action exceeds maximum size limit";
    UnauthorizedRamUsageIncrease = 3050010, "unauthorized_ram_usage_increase", "Action attempts to increase RAM usage of account without authorization";
    RestrictedErrorCode = 3050011, "restricted_error_code_exception", "eosio_assert_code assertion failure uses restricted error code value";
    InlineActionTooBigNonprivileged = 3050012, "inline_action_too_big_nonprivileged", "Inline action exceeds maximum size limit for a non-privileged account";
    ActionReturnValue = 3050014, "action_return_value_exception", "action return value size too big";
    Database = 3060000, "database_exception", "Database exception";
    PermissionQuery = 3060001, "permission_query_exception", "Permission Query Exception";
    AccountQuery = 3060002, "account_query_exception", "Account Query Exception";
    ContractTableQuery = 3060003, "contract_table_query_exception", "Contract Table Query Exception";
    ContractQuery = 3060004, "contract_query_exception", "Contract Query Exception";
    Wasm = 3070000, "wasm_exception", "WASM Exception";
    PageMemoryError = 3070001, "page_memory_error", "Error in WASM page memory";
    WasmExecutionError = 3070002, "wasm_execution_error", "Runtime Error Processing WASM";
    WasmSerializationError = 3070003, "wasm_serialization_error", "Serialization Error Processing WASM";
    OverlappingMemoryError = 3070004, "overlapping_memory_error", "memcpy with overlapping memory";
    ResourceExhausted = 3080000, "resource_exhausted_exception", "Resource exhausted exception";
    RamUsageExceeded = 3080001, "ram_usage_exceeded", "Account using more than allotted RAM usage";
    TxNetUsageExceeded = 3080002, "tx_net_usage_exceeded", "Transaction exceeded the current network usage limit imposed on the transaction";
    BlockNetUsageExceeded = 3080003, "block_net_usage_exceeded", "Transaction network usage is too much for the remaining allowable usage of the current block";
    TxCpuUsageExceeded = 3080004, "tx_cpu_usage_exceeded", "Transaction exceeded the current CPU usage limit imposed on the transaction";
    BlockCpuUsageExceeded = 3080005, "block_cpu_usage_exceeded", "Transaction CPU usage is too much for the remaining allowable usage of the current block";
    Deadline = 3080006, "deadline_exception", "Transaction took too long";
    GreylistNetUsageExceeded = 3080007, "greylist_net_usage_exceeded", "Transaction exceeded the current greylisted account network usage limit";
    GreylistCpuUsageExceeded = 3080008, "greylist_cpu_usage_exceeded", "Transaction exceeded the current greylisted account CPU usage limit";
    LeewayDeadline = 3081001, "leeway_deadline_exception", "Transaction reached the deadline set due to leeway on account CPU limits";
    Authorization = 3090000, "authorization_exception", "Authorization exception";
    TxDuplicateSig = 3090001, "tx_duplicate_sig", "Duplicate signature included";
    TxIrrelevantSig = 3090002, "tx_irrelevant_sig", "Irrelevant signature included";
    UnsatisfiedAuthorization = 3090003, "unsatisfied_authorization", "Provided keys, permissions, and delays do not satisfy declared authorizations";
    MissingAuth = 3090004, "missing_auth_exception", "Missing required authority";
    IrrelevantAuth = 3090005, "irrelevant_auth_exception", "Irrelevant authority included";
    InsufficientDelay = 3090006, "insufficient_delay_exception", "Insufficient delay";
    InvalidPermission = 3090007, "invalid_permission", "Invalid Permission";
    UnlinkableMinPermissionAction = 3090008, "unlinkable_min_permission_action", "The action is not allowed to be linked with minimum permission";
    InvalidParentPermission = 3090009, "invalid_parent_permission", "The parent permission is invalid";
    Misc = 3100000, "misc_exception", "Miscellaneous exception";
    RateLimitingStateInconsistent = 3100001, "rate_limiting_state_inconsistent", "Internal state is no longer consistent";
    UnknownBlock = 3100002, "unknown_block_exception", "Unknown block";
    SubjectiveBlockProduction = 3100006, "subjective_block_production_exception", "Subjective exception thrown during block production";
    UnsupportedFeature = 3100008, "unsupported_feature", "Feature is currently unsupported";
    SigVariableSizeLimit = 3100011, "sig_variable_size_limit_exception", "Variable length component of signature too large";
    Contract = 3160000, "contract_exception", "Contract exception";
    InvalidTablePayer = 3160001, "invalid_table_payer", "The payer of the table data is invalid";
    TableAccessViolation = 3160002, "table_access_violation", "Table access violation";
    InvalidTableIterator = 3160003, "invalid_table_iterator", "Invalid table iterator";
    TableNotInCache = 3160004, "table_not_in_cache", "Table can not be found inside the cache";
    TableOperationNotPermitted = 3160005, "table_operation_not_permitted", "The table operation is not allowed";
    InvalidContractVmType = 3160006, "invalid_contract_vm_type", "Invalid contract vm type";
    InvalidContractVmVersion = 3160007, "invalid_contract_vm_version", "Invalid contract vm version";
    SetExactCode = 3160008, "set_exact_code", "Contract is already running this version of code";
    WasmConfigUnknownVersion = 3160015, "wasm_config_unknown_version", "Unknown wasm_config version";
    ConfigParseError = 3160016, "config_parse_error", "Parsing config error";
    ProducerSchedule = 3170004, "producer_schedule_exception", "Producer schedule exception";
    InvalidHttpRequest = 3200006, "invalid_http_request", "invalid http request";
    ResourceLimit = 3210000, "resource_limit_exception", "Resource limit exception";
    ContractApi = 3230000, "contract_api_exception", "Contract API exception";
    CryptoApi = 3230001, "crypto_api_exception", "Crypto API Exception";
    DbApi = 3230002, "db_api_exception", "Database API Exception";
    Arithmetic = 3230003, "arithmetic_exception", "Arithmetic Exception";
    ProtocolFeature = 3250000, "protocol_feature_exception", "Protocol feature exception";
    ProtocolFeatureValidation = 3250001, "protocol_feature_validation_exception", "Protocol feature validation exception";
    ProtocolFeatureBadBlock = 3250002, "protocol_feature_bad_block_exception", "Protocol feature exception (invalid block)";
    ProtocolFeatureIterator = 3250003, "protocol_feature_iterator_exception", "Protocol feature iterator exception";
}
