import { shanghaiDay } from '@linghang/access'
import { publish, type Reaction } from '@linghang/events'
import type { Deps, Tx } from '../deps.ts'
import { fold } from './case-state.ts'
import { caseStore } from './store.ts'
import { writeCases } from './write-case.ts'

const casesAtOnce = 500

/**
 * A policy that begins on a day behind us holds for steps that are open already: their cases are told, so that lists,
 * reminders and the plan go by the same dates as the gates. A county's cases in parts, each in a transaction of its own.
 */
export const takeUpPolicies = (deps: Pick<Deps, 'now'>): Reaction<Tx> => ({
  types: ['members.policy.set.v1'],
  async react(tx, actor, events) {
    for (const { data } of events) {
      const { effectiveFrom, after } = data as { effectiveFrom: string; after: string | null }
      const ids = await caseStore.lockUnderPolicy(tx, actor.countyId, { effectiveFrom, after, size: casesAtOnce })
      const facts = await caseStore.factsOf(tx, actor.countyId, ids)
      const on = shanghaiDay(deps.now())
      await writeCases(
        deps,
        tx,
        actor,
        ids.map(id => ({
          id,
          before: fold((facts.get(id) ?? []).map(({ fact }) => fact)),
          facts: [{ type: 'POLICY_TAKEN_UP', on, effectiveFrom }],
          action: 'case.policy-taken-up',
        })),
      )
      const last = ids.length === casesAtOnce ? ids.at(-1) : undefined
      if (last)
        await publish({ tx, actor }, [
          { type: 'members.policy.set.v1', orgId: null, subject: actor.countyId, data: { effectiveFrom, after: last } },
        ])
    }
  },
})
