//! The API over HTTP, with a cooperative on the embedded chain.

mod charters;
mod council;
mod decisions;
mod documents;
mod elections;
mod failed;
mod figures;
mod founding;
mod life;
mod meeting;
mod served;
