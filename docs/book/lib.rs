//! The code blocks of the book for contract authors: rustdoc compiles each of them, and runs those
//! that say so. The book itself is Markdown in `src/`; `mdbook serve docs/book` renders it.

/// One module for each chapter, so that rustdoc names the chapter whose code does not compile.
macro_rules! chapters {
    ($($module:ident = $file:literal;)*) => {
        $(
            #[doc = include_str!(concat!("src/", $file))]
            pub mod $module {}
        )*

        /// The files of all chapters.
        #[cfg(test)]
        const CHAPTERS: &[&str] = &[$($file),*];
    };
}

chapters! {
    introduction = "introduction.md";
    first_contract = "first-contract.md";
    actions = "actions.md";
    failures = "failures.md";
    types = "types.md";
    tables = "tables.md";
    singletons = "singletons.md";
    foreign_tables = "foreign-tables.md";
    calls = "calls.md";
    notifications = "notifications.md";
    variants = "variants.md";
    randomness = "randomness.md";
    interfaces = "interfaces.md";
    upgrades = "upgrades.md";
    from_cpp = "from-cpp.md";
    building = "building.md";
    testing = "testing.md";
    coverage = "coverage.md";
    debugging = "debugging.md";
    deploying = "deploying.md";
    verifying = "verifying.md";
}

#[cfg(test)]
mod tests {
    use super::CHAPTERS;
    use std::path::Path;

    /// The files that the table of contents links to.
    fn listed() -> Vec<String> {
        include_str!("src/SUMMARY.md")
            .split("](")
            .skip(1)
            .filter_map(|link| link.split(')').next())
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn every_chapter_is_in_the_table_of_contents_and_compiled() {
        let mut listed = listed();
        listed.sort();
        let mut compiled: Vec<_> = CHAPTERS.iter().map(ToString::to_string).collect();
        compiled.sort();
        assert_eq!(listed, compiled);
    }

    #[test]
    fn every_link_between_chapters_leads_to_a_chapter() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        for chapter in CHAPTERS {
            let text = std::fs::read_to_string(folder.join(chapter)).expect("a chapter");
            for link in text.split("](").skip(1) {
                let target = link.split([')', '#']).next().unwrap_or_default();
                if target.ends_with(".md") && !target.contains("://") {
                    assert!(folder.join(target).exists(), "{chapter} links to {target}");
                }
            }
        }
    }

    #[test]
    fn rust_blocks_are_compiled_unless_they_say_why_not() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        for chapter in CHAPTERS {
            let text = std::fs::read_to_string(folder.join(chapter)).expect("a chapter");
            for line in text.lines().filter(|line| line.starts_with("```rust")) {
                assert!(!line.contains("ignore"), "{chapter}: {line}");
            }
        }
    }
}
