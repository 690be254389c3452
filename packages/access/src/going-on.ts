import { sqlOf } from '@linghang/database'
import { sql } from 'kysely'
import type { RawTx } from './transact.ts'

/** What was to be done at an organisation that has been dissolved or merged; nothing new is done there. */
export class OrganisationEnded extends Error {
  override name = 'OrganisationEnded'
  readonly organisation: { code: string; endedOn: string }
  constructor(organisation: { code: string; endedOn: string }) {
    super(`organisation ${organisation.code} ended on ${organisation.endedOn}`)
    this.organisation = organisation
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** More stand in no input. */
const idsAtMost = 2_000

/** The ids that an input names, whatever of. */
export function idsIn(input: unknown): string[] {
  const found = new Set<string>()
  const look = (value: unknown): void => {
    if (found.size >= idsAtMost) return
    if (typeof value === 'string') {
      if (uuid.test(value)) found.add(value)
    } else if (Array.isArray(value)) value.forEach(look)
    else if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value))
      Object.values(value).forEach(look)
  }
  look(input)
  return [...found]
}

/**
 * Every use case asks it of whatever organisations its input names, in its own transaction: no room can forget to, and none
 * of them ends while the use case writes there. Of those that the actor does not see nothing is said.
 * @throws OrganisationEnded
 */
export async function requireGoingOn(tx: RawTx, input: unknown): Promise<void> {
  const ids = idsIn(input)
  if (ids.length === 0) return
  const { rows } = await sql<{ code: string; endedOn: string }>`
    select code, ended_on from app.ended_of(${ids}::uuid[])`.execute(sqlOf(tx))
  if (rows[0]) throw new OrganisationEnded(rows[0])
}

/** Waits for what is being done at an organisation, before it is written that it has ended; taken before any row is. */
export async function awaitEnd(tx: RawTx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`organisation/${id}`}, 0))::text`.execute(sqlOf(tx))
}
