import type { RawTx } from '@linghang/access'
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

export const watchStore = {
  /**
   * Takes over what is to be watched now: deadlines that hold are open, those that no longer do are closed, and the
   * workflow is still to be told. What is over when it is first heard of leaves no trace: most of a register is full members.
   * A date that two watches name (a case that ended and the one that came after it) belongs to the one that named it
   * last, and only that one closes it.
   */
  async watch(
    tx: RawTx,
    countyId: string,
    watches: readonly NewWatch[],
    traceparents: ReadonlyMap<string, string>,
  ): Promise<void> {
    const fresh = await tx.$queryRawUnsafe<{ id: string }[]>(
      `insert into watch (id, county_id, subject_id, org_id, kind, deadlines, version, traceparent, state, stage, round, ladders,
         comes_back, announced_on)
       select w.id, $1::uuid, w."subjectId", w."orgId", w.kind, w.deadlines, w.version, w.traceparent, w.state, w.stage, w.round, w.ladders,
         w."comesBack", w."announcedOn"
       from jsonb_to_recordset($2::jsonb) as w (id uuid, "subjectId" uuid, "orgId" uuid, kind text, deadlines jsonb, version bigint,
         traceparent text, state text, stage text, round int, ladders jsonb, "comesBack" boolean, "announcedOn" date)
       where w.state = 'OPEN' or exists (select from watch s where s.id = w.id)
       on conflict (id) do update set org_id = excluded.org_id, deadlines = excluded.deadlines, version = excluded.version,
         traceparent = excluded.traceparent, state = excluded.state, stage = excluded.stage, round = excluded.round,
         ladders = excluded.ladders, comes_back = excluded.comes_back, announced_on = excluded.announced_on
         where excluded.version > watch.version
       returning id`,
      countyId,
      JSON.stringify(watches.map(watch => toWatched(watch, traceparents.get(watch.id) ?? null))),
    )
    const ids = new Set(fresh.map(row => row.id))
    const open = watches.filter(({ id }) => ids.has(id)).flatMap(watch => watch.dates.map(date => toRow(watch, date)))
    await tx.$executeRawUnsafe(
      `update deadline d set closed_at = now() where d.watch_id = any ($1::uuid[]) and d.closed_at is null
         and not exists (select from jsonb_to_recordset($2::jsonb) as w ("watchId" uuid, rule text, "dueOn" date)
           where w."watchId" = d.watch_id and w.rule = d.rule and w."dueOn" = d.due_on)`,
      [...ids],
      JSON.stringify(open),
    )
    await tx.$executeRawUnsafe(
      `insert into deadline (county_id, watch_id, org_id, subject_id, subject_type, rule, due_on, nature, article, source, certainty,
         office_role, office_org_id, ladder)
       select $1::uuid, "watchId", "orgId", "subjectId", "subjectType", rule, "dueOn", nature, article, source, certainty, "officeRole",
         "officeOrgId", ladder
       from jsonb_to_recordset($2::jsonb) as w ("watchId" uuid, "orgId" uuid, "subjectId" uuid, "subjectType" text, rule text, "dueOn" date,
         nature text, article text, source text, certainty text, "officeRole" text, "officeOrgId" uuid, ladder jsonb)
       on conflict (subject_id, rule, due_on) do update set org_id = excluded.org_id, watch_id = excluded.watch_id, closed_at = null,
         nature = excluded.nature, article = excluded.article, source = excluded.source, certainty = excluded.certainty,
         office_role = excluded.office_role, office_org_id = excluded.office_org_id, ladder = excluded.ladder`,
      countyId,
      JSON.stringify(open),
    )
  },

  /** Watches of which their workflow has not heard the newest version, at most `limit`. */
  async waiting(tx: RawTx, limit: number): Promise<WaitingWatch[]> {
    const rows = await tx.$queryRawUnsafe<(Omit<WaitingWatch, 'version'> & { version: bigint })[]>(
      `select id, kind, subject_id as "subjectId", county_id as "countyId", version, state, stage, round, announced_on::text as "announcedOn",
         deadlines, ladders, comes_back as "comesBack", traceparent, told_version = 0 as "isNew",
         sleeps_until as "sleepsUntil"
       from watch where told_version < version order by id limit $1`,
      limit,
    )
    return rows.map(row => ({ ...row, version: Number(row.version) }))
  },

  async handedOver(tx: RawTx, watches: readonly Pick<WaitingWatch, 'id' | 'version' | 'sleepsUntil'>[]): Promise<void> {
    await tx.$executeRawUnsafe(
      `update watch s set told_version = w.version, sleeps_until = w."sleepsUntil"
       from jsonb_to_recordset($1::jsonb) as w (id uuid, version bigint, "sleepsUntil" timestamptz)
       where s.id = w.id and s.told_version < w.version`,
      JSON.stringify(watches.map(({ id, version, sleepsUntil }) => ({ id, version, sleepsUntil }))),
    )
  },

  async countWatched(tx: RawTx): Promise<{ open: number; untold: number }> {
    const [row] = await tx.$queryRawUnsafe<{ open: bigint; untold: bigint }[]>(
      `select count(*) filter (where state = 'OPEN') as open, count(*) filter (where told_version < version) as untold from watch`,
    )
    return { open: Number(row?.open ?? 0), untold: Number(row?.untold ?? 0) }
  },
}

const toWatched = (watch: NewWatch, traceparent: string | null) => ({
  id: watch.id,
  subjectId: watch.subjectId,
  orgId: watch.orgId,
  kind: watch.kind,
  version: watch.version,
  state: watch.isOpen ? 'OPEN' : 'ENDED',
  stage: watch.stage ?? '',
  round: watch.round ?? 1,
  announcedOn: watch.announcedOn ?? null,
  comesBack: watch.comesBack,
  traceparent,
  deadlines: watch.dates.map(({ rule, dueOn, nature }): WatchedDate => ({ rule, dueOn, nature })),
  ladders: Object.fromEntries(watch.dates.map(({ rule, ladder }) => [rule, ladder])),
})

const toRow = (watch: NewWatch, date: NewWatch['dates'][number]) => ({
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
