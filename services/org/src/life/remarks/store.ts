import { anyOf, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { RecordRemark, RemarkAnswer } from './remark.ts'

const columns = [
  ...(['id', 'meetingId', 'orgId', 'text', 'dueOn', 'state', 'saidOn', 'saidAt', 'settledAt'] as const),
  ...(['settledNote', 'version'] as const),
]
type InCounty = { countyId: string }

export const remarkStore = {
  /** How many there are on a record; whoever leaves the next waits for the one before. */
  async count(tx: Tx, meetingId: string): Promise<number> {
    await sql`select pg_advisory_xact_lock(hashtextextended('record-remarks/' || ${meetingId}, 0))::text`.execute(
      sqlOf(tx),
    )
    const found = sqlOf(tx).selectFrom('recordRemark').where('meetingId', '=', meetingId)
    const { count } = await found
      .select(({ fn, cast }) => cast<number>(fn.countAll(), 'integer').as('count'))
      .executeTakeFirstOrThrow()
    return count
  },

  async leave(tx: Tx, remark: RecordRemark & InCounty & { saidBy: string | null; heardOn: string }): Promise<void> {
    await sqlOf(tx).insertInto('recordRemark').values(remark).execute()
  },

  async lock(tx: Tx, countyId: string, id: string): Promise<RecordRemark | null> {
    const found = sqlOf(tx).selectFrom('recordRemark').select(columns).where('id', '=', id)
    return (await found.where('countyId', '=', countyId).forUpdate().executeTakeFirst()) ?? null
  },

  async update(
    tx: Tx,
    id: string,
    change: Partial<Pick<RecordRemark, 'state' | 'settledAt' | 'settledNote'>> & { settledBy?: string | null },
  ): Promise<void> {
    await sqlOf(tx)
      .updateTable('recordRemark')
      .set(({ eb }) => ({ ...change, version: eb('version', '+', 1n) }))
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirstOrThrow()
  },

  async answer(
    tx: Tx,
    answer: RemarkAnswer & InCounty & { remarkId: string; n: number; orgId: string; answeredBy: string | null },
  ): Promise<void> {
    await sqlOf(tx).insertInto('recordRemarkAnswer').values(answer).execute()
  },

  /** What was said of each record, in its order. */
  ofMeetings: (tx: Tx, meetingIds: readonly string[]): Promise<RecordRemark[]> =>
    sqlOf(tx)
      .selectFrom('recordRemark')
      .select(columns)
      .where('meetingId', '=', anyOf(meetingIds))
      .orderBy('id')
      .execute(),

  /** What waits for each organisation, the earliest first. */
  openAt: (tx: Tx, orgIds: readonly string[], size: number): Promise<Map<string, RecordRemark[]>> =>
    stretchUnder(
      sqlOf(tx),
      orgIds,
      orgId =>
        sqlOf(tx).selectFrom('recordRemark').select(columns).where('orgId', '=', orgId).where('state', '=', 'OPEN'),
      { size, from: null, backwards: false },
      { by: ['id'] },
    ),

  /** What was answered to each, in its order. */
  answers: (tx: Tx, remarkIds: readonly string[]): Promise<(RemarkAnswer & { remarkId: string })[]> =>
    sqlOf(tx)
      .selectFrom('recordRemarkAnswer')
      .select(['remarkId', 'text', 'answeredAt'])
      .where('remarkId', '=', anyOf(remarkIds))
      .orderBy('n')
      .execute(),

  /** How many are not settled on records of a time, of each organisation. */
  async countOpen(tx: Tx, orgIds: readonly string[], from: string, until: string): Promise<Map<string, number>> {
    const rows = await sqlOf(tx)
      .selectFrom('recordRemark')
      .innerJoin('meeting', 'meeting.id', 'recordRemark.meetingId')
      .select(({ fn, cast }) => ['recordRemark.orgId', cast<number>(fn.countAll(), 'integer').as('count')])
      .where('recordRemark.orgId', '=', anyOf(orgIds))
      .where('recordRemark.state', '!=', 'SETTLED')
      .where('meeting.heldOn', '>=', from)
      .where('meeting.heldOn', '<=', until)
      .groupBy('recordRemark.orgId')
      .execute()
    return new Map(rows.map(({ orgId, count }) => [orgId, count]))
  },
}
