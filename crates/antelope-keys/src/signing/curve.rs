//! Recoverable ECDSA on one curve, in the compact form of Antelope. Generic over the curve, so that
//! K1 and R1 share one implementation.

use super::SigningError;
use crate::curves::compressed;
use crate::recovery::is_canonical;
use ecdsa::elliptic_curve::point::AffineCoordinates;
use ecdsa::elliptic_curve::{
    AffinePoint, CurveArithmetic, CurveGroup, FieldBytes, Group, NonZeroScalar, ProjectivePoint,
};
use ecdsa::{EcdsaCurve, RecoveryId, Signature};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The first byte of a compact signature with recovery id 0: 27, and 4 because keys are compressed.
const COMPACT: u8 = 31;

/// A curve that Antelope knows: K1 or R1.
pub(crate) trait Curve {
    /// The compressed point of a secret number, 33 bytes.
    fn public(secret: &[u8; 32]) -> Result<[u8; 33], SigningError>;
    /// The compact signature of a digest, 65 bytes.
    fn sign(secret: &[u8; 32], digest: &[u8; 32]) -> Result<[u8; 65], SigningError>;
}

impl<C> Curve for C
where
    C: EcdsaCurve + CurveArithmetic,
{
    fn public(secret: &[u8; 32]) -> Result<[u8; 33], SigningError> {
        let scalar = scalar::<C>(secret)?;
        let point = ProjectivePoint::<C>::mul_by_generator(&scalar).to_affine();
        compressed::<C>(&point).ok_or(SigningError::Secret)
    }

    fn sign(secret: &[u8; 32], digest: &[u8; 32]) -> Result<[u8; 65], SigningError> {
        let scalar = scalar::<C>(secret)?;
        // The first attempt is plain RFC 6979; later ones add a counter to its input.
        for attempt in 0u32.. {
            let counter = attempt.to_be_bytes();
            let extra: &[u8] = if attempt == 0 { &[] } else { &counter };
            let (signature, id) =
                ecdsa::hazmat::sign_prehashed_rfc6979::<C, Sha256>(&scalar, digest, extra);
            let compact = compact(&signature, id);
            // R1 needs a low `s` only; the form that K1 needs satisfies it.
            if is_canonical(&compact) {
                return Ok(compact);
            }
        }
        Err(SigningError::Secret)
    }
}

/// A random secret number of the curve, overwritten in memory when it is dropped.
///
/// # Errors
/// [`SigningError::Random`] if the operating system gives no random numbers.
pub(crate) fn generate<C: Curve>() -> Result<Zeroizing<[u8; 32]>, SigningError> {
    let mut secret = Zeroizing::new([0; 32]);
    loop {
        getrandom::fill(secret.as_mut_slice()).map_err(|e| SigningError::Random {
            problem: e.to_string(),
        })?;
        // All but one in 2^32 numbers (R1; 2^127 for K1) are below the order.
        if C::public(&secret).is_ok() {
            return Ok(secret);
        }
    }
}

/// The secret number as one of the curve, overwritten in memory when it is dropped.
///
/// # Errors
/// [`SigningError::Secret`] if the number is 0 or not below the order of the curve.
fn scalar<C: CurveArithmetic>(
    secret: &[u8; 32],
) -> Result<Zeroizing<NonZeroScalar<C>>, SigningError> {
    let bytes = FieldBytes::<C>::try_from(&secret[..]).ok();
    let scalar = bytes.and_then(|bytes| NonZeroScalar::from_repr(bytes).into_option());
    scalar.map(Zeroizing::new).ok_or(SigningError::Secret)
}

/// The compact form of a signature with a low `s`. For each `s` its negative is valid too, with the
/// point of other parity; when `s` is negated the recovery id changes with it.
fn compact<C>(signature: &Signature<C>, id: RecoveryId) -> [u8; 65]
where
    C: EcdsaCurve + CurveArithmetic,
{
    let low = signature.normalize_s();
    let mut out = [0; 65];
    // Negating `s` flips the parity of the point, which is bit 0 of the recovery id.
    out[0] = COMPACT + (id.to_byte() ^ u8::from(low != *signature));
    out[1..].copy_from_slice(&low.to_bytes());
    out
}

/// The compressed point with these coordinates, if the curve has it.
pub(crate) fn point<C: CurveArithmetic>(x: &[u8; 32], y: &[u8; 32]) -> Option<[u8; 33]> {
    let number = |bytes: &[u8; 32]| FieldBytes::<C>::try_from(&bytes[..]).ok();
    let point = AffinePoint::<C>::from_coordinates(&number(x)?, &number(y)?);
    compressed::<C>(&point.into_option()?)
}
