//! The macro in which the state of a chain is declared, once.
//!
//! The state has four duties that each must cover every field: to be created empty, to remember the
//! beginning of a transaction, to go back there, and to be written to and read from files. Written
//! by hand, a new field could be forgotten in any of them, and the mistake would show only as a
//! chain that differs after an undo or a restart. So the macro derives all four from one list of
//! fields.
//!
//! Used once, in the parent module.

/// Declares [`State`](super::State): its fields, and from them `State::of`, [`begin`], [`undo`] and
/// the implementation of [`Stored`](crate::stored::Stored).
///
/// A field's type must implement [`Undo`](super::map::Undo) and [`Stored`](crate::stored::Stored);
/// any other type does not compile. `global` is the exception: it is a plain struct without a log
/// of changes, so `begin` keeps a copy of it.
///
/// A field declared with `=> |state| …` is not stored. It is an index over other fields, and is
/// computed from them when a state is read. Derivations run in the order of declaration, each on a
/// state in which all stored fields are already there.
///
/// [`begin`]: super::State::begin
/// [`undo`]: super::State::undo
macro_rules! declare_state {
    (
        $(#[$attribute:meta])*
        pub struct State {
            $(#[$global_attribute:meta])*
            pub global: Global,
            $($(#[$field_attribute:meta])* pub $field:ident: $type:ty $(=> $derive:expr)?,)*
        }
    ) => {
        $(#[$attribute])*
        pub struct State {
            $(#[$global_attribute])*
            pub global: Global,
            $($(#[$field_attribute])* pub $field: $type,)*
        }

        impl State {
            /// A state with these singletons, and nothing in any map.
            fn of(global: Global) -> Self {
                Self {
                    global,
                    $($field: Default::default(),)*
                }
            }

            /// Makes the present contents the point that [`undo`](Self::undo) goes back to, and
            /// forgets the earlier one. Called once for each transaction.
            ///
            /// There is one such point at a time: sessions do not nest. Whoever needs several
            /// states at once, as the store of blocks does, clones the state, which shares all
            /// entries.
            pub fn begin(&mut self) -> Beginning {
                $($crate::state::map::Undo::begin(&mut self.$field);)*
                Beginning(self.global.clone())
            }

            /// Takes back everything that was changed since [`begin`](Self::begin) returned this
            /// value.
            ///
            /// The maps replay their own logs, so a value from an earlier `begin` would restore the
            /// wrong singletons; callers pass the latest one.
            pub fn undo(&mut self, beginning: Beginning) {
                $($crate::state::map::Undo::undo(&mut self.$field);)*
                self.global = beginning.0;
            }

            /// Begins a new list of what is written, in every map: what
            /// [`Map::written`](crate::state::Map::written) tells from now on. State history asks for
            /// it between two blocks, and clones have it too.
            pub fn watch(&mut self) {
                $($crate::state::map::Undo::watch(&mut self.$field);)*
            }

            /// Ends [`watch`](Self::watch): the list of writes is dropped, and none is kept.
            pub fn unwatch(&mut self) {
                $($crate::state::map::Undo::unwatch(&mut self.$field);)*
            }
        }

        impl $crate::stored::Stored for State {
            fn store(&self, out: &mut $crate::stored::Output<'_>) {
                self.global.store(out);
                $($crate::state::declaration::store_field!(self.$field, out $(, $derive)?);)*
            }

            #[allow(clippy::redundant_closure_call)]
            fn restore(
                input: &mut antelope_types::Decoder<'_>,
            ) -> Result<Self, $crate::stored::Malformed> {
                // Fields are read in the order of the declaration.
                #[allow(unused_mut)]
                let mut state = Self {
                    global: $crate::stored::Stored::restore(input)?,
                    $($field: $crate::state::declaration::restore_field!(input $(, $derive)?),)*
                };
                $($(
                    let derive: fn(&State) -> $type = $derive;
                    state.$field = derive(&state);
                )?)*
                Ok(state)
            }
        }
    };
}

/// Writes a field, unless it is derived from others.
macro_rules! store_field {
    ($field:expr, $out:ident) => {
        $crate::stored::Stored::store(&$field, $out)
    };
    // Derived from other fields: nothing to write.
    ($field:expr, $out:ident, $derive:expr) => {};
}

/// Reads a field; a derived one is left empty until all stored fields have been read.
macro_rules! restore_field {
    ($input:ident) => {
        $crate::stored::Stored::restore($input)?
    };
    ($input:ident, $derive:expr) => {
        Default::default()
    };
}

pub(super) use {declare_state, restore_field, store_field};
