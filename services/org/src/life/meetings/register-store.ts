import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Registered } from './meeting.ts'

type RegisteredRow = Omit<Registered, 'standing'> & { standing: Registered['standing'] | null }

/** Nobody while their standing is not known here yet. */
const toRegistered = ({ memberId, standing, knownOn, suspendedSince }: RegisteredRow): Registered[] =>
  standing === null ? [] : [{ memberId, standing, knownOn, suspendedSince }]

/** The register, as it was on the day of a meeting. */
export const registerStore = {
  /** Who was on the register of these organisations on a day; standing null where it is not known here yet. */
  async onDay(
    tx: Tx,
    orgId: string,
    onDay: string,
    people: readonly string[] | null,
  ): Promise<{ known: Registered[]; unknown: number }> {
    const { rows } = await sql<RegisteredRow>`
      select b.member_id, b.standing, b.known_on, b.suspended_since from app.belonged_on(
        array(select n.id from org_node n join org_node g on n.path <@ g.path where g.id = ${orgId}::uuid),
        ${onDay}::date, ${people}::uuid[]) b
      order by b.member_id`.execute(sqlOf(tx))
    const known = rows.flatMap(toRegistered)
    return { known, unknown: rows.length - known.length }
  },

  /** Of these people, those who held an office of the organisation on a day and were registered elsewhere in the county. */
  async officersFromOutside(tx: Tx, orgId: string, onDay: string, people: readonly string[]): Promise<Registered[]> {
    const { rows } = await sql<RegisteredRow>`
      select member_id, standing, known_on, suspended_since
      from app.officers_from_outside(${orgId}::uuid, ${onDay}::date, ${people}::uuid[]) order by member_id`.execute(
      sqlOf(tx),
    )
    return rows.flatMap(toRegistered)
  },
}
