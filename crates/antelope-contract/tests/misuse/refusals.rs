use antelope_contract::prelude::*;

refusals! {
    /// Two with one number.
    pub mod codes {
        /// One.
        ONE = 1, "one";
        /// Two.
        TWO = 1, "two";
    }

    /// Two with one text.
    pub mod texts {
        /// One.
        ONE = 1, "one";
        /// Two.
        TWO = 2, concat!("on", "e");
    }

    /// A number of the node's.
    pub mod reserved {
        /// One.
        ONE = 5_000_000_000_000_000_000, "one";
    }

    /// A text without characters.
    pub mod empty {
        /// One.
        ONE = 1, "";
    }
}

fn main() {}
