import { shanghaiDay } from '@linghang/access'
import { addDays } from '@linghang/rulebook'
import type { District } from './district.ts'

/** What a county's administrators alone decide of boards (R3). */
export function boardDecisions({ org }: Pick<District, 'org'>) {
  const today = shanghaiDay(new Date())
  const branchId = org.b1
  const talk = 'BoardTalk:01900000-0000-7000-8000-000000000000'
  const decided = { title: '私定', number: '1', organ: '私定', basis: '私定', decidedOn: addDays(today, -1) }
  return [
    {
      ...{ field: 'decideBoard', type: 'DecideBoardInput' },
      input: {
        ...{ ...decided, kind: 'MEMBERS', audience: 'COUNTY', effectiveFrom: today, until: addDays(today, 30) },
      },
    },
    {
      ...{ field: 'endBoard', type: 'EndBoardInput' },
      input: { id: 'BoardDecision:01900000-0000-7000-8000-000000000000', reason: '私停' },
    },
    {
      ...{ field: 'answerNaming', type: 'AnswerNamingInput' },
      input: { id: 'NamingRequest:01900000-0000-7000-8000-000000000000', outcome: 'GRANTED' },
    },
    {
      ...{ field: 'callBranchIn', type: 'CallBranchInInput' },
      input: { branchId, calledBy: '私约', dueOn: addDays(today, 5) },
    },
    {
      ...{ field: 'holdBoardTalk', type: 'HoldBoardTalkInput' },
      input: { id: talk, heldOn: today, heldBy: '某', workSeen: '私看', note: '私谈' },
    },
    { field: 'dropBoardTalk', type: 'DropBoardTalkInput', input: { id: talk, workSeen: '私看', reason: '私撤' } },
  ]
}

/** What members do of themselves, and nobody else in their name. */
export const ownNaming = () => [
  { field: 'askNotToBeNamed', type: 'AskNotToBeNamedInput', input: { reason: '代申请' } },
  {
    ...{ field: 'withdrawNaming', type: 'WithdrawNamingInput' },
    input: { id: 'NamingRequest:01900000-0000-7000-8000-000000000000' },
  },
]
