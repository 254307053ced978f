//! `docs/own-processes.md` shows the code of the example as it is.

/// All sources of the example.
const SOURCES: [&str; 5] = [
    include_str!("../../examples/workshop/src/lib.rs"),
    include_str!("../../examples/workshop/src/answers.rs"),
    include_str!("../../examples/workshop/src/booking.rs"),
    include_str!("../../examples/workshop/src/machines.rs"),
    include_str!("../../examples/workshop/src/requests.rs"),
];

#[test]
fn the_page_about_own_processes_shows_the_code_of_the_example() {
    let page = include_str!("../../docs/own-processes.md");
    let blocks: Vec<&str> = page
        .split("```rust\n")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .collect();
    assert!(blocks.len() > 5, "{}", blocks.len());
    for block in blocks {
        assert!(
            SOURCES.iter().any(|source| source.contains(block)),
            "not in the example:\n{block}"
        );
    }
}
