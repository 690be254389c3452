import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shanghaiDay } from '@linghang/access'
import {
  caseDeadlines,
  caseLadders,
  type Deadline,
  type DuePoint,
  defaultLadders,
  developmentRulesOn,
  type LadderPolicy,
  planByWeeks,
  type StepKey,
  termDeadlines,
} from '@linghang/rulebook'
import { generateRoster } from '../rosters/generate-roster.ts'
import { look } from './look.ts'

const kinds: Record<string, 'APPLICANT' | 'ACTIVIST' | 'CANDIDATE' | 'PROBATIONARY' | 'FULL'> = {
  入党申请人: 'APPLICANT',
  入党积极分子: 'ACTIVIST',
  发展对象: 'CANDIDATE',
  预备党员: 'PROBATIONARY',
  正式党员: 'FULL',
}
const withBase = new Set(['按月薪', '年薪制', '无固定月薪', '离退休'])

/** Every fact that a county has to hold once, each as one line, sorted; two counties are the same when these are. */
export type Facts = {
  people: string[]
  duesRecords: string[]
  tallies: string[]
  deadlines: string[]
  watched: string[]
  reminders: string[]
}

type Dated = Pick<Deadline, 'rule' | 'dueOn' | 'nature'>
type Line = Record<string, string>
const linesOf = (file: readonly string[]): Line[] => {
  const [heading = '', ...lines] = file.map(line => line.replace('\uFEFF', '').trimEnd())
  const names = heading.split(',')
  return lines.map(line => Object.fromEntries(line.split(',').map((cell, n) => [names[n] as string, cell])))
}

/** A generated county in pieces: its organisations, and its people cut into files of one size. */
export function generateCounty(options: { code: string; organisations: number; members: number; files: number }) {
  const today = shanghaiDay(new Date())
  const roster = generateRoster({
    organisations: options.organisations,
    members: options.members,
    seed: Number(options.code),
    today,
    county: { code: options.code, name: '示范区' },
  })
  const organisations = [...roster.organisations()]
  const [heading = '', ...people] = [...roster.members()]
  const size = Math.ceil(people.length / options.files)
  return {
    organisations: organisations.join(''),
    files: Array.from({ length: options.files }, (_, n) =>
      [heading, ...people.slice(n * size, (n + 1) * size)].join(''),
    ),
    /** What must hold once the first `files` files have been taken over. */
    expected: (files: number): Facts =>
      expectedOf(linesOf(organisations), linesOf([heading, ...people.slice(0, files * size)])),
  }
}

function expectedOf(organisations: Line[], people: Line[]): Facts {
  const now = Date.now()
  const today = shanghaiDay(new Date(now))
  // Offices are reminded from nine in the morning in Asia/Shanghai; until then it is still the day before.
  const reminderDay = new Date(now - 3_600_000).toISOString().slice(0, 10)
  const superiorOf = new Map(organisations.map(line => [line.党组织代码, line.上级党组织代码 ?? '']))
  const facts: Facts = { people: [], duesRecords: [], tallies: [], deadlines: [], watched: [], reminders: [] }
  const watch = (code: string, subject: string, deadlines: Dated[], ladders: LadderPolicy) => {
    if (deadlines.length > 0 || subject === 'DEVELOPMENT') facts.watched.push(`${code} ${subject} ${deadlines.length}`)
    for (const { rule, dueOn } of deadlines) facts.deadlines.push(`${code} ${rule} ${dueOn}`)
    for (const point of planByWeeks(deadlines, reminderDay, {}, ladders).remindNow) remindOf(code, point)
  }
  const remindOf = (code: string, { rule, dueOn, rung }: DuePoint) => {
    const superior = superiorOf.get(code)
    // Six months before a term ends it is the superior that reminds (支部工作条例, art. 21).
    const upwards = rung === 'OVERDUE' || (rule === 'TERM_ENDS' && rung === 'HALF_YEAR_AHEAD')
    for (const office of upwards && superior ? [code, superior] : [code])
      facts.reminders.push(`${office} ${rule} ${dueOn} ${rung}`)
  }
  for (const line of organisations)
    watch(
      line.党组织代码 ?? '',
      'TERM_OF_OFFICE',
      termDeadlines({ termEnd: line.任期届满日期 || null }),
      defaultLadders,
    )
  const tallies = new Map<string, Record<string, number>>()
  for (const line of people) {
    const code = line.所在党支部代码 ?? ''
    const kind = kinds[line.人员类别 ?? ''] ?? 'FULL'
    const category = line.党费人员类别 ?? ''
    const owes = kind === 'PROBATIONARY' || kind === 'FULL'
    const complete = category !== '' && (!withBase.has(category) || line['党费计算基数（元/月）'] !== '')
    facts.people.push(`${code} ${line.姓名} ${kind} ${line.出生日期}`)
    facts.duesRecords.push(`${code} ${kind} ${owes} ${complete}`)
    const tally = tallies.get(code) ?? { people: 0, owing: 0, complete: 0 }
    tallies.set(code, {
      ...tally,
      people: (tally.people ?? 0) + 1,
      [kind]: (tally[kind] ?? 0) + 1,
      owing: (tally.owing ?? 0) + Number(owes),
      complete: (tally.complete ?? 0) + Number(owes && complete),
    })
    if (kind !== 'FULL') watch(code, 'DEVELOPMENT', datesOf(line, kind, today), caseLadders)
  }
  facts.tallies = [...tallies].map(([code, t]) =>
    [
      code,
      t.APPLICANT ?? 0,
      t.ACTIVIST ?? 0,
      t.CANDIDATE ?? 0,
      t.PROBATIONARY ?? 0,
      t.FULL ?? 0,
      t.owing,
      t.complete,
    ].join(' '),
  )
  for (const list of Object.values(facts)) list.sort()
  return facts
}

/** The step that is open for somebody in mid-course, and the step to which their last known day belongs. */
const openSteps: Record<string, StepKey> = {
  APPLICANT: 'APPLICANT_TALK',
  ACTIVIST: 'OBSERVATION',
  CANDIDATE: 'INTRODUCERS',
  PROBATIONARY: 'PROBATION',
}

/** The dates of somebody whom a roster has brought in mid-course. */
function datesOf(line: Line, kind: string, knownOn: string): Dated[] {
  const appliedOn = line.递交入党申请书日期 || null
  const activistSince = line.确定为入党积极分子日期 || null
  const candidateSince = line.确定为发展对象日期 || null
  const admittedOn = (kind === 'PROBATIONARY' && line.加入党组织日期) || null
  const latest = admittedOn ?? candidateSince ?? activistSince ?? appliedOn ?? knownOn
  const progress = {
    openStep: openSteps[kind] as StepKey,
    doneOn: kind === 'APPLICANT' ? { APPLICATION: appliedOn ?? knownOn } : {},
    activistSince,
    admittedOn,
    probationExtendedTo: null,
    halfYearlyReviews: [],
    thoughtReports: [],
    probationReviews: [],
    noticeUntil: null,
    knownOn,
  }
  return caseDeadlines(progress, developmentRulesOn(latest))
}

/** What a county holds in the five databases. */
export async function readFacts(countyId: string): Promise<Facts> {
  const codes = new Map(
    (await look('org', 'select id, code from organisation where county_id = $1', [countyId])).map(row => [
      row.id,
      row.code,
    ]),
  )
  const lines = async (database: Parameters<typeof look>[0], sql: string): Promise<string[]> =>
    (await look(database, sql, [countyId])).map(row => `${codes.get(row.org_id)} ${row.text}`).sort()
  return {
    people: await lines(
      'members',
      `select org_id, concat_ws(' ', name, kind, birth_date) as text from member where county_id = $1`,
    ),
    duesRecords: await lines(
      'dues',
      `select org_id, concat_ws(' ', kind, owes::text, complete::text) as text from dues_record where county_id = $1`,
    ),
    tallies: await lines(
      'assessment',
      `select org_id, concat_ws(' ', applicants, activists, candidates, probationary, full_members, owing_dues, dues_complete) as text
       from tally where county_id = $1`,
    ),
    deadlines: await lines(
      'workflows',
      `select org_id, concat_ws(' ', rule, due_on) as text from deadline where county_id = $1 and closed_at is null`,
    ),
    watched: await lines(
      'workflows',
      `select org_id, concat_ws(' ', kind, jsonb_array_length(deadlines)) as text from watch where county_id = $1`,
    ),
    reminders: await lines(
      'workflows',
      `select org_id, concat_ws(' ', rule, due_on, rung) as text from reminder where county_id = $1`,
    ),
  }
}

/** What differs between two counties' facts, a few lines of each kind; empty when nothing does. */
export function differences(found: Facts, wanted: Facts): string[] {
  return (Object.keys(wanted) as (keyof Facts)[]).flatMap(kind => {
    const missing = subtract(wanted[kind], found[kind])
    const surplus = subtract(found[kind], wanted[kind])
    if (missing.length + surplus.length === 0) return []
    const some = (lines: string[]) => lines.slice(0, 3).join(' | ')
    return [`${kind}: ${missing.length} missing (${some(missing)}), ${surplus.length} too many (${some(surplus)})`]
  })
}

/** Lines of `one` that `other` has less often. */
function subtract(one: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const line of other) left.set(line, (left.get(line) ?? 0) + 1)
  return one.filter(line => {
    const count = left.get(line) ?? 0
    if (count > 0) left.set(line, count - 1)
    return count === 0
  })
}

/** A folder that goes when `work` has ended. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'linghang-system-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
