//! Trees as text, of whatever a node answers: each item once, and not deeper than a stack bears.

/// How deep a tree is shown. Chains allow four levels of actions and six of permissions by default.
const DEEPEST: usize = 64;

/// What to write before an item.
pub(crate) struct Indent {
    /// Before its first line.
    pub(crate) first: String,
    /// Before each further line, and before what is below it.
    pub(crate) rest: String,
}

/// Items that name the one above them.
pub(crate) struct Branches<'a, T, K> {
    items: &'a [T],
    above: fn(&T) -> K,
    own: fn(&T) -> K,
    /// Whether the uppermost items have a mark as well.
    is_marked: bool,
}

impl<'a, T, K: PartialEq> Branches<'a, T, K> {
    /// Items by their own key and that of the one above.
    pub(crate) fn new(
        items: &'a [T],
        above: fn(&T) -> K,
        own: fn(&T) -> K,
        is_marked: bool,
    ) -> Self {
        Self {
            items,
            above,
            own,
            is_marked,
        }
    }

    /// Shows all items below this key with their places, each before those below it. What is in no tree,
    /// or in one that is too deep, is left out.
    pub(crate) fn show(&self, top: &K, indent: &str, mut show: impl FnMut(&'a T, &Indent)) {
        let mut is_shown = vec![false; self.items.len()];
        self.below(top, indent, 0, &mut is_shown, &mut show);
    }

    fn below(
        &self,
        key: &K,
        indent: &str,
        depth: usize,
        is_shown: &mut [bool],
        show: &mut impl FnMut(&'a T, &Indent),
    ) {
        let below = self.items.iter().enumerate();
        let below = below.filter(|(number, it)| !is_shown[*number] && (self.above)(it) == *key);
        let below: Vec<_> = below.collect();
        for (number, _) in &below {
            is_shown[*number] = true;
        }
        for (count, (_, item)) in below.iter().enumerate() {
            let is_last = count + 1 == below.len();
            let (mark, next) = match (depth > 0 || self.is_marked, is_last) {
                (false, _) => ("", ""),
                (true, true) => ("└─ ", "   "),
                (true, false) => ("├─ ", "│  "),
            };
            let place = Indent {
                first: format!("{indent}{mark}"),
                rest: format!("{indent}{next}"),
            };
            show(item, &place);
            if depth < DEEPEST {
                self.below(&(self.own)(item), &place.rest, depth + 1, is_shown, show);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pair = (u32, u32);

    fn shown(items: &[Pair]) -> Vec<String> {
        let mut lines = Vec::new();
        let branches = Branches::new(items, |it: &Pair| it.0, |it: &Pair| it.1, true);
        branches.show(&0, "", |item, place| {
            lines.push(format!("{}{}", place.first, item.1));
        });
        lines
    }

    #[test]
    fn what_is_below_follows() {
        assert_eq!(
            shown(&[(0, 1), (0, 2), (1, 3), (1, 4), (2, 5)]),
            ["├─ 1", "│  ├─ 3", "│  └─ 4", "└─ 2", "   └─ 5"]
        );
    }

    #[test]
    fn circles_and_endless_depths_end() {
        assert_eq!(shown(&[(0, 0)]).len(), 1);
        assert_eq!(shown(&[(0, 1), (1, 2), (2, 1), (2, 0)]).len(), 4);
        // Of the same key, so that each would be below each.
        assert_eq!(shown(&[(0, 1); 100]).len(), 100);
        let many = [[(0, 1); 50], [(1, 2); 50], [(2, 3); 50]].concat();
        assert_eq!(shown(&many).len(), 150);
        let deep: Vec<Pair> = (0..10_000).map(|it| (it, it + 1)).collect();
        assert_eq!(shown(&deep).len(), DEEPEST + 1);
    }
}
