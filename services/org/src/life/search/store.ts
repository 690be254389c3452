import type { Stretch } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

export const foundStore = {
  /** The ids of `size` + 1 meetings of an organisation and below that say a text, the newest first. */
  async page(tx: Tx, orgId: string, text: string, { size, from, backwards }: Stretch): Promise<string[]> {
    const way = backwards ? 'OLDEST' : 'NEWEST'
    const [day, id] = from ?? [null, null]
    const { rows } = await sql<{ meetingId: string }>`
      select meeting_id from app.found_meetings(${orgId}::uuid, ${text}, ${way}, ${day}::date, ${id}::uuid, ${size + 1})
    `.execute(sqlOf(tx))
    return rows.map(({ meetingId }) => meetingId)
  },

  /** How many there are, a thousand at most. */
  async count(tx: Tx, orgId: string, text: string): Promise<number> {
    const { rows } = await sql<{ found: string }>`
      select found from app.found_meetings(${orgId}::uuid, ${text}, 'COUNT', null, null, 0)`.execute(sqlOf(tx))
    return Number(rows[0]?.found ?? 0)
  },
}
