import { shanghaiDay } from '@linghang/access'
import { addDays } from '@linghang/rulebook'
import { type Attempt, attemptsBy } from './attempt.ts'
import type { District } from './district.ts'

const nothing = '01900000-0000-7000-8000-000000000000'

/** What a county's administrators alone decide of boards (R3). */
export function boardDecisions({ org }: Pick<District, 'org'>): Attempt[] {
  const today = shanghaiDay(new Date())
  const decided = { title: '私定', number: '1', organ: '私定', basis: '私定', decidedOn: addDays(today, -1) }
  const talk = { id: `BoardTalk:${nothing}`, workSeen: '私看' }
  return attemptsBy({
    decideBoard: {
      ...{ ...decided, kind: 'MEMBERS', audience: 'COUNTY', effectiveFrom: today, until: addDays(today, 30) },
    },
    endBoard: { id: `BoardDecision:${nothing}`, reason: '私停' },
    answerNaming: { id: `NamingRequest:${nothing}`, outcome: 'GRANTED' },
    callBranchIn: { branchId: org.b1, calledBy: '私约', dueOn: addDays(today, 5) },
    holdBoardTalk: { ...talk, heldOn: today, heldBy: '某', note: '私谈' },
    dropBoardTalk: { ...talk, reason: '私撤' },
  })
}

/** What members do of themselves, and nobody else in their name. */
export const ownNaming = (): Attempt[] =>
  attemptsBy({ askNotToBeNamed: { reason: '代申请' }, withdrawNaming: { id: `NamingRequest:${nothing}` } })
