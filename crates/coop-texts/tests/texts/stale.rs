use crate::root;
