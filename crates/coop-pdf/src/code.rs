//! The address to verify at, as a code that a telephone reads.

use crate::PdfError;
use qrcode::{EcLevel, QrCode, render::svg};

/// The code of an address, as SVG.
pub(crate) fn svg_of(address: &str) -> Result<String, PdfError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M);
    let code = code.map_err(|_| PdfError::Code {
        address: address.to_owned(),
    })?;
    // Four light squares around it belong to a code.
    Ok(code.render::<svg::Color<'_>>().quiet_zone(true).build())
}
