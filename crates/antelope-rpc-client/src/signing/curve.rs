//! Recoverable ECDSA on one curve, in the compact form of Antelope.

use super::SigningError;
use ecdsa::elliptic_curve::ops::Invert;
use ecdsa::elliptic_curve::point::DecompressPoint;
use ecdsa::elliptic_curve::sec1::{FromSec1Point, ModulusSize, ToSec1Point};
use ecdsa::elliptic_curve::subtle::CtOption;
use ecdsa::elliptic_curve::{AffinePoint, CurveArithmetic, FieldBytesSize, Scalar};
use ecdsa::{DigestAlgorithm, EcdsaCurve, RecoveryId, Signature, SigningKey, VerifyingKey};
use sha2::Sha256;
use zeroize::Zeroizing;

/// First byte of a compact signature: 27, plus 4 for compressed keys, plus the recovery id.
const COMPACT: u8 = 31;

/// A curve Antelope knows.
pub(crate) trait Curve {
    /// The compressed point of a secret number.
    fn public(secret: &[u8; 32]) -> Result<[u8; 33], SigningError>;
    /// A compact signature.
    fn sign(secret: &[u8; 32], digest: &[u8; 32]) -> Result<[u8; 65], SigningError>;
    /// The compressed point that made a compact signature.
    fn recover(compact: &[u8; 65], digest: &[u8; 32]) -> Result<[u8; 33], SigningError>;
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
            if is_canonical(&compact) {
                return Ok(compact);
            }
        }
        Err(SigningError::Secret)
    }

    fn recover(compact: &[u8; 65], digest: &[u8; 32]) -> Result<[u8; 33], SigningError> {
        let fail = |problem| SigningError::Recovery { problem };
        let id = compact[0]
            .checked_sub(COMPACT)
            .and_then(RecoveryId::from_byte);
        let id = id.ok_or(fail("recovery byte, expected 31 to 34"))?;
        let signature = Signature::<C>::from_slice(&compact[1..])
            .map_err(|_| fail("r or s is not a scalar of the curve"))?;
        let key = VerifyingKey::<C>::recover_from_prehash(digest, &signature, id)
            .map_err(|_| fail("no point of the curve"))?;
        compressed(&key)
    }
}

/// A random secret number of the curve.
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

/// Nodes refuse a K1 signature whose `r` or `s` has its highest bit set, or is shorter than it
/// could be. R1 needs a low `s` only; the same form satisfies it.
fn is_canonical(compact: &[u8; 65]) -> bool {
    let fits = |number: &[u8]| number[0] < 0x80 && (number[0] != 0 || number[1] >= 0x80);
    fits(&compact[1..33]) && fits(&compact[33..65])
}

fn signing_key<C>(secret: &[u8; 32]) -> Result<SigningKey<C>, SigningError>
where
    C: EcdsaCurve + CurveArithmetic,
    Scalar<C>: Invert<Output = CtOption<Scalar<C>>>,
{
    SigningKey::from_slice(secret).map_err(|_| SigningError::Secret)
}

fn compact<C>(signature: &Signature<C>, id: RecoveryId) -> [u8; 65]
where
    C: EcdsaCurve + CurveArithmetic,
{
    let low = signature.normalize_s();
    let mut out = [0; 65];
    out[0] = COMPACT + (id.to_byte() ^ u8::from(low != *signature));
    out[1..].copy_from_slice(&low.to_bytes());
    out
}

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
