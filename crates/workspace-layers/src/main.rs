//! Prints the layers of the workspace.

use workspace_layers::drawing;

fn main() {
    print!("{}", drawing(true));
}
