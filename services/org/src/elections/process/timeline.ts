import { type ElectionStep, notOfDelegates, type TimelineStep, timelineTo } from '@linghang/rulebook'
import { type ElectionState, isApproved, postsLeft } from './election.ts'

export type StepDate = TimelineStep & { done: boolean }

/** Whether a step is done, by what has become a fact. */
const isDone: Readonly<Record<ElectionStep, (state: ElectionState) => boolean>> = {
  PLAN: () => true,
  REQUEST: ({ approvals }) => approvals.REQUEST !== undefined && approvals.REQUEST.state !== 'WITHDRAWN',
  REPLY: state => isApproved(state, 'REQUEST'),
  NOMINATION: state => state.recommended !== null,
  RECOMMENDATION: state => state.recommended !== null,
  CONSULTATION: state => state.candidates !== null,
  CANDIDATES_REQUEST: ({ approvals }) =>
    approvals.CANDIDATES !== undefined && approvals.CANDIDATES.state !== 'WITHDRAWN',
  CANDIDATES_REPLY: state => isApproved(state, 'CANDIDATES'),
  ANNOUNCEMENT: state => state.announced !== null,
  SUMMONS: state => state.summonedOn !== null,
  PREPARATION: state => state.assembly !== null,
  ASSEMBLY: state => state.assembly !== null && state.elected.length >= state.seats && postsLeft(state).length === 0,
  REPORT: ({ approvals }) => approvals.RESULT !== undefined && approvals.RESULT.state !== 'WITHDRAWN',
  RESULT_REPLY: state => isApproved(state, 'RESULT'),
}

/** The steps of an election with their days, and which of them are done. */
export const stepDates = (state: ElectionState): StepDate[] =>
  timelineTo(state.assembly?.on ?? state.plannedOn, state.rules.days)
    .filter(({ step }) => state.congress === null || !notOfDelegates.has(step))
    .map(step => ({
      ...step,
      done: isDone[step.step](state),
    }))
