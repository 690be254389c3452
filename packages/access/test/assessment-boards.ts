import { shanghaiDay } from '@linghang/access'
import { addDays } from '@linghang/rulebook'

/** What a county's administrators alone decide of boards (R3). */
export function boardDecisions() {
  const today = shanghaiDay(new Date())
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
