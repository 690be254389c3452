import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { linkAccount } from '@linghang/harness/accounts'
import { askerOf, type Caller } from '../../system/api.ts'
import { type County, newCounty, orgCode, seedOrganisations, smallTree } from '../../system/county.ts'
import { dashboard } from '../../system/dashboard.ts'
import { look } from '../../system/look.ts'
import { surroundings } from '../../system/surroundings.ts'

/** What came of the requests of a stretch of time. */
export interface Told {
  sent: number
  /** Why each that failed did. */
  failed: string[]
  /** Subjects of accounts that were acknowledged. */
  acknowledged: string[]
}

const everyMs = 150
/** One in so many writes: each of those has to be found afterwards. */
const writeEvery = 4

const read = async (caller: Caller, code: string): Promise<void> => {
  // A connection of its own, as of one more caller: those that are kept would all lead to one pod.
  const { status, errors, data } = await caller.sendUntyped(dashboard, { code }, { connection: 'close' })
  if (status !== 200 || errors.length > 0 || data?.organisation?.code !== code)
    throw new Error(`${status} ${JSON.stringify(errors).slice(0, 200)}`)
}

/** Where callers work: an organisation of a county of their own. */
export interface Workplace {
  county: County
  branch: { id: string; code: string }
}

export const countyAtWork = async (): Promise<Workplace> => {
  const county = await newCounty()
  const ids = await seedOrganisations(county, smallTree(county))
  const code = orgCode(county, 3)
  return { county, branch: { id: ids[code] ?? '', code } }
}

/**
 * Asks and writes through the gateway's Service, whatever happens meanwhile. Nothing is tried again: what fails, failed.
 *
 * @returns what has come of it up to now, and a function that stops and says what came of all of it
 */
export const keepAsking = ({ county, branch }: Workplace): { told: Told; stop: () => Promise<Told> } => {
  const told: Told = { sent: 0, failed: [], acknowledged: [] }
  const underWay = new Set<Promise<void>>()
  let stopped = false
  const write = async (): Promise<void> => {
    const subject = `while-${randomUUID()}`
    const of = { organisationId: branch.id, kind: 'PERSON' as const, issuer: surroundings().issuer, subject }
    await linkAccount(askerOf(county.admin), { ...of, memberId: null })
    told.acknowledged.push(subject)
  }
  const one = (): void => {
    const work = told.sent++ % writeEvery === 0 ? write() : read(county.admin, branch.code)
    const done: Promise<void> = work
      .catch(
        (error: Error) => void told.failed.push(`${new Date().toISOString()} ${error.message} ${error.cause ?? ''}`),
      )
      .finally(() => underWay.delete(done))
    underWay.add(done)
  }
  const run = (async () => {
    while (!stopped) {
      one()
      await wait(everyMs)
    }
  })()
  const stop = async (): Promise<Told> => {
    stopped = true
    await run
    await Promise.all(underWay)
    return told
  }
  return { told, stop }
}

/** Of what was acknowledged, what the register does not have. */
export const lostOf = async ({ acknowledged }: Told): Promise<string[]> => {
  const rows = await look('org', 'select subject from account where subject = any ($1)', [acknowledged])
  const known = new Set(rows.map(({ subject }) => subject))
  return acknowledged.filter(subject => !known.has(subject))
}
