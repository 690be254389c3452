import { expect, test } from '@jest/globals'
import type { Context } from '../work.ts'
import { decideApprovals } from './decide-approvals.ts'

test('S0-14 a hundred decisions are looked at in one transaction before each has its own', async () => {
  let looked = 0
  const decided: string[] = []
  const context = {
    perform: async () => {
      looked += 1
      return new Map()
    },
    run: async (_: unknown, { approvalId }: { approvalId: string }) => void decided.push(approvalId),
  } as unknown as Pick<Context, 'perform' | 'run'>
  const decisions = Array.from({ length: 100 }, (_, n) => ({
    ...{ approvalId: `${n}`, outcome: 'APPROVED' as const, decidedOn: null, reason: null, meetingId: null },
  }))
  const outcomes = await decideApprovals(context, decisions, null)
  expect([looked, decided, outcomes.every(({ refusal }) => refusal === null)]).toEqual([
    1,
    decisions.map(({ approvalId }) => approvalId),
    true,
  ])
})
