export type { Ballot as ElectionBallot } from './election.ts'
export type { Proposal as ElectionProposal } from './propose-election.ts'
export type { ToldElection as Election } from './read-elections.ts'
export type { StepDate as ElectionStepDate } from './timeline.ts'
