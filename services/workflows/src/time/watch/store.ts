import { livesHere, type RawTx } from '@linghang/access'
import { anyOf, batchOf, excluded, insertBatch } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf } from '../../work.ts'
import type { WatchedDate, WatchedLadders } from '../plan/watch.ts'
import type { NewWatch } from './new-watch.ts'

/** A watch that its workflow has yet to be handed. */
export type WaitingWatch = {
  id: string
  kind: string
  subjectId: string
  countyId: string
  version: number
  state: 'OPEN' | 'ENDED'
  stage: string
  round: number
  announcedOn: string | null
  deadlines: WatchedDate[]
  ladders: WatchedLadders
  comesBack: boolean
  traceparent: string | null
  /** It was never handed over. */
  isNew: boolean
  /** Its workflow sleeps until then at most; null: it is awake, or there is none. */
  sleepsUntil: Date | null
}

const toldOf = [
  ...(['orgId', 'deadlines', 'version', 'traceparent', 'state', 'stage', 'round', 'ladders', 'comesBack'] as const),
  'announcedOn' as const,
]
const watchKeys = ['id', 'countyId', 'subjectId', 'kind', ...toldOf] as const
const statedOf = [
  ...(['orgId', 'watchId', 'nature', 'article', 'source', 'certainty', 'officeRole', 'officeOrgId', 'ladder'] as const),
]
const deadlineKeys = ['countyId', 'subjectId', 'subjectType', 'rule', 'dueOn', ...statedOf] as const

export const watchStore = {
  /**
   * Takes over what is to be watched now: deadlines that hold are open, those that no longer do are closed, and the
   * workflow is still to be told. What is over when it is first heard of leaves no trace: most of a register is full members.
   * A date that two watches name (two draws of one committee, a case that ended and the one that came after it) belongs to
   * the one that named it last; when that one closes it, to another that is open and names it too.
   */
  async watch(
    tx: RawTx,
    countyId: string,
    watches: readonly NewWatch[],
    traceparents: ReadonlyMap<string, string>,
  ): Promise<void> {
    const rows = watches.map(watch => toWatched(countyId, watch, traceparents.get(watch.id) ?? null))
    const fresh = await sqlOf(tx)
      .insertInto('watch')
      .columns(watchKeys)
      .expression(({ selectFrom }) =>
        selectFrom(batchOf('watch', rows))
          .select(watchKeys)
          .where(({ eb, or, exists, selectFrom: from }) =>
            or([
              eb('batch.state', '=', 'OPEN'),
              exists(from('watch').select('watch.id').whereRef('watch.id', '=', 'batch.id')),
            ]),
          ),
      )
      .onConflict(found =>
        found.column('id').doUpdateSet(excluded(toldOf)).whereRef('excluded.version', '>', 'watch.version'),
      )
      .returning('id')
      .execute()
    const ids = new Set(fresh.map(row => row.id))
    const named = watches
      .filter(({ id }) => ids.has(id))
      .flatMap(watch => watch.dates.map(date => toRow(countyId, watch, date)))
    // Told at once, they are one row all the same: a statement cannot write it twice, and its group would be stuck for good.
    const open = [...new Map(named.map(row => [`${row.subjectId}/${row.rule}/${row.dueOn}`, row])).values()]
    await sql`
      update deadline d set watch_id = coalesce(heir.id, d.watch_id), closed_at = case when heir.id is null then now() end
      from deadline held left join lateral (
        select w.id from watch w
        where w.county_id = held.county_id and w.subject_id = held.subject_id and w.state = 'OPEN' and w.id <> held.watch_id
          and w.deadlines @> jsonb_build_array(jsonb_build_object('rule', held.rule, 'dueOn', held.due_on::text))
        order by w.id desc limit 1
      ) heir on true
      where held.watch_id = ${anyOf([...ids])} and held.closed_at is null
        and (d.subject_id, d.rule, d.due_on) = (held.subject_id, held.rule, held.due_on)
        and not exists (
          select from ${batchOf('deadline', open)} where batch.watch_id = held.watch_id and batch.rule = held.rule
            and batch.due_on = held.due_on
        )`.execute(sqlOf(tx))
    await insertBatch(sqlOf(tx), 'deadline', deadlineKeys, open)
      .onConflict(found =>
        found.columns(['subjectId', 'rule', 'dueOn']).doUpdateSet({ ...excluded(statedOf), closedAt: null }),
      )
      .execute()
  },

  /** Watches of which their workflow has not heard the newest version, at most `limit`; those of a county that moves wait. */
  async waiting(tx: RawTx, limit: number): Promise<WaitingWatch[]> {
    const rows = await sqlOf(tx)
      .selectFrom('watch')
      .select([
        ...(['id', 'kind', 'subjectId', 'countyId', 'version', 'state', 'stage', 'round', 'announcedOn'] as const),
        ...(['deadlines', 'ladders', 'comesBack', 'traceparent', 'sleepsUntil'] as const),
        sql<boolean>`told_version = 0`.as('isNew'),
      ])
      .whereRef('toldVersion', '<', 'version')
      .where(livesHere('watch.countyId'))
      .orderBy('id')
      .limit(limit)
      .execute()
    return rows.map(row => ({ ...row, version: Number(row.version) }))
  },

  async handedOver(tx: RawTx, watches: readonly Pick<WaitingWatch, 'id' | 'version' | 'sleepsUntil'>[]): Promise<void> {
    const told = watches.map(({ id, version, sleepsUntil }) => ({ id, version: BigInt(version), sleepsUntil }))
    await sqlOf(tx)
      .updateTable('watch')
      .from(batchOf('watch', told))
      .set(({ ref }) => ({ toldVersion: ref('batch.version'), sleepsUntil: ref('batch.sleepsUntil') }))
      .whereRef('watch.id', '=', 'batch.id')
      .whereRef('watch.toldVersion', '<', 'batch.version')
      .execute()
  },

  countWatched: (tx: RawTx): Promise<{ open: number; untold: number }> =>
    sqlOf(tx)
      .selectFrom('watch')
      .select(({ fn, cast }) => [
        cast<number>(fn.countAll().filterWhere('state', '=', 'OPEN'), 'integer').as('open'),
        cast<number>(fn.countAll().filterWhereRef('toldVersion', '<', 'version'), 'integer').as('untold'),
      ])
      .where(livesHere('watch.countyId'))
      .executeTakeFirstOrThrow(),
}

const toWatched = (countyId: string, watch: NewWatch, traceparent: string | null) => ({
  countyId,
  id: watch.id,
  subjectId: watch.subjectId,
  orgId: watch.orgId,
  kind: watch.kind,
  version: BigInt(watch.version),
  state: watch.isOpen ? ('OPEN' as const) : ('ENDED' as const),
  stage: watch.stage ?? '',
  round: watch.round ?? 1,
  announcedOn: watch.announcedOn ?? null,
  comesBack: watch.comesBack,
  traceparent,
  deadlines: watch.dates.map(({ rule, dueOn, nature }): WatchedDate => ({ rule, dueOn, nature })),
  ladders: Object.fromEntries(watch.dates.map(({ rule, ladder }) => [rule, ladder])),
})

const toRow = (countyId: string, watch: NewWatch, date: NewWatch['dates'][number]) => ({
  countyId,
  watchId: watch.id,
  orgId: watch.orgId,
  subjectId: watch.subjectId,
  subjectType: watch.subjectType,
  rule: date.rule,
  dueOn: date.dueOn,
  nature: date.nature,
  article: date.article,
  source: date.source,
  certainty: date.certainty,
  officeRole: date.office.role,
  officeOrgId: date.office.orgId,
  ladder: date.ladder,
})
