import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { entryIn, holdDraft, writePlan } from './hold-plan.ts'
import { ownTopic } from './own-topic.ts'
import { type Entry, planLimits } from './plan.ts'

export type ChangeEntry = {
  planId: string
  entryId: string
  revision: number | null
  /** Another day; null: as it was. */
  onDay: string | null
  /** What the branch wants said about a topic, by its number; an empty text takes it away. */
  discussions: readonly { n: number; text: string }[]
  /** Topics of the branch's own, instead of those that it had; null: as they were. */
  ownTopics: readonly string[] | null
}

/** @throws DomainError PLAN_DAY_REFUSED */
function moved(entry: Entry, onDay: string | null): Entry {
  if (onDay === null) return entry
  const { windowFrom: from, windowUntil: until, article, source } = entry
  if (onDay < from || onDay > until) fail('PLAN_DAY_REFUSED', { found: onDay, from, until, article, source })
  return { ...entry, onDay }
}

/** @throws DomainError PLAN_TOPIC_MISSING, BAD_INPUT */
function discussed(entry: Entry, discussions: ChangeEntry['discussions']): Entry {
  const missing = discussions.find(({ n }) => !entry.topics[n - 1])
  if (missing) fail('PLAN_TOPIC_MISSING', { found: missing.n, wanted: entry.topics.length })
  const texts = new Map(
    discussions.map(({ n, text }) => [
      n,
      text.trim() ? requireReason(text, 'discussions.text', planLimits.discussionCharacters) : null,
    ]),
  )
  const topics = entry.topics.map((topic, i) => {
    const text = texts.get(i + 1)
    return text === undefined ? topic : { ...topic, discussion: text }
  })
  return { ...entry, topics }
}

/** @throws DomainError PLAN_FULL, BAD_INPUT */
function withOwn(entry: Entry, ownTopics: readonly string[] | null): Entry {
  if (ownTopics === null) return entry
  const written = new Map(entry.topics.map(({ text, discussion }) => [text, discussion]))
  const own = ownTopics.map(text => {
    const topic = ownTopic(text)
    return { ...topic, discussion: written.get(topic.text) ?? null }
  })
  const topics = [...entry.topics.filter(({ why }) => why !== 'OWN'), ...own]
  if (topics.length > planLimits.topics) fail('PLAN_FULL', { what: 'topics', wanted: planLimits.topics })
  return { ...entry, topics }
}

/**
 * The branch's part of a meeting that is planned: its day within its time, what is to be said, topics of its own.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT, PLAN_IS_FILED, PLAN_DAY_REFUSED, PLAN_TOPIC_MISSING, PLAN_FULL, BAD_INPUT
 */
export const changeLifePlanEntry = useCase('changeLifePlanEntry', async (work, input: ChangeEntry): Promise<string> => {
  const held = await holdDraft(work, input.planId, input.revision)
  const entry = entryIn(held, input.entryId)
  const changed = withOwn(discussed(moved(entry, input.onDay), input.discussions), input.ownTopics)
  const entries = held.entries.map(one => (one.id === entry.id ? changed : one))
  return writePlan(work, { ...held, entries }, 'life-plan.changed')
})
