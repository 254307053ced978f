//! Tuples: their parts one after another, as CDT writes `std::pair` and `std::tuple`.
//!
//! Tuples of one to eight parts have an encoding, without a length or a mark between the parts: `(A, B)`
//! has the bytes of a struct of an `A` and a `B`. That makes them handy as the arguments of an action.

use super::{Decode, DecodeError, Decoder, Encode, Encoder};

macro_rules! tuples {
    ($(($($part:ident $place:tt),+))+) => {$(
        impl<$($part: Encode),+> Encode for ($($part,)+) {
            #[inline]
            fn encode(&self, out: &mut Encoder<'_>) {
                $(self.$place.encode(out);)+
            }
        }

        impl<'a, $($part: Decode<'a>),+> Decode<'a> for ($($part,)+) {
            #[inline]
            fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
                Ok(($($part::decode(input)?,)+))
            }
        }
    )+};
}

tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}
