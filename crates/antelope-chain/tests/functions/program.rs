//! Programs of the probe: how they are built, told and encoded.

use crate::probe::Probe;
use antelope_build::chain::ValueType;
use std::fmt::Write;

/// An operation of the probe.
#[derive(Clone)]
pub enum Op {
    Write(u32, Vec<u8>),
    Call(&'static str, Vec<u64>),
    Show(u32, u32),
    OnlyNotified,
}

/// Operations that belong together.
#[derive(Clone, Default)]
pub struct Unit(pub Vec<Op>);

impl Unit {
    /// A call of a function with the bits of its arguments.
    pub fn call(name: &'static str, arguments: &[u64]) -> Self {
        Self(vec![Op::Call(name, arguments.to_vec())])
    }

    /// The operations as the action's data.
    pub fn encode(&self, probe: &Probe, out: &mut Vec<u8>) {
        for op in &self.0 {
            let (kind, body) = match op {
                Op::Write(to, bytes) => (1, [&to.to_le_bytes()[..], bytes].concat()),
                Op::Call(name, arguments) => {
                    let (index, callee) = probe.find(name).unwrap();
                    assert_eq!(callee.params.len(), arguments.len(), "{name}");
                    let mut body = index.to_le_bytes().to_vec();
                    body.extend(arguments.iter().flat_map(|value| value.to_le_bytes()));
                    (2, body)
                }
                Op::Show(at, length) => (3, [at.to_le_bytes(), length.to_le_bytes()].concat()),
                Op::OnlyNotified => (4, Vec::new()),
            };
            operation(out, kind, &body);
        }
    }

    /// The operations as a reader of a failed test wants them.
    pub fn text(&self, probe: &Probe) -> String {
        let mut out = String::new();
        for op in &self.0 {
            let _ = match op {
                Op::Write(to, bytes) => writeln!(out, "  [{to:#x}] = {}", hex(bytes)),
                Op::Call(name, arguments) => {
                    let callee = probe.find(name).unwrap().1;
                    let values = arguments.iter().zip(&callee.params);
                    let values: Vec<_> = values.map(|(bits, of)| argument(*bits, *of)).collect();
                    writeln!(out, "  {name}({})", values.join(", "))
                }
                Op::Show(at, length) => writeln!(out, "  show [{at:#x}; {length}]"),
                Op::OnlyNotified => writeln!(out, "  when notified:"),
            };
        }
        out
    }
}

/// Makes a program different from all others.
pub fn nonce(out: &mut Vec<u8>, number: u64) {
    operation(out, 0, &number.to_le_bytes());
}

fn operation(out: &mut Vec<u8>, kind: u32, body: &[u8]) {
    out.extend(kind.to_le_bytes());
    out.extend((body.len() as u32).to_le_bytes());
    out.extend(body);
}

fn argument(bits: u64, of: ValueType) -> String {
    match of {
        ValueType::I32 => format!("{:#x}", bits as u32),
        ValueType::I64 => format!("{bits:#x}"),
        ValueType::F32 => {
            let value = f32::from_bits(bits as u32);
            format!("{value:?} = {:#x}", bits as u32)
        }
        ValueType::F64 => format!("{:?} = {bits:#x}", f64::from_bits(bits)),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
