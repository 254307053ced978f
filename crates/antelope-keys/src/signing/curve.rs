//! Recoverable ECDSA on one curve, in the compact form of Antelope. Generic over the curve, so that
//! K1 and R1 share one implementation.

use super::SigningError;
use crate::recovery::is_canonical;
use ecdsa::elliptic_curve::ops::Invert;
use ecdsa::elliptic_curve::point::DecompressPoint;
use ecdsa::elliptic_curve::sec1::{FromSec1Point, ModulusSize, ToSec1Point};
use ecdsa::elliptic_curve::subtle::CtOption;
use ecdsa::elliptic_curve::{AffinePoint, CurveArithmetic, FieldBytesSize, Scalar};
use ecdsa::{DigestAlgorithm, EcdsaCurve, RecoveryId, Signature, SigningKey, VerifyingKey};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The first byte of a compact signature with recovery id 0: 27, and 4 because keys are compressed.
const COMPACT: u8 = 31;

/// A curve that Antelope knows: `k256::Secp256k1` or `p256::NistP256`.
pub(crate) trait Curve {
    /// The compressed point of a secret number, 33 bytes.
    fn public(secret: &[u8; 32]) -> Result<[u8; 33], SigningError>;
    /// The compact signature of a digest, 65 bytes.
    fn sign(secret: &[u8; 32], digest: &[u8; 32]) -> Result<[u8; 65], SigningError>;
}

impl<C> Curve for C
where
    C: EcdsaCurve + CurveArithmetic + DigestAlgorithm,
    AffinePoint<C>: DecompressPoint<C> + FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
    Scalar<C>: Invert<Output = CtOption<Scalar<C>>>,
{
    fn public(secret: &[u8; 32]) -> Result<[u8; 33], SigningError> {
        compressed(signing_key::<C>(secret)?.verifying_key())
    }

    fn sign(secret: &[u8; 32], digest: &[u8; 32]) -> Result<[u8; 65], SigningError> {
        let key = signing_key::<C>(secret)?;
        // The first attempt is plain RFC 6979; later ones add a counter to its input.
        for attempt in 0u32.. {
            let counter = attempt.to_be_bytes();
            let extra: &[u8] = if attempt == 0 { &[] } else { &counter };
            let (signature, id) = ecdsa::hazmat::sign_prehashed_rfc6979::<C, Sha256>(
                key.as_nonzero_scalar(),
                digest,
                extra,
            );
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

/// The key of a secret number.
///
/// # Errors
/// [`SigningError::Secret`] if the number is 0 or not below the order of the curve.
fn signing_key<C>(secret: &[u8; 32]) -> Result<SigningKey<C>, SigningError>
where
    C: EcdsaCurve + CurveArithmetic,
    Scalar<C>: Invert<Output = CtOption<Scalar<C>>>,
{
    SigningKey::from_slice(secret).map_err(|_| SigningError::Secret)
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

/// The compressed point of a public key: 2 or 3 by parity, then the x coordinate.
fn compressed<C>(key: &VerifyingKey<C>) -> Result<[u8; 33], SigningError>
where
    C: EcdsaCurve + CurveArithmetic,
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
{
    let point = key.to_sec1_point(true);
    point
        .as_bytes()
        .try_into()
        .map_err(|_| SigningError::Secret)
}
