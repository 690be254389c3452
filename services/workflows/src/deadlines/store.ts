import type { RawTx } from '@linghang/access'
import type { Deadline } from '@linghang/rulebook'
import type { Tx } from '../deps.ts'
import type { SubjectType, Watch, WatchedDeadline } from './watch.ts'

export type DeadlineRow = Pick<Deadline, 'rule' | 'dueOn' | 'nature' | 'article' | 'source' | 'certainty'> & {
  id: string
  orgId: string
  subjectId: string
  subjectType: SubjectType
  officeRole: string
}

export type Subject = { id: string; orgId: string; type: SubjectType; version: number; deadlines: Deadline[] }
export type UntoldWatch = Watch & { traceparent: string | null }

type Row = Omit<DeadlineRow, 'dueOn'> & { dueOn: Date }
const toDeadline = (row: Row): DeadlineRow => ({ ...row, dueOn: row.dueOn.toISOString().slice(0, 10) })

export const deadlineStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<DeadlineRow[]> {
    return (await tx.deadline.findMany({ where: { countyId, id: { in: [...ids] } } })).map(row =>
      toDeadline(row as Row),
    )
  },

  async bySubjects(tx: Tx, countyId: string, subjectIds: readonly string[]): Promise<DeadlineRow[]> {
    const rows = await tx.deadline.findMany({
      where: { countyId, subjectId: { in: [...subjectIds] }, closedAt: null },
      orderBy: { dueOn: 'asc' },
    })
    return rows.map(row => toDeadline(row as Row))
  },

  /** The first `size` + 1 open deadlines of each organisation behind `after`, by date; one statement for all. */
  async atOrganisations(tx: Tx, orgIds: readonly string[], page: DeadlinePage): Promise<Map<string, DeadlineRow[]>> {
    const rows = await tx.$queryRaw<{ org_id: string; id: string }[]>`
      select p.id as org_id, d.id from unnest(${[...orgIds]}::uuid[]) as p (id)
      cross join lateral (
        select id, due_on from deadline
        where org_id = any (case when ${page.below} then app.orgs_under('{' || p.id || '}') else array[p.id] end) and closed_at is null
          and (${page.dueBy}::date is null or due_on <= ${page.dueBy}::date)
          and (${page.after === null} or (due_on, id) > (${page.after?.dueOn ?? null}::date, ${page.after?.id ?? null}::uuid))
        order by due_on, id limit ${page.size + 1}
      ) d order by d.due_on, d.id`
    const found = new Map(
      (await tx.deadline.findMany({ where: { id: { in: rows.map(row => row.id) } } })).map(row => [
        row.id,
        toDeadline(row as Row),
      ]),
    )
    const byOrganisation = Map.groupBy(rows, row => row.org_id)
    return new Map(orgIds.map(id => [id, (byOrganisation.get(id) ?? []).flatMap(row => found.get(row.id) ?? [])]))
  },

  async countAtOrganisations(
    tx: Tx,
    orgIds: readonly string[],
    below: boolean,
    dueBy: string | null,
  ): Promise<Map<string, number>> {
    const rows = await tx.$queryRaw<{ org_id: string; n: bigint }[]>`
      select p.id as org_id, d.n from unnest(${[...orgIds]}::uuid[]) as p (id)
      cross join lateral (
        select count(*) as n from deadline
        where org_id = any (case when ${below} then app.orgs_under('{' || p.id || '}') else array[p.id] end) and closed_at is null
          and (${dueBy}::date is null or due_on <= ${dueBy}::date)
      ) d`
    return new Map(rows.map(row => [row.org_id, Number(row.n)]))
  },

  /**
   * Takes over what is to be watched now: deadlines that hold are open, those that no longer do are closed, and the
   * workflow is still to be told. Subjects that never had a deadline leave no trace: most of a register is full members.
   */
  async watch(
    tx: RawTx,
    countyId: string,
    subjects: readonly Subject[],
    traceparents: ReadonlyMap<string, string>,
  ): Promise<void> {
    const fresh = await tx.$queryRawUnsafe<{ id: string }[]>(
      `insert into watched_subject (id, county_id, org_id, type, deadlines, version, traceparent)
       select w.id, $1::uuid, w."orgId", w.type, w.deadlines, w.version, w.traceparent
       from jsonb_to_recordset($2::jsonb) as w (id uuid, "orgId" uuid, type text, deadlines jsonb, version bigint, traceparent text)
       where jsonb_array_length(w.deadlines) > 0 or exists (select from watched_subject s where s.id = w.id)
       on conflict (id) do update set org_id = excluded.org_id, deadlines = excluded.deadlines, version = excluded.version,
         traceparent = excluded.traceparent where excluded.version > watched_subject.version
       returning id`,
      countyId,
      JSON.stringify(
        subjects.map(subject => ({
          id: subject.id,
          orgId: subject.orgId,
          type: subject.type,
          version: subject.version,
          traceparent: traceparents.get(subject.id) ?? null,
          deadlines: subject.deadlines.map(({ rule, dueOn, nature }): WatchedDeadline => ({ rule, dueOn, nature })),
        })),
      ),
    )
    const ids = new Set(fresh.map(row => row.id))
    const open = subjects
      .filter(subject => ids.has(subject.id))
      .flatMap(subject => subject.deadlines.map(deadline => toRow(subject, deadline)))
    await tx.$executeRawUnsafe(
      `update deadline d set closed_at = now() where d.subject_id = any ($1::uuid[]) and d.closed_at is null
         and not exists (select from jsonb_to_recordset($2::jsonb) as w ("subjectId" uuid, rule text, "dueOn" date)
           where w."subjectId" = d.subject_id and w.rule = d.rule and w."dueOn" = d.due_on)`,
      [...ids],
      JSON.stringify(open),
    )
    await tx.$executeRawUnsafe(
      `insert into deadline (county_id, org_id, subject_id, subject_type, rule, due_on, nature, article, source, certainty, office_role)
       select $1::uuid, "orgId", "subjectId", "subjectType", rule, "dueOn", nature, article, source, certainty, "officeRole"
       from jsonb_to_recordset($2::jsonb) as w ("orgId" uuid, "subjectId" uuid, "subjectType" text, rule text, "dueOn" date, nature text,
         article text, source text, certainty text, "officeRole" text)
       on conflict (subject_id, rule, due_on) do update set org_id = excluded.org_id, closed_at = null, article = excluded.article,
         source = excluded.source, certainty = excluded.certainty`,
      countyId,
      JSON.stringify(open),
    )
  },

  /** Watches of which their workflow has not heard the newest version, at most `limit`. */
  async untold(tx: RawTx, limit: number): Promise<UntoldWatch[]> {
    const rows = await tx.$queryRawUnsafe<
      {
        id: string
        type: SubjectType
        county_id: string
        version: bigint
        deadlines: WatchedDeadline[]
        traceparent: string | null
      }[]
    >(
      'select id, type, county_id, version, deadlines, traceparent from watched_subject where told_version < version order by id limit $1',
      limit,
    )
    return rows.map(row => ({
      subjectId: row.id,
      subjectType: row.type,
      countyId: row.county_id,
      version: Number(row.version),
      deadlines: row.deadlines,
      traceparent: row.traceparent,
    }))
  },

  async told(tx: RawTx, watches: readonly Pick<Watch, 'subjectId' | 'version'>[]): Promise<void> {
    await tx.$executeRawUnsafe(
      `update watched_subject s set told_version = w.version from jsonb_to_recordset($1::jsonb) as w ("subjectId" uuid, version bigint)
       where s.id = w."subjectId" and s.told_version < w.version`,
      JSON.stringify(watches.map(({ subjectId, version }) => ({ subjectId, version }))),
    )
  },

  async countWatched(tx: RawTx): Promise<{ open: number; untold: number }> {
    const [row] = await tx.$queryRawUnsafe<{ open: bigint; untold: bigint }[]>(
      `select count(*) filter (where jsonb_array_length(deadlines) > 0) as open, count(*) filter (where told_version < version) as untold from watched_subject`,
    )
    return { open: Number(row?.open ?? 0), untold: Number(row?.untold ?? 0) }
  },
}

export type DeadlinePage = {
  below: boolean
  dueBy: string | null
  size: number
  after: { dueOn: string; id: string } | null
}

const toRow = (subject: Subject, deadline: Deadline) => ({
  orgId: subject.orgId,
  subjectId: subject.id,
  subjectType: subject.type,
  rule: deadline.rule,
  dueOn: deadline.dueOn,
  nature: deadline.nature,
  article: deadline.article,
  source: deadline.source,
  certainty: deadline.certainty,
  officeRole: deadline.office.role,
})
