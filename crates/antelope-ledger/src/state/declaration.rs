//! The one declaration of a chain's state.

/// Declares [`State`](super::State): its fields, and from them an empty state, the beginning of a
/// transaction and the way back to it, and the encoding in files.
///
/// A field is a type that can go back to where it was ([`Undo`](super::map::Undo)) and that files can
/// hold ([`Stored`](crate::stored::Stored)); another type does not compile. A field with `=>` is not
/// stored: it is worked out from the others when a state is read.
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
            /// A state without accounts, rows or anything else.
            fn of(global: Global) -> Self {
                Self {
                    global,
                    $($field: Default::default(),)*
                }
            }

            /// From here on, [`undo`](Self::undo) goes back to what is there now.
            pub fn begin(&mut self) -> Beginning {
                $($crate::state::map::Undo::begin(&mut self.$field);)*
                Beginning(self.global.clone())
            }

            /// Takes back what was changed since the last beginning.
            pub fn undo(&mut self, beginning: Beginning) {
                $($crate::state::map::Undo::undo(&mut self.$field);)*
                self.global = beginning.0;
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

macro_rules! store_field {
    ($field:expr, $out:ident) => {
        $crate::stored::Stored::store(&$field, $out)
    };
    // It follows from the others.
    ($field:expr, $out:ident, $derive:expr) => {};
}

macro_rules! restore_field {
    ($input:ident) => {
        $crate::stored::Stored::restore($input)?
    };
    ($input:ident, $derive:expr) => {
        Default::default()
    };
}

pub(super) use {declare_state, restore_field, store_field};
