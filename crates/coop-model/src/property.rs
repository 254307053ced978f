//! Property, as the contracts and the programs around them name its states.

/// Statuses of property.
pub mod status {
    use antelope_contract::prelude::{Name, name};

    /// A participant offers it; the cooperative does not have it yet.
    pub const OFFERED: Name = name!("offered");
    /// The cooperative has it, the council is asked.
    pub const ACCEPTED: Name = name!("accepted");
    /// It is a share.
    pub const SHARED: Name = name!("shared");
    /// It is asked back, the council is asked.
    pub const ASKED: Name = name!("asked");
    /// The council returns it; it is to be handed over.
    pub const HANDOVER: Name = name!("handover");
    /// The council did not take it; it is to be handed back.
    pub const RELEASING: Name = name!("releasing");
}
