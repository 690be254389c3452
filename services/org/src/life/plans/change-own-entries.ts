import { type RegularKind, regularKinds } from '@linghang/rulebook'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { entryIn, holdDraft, writePlan } from './hold-plan.ts'
import { ownTopic, ownWish } from './own-topic.ts'
import { planLimits } from './plan.ts'

export type AddEntry = {
  planId: string
  revision: number | null
  kind: string
  onDay: string
  ownTopics: readonly string[]
}

/** @throws DomainError BAD_INPUT */
const regularKind = (kind: string): RegularKind =>
  regularKinds.find(one => one === kind) ??
  fail('BAD_INPUT', {
    ...{ field: 'kind', found: kind },
    ...{ wanted: `one of ${regularKinds.join(', ')}`, wantedZh: `下列之一：${regularKinds.join('、')}` },
  })

/**
 * One more meeting, of the branch's own wish.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT, PLAN_IS_FILED, PLAN_DAY_REFUSED, PLAN_FULL, BAD_INPUT
 */
export const addLifePlanEntry = useCase('addLifePlanEntry', async (work, input: AddEntry): Promise<string> => {
  const held = await holdDraft(work, input.planId, input.revision)
  const { fromDay: from, untilDay: until, id: planId } = held.plan
  const { onDay } = input
  if (onDay < from || onDay > until) fail('PLAN_DAY_REFUSED', { found: onDay, from, until, ...ownWish })
  if (held.entries.length >= planLimits.entries) fail('PLAN_FULL', { what: 'meetings', wanted: planLimits.entries })
  if (input.ownTopics.length > planLimits.topics) fail('PLAN_FULL', { what: 'topics', wanted: planLimits.topics })
  const entry = {
    ...{ id: work.newId(), planId, kind: regularKind(input.kind), onDay, windowFrom: onDay, windowUntil: until },
    ...{ origin: 'OWN' as const, ...ownWish, topics: input.ownTopics.map(ownTopic) },
  }
  return writePlan(work, { ...held, entries: [...held.entries, entry] }, 'life-plan.changed')
})

/**
 * Takes a meeting of the branch's own wish out again.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT, PLAN_IS_FILED, PLAN_ENTRY_IS_ASKED_FOR
 */
export const removeLifePlanEntry = useCase(
  'removeLifePlanEntry',
  async (
    work,
    { planId, entryId, revision }: { planId: string; entryId: string; revision: number | null },
  ): Promise<string> => {
    const held = await holdDraft(work, planId, revision)
    const { id, origin, article, source } = entryIn(held, entryId)
    if (origin !== 'OWN') fail('PLAN_ENTRY_IS_ASKED_FOR', { article, source })
    return writePlan(work, { ...held, entries: held.entries.filter(entry => entry.id !== id) }, 'life-plan.changed')
  },
)
