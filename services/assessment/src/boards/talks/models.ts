export type { BranchToCallIn } from './read-talks.ts'
export type { Talk as BoardTalk } from './talk.ts'
