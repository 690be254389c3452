import { setTimeout } from 'node:timers/promises'
import type { Standing } from '@linghang/access'
import { stackFault } from '@linghang/devstack'
import type { ServiceName } from '@linghang/migrations'
import type pg from 'pg'
import type { Cell } from './cell.ts'
import { inEach } from './session.ts'

const waitAtMostMs = 180_000
const lookEveryMs = 200

export type Standings = Record<ServiceName, Standing | null>

/** How a county stands in each database of a cell; null: it lives there, or is not there. */
export const standingsOf = async (cell: Cell, countyId: string): Promise<Standings> =>
  Object.fromEntries(
    await inEach(cell, async (client, service) => [
      service,
      (await client.query('select state from county_move where county_id = $1', [countyId])).rows[0]?.state ?? null,
    ]),
  ) as Standings

/** Writes how a county stands, in all databases; null: it lives there. */
export const setStanding = (cell: Cell, countyId: string, standing: Standing | null) =>
  inEach(cell, client => writeStanding(client, countyId, standing))

export const writeStanding = (client: pg.Client, countyId: string, standing: Standing | null) =>
  standing === null
    ? client.query('delete from county_move where county_id = $1', [countyId])
    : client.query(
        `insert into county_move (county_id, state) values ($1, $2)
         on conflict (county_id) do update set state = excluded.state, since = clock_timestamp()`,
        [countyId, standing],
      )

/**
 * Waits until no transaction of a service is left that was begun before now: it may have asked how the county stood before that was
 * written, and write still.
 * @throws StackFault MOVE_HELD_UP when one lasts longer than any of ours
 */
export const waitForTransactions = (cell: Cell) =>
  inEach(cell, async (client, service) => {
    const [{ now }] = (await client.query('select clock_timestamp()::text as now')).rows
    const left = async (): Promise<number> =>
      (
        await client.query(
          `select count(*)::int as n from pg_stat_activity a join pg_roles r on r.oid = a.usesysid
           where datname = current_database() and xact_start <= $1 and not r.rolsuper
             and pg_has_role(r.oid, 'linghang_county', 'set')`,
          [now],
        )
      ).rows[0].n
    for (const end = Date.now() + waitAtMostMs; (await left()) > 0; await setTimeout(lookEveryMs))
      if (Date.now() > end) throw lasts(service)
  })

const lasts = (service: ServiceName) =>
  stackFault('MOVE_HELD_UP', {
    zh: `数据库 ${service} 有事务持续 ${waitAtMostMs / 1000} 秒仍未结束：请结束它（pg_stat_activity），再执行一次。`,
    en: `A transaction in ${service} has lasted for ${waitAtMostMs / 1000} s: end it (pg_stat_activity), and run this again.`,
  })
