//! Tables: all six orders, ranges from both ends, changes in the middle of a walk.

use antelope_rpc_client::{KeyType, TableQuery};
use antelope_types::{Decode, name};
use serde_json::Value;
use shelf::{Effect, End, Item, Step, Walk};
use test_support::random::Random;
use veche_tests::node;

use super::bench::Bench;
use super::model::{Model, item};

/// What the steps are drawn with.
struct Dice(Random);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0.next() % sides
    }

    fn rank(&mut self) -> i32 {
        self.roll(16) as i32 - 8
    }

    /// Rows around 512 bytes take the other path in the SDK.
    fn item(&mut self, id: u64) -> Item {
        let len = [0, 10, 380, 400, 420, 421, 422, 423, 424, 440, 1500][self.roll(11) as usize];
        let rank = self.rank();
        item(id, rank, len)
    }

    fn end(&mut self) -> End {
        [End::Included, End::Excluded, End::Open][self.roll(3) as usize]
    }

    fn step(&mut self, model: &Model) -> Step {
        let there = |dice: &mut Self| {
            let ids: Vec<_> = model.0.keys().copied().collect();
            (!ids.is_empty()).then(|| ids[dice.roll(ids.len() as u64) as usize])
        };
        let id = self.roll(40);
        match self.roll(12) {
            0..=3 if !model.0.contains_key(&id) => Step::Insert(self.item(id)),
            4 => match there(self) {
                Some(id) => Step::Update(self.item(id)),
                None => Step::Get(id),
            },
            5 => there(self).map_or(Step::Ends, Step::Remove),
            6 => Step::Find {
                index: self.roll(5) as u8 + 1,
                item: self.item(0),
            },
            7 => Step::Ends,
            8 => Step::Get(id),
            _ => Step::Walk(self.walk()),
        }
    }

    fn walk(&mut self) -> Walk {
        let index = self.roll(6) as u8;
        let (from, to) = (self.roll(40), self.roll(40));
        // From the front, from the back, or from both ends by chance.
        let side = self.roll(4);
        let steps = self.roll(9);
        let effect = match self.roll(4) {
            0 | 1 => Effect::Nothing,
            // A row that moves ahead in its own order would come again.
            2 if index != 1 => Effect::Move,
            _ => Effect::Remove,
        };
        Walk {
            index,
            from_end: self.end(),
            from: self.item(from),
            to_end: self.end(),
            to: self.item(to),
            back: (0..steps)
                .map(|_| match side {
                    0 => false,
                    1 => true,
                    _ => self.roll(2) == 0,
                })
                .collect(),
            effect,
        }
    }
}

#[test]
fn do_what_sorted_maps_do() {
    let bench = Bench::new();
    let mut dice = Dice(Random::new(1));
    for scope in 0..12 {
        let mut model = Model::default();
        for _ in 0..10 {
            let (mut steps, mut expected) = (Vec::new(), Vec::new());
            while steps.len() < 25 {
                let step = dice.step(&model);
                expected.push(model.step(&step).expect("only steps that succeed"));
                steps.push(step);
            }
            bench.expect(scope, steps, expected);
        }
        let rows = rows(&bench, scope);
        let expected: Vec<_> = model
            .0
            .into_values()
            .map(|item| (item.id, item.number, item.text))
            .collect();
        assert_eq!(rows, expected);
        let peek = bench.calls().peek(bench.account, scope).to_action();
        let trace = bench.push(peek).expect("peek");
        let ids: Vec<u64> = Decode::from_bytes(trace.return_value()).expect("ids");
        assert!(ids.iter().eq(expected.iter().map(|row| &row.0)));
    }
}

/// The rows, as the chain hands them out.
fn rows(bench: &Bench, scope: u64) -> Vec<(u64, u64, String)> {
    let query = TableQuery::new(bench.account, scope, name!("items"));
    let rows = node().client().all_rows(&query).expect("rows");
    let number = |value: &Value| match value {
        Value::String(text) => text.parse().expect("a number"),
        other => other.as_u64().expect("a number"),
    };
    rows.iter()
        .map(|row| {
            let text = row["text"].as_str().expect("text").to_owned();
            (number(&row["id"]), number(&row["number"]), text)
        })
        .collect()
}

#[test]
fn the_node_finds_rows_by_every_index() {
    let bench = Bench::new();
    let items: Vec<_> = [3, -2, 7, 0, -8]
        .iter()
        .zip(0..)
        .map(|(rank, id)| item(id, *rank, 4))
        .collect();
    bench.run(
        7,
        &items.iter().cloned().map(Step::Insert).collect::<Vec<_>>(),
    );
    let by_rank = [4, 1, 3, 0, 2];
    let kinds = [
        KeyType::U64,
        KeyType::U128,
        KeyType::Checksum256,
        KeyType::F64,
        KeyType::F128,
    ];
    for (position, kind) in (2..).zip(kinds) {
        let query = TableQuery::new(bench.account, 7u64, name!("items")).secondary(position, kind);
        let rows = node().client().all_rows(&query).expect("rows");
        let ids: Vec<_> = rows
            .iter()
            .map(|row| row["id"].as_u64().expect("id"))
            .collect();
        assert_eq!(ids, by_rank, "{kind:?}");
    }
    let hash = items[2].hash.to_string();
    let query = TableQuery::new(bench.account, 7u64, name!("items"))
        .secondary(4, KeyType::Checksum256)
        .from(&hash)
        .to(&hash);
    let rows = node().client().all_rows(&query).expect("rows");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["id"], 2);
    assert_eq!(rows[0]["hash"], hash.as_str());
}

#[test]
fn the_primary_key_of_a_row_stays() {
    let bench = Bench::new();
    bench.run(1, &[Step::Insert(item(5, 0, 0))]);
    assert_eq!(
        bench.failure(bench.calls().rekey(1, 5).to_action()),
        "updater cannot change primary key when modifying an object"
    );
}

#[test]
fn a_taken_primary_key_is_refused_by_the_chain() {
    let bench = Bench::new();
    bench.run(1, &[Step::Insert(item(5, 0, 0))]);
    let again = bench
        .calls()
        .run(1, vec![Step::Insert(item(5, 1, 0))])
        .to_action();
    let error = bench.push(again).expect_err("must fail").to_string();
    assert!(
        error.contains("could not insert object, most likely a uniqueness constraint was violated"),
        "{error}"
    );
}

#[test]
fn ids_end_where_cdt_ends_them() {
    let bench = Bench::new();
    bench.run(1, &[Step::Insert(item(u64::MAX - 4, 0, 0))]);
    assert_eq!(bench.run(1, &[Step::Ends])[0].ids[0], u64::MAX - 3);
    bench.run(1, &[Step::Insert(item(u64::MAX - 2, 0, 0))]);
    assert_eq!(
        bench.failure(bench.calls().run(1, vec![Step::Ends]).to_action()),
        "next primary key in table is at autoincrement limit"
    );
}
