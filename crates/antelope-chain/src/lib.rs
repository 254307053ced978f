//! An Antelope chain in one process: state, authority, resources, contracts and blocks.
