//! Both curves by the generic arithmetic of `primeorder` and `primefield`, of which `p256` is made too.
//!
//! The crates `k256` and `p256` have code of their own for each field, which is fast and large. Here a
//! curve is its constants, and one function multiplies numbers whatever the modulus is. Like theirs, it
//! takes the same time for every secret number. The constants are those of SEC 2, version 2, sections
//! 2.4.1 and 2.4.2; tests hold the curves equal to the two crates.
//!
//! | macro | makes |
//! |---|---|
//! | `field!` | the numbers below a prime: `Modulus`, its parameters, and `Element`, one of them |
//! | `curve!` | a curve: its coordinates (`field`), the numbers that multiply points (`scalar`), and the type that names it |
//!
//! Numbers are kept in Montgomery form, `x · 2²⁵⁶` below the prime, so that a product needs no division. A
//! product costs the same for each pair of numbers. Sums, differences and products are `const`, since the
//! constants of a curve are made from them when the program is compiled.

/// A field of 256 bits: the numbers below a prime, with one that generates all but 0.
macro_rules! field {
    ($modulus:literal, $generator:literal) => {
        use primeorder::elliptic_curve::bigint::U256;
        use primeorder::elliptic_curve::ff::PrimeField;
        use primeorder::elliptic_curve::subtle::{Choice, ConstantTimeEq, CtOption};

        primefield::monty_field_params!(
            name: Modulus,
            modulus: $modulus,
            uint: U256,
            byte_order: primefield::ByteOrder::BigEndian,
            multiplicative_generator: $generator,
            doc: "The prime."
        );
        primefield::monty_field_element!(
            name: Element,
            params: Modulus,
            uint: U256,
            doc: "A number below the prime."
        );

        impl Element {
            /// A number as Montgomery form has it.
            ///
            /// The caller knows that it is below the prime: a larger one would be another number in every
            /// sum that it is part of.
            const fn from_uint_unchecked(number: U256) -> Self {
                Self(primefield::MontyFieldElement::from_uint_reduced(&number))
            }

            /// The number itself, out of Montgomery form, as it is written and hashed.
            ///
            /// Big-endian bytes are made from it.
            ///
            /// It is the one below the prime, so that two elements are equal where these are.
            const fn to_canonical(self) -> U256 {
                self.0.to_canonical()
            }

            /// The sum, less the prime where it is not below it.
            pub(super) const fn add(&self, other: &Self) -> Self {
                Self(self.0.add(&other.0))
            }

            /// The difference, with the prime added where it is below 0.
            pub(super) const fn sub(&self, other: &Self) -> Self {
                Self(self.0.sub(&other.0))
            }

            /// Twice the number.
            ///
            /// The formulas of points double more often than they add.
            pub(super) const fn double(&self) -> Self {
                Self(self.0.double())
            }

            /// The number that gives 0 with this one.
            ///
            /// 0 is its own.
            pub(super) const fn neg(&self) -> Self {
                Self(self.0.neg())
            }

            /// The product, by one function for both curves and for all callers.
            ///
            /// Not a part of its callers: each would have a copy of it, and the copies are what makes the
            /// usual crates large.
            #[inline(never)]
            pub(super) const fn multiply(&self, other: &Self) -> Self {
                Self(self.0.multiply(&other.0))
            }

            /// The number times itself.
            ///
            /// A squaring of its own would be faster, and a second function as large as the product.
            /// Who loads this wants fewer bytes.
            pub(super) const fn square(&self) -> Self {
                self.multiply(self)
            }

            /// The power of this number, by squaring once a bit and multiplying for each bit that is set.
            ///
            /// The time depends on the exponent, which is a constant of the curve and known to everybody,
            /// and not on the number.
            fn power(&self, exponent: &U256) -> Self {
                let mut power = Self::ONE;
                for bit in (0..256).rev() {
                    power = power.square();
                    if exponent.bit_vartime(bit) {
                        power = power.multiply(self);
                    }
                }
                power
            }

            /// `1 / self` by Fermat's little theorem: the power by the prime less two. Nothing of 0.
            ///
            /// The algorithm of the usual crates is faster and larger. A signature needs few inversions: one
            /// of its random number, and one for each point whose coordinates are asked for.
            fn invert(&self) -> CtOption<Self> {
                const LESS_TWO: U256 = Modulus::PARAMS
                    .modulus()
                    .as_ref()
                    .wrapping_sub(&U256::from_u8(2));
                CtOption::new(self.power(&LESS_TWO), !self.is_zero())
            }
        }
    };
}

/// A curve of prime order, `y² = x³ + a·x + b`, whose numbers are hexadecimal.
macro_rules! curve {
    (
        $(#[$doc:meta])*
        $name:ident in $module:ident,
        prime $prime:literal of $prime_generator:literal,
        order $order:literal of $order_generator:literal,
        a $a:expr, by $formulas:ident,
        b $b:literal,
        generator $x:literal $y:literal,
    ) => {
        pub(crate) use $module::$name;

        mod $module {
            use crate::curves::Decompress;
            use ecdsa::EcdsaCurve;
            use field::Element as FieldElement;
            use primeorder::elliptic_curve::array::sizes::U32;
            use primeorder::elliptic_curve::bigint::{Odd, U256};
            use primeorder::elliptic_curve::ff::PrimeField;
            use primeorder::elliptic_curve::hazmat::FieldArithmetic;
            use primeorder::elliptic_curve::point::AffineCoordinates;
            use primeorder::elliptic_curve::{
                Curve, CurveArithmetic, PrimeCurve, PrimeCurveArithmetic,
            };
            use primeorder::{AffinePoint, PrimeCurveParams, ProjectivePoint};
            use primeorder::{mul_backend, point_arithmetic};
            use scalar::Element as Scalar;

            /// Coordinates: the numbers below the prime over which the curve is.
            ///
            /// Both curves have a prime of 256 bits that is 3 more than a multiple of 4, so that a root is a
            /// power, see `root`.
            mod field {
                field!($prime, $prime_generator);

                impl primeorder::elliptic_curve::ops::BatchInvert for Element {}

                impl Element {
                    /// A number whose square is this one, if there is any. Of both primes, one quarter of
                    /// the next number is whole, and a square's power of it is its root.
                    pub(super) fn root(&self) -> Option<Self> {
                        const QUARTER: U256 = Modulus::PARAMS
                            .modulus()
                            .as_ref()
                            .wrapping_add(&U256::ONE)
                            .shr_vartime(2);
                        let root = self.power(&QUARTER);
                        (root.square() == *self).then_some(root)
                    }
                }
            }

            /// Numbers by which points are multiplied: those below the order of the curve.
            ///
            /// A private key is one of them, and so are both halves of a signature.
            mod scalar {
                use primeorder::elliptic_curve::scalar::{FromUintUnchecked, IsHigh};
                use primeorder::elliptic_curve::subtle::ConstantTimeGreater;
                use primeorder::elliptic_curve::{Curve, scalar_impls};
                use primeorder::wnaf;

                field!($order, $order_generator);
                primefield::monty_field_reduce!(name: Element, params: Modulus, uint: U256,);
                scalar_impls!(super::$name, Element);
                wnaf::impl_wnaf_size_for_scalar!(Element);

                /// What the trait of scalars asks for.
                impl AsRef<Self> for Element {
                    fn as_ref(&self) -> &Self {
                        self
                    }
                }

                /// By the function of that name.
                impl FromUintUnchecked for Element {
                    type Uint = U256;

                    fn from_uint_unchecked(number: U256) -> Self {
                        Self::from_uint_unchecked(number)
                    }
                }

                /// Whether a number is above half of the order. Chains take the lower of the two `s` that a
                /// signature could have, so that nobody makes a second one from it.
                impl IsHigh for Element {
                    fn is_high(&self) -> Choice {
                        const HALF: U256 = super::$name::ORDER.as_ref().shr_vartime(1);
                        self.to_canonical().ct_gt(&HALF)
                    }
                }
            }

            $(#[$doc])*
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
            pub struct $name;

            impl Curve for $name {
                type FieldBytesSize = U32;
                type Uint = U256;
                const ORDER: Odd<U256> = Odd::<U256>::from_be_hex($order);
            }

            /// Each point but the neutral one has the same order.
            impl PrimeCurve for $name {}

            /// Points by `primeorder`, numbers by `primefield`.
            impl CurveArithmetic for $name {
                type AffinePoint = AffinePoint<Self>;
                type ProjectivePoint = ProjectivePoint<Self>;
                type Scalar = Scalar;
            }

            impl FieldArithmetic for $name {
                type FieldElement = FieldElement;
            }

            impl PrimeCurveArithmetic for $name {
                type CurveGroup = ProjectivePoint<Self>;
            }

            /// The constants.
            ///
            /// Points are multiplied without tables made ahead: a table for the generator would make
            /// signatures faster, and what a browser loads larger.
            ///
            /// `VariableOnly` says so to `primeorder`.
            impl PrimeCurveParams for $name {
                type PointArithmetic = point_arithmetic::$formulas;
                type Backend = mul_backend::VariableOnly;
                const EQUATION_A: FieldElement = $a;
                const EQUATION_B: FieldElement = FieldElement::from_hex_vartime($b);
                const GENERATOR: (FieldElement, FieldElement) = (
                    FieldElement::from_hex_vartime($x),
                    FieldElement::from_hex_vartime($y),
                );
            }

            impl EcdsaCurve for $name {
                // The callers do it, who must know whether it was done.
                const NORMALIZE_S: bool = false;
            }

            /// By the equation of the curve: the root of `x³ + a·x + b` that is odd, or is not.
            impl Decompress for $name {
                fn decompress(x: &[u8; 32], is_odd: bool) -> Option<AffinePoint<Self>> {
                    let number = FieldElement::from_slice(x)?;
                    let cube = number.square() * number;
                    let square = cube + Self::EQUATION_A * number + Self::EQUATION_B;
                    let root = square.root()?;
                    let is_other = bool::from(root.is_odd()) != is_odd;
                    let y = if is_other { -root } else { root };
                    AffinePoint::from_coordinates(&number.to_repr(), &y.to_repr()).into_option()
                }
            }
        }
    };
}

curve! {
    /// secp256k1.
    K1 in k1,
    prime "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f" of 3,
    order "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141" of 7,
    a FieldElement::ZERO, by EquationAIsZero,
    b "0000000000000000000000000000000000000000000000000000000000000007",
    generator
        "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
        "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
}

curve! {
    /// secp256r1.
    R1 in r1,
    prime "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff" of 6,
    order "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551" of 7,
    a FieldElement::from_u64(3).neg(), by EquationAIsMinusThree,
    b "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
    generator
        "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
        "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
}

#[cfg(test)]
mod tests;
