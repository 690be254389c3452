import { requireReason, toId } from '@linghang/subgraph'
import { useCase, type Work } from '../../work.ts'
import { requireKept } from '../people/keeping.ts'
import { peopleStore } from '../people/store.ts'
import { fail } from './errors.ts'
import { attributesOf, type GivenFact, quantityOf, requireDay, subjectOf } from './recorded-fact.ts'
import { writeRecorded } from './write-recorded.ts'

export type RecordFact = GivenFact & { memberId: string | null; orgId: string | null; evidence: string }

/** Whose office writes it down: where the person belonged on that day, or where they belong by now. */
async function keeperOf(work: Work, memberId: string, day: string): Promise<string> {
  const { tx, actor, today, supervision } = work
  const what = toId('Member', memberId)
  const on = async (when: string) => (await peopleStore.at(tx, actor.countyId, [memberId], when)).get(memberId)
  const [then, now] = [await on(day), await on(today)]
  const places = [...new Set([then, now].flatMap(place => place?.orgId ?? []))]
  const kept = await supervision.kept(places)
  const keeper = places.find(orgId => kept.has(orgId))
  const [first] = places
  if (first === undefined) return fail('NOT_FOUND', { what })
  if (keeper === undefined) await requireKept(work, first, what)
  if (!then) fail('FACT_BEFORE_REGISTER', { found: day })
  return keeper ?? first
}

/**
 * Writes down what no service knows, with one piece of evidence. @returns its id
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, FACT_OF_NOBODY, FACT_SAYS_OTHERWISE, FACT_BEFORE_REGISTER
 */
export const recordFact = useCase('recordFact', async (work, input: RecordFact): Promise<string> => {
  const { kind, day, memberId } = input
  const subjectType = subjectOf(kind)
  const [named, other] = subjectType === 'MEMBER' ? [memberId, input.orgId] : [input.orgId, memberId]
  if (named === null || other !== null)
    return subjectType === 'MEMBER'
      ? fail('FACT_OF_NOBODY', { wanted: 'a member (memberId)', wantedZh: '党员（memberId）' })
      : fail('FACT_OF_NOBODY', { wanted: 'an organisation (organisationId)', wantedZh: '党组织（organisationId）' })
  if (subjectType === 'ORGANISATION') await requireKept(work, named, toId('Organisation', named))
  requireDay(day, work.today)
  const orgId = subjectType === 'MEMBER' ? await keeperOf(work, named, day) : named
  const fact = {
    ...{
      id: work.newId(),
      version: 1,
      orgId,
      subjectType,
      subjectId: named,
      kind,
      day,
      withdrawn: false,
      reason: null,
    },
    ...{ quantity: quantityOf(input.quantity), attributes: attributesOf(kind, input.attributes) },
    evidence: requireReason(input.evidence, 'evidence'),
  }
  return writeRecorded(work, fact, null, 'recorded')
})
