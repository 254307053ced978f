//! `createProjectOfFreeDecision`, `generateProjectOfFreeDecision`, `publishProjectOfFreeDecision`,
//! `generateFreeDecision`: proposals of council members and their protocols.
