//! Words of errors that the compiler reports: constants cannot format text.

/// A text that grows at compile time and ends the compilation.
///
/// ```compile_fail
/// use antelope_types::__private::Message;
/// const _: () = Message::new().with("no parameter `").with("days").with("`").panic();
/// ```
#[derive(Debug)]
pub struct Message {
    /// The words, and zeros behind them.
    bytes: [u8; Self::ROOM],
    len: usize,
}

impl Message {
    /// The most bytes of a message.
    const ROOM: usize = 512;

    /// No words.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self {
            bytes: [0; Self::ROOM],
            len: 0,
        }
    }

    /// Appends `text`, if there is room for all of it.
    ///
    /// A text that has no room is left out whole, so that what is there stays UTF-8.
    #[must_use]
    pub const fn with(mut self, text: &str) -> Self {
        let end = self.len + text.len();
        if end <= Self::ROOM {
            let (head, _) = self.bytes.split_at_mut(end);
            let (_, room) = head.split_at_mut(self.len);
            room.copy_from_slice(text.as_bytes());
            self.len = end;
        }
        self
    }

    /// The words so far.
    pub const fn text(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            // Only whole texts are appended.
            Err(_) => "",
        }
    }

    /// Ends the compilation with these words.
    #[track_caller]
    pub const fn panic(&self) -> ! {
        panic!("{}", self.text())
    }
}

/// Whether two texts are equal, at compile time.
///
/// `==` of `str` is not `const` yet.
pub const fn same_text(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{Message, same_text};

    #[test]
    fn what_has_no_room_is_left_out_whole() {
        let long = core::str::from_utf8(&[b'a'; Message::ROOM]).expect("letters");
        assert_eq!(Message::new().with("é").with(long).with("!").text(), "é!");
        assert_eq!(Message::new().with(long).with("!").text(), long);
    }

    #[test]
    fn texts_are_compared_whole() {
        assert!(same_text("", "") && same_text("ab", "ab"));
        assert!(!same_text("ab", "abc") && !same_text("ab", "ac"));
    }
}
