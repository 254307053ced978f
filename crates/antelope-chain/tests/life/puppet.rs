//! A contract that does what its actions say.

use crate::shared::modules::module;
use wasm_encoder::ValType::{I32, I64};
use wasm_encoder::{BlockType, Instruction as I, MemArg, MemArgTarget, ValType};

/// Where the arguments of the action are.
const DATA: i32 = 1024;

/// Where host functions answer to.
const ANSWER: i32 = 60_000;

/// What a contract can do.
pub struct Puppet {
    imports: Vec<(&'static str, &'static [ValType], &'static [ValType])>,
    body: Vec<I<'static>>,
}

fn at(offset: u64) -> MemArg {
    MemArg {
        offset,
        align: 0,
        target: MemArgTarget::default(),
        ordering: None,
    }
}

impl Puppet {
    /// A contract that takes every action, and does nothing.
    pub fn new() -> Self {
        let mut puppet = Self {
            imports: Vec::new(),
            body: Vec::new(),
        };
        let read = puppet.host("read_action_data", &[I32, I32], &[I32]);
        puppet
            .body
            .extend([I::I32Const(DATA), I::I32Const(58_000), read, I::Drop]);
        puppet
    }

    fn host(
        &mut self,
        name: &'static str,
        takes: &'static [ValType],
        gives: &'static [ValType],
    ) -> I<'static> {
        let known = self.imports.iter().position(|(found, ..)| *found == name);
        let index = known.unwrap_or_else(|| {
            self.imports.push((name, takes, gives));
            self.imports.len() - 1
        });
        I::Call(index as u32)
    }

    fn size(&mut self) -> I<'static> {
        self.host("action_data_size", &[], &[I32])
    }

    /// For actions of this name.
    fn on(mut self, name: &str, body: impl IntoIterator<Item = I<'static>>) -> Self {
        let name = crate::world::n(name).raw() as i64;
        self.body.extend([
            I::LocalGet(2),
            I::I64Const(name),
            I::I64Eq,
            I::If(BlockType::Empty),
        ]);
        self.body.extend(body);
        self.body.push(I::End);
        self
    }

    /// `send`, of the id, the payer, whether to replace and the transaction, `cancel`, of the id, and
    /// `fail`.
    pub fn deferring(mut self) -> Self {
        let send = self.host("send_deferred", &[I32, I64, I32, I32, I32], &[]);
        let cancel = self.host("cancel_deferred", &[I32], &[I32]);
        let assert = self.host("eosio_assert", &[I32, I32], &[]);
        let size = self.size();
        let sending = vec![
            I::I32Const(DATA),
            I::I32Const(DATA),
            I::I64Load(at(16)),
            I::I32Const(DATA + 28),
            size,
            I::I32Const(28),
            I::I32Sub,
            I::I32Const(DATA),
            I::I32Load(at(24)),
            send,
        ];
        self.on("send", sending)
            .on(
                "cancel",
                [I::I32Const(DATA), cancel, I::I32Const(16), assert.clone()],
            )
            .on("fail", [I::I32Const(0), I::I32Const(16), assert])
    }

    /// Prints what it is told of a deferred transaction that failed.
    pub fn printing_errors(mut self) -> Self {
        let hex = self.host("printhex", &[I32, I32], &[]);
        let size = self.size();
        self.on("onerror", [I::I32Const(DATA), size, hex])
    }

    /// Fails when it is told of a deferred transaction that failed.
    pub fn failing_errors(mut self) -> Self {
        let assert = self.host("eosio_assert", &[I32, I32], &[]);
        self.on("onerror", [I::I32Const(0), I::I32Const(16), assert])
    }

    /// `notify`, of an account.
    pub fn notifying(mut self) -> Self {
        let notify = self.host("require_recipient", &[I64], &[]);
        // Whoever is notified of an action that sends or stores does so too.
        let body = vec![I::I32Const(DATA), I::I64Load(at(16)), notify];
        self.body.extend([
            I::LocalGet(0),
            I::LocalGet(1),
            I::I64Eq,
            I::If(BlockType::Empty),
        ]);
        self.body.extend(body);
        self.body.push(I::End);
        self
    }

    /// `store`, of a key and, after 16 bytes, a payer.
    pub fn storing(mut self) -> Self {
        let store = self.host("db_store_i64", &[I64, I64, I64, I64, I32, I32], &[I32]);
        let table = crate::world::n("rows").raw() as i64;
        self.on(
            "store",
            vec![
                I::LocalGet(0),
                I::I64Const(table),
                I::I32Const(DATA),
                I::I64Load(at(16)),
                I::I32Const(DATA),
                I::I64Load(at(0)),
                I::I32Const(DATA),
                I::I32Const(8),
                store,
                I::Drop,
            ],
        )
    }

    /// `inline`, of an action.
    pub fn inlining(mut self) -> Self {
        let inline = self.host("send_inline", &[I32, I32], &[]);
        let size = self.size();
        self.on("inline", [I::I32Const(DATA), size, inline])
    }

    /// `propose`, of producers and their keys, and `active`.
    pub fn proposing(mut self) -> Self {
        let propose = self.host("set_proposed_producers", &[I32, I32], &[I64]);
        let active = self.host("get_active_producers", &[I32, I32], &[I32]);
        let print = self.host("printi", &[I64], &[]);
        let hex = self.host("printhex", &[I32, I32], &[]);
        let size = self.size();
        let proposing = vec![I::I32Const(DATA), size, propose, print];
        self.on("propose", proposing).on(
            "active",
            vec![
                I::I32Const(ANSWER),
                I::I32Const(ANSWER),
                I::I32Const(512),
                active,
                hex,
            ],
        )
    }

    /// `proposeex`, of a format and producers with their authorities.
    pub fn proposing_authorities(mut self) -> Self {
        let propose = self.host("set_proposed_producers_ex", &[I64, I32, I32], &[I64]);
        let print = self.host("printi", &[I64], &[]);
        let size = self.size();
        self.on(
            "proposeex",
            vec![
                I::I32Const(DATA),
                I::I64Load(at(0)),
                I::I32Const(DATA + 8),
                size,
                I::I32Const(8),
                I::I32Sub,
                propose,
                print,
            ],
        )
    }

    /// `setwasm`, of limits of modules, and `getwasm`; `grow`, of pages; `deep`, of calls.
    pub fn limiting(mut self) -> Self {
        let set = self.host("set_wasm_parameters_packed", &[I32, I32], &[]);
        let get = self.host("get_wasm_parameters_packed", &[I32, I32, I32], &[I32]);
        let hex = self.host("printhex", &[I32, I32], &[]);
        let size = self.size();
        self.on("setwasm", [I::I32Const(DATA), size, set]).on(
            "getwasm",
            [
                I::I32Const(ANSWER),
                I::I32Const(ANSWER),
                I::I32Const(100),
                I::I32Const(0),
                get,
                hex,
            ],
        )
    }

    /// `grow`, of pages, tells what came of it.
    pub fn growing(mut self) -> Self {
        let print = self.host("printi", &[I64], &[]);
        self.on(
            "grow",
            [
                I::I32Const(DATA),
                I::I32Load(at(0)),
                I::MemoryGrow(0),
                I::I64ExtendI32S,
                print,
            ],
        )
    }

    /// `is`, of the digest of a feature.
    pub fn asking(mut self) -> Self {
        let is = self.host("is_feature_activated", &[I32], &[I32]);
        let print = self.host("printi", &[I64], &[]);
        self.on("is", [I::I32Const(DATA), is, I::I64ExtendI32U, print])
    }

    /// `sender` tells who sent the action.
    pub fn telling_sender(mut self) -> Self {
        let sender = self.host("get_sender", &[], &[I64]);
        let print = self.host("printn", &[I64], &[]);
        self.on("sender", [sender, print])
    }

    /// `give`, of bytes, returns them.
    pub fn returning(mut self) -> Self {
        let give = self.host("set_action_return_value", &[I32, I32], &[]);
        let size = self.size();
        self.on("give", [I::I32Const(DATA), size, give])
    }

    /// What fails in a way of its own: `say`, with a text; `code`, with a number; `auth`, without the
    /// authority of an account; `trap`; `beyond`, by an address that there is not; `abort`; `rant`, of
    /// a text that it prints before.
    pub fn failing(mut self) -> Self {
        let say = self.host("eosio_assert_message", &[I32, I32, I32], &[]);
        let code = self.host("eosio_assert_code", &[I32, I64], &[]);
        let auth = self.host("require_auth", &[I64], &[]);
        let hex = self.host("printhex", &[I32, I32], &[]);
        let abort = self.host("abort", &[], &[]);
        let print = self.host("prints_l", &[I32, I32], &[]);
        let size = self.size();
        let length = size.clone();
        let first = || [I::I32Const(DATA), I::I64Load(at(0))];
        let [from, number] = first();
        let [place, account] = first();
        self.on("say", [I::I32Const(0), I::I32Const(DATA), size, say])
            .on("code", [I::I32Const(0), from, number, code])
            .on("auth", [place, account, auth])
            .on("trap", [I::Unreachable])
            .on("beyond", [I::I32Const(-8), I::I32Const(16), hex])
            .on("abort", [abort.clone()])
            .on("rant", [I::I32Const(DATA), length, print, abort])
    }

    /// `read`, of the number of a piece of the transaction's context-free data, prints it.
    pub fn reading_context_free_data(mut self) -> Self {
        let get = self.host("get_context_free_data", &[I32, I32, I32], &[I32]);
        let hex = self.host("printhex", &[I32, I32], &[]);
        let read = vec![
            I::I32Const(ANSWER),
            I::I32Const(DATA),
            I::I32Load(at(0)),
            I::I32Const(ANSWER),
            I::I32Const(512),
            get,
            hex,
        ];
        self.on("read", read)
    }

    /// `print`, of a text.
    pub fn printing(mut self) -> Self {
        let print = self.host("prints_l", &[I32, I32], &[]);
        let size = self.size();
        self.on("print", [I::I32Const(DATA), size, print])
    }

    /// Its code.
    pub fn code(&self) -> Vec<u8> {
        module(&self.imports, &self.body, &[])
    }
}
