//! A tar of plain files with nothing left to choose: the same files give the same bytes, and any other bytes are
//! refused. It is what `tar` of any system unpacks.

use crate::error::{ArchiveError, ForgedPart, forged};

const BLOCK: usize = 512;
/// The most bytes of a name.
const MAX_NAME: usize = 100;
/// The most bytes of a file: what eleven octal digits can say is more than a machine's memory.
const MAX_FILE: usize = 1 << 33;

/// Adds a file.
///
/// # Errors
/// [`ArchiveError::TooLarge`].
pub(crate) fn add(out: &mut Vec<u8>, name: &str, content: &[u8]) -> Result<(), ArchiveError> {
    if content.len() >= MAX_FILE || name.len() > MAX_NAME {
        return Err(ArchiveError::TooLarge {
            name: name.to_owned(),
        });
    }
    out.extend_from_slice(&header(name, content.len()));
    out.extend_from_slice(content);
    out.resize(out.len().next_multiple_of(BLOCK), 0);
    Ok(())
}

/// Ends the archive.
pub(crate) fn end(out: &mut Vec<u8>) {
    out.resize(out.len() + 2 * BLOCK, 0);
}

/// The files of an archive, in its order.
///
/// # Errors
/// [`ArchiveError::Forged`] for whatever [`add`] does not write: a name that leaves the folder, a link, a part that
/// is missing, bytes behind the end.
pub(crate) fn files(bytes: &[u8]) -> Result<Vec<(&str, &[u8])>, ArchiveError> {
    let wrong = |problem: &str| forged(ForgedPart::Frame, problem);
    let mut files = Vec::new();
    let mut rest = bytes;
    loop {
        let (head, behind) = rest
            .split_at_checked(BLOCK)
            .ok_or_else(|| wrong("it ends before its end"))?;
        if head.iter().all(|byte| *byte == 0) {
            return match behind.len() == BLOCK && behind.iter().all(|byte| *byte == 0) {
                true => Ok(files),
                false => Err(wrong("there is something else behind its end")),
            };
        }
        let name = head[..MAX_NAME].split(|byte| *byte == 0).next();
        let name = std::str::from_utf8(name.unwrap_or_default());
        let name = name.map_err(|_| wrong("a file has no name that can be read"))?;
        if !is_inside(name) {
            return Err(wrong("a file has a name that leaves the archive"));
        }
        let size = std::str::from_utf8(&head[124..135]);
        let size = size.ok().and_then(|it| usize::from_str_radix(it, 8).ok());
        let size = size.filter(|it| *it < MAX_FILE);
        let size = size.ok_or_else(|| wrong("a file has no size that can be read"))?;
        if *head != header(name, size) {
            return Err(wrong(&format!("the head of {name} is another one")));
        }
        let (content, behind) = behind
            .split_at_checked(size.next_multiple_of(BLOCK))
            .ok_or_else(|| wrong(&format!("it ends within {name}")))?;
        if content[size..].iter().any(|byte| *byte != 0) {
            return Err(wrong(&format!("there is something else behind {name}")));
        }
        files.push((name, &content[..size]));
        rest = behind;
    }
}

/// Whether a name is of a file inside the archive: parts of plain letters, and no way up.
pub(crate) fn is_inside(name: &str) -> bool {
    let is_plain =
        |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, b'_' | b'-' | b'.');
    let mut parts = name.split('/');
    name.len() <= MAX_NAME
        && parts
            .all(|part| !part.is_empty() && !part.starts_with('.') && part.bytes().all(is_plain))
}

/// The head of a plain file that its owner can read, of nobody and of the start of 1970.
fn header(name: &str, size: usize) -> [u8; BLOCK] {
    let mut head = [0; BLOCK];
    let mut put = |at: usize, bytes: &[u8]| head[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, name.as_bytes());
    put(100, b"0000600\0");
    put(108, b"0000000\0");
    put(116, b"0000000\0");
    put(124, format!("{size:011o}\0").as_bytes());
    put(136, b"00000000000\0");
    put(148, b"        ");
    put(156, b"0");
    put(257, b"ustar\x0000");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside() {
        for name in ["manifest.json", "tables/votes.csv", "texts/0a.txt"] {
            assert!(is_inside(name), "{name}");
        }
        let long = "a".repeat(MAX_NAME + 1);
        for name in [
            "",
            "/etc/passwd",
            "../a",
            "a/../b",
            "a//b",
            "a/",
            ".hidden",
            "a\\b",
            "C:a",
            "a b",
            "\u{430}",
            &long,
        ] {
            assert!(!is_inside(name), "{name}");
        }
    }

    #[test]
    fn what_was_added_is_read_and_nothing_else() {
        let mut bytes = Vec::new();
        add(&mut bytes, "a.txt", b"one").unwrap();
        add(&mut bytes, "b/c.txt", &[7; 512]).unwrap();
        add(&mut bytes, "empty", b"").unwrap();
        end(&mut bytes);
        let found = files(&bytes).unwrap();
        assert_eq!(
            found,
            [
                ("a.txt", &b"one"[..]),
                ("b/c.txt", &[7; 512]),
                ("empty", b"")
            ]
        );
        for length in 0..bytes.len() {
            assert!(files(&bytes[..length]).is_err(), "{length}");
        }
        bytes.push(0);
        assert!(files(&bytes).is_err());
    }
}
