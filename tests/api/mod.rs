//! The API over HTTP, with a cooperative on the embedded chain.

mod council;
mod decisions;
mod documents;
mod failed;
mod figures;
mod life;
mod served;
