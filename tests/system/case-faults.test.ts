import { isDeepStrictEqual } from 'node:util'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { refusalsOf } from '@linghang/harness/desk'
import { fullMember, membersCsv, type PersonRow } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { type StepKey, stepKeys, stepNumber } from '@linghang/rulebook'
import pg from 'pg'
import type { Answer } from './api.ts'
import { caseOf, type Desk, newSetting, openDesk, type Setting } from './case-desk.ts'
import { readCaseFacts } from './case-facts.ts'
import { importSound, orgCode } from './county.ts'
import { deadLetters, look, quiet } from './look.ts'
import { freezeProcess, killProcess, processReady } from './processes.ts'
import { surroundings } from './surroundings.ts'

/** How long Kafka is away. */
const kafkaDownSeconds = Number(process.env.LINGHANG_KAFKA_DOWN_SECONDS ?? 15)
jest.setTimeout(kafkaDownSeconds * 1_000 + 180_000)

type Kase = { desk: Desk; caseId: string; memberId: string }
type Way = readonly (readonly [StepKey, on: string])[]

/** A case's part of the way. Five of them stand at different steps, so that one kill hits the middle of five. */
const ways = {
  applicant: [
    ['APPLICATION', '2021-03-01'],
    ['APPLICANT_TALK', '2021-03-20'],
    ['ACTIVIST_DECISION', '2021-06-01'],
    ['ACTIVIST_FILING', '2021-06-15'],
    ['CONTACTS', '2021-06-16'],
  ],
  activist: [
    ['OBSERVATION', '2023-02-01'],
    ['CANDIDATE_DECISION', '2023-02-10'],
    ['CANDIDATE_FILING', '2023-02-20'],
  ],
  candidate: [
    ['INTRODUCERS', '2023-03-02'],
    ['POLITICAL_REVIEW', '2023-03-10'],
    ['TRAINING', '2023-03-20'],
    ['COMMITTEE_EXAMINATION', '2023-04-01'],
    ['PRE_REVIEW', '2023-04-05'],
    ['VOLUNTEER_FORM', '2023-04-10'],
  ],
  furtherCandidate: [
    ['ADMISSION_ASSEMBLY', '2023-05-01'],
    ['COMMITTEE_TALK', '2023-05-10'],
    ['ADMISSION_APPROVAL', '2023-05-20'],
    ['ADMISSION_FILING', '2023-05-25'],
    ['PLACEMENT', '2023-06-01'],
    ['OATH', '2023-06-10'],
  ],
  probationary: [
    ['PROBATION', '2024-05-02'],
    ['CONVERSION_APPLICATION', '2024-05-03'],
    ['CONVERSION_ASSEMBLY', '2024-05-10'],
    ['CONVERSION_APPROVAL', '2024-05-20'],
    ['ARCHIVING', '2024-06-01'],
  ],
} as const satisfies Record<string, Way>
type Name = keyof typeof ways
const names = Object.keys(ways) as Name[]
const rounds = Math.max(...names.map(name => ways[name].length))

const noDues: Partial<PersonRow> = { 转为正式党员日期: '', 党费人员类别: '', '党费计算基数（元/月）': '' }
const adopted: Record<Exclude<Name, 'applicant'>, Partial<PersonRow>> = {
  activist: { 人员类别: '入党积极分子', 确定为入党积极分子日期: '2022-01-10', 加入党组织日期: '', ...noDues },
  candidate: { 人员类别: '发展对象', 确定为发展对象日期: '2023-03-01', 加入党组织日期: '', ...noDues },
  furtherCandidate: { 人员类别: '发展对象', 确定为发展对象日期: '2023-03-01', 加入党组织日期: '', ...noDues },
  probationary: { 人员类别: '预备党员', 加入党组织日期: '2023-05-01', 转为正式党员日期: '' },
}

let setting: Setting
let kases: Record<Name, Kase>
/** Dead letters that other tests have left. */
let unreadBefore: number

/** The case of somebody whom a roster has brought in mid-course. */
async function adopt(changes: Partial<PersonRow>): Promise<Kase> {
  const { county } = setting
  const row = fullMember(county.code, orgCode(county, 3), changes)
  await importSound(county.admin, 'Member', membersCsv([row]))
  const [member] = await look(
    'members',
    'select id from member where county_id = $1 and name = $2 and birth_date = $3',
    [county.id, row.姓名, row.出生日期],
  )
  const memberId = `Member:${member.id}`
  const { id: caseId } = await until(() => caseOf(setting.secretary.caller, memberId), 20_000, 'a case is adopted')
  return { desk: openDesk({ ...setting, memberId, caseId }), caseId, memberId }
}

const keyed = (n: number) => ({ idempotencyKey: `${setting.caseId}/${n}` })

/** Sends what has failed again, under the same key, until it is answered without a refusal. */
async function insist(send: () => Promise<Answer>): Promise<void> {
  let refused: unknown
  await until(async () => {
    const { errors } = await send()
    refused = errors
    return errors.length === 0
  }, 60_000).catch(error => {
    throw new Error(JSON.stringify(refused), { cause: error })
  })
}

/**
 * Lets `send` come to the middle of its transaction, where a row that it wants is held, and does `fault` to it there.
 * @returns the answer to the one whose work was cut off
 */
async function cutOff(
  row: { database: 'members' | 'workflows'; table: 'development_case' | 'approval'; id: string },
  send: () => Promise<Answer>,
  fault: () => Promise<void>,
): Promise<Answer> {
  const client = new pg.Client({ connectionString: `${surroundings().postgresUrl}/${row.database}` })
  // The server may be what is killed.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`select 1 from ${row.table} where id = $1 for update`, [row.id.split(':')[1]])
    const sent = send()
    await until(
      async () =>
        (
          await look(
            row.database,
            `select 1 from pg_stat_activity where datname = $1 and wait_event_type = 'Lock' and state = 'active'`,
            [row.database],
          )
        ).length > 0,
      20_000,
      'the work has come to its middle',
    )
    await fault()
    return await sent
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Hands an approval in and has it decided; whatever else a step is. */
async function conclude({ desk }: Kase, step: StepKey, input: { on: string }): Promise<void> {
  if (!desk.isDecided(step)) {
    await desk.finish(step, input, desk.keeperOf(step))
    return
  }
  const id = await desk.ask(input.on)
  expect((await desk.decide(id, 'APPROVED', input.on, desk.deciderOf(step))).errors).toEqual([])
  await desk.reaches(stepKeys[stepNumber(step)] as string)
}

/** Every service holds of every case what its facts say, once. */
async function expectWhole(): Promise<void> {
  await quiet(90_000)
  for (const name of names) {
    let last: Awaited<ReturnType<typeof readCaseFacts>> | undefined
    await until(async () => {
      last = await readCaseFacts(kases[name].caseId)
      return isDeepStrictEqual(last.found, last.wanted)
    }, 30_000).catch(() => undefined)
    expect({ name, ...last?.found }).toEqual({ name, ...last?.wanted })
  }
  expect(await deadLetters()).toBe(unreadBefore)
}

beforeAll(async () => {
  unreadBefore = await deadLetters()
  setting = await newSetting('2021-03-01')
  const { caseId, memberId } = setting
  const activist = await adopt(adopted.activist)
  const candidate = await adopt(adopted.candidate)
  const furtherCandidate = await adopt(adopted.furtherCandidate)
  const probationary = await adopt(adopted.probationary)
  kases = {
    applicant: { desk: openDesk(setting), caseId, memberId },
    activist,
    candidate,
    furtherCandidate,
    probationary,
  }
  await quiet()
  await furtherCandidate.desk.goTo('ADMISSION_ASSEMBLY', Object.fromEntries(ways.candidate))
}, 180_000)

describe('S0-3 a case goes on under faults, nothing twice and nothing lost', () => {
  test('S0-3 the ways together have all 25 steps', () => {
    expect(names.flatMap(name => ways[name].map(([step]) => step))).toEqual([...stepKeys])
  })

  test.each(
    Array.from({ length: rounds }, (_, round) => {
      const hit = names.flatMap(name => {
        const way: Way = ways[name]
        const [step, on] = way[round] ?? []
        return step && on ? [{ name, step, on }] : []
      })
      return [hit.map(({ step }) => step).join(', '), round, hit] as const
    }),
  )('S0-3 the worker is killed in the middle of %s', async (_, round, hit) => {
    const brought = await Promise.all(hit.map(({ name, step, on }) => kases[name].desk.bring(step, on)))
    const [first] = hit
    const watched = async () =>
      (
        await look('workflows', 'select version from watch where id = $1', [
          kases[first?.name as Name].caseId.split(':')[1],
        ])
      )[0].version
    await quiet()
    const before = await watched()
    const concluded = Promise.all(
      hit.map(({ name, step }, index) => conclude(kases[name], step, brought[index] as { on: string })),
    )
    // Now while the step is on its way, now when its news has come to where the worker takes it up.
    if (round % 2 === 1) await until(async () => (await watched()) !== before, 20_000, 'the news has come')
    await killProcess('worker')
    await concluded
    await processReady('worker')
    for (const { name, step } of hit)
      expect(await kases[name].desk.stepNow()).toBe(stepKeys[stepNumber(step)] ?? 'ARCHIVING')
  })

  test('S0-3 after all these kills every service holds what the facts say', () => expectWhole())

  test('S0-3 the members service is killed in the middle of a step: the same key again does it once', async () => {
    const { desk, caseId } = kases.activist
    const input = { ...(await desk.bring('INTRODUCERS', '2023-03-02')), ...keyed(1) }
    const send = () => desk.complete('INTRODUCERS', input)
    const row = { database: 'members', table: 'development_case', id: caseId } as const
    const cut = await cutOff(row, send, () => killProcess('members'))
    expect(cut.errors.length).toBe(1)
    await processReady('members')
    await insist(send)
    // It had been done when the answer was lost: asked again it is not done again.
    await insist(send)
    expect(await desk.stepNow()).toBe('POLITICAL_REVIEW')
  })

  test('S0-3 the workflows service is killed while an approval is being decided: it is decided once', async () => {
    const { desk } = kases.candidate
    await desk.goTo('ADMISSION_APPROVAL', { ADMISSION_ASSEMBLY: '2023-05-01', COMMITTEE_TALK: '2023-05-10' })
    const id = await desk.ask('2023-05-15')
    const met = await desk.committeeMet(id, '2023-05-18')
    const input = { id, outcome: 'APPROVED' as const, decidedOn: '2023-05-20', ...met, ...keyed(2) }
    const send = () =>
      setting.committeeSecretary.caller.send(
        'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }',
        { input },
      )
    const cut = await cutOff({ database: 'workflows', table: 'approval', id }, send, () => killProcess('workflows'))
    expect(cut.errors.length).toBe(1)
    await processReady('workflows')
    await insist(send)
    await insist(send)
    await desk.reaches('ADMISSION_FILING')
    await expectWhole()
  })

  test('S0-3 Temporal is restarted between the request and the decision of an approval', async () => {
    const { desk } = kases.candidate
    const id = await desk.ask('2023-05-22')
    await killProcess('temporal')
    expect((await desk.decide(id, 'APPROVED', '2023-05-25', setting.countySecretary.caller)).errors).toEqual([])
    await desk.reaches('PLACEMENT')
    await processReady('temporal')
    await expectWhole()
  })

  test('S0-3 PostgreSQL is killed while a step is being completed: the same key again does it once', async () => {
    const { desk, caseId } = kases.activist
    const input = { ...(await desk.bring('POLITICAL_REVIEW', '2023-03-10')), ...keyed(3) }
    const send = () => desk.complete('POLITICAL_REVIEW', input)
    const row = { database: 'members', table: 'development_case', id: caseId } as const
    const cut = await cutOff(row, send, () => killProcess('postgres'))
    expect(cut.errors.length).toBe(1)
    await processReady('postgres')
    await insist(send)
    await insist(send)
    expect(await desk.stepNow()).toBe('TRAINING')
    await expectWhole()
  })

  test(`S0-3 Kafka is away for ${kafkaDownSeconds} s: cases move on, and what crosses services arrives after`, async () => {
    const { applicant, activist, candidate } = kases
    await applicant.desk.done(applicant.desk.mutate('recordReview', { kind: 'HALF_YEARLY', on: '2021-12-01' }))
    await applicant.desk.done(applicant.desk.mutate('recordReview', { kind: 'HALF_YEARLY', on: '2022-06-01' }))
    await applicant.desk.goTo('CANDIDATE_FILING', { OBSERVATION: '2022-06-10', CANDIDATE_DECISION: '2022-06-20' })
    await activist.desk.file('COMMITTEE_EXAMINATION', 'COMMITTEE_EXAMINATION', '2023-04-01')
    await quiet()

    await freezeProcess('kafka')
    const wentAt = performance.now()
    await activist.desk.plainly('TRAINING', '2023-03-20')
    await candidate.desk.plainly('PLACEMENT', '2023-06-01')
    await applicant.desk.done(applicant.desk.mutate('requestApproval', { on: '2022-06-25' }))
    const meetingId = await activist.desk.close('BRANCH_COMMITTEE', 'EXAMINATION', '2023-04-01')
    const examined = { on: '2023-04-01', meetingId }
    expect(refusalsOf(await activist.desk.complete('COMMITTEE_EXAMINATION', examined))[0]?.code).toBe('MEETING_MISSING')
    await new Promise(resolve => setTimeout(resolve, kafkaDownSeconds * 1_000 - (performance.now() - wentAt)))
    await candidate.desk.plainly('OATH', '2023-06-10')
    const [outbox] = await look('members', 'select count(*)::int as n from outbox_event')
    expect(outbox.n).toBeGreaterThanOrEqual(4)

    await killProcess('kafka')
    await processReady('kafka')
    const cameAt = performance.now()
    await activist.desk.known(meetingId)
    await activist.desk.finish('COMMITTEE_EXAMINATION', examined)
    const id = await applicant.desk.handedIn()
    expect(
      (await applicant.desk.decide(id, 'APPROVED', '2022-07-01', setting.committeeSecretary.caller)).errors,
    ).toEqual([])
    await applicant.desk.reaches('INTRODUCERS')
    await expectWhole()
    process.stdout.write(
      `Kafka was away for ${kafkaDownSeconds} s; ${outbox.n} events waited in members; all was told ${Math.round(performance.now() - cameAt)} ms after it was back\n`,
    )
  })
})
