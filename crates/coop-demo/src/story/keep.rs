//! After the story: the node stays, and whoever watches is told how to look around.

use super::{Stage, ground::Ground};
use crate::report::{KeptNode, ShellCommand};
use antelope_node::{Node, find_program};
use coop_language::Words;

impl Stage<'_, '_> {
    /// Leaves the node running. The chain of this process ends with it.
    pub(super) fn keep(self) {
        let coop = self.coop();
        let Self {
            node: Ground::Nodeos(node),
            log,
            contracts,
            ..
        } = self
        else {
            return;
        };
        let (registrator, soviet, gateway) =
            (contracts.registrator, contracts.soviet, contracts.gateway);
        let cleos = format!("{} -u {}", cleos(), node.url());
        let last = log
            .report
            .steps
            .iter()
            .rev()
            .find_map(|step| step.transaction.as_ref());
        let last = last
            .map(|transaction| transaction.id.to_string())
            .unwrap_or_default();
        let lines = [
            (
                "keep.participants",
                format!("{cleos} get table {registrator} {coop} participants"),
            ),
            (
                "keep.cooperative",
                format!("{cleos} get table {registrator} {registrator} coops"),
            ),
            (
                "keep.funds",
                format!("{cleos} get table {gateway} {gateway} funds"),
            ),
            (
                "keep.wallets",
                format!("{cleos} get table {gateway} {coop} wallets"),
            ),
            (
                "keep.board",
                format!("{cleos} get table {soviet} {coop} boards"),
            ),
            (
                "keep.staff",
                format!("{cleos} get table {soviet} {coop} staff"),
            ),
            (
                "keep.decisions",
                format!("{cleos} get table {soviet} {coop} decisions"),
            ),
            ("keep.actions", format!("{cleos} get abi {soviet}")),
            (
                "keep.transaction",
                format!("{cleos} get transaction_trace {last}"),
            ),
        ];
        let mut commands: Vec<ShellCommand> = lines
            .into_iter()
            .map(|(key, line)| ShellCommand {
                title: log.say(&Words::of(key)),
                line,
            })
            .collect();
        let folder = node.folder().to_owned();
        let process_id = Node::keep(node);
        commands.push(ShellCommand {
            title: log.say(&Words::of("keep.stop")),
            // A process that has ended stays in the list until its parent asks for it, for ever in
            // containers whose first process never does: such a one (`Z`) is not waited for.
            line: format!(
                "kill {process_id} && while grep -qs '^State:.[^Z]' /proc/{process_id}/status; \
                 do sleep 0.1; done; rm -r {}",
                quoted(&folder.display().to_string())
            ),
        });
        log.report.kept = Some(KeptNode {
            process_id,
            folder,
            commands,
        });
    }
}

/// The `cleos` of this machine, ready for a shell, or the plain word where there is none.
fn cleos() -> String {
    find_program("cleos").map_or_else(
        |_| "cleos".into(),
        |path| quoted(&path.display().to_string()),
    )
}

fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@,".contains(c);
    if text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
