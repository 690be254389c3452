import { anyOf } from '@linghang/database'
import { type Row, sqlOf, type Tx } from '../../work.ts'

/** What is read of a date; whose it is, whose office answers for it, and where it stands. */
export const deadlineKeys = [
  ...([
    'id',
    'orgId',
    'subjectId',
    'subjectType',
    'rule',
    'dueOn',
    'nature',
    'article',
    'source',
    'certainty',
  ] as const),
  ...(['officeRole', 'officeOrgId', 'ladder'] as const),
]
/** `ladder`: the rungs by which it reminds; null where those of terms hold. */
export type DeadlineRow = Row<'deadline', (typeof deadlineKeys)[number]>

/** What is open of one person: each rule has one date or a few. */
const datesAtMost = 100

export const deadlineStore = {
  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<DeadlineRow[]> =>
    sqlOf(tx)
      .selectFrom('deadline')
      .select(deadlineKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  bySubjects: (tx: Tx, countyId: string, subjectIds: readonly string[]): Promise<DeadlineRow[]> =>
    sqlOf(tx)
      .selectFrom('deadline')
      .select(deadlineKeys)
      .where('countyId', '=', countyId)
      .where('subjectId', '=', anyOf(subjectIds))
      .where('closedAt', 'is', null)
      .orderBy('dueOn')
      .limit(datesAtMost * subjectIds.length)
      .execute(),
}
