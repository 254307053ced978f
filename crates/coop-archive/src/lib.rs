//! The registry of a cooperative as tables for a spreadsheet, and as a signed archive that verifies offline.
