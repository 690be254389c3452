import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

export const besideStore = {
  /** Whether something was written down that is of a meeting and of nothing else: what is to be mended, an appraisal. */
  async isBeside(tx: Tx, meetingId: string): Promise<boolean> {
    const { rows } = await sql<{ found: boolean }>`
      select exists (select from criticism_measure where meeting_id = ${meetingId}::uuid)
        or exists (select from member_appraisal where meeting_id = ${meetingId}::uuid) as found`.execute(sqlOf(tx))
    return rows[0]?.found ?? false
  },
}
