//! The rows of the index beside the tables of the chain: alike at every moment of a healthy life, and a spoilt row of
//! any table is found.

use super::chain::{Teller, Tree};
use super::killed::scope;
use super::life::{ABIS, CONTRACTS, COOP};
use crate::IndexWriter;
use crate::current::{COMPARED, ComparedTable, Current, Difference};
use antelope_follow::{BlockEvent, BlockSource, FollowedBlock};
use antelope_types::Name;
use rusqlite::Connection;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

/// The tables of a chain, by contract, table and key: what the blocks have left in them.
#[derive(Clone, Default)]
struct Tables(BTreeMap<(Name, Name, u64), Vec<u8>>);

impl Tables {
    fn apply(&mut self, block: &FollowedBlock) {
        for row in block.rows.iter().flatten() {
            let key = (row.contract, row.table, row.primary_key);
            match row.is_present {
                true => self.0.insert(key, row.value.clone()),
                false => self.0.remove(&key),
            };
        }
    }

    /// As a node tells them.
    fn of(&self, table: &ComparedTable) -> Current {
        let contract = table.contract(&CONTRACTS);
        let rows = self.0.iter();
        let rows = rows.filter(|((of, name, _), _)| (*of, *name) == (contract, table.name));
        let rows = rows.map(|(_, bytes)| ABIS[&contract].unpack_row(table.name, bytes).unwrap());
        table.of_rows(&rows.collect::<Vec<_>>())
    }
}

fn differences(connection: &Connection, table: &ComparedTable, tables: &Tables) -> Vec<Difference> {
    let index = table.of_index(connection, COOP).unwrap();
    index.differences(table.told, &tables.of(table))
}

/// An index that follows a tree, with the tables of the chain after each block that it has.
struct Compared {
    tree: Rc<RefCell<Tree>>,
    source: Teller,
    writer: IndexWriter,
    tables: BTreeMap<u32, Tables>,
}

impl Compared {
    fn new(file: &Path) -> Self {
        let tree = Rc::new(RefCell::new(Tree::new()));
        Self {
            source: Teller::new(&tree, 0),
            writer: IndexWriter::open(file, scope()).unwrap(),
            tables: BTreeMap::new(),
            tree,
        }
    }

    fn now(&self) -> Tables {
        let last = self.tables.last_key_value();
        last.map(|(_, tables)| tables.clone()).unwrap_or_default()
    }

    /// Takes a step, if there is one to take.
    fn step(&mut self) -> bool {
        let event = self.source.next(self.writer.cursor(), Duration::ZERO);
        let Some(event) = event.unwrap() else {
            return false;
        };
        self.writer.store(&event).unwrap();
        match event {
            BlockEvent::Apply(block) => {
                let mut tables = self.now();
                tables.apply(&block);
                self.tables.insert(block.position.block_num, tables);
            }
            BlockEvent::Undo(to) => self.tables.retain(|number, _| *number <= to.block_num),
            BlockEvent::Final(_) => {}
        }
        true
    }
}

#[test]
fn a_healthy_index_differs_from_the_chain_at_no_moment() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.db");
    let mut index = Compared::new(&file);
    let connection = Connection::open(&file).unwrap();
    let mut seen = BTreeSet::new();
    for round in 1..13u64 {
        for seed in 1..30 {
            index
                .tree
                .borrow_mut()
                .grow(round * 1_000_003 + seed * 104_729);
        }
        index.tree.borrow_mut().settle(8);
        while index.step() {
            let tables = index.now();
            for table in COMPARED {
                let found = differences(&connection, table, &tables);
                assert_eq!(found, [], "{:?}", index.writer.cursor().head());
                if !tables.of(table).rows.is_empty() {
                    seen.insert(table.told);
                }
            }
        }
        index
            .tree
            .borrow_mut()
            .fork(5, &[round, round + 1, round + 2]);
    }
    let all: BTreeSet<_> = COMPARED.iter().map(|it| it.told).collect();
    assert_eq!(seen, all);
}

/// How a table is spoilt: the rows that are current, the columns that are compared, and another key for a copy.
struct Spoilt {
    told: &'static str,
    table: &'static str,
    current: &'static str,
    columns: &'static [&'static str],
    copy: Option<&'static str>,
}

const OPEN: &str = "is_open = 1";
const STAYS: &str = "left_at IS NULL";

const SPOILT: &[Spoilt] = &[
    Spoilt {
        told: "coops",
        table: "cooperatives",
        current: "1",
        columns: &[
            "status",
            "quorum_percent",
            "board_support",
            "participants",
            "initial",
            "minimum",
            "org_initial",
            "org_minimum",
            "created_at",
        ],
        // It is the only one of its name.
        copy: None,
    },
    Spoilt {
        told: "charters",
        table: "charters",
        current: "since = (SELECT max(since) FROM charters)",
        columns: &[
            "status",
            "quorum_percent",
            "board_support",
            "initial",
            "minimum",
            "org_initial",
            "org_minimum",
            "document",
            "meeting",
        ],
        // The last one counts.
        copy: None,
    },
    Spoilt {
        told: "participants",
        table: "participants",
        current: "status <> 'left'",
        columns: &[
            "status",
            "kind",
            "hash",
            "protocol",
            "initial",
            "minimum",
            "created_at",
        ],
        copy: Some("username = 'zzz'"),
    },
    Spoilt {
        told: "candidates",
        table: "candidates",
        current: OPEN,
        columns: &[
            "username",
            "kind",
            "status",
            "initial",
            "minimum",
            "created_at",
        ],
        copy: Some("hash = randomblob(32)"),
    },
    step(
        "agreements",
        "name = 'agreements' AND is_open = 1",
        "key = 'z', contents = json_set(contents, '$.username', 'zzz')",
    ),
    step(
        "blockings",
        "name = 'blockings' AND is_open = 1",
        "key = 'z', contents = json_set(contents, '$.username', 'zzz')",
    ),
    step(
        "exits",
        "name = 'exits' AND is_open = 1",
        "key = 'z', contents = json_set(contents, '$.username', 'zzz')",
    ),
    step(
        "moves",
        "name = 'moves' AND is_open = 1",
        "key = 'z', contents = json_set(contents, '$.newname', 'zzz')",
    ),
    Spoilt {
        told: "decisions",
        table: "questions",
        current: OPEN,
        columns: &[
            "kind",
            "username",
            "hash",
            "board",
            "seats",
            "quorum_percent",
            "status",
            "published_at",
            "expires_at",
            "approved_at",
            "chairman",
            "protocol",
        ],
        copy: Some("id = id + 1000000"),
    },
    step("councils", "name = 'councils' AND is_open = 1", "key = 'z'"),
    Spoilt {
        told: "boards",
        table: "boards",
        current: OPEN,
        columns: &["kind", "members", "meeting", "created_at"],
        copy: Some("version = version + 1000000"),
    },
    Spoilt {
        told: "elections",
        table: "boards",
        current: "status = 'elected'",
        columns: &[
            "kind",
            "members",
            "meeting",
            "support",
            "objections",
            "support_needed",
            "created_at",
            "ends_at",
        ],
        copy: Some("version = version + 1000000"),
    },
    Spoilt {
        told: "seats",
        table: "seats",
        current: STAYS,
        columns: &["board", "bit", "is_chairman"],
        copy: Some("username = 'zzz'"),
    },
    Spoilt {
        told: "staff",
        table: "staff",
        current: STAYS,
        columns: &["rights", "board"],
        copy: Some("username = 'zzz'"),
    },
    step(
        "accepted",
        "name = 'accepted' AND is_open = 1",
        "key = 'z', contents = json_set(contents, '$.kind', 'zzz')",
    ),
    step(
        "undelivered",
        "name = 'undelivered' AND is_open = 1",
        "key = 'z', contents = json_set(contents, '$.id', 1000000)",
    ),
    step(
        "voices",
        "name = 'voices' AND is_open = 1",
        "key = 'z', contents = json_set(contents, '$.username', 'zzz')",
    ),
    Spoilt {
        told: "payments",
        table: "payments",
        current: OPEN,
        columns: &[
            "username",
            "hash",
            "kind",
            "quantity",
            "status",
            "created_at",
            "expires_at",
            "is_overdue",
        ],
        copy: Some("id = id + 1000000"),
    },
    Spoilt {
        told: "wallets",
        table: "balances",
        current: "is_open = 1 AND since = (SELECT max(since) FROM balances l WHERE l.username = balances.username)",
        columns: &["minimum", "available", "blocked", "in_kind"],
        copy: Some("username = 'zzz'"),
    },
    Spoilt {
        told: "funds",
        table: "funds",
        current: "since = (SELECT max(since) FROM funds)",
        columns: &[
            "entrance",
            "share",
            "processing",
            "incoming",
            "outgoing",
            "accepted",
            "handed_back",
        ],
        // The last one counts.
        copy: None,
    },
    Spoilt {
        told: "properties",
        table: "properties",
        current: OPEN,
        columns: &[
            "username",
            "hash",
            "status",
            "description",
            "valuation",
            "created_at",
            "expires_at",
            "is_overdue",
        ],
        copy: Some("id = id + 1000000"),
    },
    step(
        "untold",
        "name = 'untold' AND is_open = 1",
        "key = 'z', contents = json_set(contents, '$.id', 1000000)",
    ),
];

const fn step(told: &'static str, current: &'static str, copy: &'static str) -> Spoilt {
    Spoilt {
        told,
        table: "steps",
        current,
        columns: &["contents"],
        copy: Some(copy),
    }
}

#[test]
fn a_spoilt_row_of_every_table_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.db");
    let mut index = Compared::new(&file);
    let has_all = |tables: &Tables| COMPARED.iter().all(|it| !tables.of(it).rows.is_empty());
    let mut seed = 1;
    // Until there is something in every table at once, and a vote on an open question.
    let voted = "SELECT count(*) FROM votes v JOIN questions q ON q.id = v.id AND q.is_open = 1";
    let connection = Connection::open(&file).unwrap();
    let is_voted = || {
        connection
            .query_row(voted, [], |row| row.get::<_, i64>(0))
            .unwrap()
            > 0
    };
    while !has_all(&index.now()) || !is_voted() {
        assert!(seed < 5_000, "a table stays empty");
        index.tree.borrow_mut().grow(seed * 104_729);
        while index.step() {}
        seed += 1;
    }
    let tables = index.now();
    let all: Vec<_> = SPOILT.iter().map(|it| it.told).collect();
    let compared: Vec<_> = COMPARED.iter().map(|it| it.told).collect();
    assert_eq!(all, compared);
    for (spoilt, compared) in SPOILT.iter().zip(COMPARED) {
        let Spoilt {
            told,
            table,
            current,
            columns,
            copy,
        } = spoilt;
        let found = |statements: &str| {
            connection.execute_batch("BEGIN").unwrap();
            connection.execute_batch(statements).unwrap();
            let found = differences(&connection, compared, &tables);
            connection.execute_batch("ROLLBACK").unwrap();
            assert!(found.iter().all(|it| it.table == *told), "{found:?}");
            found
        };
        let one = format!(
            "rowid = (SELECT rowid FROM {table} WHERE {current} ORDER BY rowid DESC LIMIT 1)"
        );
        for column in *columns {
            let other = format!(
                "CASE typeof({column}) WHEN 'text' THEN 'zzz' WHEN 'blob' THEN randomblob(32) \
                 WHEN 'null' THEN 7000000 ELSE {column} + 1000000 END"
            );
            let found = found(&format!(
                "UPDATE {table} SET {column} = {other} WHERE {one}"
            ));
            assert!(!found.is_empty(), "{told}: {column}");
        }
        let missing = found(&format!("DELETE FROM {table} WHERE {one}"));
        assert_eq!(missing.len(), 1, "{told}: {missing:?}");
        if let Some(copy) = copy {
            let many = found(&format!(
                "CREATE TEMP TABLE copy AS SELECT * FROM {table} WHERE {one}; UPDATE copy SET {copy}; \
                 INSERT INTO {table} SELECT * FROM copy"
            ));
            assert_eq!(many.len(), 1, "{told}: {many:?}");
            assert_eq!(many[0].chain, None, "{told}");
        }
        assert_eq!(found(""), [], "{told}");
        if *told == "decisions" {
            let found = found(
                "DELETE FROM votes WHERE rowid IN (SELECT v.rowid FROM votes v \
                               JOIN questions q ON q.id = v.id AND q.is_open = 1)",
            );
            assert!(!found.is_empty());
        }
    }
}
