import type { Deadline, Ladder } from '@linghang/rulebook'
import type { Tx } from '../../work.ts'
import type { SubjectType } from '../watch/new-watch.ts'

export type DeadlineRow = Pick<Deadline, 'rule' | 'dueOn' | 'nature' | 'article' | 'source' | 'certainty'> & {
  id: string
  orgId: string
  subjectId: string
  subjectType: SubjectType
  officeRole: string
  officeOrgId: string
  /** The rungs by which it reminds; null where those of terms hold. */
  ladder: Ladder | null
}

/** What is open of one person: each rule has one date or a few. */
const datesAtMost = 100

type Row = Omit<DeadlineRow, 'dueOn'> & { dueOn: Date }
const toDeadline = (row: Row): DeadlineRow => ({ ...row, dueOn: row.dueOn.toISOString().slice(0, 10) })

export const deadlineStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<DeadlineRow[]> {
    return (await tx.deadline.findMany({ where: { countyId, id: { in: [...ids] } } })).map(row =>
      toDeadline(row as Row),
    )
  },

  async bySubjects(tx: Tx, countyId: string, subjectIds: readonly string[]): Promise<DeadlineRow[]> {
    const rows = await tx.deadline.findMany({
      where: { countyId, subjectId: { in: [...subjectIds] }, closedAt: null },
      orderBy: { dueOn: 'asc' },
      take: datesAtMost * subjectIds.length,
    })
    return rows.map(row => toDeadline(row as Row))
  },
}
