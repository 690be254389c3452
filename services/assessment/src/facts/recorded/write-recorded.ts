import { recordAudit, recordHash } from '@linghang/access'
import { publish } from '@linghang/events'
import { toId } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { requireKept } from '../people/keeping.ts'
import { fail } from './errors.ts'
import type { RecordedFact } from './recorded-fact.ts'
import { recordedStore } from './store.ts'

/** A fact that the actor keeps, by its newest version. @throws DomainError NOT_FOUND, FORBIDDEN */
export async function keptFact(work: Work, id: string): Promise<RecordedFact> {
  const what = toId('RecordedFact', id)
  const [fact] = await recordedStore.byIds(work.tx, work.actor.countyId, [id])
  if (!fact) return fail('NOT_FOUND', { what })
  await requireKept(work, fact.orgId, what)
  return fact
}

/** Writes a version with its audit row, and tells it as the services tell theirs: it becomes a fact by the same way. */
export async function writeRecorded(
  work: Work,
  fact: Omit<RecordedFact, 'writtenAt'>,
  before: RecordedFact | null,
  action: 'recorded' | 'corrected' | 'withdrawn',
): Promise<string> {
  const { tx, actor, now } = work
  const { id, version, orgId, subjectType, subjectId, kind, day, quantity, attributes, withdrawn } = fact
  const what = toId('RecordedFact', id)
  const written = { ...fact, countyId: actor.countyId, writtenBy: actor.accountId, writtenAt: now }
  await recordedStore.write(tx, written, () => fail('CONFLICT', { what }))
  const hashOf = ({ evidence, reason, ...of }: Omit<RecordedFact, 'writtenAt'>) =>
    recordHash([of.day, of.quantity, of.attributes, evidence, reason, of.withdrawn])
  await recordAudit(work, [
    {
      ...{ orgId, action: `fact.${action}`, subjectType: 'RecordedFact', subjectId: id },
      beforeHash: before && hashOf(before),
      afterHash: hashOf(fact),
    },
  ])
  await publish(work, [
    {
      ...{ type: 'assessment.fact.recorded.v1' as const, orgId, subject: id },
      data: { id, orgId, subjectType, subjectId, kind, day, quantity, attributes, withdrawn, version },
    },
  ])
  return id
}
