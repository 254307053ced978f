spare_rustc() { return 1; }
