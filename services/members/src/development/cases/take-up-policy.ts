import { publish, reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { fold } from './case-state.ts'
import { caseLocks } from './lock-store.ts'
import { caseStore } from './store.ts'
import { writeCases } from './write-case.ts'

const casesAtOnce = 500

/**
 * A policy that begins on a day behind us holds for steps that are open already: their cases are told, so that lists,
 * reminders and the plan go by the same dates as the gates. A county's cases in parts, each in a transaction of its own.
 */
export const takeUpPolicies = reaction(['members.policy.set.v1'], async (work: Work, events) => {
  for (const { data } of events) {
    const { effectiveFrom, after } = data
    const ids = await caseLocks.lockUnderPolicy(work.tx, work.actor.countyId, {
      effectiveFrom,
      after,
      size: casesAtOnce,
    })
    const facts = await caseStore.factsOf(work.tx, work.actor.countyId, ids)
    const on = work.today
    await writeCases(
      work,
      ids.map(id => ({
        id,
        before: fold((facts.get(id) ?? []).map(({ fact }) => fact)),
        facts: [{ type: 'POLICY_TAKEN_UP', on, effectiveFrom }],
        action: 'case.policy-taken-up',
      })),
    )
    const last = ids.length === casesAtOnce ? ids.at(-1) : undefined
    if (last)
      await publish(work, [
        {
          type: 'members.policy.set.v1',
          orgId: null,
          subject: work.actor.countyId,
          data: { effectiveFrom, after: last },
        },
      ])
  }
})
