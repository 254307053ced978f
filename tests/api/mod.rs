//! The API over HTTP, with a cooperative on the embedded chain.

mod decisions;
mod documents;
mod life;
mod served;
