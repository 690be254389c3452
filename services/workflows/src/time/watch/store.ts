import type { RawTx } from '@linghang/access'
import type { WatchedDate, WatchedLadders } from '../plan/timed-watch.ts'
import type { Subject, SubjectDeadline, WatchType } from './subject.ts'

/** A watch that its workflow has yet to be handed. */
export type WaitingWatch = {
  id: string
  type: WatchType
  subjectId: string
  countyId: string
  version: number
  state: 'OPEN' | 'ENDED'
  stage: string
  round: number
  announcedOn: string | null
  deadlines: WatchedDate[]
  ladders: WatchedLadders
  traceparent: string | null
  /** Its workflow sleeps until then at most; null: it is awake, or there is none. */
  sleepsUntil: Date | null
}

export const watchStore = {
  /**
   * Takes over what is to be watched now: deadlines that hold are open, those that no longer do are closed, and the
   * workflow is still to be told. Subjects that never had a deadline leave no trace: most of a register is full members.
   * A date that two watches name (a case that ended and the one that came after it) belongs to the one that named it
   * last, and only that one closes it.
   */
  async watch(
    tx: RawTx,
    countyId: string,
    subjects: readonly Subject[],
    traceparents: ReadonlyMap<string, string>,
  ): Promise<void> {
    const fresh = await tx.$queryRawUnsafe<{ id: string }[]>(
      `insert into watched_subject (id, county_id, subject_id, org_id, type, deadlines, version, traceparent, state, stage, round, ladders, announced_on)
       select w.id, $1::uuid, w."subjectId", w."orgId", w.type, w.deadlines, w.version, w.traceparent, w.state, w.stage, w.round, w.ladders, w."announcedOn"
       from jsonb_to_recordset($2::jsonb) as w (id uuid, "subjectId" uuid, "orgId" uuid, type text, deadlines jsonb, version bigint,
         traceparent text, state text, stage text, round int, ladders jsonb, "announcedOn" date)
       where jsonb_array_length(w.deadlines) > 0 or exists (select from watched_subject s where s.id = w.id)
         or (w.type in ('CASE', 'APPROVAL') and w.state = 'OPEN')
       on conflict (id) do update set org_id = excluded.org_id, deadlines = excluded.deadlines, version = excluded.version,
         traceparent = excluded.traceparent, state = excluded.state, stage = excluded.stage, round = excluded.round,
         ladders = excluded.ladders, announced_on = excluded.announced_on
         where excluded.version > watched_subject.version
       returning id`,
      countyId,
      JSON.stringify(subjects.map(subject => toWatched(subject, traceparents.get(subject.id) ?? null))),
    )
    const ids = new Set(fresh.map(row => row.id))
    const open = subjects
      .filter(subject => ids.has(subject.id))
      .flatMap(subject => subject.deadlines.map(deadline => toRow(subject, deadline)))
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
      `select id, type, subject_id as "subjectId", county_id as "countyId", version, state, stage, round, announced_on::text as "announcedOn",
         deadlines, ladders, traceparent, sleeps_until as "sleepsUntil"
       from watched_subject where told_version < version order by id limit $1`,
      limit,
    )
    return rows.map(row => ({ ...row, version: Number(row.version) }))
  },

  async handedOver(tx: RawTx, watches: readonly Pick<WaitingWatch, 'id' | 'version' | 'sleepsUntil'>[]): Promise<void> {
    await tx.$executeRawUnsafe(
      `update watched_subject s set told_version = w.version, sleeps_until = w."sleepsUntil"
       from jsonb_to_recordset($1::jsonb) as w (id uuid, version bigint, "sleepsUntil" timestamptz)
       where s.id = w.id and s.told_version < w.version`,
      JSON.stringify(watches.map(({ id, version, sleepsUntil }) => ({ id, version, sleepsUntil }))),
    )
  },

  async countWatched(tx: RawTx): Promise<{ open: number; untold: number }> {
    const [row] = await tx.$queryRawUnsafe<{ open: bigint; untold: bigint }[]>(
      `select count(*) filter (where state = 'OPEN' and (type in ('CASE', 'APPROVAL') or jsonb_array_length(deadlines) > 0)) as open, count(*) filter (where told_version < version) as untold from watched_subject`,
    )
    return { open: Number(row?.open ?? 0), untold: Number(row?.untold ?? 0) }
  },
}

const toWatched = (subject: Subject, traceparent: string | null) => ({
  id: subject.id,
  subjectId: subject.subjectId,
  orgId: subject.orgId,
  type: subject.type,
  version: subject.version,
  state: subject.state ?? 'OPEN',
  stage: subject.stage ?? '',
  round: subject.round ?? 1,
  announcedOn: subject.announcedOn ?? null,
  traceparent,
  deadlines: subject.deadlines.map(({ rule, dueOn, nature }): WatchedDate => ({ rule, dueOn, nature })),
  ladders: Object.fromEntries(subject.deadlines.flatMap(({ rule, ladder }) => (ladder ? [[rule, ladder]] : []))),
})

const toRow = (subject: Subject, deadline: SubjectDeadline) => ({
  watchId: subject.id,
  orgId: subject.orgId,
  subjectId: subject.subjectId,
  subjectType: subject.subjectType,
  rule: deadline.rule,
  dueOn: deadline.dueOn,
  nature: deadline.nature,
  article: deadline.article,
  source: deadline.source,
  certainty: deadline.certainty,
  officeRole: deadline.office.role,
  officeOrgId: deadline.office.orgId,
  ladder: deadline.ladder,
})
