import { addDays } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { Decision } from './decision.ts'
import { fail } from './errors.ts'
import { packStore } from './store.ts'

/** Who decided what by which document: without it nothing is scored (R2). */
export type Decided = { title: string; number: string; organ: string; decidedOn: string; effectiveFrom: string }

/** A decision ahead of its time is forgotten: two years are enough for one that begins with a year. */
const daysAhead = 800
const mostDecisions = 200

function requireDays(today: string, { decidedOn, effectiveFrom }: Decided, isFirst: boolean): void {
  const bad = (field: string, found: string, wanted: string, wantedZh: string) =>
    fail('BAD_INPUT', { field, found, wanted, wantedZh })
  if (decidedOn > today) bad('decidedOn', decidedOn, `${today} or earlier`, `${today} 或以前`)
  const last = addDays(today, daysAhead)
  // What was scored stays as it was told; a county's first decision may be one that its people have known for longer.
  const first = isFirst || decidedOn > today ? decidedOn : today
  if (effectiveFrom < first || effectiveFrom > last)
    bad('effectiveFrom', effectiveFrom, `${first} to ${last}`, `${first} 至 ${last}`)
}

/** What is written down of a decision, with its number in the county. @throws DomainError BAD_INPUT */
export async function decisionOf(
  work: Pick<Work, 'tx' | 'actor' | 'today'>,
  given: Decided,
): Promise<Omit<Decision, 'kind' | 'packKey'>> {
  const { tx, actor, today } = work
  const version = await packStore.nextVersion(tx, actor.countyId)
  if (version > mostDecisions)
    fail('BAD_INPUT', {
      field: 'effectiveFrom',
      found: version,
      wanted: `${mostDecisions} decisions at most`,
      wantedZh: `最多 ${mostDecisions} 项决定`,
    })
  requireDays(today, given, version === 1)
  return {
    version,
    title: requireReason(given.title, 'title', 100),
    number: requireReason(given.number, 'number', 50),
    organ: requireReason(given.organ, 'organ', 100),
    decidedOn: given.decidedOn,
    effectiveFrom: given.effectiveFrom,
  }
}
