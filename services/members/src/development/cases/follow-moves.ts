import { keepOrgTree, publish, reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { readPolicies } from '../policies/read-policies.ts'
import { withdrawal } from './ask-approval.ts'
import { fold } from './case-state.ts'
import { deciderStore } from './decider-store.ts'
import { caseLocks } from './lock-store.ts'
import { caseStore } from './store.ts'
import { type Change, rulesOf, writeCases } from './write-case.ts'

const casesAtOnce = 500

/**
 * An organisation that moves comes under others, and so do the cases below it; one that gains or loses the power to
 * approve changes who decides for them: what was handed in to a committee that is
 * no longer above is taken back, as it is when a person moves, and what is due of the committee is due of the new one.
 * Behind `keepOrgTree` and in its transaction: who decides is asked of the tree as it has become, and an event that is
 * taken has been taken whole.
 */
export const keepTreeAndFollowMoves = reaction(
  ['org.organisation.registered.v1', 'org.organisation.changed.v1', 'org.organisation.moved.v1'],
  async (work: Work, events) => {
    const ids = [...new Set(events.map(({ data }) => data.id))]
    const before = await deciderStore.powerOf(work.tx, work.actor.countyId, ids)
    await keepOrgTree.react(work, events)
    const now = await deciderStore.powerOf(work.tx, work.actor.countyId, ids)
    const hasMoved = new Set(
      events.flatMap(({ type, data }) => (type === 'org.organisation.moved.v1' ? [data.id] : [])),
    )
    const moved = ids.filter(id => hasMoved.has(id) || (before.has(id) && before.get(id) !== now.get(id)))
    if (moved.length === 0) return
    const on = work.today
    const policies = await readPolicies(work.tx, work.actor.countyId)
    for (let after: string | null = null; ; ) {
      const ids: string[] = await caseLocks.lockOpenBelow(work.tx, work.actor.countyId, moved, after, casesAtOnce)
      if (ids.length === 0) return
      const facts = await caseStore.factsOf(work.tx, work.actor.countyId, ids)
      const states = ids.map(id => ({ id, state: fold((facts.get(id) ?? []).map(({ fact }) => fact)) }))
      const above = await deciderStore.decidersOf(work.tx, [...new Set(states.map(({ state }) => state.orgId))])
      const changes: Change[] = []
      const withdrawn: NonNullable<ReturnType<typeof withdrawal>>['event'][] = []
      for (const { id, state } of states) {
        const own = above.get(state.orgId) ?? []
        const held = { id, state, rules: rulesOf(state, policies), policy: policies(state.stepOpenedOn) }
        const stays = state.approval !== null && own.includes(state.approval.deciderOrgId)
        const back = stays ? null : withdrawal(work, held)
        if (back) withdrawn.push(back.event)
        changes.push({
          id,
          before: state,
          facts: [...(back ? [back.fact] : []), { type: 'SUPERIOR_CHANGED', on }],
          action: 'case.superior-changed',
        })
      }
      await publish(work, withdrawn)
      await writeCases(work, changes)
      after = ids.at(-1) ?? null
    }
  },
)
